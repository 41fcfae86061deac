"""Tables of figures: as high as their rows, some cells of which are links that can be pressed by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QHeaderView, QMenu, QStyleOptionViewItem

from desktop.ui import theme
from desktop.ui.widgets.table import BadgeDelegate, Column, Index, LinkDelegate, SimpleTableModel, Table

PADDING = 16
BAR_WIDTH = 56
"""What is left of a column that only draws a bar, where there is little room."""
NAME_SHARE = 0.45
"""A column of names takes no more of the width than this; longer names are cut, and read by hovering."""
LEAST = 72
"""The column that takes what is left is cut down to this before the table scrolls sideways."""
RETURN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class FigureModel(SimpleTableModel):
    """Rows in memory whose headings may change with what is asked."""

    def __init__(self, columns: Sequence[Column], parent: Table) -> None:
        super().__init__(columns, parent=parent)
        self._titles: dict[int, str] = {}

    def retitle(self, column: int, title: str) -> None:
        """Give a column another heading."""
        if self._titles.get(column) != title:
            self._titles[column] = title
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, column, column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        if shown and orientation == Qt.Orientation.Horizontal and section in self._titles:
            return self._titles[section]
        return super().headerData(section, orientation, role)


class FigureLink(LinkDelegate):
    """A cell that is a link: at the side of its column, with a frame around it while the keyboard stands on it."""

    def draw(
        self, painter: QPainter, rect: QRect, text: str, index: Index, option: QStyleOptionViewItem
    ) -> None:
        table = self.parent()
        is_link = not isinstance(table, SmallTable) or table.is_link(index)
        painter.setPen(theme.colour("link" if is_link else "ink"))
        shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        side = int(index.data(Qt.ItemDataRole.TextAlignmentRole) or Qt.AlignmentFlag.AlignLeft)
        painter.drawText(rect, side | int(Qt.AlignmentFlag.AlignVCenter), shown)
        if isinstance(table, SmallTable) and text and table.stands_on(index):
            painter.setPen(QPen(theme.colour("focus"), 1.5))
            frame = QRectF(option.rect).adjusted(2, 3, -2, -3)
            painter.drawRoundedRect(frame, theme.px(4), theme.px(4))


class SmallTable(Table):
    """See the module.

    ← and → lead from link to link of a row, Return presses the one the frame is around; the menu key and a right click offer
    all of them by name.

    Args:
        name: what it lists.
        columns: what each column shows.
        links: column → what a press on its cell does with the row; the first is what Return does elsewhere in the row.
        where: column → whether a row's cell is a link at all; every one is where nothing is said.
        widths: of the columns where there is room for more than what they hold.
        stretch: the column that takes the room left.
        most: rows shown before it scrolls.
    """

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        *,
        links: dict[int, Callable[[Any], object]] | None = None,
        where: dict[int, Callable[[Any], bool]] | None = None,
        widths: Sequence[int] = (),
        stretch: int | None = None,
        most: int = 8,
    ) -> None:
        super().__init__(name)
        self.rows_model = FigureModel(columns, self)
        self.setModel(self.rows_model)
        self.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.px(11))
        self.horizontalHeader().setFixedHeight(self.fontMetrics().height() + theme.px(10))
        self._most, self._stretch = most, stretch
        self._widths = list(widths) or [0] * len(columns)
        self._bars: set[int] = set()
        self._links, self._where = links or {}, where or {}
        for column in self._links:
            delegate = FigureLink(self)
            delegate.activated.connect(self.press)
            self.setItemDelegateForColumn(column, delegate)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.opened.connect(self._opened)
        self.show_rows(())

    def with_bar(self, column: int, delegate: Callable[[SmallTable], QAbstractItemDelegate]) -> SmallTable:
        """Draw a column by a delegate of its own."""
        self._bars.add(column)
        self.setItemDelegateForColumn(column, delegate(self))
        return self

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows."""
        self.rows_model.set_rows(rows)
        self.setVisible(bool(rows))
        self._fit()

    def press(self, index: QModelIndex) -> None:
        """Do what a link does; elsewhere than on a link nothing."""
        if index.isValid() and self.is_link(index):
            self._links[index.column()](self.rows_model.row(index))

    def is_link(self, index: Index) -> bool:
        """Whether a cell can be pressed: it says something, and there is something behind it."""
        column = index.column()
        if column not in self._links or not index.data():
            return False
        return column not in self._where or self._where[column](self.rows_model.rows[index.row()])

    def stands_on(self, index: Index) -> bool:
        """Whether the keyboard stands on a cell."""
        current = self.currentIndex()
        return self.hasFocus() and (index.row(), index.column()) == (current.row(), current.column())

    def menu(self, row: int) -> QMenu:
        """What a row offers, by name."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for column in self._links:
            index = self.rows_model.index(row, column)
            title, words = (
                str(self.rows_model.headerData(column, Qt.Orientation.Horizontal) or ""),
                index.data(),
            )
            if self.is_link(index):
                text = f"{title}　{words}" if title else str(words)
                menu.addAction(text.replace("&", "&&"), partial(self.press, index))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() in STEPS and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._step(STEPS[Qt.Key(event.key())])
        elif event.key() in RETURN_KEYS and current.isValid() and current.column() in self._links:
            self.press(current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows_model.rowCount():
            self.setCurrentIndex(self.rows_model.index(0, next(iter(sorted(self._links)), 0)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        if index.isValid() and self._links:
            at = self.visualRect(index).bottomLeft() if keyboard else event.pos()
            self.menu(index.row()).popup(self.viewport().mapToGlobal(at))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _step(self, by: int) -> None:
        current = self.currentIndex()
        row, here = max(0, current.row()), current.column()
        model = self.rows_model
        there = [
            at for at in sorted(self._links) if row < model.rowCount() and self.is_link(model.index(row, at))
        ]
        ahead = [at for at in (there if by > 0 else reversed(there)) if (at - here) * by > 0]
        if ahead:
            self.setCurrentIndex(model.index(row, ahead[0]))
            self.viewport().update()

    def _opened(self, index: QModelIndex) -> None:
        if self._links and index.column() not in self._links:
            self.press(self.rows_model.index(index.row(), next(iter(self._links))))

    def _fit(self) -> None:
        """Give each column what it holds, and more where there is room; where there is not even that, scroll."""
        room = self.viewport().width()
        needed = [self._needed(column) for column in range(self.rows_model.columnCount())]
        wanted = [max(low, theme.px(width)) for low, width in zip(needed, self._widths, strict=True)]
        widths = wanted if sum(wanted) <= room else needed
        if self._stretch is not None:
            spare = room - sum(widths)
            least = min(widths[self._stretch], theme.px(LEAST))
            widths[self._stretch] = max(least, widths[self._stretch] + spare)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        rows = self.rows_model.rowCount()
        shown = min(max(1, rows), self._most)
        height = self.horizontalHeader().height() + shown * self.verticalHeader().defaultSectionSize()
        if sum(widths) > room:
            height += self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(height + theme.px(3))
        scrolls = rows > self._most
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)

    def _needed(self, column: int) -> int:
        title = self.rows_model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
        metrics, padding = self.fontMetrics(), theme.px(PADDING) + theme.px(4)
        head = self.horizontalHeader().fontMetrics().horizontalAdvance(str(title or "")) + padding
        if column in self._bars:
            return max(head, theme.px(BAR_WIDTH))
        texts = (self.rows_model.index(row, column).data() for row in range(self.rows_model.rowCount()))
        widest = max((metrics.horizontalAdvance(str(text or "")) for text in texts), default=0) + padding
        if isinstance(self.itemDelegateForColumn(column), BadgeDelegate):
            widest += theme.px(PADDING)
        return max(head, min(widest, max(theme.px(90), round(self.viewport().width() * NAME_SHARE))))
