"""Setting and reading the simulator from another process, over the same port, below ``/__simulator__/``.

These paths need no token: whoever can reach them is a program on this computer, and nothing here is real.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from desktop.simulator.exchange import Refusal, Reply, Request, json_object, json_reply, refuse

if TYPE_CHECKING:
    from desktop.simulator.simulator import Simulator

PREFIX = "/__simulator__/"


def answer(simulator: Simulator, request: Request) -> Reply:
    """The answer to an admin request. 400 with a sentence for what cannot be set, 404 for unknown paths."""
    place = request.path.removeprefix(PREFIX).strip("/")
    call = _CALLS.get((request.method, place))
    try:
        if call is not None:
            return call(simulator, request)
        one = re.fullmatch(r"audiences/(\d+)(/ids)?", place)
        if one is not None:
            return _one_audience(simulator, request, int(one[1]), ids=bool(one[2]))
        raise refuse(404, "Not found")
    except Refusal as refusal:
        return json_reply(refusal.status, refusal.body)
    except (ValueError, TypeError) as error:
        return json_reply(400, {"message": str(error)})


def _about(simulator: Simulator, _request: Request) -> Reply:
    state = simulator.state
    return json_reply(
        200,
        {
            "url": simulator.url,
            "token": simulator.token,
            "channel_id": simulator.channel_id,
            "channel_secret": simulator.channel_secret,
            "settings": state.settings.to_json(),
            "now": state.clock.now(),
        },
    )


def _faults(simulator: Simulator, _request: Request) -> Reply:
    return json_reply(200, {"faults": [asdict(fault) for fault in simulator.faults.active()]})


def _add_fault(simulator: Simulator, request: Request) -> Reply:
    wanted: dict[str, Any] = json_object(request)
    simulator.faults.add(str(wanted.pop("kind", "")), **wanted)
    return _faults(simulator, request)


def _clear_faults(simulator: Simulator, request: Request) -> Reply:
    simulator.faults.clear()
    return _faults(simulator, request)


def _configure(simulator: Simulator, request: Request) -> Reply:
    simulator.configure(**json_object(request))
    return _about(simulator, request)


def _configure_account(simulator: Simulator, request: Request) -> Reply:
    simulator.configure_account(**json_object(request))
    return _about(simulator, request)


def _advance(simulator: Simulator, request: Request) -> Reply:
    seconds = json_object(request).get("seconds")
    if not isinstance(seconds, (int, float)) or seconds < 0:
        raise refuse(400, "seconds must be a number from 0")
    simulator.advance(float(seconds))
    return _about(simulator, request)


def _reissue(simulator: Simulator, request: Request) -> Reply:
    simulator.reissue_token()
    return _about(simulator, request)


def _seed(simulator: Simulator, request: Request) -> Reply:
    wanted: dict[str, Any] = json_object(request)
    people = wanted.pop("people", {})
    simulator.seed(people, **wanted)
    return json_reply(200, {"people": len(people)})


def _requests(simulator: Simulator, _request: Request) -> Reply:
    return json_reply(200, {"requests": [asdict(one) for one in simulator.requests]})


def _audiences(simulator: Simulator, _request: Request) -> Reply:
    return json_reply(200, {"audiences": [asdict(one) for one in simulator.audiences()]})


def _add_foreign(simulator: Simulator, request: Request) -> Reply:
    wanted: dict[str, Any] = json_object(request)
    return json_reply(200, {"id": simulator.add_foreign_audience(**wanted)})


def _one_audience(simulator: Simulator, request: Request, audience_group_id: int, *, ids: bool) -> Reply:
    """What somebody else does to an audience, or its IDs as a text."""
    try:
        if request.method == "GET" and ids:
            known = simulator.ids_of(audience_group_id)
            return Reply(200, "".join(f"{one}\n" for one in sorted(known)).encode(), "text/plain")
        if request.method == "DELETE" and not ids:
            simulator.delete_audience(audience_group_id)
            return json_reply(200, {})
        if request.method == "PATCH" and not ids:
            simulator.change_audience(audience_group_id, **json_object(request))
            return json_reply(200, {})
    except KeyError as error:
        raise refuse(404, "Not found") from error
    raise refuse(405, "Method Not Allowed")


_CALLS: dict[tuple[str, str], Callable[[Simulator, Request], Reply]] = {
    ("GET", ""): _about,
    ("GET", "faults"): _faults,
    ("POST", "faults"): _add_fault,
    ("DELETE", "faults"): _clear_faults,
    ("PATCH", "settings"): _configure,
    ("PATCH", "account"): _configure_account,
    ("POST", "clock"): _advance,
    ("POST", "token"): _reissue,
    ("PUT", "people"): _seed,
    ("GET", "requests"): _requests,
    ("GET", "audiences"): _audiences,
    ("POST", "audiences"): _add_foreign,
}
