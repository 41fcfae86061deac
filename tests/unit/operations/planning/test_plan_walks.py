"""Walks by chance through everything an owner can do to what she plans, together with undo, redo and undo of older steps, against
a slow model that keeps whole states: after every action the shop holds exactly what the model says."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from desktop.core.errors import UserError
from desktop.core.planning.operating.board import READY_TASKS, Stage, Task
from desktop.core.planning.operating.calendar import Entry, State
from desktop.core.planning.operating.journey import Journey, JourneyStage
from desktop.core.planning.operating.sheet import Sheet
from desktop.operations.audiences import audience_editor, audiences
from desktop.operations.history import undoing
from desktop.operations.planning import plans
from desktop.operations.planning.operating import boards, entries, journeys, sheets
from desktop.operations.tagging import tags
from desktop.store import history
from desktop.store.database import Database
from tests.conftest import LONG

_WALKS = 120 if LONG else 6
_STEPS = 90
_NAMES = ("秋季版", "冬季版", "會員", "VIP", "新好友")
_TAGS = ("VIP", "熟客", "貴 賓", "老朋友")
_AUDIENCES = ("好友", "常客", "沉睡")
_TEXTS = ("", "歡迎", "歡迎加入", "九折")
_QUERIES = (
    "bound:yes",
    "tag:VIP",
    "tag:熟客 -tag:VIP",
    'tag:"貴 賓" OR tag:老朋友',
    "audience:好友",
    "orders:>=2",
)
_DAY = date(2026, 11, 1)

Row = dict[str, Any]
Rows = dict[tuple[str, int], Row]
"""(table, id) → the row's fields."""


@dataclass
class Kept:
    """A step as the model remembers it: what was there before and after."""

    before: Rows
    after: Rows
    undoes: int | None = None


@dataclass
class Model:
    """All steps there were, by number."""

    steps: dict[int, Kept] = field(default_factory=dict)

    def older_undone(self, now: Rows, step: int) -> Rows:
        """What taking back an older step leaves: every field that still is as the step left it goes back, what the step made goes
        unless a plan or an audience was changed since, what it took away comes back unless its name is somebody else's by now."""
        kept, then = self.steps[step], copy.deepcopy(now)
        for key in kept.before.keys() | kept.after.keys():
            was, left = kept.before.get(key), kept.after.get(key)
            if was == left:
                continue
            if was is None:
                # A tag goes as it is now, a plan or an audience only as it was made: what was written since is the owner's work.
                if key in then and (key[0] == "tag" or _says(then[key]) == _says(left)):
                    del then[key]
            elif left is None:
                self._bring_back(then, key, was)
            elif key in then:
                self._turn_fields(then, key, was, left)
        return then

    def _turn_fields(self, then: Rows, key: tuple[str, int], was: Row, left: Row) -> None:
        now = then[key]
        turned = {name: was[name] for name in was if was[name] != left[name] and now[name] == left[name]}
        if "key" in turned and any(
            other != key and other[0] == key[0] and row["key"] == turned["key"] is not None
            for other, row in then.items()
        ):
            return
        now.update(turned)

    def _bring_back(self, then: Rows, key: tuple[str, int], was: Row) -> None:
        taken = any(
            other[0] == key[0] and row["key"] == was["key"] is not None for other, row in then.items()
        )
        if key not in then and not taken:
            then[key] = dict(was)


def _says(row: Row | None) -> tuple[Any, ...] | None:
    return None if row is None else (row["name"], row.get("content"), row.get("query"))


class Walk:
    """One shop, its model, and the way through both."""

    def __init__(self, db: Database, seed: int) -> None:
        self.db, self.chance, self.model, self.last = db, Random(seed), Model(), 0

    def go(self) -> None:
        actions: list[Callable[[], Any]] = [
            self._new, self._edit, self._edit, self._edit, self._rename, self._copy, self._move, self._delete, self._entry,
            self._entry_moved, self._entry_marked, self._year, self._task, self._drag, self._drag, self._finish, self._journey,
            self._spoken, self._sheet, self._tag, self._tag_renamed, self._tag_renamed, self._tags_joined, self._audience,
            self._audience_renamed, self._audience_renamed, self._time_passes, self._undo, self._undo, self._undo, self._redo,
            self._redo, self._older, self._older,
        ]  # fmt: skip
        doing = self.chance.choice(actions)
        if doing in (self._undo, self._redo, self._older, self._time_passes):
            doing()
            return
        before = state(self.db)
        newest = self._newest()
        try:
            doing()
        except UserError:
            assert state(self.db) == before
            assert self._newest() == newest
            return
        self._remember(before, newest)

    def _remember(self, before: Rows, newest: int, undoes: int | None = None) -> None:
        now, step = state(self.db), self._newest()
        if step > newest:
            self.model.steps[step] = Kept(before, now, undoes)
        elif now != before:
            # A burst: the newest step took it in.
            assert not history.step(self.db, step).undone  # type: ignore[union-attr]
            self.model.steps[step].after = now

    def _newest(self) -> int:
        return int(self.db.value("SELECT coalesce(max(id), 0) FROM step"))

    def _undo(self) -> None:
        step = history.next_undo(self.db)
        if step is None:
            return
        outcome = undoing.undo(self.db)
        assert (outcome.kept, outcome.impossible) == ((), ())
        assert state(self.db) == self.model.steps[step.id].before

    def _redo(self) -> None:
        step = history.next_redo(self.db)
        if step is not None:
            undoing.redo(self.db)
            assert state(self.db) == self.model.steps[step.id].after

    def _older(self) -> None:
        older = [one for one in history.steps(self.db) if not one.undone and one.undoable][1:]
        if not older:
            return
        step, before, newest = self.chance.choice(older[:12]), state(self.db), self._newest()
        expected = self.model.older_undone(before, step.id)
        undoing.undo(self.db, step.id)
        assert state(self.db) == expected, step
        self._remember(before, newest, step.id)

    def _time_passes(self) -> None:
        with self.db.transaction():
            self.db.run("UPDATE step SET at = '2026-01-01T00:00:00.000000Z'")

    def _some(self, *kinds: str) -> int:
        marks = ", ".join("?" * len(kinds))
        found = self.db.column(f"SELECT id FROM plan WHERE kind IN ({marks}) ORDER BY id", list(kinds))
        # Often the one spoken of last, so that bursts, and edits on edits, come about.
        if self.last not in found or self.chance.random() < 0.6:
            self.last = int(self.chance.choice(found)) if found else 0
        return self.last

    def _new(self) -> None:
        kind = self.chance.choice(("greeting", "rich_menu", "recruiting"))
        plans.save(self.db, kind, None, self.chance.choice(_NAMES), self._content(kind))

    def _edit(self) -> None:
        known = plans.existing(self.db, self._some("greeting", "rich_menu", "recruiting"))
        name = self.chance.choice((known.name, known.name, known.name, self.chance.choice(_NAMES)))
        plans.save(self.db, known.kind, known.id, name, self._content(known.kind))

    def _content(self, kind: str) -> dict[str, Any]:
        text = self.chance.choice(_TEXTS)
        return (
            {"for_whom": self.chance.choice(("", *_QUERIES)), "text": text}
            if kind == "rich_menu"
            else {"text": text}
        )

    def _any(self) -> int:
        return self._some("greeting", "rich_menu", "recruiting", "entry", "task", "journey")

    def _rename(self) -> None:
        plans.rename(self.db, self._any(), self.chance.choice(_NAMES))

    def _copy(self) -> None:
        plans.copy(self.db, self._any())

    def _move(self) -> None:
        one = plans.existing(self.db, self._any())
        plans.move(self.db, one.id, self.chance.choice((None, self._some(one.kind))))

    def _delete(self) -> None:
        plans.delete(self.db, self._any())

    def _entry(self) -> None:
        day = _DAY + timedelta(days=self.chance.randint(0, 30))
        number = self.chance.choice((None, self._some("entry")))
        entries.save(self.db, number, Entry(self.chance.choice(_NAMES), day, text=self.chance.choice(_TEXTS)))

    def _entry_moved(self) -> None:
        entries.move(self.db, self._some("entry"), _DAY + timedelta(days=self.chance.randint(0, 30)))

    def _entry_marked(self) -> None:
        entries.mark(self.db, self._some("entry"), self.chance.choice(list(State)), _DAY)

    def _year(self) -> None:
        entries.copy_year(self.db, 2026, 2027)

    def _task(self) -> None:
        if self.chance.random() < 0.3:
            boards.add_ready(self.db, self.chance.choice(list(READY_TASKS)))
            return
        number = self.chance.choice((None, self._some("task")))
        boards.save_task(self.db, number, Task(self.chance.choice(_NAMES), self.chance.choice(list(Stage))))

    def _drag(self) -> None:
        before = self.chance.choice((None, self._some("task")))
        boards.move(self.db, self._some("task"), self.chance.choice(list(Stage)), before)

    def _finish(self) -> None:
        self.chance.choice((boards.finish, boards.reopen))(self.db, self._some("task"))

    def _journey(self) -> None:
        stages = tuple(
            JourneyStage(str(n), f"階段{n}", self.chance.choice(_QUERIES))
            for n in range(self.chance.randint(1, 3))
        )
        number = self.chance.choice((None, self._some("journey")))
        journeys.save(self.db, number, Journey(self.chance.choice(_NAMES), stages))

    def _spoken(self) -> None:
        journeys.spoken_to(self.db, self._some("journey"), "0")

    def _sheet(self) -> None:
        sheets.save(self.db, Sheet(image=self.chance.choice(_TEXTS)))

    def _tag(self) -> None:
        tags.create(self.db, self.chance.choice(_TAGS))

    def _tag_renamed(self) -> None:
        tags.rename(self.db, self.chance.choice(_TAGS), self.chance.choice(_TAGS))

    def _tags_joined(self) -> None:
        tags.merge_tags(self.db, [self.chance.choice(_TAGS)], self.chance.choice(_TAGS))

    def _audience(self) -> None:
        audiences.save(self.db, self.chance.choice(_AUDIENCES), self.chance.choice(_QUERIES[:4]))

    def _audience_renamed(self) -> None:
        known = audiences.existing(self.db, self.chance.choice(_AUDIENCES))
        audience_editor.save_as(self.db, known.id, self.chance.choice(_AUDIENCES), known.query)


_FIELDS = {
    "plan": ("kind", "name", "key", "place", "content"),
    "tag": ("name", "key"),
    "audience": ("name", "key", "query"),
}


def state(db: Database) -> Rows:
    """Everything the walk is about, row by row."""
    return {
        (table, row[0]): dict(zip(fields, row[1:], strict=True))
        for table, fields in _FIELDS.items()
        for row in db.all(f"SELECT id, {', '.join(fields)} FROM {table}")
    }


@pytest.mark.parametrize("seed", range(_WALKS))
def test_plans_are_what_the_model_says_whatever_was_taken_back(seed: int, db: Database) -> None:
    walk = Walk(db, seed)
    for _ in range(_STEPS):
        walk.go()
    while history.next_undo(db) is not None:
        walk._undo()
    assert state(db) == {}
    while history.next_redo(db) is not None:
        walk._redo()
