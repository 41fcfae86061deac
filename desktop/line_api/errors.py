"""What can become of a request to LINE, as errors with a fate: try again later, sign in again, refused, or
unknown. A shop owner reads their text; the outbox decides by their type."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.core.errors import UserError
from desktop.core.message import Message, message


class Why(StrEnum):
    """Why an answer of LINE did not come, or was not LINE's."""

    DNS = "dns"
    NO_NETWORK = "no_network"
    PROXY = "proxy"
    PROXY_SIGN_IN = "proxy_sign_in"
    TLS = "tls"
    PORTAL = "portal"
    GARBLED = "garbled"
    TIMEOUT = "timeout"
    CUT = "cut"
    BUSY = "busy"
    SERVER = "server"


OFFLINE = frozenset({Why.DNS, Why.NO_NETWORK, Why.PROXY, Why.PROXY_SIGN_IN, Why.TLS, Why.PORTAL})
"""Reasons that lie between this computer and LINE: waiting for the network is the cure, not counting
tries."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What an answer of LINE's said.

    Args:
        status: HTTP status, None where no answer came.
        request_id: LINE's X-Line-Request-Id, "" where there was none.
        said: LINE's own message, "" where there was none.
        codes: LINE's codes out of ``details``, such as AUDIENCE_GROUP_NOT_FOUND.
        properties: where in the request the details point to, such as messages[0].text.
        accepted_id: on 409, the request ID of the request with the same retry key that LINE has accepted already.
    """

    status: int | None = None
    request_id: str = ""
    said: str = ""
    codes: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    accepted_id: str = ""


NOTHING_HEARD = Heard()


class LineProblem(UserError):
    """A request to LINE that did not end in a success.

    Args:
        text: what the owner reads.
        heard: what LINE answered.
        why: what stood in the way, None for a plain answer of LINE's.
        cure: what to do next.
    """

    def __init__(
        self,
        text: Message,
        heard: Heard = NOTHING_HEARD,
        *,
        why: Why | None = None,
        cure: Message | None = None,
    ) -> None:
        parts = (f"status {heard.status}" if heard.status else "", heard.request_id, heard.said, *heard.codes)
        super().__init__(text, cure=cure, details=" · ".join(part for part in parts if part))
        self.heard = heard
        self.why = why

    @property
    def status(self) -> int | None:
        """The HTTP status, None where no answer came."""
        return self.heard.status

    @property
    def request_id(self) -> str:
        """LINE's request ID, "" where there was none."""
        return self.heard.request_id


class RetryLater(LineProblem):
    """The request was not processed; the same one may be sent again later."""


class SignInAgain(LineProblem):
    """LINE does not accept the token, or the channel's secret (401, or a refused token request)."""


class Refused(LineProblem):
    """LINE, or a rule of ours, says no; the same request will be refused again."""


class OutcomeUnknown(LineProblem):
    """A request that changes something left this computer, and nobody knows whether LINE processed it."""


def unreachable(error: BaseException, *, writes: bool) -> LineProblem:
    """The problem behind an exception of the network library.

    Args:
        error: what the library raised, with its causes.
        writes: whether the request changes something at LINE, so that "perhaps processed" matters.
    """
    why, left = _why(error)
    text = message(f"line.{why}")
    if writes and left:
        return OutcomeUnknown(text, why=why)
    return RetryLater(text, why=why)


def _why(error: BaseException) -> tuple[Why, bool]:
    """The reason, and whether the request may have left this computer by then."""
    from requests import exceptions as lib
    from urllib3 import exceptions as raw

    causes = list(_causes(error))
    if any(isinstance(one, ssl.SSLCertVerificationError) for one in causes):
        return Why.TLS, False
    if any(isinstance(one, lib.ProxyError | raw.ProxyError) for one in causes):
        asked = any("407" in str(one) for one in causes)
        return (Why.PROXY_SIGN_IN if asked else Why.PROXY), False
    if any(isinstance(one, raw.NameResolutionError) for one in causes):
        return Why.DNS, False
    if any(
        isinstance(one, raw.NewConnectionError | lib.ConnectTimeout | raw.ConnectTimeoutError)
        for one in causes
    ):
        return Why.NO_NETWORK, False
    if any(isinstance(one, lib.Timeout | raw.ReadTimeoutError | TimeoutError) for one in causes):
        return Why.TIMEOUT, True
    if any(isinstance(one, ssl.SSLError | lib.SSLError) for one in causes):
        return Why.TLS, True
    return Why.CUT, True


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The exception and everything it was raised from, wherever the libraries keep it."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]


NOT_FOUND = "AUDIENCE_GROUP_NOT_FOUND"
TOO_MANY_AUDIENCES = "AUDIENCE_GROUP_COUNT_MAX_OVER"
EXPIRED = "AUDIENCE_GROUP_CAN_NOT_UPLOAD_STATUS_EXPIRED"
BAD_USER_ID = "UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT"

_PLAIN_WORDS = {
    TOO_MANY_AUDIENCES: "line.too_many_audiences",
    "AUDIENCE_GROUP_NAME_SIZE_OVER": "line.name_too_long",
    "AUDIENCE_GROUP_NAME_WRONG": "line.name_wrong",
    "AUDIENCE_GROUP_NAME_EMPTY": "line.name_wrong",
    NOT_FOUND: "line.audience_gone",
    EXPIRED: "line.audience_expired",
    BAD_USER_ID: "line.bad_user_id",
    "UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS": "line.no_valid_user_id",
    "UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS": "line.too_many_user_ids",
}
"""LINE's codes that an owner can act on; every other refusal is shown in LINE's own words."""


def refusal(heard: Heard) -> LineProblem:
    """The problem behind an answer of LINE's that is no success (4xx or 5xx)."""
    status = heard.status or 0
    if status == 401:
        return SignInAgain(message("line.sign_in_again"), heard, cure=message("line.sign_in_again_cure"))
    if status == 429:
        return RetryLater(message("line.busy"), heard, why=Why.BUSY)
    if status >= 500:
        return RetryLater(message("line.server", status=status), heard, why=Why.SERVER)
    key = next((_PLAIN_WORDS[code] for code in heard.codes if code in _PLAIN_WORDS), "")
    if not key:
        key = "line.not_entitled" if status == 403 else "line.refused"
    said = ", ".join((heard.said, *heard.codes)).strip(", ") or str(status)
    return Refused(message(key, said=said, request=heard.request_id or "–"), heard)


def garbled(heard: Heard = NOTHING_HEARD) -> RetryLater:
    """An answer of LINE's that does not hold what it should."""
    return RetryLater(message("line.garbled"), heard, why=Why.GARBLED)
