"""The three who bring to LINE what was pressed: audiences, messages and rich menus. Each is made with the first thing it has to
do, and forgets nothing that counts: all of it stands in the shop file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, cast

from desktop.core.job import JobContext
from desktop.core.message import Message, message
from desktop.store.database import Database
from desktop.ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.line_api.client import LineClient
    from desktop.line_api.uploading.uploader import Uploader


class Worker(Protocol):
    """Carries what was pressed, of one kind."""

    def step(self) -> float | None:
        """Do what is due; seconds until something is due again, None for nothing to do."""

    def try_now(self) -> None:
        """Forget every wait."""


class Workers:
    """One open shop's; used in the network's thread, except where it is said.

    Args:
        client: the way to LINE; asked for when something is to be done.
        jobs: the shop's.
    """

    def __init__(self, client: Callable[[], LineClient], jobs: Jobs) -> None:
        self._client = client
        self._jobs = jobs
        self._made: dict[str, Worker] = {}
        self._ctx: JobContext | None = None
        self._people_told: Message | None = None
        self.sent = False
        """Whether the last message on its way went out with the last step."""

    def step(self, ctx: JobContext) -> float | None:
        """Do what is due first; seconds until the next is due, None for nothing to do.

        Raises:
            UserError: no account is connected, or the keychain is closed.
        """
        from desktop.store import outbox
        from desktop.store import publishing as publishings
        from desktop.store.line import sends

        self._ctx = ctx
        kinds: tuple[tuple[str, Callable[[Database], object], Callable[[], Worker]], ...] = (
            ("uploads", outbox.active, self._make_uploader),
            ("menus", publishings.active, self._make_publisher),
            ("sends", sends.active, self._make_narrowcaster),
        )
        waits: list[float] = []
        for kind, active, make in kinds:
            if not self._jobs.in_writer(active):
                continue
            worker = self._made.get(kind) or make()
            self._made[kind] = worker
            wait = worker.step()
            if wait is not None:
                waits.append(wait)
            if kind == "sends":
                self.sent = not self._jobs.in_writer(active)
        return min(waits, default=None)

    def try_now(self) -> None:
        """Forget every wait. Called in the window's thread."""
        for worker in list(self._made.values()):
            worker.try_now()

    def cancel(self, upload_id: int) -> None:
        """Stop sending an upload that is being sent now. Called in the window's thread."""
        uploader = self._made.get("uploads")
        if uploader is not None:
            cast("Uploader", uploader).cancel(upload_id)

    def forget(self) -> None:
        """Another account, another key: what was made of the old one is not used again."""
        self._made = {}

    def _make_uploader(self) -> Worker:
        from desktop.line_api.uploading.hooks import Hooks
        from desktop.line_api.uploading.uploader import Uploader

        hooks = Hooks(publish=self._jobs.publish, progress=self._progress, people=self._people)
        return Uploader(self._client(), self._jobs.in_writer, hooks=hooks)

    def _make_narrowcaster(self) -> Worker:
        from desktop.line_api.sending.narrowcaster import Narrowcaster
        from desktop.line_api.uploading.hooks import Hooks

        return Narrowcaster(self._client(), self._jobs.in_writer, hooks=Hooks(publish=self._jobs.publish))

    def _make_publisher(self) -> Worker:
        from desktop.line_api.publishing.publisher import Publisher
        from desktop.line_api.uploading.hooks import Hooks

        return Publisher(self._client(), self._jobs.in_writer, hooks=Hooks(publish=self._jobs.publish))

    def _progress(self, upload_id: int, sent: int, total: int) -> None:
        if self._ctx is not None:
            self._ctx.report(sent, total, self._people_told)

    def _people(self, upload_id: int, done: int, total: int) -> None:
        self._people_told = message("outbox_page.people_done", done=done, n=total)


def something_to_do(db: Database) -> Message | None:
    """What the work is called that waits to be brought to LINE, or to be watched there; None if there is none."""
    from desktop.store import outbox
    from desktop.store import publishing as publishings
    from desktop.store.line import sends

    if outbox.active(db) or sends.active(db):
        return message("shell.line.uploading")
    return message("publishing_page.working") if publishings.active(db) else None
