"""Chooses another member by name or number: for merging."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.people.condition import Word
from desktop.store import condition_sql, people
from desktop.store.database import Database
from desktop.store.people import MemberRow
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.desk import Desk
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.fields import SearchField
from desktop.ui.widgets.labels import heading, muted
from desktop.ui.widgets.table import Column, SimpleTableModel, Table

MOST = 30
PAUSE_MS = 120


class PickPerson(QDialog):
    """See the module.

    Args:
        page: belongs to the window it stands over.
        without: who is not offered.
        then: called with the person chosen.
    """

    def __init__(self, desk: Desk, page: QWidget, without: int, then: Callable[[int], object]) -> None:
        super().__init__(page.window())
        self._desk, self._without, self._then = desk, without, then
        self.setWindowTitle(t("member.pick.title"))
        self.setMinimumSize(theme.px(520), theme.px(420))
        self.field = SearchField(t("member.pick.placeholder"), t("member.pick.title"))
        self.table = Table(t("member.pick.found"))
        self.model = SimpleTableModel(
            [
                Column(
                    t("members.column.name"), lambda row: row.name or row.line_name or t("members.nameless")
                ),
                Column(
                    t("members.column.member_no"), lambda row: row.member_no or "", role=lambda row: "muted"
                ),
                Column(t("members.column.phone"), lambda row: i18n.phone(row.phone)),
                Column(t("members.column.email"), lambda row: row.email or "", role=lambda row: "muted"),
            ],
            parent=self.table,
        )
        self.table.setModel(self.model)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.fit_columns(stretch=3, widths=(120, 96, 120, 0))
        self.said = muted(t("member.pick.hint"), wrap=True)
        self.yes = primary_button(t("member.pick.button"), self._take)
        self.yes.setEnabled(False)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._find)
        self.field.textChanged.connect(lambda _: self._pause.start())
        self.field.submitted.connect(self._submitted)
        self.table.opened.connect(lambda _: self._take())
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self._lay_out()
        self.field.setFocus()

    def _find(self) -> None:
        text, without = self.field.text().strip(), self._without

        def work(db: Database) -> list[MemberRow]:
            if not text:
                return []
            found = [one for one in condition_sql.ids(db, Word(text), limit=MOST + 1) if one != without][
                :MOST
            ]
            rows = people.rows(db, found)
            return [rows[one] for one in found if one in rows]

        self._desk.jobs.read(work, owner=self, then=self._show, latest="member.pick")

    def _show(self, rows: list[MemberRow]) -> None:
        self.model.set_rows([])
        self.model.set_rows(rows)
        self.yes.setEnabled(False)
        some = bool(self.field.text().strip())
        self.said.setText(t("member.pick.none") if some and not rows else t("member.pick.hint"))
        if rows:
            self.table.selectRow(0)

    def _chosen(self, current: QModelIndex, before: QModelIndex) -> None:
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

    def _lay_out(self) -> None:
        edge = theme.px(20)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(10))
        for part in (heading(t("member.pick.title")), self.said, self.field):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        row.addWidget(button(t("shell.cancel"), self.reject))
        row.addWidget(self.yes)
        column.addLayout(row)
