"""Which call answers which path, and what LINE checks before any of them: token, rate, size, retry key."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from desktop.core.limits import REQUEST
from desktop.simulator.calls import account, audience_groups, tokens, uploads
from desktop.simulator.exchange import Refusal, Reply, Request, json_reply, refuse
from desktop.simulator.messages import direct, narrowcast, statistics
from desktop.simulator.rate_limits import RateLimiter
from desktop.simulator.rich_menus import insight, link_calls, menu_calls
from desktop.simulator.state import LineState

Call = Callable[[LineState, Request, tuple[str, ...]], Reply]


@dataclass(frozen=True)
class Route:
    """One endpoint. ``rate`` is a key of ``RATES``; ``place`` names in braces match one path segment; ``retries``: it takes a
    retry key."""

    method: str
    place: str
    call: Call
    rate: str = "other"
    needs_token: bool = True
    body_bytes: int | None = REQUEST.json_body_bytes
    retries: bool = False

    @property
    def name(self) -> str:
        """What rates are counted by."""
        return f"{self.method} {self.place}"

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression that a whole path has to match."""
        return re.compile(re.sub(r"\{\w+\}", "([^/]+)", self.place))


_AUDIENCE = "/v2/bot/audienceGroup"
_MENU = "/v2/bot/richmenu"
_EVERYBODY = "/v2/bot/user/all/richmenu"
_USER = "/v2/bot/user/{userId}/richmenu"

ROUTES = (
    Route("POST", f"{_AUDIENCE}/upload", uploads.create_by_json, "audience"),
    Route("PUT", f"{_AUDIENCE}/upload", uploads.add_by_json, "audience"),
    Route("POST", f"{_AUDIENCE}/upload/byFile", uploads.create_by_file, "audience", body_bytes=None),
    Route("PUT", f"{_AUDIENCE}/upload/byFile", uploads.add_by_file, "audience", body_bytes=None),
    Route("GET", f"{_AUDIENCE}/list", audience_groups.list_page, "audience"),
    Route("PUT", f"{_AUDIENCE}/{{audienceGroupId}}/updateDescription", audience_groups.rename, "audience"),
    Route("GET", f"{_AUDIENCE}/{{audienceGroupId}}", audience_groups.get_one, "audience"),
    Route("DELETE", f"{_AUDIENCE}/{{audienceGroupId}}", audience_groups.delete, "audience"),
    Route("GET", "/v2/bot/info", account.bot_info),
    Route("GET", "/v2/bot/followers/ids", account.follower_ids),
    Route("GET", "/v2/bot/profile/{userId}", account.profile),
    Route("GET", "/v2/bot/message/quota", account.quota),
    Route("GET", "/v2/bot/message/quota/consumption", account.quota_consumption),
    Route("GET", "/v2/bot/insight/followers", account.follower_insight, "insight"),
    Route("GET", "/v2/bot/insight/demographic", statistics.demographic, "insight"),
    Route("GET", "/v2/bot/insight/message/delivery", statistics.deliveries, "insight"),
    Route("GET", "/v2/bot/insight/message/event", statistics.message_event, "insight"),
    Route("GET", "/v2/bot/message/delivery/{route}", statistics.sent_messages),
    Route("POST", "/v2/bot/message/narrowcast", narrowcast.narrowcast, "narrowcast", retries=True),
    Route("GET", "/v2/bot/message/progress/narrowcast", narrowcast.progress),
    Route("POST", "/v2/bot/message/push", direct.push, retries=True),
    Route("POST", "/v2/bot/message/multicast", direct.multicast, "multicast", retries=True),
    Route("POST", "/v2/bot/message/validate/{kind}", direct.validate),
    Route("POST", _MENU, menu_calls.create, "rich_menu_create"),
    Route("POST", f"{_MENU}/validate", menu_calls.validate),
    Route("POST", f"{_MENU}/{{richMenuId}}/content", menu_calls.upload, body_bytes=None),
    Route("GET", f"{_MENU}/{{richMenuId}}/content", menu_calls.download),
    Route("GET", f"{_MENU}/list", menu_calls.list_all, "rich_menu_list"),
    Route("GET", f"{_MENU}/{{richMenuId}}", menu_calls.get_one),
    Route("DELETE", f"{_MENU}/{{richMenuId}}", menu_calls.delete, "rich_menu_delete"),
    Route("POST", f"{_EVERYBODY}/{{richMenuId}}", menu_calls.set_default),
    Route("GET", _EVERYBODY, menu_calls.get_default),
    Route("DELETE", _EVERYBODY, menu_calls.clear_default),
    Route("POST", f"{_USER}/{{richMenuId}}", link_calls.link_one),
    Route("GET", _USER, link_calls.linked_to),
    Route("DELETE", _USER, link_calls.unlink_one),
    Route("POST", f"{_MENU}/bulk/link", link_calls.bulk_link),
    Route("POST", f"{_MENU}/bulk/unlink", link_calls.bulk_unlink),
    Route("POST", f"{_MENU}/batch", link_calls.batch, "rich_menu_batch"),
    Route("POST", f"{_MENU}/validate/batch", link_calls.validate_batch),
    Route("GET", f"{_MENU}/progress/batch", link_calls.batch_progress, "rich_menu_create"),
    Route("POST", f"{_MENU}/alias", link_calls.create_alias),
    Route("POST", f"{_MENU}/alias/{{richMenuAliasId}}", link_calls.update_alias),
    Route("GET", f"{_MENU}/alias/list", link_calls.list_aliases),
    Route("GET", f"{_MENU}/alias/{{richMenuAliasId}}", link_calls.get_alias),
    Route("DELETE", f"{_MENU}/alias/{{richMenuAliasId}}", link_calls.delete_alias, "rich_menu_delete"),
    Route("GET", "/v2/bot/insight/richmenu/{richMenuId}/summary", insight.summary, "insight"),
    Route("GET", "/v2/bot/insight/richmenu/{richMenuId}/daily", insight.daily, "insight"),
    Route("POST", "/oauth2/v3/token", tokens.issue_stateless, needs_token=False),
    Route("POST", "/v2/oauth/verify", tokens.verify, needs_token=False),
)


def answer(state: LineState, limiter: RateLimiter, request: Request) -> Reply:
    """LINE's answer to a request; refusals come back as replies too."""
    try:
        route, place = _route(request)
        _check(state, limiter, route, request)
        return route.call(state, request, place)
    except Refusal as refusal:
        return json_reply(refusal.status, refusal.body, refusal.headers)


def shown_path(path: str) -> str:
    """The path as a log may hold it: a person's user ID gives way to the word userId."""
    return re.sub(r"(?<=^/v2/bot/profile/)[^/]+|(?<=^/v2/bot/user/)(?!all/)[^/]+", "{userId}", path)


def _route(request: Request) -> tuple[Route, tuple[str, ...]]:
    matches = [(route, route.pattern.fullmatch(request.path)) for route in ROUTES]
    found = [(route, match) for route, match in matches if match is not None]
    for route, match in found:
        if route.method == request.method:
            return route, match.groups()
    raise refuse(405, "Method Not Allowed") if found else refuse(404, "Not found")


def _check(state: LineState, limiter: RateLimiter, route: Route, request: Request) -> None:
    if route.body_bytes is not None and len(request.body) > route.body_bytes:
        raise refuse(
            413, "Request exceeds the max size of 2MB. Make the request smaller than 2MB and try again."
        )
    if route.needs_token:
        tokens.authorise(state, request)
    if not limiter.allows(route.name, route.rate, state.settings.rate_scale):
        raise refuse(429, "The API rate limit has been exceeded. Try again later.")
    if not route.retries and "x-line-retry-key" in request.headers:
        raise refuse(400, "The retry key is not supported for this endpoint", name="X-Line-Retry-Key")
