"""Looking before sending, for each kind of request: what has become of it at LINE, and whether there is anything left to do.
A create or an add is known by our mark in the jobs, a rename by the audience's present name, a deletion by LINE not knowing the
audience any more."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from desktop.core.people.upload_name import is_old_name, is_upload_name, name_key
from desktop.line_api import audience_groups
from desktop.line_api.audience_groups import AudienceGroup
from desktop.line_api.client import LineClient
from desktop.line_api.uploading.look_up import Wanted, look_up, names_like
from desktop.store.outbox import UploadJob


class Fate(StrEnum):
    """What a look showed of a request: LINE has processed it; there is nothing to do; the audience it is about is gone, or has
    expired, or is not ready to take more; LINE shows no trace of it; it may be there."""

    DONE = "done"
    NEEDLESS = "needless"
    GONE = "gone"
    EXPIRED = "expired"
    BUSY = "busy"
    ABSENT = "absent"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Settled:
    """What a look showed; ``group`` is the audience in question, ``taken`` the keys of the names seen at LINE."""

    fate: Fate
    group: AudienceGroup | None = None
    taken: frozenset[str] = frozenset()


def settle(client: LineClient, job: UploadJob, others: Set[int]) -> Settled:
    """Look what has become of the request that is due.

    Args:
        client: the shop's client.
        job: the upload.
        others: audiences at LINE known to belong to other uploads.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    if job.method.startswith("create"):
        seen = look_up(client, Wanted(job.audience, job.line_name, job.op, others))
        fate = Fate.DONE if seen.found else Fate.UNCLEAR if seen.unclear else Fate.ABSENT
        return Settled(fate, seen.found, seen.taken)
    number = job.audience_group_id if job.method == "rename_new" else job.group_id or job.audience_group_id
    if number is None:
        raise ValueError(f"upload {job.id} has a request about no audience")
    group = audience_groups.look(client, number)
    if job.method == "delete":
        return Settled(Fate.ABSENT if group else Fate.DONE, group)
    if job.method.startswith("rename"):
        found = _renamed(job, group)
        if found.fate is not Fate.ABSENT or job.perhaps_at_line:
            return found
        # The two that change places do not stand in each other's way.
        apart = {one for one in (number, job.old_group_id) if one is not None}
        return Settled(Fate.ABSENT, group, names_like(client, job.audience, apart_from=apart))
    return Settled(_added(job, group), group)


def _added(job: UploadJob, group: AudienceGroup | None) -> Fate:
    if group is None:
        return Fate.GONE
    if group.job(job.op) is not None:
        return Fate.DONE
    if group.status == "EXPIRED":
        return Fate.EXPIRED
    return Fate.BUSY if group.status in ("IN_PROGRESS", "ACTIVATING") else Fate.ABSENT


def _renamed(job: UploadJob, group: AudienceGroup | None) -> Settled:
    old = job.method == "rename_old"
    if group is None:
        return Settled(Fate.NEEDLESS if old else Fate.GONE)
    if job.new_name is not None and group.name == job.new_name:
        return Settled(Fate.DONE, group)
    if old:
        ours = (
            group.name == job.expected
            or name_key(group.name) == name_key(job.audience)
            or is_upload_name(group.name, job.audience)
        )
        needless = not ours or is_old_name(group.name, job.audience)
    else:
        # Somebody gave it a name of her own choice: it stays.
        needless = group.name != job.line_name
    return Settled(Fate.NEEDLESS if needless else Fate.ABSENT, group)
