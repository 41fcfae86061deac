"""Which saved audiences stand for a valuable action, and how often traits are found inside and outside a group."""

from __future__ import annotations

from desktop.store.conditions.values import Sql
from desktop.store.database import Database

SHORT, LONG = TERMS = ("short", "long")


def terms(db: Database) -> dict[int, str]:
    """Audience → short or long."""
    return dict(db.all("SELECT audience_id, term FROM valuable_action"))


def mark(db: Database, audience_id: int, term: str | None) -> None:
    """Mark an audience; None takes the mark away."""
    if term is None:
        db.run("DELETE FROM valuable_action WHERE audience_id = ?", (audience_id,))
    else:
        db.run(
            "INSERT INTO valuable_action (audience_id, term) VALUES (?, ?)"
            " ON CONFLICT (audience_id) DO UPDATE SET term = excluded.term",
            (audience_id, term),
        )


def sizes(db: Database, population: Sql, inside: Sql) -> tuple[int, int]:
    """People of a population inside a group, and outside it."""
    people, matching = db.row(
        f"SELECT count(*), count(*) FILTER (WHERE {inside.where}) FROM person p WHERE {population.where}",
        [*inside.params, *population.params],
    ) or (0, 0)
    return int(matching), int(people) - int(matching)


def tags(db: Database, population: Sql, inside: Sql) -> list[tuple[str, int, int]]:
    """Each tag: how many inside and outside have it."""
    both = Sql(f"{population.where} AND {inside.where}", [*population.params, *inside.params])
    matching = dict(_people_by_tag(db, both))
    names: dict[int, str] = dict(db.all("SELECT id, name FROM tag"))
    return [
        (names[tag], matching.get(tag, 0), people - matching.get(tag, 0))
        for tag, people in _people_by_tag(db, population)
    ]


def _people_by_tag(db: Database, who: Sql) -> list[tuple[int, int]]:
    """Along the tags' index: to go to each person's row would take three times as long."""
    among = "" if who.where == "1" else f"WHERE +h.person_id IN (SELECT p.id FROM person p WHERE {who.where})"
    sql = f"SELECT h.tag_id, count(*) FROM person_tag h {among} GROUP BY h.tag_id"
    return db.all(sql, who.params)
