"""Where the message is written: one to five texts, each in a balloon of its own, counted as LINE counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.core.limits import TEXT, line_length
from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import icon_button, link_button
from desktop.ui.widgets.labels import muted, set_kind

LINES, MOST_LINES = 4, 7


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


class MessageEditor(QWidget):
    """``written``: what would be sent changed."""

    written = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(10))
        self.balloons: list[Balloon] = []
        self.add = link_button(t("sending_page.add"), self.add_balloon, icon="plus")
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_texts([""])

    @property
    def texts(self) -> list[str]:
        """The texts in their order."""
        return [balloon.text for balloon in self.balloons]

    @property
    def is_sendable(self) -> bool:
        """Whether every text has something in it and is not too long."""
        return all(balloon.text.strip() and not balloon.is_too_long for balloon in self.balloons)

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show other texts."""
        for balloon in self.balloons:
            self._column.removeWidget(balloon)
            balloon.deleteLater()
        self.balloons = []
        for text in texts or [""]:
            self._append().box.setPlainText(text)
        self._tidy()

    def add_balloon(self) -> None:
        """Begin another text."""
        if len(self.balloons) < TEXT.messages_per_request:
            balloon = self._append()
            self._tidy()
            balloon.box.setFocus(Qt.FocusReason.OtherFocusReason)
            self.written.emit()

    def _append(self) -> Balloon:
        balloon = Balloon(len(self.balloons) + 1)
        balloon.written.connect(self.written)
        balloon.removed.connect(lambda: self._remove(balloon))
        self.balloons.append(balloon)
        self._column.insertWidget(self._column.count() - 1, balloon)
        return balloon

    def _remove(self, balloon: Balloon) -> None:
        texts = [one.text for one in self.balloons if one is not balloon]
        self.show_texts(texts)
        self.balloons[-1].box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.written.emit()

    def _tidy(self) -> None:
        for balloon in self.balloons:
            balloon.cross.setVisible(len(self.balloons) > 1)
        self.add.setVisible(len(self.balloons) < TEXT.messages_per_request)
