"""Work on shop files while none is open: restoring a backup, moving a file, saving what can be read of a damaged one. It runs
in a thread of its own, with a page that shows how far it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject

from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import Message, message
from desktop.settings import Settings
from desktop.store.database import Database
from desktop.ui.busy.page import BusyPage
from desktop.ui.jobs import Jobs
from desktop.ui.main_window import MainWindow
from desktop.ui.shell.frame import Shell

if TYPE_CHECKING:
    from desktop.store.recovery.salvage import SalvageReport


class _NoShop:
    def writer(self) -> Database:
        raise RuntimeError("no shop is open")

    def reader(self) -> Database:
        raise RuntimeError("no shop is open")

    def close(self) -> None:
        """There is nothing to close."""


class Opener(Protocol):
    """What the work beside needs of the program."""

    settings: Settings
    window: MainWindow

    def open_shop(self, path: Path) -> None:
        """Open a shop."""

    def leave_shop(self) -> None:
        """Close the open shop, if any."""

    def front_shell(self) -> Shell:
        """The shell of the first screen, made if need be."""

    def show_problem(self, error: UserError, path: Path | None) -> None:
        """Say what stands between the owner and a shop."""

    def close_shop(self) -> None:
        """Close the open shop and show the first screen."""


class Aside(QObject):
    """Does one piece of work at a time; afterwards the shop it was about is opened.

    Args:
        program: opens and leaves shops.
        on_bug: shows what is not a UserError.
    """

    def __init__(self, program: Opener, on_bug: Callable[[BaseException], None], parent: QObject) -> None:
        super().__init__(parent)
        self._program = program
        self._on_bug = on_bug
        self._jobs: Jobs | None = None

    def restore(self, backup: Path, shop: Path) -> None:
        """Put a backup in the place of a shop, and open it."""
        from desktop.store.recovery import backups

        def restored(_: object) -> None:
            self._program.open_shop(shop)
            self._program.window.say(message("shell.restored"))

        self._run(
            message("aside.restoring"), shop, lambda ctx: backups.restore(backup, shop, job=ctx), restored
        )

    def move(self, shop: Path, folder: Path) -> None:
        """Move a shop into another folder, and open it there."""
        from desktop.store.safety.moving import move_shop

        def moved(target: Path) -> None:
            self._program.settings.shop_forgotten(shop)
            self._program.open_shop(target)

        self._run(message("aside.moving"), shop, lambda ctx: move_shop(shop, folder, job=ctx), moved)

    def salvage(self, damaged: Path, into: Path) -> None:
        """Save what can be read of a damaged shop into a new file, and open that."""
        from desktop.store.recovery.salvage import salvage

        def saved(report: SalvageReport) -> None:
            self._program.open_shop(report.path)

        self._run(message("aside.salvaging"), damaged, lambda ctx: salvage(damaged, into, job=ctx), saved)

    def make_practice(self) -> None:
        """Make the practice shop out of the sample files, and open it."""
        from desktop.ui.opening.shop_places import PRACTICE_KEY, make_practice_shop

        def made(path: Path) -> None:
            self._program.settings.put(PRACTICE_KEY, str(path))
            self._program.open_shop(path)

        self._run(message("shell.practice.loading"), None, make_practice_shop, made)

    def stop(self) -> None:
        """End whatever runs."""
        if self._jobs is not None:
            self._jobs.stop()
            self._jobs.deleteLater()
            self._jobs = None

    @property
    def is_busy(self) -> bool:
        """Whether something runs."""
        return self._jobs is not None

    def _run(
        self,
        title: Message,
        shop: Path | None,
        work: Callable[[JobContext], Any],
        then: Callable[[Any], None],
    ) -> None:
        self._program.leave_shop()
        jobs = self._jobs = Jobs(
            _NoShop(), on_user_error=lambda _owner, _error: None, on_bug=self._bug, parent=self
        )
        shell = self._program.front_shell()
        page = shell.stack.page("busy")
        assert isinstance(page, BusyPage)
        job = jobs.network(
            work,
            owner=self,
            then=lambda result: self._done(lambda: then(result)),
            on_error=lambda error: self._done(lambda: self._program.show_problem(error, shop)),
            on_cancelled=lambda: self._done(self._program.close_shop),
            progress=page.show_progress,
        )
        shell.go("busy", title=title, cancel=job.cancel)

    def _bug(self, error: BaseException) -> None:
        self._done(self._program.close_shop)
        self._on_bug(error)

    def _done(self, then: Callable[[], None]) -> None:
        self.stop()
        then()
