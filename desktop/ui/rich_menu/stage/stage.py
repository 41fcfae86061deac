"""The middle of the page: above, whether one edits or tries, and which phone it is; in the middle the phone; below, what can be
done with the areas chosen, or what the last tap would have done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.core.planning.rich_menu import grid
from desktop.core.planning.rich_menu.menu import RichMenu
from desktop.text import t
from desktop.ui import i18n, icons, theme
from desktop.ui.menu_image.drawing import draw
from desktop.ui.phone.phone import Phone
from desktop.ui.rich_menu.canvas.canvas import Canvas
from desktop.ui.rich_menu.canvas.canvas_keys import remove
from desktop.ui.rich_menu.canvas.geometry import area_at
from desktop.ui.rich_menu.files.kept_pictures import KeptPictures
from desktop.ui.rich_menu.open_menu import OpenMenu
from desktop.ui.rich_menu.parts.segments import Segments
from desktop.ui.rich_menu.stage.board import Board
from desktop.ui.rich_menu.stage.trying import outcome
from desktop.ui.widgets.buttons import button, icon_button
from desktop.ui.widgets.chips import FlowLayout
from desktop.ui.widgets.labels import set_kind, small, text_label

PAUSE_MS = 60
DRAWN = 900
"""Width in pixels of the picture shown: twice the phone's."""

EDIT, TRY = "edit", "try"


class Stage(QWidget):
    """``form_wanted``: the form of the area chosen is to be shown; ``refused(UserError)``."""

    form_wanted = Signal()
    refused = Signal(object)

    def __init__(self, open_menu: OpenMenu, pictures: KeptPictures) -> None:
        super().__init__()
        self._open, self._pictures = open_menu, pictures
        self.menus: dict[int, RichMenu] = {}
        self._tried: int | None = None
        self._is_first = True
        self.phone, self.canvas = Phone(), Canvas(open_menu)
        self.board = Board(self.phone, self.canvas)
        self.canvas.form_wanted.connect(self.form_wanted)
        self.canvas.refused.connect(self.refused)
        self.phone.tapped.connect(self._tapped)
        self.phone.set_look(language=i18n.current(), dark=theme.name() == "dark")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(self._top())
        column.addWidget(self.board, 1)
        column.addWidget(self._tools())
        self.said = text_label()
        self.said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self.said)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.draw)
        open_menu.edited.connect(self._pause.start)
        open_menu.shown.connect(self._other)
        open_menu.chosen.connect(self._show_tools)
        open_menu.edited.connect(self._show_tools)
        self._show_mode()

    # What is shown

    def set_shop(
        self, name: str, messages: list[dict[str, object]], pictures: Callable[[str], QImage | None]
    ) -> None:
        """The account's name, and what the chat above the menu says, with its pictures by their addresses."""
        self.phone.set_account(name)
        self.phone.show_messages(messages, pictures)

    def set_menus(self, menus: Mapping[int, RichMenu]) -> None:
        """All menus by plan: what tabs switch to."""
        self.menus = dict(menus)

    def draw(self) -> None:
        """Draw the menu as it is now, and put it in the phone."""
        self._pause.stop()
        if not self._open.is_open:
            return
        menu = self.menu
        image = draw(menu, self._pictures, width=DRAWN)
        opened = self.phone.menu_opened or self._is_first
        self._is_first = False
        self.phone.show_menu(image, menu.chat_bar_text, opened)
        self.canvas.show_image(image)
        self.board.arrange()

    @property
    def menu(self) -> RichMenu:
        """The menu in the phone: the one edited, or the one a tab led to."""
        if self._tried is not None and self._tried in self.menus:
            return self.menus[self._tried]
        return self._open.menu

    def picture(self) -> QImage:
        """The phone as a picture."""
        return self.phone.to_image()

    def set_mode(self, mode: str) -> None:
        """Edit, or try."""
        self.mode.set_value(mode)
        self._show_mode()

    def try_area(self, at: int) -> None:
        """What a tap on an area of the menu in the phone would do: said, and done as far as the phone can."""
        area = self.menu.areas[at] if 0 <= at < len(self.menu.areas) else None
        found = outcome(area, {number: menu.name for number, menu in self._names().items()})
        self._say(found.text)
        if found.reply:
            self.phone.reply(found.reply)
        if found.menu is not None:
            self._tried = None if found.menu == self._open.plan_id else found.menu
            self.draw()

    # Inside

    def _names(self) -> dict[int, RichMenu]:
        own = {self._open.plan_id: self._open.menu} if self._open.plan_id is not None else {}
        return {**self.menus, **own}

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.mode = Segments(
            t("rich_menu_page.mode"),
            [(EDIT, t("rich_menu_page.mode.edit")), (TRY, t("rich_menu_page.mode.try"))],
        )
        self.mode.chosen.connect(lambda _: self._show_mode())
        self.device = Segments(t("rich_menu_page.device"), [("iphone", "iPhone"), ("android", "Android")])
        self.device.chosen.connect(lambda device: self.phone.set_look(device=str(device)))
        self.dark = icon_button("moon", t("rich_menu_page.dark"), self._turn_dark)
        self.larger = icon_button("arrow-out", t("rich_menu_page.enlarge"), self._enlarge)
        self.larger.setCheckable(True)
        row.addWidget(self.mode)
        row.addStretch(1)
        row.addWidget(self.larger)
        row.addWidget(self.device)
        row.addWidget(self.dark)
        self._show_dark()
        return row

    def _tools(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        row = QWidget()
        flow = FlowLayout(row)
        self.columns = self._tool("columns", lambda: self._split(2, 1))
        self.lines = self._tool("rows", lambda: self._split(1, 2))
        self.merge = self._tool("merge", self._merge)
        self.remove = self._tool("remove", lambda: remove(self.canvas))
        for made in (self.columns, self.lines, self.merge, self.remove):
            flow.addWidget(made)
        self.hint = small(t("rich_menu_page.canvas.hint"), wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(row)
        column.addWidget(self.hint)
        self.tools, self.buttons = box, row
        return box

    def _tool(self, name: str, run: Callable[[], object]) -> QPushButton:
        return button(t(f"rich_menu_page.tool.{name}"), run)

    def _show_tools(self) -> None:
        chosen = self._open.areas
        editing = self.mode.value() == EDIT
        self.tools.setVisible(editing)
        self.said.setVisible(not editing)
        self.hint.setVisible(not chosen)
        self.buttons.setVisible(bool(chosen))
        for made in (self.columns, self.lines):
            made.setVisible(len(chosen) == 1)
        self.merge.setVisible(len(chosen) > 1 and grid.can_merge(self._open.menu, chosen))
        self.remove.setVisible(bool(chosen))

    def _show_mode(self) -> None:
        editing = self.mode.value() == EDIT
        self._tried = None
        self.larger.setVisible(editing)
        self.board.set_mode(editing=editing, enlarged=self.larger.isChecked())
        self.phone.show_chat(replace(self.phone.chat, replies=()))
        self._say(t("rich_menu_page.try.hint"), kind="muted")
        self._show_tools()
        self.draw()

    def _split(self, columns: int, rows: int) -> None:
        if len(self._open.areas) == 1:
            at = self._open.areas[0]
            self.canvas.attempt(lambda menu: grid.split(menu, at, columns, rows), at)

    def _merge(self) -> None:
        chosen = self._open.areas
        self.canvas.attempt(lambda menu: grid.merge(menu, chosen), min(chosen))

    def _tapped(self, x: float, y: float) -> None:
        menu = self.menu
        at = area_at(menu, int(x * menu.size.width), int(y * menu.size.height))
        self.try_area(-1 if at is None else at)

    def _say(self, text: str, kind: str = "") -> None:
        set_kind(self.said, kind)
        self.said.setText(text)

    def _other(self) -> None:
        self._tried, self._is_first = None, True
        self._show_tools()
        self.draw()

    def _turn_dark(self) -> None:
        self.phone.set_look(dark=not self.phone.chat.look.dark)
        self._show_dark()

    def _show_dark(self) -> None:
        self.dark.setIcon(icons.icon("sun" if self.phone.chat.look.dark else "moon", "muted"))

    def _enlarge(self) -> None:
        self.board.set_mode(editing=True, enlarged=self.larger.isChecked())
        self.canvas.setFocus()
