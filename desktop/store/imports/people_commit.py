"""Carries out a checked members import: one set-based transaction on the writer, in which new people,
changed fields, tags and their images are written together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.core.job import QUIET, JobContext
from desktop.core.message import message
from desktop.store import figures
from desktop.store.database import Database
from desktop.store.imports.bulk_load import lookups_rebuilt
from desktop.store.imports.order_attaching import attach_orders
from desktop.store.imports.staging import PERSON_FIELDS, UPDATED
from desktop.store.imports.tag_commit import commit_tags, map_tags, tag_new_people

__all__ = ["attach_orders", "attached", "commit_people"]

_FIGURES = (
    "coalesce(stated_orders, 0), coalesce(stated_total, 0),"
    " substr(stated_first_order, 1, 10), substr(stated_last_order, 1, 10)"
)
_STAGES = 5
_IS_NEW = "seq NOT IN (SELECT seq FROM staging.fate)"


@contextmanager
def attached(db: Database, staging_file: Path) -> Iterator[None]:
    """The staging file under the name ``staging``; attach before the transaction begins."""
    db.run("ATTACH DATABASE ? AS staging", (staging_file.absolute().as_uri(),))
    try:
        yield
    finally:
        db.run("DETACH DATABASE staging")


def commit_people(db: Database, step_id: int, job: JobContext = QUIET) -> list[tuple[int, str]]:
    """Write the staged people inside the caller's transaction. The job hears how far it is; cancelling is over.

    Returns:
        (sheet row, tag name) of tags that no longer fit, because their person was tagged since the check.
    """
    base = int(db.value("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'person'), 0)"))
    saving = message("importing.saving")
    job.report(0, _STAGES, saving)
    _add_new(db, step_id, base)
    job.report(1, _STAGES, saving)
    _apply_updates(db, step_id)
    _add_identities(db, step_id, base)
    map_tags(db, step_id)
    job.report(2, _STAGES, saving)
    tag_new_people(db, step_id, base)
    job.report(3, _STAGES, saving)
    late = commit_tags(db, step_id)
    job.report(4, _STAGES, saving)
    if _brings_something(db):
        attach_orders(db, step_id)
    return late


def _brings_something(db: Database) -> bool:
    """An import that changes nobody leaves no step, so nothing else may change with it."""
    updated = db.value("SELECT 1 FROM staging.fate WHERE fate = ? LIMIT 1", (UPDATED,))
    return bool(updated or _new_rows(db))


def _add_new(db: Database, step_id: int, base: int) -> None:
    columns = ", ".join(PERSON_FIELDS)
    values = columns.replace("do_not_send", "coalesce(do_not_send, 0)")
    with lookups_rebuilt(db, "person", _new_rows(db)):
        db.run(
            "INSERT INTO person (id, folded, created_step, changed_step, orders, total, first_order,"
            f" last_order, {columns})"
            f" SELECT ?1 + seq, folded, ?2, ?2, {_FIGURES}, {values} FROM staging.incoming"
            f" WHERE {_IS_NEW} ORDER BY seq",
            (base, step_id),
        )


def _new_rows(db: Database) -> int:
    return int(
        db.value("SELECT (SELECT count(*) FROM staging.incoming) - (SELECT count(*) FROM staging.fate)")
    )


def _add_identities(db: Database, step_id: int, base: int) -> None:
    """What people answer to besides their own keys: a second user ID that the file gives one person."""
    db.run(
        "INSERT OR IGNORE INTO other_identity (key, value, person_id, step_id)"
        " SELECT key, value, CASE WHEN new THEN ?1 + id ELSE id END, ?2 FROM staging.other_identity",
        (base, step_id),
    )


def _apply_updates(db: Database, step_id: int) -> None:
    db.run(
        "INSERT INTO row_change (step_id, tbl, row_id, before, after) SELECT ?1, 'person', u.person_id,"
        " json_set(u.before, '$.changed_step', p.changed_step), json_set(u.after, '$.changed_step', ?1)"
        " FROM staging.person_update u JOIN person p ON p.id = u.person_id",
        (step_id,),
    )
    fields = db.column("SELECT DISTINCT f.key FROM staging.person_update u, json_each(u.after) f")
    changed = [
        f"{field} = CASE WHEN json_type(u.after, '$.{field}') IS NULL THEN person.{field}"
        f" ELSE json_extract(u.after, '$.{field}') END"
        for field in fields
    ]
    db.run(
        f"UPDATE person SET {', '.join([*changed, 'changed_step = ?'])} FROM staging.person_update u"
        " WHERE u.person_id = person.id",
        (step_id,),
    )
    if any(field.startswith("stated_") for field in fields):
        figures.refresh(db, "SELECT person_id FROM staging.person_update")
