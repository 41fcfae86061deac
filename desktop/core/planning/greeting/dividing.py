"""Dividing the picture of a rich message freely: an area split in two, two joined, a line between areas moved. The grid of rich
menus does the work; LINE's imagemap takes any rectangles inside it (Messaging API reference, "Imagemap message", actions)."""

from __future__ import annotations

from dataclasses import replace

from desktop.core.planning.greeting.balloons import MAP_WIDTH, Area, RichMessage
from desktop.core.planning.rich_menu import grid
from desktop.core.planning.rich_menu.grid import Edge, NotPossible
from desktop.core.planning.rich_menu.menu import Area as Field
from desktop.core.planning.rich_menu.menu import Rect, RichMenu, Size

NEAR = 16
"""Pixels of the grid 1040 wide from which a line jumps onto another."""


def split(balloon: RichMessage, index: int, *, columns: int = 1, rows: int = 1) -> RichMessage | None:
    """One area in equal parts, of which the first keeps the action; None where they would be too many, or too small to tap."""
    try:
        return _drawn(balloon, grid.split(_menu(balloon), index, columns, rows))
    except NotPossible:
        return None


def joinable(balloon: RichMessage, index: int) -> tuple[int, ...]:
    """The areas that make one rectangle together with this one."""
    menu = _menu(balloon)
    others = (other for other in range(len(balloon.areas)) if other != index)
    return tuple(other for other in others if grid.can_merge(menu, (index, other)))


def joined(balloon: RichMessage, index: int, other: int) -> RichMessage:
    """Two areas as one, which keeps the action of the first.

    Raises:
        NotPossible: they make no rectangle.
    """
    return _drawn(balloon, grid.merge(_menu(balloon), (index, other)))


def line_at(balloon: RichMessage, x: float, y: float, reach: float) -> Edge | None:
    """The line between areas nearest to a point, within reach, in pixels of the grid 1040 wide."""
    near = [
        (abs((x if edge.vertical else y) - edge.at), edge)
        for edge in grid.edges(_menu(balloon))
        if edge.start <= (y if edge.vertical else x) <= edge.stop
    ]
    found = min(near, key=lambda one: one[0], default=None)
    return found[1] if found is not None and found[0] <= reach else None


def moved(balloon: RichMessage, edge: Edge, to: float) -> RichMessage:
    """A line moved as near to a place as there is room, onto another line or a twelfth of the picture where one is near."""
    menu = _menu(balloon)
    others = [
        one.at for one in grid.edges(menu) if one.vertical == edge.vertical and one.before != edge.before
    ]
    near = min((*others, *grid.steps(menu.size, vertical=edge.vertical)), key=lambda line: abs(line - to))
    at = near if abs(near - to) <= NEAR else round(to)
    return _drawn(balloon, grid.move_edge(menu, edge, at))


def _menu(balloon: RichMessage) -> RichMenu:
    fields = tuple(
        Field(Rect(area.x, area.y, area.width, area.height), action=area.action) for area in balloon.areas
    )
    return RichMenu(size=Size(MAP_WIDTH, balloon.height), areas=fields)


def _drawn(balloon: RichMessage, menu: RichMenu) -> RichMessage:
    return replace(balloon, areas=tuple(Area(*field.rect, field.action) for field in menu.areas))
