"""Audiences of the simulated account and their life: jobs that wait, run and end, and the status that follows.

How long a job takes is a setting (a number of looks, seconds, or both), because LINE only says "may take several
hours". A READY audience stays READY while a later job runs, as LINE documents it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from desktop.core.limits import AUDIENCE
from desktop.simulator.storage import rebuild

_QUEUED_UNTIL = 0.3
"""Share of its time that a job shows QUEUED before it shows WORKING."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast jobs end at this moment: looks and seconds a job needs (whichever takes longer), and the time; how many of the
    looks show QUEUED (None: about a third), and whether an audience may be READY before its first job has ended."""

    polls: int
    seconds: float
    now: float
    queued: int | None = None
    ready_early: bool = False


@dataclass(slots=True)
class Job:
    """One upload of IDs to an audience. ``count`` is the number of accounts it adds, ``seen`` the looks so far."""

    id: int
    description: str | None
    accepted: float
    count: int
    failed_type: str | None = None
    failed: bool = False
    seen: int = 0
    done: bool = False

    def settle(self, pace: Pace) -> float:
        """The share of its time that has passed, from 0 to 1; at 1 the job is done for good."""
        shares = [1.0]
        if pace.polls > 0:
            shares.append(self.seen / pace.polls)
        if pace.seconds > 0:
            shares.append((pace.now - self.accepted) / pace.seconds)
        share = 1.0 if self.done else max(0.0, min(shares))
        self.done = share >= 1.0
        return share

    def status(self, pace: Pace) -> str:
        """LINE's jobStatus: QUEUED, WORKING, FINISHED or FAILED."""
        share = self.settle(pace)
        if not self.done:
            queued = share < _QUEUED_UNTIL if pace.queued is None else self.seen < pace.queued
            return "QUEUED" if queued else "WORKING"
        return "FAILED" if self.failed or self.failed_type else "FINISHED"

    def shown(self, audience_group_id: int, pace: Pace) -> dict[str, object]:
        """The job as an element of ``jobs``."""
        status = self.status(pace)
        return {
            "audienceGroupJobId": self.id,
            "audienceGroupId": audience_group_id,
            "description": self.description,
            "type": "DIFF_ADD",
            "status": status,
            "failedType": self.failed_type if status == "FAILED" else None,
            "audienceCount": self.count if status == "FINISHED" else 0,
            "created": int(self.accepted),
            "jobStatus": status,
        }


@dataclass(slots=True)
class Audience:
    """One audience group. ``stored`` IDs are kept beside it, in ``ids_bytes`` bytes; ``own`` is false for those of
    another channel or of LINE Official Account Manager."""

    id: int
    description: str
    accepted: float
    is_ifa: bool = False
    create_route: str = "MESSAGING_API"
    permission: str = "READ_WRITE"
    own: bool = True
    stored: int = 0
    ids_bytes: int = 0
    jobs: list[Job] = field(default_factory=list)

    @property
    def created(self) -> int:
        """UNIX seconds of its creation."""
        return int(self.accepted)

    @property
    def expires(self) -> int:
        """UNIX seconds of its end; adding IDs does not move it."""
        return self.created + AUDIENCE.life_seconds

    def running(self, pace: Pace) -> int:
        """Jobs that are QUEUED or WORKING."""
        return sum(job.settle(pace) < 1.0 for job in self.jobs)

    def count(self, pace: Pace) -> int:
        """Accounts that ended jobs have added."""
        return sum(job.count for job in self.jobs if job.status(pace) == "FINISHED")

    def status(self, pace: Pace) -> str:
        """LINE's status: EXPIRED, READY, FAILED or IN_PROGRESS; an audience without anybody stays IN_PROGRESS."""
        if pace.now >= self.expires:
            return "EXPIRED"
        if self.count(pace) > 0 or (pace.ready_early and any(job.count for job in self.jobs)):
            return "READY"
        if self.jobs and not self.running(pace) and self.jobs[-1].status(pace) == "FAILED":
            return "FAILED"
        return "IN_PROGRESS"

    def look(self, pace: Pace) -> bool:
        """Count one look at jobs that were still running; whether anything was counted."""
        running = [job for job in self.jobs if job.settle(pace) < 1.0]
        for job in running:
            job.seen += 1
        return bool(running)

    def created_reply(self) -> dict[str, object]:
        """The answer to creating it."""
        return {
            "audienceGroupId": self.id,
            "createRoute": self.create_route,
            "type": "UPLOAD",
            "description": self.description,
            "created": self.created,
            "permission": self.permission,
            "expireTimestamp": self.expires,
            "isIfaAudience": self.is_ifa,
        }

    def shown(self, pace: Pace) -> dict[str, object]:
        """The audience as ``audienceGroup`` and as an element of ``audienceGroups``."""
        shown: dict[str, object] = {
            "audienceGroupId": self.id,
            "type": "UPLOAD",
            "description": self.description,
            "status": self.status(pace),
            "audienceCount": self.count(pace),
            "created": self.created,
            "isIfaAudience": self.is_ifa,
            "permission": self.permission,
            "createRoute": self.create_route,
            "expireTimestamp": self.expires,
        }
        if shown["status"] == "FAILED" and self.jobs[-1].failed_type:
            shown["failedType"] = self.jobs[-1].failed_type
        return shown

    def shown_jobs(self, pace: Pace) -> list[dict[str, object]]:
        """Its last jobs, as many as LINE shows, newest first."""
        return [job.shown(self.id, pace) for job in reversed(self.jobs[-AUDIENCE.jobs_shown :])]

    def to_json(self) -> dict[str, object]:
        """The audience as it is kept in a file."""
        return asdict(self)


def audience_from_json(kept: Mapping[str, object]) -> Audience:
    """An audience as ``to_json`` wrote it; names that this version does not know are left out."""
    audience = rebuild(Audience, kept)
    jobs = kept.get("jobs")
    audience.jobs = [rebuild(Job, job) for job in jobs] if isinstance(jobs, list) else []
    return audience
