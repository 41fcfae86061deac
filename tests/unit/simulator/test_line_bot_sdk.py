"""LINE's own client library against the simulator: its models accept the answers, its errors carry the codes.

The library's traps are worked around as its users have to: one host for both of LINE's, a timeout on every call,
file uploads by path with the suffix .txt.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from linebot.v3 import audience, insight, messaging, oauth

from desktop.simulator import Simulator
from tests.guards.logs import ExpectedLogs
from tests.unit.simulator.shop import user_ids

PATIENCE = {"_request_timeout": (5, 20)}


@pytest.fixture
def client_of(line: Simulator) -> Iterator[Any]:
    """A maker of API clients of a module of the library; their connections end with the test."""
    made: list[Any] = []

    def make(module: Any, token: str | None = None) -> Any:
        client = module.ApiClient(module.Configuration(host=line.url, access_token=token or line.token))
        made.append(client)
        return client

    yield make
    for client in made:
        client.close()
        client.rest_client.pool_manager.clear()


@pytest.fixture
def audiences(client_of: Any) -> audience.ManageAudience:
    return audience.ManageAudience(client_of(audience))


@pytest.fixture
def files(client_of: Any) -> audience.ManageAudienceBlob:
    return audience.ManageAudienceBlob(client_of(audience))


@pytest.fixture
def bot(client_of: Any) -> messaging.MessagingApi:
    return messaging.MessagingApi(client_of(messaging))


def create(api: audience.ManageAudience, name: str, ids: list[str], description: str | None = None) -> int:
    made = api.create_audience_group(
        audience.CreateAudienceGroupRequest(
            description=name,
            uploadDescription=description,
            audiences=[audience.Audience(id=one) for one in ids],
        ),
        **PATIENCE,
    )
    assert made.type == audience.AudienceGroupType.UPLOAD
    assert made.create_route == "MESSAGING_API"
    assert made.expire_timestamp - made.created == 15_552_000
    return int(made.audience_group_id)


def refused(error: pytest.ExceptionInfo[Any]) -> tuple[int, str]:
    body = json.loads(error.value.body)
    return error.value.status, body["details"][0]["message"]


def test_create_add_and_look_until_ready(line: Simulator, audiences: audience.ManageAudience) -> None:
    group = create(audiences, "熟客", user_ids(3), "op-1")
    added = audiences.add_audience_to_audience_group_with_http_info(
        audience.AddAudienceToAudienceGroupRequest(
            audienceGroupId=group,
            uploadDescription="op-2",
            audiences=[audience.Audience(id=one) for one in user_ids(3, 2)],
        ),
        **PATIENCE,
    )
    assert added.status_code == 202
    assert added.headers["X-Line-Request-Id"]
    looks = [audiences.get_audience_data(group, **PATIENCE) for _ in range(3)]
    assert [look.audience_group.status.value for look in looks] == ["IN_PROGRESS", "IN_PROGRESS", "READY"]
    assert [[job.job_status.value for job in look.jobs] for look in looks] == [
        ["QUEUED", "QUEUED"],
        ["WORKING", "WORKING"],
        ["FINISHED", "FINISHED"],
    ]
    last = looks[-1]
    assert [(job.description, job.audience_count) for job in last.jobs] == [("op-2", 2), ("op-1", 3)]
    assert last.audience_group.audience_count == 5
    assert last.audience_group.permission == audience.AudienceGroupPermission.READ_WRITE
    assert line.ids_of(group) == set(user_ids(5))


def test_a_failed_job_in_the_librarys_words(line: Simulator, audiences: audience.ManageAudience) -> None:
    line.configure(failing_jobs=1, processing_polls=0)
    group = create(audiences, "熟客", user_ids(3))
    shown = audiences.get_audience_data(group, **PATIENCE)
    assert shown.audience_group.status == audience.AudienceGroupStatus.FAILED
    assert shown.audience_group.failed_type == audience.AudienceGroupFailedType.INTERNAL_ERROR
    assert shown.jobs[0].failed_type == audience.AudienceGroupJobFailedType.INTERNAL_ERROR


def test_files(line: Simulator, files: audience.ManageAudienceBlob, tmp_path: Path) -> None:
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_bytes(("\n".join(user_ids(4)) + "\n").encode())
    second.write_bytes("\n".join(user_ids(4, 3)).encode())
    made = files.create_audience_for_uploading_user_ids(
        str(first), description="中文名單", upload_description="op-1", **PATIENCE
    )
    assert made.description == "中文名單"
    files.add_user_ids_to_audience(
        str(second), audience_group_id=made.audience_group_id, upload_description="op-2", **PATIENCE
    )
    assert line.ids_of(made.audience_group_id) == set(user_ids(7))


def test_a_csv_file_is_refused(files: audience.ManageAudienceBlob, tmp_path: Path) -> None:
    path = tmp_path / "ids.csv"
    path.write_bytes(user_ids(1)[0].encode())
    with pytest.raises(audience.ApiException) as error:
        files.create_audience_for_uploading_user_ids(str(path), description="名單", **PATIENCE)
    assert error.value.status == 415


def test_list_rename_and_delete(line: Simulator, audiences: audience.ManageAudience) -> None:
    line.configure(processing_polls=0)
    group = create(audiences, "VIP 熟客", user_ids(3))
    line.add_foreign_audience("後台的 VIP")
    page = audiences.get_audience_groups(
        1,
        description="vip",
        status=audience.AudienceGroupStatus.READY,
        size=40,
        includes_external_public_groups=False,
        create_route=audience.AudienceGroupCreateRoute.MESSAGING_API,
        **PATIENCE,
    )
    assert [one.audience_group_id for one in page.audience_groups] == [group]
    assert (page.has_next_page, page.total_count, page.page, page.size) == (False, 1, 1, 40)
    both = audiences.get_audience_groups(
        1, description="vip", includes_external_public_groups=True, **PATIENCE
    )
    assert (both.total_count, both.read_write_audience_group_total_count) == (2, 1)
    audiences.update_audience_group_description(
        group, audience.UpdateAudienceGroupDescriptionRequest(description="老朋友"), **PATIENCE
    )
    assert audiences.get_audience_data(group, **PATIENCE).audience_group.description == "老朋友"
    audiences.delete_audience_group(group, **PATIENCE)
    with pytest.raises(audience.ApiException) as error:
        audiences.get_audience_data(group, **PATIENCE)
    assert refused(error) == (400, "AUDIENCE_GROUP_NOT_FOUND")


def test_what_the_library_lets_through_line_refuses(audiences: audience.ManageAudience) -> None:
    for name, ids, expected in (
        ("🍎" * 61, user_ids(1), "AUDIENCE_GROUP_NAME_SIZE_OVER"),
        ("熟客", ["U123"], "UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT"),
        (" ", user_ids(1), "AUDIENCE_GROUP_NAME_EMPTY"),
    ):
        with pytest.raises(audience.ApiException) as error:
            create(audiences, name, ids)
        assert refused(error) == (400, expected)


def test_the_account_its_quota_and_its_people(line: Simulator, bot: messaging.MessagingApi) -> None:
    people = {one: {"display_name": f"客人 {number}"} for number, one in enumerate(user_ids(5))}
    line.seed(people)
    info = bot.get_bot_info(**PATIENCE)
    assert (info.display_name, info.basic_id, info.chat_mode) == ("日日咖啡", "@daydaycoffee", "chat")
    quota = bot.get_message_quota(**PATIENCE)
    assert (quota.type, quota.value) == (messaging.QuotaType.LIMITED, 3000)
    assert bot.get_message_quota_consumption(**PATIENCE).total_usage == 786
    first = bot.get_followers(limit=3, **PATIENCE)
    second = bot.get_followers(limit=3, start=first.next, **PATIENCE)
    assert first.user_ids + second.user_ids == list(people)
    assert second.next is None
    assert bot.get_profile(user_ids(1)[0], **PATIENCE).display_name == "客人 0"
    with pytest.raises(messaging.ApiException) as error:
        bot.get_profile(user_ids(1, 99)[0], **PATIENCE)
    assert error.value.status == 404


def test_follower_insight(client_of: Any) -> None:
    shown = insight.Insight(client_of(insight)).get_number_of_followers("20260101", **PATIENCE)
    assert (shown.status, shown.followers, shown.targeted_reaches, shown.blocks) == ("ready", 6020, 5230, 790)


def test_stateless_tokens_and_verifying(line: Simulator, client_of: Any) -> None:
    tokens = oauth.ChannelAccessToken(client_of(oauth))
    issued = tokens.issue_stateless_channel_token_by_client_secret(
        line.channel_id, line.channel_secret, **PATIENCE
    )
    assert (issued.token_type, issued.expires_in) == ("Bearer", 900)
    bot = messaging.MessagingApi(client_of(messaging, issued.access_token))
    assert bot.get_bot_info(**PATIENCE).display_name == "日日咖啡"
    assert tokens.verify_channel_token(line.token, **PATIENCE).client_id == line.channel_id
    with pytest.raises(oauth.ApiException) as error:
        tokens.issue_stateless_channel_token_by_client_secret(line.channel_id, "wrong", **PATIENCE)
    assert error.value.status == 400


def test_a_wrong_token_and_too_many_requests(line: Simulator, client_of: Any) -> None:
    stranger = messaging.MessagingApi(client_of(messaging, "wrong"))
    with pytest.raises(messaging.ApiException) as error:
        stranger.get_bot_info(**PATIENCE)
    assert error.value.status == 401
    line.configure(rate_scale=0.05)
    listing = audience.ManageAudience(client_of(audience))
    for _ in range(3):
        listing.get_audience_groups(1, **PATIENCE)
    with pytest.raises(audience.ApiException) as error:
        listing.get_audience_groups(1, **PATIENCE)
    assert error.value.status == 429


def test_the_library_adds_again_by_itself_after_a_cut(
    line: Simulator, audiences: audience.ManageAudience, expected_logs: ExpectedLogs
) -> None:
    expected_logs.expect("urllib3.connectionpool: Retrying")
    group = create(audiences, "熟客", user_ids(1))
    line.faults.add("cut_after", method="PUT")
    audiences.add_audience_to_audience_group(
        audience.AddAudienceToAudienceGroupRequest(
            audienceGroupId=group, audiences=[audience.Audience(id=user_ids(1, 5)[0])]
        ),
        **PATIENCE,
    )
    assert [(one.method, one.status) for one in line.requests] == [("POST", 202), ("PUT", None), ("PUT", 202)]
    assert line.ids_of(group) == {*user_ids(1), *user_ids(1, 5)}
