"""The work list of friends who may be members: who, with whom, how certain, and why. Worked off by keyboard: Enter joins, the
right arrow goes on, Delete or X says they are not the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.operations.people.duplicates import Certainty, Duplicate
from desktop.text import render, t
from desktop.ui.widgets.table import BadgeDelegate, Column, Index, SimpleTableModel, Table

KINDS: dict[Certainty, str] = {"sure": "good", "likely": "info", "maybe": "neutral"}
_ACTS = {
    Qt.Key.Key_Return: "join",
    Qt.Key.Key_Enter: "join",
    Qt.Key.Key_Right: "next",
    Qt.Key.Key_Delete: "apart",
    Qt.Key.Key_Backspace: "apart",
    Qt.Key.Key_X: "apart",
}


@dataclass(frozen=True)
class JoinRow:
    """A pair, and how both are called."""

    pair: Duplicate
    friend: str
    member: str

    @property
    def why(self) -> str:
        """What speaks for and against it."""
        return t("members.list_separator").join(map(render, self.pair.evidence))

    @property
    def certainty(self) -> str:
        """How certain it is, in words."""
        return t(f"duplicates.certain.{self.pair.certainty}")


def columns() -> list[Column]:
    """The columns of a list of pairs."""
    return [
        Column(t("joining.column.friend"), lambda row: row.friend),
        Column(t("joining.column.member"), lambda row: row.member),
        Column(
            t("duplicates.column.certainty"),
            lambda row: row.certainty,
            kind=lambda row: KINDS[row.pair.certainty],
        ),
        Column(t("duplicates.column.why"), lambda row: row.why, role=lambda _: "muted"),
    ]


def spoken(row: JoinRow) -> str:
    """A row as a sentence."""
    return t("joining.spoken", friend=row.friend, member=row.member, certainty=row.certainty, why=row.why)


class JoiningTable(Table):
    """See the module. ``current_changed(JoinRow | None)``; ``asked(what)``: join or apart, by key."""

    current_changed = Signal(object)
    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(t("joining.list"), parent)
        self.pairs = SimpleTableModel(columns(), spoken=spoken, parent=self)
        self.setModel(self.pairs)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegateForColumn(2, BadgeDelegate(self))
        self.fit_columns(stretch=3, widths=(140, 140, 140))

    @property
    def current(self) -> JoinRow | None:
        """The pair the keyboard is at."""
        index = self.currentIndex()
        row: JoinRow | None = self.pairs.row(index) if index.isValid() and self.pairs.rows else None
        return row

    def show_pairs(self, rows: Sequence[JoinRow], place: int = 0) -> None:
        """Show pairs, the keyboard at a row (or the last, if there are fewer)."""
        self.setCurrentIndex(QModelIndex())
        self.pairs.set_rows(rows)
        if rows:
            self.setCurrentIndex(self.pairs.index(min(place, len(rows) - 1), 0))
        else:
            self.current_changed.emit(None)

    def go_on(self) -> None:
        """The next pair; after the last the first."""
        count = len(self.pairs.rows)
        if count:
            self.setCurrentIndex(self.pairs.index((self.currentIndex().row() + 1) % count, 0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.current_changed.emit(self.pairs.row(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = _ACTS.get(Qt.Key(event.key())) if not event.modifiers() & ~_KEYPAD else None
        if act is None or self.current is None:
            super().keyPressEvent(event)
        elif act == "next":
            self.go_on()
        elif not event.isAutoRepeat():
            # A key held down answers one pair, not all that follow.
            self.asked.emit(act)


_KEYPAD = Qt.KeyboardModifier.KeypadModifier
