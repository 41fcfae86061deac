"""A list of what a good greeting has: ticked where it has it, with a way to put it in where it has not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import IconLabel, set_kind, text_label

MARKS = {"ok": ("check", "good"), "warning": ("warning-circle", "warning"), "error": ("x", "error")}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One point: ``state`` is ok, warning or error; ``cure``: what the button beside it says, "" for none; ``why``: told when the
    pointer rests on it."""

    id: str
    state: str
    text: str
    cure: str = ""
    why: str = ""


class CheckRow(QWidget):
    """``pressed``: put in what is missing."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self.mark = IconLabel("check", "good", 15)
        self.text = text_label()
        self.cure = link_button("", self.pressed.emit)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.text, 1)
        row.addWidget(self.cure, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(theme.px(27))
        self.line = CheckLine("", "ok", "")

    def show_line(self, line: CheckLine) -> None:
        """Show a point."""
        if line == self.line:
            return
        self.line = line
        self.mark.set(*MARKS[line.state])
        self.text.setText(line.text)
        set_kind(self.text, "error" if line.state == "error" else "")
        self.text.setToolTip(line.why)
        self.setToolTip(line.why)
        state = t(f"greeting_page.state.{line.state}")
        self.setAccessibleName(t("greeting_page.check_spoken", text=line.text, state=state))
        self.cure.setText(line.cure)
        self.cure.setAccessibleName(t("greeting_page.cure_spoken", cure=line.cure, text=line.text))
        self.cure.setVisible(bool(line.cure))


class CheckCard(Card):
    """``cure_asked(id)``: put in what this point lacks.

    Args:
        title: of the card.
    """

    cure_asked = Signal(str)

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.rows: list[CheckRow] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(1))
        self.body.addLayout(self._rows)

    def show_lines(self, lines: Sequence[CheckLine]) -> None:
        """Show these points; rows stay where they are, so that nothing jumps while one writes."""
        while len(self.rows) < len(lines):
            row = CheckRow()
            row.pressed.connect(lambda row=row: self.cure_asked.emit(row.line.id))
            self._rows.addWidget(row)
            self.rows.append(row)
        while len(self.rows) > len(lines):
            row = self.rows.pop()
            self._rows.removeWidget(row)
            row.hide()
            row.deleteLater()
        for row, line in zip(self.rows, lines, strict=True):
            row.show_line(line)
