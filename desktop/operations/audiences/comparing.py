"""An audience beside what it was: its last upload and who joined and left since, another audience, its size by day, and those who
were held out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from desktop.core.changes import Changes, Kind
from desktop.core.figures.hold_out import Comparison, GroupOutcome, compare
from desktop.core.message import message
from desktop.core.people.condition import Condition
from desktop.operations.audiences.audiences import condition_of
from desktop.store import audiences, history, outbox
from desktop.store.audience_history import days, hold_out, outcomes, uploaded
from desktop.store.audience_history.days import AudienceDay
from desktop.store.audience_history.overlap import Overlap, overlap
from desktop.store.audience_history.uploaded import COMPARED, Difference, Moved
from desktop.store.condition_sql import compile_condition, query_context
from desktop.store.database import Database
from desktop.store.outbox import UploadJob

Side = Literal["joined", "left"]
LISTED = 1_000
"""Names in a list of who joined or left at most."""


@dataclass(frozen=True, slots=True)
class LastUpload:
    """An audience's newest upload; ``difference`` is None where LINE never had it."""

    job: UploadJob
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class HoldOutResult:
    """What came of a hold-out.

    Args:
        since: when its first upload was pressed, an instant of ours.
        sent, held_out: the two groups.
        comparison: sent less held out.
    """

    since: str
    sent: GroupOutcome
    held_out: GroupOutcome
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class HoldOutSet:
    """Another share is held out."""

    step: int | None
    changes: Changes = field(default=Changes.of(Kind.AUDIENCES, Kind.HISTORY, count=1))


def last_upload(db: Database, audience_id: int, condition: Condition) -> LastUpload | None:
    """The audience's newest upload, and how the reachable people of the condition differ from what stands; None if there is
    none."""
    audience = audiences.by_id(db, audience_id)
    found = outbox.job(db, audience.last_upload["id"]) if audience and audience.last_upload else None
    if found is None:
        return None
    standing = uploaded.standing_uploads(db, audience_id) if found.state in COMPARED else []
    if not standing:
        return LastUpload(found, None)
    sql = compile_condition(condition, query_context(db))
    return LastUpload(found, uploaded.difference(db, audience_id, sql, standing))


def moved(db: Database, audience_id: int, condition: Condition, side: Side) -> list[Moved]:
    """Who joined, or left, since the last upload, by name, at most LISTED."""
    standing = uploaded.standing_uploads(db, audience_id)
    if not standing:
        return []
    sql = compile_condition(condition, query_context(db))
    read = uploaded.joined if side == "joined" else uploaded.left
    return read(db, audience_id, sql, standing, LISTED)


def overlap_of(db: Database, condition: Condition, other: Condition) -> Overlap:
    """How far two conditions hold the same people."""
    context = query_context(db)
    return overlap(db, compile_condition(condition, context), compile_condition(other, context))


def overlap_with(db: Database, condition: Condition, audience_id: int) -> Overlap | None:
    """How far a condition and a saved audience hold the same people; None if the audience is gone."""
    other = audiences.by_id(db, audience_id)
    return None if other is None else overlap_of(db, condition, condition_of(db, other.query))


def growth(db: Database, audience_id: int) -> list[AudienceDay]:
    """The audience's sizes by day, oldest first."""
    return days.days_of(db, audience_id)


def needs_note(db: Database, audience_id: int, people: int, reachable: int) -> bool:
    """Whether a count differs from what is kept of today."""
    known = days.newest(db, [audience_id]).get(audience_id)
    today = query_context(db).now.date().isoformat()
    return known is None or (known.day, known.people, known.reachable) != (today, people, reachable)


def note_today(db: Database, sizes: dict[int, tuple[int, int]]) -> int:
    """Keep how many people audiences hold and reach today; looking at something is no step.

    Args:
        db: the writer.
        sizes: by audience: people, reachable.

    Returns:
        How many were kept.
    """
    today = query_context(db).now.date().isoformat()
    with db.transaction():
        for audience_id, (people, reachable) in sizes.items():
            days.note(db, audience_id, today, people, reachable)
    return len(sizes)


def set_hold_out(db: Database, audience_id: int, percent: int) -> HoldOutSet:
    """Hold out another share of an audience from its next uploads on. Undoable.

    Args:
        db: the writer.
        audience_id: which audience.
        percent: 0 to hold_out.MOST_PERCENT.
    """
    with db.transaction():
        audience = audiences.by_id(db, audience_id)
        if audience is None or audience.hold_out_percent == percent:
            return HoldOutSet(None, Changes())
        title = message("steps.audience_hold_out", audience=audience.name, percent=percent)
        step = history.begin_step(db, "audience_hold_out", title)
        before, after = {"hold_out_percent": audience.hold_out_percent}, {"hold_out_percent": percent}
        history.record_update(db, step, "audience", audience_id, before, after)
        hold_out.set_percent(db, audience_id, percent)
        return HoldOutSet(history.finish_step(db, step, 1))


def hold_out_result(db: Database, audience_id: int) -> HoldOutResult | None:
    """What those sent to and those held out bought since the uploads that stand; None if nobody was held out."""
    standing = uploaded.standing_uploads(db, audience_id)
    if not standing or not outcomes.held_out_count(db, standing):
        return None
    first = outbox.job(db, standing[0])
    assert first is not None
    sent, held = outcomes.outcomes(db, standing)
    return HoldOutResult(first.pressed_at, sent, held, compare(sent, held))
