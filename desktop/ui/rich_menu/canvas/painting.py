"""What the canvas draws over the picture: which areas are chosen, which one the mouse is over, which are still blank, and the
lines a dragged edge snaps to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.core.planning.rich_menu.grid import steps
from desktop.core.planning.rich_menu.menu import Area, RichMenu
from desktop.ui import icons, theme
from desktop.ui.rich_menu.canvas.geometry import Projection

VEIL = 40
PLUS = 18


def areas(
    painter: QPainter,
    menu: RichMenu,
    projection: Projection,
    chosen: Collection[int],
    hovered: int | None,
) -> None:
    """Frames of the areas; blank ones show a plus."""
    for at, area in enumerate(menu.areas):
        place = projection.rect(area.rect)
        if menu.own_picture is None and is_blank(area):
            _plus(painter, place)
        if at in chosen:
            continue
        if at == hovered:
            _frame(painter, place, 1.5, veil=False)
        elif menu.own_picture is not None:
            _dashes(painter, place)
    for at in chosen:
        if at < len(menu.areas):
            _frame(painter, projection.rect(menu.areas[at].rect), 2.5, veil=True)


def is_blank(area: Area) -> bool:
    """Whether nothing was put into an area yet."""
    return replace(area, colour="", goal="") == Area(area.rect)


def target(painter: QPainter, place: QRectF) -> None:
    """Where what is dragged would go."""
    painter.setPen(QPen(theme.colour("accent"), 2, Qt.PenStyle.DashLine))
    painter.setBrush(_veil())
    painter.drawRect(place.adjusted(1, 1, -1, -1))


def snap_lines(painter: QPainter, menu: RichMenu, projection: Projection, *, vertical: bool) -> None:
    """The lines an edge snaps to."""
    painter.setPen(QPen(theme.colour("accent"), 1, Qt.PenStyle.DotLine))
    long = projection.shown.height() if vertical else projection.shown.width()
    for step in steps(menu.size, vertical=vertical)[1:-1]:
        at = projection.line(step, vertical=vertical)
        ends = (QPointF(at, 0), QPointF(at, long)) if vertical else (QPointF(0, at), QPointF(long, at))
        painter.drawLine(*ends)


def focus(painter: QPainter, place: QRectF) -> None:
    """The canvas has the keyboard, and nothing in it is chosen."""
    painter.setPen(QPen(theme.colour("focus"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(place.adjusted(1, 1, -1, -1))


def _frame(painter: QPainter, place: QRectF, width: float, *, veil: bool) -> None:
    inside = place.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setBrush(_veil() if veil else Qt.BrushStyle.NoBrush)
    # White below the accent: the frame is seen on a picture of any colour.
    painter.setPen(QPen(QColor(255, 255, 255, 200), width + 2))
    painter.drawRect(inside)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour("accent"), width))
    painter.drawRect(inside)


def _dashes(painter: QPainter, place: QRectF) -> None:
    """The areas of the owner's own picture, which shows no borders of ours."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(255, 255, 255, 200), 2))
    painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.setPen(QPen(theme.colour("accent"), 1, Qt.PenStyle.DashLine))
    painter.drawRect(place.adjusted(0.5, 0.5, -0.5, -0.5))


def _plus(painter: QPainter, place: QRectF) -> None:
    side = min(theme.px(PLUS), place.width() / 2, place.height() / 2)
    disc = QRectF(0, 0, side * 1.6, side * 1.6)
    disc.moveCenter(place.center())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("panel"))
    painter.drawEllipse(disc)
    middle = QRectF(0, 0, side, side)
    middle.moveCenter(place.center())
    icons.paint(painter, middle, "plus", theme.colour("accent_text"))


def _veil() -> QColor:
    soft = QColor(theme.colour("accent"))
    soft.setAlpha(VEIL)
    return soft
