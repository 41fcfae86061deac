"""How the cells of the list are drawn: plain texts, tags as chips, the state at LINE as a dot with a word.
Drawn directly, because a style sheet asked for each of several hundred cells is what makes scrolling stutter."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from desktop.store.people import MemberRow
from desktop.text import t
from desktop.ui import theme
from desktop.ui.members.columns import Column, line_state
from desktop.ui.members.members_model import ROW_ROLE
from desktop.ui.widgets.chips import chip_size, paint_chip

Index = QModelIndex | QPersistentModelIndex

DOTS = {
    "bound": "accent",
    "friend": "info",
    "blocked": "error_fill",
    "gone": "warning_fill",
    "off": "offline",
}
"""State at LINE → the role its dot is filled with; who is not bound has an empty circle."""

MOST_SIZES = 1_000
"""Sizes of chips kept at a time."""


class RowLooks(Protocol):
    """What a cell has to know of its row."""

    def is_row_selected(self, row: int) -> bool:
        """Whether the row belongs to the selection."""

    def is_row_hovered(self, row: int) -> bool:
        """Whether the mouse is over the row."""

    def column(self, place: int) -> Column:
        """What stands at a place of the model."""

    def row_at(self, row: int) -> MemberRow | None:
        """Who stands in a row; None while that is not known."""


class MemberCell(QStyledItemDelegate):
    """A cell with text; the others override :meth:`draw`."""

    def __init__(self, looks: RowLooks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks = looks

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        selected = self._looks.is_row_selected(index.row())
        area = option.rect
        if selected:
            painter.fillRect(area, theme.colour("selection"))
        elif self._looks.is_row_hovered(index.row()):
            painter.fillRect(area, theme.colour("hover"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        # Asked of the table itself: by way of Qt's index the answer would be wrapped and unwrapped for each cell.
        row = self._looks.row_at(index.row())
        if row is None:
            return
        self.draw(painter, area.adjusted(theme.px(8), 0, -theme.px(8), -1), row, index.column(), selected)

    def draw(self, painter: QPainter, area: QRect, row: MemberRow, column: int, selected: bool) -> None:
        """Draw what is in the cell."""
        spec = self._looks.column(column)
        text = spec.text(row)
        if not text:
            return
        role = "muted" if spec.muted else "ink"
        painter.setPen(theme.colour(f"selection_{role}" if selected else role))
        side = Qt.AlignmentFlag.AlignRight if spec.right else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), shown)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        text = index.data(Qt.ItemDataRole.ToolTipRole) or ""
        room = option.rect.width() - theme.px(16)
        cut = isinstance(text, str) and self.needed_width(index, view) > room
        QToolTip.showText(event.globalPos(), text if cut else "", view)
        return True

    def needed_width(self, index: Index, view: QAbstractItemView) -> int:
        """The width at which nothing of the cell is cut off."""
        return view.fontMetrics().horizontalAdvance(index.data(Qt.ItemDataRole.DisplayRole) or "")


class TagsCell(MemberCell):
    """The person's tags as chips in their colours, and how many more there are."""

    def __init__(self, looks: RowLooks, parent: QObject | None = None) -> None:
        super().__init__(looks, parent)
        self._metrics: QFontMetrics | None = None
        self._sizes: dict[int, QSize] = {}

    def draw(self, painter: QPainter, area: QRect, row: MemberRow, column: int, selected: bool) -> None:
        metrics, gap = painter.fontMetrics(), theme.px(4)
        sizes = [self._size(name, metrics) for _, name, _ in row.tags]
        fitting = self._fitting([size.width() for size in sizes], area.width(), metrics)
        rest = len(sizes) - fitting
        left = area.left()
        if sizes and not fitting:
            # Not even one fits: the first is cut rather than only counted.
            fitting, rest = 1, len(sizes) - 1
            room = area.width() - (self._more_size(metrics, rest).width() + gap if rest else 0)
            sizes[0] = QSize(room, sizes[0].height())
        for (_, name, colour), size in zip(row.tags[:fitting], sizes, strict=False):
            place = _middle(area, left, size)
            if selected:
                _paint_edge(painter, place)
            paint_chip(painter, place, name, colour or theme.tag_colour(name))
            left += size.width() + gap
        if rest:
            more = _middle(area, left, self._more_size(metrics, rest))
            paint_chip(painter, more, t("members.more_tags", n=rest), "grey")

    def _fitting(self, widths: list[int], room: int, metrics: QFontMetrics) -> int:
        """How many chips fit beside the one that counts the rest."""
        gap, used = theme.px(4), 0
        for at, width in enumerate(widths):
            rest = len(widths) - at - 1
            if used + width + (gap + self._more_size(metrics, rest).width() if rest else 0) > room:
                return at
            used += width + gap
        return len(widths)

    def needed_width(self, index: Index, view: QAbstractItemView) -> int:
        row: MemberRow | None = index.data(ROW_ROLE)
        if row is None:
            return 0
        metrics = view.fontMetrics()
        return sum(self._size(name, metrics).width() + theme.px(4) for _, name, _ in row.tags)

    def _more_size(self, metrics: QFontMetrics, more: int) -> QSize:
        return self._size(t("members.more_tags", n=more), metrics)

    def _size(self, name: str, metrics: QFontMetrics) -> QSize:
        """A chip's size; a shop has few tags, and each is measured once for a font. No name is kept here: a tag may go."""
        if metrics != self._metrics or len(self._sizes) >= MOST_SIZES:
            self._metrics, self._sizes = metrics, {}
        found = self._sizes.get(hash(name))
        if found is None:
            found = self._sizes[hash(name)] = chip_size(name, metrics)
        return found


class LineCell(MemberCell):
    """A dot and a word."""

    def draw(self, painter: QPainter, area: QRect, row: MemberRow, column: int, selected: bool) -> None:
        state = line_state(row)
        side = theme.px(10)
        centre = QPointF(area.left() + side / 2, area.center().y() + 1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state in DOTS:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(DOTS[state]))
            painter.drawEllipse(centre, side / 2, side / 2)
        else:
            painter.setPen(theme.colour("selection_muted" if selected else "offline"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, side / 2 - 0.5, side / 2 - 0.5)
        painter.restore()
        super().draw(painter, area.adjusted(side + theme.px(5), 0, 0, 0), row, column, selected)

    def needed_width(self, index: Index, view: QAbstractItemView) -> int:
        return super().needed_width(index, view) + theme.px(15)


def _paint_edge(painter: QPainter, place: QRect) -> None:
    """A light edge, so that a chip in the colour of the selection stays one."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("panel"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(place), place.height() / 2, place.height() / 2)
    painter.restore()


def _middle(area: QRect, left: int, size: QSize) -> QRect:
    top = area.top() + (area.height() - size.height()) // 2
    return QRect(left, top, size.width(), size.height())
