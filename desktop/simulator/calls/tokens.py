"""Channel access tokens: minting stateless ones, verifying the long-lived one, and who may call at all.

A stateless token carries its end and a seal made with the channel secret, so that nothing about it is kept: it
outlives a restart, cannot be revoked, and dies when the secret is issued anew — as LINE's do.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from urllib.parse import parse_qs

from desktop.core.limits import REQUEST
from desktop.simulator.exchange import Refusal, Reply, Request, json_reply, refuse
from desktop.simulator.state import LineState

_LONG_LIVED_SECONDS = 10 * 365 * 24 * 3_600
"""What verifying a token without an end answers as ``expires_in``: LINE documents no number, so a far one."""


def authorise(state: LineState, request: Request) -> None:
    """Let the request pass if it carries a token of this channel that is still good.

    Raises:
        Refusal: 401 with LINE's sentence.
    """
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise refuse(
            401, "Authentication failed. Confirm that the access token in the authorization header is valid."
        )
    if not (_is_long_lived(state, token) or _seconds_left(state, token) > 0):
        raise refuse(
            401,
            "Authentication failed due to the following reason: invalid token. "
            "Confirm that the access token in the authorization header is valid.",
        )


def issue_stateless(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """POST /oauth2/v3/token with channel ID and secret: a token for 15 minutes. JWT assertions are not known here."""
    form = _form(request)
    if form.get("grant_type") != "client_credentials":
        raise _oauth_refusal("unsupported_grant_type", "grant_type must be client_credentials")
    if "client_assertion" in form:
        raise _oauth_refusal("invalid_client", "client_assertion is not registered")
    if form.get("client_id") != state.account.channel_id:
        raise _oauth_refusal("invalid_client", "invalid client_id")
    if not hmac.compare_digest(form.get("client_secret", "").encode(), state.account.channel_secret.encode()):
        raise _oauth_refusal("invalid_client", "invalid client_secret")
    ends = int(state.clock.now()) + REQUEST.stateless_token_seconds
    token = _stateless(state, f"{ends}.{secrets.token_hex(16)}")
    answer = {"token_type": "Bearer", "access_token": token, "expires_in": REQUEST.stateless_token_seconds}
    return json_reply(200, answer)


def verify(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """POST /v2/oauth/verify, for long-lived tokens: LINE lists no way to verify a stateless one."""
    if not _is_long_lived(state, _form(request).get("access_token", "")):
        raise _oauth_refusal("invalid_request", "access token expired")
    return json_reply(
        200,
        {
            "client_id": state.account.channel_id,
            "expires_in": _LONG_LIVED_SECONDS,
            "scope": "P CM",
        },
    )


def _form(request: Request) -> dict[str, str]:
    if request.content_type()[0] != "application/x-www-form-urlencoded":
        raise _oauth_refusal("invalid_request", "the body must be form-encoded")
    values = parse_qs(request.body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: given[0] for name, given in values.items()}


def _oauth_refusal(error: str, description: str) -> Refusal:
    return Refusal(400, {"error": error, "error_description": description})


def _is_long_lived(state: LineState, token: str) -> bool:
    return hmac.compare_digest(token.encode(), state.account.token.encode())


def _stateless(state: LineState, content: str) -> str:
    seal = hmac.new(state.account.channel_secret.encode(), content.encode(), hashlib.sha256).hexdigest()
    return base64.urlsafe_b64encode(f"{content}.{seal}".encode()).decode()


def _seconds_left(state: LineState, token: str) -> float:
    try:
        content, _, _ = base64.urlsafe_b64decode(token.encode()).decode().rpartition(".")
        ends = int(content.partition(".")[0])
    except ValueError:
        return 0.0
    if not hmac.compare_digest(_stateless(state, content).encode(), token.encode()):
        return 0.0
    return ends - state.clock.now()
