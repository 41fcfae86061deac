"""One line of a condition as a widget: its handle, what it asks as pieces of a sentence, how many people it holds by itself, and
its cross. In a narrow card the values stand below the field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from desktop.core.errors import UserError
from desktop.core.people.query_text import parse
from desktop.core.people.sentences import Form, Sentence, forms_of, values_needed
from desktop.text import render, t
from desktop.ui import icons, theme
from desktop.ui.audiences.builder.draft import Line, Node, Written
from desktop.ui.audiences.builder.grip import Grip
from desktop.ui.audiences.conditions.fields_offered import choose_field, key_of
from desktop.ui.audiences.conditions.value_editors import Choices, ValueEditor, editor_for
from desktop.ui.audiences.conditions.words import field_label, form_label, line_text, query_text
from desktop.ui.widgets.buttons import PushButton, icon_button
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
        tall = Select("", [(0, "")]).sizeHint().height()
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
        self._front = QWidget()
        front = QGridLayout(self._front)
        front.setContentsMargins(0, 0, 0, 0)
        front.setHorizontalSpacing(theme.px(6))
        front.addWidget(self.not_word, 0, 0)
        front.addWidget(self.field, 0, 1)
        self.grid.addWidget(self._front, 0, FIELD, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(self.form, 0, FORM, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(self.editor, 0, VALUES)
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
        fixed = sum(part.sizeHint().width() + theme.px(6) for part in parts if not part.isHidden())
        needed = max(theme.px(VALUES_NEED), self.editor.minimumSizeHint().width())
        wide = self.width() >= fixed + needed or not self.editor.has_fields
        if wide == self._wide:
            return
        self._wide = wide
        self.grid.removeWidget(self.editor)
        if wide:
            self.grid.addWidget(self.editor, 0, VALUES)
        else:
            self.grid.addWidget(self.editor, 1, FIELD, 1, COUNT - FIELD + 1)

    def _choose_field(self) -> None:
        choose_field(self.field, self._columns, lambda field, extra: self.change_field(field, extra=extra))

    def _change_form(self, name: object) -> None:
        old, form = self.sentence, Form(str(name))
        kept = old.values if _alike(old.form, form) else ()
        if values_needed(form) < len(kept) and form not in _LISTS:
            kept = kept[: values_needed(form)]
        self._say(Sentence(old.field, form, kept, old.extra))
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
        self.grid.replaceWidget(old, self.editor)
        old.hide()
        old.deleteLater()
        self.editor.edited.connect(self._take_values)
        self._arrange()

    def _take_values(self) -> None:
        self._say(replace(self.sentence, values=self.editor.values()))
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
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        self.field = TextField(t("audiences_page.query_example"), t("audiences_page.query_row"))
        said = line.says
        if isinstance(said, Written) and said.condition is not None:
            self.field.setText(query_text(said.condition))
        self.field.textEdited.connect(self._read)
        self.wrong = error_text()
        self.wrong.hide()
        column.addWidget(self.field)
        column.addWidget(self.wrong)
        label = QLabel(t("audiences_page.query_row"))
        label.setMinimumHeight(self.field.sizeHint().height())
        top = Qt.AlignmentFlag.AlignTop
        self.grid.addWidget(self.not_word, 0, FIELD, top)
        self.grid.addWidget(label, 0, FORM, top)
        self.grid.addLayout(column, 0, VALUES)
        self.call()

    def focus_value(self) -> None:
        self.field.setFocus()

    def _read(self) -> None:
        text = self.field.text().strip()
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


class NotWord(QPushButton):
    """The word 「不符合」 before a line; pressing it takes it away."""

    def __init__(self) -> None:
        super().__init__(t("builder.not"))
        self.setProperty("kind", "link")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(t("builder.not_hint"))
        self.setToolTip(t("builder.not_hint"))

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        height = max(theme.px(28), metrics.height() + theme.px(8))
        return QSize(metrics.horizontalAdvance(self.text()) + theme.px(20), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour("warning_soft"))
        painter.setPen(theme.colour("focus") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), theme.px(6), theme.px(6))
        painter.setPen(theme.colour("warning"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
        painter.end()


class FieldButton(PushButton):
    """The field of a sentence; pressing it offers the others."""

    def __init__(self, choose: Callable[[], object]) -> None:
        super().__init__()
        self.field, self.extra = "", False
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: choose())

    def show_field(self, field: str, *, extra: bool) -> None:
        """Show a field's name."""
        self.field, self.extra = field, extra
        name = field_label(field, extra=extra)
        self.setText(name.replace("&", "&&"))
        self.setAccessibleName(t("builder.field_is", field=name))
        self.setToolTip(t("builder.change_field"))
        self.updateGeometry()

    @property
    def key(self) -> str:
        """The field's key in the list of fields."""
        return key_of(self.field, extra=self.extra)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(field_label(self.field, extra=self.extra))
        return QSize(width + theme.px(44), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""  # type: ignore[attr-defined]
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        side, edge = theme.px(11), theme.px(10)
        area = QRect(self.width() - side - edge, (self.height() - side) // 2, side, side)
        icons.paint(painter, area, "caret-down", theme.colour("muted"))
        painter.setPen(theme.colour("ink"))
        room = self.rect().adjusted(theme.px(12), 0, -side - edge, 0)
        name = field_label(self.field, extra=self.extra)
        shown = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.end()


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
