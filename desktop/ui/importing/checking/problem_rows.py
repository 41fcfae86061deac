"""The rows and cells that could not be used, grouped by what is wrong with them; all of them in a list, a click
away, or saved as a workbook to be corrected and dropped again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.core.message import message
from desktop.exporter.tables import write_table
from desktop.importer.checking.report import Report
from desktop.operations.importing.correcting import save_rows_to_correct
from desktop.text import render, t
from desktop.ui.importing.checking.list_dialog import ListDialog, ListShape
from desktop.ui.importing.entry import Entry
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.table import Column

_AMBIGUOUS = "importing.skipped.ambiguous"
SKIPPED, CELLS, SAME = "skipped", "cells", "same"


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One line of the list: a row that was skipped, a cell that was left out, or a person who may be somebody else's double."""

    part: str
    row: int
    column: str
    value: str
    reason: str
    doubtful: bool = False

    @property
    def group(self) -> str:
        """Its group's name; rows that may be about several people are one group, whoever these are."""
        if self.doubtful:
            return t("import_page.ambiguous_group")
        return (
            t("import_page.column_reason", column=self.column, reason=self.reason)
            if self.column
            else self.reason
        )


@dataclass(slots=True)
class Group:
    """Lines with one reason."""

    part: str
    name: str
    rows: list[ProblemRow] = field(default_factory=list)


def problem_rows(report: Report) -> list[ProblemRow]:
    """Everything in a report that wants a look, by row."""
    found = [
        ProblemRow(SKIPPED, one.row, "", "", render(one.reason), one.reason.key == _AMBIGUOUS)
        for one in report.skipped
    ]
    found += [
        ProblemRow(CELLS, one.row, one.column, one.value, render(one.reason)) for one in report.problems
    ]
    for pair in report.similar:
        other = pair.other.name or pair.other.member_no or pair.other.phone or pair.other.email or ""
        reason = t("import_page.may_be", other=other)
        found.append(ProblemRow(SAME, pair.row, "", pair.name or "", reason))
    return sorted(found, key=lambda one: one.row)


def grouped(rows: Sequence[ProblemRow]) -> list[Group]:
    """The lines by reason, the most first; possible doubles are one group."""
    found: dict[tuple[str, str], Group] = {}
    for row in rows:
        name = t("import_page.may_be_group") if row.part == SAME else row.group
        found.setdefault((row.part, name), Group(row.part, name)).rows.append(row)
    return sorted(found.values(), key=lambda group: -len(group.rows))


class ProblemRows:
    """Shows and saves the problem rows of the table the page shows.

    Args:
        page: the import page; has ``entry`` and ``desk``.
    """

    def __init__(self, page: Any) -> None:
        self._page = page

    def list_all(self, part: str = "", group: str = "") -> None:
        """Show the rows and cells that could not be used: all, or one part, or one group of them."""
        entry: Entry | None = self._page.entry
        if entry is None or entry.report is None:
            return
        dialog = list_of_problems(self._page, entry.report, part)
        if part != SAME:
            dialog.add_button(button(t("import_page.save_rows"), self.save, icon="download"))
        if group:
            dialog.choose_group(group)
        self._page.desk.dialogs.show(dialog)

    def save(self) -> None:
        """Ask where to, and save the rows with their reasons."""
        entry: Entry | None = self._page.entry
        if entry is None or entry.report is None:
            return
        name = t("import_page.rows_file", file=entry.path.stem) + ".xlsx"
        filters = [(message("import_page.filter_xlsx"), "*.xlsx")]
        self._page.desk.dialogs.save_file(
            self._page, "export", name, lambda target: self._write(entry, target), filters=filters
        )

    def _write(self, entry: Entry, target: Path) -> None:
        report = entry.report
        assert report is not None
        self._page.desk.jobs.background(
            lambda db, job: save_rows_to_correct(
                entry.path, entry.encoding, entry.recipe, report, target, job, opened=entry.open
            ),
            owner=self._page,
            then=lambda n: self._page.desk.notices.show(
                message("import_page.rows_saved", n=n, file=target.name)
            ),
            title=message("import_page.title_rows"),
        )


class PastProblems:
    """The rows of an import of the past: its file may be gone, so what was wrong is listed and saved as a list.

    Args:
        page: the import page; has ``desk``.
        report: what is kept of the import.
    """

    def __init__(self, page: Any, report: Report) -> None:
        self._page, self._report = page, report
        self.dialog = list_of_problems(page, report)
        self.dialog.add_button(button(t("import_page.save_list"), self.save, icon="download"))

    def save(self) -> None:
        """Ask where to, and write the list."""
        name = t("import_page.rows_file", file=Path(self._report.file).stem) + ".xlsx"
        filters = [(message("import_page.filter_xlsx"), "*.xlsx")]
        self._page.desk.dialogs.save_file(self._page, "export", name, self._write, filters=filters)

    def _write(self, target: Path) -> None:
        columns = _shape().columns
        rows: list[tuple[int | str, ...]] = [
            (row.row, *(column.text(row) for column in columns[1:])) for row in problem_rows(self._report)
        ]
        self._page.desk.jobs.background(
            lambda _db, job: write_table(target, [column.title for column in columns], rows, job=job).rows,
            owner=self._page,
            then=lambda n: self._page.desk.notices.show(
                message("import_page.list_saved", n=n, file=target.name)
            ),
            title=message("import_page.title_rows"),
        )


def list_of_problems(parent: QWidget, report: Report, part: str = "") -> ListDialog:
    """A list of the rows that need a look: all, or one part of them."""
    rows = [row for row in problem_rows(report) if not part or row.part == part]
    kinds = grouped(rows)
    names = {id(row): one.name for one in kinds for row in one.rows}
    choices = [("", t("import_page.list_all_groups", n=len(rows)))]
    choices += [(one.name, t("import_page.group_line", reason=one.name, n=len(one.rows))) for one in kinds]
    return ListDialog(parent, t("import_page.look"), _shape(), rows, choices, lambda row: names[id(row)])


def _shape() -> ListShape:
    columns = [
        Column(t("import_page.head_row"), lambda row: str(row.row), right=True),
        Column(t("import_page.head_column"), lambda row: row.column),
        Column(t("import_page.head_value"), lambda row: row.value),
        Column(t("import_page.head_reason"), lambda row: row.reason),
    ]
    return ListShape(columns, (64, 150, 200), 3)
