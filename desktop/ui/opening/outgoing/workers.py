"""The three who bring to LINE what was pressed: audiences, messages and rich menus. Each is made with the first thing it has to
do, and forgets nothing that counts: all of it stands in the shop file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.core.job import JobContext
from desktop.core.message import Message, message
from desktop.store.database import Database
from desktop.ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.line_api.client import LineClient
    from desktop.line_api.publishing.publisher import Publisher
    from desktop.line_api.sending.narrowcaster import Narrowcaster
    from desktop.line_api.uploading.uploader import Uploader


class Workers:
    """One open shop's; used in the network's thread, except where it is said.

    Args:
        client: the way to LINE; asked for when something is to be done.
        jobs: the shop's.
    """

    def __init__(self, client: Callable[[], LineClient], jobs: Jobs) -> None:
        self._client = client
        self._jobs = jobs
        self._uploader: Uploader | None = None
        self._narrowcaster: Narrowcaster | None = None
        self._publisher: Publisher | None = None
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
        waits: list[float | None] = []
        if self._jobs.in_writer(outbox.active):
            if self._uploader is None:
                self._uploader = self._make_uploader()
            waits.append(self._uploader.step())
        if self._jobs.in_writer(publishings.active):
            publisher = self._publisher or self._make_publisher()
            self._publisher = publisher
            waits.append(publisher.step())
        if self._jobs.in_writer(sends.active):
            narrowcaster = self._narrowcaster or self._make_narrowcaster()
            self._narrowcaster = narrowcaster
            waits.append(narrowcaster.step())
            self.sent = not self._jobs.in_writer(sends.active)
        return min((wait for wait in waits if wait is not None), default=None)

    def try_now(self) -> None:
        """Forget every wait. Called in the window's thread."""
        if self._uploader is not None:
            self._uploader.try_now()
        if self._publisher is not None:
            self._publisher.try_now()
        # What the narrowcaster waits for is forgotten with it; all it has to know stands in the shop file.
        self._narrowcaster = None

    def cancel(self, upload_id: int) -> None:
        """Stop sending an upload that is being sent now. Called in the window's thread."""
        if self._uploader is not None:
            self._uploader.cancel(upload_id)

    def forget(self) -> None:
        """Another account, another key: what was made of the old one is not used again."""
        self._uploader = self._narrowcaster = self._publisher = None

    def _make_uploader(self) -> Uploader:
        from desktop.line_api.uploading.hooks import Hooks
        from desktop.line_api.uploading.uploader import Uploader

        hooks = Hooks(publish=self._jobs.publish, progress=self._progress, people=self._people)
        return Uploader(self._client(), self._jobs.in_writer, hooks=hooks)

    def _make_narrowcaster(self) -> Narrowcaster:
        from desktop.line_api.sending.narrowcaster import Narrowcaster
        from desktop.line_api.uploading.hooks import Hooks

        return Narrowcaster(self._client(), self._jobs.in_writer, hooks=Hooks(publish=self._jobs.publish))

    def _make_publisher(self) -> Publisher:
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
