"""Our client against a server that follows LINE's description and nothing else: whatever a description allows, and what LINE may
add one day, ends in an answer or in an error for people, after a bounded number of requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.core.errors import UserError
from desktop.line_api import account, audience_groups, friends, insight, messages, rich_menus
from desktop.line_api.client import LineClient
from desktop.line_api.messages import Narrowcast
from desktop.line_api.multipart import MultipartFile
from desktop.line_api.publishing.publisher import Publisher
from desktop.line_api.rich_menus import insight as menu_insight
from desktop.line_api.rich_menus import links
from desktop.line_api.tokens import FixedToken, StatelessTokens
from desktop.line_api.transport import LineHosts
from desktop.line_api.uploading.uploader import Uploader
from desktop.operations.audiences import audiences
from desktop.operations.line import audiences_at_line, connecting, provider_check, sending, syncing, uploading
from desktop.operations.line.friends import read_friends
from desktop.operations.planning import publishing
from desktop.store.line import sends
from tests.scenarios.publish_world import publish_world
from tests.scenarios.send_world import SendWorld, send_world
from tests.scenarios.upload_world import StillClock
from tests.unit.line_contract.contract import our_calls
from tests.unit.line_contract.dumb_line import MODES, NUMBER, DumbLine, dumb_line
from tests.unit.line_contract.menu_shop import OBJECT, png
from tests.unit.simulator.shop import user_ids

TEXT = [{"type": "text", "text": "早安"}]
REQUESTS_AT_MOST = 120
SPAN = (date(2026, 1, 1), date(2026, 1, 31))


def file_of(fields: Mapping[str, str]) -> MultipartFile:
    return MultipartFile(fields, [user_ids(3)], 3)


EVERY_CALL: Mapping[str, Callable[[LineClient], Any]] = {
    "account": account.account,
    "quota": account.quota,
    "friend figures": lambda client: account.friend_figures(client, datetime.now(UTC)),
    "create": lambda client: audience_groups.create_from_json(client, "熟客", "op", user_ids(3)),
    "create by file": lambda client: audience_groups.create_from_file(client, "熟客", "op", file_of),
    "add": lambda client: audience_groups.add_from_json(client, NUMBER, "op", user_ids(3)),
    "add by file": lambda client: audience_groups.add_from_file(client, NUMBER, "op", file_of),
    "rename": lambda client: audience_groups.rename(client, NUMBER, "老朋友"),
    "delete": lambda client: audience_groups.delete(client, NUMBER),
    "look": lambda client: audience_groups.get(client, NUMBER),
    "look at another": lambda client: audience_groups.get(client, NUMBER + 1),
    "list": lambda client: list(audience_groups.each(client)),
    "friends": lambda client: list(friends.follower_ids(client)),
    "profile": lambda client: friends.profile(client, user_ids(1)[0]),
    "validate": lambda client: messages.validate(client, TEXT),
    "validate push": lambda client: messages.validate(client, TEXT, push=True),
    "narrowcast": lambda client: messages.narrowcast(client, Narrowcast(NUMBER, TEXT, 3), "key"),
    "progress": lambda client: messages.narrowcast_progress(client, "request"),
    "push": lambda client: messages.push(client, user_ids(1)[0], TEXT, "key"),
    "friends of a day": lambda client: insight.friends_on(client, date(2026, 1, 1)),
    "events": lambda client: insight.message_events(client, "request"),
    "menu check": lambda client: rich_menus.validate(client, OBJECT),
    "menu": lambda client: rich_menus.create(client, OBJECT),
    "menu picture": lambda client: rich_menus.upload(client, "richmenu-1", png(), "image/png"),
    "menu has a picture": lambda client: rich_menus.has_picture(client, "richmenu-1"),
    "menu look": lambda client: rich_menus.look(client, "richmenu-1"),
    "menus": lambda client: list(rich_menus.each(client)),
    "menu delete": lambda client: rich_menus.delete(client, "richmenu-1"),
    "default": lambda client: rich_menus.set_default(client, "richmenu-1"),
    "default look": rich_menus.default,
    "no default": rich_menus.clear_default,
    "link": lambda client: links.link(client, user_ids(1)[0], "richmenu-1"),
    "linked": lambda client: links.linked(client, user_ids(1)[0]),
    "unlink": lambda client: links.unlink(client, user_ids(1)[0]),
    "link many": lambda client: links.link_many(client, "richmenu-1", user_ids(3)),
    "unlink many": lambda client: links.unlink_many(client, user_ids(3)),
    "batch": lambda client: links.batch(client, [{"type": "unlinkAll"}]),
    "batch check": lambda client: links.validate_batch(client, [{"type": "unlinkAll"}]),
    "batch progress": lambda client: links.batch_phase(client, "request"),
    "alias": lambda client: links.create_alias(client, "tab-a", "richmenu-1"),
    "alias elsewhere": lambda client: links.update_alias(client, "tab-a", "richmenu-1"),
    "alias put": lambda client: links.put_alias(client, "tab-a", "richmenu-1"),
    "aliases": lambda client: list(links.aliases(client)),
    "alias delete": lambda client: links.delete_alias(client, "tab-a"),
    "menu figures": lambda client: menu_insight.summary(client, "richmenu-1", *SPAN),
    "menu figures by day": lambda client: menu_insight.daily(client, "richmenu-1", *SPAN),
}


@pytest.fixture(params=MODES)
def dumb(request: pytest.FixtureRequest) -> Iterator[DumbLine]:
    with dumb_line(request.param) as server:
        yield server


@pytest.fixture
def client(dumb: DumbLine) -> Iterator[LineClient]:
    made = LineClient(FixedToken("token"), hosts=LineHosts.on_this_computer(dumb.url), clock=StillClock())
    yield made
    made.close()


def allowing(work: Callable[[], Any]) -> Any:
    """What came of it; an error for people is an answer too, anything else is a bug and passes."""
    try:
        return work()
    except UserError as problem:
        return problem


@pytest.mark.parametrize("call", EVERY_CALL)
def test_each_call(dumb: DumbLine, client: LineClient, call: str) -> None:
    allowing(lambda: EVERY_CALL[call](client))
    assert 1 <= len(dumb.asked) <= REQUESTS_AT_MOST


def test_all_calls_are_here() -> None:
    with dumb_line("all") as server:
        hosts = LineHosts.on_this_computer(server.url)
        made = LineClient(FixedToken("token"), hosts=hosts, clock=StillClock())
        tokens = StatelessTokens("1234567890", "a" * 32)
        stateless = LineClient(tokens, hosts=hosts, clock=StillClock())
        for call in EVERY_CALL.values():
            allowing(lambda call=call: call(made))  # type: ignore[misc]
        allowing(lambda: account.account(stateless))
        asked = set(server.asked)
        made.close()
        stateless.close()
    assert asked == set(our_calls())


def test_what_is_there_is_understood(client: LineClient, dumb: DumbLine) -> None:
    """Where the description demands nothing, nothing is made up; where it tells, it is read."""
    event = insight.message_events(client, "request")
    told = dumb.mode in {"all", "unheard of"}
    assert (event.delivered, event.opened) == ((NUMBER, NUMBER) if told else (None, None))
    progress = messages.narrowcast_progress(client, "request")
    assert progress.success_count == (NUMBER if told else None)
    assert progress.phase == ("something_new" if dumb.mode == "unheard of" else "waiting")


@pytest.fixture
def world(
    tmp_path: Path, dumb: DumbLine, client: LineClient, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SendWorld]:
    """A shop whose client speaks to the dumb server."""
    with send_world(tmp_path) as made:
        monkeypatch.setattr(made, "client", lambda: client)
        yield made


def test_the_account_is_read(world: SendWorld, client: LineClient, dumb: DumbLine) -> None:
    allowing(lambda: connecting.read_figures(client, world.in_database))
    assert len(dumb.asked) <= REQUESTS_AT_MOST


def test_friends_are_read(world: SendWorld, client: LineClient, dumb: DumbLine) -> None:
    allowing(lambda: read_friends(client, world.in_database, datetime(2026, 11, 1)))
    assert len(dumb.asked) <= REQUESTS_AT_MOST


def test_figures_are_read(world: SendWorld, client: LineClient, dumb: DumbLine) -> None:
    for _ in range(3):
        allowing(lambda: syncing.sync(client, world.in_database))
    assert dumb.asked.count("GET /v2/bot/insight/followers") <= 24


def test_a_sending_ends(world: SendWorld, dumb: DumbLine) -> None:
    """A narrowcast whose end LINE never tells: it is watched ever more seldom, and given up after LINE's fourteen days."""
    pressed = sending.press(world.db, world.draft().id, 30).send
    started = world.clock.now
    found = world.narrowcaster().run(pressed.id, until_sent=True)
    assert found is not None
    assert found.state in {"sent", "action_needed", "refused"}
    assert dumb.asked.count("POST /v2/bot/message/narrowcast") <= 3
    hours = (world.clock.now - started) / 3_600
    assert dumb.asked.count("GET /v2/bot/message/progress/narrowcast") <= 80 + 12 * hours
    assert hours <= 24 * 15


def test_a_sending_under_way_is_watched_over_days(world: SendWorld, dumb: DumbLine) -> None:
    """Brought into the middle by hand, so that every kind of answer is met while LINE is asked for progress."""
    pressed = sending.press(world.db, world.draft().id, 30).send
    with world.db.transaction():
        sends.accepted(world.db, pressed.id, "request", pressed.changed_at)
    narrowcaster = world.narrowcaster()
    for _ in range(200):
        wait = narrowcaster.step()
        if wait is None:
            break
        world.clock.sleep(wait)
    assert sending.existing(world.db, pressed.id).state in {"processing", "sent", "failed"}
    assert len(dumb.asked) <= 200


def test_audiences_at_line_are_listed(world: SendWorld, client: LineClient, dumb: DumbLine) -> None:
    allowing(lambda: audiences_at_line.listing(client, world.in_database))
    assert len(dumb.asked) <= REQUESTS_AT_MOST
    assert len(audiences_at_line.stored_listing(world.db).audiences) <= 2


def test_a_sample_of_friends_is_checked(world: SendWorld, client: LineClient, dumb: DumbLine) -> None:
    allowing(lambda: provider_check.check_sample(client, world.in_database, datetime(2026, 11, 1)))
    assert len(dumb.asked) <= REQUESTS_AT_MOST


def test_an_upload_is_never_made_twice_nor_asked_for_without_end(
    world: SendWorld, client: LineClient, dumb: DumbLine
) -> None:
    """Two hundred steps over a day: at most a few requests that make an audience, and ever rarer looks."""
    with world.db.transaction():
        world.db.many(
            "INSERT INTO person (line_user_id, orders, total) VALUES (?, 0, 0)",
            ((one,) for one in user_ids(5)),
        )
    uploading.press(world.db, audiences.save(world.db, "新名單", "").audience)
    uploader = Uploader(client, world.in_database, clock=world.clock)
    for _ in range(200):
        wait = uploader.step()
        if wait is None:
            break
        world.clock.sleep(wait)
    made = [name for name in dumb.asked if name.startswith("POST /v2/bot/audienceGroup")]
    assert len(made) <= 5
    hours = (world.clock.now - 1_000) / 3_600
    assert len(dumb.asked) <= 200 + 120 * hours


def test_a_publication_ends_and_makes_no_menu_twice(
    tmp_path: Path, client: LineClient, dumb: DumbLine
) -> None:
    """Two hundred steps over a day at a LINE that lists menus nobody made."""
    with publish_world(tmp_path) as world:
        world.usual()
        pressed = world.press().job.id
        # The dumb account is another one: the job is its own.
        world.db.run("UPDATE publishing SET account = 'text of userId'")
        publisher = Publisher(client, world.in_database, clock=world.clock)
        for _ in range(200):
            wait = publisher.step()
            if wait is None:
                break
            world.clock.sleep(wait)
        found = publishing.existing(world.db, pressed)
        assert found.state == "done", found.error
        assert dumb.asked.count("POST /v2/bot/richmenu") == 2
        for _ in range(2):
            allowing(lambda: publishing.look_at_line(client, world.in_database))
            allowing(lambda: publishing.read_insight(client, world.in_database))
        assert len(dumb.asked) <= REQUESTS_AT_MOST
