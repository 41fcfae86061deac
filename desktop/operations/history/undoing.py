"""Undo and redo: the newest step plainly, an older one as a new step of its own that can itself be undone."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.store import history
from desktop.store.database import Database
from desktop.store.history import Step
from desktop.store.undo.merge_turning import MergeTurn, merge_behind, settle_identities
from desktop.store.undo.reverting import turn
from desktop.store.undo.turn_report import Affected

_EVERYTHING = Changes.of(
    Kind.PEOPLE, Kind.TAGS, Kind.ORDERS, Kind.AUDIENCES, Kind.PLANS, Kind.HISTORY, Kind.SHOP
)


@dataclass(frozen=True, slots=True)
class UndoOutcome:
    """The step that was turned; how many people or things were reverted, who was kept as changed since, for whom it was
    impossible."""

    step: Step
    reverted: int
    kept: tuple[Affected, ...]
    impossible: tuple[Affected, ...]
    changes: Changes = field(default=_EVERYTHING)


def undo(db: Database, step_id: int | None = None) -> UndoOutcome:
    """Take back the newest step, or a given one.

    Raises:
        UserError: if there is nothing to undo, or the step cannot be undone (an upload, an old step without images, one
            already undone, an unknown number).
    """
    with db.transaction():
        newest = history.next_undo(db)
        wanted = newest if step_id is None else history.step(db, step_id)
        if wanted is None:
            raise UserError(
                message(
                    "history.nothing_to_undo" if step_id is None else "history.unknown_step", step=step_id
                )
            )
        if wanted.undone:
            raise UserError(message("history.already_undone", step=wanted.title))
        if not wanted.undoable:
            raise UserError(message("history.not_undoable", step=wanted.title))
        merge = merge_behind(db, wanted.id)
        plain = newest is not None and wanted.id == newest.id
        if plain and merge is not None:
            # Taken back for some only, it becomes a step of its own that says for whom.
            plain = not MergeTurn(db, wanted.id, merge, back=True, into=None).obstructed()
        if plain:
            result = turn(db, wanted.id, back=True)
        else:
            into = history.begin_step(db, "undo", message("steps.undo", step=wanted.title))
            db.run("UPDATE step SET undoes = ? WHERE id = ?", (wanted.id, into))
            result = turn(db, wanted.id, back=True, into=into)
            if history.finish_step(db, into, result.count) is None:
                return UndoOutcome(wanted, 0, result.kept, result.impossible, Changes())
        db.run("UPDATE step SET state = 'undone' WHERE id = ?", (wanted.id,))
        _follow_undone(db, wanted.id, "done")
        if merge is not None:
            settle_identities(db, merge[0])
    return UndoOutcome(wanted, result.count, result.kept, result.impossible)


def redo(db: Database) -> UndoOutcome:
    """Bring back the step undone last.

    Raises:
        UserError: if there is nothing to redo.
    """
    with db.transaction():
        wanted = history.next_redo(db)
        if wanted is None:
            raise UserError(message("history.nothing_to_redo"))
        result = turn(db, wanted.id, back=False)
        db.run("UPDATE step SET state = 'done' WHERE id = ?", (wanted.id,))
        _follow_undone(db, wanted.id, "undone")
        merge = merge_behind(db, wanted.id)
        if merge is not None:
            settle_identities(db, merge[0])
    return UndoOutcome(wanted, result.count, result.kept, result.impossible)


def _follow_undone(db: Database, step_id: int, state: str) -> None:
    """Turning back a step that undid an older one makes the older one done again, unless yet another step undid it too, and the
    other way round; and if that one had itself undone another, the other way round again."""
    older = db.value("SELECT undoes FROM step WHERE id = ?", (step_id,))
    if older is None:
        return
    others = "SELECT 1 FROM step WHERE undoes = ? AND state = 'done' AND id <> ?"
    if state == "done" and db.value(others, (older, step_id)) is not None:
        return
    if db.run("UPDATE step SET state = ?1 WHERE id = ?2 AND state <> ?1", (state, older)):
        _follow_undone(db, older, "undone" if state == "done" else "done")


def forget_old_images(db: Database, step_ids: list[int]) -> Changes:
    """Let go of images the shop no longer keeps (:func:`desktop.store.history.stale_steps`)."""
    with db.transaction():
        history.forget_images(db, step_ids)
    return Changes.of(Kind.HISTORY, count=len(step_ids))
