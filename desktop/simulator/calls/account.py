"""The calls about the account and its people: bot info, followers, profile, quota and follower insight."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, date, datetime, timedelta

from desktop.core.limits import REQUEST, is_user_id
from desktop.simulator.exchange import Refusal, Reply, Request, json_reply, refuse
from desktop.simulator.state import LineState

_INSIGHT_ZONE_HOURS = 9


def bot_info(state: LineState, _request: Request, _: tuple[str, ...]) -> Reply:
    """GET /v2/bot/info. It does not say whether the account is verified."""
    account = state.account
    shown: dict[str, object] = {
        "userId": account.user_id,
        "basicId": account.basic_id,
        "premiumId": account.premium_id,
        "displayName": account.display_name,
        "pictureUrl": account.picture_url,
        "chatMode": account.chat_mode,
        "markAsReadMode": account.mark_as_read_mode,
    }
    return json_reply(200, {name: value for name, value in shown.items() if value is not None})


def follower_ids(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """GET /v2/bot/followers/ids, for verified accounts only.

    A page may hold fewer IDs than the limit and still have a ``next``: those who blocked or never agreed are
    left out of the page they would stand on.
    """
    if not state.account.verified:
        raise refuse(403, "Access to this API is not available for your account")
    limit = _limit(request)
    start = _page_start(state, request.query_value("start"))
    people = list(state.people.items())
    page = people[start : start + limit]
    ids = [user_id for user_id, who in page if not who.blocked and state.takes(user_id)]
    answer: dict[str, object] = {"userIds": ids}
    if start + limit < len(people):
        answer["next"] = _page_token(state, start + limit, int(state.clock.now()))
    return json_reply(200, answer)


def profile(state: LineState, _request: Request, place: tuple[str, ...]) -> Reply:
    """GET /v2/bot/profile/{userId}: of friends who have not blocked the account; 404 for everybody else."""
    user_id = place[0]
    if not is_user_id(user_id):
        raise refuse(400, "The value for the 'userId' parameter is invalid")
    who = state.people.get(user_id)
    if who is None or who.blocked or not state.takes(user_id):
        raise refuse(404, "Not found")
    shown: dict[str, object] = {
        "userId": user_id,
        "displayName": who.display_name,
        "pictureUrl": who.picture_url,
        "statusMessage": who.status_message,
        "language": who.language,
    }
    return json_reply(200, {name: value for name, value in shown.items() if value is not None})


def quota(state: LineState, _request: Request, _: tuple[str, ...]) -> Reply:
    """GET /v2/bot/message/quota."""
    if state.account.plan_quota is None:
        return json_reply(200, {"type": "none"})
    return json_reply(200, {"type": "limited", "value": state.account.plan_quota})


def quota_consumption(state: LineState, _request: Request, _: tuple[str, ...]) -> Reply:
    """GET /v2/bot/message/quota/consumption."""
    return json_reply(200, {"totalUsage": state.account.used})


def follower_insight(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """GET /v2/bot/insight/followers?date=yyyyMMdd (UTC+9, yesterday by default).

    Figures are ready a day later, so today and later days are ``unready``; ``growth_per_day`` tells the days before apart.
    """
    today = (datetime.fromtimestamp(state.clock.now(), UTC) + timedelta(hours=_INSIGHT_ZONE_HOURS)).date()
    day = _day(request.query_value("date"), today - timedelta(days=1))
    if day < REQUEST.insight_first_day:
        return json_reply(200, {"status": "out_of_service"})
    if day >= today:
        return json_reply(200, {"status": "unready"})
    account = state.account
    followers = max(0, account.followers - account.growth_per_day * ((today - day).days - 1))
    share = followers / account.followers if account.followers else 0
    return json_reply(
        200,
        {
            "status": "ready",
            "followers": followers,
            "targetedReaches": round(account.targeted_reaches * share),
            "blocks": round(account.blocks * share),
        },
    )


def _day(written: str | None, default: date) -> date:
    if written is None:
        return default
    try:
        if len(written) != len("yyyyMMdd"):
            raise ValueError(written)
        return datetime.strptime(written, "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise refuse(400, "The value for the 'date' parameter is invalid") from error


def _limit(request: Request) -> int:
    written = request.query_value("limit")
    if written is None:
        return REQUEST.follower_ids_default
    if not (written.isascii() and written.isdigit() and 1 <= int(written) <= REQUEST.follower_ids):
        raise refuse(400, "The value for the 'limit' parameter is invalid")
    return int(written)


def _page_token(state: LineState, start: int, issued: int) -> str:
    content = f"{start}.{issued}"
    seal = hmac.new(state.account.channel_secret.encode(), content.encode(), hashlib.sha256).hexdigest()[:16]
    return base64.urlsafe_b64encode(f"{content}.{seal}".encode()).decode()


def _page_start(state: LineState, token: str | None) -> int:
    if token is None:
        return 0
    refusal = _wrong_start()
    try:
        start, issued, _ = base64.urlsafe_b64decode(token.encode()).decode().split(".")
        expected = _page_token(state, int(start), int(issued))
    except ValueError as error:
        raise refusal from error
    age = state.clock.now() - int(issued)
    if not hmac.compare_digest(expected, token) or age >= REQUEST.follower_page_token_seconds:
        raise refusal
    return int(start)


def _wrong_start() -> Refusal:
    return refuse(400, "The value for the 'start' parameter is invalid")
