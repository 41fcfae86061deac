"""The list of pairs who may be one person, each with what speaks for it and how certain it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.operations.people.duplicates import Certainty, Duplicate
from desktop.text import render, t
from desktop.ui.widgets.table import BadgeDelegate, Column, Index, SimpleTableModel, Table

_KINDS: dict[Certainty, str] = {"sure": "good", "likely": "info", "maybe": "neutral"}


@dataclass(frozen=True)
class PairRow:
    """A pair with how both are called."""

    pair: Duplicate
    one: str
    other: str

    @property
    def why(self) -> str:
        """What speaks for and against it."""
        return t("members.list_separator").join(map(render, self.pair.evidence))


class PairsTable(Table):
    """See the module. ``current_changed(PairRow | None)``; ``asked(what)``: merge, apart or later, by key."""

    current_changed = Signal(object)
    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(t("duplicates.list"), parent)
        self.pairs = SimpleTableModel(
            [
                Column(t("duplicates.column.one"), lambda row: row.one),
                Column(t("duplicates.column.other"), lambda row: row.other),
                Column(
                    t("duplicates.column.certainty"),
                    lambda row: t(f"duplicates.certain.{row.pair.certainty}"),
                    kind=lambda row: _KINDS[row.pair.certainty],
                ),
                Column(t("duplicates.column.why"), lambda row: row.why, role=lambda _: "muted"),
            ],
            spoken=lambda row: t(
                "duplicates.spoken",
                one=row.one,
                other=row.other,
                certainty=t(f"duplicates.certain.{row.pair.certainty}"),
                why=row.why,
            ),
            parent=self,
        )
        self.setModel(self.pairs)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegateForColumn(2, BadgeDelegate(self))
        self.fit_columns(stretch=3, widths=(150, 150, 130))

    @property
    def current(self) -> PairRow | None:
        """The pair the keyboard is at."""
        index = self.currentIndex()
        row: PairRow | None = self.pairs.row(index) if index.isValid() and self.pairs.rows else None
        return row

    def show_pairs(self, rows: Sequence[PairRow], place: int = 0) -> None:
        """Show pairs, the keyboard at a row (or the last, if there are fewer)."""
        self.setCurrentIndex(QModelIndex())
        self.pairs.set_rows(rows)
        if rows:
            self.setCurrentIndex(self.pairs.index(min(place, len(rows) - 1), 0))
        else:
            self.current_changed.emit(None)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.current_changed.emit(self.pairs.row(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {
            Qt.Key.Key_Return: "merge",
            Qt.Key.Key_Enter: "merge",
            Qt.Key.Key_Delete: "apart",
            Qt.Key.Key_Backspace: "apart",
            Qt.Key.Key_Right: "compare",
        }
        act = acts.get(Qt.Key(event.key()))
        if act is not None and self.current is not None:
            self.asked.emit(act)
        else:
            super().keyPressEvent(event)
