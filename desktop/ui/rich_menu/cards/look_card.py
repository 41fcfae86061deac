"""How the menu looks: one of the program's looks in the colours of the shop, seen on the menu itself, or the owner's picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QRect, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.planning.rich_menu.looks import LOOKS, PALETTES, palette_of
from desktop.core.planning.rich_menu.menu import RichMenu
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.menu_image.drawing import draw
from desktop.ui.rich_menu.files.kept_pictures import KeptPictures
from desktop.ui.rich_menu.open_menu import OpenMenu
from desktop.ui.rich_menu.parts.colour_dialog import ask_colour
from desktop.ui.rich_menu.parts.swatches import Swatches
from desktop.ui.rich_menu.parts.tiles import Tile, TileGrid
from desktop.ui.widgets.buttons import button, link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import muted, small

TILE = QSize(88, 68)
SAMPLE_WIDTH = 260
PAUSE_MS = 350


class LookCard(Card):
    """``own_wanted``: a picture of the owner's is to be used."""

    own_wanted = Signal()

    def __init__(self, desk: Desk, open_menu: OpenMenu, pictures: KeptPictures) -> None:
        super().__init__(t("rich_menu_page.look"))
        self._desk, self._open, self._pictures = desk, open_menu, pictures
        self._samples: dict[str, QImage] = {}
        self._drawn: RichMenu | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._draw)
        self.body.addWidget(self._drawn_part())
        self.own_hint = small(t("rich_menu_page.own.hint"), wrap=True)
        self.own = button(t("rich_menu_page.own.choose"), self.own_wanted.emit, icon="folder-open")
        self.back = link_button(
            t("rich_menu_page.own.back"), lambda: open_menu.change(own_picture=None), icon="arrow-left"
        )
        self.body.addWidget(self.own)
        self.body.addWidget(self.own_hint)
        self.body.addWidget(self.back)
        open_menu.edited.connect(self.show_menu)
        open_menu.shown.connect(self.show_menu)

    def show_menu(self) -> None:
        """Show what the menu has."""
        menu = self._open.menu
        self.drawn.setVisible(menu.own_picture is None)
        self.back.setVisible(menu.own_picture is not None)
        another = (
            "rich_menu_page.own.another" if menu.own_picture is not None else "rich_menu_page.own.choose"
        )
        self.own.setText(t(another))
        self.looks.set_value(menu.style.look)
        self.palettes.set_value(menu.style.palette, menu.style.colour)
        if self.isVisible():
            self._pause.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pause.start(0)

    def _drawn_part(self) -> QWidget:
        self.drawn = QWidget()
        column = QVBoxLayout(self.drawn)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.looks = TileGrid(t("rich_menu_page.look"), 2)
        self.looks.show_tiles(
            [
                (look, Tile(t(f"rich_menu.look.{look}"), self._sample(look), TILE, caption=True))
                for look in LOOKS
            ]
        )
        self.looks.taken.connect(lambda look: self._put(look=look))
        self.palettes = Swatches(t("rich_menu_page.palette"))
        self.palettes.offer(
            [
                (one.id, t(f"rich_menu.palette.{one.id}"), (one.main, one.accent, one.others[0]))
                for one in PALETTES.values()
            ]
        )
        self.palettes.taken.connect(lambda palette: self._put(palette=palette, colour=""))
        self.palettes.any_wanted.connect(self._any_colour)
        column.addWidget(muted(t("rich_menu_page.palette")))
        column.addWidget(self.palettes)
        column.addWidget(self.looks)
        return self.drawn

    def _put(self, **style: object) -> None:
        changed = replace(self._open.menu.style, **style)  # type: ignore[arg-type]
        self._open.change(style=changed)

    def _any_colour(self) -> None:
        style = self._open.menu.style
        now = style.colour or palette_of(style.palette).main
        ask_colour(self._desk, self, now, lambda colour: self._put(colour=colour))

    def _draw(self) -> None:
        menu = self._open.menu
        if menu == self._drawn or menu.own_picture is not None:
            return
        self._drawn = menu
        for look in LOOKS:
            other = replace(menu, style=replace(menu.style, look=look))
            self._samples[look] = draw(other, self._pictures, width=SAMPLE_WIDTH)
        for tile in self.looks.tiles.values():
            tile.update()

    def _sample(self, look: str) -> Callable[[QPainter, QRect], None]:
        def paint(painter: QPainter, place: QRect) -> None:
            image = self._samples.get(look)
            if image is None:
                return
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            room = QRectF(place)
            height = min(room.height(), room.width() * image.height() / image.width())
            width = height * image.width() / image.height()
            left, top = room.center().x() - width / 2, room.center().y() - height / 2
            painter.drawImage(QRectF(left, top, width, height), image)

        return paint
