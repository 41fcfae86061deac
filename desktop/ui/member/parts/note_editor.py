"""The note: saved by itself a moment after the last key, never while an input method is composing, and as one step however
often it is saved on the way."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit

from desktop.text import t
from desktop.ui import theme

PAUSE_MS = 1200
LINES = 5


class NoteEditor(QPlainTextEdit):
    """See the module. ``save_asked(person, text)``."""

    save_asked = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(t("member.note.placeholder"))
        self.setAccessibleName(t("member.note"))
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * LINES + theme.px(20))
        self._person: int | None = None
        self._saved = ""
        self._preedit = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.save)
        self.textChanged.connect(self._typed)

    @property
    def composing(self) -> bool:
        """Whether an input method holds text that is not committed yet."""
        return bool(self._preedit)

    @property
    def unsaved(self) -> bool:
        """Whether something is typed that is not given to be saved yet."""
        return self._person is not None and self.toPlainText() != self._saved

    def show_note(self, person: int, text: str) -> None:
        """Show a person's note; what is being typed for the same person stays."""
        if person != self._person:
            self.save()
        elif self.unsaved or self.composing or text == self._saved:
            return
        self._person, self._saved = person, text
        if text != self.toPlainText():
            place = self.textCursor().position()
            self.setPlainText(text)
            cursor = self.textCursor()
            cursor.setPosition(min(place, len(self.toPlainText())))
            self.setTextCursor(cursor)
        self._pause.stop()

    def save(self) -> None:
        """Give what was typed to be saved, unless an input method is composing: then once it is done."""
        self._pause.stop()
        if self._person is None or not self.unsaved:
            return
        if self.composing:
            self._pause.start()
            return
        self._saved = self.toPlainText()
        self.save_asked.emit(self._person, self._saved)

    def not_saved(self, person: int) -> None:
        """Saving failed: what was typed is unsaved again."""
        if person == self._person:
            self._saved = ""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)
        self._typed()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._preedit:
                event.accept()
                return True
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.document().isRedoAvailable()
            if undo or redo:
                # Nothing to take back here: the key belongs to the shop's own undo.
                event.ignore()
                return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._preedit = ""
        self.save()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._preedit = ""
        self.save()

    def _typed(self) -> None:
        if self.unsaved and not self.composing:
            self._pause.start()
