"""Walks by chance through everything an owner can do to a small shop, with undo and redo at any moment: whatever is taken back is as
it was, an older step taken back touches only what is still as it left it, and whoever was erased stays away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store import shop
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile
from tests.conftest import LONG
from tests.unit.store.whole_shop import Walk
from tests.unit.store.whole_shop_audiences import AudienceWalk
from tests.unit.store.whole_shop_state import differences, state

_WALKS = 150 if LONG else 4
_HARD_WALKS = 150 if LONG else 4
_STEPS = 60
_LIMIT = 3


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as opened:
        db = opened.writer()
        with db.transaction():
            shop.put(db, "tag_limit", str(_LIMIT))
        yield db


@pytest.mark.parametrize("seed", range(_WALKS))
def test_everything_is_taken_back_step_by_step(seed: int, db: Database, tmp_path: Path) -> None:
    walk = (Walk, AudienceWalk)[seed % 2](db, tmp_path, seed)
    beginning = state(db)
    for _ in range(_STEPS):
        walk.step(hard=False)
    walk.undo_everything()
    left = state(db)
    del beginning["view"], left["view"]
    assert differences(beginning, left) == []


@pytest.mark.parametrize("seed", range(1_000, 1_000 + _HARD_WALKS))
def test_erased_people_and_old_steps_leave_the_rest_as_it_was(
    seed: int, db: Database, tmp_path: Path
) -> None:
    walk = (Walk, AudienceWalk)[seed % 2](db, tmp_path, seed)
    for _ in range(_STEPS):
        walk.step(hard=True)
    walk.undo_everything()
