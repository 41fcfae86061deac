"""A list of people by name, each with a word on why; opening one shows her in the list of members."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.store.audience_history.uploaded import Moved
from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.labels import heading, muted
from desktop.ui.widgets.table import Column, SimpleTableModel, Table

REASON_WIDTH = 220


class PeopleDialog(QDialog):
    """The list.

    Args:
        parent: whose window it belongs to.
        title: what these people have in common.
        people: who; those without a number are not in the shop any more.
        opened: called with the number of the one to show.
        more: how many there are beyond those listed.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        people: Sequence[Moved],
        opened: Callable[[int], object],
        more: int = 0,
    ) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(title)
        self.resize(theme.px(460), theme.px(440))
        self._opened = opened
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(10))
        column.addWidget(heading(title))
        column.addWidget(muted(t("audience_figures.names_hint"), wrap=True))
        self.table = Table(title)
        columns = [
            Column(t("audience_figures.names_name"), _name, role=lambda one: None if one.id else "muted")
        ]
        has_reasons = any(one.why for one in people)
        if has_reasons:
            columns.append(Column(t("audience_figures.names_why"), _why, role=lambda _: "muted"))
        self.model = SimpleTableModel(columns, people, parent=self.table)
        self.table.setModel(self.model)
        self.table.fit_columns(stretch=0, widths=(0, REASON_WIDTH) if has_reasons else (0,))
        self.table.opened.connect(lambda index: self.open_person(self.model.row(index)))
        column.addWidget(self.table, 1)
        if more:
            column.addWidget(muted(t("audience_figures.names_more", n=more)))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(t("plans.close"), self.accept))
        column.addLayout(row)
        if people:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus()

    def open_person(self, one: Moved) -> None:
        """Show somebody among the members, if she is there."""
        if one.id is not None:
            self.accept()
            self._opened(one.id)


def _name(one: Moved) -> str:
    return one.name or t("audience_figures.nameless")


def _why(one: Moved) -> str:
    return t(f"audience_figures.why.{one.why}") if one.why else ""
