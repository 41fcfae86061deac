"""Members out of the program: the list or the selection as a file, as cells on the clipboard, or as LINE UIDs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.core.message import message
from desktop.operations.people import members
from desktop.operations.people.members import CopiedCells
from desktop.store import people
from desktop.store.database import Database
from desktop.store.people import MEMBER_FIELDS
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.members.columns import Column
from desktop.ui.members.taking_out.clipboard import SECONDS, private_clipboard

if TYPE_CHECKING:
    from desktop.exporter.tables import Cell, TableFile

MOST_COPIED = 20_000
"""People that can be copied; more are better exported."""

CHUNK = 500
ASKED = "members.copying_agreed"
FILTERS = [(message("members.export.xlsx"), "*.xlsx"), (message("members.export.csv"), "*.csv")]
EXPORTED = tuple(field for field in MEMBER_FIELDS if field != "id")


class MembersOut(QObject):
    """See the module.

    Args:
        page: whose jobs these are.
    """

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page

    def export(self, ids: Callable[[], Sequence[int]], count: int) -> None:
        """Ask for a file and write people to it.

        Args:
            ids: gives who, in order; called once the file is chosen.
            count: how many they are.
        """
        if not count:
            self._desk.notices.show(message("members.export.nobody"), kind="info")
            return
        self._desk.dialogs.save_file(
            self._page,
            "export",
            f"{t('members.export.file')}.xlsx",
            lambda path: self._write(path, ids()),
            filters=FILTERS,
        )

    def copy_table(self, ids: Sequence[int], columns: Sequence[Column]) -> None:
        """Copy people as cells of these columns."""
        titles = [column.title for column in columns]

        def work(db: Database) -> CopiedCells:
            return members.copied_cells(titles, _cells(db, ids, columns))

        self._copy(ids, work, "members.copied.table")

    def copy_user_ids(self, ids: Sequence[int]) -> None:
        """Copy LINE UIDs, one a line."""
        self._copy(
            ids, lambda db: CopiedCells("\n".join(people.user_ids(db, ids)), ""), "members.copied.user_ids"
        )

    def _write(self, path: Path, ids: Sequence[int]) -> None:
        if not path.suffix:
            path = path.with_suffix(".xlsx")
        titles = _titles(EXPORTED)
        yes_no = (t("query.value.yes"), t("query.value.no"))
        sheet = t("shell.page.members")

        def done(written: TableFile) -> None:
            opened = (message("members.export.open_folder"), lambda: _open_folder(written.path))
            said = message("members.export.done", n=written.rows, file=written.path.name)
            self._desk.notices.show(said, button=opened)

        self._desk.jobs.background(
            lambda db, ctx: members.export_members(
                db, ids, path, titles, yes_no=yes_no, sheet=sheet, job=ctx
            ),
            owner=self._page,
            then=done,
            title=message("members.export.title", file=path.name),
        )

    def _copy(self, ids: Sequence[int], work: Callable, said: str) -> None:
        if len(ids) > MOST_COPIED:
            self._desk.notices.show(message("members.copied.too_many", n=MOST_COPIED), kind="info")
            return

        def run() -> None:
            self._desk.settings.put(ASKED, True)
            self._desk.jobs.read(work, owner=self._page, then=lambda copied: self._copied(copied, said))

        if self._desk.settings.get(ASKED):
            run()
            return
        self._desk.dialogs.confirm(
            self._page,
            message("members.copy.title"),
            message("members.copy.text", n=SECONDS),
            message("members.copy.button"),
            run,
        )

    def _copied(self, copied: CopiedCells, said: str) -> None:
        text = copied.text
        if not text:
            self._desk.notices.show(message("members.copied.no_user_ids"), kind="info")
            return
        private_clipboard().put(text, copied.html)
        lines = text.count("\n") + (1 if said.endswith("user_ids") else 0)
        self._desk.notices.show(message(said, n=lines, seconds=SECONDS))


def _cells(db: Database, ids: Sequence[int], columns: Sequence[Column]) -> Iterator[list[Cell]]:
    """What the list shows of people, numbers as numbers."""
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        rows = people.rows(db, chunk)
        for person in chunk:
            row = rows.get(person)
            if row is not None:
                yield [getattr(row, one.id) if one.right else one.text(row) for one in columns]


def _titles(fields: tuple[str, ...]) -> dict[str, str]:
    """The words of the query language, which the import recognises again."""
    return {field: t(f"query.field.{'tag' if field == 'tags' else field}") for field in fields}


def _open_folder(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
