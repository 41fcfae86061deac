"""The writings of a date: which pattern a text has, and its numbers. What the numbers mean is decided for a whole column
(``date_formats``), and only then is a cell read (``dates``)."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import NamedTuple


class Shape(Enum):
    """How a date is written."""

    YEAR_FIRST = "2023-04-10"
    ROC = "112/04/10"
    YEAR_LAST = "10/04/2023"
    SHORT = "79/11/03"
    NAMED = "10 Apr 2023"
    MONTH_DAY = "11/03"
    MONTH_DAY_NAMED = "11月3日"
    SERIAL = "45026.633"
    UNIX = "1681111111"
    ZERO = "0000-00-00"
    INCOMPLETE = "2023/04"


class Written(NamedTuple):
    """A text taken apart: its shape, its three numbers in the order written (year, month, day where the shape fixes it),
    and the time text after it. Serials and Unix times keep their number in ``amount``."""

    shape: Shape
    first: int = 0
    second: int = 0
    third: int = 0
    time: str = ""
    amount: float = 0.0


_TIME = r"(?:[T,\s]\s*(?P<time>\D{0,4}\d{1,2}\s*[:時点點].*|(?:上午|下午|午前|午後|早上|晚上|中午|凌晨|am|pm)\s*\d{1,2}.*))?"
_WEEKDAY = (
    r"\s*(?:[(（]?(?:星期|週|周|禮拜)?[一二三四五六日天月火水木金土](?:曜日?)?[)）]"
    r"|(?:星期|週|周|禮拜)[一二三四五六日天]|[(（](?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[)）])?"
)
_NUMERIC = re.compile(
    rf"(?P<era>中華民國|民國|民国|民|r\.?o\.?c\.?)?\s*(?P<a>\d{{1,4}})\s*(?P<s>[-/.年,、\s])\s*(?P<b>\d{{1,2}})\s*[-/.月,、\s]\s*(?P<c>\d{{1,4}})\s*[日.]?{_WEEKDAY}{_TIME}",
    re.IGNORECASE | re.ASCII,
)
_COMPACT = re.compile(rf"(?P<era>民國|民)?(?P<digits>\d{{4,8}}){_WEEKDAY}{_TIME}", re.IGNORECASE | re.ASCII)
_STAMP = re.compile(r"(\d{8})[T\s]?(\d{4}|\d{6})(?:Z)?", re.ASCII)
_SERIAL = re.compile(r"\d{1,5}(?:\.\d+)?", re.ASCII)
_UNIX = re.compile(r"1\d{9}(?:\d{3})?(?:\.0)?", re.ASCII)
_MONTH_DAY = re.compile(
    rf"-{{0,2}}(?P<a>\d{{1,2}})\s*(?P<s>[-/.月])\s*(?P<b>\d{{1,2}})\s*(?P<d>日?){_WEEKDAY}", re.ASCII
)
_YEAR_MONTH = re.compile(
    r"(?:(?:19|20)\d\d\s*[-/.年]?\s*(?:\d{1,2}\s*月?)?|民國\s*\d{1,3}\s*年(?:\s*\d{1,2}\s*月)?)", re.ASCII
)
_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_NAME = r"(?P<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_NAMED = (
    re.compile(
        rf"(?:[a-z]{{3,9}}\.?,?\s+)?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[-\s/]+(?:of\s+)?{_NAME}[-,\s/]+(?P<y>\d{{4}}|\d\d){_TIME}",
        re.I | re.A,
    ),
    re.compile(
        rf"(?:[a-z]{{3,9}}\.?,?\s+)?{_NAME}[-\s/]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[-,\s/]+(?P<y>\d{{4}}){_TIME}",
        re.I | re.A,
    ),
    re.compile(rf"(?P<y>\d{{4}})[-\s/]+{_NAME}[-\s/]+(?P<d>\d{{1,2}}){_TIME}", re.I | re.A),
)
_JS_TAIL = re.compile(r"\s*\((?:[^)]*(?:time|時間|時))\)$", re.I)
_JS = re.compile(
    rf"[a-z]{{3}}\s+{_NAME}\s+(?P<d>\d{{1,2}})\s+(?P<y>\d{{4}})(?:\s+(?P<time>\d.*))?", re.I | re.A
)
_ERA = re.compile(
    rf"(?P<era>令和|平成|昭和|大正|[RHST](?=\d))\s*(?P<y>\d{{1,2}}|元)\s*[-/.年]\s*(?P<b>\d{{1,2}})\s*[-/.月]\s*(?P<c>\d{{1,2}})\s*日?{_WEEKDAY}{_TIME}",
    re.A,
)
_ERA_START = {
    "令和": 2018,
    "R": 2018,
    "平成": 1988,
    "H": 1988,
    "昭和": 1925,
    "S": 1925,
    "大正": 1911,
    "T": 1911,
}


def take_apart(text: str) -> Written | None:
    """The writing of a date, or None if the text is none.

    Args:
        text: tidied and NFKC-normalised, as ``squash`` gives it.
    """
    found = _NUMERIC.fullmatch(text)
    if found:
        return _numeric(found)
    if text[:1].isdigit() or text[:1] in "-民":
        return _digits(text)
    return _worded(text)


def _numeric(found: re.Match[str]) -> Written | None:
    a, b, c = int(found["a"]), int(found["b"]), int(found["c"])
    time = found["time"] or ""
    wide_a, wide_c = len(found["a"]), len(found["c"])
    if a == b == c == 0 or (wide_c <= 2 and wide_a >= 3 and (b == 0 or c == 0)):
        return Written(Shape.ZERO, a, b, c)
    if found["era"] or wide_a == 3 or (wide_a == 4 and a < 200):
        return Written(Shape.ROC, a + 1911, b, c, time) if wide_c <= 2 else None
    if wide_a == 4:
        return Written(Shape.YEAR_FIRST, a, b, c, time) if wide_c <= 2 else None
    if wide_c == 4:
        return Written(Shape.YEAR_LAST, a, b, c, time)
    if wide_c == 3:
        return None
    if found["s"] == "年":
        return Written(Shape.ROC, a + 1911, b, c, time)
    return Written(Shape.SHORT, a, b, c, time)


def _digits(text: str) -> Written | None:
    if text in ("00:00:00", "00:00"):
        return Written(Shape.ZERO)  # what a date cell holding 0 reads as
    compact = _COMPACT.fullmatch(text)
    if compact and (compact["era"] or len(compact["digits"]) != 5):
        return _compact(compact["digits"], compact["time"] or "", bool(compact["era"]))
    if _SERIAL.fullmatch(text):
        return Written(Shape.SERIAL, amount=float(text)) if float(text) else Written(Shape.ZERO)
    if _UNIX.fullmatch(text):
        number = float(text)
        return Written(Shape.UNIX, amount=number / 1000 if number > 1e11 else number)
    stamp = _STAMP.fullmatch(text)
    if stamp:
        clock = stamp[2]
        time = ":".join(clock[i : i + 2] for i in range(0, len(clock), 2)) + (
            "Z" if text.endswith("Z") else ""
        )
        return _compact(stamp[1], time, False)
    short = _MONTH_DAY.fullmatch(text)
    if short:
        shape = Shape.MONTH_DAY_NAMED if short["s"] == "月" or text.startswith("--") else Shape.MONTH_DAY
        return Written(shape, int(short["a"]), int(short["b"]))
    if _YEAR_MONTH.fullmatch(text):
        return Written(Shape.INCOMPLETE)
    return _worded(text)


def _compact(digits: str, time: str, roc: bool) -> Written | None:
    year, rest = digits[:-4], digits[-4:]
    month, day = int(rest[:2]), int(rest[2:])
    if not digits.strip("0"):
        return Written(Shape.ZERO)
    if len(digits) == 8 and digits[:2] in ("19", "20", "18"):
        return Written(Shape.YEAR_FIRST, int(year), month, day, time)
    if len(digits) == 8 and digits[4:6] in ("19", "20"):
        return Written(Shape.YEAR_LAST, int(digits[:2]), int(digits[2:4]), int(digits[4:]), time)
    if len(digits) in (6, 7) and (1 <= month <= 12 and 1 <= day <= 31):
        return Written(Shape.ROC, int(year) + 1911, month, day, time)
    if roc:
        return None
    if len(digits) == 6 and digits[:2] in ("19", "20"):
        return Written(Shape.INCOMPLETE)
    if len(digits) == 4:
        return (
            Written(Shape.MONTH_DAY_NAMED, month, day)
            if 1 <= month <= 12 and 1 <= day <= 31
            else Written(Shape.INCOMPLETE)
        )
    return None


def _worded(text: str) -> Written | None:
    era = _ERA.fullmatch(text)
    if era:
        year = _ERA_START[era["era"]] + (1 if era["y"] == "元" else int(era["y"]))
        return Written(Shape.NAMED, year, int(era["b"]), int(era["c"]), era["time"] or "")
    plain = _JS_TAIL.sub("", text)
    for pattern in (*_NAMED, _JS):
        found = pattern.fullmatch(plain)
        if found:
            year = int(found["y"])
            year += 0 if len(found["y"]) == 4 else 2000 if year < 50 else 1900
            return Written(
                Shape.NAMED, year, _MONTHS[found["m"].lower()[:3]], int(found["d"]), found["time"] or ""
            )
    return None


_CLOCK = re.compile(
    r"\s*(?P<before>上午|下午|午前|午後|早上|晚上|中午|凌晨|清晨|傍晚|[ap]\.?m\.?)?\s*(?P<h>\d{1,2})\s*(?:[:時点點]\s*(?P<m>\d{1,2}))?\s*"
    r"(?:[:分]\s*(?P<s>\d{1,2})(?:[.,]\d+)?)?\s*[分秒時点點]?\s*(?P<after>[ap]\.?m\.?|上午|下午)?\s*"
    r"(?P<zone>z|utc|gmt|cst|jst|(?:utc|gmt)?\s*[+-]\d{1,2}:?(?:\d\d)?)?",
    re.IGNORECASE | re.ASCII,
)
_AFTERNOON = ("下午", "午後", "晚上", "傍晚", "p")


class Clock(NamedTuple):
    """A time of day, and the offset from UTC in minutes where one is written."""

    hour: int
    minute: int
    second: int
    offset: int | None


@lru_cache(maxsize=100_000)
def read_clock(text: str) -> Clock | None:
    """A time of day: 15:12, 下午 03:12, 3:12 PM, 15時12分, 07:12:00Z; None if it is none."""
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    hour, minute, second = int(found["h"]), int(found["m"] or 0), int(found["s"] or 0)
    half = (found["before"] or found["after"] or "").lower()
    if half and hour <= 12:
        afternoon = half.startswith(_AFTERNOON) or (half == "中午" and hour != 11)
        hour = hour % 12 + (12 if afternoon else 0)
    if hour == 24 and minute == second == 0:
        hour = 23
        minute = second = 59
    if hour > 23 or minute > 59 or second > 59:
        return None
    return Clock(hour, minute, second, _offset(found["zone"]))


def _offset(zone: str | None) -> int | None:
    if not zone:
        return None
    name = zone.lower().replace(" ", "")
    if name in ("z", "utc", "gmt"):
        return 0
    if name == "cst":
        return None  # China's or America's: no telling; taken as the shop's own
    if name == "jst":
        return 540
    digits = re.sub(r"[^\d]", "", name)
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    return (hours * 60 + minutes) * (-1 if "-" in name else 1)
