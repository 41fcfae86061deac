"""What an owner is told before a press becomes a request, and what cures it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.limits import AUDIENCE
from desktop.operations.audiences import audiences
from desktop.operations.line import audiences_at_line, preflight, provider_check
from desktop.operations.line.preflight import CHECKS, Check, can_upload
from desktop.store import history, shop
from desktop.store.audiences import by_id
from desktop.text import render
from tests.scenarios.replacing_world import NAME, audience
from tests.scenarios.restored import paused_by_a_restore
from tests.scenarios.upload_world import UploadWorld, upload_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[UploadWorld]:
    with upload_world(tmp_path) as made:
        yield made


def checks(world: UploadWorld, query: str = "") -> dict[str, Check]:
    if not world.db.value("SELECT 1 FROM audience WHERE name = ?", (NAME,)):
        audiences.save(world.db, NAME, query)
    found = preflight.preflight(world.db, audience(world))
    assert [one.id for one in found] == list(CHECKS)
    for one in found:
        assert render(one.text)
        assert one.state == "ok" or one.cure is not None or one.id == "few"
    return {one.id: one for one in found}


def test_all_is_well(world: UploadWorld) -> None:
    world.people(60)
    shop.put_json(world.db, "quota", {"value": 3_000, "used": 100, "at": history.utc_now()})
    kept = {"at": history.utc_now(), "asked": 20, "known": 20, "verdict": "own", "ids": 60, "account": None}
    shop.put_json(world.db, provider_check.KEY, kept)
    audiences_at_line.listing(world.client(), world.in_database)
    found = checks(world)
    assert {one.state for one in found.values()} == {"ok"}
    assert can_upload(tuple(found.values()))


def test_what_is_not_known_is_said(world: UploadWorld) -> None:
    world.people(60)
    found = checks(world)
    assert [found[one].state for one in ("provider", "limit", "quota")] == ["warning", "ok", "ok"]
    assert found["provider"].cure == "check_provider"
    assert can_upload(tuple(found.values()))


def test_nobody_can_be_reached(world: UploadWorld) -> None:
    with world.db.transaction():
        world.db.run("INSERT INTO person (name, orders, total) VALUES ('陳美玲', 0, 0)")
    found = checks(world)
    assert (found["people"].state, found["people"].cure) == ("stop", "line_ids")
    assert not can_upload(tuple(found.values()))


def test_a_malformed_id_says_whose(world: UploadWorld) -> None:
    world.people(3)
    with world.db.transaction():
        world.db.run("UPDATE person SET line_user_id = 'U123' WHERE id = 2")
    found = checks(world)["id_format"]
    assert (found.state, found.cure, found.people) == ("stop", "correct_ids", (2,))


def test_more_than_line_takes(world: UploadWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    world.people(3)
    monkeypatch.setattr(preflight, "AUDIENCE", type(AUDIENCE)(ids_per_file=2))
    assert (checks(world)["too_many"].state, checks(world)["too_many"].cure) == ("stop", "split")


@pytest.mark.parametrize(
    ("known", "verdict", "state"), [(0, "foreign", "stop"), (2, "few", "warning"), (0, "unclear", "warning")]
)
def test_the_sample_of_another_provider(world: UploadWorld, known: int, verdict: str, state: str) -> None:
    world.people(60)
    kept = {
        "at": history.utc_now(),
        "asked": 20,
        "known": known,
        "verdict": verdict,
        "ids": 60,
        "account": None,
    }
    shop.put_json(world.db, provider_check.KEY, kept)
    assert checks(world)["provider"].state == state


@pytest.mark.parametrize(("there", "state"), [(1_000, "stop"), (990, "warning"), (900, "ok")])
def test_how_many_audiences_line_still_takes(world: UploadWorld, there: int, state: str) -> None:
    world.people(60)
    for number in range(there):
        world.simulator.state.create(f"舊的 {number:04}")
    audiences_at_line.listing(world.client(), world.in_database)
    found = checks(world)["limit"]
    assert (found.state, found.cure) == (state, None if state == "ok" else "line_audiences")


def test_the_name_is_taken_at_line(world: UploadWorld) -> None:
    world.people(60)
    world.simulator.state.create(NAME.upper())
    audiences_at_line.listing(world.client(), world.in_database)
    found = checks(world)["name_taken"]
    assert (found.state, found.cure) == ("warning", "rename")
    assert str(found.text.params["name"]).startswith(f"{NAME} ")


def test_our_own_audience_takes_nobodys_name(world: UploadWorld) -> None:
    world.people(60)
    assert world.finish(world.press(NAME).id).state == "ready"
    assert checks(world)["name_taken"].state == "ok"


def test_our_own_expired_audience_keeps_its_name_for_a_month(world: UploadWorld) -> None:
    world.people(60)
    first = world.finish(world.press(NAME).id)
    assert first.audience_group_id is not None
    world.db.run("UPDATE line_audience SET status = 'EXPIRED'")
    found = checks(world)["name_taken"]
    assert (found.text.key, found.cure) == ("keeping.check.name_expired", "line_audiences")
    assert world.press(NAME).line_name == found.text.params["name"]


def test_an_expired_audience_that_was_deleted_gives_its_name_back(world: UploadWorld) -> None:
    world.people(60)
    world.finish(world.press(NAME).id)
    world.db.run("UPDATE line_audience SET status = 'EXPIRED', gone_at = '2026-11-22T00:00:00.000000Z'")
    assert checks(world)["name_taken"].state == "ok"
    assert world.press(NAME).line_name == NAME


@pytest.mark.parametrize("practice", [True, False])
def test_a_practice_shop_is_not_told_to_check_what_is_invented(tmp_path: Path, practice: bool) -> None:
    with upload_world(tmp_path, practice=practice) as world:
        world.people(60)
        assert checks(world)["provider"].state == ("ok" if practice else "warning")


@pytest.mark.parametrize(("value", "used", "state"), [(200, 150, "warning"), (200, 0, "ok"), (None, 9, "ok")])
def test_messages_left_this_month(world: UploadWorld, value: int | None, used: int, state: str) -> None:
    world.people(60)
    shop.put_json(world.db, "quota", {"value": value, "used": used, "at": history.utc_now()})
    assert checks(world)["quota"].state == state


def test_few_people_can_be_sent_to_all_the_same(world: UploadWorld) -> None:
    world.people(49)
    found = checks(world)
    assert found["few"].state == "warning"
    assert can_upload(tuple(found.values()))


def test_uploads_are_paused_after_a_restore(world: UploadWorld) -> None:
    world.people(60)
    paused_by_a_restore(world.db)
    found = checks(world)["paused"]
    assert (found.state, found.cure) == ("stop", "check_restored")


def test_a_name_line_would_not_take(world: UploadWorld) -> None:
    world.people(60)
    checks(world)
    with world.db.transaction():
        world.db.run("UPDATE audience SET name = ?", ("客" * 121,))
    saved = by_id(world.db, 1)
    assert saved is not None
    found = {one.id: one for one in preflight.preflight(world.db, saved)}
    assert (found["name"].state, found["name"].cure) == ("stop", "rename")
