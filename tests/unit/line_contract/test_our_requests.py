"""Every request our client can make is one that LINE's own library could have made: known endpoint, known query and form, a body its
models validate. A call without a line in the contract, or that nothing here makes, fails."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from desktop.line_api import account, audience_groups, friends, insight, messages, rich_menus
from desktop.line_api.client import LineClient
from desktop.line_api.messages import Narrowcast
from desktop.line_api.multipart import MultipartFile
from desktop.line_api.rich_menus import insight as menu_insight
from desktop.line_api.rich_menus import links
from desktop.line_api.tokens import FixedToken, StatelessTokens
from desktop.line_api.transport import LineHosts
from desktop.simulator import Simulator
from desktop.simulator.routes import ROUTES
from tests.unit.line_contract.conftest import Written
from tests.unit.line_contract.contract import CONTRACTS, check_answer, check_request, our_calls
from tests.unit.line_contract.menu_shop import png
from tests.unit.simulator.shop import user_ids

ASKED_FOR_WHAT_IS_NOT_THERE = {
    "GET /v2/bot/richmenu/{richMenuId}",
    "GET /v2/bot/richmenu/{richMenuId}/content",
    "GET /v2/bot/richmenu/alias/{richMenuAliasId}",
    "GET /v2/bot/user/all/richmenu",
    "GET /v2/bot/user/{userId}/richmenu",
}
"""LINE answers 404 where there is no such thing, and our client takes it for an answer."""

OBJECTS = [
    {"type": "text", "text": "早安 🍎"},
    {
        "type": "template",
        "altText": "新品",
        "template": {
            "type": "buttons",
            "text": "新品",
            "actions": [{"type": "uri", "label": "看", "uri": "https://example.com/"}],
        },
    },
]


MENU = {
    "size": {"width": 2500, "height": 843},
    "selected": False,
    "name": "大家",
    "chatBarText": "選單",
    "areas": [
        {"bounds": {"x": 0, "y": 0, "width": 500, "height": 843}, "action": action}
        for action in (
            {"type": "uri", "label": "看", "uri": "https://example.com/"},
            {"type": "message", "text": "菜單"},
            {"type": "postback", "data": "a=1", "displayText": "好"},
            {"type": "datetimepicker", "data": "d", "mode": "date", "initial": "2026-08-07"},
            {"type": "richmenuswitch", "richMenuAliasId": "tab-a", "data": "tab"},
            {"type": "clipboard", "clipboardText": "ABC"},
        )
    ],
}
BATCH = [{"type": "unlinkAll"}]


@pytest.fixture
def client(line: Simulator) -> Iterator[LineClient]:
    made = LineClient(FixedToken(line.token), hosts=LineHosts.on_this_computer(line.url))
    yield made
    made.close()


def file_of(fields: Mapping[str, str]) -> MultipartFile:
    return MultipartFile(fields, [user_ids(3)], 3)


def make_every_request(line: Simulator, client: LineClient) -> None:
    line.seed({one: {"display_name": "客"} for one in user_ids(5)})
    group = audience_groups.create_from_json(client, "熟客", "op-0", user_ids(3)).id
    other = audience_groups.create_from_file(client, "檔案", "op-1", file_of).id
    audience_groups.add_from_json(client, group, "op-2", user_ids(2, 3))
    audience_groups.add_from_file(client, group, "op-3", file_of)
    audience_groups.rename(client, group, "老朋友")
    assert audience_groups.get(client, group).name == "老朋友"
    audience_groups.delete(client, other)
    assert [one.id for one in audience_groups.each(client, "老")] == [group]
    assert len(list(audience_groups.each(client, everybodys=True))) == 1
    assert account.account(client).name
    assert account.quota(client).value == 3_000
    assert account.friend_figures(client, datetime.now(UTC)) is not None
    assert [one for page in friends.follower_ids(client) for one in page] == user_ids(5)
    assert friends.profile(client, user_ids(1)[0]) is not None
    messages.validate(client, OBJECTS)
    messages.validate(client, OBJECTS, push=True)
    sent = messages.narrowcast(
        client, Narrowcast(group, OBJECTS, 5, up_to_quota=True, silent=True), new_key()
    )
    for _ in range(3):
        progress = messages.narrowcast_progress(client, sent.request_id)
    assert progress.phase == "succeeded"
    messages.push(client, user_ids(1)[0], OBJECTS, new_key(), silent=True)
    make_every_request_about_menus(client)
    assert insight.friends_on(client, date(2026, 1, 1)).ready
    assert insight.message_events(client, sent.request_id).delivered == 5


def make_every_request_about_menus(client: LineClient) -> None:
    rich_menus.validate(client, MENU)
    one, other = (rich_menus.create(client, MENU).id for _ in range(2))
    for number in (one, other):
        assert not rich_menus.has_picture(client, number)
        rich_menus.upload(client, number, png(2500, 843), "image/png")
        assert rich_menus.has_picture(client, number)
    found = rich_menus.look(client, one)
    assert found is not None
    assert found.object == MENU
    assert {menu.id for menu in rich_menus.each(client)} == {one, other}
    assert rich_menus.default(client) is None
    rich_menus.set_default(client, one)
    assert rich_menus.default(client) == one
    first, second, *rest = user_ids(5)
    links.link(client, first, one)
    assert links.linked(client, first) == one
    links.unlink(client, first)
    assert links.linked(client, first) is None
    links.link_many(client, one, [second, *rest])
    links.unlink_many(client, rest)
    links.validate_batch(client, BATCH)
    operation = {"type": "link", "from": one, "to": other}
    request = links.batch(client, [operation], resume_key="job-1")
    assert [links.batch_phase(client, request) for _ in range(2)] == ["ongoing", "succeeded"]
    assert links.linked(client, second) == other
    for number in (one, other):
        links.put_alias(client, "tab-a", number)
    assert links.alias_target(client, "tab-a") == other
    assert list(links.aliases(client)) == [("tab-a", other)]
    links.delete_alias(client, "tab-a")
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    span = (yesterday - timedelta(days=7), yesterday)
    assert menu_insight.summary(client, one, *span).impressions is None
    assert menu_insight.daily(client, one, *span) == ()
    rich_menus.clear_default(client)
    rich_menus.delete(client, other)
    assert rich_menus.look(client, other) is None


def new_key() -> str:
    return str(uuid.uuid4())


def test_every_call_of_ours_is_in_the_contract_and_known_to_the_simulator() -> None:
    ours = our_calls()
    assert set(ours) <= set(CONTRACTS)
    assert set(ours) <= {route.name for route in ROUTES}


def test_our_rates_and_hosts_are_lines() -> None:
    """Each endpoint of ours counts against the limit LINE has for it, and only file uploads go to the data host."""
    rates = {route.name: route.rate for route in ROUTES}
    for name, call in our_calls().items():
        assert call.bucket == rates[name], name
        assert call.data == name.endswith(("/byFile", "/content")), name


def test_every_request_of_ours(line: Simulator, client: LineClient, written: Written) -> None:
    make_every_request(line, client)
    tokens = StatelessTokens(line.channel_id, line.channel_secret)
    stateless = LineClient(tokens, hosts=LineHosts.on_this_computer(line.url))
    account.account(stateless)
    stateless.close()
    made = {name for name, _, _ in written.exchanges}
    assert made == set(our_calls())
    for name, request, reply in written.exchanges:
        if reply.status == 404 and name in ASKED_FOR_WHAT_IS_NOT_THERE:
            continue
        assert reply.status < 400, (name, reply.body)
        check_request(name, request)
        check_answer(name, reply)


def test_only_sending_calls_carry_a_retry_key(line: Simulator, client: LineClient, written: Written) -> None:
    make_every_request(line, client)
    carrying = {name for name, request, _ in written.exchanges if "x-line-retry-key" in request.headers}
    assert carrying == {"POST /v2/bot/message/narrowcast", "POST /v2/bot/message/push"}
