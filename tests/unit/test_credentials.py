"""The shop's key to LINE in the keychain, and what happens where there is none, or it is locked."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked

from desktop.core.errors import UserError
from desktop.credentials import (
    LARGEST_SECRET,
    TOKEN_VARIABLE,
    Kept,
    KeychainClosed,
    KeychainCredentials,
    LineSecret,
    SessionCredentials,
    token_from_environment,
)
from tests.architecture.source_files import ROOT
from tests.guards.memory_keyring import MemoryKeyring

TOKEN = LineSecret(token="T0ken/of+a=shop.with_many-characters")
CHANNEL = LineSecret(channel_id="2001234567", channel_secret="0123456789abcdef" * 2)


class Locked(KeyringBackend):
    """A keychain that is locked, or denies access, until it is opened."""

    priority = 1  # type: ignore[assignment]

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error: Exception | None = error
        self.inner = MemoryKeyring()

    def _knock(self) -> None:
        if self.error is not None:
            raise self.error

    def get_password(self, service: str, username: str) -> str | None:
        self._knock()
        return self.inner.get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._knock()
        self.inner.set_password(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        self._knock()
        self.inner.delete_password(service, username)


@pytest.fixture
def use() -> Iterator[Any]:
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


@pytest.mark.parametrize("secret", [TOKEN, CHANNEL])
def test_kept_over_a_restart(use: Any, secret: LineSecret) -> None:
    use(MemoryKeyring())
    assert KeychainCredentials().save("shop-1", secret) is Kept.KEYCHAIN
    again = KeychainCredentials()
    assert again.load("shop-1") == secret
    assert again.load("shop-2") is None
    again.delete("shop-1")
    again.delete("shop-1")
    assert KeychainCredentials().load("shop-1") is None


def test_each_shop_has_its_own(use: Any) -> None:
    use(MemoryKeyring())
    kept = KeychainCredentials()
    kept.save("shop-1", TOKEN)
    kept.save("shop-2", CHANNEL)
    kept.save("shop-1", CHANNEL)
    kept.delete("shop-1")
    assert (kept.load("shop-1"), kept.load("shop-2")) == (None, CHANNEL)


class Forgetful(MemoryKeyring):
    """Takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        return


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring, Forgetful])
def test_no_keychain(use: Any, backend: type[KeyringBackend]) -> None:
    use(backend())
    kept = KeychainCredentials()
    assert kept.load("shop-1") is None
    assert kept.save("shop-1", TOKEN) is Kept.NO_KEYCHAIN
    assert kept.load("shop-1") == TOKEN, "for this session it works"
    assert KeychainCredentials().load("shop-1") is None
    kept.delete("shop-1")
    assert kept.load("shop-1") is None


@pytest.mark.parametrize(
    "error", [KeyringLocked("locked"), RuntimeError(f"denied {TOKEN.token}"), OSError(5, "no")]
)
def test_a_locked_keychain_asks_again(use: Any, error: Exception) -> None:
    backend = Locked(error)
    use(backend)
    kept = KeychainCredentials()
    for refused in (lambda: kept.load("shop-1"), lambda: kept.delete("shop-1")):
        with pytest.raises(KeychainClosed) as raised:
            refused()
        assert TOKEN.token not in raised.value.details
        assert raised.value.cure is not None
    assert kept.save("shop-1", TOKEN) is Kept.KEYCHAIN_CLOSED
    assert kept.load("shop-1") == TOKEN
    backend.error = None
    assert kept.save("shop-1", TOKEN) is Kept.KEYCHAIN
    assert KeychainCredentials().load("shop-1") == TOKEN


def test_windows_limit(use: Any) -> None:
    use(MemoryKeyring())
    with pytest.raises(UserError):
        KeychainCredentials().save("shop-1", LineSecret(token="x" * LARGEST_SECRET))
    assert KeychainCredentials().save("shop-1", LineSecret(token="x" * 1_000)) is Kept.KEYCHAIN


class Roaming(MemoryKeyring):
    """As the Windows vault: its items roam unless told otherwise."""

    persist = "enterprise"


def test_secrets_do_not_roam(use: Any) -> None:
    backend = Roaming()
    use(backend)
    KeychainCredentials().save("shop-1", TOKEN)
    assert backend.persist == "local machine"


@pytest.mark.parametrize("foreign", ["", "not json", "[]", "7", '{"token": 5}'])
def test_an_item_somebody_else_wrote(use: Any, foreign: str) -> None:
    backend = MemoryKeyring()
    use(backend)
    KeychainCredentials().save("shop-1", TOKEN)
    (item,) = backend.passwords
    backend.passwords[item] = foreign
    assert KeychainCredentials().load("shop-1") is None


def test_no_repr_shows_a_secret() -> None:
    assert TOKEN.token not in repr(TOKEN)
    assert CHANNEL.channel_secret not in repr(CHANNEL)
    assert CHANNEL.channel_secret not in f"{[CHANNEL]}"


def test_session_only() -> None:
    kept = SessionCredentials()
    assert kept.save("shop-1", TOKEN) is Kept.NO_KEYCHAIN
    assert kept.load("shop-1") == TOKEN
    kept.delete("shop-1")
    assert kept.load("shop-1") is None


def test_the_token_of_the_environment_reaches_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN_VARIABLE, f" {TOKEN.token}\n")
    assert token_from_environment() == TOKEN
    assert TOKEN_VARIABLE not in os.environ
    show = "import os; print([name for name in os.environ if 'TOKEN' in name])"
    seen = subprocess.run(
        [sys.executable, "-c", show], capture_output=True, encoding="utf-8", check=True, cwd=ROOT
    )
    assert seen.stdout.strip() == "[]"
    assert token_from_environment() is None


def test_an_empty_token_of_the_environment_is_none() -> None:
    environment = {TOKEN_VARIABLE: "  "}
    assert token_from_environment(environment) is None
    assert environment == {}


def test_an_installed_program_names_its_backend(monkeypatch: pytest.MonkeyPatch) -> None:
    import desktop.credentials as module

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert module._bundled_backend() is None
    monkeypatch.setattr(sys, "platform", "win32")
    assert type(module._bundled_backend()).__name__ == "WinVaultKeyring"
