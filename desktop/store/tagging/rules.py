"""Rules: conditions that put a tag on whoever meets them. Who has a tag by a rule is told by the step that put it on, whose
title carries the rule's number; nothing else a rule ever takes off."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop.core.message import Message
from desktop.core.people.tag import tag_key
from desktop.store import history, shop, tags
from desktop.store.conditions.values import Sql
from desktop.store.database import Database
from desktop.store.tags import TagCounts
from desktop.store.undo.row_images import RULE
from desktop.store.undo.turn_report import Affected

NAMES = 20
"""As many people of each kind a preview names."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A saved rule; ``tag`` is None if its tag was deleted, ``error`` why it could not run the last
    time, ``colour`` the tag's own."""

    id: int
    name: str
    query: str
    tag_id: int
    tag: str | None
    takes_off: bool
    after_imports: bool
    ran_at: str | None = None
    error: Message | None = None
    colour: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """How many people, and the first of them by name."""

    count: int
    named: tuple[Affected, ...] = ()


@dataclass(frozen=True, slots=True)
class Gains:
    """What a rule would do: who gets the tag, who loses it, who has no room for it, and how many have it already."""

    gains: People
    loses: People
    full: People
    already: int


_SELECT = (
    "SELECT r.id, r.name, r.query, r.tag_id, t.name, r.takes_off, r.after_imports, r.ran_at, r.error,"
    " coalesce(t.colour, '')"
    " FROM rule r LEFT JOIN tag t ON t.id = r.tag_id"
)


def all_rules(db: Database) -> list[Rule]:
    """All rules in the order they were made, which is the order they run in."""
    return [_rule(row) for row in db.all(f"{_SELECT} ORDER BY r.id")]


def find(db: Database, name: str) -> Rule | None:
    """The rule of this name in any writing, or None."""
    row = db.row(f"{_SELECT} WHERE r.key = ?", (tag_key(name),))
    return None if row is None else _rule(row)


def by_id(db: Database, rule_id: int) -> Rule | None:
    """One rule, or None."""
    row = db.row(f"{_SELECT} WHERE r.id = ?", (rule_id,))
    return None if row is None else _rule(row)


def create(db: Database, step: int, name: str, values: dict[str, Any]) -> int:
    """A new rule; ``values`` are query, tag_id, takes_off and after_imports. Returns its id."""
    columns = {"name": name, "key": tag_key(name), **values, "created_step": step}
    marks = ", ".join("?" * len(columns))
    return db.insert(f"INSERT INTO rule ({', '.join(columns)}) VALUES ({marks})", list(columns.values()))


def change(db: Database, step: int, rule_id: int, name: str, values: dict[str, Any]) -> bool:
    """Give a rule other values; False if it has them already."""
    new = {"name": name, "key": tag_key(name), **values}
    row = db.row(f"SELECT {', '.join(new)} FROM rule WHERE id = ?", (rule_id,))
    old = dict(zip(new, row or (), strict=True))
    fields = [field for field in new if old[field] != new[field]]
    if not fields:
        return False
    sets = ", ".join(f"{field} = ?" for field in fields)
    db.run(f"UPDATE rule SET {sets}, error = NULL WHERE id = ?", [*(new[f] for f in fields), rule_id])
    history.record_update(db, step, "rule", rule_id, {f: old[f] for f in fields}, {f: new[f] for f in fields})
    return True


def delete(db: Database, step: int, rule_id: int) -> None:
    """Delete a rule, keeping its image; the tags it put on stay."""
    db.run(
        "INSERT INTO row_change (step_id, tbl, row_id, before, after)"
        f" SELECT ?, 'rule', r.id, {RULE.image}, NULL FROM rule r WHERE r.id = ?",
        (step, rule_id),
    )
    db.run("DELETE FROM rule WHERE id = ?", (rule_id,))


def note_run(db: Database, rule_id: int, error: Message | None) -> None:
    """Write down when a rule ran, or why it could not."""
    if error is None:
        db.run("UPDATE rule SET ran_at = ?, error = NULL WHERE id = ?", (history.utc_now(), rule_id))
    else:
        db.run("UPDATE rule SET error = ? WHERE id = ?", (error.to_json(), rule_id))


def preview(db: Database, tag_id: int | None, meets: Sql, loses: Sql | None, rule_id: int | None) -> Gains:
    """What a rule would do now.

    Args:
        db: any connection.
        tag_id: the tag it puts on; None: one that does not exist yet.
        meets: who meets its condition, on ``person p``.
        loses: who of those it put the tag on would lose it; None: nobody.
        rule_id: None for one that is not saved yet: it put nothing on.
    """
    holds = "EXISTS (SELECT 1 FROM person_tag t WHERE t.person_id = p.id AND t.tag_id = ?)"
    full = "(SELECT count(*) FROM person_tag h WHERE h.person_id = p.id) >= ?"
    limit = shop.tag_limit(db)
    held, has_room, no_room = db.row(
        f"SELECT total(held), total(NOT held AND NOT full), total(NOT held AND full) FROM (SELECT {holds} AS held,"
        f" {full} AS full FROM person p WHERE {meets.where})",
        [tag_id, limit, *meets.params],
    ) or (0, 0, 0)
    new = f"{meets.where} AND NOT {holds}"
    params = [*meets.params, tag_id, limit]
    return Gains(
        People(int(has_room), _named(db, f"{new} AND NOT {full}", params) if has_room else ()),
        _losing(db, tag_id, loses, rule_id),
        People(int(no_room), _named(db, f"{new} AND {full}", params) if no_room else ()),
        int(held),
    )


def apply(
    db: Database, step: int, rule_id: int, tag_id: int, meets: Sql, loses: Sql | None
) -> tuple[TagCounts, int]:
    """Put the rule's tag on who meets it, and take it off who lost it; returns what putting on came to, and how many lost it.
    Who loses it goes first, as nobody does both."""
    for name in ("rule_gains", "rule_loses"):
        db.run(f"CREATE TEMP TABLE IF NOT EXISTS {name} (id INTEGER PRIMARY KEY)")
        db.run(f"DELETE FROM temp.{name}")
    if loses is not None:
        where, params = _put_by(db, tag_id, rule_id)
        db.run(
            f"INSERT INTO temp.rule_loses SELECT p.id FROM person p WHERE {loses.where} AND {where}",
            [*loses.params, *params],
        )
    # Both are settled before anything changes, as conditions may ask for tags.
    db.run(f"INSERT INTO temp.rule_gains SELECT p.id FROM person p WHERE {meets.where}", meets.params)
    lost = tags.take_off(db, "temp.rule_loses", tag_id, step).changed
    return tags.put_on(db, "temp.rule_gains", tag_id, "rule", step), lost


def _losing(db: Database, tag_id: int | None, loses: Sql | None, rule_id: int | None) -> People:
    if loses is None or rule_id is None or tag_id is None:
        return People(0)
    put, more = _put_by(db, tag_id, rule_id)
    where, params = f"{loses.where} AND {put}", [*loses.params, *more]
    count = int(db.value(f"SELECT count(*) FROM person p WHERE {where}", params))
    return People(count, _named(db, where, params) if count else ())


def _put_by(db: Database, tag_id: int, rule_id: int) -> tuple[str, list[Any]]:
    """Whom this rule put the tag on, as SQL on ``person p``."""
    steps = db.column(
        "SELECT id FROM step WHERE kind = 'rule' AND json_extract(title, '$.params.id') = ?", (rule_id,)
    )
    return (
        "p.id IN (SELECT h.person_id FROM person_tag h WHERE h.tag_id = ? AND h.origin = 'rule'"
        " AND h.step_id IN (SELECT value FROM json_each(?)))",
        [tag_id, json.dumps(steps)],
    )


def _named(db: Database, where: str, params: Sequence[Any]) -> tuple[Affected, ...]:
    rows = db.all(
        f"SELECT p.id, p.member_no, coalesce(p.name, p.line_name) FROM person p WHERE {where} ORDER BY p.id LIMIT ?",
        [*params, NAMES],
    )
    return tuple(Affected(*row) for row in rows)


def _rule(row: tuple[Any, ...]) -> Rule:
    rule_id, name, query, tag_id, tag, takes_off, after_imports, ran_at, error, colour = row
    told = Message.from_json(error) if error else None
    return Rule(rule_id, name, query, tag_id, tag, bool(takes_off), bool(after_imports), ran_at, told, colour)
