"""The lines below the tag box. A plain list that never takes the focus: a pop-up that did would break the
composition of an input method."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.text import t
from desktop.ui import theme
from desktop.ui.members.tagging.suggestions import Suggestion

Index = QModelIndex | QPersistentModelIndex
SUGGESTION_ROLE = Qt.ItemDataRole.UserRole + 1
VISIBLE_LINES = 7


class SuggestionModel(QAbstractListModel):
    """Suggestions as lines."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.suggestions: list[Suggestion] = []

    def show(self, suggestions: list[Suggestion]) -> None:
        """Show other suggestions."""
        self.beginResetModel()
        self.suggestions = suggestions
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.suggestions)

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid():
            return None
        suggestion = self.suggestions[index.row()]
        if role == SUGGESTION_ROLE:
            return suggestion
        if role == Qt.ItemDataRole.DisplayRole:
            return t("tag_panel.new_tag", tag=suggestion.name) if suggestion.new else suggestion.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(suggestion)
        return None


class SuggestionList(QListView):
    """See the module. ``picked``: a line was clicked."""

    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.lines = SuggestionModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(_Line(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName(t("tag_panel.suggestions"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.hide()

    @property
    def highlighted(self) -> Suggestion | None:
        """The line that Return would take."""
        return self.currentIndex().data(SUGGESTION_ROLE)

    def show_suggestions(self, suggestions: list[Suggestion], *, highlight_first: bool) -> None:
        """Show lines, or nothing if there are none."""
        self.lines.show(suggestions)
        self.setVisible(bool(suggestions))
        if not suggestions:
            return
        lines = min(len(suggestions), VISIBLE_LINES)
        self.setFixedHeight(lines * self.line_height() + 2 * self.frameWidth() + theme.px(2))
        self.scrollToTop()
        if highlight_first:
            self.setCurrentIndex(self.lines.index(0))

    def move(self, by: int) -> None:  # type: ignore[override]
        """Highlight another line."""
        count = len(self.lines.suggestions)
        at = self.currentIndex().row()
        row = (at + by) % count if at >= 0 else (0 if by > 0 else count - 1)
        self.setCurrentIndex(self.lines.index(row))

    def line_height(self) -> int:
        """The height of a line in the list's font."""
        return self.fontMetrics().height() + theme.px(14)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Nothing: a press must not take the focus or move the highlight before the release."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        suggestion = self.indexAt(event.position().toPoint()).data(SUGGESTION_ROLE)
        if suggestion is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(suggestion)


def spoken(suggestion: Suggestion) -> str:
    """A line as it is read out."""
    if suggestion.new:
        return t("tag_panel.new_tag", tag=suggestion.name)
    people = t("tag_panel.people", n=suggestion.people)
    held = t("tag_panel.all_have_it") if suggestion.held else ""
    return t("members.spoken.separator").join(part for part in (suggestion.name, people, held) if part)


class _Line(QStyledItemDelegate):
    """The name with the typed part in bold, the number of people at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        assert isinstance(view, SuggestionList)
        return QSize(theme.px(80), view.line_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        suggestion: Suggestion = index.data(SUGGESTION_ROLE)
        view = self.parent()
        assert isinstance(view, SuggestionList)
        painter.save()
        current = view.currentIndex() == index
        if current:
            painter.fillRect(option.rect, theme.colour("accent_soft"))
        area = option.rect.adjusted(theme.px(10), 0, -theme.px(10), 0)
        if suggestion.new:
            painter.setPen(theme.colour("link"))
            text = t("tag_panel.new_tag", tag=suggestion.name)
            self._text(painter, area, text, painter.fontMetrics(), Qt.AlignmentFlag.AlignLeft)
        else:
            self._tag(painter, area, suggestion, current)
        painter.restore()

    def _tag(self, painter: QPainter, area: QRect, suggestion: Suggestion, current: bool) -> None:
        metrics = painter.fontMetrics()
        right = t("tag_panel.all_have_it") if suggestion.held else t("tag_panel.people", n=suggestion.people)
        painter.setPen(theme.colour("ink" if current else "muted"))
        self._text(painter, area, right, metrics, Qt.AlignmentFlag.AlignRight)
        painter.setPen(theme.colour("ink"))
        room = area.adjusted(0, 0, -metrics.horizontalAdvance(right) - theme.px(8), 0)
        bold = QFont(painter.font())
        bold.setBold(True)
        start, end = suggestion.start, suggestion.start + suggestion.length
        pieces = (
            (suggestion.name[:start], False),
            (suggestion.name[start:end], True),
            (suggestion.name[end:], False),
        )
        plain = QFont(painter.font())
        for piece, strong in pieces:
            if not piece or room.width() <= 0:
                continue
            painter.setFont(bold if strong else plain)
            self._text(painter, room, piece, painter.fontMetrics(), Qt.AlignmentFlag.AlignLeft)
            room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(piece))

    def _text(
        self, painter: QPainter, area: QRect, text: str, metrics: QFontMetrics, side: Qt.AlignmentFlag
    ) -> None:
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
