"""Changing tags themselves: another name, several into one, some holders to another tag, what a tag means, deleting,
taking off those that had their time. Each is one named step, undone exactly; conditions and rules that name a tag follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.message import Message, message
from desktop.core.people.selection import Selection
from desktop.core.people.tag import Tag, clean_tag_name, tag_key
from desktop.operations.audiences.audiences import condition_of
from desktop.operations.tagging.tagging import existing
from desktop.store import history, tags
from desktop.store.condition_sql import selection_into
from desktop.store.database import Database
from desktop.store.tagging import changing, expiry, mentions
from desktop.store.tagging.expiry import Expired
from desktop.store.tagging.mentions import NOTHING, Mentions
from desktop.store.undo.turn_report import Affected

KINDS = ("attribute", "behaviour")
LONGEST_TEXT = 400
LONGEST_GROUP = 40
LONGEST_EXPIRY = 3650
"""Ten years of days: a tag that is to stay longer has no end."""

_TAGS = (Kind.TAGS, Kind.HISTORY)
_HOLDERS = (Kind.PEOPLE, *_TAGS)


@dataclass(frozen=True, slots=True)
class TagChange:
    """What a change came to.

    Args:
        tag: the tag's name now, or of the one that is gone.
        people: how many people it changed.
        rewritten: audiences, rules and views whose condition was rewritten, rules that put on another tag now.
        full: who had no room (split only).
        step: None if nothing changed.
    """

    tag: str
    people: int = 0
    rewritten: Mentions = NOTHING
    full: tuple[Affected, ...] = ()
    step: int | None = None
    changes: Changes = field(default_factory=Changes)


@dataclass(frozen=True, slots=True)
class Uses:
    """What hangs on a tag; ``pinned`` is its place."""

    tag: Tag
    people: int
    mentions: Mentions
    pinned: int | None


class NameTaken(UserError):
    """Another tag has the name: the two can be merged."""

    def __init__(self, tag: str, other: Tag) -> None:
        super().__init__(message("tags.name_taken", tag=other.name))
        self.tag = tag
        self.other = other


def create(db: Database, name: str) -> TagChange:
    """A new tag that nobody has yet.

    Raises:
        UserError: if the name cannot be a tag's, or (:class:`NameTaken`) is one's already.
    """
    clean = clean_tag_name(name)
    with db.transaction():
        other = tags.find(db, clean)
        if other is not None:
            raise NameTaken(clean, other)
        step = history.begin_step(db, "tag_create", message("steps.tag_create", tag=clean))
        tags.create(db, clean, step)
        return _done(db, clean, step, True)


def rename(db: Database, name: str, new_name: str) -> TagChange:
    """Give a tag another name; the conditions that ask for it follow.

    Raises:
        UserError: if there is no such tag, or the name cannot be a tag's, or (:class:`NameTaken`) is another's.
    """
    clean = clean_tag_name(new_name)
    with db.transaction():
        known = existing(db, name)
        other = tags.find(db, clean)
        if other is not None and other.id != known.id:
            raise NameTaken(known.name, other)
        title = message("steps.tag_rename", old=known.name, tag=clean)
        step = history.begin_step(db, "tag_rename", title)
        changed = changing.set_fields(db, step, known.id, {"name": clean, "key": tag_key(clean)})
        rewritten = mentions.rename(db, step, {tag_key(known.name): clean}) if changed else NOTHING
        return _done(db, clean, step, changed, rewritten=rewritten)


def merge_tags(db: Database, names: Sequence[str], into: str) -> TagChange:
    """Join tags into one of them (or another that exists): their holders hold it, once; pins, rules and conditions follow.

    Raises:
        UserError: if one of them does not exist, or there is nothing to join.
    """
    with db.transaction():
        target = existing(db, into)
        going = {tag.id: tag for tag in (existing(db, name) for name in names) if tag.id != target.id}
        if not going:
            raise UserError(message("tags.nothing_to_merge"))
        step = history.begin_step(db, "tag_merge", _merge_title(list(going.values()), target))
        moved = mentions.move_rules(db, step, list(going), target.id)
        people = changing.merge(db, step, list(going), target.id)
        pins = [tag.pinned for tag in going.values() if tag.pinned is not None]
        if pins and target.pinned is None:
            changing.set_fields(db, step, target.id, {"pinned": min(pins)})
        renamed = mentions.rename(db, step, {tag_key(tag.name): target.name for tag in going.values()})
        rewritten = replace(renamed, made_by=moved)
        return _done(db, target.name, step, True, people, rewritten=rewritten, kinds=_HOLDERS)


def delete_tags(db: Database, names: Sequence[str]) -> TagChange:
    """Take tags off everybody and delete them. Frozen uploads keep their people; conditions keep the name, which then asks for
    nobody, and rules that put them on say that they cannot run.

    Raises:
        UserError: if one of them does not exist.
    """
    with db.transaction():
        going = {tag.id: tag for tag in (existing(db, name) for name in names)}
        step = history.begin_step(db, "tag_delete", message("steps.tag_delete", tag="", n=0))
        people = changing.delete(db, step, list(going))
        title = _delete_title(list(going.values()), people)
        named = next(iter(going.values())).name if going else ""
        return _done(db, named, step, bool(going), people, title=title, kinds=_HOLDERS)


def delete_tag(db: Database, name: str) -> TagChange:
    """Delete one tag; see :func:`delete_tags`."""
    return delete_tags(db, [name])


def describe(db: Database, name: str, **values: Any) -> TagChange:
    """Say what a tag is.

    Args:
        values: some of ``kind`` (one of KINDS), ``meaning``, ``colour`` (a name of the theme's, "": by the tag's name),
            ``group``, ``expires_after`` (days, None: never).

    Raises:
        UserError: if there is no such tag, a text is too long, or the days are none.
    """
    columns = {_COLUMNS.get(key, key): _cleaned(key, value) for key, value in values.items()}
    with db.transaction():
        known = existing(db, name)
        step = history.begin_step(db, "tag_describe", message("steps.tag_describe", tag=known.name))
        return _done(db, known.name, step, changing.set_fields(db, step, known.id, columns))


def split(db: Database, name: str, query: str, new_name: str, *, besides: bool = False) -> TagChange:
    """Give those holders of a tag who match a condition another tag, instead of it or (``besides``) as well.

    Raises:
        UserError: if there is no such tag, the condition has a mistake, or the new name is the tag's own or cannot be one.
    """
    clean = clean_tag_name(new_name)
    condition = condition_of(db, query)
    with db.transaction():
        known = existing(db, name)
        if tag_key(clean) == tag_key(known.name):
            raise UserError(message("tags.same_tag", tag=known.name))
        people = selection_into(db, Selection.matching(condition))
        changing.keep_holders(db, people, known.id)
        step = history.begin_step(db, "tag_split", message("steps.tag_split", old=known.name, tag=clean, n=0))
        new = tags.find(db, clean) or tags.create(db, clean, step, known.kind)
        full: tuple[Affected, ...] = ()
        if besides:
            counts = tags.put_on(db, people, new.id, "hand", step)
            moved, full = counts.changed, counts.full
        else:
            moved = changing.move(db, step, people, known.id, new.id)
        if not moved:
            db.run("DELETE FROM tag WHERE created_step = ?", (step,))
        title = message("steps.tag_split", old=known.name, tag=new.name, n=moved)
        return _done(db, new.name, step, bool(moved), moved, title=title, full=full, kinds=_HOLDERS)


def expired(db: Database) -> list[Expired]:
    """Tags that had their time on some people: how many, and the first of them by name."""
    return expiry.expired(db)


def take_off_expired(db: Database, names: Sequence[str] | None = None) -> TagChange:
    """Take tags off the people on whom they had their time; all tags with an end, or only these."""
    wanted = None if names is None else {tag_key(name) for name in names}
    with db.transaction():
        step = history.begin_step(db, "tag_expired", message("steps.tag_expired", n=0))
        taken = [one for one in expiry.expired(db) if wanted is None or tag_key(one.tag.name) in wanted]
        people = sum(expiry.take_off(db, one.tag.id, step) for one in taken)
        title = message("steps.tag_expired", n=people)
        named = taken[0].tag.name if taken else ""
        return _done(db, named, step, bool(people), people, title=title, kinds=_HOLDERS)


def uses(db: Database, name: str) -> Uses:
    """What hangs on a tag.

    Raises:
        UserError: if there is no such tag.
    """
    known = existing(db, name)
    people = int(db.value("SELECT count(*) FROM person_tag WHERE tag_id = ?", (known.id,)))
    return Uses(known, people, mentions.of_tag(db, known.id, known.name), known.pinned)


_COLUMNS = {"group": "grp"}


def _cleaned(key: str, value: Any) -> Any:
    if key == "kind" and value not in KINDS:
        raise ValueError(f"a tag is one of {KINDS}, not {value}")
    if key == "expires_after":
        if value is not None and not 1 <= value <= LONGEST_EXPIRY:
            raise UserError(message("tags.bad_expiry", limit=LONGEST_EXPIRY))
        return value
    text = " ".join(str(value).split())
    limit = LONGEST_GROUP if key == "group" else LONGEST_TEXT
    if len(text) > limit:
        raise UserError(message("tags.text_too_long", limit=limit))
    return text


def _merge_title(going: Sequence[Tag], target: Tag) -> Message:
    if len(going) == 1:
        return message("steps.tag_merge", old=going[0].name, tag=target.name)
    return message("steps.tags_merge", n=len(going), tag=target.name)


def _delete_title(going: Sequence[Tag], people: int) -> Message:
    if len(going) == 1:
        return message("steps.tag_delete", tag=going[0].name, n=people)
    return message("steps.tags_delete", n=len(going))


def _done(
    db: Database,
    tag: str,
    step: int,
    changed: bool,
    people: int = 0,
    *,
    rewritten: Mentions = NOTHING,
    full: tuple[Affected, ...] = (),
    title: Message | None = None,
    kinds: tuple[Kind, ...] = _TAGS,
) -> TagChange:
    count = max(people, 1) if changed else 0
    kept = history.finish_step(db, step, count, title)
    more = {Kind.AUDIENCES: rewritten.audiences, Kind.SHOP: rewritten.views, Kind.PLANS: rewritten.plans}
    touched = [kind for kind, names in more.items() if names]
    changes = Changes.of(*kinds, *touched, count=count) if kept else Changes()
    return TagChange(tag, people, rewritten, full, kept, changes)
