"""What an owner can do about a publishing job: the rows of the outbox and the card of what is live come here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from desktop.core.changes import Changes
from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.operations.planning import publishing
from desktop.store.publishing.jobs import PublishingJob
from desktop.ui.desk import Desk
from desktop.ui.publishing.states import MenuAct, acts


@dataclass(frozen=True)
class Looked:
    """What is known of LINE was compared with it."""

    changes: Changes


class MenuDeeds(QObject):
    """One page's.

    Args:
        owner: what the answers belong to; it may be gone when they come.
        desk: what it may use.
        show_details: shows everything about a job.
    """

    def __init__(
        self, owner: QObject, desk: Desk, show_details: Callable[[PublishingJob], object] = lambda _: None
    ) -> None:
        super().__init__(owner)
        self._desk = desk
        self._show_details = show_details

    def do(self, job: PublishingJob, act: MenuAct) -> None:
        """Do something about a job."""
        doing: dict[MenuAct, Callable[[PublishingJob], object]] = {
            MenuAct.CONFIRM: self.go_on,
            MenuAct.RETRY: self.retry,
            MenuAct.AGAIN: lambda _: self.try_again(),
            MenuAct.CANCEL: self.cancel,
            MenuAct.SIGN_IN: lambda _: self._desk.go("settings", section="line"),
            MenuAct.MENUS: lambda _: self._desk.go("rich_menu"),
            MenuAct.DETAILS: self._show_details,
        }
        doing[act](job)

    def go_on(self, job: PublishingJob) -> None:
        """After a restart, or after what was in the way was cured: the job goes on."""
        self._desk.jobs.write(
            lambda db, ctx: publishing.confirm(db, job.id),
            owner=self,
            then=lambda _: self._desk.line.try_now(),
        )

    def go_on_all(self, jobs: tuple[PublishingJob, ...]) -> None:
        """The same for several."""
        for job in jobs:
            self.go_on(job)

    def retry(self, job: PublishingJob) -> None:
        """Let a job that waits try at once."""
        if job.state == "action_needed":
            self.go_on(job)
        else:
            self._desk.line.try_now()

    def try_again(self) -> None:
        """Try the people once more whom LINE refused."""
        self._desk.jobs.write(
            lambda db, ctx: publishing.refresh_links(db),
            owner=self,
            then=lambda _: self._desk.line.try_now(),
        )

    def retry_all(self, jobs: tuple[PublishingJob, ...]) -> None:
        """All that wait go on now."""
        for job in jobs:
            if MenuAct.CONFIRM in acts(job):
                self.go_on(job)
            elif MenuAct.RETRY in acts(job):
                self.retry(job)

    def cancel(self, job: PublishingJob) -> None:
        """Stop a job; what LINE has already stays until the next press."""
        self._desk.jobs.write(lambda db, ctx: publishing.cancel(db, job.id), owner=self)

    def look_at_line(self) -> None:
        """After a restored backup: ask LINE which menus are there."""
        line, jobs = self._desk.line, self._desk.jobs

        def work(ctx: JobContext) -> Looked:
            return Looked(publishing.look_at_line(line.client(), jobs.in_writer))

        def looked(_: Looked) -> None:
            self._desk.notices.show(message("publishing_page.looked_at_line"))

        jobs.network(work, owner=self, then=looked, title=message("publishing_page.asking_line"))

    def read_insight(self, then: Callable[[], object] | None = None) -> None:
        """Read what LINE counted of the menus that are live."""
        line, jobs = self._desk.line, self._desk.jobs

        def work(ctx: JobContext) -> Looked:
            return Looked(publishing.read_insight(line.client(), jobs.in_writer))

        def done(_: Looked) -> None:
            if then is not None:
                then()

        jobs.network(work, owner=self, then=done, title=message("publishing_page.insight_reading"))
