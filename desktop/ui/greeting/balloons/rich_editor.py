"""Editor of a rich message: a picture, how it is divided, and what each part does when tapped."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.core.planning.actions import NO_ACTION, Action, Place
from desktop.core.planning.greeting import dividing
from desktop.core.planning.greeting.balloons import MAP_WIDTH, Area, Balloon, RichMessage
from desktop.core.planning.rich_menu.grid import Edge
from desktop.text import t
from desktop.ui import theme
from desktop.ui.greeting.balloons.action_form import ActionForm
from desktop.ui.greeting.balloons.address_row import AddressRow
from desktop.ui.greeting.balloons.editors import BalloonEditor, kind_title, labelled
from desktop.ui.greeting.balloons.picture_field import PictureField
from desktop.ui.greeting.tools import Tools
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.fields import Select, TextField
from desktop.ui.widgets.labels import text_label

LAYOUTS: dict[str, tuple[tuple[float, float, float, float], ...]] = {
    "one": ((0, 0, 1, 1),),
    "columns": ((0, 0, 1 / 2, 1), (1 / 2, 0, 1 / 2, 1)),
    "rows": ((0, 0, 1, 1 / 2), (0, 1 / 2, 1, 1 / 2)),
    "three_rows": tuple((0, at / 3, 1, 1 / 3) for at in range(3)),
    "head_two": ((0, 0, 1, 1 / 2), (0, 1 / 2, 1 / 2, 1 / 2), (1 / 2, 1 / 2, 1 / 2, 1 / 2)),
    "four": tuple((x / 2, y / 2, 1 / 2, 1 / 2) for y in range(2) for x in range(2)),
    "six": tuple((x / 3, y / 2, 1 / 3, 1 / 2) for y in range(2) for x in range(3)),
}
"""Ways to divide a picture, in shares of its width and height: those of LINE's manager."""

OWN = "own"
REACH = 5
"""Pixels from a line within which it is taken hold of."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def divided(layout: str, height: int, actions: tuple[Action, ...] = ()) -> tuple[Area, ...]:
    """The areas of a layout; they take over actions in their order.

    Args:
        layout: one of LAYOUTS.
        height: of the picture on the grid 1040 wide.
        actions: of the areas before.
    """
    areas = []
    for number, (x, y, width, high) in enumerate(LAYOUTS[layout]):
        left, top = round(x * MAP_WIDTH), round(y * height)
        right, bottom = round((x + width) * MAP_WIDTH), round((y + high) * height)
        action = actions[number] if number < len(actions) else NO_ACTION
        areas.append(Area(left, top, right - left, bottom - top, action))
    return tuple(areas)


def layout_of(balloon: RichMessage) -> str:
    """Which layout the areas follow; OWN for none."""
    actions = tuple(area.action for area in balloon.areas)
    for layout in LAYOUTS:
        if divided(layout, balloon.height, actions) == balloon.areas:
            return layout
    return OWN


def _choices(*, own: bool) -> list[tuple[str, str]]:
    """The layouts, and one's own where the picture has it."""
    known = [(layout, t(f"greeting_page.layout.{layout}")) for layout in LAYOUTS]
    return [*known, (OWN, t("greeting_page.layout.own"))] if own else known


def _place_of(balloon: RichMessage, edge: Edge) -> int:
    """Where a line stands now."""
    area = balloon.areas[edge.before[0]]
    return area.x + area.width if edge.vertical else area.y + area.height


class RichEditor(BalloonEditor):
    """See the module."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.balloon = RichMessage()
        self.picture = AreaPicture(kind_title("rich_message"), tools, height=150)
        self.picture.chosen.connect(self._take_picture)
        self.picture.divided.connect(self._take_areas)
        self.column.addWidget(self.picture)
        self.layout_choice = Select(t("greeting_page.layout"), _choices(own=False))
        self.layout_choice.chosen.connect(self._divide)
        self.column.addWidget(self.layout_choice, 0, Qt.AlignmentFlag.AlignLeft)
        self._rows: list[QWidget] = []
        self.forms: list[ActionForm] = []
        self.alt = TextField(t("greeting_page.alt_example"), t("greeting_page.alt"))
        self.alt.setToolTip(t("greeting_page.alt_hint"))
        self.alt.textEdited.connect(lambda text: self._change(alt=text))
        self.column.addWidget(labelled(self.alt, t("greeting_page.alt")))
        self.address = AddressRow("https://example.com/hello", t("greeting_page.map_address_hint"))
        self.address.edited.connect(lambda address: self._change(url=address))
        self.column.addWidget(self.address)

    def show_balloon(self, balloon: Balloon) -> None:
        assert isinstance(balloon, RichMessage)
        self.balloon = balloon
        if self.alt.text() != balloon.alt:
            self.alt.setText(balloon.alt)
        self.address.show_address(balloon.url)
        self._show_areas()

    def status(self) -> tuple[str, bool]:
        if self.balloon.picture is None and not self.balloon.url:
            return t("greeting_page.no_picture"), True
        return f"{MAP_WIDTH}×{self.balloon.height}", False

    def first_field(self) -> QWidget:
        return self.picture

    def _take_picture(self, number: int, width: int, height: int) -> None:
        tall = max(1, round(MAP_WIDTH * height / width))
        layout = layout_of(self.balloon)
        actions = tuple(area.action for area in self.balloon.areas)
        areas = self.balloon.areas if layout == OWN else divided(layout, tall, actions)
        self._change(picture=number, height=tall, areas=areas)
        self._show_areas()

    def _take_areas(self, balloon: RichMessage) -> None:
        """Another division by hand."""
        self._change(areas=balloon.areas)
        self._show_areas()

    def menu_of(self, number: int) -> QMenu:
        """How an area can be divided, and with which it can be joined."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, columns, rows in (
            (t("greeting_page.split_columns"), 2, 1),
            (t("greeting_page.split_rows"), 1, 2),
        ):
            parts = dividing.split(self.balloon, number, columns=columns, rows=rows)
            if parts is None:
                menu.addAction(words).setEnabled(False)
            else:
                menu.addAction(words, partial(self._take_areas, parts))
        for other in dividing.joinable(self.balloon, number):
            words = t("greeting_page.join_area", letter=LETTERS[other % len(LETTERS)])
            whole = dividing.joined(self.balloon, number, other)
            menu.addAction(words, partial(self._take_areas, whole))
        return menu

    def _divide(self, layout: str) -> None:
        if layout == OWN:
            return
        actions = tuple(area.action for area in self.balloon.areas)
        self._change(areas=divided(layout, self.balloon.height, actions))
        self._show_areas()

    def _act(self, number: int, action: Action) -> None:
        areas = list(self.balloon.areas)
        areas[number] = replace(areas[number], action=action)
        self._change(areas=tuple(areas))

    def _show_areas(self) -> None:
        balloon = self.balloon
        self.picture.show_areas(balloon)
        layout = layout_of(balloon)
        offered = _choices(own=layout == OWN)
        if self.layout_choice.count() != len(offered):
            self.layout_choice.set_choices(offered)
        self.layout_choice.set_value(layout)
        while len(self.forms) > len(balloon.areas):
            self.forms.pop()
            row = self._rows.pop()
            self.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while len(self.forms) < len(balloon.areas):
            self._add_form(len(self.forms))
        for form, area in zip(self.forms, balloon.areas, strict=True):
            if form.action != area.action:
                form.show_action(area.action)

    def _add_form(self, number: int) -> None:
        letter = LETTERS[number % len(LETTERS)]
        form = ActionForm(t("greeting_page.area", letter=letter), Place.IMAGEMAP)
        form.edited.connect(lambda action: self._act(number, action))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(8))
        word = text_label(letter, wrap=False)
        word.setFixedWidth(theme.px(16))
        line.addWidget(word, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(form, 1)
        more = icon_button("more", t("greeting_page.divide_area", letter=letter), lambda: show_menu())
        line.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)

        def show_menu() -> None:
            self.menu_of(number).popup(more.mapToGlobal(QPoint(0, more.height())))

        self.column.insertWidget(2 + number, row)
        self._rows.append(row)
        self.forms.append(form)

    def _change(self, **fields: object) -> None:
        self.balloon = replace(self.balloon, **fields)  # type: ignore[arg-type]
        self.edited.emit(self.balloon)


class AreaPicture(PictureField):
    """A picture with its areas and their letters on it. ``divided(rich message)``: a line between areas was dragged."""

    divided = Signal(object)

    def __init__(self, name: str, tools: Tools, height: int) -> None:
        super().__init__(name, tools, height)
        self._balloon = RichMessage()
        self._line: Edge | None = None
        self._before = self._balloon
        self.setMouseTracking(True)

    def show_areas(self, balloon: RichMessage) -> None:
        """Show a rich message's picture and areas."""
        self._balloon = balloon
        self.show_picture(balloon.picture)

    def drawn_at(self) -> tuple[QPointF, float]:
        """The upper left corner of the picture in the widget, and its pixels for one of the grid."""
        around = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        scale = min(around.width() / MAP_WIDTH, around.height() / self._balloon.height)
        half = QPointF(MAP_WIDTH * scale / 2, self._balloon.height * scale / 2)
        return around.center() - half, scale

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._line = self._line_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else None
        self._before = self._balloon
        if self._line is None:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        edge = self._line
        if edge is None:
            self._show_cursor(self._line_at(event.position()))
            super().mouseMoveEvent(event)
            return
        corner, scale = self.drawn_at()
        at = (event.position() - corner) / scale
        shown = dividing.moved(self._balloon, edge, at.x() if edge.vertical else at.y())
        if shown != self._balloon:
            self._line = replace(edge, at=_place_of(shown, edge))
            self._balloon = shown
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._line is None:
            super().mouseReleaseEvent(event)
            return
        self._line = None
        self.divided.emit(self._balloon)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._line is not None:
            self._line, self._balloon = None, self._before
            self.update()
            return
        super().keyPressEvent(event)

    def _line_at(self, at: QPointF) -> Edge | None:
        if self._balloon.picture is None:
            return None
        corner, scale = self.drawn_at()
        place = (at - corner) / scale
        return dividing.line_at(self._balloon, place.x(), place.y(), theme.px(REACH) / scale)

    def _show_cursor(self, edge: Edge | None) -> None:
        upright = Qt.CursorShape.SplitHCursor
        over = upright if edge is not None and edge.vertical else Qt.CursorShape.SplitVCursor
        self.setCursor(Qt.CursorShape.PointingHandCursor if edge is None else over)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._balloon.picture is None or len(self._balloon.areas) < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corner, scale = self.drawn_at()
        left, top = corner.x(), corner.y()
        for number, area in enumerate(self._balloon.areas):
            shown = QRectF(
                left + area.x * scale, top + area.y * scale, area.width * scale, area.height * scale
            )
            painter.setPen(QPen(theme.colour("panel"), theme.px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(shown)
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.drawRect(shown)
            mark = QRectF(shown.left() + 4, shown.top() + 4, theme.px(18), theme.px(18))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_fill"))
            painter.drawEllipse(mark)
            painter.setPen(theme.colour("accent_ink"))
            painter.drawText(mark, Qt.AlignmentFlag.AlignCenter, LETTERS[number % len(LETTERS)])
        painter.end()
