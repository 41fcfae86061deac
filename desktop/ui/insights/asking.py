"""What the views of the figures share: questions go to the query thread, numbers open the people behind them, a formula is told
where it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemDelegate, QHBoxLayout, QPushButton, QToolButton, QWidget

from desktop.store.database import Database
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import muted
from desktop.ui.widgets.table import Column, LinkDelegate, SimpleTableModel, Table, row_height

T = TypeVar("T")


class FigureCard(Card):
    """A card that reads its own figures and can tell how they are computed.

    Args:
        desk: what the page may use.
        title: bold first line.
        formula: how its numbers come about, shown by its question mark; "" without one.
    """

    def __init__(self, desk: Desk, title: str, formula: str = "") -> None:
        super().__init__(title)
        self.desk = desk
        self.formula = muted(formula, wrap=True)
        self.formula.setVisible(False)
        self.help: QToolButton | None = None
        if formula:
            self.help = icon_button("help", t("insights_page.how", name=title), self._tell)
            self.help.setCheckable(True)
            self.header.addWidget(self.help)
        self.body.addWidget(self.formula)

    def ask(self, work: Callable[[Database], T], then: Callable[[T], None], name: str) -> None:
        """Read in the query thread; a newer question of the same name takes its place."""
        self.desk.jobs.read(work, owner=self, then=then, latest=f"insights.{name}")

    def open_people(self, query: str | None) -> None:
        """Show the people of a query in the list of members."""
        if query is not None:
            self.desk.go("members", query=query)

    def build_audience(self, query: str | None) -> None:
        """Begin an audience with a query."""
        if query is not None:
            self.desk.go("audiences", query=query)

    def _tell(self) -> None:
        self.formula.setVisible(not self.formula.isVisible())


def without(whole: str | None, part: str | None) -> str | None:
    """The query of those of the whole who are not in the part."""
    return None if whole is None or part is None else f"{whole} -({part})".strip()


class SmallTable(Table):
    """A table as high as its rows, some of whose cells are links.

    Args:
        name: what it lists.
        columns: what each column shows.
        links: column → what a press on its cell does with the row.
        stretch: the column that takes the room left.
        most: rows shown before it scrolls.
    """

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        *,
        links: dict[int, Callable[[Any], object]] | None = None,
        widths: Sequence[int] = (),
        stretch: int | None = None,
        most: int = 8,
    ) -> None:
        super().__init__(name)
        self.rows_model = SimpleTableModel(columns, parent=self)
        self.setModel(self.rows_model)
        self.setSelectionMode(Table.SelectionMode.SingleSelection)
        self._most = most
        self._links = links or {}
        for column in self._links:
            delegate = LinkDelegate(self)
            delegate.activated.connect(self._pressed)
            self.setItemDelegateForColumn(column, delegate)
        self.fit_columns(stretch, widths or [0] * len(columns))
        self.opened.connect(self._opened)
        self.show_rows(())

    def with_bar(self, column: int, delegate: Callable[[SmallTable], QAbstractItemDelegate]) -> SmallTable:
        """Draw a column by a delegate of its own."""
        self.setItemDelegateForColumn(column, delegate(self))
        return self

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows."""
        self.rows_model.set_rows(rows)
        shown = min(max(1, len(rows)), self._most)
        self.setFixedHeight(self.horizontalHeader().height() + shown * row_height(self) + theme.px(3))
        scrolls = len(rows) > self._most
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.setVisible(bool(rows))

    def _pressed(self, index: QModelIndex) -> None:
        self._links[index.column()](self.rows_model.row(index))

    def _opened(self, index: QModelIndex) -> None:
        first = next(iter(self._links.values()), None)
        if first is not None and index.column() not in self._links:
            first(self.rows_model.row(index))


def beside(*widgets: QWidget | None) -> QHBoxLayout:
    """Things in one line; None: what is left of the room."""
    line = QHBoxLayout()
    line.setSpacing(theme.px(8))
    for widget in widgets:
        if widget is None:
            line.addStretch(1)
        else:
            line.addWidget(widget)
    return line


def fold_out(button: QPushButton, part: QWidget) -> None:
    """Let a button show and hide a part."""
    button.setCheckable(True)
    button.toggled.connect(part.setVisible)
    part.setVisible(False)
