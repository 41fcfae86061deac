"""The switches for what LINE leaves open: each changes one behaviour and nothing else, in this process and from another."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.simulator import Simulator
from tests.unit.simulator.shop import Shop, code, user_ids

GROUP = "/v2/bot/audienceGroup"


def job(shop: Shop, group: int) -> dict[str, Any]:
    shown: dict[str, Any] = shop.get(group)["jobs"][0]
    return shown


def test_looks_that_show_a_job_queued_and_working(line: Simulator, shop: Shop) -> None:
    line.configure(processing_polls=4, queued_polls=3)
    group = shop.created("熟客", user_ids(2))
    assert [job(shop, group)["jobStatus"] for _ in range(5)] == ["QUEUED"] * 3 + ["WORKING", "FINISHED"]


def test_ready_before_the_job_has_ended(line: Simulator, shop: Shop) -> None:
    line.configure(processing_polls=2, ready_early=True)
    group = shop.created("熟客", user_ids(2))
    seen = [
        (one["audienceGroup"]["status"], one["jobs"][0]["jobStatus"])
        for one in (shop.get(group), shop.get(group), shop.get(group))
    ]
    assert seen == [("READY", "QUEUED"), ("READY", "WORKING"), ("READY", "FINISHED")]


@pytest.mark.parametrize("reason", [None, "INTERNAL_ERROR"])
def test_a_job_fails_with_or_without_a_reason(line: Simulator, shop: Shop, reason: str | None) -> None:
    line.configure(processing_polls=0, failing_jobs=1, failed_type=reason)
    group = shop.created("熟客", user_ids(2))
    shown = shop.get(group)
    assert (shown["audienceGroup"]["status"], shown["jobs"][0]["jobStatus"]) == ("FAILED", "FAILED")
    assert (shown["audienceGroup"].get("failedType"), shown["jobs"][0]["failedType"]) == (reason, reason)
    assert line.ids_of(group) == frozenset()
    assert shop.add(group, user_ids(2)).status_code == 202
    assert shop.status(group) == "READY"


def test_line_counts_fewer_than_the_list(line: Simulator, shop: Shop) -> None:
    line.configure(processing_polls=0, left_out=14)
    group = shop.created("熟客", user_ids(812))
    assert shop.get(group)["audienceGroup"]["audienceCount"] == 798


@pytest.mark.parametrize(
    ("choice", "status", "stored"), [("accept", 202, 3), ("ignore", 202, 2), ("refuse", 400, 0)]
)
def test_another_providers_ids(line: Simulator, shop: Shop, choice: str, status: int, stored: int) -> None:
    line.configure(processing_polls=0, foreign_ids=set(user_ids(1)), foreign_in_audiences=choice)
    answer = shop.create("熟客", user_ids(3))
    assert answer.status_code == status
    if status == 202:
        assert len(line.ids_of(answer.json()["audienceGroupId"])) == stored
    else:
        assert code(answer) == "UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT"
        assert line.audiences() == []
        assert shop.created("沒有外人", user_ids(2, 1))


def test_names_are_refused_in_any_case_or_allowed(line: Simulator, shop: Shop) -> None:
    first = shop.created("VIP 熟客", user_ids(1))
    assert shop.create("vip 熟客", user_ids(1)).status_code == 202
    line.configure(refuse_duplicate_names=True)
    assert code(shop.create("Vip 熟客", user_ids(1))) == "AUDIENCE_GROUP_NAME_WRONG"
    own = shop.call("PUT", f"{GROUP}/{first}/updateDescription", json={"description": "新名字"})
    assert own.status_code == 200


def test_ids_for_an_audience_that_is_not_ready(line: Simulator, shop: Shop) -> None:
    group = shop.created("熟客", user_ids(1))
    assert shop.add(group, user_ids(1, 1)).status_code == 202
    line.configure(refuse_adds_in_progress=True)
    assert shop.add(group, user_ids(1, 2)).status_code == 400
    for _ in range(3):
        shop.get(group)
    assert shop.add(group, user_ids(1, 2)).status_code == 202


@pytest.mark.parametrize("status", [200, 202])
def test_how_a_delete_is_answered(line: Simulator, shop: Shop, status: int) -> None:
    line.configure(delete_status=status)
    group = shop.created("熟客", user_ids(1))
    assert shop.call("DELETE", f"{GROUP}/{group}").status_code == status
    assert line.audiences() == []


def test_the_order_of_the_list(line: Simulator, shop: Shop) -> None:
    made = [shop.created(name, user_ids(1)) for name in ("丙", "甲", "乙", "丁")]
    orders = {}
    for order in ("newest", "oldest", "name", "shuffled"):
        line.configure(list_order=order)
        orders[order] = [one["audienceGroupId"] for one in shop.listed(size=3)["audienceGroups"]]
        orders[order] += [one["audienceGroupId"] for one in shop.listed(size=3, page=2)["audienceGroups"]]
        assert sorted(orders[order]) == sorted(made)
    assert orders["newest"] == orders["oldest"][::-1] == made[::-1]
    assert orders["name"] == [made[3], made[0], made[2], made[1]]


def test_what_others_do_behind_our_back(line: Simulator, shop: Shop) -> None:
    group, other = shop.created("熟客", user_ids(1)), shop.created("另一個", user_ids(1))
    path = f"/__simulator__/audiences/{group}"
    assert shop.call("PATCH", path, json={"description": "別人改的"}).status_code == 200
    assert shop.get(group)["audienceGroup"]["description"] == "別人改的"
    assert shop.call("PATCH", path, json={"permission": "READ"}).status_code == 200
    assert shop.call("DELETE", f"{GROUP}/{group}").status_code == 403
    assert shop.call("PATCH", path, json={"stored": 5}).status_code == 400
    assert shop.call("GET", f"{path}/ids").text == f"{user_ids(1)[0]}\n"
    assert shop.call("DELETE", path).status_code == 200
    assert shop.call("DELETE", path).status_code == 404
    assert shop.call("PUT", path, json={}).status_code == 405
    assert [one.id for one in line.audiences()] == [other]
    with pytest.raises(KeyError):
        line.delete_audience(group)


def test_the_end_of_an_audience_by_the_clock(line: Simulator, shop: Shop) -> None:
    line.configure(processing_polls=0)
    group = shop.created("熟客", user_ids(1))
    line.advance(15_552_000 - 5)
    assert shop.status(group) == "READY"
    line.advance(10)
    assert shop.status(group) == "EXPIRED"
    assert code(shop.add(group, user_ids(1))) == "AUDIENCE_GROUP_CAN_NOT_UPLOAD_STATUS_EXPIRED"
    line.advance(2_592_000)
    assert code(shop.call("GET", f"{GROUP}/{group}")) == "AUDIENCE_GROUP_NOT_FOUND"


@pytest.mark.parametrize(
    "wrong",
    [
        {"delete_status": 204},
        {"list_order": "any"},
        {"foreign_in_audiences": "maybe"},
        {"send_error_code": 9},
    ],
)
def test_switches_have_no_other_positions(line: Simulator, wrong: dict[str, Any]) -> None:
    before = line.state.settings.to_json()
    with pytest.raises(ValueError, match="must be one of"):
        line.configure(**wrong)
    assert line.state.settings.to_json() == before
