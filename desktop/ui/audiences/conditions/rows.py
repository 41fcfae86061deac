"""The rows of a condition as widgets: one sentence each, a part that stays query text, and groups of which one is enough."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.people.query_text import parse
from desktop.core.people.sentences import AnyGroup, Form, Free, Row, Sentence, forms_of, values_needed
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.audiences.conditions.value_editors import Choices, ValueEditor, editor_for
from desktop.ui.audiences.conditions.words import FURTHER, USUAL, field_label, form_label, query_text
from desktop.ui.widgets.buttons import icon_button, link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.fields import Select, TextField
from desktop.ui.widgets.labels import error_text, heading, text_label


class RowWidget(QWidget):
    """One row with its cross."""

    edited = Signal()
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(theme.px(8))

    def row(self) -> Row:
        """What it says now."""
        raise NotImplementedError

    def focus_value(self) -> None:
        """Put the focus where the next thing is to be entered."""

    def _add_cross(self, name: str) -> None:
        cross = icon_button("x", name, self.removed.emit, role="link")
        cross.setMinimumHeight(Select("", [(0, "")]).sizeHint().height())
        self.line.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)


class SentenceRow(RowWidget):
    """Field, form, values, cross."""

    def __init__(self, sentence: Sentence, choices: Choices, columns: Sequence[str]) -> None:
        super().__init__()
        self._sentence = sentence
        self._choices = choices
        offered = [(field, False) for field in dict.fromkeys((*USUAL, *FURTHER))] + [
            (name, True) for name in columns
        ]
        if (sentence.field, sentence.extra) not in offered:
            offered.append((sentence.field, sentence.extra))
        self._fields = offered
        self.field = Select(
            t("audiences_page.field"),
            [(at, field_label(field, extra=extra)) for at, (field, extra) in enumerate(offered)],
        )
        self.field.set_value(offered.index((sentence.field, sentence.extra)))
        self.form = Select(t("audiences_page.form"))
        self.editor = ValueEditor()
        for part in (self.field, self.form):
            self.line.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        self.line.addWidget(self.editor, 1)
        self._add_cross(
            t("audiences_page.remove_row", field=field_label(sentence.field, extra=sentence.extra))
        )
        self.field.chosen.connect(self._change_field)
        self.form.chosen.connect(self._change_form)
        self._show_form()

    def row(self) -> Sentence:
        return self._sentence

    def focus_value(self) -> None:
        focusable = self.editor.findChildren(QWidget)
        for widget in focusable:
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.isHidden():
                widget.setFocus(Qt.FocusReason.TabFocusReason)
                return
        self.form.setFocus()

    def _change_field(self, at: object) -> None:
        field, extra = self._fields[int(str(at))]
        self._sentence = Sentence(field, forms_of(field, extra=extra)[0], (), extra)
        self._show_form()
        self._take_values()
        self.focus_value()

    def _change_form(self, name: object) -> None:
        old, form = self._sentence, Form(str(name))
        kept = old.values if _alike(old.form, form) else ()
        self._sentence = Sentence(old.field, form, kept[: max(values_needed(form), len(kept))], old.extra)
        self._show_editor()
        self._take_values()

    def _show_form(self) -> None:
        said = self._sentence
        forms = forms_of(said.field, extra=said.extra)
        self.form.set_choices((form.value, form_label(said.field, form, extra=said.extra)) for form in forms)
        self.form.set_value(said.form.value)
        # 「已綁定：是」 needs no word between the field and the answer.
        self.form.setVisible(said.form is not Form.IS)
        self._show_editor()

    def _show_editor(self) -> None:
        old, self.editor = self.editor, editor_for(self._sentence, self._choices)
        self.line.replaceWidget(old, self.editor)
        old.hide()
        old.deleteLater()
        self.editor.edited.connect(self._take_values)

    def _take_values(self) -> None:
        said = self._sentence
        self._sentence = Sentence(said.field, said.form, self.editor.values(), said.extra)
        self.edited.emit()


class FreeRow(RowWidget):
    """A part of the condition as query text."""

    def __init__(self, part: Free, columns: Sequence[str]) -> None:
        super().__init__()
        self._columns = list(columns)
        self._part = part
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        self.field = TextField(t("audiences_page.query_example"), t("audiences_page.query_row"))
        self.field.setText(query_text(part.condition))
        self.field.textEdited.connect(self._read)
        self.wrong = error_text()
        self.wrong.hide()
        column.addWidget(self.field)
        column.addWidget(self.wrong)
        label = text_label(t("audiences_page.query_row"), wrap=False)
        label.setMinimumHeight(self.field.sizeHint().height())
        self.line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        self.line.addLayout(column, 1)
        self._add_cross(t("audiences_page.remove_row", field=t("audiences_page.query_row")))

    def row(self) -> Free:
        return self._part

    def focus_value(self) -> None:
        self.field.setFocus()

    def _read(self) -> None:
        try:
            self._part = Free(parse(self.field.text(), extra_columns=self._columns))
        except UserError as mistake:
            self.wrong.setText(render(mistake.text))
            self.wrong.show()
            self.field.set_wrong(True)
            return
        self.wrong.hide()
        self.field.set_wrong(False)
        self.edited.emit()


class GroupRow(RowWidget):
    """Rows of which one is enough, in a frame."""

    def __init__(self, group: AnyGroup, choices: Choices, columns: Sequence[str]) -> None:
        super().__init__()
        self._choices, self._columns = choices, list(columns)
        frame = Card()
        frame.setFrameShape(QFrame.Shape.NoFrame)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(8))
        frame.body.addWidget(heading(t("audiences_page.any_of_these")))
        frame.body.addLayout(self._rows)
        self.add_button = link_button(t("audiences_page.add_condition"), self._add, icon="plus")
        frame.body.addWidget(self.add_button)
        self.parts: list[RowWidget] = []
        self.line.addWidget(frame, 1)
        self._add_cross(t("audiences_page.remove_group"))
        for part in group.rows:
            self._put(part)

    def row(self) -> AnyGroup:
        rows = (part.row() for part in self.parts)
        return AnyGroup(tuple(row for row in rows if isinstance(row, Sentence | Free)))

    def focus_value(self) -> None:
        if self.parts:
            self.parts[0].focus_value()

    def _add(self) -> None:
        self._put(Sentence("tag", Form.ANY_OF)).focus_value()

    def _put(self, part: Sentence | Free) -> RowWidget:
        made = make_row(part, self._choices, self._columns)
        made.edited.connect(self.edited)
        made.removed.connect(lambda: self._drop(made))
        self._rows.addWidget(made)
        self.parts.append(made)
        return made

    def _drop(self, part: RowWidget) -> None:
        self.parts.remove(part)
        part.hide()
        part.deleteLater()
        if self.parts:
            self.edited.emit()
        else:
            self.removed.emit()


def make_row(row: Row, choices: Choices, columns: Sequence[str]) -> RowWidget:
    """The widget of a row.

    Args:
        row: what it says.
        choices: gives the values of a field to choose from.
        columns: the shop's extra columns.
    """
    if isinstance(row, AnyGroup):
        return GroupRow(row, choices, columns)
    return SentenceRow(row, choices, columns) if isinstance(row, Sentence) else FreeRow(row, columns)


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
