"""What LINE's calls give back as values, against the simulated LINE and against answers LINE may give one day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from desktop.line_api.account import account, friend_figures, quota
from desktop.line_api.audience_groups import create_from_json, each, get, oldest
from desktop.line_api.client import LineClient
from desktop.line_api.errors import OutcomeUnknown, Refused, RetryLater
from desktop.line_api.friends import follower_ids, profile
from desktop.line_api.messages import Narrowcast, narrowcast
from desktop.line_api.tokens import FixedToken
from desktop.line_api.transport import LineHosts
from desktop.simulator.simulator import Simulator
from tests.scenarios.upload_world import StillClock, user_id
from tests.unit.line_api.canned import canned, http


def test_an_account(client: LineClient, simulator: Simulator) -> None:
    found = account(client)
    assert (found.name, found.basic_id, found.user_id) == (
        "日日咖啡",
        "@daydaycoffee",
        simulator.state.account.user_id,
    )


def test_a_limited_and_an_unlimited_quota(client: LineClient, simulator: Simulator) -> None:
    limited = quota(client)
    assert (limited.value, limited.used, limited.left) == (3_000, 786, 2_214)
    simulator.configure_account(plan_quota=None)
    assert (quota(client).value, quota(client).left) == (None, None)
    simulator.configure_account(plan_quota=100)
    assert quota(client).left == 0


def test_friend_figures_of_the_newest_ready_day(client: LineClient, simulator: Simulator) -> None:
    now = datetime.now(UTC)
    found = friend_figures(client, now)
    assert found is not None
    assert (found.followers, found.blocks, found.targeted_reaches) == (6_020, 790, 5_230)
    assert 1 <= (now.date() - found.day).days + 1 <= 4


def test_no_friend_figures_before_line_kept_any(client: LineClient) -> None:
    assert friend_figures(client, datetime(2016, 10, 1, tzinfo=UTC)) is None


def test_the_day_of_the_figures_is_lines_own() -> None:
    body = b'{"status":"ready","followers":5,"targetedReaches":4,"blocks":1}'
    with canned(http("200 OK", body)) as server:
        made = LineClient(FixedToken("t"), hosts=LineHosts.on_this_computer(server.url))
        found = friend_figures(made, datetime(2026, 11, 20, 15, 30, tzinfo=UTC))
        assert found is not None
        assert found.day == date(2026, 11, 20), "in UTC+9 it is the 21st already"
        assert b"date=20261120" in server.received[0]


@pytest.mark.parametrize("body", [b"{}", b'{"userId":7}', b'{"totalUsage":"many"}'])
def test_answers_without_what_was_asked_for(body: bytes) -> None:
    with canned(http("200 OK", body)) as server:
        made = LineClient(FixedToken("t"), hosts=LineHosts.on_this_computer(server.url))
        for ask in (
            account,
            quota,
            lambda one: get(one, 5),
            lambda one: list(each(one)),
            lambda one: list(follower_ids(one)),
        ):
            with pytest.raises(RetryLater):
                ask(made)
        with pytest.raises(OutcomeUnknown):
            create_from_json(made, "名", "op", [user_id(1)])


def test_create_look_and_list(client: LineClient, simulator: Simulator) -> None:
    made = create_from_json(client, "熟客", "op-0", [user_id(1), user_id(2)])
    assert made.request_id == simulator.requests[-1].request_id
    assert made.expires_at is not None
    for _ in range(3):
        found = get(client, made.id)
    job = found.job("op-0")
    assert job is not None
    assert (found.name, found.status, found.count, job.status, job.count) == (
        "熟客",
        "READY",
        2,
        "FINISHED",
        2,
    )
    assert found.job("op-1") is None
    assert [one.id for one in each(client, "熟")] == [made.id]
    assert list(each(client, "生")) == []
    with pytest.raises(Refused) as gone:
        get(client, made.id + 99)
    assert gone.value.heard.codes == ("AUDIENCE_GROUP_NOT_FOUND",)


def test_all_pages_are_read(client: LineClient, simulator: Simulator) -> None:
    for number in range(95):
        simulator.state.create(f"第 {number:03}")
    assert len(list(each(client))) == 95
    assert [one.name for one in oldest(client, 2)] == ["第 000", "第 001"]


def test_a_list_that_never_ends_is_left() -> None:
    with canned(http("200 OK", b'{"audienceGroups":[{"audienceGroupId":1}],"hasNextPage":true}')) as server:
        made = LineClient(FixedToken("t"), hosts=LineHosts.on_this_computer(server.url), clock=StillClock())
        assert [one.id for one in each(made)] == [1]
        assert len(server.received) == 2


def test_followers_that_never_end_are_left() -> None:
    with canned(
        http("200 OK", f'{{"userIds":["{user_id(1)}","nonsense",5],"next":"again"}}'.encode())
    ) as server:
        made = LineClient(FixedToken("t"), hosts=LineHosts.on_this_computer(server.url))
        assert list(follower_ids(made)) == [[user_id(1)], [user_id(1)]]


def test_followers_and_profiles(client: LineClient, simulator: Simulator) -> None:
    people = {
        user_id(number): {"display_name": f"人{number}", "blocked": number % 5 == 0}
        for number in range(1, 2_301)
    }
    simulator.seed(people)
    listed = [one for page in follower_ids(client) for one in page]
    assert set(listed) == {one for one, who in people.items() if not who["blocked"]}
    shown = profile(client, user_id(1))
    assert shown is not None
    assert shown.name == "人1"
    assert profile(client, user_id(5)) is None, "who has blocked the account shows nothing"
    assert profile(client, user_id(9_999)) is None
    with pytest.raises(Refused):
        profile(client, "nonsense")


def test_only_verified_accounts_may_read_followers(client: LineClient, simulator: Simulator) -> None:
    simulator.configure_account(verified=False)
    with pytest.raises(Refused) as refused:
        list(follower_ids(client))
    assert refused.value.text.key == "line.not_verified"
    assert refused.value.cure is not None


@pytest.mark.parametrize(
    ("answer", "accepted"),
    [
        (http("202 Accepted", b"{}"), True),
        (http("200 OK", b"{}", "X-Line-Request-Id: r-1"), True),
        (http("200 OK", b"{}"), False),
        (http("200 OK", b"<html>", content_type="text/html"), False),
    ],
)
def test_what_counts_as_an_accepted_sending(answer: bytes, accepted: bool) -> None:
    with canned(answer) as server:
        made = LineClient(FixedToken("t"), hosts=LineHosts.on_this_computer(server.url))
        wanted = Narrowcast(1, [{"type": "text", "text": "早安"}], 1)
        if accepted:
            assert not narrowcast(made, wanted, "key").before
        else:
            with pytest.raises(OutcomeUnknown):
                narrowcast(made, wanted, "key")
        assert b"X-Line-Retry-Key: key" in server.received[0]
