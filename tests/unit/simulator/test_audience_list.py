"""Listing audiences: pages, filters, limits, and a list that lags behind."""

from __future__ import annotations

import pytest

from desktop.simulator import Simulator
from tests.unit.simulator.shop import LIST, Shop, code, user_ids


def names(page: dict) -> list[str]:
    return [one["description"] for one in page["audienceGroups"]]


def test_pages_hold_at_most_forty_and_say_whether_more_follow(line: Simulator, shop: Shop) -> None:
    for number in range(45):
        line.state.create(f"名單 {number}")
    first, second = shop.listed(size=40), shop.listed(page=2, size=40)
    assert (len(first["audienceGroups"]), first["hasNextPage"], first["totalCount"]) == (40, True, 45)
    assert (len(second["audienceGroups"]), second["hasNextPage"], second["page"]) == (5, False, 2)
    assert set(names(first)) | set(names(second)) == {f"名單 {number}" for number in range(45)}
    assert len(shop.listed()["audienceGroups"]) == shop.listed()["size"] == 20
    assert names(shop.listed(page=9)) == []


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"page": 1, "size": 41}, "TOO_HIGH"),
        ({"page": 0}, "TOO_LOW"),
        ({"page": 1, "size": 0}, "TOO_LOW"),
        ({}, "REQUIRED"),
        ({"page": "x"}, "INVALID_VALUE"),
        ({"page": 1, "status": "DONE"}, "INVALID_VALUE"),
    ],
)
def test_parameters_out_of_bounds_are_refused(shop: Shop, parameters: dict, expected: str) -> None:
    answer = shop.call("GET", LIST, params=parameters)
    assert (answer.status_code, code(answer)) == (400, expected)


def test_too_large_a_page_is_refused_in_the_documented_words(shop: Shop) -> None:
    assert shop.call("GET", LIST, params={"page": 1, "size": 41}).json() == {
        "message": "size: must be less than or equal to 40",
        "details": [{"message": "TOO_HIGH"}],
    }


def test_names_match_in_part_and_in_any_case(line: Simulator, shop: Shop) -> None:
    for name in ("VIP 熟客", "vip", "新客"):
        line.state.create(name)
    assert set(names(shop.listed(description="Vip"))) == {"VIP 熟客", "vip"}
    assert names(shop.listed(description="熟客")) == ["VIP 熟客"]


def test_status_and_route_narrow_the_list(line: Simulator, shop: Shop) -> None:
    line.configure(processing_polls=0)
    shop.created("好了", user_ids(1))
    shop.create("空的")
    line.add_foreign_audience("後台的")
    assert names(shop.listed(status="READY")) == ["好了"]
    assert names(shop.listed(createRoute="OA_MANAGER")) == ["後台的"]
    assert set(names(shop.listed(createRoute=["OA_MANAGER", "MESSAGING_API"]))) == {"好了", "空的", "後台的"}
    assert set(names(shop.listed(includesExternalPublicGroups="false"))) == {"好了", "空的"}
    every = shop.listed()
    assert (every["totalCount"], every["readWriteAudienceGroupTotalCount"]) == (3, 2)


def test_the_newest_come_first_and_carry_no_jobs(shop: Shop) -> None:
    for name in ("一", "二", "三"):
        shop.created(name, user_ids(1))
    page = shop.listed()
    assert names(page) == ["三", "二", "一"]
    assert all("jobs" not in one for one in page["audienceGroups"])


def test_the_list_may_lag_behind(line: Simulator, shop: Shop) -> None:
    line.configure(listing_lag_seconds=30)
    audience = shop.created("熟客", user_ids(1))
    assert shop.listed()["totalCount"] == 0
    assert shop.status(audience) == "IN_PROGRESS"
    line.advance(30)
    assert names(shop.listed()) == ["熟客"]
