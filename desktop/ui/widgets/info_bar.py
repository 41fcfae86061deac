"""A sentence inside the page with at most one button: what happened, why, what to do. Errors appear here, where they arose,
not in boxes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.core.errors import UserError
from desktop.core.message import Message, message
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.widgets.buttons import button, icon_button, link_button
from desktop.ui.widgets.labels import IconLabel, set_kind, text_label

ICONS = {"info": "info", "success": "check-circle", "warning": "warning", "error": "warning-circle"}
ROLES = {"info": "info", "success": "good", "warning": "warning", "error": "error"}
Button = tuple[Message, Callable[[], object]]


class InfoBar(QFrame):
    """Hidden until something is to be said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(8), theme.px(8), theme.px(8))
        row.setSpacing(theme.px(10))
        self._icon = IconLabel("info", "info", 18)
        self._words = QVBoxLayout()
        self._words.setSpacing(theme.px(2))
        self._text = text_label()
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._cure = text_label()
        self._words.addWidget(self._text)
        self._words.addWidget(self._cure)
        self._copy = link_button(t("shell.copy_details"), self._copy_details)
        self._button = button("", self._pressed)
        self._close = icon_button("x", t("shell.close_notice"), self.clear)
        row.addWidget(self._icon)
        row.addLayout(self._words, 1)
        for part in (self._copy, self._button, self._close):
            row.addWidget(part)
        self._run: Callable[[], object] | None = None
        self._details = ""
        self._focus_before: QWidget | None = None
        self.hide()

    def show_message(
        self, text: Message, *, kind: str = "info", button: Button | None = None, cure: Message | None = None
    ) -> None:
        """Say something; ``kind`` is info, success, warning or error."""
        self._say(render(text), render(cure) if cure else "", kind, button, "")

    def ask(self, text: Message, button: Button, *, kind: str = "info", cure: Message | None = None) -> None:
        """Ask before something is done that the owner just asked for: the keyboard is on the button, Escape takes it all back."""
        self.show_message(text, kind=kind, button=button, cure=cure)
        self._button.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.clear()
            return
        super().keyPressEvent(event)

    def show_error(self, error: UserError, *, button: Button | None = None) -> None:
        """Show what a UserError says, with its details to copy."""
        cure = render(error.cure) if error.cure else ""
        self._say(render(error.text), cure, "error", button, error.details)

    def clear(self) -> None:
        """Take the bar away. The focus goes back to where it was before the bar, never on to the page's first field."""
        self._run = None
        focused = self._focused()
        if focused is not None and self.isAncestorOf(focused):
            before = self._focus_before
            if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
                before.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                focused.clearFocus()
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says now, "" if it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def press(self) -> None:
        """What a click on the button does."""
        self._button.click()

    def _say(self, text: str, cure: str, kind: str, button: Button | None, details: str) -> None:
        focused = self._focused()
        if focused is None or not self.isAncestorOf(focused):
            self._focus_before = focused
        self._text.setText(text)
        self._cure.setText(cure)
        self._cure.setVisible(bool(cure))
        self._details = details
        self._copy.setVisible(bool(details))
        self._run = button[1] if button else None
        self._button.setVisible(button is not None)
        if button is not None:
            self._button.setText(render(button[0]))
            self._button.setAccessibleName(self._button.text())
        self._icon.set(ICONS[kind], ROLES[kind])
        self.setAccessibleName(text)
        set_kind(self, kind)
        for label in (self._text, self._cure):
            label.style().unpolish(label)
            label.style().polish(label)
        self.show()

    def _focused(self) -> QWidget | None:
        return self.window().focusWidget()

    def _pressed(self) -> None:
        run = self._run
        self.clear()
        if run is not None:
            run()

    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._text.text()}\n{self._details}")
        self._copy.setText(render(message("shell.copied")))
