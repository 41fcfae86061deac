"""Putting tags on people and taking them off: by hand, for one or a million, as named steps that can be
undone."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.people.selection import Selection
from desktop.core.people.tag import Tag, clean_tag_name, tag_key
from desktop.store import history, tags
from desktop.store.condition_sql import selection_into
from desktop.store.database import Database
from desktop.store.tagging import changing
from desktop.store.undo.turn_report import Affected


@dataclass(frozen=True, slots=True)
class TagOutcome:
    """How many got (or lost) the tag, had it (or lacked it) already, and who is full; ``step`` is None if nothing changed."""

    tag: str
    added: bool
    changed: int
    already: int
    full: tuple[Affected, ...] = ()
    step: int | None = None
    changes: Changes = field(default_factory=Changes)


def tag(db: Database, selection: Selection, name: str, *, origin: str = "hand") -> TagOutcome:
    """Put the tag ``name`` on everybody selected, creating it if it is new.

    Raises:
        UserError: if the name cannot be a tag's.
    """
    clean = clean_tag_name(name)
    with db.transaction():
        people = selection_into(db, selection)
        step = history.begin_step(db, "tag", message("steps.tag", tag=clean, n=0))
        found = tags.find(db, clean) or tags.create(db, clean, step)
        counts = tags.put_on(db, people, found.id, origin, step)
        if not counts.changed:
            db.run("DELETE FROM tag WHERE created_step = ?", (step,))
        if origin == "hand":
            tags.mark_used(db, found.id)
        kept = history.finish_step(
            db, step, counts.changed, message("steps.tag", tag=found.name, n=counts.changed)
        )
    return _outcome(found, True, counts, kept)


def untag(db: Database, selection: Selection, name: str) -> TagOutcome:
    """Take the tag ``name`` off everybody selected.

    Raises:
        UserError: if there is no such tag.
    """
    with db.transaction():
        found = existing(db, name)
        people = selection_into(db, selection)
        step = history.begin_step(db, "untag", message("steps.untag", tag=found.name, n=0))
        counts = tags.take_off(db, people, found.id, step)
        tags.mark_used(db, found.id)
        kept = history.finish_step(
            db, step, counts.changed, message("steps.untag", tag=found.name, n=counts.changed)
        )
    return _outcome(found, False, counts, kept)


def toggle(db: Database, selection: Selection, name: str, current: int) -> TagOutcome:
    """Take the tag off everybody selected if the person ``current`` holds it, else put it on everybody."""
    found = tags.find(db, name)
    holds = found is not None and db.value(
        "SELECT 1 FROM person_tag WHERE person_id = ? AND tag_id = ?", (current, found.id)
    )
    return untag(db, selection, name) if holds else tag(db, selection, name)


def replace(db: Database, person: int, old: str, new: str) -> TagOutcome:
    """Put ``new`` on a person who is full in the place of ``old``, as one step.

    Raises:
        UserError: if she does not hold ``old``, or ``new`` cannot be a tag's name.
    """
    clean = clean_tag_name(new)
    with db.transaction():
        people = selection_into(db, Selection.of([person]))
        going = existing(db, old)
        if tag_key(clean) == tag_key(going.name):
            return _outcome(going, True, tags.TagCounts(0, 1), None)
        step = history.begin_step(db, "tag", message("steps.tag", tag=clean, n=0))
        if not tags.take_off(db, people, going.id, step).changed:
            raise UserError(message("tags.not_held", tag=going.name))
        found = tags.find(db, clean) or tags.create(db, clean, step)
        counts = tags.put_on(db, people, found.id, "hand", step)
        tags.mark_used(db, found.id)
        kept = history.finish_step(db, step, 1, message("steps.replace_tag", tag=found.name, old=going.name))
    return _outcome(found, True, counts, kept)


def pin(db: Database, name: str, place: int | None) -> TagOutcome:
    """Pin a tag to one of the places 1…10 (Ctrl+1 … Ctrl+0), or unpin it; whoever sat there is unpinned.

    Raises:
        UserError: if there is no such tag.
    """
    with db.transaction():
        found = existing(db, name)
        title = message("steps.tag_unpin" if place is None else "steps.tag_pin", tag=found.name)
        step = history.begin_step(db, "tag_pin", title)
        other = tags.pinned(db).get(place) if place is not None else None
        if other is not None and other.id != found.id:
            changing.set_fields(db, step, other.id, {"pinned": None})
        changed = changing.set_fields(db, step, found.id, {"pinned": place})
        kept = history.finish_step(db, step, int(changed))
    changes = Changes.of(Kind.TAGS, Kind.HISTORY, count=1) if kept else Changes()
    return TagOutcome(found.name, True, 0, int(not changed), step=kept, changes=changes)


def existing(db: Database, name: str) -> Tag:
    """The tag of this name.

    Raises:
        UserError: if there is none.
    """
    found = tags.find(db, name)
    if found is None:
        raise UserError(message("tags.unknown", tag=name))
    return found


def _outcome(found: Tag, added: bool, counts: tags.TagCounts, step: int | None) -> TagOutcome:
    changes = (
        Changes.of(Kind.PEOPLE, Kind.TAGS, Kind.HISTORY, count=counts.changed)
        if step
        else Changes.of(Kind.TAGS)
    )
    return TagOutcome(found.name, added, counts.changed, counts.already, counts.full, step, changes)
