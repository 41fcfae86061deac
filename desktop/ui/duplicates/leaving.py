"""Deleting and erasing people from any page. A few are deleted at once, with undo at hand; many, and every erasure, are
asked about with what exactly will happen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication, QWidget

from desktop.core.changes import Changes
from desktop.core.job import JobContext
from desktop.core.message import Message, message
from desktop.core.people.selection import Selection
from desktop.operations.history import undoing
from desktop.operations.people import deleting, erasing
from desktop.store.database import Database
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.duplicates.erase_dialog import EraseDialog
from desktop.ui.duplicates.receipt_dialog import ReceiptDialog

Then = Callable[[], object]


@dataclass(frozen=True)
class _Erased:
    """What the window needs after an erasure."""

    taken: erasing.Taken
    receipt: erasing.Receipt
    changes: Changes


def ask_delete(
    desk: Desk, selection: Selection, n: int, *, owner: QWidget | None = None, then: Then | None = None
) -> None:
    """Delete people; more than deleting.MANY only after a question that names ten of them, and behind a backup.

    Args:
        n: how many are selected, as the page shows it.
        owner: a widget of the page, for errors; the window if None.
        then: called when they are deleted.
    """
    if not n:
        return
    widget = window_of(owner)
    if n <= deleting.MANY:
        _delete(desk, selection, widget, then)
        return

    def ask(found: deleting.ToDelete) -> None:
        names = t("members.list_separator").join(found.names)
        desk.dialogs.confirm(
            widget,
            message("leaving.delete_title", n=found.n),
            message("leaving.delete_text", n=found.n, names=names),
            message("leaving.delete_button", n=found.n),
            lambda: _back_up_and_delete(desk, selection, found.n, widget, then),
            danger=True,
        )

    desk.jobs.read(lambda db: deleting.look(db, selection), owner=widget, then=ask)


def ask_erase(desk: Desk, person: int, *, owner: QWidget | None = None, then: Then | None = None) -> None:
    """Show what erasing somebody for good takes away, ask for her name to be typed in, erase her, and show the receipt.

    Args:
        person: her number; she may be deleted already.
        owner: a widget of the page, for errors; the window if None.
        then: called when she is erased.
    """
    widget = window_of(owner)

    def ask(found: erasing.Preview) -> None:
        dialog = EraseDialog(widget, found)
        dialog.accepted.connect(
            lambda: erase(
                desk,
                person,
                from_backups=dialog.from_backups,
                name_is_a_word=dialog.name_is_a_word,
                owner=widget,
                then=then,
            )
        )
        desk.dialogs.show(dialog)

    desk.jobs.background(lambda db, _ctx: erasing.preview(db, person), owner=widget, then=ask)


def erase(
    desk: Desk,
    person: int,
    *,
    from_backups: bool,
    name_is_a_word: bool = False,
    owner: QWidget,
    then: Then | None = None,
) -> None:
    """Erase somebody without asking: a backup first, the shop on the writer, then everything around it."""
    jobs = desk.jobs

    def work(db: Database, ctx: JobContext) -> _Erased:
        erasing.backup_first(db, ctx)
        taken = jobs.in_writer(
            lambda writer: erasing.erase_from_shop(
                writer, person, from_backups=from_backups, name_is_a_word=name_is_a_word
            )
        )
        ctx.report(0, None, message("leaving.cleaning"))
        rest = erasing.erase_elsewhere(db, taken, from_backups=from_backups, job=ctx)
        receipt = jobs.in_writer(lambda writer: erasing.keep_receipt(writer, taken, rest))
        return _Erased(taken, receipt, receipt.changes)

    def done(erased: _Erased) -> None:
        erasing.scrub_settings(desk.settings, erased.taken)
        desk.dialogs.show(ReceiptDialog(owner, desk, erased.receipt))
        if then is not None:
            then()

    jobs.background(work, owner=owner, then=done, title=message("leaving.erasing"))


def _back_up_and_delete(desk: Desk, selection: Selection, n: int, owner: QWidget, then: Then | None) -> None:
    desk.jobs.background(
        lambda db, ctx: deleting.backup_first(db, n, ctx),
        owner=owner,
        then=lambda _: _delete(desk, selection, owner, then),
        title=message("leaving.backing_up"),
    )


def _delete(desk: Desk, selection: Selection, owner: QWidget, then: Then | None) -> None:
    def done(outcome: deleting.Deleted) -> None:
        if outcome.step is not None:
            offer_undo(desk, message("leaving.deleted", n=outcome.n), outcome.step, owner)
        if then is not None:
            then()

    desk.jobs.write(lambda db, _ctx: deleting.delete(db, selection), owner=owner, then=done)


def offer_undo(desk: Desk, said: Message, step: int, owner: QWidget) -> None:
    """Say what was done, with a button that takes exactly that back."""

    def undo() -> None:
        desk.jobs.write(lambda db, _ctx: undoing.undo(db, step), owner=owner, then=undone)

    def undone(outcome: undoing.UndoOutcome) -> None:
        left = len(outcome.kept) + len(outcome.impossible)
        key = "shell.undone_but" if left else "shell.undone"
        told = message(key, step=outcome.step.title, **({"n": left} if left else {}))
        desk.notices.show(told, kind="warning" if left else "success", alone=True)

    desk.notices.show(said, button=(message("shell.undo"), undo))


def window_of(owner: QWidget | None) -> QWidget:
    """The owner, or the window where none was named."""
    if owner is not None:
        return owner
    active = QApplication.activeWindow()
    return active if active is not None else QApplication.topLevelWidgets()[0]
