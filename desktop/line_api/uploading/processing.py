"""What LINE's word, or its silence, means for an upload: when to look or try again, and whether the audience is ready."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.core.message import Message, message
from desktop.line_api.audience_groups import AudienceGroup
from desktop.line_api.errors import OFFLINE, Why
from desktop.line_api.rate_limit import back_off

_POLLS = (1.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)
"""Seconds before the first, second, … look at a job LINE is processing; LINE says it may take hours."""

TRIES = 5
"""How often a job is sent, or asked for, before it waits for the owner."""

PATIENT_TRIES = 30
"""How often in a row the state of what LINE has is asked for in vain: about an hour."""

LOOKS_FOR_JOB = 10
"""So many looks at an audience that does not show our job; then what it does show has to do."""


def next_try(why: Why | None, troubles: int, *, patient: bool) -> float | None:
    """Seconds until the next try after a request that was not processed; None if the owner has to decide.

    Args:
        why: what stood in the way.
        troubles: how many requests in a row have failed, this one included.
        patient: long do not leave it to the owner: LINE has the audience, and only its state is asked for.
    """
    if why in OFFLINE:
        return back_off(troubles, 10.0, 60.0)
    if why is Why.BUSY:
        return back_off(troubles, 30.0, 600.0)
    most = PATIENT_TRIES if patient else TRIES
    return back_off(troubles, 10.0, 120.0) if troubles < most else None


def next_poll(polls: int) -> float:
    """Seconds until the next look, after so many."""
    return _POLLS[min(polls, len(_POLLS) - 1)]


def is_ready(group: AudienceGroup, ops: Sequence[str], *, adds: bool, polls: int) -> bool:
    """Whether the audience is ready and our jobs in it finished. LINE does not say that the first implies the
    second, and an audience stays READY while more people are added.

    Args:
        group: the audience with its jobs.
        ops: the marks of our jobs.
        adds: whether they add to an audience that was there before, so that READY alone says nothing.
        polls: how often it was looked at. Where LINE does not show our job for long, all it shows have to be finished.
    """
    ours = [job for op in ops if (job := group.job(op)) is not None]
    hidden = len(ours) < len(ops) and (adds or bool(ours)) and polls < LOOKS_FOR_JOB
    return (
        group.status == "READY" and not hidden and all(job.status == "FINISHED" for job in ours or group.jobs)
    )


def trouble(group: AudienceGroup, ops: Sequence[str]) -> Message | None:
    """Why the audience will not become ready, or None."""
    ours = [job for op in ops if (job := group.job(op)) is not None]
    failed = next((job for job in ours if job.status == "FAILED"), None)
    if group.status == "FAILED" or failed is not None:
        reason = (failed.failed_type if failed else None) or group.failed_type or "FAILED"
        return message("outbox.line_failed", reason=reason)
    return message("line.audience_expired") if group.status == "EXPIRED" else None
