"""What the fields for a date hold, as a calendar understands it."""

from __future__ import annotations

import datetime as dt

from desktop.core.people.condition import Day
from desktop.core.people.query.values import read_date


def whole_day(text: str) -> dt.date | None:
    """The day a text names; of a month or a year its first; None if it names none."""
    found = read_date(text.strip()) if text.strip() else None
    return dt.date(found.year, found.month or 1, found.day or 1) if isinstance(found, Day) else None
