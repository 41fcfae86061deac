"""The list's header: a click sorts, columns can be moved, resized and hidden, and all of it is remembered. The
tags get the room that is left, until the owner gives them a width."""

from __future__ import annotations

import base64

from PySide6.QtCore import QByteArray, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from desktop.store.condition_sql import Sort
from desktop.text import t
from desktop.ui import icons, theme
from desktop.ui.members.columns import COLUMNS, PLACE
from desktop.ui.widgets.table import Header

FIRST_SORT = "last_order"
LEAST_TAGS_WIDTH = 110
MOST_GROWTH = 1.7
"""How much wider than at first a column may become by its content."""


class ListHeader(Header):
    """See the module."""

    sorted_by = Signal()

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self.column = FIRST_SORT
        self.descending = True
        self.chosen = False
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
        self.customContextMenuRequested.connect(self._ask_columns)
        self.reset()

    @property
    def sort(self) -> Sort:
        """The order the list is shown in."""
        return Sort(COLUMNS[PLACE[self.column]].sort, self.descending)

    def sort_by(self, column: str) -> None:
        """Sort by a column; once more turns the order round."""
        if column == self.column:
            self.descending = not self.descending
        else:
            self.column, self.descending = column, COLUMNS[PLACE[column]].down_first
        self.viewport().update()
        self.sorted_by.emit()

    def reset(self) -> None:
        """The first order, widths and columns."""
        self.chosen = False
        self._tags_by_hand = False
        self._fitting = True
        for place, column in enumerate(COLUMNS):
            self.moveSection(self.visualIndex(place), place)
            self.resizeSection(place, self._first_width(place))
            self.setSectionHidden(place, not column.shown)
        self._fitting = False
        self.fit()

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
        if not shown and len(self.shown_columns()) == 1:
            return
        self.setSectionHidden(PLACE[column], not shown)
        self.chosen = True
        self.fit()

    def shown_columns(self) -> list[str]:
        """The columns that are there, from left to right."""
        places = [self.logicalIndex(at) for at in range(self.count())]
        return [COLUMNS[place].id for place in places if not self.isSectionHidden(place)]

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

    def remember(self) -> dict[str, object]:
        """What to find again: order, widths, hidden columns, sort."""
        return {
            "state": base64.b64encode(self.saveState().data()).decode("ascii"),
            "column": self.column,
            "descending": self.descending,
            "chosen": self.chosen,
            "tags_by_hand": self._tags_by_hand,
            "columns": len(COLUMNS),
        }

    def recall(self, state: dict[str, object]) -> None:
        """What :meth:`remember` gave; of another version of the program only the sort."""
        if state.get("column") in PLACE:
            self.column, self.descending = str(state["column"]), bool(state.get("descending"))
        if state.get("columns") == len(COLUMNS) and state.get("chosen"):
            self.chosen = True
            self._fitting = True
            self.restoreState(QByteArray(base64.b64decode(str(state["state"]))))
            self._fitting = False
            self._tags_by_hand = bool(state.get("tags_by_hand"))
            self.fit()

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        painter.save()
        super().paintSection(painter, rect, logical)
        painter.restore()
        column = COLUMNS[logical]
        if column.id != self.column:
            return
        side = theme.px(10)
        words = self.fontMetrics().horizontalAdvance(column.title)
        left = (
            rect.right() - words - theme.px(10) - side if column.right else rect.left() + theme.px(11) + words
        )
        left = min(left, rect.right() - side - 1)
        area = QRect(max(left, rect.left()), rect.top() + (rect.height() - side) // 2, side, side)
        icons.paint(painter, area, "caret-down" if self.descending else "caret-up", theme.colour("ink"))

    def column_menu(self) -> QMenu:
        """The choice of columns."""
        menu = QMenu(self)
        for column in COLUMNS:
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isSectionHidden(PLACE[column.id]))
            action.toggled.connect(lambda shown, name=column.id: self.show_column(name, shown))
        menu.addSeparator()
        menu.addAction(t("members.columns.reset"), self.reset)
        return menu

    def _clicked(self, logical: int) -> None:
        self.sort_by(COLUMNS[logical].id)

    def _resized(self, logical: int, _before: int, _after: int) -> None:
        if self._fitting:
            return
        self.chosen = True
        if logical == PLACE["tags"]:
            self._tags_by_hand = True
        else:
            self.fit()

    def _moved(self) -> None:
        self.chosen = self.chosen or not self._fitting

    def _first_width(self, place: int) -> int:
        """What a column needs at least: its title with room for the mark of sorting."""
        title = self.fontMetrics().horizontalAdvance(COLUMNS[place].title)
        return max(theme.px(COLUMNS[place].width), title + theme.px(18))

    def _ask_columns(self, place: QPoint) -> None:
        menu = self.column_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(place))
