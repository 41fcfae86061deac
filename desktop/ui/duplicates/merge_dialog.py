"""Merging two members who were chosen on another page: who stays, and which value of each field."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.operations.people import merging
from desktop.operations.people.merging import Comparison, MergeChoice
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.duplicates.comparison_table import ComparisonTable
from desktop.ui.duplicates.leaving import window_of
from desktop.ui.duplicates.merging_act import merge
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.labels import heading, muted, warning_text


def open_merge(desk: Desk, low: int, high: int, *, owner: QWidget | None = None) -> None:
    """Compare two members in a dialog and merge them if the owner says so.

    Args:
        low, high: their numbers, in any order.
        owner: a widget of the page, for errors; the window if None.
    """
    widget = window_of(owner)

    def show(comparison: Comparison) -> None:
        dialog = MergeDialog(widget, comparison)
        dialog.accepted.connect(lambda: merge(desk, [dialog.choice], widget))
        desk.dialogs.show(dialog)

    desk.jobs.read(lambda db: merging.compare(db, low, high), owner=widget, then=show)


class MergeDialog(QDialog):
    """See the module.

    Args:
        parent: any widget of the window.
        comparison: the two.
    """

    def __init__(self, parent: QWidget, comparison: Comparison) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(t("duplicates.title"))
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(heading(t("duplicates.title")))
        column.addWidget(muted(t("duplicates.hint"), wrap=True))
        self.table = ComparisonTable()
        self.table.setMinimumWidth(theme.px(680))
        self.lost = warning_text()
        column.addWidget(self.table, 1)
        column.addWidget(self.lost)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(button(t("duplicates.swap"), self.swap, icon="refresh"))
        row.addStretch(1)
        row.addWidget(button(t("shell.cancel"), self.reject))
        self.yes = primary_button(t("duplicates.merge"), self.accept)
        row.addWidget(self.yes)
        column.addLayout(row)
        self.table.submitted.connect(self.accept)
        self._show(comparison)

    @property
    def choice(self) -> MergeChoice:
        """What was chosen."""
        comparison = self.comparison
        return MergeChoice(comparison.keep.id, comparison.gone.id, frozenset(self.table.compared.take))

    def swap(self) -> None:
        """The other one stays."""
        self._show(self.comparison.swapped())

    def _show(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.table.show_people(comparison)
        lost = comparison.lost_tags()
        self.lost.setText(t("duplicates.lost_tags", n=lost) if lost else "")
        self.lost.setVisible(lost > 0)
