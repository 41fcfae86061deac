"""The gallery of layouts: LINE's own templates for the large and the compact size, and more of ours. What the areas say and do
moves into the new layout."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.planning.rich_menu.layouts import FREE, LAYOUTS, Layout, for_size, laid_out, rects, scaled
from desktop.core.planning.rich_menu.menu import COMPACT, LARGE, Size
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.rich_menu.open_menu import OpenMenu
from desktop.ui.rich_menu.parts.segments import Segments
from desktop.ui.rich_menu.parts.tiles import Tile, TileGrid
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import muted, small

TILE = QSize(58, 44)
COLUMNS = 3
SIZES = ("large", "compact")


class LayoutCard(Card):
    """See the module."""

    def __init__(self, open_menu: OpenMenu) -> None:
        super().__init__(t("rich_menu_page.layout"))
        self._open = open_menu
        self.size_choice = Segments(
            t("rich_menu_page.size"),
            [(LARGE, t("rich_menu_page.size.large")), (COMPACT, t("rich_menu_page.size.compact"))],
        )
        self.size_choice.chosen.connect(self._choose_size)
        self.body.addWidget(self.size_choice)
        self.lines, self.ours = (TileGrid(t("rich_menu_page.layout"), COLUMNS) for _ in range(2))
        for grid in (self.lines, self.ours):
            grid.taken.connect(self._choose)
        self.body.addWidget(self.lines)
        self._more = QWidget()
        column = QVBoxLayout(self._more)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(muted(t("rich_menu_page.layout.ours"), wrap=True))
        column.addWidget(self.ours)
        self.body.addWidget(self._more)
        self.pixels = muted()
        self.body.addWidget(self.pixels)
        self.body.addWidget(small(t("rich_menu_page.layout.free_hint"), wrap=True))
        self._offered: tuple[Layout, ...] = ()
        open_menu.edited.connect(self.show_menu)
        open_menu.shown.connect(self.show_menu)

    def show_menu(self) -> None:
        """Show which layout the menu has."""
        menu = self._open.menu
        offered = for_size(menu.size)
        if offered != self._offered:
            self._offered = offered
            self.lines.show_tiles([(one.id, _tile(one)) for one in offered if not one.own])
            self.ours.show_tiles([(one.id, _tile(one)) for one in offered if one.own])
        for grid in (self.lines, self.ours):
            grid.set_value(menu.layout)
        self.size_choice.set_value(offered[0].size)
        width, height = (i18n.number(side).replace(",", "") for side in menu.size)
        name = t("rich_menu_page.layout.free") if menu.layout == FREE else self._size_name(menu.size)
        self.pixels.setText(f"{width} × {height}　{name}")

    def _size_name(self, size: Size) -> str:
        known = {LARGE: "large", COMPACT: "compact"}.get(size)
        return t(f"rich_menu_page.size.{known}") if known in SIZES else t("rich_menu_page.size.own")

    def _choose(self, layout: object) -> None:
        self._open.put(laid_out(self._open.menu, LAYOUTS[str(layout)]))

    def _choose_size(self, size: object) -> None:
        menu = self._open.menu
        assert isinstance(size, Size)
        same = [one for one in for_size(size) if len(one.cells) == len(menu.areas)]
        if same:
            self._open.put(laid_out(menu, same[0], size))
        else:
            self._open.put(scaled(menu, size))


def _tile(layout: Layout) -> Tile:
    name = t("rich_menu_page.layout.spoken", name=t(f"rich_menu.layout.{layout.id}"), n=len(layout.cells))

    def paint(painter: QPainter, place: QRect) -> None:
        room = QRectF(place)
        height = min(room.height(), room.width() / layout.size.ratio)
        width = height * layout.size.ratio
        left, top = room.center().x() - width / 2, room.center().y() - height / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line_strong"))
        for rect in rects(layout, layout.size):
            across, down = width / layout.size.width, height / layout.size.height
            cell = QRectF(
                left + rect.x * across, top + rect.y * down, rect.width * across, rect.height * down
            )
            painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), 2, 2)

    return Tile(name, paint, TILE)
