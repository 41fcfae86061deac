"""What was done last, each with its undo, and the way to everything that was done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.store.history import Step
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.labels import ElidedLabel, muted

MOST = 5


class RecentSteps(QWidget):
    """See the module. ``undo_asked(step id)``; ``history_asked``: the owner wants to see all steps."""

    undo_asked = Signal(int)
    history_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(2))
        self._shown: Sequence[Step] | None = None
        self.buttons: dict[int, QPushButton] = {}
        self.show_steps([])

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show these steps, newest first."""
        if steps == self._shown:
            return
        focused = any(button.hasFocus() for button in self.buttons.values())
        self._shown = steps
        while self._column.count():
            item = self._column.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = {}
        for step in steps[:MOST]:
            self._column.addWidget(self._line(step))
        if steps:
            self._column.addWidget(link_button(t("history_page.all_steps"), self.history_asked.emit))
        else:
            self._column.addWidget(muted(t("tag_panel.steps.none")))
        if focused and self.buttons:
            next(iter(self.buttons.values())).setFocus()

    def _line(self, step: Step) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        words = ElidedLabel(render(step.title), kind="muted" if step.undone else "")
        words.setToolTip(f"{render(step.title)}\n{i18n.moment(step.at)}")
        words.setMinimumHeight(theme.px(26))
        row.addWidget(words, 1)
        if step.undone:
            row.addWidget(muted(t("tag_panel.steps.undone")))
        elif step.undoable:
            button = link_button(t("tag_panel.steps.undo"), partial(self.undo_asked.emit, step.id))
            button.setAccessibleName(t("tag_panel.steps.undo_step", step=render(step.title)))
            self.buttons[step.id] = button
            row.addWidget(button)
        return line
