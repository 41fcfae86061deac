"""Case 58: the history survives a restart, a thousand undos in a row lead back to the beginning and a thousand redos forward again,
and a new edit ends the redo: it is greyed, and refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.core.people.selection import Selection
from desktop.operations.history import undoing
from desktop.operations.people import counter, editing, members
from desktop.operations.tagging import tagging
from desktop.store import history
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile
from tests.conftest import LONG
from tests.unit.store.whole_shop_state import State, check, differences, state

_STEPS = 1_000 if LONG else 240
_LOOKED_AT = 40


def do_something(db: Database, number: int, people: list[int]) -> None:
    """One of four things that change a member."""
    person = people[number % len(people)]
    match number % 4:
        case 0:
            editing.edit(db, person, {"level": f"第{number}級", "note": f"第 {number} 次"})
        case 1:
            tagging.toggle(db, Selection.of([person]), f"標籤{number % 7}", person)
        case 2:
            counter.visit(db, person, number)
        case _:
            members.set_do_not_send(db, Selection.of([person]), number % 8 == 3)


def test_a_thousand_undos_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "店.tagline"
    seen: dict[int, State] = {}
    with ShopFile.create(path, name="店") as opened:
        db = opened.writer()
        people = [editing.add_person(db, {"name": f"會員{n}"}).person for n in range(5)]
        first = made(db)
        number = 0
        while made(db) < first + _STEPS:
            if (made(db) - first) % _LOOKED_AT == 0:
                seen[made(db)] = state(db)
            do_something(db, number, people)
            number += 1
        seen[made(db)] = state(db)
    with ShopFile.open(path) as opened:
        db = opened.writer()
        walk(db, seen, _STEPS, back=True)
    with ShopFile.open(path) as opened:
        db = opened.writer()
        walk(db, seen, _STEPS, back=False)
        assert history.next_redo(db) is None
        walk(db, seen, _STEPS // 2, back=True)
    with ShopFile.open(path) as opened:
        db = opened.writer()
        assert history.next_redo(db) is not None
        editing.edit(db, people[0], {"level": "新的"})
        assert history.next_redo(db) is None
        with pytest.raises(UserError) as refused:
            undoing.redo(db)
        assert refused.value.text.key == "history.nothing_to_redo"
        undoing.undo(db)
        walk(db, seen, _STEPS - _STEPS // 2, back=True)


def made(db: Database) -> int:
    """How many steps are done."""
    return int(db.value("SELECT count(*) FROM step WHERE state = 'done'"))


def walk(db: Database, seen: dict[int, State], steps: int, *, back: bool) -> None:
    """Undo or redo so many steps; where the shop was looked at on the way there, it is as it was."""
    for _ in range(steps):
        outcome = undoing.undo(db) if back else undoing.redo(db)
        assert (outcome.kept, outcome.impossible) == ((), ())
        at = made(db)
        if at in seen:
            check(db)
            assert differences(seen[at], state(db)) == []
