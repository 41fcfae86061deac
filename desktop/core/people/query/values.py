"""The values of a query: numbers, dates, ages, yes and no, as they are typed and as they are written back."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from desktop.core.people.condition import NAMED_DAYS, Ago, Day, MonthDay, Named, Period, Value
from desktop.core.people.search_text import fold

LONGEST_NUMBER = 40
"""Characters a number may have; far beyond any money, and far below what a float cannot hold."""

_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", re.ASCII)
_AGO = re.compile(r"(\d{1,6})(d|w|m|y|天|日|週間?|周|個月|か月|ヶ月|ヵ月)", re.ASCII)
_UNITS = {"d": "d", "天": "d", "日": "d", "w": "w", "週": "w", "周": "w", "m": "m", "y": "y"}
_DAY = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?", re.ASCII)
_MONTH_DAY = re.compile(r"(?:--)?(\d{1,2})[-/](\d{1,2})", re.ASCII)
_LEAP_YEAR = 2000
_LONGEST_STEP = 15

_NAMED = {word: word for word in NAMED_DAYS} | {
    "今天": "today",
    "今日": "today",
    "昨天": "yesterday",
    "昨日": "yesterday",
    "本月": "this_month",
    "這個月": "this_month",
    "今月": "this_month",
    "上個月": "last_month",
    "先月": "last_month",
    "下個月": "next_month",
    "来月": "next_month",
    "今年": "this_year",
    "去年": "last_year",
    "昨年": "last_year",
}

ANSWERS = {
    **dict.fromkeys(("yes", "true", "1", "y", "是", "はい"), "yes"),
    **dict.fromkeys(("no", "false", "0", "n", "否", "不是", "いいえ"), "no"),
    **dict.fromkeys(("unknown", "未知", "不明", "不詳"), "unknown"),
}
"""The words a yes/no field takes."""

GENDERS = {
    **dict.fromkeys(("male", "m", "man", "男", "男性", "男生", "先生"), "male"),
    **dict.fromkeys(("female", "f", "woman", "女", "女性", "女生", "小姐", "女士"), "female"),
    **dict.fromkeys(("other", "其他", "其它", "その他"), "other"),
    **dict.fromkeys(("unknown", "未知", "不明", "不詳"), "unknown"),
}
"""The words the field gender takes; unknown is the absence of one."""

CLASSES = {
    **dict.fromkeys(("n", "new", "新客", "新規", "新規客"), "N"),
    **dict.fromkeys(("a", "active", "活躍客", "活躍", "アクティブ"), "A"),
    **dict.fromkeys(("s", "sleeping", "沉睡客", "沉睡", "休眠", "休眠客"), "S"),
    **dict.fromkeys(("l", "lost", "流失客", "流失", "離脱", "離脱客"), "L"),
}
"""The words the field nasl takes."""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("\u2212", "-").strip()


def read_number(text: str) -> int | float | None:
    """A number such as ``1000``, ``1,000``, ``-2.5``; None if it is none."""
    plain = _plain(text)
    if len(plain) > LONGEST_NUMBER or not _NUMBER.fullmatch(plain):
        return None
    exact = Decimal(plain.replace(",", ""))
    # SQLite's integers end at 63 bits.
    if exact == exact.to_integral_value() and abs(exact) < 2**63:
        return int(exact)
    return float(exact)


def read_date(text: str) -> Day | Ago | Named | None:
    """A day, month or year (``2026-01-31``, ``2026/1``, ``2026``), an age (``60d``) or a named day; else None."""
    plain = fold(_plain(text))
    ago = _AGO.fullmatch(plain)
    if ago:
        unit = ago[2]
        return Ago(int(ago[1]), _UNITS.get(unit[0], "m"))
    if plain.replace("-", "_") in _NAMED:
        return Named(_NAMED[plain.replace("-", "_")])
    found = _DAY.fullmatch(plain)
    if not found:
        return None
    year, month, day = int(found[1]), found[2] and int(found[2]), found[3] and int(found[3])
    return Day(year, month or None, day or None) if _exists(year, month, day) else None


def read_birthday(text: str) -> Day | Ago | Named | MonthDay | None:
    """A date, or a day of any year: ``05-20``, ``--05-20``."""
    found = _MONTH_DAY.fullmatch(_plain(text))
    if not found:
        return read_date(text)
    month, day = int(found[1]), int(found[2])
    return MonthDay(month, day) if _exists(_LEAP_YEAR, month, day) else None


def read_month(text: str) -> int | Named | None:
    """A month of any year: ``11``, ``11月``, ``this_month``."""
    plain = fold(_plain(text))
    named = _NAMED.get(plain.replace("-", "_"), "")
    if named.endswith("month"):
        return Named(named)
    number = re.fullmatch(r"(\d{1,2})月?", plain, re.ASCII)
    return int(number[1]) if number and 1 <= int(number[1]) <= 12 else None


def read_period(text: str) -> Period | None:
    """When orders lie: ``2026-03``, ``this_month``, ``2026-01-01..2026-03-31``, ``90d`` for the days since then; else None. Ends
    that stand the wrong way round are not looked at."""
    low_text, dots, high_text = text.partition("..")
    if not dots:
        found = read_date(text)
        return None if found is None else Period(None if isinstance(found, Ago) else found, found)
    low, high = (read_date(end) if end else None for end in (low_text, high_text))
    if (low is None) == bool(low_text) or (high is None) == bool(high_text) or (low is None and high is None):
        return None
    return Period(low, high)


def written_period(period: Period) -> str:
    """A period as it stands behind the ``@``."""
    low, high = ("" if end is None else written(end) for end in (period.low, period.high))
    alone = period.low is None if isinstance(period.high, Ago) else period.low == period.high
    return high if alone else f"{low}..{high}"


def read_step(text: str) -> int | None:
    """The number of a step, None if it is none."""
    plain = _plain(text)
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= _LONGEST_STEP else None


def _exists(year: int, month: int | str | None, day: int | str | None) -> bool:
    try:
        date(year, int(1 if month is None else month), int(1 if day is None else day))
    except ValueError:
        return False
    return True


def written(value: Value) -> str:
    """A value other than text, as a query writes it."""
    match value:
        case Day():
            parts = [
                f"{value.year:04}",
                *(f"{part:02}" for part in (value.month, value.day) if part is not None),
            ]
            return "-".join(parts)
        case MonthDay():
            return f"{value.month:02}-{value.day:02}"
        case Ago():
            return f"{value.count}{value.unit}"
        case Named():
            return value.word
        case float():
            return format(Decimal(repr(value)), "f")
        case _:
            return str(value)
