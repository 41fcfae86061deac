"""Search and list together: what is asked, who is shown, who is selected. When data changes, the rows are read
again where they stand; who is shown changes only if it was not the owner's own hand that tagged them, so that
no row slips away under it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.core.people.condition import EVERYBODY, Condition, Word, terms
from desktop.core.people.selection import Selection
from desktop.store import people
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.members.columns import shown_name
from desktop.ui.members.empty import no_match
from desktop.ui.members.hint_row import HintRow
from desktop.ui.members.list_loader import ListLoader
from desktop.ui.members.members_table import MembersTable
from desktop.ui.members.searching.query_bar import QueryBar


class MemberList(QWidget):
    """See the module.

    Signals: ``asking``: others are looked for now; ``asked``: the condition changed; ``shown``: the list shows others;
    ``selection_changed``.
    """

    asking = Signal()
    asked = Signal()
    shown = Signal()
    selection_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.bar = QueryBar()
        self.table = MembersTable(t("members.table"), self._load)
        self.hints = HintRow()
        self.loader = ListLoader(desk.jobs, self)
        self._held: array[int] | None = None
        self._hold = False
        self._measured = False
        self._shown_condition: Condition | None = None
        self._when_ready: list[Callable[[], object]] = []
        self._lay_out()
        self.bar.changed.connect(self._ask)
        self.bar.submitted.connect(self._submitted)
        self.bar.left.connect(self._to_table)
        self.table.typed.connect(self.bar.type)
        self.table.selection_changed.connect(self._selection_moved)
        self.table.list_header.sorted_by.connect(self.reload)
        self.loader.first.connect(self._first_arrived)
        self.loader.rest.connect(self._rest_arrived)
        self.loader.compared.connect(self._compared)
        self.hints.refresh_asked.connect(self.show_current)
        self.hints.show_count(0)

    @property
    def condition(self) -> Condition:
        """Who is shown."""
        return self.loader.condition

    @property
    def count(self) -> int:
        """How many are shown, as far as is known yet."""
        return len(self.table.rows.ids)

    @property
    def outdated(self) -> bool:
        """Whether the list holds on to people whom its condition would not find now."""
        return self._held is not None

    def reload(self) -> None:
        """Find the same people anew: another order, or for the first time."""
        self._when_ready.clear()
        self.asking.emit()
        self.loader.ask(self.bar.condition, self.table.list_header.sort)

    def compare(self, *, hold: bool) -> None:
        """Others may match now.

        Args:
            hold: go on showing who is shown, and only say that others would be found.
        """
        self._hold = hold
        self.loader.ask_again()

    def depends_on_tags(self) -> bool:
        """Whether putting a tag on or off can change who is shown, or in which order."""
        if self.table.list_header.column == "tags":
            return True
        return any(
            isinstance(term, Word) or (term.field in ("tag", "tag_count") and not term.extra)
            for term in terms(self.condition)
        )

    def when_ready(self, run: Callable[[], object]) -> None:
        """Call ``run`` once it is known how many are shown; never if something else is asked before."""
        if self.loader.complete:
            run()
        else:
            self._when_ready.append(run)

    def show_current(self) -> None:
        """Show whom the condition finds now, if the list held on to others."""
        if self._held is not None:
            held, self._held = self._held, None
            self._show(held, keep_place=True)

    def selection(self) -> Selection:
        """The people selected, as a value."""
        return self.table.selected.value()

    def selected_count(self) -> int:
        """How many are selected."""
        return self.table.selected.count

    def current_person(self) -> int | None:
        """The current row's person if she is selected, else the first selected one."""
        current = self.table.current_person
        if current is not None and current in self.table.selected:
            return current
        first = self.table.selected.first_ids(1)
        return first[0] if first else None

    def sample_names(self, limit: int) -> list[str]:
        """Names of the first few selected people."""
        ids = self.table.selected.first_ids(limit)
        rows = people.rows(self._desk.jobs.page_reader, ids)
        return [shown_name(rows[person]) or t("members.nameless") for person in ids if person in rows]

    def ids_to_take(self) -> Sequence[int]:
        """Who an export or a copy is about: the selection, or everybody shown."""
        return self.table.selected.in_order() if self.selected_count() else self.table.rows.ids

    def put_above_table(self, widget: QWidget) -> None:
        """Have something between the search and the list."""
        self._above.addWidget(widget)

    def _load(self, ids):
        return people.rows(self._desk.jobs.page_reader, ids)

    def _ask(self) -> None:
        self.reload()
        self.asked.emit()

    def _submitted(self) -> None:
        self.when_ready(self._go_to_first)

    def _go_to_first(self) -> None:
        if self.count:
            self.table.select_only(0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_table(self) -> None:
        self.bar.flush()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _first_arrived(self, ids: array[int]) -> None:
        if self.loader.condition != self._shown_condition:
            self.table.clear_selection()
        self._shown_condition = self.loader.condition
        self._held = None
        self._show(ids, keep_place=False)
        if not self._measured and len(ids):
            self._measured = True
            self.table.fit_columns_once()

    def _rest_arrived(self, ids: array[int]) -> None:
        self._show(ids, keep_place=True)

    def _compared(self, ids: array[int]) -> None:
        if ids == self.table.rows.ids:
            self._held = None
            self.hints.show_outdated(False)
            self.shown.emit()
        elif self._hold and self.selected_count():
            self._held = ids
            self.table.selected.mark_outdated()
            self.hints.show_outdated(True)
        else:
            self._held = None
            self.table.selected.keep_only(ids)
            self._show(ids, keep_place=True)

    def _show(self, ids: array[int], *, keep_place: bool) -> None:
        self.table.show_list(ids, self.loader.condition, keep_place=keep_place)
        self.hints.show_outdated(False)
        nobody = not len(ids) and self.condition != EVERYBODY
        self._stack.setCurrentIndex(1 if nobody else 0)
        self._selection_moved()
        self.shown.emit()
        if self.loader.complete:
            waiting, self._when_ready = self._when_ready, []
            for run in waiting:
                run()

    def _selection_moved(self) -> None:
        self.hints.show_count(self.table.selected.count)
        self.selection_changed.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(no_match(self.bar.clear))
        self._above = QVBoxLayout()
        column.addWidget(self.bar)
        column.addLayout(self._above)
        column.addWidget(self._stack, 1)
        column.addWidget(self.hints)
