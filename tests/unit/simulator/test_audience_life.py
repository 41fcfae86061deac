"""Adding to audiences and their life: jobs, READY, failure, expiry, renaming, deleting."""

from __future__ import annotations

import pytest

from desktop.core.limits import AUDIENCE
from desktop.simulator import Settings, Simulator
from tests.unit.simulator.shop import Shop, code, user_ids


def job_statuses(shown: dict) -> list[str]:
    return [job["jobStatus"] for job in shown["jobs"]]


def test_a_job_waits_runs_and_ends_and_then_the_audience_is_ready(shop: Shop) -> None:
    audience = shop.created("熟客", user_ids(7))
    looks = [shop.get(audience) for _ in range(4)]
    assert [job_statuses(look) for look in looks] == [["QUEUED"], ["WORKING"], ["FINISHED"], ["FINISHED"]]
    assert [look["audienceGroup"]["status"] for look in looks] == [
        "IN_PROGRESS",
        "IN_PROGRESS",
        "READY",
        "READY",
    ]
    assert looks[0]["audienceGroup"]["audienceCount"] == 0
    assert looks[-1]["audienceGroup"]["audienceCount"] == 7
    assert looks[-1]["jobs"][0]["audienceCount"] == 7
    assert looks[-1]["jobs"][0]["failedType"] is None


def test_a_ready_audience_stays_ready_while_a_later_job_runs(line: Simulator, shop: Shop) -> None:
    line.configure(processing_polls=0)
    audience = shop.created("熟客", user_ids(3))
    assert shop.status(audience) == "READY"
    line.configure(processing_polls=2)
    assert shop.add(audience, user_ids(3, 100), uploadDescription="op-2").status_code == 202
    looks = [shop.get(audience) for _ in range(3)]
    assert [look["audienceGroup"]["status"] for look in looks] == ["READY"] * 3
    assert [job_statuses(look) for look in looks] == [
        ["QUEUED", "FINISHED"],
        ["WORKING", "FINISHED"],
        ["FINISHED", "FINISHED"],
    ]
    assert [look["audienceGroup"]["audienceCount"] for look in looks] == [3, 3, 6]


def test_jobs_may_take_time_instead_of_looks(line: Simulator, shop: Shop) -> None:
    line.configure(processing_polls=0, processing_seconds=3600)
    audience = shop.created("熟客", user_ids(3))
    assert [shop.status(audience) for _ in range(5)] == ["IN_PROGRESS"] * 5
    line.advance(1800)
    assert job_statuses(shop.get(audience)) == ["WORKING"]
    line.advance(1801)
    assert shop.status(audience) == "READY"


def test_listing_is_no_look(shop: Shop) -> None:
    audience = shop.created("熟客", user_ids(3))
    for _ in range(4):
        shop.listed()
    assert job_statuses(shop.get(audience)) == ["QUEUED"]


@pytest.mark.parametrize("how", ["json", "file"])
def test_added_ids_join_those_already_there_once(line: Simulator, shop: Shop, how: str) -> None:
    audience = shop.created("熟客", user_ids(5))
    more = user_ids(5, 3)
    if how == "json":
        answer = shop.add(audience, more)
    else:
        answer = shop.send_file("PUT", "\n".join(more).encode(), audienceGroupId=str(audience))
    assert (answer.status_code, answer.json()) == (202, {})
    assert line.ids_of(audience) == set(user_ids(8))
    shown = [shop.get(audience) for _ in range(3)][-1]
    assert [job["audienceCount"] for job in shown["jobs"]] == [3, 5]


def test_adding_refuses_what_creating_refuses(line: Simulator, shop: Shop) -> None:
    audience = shop.created("熟客", user_ids(1))
    for ids, expected in (
        ([], "UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS"),
        (["U123"], "UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT"),
        (user_ids(10_001), "UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS"),
    ):
        answer = shop.add(audience, ids)
        assert (answer.status_code, code(answer)) == (400, expected)
    assert line.ids_of(audience) == set(user_ids(1))


@pytest.mark.parametrize("wrong", [None, "12", True, 1.5])
def test_adding_needs_a_number_as_audience(shop: Shop, wrong: object) -> None:
    assert shop.add(wrong, user_ids(1)).status_code == 400


def test_an_unknown_audience_is_400_with_its_code_everywhere(shop: Shop) -> None:
    path = "/v2/bot/audienceGroup/99"
    answers = [
        shop.call("GET", path),
        shop.call("DELETE", path),
        shop.call("PUT", f"{path}/updateDescription", json={"description": "x"}),
        shop.add(99, user_ids(1)),
        shop.send_file("PUT", b"U" + b"0" * 32, audienceGroupId="99"),
    ]
    assert [(answer.status_code, code(answer)) for answer in answers] == [
        (400, "AUDIENCE_GROUP_NOT_FOUND")
    ] * 5
    assert answers[0].json() == {
        "message": "audience group not found",
        "details": [{"message": "AUDIENCE_GROUP_NOT_FOUND"}],
    }


def test_ten_jobs_run_at_once_and_the_eleventh_is_429(shop: Shop) -> None:
    audience = shop.created("熟客", user_ids(1))
    answers = [shop.add(audience, user_ids(1, number)).status_code for number in range(1, 11)]
    assert answers == [202] * 9 + [429]
    for _ in range(3):
        shop.get(audience)
    assert shop.add(audience, user_ids(1, 50)).status_code == 202


def test_at_most_fifty_jobs_are_shown(line: Simulator, shop: Shop) -> None:
    line.configure(processing_polls=0, rate_scale=None)
    audience = shop.created("熟客", user_ids(1))
    for number in range(1, 55):
        shop.add(audience, user_ids(1, number), uploadDescription=f"op-{number}")
    shown = shop.get(audience)["jobs"]
    assert [job["description"] for job in shown] == [f"op-{number}" for number in range(54, 4, -1)]


def test_a_failed_first_job_fails_the_audience_and_adds_nobody(line: Simulator, shop: Shop) -> None:
    line.configure(failing_jobs=1, failed_type="INTERNAL_ERROR")
    audience = shop.created("熟客", user_ids(3))
    shown = [shop.get(audience) for _ in range(3)][-1]
    assert shown["audienceGroup"]["status"] == "FAILED"
    assert shown["audienceGroup"]["failedType"] == "INTERNAL_ERROR"
    assert (shown["jobs"][0]["jobStatus"], shown["jobs"][0]["failedType"]) == ("FAILED", "INTERNAL_ERROR")
    assert line.ids_of(audience) == set()
    shop.add(audience, user_ids(3))
    assert [shop.status(audience) for _ in range(3)][-1] == "READY"


def test_a_failed_later_job_leaves_the_audience_ready(line: Simulator, shop: Shop) -> None:
    line.configure(processing_polls=0)
    audience = shop.created("熟客", user_ids(3))
    line.configure(failing_jobs=1)
    shop.add(audience, user_ids(3, 10))
    shown = shop.get(audience)
    assert (shown["audienceGroup"]["status"], job_statuses(shown)) == ("READY", ["FAILED", "FINISHED"])


def test_after_180_days_it_is_expired_and_a_month_later_gone(line: Simulator, shop: Shop) -> None:
    line.configure(processing_polls=0)
    audience = shop.created("熟客", user_ids(3))
    line.advance(AUDIENCE.life_seconds - 60)
    assert shop.add(audience, user_ids(1, 9)).status_code == 202
    line.advance(60)
    assert shop.status(audience) == "EXPIRED"
    refused = shop.add(audience, user_ids(1, 10))
    assert (refused.status_code, code(refused)) == (400, "AUDIENCE_GROUP_CAN_NOT_UPLOAD_STATUS_EXPIRED")
    line.advance(AUDIENCE.deleted_after_expiry_seconds)
    assert shop.listed()["totalCount"] == 0


def test_renaming_follows_the_rules_of_names(line: Simulator, shop: Shop) -> None:
    audience = shop.created("熟客", user_ids(1))
    other = shop.created("VIP", user_ids(1))
    path = f"/v2/bot/audienceGroup/{audience}/updateDescription"
    answer = shop.call("PUT", path, json={"description": "老朋友"})
    assert (answer.status_code, answer.json()) == (200, {})
    assert shop.get(audience)["audienceGroup"]["description"] == "老朋友"
    assert code(shop.call("PUT", path, json={"description": "x" * 121})) == "AUDIENCE_GROUP_NAME_SIZE_OVER"
    assert code(shop.call("PUT", path, json={"description": "a\nb"})) == "AUDIENCE_GROUP_NAME_WRONG"
    line.configure(refuse_duplicate_names=True)
    assert shop.call("PUT", path, json={"description": "老朋友"}).status_code == 200
    assert code(shop.call("PUT", path, json={"description": "vip"})) == "AUDIENCE_GROUP_NAME_WRONG"
    assert shop.get(other)["audienceGroup"]["description"] == "VIP"


def test_deleting_answers_202_and_the_audience_is_gone(line: Simulator, shop: Shop) -> None:
    audience = shop.created("熟客", user_ids(1))
    answer = shop.call("DELETE", f"/v2/bot/audienceGroup/{audience}")
    assert (answer.status_code, answer.json()) == (202, {})
    assert line.audiences() == []
    with pytest.raises(KeyError):
        line.ids_of(audience)
    assert shop.created("新的", user_ids(1)) != audience


def test_audiences_of_the_manager_can_be_read_and_not_changed(line: Simulator, shop: Shop) -> None:
    audience = line.add_foreign_audience("後台的受眾")
    assert shop.get(audience)["audienceGroup"]["permission"] == "READ"
    path = f"/v2/bot/audienceGroup/{audience}"
    assert shop.call("DELETE", path).status_code == 403
    assert shop.call("PUT", f"{path}/updateDescription", json={"description": "x"}).status_code == 403
    assert shop.add(audience, user_ids(1)).status_code == 403
    assert [one.description for one in line.audiences()] == ["後台的受眾"]


def test_in_practice_an_audience_is_seen_in_progress_and_then_ready(line: Simulator, shop: Shop) -> None:
    practice = Settings.for_practice()
    line.configure(processing_polls=practice.processing_polls, processing_seconds=practice.processing_seconds)
    audience = shop.created("熟客", user_ids(2))
    assert shop.status(audience) == "IN_PROGRESS"
    line.advance(practice.processing_seconds)
    assert shop.status(audience) == "READY"
