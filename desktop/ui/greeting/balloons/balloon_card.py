"""One balloon on the page: its handle, its number and kind, how much room it takes, its menu, and the editor of its kind."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from desktop.core.planning.greeting.balloons import Balloon
from desktop.text import t
from desktop.ui import theme
from desktop.ui.audiences.builder.grip import Grip
from desktop.ui.greeting.balloons.editors import BalloonEditor, kind_name, make_editor
from desktop.ui.greeting.tools import Tools
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import set_kind

DIGITS = "①②③④⑤"


class BalloonCard(Card):
    """``edited(balloon)``: it is another one now; ``moved(by)``: it wants to go up (-1) or down (1); ``doubled``; ``removed``.

    Args:
        balloon: what it edits.
        tools: pictures, dialogs, menus of the shop.
    """

    edited = Signal(object)
    moved = Signal(int)
    doubled = Signal()
    removed = Signal()

    def __init__(self, balloon: Balloon, tools: Tools) -> None:
        super().__init__(" ")
        self.balloon = balloon
        self.editor: BalloonEditor = make_editor(balloon, tools)
        self.editor.edited.connect(self._edited)
        self.grip = Grip("")
        self.grip.clicked.connect(self._open_menu)
        self.header.insertWidget(0, self.grip)
        self.header.setSpacing(theme.px(6))
        self.header.removeWidget(self.hint)
        self.header.addWidget(self.hint)
        self.menu = QMenu(self)
        self.up = self._offer("greeting_page.up", lambda: self.moved.emit(-1), "Alt+Up")
        self.down = self._offer("greeting_page.down", lambda: self.moved.emit(1), "Alt+Down")
        self.double = self._offer("greeting_page.double", self.doubled.emit)
        self.menu.addSeparator()
        self._offer("greeting_page.remove", self.removed.emit)
        self.more: QToolButton = icon_button("more", "", self._open_menu)
        self.header.addWidget(self.more)
        self.body.addWidget(self.editor)
        self._show_status()

    def set_place(self, index: int, count: int) -> None:
        """Which of how many it is."""
        name = kind_name(self.balloon)
        self.title.setText(f"{DIGITS[index]} {name}" if index < len(DIGITS) else name)
        spoken = t("greeting_page.balloon", number=str(index + 1), kind=name)
        self.setAccessibleName(spoken)
        self.grip.set_name(t("greeting_page.grip", balloon=spoken))
        more = t("greeting_page.more", balloon=spoken)
        self.more.setAccessibleName(more)
        self.more.setToolTip(more)
        self.up.setEnabled(index > 0)
        self.down.setEnabled(index < count - 1)

    def show_balloon(self, balloon: Balloon) -> None:
        """Show what the balloon became; of the same kind as before."""
        if balloon != self.balloon:
            self.balloon = balloon
            self.editor.show_balloon(balloon)
            self._show_status()

    def become(self, balloon: Balloon) -> None:
        """Take over what was put in for the owner."""
        if balloon != self.balloon:
            self.editor.become(balloon)

    def focus(self) -> None:
        """Go where one writes first."""
        self.editor.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def to_placeholder(self, words: str = "") -> None:
        """Select a place that is still to be filled in (the first, or where these words stand), if there is one."""
        self.editor.to_placeholder(words)

    def _edited(self, balloon: Balloon) -> None:
        self.balloon = balloon
        self._show_status()
        self.edited.emit(balloon)

    def _show_status(self) -> None:
        text, wrong = self.editor.status()
        self.hint.setText(text)
        set_kind(self.hint, "error" if wrong else "muted")

    def _offer(self, key: str, run: object, shortcut: str = "") -> QAction:
        entry = self.menu.addAction(t(key))
        entry.triggered.connect(lambda _=False: run())  # type: ignore[operator]
        if shortcut:
            entry.setShortcut(QKeySequence(shortcut))
            entry.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            pressed = QShortcut(
                QKeySequence(shortcut), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            pressed.activated.connect(entry.trigger)
        return entry

    def _open_menu(self) -> None:
        sender: QWidget = self.more if self.more.hasFocus() or not self.grip.hasFocus() else self.grip
        self.menu.popup(sender.mapToGlobal(sender.rect().bottomLeft()))
