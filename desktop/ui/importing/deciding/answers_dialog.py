"""Answers of a form → tags: each question's answers with how often they were given, ticked where they become a
tag, with the tag's name beside. Two answers with one name become one tag."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.core.errors import UserError
from desktop.core.people.tag import clean_tag_name
from desktop.importer.recipe import Answers
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.importing.deciding.answer_counts import Question, tags_wanted
from desktop.ui.widgets.buttons import button, link_button, primary_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.fields import TextField, check_box
from desktop.ui.widgets.labels import heading, muted, small

_PREVIEWED = 12
AnswerTags = Mapping[str, Mapping[str, str]]


@dataclass
class _Line:
    """An answer's box and field."""

    answer: str
    box: QCheckBox
    field: TextField

    @property
    def tag(self) -> str:
        """The tag's name, "" for none."""
        return self.field.text().strip() if self.box.isChecked() else ""


class AnswersDialog(QDialog):
    """See the module.

    Args:
        parent: the page.
        questions: with their answers.
        answers: what is decided so far.
        apply: called with question → answer → tag.
    """

    def __init__(
        self,
        parent: QWidget,
        questions: Sequence[Question],
        answers: Answers,
        apply: Callable[[AnswerTags], object],
    ) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(t("import_page.answers"))
        room = parent.window().size()
        self.resize(min(theme.px(880), room.width() - 40), min(theme.px(560), room.height() - 40))
        self._questions, self._apply = list(questions), apply
        self._answers = answers
        self.list = QListWidget()
        self.list.setAccessibleName(t("import_page.questions"))
        self.list.setWordWrap(True)
        self.list.addItems([question.column for question in questions])
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(t("import_page.answers"))
        self.lines: list[_Line] = []
        self.preview = small("", wrap=True)
        self._lay_out()
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)

    def _lay_out(self) -> None:
        edge = theme.px(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, edge, edge, theme.px(12))
        column.setSpacing(theme.px(10))
        column.addWidget(muted(t("import_page.answers_text"), wrap=True))
        middle = QHBoxLayout()
        middle.setSpacing(theme.px(12))
        self.list.setMinimumWidth(theme.px(220))
        middle.addWidget(self.list, 2)
        card = Card(flush=True)
        card.body.addWidget(self.area)
        middle.addWidget(card, 5)
        column.addLayout(middle, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(link_button(t("import_page.answers_all"), lambda: self._tick(True)))
        row.addWidget(link_button(t("import_page.answers_none"), lambda: self._tick(False)))
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.preview)
        below = QHBoxLayout()
        below.setSpacing(theme.px(8))
        below.addStretch(1)
        below.addWidget(button(t("import_page.cancel"), self.reject))
        self.apply = primary_button(t("import_page.apply_tags"), self._finish)
        below.addWidget(self.apply)
        column.addLayout(below)

    def _show(self, at: int) -> None:
        if at < 0:
            return
        question = self._questions[at]
        page = QWidget()
        page.setProperty("kind", "panel")
        grid = QGridLayout(page)
        grid.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(theme.px(6))
        for place, key in enumerate(("head_answer", "head_count", "head_tag")):
            grid.addWidget(heading(t(f"import_page.{key}")), 0, place)
        self.lines = []
        for row, (answer, n) in enumerate(question.answers, start=1):
            self._add_line(grid, row, question, answer, n)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(2, 2)
        grid.setRowStretch(len(question.answers) + 1, 1)
        self.area.setWidget(page)
        self._tell()

    def _add_line(self, grid: QGridLayout, row: int, question: Question, answer: str, n: int) -> None:
        tag = question.tag_of(answer, self._answers)
        box = check_box(answer, checked=bool(tag))
        field = TextField("", t("import_page.tag_of_answer", answer=answer))
        field.setText(tag or answer)
        field.setEnabled(bool(tag))
        line = _Line(answer, box, field)
        box.toggled.connect(field.setEnabled)
        box.toggled.connect(lambda _: self._changed(question, line))
        field.editingFinished.connect(lambda: self._changed(question, line))
        grid.addWidget(box, row, 0)
        grid.addWidget(muted(i18n.number(n)), row, 1)
        grid.addWidget(field, row, 2)
        self.lines.append(line)

    def _changed(self, question: Question, line: _Line) -> None:
        try:
            clean_tag_name(line.field.text())
            line.field.set_wrong(False)
        except UserError:
            line.field.set_wrong(line.box.isChecked())
            if line.box.isChecked():
                return
        named = {**self._answers.answer_tags.get(question.column, {}), line.answer: line.tag}
        answer_tags = {**self._answers.answer_tags, question.column: named}
        self._answers = replace(self._answers, answer_tags=answer_tags)
        self._tell()

    def _tick(self, on: bool) -> None:
        for line in self.lines:
            line.box.setChecked(on)

    def _tell(self) -> None:
        wanted = tags_wanted(self._questions, self._answers)
        told = [t("import_page.tag_count", tag=tag, n=n) for tag, n in wanted.most_common(_PREVIEWED)]
        if len(wanted) > _PREVIEWED:
            told.append("…")
        key = "import_page.answers_preview" if told else "import_page.answers_no_tags"
        self.preview.setText(t(key, n=len(wanted), tags=told))

    def _finish(self) -> None:
        if any(line.field.property("wrong") for line in self.lines):
            return
        self.accept()
        self._apply(self._answers.answer_tags)
