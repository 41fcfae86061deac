"""What an owner pasted as channel ID, channel secret or channel access token: made clean where that is certain, and where it is
something else, said what it is. Nothing here goes to LINE."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from desktop.core.errors import UserError
from desktop.core.message import Message, message
from desktop.credentials import LineSecret

_LABEL = re.compile(
    r"^(?:channel|your)?(?:accesstoken|access|id|secret|token|userid)(?:\(long-lived\))?[:=]", re.IGNORECASE
)
_CHANNEL_ID = re.compile(r"[0-9]{6,20}")
_SECRET = re.compile(r"[0-9a-f]{32}")
_USER_ID = re.compile(r"U[0-9a-f]{32}", re.IGNORECASE)
_TOKEN = re.compile(r"[A-Za-z0-9+/=._-]+")
_SHORTEST_TOKEN = 80
"""Characters; long-lived tokens have about 170. Anything so long in another field is a token."""

_SECRET_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Pasted:
    """What can be tried at LINE, and what was put right on the way."""

    secret: LineSecret
    notes: tuple[Message, ...] = ()


def channel(channel_id: str, channel_secret: str) -> Pasted:
    """Channel ID and secret as they were pasted. Spaces, line breaks, full-width signs and labels in front are taken away; two
    fields that were swapped are swapped back.

    Raises:
        UserError: one of them is empty or cannot be what it should be; the text says what it looks like.
    """
    number, secret = _clean(channel_id), _clean(channel_secret)
    notes: list[Message] = []
    if _SECRET.fullmatch(number.lower()) and _CHANNEL_ID.fullmatch(secret) and not _SECRET.fullmatch(secret):
        number, secret = secret, number
        notes.append(message("line_account.note.swapped"))
    _check_id(number)
    _check_secret(secret)
    if {number, secret} != {channel_id.strip(), channel_secret.strip()}:
        notes.append(message("line_account.note.cleaned"))
    return Pasted(LineSecret(channel_id=number, channel_secret=secret.lower()), tuple(notes))


def token(text: str) -> Pasted:
    """A channel access token as it was pasted; a word "Bearer" in front, spaces and line breaks are taken away.

    Raises:
        UserError: it is empty or cannot be a token; the text says what it looks like.
    """
    found = _clean(re.sub(r"^\s*bearer\s+", "", text, flags=re.IGNORECASE))
    if not found:
        raise _wrong("no_token")
    if _SECRET.fullmatch(found.lower()):
        raise _wrong("secret_as_token", cure="token")
    if _USER_ID.fullmatch(found):
        raise _wrong("user_id", cure="token")
    if _CHANNEL_ID.fullmatch(found):
        raise _wrong("id_as_token", cure="token")
    if not _TOKEN.fullmatch(found):
        raise UserError(message("line.not_a_token"))
    cleaned = found != text.strip()
    return Pasted(LineSecret(token=found), (message("line_account.note.cleaned"),) if cleaned else ())


def _check_id(number: str) -> None:
    if not number:
        raise _wrong("no_id", cure="id")
    if number.startswith("@"):
        raise _wrong("basic_id", cure="id")
    _check_neither_user_id_nor_token(number)
    if not _CHANNEL_ID.fullmatch(number):
        raise UserError(message("line.not_a_channel_id"), cure=message("line_account.wrong_cure.id"))


def _check_secret(secret: str) -> None:
    if not secret:
        raise _wrong("no_secret", cure="secret")
    _check_neither_user_id_nor_token(secret)
    if re.fullmatch(r"[0-9a-f]+", secret.lower()) and len(secret) != _SECRET_LENGTH:
        raise _wrong("secret_length", cure="secret", n=len(secret))
    if not _SECRET.fullmatch(secret.lower()):
        raise UserError(message("line.not_a_channel_secret"), cure=message("line_account.wrong_cure.secret"))


def _check_neither_user_id_nor_token(text: str) -> None:
    if _USER_ID.fullmatch(text):
        raise _wrong("user_id", cure="id")
    if len(text) >= _SHORTEST_TOKEN and _TOKEN.fullmatch(text):
        raise _wrong("token_here", cure="use_token")


def _clean(text: str) -> str:
    """Half-width, without anything invisible, quotes, or the label that stood before it on LINE's page."""
    plain = unicodedata.normalize("NFKC", text)
    shown = "".join(
        sign for sign in plain if not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Cc")
    )
    return _LABEL.sub("", shown).strip("\"'「」『』“”‘’,;。")


def _wrong(what: str, *, cure: str = "", **params: int) -> UserError:
    return UserError(
        message(f"line_account.wrong.{what}", **params),
        cure=message(f"line_account.wrong_cure.{cure}") if cure else None,
    )
