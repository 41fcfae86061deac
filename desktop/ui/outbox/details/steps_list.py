"""The steps of a replacement and where it stands: it can stop after any of them and goes on from there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.operations.line.keeping_in_step import ReplacementStep
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.widgets.labels import IconLabel, muted, text_label

STEPS = ("create", "processing", "rename_old", "rename_new", "delete_old")
"""The steps of a replacement, in order."""

STEP_MARKS = {
    "done": ("check-circle", "good"),
    "now": ("spinner", "info"),
    "waiting": ("clock", "muted"),
    "failed": ("warning-circle", "error"),
    "stopped": ("pause", "warning"),
    "skipped": ("minus", "muted"),
    "offered": ("question", "warning"),
}


class StepsList(QWidget):
    """One line for each step: a mark, what it does, when it was done."""

    def __init__(self, steps: Sequence[ReplacementStep]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        for at, step in enumerate(steps):
            state = t(f"outbox_page.step_state.{step.state}")
            grid.addWidget(IconLabel(*STEP_MARKS[step.state], 16), at, 0, Qt.AlignmentFlag.AlignTop)
            # Without a name yet, the text ends before the colon.
            words = text_label(t(f"outbox_page.step.{step.id}", name=step.name or "").rstrip(" :："))
            words.setAccessibleName(f"{words.text()}: {state}")
            grid.addWidget(words, at, 1)
            told = i18n.moment(step.at) if step.state == "done" and step.at else state
            grid.addWidget(muted(told), at, 2, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
