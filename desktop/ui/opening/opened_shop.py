"""A shop while the window has it open: its file, its jobs and its way to LINE; and what is done with it once the window
stands: undo, redo, the backup of the start, the uploads that wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.core.errors import UserError
from desktop.store import shop as shop_rows
from desktop.store.database import Database
from desktop.ui.jobs import Jobs

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.credentials import Credentials
    from desktop.line_api.client import LineClient
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
    line: Callable[[], LineClient]
    credentials: Credentials

    @property
    def path(self) -> Path:
        """The shop file."""
        return self.file.path

    def remember(self, state: dict[str, Any]) -> None:
        """Keep what the window wants to find again; written before the shop is closed."""
        self.jobs.write(lambda db, ctx: keep_state(db, state), owner=self.jobs)


def read_state(db: Database) -> dict[str, Any]:
    """What the window remembered last time in this shop."""
    return shop_rows.get_json(db, WINDOW_KEY) or {}


def keep_state(db: Database, state: dict[str, Any]) -> None:
    """Keep what the window wants to find again."""
    with db.transaction():
        if read_state(db) != state:
            shop_rows.put_json(db, WINDOW_KEY, state)


def no_line() -> LineClient:
    """The way to LINE while no account is connected.

    Raises:
        UserError: always.
    """
    from desktop.core.message import message

    raise UserError(message("shell.line.not_connected"), cure=message("shell.line.not_connected.cure"))
