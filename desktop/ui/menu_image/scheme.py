"""Which colours each area of a menu takes in each look, so that every text can be read on what lies under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from desktop.core.planning.actions import ActionKind
from desktop.core.planning.rich_menu.colours import (
    BLACK,
    READABLE,
    WHITE,
    contrast,
    deep_enough,
    ink_on,
    is_colour,
    mixed,
    readable,
)
from desktop.core.planning.rich_menu.layouts import LAYOUTS
from desktop.core.planning.rich_menu.looks import Palette, palette_of
from desktop.core.planning.rich_menu.menu import Area, RichMenu

PHOTO_INK = WHITE
PHOTO_SHADE = "#14171a"
PHOTO_SHADE_STRENGTH = 0.66
"""Share of the shade over a photo under text: white text keeps 4.5 even on a white photo."""

NEARLY_READABLE = 3.2
"""From this contrast to white on, a colour of the owner's is deepened a little until white can be read on it."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies behind the areas: a colour, or two from the upper left to the lower right corner."""

    first: str
    second: str = ""


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one area.

    Args:
        fill: of the area; empty: the ground shows through.
        ink: title; faint: subtitle; icon: the icon.
        badge: a disc behind the icon; empty: none.
        line: a frame or rule; empty: none.
        grounds: every colour that may lie under the texts.
    """

    fill: str
    ink: str
    faint: str
    icon: str
    badge: str = ""
    line: str = ""
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """What an area is in its menu.

    Args:
        number: in reading order; tabs are counted apart.
        shade: column and row together, so that areas beside each other differ.
        hero: it stands out.
        tab, open_tab: it is a tab, and the one that is open.
    """

    number: int
    shade: int = 0
    hero: bool = False
    tab: bool = False
    open_tab: bool = False


def palette_for(menu: RichMenu) -> Palette:
    """The menu's palette, with the shop's own colour in place of the main one if there is one."""
    palette = palette_of(menu.style.palette)
    own = menu.style.colour
    if not is_colour(own):
        return palette
    tints = tuple(mixed(own, other, 0.35) for other in palette.others)
    return replace(palette, main=own, paper=mixed(own, WHITE, 0.94), others=tints)


def roles(menu: RichMenu) -> tuple[Role, ...]:
    """The role of each area. The one that is much larger than most stands out; tabs come from the layout."""
    layout = LAYOUTS.get(menu.layout)
    tabs = layout.tabs if layout is not None else 0
    switches = [area.action.kind is ActionKind.SWITCH for area in menu.areas[:tabs]]
    opened = switches.index(False) if False in switches else 0
    sizes = [area.rect.width * area.rect.height for area in menu.areas[tabs:]]
    usual = sorted(sizes)[(len(sizes) - 1) // 2] if sizes else 0
    heroes = [size >= 1.45 * usual for size in sizes]
    columns = sorted({area.rect.x for area in menu.areas[tabs:]})
    rows = sorted({area.rect.y for area in menu.areas[tabs:]})
    found = [Role(at, tab=True, open_tab=at == opened) for at in range(min(tabs, len(menu.areas)))]
    for at, area in enumerate(menu.areas[tabs:]):
        shade = columns.index(area.rect.x) + rows.index(area.rect.y)
        found.append(Role(at, shade, hero=heroes[at] and heroes.count(True) == 1))
    return tuple(found)


def ground_of(menu: RichMenu) -> Ground:
    """What lies behind the areas in the menu's look."""
    palette = palette_for(menu)
    main = palette.main
    if menu.style.look == "cards":
        return Ground(mixed(main, WHITE, 0.12), mixed(main, BLACK, 0.22))
    if menu.style.look == "gradient":
        return Ground(deep_enough(main), deep_enough(mixed(palette.others[1], main, 0.35)))
    if menu.style.look == "lines":
        return Ground(mixed(palette.paper, WHITE, 0.5))
    if menu.style.look == "night":
        return Ground("#121417")
    return Ground(WHITE)


def colours_of(menu: RichMenu, area: Area, role: Role) -> Colours:
    """The colours of one area in the menu's look; its own colour wins, and the inks follow it."""
    palette = palette_for(menu)
    look = _LOOKS.get(menu.style.look, _tint)
    if is_colour(area.colour):
        return _own(area.colour, menu.style.look)
    return look(palette, role)


def on_photo(colours: Colours) -> Colours:
    """The colours of an area whose photo lies under its texts."""
    shaded = mixed(WHITE, PHOTO_SHADE, PHOTO_SHADE_STRENGTH)
    return replace(colours, ink=PHOTO_INK, faint=PHOTO_INK, icon=PHOTO_INK, badge="", grounds=(shaded,))


def _on(fill: str, ink: str, *, icon: str = "", badge: str = "", line: str = "", faint: str = "") -> Colours:
    ink = readable(ink, fill)
    faint = readable(faint or mixed(ink, fill, 0.28), fill)
    under_icon = badge or fill
    return Colours(fill, ink, faint, readable(icon or ink, under_icon, 3.0), badge, line, (fill,))


def _own(colour: str, look: str) -> Colours:
    # White on a slightly deeper red looks like the shop's red; black on red does not look like the shop.
    if contrast(WHITE, colour) >= NEARLY_READABLE:
        colour = deep_enough(colour)
    ink = ink_on(colour)
    if look == "cards":
        return _on(colour, ink, icon=colour, badge=mixed(ink, colour, 0.08))
    if look == "pop":
        return _on(colour, ink, icon=colour, badge=WHITE if ink != WHITE else mixed(WHITE, colour, 0.06))
    return _on(colour, ink, line=mixed(ink, colour, 0.6))


def _tint(palette: Palette, role: Role) -> Colours:
    if role.hero or role.open_tab:
        fill = deep_enough(palette.main)
        return _on(fill, WHITE)
    if role.tab:
        return _on(mixed(palette.main, WHITE, 0.7), mixed(palette.main, BLACK, 0.6))
    return _on(mixed(palette.main, WHITE, 0.88), mixed(palette.main, BLACK, 0.62), icon=palette.main)


def _solid(palette: Palette, role: Role) -> Colours:
    base = deep_enough(palette.main)
    if role.hero:
        return _on(palette.accent, ink_on(palette.accent))
    if role.tab:
        return _on(base if role.open_tab else mixed(base, BLACK, 0.35), WHITE)
    shades = (base, mixed(base, BLACK, 0.14))
    return _on(shades[role.shade % 2], WHITE)


def _cards(palette: Palette, role: Role) -> Colours:
    dark = mixed(palette.main, BLACK, 0.55)
    if role.tab:
        return _on(WHITE if role.open_tab else mixed(palette.main, WHITE, 0.62), dark)
    if role.hero:
        return _on(WHITE, dark, icon=WHITE, badge=deep_enough(palette.main, 3.0))
    return _on(WHITE, dark, icon=palette.main, badge=mixed(palette.main, WHITE, 0.86))


def _gradient(palette: Palette, role: Role) -> Colours:
    first = deep_enough(palette.main)
    second = deep_enough(mixed(palette.others[1], palette.main, 0.35))
    line = mixed(first, WHITE, 0.55)
    faint = mixed(WHITE, first, 0.06)
    found = Colours("", WHITE, faint, WHITE, line=line, grounds=(first, second))
    if min(contrast(faint, first), contrast(faint, second)) < READABLE:
        found = replace(found, faint=WHITE)
    if role.tab:
        return _on(mixed(first, BLACK, 0.38), WHITE) if not role.open_tab else found
    return found


def _lines(palette: Palette, role: Role) -> Colours:
    paper = mixed(palette.paper, WHITE, 0.5)
    line = mixed(palette.main, paper, 0.62)
    if role.tab and role.open_tab:
        return replace(_on(deep_enough(palette.main), WHITE), line="")
    dark = mixed(palette.main, BLACK, 0.68)
    found = _on(paper, dark, icon=palette.main, line=line, faint=mixed(dark, paper, 0.35))
    return replace(found, icon=readable(palette.accent, paper, 3.0)) if role.hero else found


def _pop(palette: Palette, role: Role) -> Colours:
    strong = (palette.main, palette.accent, *palette.others)
    if role.tab:
        fill = deep_enough(palette.main) if role.open_tab else mixed(palette.main, WHITE, 0.72)
        return _on(fill, WHITE if role.open_tab else mixed(palette.main, BLACK, 0.6))
    colour = palette.main if role.hero else strong[(role.number + 1) % len(strong)]
    if role.hero:
        return _on(deep_enough(colour), WHITE, icon=colour, badge=WHITE)
    fill = mixed(colour, WHITE, 0.74)
    return _on(fill, mixed(colour, BLACK, 0.66), icon=colour, badge=WHITE)


def _photo(palette: Palette, role: Role) -> Colours:
    base = deep_enough(palette.main)
    if role.tab:
        return _on(base if role.open_tab else mixed(base, BLACK, 0.4), WHITE)
    shades = (base, mixed(base, BLACK, 0.2), deep_enough(mixed(base, palette.others[0], 0.6)))
    return _on(base if role.hero else shades[role.shade % 3], WHITE)


def _night(palette: Palette, role: Role) -> Colours:
    fill = mixed("#1d2025", palette.main, 0.1)
    gold = readable(mixed(palette.accent, WHITE, 0.12), fill, 4.5)
    if role.tab and not role.open_tab:
        fill = "#121417"
    line = mixed(fill, gold, 0.85 if role.hero or role.open_tab else 0.34)
    return _on(fill, "#f4f1ea", icon=gold, line=line, faint="#c9c4b8")


_LOOKS: Mapping[str, Callable[[Palette, Role], Colours]] = MappingProxyType(
    {
        "tint": _tint,
        "solid": _solid,
        "cards": _cards,
        "gradient": _gradient,
        "lines": _lines,
        "pop": _pop,
        "photo": _photo,
        "night": _night,
    }
)
