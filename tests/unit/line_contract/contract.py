"""What LINE's own library knows of each endpoint: the model of its answer, of its body, the names of its query and of its form. Every
endpoint of the simulator and every call of our client has its line here."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linebot.v3 import audience, insight, messaging, oauth

import desktop.line_api
from desktop.line_api.transport import Call
from desktop.simulator.calls.multipart import parse
from desktop.simulator.exchange import Reply, Request

EMPTY = "{}"
"""An answer that the description has no model for: an empty object."""

PICTURE = "picture"
"""An answer that is a file."""

BEYOND_THE_DESCRIPTION = {"expireTimestamp"}
"""Fields LINE's reference has, and its description leaves out; so is the deprecated ``status`` of a job."""


@dataclass(frozen=True, slots=True)
class Contract:
    """One endpoint; ``body`` None: it takes none. ``service`` is the module of the library whose errors it raises."""

    service: Any
    answer: Any
    body: Any = None
    query: frozenset[str] = frozenset()
    form: frozenset[str] = frozenset()
    picture: bool = False
    """Its body is a picture, raw."""


def _names(*names: str) -> frozenset[str]:
    return frozenset(names)


_AUDIENCE = "/v2/bot/audienceGroup"
_MESSAGE = "/v2/bot/message"
_MENU = "/v2/bot/richmenu"
_EVERYBODY = "/v2/bot/user/all/richmenu"
_USER = "/v2/bot/user/{userId}/richmenu"
_MENU_INSIGHT = "/v2/bot/insight/richmenu/{richMenuId}"

CONTRACTS: Mapping[str, Contract] = {
    f"POST {_AUDIENCE}/upload": Contract(
        audience, audience.CreateAudienceGroupResponse, audience.CreateAudienceGroupRequest
    ),
    f"PUT {_AUDIENCE}/upload": Contract(audience, EMPTY, audience.AddAudienceToAudienceGroupRequest),
    f"POST {_AUDIENCE}/upload/byFile": Contract(
        audience,
        audience.CreateAudienceGroupResponse,
        form=_names("description", "isIfaAudience", "uploadDescription", "file"),
    ),
    f"PUT {_AUDIENCE}/upload/byFile": Contract(
        audience, EMPTY, form=_names("audienceGroupId", "uploadDescription", "file")
    ),
    f"GET {_AUDIENCE}/list": Contract(
        audience,
        audience.GetAudienceGroupsResponse,
        query=_names("page", "description", "status", "size", "includesExternalPublicGroups", "createRoute"),
    ),
    f"PUT {_AUDIENCE}/{{audienceGroupId}}/updateDescription": Contract(
        audience, EMPTY, audience.UpdateAudienceGroupDescriptionRequest
    ),
    f"GET {_AUDIENCE}/{{audienceGroupId}}": Contract(audience, audience.GetAudienceDataResponse),
    f"DELETE {_AUDIENCE}/{{audienceGroupId}}": Contract(audience, EMPTY),
    "GET /v2/bot/info": Contract(messaging, messaging.BotInfoResponse),
    "GET /v2/bot/followers/ids": Contract(
        messaging, messaging.GetFollowersResponse, query=_names("start", "limit")
    ),
    "GET /v2/bot/profile/{userId}": Contract(messaging, messaging.UserProfileResponse),
    f"GET {_MESSAGE}/quota": Contract(messaging, messaging.MessageQuotaResponse),
    f"GET {_MESSAGE}/quota/consumption": Contract(messaging, messaging.QuotaConsumptionResponse),
    f"GET {_MESSAGE}/delivery/{{route}}": Contract(
        messaging, messaging.NumberOfMessagesResponse, query=_names("date")
    ),
    f"POST {_MESSAGE}/narrowcast": Contract(messaging, EMPTY, messaging.NarrowcastRequest),
    f"GET {_MESSAGE}/progress/narrowcast": Contract(
        messaging, messaging.NarrowcastProgressResponse, query=_names("requestId")
    ),
    f"POST {_MESSAGE}/push": Contract(messaging, messaging.PushMessageResponse, messaging.PushMessageRequest),
    f"POST {_MESSAGE}/multicast": Contract(messaging, EMPTY, messaging.MulticastRequest),
    f"POST {_MESSAGE}/validate/{{kind}}": Contract(messaging, EMPTY, messaging.ValidateMessageRequest),
    "GET /v2/bot/insight/followers": Contract(
        insight, insight.GetNumberOfFollowersResponse, query=_names("date")
    ),
    "GET /v2/bot/insight/demographic": Contract(insight, insight.GetFriendsDemographicsResponse),
    "GET /v2/bot/insight/message/delivery": Contract(
        insight, insight.GetNumberOfMessageDeliveriesResponse, query=_names("date")
    ),
    "GET /v2/bot/insight/message/event": Contract(
        insight, insight.GetMessageEventResponse, query=_names("requestId")
    ),
    f"POST {_MENU}": Contract(messaging, messaging.RichMenuIdResponse, messaging.RichMenuRequest),
    f"POST {_MENU}/validate": Contract(messaging, EMPTY, messaging.RichMenuRequest),
    f"POST {_MENU}/{{richMenuId}}/content": Contract(messaging, EMPTY, picture=True),
    f"GET {_MENU}/{{richMenuId}}/content": Contract(messaging, PICTURE),
    f"GET {_MENU}/list": Contract(messaging, messaging.RichMenuListResponse),
    f"GET {_MENU}/{{richMenuId}}": Contract(messaging, messaging.RichMenuResponse),
    f"DELETE {_MENU}/{{richMenuId}}": Contract(messaging, EMPTY),
    f"POST {_EVERYBODY}/{{richMenuId}}": Contract(messaging, EMPTY),
    f"GET {_EVERYBODY}": Contract(messaging, messaging.RichMenuIdResponse),
    f"DELETE {_EVERYBODY}": Contract(messaging, EMPTY),
    f"POST {_USER}/{{richMenuId}}": Contract(messaging, EMPTY),
    f"GET {_USER}": Contract(messaging, messaging.RichMenuIdResponse),
    f"DELETE {_USER}": Contract(messaging, EMPTY),
    f"POST {_MENU}/bulk/link": Contract(messaging, EMPTY, messaging.RichMenuBulkLinkRequest),
    f"POST {_MENU}/bulk/unlink": Contract(messaging, EMPTY, messaging.RichMenuBulkUnlinkRequest),
    f"POST {_MENU}/batch": Contract(messaging, EMPTY, messaging.RichMenuBatchRequest),
    f"POST {_MENU}/validate/batch": Contract(messaging, EMPTY, messaging.RichMenuBatchRequest),
    f"GET {_MENU}/progress/batch": Contract(
        messaging, messaging.RichMenuBatchProgressResponse, query=_names("requestId")
    ),
    f"POST {_MENU}/alias": Contract(messaging, EMPTY, messaging.CreateRichMenuAliasRequest),
    f"POST {_MENU}/alias/{{richMenuAliasId}}": Contract(
        messaging, EMPTY, messaging.UpdateRichMenuAliasRequest
    ),
    f"GET {_MENU}/alias/list": Contract(messaging, messaging.RichMenuAliasListResponse),
    f"GET {_MENU}/alias/{{richMenuAliasId}}": Contract(messaging, messaging.RichMenuAliasResponse),
    f"DELETE {_MENU}/alias/{{richMenuAliasId}}": Contract(messaging, EMPTY),
    f"GET {_MENU_INSIGHT}/summary": Contract(
        insight, insight.GetRichMenuInsightSummaryResponse, query=_names("from", "to")
    ),
    f"GET {_MENU_INSIGHT}/daily": Contract(
        insight, insight.GetRichMenuInsightDailyResponse, query=_names("from", "to")
    ),
    "POST /oauth2/v3/token": Contract(
        oauth,
        oauth.IssueStatelessChannelAccessTokenResponse,
        form=_names("grant_type", "client_id", "client_secret", "client_assertion", "client_assertion_type"),
    ),
    "POST /v2/oauth/verify": Contract(
        oauth, oauth.VerifyChannelAccessTokenResponse, form=_names("access_token")
    ),
}


def name_of(method: str, path: str) -> str | None:
    """The line a request belongs to, the most literal one first; None if there is none."""
    for name in sorted(CONTRACTS, key=lambda one: one.count("{")):
        wanted, _, place = name.partition(" ")
        if wanted == method and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", place), path):
            return name
    return None


def our_calls() -> dict[str, Call]:
    """Every endpoint our client knows, by the line it belongs to (or its own name where there is none)."""
    found: dict[str, Call] = {}
    for module in pkgutil.walk_packages(desktop.line_api.__path__, "desktop.line_api."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Call):
                path = re.sub(r"\{\w+\}", "1", value.path)
                found[name_of(value.method, path) or f"{value.method} {value.path}"] = value
    return found


def check_answer(name: str, reply: Reply) -> None:
    """The reply parses with the library's model, and holds nothing the model does not know."""
    contract = CONTRACTS[name]
    if contract.answer == PICTURE and reply.status < 400:
        assert reply.content_type in ("image/png", "image/jpeg"), name
        assert reply.body, name
        return
    value = json.loads(reply.body)
    if reply.status >= 400:
        if "error" in value:
            assert contract.service is oauth, f"{name}: {value}"
            assert oauth.ErrorResponse.from_dict(value).error
        else:
            shown = messaging.ErrorResponse.from_dict(value).to_dict()
            _same(name, _without_nulls(value), shown)
        return
    if contract.answer == EMPTY:
        assert value == {}, f"{name}: {value}"
        return
    _same(name, _without_nulls(value), contract.answer.from_dict(value).to_dict())


def check_request(name: str, request: Request) -> None:
    """The request is one the library could have sent: its body validates with the model and holds nothing more."""
    contract = CONTRACTS[name]
    assert set(request.query) <= contract.query, f"{name}: {set(request.query)}"
    kind, parameters = request.content_type()
    if contract.body is not None:
        assert kind == "application/json", name
        value = json.loads(request.body)
        _same(name, _without_nulls(value), contract.body.from_dict(value).to_dict())
    elif contract.picture:
        assert kind in ("image/png", "image/jpeg"), name
        assert request.body, name
    elif kind == "multipart/form-data":
        parts = parse(request.body, parameters["boundary"])
        assert {part.name for part in parts} <= contract.form, name
    elif kind == "application/x-www-form-urlencoded":
        given = {one.partition("=")[0] for one in request.body.decode().split("&")}
        assert given <= contract.form, name
    else:
        assert request.body == b"", name


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nulls(one) for name, one in value.items() if one is not None}
    return [_without_nulls(one) for one in value] if isinstance(value, list) else value


def _same(name: str, given: Any, understood: Any, place: str = "") -> None:
    """Everything given was understood; the model may add what it assumes by default."""
    if isinstance(given, dict):
        assert isinstance(understood, dict), f"{name}{place}"
        for key, value in given.items():
            if key in BEYOND_THE_DESCRIPTION or (key == "status" and ".jobs[" in place):
                continue
            assert key in understood, f"{name}{place}.{key} is unknown to the library"
            _same(name, value, understood[key], f"{place}.{key}")
    elif isinstance(given, list):
        assert isinstance(understood, list), f"{name}{place}"
        assert len(given) == len(understood), f"{name}{place}"
        for number, (one, other) in enumerate(zip(given, understood, strict=True)):
            _same(name, one, other, f"{place}[{number}]")
    elif "Time" not in place:
        # Times are objects to the library.
        assert getattr(understood, "value", understood) == given, f"{name}{place}: {given} {understood}"
