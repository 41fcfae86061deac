"""Choosing 「我自己」: the owner finds herself among the people who have a LINE user ID."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from desktop.operations.planning import test_person
from desktop.store.database import Database
from desktop.store.people import MemberRow
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.fields import SearchField
from desktop.ui.widgets.labels import heading, muted
from desktop.ui.widgets.table import Column, SimpleTableModel, Table

PAUSE_MS = 120


class ChooseDialog(QDialog):
    """See the module.

    Args:
        page: belongs to the window it stands over.
        desk: finds the people, and leads to where user IDs are got.
        then: called with the person's number once she pressed 「就是我」.
    """

    def __init__(self, page: Page, desk: Desk, then: Callable[[int], object]) -> None:
        super().__init__(page.window())
        self._desk, self._then = desk, then
        self.setWindowTitle(t("test_person.choose"))
        self.setMinimumSize(theme.px(520), theme.px(400))
        self.field = SearchField(t("test_person.placeholder"), t("test_person.find"))
        self.table = Table(t("test_person.found"))
        self.model = SimpleTableModel(_columns(), parent=self.table)
        self.table.setModel(self.model)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.fit_columns(stretch=0, widths=(0, 130, 110, 110))
        self.table.horizontalHeader().setSectionsClickable(False)
        self.said = muted(t("test_person.hint"), wrap=True)
        self.to_line_ids = button(t("test_person.to_line_ids"), self._go_to_line_ids)
        self.to_line_ids.hide()
        self.yes = primary_button(t("test_person.thats_me"), self._take)
        self.yes.setEnabled(False)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._find)
        self.field.textChanged.connect(lambda _: self._pause.start())
        self.field.submitted.connect(self._submitted)
        self.table.opened.connect(lambda _: self._take())
        self.table.selectionModel().currentRowChanged.connect(self._marked)
        self._lay_out()
        self.field.setFocus()
        self._find()

    def _find(self) -> None:
        text = self.field.text().strip()

        def work(db: Database) -> list[MemberRow]:
            return test_person.find(db, text)

        self._desk.jobs.read(work, owner=self, then=self._show, latest="test_person.find")

    def _show(self, rows: list[MemberRow]) -> None:
        self.model.set_rows([])
        self.model.set_rows(rows)
        self.yes.setEnabled(False)
        typed = bool(self.field.text().strip())
        nobody = not rows and not typed
        said = "test_person.hint" if rows else "test_person.nobody" if nobody else "test_person.none_found"
        self.said.setText(t(said))
        self.to_line_ids.setVisible(nobody)
        if rows and typed:
            self.table.selectRow(0)

    def _marked(self, current: QModelIndex, before: QModelIndex) -> None:
        self.yes.setEnabled(current.isValid())

    def _submitted(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._find()
        else:
            self._take()

    def _take(self) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.model.rows):
            person = self.model.row(row).id
            self.accept()
            self._then(person)

    def _go_to_line_ids(self) -> None:
        self.reject()
        self._desk.go("line_ids")

    def _lay_out(self) -> None:
        edge = theme.px(20)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(10))
        for part in (heading(t("test_person.choose")), self.said, self.field):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.to_line_ids)
        row.addStretch(1)
        no = button(t("shell.cancel"), self.reject)
        no.setAutoDefault(False)
        row.addWidget(no)
        row.addWidget(self.yes)
        column.addLayout(row)


def _columns() -> list[Column]:
    return [
        Column(t("members.column.name"), lambda row: row.name or row.line_name or t("members.nameless")),
        Column(t("test_person.line_name"), lambda row: row.line_name or "", role=lambda row: "muted"),
        Column(t("members.column.phone"), lambda row: i18n.phone(row.phone)),
        Column(t("test_person.friend_at"), lambda row: i18n.date(row.friend_at), role=lambda row: "muted"),
    ]
