"""The field a balloon's text is written in. The friend's and the account's name stand in it as chips: one character each for the
caret, for Backspace, for undo and for an input method; copied elsewhere they are words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QMimeData, QRect, QRectF, QSizeF, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QFontMetricsF,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPyTextObject,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QSizePolicy, QTextEdit

from desktop.core.planning.greeting.balloons import Insert
from desktop.core.planning.greeting.checks import placeholders
from desktop.core.planning.greeting.manager_text import press
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.widgets.chips import chip_size, paint_chip

Part = str | Insert

MIME = "application/x-tagline-greeting"
CHIP = "\ufffc"
LINES, MOST_LINES = 3, 14
_OBJECT = QTextFormat.ObjectTypes.UserObject.value + 1
_WHICH = QTextFormat.Property.UserProperty.value + 1


def insert_name(which: Insert) -> str:
    """What a chip says."""
    return t("greeting_page.friend") if which is Insert.FRIEND else t("greeting_page.account")


class InsertField(QTextEdit):
    """``written``: its committed text changed; what an input method still composes does not count.

    Args:
        name: what the field is called for who cannot see it.
    """

    written = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(t("greeting_page.placeholder"))
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._chips = _Chips(self)
        self.document().documentLayout().registerHandler(_OBJECT, self._chips)
        self._composing = False
        self._committed: tuple[Part, ...] = ()
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._plain_from_here)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()

    @property
    def parts(self) -> tuple[Part, ...]:
        """What is written: texts, and chips where they stand."""
        return _parts(self.document(), 0, self.document().characterCount() - 1)

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show another text; its undo begins anew. The same text leaves caret and undo as they are."""
        if tuple(parts) == self.parts:
            return
        self._committed = tuple(parts)
        self.document().setUndoRedoEnabled(False)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        self._put(cursor, parts)
        self.document().setUndoRedoEnabled(True)

    def become(self, parts: Sequence[Part]) -> None:
        """Be another text, as one step of the field's undo, and put the caret at its end."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        self._put(cursor, parts)
        self.setTextCursor(cursor)

    def insert(self, parts: Sequence[Part]) -> None:
        """Put texts and chips where the caret is, as one step of the field's undo."""
        self._put(self.textCursor(), parts)
        self.ensureCursorVisible()

    def to_placeholder(self, words: str = "") -> None:
        """Select a place that is still to be filled in, so that typing replaces it.

        Args:
            words: what stands there; "" for the first such place.
        """
        text = self.document().toRawText()
        found = [(start, end) for start, end in placeholders(text) if words in ("", text[start:end])]
        if found:
            self._select(self.textCursor(), *found[0], then=self.setTextCursor)

    def _mark_placeholders(self) -> None:
        marks = []
        for start, end in placeholders(self.document().toRawText()):
            mark = QTextEdit.ExtraSelection()
            mark.format.setBackground(theme.colour("warning_soft"))
            mark.format.setForeground(theme.colour("warning"))
            self._select(QTextCursor(self.document()), start, end, then=partial(setattr, mark, "cursor"))
            marks.append(mark)
        self.setExtraSelections(marks)

    def _select(
        self, cursor: QTextCursor, start: int, end: int, *, then: Callable[[QTextCursor], object]
    ) -> None:
        """Select from character to character, which Qt counts in UTF-16 units."""
        text = self.document().toRawText()
        cursor.setPosition(len(text[:start].encode("utf-16-le")) // 2)
        cursor.setPosition(len(text[:end].encode("utf-16-le")) // 2, QTextCursor.MoveMode.KeepAnchor)
        then(cursor)

    def _put(self, cursor: QTextCursor, parts: Sequence[Part]) -> None:
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        for part in parts:
            if isinstance(part, Insert):
                chip = QTextCharFormat()
                chip.setObjectType(_OBJECT)
                chip.setProperty(_WHICH, part.value)
                chip.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignMiddle)
                cursor.insertText(CHIP, chip)
            else:
                cursor.insertText(part.replace(CHIP, ""), QTextCharFormat())
        cursor.endEditBlock()

    def _changed(self) -> None:
        if not self._composing:
            self._mark_placeholders()
        if not self._composing and self.parts != self._committed:
            self._committed = self.parts
            self.setAccessibleDescription(as_words(self._committed))
            self.written.emit()

    def _plain_from_here(self) -> None:
        # What is typed behind a chip would take over the chip's shape.
        if self.currentCharFormat().objectType() == _OBJECT and not self.textCursor().hasSelection():
            self.setCurrentCharFormat(QTextCharFormat())

    def _fit(self) -> None:
        """As high as what is written, within limits; beyond them it scrolls."""
        line = self.fontMetrics().lineSpacing()
        around = self.contentsMargins().top() + self.contentsMargins().bottom()
        margin = 2 * self.document().documentMargin()
        wanted = max(LINES * line + margin, self.document().size().height())
        self.setFixedHeight(round(min(MOST_LINES * line, wanted)) + around + theme.px(2))

    # Qt

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self._composing:
            self._changed()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._composing:
                event.accept()
                return True
            undo, redo = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
            empty = (event.matches(undo) and not self.document().isUndoAvailable()) or (
                event.matches(redo) and not self.document().isRedoAvailable()
            )
            if empty:
                # Nothing to take back here: it belongs to the shop's undo.
                event.ignore()
                return False
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._composing:
            QGuiApplication.inputMethod().commit()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasFormat(MIME) or source.hasText()

    def createMimeDataFromSelection(self) -> QMimeData:
        cursor = self.textCursor()
        parts = _parts(self.document(), cursor.selectionStart(), cursor.selectionEnd())
        data = QMimeData()
        data.setText(as_words(parts))
        plain = [[part.value] if isinstance(part, Insert) else part for part in parts]
        data.setData(MIME, json.dumps(plain).encode())
        return data

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasFormat(MIME):
            read = json.loads(bytes(source.data(MIME).data()))
            parts = [Insert(part[0]) if isinstance(part, list) else str(part) for part in read]
        else:
            parts = read_words(source.text().replace("\r\n", "\n").replace("\r", "\n"))
        self.insert(parts)


def as_words(parts: Sequence[Part]) -> str:
    """The text with the chips' names in brackets."""
    return "".join(
        t("greeting_page.chip", name=insert_name(part)) if isinstance(part, Insert) else part
        for part in parts
    )


def read_words(text: str) -> list[Part]:
    """The text with chips where it was copied from here: names in brackets, or the words that say which button to press."""
    chips = {t("greeting_page.chip", name=insert_name(which)): which for which in Insert}
    chips |= {render(press(which)): which for which in Insert}
    pieces = re.split("(" + "|".join(map(re.escape, chips)) + ")", text)
    return [chips.get(piece, piece) for piece in pieces if piece]


def _parts(document: QTextDocument, start: int, end: int) -> tuple[Part, ...]:
    found: list[Part] = []
    block = document.findBlock(start)
    first = True
    while block.isValid() and block.position() <= end:
        if not first:
            _add(found, "\n")
        first = False
        fragments = block.begin()
        while not fragments.atEnd():
            piece = fragments.fragment()
            text = _cut(piece.text(), start - piece.position(), end - piece.position())
            shape = piece.charFormat()
            if shape.objectType() == _OBJECT and CHIP in text:
                found.extend(Insert(shape.property(_WHICH)) for one in text if one == CHIP)
                text = text.replace(CHIP, "")
            _add(found, text.replace("\u2028", "\n").replace(CHIP, ""))
            fragments += 1
        block = block.next()
    return tuple(found)


def _cut(text: str, start: int, end: int) -> str:
    """The part of a fragment between two places counted in UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[max(0, start) * 2 : max(0, end) * 2].decode("utf-16-le", "surrogatepass")


def _add(found: list[Part], text: str) -> None:
    if not text:
        return
    if found and not isinstance(found[-1], Insert):
        found[-1] += text
    else:
        found.append(text)


class _Chips(QPyTextObject):
    """Draws the chips."""

    def __init__(self, field: InsertField) -> None:
        super().__init__(field)
        self._field = field

    def intrinsicSize(self, document: QTextDocument, position: int, shape: QTextFormat) -> QSizeF:
        size = chip_size(insert_name(Insert(shape.property(_WHICH))), QFontMetrics(self._field.font()))
        # No higher than a line, so that lines with and without chips stand alike.
        line = QFontMetricsF(self._field.font()).height() - theme.px(1)
        return QSizeF(size.width() + theme.px(4), min(line, size.height()))

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        document: QTextDocument,
        position: int,
        shape: QTextFormat,
    ) -> None:
        area = QRectF(rect).adjusted(theme.px(1), 0, -theme.px(1), 0)
        painter.save()
        painter.setFont(self._field.font())
        paint_chip(painter, area.toAlignedRect(), insert_name(Insert(shape.property(_WHICH))), "green")
        painter.restore()
