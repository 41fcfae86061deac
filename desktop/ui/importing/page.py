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
from desktop.importer.formats.problems import PasswordNeeded
from desktop.operations import sample_shop
from desktop.text import render, t
from desktop.ui import i18n
from desktop.ui.actions import Command
from desktop.ui.importing import entry as work
from desktop.ui.importing.answering import Answering
from desktop.ui.importing.check_cards import CheckCard, ProblemsCard
from desktop.ui.importing.columns_card import ColumnsCard
from desktop.ui.importing.committing import Committing
from desktop.ui.importing.entry import Entry
from desktop.ui.importing.opening import Opening
from desktop.ui.importing.problem_rows import ProblemRows
from desktop.ui.importing.view import ImportView, subtitle
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
        self._committing = Committing(self)
        self._opening = Opening(self)
        self.answering = Answering(self)
        self._choose = primary_button(t("import_page.choose_files"), self.choose_files, icon="folder-open")
        self._skip = button(t("import_page.skip"), self.next_entry)
        self._cancel = button(t("import_page.cancel"), self._leave)
        self._commit = primary_button(t("import_page.commit_none"), self._committing.start)
        for each in (self._skip, self._cancel, self._commit):
            self.header.add(each)
        rows = ProblemRows(self)
        self.view = ImportView(
            ColumnsCard(self.answering.map_column, self.answering.order_dates),
            CheckCard(self.stop),
            ProblemsCard(rows.list_all, rows.save),
            self.answering.read,
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
        self._opening.start(files)
        return True

    def look(self, job: Callable[..., list[Entry]]) -> None:
        """Run the job that opens the files."""
        self._stack.setCurrentIndex(1)
        self.view.columns.hide()
        self.run_job(job, self._looked, message("import_page.title_look"))

    def choose_files(self) -> None:
        """Ask for files."""
        self.desk.dialogs.open_files(self, "import", self.take_files, filters=FILTERS, many=True)

    def commands(self) -> list[Command]:
        return [
            Command(
                "import.commit",
                "import_page.command_commit",
                self._committing.start,
                "Ctrl+Return",
                enabled=self.ready,
            )
        ]

    def pictures(self) -> dict[str, Callable[[], None]]:
        members, orders = sample_shop.sample_files()[:2]
        return {
            "members": lambda: self.opened(files=[members]),
            "orders": lambda: self.opened(files=[orders]),
            "empty": self._forget,
        }

    # Steps

    @property
    def entry(self) -> Entry | None:
        """The table shown now."""
        return self._entries[self._at] if self._at < len(self._entries) else None

    def _looked(self, entries: list[Entry]) -> None:
        self._entries, self._at = entries, 0
        self.begin()

    def begin(self) -> None:
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
        self.run_job(
            lambda db, job: work.check(db, entry, job), self._checked, message("import_page.title_check")
        )

    def _ask(self, entry: Entry) -> None:
        if entry.recipe.questions:
            self.bar.show_message(entry.recipe.questions[0].text(), kind="warning")
        else:
            self.bar.show_message(message("import_page.who_is_who"), kind="warning")
        self.update_buttons()

    def _checked(self, entry: Entry) -> None:
        self._entries[self._at] = entry
        assert entry.plan is not None
        self._show_entry(entry)
        self.view.check_card.show_report(entry.plan.report, stored=False)
        self.view.problems.show_report(entry.plan.report)

    def show_again(self, entry: Entry) -> None:
        """Go on with the table as the owner decided it."""
        self._entries[self._at] = entry
        self.begin()

    def ready(self) -> bool:
        """Whether the table shown can be imported now."""
        entry = self.entry
        return (
            self._job is None and entry is not None and entry.plan is not None and entry.plan.report.taken > 0
        )

    def settled(self) -> None:
        """The job of the table shown has ended, and with it its plan."""
        self._job = None
        if self.entry is not None:
            self._entries[self._at] = replace(self.entry, plan=None)

    def next_entry(self) -> None:
        """Go on to the next table, or away after the last."""
        entry = self.entry
        if entry is not None:
            self.stop()
            self._entries[self._at] = entry.without_plan()
        self._at += 1
        self.bar.clear()
        self.begin()

    def _leave(self) -> None:
        self._forget()
        self.desk.go("members")

    # Jobs

    def run_job(self, job: Callable[..., Any], then: Callable[[Any], None], title: Message) -> None:
        """Run a job of the page outside of its thread; its progress shows beside the numbers."""

        def done(result: Any) -> None:
            self._job = None
            then(result)
            self.update_buttons()

        self.update_buttons(busy=True)
        self.view.check_card.show_progress(0, None, render(title))
        self._job = self.desk.jobs.background(
            job,
            owner=self,
            then=done,
            on_error=self.failed,
            on_cancelled=self._stopped,
            progress=self._progress,
            title=title,
        )

    def write_job(self, job: Callable[..., Any], then: Callable[[Any], None], title: Message) -> None:
        """Run a job of the page on the writer; it is one transaction, so there is nothing to stop half-way."""
        self.update_buttons(busy=True)
        self.view.check_card.show_saving(render(title))
        self._job = self.desk.jobs.write(job, owner=self, then=then, on_error=self.failed, title=title)

    def _progress(self, done: int, total: int | None, text: Message | None) -> None:
        self.view.check_card.show_progress(done, total, render(text) if text else "")

    def failed(self, error: UserError) -> None:
        """Say what went wrong; what was shown stays."""
        self._job = None
        if isinstance(error, PasswordNeeded):
            self._opening.ask(error)
        else:
            self.bar.show_error(error)
        self.view.check_card.show_waiting()
        if self.entry is None:
            self._show_nothing()
        self.update_buttons()

    def stop(self) -> None:
        """Stop what runs."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _stopped(self) -> None:
        self.view.check_card.show_waiting()
        self.bar.show_message(
            message("import_page.stopped"),
            kind="info",
            button=(message("import_page.check_again"), self.begin),
        )
        self.update_buttons()

    def _forget(self) -> None:
        self.stop()
        for entry in self._entries:
            entry.without_plan()
        self._entries, self._at = [], 0
        self._opening.forget()
        self.bar.clear()
        self._show_nothing()

    # Showing

    def _show_nothing(self) -> None:
        self._stack.setCurrentIndex(0)
        self.header.set_subtitle("")
        self.view.check_card.show_waiting()
        self.view.problems.hide()
        self.view.source.hide()
        self.update_buttons()

    def _show_entry(self, entry: Entry) -> None:
        self.header.set_subtitle(subtitle(entry, self._at, len(self._entries)))
        self._stack.setCurrentIndex(1)
        self.view.columns.show()
        self.view.show_entry(entry)

    def update_buttons(self, *, busy: bool = False) -> None:
        """Fit the buttons to what can be done now."""
        entry = self.entry
        taken = entry.plan.report.taken if entry is not None and entry.plan is not None else 0
        self._commit.setText(t("import_page.commit", n=taken) if taken else t("import_page.commit_none"))
        self._commit.setEnabled(not busy and self.ready())
        self._commit.setVisible(entry is not None)
        self._cancel.setVisible(entry is not None or busy)
        self._skip.setVisible(entry is not None and self._at + 1 < len(self._entries))
