"""LINE's audience calls (LINE's manager calls them 受眾): create one from user IDs, add some, look at one with its jobs, list
them, rename and delete one. Answers are read with patience: fields may be missing, and words may be new."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from desktop.core.limits import AUDIENCE
from desktop.core.message import message
from desktop.line_api.client import LineClient
from desktop.line_api.errors import NOT_FOUND, OutcomeUnknown, Refused, Why, garbled
from desktop.line_api.multipart import MultipartFile
from desktop.line_api.transport import Answer, Call

_CREATE_JSON = Call("POST", "/v2/bot/audienceGroup/upload", writes=True, bucket="audience")
_CREATE_FILE = Call("POST", "/v2/bot/audienceGroup/upload/byFile", writes=True, data=True, bucket="audience")
_ADD_JSON = Call("PUT", "/v2/bot/audienceGroup/upload", writes=True, bucket="audience")
_ADD_FILE = Call("PUT", "/v2/bot/audienceGroup/upload/byFile", writes=True, data=True, bucket="audience")
_RENAME = Call(
    "PUT", "/v2/bot/audienceGroup/{audienceGroupId}/updateDescription", writes=True, bucket="audience"
)
_DELETE = Call("DELETE", "/v2/bot/audienceGroup/{audienceGroupId}", writes=True, bucket="audience")
_GET = Call("GET", "/v2/bot/audienceGroup/{audienceGroupId}", bucket="audience")
_LIST = Call("GET", "/v2/bot/audienceGroup/list", bucket="audience")

BodyMaker = Callable[[Mapping[str, str]], MultipartFile]
"""Makes a file upload's body around these form fields; called once for each try."""

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
    something new. ``expires_at`` is LINE's word, or 180 days after its creation where LINE does not say."""

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
    type: str = ""
    permission: str = ""

    @property
    def created_at(self) -> str | None:
        """The instant of its creation as the shop file keeps instants."""
        return _instant(self.created)

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


def create_from_file(client: LineClient, name: str, op: str, body: BodyMaker) -> CreatedAudience:
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


def add_from_json(client: LineClient, audience_group_id: int, op: str, ids: list[str]) -> str:
    """Add at most 10,000 IDs to an audience; the answer names no job, so ``op`` is the only handle on it.

    Args:
        client: the shop's client.
        audience_group_id: which audience.
        op: our own mark, returned as the job's description.
        ids: user IDs.

    Returns:
        LINE's request ID.

    Raises:
        LineProblem: of any fate; OutcomeUnknown means that they may have been added.
    """
    body = {
        "audienceGroupId": audience_group_id,
        "uploadDescription": op,
        "audiences": [{"id": user_id} for user_id in ids],
    }
    return client.send(_ADD_JSON, json=body).request_id


def add_from_file(
    client: LineClient,
    audience_group_id: int,
    op: str,
    body: BodyMaker,
) -> str:
    """Add at most 1,500,000 IDs to an audience by uploading a text file; arguments and result as for
    :func:`add_from_json`, ``body`` as for :func:`create_from_file`.

    Raises:
        LineProblem: of any fate; OutcomeUnknown means that they may have been added.
    """
    fields = {"audienceGroupId": str(audience_group_id), "uploadDescription": op}
    return client.send(_ADD_FILE, file=lambda: body(fields)).request_id


def rename(client: LineClient, audience_group_id: int, name: str) -> str:
    """Give an audience another name, 1 to 120 UTF-16 units; returns LINE's request ID.

    Raises:
        LineProblem: of any fate; OutcomeUnknown means that it may have that name now.
    """
    path = {"audienceGroupId": str(audience_group_id)}
    return client.send(_RENAME, path=path, json={"description": name}).request_id


def delete(client: LineClient, audience_group_id: int) -> str:
    """Delete an audience, which cannot be undone; returns LINE's request ID.

    Raises:
        LineProblem: of any fate; OutcomeUnknown means that it may be gone.
    """
    return client.send(_DELETE, path={"audienceGroupId": str(audience_group_id)}).request_id


def look(client: LineClient, audience_group_id: int) -> AudienceGroup | None:
    """One audience with its last jobs, or None if LINE does not know it.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    try:
        return get(client, audience_group_id)
    except Refused as refused:
        if NOT_FOUND in refused.heard.codes or refused.status == 404:
            return None
        raise


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


def each(client: LineClient, name_like: str = "", *, everybodys: bool = False) -> Iterator[AudienceGroup]:
    """This channel's audiences made by the API, without their jobs, over all pages, each once.

    Args:
        client: the shop's client.
        name_like: a part of the name, in any case. LINE's "or" between parameters is not clear: callers
            compare themselves.
        everybodys: also those that LINE's manager or other channels of the account made.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    query: dict[str, str | int] = {"size": AUDIENCE.list_page_size}
    if not everybodys:
        query |= {"includesExternalPublicGroups": "false", "createRoute": "MESSAGING_API"}
    if name_like:
        query["description"] = name_like
    shown: set[int] = set()
    for page in range(1, _MOST_PAGES + 1):
        answer = client.send(_LIST, query={"page": page, **query})
        groups = answer.data.get("audienceGroups")
        if not isinstance(groups, list):
            raise garbled(answer.heard)
        before = len(shown)
        for found in groups:
            number = found.get("audienceGroupId") if isinstance(found, dict) else None
            if isinstance(number, int) and number not in shown:
                shown.add(number)
                yield _group(found, answer.request_id, ())
        # A page that shows nothing new is the last, whatever it says: there may be no end otherwise.
        if len(shown) == before or answer.data.get("hasNextPage") is not True:
            return


def oldest(client: LineClient, count: int) -> list[AudienceGroup]:
    """The audiences made longest ago, oldest first: the ones to delete when the channel is full."""
    return sorted(each(client), key=lambda group: (group.created, group.id))[:count]


def _created(answer: Answer) -> CreatedAudience:
    audience_group_id = answer.data.get("audienceGroupId")
    if not isinstance(audience_group_id, int):
        raise OutcomeUnknown(message("line.garbled"), answer.heard, why=Why.GARBLED)
    return CreatedAudience(audience_group_id, answer.request_id, _expiry(answer.data))


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
        expires_at=_expiry(found),
        request_id=request_id,
        jobs=jobs,
        type=str(found.get("type") or ""),
        permission=str(found.get("permission") or ""),
    )


def _job(found: Mapping[str, Any]) -> AudienceJob:
    description, failed = found.get("description"), found.get("failedType")
    return AudienceJob(
        description=str(description) if description is not None else None,
        status=str(found.get("jobStatus") or ""),
        failed_type=str(failed) if failed else None,
        count=_number(found.get("audienceCount")),
    )


def _expiry(found: Mapping[str, Any]) -> str | None:
    """When LINE ends an uploaded audience; LINE's specification lets it leave that out."""
    said = _instant(found.get("expireTimestamp"))
    created = _number(found.get("created"))
    if said is None and created > 0 and found.get("type") in (None, "UPLOAD"):
        return _instant(created + AUDIENCE.life_seconds)
    return said


def _number(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _instant(value: object) -> str | None:
    """UNIX seconds as the shop file keeps instants."""
    if not isinstance(value, int | float) or not 0 < value < 32_503_680_000:
        return None
    return datetime.fromtimestamp(value, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
