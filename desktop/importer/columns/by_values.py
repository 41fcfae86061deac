"""What a column may be though its name does not say so: fields told from values alone, and those a file is hardly without — a
name, a number to call, who blocked the account — from the columns left over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from desktop.importer.columns.evidence import ColumnEvidence
from desktop.importer.columns.names import SOMEBODY_ELSE, match_name, name_key
from desktop.importer.values.consents import names_a_block, read_blocked


class Assigned(NamedTuple):
    """A column's field, the part of it (one of PARTS, or ""), how sure (0 to 1), and why:
    ``name``, ``values``, ``both``, ``secret``, ``other`` or ``unknown`` (keys ``importing.why.<why>``)."""

    field: str
    part: str = ""
    confidence: float = 0.0
    why: str = "unknown"


def is_row_number(evidence: ColumnEvidence) -> bool:
    """1, 2, 3 …: numbers of rows, which belong to nobody."""
    first = evidence.values[:20]
    if len(first) < 2 or not first[0].isdecimal() or len(first[0]) > 3:
        return False
    start = int(first[0])
    return first == [str(number) for number in range(start, start + len(first))]


def by_values(evidence: ColumnEvidence, name: str, *, unnamed: bool) -> list[tuple[str, float]]:
    """Fields that a column without a telling name may be."""
    if not evidence.sample:
        return []
    found = []
    of_others = bool(_SOMEBODY_ELSES_NUMBER.search(name) or SOMEBODY_ELSE.search(name_key(name)))
    if evidence.user_id >= 0.5:
        found.append(("line_user_id", 0.75 + 0.2 * evidence.user_id))
    if evidence.email >= 0.6 and not of_others:
        found.append(("email", 0.55 + 0.3 * evidence.email))
    if evidence.phone_strict >= 0.6 and not of_others:
        found.append(("phone", 0.45 + 0.3 * evidence.phone_strict))
    if (
        evidence.gender >= 0.9
        and evidence.distinct <= 6
        and not evidence.number
        and evidence.filled >= 2
        and evidence.flag < 0.9
        and not of_others
    ):
        found.append(("gender", 0.6))
    if evidence.date >= 0.8 and evidence.birth_like and not of_others:
        found.append(("birthday", 0.5))
    if (
        evidence.name >= 0.6
        and evidence.distinct > 0.3 * len(evidence.values)
        and not of_others
        and not NOT_THE_PERSON.search(name)
    ):
        found.append(("name", 0.4 + 0.2 * evidence.name))
    if unnamed and _is_code(evidence):
        found.append(("member_no", 0.35))
    return found


def _is_code(evidence: ColumnEvidence) -> bool:
    codes = sum(
        3 <= len(text) <= 20 and any(char.isdigit() for char in text) and text.isascii()
        for text in evidence.sample
    )
    unique = evidence.distinct == len(evidence.values)
    return (
        codes == len(evidence.sample)
        and unique
        and evidence.date < 0.3
        and evidence.phone_strict < 0.3
        and not evidence.numbers.anglo
        and not is_row_number(evidence)
    )


# Whoever is named here is not the person the row is about.
NOT_THE_PERSON = re.compile(
    r"教練|醫師|醫生|設計師|老師|講師|導師|班導|技師|美容師|治療師|美甲師|造型師|師傅|顧問|助理|管家|店員|店長|業務|專員|經手|經辦|承辦|負責|服務人員|收銀|"
    r"櫃檯|櫃台|結帳人|操作|建立者|建檔|修改|更新|登錄人|製單|開單|緊急|介紹|推薦|引薦|邀請|保證人|受益|收件|收貨|取件|取貨|代收|收花|受贈|配偶|小孩|孩子|子女|"
    r"兒子|女兒|寶寶|寶貝|父|母|家屬|親屬|寵物|毛孩|狗|貓|商品|品名|品項|課程|項目|產品|公司|單位|學校|班級|門市|分店|店名|地址|縣市|區|里|村|國|城市|英文|拼音|"
    r"暱稱|抬頭|戶名|職稱|職業|來源|備註|標籤|等級|星座|担当|スタッフ|講師|子供|子ども|こども|お子|ペット|紹介|緊急|カナ|フリガナ|ふりがな|店舗|住所|会社|"
    r"coach|trainer|instructor|teacher|doctor|physician|\bdr\b|stylist|therapist|staff|cashier|clerk|server|sales|agent|\brep\b|manager|advisor|owner|"
    r"created|updated|modified|assigned|emergency|kin\b|spouse|child|kid|\bpet|\bdog|\bcat\b|(?<!p)refer|introduc|recipient|receiver|ship|consignee|product|item|"
    r"course|class|company|organi|school|store|shop|branch|city|country|address|state|region|district|title|job|kana|phonetic|nick|user.?name",
    re.IGNORECASE,
)
_LIKE_NAMES = 0.6
_AT_WORK = re.compile(
    r"(?:公司|辦公室?|店家|商號|会社|勤務先|office|work|business|company).*(?:電話|號碼|専線|tel|phone|mobile)",
    re.IGNORECASE,
)
_SOMEBODY_ELSES_NUMBER = re.compile(
    r"緊急|推薦|介紹|傳真|門市|分店|客服|業務|司機|配送|收件|收貨|取件|fax|emergency|(?<!p)refer|ship|branch|staff|sales|agent|kin",
    re.IGNORECASE,
)
_MOST_STATES = 6


def fill_up(
    result: dict[int, Assigned], names: Sequence[str], evidence: Sequence[ColumnEvidence], allowed: set[str]
) -> None:
    """Gives what is still missing to the columns left over: see the module."""
    told = {one.field for one in result.values() if one.part != "left"}
    _friends_not_members(result, names, told)
    for field, place in (("name", _somebody), ("phone", _number_at_work), ("blocked", _state)):
        if field not in allowed or field in told:
            continue
        if field == "blocked" and "line_user_id" not in told:
            continue
        found = place([index for index in range(len(names)) if index not in result], names, evidence)
        if found is not None:
            result[found] = Assigned(field, "", 0.5, "values")


_JOINED = re.compile(r"加入|追加|登録|登錄|join|add|creat|regist|since", re.IGNORECASE)
_OF_A_MEMBER = {"member_no", "phone", "email", "friend_at", "bound_at", "orders", "total", "level"}


def _friends_not_members(result: dict[int, Assigned], names: Sequence[str], told: set[str]) -> None:
    """In a list that knows of people only what LINE tells, the day somebody joined is the day she became a friend."""
    if "line_user_id" not in told or told & _OF_A_MEMBER:
        return
    for index, one in result.items():
        if one.field == "joined_at" and one.why != "owner" and _JOINED.search(names[index]):
            result[index] = one._replace(field="friend_at")


def _somebody(places: list[int], names: Sequence[str], evidence: Sequence[ColumnEvidence]) -> int | None:
    """The column whose values look most like names of people, and mostly of different ones."""
    best = (0.0, 0)
    for place in places:
        values = evidence[place]
        if not values.sample or values.distinct < 0.5 * len(values.values) or values.person < _LIKE_NAMES:
            continue
        if not _is_taken(names[place]):
            best = max(best, (values.person, -place))
        elif (
            name_key(names[place]) == "owner"
        ):  # staff in a CRM; where nobody else is named, of a pet or a car
            best = max(best, (values.person / 10, -place))
    return -best[1] if best[0] else None


def _is_taken(name: str) -> bool:
    return bool(NOT_THE_PERSON.search(name)) or any(one.field == "extra" for one in match_name(name))


def _number_at_work(
    places: list[int], names: Sequence[str], evidence: Sequence[ColumnEvidence]
) -> int | None:
    """Where a list has no other number, that of somebody's work."""
    for place in places:
        name = names[place]
        if evidence[place].phone >= 0.6 and _AT_WORK.search(name) and not _SOMEBODY_ELSES_NUMBER.search(name):
            return place
    return None


def _state(places: list[int], names: Sequence[str], evidence: Sequence[ColumnEvidence]) -> int | None:
    """In a list of LINE user IDs: a column of few words, all of them states of friends, one of a block."""
    for place in places:
        values = evidence[place]
        if (
            values.sample
            and values.distinct <= _MOST_STATES
            and any(map(names_a_block, values.sample))
            and values.answers(read_blocked) == 1
            and not any("原因" in word or "date" in word.lower() for word in (names[place],))
        ):
            return place
    return None
