"""What a column's name says: compares it with the names in names.toml, without case, width, spaces and punctuation."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from desktop.importer.values.text import EXCEL_ERRORS

_FILE = Path(__file__).with_name("names.toml")
_BRACKETS = re.compile(r"[(（\[【〔「<《].*?[)）\]】〕」>》]")
_MARKS = re.compile(r"[\W_]+")
_AROUND = re.compile(
    r"^(?:是否|請問|請輸入|請填寫|請提供|您的|你的|會員|顧客|客戶|客人|消費者|聯絡人|訂購人|購買人|買家|用戶|お客様|会員|顧客|ご"
    r"|member|customer|client|user|buyer|billing|your)+|(?:必填|選填|欄位|資料|是什麼|為何|是|嗎|呢|required|optional|必須|任意|yyyymmdd)+$"
)


_NUMBERED = frozenset({"phone", "email", "tags", "note"})
"""Fields of which tables have several, told apart by a figure: 手機1, E-mail 2."""
_TRADITIONAL = str.maketrans(
    "会员编号码称证证联电话订单购买时间数额积费类别级产总计务备签绑账户门实优惠发货递状态关标记转阶层来录从币质条达",
    "會員編號碼稱證證聯電話訂單購買時間數額積費類別級產總計務備簽綁帳戶門實優惠發貨遞狀態關標記轉階層來錄從幣質條達",
)
"""Mainland characters of column names in Taiwan's."""
_EITHER = re.compile(
    r"(.{1,3}?)(?:或|還是|or)?不\1|(同意|接受|願意|接收|訂閱)(?:或|與)?(?:拒絕|拒收|退訂|否)"
)
"""要不要, 願不願意, 同意/不同意: a question, not a refusal."""
_REFUSALS = frozenset({"refused", "refused_channel", "do_not_send"})
_NEGATIONS = re.compile(r"不|拒|勿|取消|停止|退訂|未|donot|dont|not|optout|unsub")
_FIGURES = re.compile(r"\d\D{0,2}\d\D{0,2}\d")
"""Three figures near each other: a value, hardly a name."""
_CJK = re.compile(r"[^\x00-\x7f]+")
_LATIN = re.compile(r"[\x00-\x7f]+")


class NameMatch(NamedTuple):
    """A field that a name may mean: how sure (0 to 1) and by what (exact, around, pattern, weak, contains)."""

    field: str
    score: float
    how: str


SOMEBODY_ELSE = re.compile(
    r"緊急|小朋友|推薦|介紹|引薦|邀請人|保證人|保証人|受益人|被保|照顧者|接送|代領|配偶|另一半|小孩|孩子|孩童|兒童|子女|兒子|女兒|寶寶|寶貝|幼生|幼兒|學童|園児|子供|子ども|"
    r"お子|こども|父親|母親|家屬|親屬|寵物|毛孩|毛小孩|狗狗|貓咪|犬名|ペット|紹介|emergency|guarantor|(?<!p)referr|beneficiar|nextof|spouse|partner|child|kid|baby|"
    r"(?<!com)pet(?!it)|(?:^|my)dog|caregiver|賣方|賣家|仲介|seller|vendor"
)
"""Whose name, number or birthday is not that of the person a row is about (in names as they are compared)."""
_OF_THE_PERSON = frozenset({"name", "family_name", "given_name", "phone", "email", "birthday", "gender"})


@dataclass(frozen=True, slots=True)
class _Names:
    exact: dict[str, int]
    weak: dict[str, int]
    contains: tuple[str, ...]
    never: tuple[str, ...]
    pattern: str


class _Keys(NamedTuple):
    """A name as it is compared.

    Args:
        named: whole and without what stands in brackets, each also in Taiwan's characters, with how much it is worth.
        core: without what usually stands around a name.
        plain: without a figure at its end.
        halves: its East Asian and its Latin half, if it has both.
        text: all its writings, for looking for parts of it.
        readings: what patterns are tried on; none where no field's patterns fit.
    """

    named: tuple[tuple[str, float], ...]
    core: str
    plain: str
    halves: tuple[str, ...]
    text: str
    readings: tuple[str, ...]


def name_key(name: str) -> str:
    """A column's name for comparing: NFKC, case folded, letters and digits only."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _MARKS.sub("", folded) or folded.strip()


@lru_cache(maxsize=1)
def _names() -> dict[str, _Names]:
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    result = {}
    words = tables.pop("words")
    for field, table in tables.items():
        exact: dict[str, int] = {}
        for rank, name in enumerate(table.get("exact", ())):
            exact.setdefault(name_key(name), rank)
        result[field] = _Names(
            exact,
            {name_key(name): rank for rank, name in enumerate(table.get("weak", ()))},
            tuple(name_key(part) for part in table.get("contains", ())),
            tuple(name_key(part) for part in table.get("never", ())),
            _with_words("|".join(table.get("patterns", ())), words),
        )
    return result


def _with_words(pattern: str, words: dict[str, str]) -> str:
    """A pattern with the lists it calls by their names."""
    for name, listed in words.items():
        pattern = pattern.replace(f"{{{name}}}", listed)
    return pattern


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    """Field → its patterns. They take longer to be made than a small file to be read: not once more all in one."""
    return {field: re.compile(names.pattern) for field, names in _names().items() if names.pattern}


def _fits_some_pattern(readings: Iterable[str]) -> bool:
    """Whether any field's patterns are worth asking: most names need none."""
    return any(pattern.search(reading) for reading in readings for pattern in _patterns().values())


@lru_cache(maxsize=1)
def _all_exact() -> frozenset[str]:
    """The exact names of all fields."""
    return frozenset(key for names in _names().values() for key in names.exact)


@lru_cache(maxsize=5_000)
def match_name(name: str) -> tuple[NameMatch, ...]:
    """The fields a column of this name may be, the surest first; several where the name alone does not settle it."""
    keys = _keys(name)
    matches = []
    for field, names in _names().items():
        found = _match(field, names, keys)
        if found:
            matches.append(found)
    return tuple(sorted(matches, key=lambda match: -match.score))


def _keys(name: str) -> _Keys:
    whole = _asked(name_key(name))
    bare = _asked(name_key(_BRACKETS.sub("", unicodedata.normalize("NFKC", name)))) or whole
    core = _AROUND.sub("", bare) or bare
    worth: dict[str, float] = {}
    for key, sure in ((whole, 0.96), (bare, 0.94)):
        worth.setdefault(key, sure)
        worth.setdefault(key.translate(_TRADITIONAL), sure - 0.04)
    readings = tuple(dict.fromkeys((*worth, core)))
    halves = tuple("".join(part.findall(whole)) for part in (_CJK, _LATIN))
    return _Keys(
        tuple(worth.items()),
        core,
        bare.rstrip("123"),
        halves if all(halves) else (),
        "\n".join(worth),
        readings if _fits_some_pattern(readings) else (),
    )


def _asked(key: str) -> str:
    """A name without the second half of a question: 要不要收訊息 asks 要收訊息."""
    return (
        _EITHER.sub(lambda found: found[1] or found[2], key)
        if "不" in key or "拒" in key or "否" in key
        else key
    )


def _match(field: str, names: _Names, keys: _Keys) -> NameMatch | None:
    exact = names.exact
    for key, worth in keys.named:
        if key in exact:
            return NameMatch(field, worth - min(exact[key], 60) * 0.002, "exact")
    if any(part in keys.text for part in names.never):
        return None
    if field in _OF_THE_PERSON and SOMEBODY_ELSE.search(keys.text):
        return None
    if field in _REFUSALS and len(_NEGATIONS.findall(keys.named[0][0])) > 1:
        return None  # two negations: nobody's clear will
    if keys.core in exact:
        return NameMatch(field, 0.8 - min(exact[keys.core], 60) * 0.002, "around")
    if (keys.plain in exact and field in _NUMBERED) or (
        keys.halves and all(half in exact for half in keys.halves)
    ):
        return NameMatch(field, 0.78, "around")
    if names.pattern and any(map(_patterns()[field].search, keys.readings)):
        return NameMatch(field, 0.74, "pattern")
    weak = next((names.weak[key] for key, _ in keys.named if key in names.weak), None)
    if weak is None and keys.halves and all(half in names.weak or half in exact for half in keys.halves):
        weak = 20
    if weak is not None:
        return NameMatch(field, 0.5 - min(weak, 20) * 0.001, "weak")
    if any(part in keys.text for part in names.contains):
        return NameMatch(field, 0.6, "contains")
    return None


def is_secret_name(name: str) -> bool:
    """Whether a column holds passwords, card or identity numbers: such columns are never kept nor shown."""
    return any(match.field == "ignore" for match in match_name(name))


@lru_cache(maxsize=20_000)
def is_known_name(text: str) -> bool:
    """Whether a cell is a name that some export gives a column: what makes a row a header."""
    if not text or len(text) > 40 or text.casefold() in EXCEL_ERRORS or _FIGURES.search(text):
        return False
    if text.strip() in CHAT_HEADERS:
        return True
    keys = _keys(text)
    told = (*(key for key, _ in keys.named), keys.core, keys.plain, *keys.halves)
    if not keys.readings and _all_exact().isdisjoint(told):
        return False  # most cells of a sheet: no need to ask field by field
    return any(match.how in ("exact", "around", "pattern") for match in match_name(text))


def forget_texts() -> None:
    """Let go of the names and cells looked at so far: what was read in a file is gone with it."""
    match_name.cache_clear()
    is_known_name.cache_clear()


CHAT_HEADERS = {
    "傳送者類型": "sender_type",
    "傳送者名稱": "sender_name",
    "傳送日期": "sent_at",
    "傳送時間": "sent_time",
    "內容": "message",
    "Sender type": "sender_type",
    "Sender name": "sender_name",
    "Date sent": "sent_at",
    "Time sent": "sent_time",
    "Content": "message",
    "送信者タイプ": "sender_type",
    "送信者名": "sender_name",
    "送信日": "sent_at",
    "送信時刻": "sent_time",
    "内容": "message",
}
"""Headers of LINE Official Account Manager's chat log, as it writes them in each language."""

_FORM_TIMES = (
    "時間戳記 填答時間 填表時間 填寫時間 提交時間 送出時間 作答時間 回覆時間 開始填答時間 时间戳记 タイムスタンプ "
    "回答日時 回答時間 타임스탬프 Timestamp "
    "Submitted_At Submission_time Submission_Date Submit_Date_(UTC) Completion_time"
)
FORM_TIME = frozenset(map(name_key, _FORM_TIMES.split()))
"""Names of the column in which form services write when somebody answered."""
