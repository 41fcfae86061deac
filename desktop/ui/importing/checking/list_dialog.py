"""A list in a window of its own: a search field and perhaps a choice of groups above, how many are shown below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.core.people.search_text import fold
from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.fields import SearchField, Select
from desktop.ui.widgets.labels import muted
from desktop.ui.widgets.table import Column, SimpleTableModel, Table

MOST_SHOWN = 5_000
"""Rows shown at once; with a search, those that match."""


@dataclass(frozen=True)
class ListShape:
    """What a list looks like: its columns, their widths at 100 % text size, the one that takes what is left."""

    columns: Sequence[Column]
    widths: Sequence[int]
    stretch: int


class ListDialog(QDialog):
    """See the module.

    Args:
        parent: the page.
        title: of the window.
        shape: the table.
        rows: everything there is.
        groups: (key, words) to choose from; the first is everything. ``group_of`` tells a row's key.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        shape: ListShape,
        rows: Sequence[Any],
        groups: Sequence[tuple[str, str]] = (),
        group_of: Callable[[Any], str] | None = None,
    ) -> None:
        super().__init__(parent.window())
        self.setWindowTitle(title)
        screen = parent.window().size()
        self.resize(min(theme.px(860), screen.width() - 40), min(theme.px(560), screen.height() - 40))
        self._rows, self._shape, self._group_of = list(rows), shape, group_of
        self._folded = [fold(" ".join(column.text(row) for column in shape.columns)) for row in self._rows]
        self.search = SearchField(t("import_page.list_search"))
        self.groups = Select(t("import_page.list_group"), groups)
        self.groups.setVisible(len(groups) > 1)
        self.groups.setSizeAdjustPolicy(Select.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.groups.setMinimumContentsLength(18)
        self.table = Table(title)
        self.model = SimpleTableModel(shape.columns, [], self._spoken, self.table)
        self.table.setModel(self.model)
        self.table.fit_columns(stretch=shape.stretch, widths=shape.widths)
        self.count = muted()
        self._lay_out()
        self.search.textChanged.connect(lambda: self.refresh())
        self.groups.chosen.connect(lambda _: self.refresh())
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        edge = theme.px(16)
        column.setContentsMargins(edge, edge, edge, theme.px(12))
        column.setSpacing(theme.px(10))
        above = QHBoxLayout()
        above.setSpacing(theme.px(8))
        above.addWidget(self.search, 1)
        above.addWidget(self.groups)
        self.below = QHBoxLayout()
        self.below.setSpacing(theme.px(8))
        self.below.addWidget(self.count)
        self.below.addStretch(1)
        self.below.addWidget(button(t("import_page.close"), self.accept))
        column.addLayout(above)
        column.addWidget(self.table, 1)
        column.addLayout(self.below)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_button(self, made: QPushButton) -> None:
        """Put a button before the one that closes."""
        self.below.insertWidget(self.below.count() - 1, made)

    def choose_group(self, key: str) -> None:
        """Show only one group."""
        self.groups.set_value(key)
        self.refresh()

    def refresh(self) -> None:
        """Show the rows that match."""
        wanted, group = fold(self.search.text().strip()), self.groups.value()
        found = [
            row
            for row, folded in zip(self._rows, self._folded, strict=True)
            if wanted in folded and (not group or self._group_of is None or self._group_of(row) == group)
        ]
        self.model.set_rows(found[:MOST_SHOWN])
        if len(found) > MOST_SHOWN:
            self.count.setText(t("import_page.list_first", n=len(found), shown=MOST_SHOWN))
        else:
            self.count.setText(t("import_page.list_count", n=len(found)))

    def _spoken(self, row: Any) -> str:
        told = [(column.title, column.text(row)) for column in self._shape.columns]
        return t("import_page.spoken_row", parts=[f"{title} {text}" for title, text in told if text])
