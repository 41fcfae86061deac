"""People counted by many conditions in one walk over the people, all together or group by group."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.store.conditions.values import Sql
from desktop.store.database import Database


def counts(db: Database, conditions: Sequence[Sql]) -> list[int]:
    """How many people match each condition."""
    columns = ", ".join(_counted(sql) for sql in conditions)
    params = [value for sql in conditions for value in sql.params]
    row = db.row(f"SELECT {columns} FROM person p", params) if conditions else ()
    return [int(value) for value in row or ()]


def _counted(condition: Sql) -> str:
    """Behind FILTER a condition is only followed as far as it decides: four times as fast as to sum up what it comes to."""
    return f"count(*) FILTER (WHERE {condition.where})"


def grouped(db: Database, group: Sql, whole: Sql, part: Sql) -> list[tuple[str | None, int, int]]:
    """For each value of a text expression on ``person p``: how many people match a condition, and how many of them another
    too; "" counts as no value."""
    return [
        (value, int(people), int(matching))
        for value, people, matching in db.each(
            f"SELECT nullif(CAST({group.where} AS TEXT), '') AS value, count(*), {_counted(part)}"
            f" FROM person p WHERE {whole.where} GROUP BY value",
            [*group.params, *part.params, *whole.params],
        )
    ]


def grouped_by_tag(db: Database, tag_group: str, whole: Sql, part: Sql) -> list[tuple[str, int, int]]:
    """The same for the tags of a group; somebody with two of them is counted in both."""
    return [
        (name, int(people), int(matching))
        for name, people, matching in db.each(
            f"SELECT t.name, count(*), {_counted(part)} FROM tag t JOIN person_tag h ON h.tag_id = t.id"
            f" JOIN person p ON p.id = h.person_id WHERE t.grp = ? AND {whole.where} GROUP BY t.id",
            [*part.params, tag_group, *whole.params],
        )
    ]
