"""Bot info, followers, profiles, quota, insight — and the tokens without which none of them answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import requests

from desktop.simulator import Simulator
from tests.unit.simulator.shop import Shop, user_ids


def people(count: int) -> dict[str, dict[str, object]]:
    return {one: {"display_name": f"客人 {number}"} for number, one in enumerate(user_ids(count))}


def test_the_account_introduces_itself(line: Simulator, shop: Shop) -> None:
    answer = shop.call("GET", "/v2/bot/info")
    assert answer.json() == {
        "userId": line.state.account.user_id,
        "basicId": "@daydaycoffee",
        "displayName": "日日咖啡",
        "chatMode": "chat",
        "markAsReadMode": "manual",
    }


def test_quota_and_use(line: Simulator, shop: Shop) -> None:
    assert shop.call("GET", "/v2/bot/message/quota").json() == {"type": "limited", "value": 3000}
    assert shop.call("GET", "/v2/bot/message/quota/consumption").json() == {"totalUsage": 786}
    line.configure_account(plan_quota=None, used=5)
    assert shop.call("GET", "/v2/bot/message/quota").json() == {"type": "none"}
    assert shop.call("GET", "/v2/bot/message/quota/consumption").json() == {"totalUsage": 5}


def all_followers(shop: Shop, limit: int) -> tuple[list[str], list[int]]:
    ids: list[str] = []
    sizes: list[int] = []
    parameters: dict[str, object] = {"limit": limit}
    while True:
        page = shop.call("GET", "/v2/bot/followers/ids", params=parameters).json()
        ids += page["userIds"]
        sizes.append(len(page["userIds"]))
        if "next" not in page:
            return ids, sizes
        parameters["start"] = page["next"]


def test_followers_come_in_pages_without_those_who_blocked(line: Simulator, shop: Shop) -> None:
    who = people(25)
    gone = user_ids(25)[3:13]
    for one in gone:
        who[one]["blocked"] = True
    line.seed(who)
    ids, sizes = all_followers(shop, 10)
    # A page may be short and still have a next one: a client has to follow `next`, not the page's size.
    assert sizes == [3, 7, 5]
    assert ids == [one for one in user_ids(25) if one not in gone]


def test_the_default_page_holds_300(line: Simulator, shop: Shop) -> None:
    line.seed(people(301))
    page = shop.call("GET", "/v2/bot/followers/ids").json()
    assert len(page["userIds"]) == 300
    assert "next" in page


@pytest.mark.parametrize("limit", ["0", "1001", "x"])
def test_a_page_holds_at_most_a_thousand(shop: Shop, limit: str) -> None:
    assert shop.call("GET", "/v2/bot/followers/ids", params={"limit": limit}).status_code == 400


def test_page_tokens_end_after_a_day_and_cannot_be_made_up(line: Simulator, shop: Shop) -> None:
    line.seed(people(3))
    token = shop.call("GET", "/v2/bot/followers/ids", params={"limit": 2}).json()["next"]
    for made_up in ("x", token[:-4] + "AAAA", "Mg=="):
        assert shop.call("GET", "/v2/bot/followers/ids", params={"start": made_up}).status_code == 400
    line.advance(24 * 3600 - 60)
    assert shop.call("GET", "/v2/bot/followers/ids", params={"start": token}).status_code == 200
    line.advance(61)
    assert shop.call("GET", "/v2/bot/followers/ids", params={"start": token}).status_code == 400


def test_followers_are_for_verified_accounts_only(line: Simulator, shop: Shop) -> None:
    line.configure_account(verified=False)
    assert shop.call("GET", "/v2/bot/followers/ids").status_code == 403


def test_profiles_of_friends_only(line: Simulator, shop: Shop) -> None:
    friend, blocker, refuser, stranger = user_ids(4)
    line.seed(
        {
            friend: {
                "display_name": "小美",
                "picture_url": "https://profile.example/1",
                "language": "zh-Hant",
            },
            blocker: {"display_name": "阿明", "blocked": True},
            refuser: {"display_name": "阿華", "agreed": False},
        }
    )
    answer = shop.call("GET", f"/v2/bot/profile/{friend}")
    assert answer.json() == {
        "userId": friend,
        "displayName": "小美",
        "pictureUrl": "https://profile.example/1",
        "language": "zh-Hant",
    }
    for other in (blocker, refuser, stranger):
        assert shop.call("GET", f"/v2/bot/profile/{other}").status_code == 404
    assert shop.call("GET", "/v2/bot/profile/U123").status_code == 400


def insight(shop: Shop, day: str | None) -> dict[str, object]:
    return shop.call("GET", "/v2/bot/insight/followers", params={"date": day} if day else {}).json()


def test_follower_figures_are_ready_the_day_after(line: Simulator, shop: Shop) -> None:
    ready = {"status": "ready", "followers": 6020, "targetedReaches": 5230, "blocks": 790}
    assert insight(shop, None) == ready
    assert insight(shop, "20200101") == ready
    assert insight(shop, "20161031") == {"status": "out_of_service"}
    far = datetime.now(UTC) + timedelta(days=2)
    assert insight(shop, far.strftime("%Y%m%d")) == {"status": "unready"}
    line.seed({}, followers=10, blocks=4, targeted_reaches=5)
    assert insight(shop, None) == {"status": "ready", "followers": 10, "targetedReaches": 5, "blocks": 4}


@pytest.mark.parametrize("day", ["2026-01-01", "20261301", "2026011", "x"])
def test_a_day_that_is_no_day_is_refused(shop: Shop, day: str) -> None:
    assert shop.call("GET", "/v2/bot/insight/followers", params={"date": day}).status_code == 400


def test_seeding_refuses_what_it_does_not_know(line: Simulator) -> None:
    with pytest.raises(ValueError, match="user ID"):
        line.seed({"U123": {"display_name": "x"}})
    with pytest.raises(ValueError, match="phone"):
        line.seed({user_ids(1)[0]: {"display_name": "x", "phone": "0912"}})
    with pytest.raises(ValueError, match="likes"):
        line.seed({}, likes=3)


# Tokens


def issue(line: Simulator, **changes: str) -> requests.Response:
    form = {
        "grant_type": "client_credentials",
        "client_id": line.channel_id,
        "client_secret": line.channel_secret,
        **changes,
    }
    return requests.post(f"{line.url}/oauth2/v3/token", data=form, timeout=20)


def info_with(line: Simulator, authorization: str | None) -> requests.Response:
    headers = {"Authorization": authorization} if authorization is not None else {}
    return requests.get(f"{line.url}/v2/bot/info", headers=headers, timeout=20)


def test_a_stateless_token_is_good_for_fifteen_minutes(line: Simulator) -> None:
    answer = issue(line).json()
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 900)
    bearer = f"Bearer {answer['access_token']}"
    assert info_with(line, bearer).status_code == 200
    line.advance(890)
    assert info_with(line, bearer).status_code == 200
    line.advance(11)
    assert info_with(line, bearer).status_code == 401


def test_issuing_the_secret_anew_kills_stateless_tokens(line: Simulator) -> None:
    bearer = f"Bearer {issue(line).json()['access_token']}"
    line.configure_account(channel_secret="0" * 32)
    assert info_with(line, bearer).status_code == 401


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"client_id": "1"}, "invalid_client"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion": "jwt"}, "invalid_client"),
    ],
)
def test_wrong_credentials_get_no_token(line: Simulator, changes: dict[str, str], error: str) -> None:
    answer = issue(line, **changes)
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert set(answer.json()) == {"error", "error_description"}


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", "Bearer ", "Bearer x", "Basic eDp5", "Bearer MS54Lng="]
)
def test_without_a_good_token_everything_is_401(line: Simulator, authorization: str | None) -> None:
    answer = info_with(line, authorization)
    assert answer.status_code == 401
    assert answer.json()["message"].startswith("Authentication failed")


def test_a_reissued_long_lived_token_kills_the_old_one(line: Simulator) -> None:
    old = line.token
    new = line.reissue_token()
    assert new != old
    assert info_with(line, f"Bearer {old}").status_code == 401
    assert info_with(line, f"Bearer {new}").status_code == 200


def test_only_the_long_lived_token_can_be_verified(line: Simulator) -> None:
    def verify(token: str) -> requests.Response:
        return requests.post(f"{line.url}/v2/oauth/verify", data={"access_token": token}, timeout=20)

    good = verify(line.token)
    assert (good.status_code, good.json()["client_id"]) == (200, line.channel_id)
    for token in ("x", issue(line).json()["access_token"]):
        assert verify(token).json() == {
            "error": "invalid_request",
            "error_description": "access token expired",
        }
