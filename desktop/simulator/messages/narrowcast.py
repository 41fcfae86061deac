"""Narrowcast: 202 and work later, with LINE's reservation of the quota, its late failures, and its progress by request ID."""

from __future__ import annotations

from typing import Any

from desktop.core.limits import AUDIENCE
from desktop.simulator.exchange import Reply, Request, json_object, json_reply, refuse
from desktop.simulator.messages.message_rules import check_messages
from desktop.simulator.messages.recipients import audiences_in, check_filter, meant
from desktop.simulator.messages.sends import PROGRESS_SECONDS, Sent, addresses, moment
from desktop.simulator.state import LineState

DEMOGRAPHIC_REACH = 100
"""Target reach an account needs for a demographic filter."""

_ERRORS = {
    1: "An internal error occurred",
    2: "There are not enough recipients",
    3: "The request was already accepted",
    4: "An audience of less than 50 recipients is included as a condition of sending",
    5: "Delivery was canceled to prevent a partial delivery",
}


def narrowcast(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """POST /v2/bot/message/narrowcast."""
    body = json_object(request)
    with state.lock:
        now = state.clock.now()
        state.sends.check_key(request, now)
        messages = check_messages(body.get("messages"))
        limit = _limit(body.get("limit"))
        people = meant(state, body.get("recipient"))
        filtered = check_filter(body.get("filter"))
        if filtered and state.account.targeted_reaches < DEMOGRAPHIC_REACH:
            raise refuse(403, "Your account does not have enough friends")
        sent = _accept(state, request, body, people, limit, filtered)
        sent.urls, sent.bubbles = addresses(messages), len(messages)
        state.sends.narrowcasts[request.request_id] = sent
        state.sends.note_key(request, now)
        state.sends.save()
        return json_reply(202, {})


def progress(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """GET /v2/bot/message/progress/narrowcast?requestId=. Each answer is one look."""
    request_id = request.query_value("requestId")
    if not request_id:
        raise refuse(400, "The value for the 'requestId' parameter is invalid")
    with state.lock:
        sent = state.sends.narrowcasts.get(request_id)
        if sent is None or state.clock.now() - sent.accepted >= PROGRESS_SECONDS:
            raise refuse(404, "Not found")
        phase = sent.phase(state.send_pace())
        shown: dict[str, object] = {"phase": phase, "acceptedTime": moment(sent.accepted)}
        if phase != "waiting":
            shown |= {
                "successCount": sent.delivered if phase == "succeeded" else 0,
                "failureCount": sent.targets - sent.delivered if phase == "succeeded" else 0,
                "targetCount": sent.targets,
            }
        if phase == "failed":
            shown |= {"errorCode": sent.error_code, "failedDescription": sent.error}
        if sent.done_at is not None:
            shown["completedTime"] = moment(sent.done_at)
        sent.seen += 1
        state.settle_sends()
        state.sends.save()
        return json_reply(200, shown)


def _limit(given: object) -> dict[str, Any]:
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise refuse(400, "The request body has 1 error(s)", "Must be an object", "limit")
    most = given.get("max")
    if most is not None and (not isinstance(most, int) or isinstance(most, bool) or most < 1):
        raise refuse(
            400, "The request body has 1 error(s)", "Must be greater than or equal to 1", "limit.max"
        )
    if given.get("forbidPartialDelivery") and not given.get("upToRemainingQuota"):
        raise refuse(
            400,
            "The request body has 1 error(s)",
            "Can only be set when upToRemainingQuota is true",
            "limit.forbidPartialDelivery",
        )
    return given


def _accept(
    state: LineState,
    request: Request,
    body: dict[str, Any],
    people: frozenset[str] | None,
    limit: dict[str, Any],
    filtered: bool,
) -> Sent:
    """Reserve what LINE reserves, and settle how it will end.

    Without a limit LINE sets aside messages for the whole target reach, not for the audience.

    Raises:
        Refusal: 429 where the month's messages do not reach.
    """
    number, targets = _reached(state, people)
    most = limit.get("max")
    wanted = state.account.targeted_reaches if most is None else min(state.account.targeted_reaches, most)
    left = state.settle_sends()
    up_to = bool(limit.get("upToRemainingQuota"))
    if left is not None and left < (1 if up_to else wanted):
        raise refuse(429, "You have reached your monthly limit.")
    reserved = wanted if left is None else min(wanted, left)
    allowed = number if most is None else min(number, most)
    reached = allowed if left is None or not up_to else min(allowed, left)
    code = _late_error(state, body, filtered=filtered)
    if not code and limit.get("forbidPartialDelivery") and reached < allowed:
        code = 5
    if not code and targets == 0:
        code = 2
    found = audiences_in(body.get("recipient"))
    return Sent(
        request.request_id,
        state.clock.now(),
        targets if most is None else min(targets, most),
        reached,
        reserved,
        code,
        _ERRORS.get(code, ""),
        audience=found[0] if found else None,
    )


def _reached(state: LineState, people: frozenset[str] | None) -> tuple[int, int]:
    """How many of those meant get it, and how many are meant; people who blocked, left or are another provider's do not count."""
    if people is None:
        return state.account.targeted_reaches, state.account.targeted_reaches
    arriving = sum(state.reaches(one) for one in people)
    return arriving, arriving


def _late_error(state: LineState, body: dict[str, Any], *, filtered: bool) -> int:
    """The error code a narrowcast will end with, 0 for none: asked for by a setting, or a small audience with a filter."""
    if state.settings.failing_sends > 0:
        state.settings.failing_sends -= 1
        state.save()
        return state.settings.send_error_code
    for number in audiences_in(body.get("recipient")) if filtered else []:
        audience = state.audience(number)
        if audience is not None and audience.stored < AUDIENCE.demographic_minimum:
            return 4
    return 0
