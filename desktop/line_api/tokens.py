"""Where the channel access token of a request comes from: a long-lived one the owner pasted, or stateless
ones of fifteen minutes that are made in memory from channel ID and secret and never kept."""

from __future__ import annotations

import re
import threading
from typing import Protocol

from desktop import log
from desktop.core.errors import UserError
from desktop.core.limits import REQUEST
from desktop.core.message import message
from desktop.line_api.errors import Refused, SignInAgain, garbled
from desktop.line_api.transport import Call, Content, Transport

_TOKEN = re.compile(r"[A-Za-z0-9+/=._-]+")
_CHANNEL_ID = re.compile(r"[0-9]{6,20}")
_CHANNEL_SECRET = re.compile(r"[0-9a-f]{32}")

_ISSUE = Call("POST", "/oauth2/v3/token")
_RENEW_BEFORE = 60.0
"""Seconds before its end from which a stateless token is not used for a new request."""


class TokenSource(Protocol):
    """Hands out the token for the next request."""

    def token(self, transport: Transport) -> str:
        """A token that should be valid now."""

    def renew(self) -> bool:
        """LINE refused the token: forget it. Whether asking again can give another one."""


def clean_token(text: str) -> str:
    """A pasted channel access token, trimmed.

    Raises:
        UserError: if it cannot be one. (A line break or a Chinese character in a header makes the network
            library raise an error that shows the token.)
    """
    token = text.strip()
    if not _TOKEN.fullmatch(token):
        raise UserError(message("line.not_a_token"))
    return token


def clean_channel(channel_id: str, channel_secret: str) -> tuple[str, str]:
    """A channel ID (digits) and a channel secret (32 hexadecimal digits), trimmed.

    Raises:
        UserError: if one of them cannot be that.
    """
    number, secret = channel_id.strip(), channel_secret.strip().lower()
    if not _CHANNEL_ID.fullmatch(number):
        raise UserError(message("line.not_a_channel_id"))
    if not _CHANNEL_SECRET.fullmatch(secret):
        raise UserError(message("line.not_a_channel_secret"))
    return number, secret


class FixedToken:
    """A long-lived token. Never reissued by us: that would kill the one the shop's platform may use.

    Raises:
        UserError: if the text cannot be a token.
    """

    def __init__(self, token: str) -> None:
        self._token = clean_token(token)
        log.never_show(self._token)

    def token(self, transport: Transport) -> str:  # noqa: ARG002 - it needs no network
        """The token, trimmed and checked."""
        return self._token

    def renew(self) -> bool:
        """There is no other."""
        return False

    def __repr__(self) -> str:
        return "FixedToken(***)"


class StatelessTokens:
    """Makes stateless tokens (Messaging API reference, "Issue stateless channel access token": 15 minutes,
    any number) from channel ID and secret. They live in memory only. Safe between threads.

    Raises:
        UserError: if ID or secret cannot be one.
    """

    def __init__(self, channel_id: str, channel_secret: str) -> None:
        self._id, self._secret = clean_channel(channel_id, channel_secret)
        log.never_show(self._secret)
        self._token = ""
        self._until = 0.0
        self._lock = threading.Lock()

    def token(self, transport: Transport) -> str:
        """The token in use, or a new one when that has run out.

        Raises:
            SignInAgain: if LINE does not accept ID and secret.
            RetryLater: if LINE cannot be reached.
        """
        with self._lock:
            if not self._token or transport.clock.monotonic() >= self._until:
                self._issue(transport)
            return self._token

    def renew(self) -> bool:
        """Forget the token; the next request makes a new one."""
        with self._lock:
            self._token = ""
        return True

    def _issue(self, transport: Transport) -> None:
        form = {"grant_type": "client_credentials", "client_id": self._id, "client_secret": self._secret}
        asked = transport.clock.monotonic()
        try:
            answer = transport.exchange(_ISSUE, Content(form=form), None)
        except (Refused, SignInAgain) as refused:
            raise SignInAgain(
                message("line.wrong_channel"), refused.heard, cure=message("line.wrong_channel_cure")
            ) from refused
        token, lasts = answer.data.get("access_token"), answer.data.get("expires_in")
        if not isinstance(token, str) or not _TOKEN.fullmatch(token):
            raise garbled(answer.heard)
        seconds = float(lasts) if isinstance(lasts, int | float) else float(REQUEST.stateless_token_seconds)
        self._token, self._until = token, asked + max(0.0, seconds - _RENEW_BEFORE)

    def __repr__(self) -> str:
        return "StatelessTokens(***)"
