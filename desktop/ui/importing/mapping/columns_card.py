"""欄位對應: one line a column of the file — a sample, the field it fills, the sample as it will be stored, and
how sure we are. What the owner changes here is decided for the next file of this shape too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from desktop.importer.recipe import Column
from desktop.text import t
from desktop.ui import theme
from desktop.ui.importing.entry import Entry
from desktop.ui.importing.mapping.column_row import ColumnActions, ColumnRow, hairline
from desktop.ui.importing.mapping.column_words import telling
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import muted

_WIDTHS = ((3, 76), (3, 76), (0, 96), (3, 80), (5, 120))
"""Of each column of the table: its share of what is left, and the least it gets."""


class ColumnsCard(Card):
    """Shows how the columns of a table are read.

    Args:
        actions: what its lines ask for.
        reading: shows or hides the choices of how the file is read.
    """

    def __init__(self, actions: ColumnActions, reading: Callable[[], object]) -> None:
        super().__init__(t("import_page.columns"), flush=True)
        self.hint.setWordWrap(True)
        self.header.setStretch(1, 1)
        self.header.setStretch(2, 0)
        self.reading = link_button(t("import_page.reading"), reading)
        self.header.addWidget(self.reading)
        self._actions = actions
        self._names: list[str] = []
        self.rows: list[ColumnRow] = []
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(t("import_page.columns"))
        self.body.setSpacing(0)
        self.body.addWidget(self._area, 1)

    def show_entry(self, entry: Entry) -> None:
        """Show the columns; once checked also what was found in each. The lines stay as long as the columns do, and with them
        the focus."""
        recipe = entry.recipe
        self.hint.setText(t("import_page.columns_hint", n=telling(recipe)))
        names = [column.name for column in recipe.columns]
        if names != self._names:
            self._names = names
            self._make_rows(len(names))
        questions = {question.column: question for question in recipe.questions}
        report = entry.report
        bad = Counter(problem.column for problem in report.problems) if report else Counter[str]()
        for row, column in zip(self.rows, recipe.columns, strict=True):
            found = report, bad[column.name]
            row.field.setEnabled(recipe.kind != "chat_log")
            row.show_column(column, questions.get(column.name), found, entry.answers.fields)

    def row_of(self, column: str) -> ColumnRow:
        """The line of a column."""
        return self.rows[self._names.index(column)]

    def height_of_all(self) -> int:
        """How high the card is with all its lines in view."""
        page = self._area.widget()
        return (page.sizeHint().height() if page else 0) + theme.px(52)

    def _make_rows(self, count: int) -> None:
        page = QWidget()
        page.setProperty("kind", "panel")
        grid = QGridLayout(page)
        grid.setContentsMargins(theme.px(16), theme.px(2), theme.px(16), theme.px(12))
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(2))
        for place, key in enumerate(("column", "sample", "field", "stored", "state")):
            grid.addWidget(muted(t(f"import_page.head_{key}")), 0, place)
        grid.addWidget(hairline(), 1, 0, 1, 5)
        self.rows = [ColumnRow(grid, 2 + 2 * row, self._actions) for row in range(count)]
        for place, (stretch, least) in enumerate(_WIDTHS):
            grid.setColumnStretch(place, stretch)
            grid.setColumnMinimumWidth(place, theme.px(least))
        grid.setRowStretch(2 * count + 2, 1)
        self._area.setWidget(page)
        last: QWidget = self.reading
        for each in self.rows:
            for part in (each.field, each.order, each.state):
                QWidget.setTabOrder(last, part)
                last = part


def column_named(entry: Entry, name: str) -> Column:
    """A column of a table by its name."""
    return next(column for column in entry.recipe.columns if column.name == name)
