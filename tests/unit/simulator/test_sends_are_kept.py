"""What was sent outlives the simulator: narrowcasts, what they reserved, retry keys and counts, as the practice shop needs it."""

from __future__ import annotations

import uuid
from pathlib import Path

from desktop.simulator import Simulator
from tests.unit.simulator.shop import Shop, user_ids

MESSAGE = "/v2/bot/message"
TEXT = {"messages": [{"type": "text", "text": "早安"}]}


def test_a_narrowcast_goes_on_after_a_restart(tmp_path: Path) -> None:
    key = {"X-Line-Retry-Key": str(uuid.uuid4())}
    with Simulator(tmp_path) as first:
        first.configure(processing_polls=0)
        first.configure_account(plan_quota=100, used=0, targeted_reaches=60)
        shop = Shop(first)
        group = shop.created("熟客", user_ids(40))
        body = {**TEXT, "recipient": {"type": "audience", "audienceGroupId": group}}
        sent = shop.call("POST", f"{MESSAGE}/narrowcast", json=body, headers=key)
        request_id = {"requestId": sent.headers["X-Line-Request-Id"]}
        assert (
            shop.call("GET", f"{MESSAGE}/progress/narrowcast", params=request_id).json()["phase"] == "waiting"
        )
        shop.close()
    with Simulator(tmp_path) as second:
        shop = Shop(second)
        again = shop.call("POST", f"{MESSAGE}/narrowcast", json=body, headers=key)
        assert again.status_code == 409
        assert again.headers["X-Line-Accepted-Request-Id"] == request_id["requestId"]
        # 60 of the 100 messages are set aside for it.
        more = shop.call("POST", f"{MESSAGE}/narrowcast", json={**TEXT, "limit": {"max": 41}})
        assert more.status_code == 429
        phases = [
            shop.call("GET", f"{MESSAGE}/progress/narrowcast", params=request_id).json()["phase"]
            for _ in range(2)
        ]
        assert phases == ["sending", "succeeded"]
        assert shop.call("GET", f"{MESSAGE}/quota/consumption").json() == {"totalUsage": 40}
        shop.close()
    with Simulator(tmp_path) as third:
        assert third.state.account.used == 40
        assert third.state.settle_sends() == 60


def test_in_practice_it_takes_some_seconds(tmp_path: Path) -> None:
    with Simulator(tmp_path) as line:
        line.configure(processing_polls=0, waiting_polls=0, sending_polls=0, processing_seconds=4.0)
        shop = Shop(line)
        group = shop.created("熟客", user_ids(3))
        line.advance(5)
        sent = shop.call(
            "POST",
            f"{MESSAGE}/narrowcast",
            json={**TEXT, "recipient": {"type": "audience", "audienceGroupId": group}, "limit": {"max": 3}},
        )
        assert sent.status_code == 202
        request_id = {"requestId": sent.headers["X-Line-Request-Id"]}
        phases = []
        for seconds in (0, 2, 3):
            line.advance(seconds)
            phases.append(
                shop.call("GET", f"{MESSAGE}/progress/narrowcast", params=request_id).json()["phase"]
            )
        assert phases == ["waiting", "sending", "succeeded"]
        shop.close()


def test_the_state_holds_nobody_who_got_a_message(tmp_path: Path) -> None:
    with Simulator(tmp_path) as line:
        shop = Shop(line)
        shop.call("POST", f"{MESSAGE}/push", json={**TEXT, "to": user_ids(1)[0]})
        shop.call("POST", f"{MESSAGE}/multicast", json={**TEXT, "to": user_ids(3)})
        shop.close()
    assert not [one for one in tmp_path.rglob("*.json") if user_ids(1)[0] in one.read_text(encoding="utf-8")]
