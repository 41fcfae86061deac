"""Short notices at the foot of the window: what was just done, with one button, gone by themselves, never in the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.core.message import Message
from desktop.text import render, t
from desktop.ui import icons, theme
from desktop.ui.widgets.buttons import icon_button, link_button
from desktop.ui.widgets.info_bar import ICONS, ROLES
from desktop.ui.widgets.labels import text_label

SECONDS = 6
SECONDS_WITH_BUTTON = 10
AT_MOST = 3
Button = tuple[Message, Callable[[], object]]


class Notices(Protocol):
    """Says things in passing."""

    def show(self, text: Message, *, kind: str = "success", button: Button | None = None) -> None:
        """Show a notice; ``kind`` is info, success, warning or error."""


class Toasts(QObject):
    """Notices as small panels stacked over the foot of a widget."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._box = QWidget(over)
        self._box.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self._stack = QVBoxLayout(self._box)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(theme.px(8))
        self._shown: list[_Toast] = []
        self._box.hide()
        over.installEventFilter(self)

    def show(self, text: Message, *, kind: str = "success", button: Button | None = None) -> None:
        """Show a notice for some seconds; the oldest goes when there are too many."""
        toast = _Toast(render(text), kind, button, self._remove)
        self._shown.append(toast)
        self._stack.addWidget(toast, 0, Qt.AlignmentFlag.AlignHCenter)
        while len(self._shown) > AT_MOST:
            self._remove(self._shown[0])
        self._place()

    @property
    def texts(self) -> list[str]:
        """What is shown now, oldest first."""
        return [toast.text for toast in self._shown]

    def press(self) -> None:
        """Press the button of the newest notice."""
        self._shown[-1].press()

    def clear(self) -> None:
        """Take all notices away."""
        for toast in list(self._shown):
            self._remove(toast)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize and self._shown:
            self._place()
        return False

    def _remove(self, toast: _Toast) -> None:
        if toast in self._shown:
            self._shown.remove(toast)
            toast.hide()
            toast.deleteLater()
            self._place()

    def _place(self) -> None:
        if not self._shown:
            self._box.hide()
            return
        width = min(self._over.width() - theme.px(32), theme.px(560))
        for toast in self._shown:
            toast.setMaximumWidth(width)
        self._box.setMaximumWidth(width)
        self._stack.activate()
        self._box.resize(self._box.sizeHint().boundedTo(QSize(width, self._over.height())))
        left = (self._over.width() - self._box.width()) // 2
        self._box.move(left, self._over.height() - self._box.height() - theme.px(20))
        self._box.show()
        self._box.raise_()


class _Toast(QFrame):
    def __init__(self, text: str, kind: str, button: Button | None, remove: Callable[[_Toast], None]) -> None:
        super().__init__()
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(text)
        self.text = text
        self._remove = remove
        self._run = button[1] if button else None
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(8), theme.px(8), theme.px(8))
        row.setSpacing(theme.px(10))
        picture = QLabel()
        side = theme.px(18)
        picture.setPixmap(
            icons.icon(ICONS[kind], ROLES[kind]).pixmap(QSize(side, side), self.devicePixelRatio())
        )
        words = text_label(text, wrap=len(text) > 40)
        row.addWidget(picture)
        row.addWidget(words, 1)
        if button is not None:
            row.addWidget(link_button(render(button[0]), self.press))
        row.addWidget(icon_button("x", t("shell.close_notice"), lambda: remove(self)))
        timer = QTimer(self, singleShot=True)
        timer.timeout.connect(self._gone)
        timer.start(1000 * (SECONDS_WITH_BUTTON if button else SECONDS))

    def press(self) -> None:
        """What a click on the button does."""
        run = self._run
        self._remove(self)
        if run is not None:
            run()

    def _gone(self) -> None:
        self._remove(self)
