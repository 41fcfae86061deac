"""Which number is the day, the month and the year, decided for a whole column from the values that leave no doubt. A column
that leaves doubt is a question to the owner, never a guess."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop.importer.values.date_shapes import Shape, Written, take_apart
from desktop.importer.values.text import squash, tidy

ORDERS = ("ymd", "dmy", "mdy", "roc")
"""The answers to "in which order?": year first, day first, month first, year of the Republic first."""

TOLERATED = 0.02
"""Share of values that may contradict the rest of a column (typing mistakes) without making it a question."""


@dataclass(frozen=True, slots=True)
class DateFormat:
    """How a column writes what is not clear by itself. None: not decided (no value needed it, or it is a question).

    Args:
        year_last: ``dmy`` or ``mdy`` for 10/04/2023.
        short: ``roc``, ``ymd``, ``dmy`` or ``mdy`` for 79/11/03.
        month_day: ``md`` or ``dm`` for 11/03.
    """

    year_last: str | None = None
    short: str | None = None
    month_day: str | None = None

    @classmethod
    def answered(cls, order: str) -> DateFormat:
        """What an owner's answer (one of ORDERS) means for every writing."""
        day_first = order == "dmy"
        return cls("dmy" if day_first else "mdy", order, "dm" if day_first else "md")


@dataclass(slots=True)
class DateEvidence:
    """What the values of one column say. Feed it with :meth:`add`, then ask :meth:`decide`."""

    seen: int = 0
    dates: int = 0
    roc: int = 0
    year_last: dict[str, int] = field(default_factory=lambda: {"dmy": 0, "mdy": 0, "open": 0})
    short: dict[str, int] = field(
        default_factory=lambda: {"ymd": 0, "dmy": 0, "mdy": 0, "roc": 0, "western": 0, "n": 0}
    )
    month_day: dict[str, int] = field(default_factory=lambda: {"md": 0, "dm": 0, "open": 0})
    examples: list[str] = field(default_factory=list)

    def add(self, texts: Iterable[str]) -> None:
        """Take note of these cells."""
        for text in texts:
            clean = squash(tidy(text)[0])
            if not clean:
                continue
            self.seen += 1
            written = take_apart(clean)
            if written is not None:
                self._note(written, clean)

    def _note(self, written: Written, text: str) -> None:
        self.dates += 1
        shape = written.shape
        if shape is Shape.ROC:
            self.roc += 1
        elif shape is Shape.YEAR_LAST:
            self._count(self.year_last, _day_or_month(written.first, written.second, "dmy", "mdy"), text)
        elif shape is Shape.MONTH_DAY:
            self._count(self.month_day, _day_or_month(written.first, written.second, "dm", "md"), text)
        elif shape is Shape.SHORT:
            self._note_short(written, text)

    def _count(self, counts: dict[str, int], kind: str, text: str) -> None:
        if kind:
            counts[kind] += 1
        if kind == "open" and len(self.examples) < 3:
            self.examples.append(text)

    def _note_short(self, written: Written, text: str) -> None:
        short = self.short
        short["n"] += 1
        a, b, c = written.first, written.second, written.third
        if a == 0:
            short["western"] += 1
        if a > 31 or a == 0:
            short["ymd"] += 1
        elif c > 31 or c == 0:
            short[_day_or_month(a, b, "dmy", "mdy") or "dmy"] = (
                short.get(_day_or_month(a, b, "dmy", "mdy") or "dmy", 0) + 1
            )
        elif len(self.examples) < 3:
            self.examples.append(text)

    def decide(self, country: str = "TW") -> tuple[DateFormat, tuple[str, ...]]:
        """The column's format, and the orders an owner has to choose from where the values leave doubt (else empty)."""
        year_last, asked = _choose(self.year_last, "dmy", "mdy")
        options: tuple[str, ...] = ("dmy", "mdy") if asked else ()
        short = None
        if self.short["n"]:
            short = self._decide_short(country, year_last)
            if short is None:
                options = ("roc", "ymd", "dmy", "mdy") if country == "TW" else ("ymd", "dmy", "mdy")
        month_day, odd = _choose(self.month_day, "dm", "md")
        if odd and not (self.month_day["md"] and self.month_day["dm"]):
            # Where no year is written, East Asia writes the month first, unless the column says otherwise.
            month_day = "dm" if year_last == "dmy" else "md"
        elif odd:
            options = options or ("dmy", "mdy")
        return DateFormat(year_last, short, month_day), options

    def _decide_short(self, country: str, year_last: str | None) -> str | None:
        short = self.short
        last = short["dmy"] + short["mdy"] + short.get("open", 0)
        if short["ymd"] > last * 10:
            # Years of two digits written first are the Republic's in Taiwan, unless a year 00 shows they are not.
            return "roc" if country == "TW" and not short["western"] else "ymd"
        if last > short["ymd"] * 10:
            decided, asked = _choose(short, "dmy", "mdy")
            return year_last if asked else decided
        if self.roc and not short["ymd"] and not last:
            return "roc"
        return year_last


def _day_or_month(a: int, b: int, first: str, second: str) -> str:
    """``first`` if only the first number can be the day, ``second`` if only the second, "open" if both, "" if it matters not."""
    if a > 12 >= b:
        return first
    if b > 12 >= a:
        return second
    if a > 12 or a == b:
        return ""
    return "open"


def _choose(counts: dict[str, int], one: str, other: str) -> tuple[str | None, bool]:
    """The decided order, and whether the owner has to be asked."""
    a, b, doubt = counts[one], counts[other], counts.get("open", 0)
    if not a and not b:
        return None, doubt > 0
    if min(a, b) <= (a + b) * TOLERATED:
        return (one if a > b else other), False
    return None, doubt > 0
