"""LINE's own library publishes menus at the simulator: from a check to taps, two menus that switch to each other, people linked one
by one, in blocks and by a batch. Every answer has to pass the library's models on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from linebot.v3 import insight, messaging

from desktop.simulator import Simulator
from tests.unit.line_contract.menu_shop import OBJECT, png
from tests.unit.simulator.shop import user_ids

PATIENCE = {"_request_timeout": (5, 20)}


@pytest.fixture
def clients(line: Simulator) -> Iterator[dict[str, Any]]:
    made = {
        module.__name__.rsplit(".", 1)[-1]: module.ApiClient(
            module.Configuration(host=line.url, access_token=line.token)
        )
        for module in (messaging, insight)
    }
    yield made
    for client in made.values():
        client.close()
        client.rest_client.pool_manager.clear()


@pytest.fixture
def bot(clients: dict[str, Any]) -> messaging.MessagingApi:
    return messaging.MessagingApi(clients["messaging"])


@pytest.fixture
def pictures(clients: dict[str, Any]) -> messaging.MessagingApiBlob:
    return messaging.MessagingApiBlob(clients["messaging"])


def made(bot: messaging.MessagingApi, pictures: messaging.MessagingApiBlob, name: str) -> str:
    """A menu with its picture, in the way LINE's guide goes."""
    wanted = messaging.RichMenuRequest.from_dict({**OBJECT, "name": name})
    bot.validate_rich_menu_object(wanted, **PATIENCE)
    number = str(bot.create_rich_menu(wanted, **PATIENCE).rich_menu_id)
    pictures.set_rich_menu_image(number, png(), _headers={"Content-Type": "image/png"}, **PATIENCE)
    return number


def test_two_menus_and_their_people(
    bot: messaging.MessagingApi, pictures: messaging.MessagingApiBlob
) -> None:
    one, other = made(bot, pictures, "大家"), made(bot, pictures, "貴賓")
    assert bytes(pictures.get_rich_menu_image(one, **PATIENCE)) == png()
    assert {menu.name for menu in bot.get_rich_menu_list(**PATIENCE).richmenus} == {"大家", "貴賓"}
    assert bot.get_rich_menu(one, **PATIENCE).to_dict()["areas"][0]["action"]["type"] == "uri"
    bot.set_default_rich_menu(one, **PATIENCE)
    assert bot.get_default_rich_menu_id(**PATIENCE).rich_menu_id == one
    for alias, number in (("a", one), ("b", other)):
        bot.create_rich_menu_alias(
            messaging.CreateRichMenuAliasRequest(richMenuAliasId=alias, richMenuId=number), **PATIENCE
        )
    bot.update_rich_menu_alias("b", messaging.UpdateRichMenuAliasRequest(richMenuId=one), **PATIENCE)
    assert bot.get_rich_menu_alias("b", **PATIENCE).rich_menu_id == one
    assert len(bot.get_rich_menu_alias_list(**PATIENCE).aliases) == 2
    first, second, third = user_ids(3)
    bot.link_rich_menu_id_to_user(first, other, **PATIENCE)
    bot.link_rich_menu_id_to_users(
        messaging.RichMenuBulkLinkRequest(richMenuId=other, userIds=[second, third]), **PATIENCE
    )
    assert bot.get_rich_menu_id_of_user(third, **PATIENCE).rich_menu_id == other
    bot.unlink_rich_menu_id_from_user(first, **PATIENCE)
    bot.unlink_rich_menu_id_from_users(messaging.RichMenuBulkUnlinkRequest(userIds=[second]), **PATIENCE)
    with pytest.raises(messaging.ApiException) as caught:
        bot.get_rich_menu_id_of_user(second, **PATIENCE)
    assert caught.value.status == 404
    bot.delete_rich_menu(other, **PATIENCE)
    with pytest.raises(messaging.ApiException):
        bot.get_rich_menu_id_of_user(third, **PATIENCE)
    bot.cancel_default_rich_menu(**PATIENCE)
    bot.delete_rich_menu_alias("a", **PATIENCE)


def test_a_batch(bot: messaging.MessagingApi, pictures: messaging.MessagingApiBlob) -> None:
    one, other = made(bot, pictures, "大家"), made(bot, pictures, "貴賓")
    for user in user_ids(2):
        bot.link_rich_menu_id_to_user(user, one, **PATIENCE)
    wanted = messaging.RichMenuBatchRequest(
        operations=[messaging.RichMenuBatchLinkOperation(**{"from": one, "to": other})],
        resumeRequestKey="key_1",
    )
    bot.validate_rich_menu_batch_request(wanted, **PATIENCE)
    answer = bot.rich_menu_batch_with_http_info(wanted, **PATIENCE)
    assert answer.status_code == 202
    phases = [
        bot.get_rich_menu_batch_progress(answer.headers["X-Line-Request-Id"], **PATIENCE).phase
        for _ in range(2)
    ]
    assert [str(getattr(phase, "value", phase)) for phase in phases] == ["ongoing", "succeeded"]
    assert bot.get_rich_menu_id_of_user(user_ids(2)[1], **PATIENCE).rich_menu_id == other


def test_taps(
    line: Simulator,
    clients: dict[str, Any],
    bot: messaging.MessagingApi,
    pictures: messaging.MessagingApiBlob,
) -> None:
    one = made(bot, pictures, "大家")
    bot.set_default_rich_menu(one, **PATIENCE)
    line.advance(5 * 86_400)
    now = datetime.fromtimestamp(line.state.clock.now(), UTC)
    since, until = (f"{now - timedelta(days=days):%Y%m%d}" for days in (30, 0))
    figures = insight.Insight(clients["insight"])
    total = figures.get_rich_menu_insight_summary(one, since, until, **PATIENCE)
    assert total.impression.metrics.unique_users > 1_000
    assert len(total.clicks) == 6
    days = figures.get_rich_menu_insight_daily(one, since, until, **PATIENCE)
    assert sum(day.count for day in days.impression.metrics) == total.impression.metrics.count
    with pytest.raises(insight.ApiException):
        figures.get_rich_menu_insight_daily(one, f"{now - timedelta(days=100):%Y%m%d}", until, **PATIENCE)
