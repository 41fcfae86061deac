"""LINE's audience calls (LINE's manager calls them 受眾): create one from user IDs, look at one with its jobs,
and list them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from desktop.core.limits import AUDIENCE
from desktop.core.message import message
from desktop.line_api.client import LineClient
from desktop.line_api.errors import OutcomeUnknown, Why, garbled
from desktop.line_api.multipart import MultipartFile
from desktop.line_api.transport import Answer, Call

_CREATE_JSON = Call("POST", "/v2/bot/audienceGroup/upload", writes=True, bucket="audience")
_CREATE_FILE = Call("POST", "/v2/bot/audienceGroup/upload/byFile", writes=True, data=True, bucket="audience")
_GET = Call("GET", "/v2/bot/audienceGroup/{audienceGroupId}", bucket="audience")
_LIST = Call("GET", "/v2/bot/audienceGroup/list", bucket="audience")

_MOST_PAGES = AUDIENCE.audiences_per_channel // AUDIENCE.list_page_size * 2


@dataclass(frozen=True, slots=True)
class CreatedAudience:
    """LINE accepted a new audience. ``expires_at`` is UTC as the shop file keeps instants, or None."""

    id: int
    request_id: str
    expires_at: str | None


@dataclass(frozen=True, slots=True)
class AudienceJob:
    """One upload of IDs into an audience; ``status`` is QUEUED, WORKING, FINISHED, FAILED or something LINE
    adds later."""

    description: str | None
    status: str
    failed_type: str | None
    count: int


@dataclass(frozen=True, slots=True)
class AudienceGroup:
    """An audience at LINE; ``status`` is IN_PROGRESS, READY, FAILED, EXPIRED, INACTIVE, ACTIVATING or
    something new."""

    id: int
    name: str
    status: str
    count: int
    created: int
    create_route: str
    failed_type: str | None
    expires_at: str | None
    request_id: str
    jobs: tuple[AudienceJob, ...] = ()

    def job(self, op: str) -> AudienceJob | None:
        """The job that carries this upload description, or None."""
        return next((job for job in self.jobs if job.description == op), None)


def create_from_json(client: LineClient, name: str, op: str, ids: list[str]) -> CreatedAudience:
    """Create an audience of at most 10,000 IDs.

    Args:
        client: the shop's client.
        name: 1 to 120 UTF-16 units.
        op: our own mark, returned as the job's description.
        ids: user IDs.

    Raises:
        LineProblem: of any fate; OutcomeUnknown means it may exist now.
    """
    body = {"description": name, "uploadDescription": op, "audiences": [{"id": user_id} for user_id in ids]}
    return _created(client.send(_CREATE_JSON, json=body))


def create_from_file(
    client: LineClient, name: str, op: str, body: Callable[[Mapping[str, str]], MultipartFile]
) -> CreatedAudience:
    """Create an audience of at most 1,500,000 IDs by uploading a text file.

    Args:
        client: the shop's client.
        name: 1 to 120 UTF-16 units.
        op: our own mark, returned as the job's description.
        body: makes the request's body around these form fields; called once for each try.

    Raises:
        LineProblem: of any fate; OutcomeUnknown means it may exist now.
    """
    fields = {"description": name, "uploadDescription": op}
    return _created(client.send(_CREATE_FILE, file=lambda: body(fields)))


def get(client: LineClient, audience_group_id: int) -> AudienceGroup:
    """One audience with its last jobs.

    Raises:
        LineProblem: of any fate; Refused with AUDIENCE_GROUP_NOT_FOUND if there is none of this ID.
    """
    answer = client.send(_GET, path={"audienceGroupId": str(audience_group_id)})
    found = answer.data.get("audienceGroup")
    jobs = answer.data.get("jobs")
    if not isinstance(found, dict) or found.get("audienceGroupId") != audience_group_id:
        raise garbled(answer.heard)
    listed = [_job(job) for job in jobs if isinstance(job, dict)] if isinstance(jobs, list) else []
    return _group(found, answer.request_id, tuple(listed))


def each(client: LineClient, name_like: str = "") -> Iterator[AudienceGroup]:
    """This channel's audiences made by the API, without their jobs, over all pages.

    Args:
        client: the shop's client.
        name_like: a part of the name, in any case. LINE's "or" between parameters is not clear: callers
            compare themselves.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    query: dict[str, str | int] = {
        "size": AUDIENCE.list_page_size,
        "includesExternalPublicGroups": "false",
        "createRoute": "MESSAGING_API",
    }
    if name_like:
        query["description"] = name_like
    for page in range(1, _MOST_PAGES + 1):
        answer = client.send(_LIST, query={"page": page, **query})
        groups = answer.data.get("audienceGroups")
        if not isinstance(groups, list):
            raise garbled(answer.heard)
        for found in groups:
            if isinstance(found, dict) and isinstance(found.get("audienceGroupId"), int):
                yield _group(found, answer.request_id, ())
        if not groups or answer.data.get("hasNextPage") is not True:
            return


def oldest(client: LineClient, count: int) -> list[AudienceGroup]:
    """The audiences made longest ago, oldest first: the ones to delete when the channel is full."""
    return sorted(each(client), key=lambda group: (group.created, group.id))[:count]


def _created(answer: Answer) -> CreatedAudience:
    audience_group_id = answer.data.get("audienceGroupId")
    if not isinstance(audience_group_id, int):
        raise OutcomeUnknown(message("line.garbled"), answer.heard, why=Why.GARBLED)
    return CreatedAudience(audience_group_id, answer.request_id, _instant(answer.data.get("expireTimestamp")))


def _group(found: Mapping[str, Any], request_id: str, jobs: tuple[AudienceJob, ...]) -> AudienceGroup:
    failed = found.get("failedType")
    return AudienceGroup(
        id=int(found["audienceGroupId"]),
        name=str(found.get("description") or ""),
        status=str(found.get("status") or ""),
        count=_number(found.get("audienceCount")),
        created=_number(found.get("created")),
        create_route=str(found.get("createRoute") or ""),
        failed_type=str(failed) if failed else None,
        expires_at=_instant(found.get("expireTimestamp")),
        request_id=request_id,
        jobs=jobs,
    )


def _job(found: Mapping[str, Any]) -> AudienceJob:
    description, failed = found.get("description"), found.get("failedType")
    return AudienceJob(
        description=str(description) if description is not None else None,
        status=str(found.get("jobStatus") or ""),
        failed_type=str(failed) if failed else None,
        count=_number(found.get("audienceCount")),
    )


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _instant(value: object) -> str | None:
    """UNIX seconds as the shop file keeps instants."""
    if not isinstance(value, int | float) or not 0 < value < 32_503_680_000:
        return None
    return datetime.fromtimestamp(value, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
