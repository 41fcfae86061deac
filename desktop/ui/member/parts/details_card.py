"""What is known of her, field by field, changed where it stands: who she is, when she came, what the shop's own columns say, and
the numbers of those merged into her."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.operations.people.member_card import MemberCard
from desktop.store.member_page.editing import EXTRA
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.history import words
from desktop.ui.member.parts.field_rows import ChoiceRow, FieldRow, Row
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import muted

LEFT = ("name", "line_name", "member_no", "phone", "email", "line_user_id", "gender", "birthday", "consent")
RIGHT = ("level", "store", "source", "points", "joined_at", "friend_at", "bound_at", "blocked")
TWO_COLUMNS = 560
"""Width at 100 % text size from which the fields stand in two columns."""


class DetailsCard(Card):
    """See the module. ``edited(field, value)``, ``given_back(field)``, ``copied(text)``."""

    edited = Signal(str, object)
    given_back = Signal(str)
    copied = Signal(str)

    def __init__(self) -> None:
        super().__init__(t("member.details"))
        self.rows: dict[str, Row] = {}
        self.others = muted(wrap=True)
        self.others.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._left, self._right = _column(), _column()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(20))
        self._grid.setVerticalSpacing(theme.px(2))
        self._card: MemberCard | None = None
        for names, column in ((LEFT, self._left), (RIGHT, self._right)):
            for name in names:
                _add(column, self._row(name))
        self._arrange(True)
        self.body.addLayout(self._grid)
        self.body.addWidget(self.others)

    def show_card(self, card: MemberCard) -> None:
        """Show a person's fields; those being edited of the same person stay open."""
        if self._card is not None and self._card.id != card.id:
            for row in self.rows.values():
                row.refuse("")
                row.remark("")
                if isinstance(row, FieldRow):
                    row.give_up()
        self._card = card
        self._show_extra(card)
        for name, row in self.rows.items():
            value = card.extra.get(name.removeprefix(EXTRA)) if name.startswith(EXTRA) else card.fields[name]
            by_hand = name in card.by_hand
            if isinstance(row, ChoiceRow):
                row.show_value(value, by_hand)
            elif isinstance(row, FieldRow):
                row.show_value(_shown(name, value), _typed(name, value), by_hand)
        lines = [
            t(
                "member.other_identity",
                field=t(f"query.field.{one.key}"),
                value=words.value(one.key, one.value),
                step=render(one.title),
                at=i18n.moment(one.at),
            )
            for one in card.others
        ]
        self.others.setText("\n".join(lines))
        self.others.setVisible(bool(lines))

    def open(self, name: str) -> None:
        """Start editing a field."""
        row = self.rows.get(name)
        if isinstance(row, FieldRow):
            row.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width() >= theme.px(TWO_COLUMNS))

    def _arrange(self, beside: bool) -> None:
        for part in (self._left, self._right):
            self._grid.removeWidget(part)
        self._grid.addWidget(self._left, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(self._right, 0 if beside else 1, 1 if beside else 0, Qt.AlignmentFlag.AlignTop)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if beside else 0)

    def _show_extra(self, card: MemberCard) -> None:
        wanted = [f"{EXTRA}{name}" for name in card.extra]
        there = [name for name in self.rows if name.startswith(EXTRA)]
        if wanted == there:
            return
        for name in there:
            row = self.rows.pop(name)
            row.hide()
            row.deleteLater()
        for place, name in enumerate(wanted):
            # The right column is the shorter one: it takes the first.
            _add(self._right if place % 2 == 0 else self._left, self._row(name))

    def _row(self, name: str) -> Row:
        called = words.field_name(name) or name
        row: Row
        if name in ("gender", "consent", "blocked"):
            row = ChoiceRow(name, called, list(_choices(name)))
        elif name == "line_user_id":
            copy = icon_button("copy", t("member.copy_user_id"), self._copy_user_id)
            row = FieldRow(name, called, copy)
        else:
            row = FieldRow(name, called)
        row.edited.connect(self.edited)
        row.given_back.connect(self.given_back)
        self.rows[name] = row
        return row

    def _copy_user_id(self) -> None:
        user_id = self._card.fields["line_user_id"] if self._card else None
        if user_id:
            self.copied.emit(user_id)


def _choices(name: str) -> Iterator[tuple[Any, str]]:
    yield None, t("member.unknown")
    if name == "gender":
        for value in ("female", "male", "other"):
            yield value, t(f"query.value.{value}")
    else:
        yield 1, t("query.value.yes")
        yield 0, t("query.value.no")


def _shown(name: str, value: Any) -> str:
    return words.value(name, value)


def _typed(name: str, value: Any) -> str:
    """A value as it is edited: dates and phones as people write them, numbers without separators."""
    if value is None:
        return ""
    if name.endswith("_at") or name == "birthday" or name == "phone":
        return words.value(name, value)
    return str(value)


def _column() -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(2))
    return made


def _add(column: QWidget, row: Row) -> None:
    layout = column.layout()
    if layout is not None:
        layout.addWidget(row)
