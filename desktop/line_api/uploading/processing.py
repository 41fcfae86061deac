"""What LINE's word, or its silence, means for an upload: when to look or try again, and whether the audience is ready."""

from __future__ import annotations

from desktop.core.message import Message, message
from desktop.line_api.audience_groups import AudienceGroup
from desktop.line_api.errors import OFFLINE, Why
from desktop.line_api.rate_limit import back_off

_POLLS = (1.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
"""Seconds before the first, second, … look at a job LINE is processing; LINE says it may take hours."""

TRIES = 5
"""How often a job is sent, or asked for, before it waits for the owner."""


def next_try(why: Why | None, troubles: int, *, patient: bool) -> float | None:
    """Seconds until the next try after a request that was not processed; None if the owner has to decide.

    Args:
        why: what stood in the way.
        troubles: how many requests in a row have failed, this one included.
        patient: never leave it to the owner: LINE has the audience, and only its state is asked for.
    """
    if why in OFFLINE:
        return back_off(troubles, 10.0, 60.0)
    if why is Why.BUSY:
        return back_off(troubles, 30.0, 600.0)
    return back_off(troubles, 10.0, 120.0) if patient or troubles < TRIES else None


def next_poll(polls: int) -> float:
    """Seconds until the next look, after so many."""
    return _POLLS[min(polls, len(_POLLS) - 1)]


def is_ready(group: AudienceGroup, op: str) -> bool:
    """Whether the audience is ready and our job in it finished. LINE does not say that the first implies the
    second. Where LINE shows no job with our mark, all it shows have to be finished."""
    ours = group.job(op)
    return group.status == "READY" and all(
        one.status == "FINISHED" for one in ([ours] if ours else group.jobs)
    )


def trouble(group: AudienceGroup, op: str) -> Message | None:
    """Why the audience will not become ready, or None."""
    ours = group.job(op)
    if group.status == "FAILED" or (ours is not None and ours.status == "FAILED"):
        reason = (ours.failed_type if ours else None) or group.failed_type or "FAILED"
        return message("outbox.line_failed", reason=reason)
    return message("line.audience_expired") if group.status == "EXPIRED" else None
