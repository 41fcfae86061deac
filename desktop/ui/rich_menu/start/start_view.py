"""From nothing to a set of menus: choose the kind of shop by what its menu would look like, give the two addresses only the owner
knows, and press once. All of it can be changed afterwards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.planning.rich_menu.start import LINKS, SETS, SHOP_KINDS, start_menu
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.menu_image.drawing import draw
from desktop.ui.rich_menu.parts.stacked_rows import StackedRows
from desktop.ui.rich_menu.parts.tiles import Tile, TileGrid
from desktop.ui.widgets.buttons import button, link_button, primary_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.fields import TextField, check_box
from desktop.ui.widgets.labels import heading, muted, small

TILE = QSize(176, 122)
COLUMNS = 5
SAMPLE_WIDTH = 420
FORM_WIDTH = 300
FIRST = "general"


class StartView(QWidget):
    """``begun(kind of shop, sets, links)``: the button was pressed; ``blank_wanted``; ``left``: back to the menus there are."""

    begun = Signal(str, tuple, dict)
    blank_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._samples: dict[str, QImage] = {}
        self.kinds = TileGrid(t("rich_menu_page.start.kinds"), COLUMNS)
        self.kinds.show_tiles(
            [
                (kind, Tile(t(f"rich_menu.shop.{kind}"), self._sample(kind), TILE, caption=True))
                for kind in SHOP_KINDS
            ]
        )
        self.kinds.set_value(FIRST)
        self.kinds.taken.connect(lambda _: self._show_button())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(heading(t("rich_menu_page.start.title")))
        column.addWidget(muted(t("rich_menu_page.start.text"), wrap=True))
        self._across = QHBoxLayout()
        self._across.setSpacing(theme.px(16))
        self._across.addWidget(_scrolling(self.kinds), 1)
        form = _scrolling(self._form())
        form.setFixedWidth(theme.px(FORM_WIDTH))
        self._across.addWidget(form)
        column.addLayout(self._across, 1)
        self._draw = QTimer(self, singleShot=True, interval=0)
        self._draw.timeout.connect(self._draw_next)
        self._show_button()

    @property
    def kind(self) -> str:
        """The kind of shop chosen."""
        return str(self.kinds.value() or FIRST)

    @property
    def sets(self) -> tuple[str, ...]:
        """Which menus are to be made."""
        return tuple(one for one in SETS if self.which[one].isChecked())

    @property
    def links(self) -> dict[str, str]:
        """Goal → address, where one was given."""
        return {
            goal: address for goal, field in self.addresses.items() if (address := _address(field.text()))
        }

    def show_for(self, *, first: bool) -> None:
        """Nothing is there yet, or more is wanted."""
        self.back.setVisible(not first)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw.start()

    def _form(self) -> QWidget:
        card = Card(t("rich_menu_page.start.form"))
        self.which = {}
        for one in SETS:
            box = check_box(t(f"rich_menu_page.start.menu.{one}"), checked=True)
            box.toggled.connect(lambda _: self._show_button())
            self.which[one] = box
            card.body.addWidget(box)
        rows = StackedRows()
        self.addresses = {}
        for goal in LINKS:
            field = TextField(t("rich_menu_page.example.uri"), t(f"rich_menu_page.start.link.{goal}"))
            self.addresses[goal] = field
            rows.add(t(f"rich_menu_page.start.link.{goal}"), field)
        card.body.addWidget(rows)
        card.body.addWidget(small(t("rich_menu_page.start.later"), wrap=True))
        self.go = primary_button("", lambda: self.begun.emit(self.kind, self.sets, self.links))
        card.body.addWidget(self.go)
        card.body.addStretch(1)
        self.blank = link_button(t("rich_menu_page.start.blank"), self.blank_wanted.emit, icon="plus")
        self.back = button(t("rich_menu_page.start.back"), self.left.emit, icon="arrow-left")
        card.body.addWidget(self.blank)
        card.body.addWidget(self.back)
        return card

    def _show_button(self) -> None:
        self.go.setText(t("rich_menu_page.start.go", n=len(self.sets), kind=t(f"rich_menu.shop.{self.kind}")))
        self.go.setAccessibleName(self.go.text())
        self.go.setEnabled(bool(self.sets))

    def _draw_next(self) -> None:
        """One picture at a time, so that the window stays alive."""
        missing = next((kind for kind in SHOP_KINDS if kind not in self._samples), None)
        if missing is None or not self.isVisible():
            return
        menu = start_menu("friend", SHOP_KINDS[missing], render)
        self._samples[missing] = draw(menu, lambda _: None, width=SAMPLE_WIDTH)
        self.kinds.tiles[missing].update()
        self._draw.start()

    def _sample(self, kind: str) -> Callable[[QPainter, QRect], None]:
        def paint(painter: QPainter, place: QRect) -> None:
            image = self._samples.get(kind)
            if image is None:
                return
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            room = QRectF(place)
            height = min(room.height(), room.width() * image.height() / image.width())
            width = height * image.width() / image.height()
            left, top = room.center().x() - width / 2, room.center().y() - height / 2
            painter.drawImage(QRectF(left, top, width, height), image)

        return paint


def _scrolling(inside: QWidget) -> QScrollArea:
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, theme.px(4), 0)
    column.addWidget(inside)
    column.addStretch(1)
    scroll.setWidget(box)
    return scroll


def _address(typed: str) -> str:
    clean = typed.strip()
    return clean if not clean or "://" in clean else f"https://{clean}"
