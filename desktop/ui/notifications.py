"""Short notices at the foot of the window: what was just done, with one button, gone by themselves, never in the way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from desktop.core.message import Message
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.widgets.buttons import icon_button, link_button
from desktop.ui.widgets.info_bar import ICONS, ROLES
from desktop.ui.widgets.labels import IconLabel, text_label
from desktop.ui.widgets.shadow import lift

SECONDS = 6
SECONDS_WITH_BUTTON = 10
AT_MOST = 3
WIDTH = 560
BESIDE = 160
"""What stands beside a notice's words: a picture, a button, the cross."""

Button = tuple[Message, Callable[[], object]]


class Notices(Protocol):
    """Says things in passing."""

    def show(
        self, text: Message, *, kind: str = "success", button: Button | None = None, alone: bool = False
    ) -> None:
        """Show a notice; ``kind`` is info, success, warning or error; ``alone``: those with a button go, as what they offer is
        no longer what it was."""


class Toasts(QObject):
    """Notices as small panels stacked over the foot of a widget."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._shown: list[_Toast] = []
        over.installEventFilter(self)
        if isinstance(over, QStackedWidget):
            # A page that is switched to goes to the front, over what was said on the page before.
            over.currentChanged.connect(self._place)

    def show(
        self, text: Message, *, kind: str = "success", button: Button | None = None, alone: bool = False
    ) -> None:
        """Show a notice for some seconds; the oldest goes when there are too many."""
        for old in [one for one in self._shown if alone and one.has_button]:
            self._remove(old)
        toast = _Toast(self._over, render(text), kind, button, self._remove)
        self._shown.append(toast)
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
        """Stack the notices upwards from the foot, the newest lowest."""
        most = min(self._over.width() - theme.px(32), theme.px(WIDTH))
        y = self._over.height() - theme.px(20)
        for toast in reversed(self._shown):
            width = min(toast.sizeHint().width(), most)
            height = max(toast.heightForWidth(width), toast.minimumSizeHint().height())
            y -= height
            toast.setGeometry((self._over.width() - width) // 2, y, width, height)
            toast.show()
            toast.raise_()
            y -= theme.px(8)


class _Toast(QFrame):
    def __init__(
        self,
        over: QWidget,
        text: str,
        kind: str,
        button: Button | None,
        remove: Callable[[_Toast], None],
    ) -> None:
        super().__init__(over)
        self.setObjectName("toast")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(text)
        self.text = text
        self._remove = remove
        self._run = button[1] if button else None
        self.has_button = button is not None
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(14), theme.px(8), theme.px(8), theme.px(8))
        row.setSpacing(theme.px(10))
        picture = IconLabel(ICONS[kind], ROLES[kind], 18)
        words = text_label(text)
        # In a small window at a large text size the words make room for the button beside them.
        room = min(theme.px(WIDTH), over.width() - theme.px(32)) - theme.px(BESIDE)
        needed = words.fontMetrics().horizontalAdvance(text) + 2
        words.setMinimumWidth(max(theme.px(120), min(needed, room)))
        row.addWidget(picture)
        row.addWidget(words, 1)
        if button is not None:
            row.addWidget(link_button(render(button[0]), self.press))
        row.addWidget(icon_button("x", t("shell.close_notice"), lambda: remove(self)))
        lift(self)
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
