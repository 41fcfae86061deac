"""While nobody is selected the panel lists all tags as filters: one click includes, the next excludes, the
third lets go. With Ctrl a click includes or lets go at once, with Alt it excludes at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.core.people.condition import And, Condition, Not, Op, Term, simplified, without_part
from desktop.core.people.tag import Tag, tag_key
from desktop.text import t
from desktop.ui import i18n, icons, theme
from desktop.ui.members.tagging.dragging import MEMBERS, drag_tag, far_enough
from desktop.ui.widgets.chips import chip_size, paint_chip

Index = QModelIndex | QPersistentModelIndex
TAG_ROLE = Qt.ItemDataRole.UserRole + 1
STATE_ROLE = Qt.ItemDataRole.UserRole + 2
LEAST_LINES = 6

OFF, INCLUDED, EXCLUDED = "off", "included", "excluded"


def states_in(condition: Condition) -> dict[str, str]:
    """The tags that a condition asks for or against, by key."""
    whole = simplified(condition)
    parts = whole.parts if isinstance(whole, And) else (whole,)
    states: dict[str, str] = {}
    for part in parts:
        match part:
            case Term(field="tag", op=Op.HAS, extra=False, value=str(name)):
                states[tag_key(name)] = INCLUDED
            case Not(Term(field="tag", op=Op.HAS, extra=False, value=str(name))):
                states[tag_key(name)] = EXCLUDED
    return states


def with_state(condition: Condition, name: str, state: str) -> Condition:
    """The condition with a tag included, excluded or let go."""
    whole = simplified(condition)
    for part in whole.parts if isinstance(whole, And) else (whole,):
        term = part.part if isinstance(part, Not) else part
        if isinstance(term, Term) and (term.field, term.op, term.extra) == ("tag", Op.HAS, False):
            if isinstance(term.value, str) and tag_key(term.value) == tag_key(name):
                whole = without_part(whole, part)
    asked = Term("tag", Op.HAS, name)
    if state == OFF:
        return whole
    return simplified(And((whole, asked if state == INCLUDED else Not(asked))))


class TagFilterModel(QAbstractListModel):
    """Tags with their numbers of people and what is asked of each."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.tags: Sequence[Tag] = ()
        self.states: Mapping[str, str] = {}

    def show_tags(self, tags: Sequence[Tag]) -> None:
        """Show these tags."""
        if tags == self.tags:
            return
        self.beginResetModel()
        self.tags = tags
        self.endResetModel()

    def show_states(self, states: Mapping[str, str]) -> None:
        """Show what is asked, by key of the tag."""
        self.states = states
        if self.tags:
            self.dataChanged.emit(self.index(0), self.index(len(self.tags) - 1))

    def state(self, tag: Tag) -> str:
        """What is asked of a tag."""
        return self.states.get(tag_key(tag.name), OFF)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.tags)

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid():
            return None
        tag = self.tags[index.row()]
        if role == TAG_ROLE:
            return tag
        if role == STATE_ROLE:
            return self.state(tag)
        if role == Qt.ItemDataRole.DisplayRole:
            return tag.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return t(f"tag_panel.filter.{self.state(tag)}", tag=tag.name, n=tag.people)
        return None


class TagFilters(QListView):
    """See the module. ``asked(tag name, state)``."""

    asked = Signal(str, str)
    menu_asked = Signal(object, QPoint)
    members_dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._under_drag: QModelIndex | QPersistentModelIndex = QModelIndex()
        self.lines = TagFilterModel(self)
        self.setModel(self.lines)
        self.setProperty("kind", "plain")
        self.setItemDelegate(_Line(self))
        self.setAccessibleName(t("tag_panel.filters"))
        self.setUniformItemSizes(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMouseTracking(True)
        self._pressed_at: QPoint | None = None

    def show_tags(self, tags: Sequence[Tag], states: Mapping[str, str]) -> None:
        """Show all tags, and what is asked of them."""
        self.lines.show_tags(tags)
        self.lines.show_states(states)
        frame = 2 * self.frameWidth()
        self.setMinimumHeight(min(len(tags), LEAST_LINES) * self.line_height() + frame)
        self.setMaximumHeight(len(tags) * self.line_height() + frame)
        self.setVisible(bool(tags))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), self.minimumHeight())

    def ask(self, tag: Tag, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Go on to the tag's next state; Alt excludes it at once, Ctrl includes it, each lets it go if it is so already."""
        state = self.lines.state(tag)
        if modifiers & Qt.KeyboardModifier.AltModifier:
            following = OFF if state == EXCLUDED else EXCLUDED
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            following = OFF if state == INCLUDED else INCLUDED
        else:
            following = {OFF: INCLUDED, INCLUDED: EXCLUDED, EXCLUDED: OFF}[state]
        self.asked.emit(tag.name, following)

    def line_height(self) -> int:
        """The height of a line in the list's font."""
        return self.fontMetrics().height() + theme.px(13)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A line can be dragged onto members."""
        pressed = self._pressed_at
        if pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        tag = self.indexAt(pressed).data(TAG_ROLE)
        if tag is not None and far_enough(pressed, event.position().toPoint()):
            self._pressed_at = None
            drag_tag(self, tag.name, tag.colour)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        clicked, self._pressed_at = self._pressed_at is not None, None
        if not clicked:
            return
        tag = self.indexAt(event.position().toPoint()).data(TAG_ROLE)
        if tag is not None and event.button() == Qt.MouseButton.LeftButton:
            self.ask(tag, event.modifiers())

    @property
    def under_drag(self) -> Index:
        """The line members are dragged over."""
        return self._under_drag

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(MEMBERS):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        event.setAccepted(index.isValid() and event.mimeData().hasFormat(MEMBERS))
        self._drag_over(index)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drag_over(QModelIndex())

    def dropEvent(self, event: QDropEvent) -> None:
        tag = self.indexAt(event.position().toPoint()).data(TAG_ROLE)
        self._drag_over(QModelIndex())
        if tag is not None and event.mimeData().hasFormat(MEMBERS):
            event.acceptProposedAction()
            self.members_dropped.emit(tag.name)

    def _drag_over(self, index: Index) -> None:
        self._under_drag = QPersistentModelIndex(index)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() != QContextMenuEvent.Reason.Mouse
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        tag = index.data(TAG_ROLE)
        if tag is not None:
            self.menu_asked.emit(tag, self.viewport().mapToGlobal(self.visualRect(index).center()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        tag = self.currentIndex().data(TAG_ROLE)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and tag is not None:
            self.ask(tag, event.modifiers())
            return
        super().keyPressEvent(event)


class _Line(QStyledItemDelegate):
    """A mark, the tag's chip, the number of people."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        assert isinstance(view, TagFilters)
        return QSize(theme.px(80), view.line_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = self.parent()
        assert isinstance(view, TagFilters)
        tag: Tag = index.data(TAG_ROLE)
        state: str = index.data(STATE_ROLE)
        area = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = view.hasFocus() and view.currentIndex() == index
        if state != OFF:
            painter.fillRect(area, theme.colour("accent_soft" if state == INCLUDED else "error_soft"))
        elif index == view.under_drag:
            painter.fillRect(area, theme.colour("selection"))
        elif current or index == view.indexAt(view.viewport().mapFromGlobal(view.cursor().pos())):
            painter.fillRect(area, theme.colour("hover"))
        if current:
            painter.setPen(theme.colour("focus"))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        left = area.left() + theme.px(8)
        side = theme.px(12)
        if state != OFF:
            mark = area.adjusted(theme.px(8), 0, 0, 0)
            mark.setWidth(side)
            name, role = ("check", "good") if state == INCLUDED else ("prohibit", "error")
            icons.paint(painter, mark, name, theme.colour(role))
        left += side + theme.px(6)
        count = i18n.number(tag.people)
        metrics = painter.fontMetrics()
        room = area.right() - left - metrics.horizontalAdvance(count) - theme.px(20)
        size = chip_size(tag.name, metrics)
        chip = area.adjusted(0, 0, 0, 0)
        chip.setRect(
            left, area.top() + (area.height() - size.height()) // 2, min(size.width(), room), size.height()
        )
        paint_chip(painter, chip, tag.name, tag.colour or theme.tag_colour(tag.name))
        painter.setPen(theme.colour("ink" if state != OFF else "muted"))
        where = area.adjusted(0, 0, -theme.px(10), 0)
        painter.drawText(where, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), count)
        painter.restore()
