"""LINE's calls that send messages, or prepare sending: validation, narrowcast to an audience with its progress, and push to one
person. Every sending call carries a retry key, so that LINE accepts it only once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.core.message import message
from desktop.line_api.client import LineClient
from desktop.line_api.errors import Heard, OutcomeUnknown, Refused, RetryLater, Why, garbled
from desktop.line_api.transport import Answer, Call

Messages = Sequence[Mapping[str, Any]]
"""Message objects as LINE's reference writes them."""

_NARROWCAST = Call("POST", "/v2/bot/message/narrowcast", writes=True, bucket="narrowcast")
_PROGRESS = Call("GET", "/v2/bot/message/progress/narrowcast")
_PUSH = Call("POST", "/v2/bot/message/push", writes=True)
# They change nothing at LINE: without an answer they may simply be asked again.
_VALIDATE_NARROWCAST = Call("POST", "/v2/bot/message/validate/narrowcast")
_VALIDATE_PUSH = Call("POST", "/v2/bot/message/validate/push")


@dataclass(frozen=True, slots=True)
class Narrowcast:
    """One narrowcast to one uploaded audience.

    Args:
        audience_group_id: an audience that is READY.
        messages: 1 to 5 message objects.
        at_most: LINE's ``limit.max``: so many people at most get it, chosen at random if the audience holds more. Without it LINE
            would reserve the quota of all friends.
        up_to_quota: send to fewer where the quota does not reach, instead of failing.
        silent: phones stay quiet.
    """

    audience_group_id: int
    messages: Messages
    at_most: int
    up_to_quota: bool = False
    silent: bool = False

    def body(self) -> dict[str, Any]:
        """The request's body."""
        return {
            "messages": [dict(one) for one in self.messages],
            "recipient": {"type": "audience", "audienceGroupId": self.audience_group_id},
            "limit": {"max": self.at_most, "upToRemainingQuota": self.up_to_quota},
            "notificationDisabled": self.silent,
        }


@dataclass(frozen=True, slots=True)
class Accepted:
    """LINE accepted a sending under ``request_id``; ``before``: it had accepted one with this retry key already."""

    request_id: str
    before: bool = False


@dataclass(frozen=True, slots=True)
class NarrowcastProgress:
    """How far a narrowcast is: ``phase`` is waiting, sending, succeeded, failed, or something LINE adds later. Counts are None
    where LINE does not tell them; instants are ISO 8601 texts in UTC as LINE writes them."""

    phase: str
    target_count: int | None = None
    success_count: int | None = None
    failure_count: int | None = None
    failed_description: str = ""
    error_code: int | None = None
    completed_at: str | None = None


def validate(client: LineClient, messages: Messages, *, push: bool = False) -> None:
    """Ask LINE whether it would take these messages; sends nothing and costs nothing.

    Raises:
        Refused: LINE would not; the error says which part of which message.
        LineProblem: RetryLater or SignInAgain.
    """
    call = _VALIDATE_PUSH if push else _VALIDATE_NARROWCAST
    try:
        client.send(call, json={"messages": [dict(one) for one in messages]})
    except Refused as refused:
        if refused.status != 400:
            raise
        raise _wrong_message(refused) from refused


def narrowcast(client: LineClient, wanted: Narrowcast, retry_key: str) -> Accepted:
    """Send to an audience. The same call with the same key may be repeated within 24 hours: LINE sends once.

    Raises:
        Refused: LINE says no; also where this month's messages are used up or reserved.
        OutcomeUnknown: it may be under way; repeat with the same key.
        LineProblem: RetryLater (not processed) or SignInAgain.
    """
    return _send(client, _NARROWCAST, wanted.body(), retry_key)


def push(
    client: LineClient, user_id: str, messages: Messages, retry_key: str, *, silent: bool = False
) -> Accepted:
    """Send to one person.

    Raises:
        LineProblem: as for narrowcast.
    """
    body = {"to": user_id, "messages": [dict(one) for one in messages], "notificationDisabled": silent}
    return _send(client, _PUSH, body, retry_key)


def narrowcast_progress(client: LineClient, request_id: str) -> NarrowcastProgress:
    """How far a narrowcast is.

    Raises:
        Refused: 404 where LINE does not know the request, or not any more (after 14 days).
        LineProblem: RetryLater or SignInAgain.
    """
    answer = client.send(_PROGRESS, query={"requestId": request_id})
    phase = answer.data.get("phase")
    if not isinstance(phase, str) or not phase:
        raise garbled(answer.heard)
    completed = answer.data.get("completedTime")
    return NarrowcastProgress(
        phase=phase,
        target_count=_count(answer, "targetCount"),
        success_count=_count(answer, "successCount"),
        failure_count=_count(answer, "failureCount"),
        failed_description=str(answer.data.get("failedDescription") or ""),
        error_code=_count(answer, "errorCode"),
        completed_at=completed if isinstance(completed, str) else None,
    )


def _send(client: LineClient, call: Call, body: Mapping[str, Any], retry_key: str) -> Accepted:
    try:
        answer = client.send(call, json=body, retry_key=retry_key)
    except Refused as refused:
        if refused.status == 409:
            return Accepted(refused.heard.accepted_id, before=True)
        raise
    except RetryLater as later:
        if later.status == 429 and "monthly limit" in later.heard.said.casefold():
            raise _used_up(later.heard) from later
        raise
    if not answer.request_id and answer.status != 202 and "sentMessages" not in answer.data:
        # LINE puts a request ID on every answer. Without one, and without what LINE answers, the same key settles it.
        raise OutcomeUnknown(message("line.garbled"), answer.heard, why=Why.GARBLED)
    return Accepted(answer.request_id)


def _wrong_message(refused: Refused) -> Refused:
    where = ", ".join(dict.fromkeys(refused.heard.properties)) or refused.heard.said
    said = ", ".join(refused.heard.codes) or refused.heard.said
    return Refused(message("line.wrong_message", where=where, said=said), refused.heard)


def _used_up(heard: Heard) -> Refused:
    return Refused(message("line.month_used_up"), heard, cure=message("line.month_used_up_cure"))


def _count(answer: Answer, name: str) -> int | None:
    value = answer.data.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
