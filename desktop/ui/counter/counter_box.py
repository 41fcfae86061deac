"""The big box of the counter: digits, a scanned code or a name, then Return. While an input method composes, all keys are
its own; a Return held down counts once."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop.text import t
from desktop.ui.widgets.fields import RETURN_KEYS, TextField


class CounterBox(TextField):
    """See the module.

    Signals: ``moved(by)``: up or down among the people found; ``escaped``.
    """

    moved = Signal(int)
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__(t("counter.box.placeholder"), t("counter.box"))
        self.setProperty("kind", "counter")
        self.setMaxLength(200)

    def say(self, placeholder: str, name: str) -> None:
        """What is to be typed now."""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)

    def empty(self) -> None:
        """Empty the box for the next customer."""
        # Not clear(): that could be undone, and Ctrl+Z would bring the typing back in place of taking the visit back.
        self.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.composing:
            super().keyPressEvent(event)
        elif key in RETURN_KEYS and event.isAutoRepeat():
            event.accept()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
