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
    return [
        (name, int(matching), int(people) - int(matching))
        for name, people, matching in db.each(
            f"SELECT t.name, count(*), count(*) FILTER (WHERE {inside.where}) FROM tag t JOIN person_tag h ON h.tag_id = t.id"
            f" JOIN person p ON p.id = h.person_id WHERE {population.where} GROUP BY t.id",
            [*inside.params, *population.params],
        )
    ]
