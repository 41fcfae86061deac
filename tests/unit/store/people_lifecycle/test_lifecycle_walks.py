"""Walks by chance through merges, deletions, tags and edits of a small shop, undone newest first, older ones among them, and redone:
what is taken back is as it was, and nobody is in two places."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desktop.core.message import message
from desktop.core.people.selection import Selection
from desktop.operations.history import undoing
from desktop.operations.people import deleting, duplicates, merging
from desktop.operations.people.merging import MergeChoice
from desktop.operations.tagging import tagging
from desktop.store import figures, history, shop
from desktop.store.database import Database
from desktop.store.people_lifecycle.merge_rules import CHOOSABLE
from desktop.store.shop_file import ShopFile
from tests.conftest import LONG

_WALKS = 200 if LONG else 15
_STEPS = 45
_LIMIT = 3
_IN_FORCE = "JOIN step s ON s.id = x.step_id AND s.state = 'done'"
State = dict[str, list[tuple[Any, ...]]]


def state(db: Database) -> State:
    """All that is in force."""
    return {
        "people": db.all("SELECT * FROM person ORDER BY id"),
        "tags": db.all("SELECT * FROM person_tag ORDER BY 1, 2"),
        "orders": db.all("SELECT * FROM shop_order ORDER BY id"),
        "identities": db.all(
            f"SELECT DISTINCT x.key, x.value, x.person_id FROM other_identity x {_IN_FORCE}"
            " JOIN person p ON p.id = x.person_id ORDER BY 1, 2, 3"
        ),
        "different": db.all(
            f"SELECT DISTINCT x.low, x.high FROM different_people x {_IN_FORCE}"
            " JOIN person p ON p.id = x.low JOIN person q ON q.id = x.high ORDER BY 1, 2"
        ),
        "deleted": db.all(f"SELECT x.person_id, x.member_no FROM deleted_person x {_IN_FORCE} ORDER BY 1"),
    }


class Walk:
    """One shop and the way through it."""

    def __init__(self, db: Database, seed: int) -> None:
        self.db = db
        self.chance = Random(seed)
        self.before: dict[int, State] = {}
        self.after: dict[int, State] = {}

    def step(self) -> None:
        """Do something."""
        doing = self.chance.choice(
            "merge merge merge delete edit tag untag apart order undo undo older older redo".split()
        )
        then = state(self.db)
        newest = self.db.value("SELECT coalesce(max(id), 0) FROM step")
        getattr(self, f"_{doing}")()
        done = self.db.value("SELECT coalesce(max(id), 0) FROM step")
        if done > newest:
            self.before[done], self.after[done] = then, state(self.db)

    def undo_newest(self) -> None:
        """The newest step is taken back, and everything is as it was before it."""
        step = history.next_undo(self.db)
        assert step is not None
        outcome = undoing.undo(self.db)
        assert (outcome.kept, outcome.impossible) == ((), ())
        assert state(self.db) == self.before[step.id]

    def _people(self) -> list[int]:
        return self.db.column("SELECT id FROM person ORDER BY id")

    def _merge(self) -> None:
        people = self._people()
        if len(people) > 4:
            choices = []
            for _ in range(self.chance.randint(1, 3)):
                keep, gone = self.chance.sample(people, 2)
                take = frozenset(self.chance.sample(CHOOSABLE, 3))
                choices.append(MergeChoice(keep, gone, take))
            merging.merge(self.db, choices)

    def _delete(self) -> None:
        people = self._people()
        if len(people) > 6:
            deleting.delete(self.db, Selection.of(self.chance.sample(people, 1)))

    def _edit(self) -> None:
        people = self._people()
        with self.db.transaction():
            person = self.chance.choice(people)
            step = history.begin_step(self.db, "edit", message("steps.merge", n=1))
            row = self.db.row("SELECT level, changed_step FROM person WHERE id = ?", (person,))
            assert row is not None
            after = {"level": f"第{step}級", "changed_step": step}
            history.record_update(
                self.db, step, "person", person, {"level": row[0], "changed_step": row[1]}, after
            )
            self.db.run(
                "UPDATE person SET level = ?, changed_step = ? WHERE id = ?", (after["level"], step, person)
            )
            history.finish_step(self.db, step, 1)

    def _tag(self) -> None:
        tagging.tag(self.db, self._some(), self.chance.choice("甲乙丙丁"))

    def _untag(self) -> None:
        known = self.db.column("SELECT name FROM tag ORDER BY id")
        if known:
            tagging.untag(self.db, self._some(), self.chance.choice(known))

    def _apart(self) -> None:
        low, high = self.chance.sample(self._people(), 2)
        duplicates.keep_apart(self.db, [(low, high)])

    def _order(self) -> None:
        person = self.chance.choice(self._people())
        with self.db.transaction():
            step = history.begin_step(self.db, "visit", message("steps.merge", n=1))
            self.db.run(
                "INSERT INTO shop_order (kind, person_id, ordered_at, amount, created_step, changed_step)"
                " VALUES ('visit', ?1, '2026-01-01', 10, ?2, ?2)",
                (person, step),
            )
            figures.refresh(self.db, f"SELECT {person}")
            history.finish_step(self.db, step, 1)

    def _undo(self) -> None:
        if history.next_undo(self.db) is not None:
            self.undo_newest()

    def _redo(self) -> None:
        step = history.next_redo(self.db)
        if step is not None:
            undoing.redo(self.db)
            assert state(self.db) == self.after[step.id]

    def _older(self) -> None:
        older = [step for step in history.steps(self.db) if not step.undone and step.undoable][1:]
        if older:
            undoing.undo(self.db, self.chance.choice(older).id)

    def _some(self) -> Selection:
        people = self._people()
        return Selection.of(self.chance.sample(people, self.chance.randint(0, len(people))))


def check(db: Database) -> None:
    """Nobody answers to a key as one merged into her while its owner is there by herself; figures and limits hold."""
    doubled = db.all(
        f"SELECT x.key, x.value FROM other_identity x {_IN_FORCE} JOIN person keep ON keep.id = x.person_id"
        " JOIN merged_person m ON m.keep = keep.id AND m.step_id = x.step_id AND m.person_id <> m.keep"
        " JOIN person gone ON gone.id = m.person_id AND (gone.member_no = x.value OR gone.line_user_id = x.value)"
    )
    assert doubled == []
    most = db.value(
        "SELECT coalesce(max(n), 0) FROM (SELECT count(*) AS n FROM person_tag GROUP BY person_id)"
    )
    assert most <= _LIMIT
    figured = db.all(
        "SELECT p.id, p.total, total(o.amount) FROM person p LEFT JOIN shop_order o ON o.person_id = p.id GROUP BY p.id"
    )
    assert [(person, total or 0) for person, total, _ in figured] == [
        (person, sum_) for person, _, sum_ in figured
    ]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as opened:
        db = opened.writer()
        with db.transaction():
            shop.put(db, "tag_limit", str(_LIMIT))
            for n in range(1, 13):
                db.run(
                    "INSERT INTO person (member_no, line_user_id, phone, name, consent, orders, total, note, extra)"
                    " VALUES (?, ?, ?, ?, ?, 0, 0, ?, ?)",
                    (
                        f"M{n}" if n % 3 else None,
                        f"U{n:032x}" if n % 2 else None,
                        f"+88691200000{n % 5}",
                        f"會員{n}",
                        (None, 0, 1)[n % 3],
                        f"記{n}" if n % 4 else None,
                        f'{{"口味":"{n}","欄{n % 2}":"x"}}',
                    ),
                )
        yield db


@pytest.mark.parametrize("seed", range(_WALKS))
def test_what_is_taken_back_is_as_it_was(seed: int, db: Database) -> None:
    walk = Walk(db, seed)
    beginning = state(db)
    for _ in range(_STEPS):
        walk.step()
        check(db)
    while history.next_undo(db) is not None:
        walk.undo_newest()
        check(db)
    assert state(db) == beginning
