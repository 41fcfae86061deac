"""The shop's key to LINE: kept in the operating system's keychain and nowhere else. Where there is no
keychain, or it is locked, the key lives in memory until the program ends, and the caller is told so."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import MutableMapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from desktop.core.errors import UserError
from desktop.core.message import message

SERVICE = "Tagline"
USER = "LINE"

LARGEST_SECRET = 1_280
"""Characters: the Windows Credential Manager takes 2,560 bytes of UTF-16 and fails without a word above
it."""

TOKEN_VARIABLE = "TAGLINE_LINE_TOKEN"


@dataclass(frozen=True, slots=True)
class LineSecret:
    """What the owner entered: a long-lived channel access token, or a channel's ID and secret."""

    token: str = ""
    channel_id: str = ""
    channel_secret: str = ""

    def __repr__(self) -> str:
        return f"LineSecret({'token' if self.token else 'channel'}, ***)"


class Kept(StrEnum):
    """Where a secret is kept now: for good, or until the program ends (no keychain here; the keychain would
    not take it)."""

    KEYCHAIN = "keychain"
    NO_KEYCHAIN = "no_keychain"
    KEYCHAIN_CLOSED = "keychain_closed"


class KeychainClosed(UserError):
    """The keychain is there but locked, or access was denied; asking again may open it."""


class Credentials(Protocol):
    """Keeps one secret for each shop, by the shop's key."""

    def load(self, shop_key: str) -> LineSecret | None:
        """The shop's secret, or None.

        Raises:
            KeychainClosed: if the keychain is locked or access was denied.
        """

    def save(self, shop_key: str, secret: LineSecret) -> Kept:
        """Keep the shop's secret; where it is kept.

        Raises:
            UserError: if it is longer than a keychain takes.
        """

    def delete(self, shop_key: str) -> None:
        """Forget the shop's secret.

        Raises:
            KeychainClosed: if the keychain is locked or access was denied.
        """


class SessionCredentials:
    """Keeps secrets in memory until the program ends: for tests, for the command line, and where there is no
    keychain."""

    def __init__(self) -> None:
        self._secrets: dict[str, LineSecret] = {}

    def load(self, shop_key: str) -> LineSecret | None:
        """The shop's secret, or None."""
        return self._secrets.get(shop_key)

    def save(self, shop_key: str, secret: LineSecret) -> Kept:
        """Keep it in memory."""
        self._secrets[shop_key] = secret
        return Kept.NO_KEYCHAIN

    def delete(self, shop_key: str) -> None:
        """Forget it."""
        self._secrets.pop(shop_key, None)


class KeychainCredentials:
    """Keeps secrets in the operating system's keychain, one item a shop.

    Backends raise errors of their own kinds (the platform's too), so whatever a keychain raises means
    "closed" here; the secret then lives in memory.
    """

    def __init__(self) -> None:
        self._session = SessionCredentials()

    def load(self, shop_key: str) -> LineSecret | None:
        """The shop's secret, or None.

        Raises:
            KeychainClosed: if the keychain is locked or access was denied.
        """
        known = self._session.load(shop_key)
        backend = _keychain()
        if known is not None or backend is None:
            return known
        try:
            text = backend.get_password(_service(shop_key), USER)
        except Exception as error:
            raise _closed(error) from error
        return _from_text(text) if text else None

    def save(self, shop_key: str, secret: LineSecret) -> Kept:
        """Keep the shop's secret and read it back: a keychain that swallows is none.

        Raises:
            UserError: if it is longer than a keychain takes.
        """
        text = _to_text(secret)
        if len(text) > LARGEST_SECRET:
            raise UserError(message("line.secret_too_long"))
        self._session.save(shop_key, secret)
        backend = _keychain()
        if backend is None:
            return Kept.NO_KEYCHAIN
        try:
            backend.set_password(_service(shop_key), USER, text)
            kept = backend.get_password(_service(shop_key), USER) == text
        except Exception:
            return Kept.KEYCHAIN_CLOSED
        if not kept:
            return Kept.NO_KEYCHAIN
        self._session.delete(shop_key)
        return Kept.KEYCHAIN

    def delete(self, shop_key: str) -> None:
        """Forget the shop's secret, in memory first.

        Raises:
            KeychainClosed: if the keychain is locked or access was denied.
        """
        self._session.delete(shop_key)
        backend = _keychain()
        if backend is None:
            return
        try:
            if backend.get_password(_service(shop_key), USER) is not None:
                backend.delete_password(_service(shop_key), USER)
        except Exception as error:
            raise _closed(error) from error


def token_from_environment(environment: MutableMapping[str, str] | None = None) -> LineSecret | None:
    """The token of headless use, taken out of the environment so that no child process inherits it; None if
    there is none."""
    variables = os.environ if environment is None else environment
    token = variables.pop(TOKEN_VARIABLE, "").strip()
    return LineSecret(token=token) if token else None


def _service(shop_key: str) -> str:
    # A service name per shop: the Windows vault moves items about when two users share one service.
    return f"{SERVICE} {shop_key}"


def _keychain() -> Any | None:
    """The keychain of this computer, or None where there is none."""
    import keyring
    from keyring.backends import fail, null

    backend: Any = _bundled_backend() or keyring.get_keyring()
    if isinstance(backend, fail.Keyring | null.Keyring):
        return None
    for one in (backend, *getattr(backend, "backends", ())):
        if hasattr(type(one), "persist"):
            # Not "enterprise", the default: that roams to the domain's other computers.
            one.persist = "local machine"
    return backend


def _bundled_backend() -> Any | None:
    """In an installed program keyring cannot find its backends by entry points, so they are named here."""
    if not getattr(sys, "frozen", False):
        return None
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        return WinVaultKeyring()
    if sys.platform == "darwin":
        from keyring.backends.macOS import Keyring

        return Keyring()
    return None


def _closed(error: Exception) -> KeychainClosed:
    # Only the kind of the error: a backend's text may quote what it was given.
    return KeychainClosed(
        message("line.keychain_closed"),
        cure=message("line.keychain_closed_cure"),
        details=type(error).__name__,
    )


def _to_text(secret: LineSecret) -> str:
    parts = {"token": secret.token, "channel_id": secret.channel_id, "channel_secret": secret.channel_secret}
    return json.dumps({name: value for name, value in parts.items() if value}, separators=(",", ":"))


def _from_text(text: str) -> LineSecret | None:
    """The secret a keychain item holds; None if somebody else's program wrote something else there."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    if not isinstance(found, dict):
        return None
    parts = {name: found.get(name, "") for name in ("token", "channel_id", "channel_secret")}
    return LineSecret(**parts) if all(isinstance(value, str) for value in parts.values()) else None
