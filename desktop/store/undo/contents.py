"""Looking inside a step: whom it created, deleted or changed, field by field, which tags it put on or took off, and what else
it changed. Read from its images and, for rows that are there and carry its number, from the rows themselves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.store.database import Database
from desktop.store.member_page.editing import EXTRA

_NOT_SHOWN = frozenset(
    {"folded", "by_hand", "changed_step", "created_step", "row_hash", "items", "key", "used_at"}
)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field before and after; own columns of the shop are named ``extra:<column>``."""

    field: str
    before: Any
    after: Any


@dataclass(slots=True)
class PersonChange:
    """What a step did to one person; ``there`` says whether she is in the shop now. ``orders`` counts orders that came to her or
    changed; ``what`` is created, deleted, merged (into whom: ``into``), apart (never the same as somebody else) or changed."""

    id: int
    name: str | None = None
    member_no: str | None = None
    there: bool = False
    what: str = "changed"
    fields: list[FieldChange] = field(default_factory=list)
    tags_on: list[str] = field(default_factory=list)
    tags_off: list[str] = field(default_factory=list)
    orders: int = 0
    given_back: list[str] = field(default_factory=list)
    into: str | None = None


@dataclass(frozen=True, slots=True)
class ThingChange:
    """What a step did to a tag, an audience, a rule or an order nobody is known for."""

    table: str
    id: int
    name: str | None
    what: str
    fields: tuple[FieldChange, ...] = ()


def people_in(db: Database, step: int) -> list[int]:
    """Everybody a step concerns, by id."""
    return db.column(
        "SELECT row_id FROM row_change WHERE step_id = ?1 AND tbl = 'person'"
        " UNION SELECT id FROM person WHERE created_step = ?1"
        " UNION SELECT person_id FROM tag_change WHERE step_id = ?1"
        " UNION SELECT low FROM different_people WHERE step_id = ?1"
        " UNION SELECT high FROM different_people WHERE step_id = ?1"
        " UNION SELECT person_id FROM shop_order WHERE created_step = ?1 AND person_id IS NOT NULL"
        f" UNION SELECT person FROM ({_ORDERS}) WHERE person IS NOT NULL ORDER BY 1",
        (step,),
    )


_ORDERS = (
    "SELECT coalesce(o.person_id, json_extract(c.after, '$.person_id'), json_extract(c.before, '$.person_id')) AS person"
    " FROM row_change c LEFT JOIN shop_order o ON o.id = c.row_id WHERE c.step_id = ?1 AND c.tbl = 'shop_order'"
)


def changes_of(db: Database, step: int, people: Sequence[int]) -> dict[int, PersonChange]:
    """What a step did to some people, by id."""
    wanted = json.dumps(list(people))
    found = {person: PersonChange(person) for person in people}
    among = "IN (SELECT value FROM json_each(?2))"
    for person, name, number, mine in db.each(
        "SELECT id, coalesce(name, line_name), member_no, created_step IS ?1 FROM person WHERE id " + among,
        (step, wanted),
    ):
        one = found[person]
        one.name, one.member_no, one.there = name, number, True
        one.what = "created" if mine else "changed"
    for person, before, after in db.each(
        f"SELECT row_id, before, after FROM row_change WHERE step_id = ?1 AND tbl = 'person' AND row_id {among}",
        (step, wanted),
    ):
        _take_image(found[person], before, after)
    _take_tags(db, step, wanted, found)
    _take_pairs(db, step, found)
    for person, count in db.each(
        "SELECT person, count(*) FROM (SELECT person_id AS person FROM shop_order WHERE created_step = ?1"
        f" UNION ALL {_ORDERS} AND o.created_step IS NOT ?1) WHERE person {among} GROUP BY person",
        (step, wanted),
    ):
        found[person].orders = count
    return found


def _take_pairs(db: Database, step: int, found: dict[int, PersonChange]) -> None:
    """Who was merged into whom, and who was said never to be the same."""
    for person, name in db.all(
        "SELECT m.person_id, coalesce(k.name, k.line_name, k.member_no) FROM merged_person m"
        " LEFT JOIN person k ON k.id = m.keep WHERE m.step_id = ? AND m.person_id <> m.keep",
        (step,),
    ):
        if person in found and found[person].what == "deleted":
            found[person].what, found[person].into = "merged", name
    for low, high in db.all("SELECT low, high FROM different_people WHERE step_id = ?", (step,)):
        for person in (low, high):
            if person in found:
                found[person].what = "apart"


def _take_tags(db: Database, step: int, wanted: str, found: dict[int, PersonChange]) -> None:
    for person, name, added in db.each(
        "SELECT c.person_id, coalesce(t.name, json_extract(d.before, '$.name'), json_extract(d.after, '$.name')), c.added"
        " FROM tag_change c LEFT JOIN tag t ON t.id = c.tag_id"
        " LEFT JOIN row_change d ON d.step_id = c.step_id AND d.tbl = 'tag' AND d.row_id = c.tag_id"
        " WHERE c.step_id = ?1 AND c.person_id IN (SELECT value FROM json_each(?2)) ORDER BY c.tag_id",
        (step, wanted),
    ):
        (found[person].tags_on if added else found[person].tags_off).append(name or "")
    # Tags of people the step created are noted nowhere but with the tags.
    for person, name in db.each(
        "SELECT h.person_id, t.name FROM person_tag h JOIN person p ON p.id = h.person_id AND p.created_step = ?1"
        " JOIN tag t ON t.id = h.tag_id WHERE h.step_id = ?1 AND h.person_id IN (SELECT value FROM json_each(?2))"
        " ORDER BY t.id",
        (step, wanted),
    ):
        if name not in found[person].tags_on:
            found[person].tags_on.append(name)


def things_in(db: Database, step: int, limit: int = 200) -> list[ThingChange]:
    """Tags, audiences, rules a step created, deleted or changed, and orders of unknown buyers it brought; at most ``limit`` of
    each."""
    things: list[ThingChange] = []
    for table, name in (
        ("tag", "name"),
        ("audience", "name"),
        ("rule", "name"),
        ("plan", "name"),
        ("shop_order", "order_no"),
    ):
        nobody = " AND person_id IS NULL" if table == "shop_order" else ""
        for number, text in db.all(
            f"SELECT id, {name} FROM {table} WHERE created_step = ?{nobody} ORDER BY id LIMIT ?",
            (step, limit),
        ):
            things.append(ThingChange(table, number, text, "created"))
        known = {thing.id for thing in things if thing.table == table}
        hers = " AND coalesce(json_extract(coalesce(after, before), '$.person_id'), 0) = 0" if nobody else ""
        for number, before, after in db.all(
            "SELECT row_id, before, after FROM row_change WHERE step_id = ? AND tbl = ? AND (before IS NULL OR after IS"
            f" NULL OR tbl <> 'shop_order'){hers} ORDER BY row_id LIMIT ?",
            (step, table, limit),
        ):
            if number not in known:
                text = db.value(f"SELECT {name} FROM {table} WHERE id = ?", (number,))
                things.append(_thing(table, number, text, name, before, after))
    return things


def count_things(db: Database, step: int) -> dict[str, int]:
    """How many people, orders, tags … a step created, changed or deleted: ``person.created`` → n, and so on."""
    counts: dict[str, int] = {}
    for table in ("person", "shop_order", "tag", "audience", "rule", "plan"):
        created = int(db.value(f"SELECT count(*) FROM {table} WHERE created_step = ?", (step,)))
        if created:
            counts[f"{table}.created"] = created
    for table, what, n in db.all(
        "SELECT tbl, CASE WHEN before IS NULL THEN 'created' WHEN after IS NULL THEN 'deleted' ELSE 'changed' END AS what,"
        " count(*) FROM row_change WHERE step_id = ? GROUP BY tbl, what",
        (step,),
    ):
        counts[f"{table}.{what}"] = counts.get(f"{table}.{what}", 0) + int(n)
    for added, n in db.all(
        "SELECT added, count(*) FROM tag_change WHERE step_id = ? GROUP BY added", (step,)
    ):
        counts["holding.on" if added else "holding.off"] = int(n)
    return counts


def import_reports(db: Database, step: int) -> list[tuple[str, str]]:
    """The files a step imported and what was said of each then (JSON)."""
    rows: list[Any] = db.all("SELECT file, report FROM import_file WHERE step_id = ? ORDER BY id", (step,))
    return [(str(file), str(report)) for file, report in rows]


def _take_image(one: PersonChange, before: str | None, after: str | None) -> None:
    was, now = _opened(before), _opened(after)
    whole = was if was is not None else now
    if was is None or now is None:
        one.what = "created" if was is None else "deleted"
        if whole is not None:
            one.name = one.name or whole.get("name") or whole.get("line_name")
            one.member_no = one.member_no or whole.get("member_no")
        return
    one.fields = _differences(was, now)
    before_marks, after_marks = (set(json.loads(image.get("by_hand") or "[]")) for image in (was, now))
    changed = {change.field for change in one.fields}
    one.given_back = sorted((before_marks - after_marks) - changed)


def _thing(
    table: str, number: int, text: str | None, name: str, before: str | None, after: str | None
) -> ThingChange:
    was, now = _opened(before), _opened(after)
    if was is not None and now is not None:
        return ThingChange(table, number, text or was.get(name), "changed", tuple(_differences(was, now)))
    whole = was or now or {}
    return ThingChange(table, number, text or whole.get(name), "created" if was is None else "deleted")


def _differences(was: dict[str, Any], now: dict[str, Any]) -> list[FieldChange]:
    return [
        FieldChange(name, was.get(name), now.get(name))
        for name in {**was, **now}
        if name not in _NOT_SHOWN and now.get(name) != was.get(name)
    ]


def _opened(image: str | None) -> dict[str, Any] | None:
    """An image with the own columns of the shop beside the fields."""
    if image is None:
        return None
    fields: dict[str, Any] = json.loads(image)
    extra = fields.pop("extra", None)
    own = json.loads(extra) if isinstance(extra, str) else extra or {}
    return {**fields, **{f"{EXTRA}{name}": value for name, value in own.items()}}
