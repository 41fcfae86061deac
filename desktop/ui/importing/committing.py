"""From the press of the button to the stored import: a backup beside the work, one transaction on the writer,
the rules that run after imports; taking it back; merging the people a file says are one; and everything that
needs no answer in one go."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt

from desktop.core.message import message
from desktop.operations.history import undoing
from desktop.operations.history.undoing import UndoOutcome
from desktop.operations.importing.backing_up import backup_first
from desktop.operations.people import merging
from desktop.operations.people.merging import MergeChoice, Merged
from desktop.ui.importing import entry as work
from desktop.ui.importing.entry import Committed
from desktop.ui.importing.running import Said
from desktop.ui.importing.session import ImportSession


class Committing(QObject):
    """Commits the tables of a session, with which it lives."""

    def __init__(self, session: ImportSession) -> None:
        super().__init__(session)
        self._session = session
        self._tried: set[int] = set()
        session.changed.connect(self._step_in_one_go)

    @classmethod
    def of(cls, session: ImportSession) -> Committing:
        """The one of a session, made at the first question."""
        found = session.findChildren(cls, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return found[0] if found else cls(session)

    def start(self) -> None:
        """Back up, then store the table shown."""
        if self._session.ready:
            self._session.said = None
            self._session.run(backup_first, self._backed_up, "backup")

    def _backed_up(self, _: object) -> None:
        entry = self._session.entry
        if entry is None or entry.plan is None:
            return
        plan = entry.plan
        self._session.run(lambda db, job: work.commit(db, plan, job), self._committed, "save", saving=True)

    def _committed(self, done: Committed) -> None:
        session, entry = self._session, self._session.entry
        assert entry is not None
        if done.outcome is None:
            session.outdate()
            session.begin()
            session.said = Said(message("import_page.checked_again"))
            session.changed.emit()
            return
        session.entries[session.at] = replace(entry, plan=None, outcome=done.outcome, rules=done.rules)
        session.outdate()
        session.changed.emit()
        if session.in_one_go:
            self._next_in_one_go()

    # All that need no answer

    def start_in_one_go(self) -> None:
        """Check and store every table that needs no answer, one after the other."""
        session = self._session
        session.stop()
        session.in_one_go = True
        session.said = None
        self._tried.clear()
        self._next_in_one_go()

    def _next_in_one_go(self) -> None:
        session = self._session
        left = [
            at
            for at, entry in enumerate(session.entries)
            if entry.state in ("waiting", "ready") and at not in self._tried
        ]
        if not left:
            self._end_in_one_go()
            return
        session.at = left[0]
        self._tried.add(session.at)
        session.begin()

    def _step_in_one_go(self) -> None:
        """A table was checked: store it if nothing is doubtful."""
        session, entry = self._session, self._session.entry
        if not session.in_one_go or session.busy or entry is None or entry.finished:
            return
        if entry.state == "ready":
            self.start()
        elif entry.state in ("doubts", "nothing", "asks"):
            self._next_in_one_go()

    def _end_in_one_go(self) -> None:
        session = self._session
        session.in_one_go = False
        stored = sum(entry.outcome is not None for entry in session.entries)
        if any(not entry.finished for entry in session.entries):
            session.at = next(at for at, entry in enumerate(session.entries) if not entry.finished)
            session.begin()
        session.said = Said(message("import_page.in_one_go_done", n=stored), kind="success")
        session.changed.emit()

    # Taking back, merging

    def undo(self) -> None:
        """Take back the import of the table shown."""
        entry = self._session.entry
        if entry is not None and entry.outcome is not None and entry.outcome.step is not None:
            step = entry.outcome.step
            self._session.run(lambda db, job: undoing.undo(db, step), self._undone, "undo", saving=True)

    def _undone(self, done: UndoOutcome) -> None:
        entry = self._session.entry
        assert entry is not None
        self._session.outdate()
        self._session.put(replace(entry, taken_back=True, undone=done))

    def merge_joins(self) -> None:
        """Merge the people whom rows of the table shown name as the same, in one step of its own, then check again."""
        entry = self._session.entry
        if entry is None or entry.plan is None:
            return
        pairs = [MergeChoice(keep, gone) for keep, gone in entry.plan.report.joins]
        self._session.run(lambda db, job: merging.merge(db, pairs, job), self._merged, "merge", saving=True)

    def _merged(self, done: Merged) -> None:
        session = self._session
        session.outdate()
        session.begin()
        session.said = Said(message("import_page.merged", n=done.merged), kind="success")
        session.changed.emit()
