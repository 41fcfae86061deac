"""The calls about audiences that take no IDs: get one, list, rename, delete."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from desktop.core.limits import AUDIENCE
from desktop.simulator.audiences import Audience, Pace
from desktop.simulator.calls import audience_rules as rules
from desktop.simulator.calls.uploads import changeable_audience, check_name_free
from desktop.simulator.exchange import Refusal, Reply, Request, json_object, json_reply, refuse
from desktop.simulator.state import LineState

_STATUSES = frozenset({"IN_PROGRESS", "READY", "FAILED", "EXPIRED", "INACTIVE", "ACTIVATING"})
_ROUTES = frozenset({"OA_MANAGER", "MESSAGING_API", "POINT_AD", "AD_MANAGER"})


def get_one(state: LineState, _request: Request, place: tuple[str, ...]) -> Reply:
    """GET /v2/bot/audienceGroup/{audienceGroupId}: the audience and its jobs. Each answer is one look."""
    with state.lock:
        audience = state.audience(_number(place[0]))
        if audience is None:
            raise rules.bad("AUDIENCE_GROUP_NOT_FOUND")
        pace = state.pace()
        ended_before = [job.done for job in audience.jobs]
        shown = {"audienceGroup": audience.shown(pace), "jobs": audience.shown_jobs(pace)}
        if audience.look(pace) or ended_before != [job.done for job in audience.jobs]:
            state.keep(audience)
        return json_reply(200, shown)


def list_page(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """GET /v2/bot/audienceGroup/list. Different parameters narrow each other; several createRoutes widen."""
    page = _bounded(request, "page", None, None)
    size = _bounded(request, "size", AUDIENCE.list_page_size_default, AUDIENCE.list_page_size)
    wanted = _filter(state, request)
    with state.lock:
        pace = state.pace()
        found = [one for one in _ordered(state) if wanted.matches(one, pace)]
        start = (page - 1) * size
        return json_reply(
            200,
            {
                "audienceGroups": [one.shown(pace) for one in found[start : start + size]],
                "hasNextPage": start + size < len(found),
                "totalCount": len(found),
                "readWriteAudienceGroupTotalCount": sum(one.permission == "READ_WRITE" for one in found),
                "page": page,
                "size": size,
            },
        )


def rename(state: LineState, request: Request, place: tuple[str, ...]) -> Reply:
    """PUT /v2/bot/audienceGroup/{audienceGroupId}/updateDescription."""
    name = rules.check_name(json_object(request).get("description"))
    with state.lock:
        audience = changeable_audience(state, _number(place[0]))
        check_name_free(state, name, besides=audience)
        audience.description = name
        state.keep(audience)
        return json_reply(200, {})


def delete(state: LineState, _request: Request, place: tuple[str, ...]) -> Reply:
    """DELETE /v2/bot/audienceGroup/{audienceGroupId}: 202, as the reference says, or 200 as the specification."""
    with state.lock:
        state.delete(changeable_audience(state, _number(place[0])))
        return json_reply(state.settings.delete_status, {})


def _ordered(state: LineState) -> list[Audience]:
    """The audiences in the order the account is set to list them in; LINE documents none."""
    newest = state.audiences()
    order = state.settings.list_order
    if order == "oldest":
        return newest[::-1]
    if order == "name":
        return sorted(newest, key=lambda one: one.description)
    if order == "shuffled":
        return sorted(newest, key=lambda one: hashlib.sha256(str(one.id).encode()).digest())
    return newest


def _number(written: str) -> int:
    if not (written.isascii() and written.isdigit()):
        raise rules.bad("AUDIENCE_GROUP_NOT_FOUND")
    return int(written)


@dataclass(frozen=True, slots=True)
class _Filter:
    """What a list request asks for; empty means any."""

    name: str
    statuses: frozenset[str]
    routes: frozenset[str]
    own_only: bool
    listed_before: float
    """Audiences accepted later than this do not show up yet."""

    def matches(self, audience: Audience, pace: Pace) -> bool:
        return (
            self.name in audience.description.casefold()
            and (not self.statuses or audience.status(pace) in self.statuses)
            and (not self.routes or audience.create_route in self.routes)
            and (audience.own or not self.own_only)
            and audience.accepted <= self.listed_before
        )


def _filter(state: LineState, request: Request) -> _Filter:
    return _Filter(
        (request.query_value("description") or "").casefold(),
        _one_of(request, "status", _STATUSES),
        _one_of(request, "createRoute", _ROUTES),
        _own_only(request.query_value("includesExternalPublicGroups")),
        state.clock.now() - state.settings.listing_lag_seconds,
    )


def _one_of(request: Request, name: str, allowed: frozenset[str]) -> frozenset[str]:
    values = frozenset(value for value in request.query.get(name, []) if value)
    if not values <= allowed:
        raise refuse(400, f"{name}: must be one of {', '.join(sorted(allowed))}", "INVALID_VALUE")
    return values


def _own_only(written: str | None) -> bool:
    # Any case, because LINE's own library for Python writes False.
    if written is not None and written.lower() not in {"true", "false"}:
        raise _wrong("includesExternalPublicGroups", "must be true or false", "INVALID_VALUE")
    return written is not None and written.lower() == "false"


def _bounded(request: Request, name: str, default: int | None, most: int | None) -> int:
    written = request.query_value(name)
    if written is None and default is not None:
        return default
    if written is None:
        raise _wrong(name, "must not be null", "REQUIRED")
    if not (written.isascii() and written.isdigit()):
        raise _wrong(name, "must be a number", "INVALID_VALUE")
    if int(written) < 1:
        raise _wrong(name, "must be greater than or equal to 1", "TOO_LOW")
    if most is not None and int(written) > most:
        raise _wrong(name, f"must be less than or equal to {most}", "TOO_HIGH")
    return int(written)


def _wrong(name: str, rule: str, code: str) -> Refusal:
    return refuse(400, f"{name}: {rule}", code)
