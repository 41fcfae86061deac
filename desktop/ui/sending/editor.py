"""Where the message is written: one to five balloons, texts counted as LINE counts, or messages made on other pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.core.limits import TEXT, line_length
from desktop.operations.line.sending import text_message
from desktop.text import t
from desktop.ui import theme
from desktop.ui.phone.spoken import spoken
from desktop.ui.widgets.buttons import icon_button, link_button
from desktop.ui.widgets.labels import muted, set_kind, text_label

LINES, MOST_LINES = 4, 7
KINDS = {"image": "image", "imagemap": "imagemap", "template": "cards", "coupon": "coupon", "video": "video"}
"""LINE's types of messages that have a name of their own here."""
PartT = TypeVar("PartT", "Balloon", "Prepared")


class TextBox(QPlainTextEdit):
    """``written``: its committed text changed; what an input method still composes does not count."""

    written = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(t("sending_page.placeholder"))
        self.setTabChangesFocus(True)
        self._fit()
        self._committed = ""
        self._composing = False
        self.textChanged.connect(self._changed)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self._composing:
            self._changed()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._composing:
            event.accept()
            return True
        return super().event(event)

    def _fit(self) -> None:
        """As high as what is written, within limits; beyond them it scrolls."""
        lines = min(MOST_LINES, max(LINES, self.document().lineCount() + 1))
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + theme.px(20))

    def _changed(self) -> None:
        self._fit()
        if not self._composing and self.toPlainText() != self._committed:
            self._committed = self.toPlainText()
            self.written.emit()


class Balloon(QWidget):
    """One text with its counter. ``written``: it changed; ``removed``: its cross was pressed."""

    written = Signal()
    removed = Signal()

    def __init__(self, number: int) -> None:
        super().__init__()
        self.box = TextBox(t("sending_page.balloon", number=str(number)))
        self.box.written.connect(self._changed)
        self.counter = muted()
        self.cross = icon_button("x", t("sending_page.remove", number=str(number)), self.removed.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.box)
        row = QHBoxLayout()
        row.addWidget(muted(t("sending_page.balloon", number=str(number))))
        row.addStretch(1)
        row.addWidget(self.counter)
        row.addWidget(self.cross)
        column.addLayout(row)
        self._changed()

    @property
    def text(self) -> str:
        """What is written."""
        return self.box.toPlainText()

    @property
    def is_too_long(self) -> bool:
        """Whether LINE would refuse it."""
        return line_length(self.text) > TEXT.message_text

    def _changed(self) -> None:
        length = line_length(self.text)
        self.counter.setText(t("sending_page.counter", n=length, limit=TEXT.message_text))
        set_kind(self.counter, "error" if self.is_too_long else "muted")
        self.written.emit()


class Prepared(QWidget):
    """A message that is no text, made on another page: named, and to be taken out. ``removed``: its cross was pressed."""

    removed = Signal()

    def __init__(self, number: int, message: Mapping[str, Any]) -> None:
        super().__init__()
        self.message = message
        kind = t(f"sending_page.kind.{KINDS.get(str(message.get('type')), 'other')}")
        self.name = text_label(" ".join((kind, spoken([message]))).strip())
        self.cross = icon_button("x", t("sending_page.remove", number=str(number)), self.removed.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(muted(t("sending_page.balloon", number=str(number))))
        row.addWidget(self.name, 1)
        row.addWidget(self.cross)


class MessageEditor(QWidget):
    """``written``: what would be sent changed."""

    written = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(10))
        self.parts: list[Balloon | Prepared] = []
        self.add = link_button(t("sending_page.add"), self.add_balloon, icon="plus")
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_texts([""])

    @property
    def balloons(self) -> list[Balloon]:
        """Those of the parts that are texts."""
        return [part for part in self.parts if isinstance(part, Balloon)]

    @property
    def texts(self) -> list[str]:
        """The texts in their order."""
        return [balloon.text for balloon in self.balloons]

    @property
    def messages(self) -> list[Mapping[str, Any]]:
        """What would be sent, as LINE's message objects."""
        return [
            part.message if isinstance(part, Prepared) else text_message(part.text) for part in self.parts
        ]

    @property
    def is_sendable(self) -> bool:
        """Whether every text has something in it and is not too long."""
        return bool(self.parts) and all(
            balloon.text.strip() and not balloon.is_too_long for balloon in self.balloons
        )

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show other texts."""
        self.show_messages([text_message(text) for text in texts or [""]])

    def show_messages(self, messages: Sequence[Mapping[str, Any]]) -> None:
        """Show other messages; texts can be changed, others only taken out."""
        for part in self.parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.parts = []
        for one in messages:
            if one.get("type") == "text":
                self._append(Balloon(len(self.parts) + 1)).box.setPlainText(str(one.get("text", "")))
            else:
                self._append(Prepared(len(self.parts) + 1, one))
        self._tidy()

    def add_balloon(self) -> None:
        """Begin another text."""
        if len(self.parts) < TEXT.messages_per_request:
            balloon = self._append(Balloon(len(self.parts) + 1))
            self._tidy()
            balloon.box.setFocus(Qt.FocusReason.OtherFocusReason)
            self.written.emit()

    def _append(self, part: PartT) -> PartT:
        if isinstance(part, Balloon):
            part.written.connect(self.written)
        part.removed.connect(lambda: self._remove(part))
        self.parts.append(part)
        self._column.insertWidget(self._column.count() - 1, part)
        return part

    def _remove(self, part: Balloon | Prepared) -> None:
        place = self.parts.index(part)
        messages = self.messages
        self.show_messages(messages[:place] + messages[place + 1 :])
        last = self.parts[-1]
        (last.box if isinstance(last, Balloon) else last.cross).setFocus(Qt.FocusReason.OtherFocusReason)
        self.written.emit()

    def _tidy(self) -> None:
        for part in self.parts:
            part.cross.setVisible(len(self.parts) > 1)
        self.add.setVisible(len(self.parts) < TEXT.messages_per_request)
