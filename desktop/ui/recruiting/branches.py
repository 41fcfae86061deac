"""The branches that get a stand: a name and, where friends are to be counted apart, a link of its own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.core.planning.recruiting import STANDS_AT_MOST, Branch, link_problem
from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import icon_button, link_button
from desktop.ui.widgets.fields import TextField


class BranchRow(QWidget):
    """One branch."""

    edited = Signal()
    removed = Signal(object)
    looked_at = Signal(object)

    def __init__(self, number: int, branch: Branch) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(6))
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self.name = TextField(t("recruiting.branch_name"), t("recruiting.branch_name_of", n=number))
        self.link = TextField(t("recruiting.branch_link"), t("recruiting.branch_link_of", n=number))
        self.name.setText(branch.name)
        self.link.setText(branch.link)
        grid.addWidget(self.name, 0, 0)
        grid.addWidget(self.link, 0, 1)
        remove = icon_button("x", t("recruiting.branch_remove", n=number), lambda: self.removed.emit(self))
        grid.addWidget(remove, 0, 2)
        for field in (self.name, self.link):
            field.textEdited.connect(self._edited)
            field.cursorPositionChanged.connect(lambda *_: self.looked_at.emit(self))

    @property
    def branch(self) -> Branch:
        """As written."""
        return Branch(" ".join(self.name.text().split()), self.link.text().strip())

    def _edited(self) -> None:
        self.link.set_wrong(bool(self.link.text().strip()) and bool(link_problem(self.link.text())))
        self.edited.emit()


class Branches(QWidget):
    """All of them. ``edited()``; ``looked_at(n)``: the n-th, from 0, is being worked on."""

    edited = Signal()
    looked_at = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(6))
        self.rows: list[BranchRow] = []
        self.more = link_button(t("recruiting.branch_add"), self.add)
        self._column.addWidget(self.more)

    @property
    def branches(self) -> tuple[Branch, ...]:
        """As written; rows that say nothing are none."""
        return tuple(row.branch for row in self.rows if row.branch != Branch(""))

    def show_branches(self, branches: tuple[Branch, ...]) -> None:
        """Show these, unless they stand there already."""
        if branches == self.branches:
            return
        for row in self.rows:
            self._drop(row)
        self.rows = []
        for branch in branches:
            self._row(branch)

    def add(self) -> None:
        """A further row to write in."""
        row = self._row(Branch(""))
        row.name.setFocus()

    def ask_for_link(self, wrong: str) -> bool:
        """Go to the row that has this link of its own and mark it as wrong; False if none has."""
        row = next((row for row in self.rows if wrong and row.branch.link == wrong), None)
        if row is not None:
            row.link.set_wrong(True)
            row.link.setFocus()
        return row is not None

    def _row(self, branch: Branch) -> BranchRow:
        row = BranchRow(len(self.rows) + 1, branch)
        row.edited.connect(self.edited)
        row.removed.connect(self._remove)
        row.looked_at.connect(lambda one: self.looked_at.emit(self.rows.index(one)))
        self.rows.append(row)
        self._column.insertWidget(len(self.rows) - 1, row)
        self.more.setEnabled(len(self.rows) < STANDS_AT_MOST)
        return row

    def _remove(self, row: BranchRow) -> None:
        self.rows.remove(row)
        self._drop(row)
        self.more.setEnabled(True)
        self.edited.emit()

    def _drop(self, row: BranchRow) -> None:
        row.hide()
        row.deleteLater()
