"""Looking inside a step: when and what, whether it can be undone and why not, what it did to each person, and the rows of a file
that were not taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.operations.history.looking_back import ImportSaid, Inside
from desktop.store.undo import contents
from desktop.store.undo.contents import PersonChange
from desktop.store.undo.step_list import ListedStep
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.desk import Desk
from desktop.ui.history import words
from desktop.ui.history.paged_rows import PagedRows
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import Badge
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.labels import heading, muted, text_label
from desktop.ui.widgets.table import Column, LinkDelegate, SimpleTableModel, Table

COUNTED = (
    "person.created", "person.changed", "person.deleted", "holding.on", "holding.off", "shop_order.created",
    "shop_order.changed", "shop_order.deleted", "tag.created", "tag.changed", "tag.deleted",
    "audience.created", "audience.changed", "audience.deleted", "rule.created", "rule.changed",
    "rule.deleted", "plan.created", "plan.changed", "plan.deleted",
)  # fmt: skip
"""What is counted of a step, in the order in which it is told."""

PROBLEMS_SEEN = 5
PEOPLE_SEEN = 5
"""Rows of the lists that are seen at once, at least; the content scrolls where there is less room."""

_NO_LIMIT = 16_777_215
"""Qt's largest size of a widget (QWIDGETSIZE_MAX)."""


class StepInside(QWidget):
    """See the module. ``undo_asked(step)``, ``redo_asked(step)``, ``person_asked(id)``."""

    undo_asked = Signal(object)
    redo_asked = Signal(object)
    person_asked = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.inside: Inside | None = None
        self.name = heading("")
        self.at = muted()
        self.badge = Badge()
        self.why = muted(wrap=True)
        self.facts = text_label()
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.undo_button = button(t("history_page.undo_this"), self._undo, icon="undo")
        self.redo_button = button(t("history_page.redo_this"), self._redo, icon="redo")
        self.people = self._people_table()
        self.problems = self._problems_table()
        self.things = muted(wrap=True)
        self.whole = text_label()
        self.whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._none = EmptyState("history", t("history_page.none_chosen"), t("history_page.none_chosen_text"))
        self._lay_out()
        self.show_inside(None)

    def show_inside(self, inside: Inside | None) -> None:
        """Show what a step did; None: no step is chosen."""
        self.inside = inside
        self._none.setVisible(inside is None)
        self._scroll.setVisible(inside is not None)
        if inside is None:
            return
        step = inside.step
        self.name.setText(render(step.title))
        self.at.setText(i18n.moment(step.at))
        state = words.state_of(step)
        self.badge.setVisible(bool(state))
        self.badge.set(state, words.STATES.get(step.fate, "neutral"))
        why = words.why_not(step) or ("" if inside.way_back else t("history_page.why.no_way_back"))
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self.undo_button.setVisible(step.fate == "done")
        self.redo_button.setVisible(step.fate == "undone" and inside.way_back)
        counted = [_counted(key, inside.counts[key]) for key in COUNTED if key in inside.counts]
        told = [t("history_page.separator").join(counted)] if counted else []
        told += [_file_facts(said) for said in inside.imports]
        self.facts.setText("\n".join(told))
        self.facts.setVisible(bool(told))
        self.things.setText("\n".join(words.things(inside.things)))
        self.things.setVisible(bool(inside.things))
        self._show_people(step, inside.people)
        self._show_problems(inside.imports)

    def take_focus(self) -> None:
        """Let the keyboard go on to whom the step was done to, or to what can be done with it."""
        for part in (self.people, self.undo_button, self.redo_button):
            if part.isVisible():
                part.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _show_people(self, step: ListedStep, people: Sequence[int]) -> None:
        reader, number = self._desk.jobs.page_reader, step.id
        model = PagedRows(
            [
                Column(
                    t("history_page.column.who"),
                    words.person_name,
                    role=lambda one: "link" if one.there else "muted",
                ),
                Column(t("history_page.column.did"), _did),
            ],
            lambda ids: contents.changes_of(reader, number, ids),
            lambda one: t("members.spoken.separator").join([words.person_name(one), _did(one)]),
            self.people,
        )
        model.set_ids(people)
        old = self.people.model()
        self.people.setModel(model)
        if old is not None:
            old.deleteLater()
        self.people.selectionModel().currentRowChanged.connect(self._show_whole)
        self.people.setColumnWidth(0, theme.px(110))
        self.people.horizontalHeader().setStretchLastSection(True)
        self._people_part.setVisible(bool(people))
        self._people_title.setText(t("history_page.people", n=len(people)))
        _rows_high(self.people, len(people), PEOPLE_SEEN, more=True)
        few = len(people) <= PEOPLE_SEEN
        self._spare.setVisible(few)
        self._card.body.setStretchFactor(self._people_part, 0 if few else 1)
        self.whole.hide()
        if people:
            self.people.selectRow(0)

    def _show_whole(self, current: QModelIndex, before: QModelIndex) -> None:
        """All that happened to the person of the current row, a line each."""
        model = self.people.model()
        one = model.row(current.row()) if current.isValid() and isinstance(model, PagedRows) else None
        self.whole.setVisible(one is not None)
        if one is not None:
            self.whole.setText("\n".join([words.person_name(one), *words.person_parts(one)]))

    def _show_problems(self, imports: Sequence[ImportSaid]) -> None:
        rows = [row for said in imports for row in said.problems]
        self._problems_part.setVisible(bool(rows))
        self._problems_title.setText(t("history_page.problems", n=len(rows)))
        model = self.problems.model()
        assert isinstance(model, SimpleTableModel)
        model.set_rows(rows)
        _rows_high(self.problems, len(rows), PROBLEMS_SEEN)

    def _undo(self) -> None:
        if self.inside is not None:
            self.undo_asked.emit(self.inside.step)

    def _redo(self) -> None:
        if self.inside is not None:
            self.redo_asked.emit(self.inside.step)

    def _open(self, index: QModelIndex) -> None:
        model = self.people.model()
        assert isinstance(model, PagedRows)
        one = model.row(index.row())
        if one is not None and one.there:
            self.person_asked.emit(one.id)

    def _people_table(self) -> Table:
        table = Table(t("history_page.people_table"))
        link = LinkDelegate(table)
        link.activated.connect(self._open)
        table.setItemDelegateForColumn(0, link)
        table.opened.connect(self._open)
        return table

    def _problems_table(self) -> Table:
        table = Table(t("history_page.problems_table"))
        columns: list[Column] = [
            Column(t("history_page.column.row"), lambda row: i18n.number(row[0]), right=True),
            Column(t("history_page.column.cell"), lambda row: "：".join(part for part in row[1:3] if part)),
            Column(t("history_page.column.reason"), lambda row: render(row[3])),
        ]
        table.setModel(SimpleTableModel(columns, spoken=_spoken_problem, parent=table))
        table.fit_columns(stretch=2, widths=(56, 150, 0))
        return table

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._card = Card()
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.at)
        line.addWidget(self.badge)
        line.addStretch(1)
        line.addWidget(self.undo_button)
        line.addWidget(self.redo_button)
        self._people_part, self._people_title = _part(self.people)
        self._problems_part, self._problems_title = _part(self.problems)
        body = self._card.body
        body.setSpacing(theme.px(8))
        body.addWidget(self.name)
        body.addLayout(line)
        for part in (self.why, self.facts, self.things):
            body.addWidget(part)
        body.addWidget(self._problems_part)
        body.addWidget(self._people_part, 1)
        body.addWidget(self.whole)
        self._spare = QWidget()
        body.addWidget(self._spare, 1)
        column.addWidget(self._none)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, theme.px(2), 0)
        inside.addWidget(self._card)
        self._scroll.setWidget(holder)
        column.addWidget(self._scroll)


def _part(table: Table) -> tuple[QWidget, Any]:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, theme.px(4), 0, 0)
    column.setSpacing(theme.px(4))
    title = muted()
    column.addWidget(title)
    column.addWidget(table, 1)
    return part, title


def _rows_high(table: Table, rows: int, most: int, *, more: bool = False) -> None:
    """A table as high as its rows, at most ``most`` of them; ``more``: with further rows it takes what room there is."""
    seen = min(rows, most)
    high = (
        table.verticalHeader().defaultSectionSize() * seen + table.horizontalHeader().height() + theme.px(4)
    )
    table.setMinimumHeight(high)
    table.setMaximumHeight(_NO_LIMIT if more and rows > most else high)


def _did(one: PersonChange) -> str:
    return t("history_page.separator").join(words.person_parts(one))


def _counted(key: str, n: int) -> str:
    table, what = key.split(".")
    return t(f"history_page.counted.{table}.{what}", n=n)


def _file_facts(said: ImportSaid) -> str:
    return t(
        "history_page.file_facts",
        file=said.file,
        rows=said.rows,
        new=said.new,
        updated=said.updated,
        unchanged=said.unchanged,
        skipped=said.skipped,
    )


def _spoken_problem(row: tuple[Any, ...]) -> str:
    return t("history_page.spoken_problem", row=row[0], cell=row[1], reason=render(row[3]))
