"""Ours around an audience, without a window: its people as a table, what changed since its upload, its overlap with another. The
rivals ask SQLite for the same people and work the sets out in Python."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.bench.measure import Bench
from tests.bench.ours import four_parts
from tests.bench.shops import today

OTHER = "tag:標籤03 OR store:中山店"
TIMES = 9


def materialise(bench: Bench) -> None:
    """The people of a four-part condition into a temporary table, as a change of many needs them."""
    with _shop(bench) as (db, one, _other):
        db.run("CREATE TEMP TABLE wanted (id INTEGER PRIMARY KEY)")

        def work() -> None:
            db.run("DELETE FROM temp.wanted")
            db.run(
                f"INSERT INTO temp.wanted SELECT p.id FROM person p WHERE {one.where} ORDER BY p.id",
                one.params,
            )

        bench.repeated(work, TIMES)
        bench.notes["found"] = db.value("SELECT count(*) FROM temp.wanted")


def count_alone(bench: Bench) -> None:
    """The same condition only counted."""
    with _shop(bench) as (db, one, _other):
        bench.repeated(
            lambda: db.value(f"SELECT count(*) FROM person p WHERE {one.where}", one.params), TIMES
        )


def difference(bench: Bench) -> None:
    """Who joined and left since the last upload, counted."""
    from desktop.store.audience_history import uploaded

    with _shop(bench) as (db, one, _other):
        audience, upload = _uploaded(db)
        found: list[Any] = []
        bench.repeated(lambda: found.append(uploaded.difference(db, audience, one, [upload])), TIMES)
        bench.notes.update(joined=found[-1].joined, left=found[-1].left, unchanged=found[-1].unchanged)


def difference_in_python(bench: Bench) -> None:
    """The rival: both lists of user IDs as sets."""
    from desktop.store.audiences import REACHABLE

    with _shop(bench) as (db, one, _other):
        _, upload = _uploaded(db)
        found: list[tuple[int, int, int]] = []

        def work() -> None:
            now = set(
                db.column(
                    f"SELECT p.line_user_id FROM person p WHERE {REACHABLE} AND ({one.where})", one.params
                )
            )
            then = set(db.column("SELECT line_user_id FROM upload_person WHERE upload_id = ?", (upload,)))
            found.append((len(now - then), len(then - now), len(now & then)))

        bench.repeated(work, TIMES)
        bench.notes.update(zip(("joined", "left", "unchanged"), found[-1], strict=True))


def overlap(bench: Bench) -> None:
    """How many people two audiences have in common, and reach."""
    from desktop.store.audience_history.overlap import overlap as overlap_of

    with _shop(bench) as (db, one, other):
        found: list[Any] = []
        bench.repeated(lambda: found.append(overlap_of(db, one, other)), TIMES)
        bench.notes.update(one=found[-1].one, other=found[-1].other, both=found[-1].both)


def overlap_in_python(bench: Bench) -> None:
    """The rival: both lists of people as sets."""
    with _shop(bench) as (db, one, other):
        found: list[tuple[int, int, int]] = []

        def work() -> None:
            first, second = (
                set(db.column(f"SELECT p.id FROM person p WHERE {sql.where}", sql.params))
                for sql in (one, other)
            )
            found.append((len(first), len(second), len(first & second)))

        bench.repeated(work, TIMES)
        bench.notes.update(zip(("one", "other", "both"), found[-1], strict=True))


def _uploaded(db: Any) -> tuple[int, int]:
    """An audience whose upload holds everybody but every tenth person."""
    from desktop.store import audiences
    from desktop.store.audiences import REACHABLE

    with db.transaction():
        audience = audiences.create(db, "量測", "", "2026-11-01T00:00:00.000000Z", 0)
        upload = db.insert(
            "INSERT INTO upload (key, audience_id, audience_name, line_name, query, state, members, ids, pressed_at, changed_at)"
            " VALUES ('x', ?, '量測', '量測', '', 'ready', 0, 0, '2026-11-01T00:00:00.000000Z', '2026-11-01T00:00:00.000000Z')",
            (audience,),
        )
        count = db.run(
            "INSERT INTO upload_person (upload_id, line_user_id, person_id) SELECT ?, p.line_user_id, p.id FROM person p"
            f" WHERE {REACHABLE} AND p.id % 10 ORDER BY p.line_user_id",
            (upload,),
        )
        db.run("UPDATE upload SET ids = ? WHERE id = ?", (count, upload))
    return audience, upload


@contextmanager
def _shop(bench: Bench) -> Iterator[tuple[Any, Any, Any]]:
    from desktop.core.people.query_text import parse
    from desktop.store import condition_sql
    from desktop.store.shop_file import ShopFile

    with ShopFile.open(bench.copy("shop.tagline")) as shop:
        db = shop.writer()
        context = condition_sql.query_context(db, today)
        one, other = (condition_sql.compile_condition(parse(text), context) for text in (four_parts(), OTHER))
        yield db, one, other
