"""Between the pixels of the menu and those of the canvas, and what of the menu lies under a point: an area, or an edge that can
be moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

from desktop.core.planning.rich_menu.grid import Edge, edges
from desktop.core.planning.rich_menu.menu import Rect, RichMenu, Size

Step = tuple[int, int]


@dataclass(frozen=True)
class Projection:
    """A menu of ``size`` shown on a canvas of ``shown``."""

    size: Size
    shown: QSizeF

    def rect(self, rect: Rect) -> QRectF:
        """Where an area is on the canvas."""
        across, down = self._factors()
        return QRectF(rect.x * across, rect.y * down, rect.width * across, rect.height * down)

    def line(self, at: int, *, vertical: bool) -> float:
        """Where an x (``vertical``) or a y of the menu is on the canvas."""
        return at * self._factors()[0 if vertical else 1]

    def point(self, place: QPointF) -> tuple[int, int]:
        """The pixel of the menu under a point of the canvas."""
        across, down = self._factors()
        return round(place.x() / across), round(place.y() / down)

    def _factors(self) -> tuple[float, float]:
        return (
            max(1.0, self.shown.width()) / max(1, self.size.width),
            max(1.0, self.shown.height()) / max(1, self.size.height),
        )


def area_at(menu: RichMenu, x: int, y: int) -> int | None:
    """The area at a pixel of the menu."""
    for at, area in enumerate(menu.areas):
        if area.rect.x <= x < area.rect.right and area.rect.y <= y < area.rect.bottom:
            return at
    return None


def edge_at(menu: RichMenu, projection: Projection, place: QPointF, reach: float) -> Edge | None:
    """The nearest edge within ``reach`` pixels of a point of the canvas."""
    best: tuple[float, Edge] | None = None
    for edge in edges(menu):
        along, across = (place.y(), place.x()) if edge.vertical else (place.x(), place.y())
        start = projection.line(edge.start, vertical=not edge.vertical)
        stop = projection.line(edge.stop, vertical=not edge.vertical)
        away = abs(across - projection.line(edge.at, vertical=edge.vertical))
        if start <= along <= stop and away <= reach and (best is None or away < best[0]):
            best = (away, edge)
    return best[1] if best else None


def edge_of(menu: RichMenu, index: int, *, vertical: bool) -> Edge | None:
    """The edge of an area that keys move: its right (lower) one, or the left (upper) one where that is the menu's border."""
    found = edges(menu)
    for side in ("before", "after"):
        for edge in found:
            members: Sequence[int] = getattr(edge, side)
            if edge.vertical == vertical and index in members:
                return edge
    return None


def next_area(menu: RichMenu, index: int, step: Step) -> int:
    """The area beside another in a direction, the nearest one; the same where there is none."""
    here = menu.areas[index].rect
    middle = _middle(here)
    best: tuple[float, int] | None = None
    for at, area in enumerate(menu.areas):
        if at == index:
            continue
        there = _middle(area.rect)
        forth = (there[0] - middle[0]) * step[0] + (there[1] - middle[1]) * step[1]
        aside = abs((there[0] - middle[0]) * step[1]) + abs((there[1] - middle[1]) * step[0])
        if forth > 0 and _lies_beyond(here, area.rect, step):
            far = forth + 3 * aside
            if best is None or far < best[0]:
                best = (far, at)
    return best[1] if best else index


def _middle(rect: Rect) -> tuple[float, float]:
    return rect.x + rect.width / 2, rect.y + rect.height / 2


def _lies_beyond(here: Rect, there: Rect, step: Step) -> bool:
    if step[0]:
        return there.x >= here.right if step[0] > 0 else there.right <= here.x
    return there.y >= here.bottom if step[1] > 0 else there.bottom <= here.y
