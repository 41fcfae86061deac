"""From the press of the button to the stored import: a backup beside the work, one transaction on the writer, and a notice with
which the whole import can be undone."""

from __future__ import annotations

from typing import Any

from desktop.core.message import message
from desktop.operations import importing, undoing
from desktop.operations.importing import ImportOutcome
from desktop.ui.importing import entry as work


class Committing:
    """Commits the table the import page shows.

    Args:
        page: the import page.
    """

    def __init__(self, page: Any) -> None:
        self._page = page

    def start(self) -> None:
        """Back up, then commit."""
        if self._page.ready():
            self._page.run_job(importing.backup_first, self._backed_up, message("import_page.title_backup"))

    def _backed_up(self, _: object) -> None:
        page = self._page
        if page.entry is None or page.entry.plan is None:
            return
        plan = page.entry.plan
        page.write_job(
            lambda db, ctx: work.commit(db, plan),
            self._committed,
            message("import_page.title_commit", file=plan.report.file),
        )

    def _committed(self, outcome: ImportOutcome | None) -> None:
        page = self._page
        page.settled()
        if outcome is None:
            page.begin()
            page.bar.show_message(message("import_page.checked_again"), kind="info")
            return
        report, step = outcome.report, outcome.step
        page.desk.notices.show(
            message("import_page.done", file=report.file, new=report.new, updated=report.updated),
            button=(message("import_page.undo"), lambda: self._undo(step)) if step else None,
        )
        page.next_entry()

    def _undo(self, step: int) -> None:
        desk = self._page.desk
        desk.jobs.write(
            lambda db, ctx: undoing.undo(db, step),
            owner=self._page,
            then=lambda done: desk.notices.show(
                message("import_page.undone", n=done.reverted, kept=len(done.kept))
            ),
        )
