"""The wire to LINE: which hosts may be spoken to, how a request is authorised and sent, and how an answer is
read. Nothing here knows what the calls mean."""

from __future__ import annotations

import ipaddress
import json
import logging
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import ceil
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote, urlsplit

from desktop import log
from desktop.core.message import message
from desktop.line_api.errors import Heard, LineProblem, OutcomeUnknown, RetryLater, Why, refusal, unreachable
from desktop.line_api.rate_limit import Clock, RateLimiter, SystemClock

if TYPE_CHECKING:
    import requests

    from desktop.line_api.session import LineSession

LINE_API = "https://api.line.me"
LINE_API_DATA = "https://api-data.line.me"

TIMEOUT = (5.0, 30.0)
"""Seconds to connect and between two pieces of an answer; LINE advises 30 or more for adding IDs."""

ANSWER_WITHIN = 90.0
"""Seconds from the last byte sent to the last byte received: a server that drips its answer is given up as
timed out."""

LARGEST_ANSWER = 4_000_000
"""Bytes; 1,000 follower IDs are 36,000. More is not LINE."""

LONGEST_WAIT = 120.0
"""Seconds we wait for our own rate limit before a request. Limits per minute never need more; where LINE allows sixty an hour,
the caller is told instead."""

_requests_log = logging.getLogger("tagline.line")


@dataclass(frozen=True, slots=True)
class LineHosts:
    """The two hosts of LINE's API: LINE's own, or addresses on this computer for practice and tests; nothing
    else exists.

    Raises:
        ValueError: for any other address.
    """

    api: str = LINE_API
    data: str = LINE_API_DATA

    def __post_init__(self) -> None:
        lines_own = (self.api, self.data) == (LINE_API, LINE_API_DATA)
        if not lines_own and not (_loopback(self.api) and _loopback(self.data)):
            raise ValueError("neither LINE's hosts nor addresses on this computer")

    @classmethod
    def on_this_computer(cls, api: str, data: str | None = None) -> LineHosts:
        """Hosts on loopback, such as ``http://127.0.0.1:8085``; one address may serve both.

        Raises:
            ValueError: if an address is not on loopback.
        """
        hosts = cls(_as_number(api), _as_number(data or api))
        if not hosts.local:
            raise ValueError("not an address on this computer")
        return hosts

    @property
    def local(self) -> bool:
        """Whether these are addresses on this computer."""
        return self.api != LINE_API


LINE_HOSTS = LineHosts()


def _as_number(url: str) -> str:
    """An address without a slash at its end; the name "localhost" becomes the number it should mean."""
    return url.strip().rstrip("/").replace("://localhost", "://127.0.0.1", 1)


def _loopback(url: str) -> bool:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or parts.username or parts.path or parts.query or parts.fragment:
        return False
    try:
        return ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Call:
    """One endpoint of LINE's API.

    Args:
        method: GET, POST, PUT or DELETE.
        path: with ``{names}`` for the variable parts; also what the log shows, so that no user ID gets there.
        writes: whether it changes something at LINE.
        data: whether it lives on LINE's data host.
        bucket: the key of its limit in ``limits.RATES``.
        binary: whether a success is a file instead of JSON; its bytes are not kept.
    """

    method: str
    path: str
    writes: bool = False
    data: bool = False
    bucket: str = "other"
    binary: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A success (any 2xx) of LINE: its JSON object (empty where it had none) and its request ID."""

    status: int
    data: dict[str, Any]
    request_id: str = ""

    @property
    def heard(self) -> Heard:
        """The answer as an error refers to it."""
        return Heard(self.status, self.request_id)


class FileBody(Protocol):
    """A body that is read while it is sent: its length, its type, and whom to tell once its last byte was handed out."""

    content_type: str
    when_sent: Callable[[], None]

    def __len__(self) -> int:
        """Bytes."""

    def __iter__(self) -> Iterator[bytes]:
        """The bytes in pieces."""

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a request carries: JSON, form fields, or a file that is made while it is sent; at most one of
    them. ``retry_key`` makes LINE accept the same request only once a day; only sending calls may carry one."""

    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str | int] = field(default_factory=dict)
    json: Mapping[str, Any] | None = None
    form: Mapping[str, str] | None = None
    file: FileBody | None = None
    retry_key: str = ""


class Transport:
    """Sends calls to one pair of hosts. May be used from several threads; each has a session of its own.

    Args:
        hosts: where to.
        clock: for the waits of our own rate limit.
    """

    def __init__(self, hosts: LineHosts = LINE_HOSTS, *, clock: Clock | None = None) -> None:
        self.hosts = hosts
        self.clock: Clock = clock or SystemClock()
        self._limiter = RateLimiter(self.clock)
        self._mine = threading.local()
        self._sessions: weakref.WeakSet[LineSession] = weakref.WeakSet()
        self.line_time: datetime | None = None
        """LINE's own time as of its last answer (the Date header): this computer's clock may be wrong."""

    def wait_for(self, call: Call) -> float:
        """Seconds until one more request of this kind keeps within our share of LINE's limit; 0 for at once."""
        return self._limiter.wait_for(f"{call.method} {call.path}", call.bucket)

    def exchange(self, call: Call, content: Content, token: str | None) -> Answer:
        """Send one request and read the answer.

        Args:
            call: the endpoint.
            content: what it carries.
            token: the channel access token; None for calls that need none.

        Raises:
            RetryLater: not processed, or a reading call without a usable answer; also where our share of LINE's limit is
                used up for longer than anybody would wait.
            SignInAgain, Refused: as LINE says.
            OutcomeUnknown: a writing call without a usable answer.
        """
        if (wait := self.wait_for(call)) > LONGEST_WAIT:
            raise RetryLater(message("line.used_up", minutes=ceil(wait / 60)), why=Why.BUSY)
        self._limiter.take(f"{call.method} {call.path}", call.bucket)
        status, request_id = "-", "-"
        try:
            response, body = self._send(call, content, token)
            status, request_id = str(response.status_code), response.headers.get("X-Line-Request-Id", "-")
            if request_id != "-":
                self.line_time = _date(response.headers.get("Date", "")) or self.line_time
        except LineProblem as problem:
            status = str(problem.why)
            raise
        finally:
            _requests_log.info("%s %s %s %s", request_id, call.method, call.path, status)
        return _read(call, response, body)

    def _send(self, call: Call, content: Content, token: str | None) -> tuple[requests.Response, bytes]:
        import requests
        from urllib3.exceptions import HTTPError

        session = self._session()
        url = (self.hosts.data if call.data else self.hosts.api) + _filled(call.path, content.path)
        watch = _Watch(session)
        try:
            if content.file is None:
                watch.start()
            else:
                content.file.when_sent = watch.start
            response = session.request(
                call.method,
                url,
                params=dict(content.query) or None,
                json=content.json,
                data=content.file or content.form,
                headers=_headers(content),
                auth=BearerAuth(token) if token else NoAuth(),
                timeout=TIMEOUT,
                allow_redirects=False,
                stream=True,
            )
            return response, _body(response)
        except (requests.RequestException, HTTPError, OSError) as error:
            if watch.over:
                raise _timed_out(call) from error
            raise unreachable(error, writes=call.writes) from error
        finally:
            watch.stop()

    def _session(self) -> LineSession:
        session: LineSession | None = getattr(self._mine, "session", None)
        if session is None:
            from desktop.line_api.session import open_session

            session = self._mine.session = open_session(local=self.hosts.local)
            self._sessions.add(session)
        return session

    def abort(self) -> None:
        """End every wait, and every request that is under way as a cut connection would; callable from any thread."""
        self.clock.stop()
        for session in list(self._sessions):
            session.cut()

    def close(self) -> None:
        """Close the connections that are kept open for the next request."""
        for session in list(self._sessions):
            session.close()


class BearerAuth:
    """Sets the Authorization header. Given to requests as ``auth`` it keeps a .netrc from replacing the
    header."""

    def __init__(self, token: str) -> None:
        log.never_show(token)
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request

    def __repr__(self) -> str:
        return "BearerAuth(***)"


class NoAuth:
    """No Authorization header at all, not even one out of a .netrc."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class _Watch:
    """Cuts the connection when an answer takes too long as a whole; a read timeout alone never sees a
    dripping server."""

    def __init__(self, session: LineSession) -> None:
        self._session = session
        self._timer: threading.Timer | None = None
        self.over = False

    def start(self) -> None:
        """The request is out: from now on the answer is awaited."""
        self._timer = threading.Timer(ANSWER_WITHIN, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        """The answer is here, or nobody waits for it any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer.join()

    def _cut(self) -> None:
        self.over = True
        self._session.cut()


def _headers(content: Content) -> dict[str, str]:
    headers = {"Content-Type": content.file.content_type} if content.file else {}
    return headers | ({"X-Line-Retry-Key": content.retry_key} if content.retry_key else {})


def _date(header: str) -> datetime | None:
    """The instant of an HTTP date; None if it cannot be read."""
    try:
        found = parsedate_to_datetime(header)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else None


def _filled(path: str, names: Mapping[str, str]) -> str:
    return path.format_map({name: quote(value, safe="") for name, value in names.items()})


def _body(response: requests.Response) -> bytes:
    """The answer's bytes; cut off where no answer of LINE's could be that long."""
    pieces: list[bytes] = []
    length = 0
    for piece in response.iter_content(65_536):
        pieces.append(piece)
        length += len(piece)
        if length > LARGEST_ANSWER:
            response.close()
            break
    return b"".join(pieces)


def _timed_out(call: Call) -> LineProblem:
    fate = OutcomeUnknown if call.writes else RetryLater
    return fate(message("line.timeout"), why=Why.TIMEOUT)


def _read(call: Call, response: requests.Response, body: bytes) -> Answer:
    """The answer of a success; everything else raises with its fate."""
    status = response.status_code
    request_id = response.headers.get("X-Line-Request-Id", "")
    value = _json_object(response, body)
    if call.binary and status == 200 and request_id and value is None and body:
        value = {}
    if 200 <= status < 300 and value is not None:
        return Answer(status, value, request_id)
    accepted = response.headers.get("X-Line-Accepted-Request-Id", "") if status == 409 else ""
    heard = Heard(status, request_id, *_error_words(value or {}), accepted)
    fate = OutcomeUnknown if call.writes else RetryLater
    if status == 407:
        raise RetryLater(message("line.proxy_sign_in"), heard, why=Why.PROXY_SIGN_IN)
    if status < 400 or (value is None and not request_id and status < 500 and status != 429):
        # Not LINE's way of answering: a page of the network's own, or a success cut short.
        why = Why.GARBLED if request_id else Why.PORTAL
        raise fate(message(f"line.{why}"), heard, why=why)
    problem = refusal(heard)
    if call.writes and status >= 500:
        raise OutcomeUnknown(problem.text, heard, why=Why.SERVER)
    raise problem


def _json_object(response: requests.Response, body: bytes) -> dict[str, Any] | None:
    """The JSON object of an answer; a body that is announced to be empty counts as an empty object."""
    if not body and (response.status_code == 204 or response.headers.get("Content-Length") == "0"):
        return {}
    if "json" not in response.headers.get("Content-Type", "").lower():
        return None
    try:
        value = json.loads(body)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _error_words(value: Mapping[str, Any]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """LINE's message, its codes, and the parts of the request they are about."""
    said = value.get("message") or value.get("error_description") or value.get("error") or ""
    details = value.get("details")
    listed = [one for one in details if isinstance(one, dict)] if isinstance(details, list) else []
    codes = tuple(str(one["message"]) for one in listed if one.get("message"))
    return str(said), codes, tuple(str(one["property"]) for one in listed if one.get("property"))
