"""Looking before sending: whether LINE already has the audience of an upload, and which names are taken
there. LINE's audience calls take no retry key, so the upload's own mark in the audience's jobs is the only
proof."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from desktop.core.people.upload_name import is_upload_name, name_key
from desktop.line_api import audience_groups
from desktop.line_api.audience_groups import AudienceGroup
from desktop.line_api.client import LineClient

_PART_OF_NAME = 40
"""Characters of a name that the list is filtered by: enough to tell, and few enough to be in a name that was
cut for a day."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for.

    Args:
        name: the audience's own name.
        line_name: the name this upload has, or would have, at LINE.
        op: the mark its request carried.
        others: audiences at LINE known to belong to other uploads.
    """

    name: str
    line_name: str
    op: str
    others: Set[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Seen:
    """What LINE showed.

    ``found`` is the audience whose jobs carry our mark. ``unclear`` means that an audience of exactly our
    name shows no jobs at all yet, so that it may be ours. ``taken`` are the keys of all names seen.
    """

    found: AudienceGroup | None
    unclear: bool
    taken: frozenset[str]


def names_like(client: LineClient, name: str, *, apart_from: Set[int]) -> frozenset[str]:
    """Keys of the names at LINE that begin like this one, whoever made the audiences.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    listed = audience_groups.each(client, name[:_PART_OF_NAME].strip(), everybodys=True)
    return frozenset(name_key(group.name) for group in listed if group.id not in apart_from)


def look_up(client: LineClient, wanted: Wanted) -> Seen:
    """Look for an upload's audience in LINE's list and in the jobs of every candidate.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    listed = list(audience_groups.each(client, wanted.name[:_PART_OF_NAME].strip()))
    taken = frozenset(name_key(group.name) for group in listed)
    unclear = False
    for group in listed:
        if group.id in wanted.others or not is_upload_name(group.name, wanted.name):
            continue
        looked_at = audience_groups.look(client, group.id)
        if looked_at is None:
            continue
        if looked_at.job(wanted.op) is not None:
            return Seen(looked_at, False, taken)
        unclear = unclear or (group.name == wanted.line_name and not looked_at.jobs)
    return Seen(None, unclear, taken)
