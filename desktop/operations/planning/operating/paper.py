"""The operating plan on paper: the same sections for the window's print, its PDF and the workbook, in the language in use."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop.exporter.plan_book import Section, write_plan_book
from desktop.store.database import Database


def sections(db: Database, first: date, last: date) -> tuple[Section, ...]:
    """All of the plan: the sheet, goals, the calendar of a span of days, the board, the journeys; parts without content are left
    out, the sheet never.

    Args:
        db: any connection, in its thread.
        first, last: which days of the calendar.
    """
    return ()


def write_book(db: Database, path: Path, first: date, last: date) -> Path:
    """Write the plan as a workbook (.xlsx), a sheet for each section.

    Raises:
        UserError: if the file cannot be written.
    """
    return write_plan_book(path, sections(db, first, last))
