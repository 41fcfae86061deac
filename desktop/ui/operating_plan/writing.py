"""Fields for several lines, and keeping what is written by itself: a moment after the last key, and on leaving."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop.ui import theme

PAUSE_MS = 600
"""After the last key."""


class TextArea(QPlainTextEdit):
    """Some lines of text, as high as what is written within limits. ``written``: the committed text changed; what an input method
    still composes does not count.

    Args:
        name: what it is called for who cannot see it.
        placeholder: grey text while it is empty.
        lines, most: how high it is at least and at most.
    """

    written = Signal()

    def __init__(self, name: str, placeholder: str = "", lines: int = 2, most: int = 6) -> None:
        super().__init__()
        self._least, self._most = lines, most
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self._committed = ""
        self._composing = False
        self.document().setDocumentMargin(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit()
        self.textChanged.connect(self._changed)

    @property
    def text(self) -> str:
        """What is written."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text without saying so, unless it is being written in."""
        if text == self._committed or (self.hasFocus() and self._composing):
            return
        self._committed = text
        self.setPlainText(text)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self._composing:
            self._changed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._composing:
            QGuiApplication.inputMethod().commit()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._composing:
            event.accept()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        # The height of a plain text's document is told in lines as they are shown.
        shown = round(self.document().size().height())
        lines = min(self._most, max(self._least, shown))
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + theme.px(18))

    def _changed(self) -> None:
        self._fit()
        if not self._composing and self.toPlainText() != self._committed:
            self._committed = self.toPlainText()
            self.written.emit()


def fill(field: QLineEdit, text: str) -> None:
    """Show a kept text, unless the field says the same in other spaces: whoever is writing keeps the space just typed."""
    if field.text().split() != text.split():
        field.setText(text)


class Autosave(QObject):
    """Calls ``save`` a moment after the last :meth:`touch`.

    Args:
        owner: what it belongs to.
        save: keeps what is written.
    """

    def __init__(self, owner: QWidget, save: Callable[[], object]) -> None:
        super().__init__(owner)
        self._save = save
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._run)

    @property
    def pending(self) -> bool:
        """Whether something is not kept yet."""
        return self._timer.isActive()

    def touch(self) -> None:
        """Something was written."""
        self._timer.start()

    def flush(self) -> None:
        """Keep at once what is not kept yet."""
        if self._timer.isActive():
            self._timer.stop()
            self._run()

    def drop(self) -> None:
        """Forget what is not kept yet."""
        self._timer.stop()

    def _run(self) -> None:
        self._save()
