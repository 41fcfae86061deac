"""A column's cells before → after: what was mended, how often and in which way, and the cells that could not be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.importer.recipe import Column as FileColumn
from desktop.text import render, t
from desktop.ui.importing.checking.list_dialog import ListDialog, ListShape
from desktop.ui.importing.entry import Entry
from desktop.ui.importing.mapping.column_words import is_sure, repairs_of, shown_value, why
from desktop.ui.widgets.labels import text_label, warning_text
from desktop.ui.widgets.table import Column

PROBLEMS = "problems"
SAMPLES = "samples"


@dataclass(frozen=True, slots=True)
class CellRow:
    """A cell: its row, its text in the file, what becomes of it, what was done, and its group."""

    row: int
    before: str
    after: str
    what: str
    group: str


class ColumnDialog(ListDialog):
    """See the module."""

    def __init__(self, parent: QWidget, entry: Entry, column: FileColumn) -> None:
        rows, groups = _cells(entry, column)
        title = t("import_page.column_title", column=column.name, field=t(f"importing.field.{column.field}"))
        everything = [("", t("import_page.column_all")), *groups]
        super().__init__(parent, title, _shape(), rows, everything, lambda row: row.group)
        sure = int(column.confidence * 100)
        key = "import_page.column_sure" if is_sure(column) else "import_page.column_guess"
        words = t(key, why=why(column, entry.answers.fields), percent=sure)
        layout: Any = self.layout()
        layout.insertWidget(0, text_label(words) if is_sure(column) else warning_text(words))


def _cells(entry: Entry, column: FileColumn) -> tuple[list[CellRow], list[tuple[str, str]]]:
    rows: list[CellRow] = []
    groups: list[tuple[str, str]] = []
    report = entry.report
    for repair in repairs_of(column.name, report):
        words = t(f"importing.repair.{repair.kind}", n=repair.count)
        groups.append((repair.kind, words))
        # Said once, at the first cell: the number is that of all cells, not of this one.
        rows += [
            CellRow(number, str(before), shown_value(after, column), "" if place else words, repair.kind)
            for place, (number, before, after) in enumerate(repair.samples)
        ]
    bad = [one for one in report.problems if one.column == column.name] if report else []
    if bad:
        groups.append((PROBLEMS, t("import_page.column_problems", n=len(bad))))
        rows += [CellRow(one.row, one.value, "—", render(one.reason), PROBLEMS) for one in bad]
    groups.append((SAMPLES, t("import_page.column_samples")))
    known = {row.row for row in rows}
    for sample in column.samples:
        if sample.row not in known:
            what = t(f"importing.problem.{sample.problem}") if sample.problem else ""
            rows.append(CellRow(sample.row, sample.before, shown_value(sample.after, column), what, SAMPLES))
    return rows, groups


def _shape() -> ListShape:
    columns = [
        Column(t("import_page.head_row"), lambda row: str(row.row), right=True),
        Column(t("import_page.head_before"), lambda row: row.before),
        Column(t("import_page.head_stored"), lambda row: row.after),
        Column(
            t("import_page.head_what"),
            lambda row: row.what,
            role=lambda row: "warning" if row.group == PROBLEMS else None,
        ),
    ]
    return ListShape(columns, (64, 220, 200), 3)
