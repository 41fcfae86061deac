"""Editor of a rich message: a picture, how it is divided, and what each part does when tapped."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.planning.actions import NO_ACTION, Action, Place
from desktop.core.planning.greeting.balloons import MAP_WIDTH, Area, Balloon, RichMessage
from desktop.text import t
from desktop.ui import theme
from desktop.ui.greeting.balloons.action_form import ActionForm
from desktop.ui.greeting.balloons.address_row import AddressRow
from desktop.ui.greeting.balloons.editors import BalloonEditor, kind_title, labelled
from desktop.ui.greeting.balloons.picture_field import PictureField
from desktop.ui.greeting.tools import Tools
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


class RichEditor(BalloonEditor):
    """See the module."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.balloon = RichMessage()
        self.picture = AreaPicture(kind_title("rich_message"), tools, height=150)
        self.picture.chosen.connect(self._take_picture)
        self.column.addWidget(self.picture)
        choices = [(layout, t(f"greeting_page.layout.{layout}")) for layout in LAYOUTS]
        self.layout_choice = Select(t("greeting_page.layout"), choices)
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

    def _divide(self, layout: str) -> None:
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
        self.layout_choice.set_value(layout_of(balloon))
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
        self.column.insertWidget(2 + number, row)
        self._rows.append(row)
        self.forms.append(form)

    def _change(self, **fields: object) -> None:
        self.balloon = replace(self.balloon, **fields)  # type: ignore[arg-type]
        self.edited.emit(self.balloon)


class AreaPicture(PictureField):
    """A picture with its areas and their letters on it."""

    def __init__(self, name: str, tools: Tools, height: int) -> None:
        super().__init__(name, tools, height)
        self._balloon = RichMessage()

    def show_areas(self, balloon: RichMessage) -> None:
        """Show a rich message's picture and areas."""
        self._balloon = balloon
        self.show_picture(balloon.picture)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._balloon.picture is None or len(self._balloon.areas) < 2:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        around = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        scale = min(around.width() / MAP_WIDTH, around.height() / self._balloon.height)
        left = around.center().x() - MAP_WIDTH * scale / 2
        top = around.center().y() - self._balloon.height * scale / 2
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
