"""One line of a condition as a widget: its handle, what it asks as pieces of a sentence, how many people it holds by itself, and
its cross. In a narrow card the values stand below the field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from desktop.core.errors import UserError
from desktop.core.people.condition import EVERYBODY, Op, Term
from desktop.core.people.fields import OF_A_PERIOD, FieldKind
from desktop.core.people.query_text import parse
from desktop.core.people.sentences import Form, Sentence, forms_of, kind_of, values_needed
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.audiences.builder.draft import Line, Node, Written
from desktop.ui.audiences.builder.grip import Grip
from desktop.ui.audiences.builder.pieces import FieldButton, NotWord
from desktop.ui.audiences.conditions.fields_offered import choose_field
from desktop.ui.audiences.conditions.period_picker import PeriodPicker
from desktop.ui.audiences.conditions.value_editors import Choices, ValueEditor, editor_for
from desktop.ui.audiences.conditions.words import form_label, line_text, query_text
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.fields import Select, TextField
from desktop.ui.widgets.labels import error_text, muted

GRIP, FIELD, FORM, VALUES, COUNT, CROSS = range(6)
VALUES_NEED = 150
"""What the values of a sentence need beside the field, at 100 % text size."""

GRIP_AND_CROSS = 80


class LineWidget(QWidget):
    """``edited``: it says something else; ``removed``; ``menu_wanted``; ``turned``: the word 不符合 was pressed."""

    edited = Signal()
    removed = Signal()
    menu_wanted = Signal()
    turned = Signal()

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.node: Node = line
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(theme.px(6))
        self.grid.setVerticalSpacing(theme.px(6))
        self.grid.setColumnStretch(VALUES, 1)
        self.grip = Grip("")
        self.grip.clicked.connect(self.menu_wanted)
        self.count = muted()
        self.cross = icon_button("x", "", self.removed.emit, role="link")
        tall = theme.control_height()
        self.count.setMinimumHeight(tall)
        self.cross.setMinimumHeight(tall)
        top = Qt.AlignmentFlag.AlignTop
        self.grid.addWidget(self.grip, 0, GRIP, top)
        self.grid.addWidget(self.count, 0, COUNT, top | Qt.AlignmentFlag.AlignRight)
        self.grid.addWidget(self.cross, 0, CROSS, top)
        self.not_word = NotWord()
        self.not_word.clicked.connect(self.turned)
        self.not_word.setVisible(line.negated)

    @property
    def line(self) -> Line:
        """The line as it says now."""
        assert isinstance(self.node, Line)
        return self.node

    def inner(self) -> tuple[QWidget, Sequence[LineWidget]]:
        """A line holds no others."""
        return self, ()

    def area_in(self, over: QWidget) -> QRect:
        """Its rectangle in the coordinates of ``over``."""
        return QRect(self.mapTo(over, QPoint(0, 0)), self.size())

    def focus_value(self) -> None:
        """Put the focus where the next thing is to be entered."""

    def show_count(self, text: str, hint: str) -> None:
        """Say how many people it holds by itself; ``hint`` says more."""
        self.count.setText(text)
        self.count.setToolTip(hint)
        self.count.setAccessibleName(hint)

    def call(self) -> None:
        """Name its parts after what it says."""
        said = line_text(self.line)
        self.grip.set_name(t("builder.grip", line=said))
        self.cross.setAccessibleName(t("builder.remove_line", line=said))
        self.cross.setToolTip(t("builder.remove_line", line=said))


class SentenceLine(LineWidget):
    """Field, form, values.

    Args:
        line: whose words are a sentence.
        choices: gives the values of a field to choose from.
        columns: the shop's extra columns.
    """

    def __init__(self, line: Line, choices: Choices, columns: Sequence[str]) -> None:
        super().__init__(line)
        self._choices = choices
        self._columns = list(columns)
        self._wide = True
        said = self.sentence
        self.field = FieldButton(self._choose_field)
        self.form = Select(t("audiences_page.form"))
        self.editor = ValueEditor()
        self.period: PeriodPicker | None = None
        self._values = QWidget()
        self._values_row = QHBoxLayout(self._values)
        self._values_row.setContentsMargins(0, 0, 0, 0)
        self._values_row.setSpacing(theme.px(6))
        self._values_row.addWidget(self.editor, 1)
        self._front = QWidget()
        front = QGridLayout(self._front)
        front.setContentsMargins(0, 0, 0, 0)
        front.setHorizontalSpacing(theme.px(6))
        front.addWidget(self.not_word, 0, 0)
        front.addWidget(self.field, 0, 1)
        self.grid.addWidget(self._front, 0, FIELD, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(self.form, 0, FORM, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(self._values, 0, VALUES)
        self.form.chosen.connect(self._change_form)
        self.field.show_field(said.field, extra=said.extra)
        self._show_form()
        self.call()

    @property
    def sentence(self) -> Sentence:
        """What it says."""
        said = self.line.says
        assert isinstance(said, Sentence)
        return said

    def focus_value(self) -> None:
        for widget in self.editor.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.isHidden():
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                return
        (self.form if not self.form.isHidden() else self.field).setFocus()

    def change_field(self, field: str, *, extra: bool) -> None:
        """Ask another field; it begins anew."""
        self._say(Sentence(field, forms_of(field, extra=extra)[0], (), extra))
        self.field.show_field(field, extra=extra)
        self._show_form()
        self._take_values()
        self.focus_value()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        # The values may go below: that the line is narrow must not widen the card.
        hint = super().minimumSizeHint()
        front = self._front.sizeHint().width() + self.form.minimumSizeHint().width()
        return QSize(min(hint.width(), front + theme.px(GRIP_AND_CROSS)), hint.height())

    def _arrange(self) -> None:
        """Values beside the form where there is room, else below the field."""
        parts = (self.grip, self._front, self.form, self.count, self.cross)
        fixed = sum(part.sizeHint().width() + theme.px(8) for part in parts if not part.isHidden())
        needed = max(theme.px(VALUES_NEED), self._values.minimumSizeHint().width())
        if self.period is not None:
            beside = self.editor.minimumSizeHint().width() + theme.px(8)
            needed = max(needed, beside + self.period.sizeHint().width())
        empty = not self.editor.has_fields and self.period is None
        wide = self.width() >= fixed + needed or empty
        if wide == self._wide:
            return
        self._wide = wide
        self.grid.removeWidget(self._values)
        if wide:
            self.grid.addWidget(self._values, 0, VALUES)
        else:
            self.grid.addWidget(self._values, 1, FIELD, 1, COUNT - FIELD + 1)

    def _choose_field(self) -> None:
        choose_field(self.field, self._columns, lambda field, extra: self.change_field(field, extra=extra))

    def _change_form(self, name: object) -> None:
        old, form = self.sentence, Form(str(name))
        kept = old.values if _alike(old.form, form) else ()
        if values_needed(form) < len(kept) and form not in _LISTS:
            kept = kept[: values_needed(form)]
        self._say(replace(old, form=form, values=kept))
        self._show_editor()
        self._take_values()

    def _show_form(self) -> None:
        said = self.sentence
        forms = forms_of(said.field, extra=said.extra)
        self.form.set_choices((form.value, form_label(said.field, form, extra=said.extra)) for form in forms)
        self.form.set_value(said.form.value)
        # 「已綁定：是」 needs no word between the field and the answer; nor does a field that can be asked one way only.
        self.form.setVisible(said.form is not Form.IS and len(forms) > 1)
        self._show_editor()

    def _show_editor(self) -> None:
        old, self.editor = self.editor, editor_for(self.sentence, self._choices)
        self._values_row.replaceWidget(old, self.editor)
        old.hide()
        old.deleteLater()
        self.editor.edited.connect(self._take_values)
        self._show_period()
        self._arrange()

    def _show_period(self) -> None:
        """Questions about orders can be asked of a time."""
        said = self.sentence
        asks = not said.extra and said.field in OF_A_PERIOD
        if self.period is not None and not asks:
            self.period.hide()
            self.period.deleteLater()
            self.period = None
        elif self.period is None and asks:
            self.period = PeriodPicker(said.period)
            self.period.edited.connect(self._take_values)
            self._values_row.addWidget(self.period)
        # A number is as wide as it is; the time of the orders stands right behind it.
        narrow = self.period is not None and kind_of(said.field) is FieldKind.NUMBER
        self._values_row.setStretchFactor(self.editor, 0 if narrow else 1)
        self._values_row.setAlignment(self.editor, Qt.AlignmentFlag.AlignTop)
        if self.period is not None:
            self._values_row.setStretchFactor(self.period, 1 if narrow else 0)

    def _take_values(self) -> None:
        period = self.period.period() if self.period is not None else None
        self._say(replace(self.sentence, values=self.editor.values(), period=period))
        self._arrange()
        self.call()
        self.edited.emit()

    def _say(self, sentence: Sentence) -> None:
        self.node = replace(self.line, says=sentence)


class WrittenLine(LineWidget):
    """A part of the condition as query text.

    Args:
        line: whose words are query text.
        columns: the shop's extra columns.
    """

    def __init__(self, line: Line, columns: Sequence[str]) -> None:
        super().__init__(line)
        self._columns = list(columns)
        self._given = self._shown = ""
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        self.field = TextField(t("audiences_page.query_example"), t("audiences_page.query_row"))
        said = line.says
        if isinstance(said, Written) and said.condition is not None:
            everybody = said.condition == EVERYBODY
            self._given = query_text(Term("id", Op.ANY) if everybody else said.condition)
            self.field.setText(self._given)
            self._shown = self.field.text().strip()
        self.field.textEdited.connect(self._read)
        self.wrong = error_text()
        self.wrong.hide()
        column.addWidget(self.field)
        column.addWidget(self.wrong)
        label = QLabel(t("audiences_page.query_row"))
        label.setMinimumHeight(theme.control_height())
        top = Qt.AlignmentFlag.AlignTop
        self.grid.addWidget(self.not_word, 0, FIELD, top)
        self.grid.addWidget(label, 0, FORM, top)
        self.grid.addLayout(column, 0, VALUES)
        self.call()

    def focus_value(self) -> None:
        self.field.setFocus()

    def _read(self) -> None:
        text = self.field.text().strip()
        if text == self._shown:
            text = self._given
        try:
            condition = parse(text, extra_columns=self._columns) if text else None
        except UserError as mistake:
            self.wrong.setText(render(mistake.text))
            self.wrong.show()
            self.field.set_wrong(True)
            return
        self.wrong.hide()
        self.field.set_wrong(False)
        self.node = replace(self.line, says=Written(condition))
        self.call()
        self.edited.emit()


def _alike(before: Form, after: Form) -> bool:
    """Whether what was entered for one form fits another."""
    kinds = (_LISTS, _AGES, _DAYS, _NUMBERS, _TEXTS, _ANSWERS)
    return any(before in kind and after in kind for kind in kinds)


_LISTS = {Form.ANY_OF, Form.NONE_OF}
_TEXTS = {Form.CONTAINS, Form.LACKS}
_ANSWERS = {Form.IS, Form.IS_NOT}
_AGES = {form for form in Form if form.startswith("ago_")}
_DAYS = {Form.ON, Form.SINCE, Form.AFTER, Form.UNTIL, Form.BEFORE, Form.DAYS_BETWEEN}
_NUMBERS = {Form.AT_LEAST, Form.OVER, Form.AT_MOST, Form.UNDER, Form.EXACTLY, Form.BETWEEN}
