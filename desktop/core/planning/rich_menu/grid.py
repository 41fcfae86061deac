"""Editing the free grid: dividing and joining areas, moving the edges between them, snapping. Every function takes a menu and
gives a new one; areas never overlap, a menu that was covered stays covered, and no more than 20 areas come to be."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.planning.rich_menu.layouts import FREE
from desktop.core.planning.rich_menu.menu import MOST_AREAS, Area, Rect, RichMenu, Size

SMALLEST = 100
"""The smallest width and height of an area in pixels of the menu: about 4 mm on a phone; smaller ones cannot be tapped."""

STEPS = 12
"""Into how many equal parts each side is divided for snapping: halves, thirds, quarters and sixths are among them."""

REACH = 40
"""How near, in pixels of the menu, an edge has to come to a line to snap to it."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A piece of a line between areas that can be moved.

    Args:
        vertical: whether it stands upright (then ``at`` is an x, otherwise a y).
        at: where it is, in pixels.
        start, stop: from where to where it runs along the other axis.
        before: indexes of the areas left of it (above it).
        after: indexes of the areas right of it (below it).
    """

    vertical: bool
    at: int
    start: int
    stop: int
    before: tuple[int, ...]
    after: tuple[int, ...]


class NotPossible(UserError):
    """The grid cannot be edited so; the menu is as it was."""


def split(menu: RichMenu, index: int, columns: int = 2, rows: int = 1) -> RichMenu:
    """One area divided into equal parts; the first keeps what it says and does, the others are blank and follow it.

    Raises:
        NotPossible: more than 20 areas would be there, or parts too small to tap.
    """
    area = menu.areas[index]
    if len(menu.areas) - 1 + columns * rows > MOST_AREAS:
        raise NotPossible(message("rich_menu.grid.too_many", limit=MOST_AREAS))
    parts = _divided(area.rect, columns, rows)
    if any(part.width < SMALLEST or part.height < SMALLEST for part in parts):
        raise NotPossible(message("rich_menu.grid.too_small"))
    new = (replace(area, rect=parts[0]), *(Area(part) for part in parts[1:]))
    return _with(menu, (*menu.areas[:index], *new, *menu.areas[index + 1 :]))


def merge(menu: RichMenu, indexes: Collection[int]) -> RichMenu:
    """Several areas joined to one that keeps what the first of them says and does.

    Raises:
        NotPossible: together they are no rectangle.
    """
    if not can_merge(menu, indexes):
        raise NotPossible(message("rich_menu.grid.no_rectangle"))
    first = min(indexes)
    joined = replace(menu.areas[first], rect=_around(menu.areas[one].rect for one in indexes))
    areas = [joined if at == first else area for at, area in enumerate(menu.areas)]
    gone = set(indexes) - {first}
    return _with(menu, tuple(area for at, area in enumerate(areas) if at not in gone))


def can_merge(menu: RichMenu, indexes: Collection[int]) -> bool:
    """Whether these areas (two or more) fill one rectangle."""
    rects = [menu.areas[one].rect for one in set(indexes)]
    if len(rects) < 2:
        return False
    whole = _around(rects)
    return sum(rect.width * rect.height for rect in rects) == whole.width * whole.height


def edges(menu: RichMenu) -> tuple[Edge, ...]:
    """Every edge inside the menu that can be moved, upright ones first."""
    return (*_edges(menu, vertical=True), *_edges(menu, vertical=False))


def whole_line(menu: RichMenu, edge: Edge) -> Edge:
    """The edge with all edges that continue it in a straight line, to be moved together."""
    pieces = sorted(
        (one for one in edges(menu) if (one.vertical, one.at) == (edge.vertical, edge.at)),
        key=lambda one: one.start,
    )
    run = [edge]
    for one in pieces[pieces.index(edge) + 1 :] if edge in pieces else []:
        if one.start == run[-1].stop:
            run.append(one)
    for one in reversed(pieces[: pieces.index(edge)] if edge in pieces else []):
        if one.stop == run[0].start:
            run.insert(0, one)
    before = tuple(sorted(index for one in run for index in one.before))
    after = tuple(sorted(index for one in run for index in one.after))
    return replace(edge, start=run[0].start, stop=run[-1].stop, before=before, after=after)


def room(menu: RichMenu, edge: Edge) -> tuple[int, int]:
    """From where to where the edge can go so that every area beside it stays large enough to tap."""
    rects = [area.rect for area in menu.areas]
    ends = menu.size.width if edge.vertical else menu.size.height
    lows = [_start(rects[one], edge.vertical) + SMALLEST for one in edge.before]
    highs = [_stop(rects[one], edge.vertical) - SMALLEST for one in edge.after]
    low, high = max(lows, default=0), min(highs, default=ends)
    return min(low, edge.at), max(high, edge.at)


def move_edge(menu: RichMenu, edge: Edge, to: int) -> RichMenu:
    """The edge moved as near to ``to`` as there is room; the menu unchanged where something stands in the way."""
    low, high = room(menu, edge)
    at = min(max(to, low), high)
    areas = list(menu.areas)
    for one in edge.before:
        areas[one] = replace(areas[one], rect=_stopping(areas[one].rect, at, edge.vertical))
    for one in edge.after:
        areas[one] = replace(areas[one], rect=_starting(areas[one].rect, at, edge.vertical))
    if at == edge.at or overlapping(area.rect for area in areas):
        return menu
    return _with(menu, tuple(areas))


def snapped(menu: RichMenu, value: int, *, vertical: bool, without: Collection[int] = ()) -> int:
    """The value, or the nearest line within reach: an edge of another area before a step of the grid.

    Args:
        menu: the menu.
        value: an x (``vertical``) or a y.
        vertical: whether lines stand upright.
        without: indexes of areas whose edges do not count: those being moved.
    """
    own = {
        end
        for at, area in enumerate(menu.areas)
        if at not in without
        for end in (_start(area.rect, vertical), _stop(area.rect, vertical))
    }
    for lines in (own, set(steps(menu.size, vertical=vertical))):
        near = min(lines, key=lambda line: (abs(line - value), line), default=value)
        if abs(near - value) <= REACH:
            return near
    return value


def steps(size: Size, *, vertical: bool) -> tuple[int, ...]:
    """The lines of the grid to snap to, both borders included."""
    whole = size.width if vertical else size.height
    return tuple(round(whole * step / STEPS) for step in range(STEPS + 1))


def placed(menu: RichMenu, index: int, rect: Rect) -> RichMenu:
    """One area put elsewhere or given another size, kept inside the menu.

    Raises:
        NotPossible: it would lie over another area.
    """
    moved = _inside(rect, menu.size)
    if any(moved.overlaps(area.rect) for at, area in enumerate(menu.areas) if at != index):
        raise NotPossible(message("rich_menu.grid.overlap"))
    return _with(menu.with_area(index, rect=moved), None)


def added(menu: RichMenu, rect: Rect) -> RichMenu:
    """A blank area more, the last one.

    Raises:
        NotPossible: there are 20 already, or it would lie over another area.
    """
    if len(menu.areas) >= MOST_AREAS:
        raise NotPossible(message("rich_menu.grid.too_many", limit=MOST_AREAS))
    return placed(_with(menu, (*menu.areas, Area(Rect(0, 0, 0, 0)))), len(menu.areas), rect)


def removed(menu: RichMenu, index: int) -> RichMenu:
    """The menu without this area; its place does nothing when tapped."""
    return _with(menu, (*menu.areas[:index], *menu.areas[index + 1 :]))


def exchanged(menu: RichMenu, one: int, other: int) -> RichMenu:
    """What two areas say and do, exchanged; their places stay."""
    areas = list(menu.areas)
    first, second = areas[one], areas[other]
    areas[one], areas[other] = replace(second, rect=first.rect), replace(first, rect=second.rect)
    return replace(menu, areas=tuple(areas))


def overlapping(rects: Iterable[Rect]) -> tuple[tuple[int, int], ...]:
    """Pairs of indexes of rectangles that share a pixel."""
    known = list(rects)
    return tuple(
        (at, other)
        for at, rect in enumerate(known)
        for other in range(at + 1, len(known))
        if rect.overlaps(known[other])
    )


def covers(rects: Iterable[Rect], size: Size) -> bool:
    """Whether rectangles that do not overlap fill the whole menu."""
    known = list(rects)
    inside = all(rect.x >= 0 and rect.y >= 0 for rect in known)
    inside = inside and all(rect.right <= size.width and rect.bottom <= size.height for rect in known)
    filled = sum(rect.width * rect.height for rect in known)
    return inside and filled == size.width * size.height and not overlapping(known)


def _with(menu: RichMenu, areas: tuple[Area, ...] | None) -> RichMenu:
    return replace(menu, layout=FREE, areas=menu.areas if areas is None else areas)


def _divided(rect: Rect, columns: int, rows: int) -> list[Rect]:
    xs = [rect.x + round(rect.width * step / columns) for step in range(columns + 1)]
    ys = [rect.y + round(rect.height * step / rows) for step in range(rows + 1)]
    return [
        Rect(xs[column], ys[row], xs[column + 1] - xs[column], ys[row + 1] - ys[row])
        for row in range(rows)
        for column in range(columns)
    ]


def _around(rects: Iterable[Rect]) -> Rect:
    known = list(rects)
    x, y = min(rect.x for rect in known), min(rect.y for rect in known)
    right, bottom = max(rect.right for rect in known), max(rect.bottom for rect in known)
    return Rect(x, y, right - x, bottom - y)


def _edges(menu: RichMenu, *, vertical: bool) -> list[Edge]:
    rects = [area.rect for area in menu.areas]
    whole = menu.size.width if vertical else menu.size.height
    lines = {end for rect in rects for end in (_start(rect, vertical), _stop(rect, vertical))} - {0, whole}
    found = []
    for at in sorted(lines):
        before = [one for one, rect in enumerate(rects) if _stop(rect, vertical) == at]
        after = [one for one, rect in enumerate(rects) if _start(rect, vertical) == at]
        for group in _touching(rects, [*before, *after], vertical):
            along = [_along(rects[one], vertical) for one in group]
            found.append(
                Edge(
                    vertical,
                    at,
                    min(start for start, _ in along),
                    max(stop for _, stop in along),
                    tuple(one for one in before if one in group),
                    tuple(one for one in after if one in group),
                )
            )
    return sorted(found, key=lambda edge: (edge.at, edge.start))


def _touching(rects: list[Rect], indexes: list[int], vertical: bool) -> list[set[int]]:
    """The areas along one line in groups that share some length of it: these move together."""
    groups: list[tuple[set[int], int, int]] = []
    for one in sorted(indexes, key=lambda index: _along(rects[index], vertical)):
        start, stop = _along(rects[one], vertical)
        if groups and start < groups[-1][2]:
            members, first, last = groups[-1]
            groups[-1] = (members | {one}, first, max(last, stop))
        else:
            groups.append(({one}, start, stop))
    return [members for members, _, _ in groups]


def _start(rect: Rect, vertical: bool) -> int:
    return rect.x if vertical else rect.y


def _stop(rect: Rect, vertical: bool) -> int:
    return rect.right if vertical else rect.bottom


def _along(rect: Rect, vertical: bool) -> tuple[int, int]:
    return (rect.y, rect.bottom) if vertical else (rect.x, rect.right)


def _stopping(rect: Rect, at: int, vertical: bool) -> Rect:
    return rect._replace(width=at - rect.x) if vertical else rect._replace(height=at - rect.y)


def _starting(rect: Rect, at: int, vertical: bool) -> Rect:
    if vertical:
        return rect._replace(x=at, width=rect.right - at)
    return rect._replace(y=at, height=rect.bottom - at)


def _inside(rect: Rect, size: Size) -> Rect:
    width = min(max(rect.width, SMALLEST), size.width)
    height = min(max(rect.height, SMALLEST), size.height)
    x = min(max(rect.x, 0), size.width - width)
    y = min(max(rect.y, 0), size.height - height)
    return Rect(x, y, width, height)
