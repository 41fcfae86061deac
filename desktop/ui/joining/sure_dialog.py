"""Before all almost certain pairs are joined at once: who would be joined with whom, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.joining.joining_table import JoinRow, columns, spoken
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.labels import heading, muted
from desktop.ui.widgets.table import BadgeDelegate, SimpleTableModel, Table


class SureDialog(QDialog):
    """See the module.

    Args:
        parent: any widget of the window.
        rows: the pairs.
        then: called when the owner says yes.
    """

    def __init__(self, parent: QWidget, rows: Sequence[JoinRow], then: Callable[[], object]) -> None:
        super().__init__(parent.window())
        n = len(rows)
        self.setWindowTitle(t("joining.sure_title", n=n))
        self._then = then
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(heading(t("joining.sure_title", n=n)))
        column.addWidget(muted(t("joining.sure_text"), wrap=True))
        self.table = Table(t("joining.list"))
        self.pairs = SimpleTableModel(columns(), rows, spoken=spoken, parent=self.table)
        self.table.setModel(self.pairs)
        self.table.setItemDelegateForColumn(2, BadgeDelegate(self.table))
        self.table.fit_columns(stretch=3, widths=(140, 140, 100))
        self.table.setMinimumSize(theme.px(720), theme.px(280))
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        self.no = button(t("shell.cancel"), self.reject)
        row.addWidget(self.no)
        self.yes = primary_button(t("joining.sure_button", n=n), self.join, icon="link")
        row.addWidget(self.yes)
        column.addLayout(row)
        self.no.setDefault(True)

    def join(self) -> None:
        """Yes."""
        self.accept()
        self._then()
