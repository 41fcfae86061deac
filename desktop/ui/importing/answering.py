"""What the owner decides about a table on the import page — a column's field, the order of its dates, another sheet or
encoding — and the look at the file it takes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desktop.core.message import message
from desktop.importer.recipe import Answers
from desktop.ui.importing import entry as work


class Answering:
    """Decides for the table the page shows.

    Args:
        page: the import page.
    """

    def __init__(self, page: Any) -> None:
        self._page = page

    def map_column(self, column: str, field: str) -> None:
        """Give a column another field."""
        entry = self._page.entry
        if entry is not None:
            self._look(replace(entry.answers, fields={**entry.answers.fields, column: field}))

    def order_dates(self, column: str, order: str) -> None:
        """Say in which order a column writes its dates."""
        entry = self._page.entry
        if entry is not None:
            self._look(replace(entry.answers, dates={**entry.answers.dates, column: order}))

    def read(self, *, sheet: str | None = None, encoding: str | None = None) -> None:
        """Read another sheet, or the file in another encoding."""
        entry = self._page.entry
        if entry is not None:
            self._look(entry.answers, sheet, encoding)

    def _look(self, answers: Answers, sheet: str | None = None, encoding: str | None = None) -> None:
        page, entry = self._page, self._page.entry
        page.stop()
        page.bar.clear()
        chosen = encoding if encoding is not None else entry.encoding
        page.run_job(
            lambda db, job: work.look_again(db, entry, answers, sheet, chosen, job),
            page.show_again,
            message("import_page.title_look"),
        )
