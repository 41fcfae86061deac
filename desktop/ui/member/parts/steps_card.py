"""What was done with her: the files she came from and the steps that concern her, each with a look inside and its undo."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.operations.people.member_card import MemberSteps
from desktop.store.undo.step_list import ListedStep
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.history import words
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import ElidedLabel, muted


class StepsCard(Card):
    """See the module. ``undo_asked(step)``, ``step_asked(step)``."""

    undo_asked = Signal(object)
    step_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__(t("member.steps"))
        self.imports = muted(wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.px(2))
        self.rest = muted()
        self.body.addWidget(self.imports)
        self.body.addLayout(self._lines)
        self.body.addWidget(self.rest)
        self.undo_buttons: dict[int, QPushButton] = {}
        self._shown: MemberSteps | None = None

    def show_steps(self, seen: MemberSteps) -> None:
        """Show a person's steps, newest first."""
        if seen == self._shown:
            return
        self._shown = seen
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.undo_buttons = {}
        for step in seen.steps:
            self._lines.addWidget(self._line(step))
        if not seen.steps:
            self._lines.addWidget(muted(t("member.steps.none")))
        files = [
            t("member.imports.file", file=one.file, at=i18n.moment(one.at))
            for one in seen.imports
            if not one.undone
        ]
        self.imports.setText(t("member.imports", files=t("members.list_separator").join(files)))
        self.imports.setVisible(bool(files))
        left = seen.count - len(seen.steps)
        self.rest.setText(t("member.steps.more", n=left))
        self.rest.setVisible(left > 0)

    def _line(self, step: ListedStep) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        at = muted(i18n.moment(step.at))
        at.setMinimumWidth(theme.px(92))
        title = ElidedLabel(render(step.title), kind="muted" if step.fate != "done" else "")
        title.setMinimumHeight(theme.px(28))
        row.addWidget(at)
        row.addWidget(title, 1)
        state = words.state_of(step)
        if state:
            row.addWidget(muted(state))
        look = link_button(t("member.step.look"), partial(self.step_asked.emit, step.id))
        look.setAccessibleName(t("member.step.look_at", step=render(step.title)))
        row.addWidget(look)
        if step.fate == "done":
            undo = link_button(t("tag_panel.steps.undo"), partial(self.undo_asked.emit, step))
            undo.setAccessibleName(t("tag_panel.steps.undo_step", step=render(step.title)))
            self.undo_buttons[step.id] = undo
            row.addWidget(undo)
        return line
