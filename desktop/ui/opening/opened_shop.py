"""A shop while the window has it open: its file, its jobs, its way to LINE, and what the window wants to find again in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from desktop.store import shop as shop_rows
from desktop.store.database import Database
from desktop.ui.jobs import Jobs
from desktop.ui.opening.line_link import LineLink

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.credentials import Credentials
    from desktop.store.shop_file import ShopFile

WINDOW_KEY = "window"


@dataclass(frozen=True)
class OpenedShop:
    """See the module; ``name`` is the shop's own, ``state`` what the window remembered in the file."""

    file: ShopFile
    jobs: Jobs
    name: str
    practice: bool
    state: dict[str, Any]
    link: LineLink
    keys: Callable[[], Credentials]

    @property
    def path(self) -> Path:
        """The shop file."""
        return self.file.path

    def remember(self, state: dict[str, Any]) -> None:
        """Keep what the window wants to find again; written before the shop is closed."""
        self.jobs.write(lambda db, _ctx: keep_state(db, state), owner=self.jobs)

    def end(self) -> None:
        """End its work and close the file, without waiting for an answer of LINE's."""
        self.link.abort()
        self.jobs.stop()
        self.link.close()
        self.jobs.deleteLater()


def read_state(db: Database) -> dict[str, Any]:
    """What the window remembered last time in this shop."""
    return shop_rows.get_json(db, WINDOW_KEY) or {}


def keep_state(db: Database, state: dict[str, Any]) -> None:
    """Keep what the window wants to find again."""
    with db.transaction():
        if read_state(db) != state:
            shop_rows.put_json(db, WINDOW_KEY, state)


def keys_of(credentials: Credentials | None) -> Callable[[], Credentials]:
    """Where LINE's keys are kept: the place given, else the keychain, whose library is loaded with the first question."""

    @cache
    def keys() -> Credentials:
        from desktop.credentials import KeychainCredentials

        return credentials or KeychainCredentials()

    return keys
