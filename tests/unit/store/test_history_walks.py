"""Walks by chance through what an owner can do to a small shop — imports, tags, audiences, undo of the newest and of older steps,
redo — with what must hold after every step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desktop.core.people.selection import Selection
from desktop.importer.recipe import Answers
from desktop.operations.audiences import audiences
from desktop.operations.history import undoing
from desktop.operations.importing import importing
from desktop.operations.tagging import tagging
from desktop.store import history, shop
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile
from tests.chance_files import TAGS, members_file, orders_file
from tests.conftest import LONG

_WALKS = 150 if LONG else 10
_STEPS = 40
_LIMIT = 4
_TABLES = {
    "person": "*",
    "person_tag": "*",
    "tag": "id, name, key, created_step",
    "shop_order": "*",
    "order_item": "*",
    "audience": "id, name, key, query, created_step",
}
Rows = dict[str, list[tuple[Any, ...]]]


class Walk:
    """One shop and the way through it."""

    def __init__(self, db: Database, folder: Path, seed: int) -> None:
        self.db = db
        self.chance = Random(seed)
        self.file = folder / "檔案.csv"
        self.before: dict[int, Rows] = {}
        self.after: dict[int, Rows] = {}

    def step(self) -> str:
        """Do something; returns what."""
        doing = self.chance.choice(
            "members members orders tag tag untag replace audience audience_delete undo undo undo_older undo_older"
            " redo redo".split()
        )
        then = rows(self.db)
        newest = self.db.value("SELECT coalesce(max(id), 0) FROM step")
        getattr(self, f"_{doing}")()
        done = self.db.value("SELECT max(id) FROM step")
        if (done or 0) > newest:
            self.before[done], self.after[done] = then, rows(self.db)
        return doing

    def undo_newest(self) -> None:
        """The newest step is taken back, and everything is as it was before it."""
        step = history.next_undo(self.db)
        assert step is not None
        outcome = undoing.undo(self.db)
        assert (outcome.kept, outcome.impossible) == ((), ())
        assert rows(self.db) == self.before[step.id]

    def _undo(self) -> None:
        if history.next_undo(self.db) is not None:
            self.undo_newest()

    def _redo(self) -> None:
        step = history.next_redo(self.db)
        if step is not None:
            undoing.redo(self.db)
            assert rows(self.db) == self.after[step.id]

    def _undo_older(self) -> None:
        older = [step for step in history.steps(self.db) if not step.undone][1:]
        if older:
            undoing.undo(self.db, self.chance.choice(older).id)

    def _members(self) -> None:
        self._take(members_file(self.file, self.chance))

    def _orders(self) -> None:
        self._take(orders_file(self.file, self.chance))

    def _take(self, fields: dict[str, str]) -> None:
        kind = "orders" if "order_no" in fields.values() else "members"
        importing.run(self.db, self.file, Answers(fields=fields, kind=kind))

    def _tag(self) -> None:
        tagging.tag(self.db, self._some(), self.chance.choice(TAGS))

    def _untag(self) -> None:
        known = self.db.column("SELECT name FROM tag ORDER BY id")
        if known:
            tagging.untag(self.db, self._some(), self.chance.choice(known))

    def _replace(self) -> None:
        held = self.db.all(
            "SELECT h.person_id, t.name FROM person_tag h JOIN tag t ON t.id = h.tag_id ORDER BY 1, 2"
        )
        if held:
            person, old = self.chance.choice(held)
            tagging.replace(self.db, person, old, self.chance.choice(TAGS))

    def _audience(self) -> None:
        query = self.chance.choice(("tag:熟客", "store:中山店", "total:>100"))
        audiences.save(self.db, self.chance.choice(("熟客", "中山")), query)

    def _audience_delete(self) -> None:
        saved = self.db.column("SELECT name FROM audience ORDER BY id")
        if saved:
            audiences.delete(self.db, self.chance.choice(saved))

    def _some(self) -> Selection:
        everybody = self.db.column("SELECT id FROM person ORDER BY id")
        return Selection.of(self.chance.sample(everybody, self.chance.randint(0, len(everybody))))


def rows(db: Database) -> Rows:
    """All live rows."""
    return {
        table: db.all(f"SELECT {columns} FROM {table} ORDER BY 1, 2") for table, columns in _TABLES.items()
    }


def check_limit(db: Database) -> None:
    """Nobody has more tags than the shop allows."""
    most = db.value(
        "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM person_tag GROUP BY person_id)"
    )
    assert most <= _LIMIT


def check_figures(db: Database) -> None:
    """Everybody's figures follow from her orders, or from what a file stated where there are none."""
    bought: dict[int, list[tuple[str, str, float]]] = {}
    for person, kind, at, amount in db.all(
        "SELECT person_id, kind, ordered_at, amount FROM shop_order WHERE counts = 1"
    ):
        bought.setdefault(person, []).append((kind, at[:10], amount or 0))
    for person, orders, days, total, first, last, stated_orders, stated_total, *stated in db.all(
        "SELECT id, orders, order_days, total, first_order, last_order, stated_orders, stated_total,"
        " stated_first_order, stated_last_order FROM person"
    ):
        mine = bought.get(person)
        dates = sorted(day for _, day, _ in mine or ())
        expected = (
            (len(mine), len(set(dates)), sum(amount for *_, amount in mine), dates[0], dates[-1])
            if mine
            else (stated_orders or 0, None, stated_total or 0, *stated)
        )
        assert (orders, days, total, first, last) == expected


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as opened:
        db = opened.writer()
        with db.transaction():
            shop.put(db, "tag_limit", str(_LIMIT))
        yield db


@pytest.mark.parametrize("seed", range(_WALKS))
def test_what_is_taken_back_is_as_it_was(seed: int, db: Database, tmp_path: Path) -> None:
    walk = Walk(db, tmp_path, seed)
    for _ in range(_STEPS):
        walk.step()
        check_limit(db)
        check_figures(db)
    while history.next_undo(db) is not None:
        walk.undo_newest()
    assert not any(rows(db).values())
