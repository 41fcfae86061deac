"""What a page may use, handed to it when it is made: the open shop, its jobs, and the window's services. A page knows nothing
else of the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from desktop.credentials import Credentials
    from desktop.line_api.client import LineClient
    from desktop.settings import Settings
    from desktop.store.shop_file import ShopFile
    from desktop.ui.actions import Actions
    from desktop.ui.dialogs import Dialogs
    from desktop.ui.jobs import Jobs
    from desktop.ui.notifications import Notices


class Go(Protocol):
    """Shows another page."""

    def __call__(self, page_id: str, **arguments: Any) -> None: ...


class Back(Protocol):
    """Shows the page that was left for this one, as it was left."""

    def __call__(self) -> None: ...


class Door(Protocol):
    """How shops are opened, made and left: what lies outside of any one shop."""

    def open_shop(self, path: Path) -> None:
        """Close the open shop and open this one."""

    def create_shop(self, name: str, *, then_page: str = "members", **arguments: Any) -> None:
        """Make a new shop, open it and show a page."""

    def open_practice(self) -> None:
        """Open the practice shop, making it from the sample files first if need be."""

    def remove_practice(self) -> None:
        """Close the practice shop and delete its files."""

    def restore(self, backup: Path) -> None:
        """Put a backup in the place of the open (or damaged) shop."""

    def move_shop(self, path: Path) -> None:
        """Move a shop file out of a synced folder into the program's own, and open it."""

    def salvage(self, damaged: Path, into: Path) -> None:
        """Save what can be read of a damaged shop into a new file, and open that."""

    def look_only(self, path: Path) -> None:
        """Open a shop that cannot be written, to look at it."""

    def close_shop(self) -> None:
        """Close the open shop and show the first screen."""

    def rebuild(self) -> None:
        """Build all pages again: the language, the text size or the theme changed."""

    def recent_shops(self) -> list[Path]:
        """The shops opened last that are still there."""


class LineConnection(Protocol):
    """The open shop's way to LINE."""

    def client(self) -> LineClient:
        """The client of the shop's account; asked for inside a network job.

        Raises:
            UserError: no account is connected, or the keychain is closed.
        """

    def try_now(self) -> None:
        """Let waiting uploads try at once."""

    def cancel(self, upload_id: int) -> None:
        """Stop sending an upload that is being sent now."""


@dataclass(frozen=True)
class FrontDesk:
    """What every page has, also the first screen, where no shop is open yet."""

    settings: Settings
    dialogs: Dialogs
    notices: Notices
    actions: Actions
    door: Door
    go: Go
    back: Back


@dataclass(frozen=True)
class Desk(FrontDesk):
    """What a page of an open shop has."""

    shop: ShopFile
    jobs: Jobs
    practice: bool
    line: LineConnection
    keys: Callable[[], Credentials]

    @property
    def credentials(self) -> Credentials:
        """Where LINE's keys are kept; the keychain's library is loaded with the first call."""
        return self.keys()
