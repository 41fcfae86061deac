"""The phone beside the editor, and above it how it is looked at: which phone, light or dark, whose name, LINE's text size."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.phone.look import TEXT_ZOOMS
from desktop.ui.phone.phone import Phone
from desktop.ui.widgets.buttons import icon_button, menu_button
from desktop.ui.widgets.labels import muted

NAMES = ("usual", "long", "short")
"""Friends' names to try: an ordinary one, one that fills a line, one of a single character."""


class PhonePanel(QWidget):
    """``name_chosen``: another friend's name is to be tried; ``tried(action)``: a place in the chat was tapped.

    Args:
        language: of the letters.
    """

    name_chosen = Signal()
    tried = Signal(object)

    def __init__(self, language: str) -> None:
        super().__init__()
        self.phone = Phone()
        self.phone.set_look(language=language, dark=theme.name() == "dark")
        self.phone.action.connect(lambda _index, action: self.tried.emit(action))
        self._device, self._zoom, self._which_name = "iphone", 100, NAMES[0]
        column = QVBoxLayout(self)
        edge = theme.px(10)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(8))
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        row.addWidget(muted(t("greeting_page.preview")))
        row.addStretch(1)
        self.dark = icon_button("moon", t("greeting_page.dark"), self._toggle_dark)
        self.look = menu_button(t("greeting_page.look"), self._menu())
        row.addWidget(self.dark)
        row.addWidget(self.look)
        column.addLayout(row)
        column.addWidget(self.phone, 1)
        self._show_dark()

    @property
    def friend_name(self) -> str:
        """The name of the friend who reads it here."""
        return t(f"greeting_page.name.{self._which_name}")

    def show_messages(
        self,
        messages: Sequence[Mapping[str, Any]],
        *,
        pictures: Callable[..., Any],
        coupons: Callable[..., Any],
    ) -> None:
        """Show what a new friend gets."""
        self.phone.show_messages(messages, pictures, coupons)

    def remember(self) -> dict[str, Any]:
        """How it is looked at."""
        return {"device": self._device, "dark": self.phone.chat.look.dark, "zoom": self._zoom}

    def recall(self, state: Mapping[str, Any]) -> None:
        """Look at it as before; the theme is the window's own unless another was chosen."""
        self.set_device("android" if state.get("device") == "android" else "iphone")
        if state.get("zoom") in TEXT_ZOOMS:
            self.set_zoom(int(state["zoom"]))

    def set_device(self, device: str) -> None:
        """Look at it on "iphone" or "android"."""
        self._device = device
        self.phone.set_look(device=device)
        self._check("device", device)

    def set_zoom(self, zoom: int) -> None:
        """Look at it with this text size of LINE, in percent."""
        self._zoom = zoom
        self.phone.set_look(zoom=zoom)
        self._check("zoom", str(zoom))

    def set_name(self, which: str) -> None:
        """Look at it as a friend with a name of this kind (one of NAMES)."""
        self._which_name = which
        self._check("name", which)
        self.name_chosen.emit()

    def set_dark(self, dark: bool) -> None:
        """Look at it in LINE's dark theme."""
        self.phone.set_look(dark=dark)
        self._show_dark()

    def _toggle_dark(self) -> None:
        self.set_dark(not self.phone.chat.look.dark)

    def _show_dark(self) -> None:
        dark = self.phone.chat.look.dark
        name = t("greeting_page.light") if dark else t("greeting_page.dark")
        self.dark.setToolTip(name)
        self.dark.setAccessibleName(name)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        self._groups: dict[str, QActionGroup] = {}
        self._offer(menu, "device", ["iphone", "android"], self.set_device)
        menu.addSeparator()
        self._offer(menu, "name", list(NAMES), self.set_name)
        menu.addSeparator()
        self._offer(menu, "zoom", [str(zoom) for zoom in TEXT_ZOOMS], lambda zoom: self.set_zoom(int(zoom)))
        for group, value in (("device", self._device), ("name", self._which_name), ("zoom", str(self._zoom))):
            self._check(group, value)
        return menu

    def _offer(self, menu: QMenu, group: str, values: Sequence[str], run: Callable[[str], object]) -> None:
        together = self._groups[group] = QActionGroup(menu)
        for value in values:
            entry = menu.addAction(t(f"greeting_page.look_{group}.{value}"))
            entry.setCheckable(True)
            entry.setData(value)
            entry.triggered.connect(lambda _=False, value=value: run(value))
            together.addAction(entry)

    def _check(self, group: str, value: str) -> None:
        for entry in self._groups[group].actions():
            entry.setChecked(entry.data() == value)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("neutral_soft"))
        painter.drawRoundedRect(self.rect(), theme.px(8), theme.px(8))
        painter.end()
