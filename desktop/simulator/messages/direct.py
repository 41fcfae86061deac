"""Push to one person, multicast to up to 500, and LINE's check of messages that sends nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.core.limits import is_user_id
from desktop.simulator.exchange import Refusal, Reply, Request, json_object, json_reply, refuse
from desktop.simulator.messages.message_rules import check_messages
from desktop.simulator.state import LineState

MULTICAST_MOST = 500
_KINDS = {"reply", "push", "multicast", "narrowcast", "broadcast"}
_UNIT = re.compile(r"[A-Za-z0-9_]{1,30}")


def push(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """POST /v2/bot/message/push. Somebody who is no friend is no error; another provider's user ID is."""
    body = json_object(request)
    with state.lock:
        state.sends.check_key(request, state.clock.now())
        messages = check_messages(body.get("messages"))
        to = body.get("to")
        if not isinstance(to, str) or not _known(state, to):
            raise _wrong_to("to")
        _check_units(body.get("customAggregationUnits"))
        _send(state, request, "push", [to])
        number = int(state.clock.now() * 1_000_000)
        sent = [{"id": str(number + one), "quoteToken": f"q{number + one}"} for one in range(len(messages))]
        return json_reply(200, {"sentMessages": sent})


def multicast(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """POST /v2/bot/message/multicast. A wrong ID is named by its place."""
    body = json_object(request)
    with state.lock:
        state.sends.check_key(request, state.clock.now())
        check_messages(body.get("messages"))
        to = body.get("to")
        if not isinstance(to, list) or not 1 <= len(to) <= MULTICAST_MOST:
            raise refuse(
                400, "The request body has 1 error(s)", f"Size must be between 1 and {MULTICAST_MOST}", "to"
            )
        for number, one in enumerate(to):
            if not isinstance(one, str) or not _known(state, one):
                raise _wrong_to(f"to[{number}]")
        _check_units(body.get("customAggregationUnits"))
        _send(state, request, "multicast", sorted(set(to)))
        return json_reply(200, {})


def validate(_state: LineState, request: Request, place: tuple[str, ...]) -> Reply:
    """POST /v2/bot/message/validate/{kind}: looks at nothing but ``messages``."""
    if place[0] not in _KINDS:
        raise refuse(404, "Not found")
    check_messages(json_object(request).get("messages"))
    return json_reply(200, {})


def _known(state: LineState, user_id: str) -> bool:
    return is_user_id(user_id) and user_id not in state.settings.foreign_ids


def _send(state: LineState, request: Request, route: str, to: Sequence[str]) -> None:
    """Count one message for each who gets it.

    Raises:
        Refusal: 429 where the month's messages do not reach, also because a narrowcast has reserved them.
    """
    arriving = sum(state.reaches(one) for one in to)
    left = state.settle_sends()
    if left is not None and left < arriving:
        raise refuse(429, "You have reached your monthly limit.")
    now = state.clock.now()
    state.account.used += arriving
    state.sends.count(route, arriving, now)
    state.sends.note_key(request, now)
    state.sends.save()
    state.save()


def _check_units(units: object) -> None:
    if units is None:
        return
    if not isinstance(units, list) or len(units) > 1 or not all(_UNIT.fullmatch(str(one)) for one in units):
        raise refuse(
            400, "The request body has 1 error(s)", "Must be one name of letters", "customAggregationUnits"
        )


def _wrong_to(name: str) -> Refusal:
    return refuse(400, f"The property, '{name}', in the request body is invalid (line: -, column: -)")
