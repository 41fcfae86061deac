"""LINE's own library lives through a shop's month at the simulator: an audience from making to deleting, a narrowcast with its
reservation, progress and statistics, a message to one person and to several, the account's figures and friends. Every answer has
to pass the library's models on the way."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from linebot.v3 import audience, insight, messaging

from desktop.simulator import Simulator
from tests.unit.simulator.shop import user_ids

PATIENCE = {"_request_timeout": (5, 20)}
TEXT = [messaging.TextMessage(text="新品上架")]


@pytest.fixture
def clients(line: Simulator) -> Iterator[dict[str, Any]]:
    made = {
        module.__name__.rsplit(".", 1)[-1]: module.ApiClient(
            module.Configuration(host=line.url, access_token=line.token)
        )
        for module in (audience, messaging, insight)
    }
    yield made
    for client in made.values():
        client.close()
        client.rest_client.pool_manager.clear()


@pytest.fixture
def audiences(clients: dict[str, Any]) -> audience.ManageAudience:
    return audience.ManageAudience(clients["audience"])


@pytest.fixture
def bot(clients: dict[str, Any]) -> messaging.MessagingApi:
    return messaging.MessagingApi(clients["messaging"])


@pytest.fixture
def figures(clients: dict[str, Any]) -> insight.Insight:
    return insight.Insight(clients["insight"])


def an_audience(audiences: audience.ManageAudience, count: int = 60) -> int:
    made = audiences.create_audience_group(
        audience.CreateAudienceGroupRequest(
            description="熟客", audiences=[audience.Audience(id=one) for one in user_ids(count)]
        ),
        **PATIENCE,
    )
    return int(made.audience_group_id)


def narrowcast(bot: messaging.MessagingApi, group: int, key: str | None = None, **parts: Any) -> str:
    """Send, and return LINE's request ID, which the library keeps in the headers only."""
    answer = bot.narrowcast_with_http_info(
        messaging.NarrowcastRequest(
            messages=parts.pop("messages", TEXT),
            recipient=messaging.AudienceRecipient(type="audience", audienceGroupId=group),
            limit=messaging.Limit(max=parts.pop("at_most", 60), upToRemainingQuota=parts.pop("up_to", False)),
            **parts,
        ),
        x_line_retry_key=key,
        **PATIENCE,
    )
    assert answer.status_code == 202
    return str(answer.headers["X-Line-Request-Id"])


def refused(error: pytest.ExceptionInfo[Any]) -> tuple[int, str]:
    return error.value.status, messaging.ErrorResponse.from_json(error.value.body).message


def test_a_narrowcast_from_its_check_to_its_results(
    line: Simulator, audiences: audience.ManageAudience, bot: messaging.MessagingApi, figures: insight.Insight
) -> None:
    line.seed({one: {"display_name": "客"} for one in user_ids(80)})
    group = an_audience(audiences)
    button = messaging.TemplateMessage(
        altText="新品",
        template=messaging.ButtonsTemplate(
            text="新品", actions=[messaging.URIAction(label="看", uri="https://example.com/new")]
        ),
    )
    bot.validate_narrowcast(messaging.ValidateMessageRequest(messages=[*TEXT, button]), **PATIENCE)
    before = bot.get_message_quota_consumption(**PATIENCE).total_usage
    request_id = narrowcast(bot, group, messages=[*TEXT, button])
    phases = []
    for _ in range(3):
        progress = bot.get_narrowcast_progress(request_id, **PATIENCE)
        phases.append(progress.phase)
    assert phases == ["waiting", "sending", "succeeded"]
    assert (progress.target_count, progress.success_count, progress.failure_count) == (60, 60, 0)
    assert progress.completed_time >= progress.accepted_time
    assert bot.get_message_quota_consumption(**PATIENCE).total_usage == before + 60
    line.advance(15 * 86_400)
    event = figures.get_message_event(request_id, **PATIENCE)
    assert (event.overview.delivered, event.overview.unique_impression, event.overview.unique_click) == (
        60,
        37,
        None,
    )
    assert [one.seq for one in event.messages] == [1, 2]
    assert [(one.url, one.unique_click) for one in event.clicks] == [("https://example.com/new", None)]
    with pytest.raises(messaging.ApiException) as error:
        bot.get_narrowcast_progress(request_id, **PATIENCE)
    assert refused(error)[0] == 404
    line.advance(-14 * 86_400.0)
    day = figures.get_number_of_message_deliveries(today(line), **PATIENCE)
    assert (day.status, day.api_narrowcast) == ("ready", 60)


def today(line: Simulator) -> str:
    """The day (UTC+9) on which the narrowcast went out, by the simulator's clock of now: yesterday."""
    from desktop.simulator.messages.sends import line_day

    return line_day(line.state.clock.now() - 86_400)


def test_lines_own_table_of_reservation(
    line: Simulator, audiences: audience.ManageAudience, bot: messaging.MessagingApi
) -> None:
    """Reach 100, quota 90, targets 80: without a limit a request error, with upToRemainingQuota all 80."""
    line.configure_account(targeted_reaches=100, plan_quota=90, used=0)
    group = an_audience(audiences, 80)
    recipient = messaging.AudienceRecipient(type="audience", audienceGroupId=group)
    with pytest.raises(messaging.ApiException) as error:
        bot.narrowcast(messaging.NarrowcastRequest(messages=TEXT, recipient=recipient), **PATIENCE)
    assert refused(error) == (429, "You have reached your monthly limit.")
    request_id = bot.narrowcast_with_http_info(
        messaging.NarrowcastRequest(
            messages=TEXT, recipient=recipient, limit=messaging.Limit(upToRemainingQuota=True)
        ),
        **PATIENCE,
    ).headers["X-Line-Request-Id"]
    # While it runs all 90 are set aside.
    with pytest.raises(messaging.ApiException) as error:
        bot.push_message(messaging.PushMessageRequest(to=user_ids(1)[0], messages=TEXT), **PATIENCE)
    assert refused(error) == (429, "You have reached your monthly limit.")
    progress = [bot.get_narrowcast_progress(request_id, **PATIENCE) for _ in range(3)][-1]
    assert (progress.phase, progress.success_count) == ("succeeded", 80)
    bot.push_message(messaging.PushMessageRequest(to=user_ids(1)[0], messages=TEXT), **PATIENCE)
    assert bot.get_message_quota_consumption(**PATIENCE).total_usage == 81


def test_a_retry_key_is_accepted_once_a_day(
    line: Simulator, audiences: audience.ManageAudience, bot: messaging.MessagingApi
) -> None:
    group, key = an_audience(audiences), str(uuid.uuid4())
    first = narrowcast(bot, group, key)
    with pytest.raises(messaging.ApiException) as error:
        narrowcast(bot, group, key)
    assert error.value.status == 409
    assert error.value.headers["X-Line-Accepted-Request-Id"] == first
    assert error.value.headers["X-Line-Request-Id"] != first
    line.advance(86_400)
    assert narrowcast(bot, group, key) != first
    with pytest.raises(messaging.ApiException) as error:
        narrowcast(bot, group, "not-a-uuid")
    assert error.value.status == 400


def test_an_audience_that_is_not_ready(
    line: Simulator, audiences: audience.ManageAudience, bot: messaging.MessagingApi
) -> None:
    line.configure(processing_polls=3)
    group = an_audience(audiences)
    with pytest.raises(messaging.ApiException) as error:
        narrowcast(bot, group)
    assert refused(error) == (400, f"Invalid audience group id: {group}")


def test_a_filter_needs_a_hundred_friends_and_an_audience_of_fifty(
    line: Simulator, audiences: audience.ManageAudience, bot: messaging.MessagingApi
) -> None:
    group = an_audience(audiences, 49)
    women = messaging.Filter(demographic=messaging.GenderDemographicFilter(oneOf=["female"]))
    request_id = narrowcast(bot, group, filter=women)
    progress = [bot.get_narrowcast_progress(request_id, **PATIENCE) for _ in range(3)][-1]
    assert (progress.phase, progress.error_code) == ("failed", 4)
    line.configure_account(targeted_reaches=99)
    with pytest.raises(messaging.ApiException) as error:
        narrowcast(bot, group, filter=women)
    assert refused(error) == (403, "Your account does not have enough friends")


def test_both_ways_of_combining_audiences(
    line: Simulator, audiences: audience.ManageAudience, bot: messaging.MessagingApi
) -> None:
    line.seed({one: {"display_name": "客"} for one in user_ids(100)})
    all_of, some = an_audience(audiences, 60), an_audience(audiences, 25)
    without = messaging.OperatorRecipient(
        **{
            "and": [
                messaging.AudienceRecipient(audienceGroupId=all_of),
                messaging.OperatorRecipient(**{"not": messaging.AudienceRecipient(audienceGroupId=some)}),
            ]
        }
    )
    sent = bot.narrowcast_with_http_info(
        messaging.NarrowcastRequest(messages=TEXT, recipient=without, limit=messaging.Limit(max=100)),
        **PATIENCE,
    )
    progress = [bot.get_narrowcast_progress(sent.headers["X-Line-Request-Id"], **PATIENCE) for _ in range(3)][
        -1
    ]
    assert progress.success_count == 35
    too_many = messaging.OperatorRecipient(
        **{"or": [messaging.AudienceRecipient(audienceGroupId=all_of)] * 11}
    )
    with pytest.raises(messaging.ApiException) as error:
        bot.narrowcast(messaging.NarrowcastRequest(messages=TEXT, recipient=too_many), **PATIENCE)
    assert error.value.status == 400


def test_a_bad_id_is_named_by_its_place(line: Simulator, bot: messaging.MessagingApi) -> None:
    line.configure(foreign_ids={user_ids(1, 7)[0]})
    bot.multicast(messaging.MulticastRequest(to=user_ids(3), messages=TEXT), **PATIENCE)
    with pytest.raises(messaging.ApiException) as error:
        bot.multicast(
            messaging.MulticastRequest(to=[*user_ids(1), *user_ids(1, 7)], messages=TEXT), **PATIENCE
        )
    assert refused(error) == (
        400,
        "The property, 'to[1]', in the request body is invalid (line: -, column: -)",
    )


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        (messaging.TextMessage(text="🍎" * 2_501), "messages[0].text"),
        (
            messaging.ImageMessage(
                originalContentUrl="http://a.b/c.png", previewImageUrl="https://a.b/c.png"
            ),
            "messages[0].originalContentUrl",
        ),
        (
            messaging.TemplateMessage(
                altText="a" * 1_501,
                template=messaging.ConfirmTemplate(
                    text="好嗎",
                    actions=[
                        messaging.MessageAction(label="好", text="好"),
                        messaging.MessageAction(label="不好", text="不好"),
                    ],
                ),
            ),
            "messages[0].altText",
        ),
        (messaging.CouponMessage(couponId="c1", deliveryTag="標籤"), "messages[0].deliveryTag"),
        (
            messaging.TextMessage(text="好", sender=messaging.Sender(name="LINE")),
            "messages[0].sender.name",
        ),
    ],
)
def test_what_the_library_lets_through_line_refuses(
    bot: messaging.MessagingApi, wrong: messaging.Message, place: str
) -> None:
    with pytest.raises(messaging.ApiException) as error:
        bot.validate_push(messaging.ValidateMessageRequest(messages=[wrong]), **PATIENCE)
    said = messaging.ErrorResponse.from_json(error.value.body)
    assert (error.value.status, said.message) == (400, "The request body has 1 error(s)")
    assert [one.var_property for one in said.details] == [place]


def test_who_the_friends_are(line: Simulator, bot: messaging.MessagingApi, figures: insight.Insight) -> None:
    line.seed(
        {one: {"display_name": "客", "blocked": number % 7 == 0} for number, one in enumerate(user_ids(25))}
    )
    seen: list[str] = []
    following = None
    while True:
        page = bot.get_followers(limit=10, **({"start": following} if following else {}), **PATIENCE)
        seen += page.user_ids
        following = page.next
        if following is None:
            break
    assert seen == [one for number, one in enumerate(user_ids(25)) if number % 7]
    known = figures.get_friends_demographics(**PATIENCE)
    assert known.available
    assert sum(one.percentage for one in known.genders) == pytest.approx(100)
    line.advance(0)
    page = bot.get_followers(limit=10, **PATIENCE)
    line.advance(86_400)
    with pytest.raises(messaging.ApiException) as error:
        bot.get_followers(limit=10, start=page.next, **PATIENCE)
    assert error.value.status == 400
    line.configure_account(verified=False)
    with pytest.raises(messaging.ApiException) as error:
        bot.get_followers(**PATIENCE)
    assert error.value.status == 403
