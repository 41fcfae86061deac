"""欄位對應: one line a column of the file — a sample, the field it fills, the sample as it will be stored, and
how sure we are. What the owner changes here is decided for the next file of this shape too."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from desktop.importer.checking.report import Report
from desktop.importer.recipe import Column, DateQuestion, Recipe, fields_for
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import ElidedLabel, good_text, muted, set_kind, text_label, warning_text

_SHOWN_TAGS = 3


class ColumnsCard(Card):
    """Shows a recipe.

    Args:
        choose_field: called with (column, field) when the owner gives a column another field.
        choose_order: called with (column, order) when the owner answers how dates are written.
    """

    def __init__(
        self, choose_field: Callable[[str, str], None], choose_order: Callable[[str, str], None]
    ) -> None:
        super().__init__(t("import_page.columns"), flush=True)
        self._choose_field = choose_field
        self._choose_order = choose_order
        self._chosen: Collection[str] = ()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName(t("import_page.columns"))
        self.body.addWidget(self._area, 1)

    def show_recipe(self, recipe: Recipe, report: Report | None, chosen: Collection[str]) -> None:
        """Show the columns; with a report also what the check found in each. ``chosen`` are the columns whose field the owner
        gave just now; others that are hers come from an earlier file of this shape."""
        self._chosen = chosen
        mapped = sum(column.field not in ("ignore", "extra") for column in recipe.columns)
        self.hint.setText(t("import_page.columns_hint", n=mapped))
        place = self._area.verticalScrollBar().value()
        page = QWidget()
        page.setProperty("kind", "panel")
        grid = QGridLayout(page)
        grid.setContentsMargins(theme.px(16), 0, theme.px(16), theme.px(12))
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(8))
        for place_in_row, key in enumerate(("column", "sample", "field", "stored", "state")):
            grid.addWidget(muted(t(f"import_page.head_{key}")), 0, place_in_row)
        questions = {question.column: question for question in recipe.questions}
        found = _problems_by_column(report)
        for row, column in enumerate(recipe.columns, start=1):
            self._add_row(grid, row, recipe, column, questions.get(column.name), found.get(column.name, 0))
        for place_in_row, (stretch, least) in enumerate(((3, 84), (3, 96), (0, 0), (3, 96), (4, 110))):
            grid.setColumnStretch(place_in_row, stretch)
            grid.setColumnMinimumWidth(place_in_row, theme.px(least))
        grid.setRowStretch(len(recipe.columns) + 1, 1)
        self._area.setWidget(page)
        self._area.verticalScrollBar().setValue(place)

    def _add_row(
        self,
        grid: QGridLayout,
        row: int,
        recipe: Recipe,
        column: Column,
        question: DateQuestion | None,
        bad: int,
    ) -> None:
        sample = next((one for one in column.samples if one.problem is None), None)
        name = ElidedLabel()
        name.setText(column.name)
        before = ElidedLabel(kind="muted")
        before.setText(sample.before if sample else "")
        after = ElidedLabel()
        after.setText(_shown(sample.after, column) if sample and column.field != "ignore" else "—")
        grid.addWidget(name, row, 0)
        grid.addWidget(before, row, 1)
        grid.addWidget(self._field_choice(recipe, column), row, 2, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(after, row, 3)
        grid.addWidget(self._state(column, question, bad), row, 4)

    def _field_choice(self, recipe: Recipe, column: Column) -> Select:
        names = [
            (field, t(f"importing.field.{field}")) for field in (*fields_for(recipe.kind), "extra", "ignore")
        ]
        choice = Select(t("import_page.field_of", column=column.name), names)
        choice.set_value(column.field)
        choice.chosen.connect(lambda field: self._choose_field(column.name, field))
        return choice

    def _state(self, column: Column, question: DateQuestion | None, bad: int) -> QWidget:
        if question is not None:
            orders = [
                ("", t("import_page.which_order")),
                *((one, t(f"importing.order.{one}")) for one in question.orders),
            ]
            choice = Select(t("import_page.order_of", column=column.name), orders)
            choice.set_value("")
            choice.setToolTip("、".join(question.examples))
            choice.chosen.connect(lambda order: order and self._choose_order(column.name, order))
            return choice
        if bad:
            return warning_text(t("import_page.column_problems", n=bad))
        if column.field in ("ignore", "extra"):
            return muted(t(f"importing.why.{column.why}"), wrap=True)
        if column.why == "owner" and column.name not in self._chosen:
            return good_text(t("import_page.sure", why=t("import_page.as_last_time")))
        if column.why in ("name", "both", "owner") or column.confidence >= 0.8:
            return good_text(t("import_page.sure", why=t(f"importing.why.{column.why}")))
        guess = text_label(t("import_page.guess", why=t(f"importing.why.{column.why}")))
        set_kind(guess, "warning")
        return guess


def _problems_by_column(report: Report | None) -> dict[str, int]:
    found: dict[str, int] = {}
    for problem in report.problems if report else ():
        found[problem.column] = found.get(problem.column, 0) + 1
    return found


def _shown(value: Any, column: Column) -> str:
    """A stored value as the owner reads it."""
    if value is None or value == "":
        return "—"
    if column.field == "phone":
        return i18n.phone(str(value))
    if column.field == "gender":
        return t(f"importing.gender.{value}")
    if isinstance(value, bool):
        return t("import_page.yes" if value else "import_page.no")
    if isinstance(value, list | tuple):
        more = len(value) - _SHOWN_TAGS
        return "、".join(str(one) for one in value[:_SHOWN_TAGS]) + (f" +{more}" if more > 0 else "")
    return str(value).replace("T", " ")
