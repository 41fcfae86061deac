"""Setting and reading the simulator over its own port, as another process does."""

from __future__ import annotations

import pytest
import requests

from desktop.simulator import Simulator
from tests.unit.simulator.shop import Shop, user_ids

ADMIN = "/__simulator__"


def call(line: Simulator, method: str, place: str, body: object = None) -> requests.Response:
    return requests.request(method, f"{line.url}{ADMIN}/{place}", json=body, timeout=20)


def test_it_tells_how_to_reach_it_and_how_it_is_set(line: Simulator) -> None:
    about = call(line, "GET", "").json()
    assert about["url"] == line.url
    assert (about["token"], about["channel_id"]) == (line.token, line.channel_id)
    assert about["settings"]["processing_polls"] == 2


def test_faults_are_set_listed_and_cleared(line: Simulator, shop: Shop) -> None:
    answer = call(line, "POST", "faults", {"kind": "status", "status": 503, "count": 2, "path": "info"})
    assert [(one["kind"], one["count"]) for one in answer.json()["faults"]] == [("status", 2)]
    assert shop.call("GET", "/v2/bot/info").status_code == 503
    assert call(line, "GET", "faults").json()["faults"][0]["count"] == 1
    assert call(line, "DELETE", "faults").json() == {"faults": []}
    assert shop.call("GET", "/v2/bot/info").status_code == 200


def test_settings_and_account_are_changed_by_name(line: Simulator) -> None:
    answer = call(
        line, "PATCH", "settings", {"processing_seconds": 3, "rate_scale": None, "not_agreed": user_ids(2)}
    )
    assert answer.status_code == 200
    assert line.state.settings.processing_seconds == 3.0
    assert line.state.settings.rate_scale is None
    assert line.state.settings.not_agreed == set(user_ids(2))
    assert call(line, "PATCH", "account", {"verified": False, "plan_quota": None}).status_code == 200
    assert (line.state.account.verified, line.state.account.plan_quota) == (False, None)


@pytest.mark.parametrize(
    "changes",
    [
        {"processing_polls": "2"},
        {"processing_polls": True},
        {"nothing": 1},
        {"failed_type": 1},
        {"delete_status": 204},
        {"list_order": "any"},
    ],
)
def test_wrong_settings_change_nothing(line: Simulator, changes: dict[str, object]) -> None:
    before = line.state.settings.processing_seconds
    assert call(line, "PATCH", "settings", {"processing_seconds": 9.0, **changes}).status_code == 400
    assert line.state.settings.processing_seconds == before


def test_people_clock_and_token(line: Simulator, shop: Shop) -> None:
    someone = user_ids(1)[0]
    body = {"people": {someone: {"display_name": "小美"}}, "followers": 12}
    assert call(line, "PUT", "people", body).json() == {"people": 1}
    assert line.state.account.followers == 12
    assert shop.call("GET", f"/v2/bot/profile/{someone}").status_code == 200
    before = call(line, "GET", "").json()["now"]
    assert call(line, "POST", "clock", {"seconds": 500}).json()["now"] >= before + 500
    assert call(line, "POST", "clock", {"seconds": -1}).status_code == 400
    assert call(line, "POST", "token").json()["token"] == line.token
    assert shop.call("GET", "/v2/bot/info").status_code == 401


def test_audiences_their_ids_and_the_log(line: Simulator, shop: Shop) -> None:
    audience = shop.created("熟客", user_ids(3))
    foreign = call(line, "POST", "audiences", {"description": "後台的"}).json()["id"]
    shown = call(line, "GET", "audiences").json()["audiences"]
    assert {one["id"]: one["ids"] for one in shown} == {audience: 3, foreign: 0}
    assert call(line, "GET", f"audiences/{audience}/ids").text.split() == user_ids(3)
    assert call(line, "GET", "audiences/1/ids").status_code == 404
    logged = call(line, "GET", "requests").json()["requests"]
    # The log holds LINE's calls only, not these.
    assert [(one["method"], one["status"]) for one in logged] == [("POST", 202)]


@pytest.mark.parametrize(
    ("method", "place", "body"),
    [
        ("POST", "faults", {"kind": "gremlins"}),
        ("POST", "faults", {"kind": "status", "colour": "red"}),
        ("PUT", "people", {"people": {"U1": {"display_name": "x"}}}),
        ("PUT", "people", {"people": {}, "likes": 3}),
        ("POST", "audiences", {"colour": "red"}),
    ],
)
def test_what_cannot_be_set_is_400_with_a_sentence(
    line: Simulator, method: str, place: str, body: object
) -> None:
    answer = call(line, method, place, body)
    assert answer.status_code == 400
    assert answer.json()["message"]


def test_unknown_admin_paths_are_404(line: Simulator) -> None:
    assert call(line, "GET", "secrets").status_code == 404
    assert call(line, "DELETE", "").status_code == 404
