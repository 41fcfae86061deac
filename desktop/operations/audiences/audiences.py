"""Audience packages (受眾包): saving a condition under a name, and counting whom it holds and reaches."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.limits import AUDIENCE, line_length
from desktop.core.message import message
from desktop.core.people.audience import clean_audience_name
from desktop.core.people.condition import Condition
from desktop.core.people.query_text import parse, to_text
from desktop.store import audiences, history, people
from desktop.store.audiences import Audience, Reach
from desktop.store.condition_sql import compile_condition, query_context
from desktop.store.conditions.references import check_references
from desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class AudienceNow:
    """A saved audience and whom it holds at this moment."""

    audience: Audience
    reach: Reach


@dataclass(frozen=True, slots=True)
class SavedAudience:
    """The outcome of saving or deleting."""

    audience: Audience
    step: int | None
    changes: Changes = field(default=Changes.of(Kind.AUDIENCES, Kind.HISTORY, count=1))


def condition_of(db: Database, query: str) -> Condition:
    """The condition a query text means in this shop.

    Raises:
        UserError: if the text has a mistake; it names the place and the nearest valid word.
    """
    return parse(query, extra_columns=people.extra_columns(db))


def save(db: Database, name: str, query: str) -> SavedAudience:
    """Save an audience under a name, or give the audience of that name this condition.

    Raises:
        UserError: if LINE would not take the name, the query has a mistake, or names an audience that is not there or would then
            hold itself.
    """
    clean = clean_audience_name(name)
    text = to_text(condition_of(db, query))
    with db.transaction():
        known = audiences.find(db, clean)
        now = history.utc_now()
        step = history.begin_step(db, "audience_save", message("steps.audience_save", audience=clean))
        if known is None:
            audiences.create(db, clean, text, now, step)
        else:
            before, after = {"name": known.name, "query": known.query}, {"name": clean, "query": text}
            if before != after:
                history.record_update(db, step, "audience", known.id, before, after)
                audiences.change(db, known.id, clean, text, now)
        check_references(db, clean)
        kept = history.finish_step(db, step, int(known is None or (known.name, known.query) != (clean, text)))
        return SavedAudience(existing(db, clean), kept)


def duplicate(db: Database, audience_id: int) -> SavedAudience:
    """Save a copy of an audience under a name of its own. Undoable.

    Raises:
        UserError: if the audience is gone.
    """
    with db.transaction():
        known = audiences.by_id(db, audience_id)
        if known is None:
            raise UserError(message("audiences.unknown", audience=str(audience_id)))
        name = _free_copy_name(db, known.name)
        step = history.begin_step(db, "audience_save", message("steps.audience_save", audience=name))
        made = audiences.create(db, name, known.query, history.utc_now(), step)
        kept = history.finish_step(db, step, 1)
        copy = audiences.by_id(db, made)
        assert copy is not None
        return SavedAudience(copy, kept)


def _free_copy_name(db: Database, name: str) -> str:
    """The name with the first number from 2 that no audience has yet, cut where LINE's limit asks for it."""
    number = 2
    while True:
        ending = f" {number}"
        kept = name
        while line_length(kept + ending) > AUDIENCE.name_length:
            kept = kept[:-1]
        if audiences.find(db, kept.rstrip() + ending) is None:
            return kept.rstrip() + ending
        number += 1


def delete(db: Database, name: str) -> SavedAudience:
    """Delete a saved audience here; what was uploaded to LINE stays there. Undoable.

    Raises:
        UserError: if there is none of this name.
    """
    with db.transaction():
        known = existing(db, name)
        step = history.begin_step(
            db, "audience_delete", message("steps.audience_delete", audience=known.name)
        )
        audiences.delete(db, known.id, step)
        history.finish_step(db, step, 1)
    return SavedAudience(known, step)


def reach_of(db: Database, condition: Condition) -> Reach:
    """Whom a condition holds and reaches now."""
    sql = compile_condition(condition, query_context(db))
    return audiences.reach(db, sql.where, sql.params)


def now(db: Database, audience: Audience) -> AudienceNow:
    """A saved audience as it stands at this moment."""
    return AudienceNow(audience, reach_of(db, condition_of(db, audience.query)))


def existing(db: Database, name: str) -> Audience:
    """The audience of this name.

    Raises:
        UserError: if there is none; it names the ones there are.
    """
    found = audiences.find(db, name)
    if found is None:
        raise UserError(message("audiences.unknown", audience=name))
    return found
