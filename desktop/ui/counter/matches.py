"""The people who answer to what was typed, to choose among with the arrow keys. A plain list that never takes the focus:
the box keeps it."""

from __future__ import annotations

from functools import reduce
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.store.people import MemberRow
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.members.columns import shown_name, spoken

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1


class MatchModel(QAbstractListModel):
    """People as lines."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.people: list[MemberRow] = []

    def show(self, people: list[MemberRow]) -> None:
        """Show others."""
        self.beginResetModel()
        self.people = people
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.people)

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid():
            return None
        person = self.people[index.row()]
        if role == ROW_ROLE:
            return person
        if role == Qt.ItemDataRole.DisplayRole:
            return shown_name(person) or t("members.nameless")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(person, selected=False)
        return None


class MatchList(QListView):
    """See the module. ``picked(person id)``: a line was clicked."""

    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.lines = MatchModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_Line(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName(t("counter.matches"))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)

    @property
    def highlighted(self) -> MemberRow | None:
        """The person Return would open."""
        return self.currentIndex().data(ROW_ROLE)

    def show_people(self, people: list[MemberRow], *, highlight: bool) -> None:
        """Show these people; ``highlight``: the first is ready to be opened."""
        self.lines.show(people)
        self.setFixedHeight(len(people) * self.line_height() + 2 * self.frameWidth())
        self.setCurrentIndex(self.lines.index(0) if highlight and people else QModelIndex())

    def move(self, by: int) -> None:  # type: ignore[override]
        """Highlight another line."""
        count = len(self.lines.people)
        if count:
            at = self.currentIndex().row()
            row = (at + by) % count if at >= 0 else (0 if by > 0 else count - 1)
            self.setCurrentIndex(self.lines.index(row))

    def line_height(self) -> int:
        """The height of a line in the list's font."""
        return 2 * self.fontMetrics().height() + theme.px(18)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Nothing: a press must not take the focus."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        person = self.indexAt(event.position().toPoint()).data(ROW_ROLE)
        if person is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(person.id)


class _Line(QStyledItemDelegate):
    """The name, below it number and phone; at the right the last order."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        assert isinstance(view, MatchList)
        return QSize(theme.px(80), view.line_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = self.parent()
        assert isinstance(view, MatchList)
        person: MemberRow = index.data(ROW_ROLE)
        current = view.currentIndex() == index
        painter.save()
        if current:
            painter.fillRect(option.rect, theme.colour("selection"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        area = option.rect.adjusted(theme.px(14), theme.px(7), -theme.px(14), -theme.px(7))
        half = area.height() // 2
        upper = QRect(area.left(), area.top(), area.width(), half)
        lower = QRect(area.left(), area.top() + half, area.width(), area.height() - half)
        last = t("counter.last", date=i18n.date(person.last_order)) if person.last_order else ""
        painter.setPen(theme.colour("selection_muted" if current else "muted"))
        right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
        self._text(painter, lower, last, right)
        taken = painter.fontMetrics().horizontalAdvance(last) + theme.px(10) if last else 0
        self._text(painter, lower.adjusted(0, 0, -taken, 0), who(person), left)
        painter.setPen(theme.colour("selection_ink" if current else "ink"))
        bold = QFont(painter.font())
        bold.setBold(True)
        painter.setFont(bold)
        self._text(painter, upper, shown_name(person) or t("members.nameless"), left)
        painter.restore()

    def _text(self, painter: QPainter, area: QRect, text: str, side: Qt.AlignmentFlag) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), shown)


def who(person: MemberRow) -> str:
    """Phone and member number, or what there is of them."""
    return side_by_side(i18n.phone(person.phone), person.member_no or "", person.store or "")


def side_by_side(*parts: str) -> str:
    """Short words beside each other; empty ones are left out."""
    words = [part for part in parts if part]
    return (
        reduce(lambda first, second: t("counter.beside", first=first, second=second), words) if words else ""
    )
