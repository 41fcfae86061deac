"""Tables: the look, a header that does not slow down big selections, cells drawn as badges, bars and links, and a model for
lists that fit in memory. Big tables bring their own model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.widgets.chips import chip_size, paint_badge
from desktop.ui.widgets.progress import paint_progress

Index = QModelIndex | QPersistentModelIndex
KIND_ROLE = Qt.ItemDataRole.UserRole + 1
VALUE_ROLE = Qt.ItemDataRole.UserRole + 2
ROLE_ROLE = Qt.ItemDataRole.UserRole + 3
Move = QAbstractItemView.CursorAction


class Table(QTableView):
    """A table of whole rows. ``opened(index)``: double click or Return on a row."""

    opened = Signal(QModelIndex)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        header = Header(self)
        self.setHorizontalHeader(header)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(row_height(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.activated.connect(self.opened)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        # A row is one thing: Home and End mean the first and the last of them, not the first and the last cell.
        rows = self.model().rowCount()
        if rows and action in (Move.MoveHome, Move.MoveEnd):
            column = max(0, self.currentIndex().column())
            return self.model().index(0 if action == Move.MoveHome else rows - 1, column)
        return super().moveCursor(action, modifiers)

    def fit_columns(self, stretch: int | None = None, widths: Sequence[int] = ()) -> None:
        """Give columns their widths (pixels at 100 % text size; 0 = by content); ``stretch`` takes what is left."""
        header = self.horizontalHeader()
        for column, width in enumerate(widths):
            if width:
                self.setColumnWidth(column, theme.px(width))
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        if stretch is not None:
            header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)


class Header(QHeaderView):
    """A header that never asks the selection model: with 100,000 selected rows that question costs seconds a paint."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setSectionsMovable(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setFixedHeight(self.fontMetrics().height() + theme.px(14))
        self.setMinimumSectionSize(theme.px(32))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def row_height(widget: QWidget) -> int:
    """The height of one row in the widget's font."""
    return widget.fontMetrics().height() + theme.px(15)


@dataclass(frozen=True)
class Column:
    """One column of a SimpleTableModel: its header and how to get from a row what is shown.

    ``text`` is also what is spoken; ``value`` is what a delegate draws by (a share, a key), ``kind`` the badge's or bar's
    kind, ``role`` a theme role for the text.
    """

    title: str
    text: Callable[[Any], str]
    right: bool = False
    value: Callable[[Any], Any] | None = None
    kind: Callable[[Any], str] | None = None
    role: Callable[[Any], str | None] | None = None


class SimpleTableModel(QAbstractTableModel):
    """Rows held in memory, for lists of at most a few thousand.

    Args:
        columns: what each column shows.
        rows: any objects.
        spoken: a sentence for a whole row, read out for its first cell.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Any] = (),
        spoken: Callable[[Any], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = list(columns)
        self._rows = list(rows)
        self._spoken = spoken

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows; as long as their number stays, selection and scrolling do too."""
        if len(rows) == len(self._rows):
            self._rows = list(rows)
            if rows:
                last = self.index(len(rows) - 1, len(self._columns) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, index: Index | int) -> Any:
        """The object behind a row."""
        return self._rows[index if isinstance(index, int) else index.row()]

    @property
    def rows(self) -> list[Any]:
        """All objects shown."""
        return self._rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole and self._columns[section].right:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole or role == Qt.ItemDataRole.ToolTipRole:
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            if self._spoken is not None and index.column() == 0:
                return self._spoken(row)
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == VALUE_ROLE:
            return column.value(row) if column.value else None
        if role == KIND_ROLE:
            return column.kind(row) if column.kind else None
        if role == Qt.ItemDataRole.ForegroundRole and column.role is not None:
            named = column.role(row)
            return theme.colour(named) if named else None
        return None


class _Painted(QStyledItemDelegate):
    """A cell with the row's background and something of ours on it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        painter.setFont(option.font)
        inner = option.rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        self.draw(painter, inner, text, index, option)
        painter.restore()

    def draw(
        self, painter: QPainter, rect: QRect, text: str, index: Index, option: QStyleOptionViewItem
    ) -> None:
        """Draw the cell's own content into ``rect``."""
        raise NotImplementedError


class BadgeDelegate(_Painted):
    """Draws a cell's text as a state badge; its kind comes from ``kind_role``."""

    def __init__(self, parent: QObject | None = None, kind_role: int = KIND_ROLE) -> None:
        super().__init__(parent)
        self._kind_role = kind_role

    def draw(
        self, painter: QPainter, rect: QRect, text: str, index: Index, option: QStyleOptionViewItem
    ) -> None:
        if not text:
            return
        size = chip_size(text, option.fontMetrics)
        area = QRect(rect.x(), rect.y() + (rect.height() - size.height()) // 2, size.width(), size.height())
        area.setWidth(min(area.width(), rect.width()))
        paint_badge(painter, area, text, index.data(self._kind_role) or "neutral")


class ProgressDelegate(_Painted):
    """Draws a cell whose VALUE_ROLE is a share from 0 to 1 as a bar; None leaves its text."""

    def draw(
        self, painter: QPainter, rect: QRect, text: str, index: Index, option: QStyleOptionViewItem
    ) -> None:
        share = index.data(VALUE_ROLE)
        if share is None:
            painter.setPen(theme.colour(index.data(ROLE_ROLE) or "muted"))
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
            painter.drawText(rect, int(flags), text)
            return
        height = theme.px(7)
        area = QRectF(rect.x(), rect.y() + (rect.height() - height) / 2, rect.width(), height)
        paint_progress(painter, area, float(share), index.data(KIND_ROLE) or "accent")


class LinkDelegate(_Painted):
    """Draws a cell as a link; a click on it says so."""

    activated = Signal(QModelIndex)

    def draw(
        self, painter: QPainter, rect: QRect, text: str, index: Index, option: QStyleOptionViewItem
    ) -> None:
        painter.setPen(theme.colour(index.data(ROLE_ROLE) or "link"))
        shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            if event.button() == Qt.MouseButton.LeftButton and index.data():
                self.activated.emit(model.index(index.row(), index.column(), index.parent()))
                return True
        return super().editorEvent(event, model, option, index)
