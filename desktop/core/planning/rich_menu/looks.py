"""The looks in which the program draws menus, and the palettes of shop colours for them. How a look is painted is in
desktop/ui/menu_image; here are their names and colours, so that plans and checks know them without a window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

LOOKS = ("tint", "solid", "cards", "gradient", "lines", "pop", "photo", "night")
"""Every look; its name is the text ``rich_menu.look.<look>``."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of a shop, as ``#rrggbb``.

    Args:
        id: its name is the text ``rich_menu.palette.<id>``.
        main: what the shop is known by.
        accent: a second colour for what should be tapped first.
        paper: a light ground that goes with both.
        others: further colours for looks that give each area its own.
    """

    id: str
    main: str
    accent: str
    paper: str
    others: tuple[str, ...]


_ALL = (
    Palette("forest", "#2f7d5b", "#d98b2b", "#f4f7f1", ("#4f9a78", "#8fae5d", "#c9743f", "#3d6f8c")),
    Palette("coffee", "#6b4a35", "#c98a4b", "#faf5ee", ("#8a6548", "#a8794f", "#556b4f", "#b0573f")),
    Palette("berry", "#b03a5b", "#e7a33e", "#fdf4f5", ("#d0637f", "#7a4a78", "#e08a5b", "#5c7a9c")),
    Palette("ocean", "#1f5f8b", "#f08a4b", "#f1f7fb", ("#3b86b5", "#2a9d8f", "#5a6fb0", "#e3b04b")),
    Palette("sun", "#e58a1f", "#c8452e", "#fff9ee", ("#f0ac3f", "#d9653b", "#7d9b4f", "#3f8c8c")),
    Palette("sakura", "#d77a94", "#7b9e6b", "#fff6f8", ("#e79fb2", "#b67fa8", "#8fb58a", "#e3b48f")),
    Palette("mint", "#3d9e93", "#ef8f6b", "#f2faf8", ("#62b8ab", "#7cb16f", "#f0b45f", "#5f8fc0")),
    Palette("lavender", "#6c5ba7", "#e39a57", "#f7f5fc", ("#8a7bc0", "#a76ba0", "#5f88b8", "#d97b8e")),
    Palette("red", "#b9302b", "#d9a441", "#fdf6f0", ("#d0554a", "#8c2f39", "#c9792f", "#5b6e4f")),
    Palette("ink", "#2b2f36", "#c49a4a", "#f6f5f2", ("#4a505a", "#6b6257", "#8a7350", "#3f5560")),
)

PALETTES: Mapping[str, Palette] = MappingProxyType({palette.id: palette for palette in _ALL})
"""Every palette by its id."""


def palette_of(name: str) -> Palette:
    """The palette of that name, or the first one if there is none (a plan of a later version)."""
    return PALETTES.get(name, _ALL[0])
