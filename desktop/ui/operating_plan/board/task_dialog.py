"""A task in full: its words, its day, whether it comes back, and a note."""

from __future__ import annotations

import datetime
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from desktop.core.planning.operating.board import Task
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.operating_plan.words import parse_day
from desktop.ui.operating_plan.writing import TextArea
from desktop.ui.widgets.fields import FormRows, Select, TextField
from desktop.ui.widgets.questions import Question

REPEATS = (0, 7, 14, 30, 60, 90)


class TaskDialog(Question):
    """See the module. After it was accepted, ``task`` is what was written."""

    def __init__(self, parent: QWidget, task: Task, today: datetime.date) -> None:
        super().__init__(parent, t("operating_page.task"), "", t("shell.ok_save"))
        self.task, self._today = task, today
        self.form = FormRows()
        self.form.setMinimumWidth(theme.px(440))
        self.title = TextField("", t("operating_page.task_title"))
        self.title.setText(task.title)
        self.due = TextField(t("operating_page.due_example"), t("operating_page.due"))
        self.due.setText(i18n.date(task.due) if task.due else "")
        days = sorted({*REPEATS, task.repeat_days})
        words = [
            (n, t("operating_page.repeats", n=n) if n else t("operating_page.repeats_never")) for n in days
        ]
        self.repeat = Select(t("operating_page.repeat"), words)
        self.repeat.set_value(task.repeat_days)
        self.note = TextArea(t("operating_page.note"), "", 3)
        self.note.set_text(task.note)
        self.form.add(t("operating_page.task_title"), self.title)
        self.form.add(t("operating_page.due"), self.due)
        self.form.add(t("operating_page.repeat"), self.repeat)
        self.form.add(t("operating_page.note"), self.note)
        self.column.insertWidget(1, self.form)
        self.no.setDefault(False)
        for field in (self.title, self.due):
            field.submitted.connect(self.accept)
        self.title.setFocus()

    def accept(self) -> None:
        title, due = self.title.text().strip(), self.due.text().strip()
        day = parse_day(due, self._today) if due else None
        self.form.set_error(self.title, "" if title else t("shell.text_needed"))
        self.form.set_error(self.due, t("operating_page.wrong_day") if due and day is None else "")
        if not title or (due and day is None):
            return
        self.task = replace(
            self.task, title=title, due=day, repeat_days=int(self.repeat.value()), note=self.note.text
        )
        super().accept()
