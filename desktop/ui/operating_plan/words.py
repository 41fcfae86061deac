"""Days, months and shares as the page writes them."""

from __future__ import annotations

import datetime

from desktop.text import t
from desktop.ui import i18n

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = tuple(str(number) for number in range(1, 13))


def weekday(day: int) -> str:
    """The short name of a day of the week; 0 is Monday."""
    return t(f"operating_page.weekday.{WEEKDAYS[day]}")


def month_title(year: int, month: int) -> str:
    """2026 年 11 月, November 2026."""
    return t(
        "operating_page.month_title", year=str(year), month=t(f"operating_page.month.{MONTHS[month - 1]}")
    )


def day_words(day: datetime.date, today: datetime.date) -> str:
    """今天, 明天, 11/25（三）; with its year where that is another."""
    if day == today:
        return t("operating_page.today_word")
    if day == today + datetime.timedelta(days=1):
        return t("operating_page.tomorrow_word")
    return full_day(day, today)


def full_day(day: datetime.date, today: datetime.date) -> str:
    """11/25（三）; with its year where that is another."""
    written = i18n.date(day) if day.year != today.year else i18n.date(day)[5:]
    return t("operating_page.day_weekday", day=written, weekday=weekday(day.weekday()))


def parse_day(text: str, today: datetime.date) -> datetime.date | None:
    """A day as typed in: 2026/11/25, 2026-11-25, or 11/25 of the year that brings it nearest ahead; None where it is none."""
    parts = text.strip().replace("/", "-").replace(".", "-").split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 3:
            return datetime.date(*numbers)
        if len(numbers) != 2:
            return None
        day = datetime.date(today.year, *numbers)
    except ValueError:
        return None
    half_a_year = datetime.timedelta(days=183)
    return day.replace(year=today.year + 1) if day < today - half_a_year and day.month != 2 else day


def parse_time(text: str) -> str | None:
    """A time of day as HH:MM from 9:00, 0900, 21：30; "" of nothing; None where it is none."""
    clean = text.strip().replace("：", ":").replace(".", ":")
    if not clean:
        return ""
    hours, colon, minutes = clean.partition(":")
    if not colon and len(clean) in (3, 4) and clean.isdigit():
        hours, minutes = clean[:-2], clean[-2:]
    if not colon and len(clean) <= 2:
        minutes = "00"
    if not (hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60):
        return None
    return f"{int(hours):02}:{int(minutes):02}"
