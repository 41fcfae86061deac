"""匯入名單, on one page: choose, drop or paste, see what was recognised and what would happen, commit, see what
came of it. What is being imported belongs to the session, so that the page may go and come back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.store import history, tags
from desktop.store.imports import listed_rows
from desktop.text import t
from desktop.ui import theme
from desktop.ui.actions import Command
from desktop.ui.choosing.chooser import Choice
from desktop.ui.importing import remembering
from desktop.ui.importing.answering import Answering
from desktop.ui.importing.checking.check_card import CheckCard
from desktop.ui.importing.checking.fate_rows import FateRows
from desktop.ui.importing.checking.problem_rows import SKIPPED, ProblemRows
from desktop.ui.importing.checking.problems_card import ProblemsCard
from desktop.ui.importing.column_choices import ColumnChoices
from desktop.ui.importing.committing import Committing
from desktop.ui.importing.deciding.doubts_card import DoubtsCard
from desktop.ui.importing.deciding.policy_card import PolicyCard
from desktop.ui.importing.deciding.tags_card import TagsCard
from desktop.ui.importing.entry import Entry
from desktop.ui.importing.import_pictures import pictures_of
from desktop.ui.importing.mapping.columns_card import ColumnsCard
from desktop.ui.importing.mapping.source_line import SourceLine
from desktop.ui.importing.opening import Opening
from desktop.ui.importing.overview.past_card import PastCard
from desktop.ui.importing.overview.result_card import ResultCard
from desktop.ui.importing.overview.tables_card import TablesCard
from desktop.ui.importing.session import ImportSession
from desktop.ui.importing.view import Cards, ImportView, subtitle
from desktop.ui.page import Page
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.empty_state import EmptyState


class ImportPage(Page):
    """See the module."""

    def __init__(self, desk: Any) -> None:
        super().__init__(desk, "import")
        self.session = ImportSession.of(desk.jobs)
        self.answering = Answering(self.session)
        self.committing = Committing.of(self.session)
        self.opening = Opening(self, self.session)
        self.choices = ColumnChoices(self, self.answering)
        self._remembered: list[remembering.Remembered] = []
        self._said: Any = None
        self.add_files = button(t("import_page.add_files"), self.opening.choose, icon="plus")
        self.skip = button(t("import_page.skip"), self.session.leave_out)
        self.cancel = button(t("import_page.cancel"), self._leave)
        self.commit = primary_button(t("import_page.commit_none"), self.committing.start)
        self.next = primary_button(t("import_page.finish"), self._go_on)
        for each in (self.add_files, self.skip, self.cancel, self.commit, self.next):
            self.header.add(each)
        self.tables = TablesCard(
            self.session.show, self.session.say_unreadable, self.committing.start_in_one_go
        )
        self.view = ImportView(self._make_cards())
        self.stack = QStackedWidget()
        self.past = PastCard(self)
        self.stack.addWidget(self._make_empty())
        self.stack.addWidget(self.view)
        self.body.addWidget(self.tables)
        self.body.addWidget(self.stack, 1)
        self.session.changed.connect(self.refresh)
        self.session.progressed.connect(self._show_progress)
        self.session.asks_password.connect(self.opening.ask_password)
        self.refresh()

    def _make_cards(self) -> Cards:
        rows = ProblemRows(self)
        answering, choices = self.answering, self.choices
        source = SourceLine(answering)
        return Cards(
            source=source,
            columns=ColumnsCard(choices, source.toggle),
            result=ResultCard(
                {
                    "see": self._see,
                    "undo": self.committing.undo,
                    "history": self._history,
                    "duplicates": lambda: self.desk.go("duplicates"),
                    "again": self.session.take_back,
                }
            ),
            tags=TagsCard(choices.open_answers, choices.open_keywords),
            check=CheckCard(self._show_rows, self.session.cancel),
            doubts=DoubtsCard(choices.open_ambiguous, self.committing.merge_joins, answering.forget_rows),
            policy=PolicyCard(self, answering, self._with_tags),
            problems=ProblemsCard(rows.list_all, rows.save),
        )

    def _make_empty(self) -> QWidget:
        empty = EmptyState(
            "file-text",
            t("import_page.empty_title"),
            t("import_page.empty_text"),
            primary_button(t("import_page.choose_files"), self.opening.choose, icon="folder-open"),
            button(t("import_page.paste"), self.opening.paste, icon="clipboard"),
        )
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(empty, 1)
        column.addWidget(self.past)
        return both

    # What the window calls

    def opened(self, files: list[Path] | None = None, *, choose: bool = False, **_: Any) -> None:
        """Show the page; ``files`` are looked at, ``choose`` asks for some unless an import is being mapped."""
        finished = all(entry.finished for entry in self.session.entries)
        if files:
            self._remembered = []
            self.session.open_files(files)
        elif self._remembered and not self.session.entries and not self.session.busy:
            tables, self._remembered = self._remembered, []
            self.session.open_again(lambda db, job: remembering.look_at(db, tables, job))
        elif choose and finished and not self.session.busy:
            self.opening.choose()
        elif not self.session.busy:
            self.session.begin()

    def take_files(self, files: list[Path]) -> bool:
        """Look at these files too."""
        self.session.open_files(files)
        return True

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.PEOPLE, Kind.ORDERS, Kind.HISTORY):
            self.refresh()
            self.session.follow_history(lambda step: history.step(self.desk.jobs.page_reader, step))

    def commands(self) -> list[Command]:
        session = self.session
        return [
            Command(
                "import.commit",
                "import_page.command_commit",
                self.committing.start,
                "Ctrl+Return",
                enabled=lambda: session.ready,
            ),
            Command(
                "import.paste",
                "import_page.command_paste",
                self.opening.paste,
                QKeySequence.StandardKey.Paste,
            ),
            Command(
                "import.next",
                "import_page.command_next",
                self._go_on,
                "Ctrl+Shift+Return",
                enabled=self._can_go_on,
            ),
            Command("import.choose", "import_page.command_choose", self.opening.choose),
        ]

    def remember(self) -> dict[str, Any]:
        found = remembering.told(self.session.entries)
        return {"tables": found} if found else {}

    def recall(self, state: dict[str, Any]) -> None:
        self._remembered = remembering.read(state.get("tables"))

    def pictures(self) -> dict[str, Callable[[], None]]:
        return pictures_of(self)

    # Showing

    @property
    def entry(self) -> Entry | None:
        """The table shown now."""
        return self.session.entry

    def refresh(self) -> None:
        """Show the session as it is now."""
        session, entry = self.session, self.entry
        self.tables.show_session(session)
        empty = entry is None and not session.busy
        if empty and self.isVisible():
            self.past.read()
        self.stack.setCurrentIndex(0 if empty else 1)
        self.header.set_subtitle(subtitle(entry, session.at, len(session.entries)) if entry else "")
        if entry is not None:
            self.view.show_entry(entry, self.answering.answers, busy=session.busy)
        else:
            self.view.show_reading()
        self._show_progress()
        self._show_said()
        self._show_buttons()

    def _show_progress(self) -> None:
        self.view.cards.check.show_progress(self.session.progress)

    def _show_said(self) -> None:
        said = self.session.said
        if said is None:
            said = self.choices.question()
        if said == self._said:
            return
        self._said = said
        if said is None:
            self.bar.clear()
        elif said.error is not None and said.kind == "error":
            self.bar.show_error(said.error, button=said.button)
        elif said.error is not None:
            self.bar.show_message(said.error.text, kind=said.kind, cure=said.error.cure, button=said.button)
        elif said.text is not None:
            self.bar.show_message(said.text, kind=said.kind, button=said.button)

    def _show_buttons(self) -> None:
        session, entry = self.session, self.entry
        finished = entry is not None and entry.finished
        taken = entry.plan.report.taken if entry is not None and entry.plan is not None else 0
        self.commit.setText(t("import_page.commit", n=taken) if taken else t("import_page.commit_none"))
        self.commit.setAccessibleName(self.commit.text())
        self.commit.setEnabled(session.ready)
        self.commit.setVisible(entry is not None and not finished)
        self.cancel.setVisible(entry is not None and not finished)
        self.cancel.setEnabled(not session.saving)
        left = [one for one in session.entries if not one.finished]
        self.skip.setVisible(entry is not None and not finished and len(session.entries) > 1)
        self.skip.setEnabled(not session.saving)
        self.add_files.setVisible(entry is not None)
        self.next.setVisible(finished)
        if finished:
            self.next.setText(
                t("import_page.next_table", file=left[0].path.name) if left else t("import_page.finish")
            )
            self.next.setAccessibleName(self.next.text())
            self.next.setEnabled(not session.busy)

    # What its buttons do

    def _show_rows(self, fate: str) -> None:
        entry = self.entry
        if entry is None:
            return
        if fate == "skipped":
            ProblemRows(self).list_all(SKIPPED)
        elif entry.plan is not None:
            self.desk.dialogs.show(FateRows(self, self.desk, entry, fate))

    def _with_tags(self, then: Callable[[Sequence[Choice]], None]) -> None:
        def offer(found: list[Any]) -> None:
            then([Choice(tag.name, tag.colour or theme.tag_colour(tag.name), tag.people) for tag in found])

        self.desk.jobs.read(tags.all_tags, owner=self, then=offer, latest="import.tags")

    def _can_go_on(self) -> bool:
        return self.entry is not None and self.entry.finished and not self.session.busy

    def _go_on(self) -> None:
        if not self.session.go_on():
            self._leave()

    def _leave(self) -> None:
        self.session.clear()
        self.desk.go("members")

    def _see(self) -> None:
        """The people the import brought; where it only changed some, what it did to whom."""
        entry = self.entry
        if entry is None or entry.outcome is None or entry.outcome.step is None:
            return
        step = entry.outcome.step
        brought = listed_rows.people_brought(self.desk.jobs.page_reader, step)
        if brought is None:
            self._history()
        else:
            self.desk.go("members", query=f"id:{brought[0]}..{brought[1]}")

    def _history(self) -> None:
        entry = self.entry
        if entry is not None and entry.outcome is not None and entry.outcome.step is not None:
            self.desk.go("history", step=entry.outcome.step)
