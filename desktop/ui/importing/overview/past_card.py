"""Files imported before, below the place to drop new ones: what each came to, its rows that need a look, and
the way to its step in the history, where it can be taken back weeks later."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout

from desktop.core.message import Message
from desktop.importer.checking.report import Problem, Report, Skipped
from desktop.store.imports import listed_rows
from desktop.store.imports.listed_rows import PastImport
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.importing.checking.problem_rows import PastProblems
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.table import BadgeDelegate, Column, SimpleTableModel, Table

SHOWN = 50
_LINES, _FEW_LINES = 5, 2
_HIGH = 640


class PastCard(Card):
    """See the module.

    Args:
        page: the import page; has ``desk``.
    """

    def __init__(self, page: Any) -> None:
        super().__init__(t("import_page.past"), flush=True)
        self._page = page
        self.problems: PastProblems | None = None
        self.table = Table(t("import_page.past"))
        columns = [
            Column(t("import_page.head_file"), lambda one: one.file),
            Column(t("import_page.head_when"), lambda one: i18n.moment(one.at)),
            Column(t("import_page.kind"), lambda one: t(f"importing.kind.{one.report['kind']}")),
            Column(t("import_page.head_came"), _came),
            Column(t("import_page.head_state"), _state, kind=lambda one: "neutral" if one.undone else "good"),
        ]
        self.model = SimpleTableModel(columns, [], _spoken, self.table)
        self.table.setModel(self.model)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.table.setItemDelegateForColumn(4, BadgeDelegate(self.table))
        self.table.fit_columns(stretch=0, widths=(0, 104, 84, 210, 90))
        self.rows = button(t("import_page.past_rows"), self.show_rows)
        self.history = button(t("import_page.past_history"), self.go_to_history, icon="history")
        buttons = QHBoxLayout()
        buttons.setContentsMargins(theme.px(16), 0, theme.px(16), theme.px(12))
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self.rows)
        buttons.addWidget(self.history)
        buttons.addStretch(1)
        self.body.addWidget(self.table)
        self.body.addLayout(buttons)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._enable())
        self.table.opened.connect(lambda _: self.go_to_history())
        self.hide()

    def read(self) -> None:
        """Read the list again."""
        self._page.desk.jobs.read(
            lambda db: listed_rows.past_imports(db, SHOWN),
            owner=self,
            then=self._show,
            latest="import.past",
        )

    def show_rows(self) -> None:
        """Show the rows of the import chosen that needed a look."""
        one = self._chosen()
        if one is not None:
            self.problems = PastProblems(self._page, report_of(one))
            self._page.desk.dialogs.show(self.problems.dialog)

    def go_to_history(self) -> None:
        """Show the step of the import chosen, where it can be undone."""
        one = self._chosen()
        if one is not None:
            self._page.desk.go("history", step=one.step)

    def _show(self, found: list[PastImport]) -> None:
        self.model.set_rows(found)
        self.setVisible(bool(found))
        lines = _LINES if self.window().height() >= theme.px(_HIGH) else _FEW_LINES
        height = self.table.verticalHeader().defaultSectionSize() * min(lines, len(found))
        self.table.setFixedHeight(height + self.table.horizontalHeader().height())
        if found:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._enable()

    def _chosen(self) -> PastImport | None:
        index: QModelIndex = self.table.currentIndex()
        found: PastImport | None = self.model.row(index) if index.isValid() else None
        return found

    def _enable(self) -> None:
        one = self._chosen()
        self.rows.setEnabled(one is not None and bool(one.report["skipped"] or one.report["problems"]))
        self.history.setEnabled(one is not None)


def report_of(past: PastImport) -> Report:
    """The rows that needed a look, as the report of an import that is just done."""
    kept = past.report
    report = Report(
        past.file, kept["kind"], kept["sheet"], kept["encoding"], kept["header_row"], kept["mapping"]
    )
    report.skipped = [Skipped(sheet, row, Message.from_json(why)) for sheet, row, why in kept["skipped"]]
    report.problems = [
        Problem(sheet, row, column, value, Message.from_json(why))
        for sheet, row, column, value, why in kept["problems"]
    ]
    return report


def _came(one: PastImport) -> str:
    told = one.report
    return t("import_page.past_came", new=told["new"], updated=told["updated"], skipped=len(told["skipped"]))


def _state(one: PastImport) -> str:
    return t("import_page.state.undone" if one.undone else "import_page.state.done")


def _spoken(one: PastImport) -> str:
    return t("import_page.spoken_row", parts=[one.file, i18n.moment(one.at), _came(one), _state(one)])
