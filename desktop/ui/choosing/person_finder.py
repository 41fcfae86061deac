"""A window in which one person is found by a few letters and chosen: a field, those who match below it, and a button."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.store.database import Database
from desktop.store.people import MemberRow
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.desk import Desk
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.fields import SearchField
from desktop.ui.widgets.labels import heading, muted
from desktop.ui.widgets.table import Column, SimpleTableModel, Table

PAUSE_MS = 120


class PersonFinder(QDialog):
    """Override :meth:`find`, and :meth:`said_of` for the line below the title.

    Args:
        page: belongs to the window it stands over.
        desk: reads the people.
        then: called with the number of the person chosen.
        title, placeholder, found, choose: what the window, its field, its list and its button say.
        columns: of the list, after the name and before the phone, and behind it.
    """

    def __init__(
        self,
        page: QWidget,
        desk: Desk,
        then: Callable[[int], object],
        *,
        title: str,
        placeholder: str,
        found: str,
        choose: str,
        columns: tuple[Column, Column],
    ) -> None:
        super().__init__(page.window())
        self.desk, self._then = desk, then
        self.setWindowTitle(title)
        self.setMinimumSize(theme.px(520), theme.px(410))
        self.field = SearchField(placeholder, title)
        self.table = Table(found)
        self.model = SimpleTableModel(_columns(*columns), parent=self.table)
        self.table.setModel(self.model)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.fit_columns(stretch=3, widths=(110, 100, 112, 0))
        self.table.horizontalHeader().setSectionsClickable(False)
        self.said = muted(self.said_of([], typed=False), wrap=True)
        self.yes = primary_button(choose, self._take)
        self.yes.setEnabled(False)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.read)
        self.field.textChanged.connect(lambda _: self._pause.start())
        self.field.submitted.connect(self._submitted)
        self.table.opened.connect(lambda _: self._take())
        self.table.selectionModel().currentRowChanged.connect(self._marked)
        self._lay_out(title)
        self.field.setFocus()

    def people_found(self, db: Database, text: str) -> list[MemberRow]:
        """The people whom a text finds; called in the query's thread."""
        raise NotImplementedError

    def said_of(self, rows: Sequence[MemberRow], *, typed: bool) -> str:
        """What is said about those found; ``typed``: a text was looked for."""
        raise NotImplementedError

    def read(self) -> None:
        """Look for what is written in the field."""
        self._pause.stop()
        text = self.field.text().strip()
        self.desk.jobs.read(
            lambda db: self.people_found(db, text),
            owner=self,
            then=lambda rows: self.show_rows(rows, typed=bool(text)),
            latest=f"person_finder.{id(self)}",
        )

    def add_at_the_left(self, extra: QPushButton) -> None:
        """Put another button into the lower left corner."""
        self._buttons.insertWidget(0, extra)

    def show_rows(self, rows: list[MemberRow], *, typed: bool) -> None:
        """Show those found; ``typed``: a text was looked for."""
        self.model.set_rows([])
        self.model.set_rows(rows)
        self.yes.setEnabled(False)
        self.said.setText(self.said_of(rows, typed=typed))
        if rows and typed:
            self.table.selectRow(0)

    def _marked(self, current: QModelIndex, before: QModelIndex) -> None:
        self.yes.setEnabled(current.isValid())

    def _submitted(self) -> None:
        if self._pause.isActive():
            self.read()
        else:
            self._take()

    def _take(self) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.model.rows):
            person = self.model.row(row).id
            self.accept()
            self._then(person)

    def _lay_out(self, title: str) -> None:
        edge = theme.px(20)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(10))
        for part in (heading(title), self.said, self.field):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.px(8))
        self._buttons.addStretch(1)
        no = button(t("shell.cancel"), self.reject)
        # Return in the field chooses a person.
        no.setAutoDefault(False)
        self._buttons.addWidget(no)
        self._buttons.addWidget(self.yes)
        column.addLayout(self._buttons)


def _columns(second: Column, last: Column) -> list[Column]:
    name = Column(t("members.column.name"), lambda row: row.name or row.line_name or t("members.nameless"))
    return [name, second, Column(t("members.column.phone"), lambda row: i18n.phone(row.phone)), last]
