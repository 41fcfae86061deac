"""Connecting, step by step: what was done, what is being done, and where it went wrong."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.operations.line.account.first_look import STEPS, Step
from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.labels import IconLabel, set_kind, text_label

ICONS = {
    "waiting": ("clock", "muted"),
    "doing": ("spinner", "accent"),
    "good": ("check-circle", "good"),
    "wrong": ("warning-circle", "error"),
    "unknown": ("minus", "muted"),
}


class StepList(QWidget):
    """See the module. Hidden until something is tried."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        self.setAccessibleName(t("line_account.steps"))
        self.states: dict[Step, str] = {}
        self._marks: dict[Step, IconLabel] = {}
        self._words: dict[Step, QLabel] = {}
        for row, step in enumerate(STEPS):
            self._marks[step] = IconLabel(*ICONS["waiting"], 16)
            self._words[step] = text_label(t(f"line_account.step.{step}"))
            grid.addWidget(self._marks[step], row, 0)
            grid.addWidget(self._words[step], row, 1)
        self.hide()

    def begin(self) -> None:
        """Everything is still to be done, the first is being done."""
        for step in STEPS:
            self._set(step, "waiting")
        self.doing("pasted")
        self.show()

    def doing(self, step: Step) -> None:
        """This one is being done; those before it are."""
        at = STEPS.index(step)
        for done in STEPS[:at]:
            self._set(done, "good")
        self._set(step, "doing")

    def wrong(self, step: Step) -> None:
        """It ended here."""
        at = STEPS.index(step)
        for done in STEPS[:at]:
            self._set(done, "good")
        self._set(step, "wrong")
        for left in STEPS[at + 1 :]:
            self._set(left, "waiting")

    def end(self, *, figures: bool) -> None:
        """All is done; LINE may have had no figures just then."""
        for step in STEPS:
            self._set(step, "good")
        if not figures:
            self._set("figures", "unknown")

    def _set(self, step: Step, state: str) -> None:
        self.states[step] = state
        self._marks[step].set(*ICONS[state])
        self._marks[step].setAccessibleName(t(f"line_account.step_state.{state}"))
        set_kind(self._words[step], {"wrong": "error", "waiting": "muted", "unknown": "muted"}.get(state, ""))
