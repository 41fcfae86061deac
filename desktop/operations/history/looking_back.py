"""The history page's questions: which steps there are, what one of them did, what undoing it would come to before it is done,
and how an undone one can be brought back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.message import Message, message
from desktop.operations.history import undoing
from desktop.operations.history.undoing import UndoOutcome
from desktop.store import history
from desktop.store.database import Database
from desktop.store.undo import contents, step_list
from desktop.store.undo.contents import ThingChange
from desktop.store.undo.step_list import ListedStep, StepFilter

__all__ = ["GROUPS", "ImportSaid", "Inside", "Preview", "bring_back", "inside", "matching", "preview"]

GROUPS: Mapping[str, frozenset[str]] = {
    "tags": frozenset(
        "tag untag tag_create tag_rename tag_merge tag_delete tag_describe tag_pin tag_split tag_expired rule rule_save"
        " rule_delete".split()
    ),
    "imports": frozenset({"import", "friends_read", "friends_checked"}),
    "members": frozenset("edit note give_back add_person do_not_send send_again visit".split()),
    "lifecycle": frozenset("merge keep_apart delete allow erase".split()),
    "line": frozenset(
        "audience_save audience_delete audience_hold_out audience_export upload send publish line_figures".split()
    ),
    "plans": frozenset("plan_save plan_rename plan_move plan_delete".split()),
    "undo": frozenset({"undo"}),
}
"""Kinds of steps as the filter groups them; a kind in none of them is found under everything."""


@dataclass(frozen=True, slots=True)
class ImportSaid:
    """What an imported file came to, as it was said then: its counts, and the rows and cells that were not taken, (row, column,
    value, reason) with "" for whole rows."""

    file: str
    rows: int
    new: int
    updated: int
    unchanged: int
    skipped: int
    problems: tuple[tuple[int, str, str, Message], ...]


@dataclass(frozen=True, slots=True)
class Inside:
    """What a step did: everybody it concerns by id, other things it changed, counts by table and what, its files. An undone step
    that nothing brings back any more has ``way_back`` False."""

    step: ListedStep
    people: tuple[int, ...]
    things: tuple[ThingChange, ...]
    counts: Mapping[str, int]
    imports: tuple[ImportSaid, ...]
    way_back: bool = True


@dataclass(frozen=True, slots=True)
class Preview:
    """What undoing a step would come to; nothing was changed."""

    outcome: UndoOutcome
    changes: Changes = field(default_factory=Changes)


class _NotMeant(Exception):
    """Ends a transaction that was only tried."""


def matching(db: Database, wanted: StepFilter) -> list[int]:
    """The numbers of the steps that match, newest first."""
    return step_list.ids(db, wanted)


def inside(db: Database, step: int) -> Inside | None:
    """What a step did; None if there is no such step."""
    listed = step_list.listed(db, [step]).get(step)
    if listed is None:
        return None
    return Inside(
        listed,
        tuple(contents.people_in(db, step)),
        tuple(contents.things_in(db, step)),
        contents.count_things(db, step),
        tuple(_said(file, json.loads(report)) for file, report in contents.import_reports(db, step)),
        listed.fate != "undone" or _way_back(db, step),
    )


def _way_back(db: Database, step: int) -> bool:
    following = history.next_redo(db)
    return step_list.undone_by(db, step) is not None or (following is not None and following.id == step)


def preview(db: Database, step: int) -> Preview:
    """Try an undo on the writer and take it back: who would be reverted, kept as changed since, or impossible.

    Raises:
        UserError: as :func:`desktop.operations.history.undoing.undo`.
    """
    tried: UndoOutcome | None = None
    try:
        with db.transaction():
            tried = undoing.undo(db, step)
            raise _NotMeant
    except _NotMeant:
        assert tried is not None
        return Preview(tried)


def bring_back(db: Database, step: int) -> UndoOutcome:
    """Do an undone step again: by a redo if it was undone as the newest, else by undoing the step that took it back.

    Raises:
        UserError: if nothing brings it back any more.
    """
    taken_back_by = step_list.undone_by(db, step)
    if taken_back_by is not None:
        return undoing.undo(db, taken_back_by)
    following = history.next_redo(db)
    if following is None or following.id != step:
        raise UserError(message("history_page.no_way_back"))
    return undoing.redo(db)


def _said(file: str, report: dict[str, Any]) -> ImportSaid:
    rows, new, updated, unchanged = (
        int(report.get(name) or 0) for name in ("rows", "new", "updated", "unchanged")
    )
    listed = [
        *((row, "", "", reason) for _, row, reason in report.get("skipped") or []),
        *(
            (row, column, str(value), reason)
            for _, row, column, value, reason in report.get("problems") or []
        ),
    ]
    return ImportSaid(
        file,
        rows,
        new,
        updated,
        unchanged,
        rows - new - updated - unchanged,
        tuple(
            (row, column, value, Message.from_json(reason))
            for row, column, value, reason in sorted(listed, key=lambda one: (one[0], one[1]))
        ),
    )
