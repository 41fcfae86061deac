"""The question of a later day: did the message go out? One press answers; another day is an answer too, and it is asked once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop.core.message import message
from desktop.operations.line.after_upload import Question
from desktop.text import t
from desktop.ui import i18n
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.info_bar import InfoBar


class AskStrip(InfoBar):
    """Hidden while there is nothing to ask. ``answered(upload_id, sent)``: the owner pressed."""

    answered = Signal(int, bool)

    def __init__(self) -> None:
        super().__init__()
        self.question: Question | None = None
        self.later = button(t("outbox_page.ask.later"), lambda: self._answer(False))
        self._close.hide()
        row = self.layout()
        assert isinstance(row, QHBoxLayout)
        row.insertWidget(row.indexOf(self._button), self.later)

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Ask the first of these; the next comes when that is answered."""
        before, self.question = self.question, questions[0] if questions else None
        if self.question is None:
            self.clear()
        elif self.question != before or self.isHidden():
            text = message(
                "outbox_page.ask.text", audience=self.question.audience, day=i18n.date(self.question.day)
            )
            sent = (message("outbox_page.ask.sent"), lambda: self._answer(True))
            self.show_message(text, button=sent)

    def keyPressEvent(self, event: object) -> None:
        # Escape answers nothing: the question stays until one of its buttons is pressed.
        key = getattr(event, "key", lambda: None)()
        if key == Qt.Key.Key_Escape:
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]

    def _answer(self, sent: bool) -> None:
        if self.question is not None:
            asked, self.question = self.question, None
            self.clear()
            self.answered.emit(asked.upload_id, sent)
