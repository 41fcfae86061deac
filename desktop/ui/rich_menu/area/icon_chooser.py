"""The icons an area can have, as pictures to choose from; the first is none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter

from desktop.core.planning.rich_menu.icons import ICONS
from desktop.text import t
from desktop.ui import icons, theme
from desktop.ui.rich_menu.parts.tiles import Tile, TileGrid

TILE = QSize(34, 34)
COLUMNS = 7


class IconChooser(TileGrid):
    """``taken(name)``: an icon, or "" for none."""

    def __init__(self) -> None:
        super().__init__(t("rich_menu_page.icon"), COLUMNS)
        self._chosen: object = ""

    def set_value(self, value: object) -> None:
        """Mark one; the tiles are made when they are first wanted."""
        self._chosen = value
        super().set_value(value)

    def build(self) -> None:
        """Make the tiles."""
        if self.tiles:
            return
        tiles: list[tuple[object, Tile]] = [
            ("", Tile(t("rich_menu_page.icon.none"), _paint("prohibit", "muted"), TILE))
        ]
        tiles += [(name, Tile(t(f"rich_menu.icon.{name}"), _paint(name, "ink"), TILE)) for name in ICONS]
        self.show_tiles(tiles)
        self.set_value(self._chosen)


def _paint(name: str, role: str) -> Callable[[QPainter, QRect], None]:
    def paint(painter: QPainter, place: QRect) -> None:
        icons.paint(painter, place.adjusted(1, 1, -1, -1), name, theme.colour(role))

    return paint
