"""Two people field by field: what each has, and what comes of it. Where they differ, a click or the space bar chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.operations.people.merging import Comparison, value_of
from desktop.text import t
from desktop.ui import icons, theme
from desktop.ui.duplicates.field_words import (
    ORDERS,
    TAGS,
    field_label,
    name_of,
    orders_shown,
    shown,
    tags_after,
    tags_shown,
)
from desktop.ui.widgets.table import Index, Table

FIELD, KEEP, GONE, RESULT = range(4)
STATE_ROLE = Qt.ItemDataRole.UserRole + 7


@dataclass(frozen=True)
class Line:
    """One field: its texts on both sides; ``choosable`` if one of them can be chosen."""

    name: str
    label: str
    keep: str
    gone: str
    choosable: bool


class ComparisonModel(QAbstractTableModel):
    """The fields of two people. ``chosen()``: another value was chosen."""

    chosen = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.comparison: Comparison | None = None
        self.lines: list[Line] = []
        self.take: set[str] = set()

    def show(self, comparison: Comparison | None) -> None:
        """Show two people, nothing chosen yet."""
        self.beginResetModel()
        self.comparison = comparison
        self.take = set()
        self.lines = _lines(comparison) if comparison is not None else []
        self.endResetModel()

    def choose(self, row: int, column: int) -> bool:
        """Take the value of one side; whether there is a choice there."""
        if not 0 <= row < len(self.lines) or column not in (KEEP, GONE) or not self.lines[row].choosable:
            return False
        name = self.lines[row].name
        (self.take.add if column == GONE else self.take.discard)(name)
        self.dataChanged.emit(self.index(row, FIELD), self.index(row, RESULT))
        self.chosen.emit()
        return True

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == FIELD or self.comparison is None:
            return t("duplicates.field") if section == FIELD else ""
        if section == RESULT:
            return t("duplicates.result")
        key, one = (
            ("duplicates.stays", self.comparison.keep)
            if section == KEEP
            else ("duplicates.goes", self.comparison.gone)
        )
        return t(key, name=name_of(one))

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid() or self.comparison is None:
            return None
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(line, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(line, index.column())
        if role == STATE_ROLE:
            return self._state(line, index.column())
        return None

    def _text(self, line: Line, column: int) -> str:
        if column != RESULT:
            return (line.label, line.keep, line.gone)[column]
        comparison = self.comparison
        assert comparison is not None
        if line.name == TAGS:
            return tags_after(comparison)
        if line.name == ORDERS:
            return t("duplicates.of_both")
        return shown(line.name, value_of(comparison.result(self.take), line.name))

    def _state(self, line: Line, column: int) -> str:
        """chosen or not for a value one can choose; differs for its row; "" elsewhere."""
        if not line.choosable:
            return ""
        if column in (KEEP, GONE):
            return "chosen" if (line.name in self.take) == (column == GONE) else "not_chosen"
        return "differs"

    def _spoken(self, line: Line, column: int) -> str:
        state = self._state(line, column)
        text = self._text(line, column)
        if state not in ("chosen", "not_chosen"):
            return text
        word = t("duplicates.chosen") if state == "chosen" else t("duplicates.not_chosen")
        return t("duplicates.choice_spoken", field=line.label, value=text, chosen=word)


def _lines(comparison: Comparison) -> list[Line]:
    lines = []
    for name in comparison.names():
        mine, other = comparison.values(name)
        lines.append(
            Line(name, field_label(name), shown(name, mine), shown(name, other), comparison.choosable(name))
        )
    for name, text in ((TAGS, tags_shown), (ORDERS, orders_shown)):
        mine, other = text(comparison.keep), text(comparison.gone)
        if mine or other:
            lines.append(Line(name, field_label(name), mine, other, False))
    # What there is to decide stands first.
    return sorted(lines, key=lambda line: not line.choosable)


class _ChoiceDelegate(QStyledItemDelegate):
    """Marks the chosen one of two values with a check and its background, the other with paler ink."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state = index.data(STATE_ROLE)
        painter.save()
        rect = option.rect
        if state:
            painter.fillRect(rect, theme.colour("warning_soft" if state == "differs" else "neutral_soft"))
        if state == "chosen":
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -2, -2), theme.px(5), theme.px(5))
        inner = rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        size = theme.px(14)
        if state == "chosen":
            top = inner.y() + (inner.height() - size) // 2
            painter.drawPixmap(inner.x(), top, icons.pixmap("check", "accent_text", size))
        if state in ("chosen", "not_chosen"):
            inner.adjust(size + theme.px(6), 0, 0, 0)
        role = {"chosen": "accent_text", "not_chosen": "muted"}.get(state or "", "ink")
        painter.setPen(theme.colour("muted" if index.column() == FIELD and not state else role))
        painter.setFont(option.font)
        text = option.fontMetrics.elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)
        view = option.widget
        if isinstance(view, QAbstractItemView) and view.hasFocus() and view.currentIndex() == index:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour("focus"))
            painter.drawRoundedRect(QRectF(rect).adjusted(1.5, 1.5, -1.5, -1.5), theme.px(5), theme.px(5))
        painter.restore()


class ComparisonTable(Table):
    """The table of a ComparisonModel. ``submitted``: Return, which means merging."""

    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(t("duplicates.compare"), parent)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.compared = ComparisonModel(self)
        self.setModel(self.compared)
        self.setItemDelegate(_ChoiceDelegate(self))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.horizontalHeader()
        for column in (KEEP, GONE, RESULT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(FIELD, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionsClickable(False)

    def show_people(self, comparison: Comparison | None) -> None:
        """Show two people, the keyboard at the first field with a choice."""
        self.compared.show(comparison)
        first = next((row for row, line in enumerate(self.compared.lines) if line.choosable), 0)
        if self.compared.lines:
            self.setCurrentIndex(self.compared.index(first, KEEP))

    def sizeHint(self) -> QSize:
        rows = max(4, self.compared.rowCount())
        height = rows * self.verticalHeader().defaultSectionSize() + self.horizontalHeader().height() + 4
        return QSize(theme.px(640), min(height, theme.px(520)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.compared.choose(index.row(), index.column())
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and index.isValid():
            line_column = index.column() if index.column() in (KEEP, GONE) else None
            if line_column is not None:
                self.compared.choose(index.row(), line_column)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
        else:
            super().keyPressEvent(event)
