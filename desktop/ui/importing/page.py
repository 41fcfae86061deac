"""匯入名單, on one page: choose or drop files, see what was recognised and what would happen, commit. Several
files or sheets are gone through one after another, members before orders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from desktop.core.errors import UserError
from desktop.core.message import Message, message
from desktop.operations import importing, undoing
from desktop.operations.importing import ImportOutcome
from desktop.text import render, t
from desktop.ui import i18n
from desktop.ui.actions import Command
from desktop.ui.importing import entry as work
from desktop.ui.importing.check_cards import CheckCard, ProblemsCard
from desktop.ui.importing.columns_card import ColumnsCard
from desktop.ui.importing.entry import Entry
from desktop.ui.importing.problem_rows import ProblemRows
from desktop.ui.importing.view import ImportView
from desktop.ui.page import Page
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.empty_state import EmptyState

FILTERS = [
    (message("import_page.filter_tables"), "*.xlsx *.xls *.xlsb *.xlsm *.ods *.csv *.tsv *.txt *.zip"),
    (message("import_page.filter_all"), "*"),
]


class ImportPage(Page):
    """The page of one import after another."""

    def __init__(self, desk: Any) -> None:
        super().__init__(desk, "import")
        self._entries: list[Entry] = []
        self._at = 0
        self._job: Any = None
        self._choose = primary_button(t("import_page.choose_files"), self.choose_files, icon="folder-open")
        self._skip = button(t("import_page.skip"), self._next)
        self._cancel = button(t("import_page.cancel"), self._leave)
        self._commit = primary_button(t("import_page.commit_none"), self._press)
        for each in (self._skip, self._cancel, self._commit):
            self.header.add(each)
        rows = ProblemRows(self)
        self.view = ImportView(
            ColumnsCard(self._map_column, self._answer_dates),
            CheckCard(self._stop),
            ProblemsCard(rows.list_all, rows.save),
            self._again,
        )
        self._stack = QStackedWidget()
        empty = EmptyState(
            "file-text", t("import_page.empty_title"), t("import_page.empty_text"), self._choose
        )
        self._stack.addWidget(empty)
        self._stack.addWidget(self.view)
        self.body.addWidget(self._stack, 1)
        self._show_nothing()

    # What the window calls

    def opened(self, files: list[Path] | None = None, **_: Any) -> None:
        if files:
            self.take_files(files)

    def take_files(self, files: list[Path]) -> bool:
        """Look at these files, in place of what was here."""
        self._forget()
        self._stack.setCurrentIndex(1)
        self.view.columns.hide()
        self._run(
            lambda db, job: work.look_at(db, files, job), self._looked, message("import_page.title_look")
        )
        return True

    def choose_files(self) -> None:
        """Ask for files."""
        self.desk.dialogs.open_files(self, "import", self.take_files, filters=FILTERS, many=True)

    def commands(self) -> list[Command]:
        return [
            Command(
                "import.commit", "import_page.command_commit", self._press, "Ctrl+Return", enabled=self._ready
            )
        ]

    # Steps

    @property
    def entry(self) -> Entry | None:
        """The table shown now."""
        return self._entries[self._at] if self._at < len(self._entries) else None

    def _looked(self, entries: list[Entry]) -> None:
        self._entries, self._at = entries, 0
        self._begin()

    def _begin(self) -> None:
        """Show the entry and check it, unless something has to be answered first."""
        entry = self.entry
        if entry is None:
            self._leave()
            return
        self._show_entry(entry)
        self.view.check_card.show_waiting()
        self.view.problems.hide()
        if entry.imported_before:
            self.bar.show_message(
                message("import_page.seen_before", when=i18n.moment(entry.imported_before)), kind="info"
            )
        if entry.open_questions:
            self._ask(entry)
            return
        self._run(
            lambda db, job: work.check(db, entry, job), self._checked, message("import_page.title_check")
        )

    def _ask(self, entry: Entry) -> None:
        if entry.recipe.questions:
            self.bar.show_message(entry.recipe.questions[0].text(), kind="warning")
        else:
            self.bar.show_message(message("import_page.who_is_who"), kind="warning")
        self._update_buttons()

    def _checked(self, entry: Entry) -> None:
        self._entries[self._at] = entry
        assert entry.plan is not None
        self._show_entry(entry)
        self.view.check_card.show_report(entry.plan.report, stored=False)
        self.view.problems.show_report(entry.plan.report)

    def _again(self, answers: Any = None, sheet: str | None = None, encoding: str | None = None) -> None:
        entry = self.entry
        if entry is None:
            return
        self._stop()
        self.bar.clear()
        given = answers if answers is not None else entry.answers
        chosen = encoding if encoding is not None else entry.encoding
        self._run(
            lambda db, job: work.look_again(db, entry, given, sheet, chosen, job),
            self._looked_again,
            message("import_page.title_look"),
        )

    def _looked_again(self, entry: Entry) -> None:
        self._entries[self._at] = entry
        self._begin()

    def _map_column(self, column: str, field: str) -> None:
        entry = self.entry
        if entry is not None:
            self._again(replace(entry.answers, fields={**entry.answers.fields, column: field}))

    def _answer_dates(self, column: str, order: str) -> None:
        entry = self.entry
        if entry is not None:
            self._again(replace(entry.answers, dates={**entry.answers.dates, column: order}))

    def _ready(self) -> bool:
        entry = self.entry
        return (
            self._job is None and entry is not None and entry.plan is not None and entry.plan.report.taken > 0
        )

    def _press(self) -> None:
        """Back up, then commit: the backup reads beside the writer, the commit is one transaction on it."""
        if self._ready():
            self._run(
                lambda db, job: importing.backup_first(db, job),
                self._backed_up,
                message("import_page.title_backup"),
            )

    def _backed_up(self, _: object) -> None:
        entry = self.entry
        if entry is None or entry.plan is None:
            return
        plan = entry.plan
        self._update_buttons(busy=True)
        self._job = self.desk.jobs.write(
            lambda db, ctx: work.commit(db, plan),
            owner=self,
            then=self._committed,
            on_error=self._failed,
            title=message("import_page.title_commit", file=plan.report.file),
        )

    def _committed(self, outcome: ImportOutcome | None) -> None:
        self._job = None
        entry = self.entry
        if entry is None:
            return
        self._entries[self._at] = replace(entry, plan=None)
        if outcome is None:
            self._begin()
            self.bar.show_message(message("import_page.checked_again"), kind="info")
            return
        report, step = outcome.report, outcome.step
        counts = {"new": report.new, "updated": report.updated}
        self.desk.notices.show(
            message("import_page.done", file=report.file, **counts),
            button=(message("import_page.undo"), lambda: self._undo(step)) if step else None,
        )
        self._next()

    def _undo(self, step: int) -> None:
        self.desk.jobs.write(
            lambda db, ctx: undoing.undo(db, step),
            owner=self,
            then=lambda done: self.desk.notices.show(
                message("import_page.undone", n=done.reverted, kept=len(done.kept))
            ),
        )

    def _next(self) -> None:
        entry = self.entry
        if entry is not None:
            self._stop()
            self._entries[self._at] = entry.without_plan()
        self._at += 1
        self.bar.clear()
        self._begin()

    def _leave(self) -> None:
        self._forget()
        self.desk.go("members")

    # Jobs

    def _run(self, job: Callable[..., Any], then: Callable[[Any], None], title: Message) -> None:
        def done(result: Any) -> None:
            self._job = None
            then(result)
            self._update_buttons()

        self._update_buttons(busy=True)
        self.view.check_card.show_progress(0, None, render(title))
        self._job = self.desk.jobs.background(
            job,
            owner=self,
            then=done,
            on_error=self._failed,
            on_cancelled=self._stopped,
            progress=self._progress,
            title=title,
        )

    def _progress(self, done: int, total: int | None, text: Message | None) -> None:
        self.view.check_card.show_progress(done, total, render(text) if text else "")

    def _failed(self, error: UserError) -> None:
        self._job = None
        self.bar.show_error(error)
        self.view.check_card.show_waiting()
        if self.entry is None:
            self._show_nothing()
        self._update_buttons()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _stopped(self) -> None:
        self.view.check_card.show_waiting()
        self.bar.show_message(
            message("import_page.stopped"),
            kind="info",
            button=(message("import_page.check_again"), self._begin),
        )
        self._update_buttons()

    def _forget(self) -> None:
        self._stop()
        for entry in self._entries:
            entry.without_plan()
        self._entries, self._at = [], 0
        self.bar.clear()
        self._show_nothing()

    # Showing

    def _show_nothing(self) -> None:
        self._stack.setCurrentIndex(0)
        self.header.set_subtitle("")
        self.view.check_card.show_waiting()
        self.view.problems.hide()
        self.view.source.hide()
        self._update_buttons()

    def _show_entry(self, entry: Entry) -> None:
        recipe = entry.recipe
        report = entry.plan.report if entry.plan else None
        parts = [entry.path.name]
        if recipe.sheet:
            parts.append(t("import_page.sheet_named", sheet=recipe.sheet))
        parts.append(t(f"importing.kind.{recipe.kind}"))
        if report is not None:
            parts.append(t("import_page.rows", n=report.rows))
        if len(self._entries) > 1:
            parts.append(t("import_page.nth", n=self._at + 1, of=len(self._entries)))
        self.header.set_subtitle("・".join(parts))
        self._stack.setCurrentIndex(1)
        self.view.columns.show()
        self.view.show_entry(entry)

    def _update_buttons(self, *, busy: bool = False) -> None:
        entry = self.entry
        taken = entry.plan.report.taken if entry is not None and entry.plan is not None else 0
        self._commit.setText(t("import_page.commit", n=taken) if taken else t("import_page.commit_none"))
        self._commit.setEnabled(not busy and self._ready())
        self._commit.setVisible(entry is not None)
        self._cancel.setVisible(entry is not None or busy)
        self._skip.setVisible(entry is not None and self._at + 1 < len(self._entries))
