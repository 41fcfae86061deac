"""What the page does to its member: changing fields, giving them back to imports, keeping the note, undoing a step, writing the
file of everything kept. Each runs on the writer; what comes of it is shown where it was asked for."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.operations.history import undoing
from desktop.operations.history.undoing import UndoOutcome
from desktop.operations.people import editing, member_data
from desktop.operations.people.editing import Edited, FieldsRefused
from desktop.store.undo.step_list import ListedStep
from desktop.text import render, t
from desktop.ui.desk import Desk
from desktop.ui.history.undo_dialog import UndoDialog
from desktop.ui.member.one_person import OnePerson
from desktop.ui.member.parts.details_card import DetailsCard
from desktop.ui.member.parts.field_rows import FieldRow
from desktop.ui.member.parts.note_editor import NoteEditor
from desktop.ui.members.tagging.full_people import names_of
from desktop.ui.page import Page


class Changing(QObject):
    """See the module.

    Args:
        page: owner of the jobs; its bar says what has no field to stand at.
        target: whom it is about.
    """

    def __init__(
        self, desk: Desk, page: Page, target: OnePerson, details: DetailsCard, note: NoteEditor
    ) -> None:
        super().__init__(page)
        self._desk, self._page, self._target = desk, page, target
        self._details, self._note = details, note
        self._note_step: int | None = None

    def somebody_else(self) -> None:
        """Another member is shown: her note begins a step of its own."""
        self._note_step = None

    def edit(self, field: str, value: Any) -> None:
        """Change a field of hers."""
        person = self._target.current_person()
        if person is not None:
            self._desk.jobs.write(
                lambda db, ctx: editing.edit(db, person, {field: value}),
                owner=self._page,
                then=partial(self._edited, field),
                on_error=partial(self._refused, field),
            )

    def give_back(self, field: str) -> None:
        """Let imports change a field again."""
        person = self._target.current_person()
        if person is not None:
            self._desk.jobs.write(lambda db, ctx: editing.give_back(db, person, field), owner=self._page)

    def save_note(self, person: int, text: str) -> None:
        """Keep a note as far as it is written."""
        into = self._note_step if person == self._target.current_person() else None

        def failed(error: UserError) -> None:
            self._note.not_saved(person)
            self._page.bar.show_error(error)

        self._desk.jobs.write(
            lambda db, ctx: editing.write_note(db, person, text, into=into),
            owner=self._page,
            then=self._note_saved,
            on_error=failed,
        )

    def undo(self, step: ListedStep) -> None:
        """Undo a step; one that concerns others too says first what would come of it."""
        if step.changed > 1:
            self._desk.dialogs.show(UndoDialog(self._desk, self._page, step.id, step.title))
            return
        self._desk.jobs.write(lambda db, ctx: undoing.undo(db, step.id), owner=self._page, then=self._undone)

    def export(self) -> None:
        """Write everything kept of her to a file."""
        card = self._target.card
        if card is None:
            return
        name = "".join(c for c in card.shown_name or t("members.nameless") if c.isalnum() or c in "-_ ")
        self._desk.dialogs.save_file(
            self._page,
            "export",
            t("member.export.file", name=name) + ".xlsx",
            partial(self._write_file, card.id),
            filters=[(message(f"member.export.{kind}"), f"*.{kind}") for kind in ("xlsx", "json", "txt")],
        )

    def copy(self, text: str) -> None:
        """Put a number of hers on the clipboard."""
        QGuiApplication.clipboard().setText(text)
        self._desk.notices.show(message("member.copied"), kind="success")

    def _edited(self, field: str, done: Edited) -> None:
        row = self._details.rows.get(field)
        if row is None or done.person != self._target.current_person():
            return
        if isinstance(row, FieldRow):
            row.kept()
        else:
            row.refuse("")
        shared = done.shared.get(field)
        row.remark(t("member.shared", names=names_of(shared, len(shared))) if shared else "")

    def _refused(self, field: str, error: UserError) -> None:
        row = self._details.rows.get(field)
        if row is None:
            self._page.bar.show_error(error)
            return
        wrong = error.fields.get(field) if isinstance(error, FieldsRefused) else None
        row.refuse(render(wrong or error.text))

    def _note_saved(self, done: Edited) -> None:
        if done.person == self._target.current_person():
            self._note_step = done.step

    def _undone(self, outcome: UndoOutcome) -> None:
        left = bool(outcome.kept or outcome.impossible)
        key = "member.undone_not_all" if left else "member.undone"
        self._desk.notices.show(message(key, step=outcome.step.title), kind="warning" if left else "success")

    def _write_file(self, person: int, path: Path) -> None:
        self._desk.jobs.background(
            lambda db, ctx: member_data.save(db, person, path),
            owner=self._page,
            then=lambda file: self._desk.notices.show(
                message("member.export.done", file=file.name), kind="success"
            ),
            title=message("member.export.title"),
        )
