"""Keeping what the owner plans. Editors save by themselves: a burst of edits of one plan is one step of the history, which undo
takes back as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.message import Message, message
from desktop.store import history
from desktop.store.database import Database
from desktop.store.planning import plans
from desktop.store.planning.plans import NAMED, Plan

BURST = timedelta(seconds=60)
"""Edits of the same plan that follow each other within this time become one step."""

NAME_LENGTH = 60
"""Characters of a plan's name; what is longer fits no list."""

_CHANGED = Changes.of(Kind.PLANS, Kind.HISTORY, count=1)


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan as it stands after an action; ``step`` is None where nothing changed."""

    plan: Plan
    step: int | None
    changes: Changes = field(default=_CHANGED)


def all_of(db: Database, kind: str) -> list[Plan]:
    """All plans of a kind, in their order."""
    return plans.all_of(db, kind)


def existing(db: Database, plan_id: int) -> Plan:
    """The plan of this number.

    Raises:
        UserError: if it is not there (any more).
    """
    found = plans.by_id(db, plan_id)
    if found is None:
        raise UserError(message("plans_core.gone"))
    return found


def free_name(db: Database, kind: str, wanted: str) -> str:
    """The name, or with the first number behind it that makes it one nobody has."""
    name, number = wanted, 1
    while plans.find(db, kind, name) is not None:
        number += 1
        name = f"{wanted} {number}"
    return name


def save(
    db: Database,
    kind: str,
    plan_id: int | None,
    name: str,
    content: dict[str, Any],
    *,
    place: float | None = None,
) -> SavedPlan:
    """Keep a new plan, or another name, content or place of one there is; if that was deleted meanwhile, a new one is made.

    Args:
        db: the writer.
        kind: one of the table's kinds.
        plan_id: None for a new one.
        name: what it is called.
        content: JSON-able.
        place: its order among its kind; None leaves it, a new one comes last.

    Raises:
        UserError: if the name is empty, too long, or another plan of the kind has it.
    """
    clean = _clean(name)
    with db.transaction():
        known = plans.by_id(db, plan_id) if plan_id is not None else None
        _refuse_taken(db, kind, clean, known)
        if known is None:
            where = plans.last_place(db, kind) + 1 if place is None else place
            step = _begin(db, "plan_save", "steps.plan_new", kind, clean)
            number = plans.create(db, kind, clean, where, content, step)
            return _saved(db, number, history.finish_step(db, step, 1))
        where = known.place if place is None else place
        if (clean, where) == (known.name, known.place):
            if content == known.content:
                return SavedPlan(known, None, Changes())
            since = (datetime.now(UTC) - BURST).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            widened = plans.widen(db, known, content, since)
            if widened is not None:
                return _saved(db, known.id, widened)
        step = _begin(db, "plan_save", "steps.plan_save", kind, clean)
        changed = plans.change(db, known, clean, where, content, step)
        return _saved(db, known.id, history.finish_step(db, step, int(changed)))


def add_all(db: Database, kind: str, wanted: Sequence[tuple[str, dict[str, Any]]]) -> list[SavedPlan]:
    """Make several plans with one press, one step of the history, behind those there are.

    Args:
        db: the writer.
        kind: one of the table's kinds.
        wanted: name and content of each; a name somebody has already gets a number.

    Raises:
        UserError: if a name is empty or too long.
    """
    with db.transaction():
        title = message("steps.plans_new", kind=kind_word(kind), n=len(wanted))
        step = history.begin_step(db, "plan_save", title)
        numbers = []
        for name, content in wanted:
            clean, place = free_name(db, kind, _clean(name)), plans.last_place(db, kind) + 1
            numbers.append(plans.create(db, kind, clean, place, content, step))
        kept = history.finish_step(db, step, len(numbers))
        return [_saved(db, number, kept) for number in numbers]


def rename(db: Database, plan_id: int, name: str) -> SavedPlan:
    """Give a plan another name.

    Raises:
        UserError: if it is gone, or the name is empty, too long or taken.
    """
    known = existing(db, plan_id)
    clean = _clean(name)
    with db.transaction():
        _refuse_taken(db, known.kind, clean, known)
        step = _begin(db, "plan_rename", "steps.plan_rename", known.kind, clean, old=known.name)
        changed = plans.change(db, known, clean, known.place, known.content, step)
        return _saved(db, known.id, history.finish_step(db, step, int(changed)))


def copy(db: Database, plan_id: int, name: str | None = None) -> SavedPlan:
    """Make a second plan like this one, right behind it.

    Raises:
        UserError: if it is gone, or the name given is empty, too long or taken.
    """
    known = existing(db, plan_id)
    wanted = _clean(name) if name is not None else free_name(db, known.kind, known.name)
    every = plans.all_of(db, known.kind)
    behind = next(at for at, plan in enumerate(every, 1) if plan.id == plan_id)
    with db.transaction():
        _refuse_taken(db, known.kind, wanted, None)
        step = _begin(db, "plan_save", "steps.plan_copy", known.kind, wanted, old=known.name)
        place, _ = _room(db, every, behind, None, step)
        number = plans.create(db, known.kind, wanted, place, known.content, step)
        return _saved(db, number, history.finish_step(db, step, 1))


def move(db: Database, plan_id: int, before: int | None, content: dict[str, Any] | None = None) -> SavedPlan:
    """Put a plan before another of its kind, or last; where it stands there already, nothing is changed.

    Args:
        db: the writer.
        plan_id: which.
        before: the other; None, or one that is gone: last.
        content: what it becomes by being moved; None: what it was.

    Raises:
        UserError: if it is gone.
    """
    known = existing(db, plan_id)
    others = [plan for plan in plans.all_of(db, known.kind) if plan.id != plan_id]
    index = next((at for at, plan in enumerate(others) if plan.id == before), len(others))
    with db.transaction():
        key = "steps.plan_move" if content is None else "steps.plan_save"
        step = _begin(db, "plan_move", key, known.kind, known.name)
        place, numbered = _room(db, others, index, known.place, step)
        changed = plans.change(
            db, known, known.name, place, known.content if content is None else content, step
        )
        return _saved(db, known.id, history.finish_step(db, step, int(changed or numbered)))


def delete(db: Database, plan_id: int) -> Changes:
    """Delete a plan; undo brings it back.

    Raises:
        UserError: if it is gone.
    """
    known = existing(db, plan_id)
    with db.transaction():
        step = _begin(db, "plan_delete", "steps.plan_delete", known.kind, known.name)
        plans.delete(db, plan_id, step)
        history.finish_step(db, step, 1)
    return _CHANGED


def kind_word(kind: str) -> Message:
    """What a kind of plan is called."""
    return message(f"plans_core.kind.{kind}")


def _saved(db: Database, plan_id: int, step: int | None) -> SavedPlan:
    return SavedPlan(existing(db, plan_id), step, _CHANGED if step is not None else Changes())


def _room(
    db: Database, others: Sequence[Plan], index: int, now: float | None, step: int
) -> tuple[float, bool]:
    """A place before the index-th of the others: the one it has now, if that is there, or one between. Halving runs out of
    numbers after some fifty times; the others are then numbered anew in the same step, which is told."""
    low = others[index - 1].place if index else None
    high = others[index].place if index < len(others) else None
    for place in (now, _between(low, high)):
        if place is not None and (low is None or low < place) and (high is None or place < high):
            return place, False
    for number, other in enumerate(others):
        there = number + 1 if number < index else number + 2
        plans.change(db, other, other.name, float(there), other.content, step)
    return float(index + 1), True


def _between(low: float | None, high: float | None) -> float:
    if low is None:
        return 1.0 if high is None else high - 1
    return low + 1 if high is None else (low + high) / 2


def _begin(db: Database, step_kind: str, key: str, kind: str, name: str, **more: str) -> int:
    return history.begin_step(db, step_kind, message(key, kind=kind_word(kind), name=name, **more))


def _clean(name: str) -> str:
    clean = " ".join(name.split())
    if not clean:
        raise UserError(message("plans_core.no_name"))
    if len(clean) > NAME_LENGTH:
        raise UserError(message("plans_core.long_name", length=len(clean), limit=NAME_LENGTH))
    return clean


def _refuse_taken(db: Database, kind: str, name: str, known: Plan | None) -> None:
    if kind not in NAMED:
        return
    other = plans.find(db, kind, name)
    if other is not None and (known is None or other.id != known.id):
        raise UserError(message("plans_core.name_taken", name=other.name))
