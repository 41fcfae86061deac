"""What is being imported into the open shop: the tables found, what was decided about each, which of them is
shown. It belongs to the shop's jobs and not to the page, which comes and goes with languages and themes while
an import is being mapped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.store.database import Database
from desktop.store.history import Step
from desktop.ui.importing import entry as work
from desktop.ui.importing.entry import Entry, Found, Unreadable, needs_password
from desktop.ui.importing.running import Running, Said
from desktop.ui.jobs import Jobs


class ImportSession(Running):
    """See the module.

    Args:
        jobs: of the open shop; the session is deleted with them.

    Signals:
        asks_password: a file wants one (an Unreadable).
    """

    asks_password = Signal(object)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self.entries: list[Entry] = []
        self.unreadable: list[Unreadable] = []
        self.at = 0
        self.in_one_go = False
        self._passwords: dict[Path, str] = {}
        entries = self.entries
        self.destroyed.connect(lambda: _drop(entries))

    @classmethod
    def of(cls, jobs: Jobs) -> ImportSession:
        """The session of an open shop, made at the first question."""
        found = jobs.findChildren(cls, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return found[0] if found else cls(jobs)

    @property
    def entry(self) -> Entry | None:
        """The table shown now."""
        return self.entries[self.at] if self.at < len(self.entries) else None

    @property
    def ready(self) -> bool:
        """Whether the table shown can be imported now."""
        entry = self.entry
        return (
            not self.busy
            and entry is not None
            and not entry.finished
            and entry.plan is not None
            and entry.plan.report.taken > 0
        )

    # Opening

    def open_files(self, files: list[Path]) -> None:
        """Look at files and folders; they join the tables that are not finished yet."""
        self._begin_opening()
        passwords = dict(self._passwords)
        self.run(lambda db, job: work.look_at(db, files, job, passwords), self._found, "look")

    def open_pasted(self, text: str) -> None:
        """Look at pasted cells."""
        self._begin_opening()
        self.run(lambda db, job: work.look_at_pasted(db, text, job), self._found, "look")

    def open_again(self, job: Callable[[Database, JobContext], Found]) -> None:
        """Look at what was being mapped when the program was closed."""

        def found(again: Found) -> None:
            self._found(again)
            if again.entries and self.said is None:
                self.said = Said(message("import_page.resumed"))
                self.changed.emit()

        self.run(job, found, "look")

    def open_with(self, path: Path, password: str) -> None:
        """Look again at a file that has a password."""
        self._passwords[path] = password
        self.open_files([path])

    def _begin_opening(self) -> None:
        self.stop()
        if not self.entries:
            self.unreadable.clear()
        elif all(entry.finished for entry in self.entries):
            self.clear()
        self.said = None

    def _found(self, found: Found) -> None:
        paths = {entry.path for entry in found.entries} | {one.path for one in found.unreadable}
        shown = self.entry
        kept = [entry for entry in self.entries if entry.finished or entry.path not in paths]
        for entry in self.entries:
            if entry not in kept:
                entry.without_plan()
        self.entries[:] = [*kept, *found.entries]
        # Sorting is stable: what was decided already stays before what came now.
        self.entries.sort(key=lambda entry: (not entry.finished, entry.recipe.kind == "orders"))
        self.unreadable = [one for one in self.unreadable if one.path not in paths] + list(found.unreadable)
        self.at = self.entries.index(shown) if shown in self.entries else self._first_open()
        self.begin()
        if found.notes and self.said is None:
            self.said = Said(found.notes[0])
        self._say_unreadable(found)

    def _say_unreadable(self, found: Found) -> None:
        for one in found.unreadable:
            self.say_unreadable(one)
            if needs_password(one):
                self.asks_password.emit(one)
            return

    def say_unreadable(self, one: Unreadable) -> None:
        """Say why a file gave no table, with the way on if there is one."""
        button = None
        if needs_password(one):
            button = (message("import_page.enter_password"), lambda: self.asks_password.emit(one))
        self.said = Said(error=one.error, kind="warning" if button else "error", button=button)
        self.changed.emit()

    # Going through the tables

    def begin(self) -> None:
        """Show the table and check it, unless it is checked, finished, or something has to be answered first."""
        entry = self.entry
        if entry is None or entry.finished or entry.plan is not None or entry.open_questions:
            self.changed.emit()
            return
        self.run(lambda db, job: work.check(db, entry, job), self._checked, "check")

    def look_again(self, entry: Entry, *, sheet: str | None = None) -> None:
        """Read the table shown as the owner decides now."""
        self.stop()
        self.said = None
        decided = entry.without_plan()
        self.put(decided)
        self.run(lambda db, job: work.look_again(db, decided, job, sheet=sheet), self._looked_again, "look")

    def _looked_again(self, entry: Entry) -> None:
        self.put(entry)
        self.begin()

    def _checked(self, entry: Entry) -> None:
        self.put(entry)
        self.changed.emit()

    def put(self, entry: Entry) -> None:
        """What is known of the table shown now."""
        self.entries[self.at] = entry
        self.changed.emit()

    def show(self, at: int) -> None:
        """Go to another table."""
        if at != self.at and at < len(self.entries) and not (self.progress and self.progress.saving):
            self.stop()
            self.at = at
            self.said = None
            self.begin()

    def leave_out(self) -> None:
        """Do not import the table shown; go on to the next."""
        entry = self.entry
        if entry is not None:
            self.stop()
            self.put(replace(entry.without_plan(), left_out=True))
            self.said = None
            self.go_on()

    def go_on(self) -> bool:
        """Go to the next table that is not finished; False if there is none."""
        after = [at for at, entry in enumerate(self.entries) if not entry.finished]
        following = [at for at in after if at > self.at] or after
        if not following:
            self.changed.emit()
            return False
        self.at = following[0]
        self.said = None
        self.begin()
        return True

    def take_back(self) -> None:
        """A table that was left out, or whose import was undone, is looked at once more."""
        entry = self.entry
        if entry is not None:
            self.put(replace(entry, outcome=None, taken_back=False, undone=None, left_out=False, rules=()))
            self.begin()

    def follow_history(self, step_of: Callable[[int], Step | None]) -> None:
        """A step may have been undone or redone elsewhere: imports shown here say so."""
        for at, entry in enumerate(self.entries):
            if entry.outcome is not None and entry.outcome.step is not None:
                step = step_of(entry.outcome.step)
                back = step is not None and step.undone
                if back != entry.taken_back:
                    self.entries[at] = replace(entry, taken_back=back, undone=None)
                    self.changed.emit()

    def outdate(self) -> None:
        """The shop changed: every plan has to be made again."""
        self.entries[:] = [entry.without_plan() for entry in self.entries]

    def clear(self) -> None:
        """Forget everything."""
        self.stop()
        _drop(self.entries)
        self.entries.clear()
        self.unreadable.clear()
        self.at = 0
        self.said = None
        self.in_one_go = False
        self._passwords.clear()
        self.changed.emit()

    def _first_open(self) -> int:
        return next((at for at, entry in enumerate(self.entries) if not entry.finished), 0)

    # What becomes of jobs

    def stopped(self) -> None:
        self.in_one_go = False
        again = (message("import_page.check_again"), self.begin) if self.entry is not None else None
        self.said = Said(message("import_page.stopped"), button=again)
        self.changed.emit()

    def failed(self) -> None:
        self.in_one_go = False

    def unwanted(self, result: object) -> None:
        # The check ended in the moment in which it was stopped: nobody else knows of its plan.
        if isinstance(result, Entry):
            result.without_plan()


def _drop(entries: list[Entry]) -> None:
    for entry in entries:
        if entry.plan is not None:
            entry.plan.drop()
