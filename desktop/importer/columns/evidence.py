"""What the values of a column say it is: shares of cells that read as a phone number, an address, a date, a name …"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property

from desktop.importer.formats.tables import UNCALCULATED
from desktop.importer.values.date_formats import DateEvidence
from desktop.importer.values.date_shapes import Shape, take_apart
from desktop.importer.values.flags import read_gender, read_yes_no
from desktop.importer.values.identifiers import EMAIL, USER_ID, is_card_number, is_national_id, read_user_id
from desktop.importer.values.money import NumberEvidence, read_number
from desktop.importer.values.outcome import Outcome
from desktop.importer.values.phones import read_phone
from desktop.importer.values.tag_cells import TagEvidence
from desktop.importer.values.text import is_empty_word, squash, tidy

SAMPLE = 300
"""Values judged one by one; formats (dates, decimals, separators) look at all that are given."""

_SURNAMES = frozenset(
    "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周徐蘇葉莊呂江何蕭羅高潘簡朱鍾彭游詹胡施沈余盧梁趙顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁卓馬阮董"
    "唐溫藍蔣石古紀姚連馮歐程湯黎康田姜白尤巫鐘汪涂嚴韓龔袁史金童陸夏邵柳倪俞甘伍辜錢佐伊歐黄叶刘张陈吴杨谢许郑苏赵孙萧罗钟庄卢严韩冯邓贾"
)
_CJK_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0002fa1f]{2,4}(?:\s?(?:先生|小姐|女士|太太|さん|様))?")
_JAPANESE_NAME = re.compile(r"[\u3400-\u9fff々ぁ-んァ-ヶー]{1,5}[ \u3000][\u3400-\u9fff々ぁ-んァ-ヶー]{1,5}")
_TITLED = re.compile(
    r"[\u3400-\u9fff]{1,3}\s?(?:先生|小姐|女士|太太|媽媽?|爸爸?|老師|同學|阿姨|大哥|大姐|姐姐?|哥哥?|姨|叔叔?|伯伯?|嬸|董|さん|様|くん|ちゃん)"
)
_CALLED = re.compile(r"[阿小老大][\u3400-\u9fff]{1,2}|[\u3400-\u9fff]{2,4}")
_JAPANESE_SURNAMES = frozenset(
    "佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 山本 中村 小林 加藤 吉田 山田 "
    "佐々 山口 松本 井上 木村 斎藤 斉藤 清水 山崎 池田 橋本 阿部 石川 "
    "山下 中島 石井 小川 前田 岡田 長谷 藤田 後藤 近藤 村上 遠藤 青木 "
    "坂本 福田 太田 西村 藤井 金子 岡本 藤原 中野 三浦 原田 中川 松田 "
    "竹内 小野 田村 中山 和田 石田 森田 上田 内田 柴田 酒井 宮崎 横山 "
    "高木 安藤 宮本 大野 小島 谷口 今井 工藤 高田 増田 丸山 杉山 村田 "
    "大塚 新井 小山 平野 藤本 河野 上野 野口 武田 松井 千葉 菅原 岩崎 "
    "久保 木下".split()
)
_LATIN_CALLED = re.compile(r"[A-Z][A-Za-z'’.-]*(?:,? [A-Za-z][A-Za-z'’.-]*){1,3}")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z'’.-]+(?: [A-Z][A-Za-z'’.-]*){1,3}")
# What stands in something said, not in a box to tick.
_SENTENCE = re.compile(r"[。，！？!?~\n]")
_ADDRESS = re.compile(
    r"https?://|www\.|\d{1,3}(?:\.\d{1,3}){3}$|[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){3,}$", re.IGNORECASE | re.ASCII
)
"""An address on the internet: a page's or a computer's."""
_CODE = re.compile(r"#?(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{1,30}", re.ASCII)
_LOST_PHONE = frozenset(
    {"phone_digits_lost", "phone_junk", "phone_too_short", "phone_too_long", "phone_unknown"}
)
# Eleven digits that no Taiwanese number has: Japan's and China's mobile numbers in their own country's writing.
_FOREIGN_MOBILE = {
    "JP": re.compile(r"0?[789]0\d{8}", re.ASCII),
    "CN": re.compile(r"1[3-9]\d{9}", re.ASCII),
}
_STRICT_PHONE = re.compile(r"(?:\+?886|09|\(?0\d)[\d\s().-]{7,14}(?:#\d+)?|9\d{8}|\+[\d\s-]{9,17}", re.ASCII)


class ColumnEvidence:
    """The values of one column.

    Args:
        values: non-blank cells, as many as were looked at.
        country: the shop's country.
    """

    def __init__(self, values: Sequence[str], country: str = "TW") -> None:
        told = [value for value in values if value[:1] != UNCALCULATED and _tells(value)]
        self.filled = len(values)
        self.values = told
        self._country = country
        step = max(1, len(told) // SAMPLE)
        self.sample = [tidy(value)[0] for value in told[::step][:SAMPLE]]

    def _share(self, test: Callable[[str], bool]) -> float:
        return sum(map(test, self.sample)) / len(self.sample) if self.sample else 0.0

    @cached_property
    def phone(self) -> float:
        """Share that reads as a phone number, damaged ones included."""
        return self._share(self._phone)

    def _phone(self, text: str) -> bool:
        if read_phone(text, self._country).value is not None:
            return True
        if any(shape.fullmatch(_digits(text)) for shape in _FOREIGN_MOBILE.values()):
            return True
        digits = sum(char.isdigit() for char in text)
        return (
            digits >= 3 and read_phone(text, self._country).problem in _LOST_PHONE and not _looks_dated(text)
        )

    @cached_property
    def phone_country(self) -> str | None:
        """The country whose mobile numbers these plainly are, where they are not the shop's own."""
        bare = [_digits(text) for text in self.sample]
        for country, shape in _FOREIGN_MOBILE.items():
            if country != self._country and sum(map(bool, map(shape.fullmatch, bare))) >= max(
                1, 0.6 * len(bare)
            ):
                return country
        return None

    @cached_property
    def phone_strict(self) -> float:
        """Share that cannot well be anything else."""
        return self._share(
            lambda text: (
                bool(_STRICT_PHONE.fullmatch(squash(text)))
                and read_phone(text, self._country).value is not None
            )
        )

    @cached_property
    def email(self) -> float:
        """Share that is an e-mail address."""
        return self._share(lambda text: bool(EMAIL.fullmatch(squash(text).lower())))

    @cached_property
    def user_id(self) -> float:
        """Share that is a LINE user ID, in any case and width."""
        return self._share(lambda text: bool(USER_ID.fullmatch(text)) or read_user_id(text).value is not None)

    @cached_property
    def date(self) -> float:
        """Share that is written as a date."""
        return self._share(_looks_dated)

    @cached_property
    def date_loose(self) -> float:
        """Share that may be a date where the name says so: serial numbers, month and day, placeholders."""
        return self._share(lambda text: take_apart(squash(text)) is not None)

    @cached_property
    def number(self) -> float:
        """Share that is an amount or a count."""
        return self._share(
            lambda text: read_number(text).value is not None or read_number(text, ",").value is not None
        )

    @cached_property
    def flag(self) -> float:
        """Share that says yes or no."""
        return self._share(lambda text: read_yes_no(text).problem is None)

    def answers(self, read: Callable[[str], Outcome]) -> float:
        """Share that a reader understands."""
        return self._share(lambda text: read(text).problem is None)

    @cached_property
    def gender(self) -> float:
        """Share that names a gender."""
        return self._share(lambda text: read_gender(text).problem is None)

    @cached_property
    def name(self) -> float:
        """Share that looks like somebody's name."""
        return self._share(looks_like_name)

    @cached_property
    def person(self) -> float:
        """Share that may be what people call somebody: also 陳太太, 阿珠姨, 佐藤花子, CHEN Mei."""
        return self._share(may_be_somebody)

    @cached_property
    def code(self) -> float:
        """Share that is a code: letters and digits without spaces, such as W00231 or #1001."""
        return self._share(looks_like_code)

    @cached_property
    def distinct(self) -> int:
        """Different values among all that were looked at."""
        return len(set(self.values))

    @cached_property
    def length(self) -> float:
        """Mean number of characters."""
        return sum(map(len, self.sample)) / len(self.sample) if self.sample else 0.0

    @cached_property
    def dates(self) -> DateEvidence:
        """How dates are written."""
        evidence = DateEvidence()
        evidence.add(self.values)
        return evidence

    @cached_property
    def numbers(self) -> NumberEvidence:
        """How numbers are written."""
        evidence = NumberEvidence()
        evidence.add(self.values[:5_000])
        return evidence

    @cached_property
    def tags(self) -> TagEvidence:
        """How several values share a cell."""
        evidence = TagEvidence()
        evidence.add(self.values)
        return evidence

    @cached_property
    def birth_like(self) -> bool:
        """Dates whose years are those of adults' births, spread over decades."""
        years = [
            written.first
            for text in self.sample
            if (written := take_apart(squash(text))) and written.first > 1900
        ]
        last = [
            written.third
            for text in self.sample
            if (written := take_apart(squash(text))) and written.third > 1900
        ]
        years = sorted(years or last)
        return len(years) >= 3 and years[-1] - years[0] >= 8 and 1930 <= years[len(years) // 2] <= 2012

    @cached_property
    def is_numeric(self) -> bool:
        """Every value is a number, and none looks like a code, a phone or a date."""
        numbers = self.numbers
        if not numbers.seen or numbers.numbers < numbers.seen or self.date >= 0.5 or self.phone_strict >= 0.3:
            return False
        return not any(text[0] == "0" and text[1:2].isdigit() for text in self.sample)

    def holds(self, name: str) -> str:
        """What an own column of this name holds, in all its cells: ``number``, ``date``, ``yes_no``, else ``text``."""
        if self.is_numeric:
            return "number"
        if self._is_dated(name):
            return "date"
        return "yes_no" if self.sample and self.flag == 1 and self.distinct <= 4 else "text"

    def _is_dated(self, name: str) -> bool:
        """Whether every cell is a date that can be read in one way only; digits and short writings that may be a code
        need a name that speaks of dates."""
        if not self.sample or self.date < 1 or _LUNAR.search(name) or self.dates.decide(self._country)[1]:
            return False
        shapes = {written.shape for text in self.sample if (written := take_apart(squash(text)))}
        if any(text.isdecimal() for text in self.sample) or not shapes <= {Shape.YEAR_FIRST, Shape.NAMED}:
            return bool(_OF_DATES.search(name))
        return True

    @cached_property
    def secret(self) -> bool:
        """Whether these are identity or card numbers, whatever the column is called."""
        return bool(self.sample) and (
            self._share(lambda text: is_national_id(squash(text))) >= 0.6
            or self._share(lambda text: is_card_number(squash(text))) >= 0.6
        )

    @cached_property
    def is_choice(self) -> bool:
        """Few short answers that come again and again: a question with boxes to tick rather than one for free text.

        Something written freely shows itself by line breaks, by punctuation, by its length, or by hardly ever being
        written twice; a box for "other" may add a few answers of that kind to a question with choices.
        """
        if not self.sample or self.length > 40 or any("\n" in text for text in self.sample):
            return False
        if self._share(lambda text: bool(_SENTENCE.search(text))) > 0.05:
            return False
        if self.number > 0.8 or self.date > 0.5 or self.phone_strict > 0.3 or self.email > 0.3:
            return False
        if self._share(lambda text: bool(_ADDRESS.match(text))) > 0.3:
            return False
        parts = Counter(
            part.strip() for text in self.sample for part in re.split("[,;]", text) if part.strip()
        )
        total = sum(parts.values())
        if sum(count for part, count in parts.items() if len(part) > _LONGEST_CHOICE) > total * _OTHERS:
            return False
        if self.filled <= 3:
            return max(map(len, parts), default=0) <= 8 or total - len(parts) >= total * 0.3
        repeated = [count for count in parts.values() if count > 1]
        if len(self.sample) < _ENOUGH_ANSWERS:
            return total - len(parts) >= total * 0.3
        return sum(repeated) >= total * (1 - _OTHERS) and len(repeated) <= max(8, len(self.sample) // 4)


_LUNAR = re.compile(r"農曆|阴历|陰曆|旧暦|lunar", re.IGNORECASE)
_OF_DATES = re.compile(
    r"日|時間|時刻|期|生日|date|time|day|birth|_at$|_on$| at$| on$|created|updated|since|dt$", re.IGNORECASE
)
_LONGEST_CHOICE = 20
_OTHERS = 0.25
"""Share of a question's answers that may be written into its box for "other"."""
_ENOUGH_ANSWERS = 12
"""Answers from which on the repeats of free text can be told from those of choices."""


def _tells(value: str) -> bool:
    clean = tidy(value)[0]
    return bool(clean) and not is_empty_word(clean)


def _digits(text: str) -> str:
    return re.sub(r"[\s()-]", "", squash(text))


def _looks_dated(text: str) -> bool:
    written = take_apart(squash(text))
    if written is None or written.shape in _UNLIKE_DATES:
        return False
    # 20250001 is an order's number.
    return written.shape is not Shape.YEAR_FIRST or (1 <= written.second <= 12 and 1 <= written.third <= 31)


_UNLIKE_DATES = frozenset({Shape.SERIAL, Shape.UNIX, Shape.INCOMPLETE, Shape.MONTH_DAY_NAMED, Shape.ZERO})


def looks_like_code(text: str) -> bool:
    """Whether a text is a code of letters and digits: W00231, #1001."""
    return bool(_CODE.fullmatch(squash(text)))


def looks_like_name(text: str) -> bool:
    """Whether a text is written like somebody's name."""
    if _CJK_NAME.fullmatch(text):
        return text[0] in _SURNAMES or text[:2] in ("歐陽", "司馬", "上官", "諸葛", "司徒")
    return bool(_JAPANESE_NAME.fullmatch(text) or _LATIN_NAME.fullmatch(text))


def may_be_somebody(text: str) -> bool:
    """Whether a text may be what people call somebody, more generously than :func:`looks_like_name`."""
    if looks_like_name(text) or _TITLED.fullmatch(text) or _LATIN_CALLED.fullmatch(text):
        return True
    return bool(_CALLED.fullmatch(text)) and (text[0] in "阿小老" or text[:2] in _JAPANESE_SURNAMES)
