"""The list's header: a click sorts, a click with Shift sorts among equals, columns can be moved, resized and hidden, and all
of it is remembered. The tags get the room that is left, until the owner gives them a width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QTableView

from desktop.store.condition_sql import Sort
from desktop.ui import icons, theme
from desktop.ui.members.arranging.sorting import MOST_SORTS, Sorts, sorted_by, sorted_too
from desktop.ui.members.columns import COLUMNS, PLACE, Column
from desktop.ui.members.members_model import MembersModel
from desktop.ui.widgets.table import Header

FIRST_SORT = (("last_order", True),)
LEAST_TAGS_WIDTH = 110
MOST_GROWTH = 1.7
"""How much wider than at first a column may become by its content."""


class ListHeader(Header):
    """See the module.

    Signals: ``sorted_by``: another order is wanted; ``menu_asked(column id, place)``; ``changed``: other columns are shown, or
    elsewhere.
    """

    sorted_by = Signal()
    menu_asked = Signal(str, QPoint)
    changed = Signal()

    def __init__(self, table: QTableView, model: MembersModel) -> None:
        super().__init__(table)
        self._rows = model
        self.sorts: Sorts = FIRST_SORT
        self.chosen = False
        self._pressed_with = Qt.KeyboardModifier.NoModifier
        self._wanted: Mapping[str, Any] = {}
        self._tags_by_hand = False
        self._fitting = False

    def set_up(self) -> None:
        """Once the table has its model: widths, which columns are there, and what clicks do."""
        self.setSectionsMovable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setStretchLastSection(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.sectionClicked.connect(self._clicked)
        self.sectionResized.connect(self._resized)
        self.sectionMoved.connect(self._moved)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.reset()

    @property
    def columns(self) -> Sequence[Column]:
        """All columns there could be, in the model's order."""
        return self._rows.columns

    @property
    def column(self) -> str:
        """The column the list is sorted by first."""
        return self.sorts[0][0]

    @property
    def descending(self) -> bool:
        """Whether the first order goes downwards."""
        return self.sorts[0][1]

    @property
    def sort(self) -> Sort:
        """The order the list is shown in."""
        known = [(column, down) for column, down in self.sorts if self._place(column) is not None]
        sorts = [self._one_sort(column, down) for column, down in known or FIRST_SORT]
        first = sorts[0]
        return Sort(first.field, first.descending, first.extra, tuple(sorts[1:]))

    def sort_by(self, column: str, *, too: bool = False) -> None:
        """Sort by a column; once more turns the order round.

        Args:
            too: sort by it among those whom the columns before leave equal; a third time lets it go again.
        """
        first_way = self.columns[self._place(column) or 0].down_first
        self.sorts = (sorted_too if too else sorted_by)(self.sorts, column, first_way=first_way)
        self.viewport().update()
        self.sorted_by.emit()

    def set_sorts(self, sorts: Sequence[tuple[str, bool]]) -> None:
        """Sort by these columns."""
        if tuple(sorts) != self.sorts and sorts:
            self.sorts = tuple(sorts)
            self.viewport().update()
            self.sorted_by.emit()

    def reset(self) -> None:
        """The first order, widths and columns."""
        self.chosen = False
        self._tags_by_hand = False
        self._wanted = {}
        self._fitting = True
        for place, column in enumerate(self.columns):
            self.moveSection(self.visualIndex(place), place)
            self.resizeSection(place, self._first_width(place))
            self.setSectionHidden(place, not column.shown)
        self._fitting = False
        self.fit()
        self.changed.emit()

    def fit_contents(self, widths: dict[int, int]) -> None:
        """Give columns the widths that what is shown first needs, as long as the owner has not chosen any."""
        if self.chosen:
            return
        self._fitting = True
        for place, width in widths.items():
            least = self._first_width(place)
            self.resizeSection(place, min(max(least, width + theme.px(18)), round(least * MOST_GROWTH)))
        self._fitting = False
        self.fit()

    def show_column(self, column: str, shown: bool) -> None:
        """Show or hide a column; one always stays."""
        place = self._place(column)
        if place is None or (not shown and self.shown_columns() == [column]):
            return
        self.setSectionHidden(place, not shown)
        self.chosen = True
        self.fit()
        self.changed.emit()

    def shown_columns(self) -> list[str]:
        """The columns that are there, from left to right."""
        return [
            column for column in self.ordered_columns() if not self.isSectionHidden(self._place(column) or 0)
        ]

    def columns_in_view(self) -> list[Column]:
        """The columns that are there, from left to right, as they are made."""
        return [self.columns[self._place(name) or 0] for name in self.shown_columns()]

    def ordered_columns(self) -> list[str]:
        """All columns from left to right, hidden ones at their places."""
        return [self.columns[self.logicalIndex(at)].id for at in range(self.count())]

    def move_column(self, column: str, to: int) -> None:
        """Put a column at a place from the left, hidden ones counted."""
        place = self._place(column)
        if place is not None and 0 <= to < self.count():
            self.moveSection(self.visualIndex(place), to)

    def columns_came(self) -> None:
        """The model has other columns of the shop's own: what was remembered of them holds again."""
        wanted = self._wanted or self.remember()
        self._fitting = True
        for place in range(len(COLUMNS), self.count()):
            self.resizeSection(place, self._first_width(place))
            self.setSectionHidden(place, True)
        self._fitting = False
        if self.chosen:
            self._apply(wanted)
        self.changed.emit()

    def fit(self) -> None:
        """Give the tags the room that the other columns leave."""
        tags = PLACE["tags"]
        if self._tags_by_hand or self._fitting or self.count() == 0 or self.isSectionHidden(tags):
            return
        others = sum(self.sectionSize(at) for at in range(self.count()) if at != tags)
        room = self.viewport().width() - others
        self._fitting = True
        self.resizeSection(tags, max(room, theme.px(LEAST_TAGS_WIDTH)))
        self._fitting = False

    def remember(self) -> dict[str, Any]:
        """What to find again: order, widths, shown columns, sort."""
        ours: dict[str, Any] = {
            "order": self.ordered_columns(),
            "shown": self.shown_columns(),
            "widths": {column.id: self._width_at_100(place) for place, column in enumerate(self.columns)},
        }
        # Columns of the shop's own may not be known yet when the window closes again.
        for name in [one for one in self._wanted.get("order", ()) if self._place(one) is None]:
            ours["order"].append(name)
            if name in self._wanted.get("shown", ()):
                ours["shown"].append(name)
        return ours | {
            "sorts": [list(pair) for pair in self.sorts],
            "chosen": self.chosen,
            "tags_by_hand": self._tags_by_hand,
        }

    def recall(self, state: Mapping[str, Any]) -> None:
        """What :meth:`remember` gave."""
        sorts = [(str(name), bool(down)) for name, down in state.get("sorts") or ()]
        if sorts:
            self.sorts = tuple(sorts[:MOST_SORTS])
        if state.get("chosen") and state.get("shown"):
            self.chosen = True
            self._tags_by_hand = bool(state.get("tags_by_hand"))
            self._wanted = state
            self._apply(state)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_with = event.modifiers()
        super().mousePressEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        painter.save()
        super().paintSection(painter, rect, logical)
        painter.restore()
        column = self.columns[logical]
        at = next((at for at, (name, _) in enumerate(self.sorts) if name == column.id), None)
        if at is None:
            return
        side = theme.px(10)
        words = self.fontMetrics().horizontalAdvance(column.title)
        gap = theme.px(11)
        left = rect.right() - words - gap - side if column.right else rect.left() + gap + words
        left = max(min(left, rect.right() - side - 1), rect.left())
        area = QRect(left, rect.top() + (rect.height() - side) // 2, side, side)
        role = "ink" if at == 0 else "muted"
        icons.paint(painter, area, "caret-down" if self.sorts[at][1] else "caret-up", theme.colour(role))

    def _one_sort(self, column: str, descending: bool) -> Sort:
        spec = self.columns[self._place(column) or 0]
        return Sort(spec.sort, descending, spec.extra)

    def _apply(self, state: Mapping[str, Any]) -> None:
        self._fitting = True
        known = [name for name in state.get("order", ()) if self._place(name) is not None]
        for at, name in enumerate(known):
            self.moveSection(self.visualIndex(self._place(name) or 0), at)
        shown = set(state.get("shown", ())) or {column.id for column in COLUMNS if column.shown}
        for place, column in enumerate(self.columns):
            self.setSectionHidden(place, column.id not in shown)
            width = state.get("widths", {}).get(column.id)
            if width:
                self.resizeSection(place, theme.px(width))
        self._fitting = False
        self.fit()

    def _place(self, column: str) -> int | None:
        return next((place for place, one in enumerate(self.columns) if one.id == column), None)

    def _width_at_100(self, place: int) -> float:
        """A hidden section is no pixel wide: nothing is remembered of its width."""
        return round(self.sectionSize(place) * 100 / theme.px(100), 1)

    def _clicked(self, logical: int) -> None:
        too = bool(self._pressed_with & Qt.KeyboardModifier.ShiftModifier)
        self._pressed_with = Qt.KeyboardModifier.NoModifier
        self.sort_by(self.columns[logical].id, too=too)

    def _resized(self, logical: int, _before: int, _after: int) -> None:
        if self._fitting:
            return
        self.chosen = True
        if logical == PLACE["tags"]:
            self._tags_by_hand = True
        else:
            self.fit()

    def _moved(self) -> None:
        if not self._fitting:
            self.chosen = True
            self.changed.emit()

    def _first_width(self, place: int) -> int:
        """What a column needs at least: its title with room for the mark of sorting."""
        title = self.fontMetrics().horizontalAdvance(self.columns[place].title)
        return max(theme.px(self.columns[place].width), title + theme.px(18))

    def _ask_menu(self, place: QPoint) -> None:
        logical = self.logicalIndexAt(place)
        self.menu_asked.emit(self.columns[logical].id if logical >= 0 else "", self.mapToGlobal(place))
