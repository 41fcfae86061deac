"""Dates and times of a column whose format is known → ``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM:SS`` in the shop's zone;
birthdays also ``--MM-DD``. A midnight without meaning is no time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from desktop.importer.values.date_formats import DateFormat
from desktop.importer.values.date_shapes import Clock, Shape, Written, read_clock, take_apart
from desktop.importer.values.outcome import BLANK, EMPTY_WORD, Outcome, unusable
from desktop.importer.values.text import is_empty_word, squash, tidy

_PLAIN_DAY = re.compile(r"(?:19[5-9]\d|20\d\d)-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])", re.ASCII)
"""Days that are right as they stand, in whatever order a column writes its others."""

_EXCEL_ZERO = datetime(1899, 12, 30)
_OLDEST_BIRTH = 1901
_NO_YEAR = (0, 1, 4, 1604, 1900)
"""Years that address books and databases write for "year not known" (1604: Apple's and Facebook's)."""


class DateReader:
    """Reads the cells of one column.

    Args:
        form: the column's format, as decided from its values or answered by the owner.
        zone: the shop's time zone (IANA name), for moments written with their offset from UTC.
        birthday: the column holds birthdays: no time, no future, perhaps no year.
        today: the day to which "in the future" refers; the shop's today if None.
    """

    def __init__(
        self,
        form: DateFormat,
        zone: str = "Asia/Taipei",
        *,
        birthday: bool = False,
        today: date | None = None,
    ):
        self._form = form
        self._zone = ZoneInfo(zone)
        self._birthday = birthday
        self._today = today or datetime.now(self._zone).date()
        self._last_day = self._today.isoformat()

    def read(self, text: str) -> Outcome:
        """The date of a cell, or why there is none."""
        if _PLAIN_DAY.fullmatch(text) and not (self._birthday and text > self._last_day):
            return Outcome(text)
        clean, repairs = tidy(text)
        if not clean:
            return BLANK
        plain = squash(clean)
        if plain != clean:
            repairs = (*repairs, "full_width")
        if is_empty_word(plain):
            return EMPTY_WORD
        written = take_apart(plain)
        if written is None:
            return unusable("not_a_date")
        result = self._read(written)
        return result._replace(repairs=(*repairs, *result.repairs)) if repairs and result.value else result

    def _read(self, written: Written) -> Outcome:
        shape = written.shape
        if shape is Shape.ZERO:
            return EMPTY_WORD
        if shape is Shape.INCOMPLETE:
            return unusable("date_incomplete")
        if shape is Shape.SERIAL:
            return self._serial(written.amount)
        if shape is Shape.UNIX:
            return self._moment(datetime.fromtimestamp(written.amount, UTC), ("time_zone",))
        if shape in (Shape.MONTH_DAY, Shape.MONTH_DAY_NAMED):
            return self._month_day(written)
        numbers = self._ordered(written)
        if numbers is None:
            return unusable("date_ambiguous")
        year, month, day, repairs = numbers
        if self._birthday and year in _NO_YEAR:
            return _placeholder_or_yearless(year, month, day)
        try:
            moment = datetime(year, month, day)
        except ValueError:
            return unusable("date_impossible")
        if written.time and not (self._birthday and ":" not in written.time):
            clock = read_clock(written.time)
            if clock is None:
                return unusable("not_a_date")
            return self._timed(moment, clock, repairs)
        return self._day(moment, repairs)

    def _ordered(self, written: Written) -> tuple[int, int, int, tuple[str, ...]] | None:
        """Year, month, day and the repairs, or None where the order is open."""
        a, b, c = written.first, written.second, written.third
        if written.shape in (Shape.YEAR_FIRST, Shape.NAMED):
            return a, b, c, ()
        if written.shape is Shape.ROC:
            return a, b, c, ("roc_year",)
        if written.shape is Shape.YEAR_LAST:
            return _year_last(c, a, b, self._form.year_last)
        order = self._form.short
        if order == "roc":
            return a + 1911, b, c, ("roc_year",)
        if order == "ymd":
            return self._century(a), b, c, ()
        if order is None:
            return None
        return _year_last(self._century(c), a, b, order)

    def _century(self, year: int) -> int:
        pivot = self._today.year % 100
        return year + (2000 if year <= pivot + (0 if self._birthday else 10) else 1900)

    def _serial(self, amount: float) -> Outcome:
        """Days since 1899-12-30, as Excel counts them; the fraction is the time of day."""
        if amount >= 73_051 or (amount < 3_000 and not self._birthday) or amount < 367:
            return unusable("not_a_date")
        moment = _EXCEL_ZERO + timedelta(seconds=round(amount * 86_400))
        return self._day(moment, ("excel_serial",))

    def _month_day(self, written: Written) -> Outcome:
        if not self._birthday:
            return unusable("date_incomplete")
        month, day = written.first, written.second
        if written.shape is Shape.MONTH_DAY and (
            self._form.month_day == "dm" or (month > 12 and self._form.month_day is None)
        ):
            month, day = day, month
        return _yearless(month, day, ())

    def _timed(self, moment: datetime, clock: Clock, repairs: tuple[str, ...]) -> Outcome:
        timed = moment.replace(hour=clock.hour, minute=clock.minute, second=clock.second)
        if clock.offset is None:
            return self._day(timed, repairs)
        if abs(clock.offset) >= 1440:
            return unusable("not_a_date")
        return self._moment(timed.replace(tzinfo=timezone(timedelta(minutes=clock.offset))), repairs)

    def _moment(self, aware: datetime, repairs: tuple[str, ...]) -> Outcome:
        try:
            local = aware.astimezone(self._zone)
        except (OverflowError, ValueError):
            return unusable("date_impossible")
        if local.replace(tzinfo=None) != aware.replace(tzinfo=None) and "time_zone" not in repairs:
            repairs = (*repairs, "time_zone")
        return self._day(local.replace(tzinfo=None), repairs)

    def _day(self, moment: datetime, repairs: tuple[str, ...]) -> Outcome:
        if self._birthday:
            if moment.date() > self._today:
                return unusable("date_in_future")
            if moment.year < _OLDEST_BIRTH:
                return unusable("date_out_of_range")
            return Outcome(f"{moment:%Y-%m-%d}" if moment.year > 999 else None, repairs)
        if not 1950 <= moment.year <= 2100:
            # 1900-01-01 and 0001-01-01 stand for "never" in many databases.
            return EMPTY_WORD if moment.year in (1, 1899, 1900) else unusable("date_out_of_range")
        return Outcome(
            moment.isoformat() if moment.time() != datetime.min.time() else f"{moment:%Y-%m-%d}", repairs
        )


def _year_last(year: int, a: int, b: int, order: str | None) -> tuple[int, int, int, tuple[str, ...]] | None:
    if order == "dmy":
        return year, b, a, ()
    if order == "mdy":
        return year, a, b, ()
    if a == b or b > 12:
        return year, a, b, ()
    return (year, b, a, ()) if a > 12 else None


def _placeholder_or_yearless(year: int, month: int, day: int) -> Outcome:
    """1900-01-01 says nothing; 1604-05-20 says May 20."""
    if (month, day) == (1, 1) and year != 1604:
        return EMPTY_WORD
    return _yearless(month, day, ("birthday_without_year",))


def _yearless(month: int, day: int, repairs: tuple[str, ...]) -> Outcome:
    try:
        date(2000, month, day)
    except ValueError:
        return unusable("date_impossible")
    return Outcome(f"--{month:02d}-{day:02d}", repairs)
