"""Ready divisions of a menu: those of LINE's manager for its large and its compact size, and some of our own with tabs or a
wide banner. A layout is a grid of cells, so that it fits every size without gaps or overlapping pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

from desktop.core.planning.rich_menu.menu import COMPACT, LARGE, Area, Rect, RichMenu, Size

FREE = "free"
"""The layout of a menu whose grid was edited."""


class Cell(NamedTuple):
    """A part of a layout in steps of its grid."""

    column: int
    row: int
    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Layout:
    """One division.

    Args:
        id: as a menu keeps it; its name is the text ``rich_menu.layout.<id>``.
        columns, rows: steps of the grid.
        cells: the parts, in reading order; they cover the grid and never overlap.
        size: for which of LINE's sizes it was made.
        tabs: how many of the first parts are tabs.
        own: not one of LINE's own templates.
    """

    id: str
    columns: int
    rows: int
    cells: tuple[Cell, ...]
    size: Size = LARGE
    tabs: int = 0
    own: bool = False


def _even(columns: int, rows: int, *, top: int = 0, wide: int = 1, high: int = 1) -> tuple[Cell, ...]:
    """Equal cells of ``wide`` × ``high`` steps, from the grid's row ``top`` on."""
    return tuple(
        Cell(column * wide, top + row * high, wide, high) for row in range(rows) for column in range(columns)
    )


_ALL = (
    Layout("large_6", 3, 2, _even(3, 2)),
    Layout("large_4", 2, 2, _even(2, 2)),
    Layout("large_banner_3", 3, 2, (Cell(0, 0, 3, 1), *_even(3, 1, top=1))),
    Layout("large_left_2", 3, 2, (Cell(0, 0, 2, 2), Cell(2, 0, 1, 1), Cell(2, 1, 1, 1))),
    Layout("large_rows_2", 1, 2, _even(1, 2)),
    Layout("large_halves", 2, 1, _even(2, 1)),
    Layout("large_1", 1, 1, _even(1, 1)),
    Layout(
        "large_tabs_2", 6, 7, (*_even(2, 1, wide=3), *_even(3, 2, top=1, wide=2, high=3)), tabs=2, own=True
    ),
    Layout("large_tabs_3", 3, 7, (*_even(3, 1), *_even(3, 2, top=1, high=3)), tabs=3, own=True),
    Layout("large_banner_6", 3, 3, (Cell(0, 0, 3, 1), *_even(3, 2, top=1)), own=True),
    Layout(
        "large_left_4", 4, 2, (Cell(0, 0, 2, 2), *(Cell(2 + n % 2, n // 2, 1, 1) for n in range(4))), own=True
    ),
    Layout("large_8", 4, 2, _even(4, 2), own=True),
    Layout("large_9", 3, 3, _even(3, 3), own=True),
    Layout("compact_3", 3, 1, _even(3, 1), COMPACT),
    Layout("compact_right", 3, 1, (Cell(0, 0, 1, 1), Cell(1, 0, 2, 1)), COMPACT),
    Layout("compact_left", 3, 1, (Cell(0, 0, 2, 1), Cell(2, 0, 1, 1)), COMPACT),
    Layout("compact_halves", 2, 1, _even(2, 1), COMPACT),
    Layout("compact_1", 1, 1, _even(1, 1), COMPACT),
    Layout("compact_4", 4, 1, _even(4, 1), COMPACT, own=True),
    Layout("compact_6", 3, 2, _even(3, 2), COMPACT, own=True),
)

LAYOUTS: Mapping[str, Layout] = MappingProxyType({layout.id: layout for layout in _ALL})
"""Every layout by its id: LINE's seven large and five compact templates, and our own."""


def for_size(size: Size) -> tuple[Layout, ...]:
    """The layouts made for a size: LINE's first, then our own; another size takes those of the nearer one."""
    nearer = min((LARGE, COMPACT), key=lambda one: abs(one.ratio - size.ratio))
    return tuple(layout for layout in _ALL if layout.size == nearer)


def rects(layout: Layout, size: Size) -> tuple[Rect, ...]:
    """The layout's parts in pixels of a menu of that size; they cover it to the last pixel without overlapping."""

    def across(step: int) -> int:
        return round(step * size.width / layout.columns)

    def down(step: int) -> int:
        return round(step * size.height / layout.rows)

    found = []
    for cell in layout.cells:
        x, y = across(cell.column), down(cell.row)
        right, bottom = across(cell.column + cell.columns), down(cell.row + cell.rows)
        found.append(Rect(x, y, right - x, bottom - y))
    return tuple(found)


def laid_out(menu: RichMenu, layout: Layout, size: Size | None = None) -> RichMenu:
    """The menu in another layout: its areas keep what they say and do, in their order; new ones are blank.

    Areas for which the layout has no room are left out, the blank ones first.
    """
    size = size or menu.size
    places = rects(layout, size)
    kept = list(menu.areas)
    for area in reversed(menu.areas):
        if len(kept) > len(places) and replace(area, rect=_NOWHERE) == Area(_NOWHERE):
            kept.remove(area)
    kept += [Area(_NOWHERE)] * (len(places) - len(kept))
    areas = tuple(replace(area, rect=place) for area, place in zip(kept, places, strict=False))
    return replace(menu, layout=layout.id, size=size, areas=areas)


def scaled(menu: RichMenu, size: Size) -> RichMenu:
    """The menu in another size, its areas in the same proportions; edges that met still meet."""

    def across(x: int) -> int:
        return round(x * size.width / menu.size.width)

    def down(y: int) -> int:
        return round(y * size.height / menu.size.height)

    areas = []
    for area in menu.areas:
        x, y = across(area.rect.x), down(area.rect.y)
        rect = Rect(x, y, across(area.rect.right) - x, down(area.rect.bottom) - y)
        areas.append(replace(area, rect=rect))
    return replace(menu, size=size, areas=tuple(areas))


_NOWHERE = Rect(0, 0, 0, 0)
