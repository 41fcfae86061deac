"""The sheet before an upload: what will happen at LINE, and each thing that stands in the way with the button that cures it. It
is shown only where something is to be said."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.core.message import Message
from desktop.operations.line.preflight import Check
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.audiences.pressing.looking import Look, Plan
from desktop.ui.audiences.pressing.words import count, happens, what
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.labels import IconLabel, heading, key_cap, muted, text_label

ICONS = {
    "ok": ("check-circle", "good"),
    "warning": ("warning", "warning"),
    "stop": ("warning-circle", "error"),
}
CURE_NAMES = (
    "check_restored", "rename", "line_ids", "split", "correct_ids", "check_provider", "line_audiences", "quota",
)  # fmt: skip
"""Cures that have a button."""

WIDTH = 560
MOST_HEIGHT = 420


class PressSheet(QDialog):
    """Accepted: the owner wants the upload.

    Args:
        parent: any widget of the window.
        plan: what is to be uploaded.
        look: what was found.
        cure: called with the check whose button was pressed; the sheet is closed then.
    """

    def __init__(self, parent: QWidget, plan: Plan, look: Look, cure: Callable[[Check], object]) -> None:
        super().__init__(parent.window())
        self._cure = cure
        self.look = look
        self.setWindowTitle(t("press_sheet.title"))
        self.setMinimumWidth(theme.px(WIDTH))
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        stopped = bool(look.stops)
        title = (
            "press_sheet.stopped"
            if stopped
            else "press_sheet.replaces"
            if self._replaces
            else "press_sheet.look"
        )
        column.addWidget(heading(t(title, audience=plan.name)))
        if not stopped:
            column.addWidget(text_label(render(what(plan, look))))
        if self._replaces and not stopped:
            column.addLayout(_lines(happens(plan, look)))
        self.cures: dict[str, QWidget] = {}
        column.addWidget(self._checks())
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        self.no = button(t("shell.cancel"), self.reject)
        self.no.setDefault(True)
        row.addWidget(self.no)
        label = "press_sheet.replace" if self._replaces else "press_sheet.upload"
        self.yes = primary_button(t(label, n=count(plan, look)), self.accept)
        self.yes.setEnabled(not stopped)
        self.yes.setVisible(not stopped)
        row.addWidget(self.yes)
        column.addLayout(row)
        self.no.setFocus()

    @property
    def _replaces(self) -> bool:
        return self.look.drift is not None and self.look.drift.way == "replace"

    def press_cure(self, check_id: str) -> None:
        """What a click on a check's button does."""
        self._choose(next(check for check in self.look.checks if check.id == check_id))

    def _checks(self) -> QWidget:
        # It stands in the window before it is measured: only there it is dressed.
        inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(10))
        grid.setColumnStretch(1, 1)
        told = [check for state in ("stop", "warning") for check in self.look.checks if check.state == state]
        for at, check in enumerate(told):
            self._add_check(grid, at, check)
        fine = sum(check.state == "ok" for check in self.look.checks)
        if fine:
            grid.addWidget(IconLabel(*ICONS["ok"], 16), len(told), 0, Qt.AlignmentFlag.AlignTop)
            words = "press_sheet.rest_fine" if told else "press_sheet.all_fine"
            grid.addWidget(muted(t(words, n=fine), wrap=True), len(told), 1, 1, 2)
        inside.setMinimumHeight(inside.sizeHint().height())
        return _scrolled(inside) if len(told) > 3 else inside

    def _add_check(self, grid: QGridLayout, at: int, check: Check) -> None:
        words = text_label(render(check.text))
        words.setMinimumWidth(theme.px(280))
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(IconLabel(*ICONS[check.state], 18), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, at, 1)
        if check.cure in CURE_NAMES:
            cure = button(t(f"press_sheet.cure.{check.cure}"), partial(self._choose, check))
            self.cures[check.id] = cure
            grid.addWidget(cure, at, 2, Qt.AlignmentFlag.AlignTop)

    def _choose(self, check: Check) -> None:
        self.reject()
        self._cure(check)


def _lines(lines: list[Message]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.px(8))
    for number, line in enumerate(lines, start=1):
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addWidget(key_cap(str(number)), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text_label(render(line)), 1)
        column.addLayout(row)
    return column


def _scrolled(inside: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inside)
    area.setMinimumHeight(theme.px(min(MOST_HEIGHT, 220)))
    return area
