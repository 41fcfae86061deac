"""What comes back from LINE: each day's friends read once and kept for ever, within LINE's sixty an hour; results of sendings; what
the owner typed in; and when the next reading is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.core.limits import RATES, RateLimit
from desktop.line_api.errors import RetryLater
from desktop.line_api.rate_limit import OUR_SHARE, room
from desktop.operations.line import sending, syncing
from desktop.store import shop
from desktop.store.line import day_figures
from tests.scenarios.send_world import SendWorld, send_world

AN_HOUR = timedelta(hours=1)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[SendWorld]:
    with send_world(tmp_path) as made:
        made.simulator.configure_account(growth_per_day=100)
        yield made


def read(world: SendWorld, hours: float = 0.0) -> syncing.SyncOutcome:
    """Read LINE so many hours from now; LINE's clock goes along, the program is a new one."""
    behind = world.simulator.state.clock.offset
    world.simulator.advance(hours * 3_600 - behind if hours * 3_600 > behind else 0)
    client = world.client()
    try:
        return syncing.sync(client, world.in_database, datetime.now(UTC) + timedelta(hours=hours))
    finally:
        client.close()


def asked(world: SendWorld, path: str = "/v2/bot/insight/followers") -> int:
    return sum(one.path == path for one in world.simulator.requests)


def test_one_reading_keeps_within_our_share_and_says_when_to_go_on(world: SendWorld) -> None:
    outcome = read(world)
    assert asked(world) == outcome.days == 24
    assert not outcome.complete
    assert outcome.more_at is not None
    assert outcome.note is not None
    assert outcome.note.key == "syncing.enough_for_now"
    again = read(world)
    assert (again.days, asked(world)) == (0, 24)


def test_back_to_the_first_friend_over_several_hours_then_only_what_is_new(world: SendWorld) -> None:
    """6,020 friends, a hundred fewer each day back: the account began 61 days ago."""
    outcomes = [read(world, hours=1.1 * turn) for turn in range(4)]
    assert [one.days for one in outcomes] == [24, 24, 16, 0]
    assert [one.complete for one in outcomes] == [False, False, True, True]
    figures = day_figures.day_figures(world.db)
    assert len(figures) == 64
    newest = figures[-1]
    assert (newest.followers, newest.target_reach, newest.blocks) == (6_020, 5_230, 790)
    assert figures[-2].followers == 5_920
    assert all(later.day - earlier.day == timedelta(days=1) for earlier, later in pairwise(figures))
    before = asked(world)
    assert read(world, hours=28).days == 1
    assert asked(world) == before + 1
    assert shop.get_json(world.db, "line_figures") == {
        "date": day_figures.day_figures(world.db)[-1].day.isoformat(),
        "followers": 6_020,
        "blocks": 790,
        "targetedReaches": 5_230,
    }


def test_what_was_read_before_a_cut_is_kept(world: SendWorld) -> None:
    world.simulator.faults.add("cut_before", path="/insight/followers$", skip=5)
    with pytest.raises(RetryLater):
        read(world)
    assert len(day_figures.day_figures(world.db)) == 5
    assert read(world).days == 18


def test_line_says_enough_before_we_do(world: SendWorld) -> None:
    world.simulator.configure(rate_scale=5 / 60)
    outcome = read(world)
    assert (outcome.days, outcome.complete, outcome.more_at is not None) == (5, False, True)


def test_an_account_that_may_not_ask(world: SendWorld) -> None:
    world.simulator.faults.add("status", path="/insight/followers$", status=403, count=None)
    outcome = read(world)
    assert (outcome.days, outcome.more_at) == (0, None)
    assert outcome.note is not None
    assert outcome.note.key == "line.not_entitled"
    assert asked(world) == 1


def test_days_that_are_not_ready_are_asked_again(world: SendWorld) -> None:
    world.simulator.advance(-86_400.0)
    outcome = syncing.sync(world.client(), world.in_database, datetime.now(UTC))
    yesterday = datetime.now(UTC).astimezone(syncing.LINE_DAY).date() - timedelta(days=1)
    assert yesterday not in {one.day for one in day_figures.day_figures(world.db)}
    assert outcome.days == 23
    world.simulator.advance(86_400.0 + 2 * 3_600)
    later = syncing.sync(world.client(), world.in_database, datetime.now(UTC) + 2 * AN_HOUR)
    assert later.days >= 1
    assert yesterday in {one.day for one in day_figures.day_figures(world.db)}


def test_results_of_sendings(world: SendWorld) -> None:
    text = {"type": "text", "text": "看看"}
    button = {
        "type": "template",
        "altText": "新品",
        "template": {
            "type": "buttons",
            "text": "新品",
            "actions": [{"type": "uri", "label": "看", "uri": "https://example.com/new"}],
        },
    }
    drafted = sending.draft(world.db, 1, [text, button]).send
    sending.press(world.db, drafted.id, 30)
    assert world.run().state == "sent"
    assert read(world).results == 1
    first = sending.result(world.db, drafted.id)
    assert first is not None
    # 18 people opened it, and 3 pressed the button: LINE shows no count under twenty.
    assert (first.delivered, first.opened, first.clicked, first.final) == (30, None, None, False)
    assert [(one.url, one.people) for one in first.urls] == [("https://example.com/new", None)]
    assert read(world, hours=15 * 24).results == 1
    last = sending.result(world.db, drafted.id)
    assert last is not None
    assert last.final
    assert read(world, hours=15 * 24 + 2).results == 0


def test_results_of_many(tmp_path: Path) -> None:
    with send_world(tmp_path, people=100) as world:
        for _ in range(2):
            sending.press(world.db, world.draft().id, 100)
        for number in (1, 2):
            world.run(number)
        assert read(world).results == 2
        found = sending.result(world.db, 1)
        assert found is not None
        assert (found.delivered, found.opened) == (100, 37)


def test_the_quota_is_kept(world: SendWorld) -> None:
    read(world)
    kept = shop.get_json(world.db, "quota")
    assert kept is not None
    assert (kept["value"], kept["used"]) == (3_000, 786)


def test_figures_typed_in_give_way_to_lines(world: SendWorld) -> None:
    yesterday = datetime.now(UTC).astimezone(syncing.LINE_DAY).date() - timedelta(days=1)
    syncing.set_by_hand(world.db, yesterday, followers=6_000, target_reach=5_000, blocks=700)
    syncing.set_by_hand(world.db, date(2015, 3, 1), followers=12)
    shown = day_figures.day_figures(world.db)
    assert [(one.day, one.source, one.followers) for one in shown] == [
        (date(2015, 3, 1), "hand", 12),
        (yesterday, "hand", 6_000),
    ]
    read(world)
    newest = day_figures.day_figures(world.db)[-1]
    assert (newest.source, newest.followers) == ("line", 6_020)
    assert len(syncing.by_hand(world.db)) == 2
    syncing.remove_by_hand(world.db, yesterday)
    with pytest.raises(UserError):
        syncing.remove_by_hand(world.db, yesterday)


@pytest.mark.parametrize(
    ("figures", "key"),
    [
        ({}, "syncing.no_figures"),
        ({"followers": -1}, "syncing.no_figures"),
        ({"followers": 10, "blocks": 11}, "syncing.more_than_friends"),
        ({"followers": 10, "target_reach": 11}, "syncing.more_than_friends"),
    ],
)
def test_figures_that_cannot_be(world: SendWorld, figures: dict[str, int], key: str) -> None:
    with pytest.raises(UserError) as error:
        syncing.set_by_hand(world.db, date(2026, 1, 1), **figures)
    assert error.value.text.key == key
    with pytest.raises(UserError):
        syncing.set_by_hand(world.db, date.today() + timedelta(days=3), followers=1)
    assert syncing.by_hand(world.db) == []


def test_another_account_has_its_own_days(world: SendWorld) -> None:
    read(world)
    shop.put_json(world.db, "line_account", {"userId": "U" + "ee" * 16})
    world.simulator.configure_account(user_id="U" + "ee" * 16, followers=50, blocks=0, targeted_reaches=40)
    assert day_figures.day_figures(world.db) == []
    assert syncing.last_sync(world.db) is None
    # The first day has 50 friends; three days without any lie before its time.
    assert read(world, hours=1.2).days == 4
    assert day_figures.day_figures(world.db)[-1].followers == 50
    shop.put_json(world.db, "line_account", {"userId": world.simulator.state.account.user_id})


def test_when_the_next_reading_is_due(world: SendWorld) -> None:
    now = datetime.now(UTC)
    assert not syncing.due(world.db, now)
    syncing.set_at_start(world.db, on=True)
    assert syncing.at_start(world.db)
    assert syncing.due(world.db, now)
    read(world)
    assert not syncing.due(world.db, now + timedelta(minutes=30))
    assert syncing.due(world.db, now + timedelta(minutes=70))
    assert syncing.due(world.db, now - timedelta(days=2))
    shop.put(world.db, "line_account", "")
    assert not syncing.due(world.db, now + timedelta(days=9))


@given(st.integers(0, 500), st.integers(1, 200), st.integers(1, 7_200), st.integers(0, 50))
def test_room_never_exceeds_our_share(made: int, requests: int, seconds: int, kept_free: int) -> None:
    limit = RateLimit(requests, seconds)
    left = room(made, limit, kept_free)
    assert 0 <= left <= max(1, requests * OUR_SHARE)
    assert left == 0 or made + left + kept_free <= max(1, int(requests * OUR_SHARE))


@given(st.lists(st.integers(0, 12), min_size=1, max_size=40))
def test_any_order_of_readings_keeps_lines_limit(hours: list[int]) -> None:
    """Readings at any hours, each taking all the room there is: no hour ever sees more than LINE allows, not even by half."""
    made: list[int] = []
    for hour in sorted(hours):
        left = room(sum(1 for one in made if one > hour - 1), RATES["insight"], syncing.KEPT_FREE)
        made += [hour] * left
        assert sum(1 for one in made if one == hour) <= RATES["insight"].requests * OUR_SHARE
