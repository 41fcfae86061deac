"""Work on shop files while none is open: restoring a backup, moving a file, saving what can be read of a damaged one. It runs
in a thread of its own, with a page that shows how far it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import Message, message
from desktop.store.database import Database
from desktop.ui.busy.page import BusyPage
from desktop.ui.jobs import Jobs
from desktop.ui.shell.frame import Shell

if TYPE_CHECKING:
    from desktop.store.recovery.backups import Restored
    from desktop.store.recovery.salvage import SalvageReport


class _NoShop:
    def writer(self) -> Database:
        raise RuntimeError("no shop is open")

    def reader(self) -> Database:
        raise RuntimeError("no shop is open")

    def close(self) -> None:
        """There is nothing to close."""


class Aside(QObject):
    """Runs one piece of work at a time.

    Args:
        shell: the shell of the first screen, made when it is needed.
        on_bug: shows what is not a UserError.
        failed: shows a UserError about the file the work was on.
        ended: called when the work was cancelled.
    """

    def __init__(
        self,
        shell: Callable[[], Shell],
        *,
        on_bug: Callable[[BaseException], None],
        failed: Callable[[UserError, Path | None], None],
        ended: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._on_bug = on_bug
        self._failed = failed
        self._ended = ended
        self._jobs: Jobs | None = None

    def restore(self, backup: Path, shop: Path, then: Callable[[Restored], object]) -> None:
        """Put a backup in the place of a closed shop."""
        from desktop.store.recovery import backups

        self._run(message("aside.restoring"), shop, lambda ctx: backups.restore(backup, shop, job=ctx), then)

    def move(self, shop: Path, folder: Path, then: Callable[[Path], object]) -> None:
        """Move a closed shop into another folder."""
        from desktop.store.safety.moving import move_shop

        self._run(message("aside.moving"), shop, lambda ctx: move_shop(shop, folder, job=ctx), then)

    def salvage(self, damaged: Path, into: Path, then: Callable[[SalvageReport], object]) -> None:
        """Save what can be read of a damaged shop into a new file."""
        from desktop.store.recovery.salvage import salvage

        self._run(message("aside.salvaging"), damaged, lambda ctx: salvage(damaged, into, job=ctx), then)

    def make_practice(self, then: Callable[[Path], object]) -> None:
        """Make the practice shop out of the sample files."""
        from desktop.ui.opening.shop_places import make_practice_shop

        self._run(message("shell.practice.loading"), None, make_practice_shop, then)

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
        then: Callable[[Any], object],
    ) -> None:
        self.stop()
        jobs = self._jobs = Jobs(
            _NoShop(), on_user_error=lambda _owner, _error: None, on_bug=self._bug, parent=self
        )
        shell = self._shell()
        page = shell.stack.page("busy")
        assert isinstance(page, BusyPage)
        job = jobs.network(
            work,
            owner=self,
            then=lambda result: self._done(then, result),
            on_error=lambda error: self._done(lambda _: self._failed(error, shop), None),
            on_cancelled=lambda: self._done(lambda _: self._ended(), None),
            progress=page.show_progress,
        )
        shell.go("busy", title=title, cancel=job.cancel)

    def _bug(self, error: BaseException) -> None:
        self._done(lambda _: self._ended(), None)
        self._on_bug(error)

    def _done(self, then: Callable[[Any], object], result: Any) -> None:
        self.stop()
        then(result)
