"""The right-hand part of a row: what the field is compared with. One editor for each shape of value; all say ``edited`` and
give ``values()``, which has too few entries while the owner has not finished."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.core.people.condition import NAMED_DAYS, Ago, Named, Value
from desktop.core.people.fields import FieldKind
from desktop.core.people.query.values import read_number, written
from desktop.core.people.sentences import Form, Sentence, kind_of
from desktop.text import t
from desktop.ui import theme
from desktop.ui.audiences.conditions.choices_read import taken
from desktop.ui.audiences.conditions.days import typed_day, whole_day
from desktop.ui.audiences.conditions.words import UNITS, field_label, period_label, unit_label
from desktop.ui.choosing.chooser import Choice, Chooser
from desktop.ui.choosing.day_chooser import Calendar
from desktop.ui.page import page_of
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.chips import Chip, FlowLayout
from desktop.ui.widgets.fields import Select, TextField
from desktop.ui.widgets.labels import muted

Choices = Callable[[str, bool, Callable[[Sequence[Choice]], object]], object]
"""Asks for the choices of a field (name, whether an extra column); they come back in the callable."""

CHIP_HEIGHT = 24
LARGEST_AGE = 999_999
CLASSES = ("N", "A", "S", "L")
CLOSED = frozenset({FieldKind.TAG, FieldKind.CHOICE, FieldKind.AUDIENCE})
"""Kinds of fields whose values are chosen and never made up."""
NUMBER_WIDTH = 96
DATE_WIDTH = 136
ANSWERS = {
    FieldKind.YES_NO: ("yes", "no"),
    FieldKind.YES_NO_UNKNOWN: ("yes", "no", "unknown"),
    FieldKind.GENDER: ("female", "male", "other"),
}


class ValueEditor(QWidget):
    """An editor for the values of one sentence."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(theme.px(8))

    def values(self) -> tuple[Value, ...]:
        """What was entered so far."""
        return ()

    @property
    def has_fields(self) -> bool:
        """Whether there is anything to enter."""
        return self.row.count() > 0


def editor_for(sentence: Sentence, choices: Choices) -> ValueEditor:
    """The editor that fits a sentence's form."""
    form, kind = sentence.form, kind_of(sentence.field, extra=sentence.extra)
    if form in (Form.PRESENT, Form.ABSENT):
        return ValueEditor()
    if form in (Form.ANY_OF, Form.NONE_OF):
        return ListEditor(sentence, choices)
    if form.startswith("ago_"):
        return AgeEditor(sentence)
    if form in (Form.IS, Form.IS_NOT):
        return ChoiceEditor(sentence, [(word, t(f"query.value.{word}")) for word in ANSWERS[kind]])
    if form is Form.IN_PERIOD:
        return ChoiceEditor(sentence, _periods(kind))
    if form in (Form.CONTAINS, Form.LACKS):
        return WrittenEditor(sentence, lambda text: text, width=None)
    if kind is FieldKind.DATE:
        return DateEditor(sentence)
    return WrittenEditor(sentence, read_number, width=NUMBER_WIDTH)


class ListEditor(ValueEditor):
    """Chips in a box; the plus opens the chooser."""

    def __init__(self, sentence: Sentence, choices: Choices) -> None:
        super().__init__()
        self._field, self._extra = sentence.field, sentence.extra
        self._is_tag = sentence.field == "tag" and not sentence.extra
        self._choices = choices
        self._kind = kind_of(sentence.field, extra=sentence.extra)
        self._values: list[Value] = list(sentence.values)
        self._known: dict[Value, str] = {}
        self._colours: dict[str, str] = {}
        self._label = field_label(sentence.field, extra=sentence.extra)
        self.box = _Box()
        self.box.clicked.connect(self.choose)
        inside = QWidget()
        self.flow = FlowLayout(inside, gap=6)
        self.box.column.addWidget(inside)
        self.plus = icon_button(
            "plus", t("audiences_page.add_value", field=self._label), self.choose, role="link"
        )
        self.plus.setFixedSize(theme.px(CHIP_HEIGHT), theme.px(CHIP_HEIGHT))
        self.plus.setIconSize(QSize(theme.px(14), theme.px(14)))
        self.chooser: Chooser | None = None
        self.row.addWidget(self.box, 1)
        self._show()
        if self._is_tag or self._kind is FieldKind.IMPORT:
            self._choices(self._field, self._extra, self._learn_names)

    def values(self) -> tuple[Value, ...]:
        return tuple(self._values)

    def choose(self) -> None:
        """Ask what there is to choose from, then offer it."""
        if self._kind is FieldKind.CHOICE:
            self._offer([Choice(t(f"query.value.{value}"), key=value) for value in CLASSES])
        else:
            self._choices(self._field, self._extra, self._offer)

    def add(self, name: str) -> None:
        """Take a value in."""
        value = taken(name)
        if value not in self._values:
            self._values.append(value)
            self._show()
            self.edited.emit()

    def remove(self, value: Value) -> None:
        """Leave a value out."""
        if value in self._values:
            self._values.remove(value)
            self._show()
            self.plus.setFocus()
            self.edited.emit()

    def shown(self, value: Value) -> str:
        """A value as its chip says it."""
        if self._kind is FieldKind.CHOICE:
            return t(f"query.value.{value}") if value in CLASSES else str(value)
        return self._known.get(value) or (f"#{value}" if isinstance(value, int) else str(value))

    def _learn(self, choices: Sequence[Choice]) -> None:
        self._colours = {choice.name: choice.colour for choice in choices}
        self._known = {taken(choice.picked): choice.name for choice in choices}

    def _learn_names(self, choices: Sequence[Choice]) -> None:
        self._learn(choices)
        self._show()

    def _offer(self, choices: Sequence[Choice]) -> None:
        over = page_of(self) or self.window()
        self._learn(choices)
        left = [choice for choice in choices if taken(choice.picked) not in self._values]
        name = t("audiences_page.add_value", field=self._label)
        self.chooser = Chooser(over, name, left, self.add, free=self._kind not in CLOSED)
        self.chooser.open_at(self.box)

    def _show(self) -> None:
        while self.flow.count():
            item = self.flow.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not self.plus:
                widget.hide()
                widget.deleteLater()
        for value in self._values:
            self.flow.addWidget(self._chip(value))
        self.flow.addWidget(self.plus)
        self.plus.show()
        names = [self.shown(value) for value in self._values]
        spoken = t("audiences_page.and_list").join(names) or t("audiences_page.nothing_chosen")
        self.box.setAccessibleName(f"{self._label}: {spoken}")
        self.box.updateGeometry()
        self.updateGeometry()

    def _chip(self, value: Value) -> Chip:
        name = self.shown(value)
        colour = self._colours.get(name) or (theme.tag_colour(name) if self._is_tag else "grey")
        chip = _ValueChip(name, colour, removable=True)
        chip.removed.connect(lambda: self.remove(value))
        chip.show()
        return chip


class AgeEditor(ValueEditor):
    """A number (or two) and its unit."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__()
        ages = [value for value in sentence.values if isinstance(value, Ago)]
        label = field_label(sentence.field)
        count = 2 if sentence.form is Form.AGO_BETWEEN else 1
        self.fields = [
            _number_field(label, ages[at].count if at < len(ages) else None) for at in range(count)
        ]
        self.unit = Select(
            t("audiences_page.unit"), [(unit, unit_label(unit, sentence.form)) for unit in UNITS]
        )
        self.unit.set_value(ages[0].unit if ages else "d")
        for at, field in enumerate(self.fields):
            if at:
                self.row.addWidget(muted("–"))
            self.row.addWidget(field)
            field.textEdited.connect(self._edited)
        self.row.addWidget(self.unit)
        self.row.addStretch(1)
        self.unit.chosen.connect(lambda _: self.edited.emit())

    def values(self) -> tuple[Value, ...]:
        counts = [_count(field.text()) for field in self.fields]
        return tuple(Ago(count, str(self.unit.value())) for count in counts if count is not None)

    def _edited(self) -> None:
        for field in self.fields:
            field.set_wrong(bool(field.text().strip()) and _count(field.text()) is None)
        self.edited.emit()


class WrittenEditor(ValueEditor):
    """Texts, numbers or dates typed in; two for a range.

    Args:
        sentence: gives the values to begin with.
        read: text to value, None if it is none.
        width: of a field at 100 % text size; None: all there is.
        example: grey text in an empty field.
    """

    def __init__(
        self, sentence: Sentence, read: Callable[[str], Value | None], *, width: int | None, example: str = ""
    ) -> None:
        super().__init__()
        self._read = read
        self._given: dict[int, tuple[str, Value]] = {}
        count = 2 if sentence.form in (Form.BETWEEN, Form.DAYS_BETWEEN) else 1
        label = field_label(sentence.field, extra=sentence.extra)
        self.fields: list[TextField] = []
        for at in range(count):
            field = TextField(example, label)
            if at < len(sentence.values):
                field.setText(_shown(sentence.values[at]))
                self._given[at] = (field.text(), sentence.values[at])
            if width is not None:
                field.setFixedWidth(theme.px(width))
            if at:
                self.row.addWidget(muted("–"))
            self.row.addWidget(field, 0 if width else 1)
            self.fields.append(field)
            field.textEdited.connect(self._edited)
        if width is not None:
            self.row.addStretch(1)

    def values(self) -> tuple[Value, ...]:
        found = (self._value(at, field.text()) for at, field in enumerate(self.fields))
        return tuple(value for value in found if value is not None and value != "")

    def _value(self, at: int, text: str) -> Value | None:
        shown, given = self._given.get(at, ("", ""))
        # What nobody wrote in stays as it was, though a field cannot show every letter of it.
        return given if shown and text == shown else self._read(text.strip())

    def _edited(self) -> None:
        for field in self.fields:
            text = field.text().strip()
            field.set_wrong(bool(text) and self._read(text) is None)
        self.edited.emit()


class DateEditor(WrittenEditor):
    """Dates typed in or taken from a calendar; a month or a year can be typed too."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence, typed_day, width=DATE_WIDTH, example=t("audiences_page.date_example"))
        self.calendars = [Calendar(field, whole_day) for field in self.fields]


class ChoiceEditor(ValueEditor):
    """One of a few."""

    def __init__(self, sentence: Sentence, choices: Sequence[tuple[Value, str]]) -> None:
        super().__init__()
        known = list(choices)
        if sentence.values and sentence.values[0] not in [value for value, _ in known]:
            known.append((sentence.values[0], period_label(sentence.values[0])))
        # Values of Qt's combo box have to be plain, so the place in the list stands for the value.
        self._values = [value for value, _ in known]
        self.select = Select(
            field_label(sentence.field, extra=sentence.extra),
            [(at, text) for at, (_, text) in enumerate(known)],
        )
        if sentence.values:
            self.select.set_value(self._values.index(sentence.values[0]))
        self.select.chosen.connect(lambda _: self.edited.emit())
        self.row.addWidget(self.select)
        self.row.addStretch(1)

    def values(self) -> tuple[Value, ...]:
        return (self._values[int(self.select.value())],)


class _ValueChip(Chip):
    """A chip with a little more room, so that rounding never cuts its last letter."""

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(size.width() + theme.px(4), max(size.height(), theme.px(CHIP_HEIGHT)))


class _Box(QWidget):
    """The frame around the chips; a click on its empty part opens the chooser."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.px(6), theme.px(5), theme.px(6), theme.px(5))

    def mouseReleaseEvent(self, event: object) -> None:
        self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("line_strong"))
        painter.setBrush(theme.colour("field"))
        radius = theme.px(7)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()


def _number_field(name: str, number: int | None) -> TextField:
    field = TextField("", name)
    field.setFixedWidth(theme.px(NUMBER_WIDTH))
    if number is not None:
        field.setText(str(number))
    return field


def _periods(kind: FieldKind) -> list[tuple[Value, str]]:
    if kind is FieldKind.MONTH:
        named: list[Value] = [Named(word) for word in NAMED_DAYS if word.endswith("month")]
        return [(value, period_label(value)) for value in [*named, *range(1, 13)]]
    return [(Named(word), period_label(Named(word))) for word in NAMED_DAYS if word != "next_month"]


def _count(text: str) -> int | None:
    """A number of days, weeks, months or years as the query language can write it."""
    number = read_number(text)
    return number if isinstance(number, int) and 0 <= number <= LARGEST_AGE else None


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else written(value)
