"""The form of the area that is chosen: what stands on it, what happens when it is tapped, how it looks, what it is for."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.core.planning.actions import Action
from desktop.core.planning.rich_menu.goals import GOALS, served_by
from desktop.core.planning.rich_menu.looks import palette_of
from desktop.text import t
from desktop.ui import icons, theme
from desktop.ui.desk import Desk
from desktop.ui.rich_menu.area.action_fields import ActionFields
from desktop.ui.rich_menu.area.icon_chooser import IconChooser
from desktop.ui.rich_menu.open_menu import OpenMenu
from desktop.ui.rich_menu.parts.colour_dialog import ask_colour
from desktop.ui.rich_menu.parts.stacked_rows import StackedRows
from desktop.ui.rich_menu.parts.swatches import Swatches
from desktop.ui.widgets.buttons import button, icon_button, link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.fields import Select, TextField
from desktop.ui.widgets.labels import muted, small


class AreaCard(Card):
    """``photo_wanted``: a photo is to be chosen for the area."""

    photo_wanted = Signal()

    def __init__(self, desk: Desk, open_menu: OpenMenu) -> None:
        super().__init__(t("rich_menu_page.area"))
        self._desk, self._open = desk, open_menu
        self._shown: int | None = None
        self.nothing = muted(t("rich_menu_page.area.nothing"), wrap=True)
        self.body.addWidget(self.nothing)
        self.form = QWidget()
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self.action = ActionFields()
        self.action.edited.connect(self._action_edited)
        column.addLayout(self._words())
        column.addWidget(self.icons)
        column.addWidget(self.action)
        column.addWidget(self._looks())
        self.body.addWidget(self.form)
        open_menu.edited.connect(self.show_area)
        open_menu.chosen.connect(self.show_area)
        open_menu.shown.connect(self.show_area)
        self.menus: list[tuple[int, str]] = []

    def set_menus(self, menus: list[tuple[int, str]]) -> None:
        """The menus of the shop, for tabs."""
        self.menus = menus
        self.show_area()

    def show_area(self) -> None:
        """Show the area that is chosen."""
        area = self._open.area
        self.form.setVisible(area is not None)
        self.nothing.setVisible(area is None)
        if area is None:
            self.title.setText(t("rich_menu_page.area"))
            self._shown = None
            return
        at = self._open.areas[0]
        if at != self._shown:
            self._shown = at
            self.action.forget()
            self.icons.hide()
        name = " ".join(area.title.split())
        self.title.setText(
            t("rich_menu_page.area.named", name=name or t("rich_menu_page.area.number", n=at + 1))
        )
        for field, text in ((self.words, area.title), (self.small, area.subtitle)):
            if field.text() != text and not field.composing:
                field.setText(text)
                field.setCursorPosition(0)
        self.icon.setIcon(icons.icon(area.icon or "plus", "ink" if area.icon else "muted"))
        self.icons.set_value(area.icon)
        others = [(number, name) for number, name in self.menus if number != self._open.plan_id]
        self.action.show_action(area.action, name, others)
        self._show_look()

    def focus_on(self, field: str) -> None:
        """Put the caret where something is to be mended: a field of Area, or ``action.`` and one of Action."""
        if field.startswith("action."):
            self.action.focus_on(field.removeprefix("action."))
        else:
            self.words.setFocus()
            self.words.selectAll()

    def begin(self) -> None:
        """Let the area be filled from its first field on."""
        self.focus_on("title")

    # Inside

    def _words(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.px(4))
        self.icon = icon_button("plus", t("rich_menu_page.icon.choose"), self._toggle_icons)
        self.icon.setMinimumSize(theme.px(34), theme.px(34))
        self.words = TextField(t("rich_menu_page.title.example"), t("rich_menu_page.title"))
        self.small = TextField(t("rich_menu_page.subtitle.example"), t("rich_menu_page.subtitle"))
        self.words.textEdited.connect(lambda text: self._open.change_area("title", title=text))
        self.small.textEdited.connect(lambda text: self._open.change_area("subtitle", subtitle=text))
        self.icons = IconChooser()
        self.icons.taken.connect(lambda name: self._open.change_area(icon=str(name)))
        self.icons.hide()
        label = muted(t("rich_menu_page.words"))
        label.setBuddy(self.words)
        column.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        row.addWidget(self.icon)
        row.addWidget(self.words, 1)
        column.addLayout(row)
        column.addWidget(self.small)
        return column

    def _looks(self) -> QWidget:
        rows = StackedRows()
        self.colours = Swatches(t("rich_menu_page.colour"))
        self.colours.taken.connect(lambda colour: self._open.change_area(colour=colour))
        self.colours.any_wanted.connect(self._any_colour)
        rows.add(t("rich_menu_page.colour"), self.colours)
        photos = QWidget()
        row = QHBoxLayout(photos)
        row.setContentsMargins(0, 0, 0, 0)
        self.photo = button(t("rich_menu_page.photo.choose"), self.photo_wanted.emit)
        self.no_photo: QPushButton = link_button(
            t("rich_menu_page.photo.none"), lambda: self._open.change_area(photo=None)
        )
        row.addWidget(self.photo)
        row.addWidget(self.no_photo)
        row.addStretch(1)
        rows.add(t("rich_menu_page.photo"), photos)
        self.goal = Select(t("rich_menu_page.goal"))
        self.goal.chosen.connect(lambda goal: self._open.change_area(goal=goal))
        rows.add(t("rich_menu_page.goal"), self.goal)
        self.drawn_hint = small(t("rich_menu_page.drawn_hint"), wrap=True)
        self.looks = rows
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(rows)
        column.addWidget(self.drawn_hint)
        return box

    def _show_look(self) -> None:
        area, menu = self._open.area, self._open.menu
        assert area is not None
        palette = palette_of(menu.style.palette)
        offered = list(dict.fromkeys((palette.main, palette.accent, palette.paper, *palette.others)))
        if list(self.colours.swatches) != ["", *offered]:
            self.colours.offer(
                [
                    ("", t("rich_menu_page.colour.style"), ()),
                    *(
                        (colour, t("rich_menu_page.colour.one", colour=colour), (colour,))
                        for colour in offered
                    ),
                ]
            )
        self.colours.set_value(area.colour, "" if area.colour in ("", *offered) else area.colour)
        drawn = menu.own_picture is None
        self.looks.show_row(self.colours, drawn)
        self.drawn_hint.setVisible(not drawn)
        self.no_photo.setVisible(area.photo is not None)
        self.photo.setEnabled(drawn)
        found = served_by(replace(area, goal=""))
        automatic = t("rich_menu_page.goal.none")
        if found:
            names = [t(f"rich_menu.goal.{goal}") for goal in GOALS if goal in found]
            automatic = t("rich_menu_page.goal.found", goals=names)
        self.goal.set_choices([("", automatic), *((goal, t(f"rich_menu.goal.{goal}")) for goal in GOALS)])
        self.goal.set_value(area.goal)

    def _action_edited(self, action: Action, field: str) -> None:
        self._open.change_action(action, None if field == "kind" else field)

    def _toggle_icons(self) -> None:
        self.icons.build()
        self.icons.setVisible(self.icons.isHidden())
        if not self.icons.isHidden():
            marked = self.icons.tiles.get(self.icons.value())
            if marked is not None:
                marked.setFocus()

    def _any_colour(self) -> None:
        area = self._open.area
        if area is not None:
            now = area.colour or palette_of(self._open.menu.style.palette).main
            ask_colour(self._desk, self, now, lambda colour: self._open.change_area(colour=colour))
