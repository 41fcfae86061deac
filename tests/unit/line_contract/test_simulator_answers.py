"""Every answer the simulator gives parses with the models of LINE's own library and holds nothing they do not know, successes and
refusals alike; an endpoint without a line in the contract, or without a request here, fails."""

from __future__ import annotations

import http.client
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from desktop.simulator import Simulator
from desktop.simulator.routes import ROUTES
from tests.unit.line_contract.conftest import Written
from tests.unit.line_contract.contract import CONTRACTS, check_answer
from tests.unit.line_contract.menu_shop import ask_about_menus, ask_wrongly_about_menus
from tests.unit.simulator.shop import LIST, UPLOAD, Shop, user_ids

MESSAGE = "/v2/bot/message"
TEXT = {"messages": [{"type": "text", "text": "早安"}]}
GROUP = "/v2/bot/audienceGroup"


@pytest.fixture
def shop(line: Simulator) -> Iterator[Shop]:
    client = Shop(line)
    yield client
    client.close()


def test_every_endpoint_has_a_contract() -> None:
    assert {route.name for route in ROUTES} == set(CONTRACTS)


def ask_everything(line: Simulator, shop: Shop) -> None:
    """Each endpoint with what it likes."""
    people = {
        one: {
            "display_name": "客",
            "picture_url": "https://a.b/c",
            "status_message": "嗨",
            "language": "zh-Hant",
        }
        for one in user_ids(40)
    }
    line.seed(people)
    group = shop.created("熟客", user_ids(30))
    shop.add(group, user_ids(10, 30), uploadDescription="op-1")
    shop.send_file("POST", "\n".join(user_ids(3)).encode(), description="檔案")
    shop.send_file("PUT", "\n".join(user_ids(3)).encode(), audienceGroupId=str(group))
    line.configure(failing_jobs=1)
    failed = shop.created("失敗", user_ids(2))
    line.configure(processing_polls=5)
    running = shop.created("還在跑", user_ids(2))
    line.add_foreign_audience("後台的")
    for one in (group, failed, running):
        shop.get(one)
    shop.listed(size=40)
    shop.call("PUT", f"{GROUP}/{group}/updateDescription", json={"description": "老朋友"})
    shop.call("DELETE", f"{GROUP}/{failed}")
    sent = shop.call(
        "POST",
        f"{MESSAGE}/narrowcast",
        json={**TEXT, "recipient": {"type": "audience", "audienceGroupId": group}, "limit": {"max": 40}},
        headers={"X-Line-Retry-Key": str(uuid.uuid4())},
    )
    request_id = sent.headers["X-Line-Request-Id"]
    event = {"requestId": request_id}
    shop.call("GET", "/v2/bot/insight/message/event", params=event)
    for _ in range(3):
        shop.call("GET", f"{MESSAGE}/progress/narrowcast", params=event)
    shop.call("GET", "/v2/bot/insight/message/event", params=event)
    line.configure(failing_sends=1, send_error_code=2)
    failing = shop.call("POST", f"{MESSAGE}/narrowcast", json={**TEXT, "limit": {"max": 5}})
    for _ in range(3):
        shop.call(
            "GET",
            f"{MESSAGE}/progress/narrowcast",
            params={"requestId": failing.headers["X-Line-Request-Id"]},
        )
    shop.call("POST", f"{MESSAGE}/push", json={**TEXT, "to": user_ids(1)[0]})
    shop.call("POST", f"{MESSAGE}/multicast", json={**TEXT, "to": user_ids(3)})
    for kind in ("reply", "push", "multicast", "narrowcast", "broadcast"):
        shop.call("POST", f"{MESSAGE}/validate/{kind}", json=TEXT)
    for path in (
        "/v2/bot/info",
        f"/v2/bot/profile/{user_ids(1)[0]}",
        f"{MESSAGE}/quota",
        f"{MESSAGE}/quota/consumption",
        "/v2/bot/insight/demographic",
    ):
        shop.call("GET", path)
    shop.call("GET", "/v2/bot/followers/ids", params={"limit": 10})
    for day in ("20150101", "20260101", "20990101"):
        shop.call("GET", "/v2/bot/insight/followers", params={"date": day})
        shop.call("GET", "/v2/bot/insight/message/delivery", params={"date": day})
        shop.call("GET", f"{MESSAGE}/delivery/push", params={"date": day})
    ask_about_menus(line, shop)
    line.configure_account(plan_quota=None, targeted_reaches=5)
    shop.call("GET", f"{MESSAGE}/quota")
    shop.call("GET", "/v2/bot/insight/demographic")
    ask_for_tokens(line, shop, line.channel_secret)


def ask_for_tokens(line: Simulator, shop: Shop, secret: str) -> None:
    form = {"grant_type": "client_credentials", "client_id": line.channel_id, "client_secret": secret}
    shop.call("POST", "/oauth2/v3/token", data=form)
    known = line.token if secret == line.channel_secret else "wrong"
    shop.call("POST", "/v2/oauth/verify", data={"access_token": known})


def ask_wrongly(line: Simulator, shop: Shop) -> None:
    """Each endpoint with what it refuses for its own reasons."""
    for path, body in (
        (UPLOAD, {"description": ""}),
        (f"{MESSAGE}/narrowcast", {"messages": []}),
        (f"{MESSAGE}/push", {**TEXT, "to": "陳美玲"}),
        (f"{MESSAGE}/multicast", {**TEXT, "to": [user_ids(1)[0], "x"]}),
        (f"{MESSAGE}/validate/push", {"messages": [{"type": "text", "text": ""}, {"type": "new"}]}),
    ):
        shop.call("POST", path, json=body)
    shop.add(1, user_ids(1))
    for method in ("POST", "PUT"):
        shop.send_file(method, b"U1", description="a", audienceGroupId="1")
    shop.call("PUT", f"{GROUP}/1/updateDescription", json={"description": "a"})
    shop.call("DELETE", f"{GROUP}/1")
    shop.call("GET", f"{GROUP}/1")
    shop.call("GET", LIST, params={"page": 0, "size": 41})
    ask_wrongly_about_menus(shop)
    line.configure_account(verified=False)
    shop.call("GET", "/v2/bot/followers/ids")
    shop.call("GET", f"/v2/bot/profile/{user_ids(1)[0]}")
    for path in (
        "/v2/bot/insight/followers",
        "/v2/bot/insight/message/delivery",
        f"{MESSAGE}/delivery/push",
    ):
        shop.call("GET", path, params={"date": "yesterday"})
    for path in ("/v2/bot/insight/message/event", f"{MESSAGE}/progress/narrowcast"):
        shop.call("GET", path)
    ask_for_tokens(line, shop, "wrong")


def test_successes(line: Simulator, shop: Shop, written: Written) -> None:
    ask_everything(line, shop)
    refusals = [(name, reply.body) for name, _, reply in written.exchanges if reply.status >= 400]
    assert refusals == []
    assert written.names(refused=False) == set(CONTRACTS)
    for name, _, reply in written.exchanges:
        check_answer(name, reply)


def test_refusals(line: Simulator, shop: Shop, written: Written) -> None:
    ask_wrongly(line, shop)
    assert [name for name, _, reply in written.exchanges if reply.status < 400] == []
    never_refuse = {
        "GET /v2/bot/info",
        f"GET {MESSAGE}/quota",
        f"GET {MESSAGE}/quota/consumption",
        "GET /v2/bot/insight/demographic",
        "GET /v2/bot/richmenu/list",
        "GET /v2/bot/richmenu/alias/list",
        "DELETE /v2/bot/user/all/richmenu",
    }
    assert written.names(refused=True) == set(CONTRACTS) - never_refuse
    for name, _, reply in written.exchanges:
        check_answer(name, reply)


@pytest.mark.parametrize("wrong", ["token", "rate", "retry key"])
def test_what_every_endpoint_refuses(line: Simulator, shop: Shop, written: Written, wrong: str) -> None:
    """A token that is no good, too many requests, and a retry key where LINE supports none: in LINE's shape, with a request ID."""
    if wrong == "rate":
        line.configure(rate_scale=0.0)
    for route in ROUTES:
        if route.rate == "other" and wrong == "rate":
            continue
        headers = {"Authorization": "Bearer wrong"} if wrong == "token" else {}
        if wrong == "retry key":
            headers["X-Line-Retry-Key"] = str(uuid.uuid4())
        body: dict[str, Any] = {"json": {}} if route.method in ("POST", "PUT") else {}
        answer = shop.call(
            route.method, route.place.replace("{", "").replace("}", ""), headers=headers, **body
        )
        uuid.UUID(answer.headers["X-Line-Request-Id"])
        expected = {"token": 401, "rate": 429, "retry key": 400}[wrong]
        if route.needs_token or wrong != "token":
            assert answer.status_code == expected, (route.name, answer.status_code)
        if wrong == "retry key" and not route.retries:
            assert answer.json()["details"][0]["property"] == "X-Line-Retry-Key", route.name
    for name, _, reply in written.exchanges:
        check_answer(name, reply)


def test_a_request_id_on_what_is_no_endpoint_too(line: Simulator) -> None:
    for method, path, headers in (
        ("GET", "/v2/bot/nothing", {}),
        ("DELETE", "/v2/bot/info", {}),
        ("POST", "/v2/bot/message/push", {"Transfer-Encoding": "chunked"}),
    ):
        connection = http.client.HTTPConnection("127.0.0.1", line.port, timeout=5)
        connection.putrequest(method, path)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        assert answer.status in (404, 405, 411)
        uuid.UUID(answer.headers["X-Line-Request-Id"])
        answer.read()
        connection.close()
