"""The four calls that take IDs: create and add, by JSON and by file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.core.limits import AUDIENCE
from desktop.simulator.audiences import Audience
from desktop.simulator.calls import audience_rules as rules
from desktop.simulator.calls.multipart import BadForm, Part, parse
from desktop.simulator.exchange import Reply, Request, json_object, json_reply, refuse
from desktop.simulator.state import LineState


def create_by_json(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """POST /v2/bot/audienceGroup/upload. Without IDs it makes an audience that stays IN_PROGRESS for ever."""
    body = json_object(request)
    is_ifa = body.get("isIfaAudience", False)
    if not isinstance(is_ifa, bool):
        raise refuse(400, "The request body has 1 error(s)", "Must be a boolean", "isIfaAudience")
    name = rules.check_name(body.get("description"))
    description = rules.check_upload_description(body.get("uploadDescription"))
    ids = rules.ids_in_json(body.get("audiences"))
    rules.check_ids(ids, is_ifa=is_ifa, name="audiences")
    return _create(state, name, is_ifa, ids, description)


def create_by_file(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """POST /v2/bot/audienceGroup/upload/byFile."""
    form = _form(request)
    is_ifa = form.fields.get("isIfaAudience", "false").lower() == "true"
    name = rules.check_name(form.fields.get("description"))
    description = rules.check_upload_description(form.fields.get("uploadDescription"))
    ids = rules.ids_in_file(form.file.content)
    rules.check_ids(ids, is_ifa=is_ifa, name="file")
    return _create(state, name, is_ifa, ids, description)


def add_by_json(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """PUT /v2/bot/audienceGroup/upload."""
    body = json_object(request)
    audience_group_id = body.get("audienceGroupId")
    if not isinstance(audience_group_id, int) or isinstance(audience_group_id, bool):
        raise refuse(400, "The request body has 1 error(s)", "Must be a number", "audienceGroupId")
    audience = open_audience(state, audience_group_id)
    description = rules.check_upload_description(body.get("uploadDescription"))
    ids = rules.ids_in_json(body.get("audiences"))
    if not ids:
        raise rules.bad("UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS", "audiences")
    rules.check_ids(ids, is_ifa=audience.is_ifa, name="audiences")
    return _add(state, audience, ids, description)


def add_by_file(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """PUT /v2/bot/audienceGroup/upload/byFile."""
    form = _form(request)
    written = form.fields.get("audienceGroupId", "")
    if not (written.isascii() and written.isdigit()):
        raise refuse(400, "The request body has 1 error(s)", "Must be a number", "audienceGroupId")
    audience = open_audience(state, int(written))
    description = rules.check_upload_description(form.fields.get("uploadDescription"))
    ids = rules.ids_in_file(form.file.content)
    rules.check_ids(ids, is_ifa=audience.is_ifa, name="file")
    return _add(state, audience, ids, description)


def changeable_audience(state: LineState, audience_group_id: int) -> Audience:
    """The audience if this channel may change it.

    Raises:
        Refusal: 400 if there is none with that ID; 403 if it belongs to the manager or another channel (LINE's
            status table has 403 for what an account is not entitled to; its body here is our own).
    """
    audience = state.audience(audience_group_id)
    if audience is None:
        raise rules.bad("AUDIENCE_GROUP_NOT_FOUND")
    if audience.permission != "READ_WRITE":
        raise refuse(403, "Access to this audience group is not available for your channel")
    return audience


def open_audience(state: LineState, audience_group_id: int) -> Audience:
    """The audience if it takes IDs now.

    Raises:
        Refusal: as ``changeable_audience``; 400 if it has expired; 429 with ten jobs running.
    """
    audience = changeable_audience(state, audience_group_id)
    pace = state.pace()
    if audience.status(pace) == "EXPIRED":
        raise rules.bad("AUDIENCE_GROUP_CAN_NOT_UPLOAD_STATUS_EXPIRED")
    if state.settings.refuse_adds_in_progress and audience.status(pace) == "IN_PROGRESS":
        # Not documented either way; a status that does not allow it is how LINE refuses an expired audience.
        raise refuse(400, "audience group is not ready")
    if audience.running(pace) >= AUDIENCE.concurrent_jobs:
        raise refuse(429, "Too many concurrent operations on this audience group. Try again later.")
    return audience


def check_name_free(state: LineState, name: str, besides: Audience | None = None) -> None:
    """Refuse a name that another audience has, if the account is set to (names are case-insensitive).

    LINE documents no code for it; AUDIENCE_GROUP_NAME_WRONG is the nearest of its list.
    """
    if not state.settings.refuse_duplicate_names:
        return
    if any(one.description.casefold() == name.casefold() for one in state.audiences() if one is not besides):
        raise rules.bad("AUDIENCE_GROUP_NAME_WRONG", "description")


@dataclass(frozen=True, slots=True)
class _Form:
    fields: dict[str, str]
    file: Part


def _form(request: Request) -> _Form:
    kind, parameters = request.content_type()
    if kind != "multipart/form-data":
        raise refuse(415, "The content type of the request is not supported")
    try:
        parts = parse(request.body, parameters.get("boundary", ""))
    except BadForm as error:
        raise refuse(400, "The request body could not be parsed as a form") from error
    files = [part for part in parts if part.name == "file"]
    if len(files) != 1:
        raise refuse(400, "The request body has 1 error(s)", "Must be exactly one file", "file")
    if files[0].content_type != "text/plain":
        raise refuse(415, "The content type of the file is not supported")
    return _Form({part.name: part.text() for part in parts if part.name != "file"}, files[0])


def _create(state: LineState, name: str, is_ifa: bool, ids: Sequence[str], description: str | None) -> Reply:
    with state.lock:
        _check_provider(state, ids)
        check_name_free(state, name)
        if sum(one.own for one in state.audiences()) >= AUDIENCE.audiences_per_channel:
            raise rules.bad("AUDIENCE_GROUP_COUNT_MAX_OVER")
        audience = state.create(name, is_ifa=is_ifa)
        if ids:
            state.upload(audience, ids, description)
        state.keep(audience)
        return json_reply(202, audience.created_reply())


def _add(state: LineState, audience: Audience, ids: Sequence[str], description: str | None) -> Reply:
    with state.lock:
        # Others may have added, or the audience may have gone, while this batch was being read.
        open_audience(state, audience.id)
        _check_provider(state, ids)
        state.upload(audience, ids, description)
        state.keep(audience)
        return json_reply(202, {})


def _check_provider(state: LineState, ids: Sequence[str]) -> None:
    """Refuse another provider's user IDs, if the account is set to; LINE does not document what happens to them."""
    if state.settings.foreign_in_audiences == "refuse" and not state.settings.foreign_ids.isdisjoint(ids):
        raise rules.bad("UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT", "audiences")
