"""The report of one turning of a step, kept in temporary tables while it runs: which rows were reverted, kept as changed since,
or impossible."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class Affected:
    """A person (or, with kind, another thing) named in a report."""

    id: int
    member_no: str | None
    name: str | None
    kind: str = "person"


@dataclass(frozen=True, slots=True)
class Reverted:
    """What came of turning a step: how many people or things, who was kept as she is, and for whom it was impossible."""

    count: int
    kept: tuple[Affected, ...]
    impossible: tuple[Affected, ...]


def start_report(db: Database) -> None:
    """Empty working tables: fields to turn, tags turned, people who stay as they are, and the fate of each row."""
    for table in ("turn_field", "turn_tag", "turn_report", "turn_left_out"):
        db.run(f"DROP TABLE IF EXISTS temp.{table}")
    db.run("CREATE TEMP TABLE turn_field (tbl TEXT, row_id INTEGER, field TEXT, expected, target)")
    db.run(
        "CREATE TEMP TABLE turn_tag (person_id INTEGER, tag_id INTEGER, added INTEGER, origin TEXT, tag_step INTEGER)"
    )
    db.run("CREATE TEMP TABLE turn_left_out (id INTEGER PRIMARY KEY)")
    db.run(
        "CREATE TEMP TABLE turn_report (tbl TEXT, row_id INTEGER, fate TEXT, name TEXT, PRIMARY KEY (tbl, row_id, fate))"
    )


def note(db: Database, fate: str, table: str, select: str, params: tuple[Any, ...] = ()) -> None:
    """Note a fate (reverted, kept, impossible, figures) for rows of a table; ``select`` gives their ``row_id``."""
    db.run(
        f"INSERT OR IGNORE INTO temp.turn_report (tbl, row_id, fate) SELECT '{table}', row_id, '{fate}' FROM ({select})",
        params,
    )


def note_ids(db: Database, fate: str, table: str, rows: Iterable[int]) -> None:
    """Note a fate for rows given by id."""
    db.many(
        "INSERT OR IGNORE INTO temp.turn_report (tbl, row_id, fate) VALUES (?, ?, ?)",
        ((table, row, fate) for row in rows),
    )


def report(db: Database) -> Reverted:
    """What came of the turning: people and other things counted, tags only where nothing else turned."""
    counted = _count(db, "person") + _count(db, "shop_order") + _count(db, "audience")
    return Reverted(
        counted or _count(db, "tag") or _count(db, "rule") or _count(db, "plan"),
        _named(db, "kept"),
        _named(db, "impossible"),
    )


def _count(db: Database, table: str) -> int:
    return int(
        db.value("SELECT count(*) FROM temp.turn_report WHERE tbl = ? AND fate = 'reverted'", (table,))
    )


_NAMES = (
    ("person", "x.member_no", "coalesce(x.name, x.line_name)"),
    ("shop_order", "NULL", "x.order_no"),
    ("tag", "NULL", "x.name"),
    ("audience", "NULL", "x.name"),
    ("rule", "NULL", "x.name"),
    ("plan", "NULL", "x.name"),
)


def _named(db: Database, fate: str) -> tuple[Affected, ...]:
    named: list[Affected] = []
    for table, member_no, name in _NAMES:
        rows = db.all(
            f"SELECT r.row_id, {member_no}, coalesce({name}, r.name) FROM temp.turn_report r"
            f" LEFT JOIN {table} x ON x.id = r.row_id WHERE r.tbl = ? AND r.fate = ? ORDER BY r.row_id",
            (table, fate),
        )
        named += [Affected(row[0], row[1], row[2], table) for row in rows]
    return tuple(named)
