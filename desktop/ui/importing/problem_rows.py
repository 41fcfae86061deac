"""The rows that need a look, a click away: all of them in a list, or saved as a workbook to be corrected and dropped again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.core.message import message
from desktop.operations.correcting import save_rows_to_correct
from desktop.text import t
from desktop.ui.importing.rows_dialog import RowsDialog


class ProblemRows:
    """Acts on the table the import page shows; ``page`` has ``entry`` and ``desk``."""

    def __init__(self, page: Any) -> None:
        self._page = page

    def list_all(self) -> None:
        """Show every row and cell that could not be used."""
        entry = self._page.entry
        if entry is not None and entry.plan is not None:
            self._page.desk.dialogs.show(RowsDialog(entry.plan.report, self._page))

    def save(self) -> None:
        """Ask where to, and save the rows with their reasons."""
        entry = self._page.entry
        if entry is None or entry.plan is None:
            return
        name = t("import_page.rows_file", file=entry.path.stem) + ".xlsx"
        filters = [(message("import_page.filter_xlsx"), "*.xlsx")]
        self._page.desk.dialogs.save_file(self._page, "export", name, self._write, filters=filters)

    def _write(self, target: Path) -> None:
        entry = self._page.entry
        if entry is None or entry.plan is None:
            return
        report = entry.plan.report
        self._page.desk.jobs.background(
            lambda db, job: save_rows_to_correct(
                entry.path, entry.encoding, entry.recipe, report, target, job
            ),
            owner=self._page,
            then=lambda n: self._page.desk.notices.show(
                message("import_page.rows_saved", n=n, file=target.name)
            ),
            title=message("import_page.title_rows"),
        )
