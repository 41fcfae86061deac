"""A few user IDs are asked for at LINE: of our own provider, of another one, or too few to tell; kept with its date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.operations.history import undoing
from desktop.operations.line import provider_check
from desktop.operations.line.provider_check import ENOUGH, SAMPLE, verdict_of
from desktop.store import shop
from tests.scenarios.upload_world import UploadWorld, upload_world, user_id

NOW = datetime(2026, 11, 21, 14, 5, 30)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[UploadWorld]:
    with upload_world(tmp_path) as made:
        made.simulator.seed({user_id(number): {"display_name": f"小名{number}"} for number in range(1, 31)})
        yield made


def flags(world: UploadWorld) -> list[int | None]:
    return world.db.column("SELECT friend FROM person ORDER BY line_user_id")


def test_ids_of_our_own_provider(world: UploadWorld) -> None:
    world.people(40, first=16)
    done = provider_check.check_sample(world.client(), world.in_database, NOW, count=40)
    assert done.check is not None
    assert (done.check.asked, done.check.known, done.check.verdict, done.check.ids) == (40, 15, "own", 40)
    assert flags(world) == [1] * 15 + [0] * 25
    undoing.undo(world.db)
    assert set(flags(world)) == {None}
    assert provider_check.last_check(world.db) == done.check, "what was found out stays known"


def test_ids_of_another_provider(world: UploadWorld) -> None:
    world.people(50, first=1_000)
    done = provider_check.check_sample(world.client(), world.in_database, NOW)
    assert done.check is not None
    assert (done.check.asked, done.check.known, done.check.verdict) == (SAMPLE, 0, "foreign")
    assert flags(world).count(None) == 30, "the others were not asked for"


def test_those_line_listed_itself_say_nothing_about_the_others(world: UploadWorld) -> None:
    world.people(30)
    world.db.run("UPDATE person SET friend = 1")
    world.people(10, first=1_000)
    done = provider_check.check_sample(world.client(), world.in_database, NOW)
    assert done.check is not None
    assert (done.check.asked, done.check.verdict, done.check.ids) == (10, "foreign", 40)


def test_nobody_to_ask_for(world: UploadWorld) -> None:
    done = provider_check.check_sample(world.client(), world.in_database, NOW)
    assert (done.check, done.step) == (None, None)
    assert provider_check.last_check(world.db) is None


def test_another_accounts_check_is_none(world: UploadWorld) -> None:
    world.people(6)
    shop.put_json(world.db, "line_account", {"userId": user_id(1)})
    provider_check.check_sample(world.client(), world.in_database, NOW)
    assert provider_check.last_check(world.db) is not None
    shop.put_json(world.db, "line_account", {"userId": user_id(2)})
    assert provider_check.last_check(world.db) is None


@given(st.integers(1, 100).flatmap(lambda asked: st.tuples(st.just(asked), st.integers(0, asked))))
def test_verdicts(numbers: tuple[int, int]) -> None:
    asked, known = numbers
    verdict = verdict_of(asked, known)
    assert (verdict in ("foreign", "unclear")) == (known == 0)
    if not known:
        assert (verdict == "foreign") == (asked >= ENOUGH)
    if known == asked:
        assert verdict == "own"
    if verdict == "own" and known < asked:
        assert verdict_of(asked, known + 1) == "own", "more known ones never make it worse"
