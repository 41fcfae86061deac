"""The calls by which people get a menu of their own, aliases lead to menus, and batches give everybody another one."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from desktop.core.limits import is_user_id
from desktop.simulator.exchange import Reply, Request, json_object, json_reply, refuse
from desktop.simulator.messages.message_rules import Problems, add, refuse_all
from desktop.simulator.rich_menus.menu_calls import pictured
from desktop.simulator.rich_menus.menu_rules import is_alias
from desktop.simulator.rich_menus.menus import MOST_ALIASES, Batch
from desktop.simulator.state import LineState

PEOPLE_PER_REQUEST = 500
OPERATIONS_PER_BATCH = 1_000
_RESUME_KEY = re.compile(r"[0-9a-zA-Z_-]{1,100}")
_FIELDS = {"link": ("from", "to"), "unlink": ("from",), "unlinkAll": ()}


def link_one(state: LineState, _request: Request, place: tuple[str, ...]) -> Reply:
    """POST /v2/bot/user/{userId}/richmenu/{richMenuId}. Who is no friend gets none, without a word."""
    user_id, menu_id = place
    with state.lock:
        _check_user(user_id)
        _link(state, [user_id], pictured(state, menu_id).id)
        return json_reply(200, {})


def linked_to(state: LineState, _request: Request, place: tuple[str, ...]) -> Reply:
    """GET /v2/bot/user/{userId}/richmenu: 404 without a menu of her own."""
    with state.lock:
        _check_user(place[0])
        found = state.menus.links.get(place[0])
        if found is None:
            raise refuse(404, "the user has no richmenu")
        return json_reply(200, {"richMenuId": found})


def unlink_one(state: LineState, _request: Request, place: tuple[str, ...]) -> Reply:
    """DELETE /v2/bot/user/{userId}/richmenu."""
    with state.lock:
        _check_user(place[0])
        state.menus.links.pop(place[0], None)
        state.menus.save()
        return json_reply(200, {})


def bulk_link(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """POST /v2/bot/richmenu/bulk/link: all, or after any error nobody; who is no friend gets none, without a word."""
    body = json_object(request)
    with state.lock:
        ids = _user_ids(state, body.get("userIds"))
        _link(state, ids, pictured(state, body.get("richMenuId")).id)
        return json_reply(202, {})


def bulk_unlink(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """POST /v2/bot/richmenu/bulk/unlink."""
    body = json_object(request)
    with state.lock:
        for user_id in _user_ids(state, body.get("userIds")):
            state.menus.links.pop(user_id, None)
        state.menus.save()
        return json_reply(202, {})


# Aliases


def create_alias(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """POST /v2/bot/richmenu/alias: the menu must have its picture."""
    body = json_object(request)
    alias = body.get("richMenuAliasId")
    with state.lock:
        if not is_alias(alias):
            raise refuse(
                400, "The request body has 1 error(s)", "Must match ^[a-z0-9_-]{1,32}$", "richMenuAliasId"
            )
        if alias in state.menus.aliases:
            raise refuse(400, "conflict richmenu alias id")
        if len(state.menus.aliases) >= MOST_ALIASES:
            raise refuse(400, f"The number of rich menu aliases has reached {MOST_ALIASES}")
        _lead(state, str(alias), body.get("richMenuId"))
        return json_reply(200, {})


def update_alias(state: LineState, request: Request, place: tuple[str, ...]) -> Reply:
    """POST /v2/bot/richmenu/alias/{richMenuAliasId}."""
    body = json_object(request)
    with state.lock:
        _known_alias(state, place[0])
        _lead(state, place[0], body.get("richMenuId"))
        return json_reply(200, {})


def get_alias(state: LineState, _request: Request, place: tuple[str, ...]) -> Reply:
    """GET /v2/bot/richmenu/alias/{richMenuAliasId}."""
    with state.lock:
        return json_reply(200, {"richMenuAliasId": place[0], "richMenuId": _known_alias(state, place[0])})


def list_aliases(state: LineState, _request: Request, _: tuple[str, ...]) -> Reply:
    """GET /v2/bot/richmenu/alias/list."""
    with state.lock:
        shown = [
            {"richMenuAliasId": alias, "richMenuId": menu} for alias, menu in state.menus.aliases.items()
        ]
        return json_reply(200, {"aliases": shown})


def delete_alias(state: LineState, _request: Request, place: tuple[str, ...]) -> Reply:
    """DELETE /v2/bot/richmenu/alias/{richMenuAliasId}."""
    with state.lock:
        _known_alias(state, place[0])
        del state.menus.aliases[place[0]]
        state.menus.save()
        return json_reply(200, {})


# Batches


def validate_batch(_state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """POST /v2/bot/richmenu/validate/batch."""
    _operations(json_object(request))
    return json_reply(200, {})


def batch(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """POST /v2/bot/richmenu/batch: LINE works on it; here it is done when its progress is asked for the second time."""
    operations = _operations(json_object(request))
    with state.lock:
        for one in operations:
            if one["type"] == "link":
                pictured(state, one["to"])
        now = state.clock.now()
        state.menus.batches[request.request_id] = Batch(request.request_id, now, operations=operations)
        state.menus.save()
        return json_reply(202, {})


def batch_progress(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """GET /v2/bot/richmenu/progress/batch?requestId=."""
    with state.lock:
        found = state.menus.batches.get(request.query_value("requestId") or "")
        if found is None:
            raise refuse(404, "Not found")
        found.looks += 1
        if found.looks > 1 and not found.completed:
            _carry_out(state, found.operations)
            found.completed = state.clock.now()
        state.menus.save()
        shown = {
            "phase": "succeeded" if found.completed else "ongoing",
            "acceptedTime": _instant(found.accepted),
        }
        return json_reply(
            200, shown | ({"completedTime": _instant(found.completed)} if found.completed else {})
        )


def _carry_out(state: LineState, operations: list[dict[str, Any]]) -> None:
    links = state.menus.links
    for one in operations:
        who = [user for user, menu in links.items() if one["type"] == "unlinkAll" or menu == one["from"]]
        for user in who:
            if one["type"] == "link":
                links[user] = one["to"]
            else:
                del links[user]


def _operations(body: dict[str, Any]) -> list[dict[str, Any]]:
    problems: Problems = []
    given = body.get("operations")
    if not isinstance(given, list) or not 1 <= len(given) <= OPERATIONS_PER_BATCH:
        add(problems, "operations", f"Size must be between 1 and {OPERATIONS_PER_BATCH}")
        given = []
    for number, one in enumerate(given):
        needed = _FIELDS.get(str(one.get("type"))) if isinstance(one, dict) else None
        if needed is None:
            add(
                problems,
                f"operations[{number}].type",
                f"Must be one of the following values: {sorted(_FIELDS)}",
            )
            continue
        for name in needed:
            if not isinstance(one.get(name), str) or not one[name]:
                add(problems, f"operations[{number}].{name}", "May not be empty")
        if one["type"] == "unlinkAll" and len(given) > 1:
            add(problems, f"operations[{number}].type", "unlinkAll must be alone")
    key = body.get("resumeRequestKey")
    if key is not None and (not isinstance(key, str) or not _RESUME_KEY.fullmatch(key)):
        add(problems, "resumeRequestKey", "Must match [0-9a-zA-Z_-]{1,100}")
    if problems:
        raise refuse_all(problems)
    return [dict(one) for one in given]


def _link(state: LineState, ids: list[str], menu_id: str) -> None:
    for user_id in ids:
        if state.reaches(user_id):
            state.menus.links[user_id] = menu_id
    state.menus.save()


def _lead(state: LineState, alias: str, menu_id: object) -> None:
    if str(menu_id) not in state.menus.menus:
        raise refuse(400, "richmenu not found", "Must be an existing rich menu", "richMenuId")
    state.menus.aliases[alias] = pictured(state, menu_id).id
    state.menus.save()


def _known_alias(state: LineState, alias: str) -> str:
    found = state.menus.aliases.get(alias)
    if found is None:
        raise refuse(404, "richmenu alias not found")
    return found


def _check_user(user_id: str) -> None:
    if not is_user_id(user_id):
        raise refuse(400, "The value for the 'userId' parameter is invalid")


def _user_ids(state: LineState, given: object) -> list[str]:
    """The IDs of a bulk request. One that cannot be this provider's spoils the whole request: LINE does not say so, but it is
    the worst it may do."""
    if not isinstance(given, list) or not 1 <= len(given) <= PEOPLE_PER_REQUEST:
        rule = f"Size must be between 1 and {PEOPLE_PER_REQUEST}"
        raise refuse(400, "The request body has 1 error(s)", rule, "userIds")
    for number, one in enumerate(given):
        if not isinstance(one, str) or not is_user_id(one) or one in state.settings.foreign_ids:
            raise refuse(400, f"The property, 'userIds[{number}]', in the request body is invalid")
    return [str(one) for one in given]


def _instant(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.") + "000Z"
