"""Switches for what goes wrong between a shop and LINE, each limited to some requests and a number of times."""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass, fields
from typing import Any

from desktop.simulator.exchange import Reply, json_reply

BEFORE = frozenset({"cut_before", "captive_portal", "redirect"})
"""Kinds by which the request never reaches LINE."""

AFTER = frozenset(
    {
        "cut_after",
        "cut_midway",
        "truncated_json",
        "wrong_content_type",
        "gzip_garbage",
        "unfamiliar_json",
        "slow",
    }
)
"""Kinds by which LINE does what was asked, and its answer suffers."""

EITHER = frozenset({"status", "latency"})
"""Kinds that happen before LINE does anything, or after it if ``after_processing`` is set."""

_STATUS_TEXTS = {
    401: "Authentication failed due to the following reason: invalid token. "
    "Confirm that the access token in the authorization header is valid.",
    403: "Access to this API is not available for your account",
    429: "The API rate limit has been exceeded. Try again later.",
}

_PORTAL = """<!DOCTYPE html><html><head><title>Free Wi-Fi</title></head>
<body><h1>歡迎使用免費 Wi-Fi</h1><form action="/login" method="post"><button>登入上網</button></form></body></html>"""


@dataclass(slots=True)
class Fault:
    """One switch.

    Attributes:
        kind: one of BEFORE, AFTER or EITHER. ``status`` answers with ``status``; ``latency`` waits ``seconds``;
            ``slow`` sends ``bytes_per_second``; ``redirect`` sends the client to ``location``; ``cut_midway``
            ends the connection in the middle of the answer's body; the others say what they do.
        method: only requests of that method; "" for all.
        path: only paths in which this regular expression is found; "" for all.
        count: how many requests it befalls; None until it is cleared.
        skip: how many matching requests pass before it begins.
        after_processing: for EITHER: LINE has done what was asked before it happens.
    """

    kind: str
    method: str = ""
    path: str = ""
    count: int | None = 1
    skip: int = 0
    status: int = 500
    seconds: float = 0.0
    bytes_per_second: float = 1.0
    location: str = "https://example.com/"
    after_processing: bool = False

    def __post_init__(self) -> None:
        if self.kind not in BEFORE | AFTER | EITHER:
            raise ValueError(f"unknown kind of fault: {self.kind}")
        re.compile(self.path)

    @property
    def is_before(self) -> bool:
        """Whether LINE never sees the request (or sees it late)."""
        return self.kind in BEFORE or (self.kind in EITHER and not self.after_processing)

    def befalls(self, method: str, path: str) -> bool:
        """Whether the request is one of those it is meant for."""
        return self.method in ("", method) and re.search(self.path, path) is not None


class Faults:
    """The switches that are on, in the order they were set."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, kind: str, **limits: Any) -> Fault:
        """Set a switch; the arguments are the attributes of Fault.

        Raises:
            ValueError: for an unknown kind or attribute, or a broken regular expression.
        """
        unknown = set(limits) - {field.name for field in fields(Fault)}
        if unknown:
            raise ValueError(f"unknown attributes of a fault: {sorted(unknown)}")
        try:
            fault = Fault(kind, **limits)
        except re.error as error:
            raise ValueError(f"broken path expression: {error}") from error
        with self._lock:
            self._faults.append(fault)
        return fault

    def clear(self) -> None:
        """Switch all off."""
        with self._lock:
            self._faults.clear()

    def active(self) -> list[Fault]:
        """The switches that will still befall something."""
        with self._lock:
            return [fault for fault in self._faults if fault.count is None or fault.count > 0]

    def take(self, method: str, path: str) -> list[Fault]:
        """What befalls this request: all latencies that apply, and the first of the others; each is counted."""
        taken: list[Fault] = []
        with self._lock:
            for fault in self._faults:
                if fault.count == 0 or not fault.befalls(method, path):
                    continue
                if fault.kind != "latency" and any(one.kind != "latency" for one in taken):
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                if fault.count is not None:
                    fault.count -= 1
                taken.append(fault)
            self._faults = [fault for fault in self._faults if fault.count != 0]
        return taken


def spoilt(fault: Fault, reply: Reply | None) -> Reply | None:
    """What the client gets instead of LINE's reply; None for nothing at all.

    Args:
        fault: one that is not ``latency``, ``slow`` or ``cut_midway``: those change how a reply is sent.
        reply: LINE's own reply, None where LINE was not asked.
    """
    if fault.kind in {"cut_before", "cut_after"}:
        return None
    if fault.kind == "captive_portal":
        return Reply(200, _PORTAL.encode(), "text/html; charset=utf-8", from_line=False)
    if fault.kind == "redirect":
        return Reply(302, b"", "text/html", (("Location", fault.location),), from_line=False)
    if fault.kind == "status":
        return json_reply(fault.status, {"message": _STATUS_TEXTS.get(fault.status, "Internal Server Error")})
    if reply is None:
        raise ValueError(f"{fault.kind} needs a reply to spoil")
    if fault.kind == "truncated_json":
        return Reply(reply.status, reply.body[: max(1, len(reply.body) // 2)])
    if fault.kind == "wrong_content_type":
        return Reply(reply.status, reply.body, "text/html; charset=utf-8")
    if fault.kind == "gzip_garbage":
        return Reply(reply.status, b"\x1f\x8b\x08 not gzip at all", headers=(("Content-Encoding", "gzip"),))
    return Reply(reply.status, json.dumps(_unfamiliar(json.loads(reply.body))).encode())


def _unfamiliar(value: Any) -> Any:
    """The same JSON as LINE may send it one day: an unknown field everywhere, unknown types and routes."""
    if isinstance(value, list):
        return [_unfamiliar(one) for one in value]
    if not isinstance(value, dict):
        return value
    grown = {name: _unfamiliar(one) for name, one in value.items()}
    if "createRoute" in grown:
        grown |= {"createRoute": "SOMETHING_NEW", "type": "SOMETHING_NEW"}
    return {"addedLater": {"anything": [1, None]}, **grown}
