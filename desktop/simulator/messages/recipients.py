"""Whom a narrowcast is for: the tree of recipients, and the demographic filter, checked as LINE's reference says and followed to
the people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.simulator.exchange import refuse
from desktop.simulator.messages.message_rules import Problems, add, refuse_all
from desktop.simulator.messages.sends import PROGRESS_SECONDS
from desktop.simulator.state import LineState

_MOST = 10
"""Audiences and redeliveries together, and filter objects."""

_AGES = {f"age_{years}" for years in range(15, 75, 5)}
_PERIODS = {"day_7", "day_30", "day_90", "day_180", "day_365"}
_ONE_OF = {"gender": {"male", "female"}, "appType": {"ios", "android"}}
_AREAS = {
    *(f"jp_{number:02}" for number in range(1, 48)),
    *(f"tw_{number:02}" for number in range(1, 23)),
    *(f"th_{number:02}" for number in range(1, 9)),
}


def meant(state: LineState, recipient: object) -> frozenset[str] | None:
    """The user IDs a recipient tree means; None for all friends.

    Raises:
        Refusal: 400 for a broken tree, more than ten audiences and redeliveries, an audience that is not READY, or a redelivery
            that LINE does not allow.
    """
    if recipient is None:
        return None
    problems: Problems = []
    leaves = _check(problems, "recipient", recipient)
    if leaves > _MOST:
        add(problems, "recipient", f"Size must be between 1 and {_MOST}")
    if problems:
        raise refuse_all(problems)
    return _people(state, recipient) if isinstance(recipient, Mapping) else None


def audiences_in(recipient: object) -> list[int]:
    """The audiences a checked tree names."""
    if not isinstance(recipient, Mapping):
        return []
    if recipient.get("type") == "audience":
        return [int(recipient["audienceGroupId"])]
    return [one for branch in _branches(recipient) for one in audiences_in(branch)]


def check_filter(given: object) -> bool:
    """Whether there is a demographic filter.

    Raises:
        Refusal: 400 for a broken filter, or one of more than ten objects.
    """
    demographic = given.get("demographic") if isinstance(given, Mapping) else None
    if given is not None and not isinstance(given, Mapping):
        raise refuse(400, "The request body has 1 error(s)", "Must be an object", "filter")
    if demographic is None:
        return False
    problems: Problems = []
    if _check_filter(problems, "filter.demographic", demographic) > _MOST:
        add(problems, "filter.demographic", f"Size must be between 1 and {_MOST}")
    if problems:
        raise refuse_all(problems)
    return True


def _branches(operator: Mapping[str, Any]) -> list[Any]:
    both = operator.get("and") or operator.get("or") or []
    return [*both, operator["not"]] if operator.get("not") is not None else list(both)


def _check_operator(problems: Problems, name: str, one: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The branches of an operator with their places: exactly one of and, or, not, and no empty array."""
    given = [key for key in ("and", "or", "not") if one.get(key) is not None]
    if len(given) != 1:
        add(problems, name, "Must have exactly one of and, or, not")
        return []
    value = one[given[0]]
    if given[0] == "not":
        return [(f"{name}.not", value)]
    if not isinstance(value, list) or not value:
        add(problems, f"{name}.{given[0]}", "May not be empty")
        return []
    return [(f"{name}.{given[0]}[{number}]", branch) for number, branch in enumerate(value)]


def _check(problems: Problems, name: str, one: object) -> int:
    """Checks a tree; returns how many audiences and redeliveries it holds."""
    kind = one.get("type") if isinstance(one, Mapping) else None
    if not isinstance(one, Mapping) or kind not in ("audience", "redelivery", "operator"):
        add(problems, f"{name}.type", "Must be one of the following values: [audience, operator, redelivery]")
        return 0
    if kind == "operator":
        return sum(_check(problems, place, branch) for place, branch in _check_operator(problems, name, one))
    number = one.get("audienceGroupId")
    if kind == "audience" and (not isinstance(number, int) or isinstance(number, bool)):
        add(problems, f"{name}.audienceGroupId", "Must be a number")
    if kind == "redelivery" and not isinstance(one.get("requestId"), str):
        add(problems, f"{name}.requestId", "May not be empty")
    return 1


def _people(state: LineState, one: Mapping[str, Any]) -> frozenset[str]:
    if one["type"] == "audience":
        return _audience(state, int(one["audienceGroupId"]))
    if one["type"] == "redelivery":
        return _redelivery(state, str(one["requestId"]))
    if one.get("not") is not None:
        return frozenset(state.people) - _people(state, one["not"])
    sets = [_people(state, branch) for branch in _branches(one)]
    found = sets[0]
    for other in sets[1:]:
        found = found & other if one.get("and") else found | other
    return found


def _audience(state: LineState, audience_group_id: int) -> frozenset[str]:
    audience = state.audience(audience_group_id)
    if audience is None or audience.status(state.pace()) != "READY":
        raise refuse(400, f"Invalid audience group id: {audience_group_id}")
    return state.ids_of(audience)


def _redelivery(state: LineState, request_id: str) -> frozenset[str]:
    sent = state.sends.narrowcasts.get(request_id)
    too_old = sent is not None and state.clock.now() - sent.accepted >= PROGRESS_SECONDS
    if sent is None or too_old or sent.phase(state.send_pace()) != "succeeded":
        raise refuse(400, f"Invalid request id: {request_id}")
    audience = state.audience(sent.audience) if sent.audience is not None else None
    return frozenset(state.people) if audience is None else state.ids_of(audience)


def _check_filter(problems: Problems, name: str, one: object) -> int:
    kind = one.get("type") if isinstance(one, Mapping) else None
    if not isinstance(one, Mapping):
        add(problems, name, "Must be an object")
        return 0
    if kind == "operator":
        branches = _check_operator(problems, name, one)
        return sum(_check_filter(problems, place, branch) for place, branch in branches)
    if isinstance(kind, str) and (kind in _ONE_OF or kind == "area"):
        allowed = _AREAS if kind == "area" else _ONE_OF[kind]
        values = one.get("oneOf")
        if not isinstance(values, list) or not values or not set(map(str, values)) <= allowed:
            add(problems, f"{name}.oneOf", "Must be one of the documented values")
    elif kind in ("age", "subscriptionPeriod"):
        allowed = _AGES if kind == "age" else _PERIODS
        ends = [one[key] for key in ("gte", "lt") if one.get(key) is not None]
        if not ends or not set(map(str, ends)) <= allowed:
            add(problems, name, "Must have gte or lt with one of the documented values")
    else:
        add(problems, f"{name}.type", "Must be one of the documented values")
    return 1
