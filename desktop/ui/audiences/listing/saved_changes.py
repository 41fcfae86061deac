"""Renaming, copying and deleting saved audiences from their list; each can be undone from the notice that says so."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.core.errors import UserError
from desktop.core.message import Message, message
from desktop.core.people.audience import clean_audience_name
from desktop.operations.audiences import audience_editor, audiences
from desktop.operations.audiences.audiences import SavedAudience
from desktop.operations.history import undoing
from desktop.store.audiences import Audience
from desktop.store.database import Database
from desktop.ui.desk import Desk


class SavedChanges(QObject):
    """``deleted(audience_id)``; ``copied(audience_id)``."""

    deleted = Signal(int)
    copied = Signal(int)

    def __init__(self, desk: Desk, view: QWidget) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view

    def rename(self, audience: Audience) -> None:
        """Ask for another name and give it."""
        self._desk.dialogs.ask_text(
            self._view,
            message("audience_list.rename_title", audience=audience.name),
            message("audiences_page.name"),
            partial(self._rename, audience),
            text=audience.name,
            check=_wrong_name,
        )

    def copy(self, audience: Audience) -> None:
        """Save a second one of the same condition."""
        self._desk.jobs.write(
            lambda db, _ctx: audiences.duplicate(db, audience.id), owner=self, then=self._is_copied
        )

    def delete(self, audience: Audience) -> None:
        """Delete it here; what LINE has stays there."""
        self._desk.jobs.write(
            lambda db, _ctx: audiences.delete(db, audience.name), owner=self, then=self._is_deleted
        )

    def _rename(self, audience: Audience, name: str) -> None:
        self._desk.jobs.write(
            lambda db, _ctx: audience_editor.save_as(db, audience.id, name, audience.query),
            owner=self,
            then=partial(self._is_renamed, audience.name),
            on_error=self._refused,
        )

    def _is_renamed(self, before: str, outcome: SavedAudience) -> None:
        if outcome.step is not None:
            name = outcome.audience.name
            self._say(message("audience_list.renamed", before=before, audience=name), outcome.step)

    def _is_copied(self, outcome: SavedAudience) -> None:
        self._say(message("audience_list.copied", audience=outcome.audience.name), outcome.step)
        self.copied.emit(outcome.audience.id)

    def _is_deleted(self, outcome: SavedAudience) -> None:
        self._say(message("audiences_page.deleted", audience=outcome.audience.name), outcome.step)
        self.deleted.emit(outcome.audience.id)

    def _refused(self, error: UserError) -> None:
        self._desk.notices.show(error.text, kind="warning")

    def _say(self, text: Message, step: int | None) -> None:
        undo = None if step is None else (message("shell.undo"), partial(self._undo, step))
        self._desk.notices.show(text, button=undo)

    def _undo(self, step: int) -> None:
        self._desk.jobs.write(lambda db, _ctx: _undone(db, step), owner=self)


def _undone(db: Database, step: int) -> undoing.UndoOutcome:
    return undoing.undo(db, step)


def _wrong_name(name: str) -> Message | None:
    try:
        clean_audience_name(name)
    except UserError as wrong:
        return wrong.text
    return None
