"""What people write into a field for a date, and how a calendar understands it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from desktop.core.people.condition import Day
from desktop.core.people.query.values import read_date

_WRITTEN = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})(?:\s*[月./-]\s*(\d{1,2}))?\s*[日月]?", re.ASCII)
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)


def typed_day(text: str) -> Day | None:
    """A day, month or year as people write it: what the query language reads, and 2026年3月5日, 2026.3.5, 20260305 too."""
    plain = unicodedata.normalize("NFKC", text).strip()
    written = _EIGHT.fullmatch(plain) or _WRITTEN.fullmatch(plain)
    if written is not None:
        plain = "-".join(part for part in written.groups() if part)
    found = read_date(plain.removesuffix("年")) if plain else None
    return found if isinstance(found, Day) else None


def whole_day(text: str) -> dt.date | None:
    """The day a text names; of a month or a year its first; None if it names none."""
    found = typed_day(text)
    return dt.date(found.year, found.month or 1, found.day or 1) if found is not None else None
