"""The shop's menus in their order: the first one that is meant for a person is hers, so dragging one up gives it precedence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.text import t
from desktop.ui import theme
from desktop.ui.rich_menu.menus.menu_rows import MenuRow
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import small

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
MOST_ROWS = 6


class MenuList(QListWidget):
    """``moved(plan, before)``: dragged, or moved by Alt and an arrow; ``before`` is None for the last place."""

    moved = Signal(int, object)
    wants = Signal(str, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(t("rich_menu_page.menus"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setItemDelegate(_Row(self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.model().rowsMoved.connect(self._dropped)
        self._filling = False

    def rows(self) -> list[MenuRow]:
        """What is shown, in its order."""
        return [self.item(at).data(ROW) for at in range(self.count())]

    def show_rows(self, rows: Sequence[MenuRow], current: int | None) -> None:
        """Show these; the one with the plan ``current`` is marked."""
        self._filling = True
        if [row.plan_id for row in self.rows()] != [row.plan_id for row in rows]:
            self.clear()
            for _ in rows:
                self.addItem(QListWidgetItem())
        for at, row in enumerate(rows):
            item = self.item(at)
            item.setData(ROW, row)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                t("rich_menu_page.menu_spoken", name=row.name, whom=row.told, number=at + 1),
            )
            item.setToolTip(f"{row.name}\n{row.told}")
            if row.plan_id == current:
                self.setCurrentRow(at)
        height = self.sizeHintForRow(0) if rows else 0
        self.setFixedHeight(max(1, min(MOST_ROWS, len(rows))) * max(1, height) + theme.px(4))
        self._filling = False

    @property
    def is_filling(self) -> bool:
        """Whether the list changes because it is filled, not by hand."""
        return self._filling

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_current(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_F2:
            self.wants.emit("rename", QPoint())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.wants.emit("delete", QPoint())
        else:
            super().keyPressEvent(event)

    def move_current(self, by: int) -> None:
        """One place up (-1) or down (1)."""
        rows, at = self.rows(), self.currentRow()
        to = at + by
        if at < 0 or not 0 <= to < len(rows):
            return
        order = [row.plan_id for row in rows]
        order.insert(to, order.pop(at))
        self.moved.emit(rows[at].plan_id, order[to + 1] if to + 1 < len(order) else None)

    def _dropped(self, _parent: QModelIndex, start: int, _end: int, _to: QModelIndex, row: int) -> None:
        if self._filling:
            return
        order = [one.plan_id for one in self.rows()]
        at = row if row < start else row - 1
        self.moved.emit(order[at], order[at + 1] if at + 1 < len(order) else None)


class MenusCard(Card):
    """``opened(plan)``: one is chosen; ``moved(plan, before)``; ``wants(what)``: new, rename, copy or delete the one chosen."""

    opened = Signal(int)
    moved = Signal(int, object)
    wants = Signal(str)

    def __init__(self) -> None:
        super().__init__(t("rich_menu_page.menus"))
        self.more = icon_button("more", t("rich_menu_page.more"), self._show_more)
        self.header.addWidget(icon_button("plus", t("rich_menu_page.new"), lambda: self.wants.emit("new")))
        self.header.addWidget(self.more)
        self.list = MenuList()
        self.list.currentRowChanged.connect(self._current)
        self.list.moved.connect(self.moved)
        self.list.wants.connect(lambda what, _place: self.wants.emit(what))
        self.list.customContextMenuRequested.connect(self._context)
        self.body.addWidget(self.list)
        self.order = small(t("rich_menu_page.order_hint"), wrap=True)
        self.body.addWidget(self.order)

    def show_rows(self, rows: Sequence[MenuRow], current: int | None) -> None:
        """Show these menus."""
        self.list.show_rows(rows, current)
        self.order.setVisible(len(rows) > 1)

    def menu(self) -> QMenu:
        """What can be done with the one chosen."""
        menu = QMenu(self)
        for what in ("rename", "copy", "delete"):
            menu.addAction(t(f"rich_menu_page.do.{what}"), partial(self.wants.emit, what))
        menu.addSeparator()
        for by, key in ((-1, "rich_menu_page.up"), (1, "rich_menu_page.down")):
            menu.addAction(t(key), partial(self.list.move_current, by))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _show_more(self) -> None:
        self.menu().popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _context(self, place: QPoint) -> None:
        if self.list.itemAt(place) is not None:
            self.menu().popup(self.list.viewport().mapToGlobal(place))

    def _current(self, row: int) -> None:
        if row >= 0 and not self.list.is_filling:
            self.opened.emit(self.list.rows()[row].plan_id)


class _Row(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: MenuRow | None = index.data(ROW)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection" if selected else "hover"))
            painter.drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), theme.px(5), theme.px(5))
        room = option.rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        metrics = painter.fontMetrics()
        name = metrics.horizontalAdvance(row.name)
        # The name has the larger part; what stands at the right takes what it leaves.
        rest = max(room.width() - name - theme.px(10), round(room.width() * 0.4))
        told = metrics.elidedText(row.told, Qt.TextElideMode.ElideRight, rest)
        painter.setPen(theme.colour("selection_muted" if selected else "muted"))
        centre = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | centre), told)
        painter.setPen(theme.colour("selection_ink" if selected else "muted" if row.past else "ink"))
        left = QRect(room)
        left.setRight(room.right() - metrics.horizontalAdvance(told) - theme.px(8))
        shown = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, left.width())
        painter.drawText(left, int(Qt.AlignmentFlag.AlignLeft | centre), shown)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(80), max(theme.px(28), option.fontMetrics.height() + theme.px(12)))
