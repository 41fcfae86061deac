"""The simulator itself: LINE on loopback, started and stopped by whoever needs it, in this process or its own."""

from __future__ import annotations

import json
import logging
import threading
import uuid
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from desktop.simulator import admin, routes
from desktop.simulator.audiences import Audience
from desktop.simulator.exchange import Reply, Request, json_reply, refuse
from desktop.simulator.faults import Fault, Faults, spoilt
from desktop.simulator.rate_limits import RateLimiter
from desktop.simulator.server import LoopbackServer, Sending
from desktop.simulator.state import Account, LineState, Settings, assign
from desktop.simulator.storage import FolderStorage, MemoryStorage

_log = logging.getLogger(__name__)

_REQUESTS_KEPT = 100_000
"""Entries of the request log that stay in memory; the journal keeps them all."""


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request as the log holds it: no body, no query, no user ID.

    ``status`` is what the client was sent, None if the connection was cut instead; ``processed`` whether LINE acted
    on it; ``faults`` the kinds of fault that befell it.
    """

    at: float
    method: str
    path: str
    status: int | None
    request_id: str
    processed: bool
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AudienceView:
    """One audience at this moment; ``ids`` is how many IDs LINE took into it."""

    id: int
    description: str
    status: str
    ids: int


class Simulator:
    """LINE on loopback. Usable as a context manager; ``start`` and ``close`` do the same by hand.

    Args:
        state_dir: folder that keeps the state; None keeps it in memory.
        port: 0 for any free one.
        account: replaces the kept or default account.
        settings: replace the kept or default settings.
        journal: file to which one JSON line per request is appended.

    Raises:
        OSError: if the port is taken or the folder cannot be written.
        ValueError: if a newer version of the program wrote the folder.
    """

    def __init__(
        self,
        state_dir: Path | None = None,
        *,
        port: int = 0,
        account: Account | None = None,
        settings: Settings | None = None,
        journal: Path | None = None,
    ) -> None:
        storage = FolderStorage(state_dir) if state_dir is not None else MemoryStorage()
        self.state = LineState(storage, account, settings)
        self.faults = Faults()
        self._limiter = RateLimiter(self.state.clock)
        self._requests: deque[LoggedRequest] = deque(maxlen=_REQUESTS_KEPT)
        self._log_lock = threading.Lock()
        self._closing = threading.Event()
        self._server = LoopbackServer(self, port)
        self._journal: TextIO | None = None
        if journal is not None:
            try:
                self._journal = journal.open("a", encoding="utf-8")
            except OSError:
                self._server.stop()
                raise

    # Life

    def start(self) -> Self:
        """Answer requests from now on."""
        self._server.start()
        return self

    def close(self) -> None:
        """Stop: waiting answers are dropped, connections end, no thread is left. A second call does nothing."""
        if self._closing.is_set():
            return
        self._closing.set()
        self._server.stop()
        if self._journal is not None:
            self._journal.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # What a client needs

    @property
    def port(self) -> int:
        """The port on 127.0.0.1."""
        return self._server.server_port

    @property
    def url(self) -> str:
        """The base address that stands for both of LINE's hosts."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def token(self) -> str:
        """The long-lived channel access token that is good now."""
        return self.state.account.token

    @property
    def channel_id(self) -> str:
        """The channel ID for stateless tokens."""
        return self.state.account.channel_id

    @property
    def channel_secret(self) -> str:
        """The channel secret for stateless tokens."""
        return self.state.account.channel_secret

    # What a test or a practice shop sets

    def seed(self, people: Mapping[str, Mapping[str, Any]], **figures: int) -> None:
        """Replace the account's people, and optionally LINE's figures about them.

        Args:
            people: ``{user_id: {"display_name": …, "picture_url": …, "blocked": …}}``; also ``status_message``,
                ``language`` and ``agreed`` (to LINE's privacy policy). Only ``display_name`` is required.
            figures: ``followers``, ``blocks``, ``targeted_reaches``; they do not follow from the people.

        Raises:
            ValueError: for a malformed user ID or an unknown name.
        """
        if not set(figures) <= {"followers", "blocks", "targeted_reaches"}:
            raise ValueError(f"unknown figures: {sorted(figures)}")
        self.state.seed(people)
        self.configure_account(**figures)

    def configure(self, **changes: Any) -> None:
        """Change settings by name and keep them; ValueError for unknown names or wrong types."""
        with self.state.lock:
            assign(self.state.settings, changes)
            self.state.save()

    def configure_account(self, **changes: Any) -> None:
        """Change the account by name and keep it; ValueError for unknown names or wrong types."""
        with self.state.lock:
            assign(self.state.account, changes)
            self.state.save()

    def advance(self, seconds: float) -> None:
        """Move the simulator's clock forward: jobs, tokens, rates and audiences all see it."""
        with self.state.lock:
            self.state.clock.offset += seconds
            self.state.save()

    def reissue_token(self) -> str:
        """Replace the long-lived token; the old one is refused from now on."""
        self.configure_account(token=Account().token)
        return self.token

    def add_foreign_audience(self, description: str, create_route: str = "OA_MANAGER") -> int:
        """An audience that LINE Official Account Manager or another channel made; returns its ID."""
        with self.state.lock:
            audience = self.state.create(description, create_route=create_route, own=False)
            self.state.keep(audience)
            return audience.id

    def delete_audience(self, audience_group_id: int) -> None:
        """Somebody deletes an audience in LINE Official Account Manager. KeyError if there is none with that ID."""
        with self.state.lock:
            self.state.delete(self._audience(audience_group_id))

    def change_audience(self, audience_group_id: int, **changes: Any) -> None:
        """Somebody else renames an audience (``description``), or takes away the right to change it (``permission``).

        Raises:
            KeyError: if there is none with that ID.
            ValueError: for anything else than those two texts.
        """
        known = set(changes) <= {"description", "permission"}
        if not known or not all(isinstance(one, str) for one in changes.values()):
            raise ValueError("only description and permission can be changed")
        with self.state.lock:
            audience = self._audience(audience_group_id)
            for name, value in changes.items():
                setattr(audience, name, value)
            self.state.keep(audience)

    # What came of it

    @property
    def requests(self) -> tuple[LoggedRequest, ...]:
        """All requests so far, oldest first."""
        with self._log_lock:
            return tuple(self._requests)

    def audiences(self) -> list[AudienceView]:
        """All audiences, newest first. Looking at them here lets no job come further."""
        with self.state.lock:
            pace = self.state.pace()
            return [
                AudienceView(one.id, one.description, one.status(pace), one.stored)
                for one in self.state.audiences()
            ]

    def ids_of(self, audience_group_id: int) -> frozenset[str]:
        """The user IDs LINE took into an audience. KeyError if there is no such audience."""
        return self.state.ids_of(self._audience(audience_group_id))

    def _audience(self, audience_group_id: int) -> Audience:
        audience = self.state.audience(audience_group_id)
        if audience is None:
            raise KeyError(audience_group_id)
        return audience

    # Answering

    def handle(self, request: Request) -> Sending:
        """The answer to one request; it is in the log before the client can see it."""
        request_id = str(uuid.uuid4())
        if _from_a_browser(request):
            refusal = refuse(403, "The simulator answers programs on this computer, not web pages")
            return Sending(json_reply(refusal.status, refusal.body), request_id, self.state.clock.now())
        if request.path.startswith(admin.PREFIX):
            return Sending(admin.answer(self, request), request_id, self.state.clock.now())
        taken = self.faults.take(request.method, request.path)
        for fault in taken:
            if fault.kind == "latency" and fault.is_before and self.pause(fault.seconds):
                return Sending(None, request_id, self.state.clock.now())
        reply, processed = self._reply(replace(request, request_id=request_id), taken)
        self._note(request, reply, request_id, processed, taken)
        slow = next((fault.bytes_per_second for fault in taken if fault.kind == "slow"), None)
        return Sending(
            reply,
            request_id,
            self.state.clock.now(),
            wait=sum(fault.seconds for fault in taken if fault.kind == "latency" and not fault.is_before),
            bytes_per_second=slow,
            midway=any(fault.kind == "cut_midway" for fault in taken),
        )

    def pause(self, seconds: float) -> bool:
        """Let time pass; True if the simulator is closing."""
        return self._closing.wait(seconds)

    def _reply(self, request: Request, taken: list[Fault]) -> tuple[Reply | None, bool]:
        spoiling = [fault for fault in taken if fault.kind not in {"latency", "slow", "cut_midway"}]
        before = [fault for fault in spoiling if fault.is_before]
        if before:
            return spoilt(before[0], None), False
        reply: Reply | None = self._ask_line(request)
        for fault in spoiling:
            reply = spoilt(fault, reply)
        return reply, True

    def _ask_line(self, request: Request) -> Reply:
        try:
            return routes.answer(self.state, self._limiter, request)
        except Exception:
            # A bug of the simulator: the client has to get an answer, and the bug has to be seen.
            _log.exception(
                "the simulator failed to answer %s %s", request.method, routes.shown_path(request.path)
            )
            return json_reply(500, {"message": "Internal Server Error"})

    def _note(
        self, request: Request, reply: Reply | None, request_id: str, processed: bool, taken: list[Fault]
    ) -> None:
        noted = LoggedRequest(
            self.state.clock.now(),
            request.method,
            routes.shown_path(request.path),
            reply.status if reply is not None else None,
            request_id,
            processed,
            tuple(fault.kind for fault in taken),
        )
        with self._log_lock:
            self._requests.append(noted)
            if self._journal is not None:
                self._journal.write(json.dumps(asdict(noted)) + "\n")
                self._journal.flush()


def _from_a_browser(request: Request) -> bool:
    """Whether a web page may be behind the request: any page can send requests to this computer's loopback."""
    host = request.headers.get("host", "").rpartition(":")[0] or request.headers.get("host", "")
    return "origin" in request.headers or host not in {"127.0.0.1", "localhost"}
