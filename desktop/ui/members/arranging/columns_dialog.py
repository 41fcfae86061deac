"""The dialog of columns: tick what the list shows, drag or push it up and down. What is changed is seen at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.text import t
from desktop.ui import theme
from desktop.ui.members.list_header import ListHeader
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.labels import muted

ID_ROLE = Qt.ItemDataRole.UserRole


class ColumnsDialog(QDialog):
    """See the module.

    Args:
        header: of the list whose columns these are.
    """

    def __init__(self, parent: QWidget, header: ListHeader) -> None:
        super().__init__(parent)
        self._header = header
        self._filling = False
        self.setWindowTitle(t("members.columns.title"))
        self.list = QListWidget()
        self.list.setAccessibleName(t("members.columns.title"))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.list.setMinimumSize(theme.px(260), theme.px(340))
        self.list.itemChanged.connect(self._ticked)
        self.list.model().rowsMoved.connect(self._dragged)
        self.up = button(t("members.columns.move_up"), lambda: self._push(-1), icon="caret-up")
        self.down = button(t("members.columns.move_down"), lambda: self._push(1), icon="caret-down")
        self.reset = button(t("members.columns.reset"), self._reset)
        self.done_button = primary_button(t("members.columns.done"), self.accept)
        self._lay_out()
        self._fill()
        self.list.setCurrentRow(0)

    def _fill(self) -> None:
        self._filling = True
        row = self.list.currentRow()
        self.list.clear()
        titles = {column.id: column.title for column in self._header.columns}
        shown = set(self._header.shown_columns())
        for name in self._header.ordered_columns():
            item = QListWidgetItem(titles[name])
            item.setData(ID_ROLE, name)
            flags = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            item.setFlags(flags | Qt.ItemFlag.ItemIsDragEnabled)
            item.setCheckState(Qt.CheckState.Checked if name in shown else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(row)
        self._filling = False

    def _ticked(self, item: QListWidgetItem) -> None:
        if self._filling:
            return
        shown = item.checkState() == Qt.CheckState.Checked
        self._header.show_column(item.data(ID_ROLE), shown)
        if not shown and item.data(ID_ROLE) in self._header.shown_columns():
            # The last column stays.
            item.setCheckState(Qt.CheckState.Checked)

    def _dragged(self) -> None:
        if self._filling:
            return
        for at in range(self.list.count()):
            self._header.move_column(self.list.item(at).data(ID_ROLE), at)

    def _push(self, by: int) -> None:
        row = self.list.currentRow()
        if 0 <= row + by < self.list.count() and row >= 0:
            self._header.move_column(self.list.item(row).data(ID_ROLE), row + by)
            self._fill()
            self.list.setCurrentRow(row + by)

    def _reset(self) -> None:
        self._header.reset()
        self._fill()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(muted(t("members.columns.hint"), wrap=True))
        middle = QHBoxLayout()
        middle.addWidget(self.list, 1)
        side = QVBoxLayout()
        for part in (self.up, self.down, self.reset):
            side.addWidget(part)
        side.addStretch(1)
        middle.addLayout(side)
        column.addLayout(middle, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.done_button)
        column.addLayout(buttons)
