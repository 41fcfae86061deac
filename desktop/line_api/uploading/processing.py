"""What LINE's word about an audience means for the upload that made it."""

from __future__ import annotations

from desktop.core.message import Message, message
from desktop.line_api.audience_groups import AudienceGroup

_POLLS = (1.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
"""Seconds before the first, second, … look at a job LINE is processing; LINE says it may take hours."""


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
