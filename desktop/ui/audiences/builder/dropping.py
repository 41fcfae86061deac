"""Where a line that is being dragged would go: the place under the pointer, and the mark that shows it — a bar between two lines,
or a frame around the line it would make a group with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.ui import theme
from desktop.ui.audiences.builder.draft import Group, Node

EDGE = 0.3
"""The upper and the lower part of a line at which the dragged one goes before or after it; between them the two make a group."""

GROUP_EDGE = 12
NEAR_EDGE = 36


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the draft.

    Args:
        group_id, at: a group, and the place in it.
        join_id: the line to make a group with, instead.
        mark: the rectangle of the mark, in the coordinates of the rows' widget.
    """

    group_id: int
    at: int
    join_id: int | None
    mark: QRect


class Shown(Protocol):
    """A widget that shows a node."""

    node: Node

    def inner(self) -> tuple[QWidget, Sequence[Shown]]:
        """For a group: the widget its parts are in, and the widgets of its parts."""

    def area_in(self, over: QWidget) -> QRect:
        """Its rectangle in the coordinates of another widget."""


def place_at(rows: QWidget, group: Group, parts: Sequence[Shown], point: QPoint) -> Place:
    """The place for what is dropped at ``point``.

    Args:
        rows: the widget that holds all lines; coordinates are its own.
        group: the group whose parts are looked at, from the root downwards.
        parts: their widgets, from top to bottom.
        point: where the pointer is.
    """
    left = parts[0].area_in(rows).left() if parts else 0
    width = parts[0].area_in(rows).width() if parts else rows.width()
    for at, part in enumerate(parts):
        area = part.area_in(rows)
        if point.y() > area.bottom() + 1:
            continue
        inside = isinstance(part.node, Group)
        edge = theme.px(GROUP_EDGE) if inside else round(area.height() * EDGE)
        if point.y() < area.top() + edge:
            return Place(group.id, at, None, QRect(left, area.top() - theme.px(4), width, 0))
        if point.y() <= area.bottom() - edge:
            if isinstance(part.node, Group):
                _, inner = part.inner()
                return place_at(rows, part.node, inner, point)
            return Place(group.id, at, part.node.id, area)
        return Place(group.id, at + 1, None, QRect(left, area.bottom() + theme.px(4), width, 0))
    bottom = parts[-1].area_in(rows).bottom() + theme.px(4) if parts else theme.px(4)
    return Place(group.id, len(parts), None, QRect(left, bottom, width, 0))


class DropMark(QWidget):
    """Lies over the rows and lets the pointer through."""

    def __init__(self, rows: QWidget) -> None:
        super().__init__(rows)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.place: Place | None = None
        self.hide()

    def show_place(self, place: Place | None) -> None:
        """Mark a place; None: there is none."""
        self.place = place
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.setVisible(place is not None)
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.place is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mark, thick = self.place.mark, theme.px(3)
        if self.place.join_id is not None:
            soft = theme.colour("accent_soft")
            soft.setAlpha(90)
            painter.setBrush(soft)
            painter.setPen(QPen(theme.colour("accent"), theme.px(2)))
            painter.drawRoundedRect(QRectF(mark).adjusted(1, 1, -1, -1), theme.px(7), theme.px(7))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            y = min(max(mark.top() - thick / 2, 0), self.height() - thick)
            painter.drawRoundedRect(QRectF(mark.left(), y, mark.width(), thick), thick / 2, thick / 2)
            painter.drawEllipse(QRectF(mark.left() - thick, y - thick, thick * 3, thick * 3))
        painter.end()


def scroll_near_edge(widget: QWidget, at: QPoint) -> None:
    """While something is dragged near the edge of what can be scrolled, show what lies beyond (``at``: on the screen)."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    if parent is None:
        return
    y, near = parent.viewport().mapFromGlobal(at).y(), theme.px(NEAR_EDGE)
    bar = parent.verticalScrollBar()
    if y < near:
        bar.setValue(bar.value() - near // 2)
    elif y > parent.viewport().height() - near:
        bar.setValue(bar.value() + near // 2)
