"""The tables that were found in what was dropped, in one list: which is shown, which were stored, which wait
for an answer; and the button that stores all that need none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex

from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.importing.entry import Entry, Unreadable, needs_password
from desktop.ui.importing.session import ImportSession
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.table import BadgeDelegate, Column, SimpleTableModel, Table

STATE_KINDS = {
    "done": "good",
    "undone": "neutral",
    "left_out": "neutral",
    "asks": "warning",
    "doubts": "warning",
    "nothing": "neutral",
    "ready": "info",
    "waiting": "neutral",
    "unreadable": "error",
    "locked": "warning",
}
"""What is said of a table, and how its badge looks."""
_LINES, _FEW_LINES = 4, 2
_HIGH = 640


class TablesCard(Card):
    """See the module.

    Args:
        show: called with the place of a table to go to.
        explain: called with a file that gave no table.
        all_at_once: stores everything that needs no answer.
    """

    def __init__(
        self,
        show: Callable[[int], object],
        explain: Callable[[Unreadable], object],
        all_at_once: Callable[[], object],
    ) -> None:
        super().__init__(t("import_page.tables"), flush=True)
        self._show, self._explain = show, explain
        self.button = button("", all_at_once)
        self.header.addWidget(self.button)
        self.table = Table(t("import_page.tables"))
        columns = [
            Column(t("import_page.head_file"), _file),
            Column(t("import_page.sheet"), _sheet),
            Column(t("import_page.kind"), _kind),
            Column(t("import_page.head_rows"), _rows, right=True),
            Column(t("import_page.head_state"), _words, kind=lambda row: STATE_KINDS[_state(row)]),
        ]
        self.model = SimpleTableModel(columns, [], _spoken, self.table)
        self.table.setModel(self.model)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setItemDelegateForColumn(4, BadgeDelegate(self.table))
        self.table.fit_columns(stretch=0, widths=(0, 150, 110, 90, 150))
        self.table.clicked.connect(self._opened)
        self.table.opened.connect(self._opened)
        self.body.addWidget(self.table)
        self.hide()

    def show_session(self, session: ImportSession) -> None:
        """Show the tables; hides itself for a single one."""
        rows: list[Any] = [*session.entries, *session.unreadable]
        self.setVisible(len(rows) > 1)
        self.model.set_rows(rows)
        if session.entries:
            self.table.selectRow(session.at)
        self.table.setColumnHidden(1, not any(entry.recipe.sheet for entry in session.entries))
        lines = min(_LINES if self.window().height() >= theme.px(_HIGH) else _FEW_LINES, len(rows))
        height = self.table.verticalHeader().defaultSectionSize() * lines
        self.table.setFixedHeight(height + self.table.horizontalHeader().height())
        files = {entry.path for entry in session.entries} | {one.path for one in session.unreadable}
        self.hint.setText(t("import_page.tables_hint", files=len(files), n=len(session.entries)))
        free = sum(entry.state in ("waiting", "ready") for entry in session.entries)
        self.button.setText(t("import_page.in_one_go", n=free))
        self.button.setAccessibleName(self.button.text())
        self.button.setVisible(free > 1)
        self.button.setEnabled(not session.in_one_go and not session.saving)

    def _opened(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        if isinstance(row, Unreadable):
            self._explain(row)
        else:
            self._show(index.row())


def _state(row: Entry | Unreadable) -> str:
    if isinstance(row, Unreadable):
        return "locked" if needs_password(row) else "unreadable"
    return row.state


def _file(row: Entry | Unreadable) -> str:
    return row.path.name


def _sheet(row: Entry | Unreadable) -> str:
    return row.recipe.sheet if isinstance(row, Entry) else ""


def _kind(row: Entry | Unreadable) -> str:
    return t(f"importing.kind.{row.recipe.kind}") if isinstance(row, Entry) else ""


def _rows(row: Entry | Unreadable) -> str:
    return i18n.number(row.rows) if isinstance(row, Entry) and row.rows is not None else "—"


def _words(row: Entry | Unreadable) -> str:
    return t(f"import_page.state.{_state(row)}")


def _spoken(row: Entry | Unreadable) -> str:
    told = [_file(row), _sheet(row), _kind(row), _words(row)]
    if isinstance(row, Unreadable):
        told.append(render(row.error.text))
    return t("import_page.spoken_row", parts=[part for part in told if part])
