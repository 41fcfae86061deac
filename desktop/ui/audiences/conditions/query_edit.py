"""The whole condition as query text, over as many lines as it needs, with a wavy line under what cannot be read. Text an input
method is still composing is not read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QTextEdit

from desktop.ui import theme

RETURN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
MOST_LINES = 5


class QueryEdit(QPlainTextEdit):
    """``edited``: the owner wrote something; ``submitted``: Return was pressed."""

    edited = Signal()
    submitted = Signal()

    def __init__(self, placeholder: str, name: str) -> None:
        super().__init__()
        self._preedit = ""
        self._told = False
        self._given = self._shown = ""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setProperty("kind", "query")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._changed)
        self._fit()

    @property
    def composing(self) -> bool:
        """Whether an input method holds text that is not committed yet."""
        return bool(self._preedit)

    def text(self) -> str:
        """What is written: the text given, letter by letter, as long as nobody wrote in it."""
        shown = self.toPlainText()
        return self._given if shown == self._shown else shown

    def setText(self, text: str) -> None:
        """Show a text; nothing is said."""
        if text == self.text():
            return
        self._told = True
        self.setPlainText(text)
        self._told = False
        # A document knows one kind of line end and one kind of space; a condition may hold others.
        self._given, self._shown = text, self.toPlainText()
        self.mark(None)

    def selectedText(self) -> str:
        """What is selected."""
        return self.textCursor().selectedText()

    def mark(self, place: tuple[int, int] | None) -> None:
        """Underline a piece of the text (from, length); None: nothing is wrong."""
        marks = []
        if place is not None:
            mark = QTextEdit.ExtraSelection()
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(theme.colour("error"))
            look.setBackground(theme.colour("error_soft"))
            look.setForeground(theme.colour("error"))
            mark.format = look
            mark.cursor = self._between(*place)
            marks = [mark]
        self.setExtraSelections(marks)

    def select(self, place: tuple[int, int]) -> None:
        """Select a piece of the text (from, length)."""
        self.setTextCursor(self._between(*place))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._preedit = event.preeditString()
        super().inputMethodEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if self.composing and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return True
        if event.type() == QEvent.Type.ShortcutOverride and self.composing:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in RETURN_KEYS:
            event.accept()
            if not self.composing:
                self.submitted.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self.composing:
            QGuiApplication.inputMethod().commit()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def _changed(self) -> None:
        self._fit()
        if not self._told and not self.composing:
            self.edited.emit()

    def _fit(self) -> None:
        # Blocks are measured: letters of another font, as Chinese ones beside Latin, make a line taller.
        height, block = 0.0, self.document().begin()
        while block.isValid():
            height += self.blockBoundingRect(block).height()
            block = block.next()
        line = self.fontMetrics().lineSpacing()
        edges = 2 * round(self.document().documentMargin()) + theme.px(13)
        self.setFixedHeight(round(min(max(height, line), line * MOST_LINES)) + edges)

    def _between(self, start: int, length: int) -> QTextCursor:
        cursor = self.textCursor()
        end = len(self.toPlainText())
        cursor.setPosition(min(start, end))
        cursor.setPosition(min(start + length, end), QTextCursor.MoveMode.KeepAnchor)
        return cursor
