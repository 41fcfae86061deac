"""What an owner can do about uploads: the page's buttons, links and menus all come here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.operations.audiences import audiences as audience_list
from desktop.operations.line import after_upload, keeping_in_step, uploading
from desktop.operations.line.keeping_in_step import OldCopy, Refreshed, Renewal
from desktop.operations.planning import publishing
from desktop.store import audiences
from desktop.store.database import Database
from desktop.store.outbox import UploadJob
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.outbox.broadcast_dialog import BroadcastDialog
from desktop.ui.outbox.details.old_dialog import OldDialog
from desktop.ui.outbox.states import Act
from desktop.ui.page import Page


class UploadDeeds(QObject):
    """One page's.

    Args:
        page: asks and shows errors.
        desk: what it may use.
        show_details: shows everything about an upload.
    """

    def __init__(self, page: Page, desk: Desk, show_details: Callable[[UploadJob], object]) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk
        self._show_details = show_details

    def do(self, job: UploadJob, act: Act) -> None:
        """Do something about an upload."""
        doing: dict[Act, Callable[[UploadJob], object]] = {
            Act.BROADCAST: self.broadcast,
            Act.SEND_HERE: lambda each: self._desk.go("sending", upload=each.id),
            Act.RENEW: self.renew,
            Act.OLD: self.ask_about_old,
            Act.CONFIRM: self.retry,
            Act.RETRY: self.retry,
            Act.CANCEL: self.cancel,
            Act.SIGN_IN: lambda _: self._desk.go("settings", section="line"),
            Act.DETAILS: self._show_details,
        }
        doing[act](job)

    def retry(self, job: UploadJob) -> None:
        """Let an upload go on now."""
        self._write(lambda db, ctx: uploading.retry(db, job.id), then=self._go_on)

    def retry_all(self) -> None:
        """Let all uploads that wait go on now."""
        self._write(lambda db, ctx: uploading.retry_all(db), then=self._retried_all)

    def confirm_all(self) -> None:
        """After a restart: everything that waits may go out."""
        self._write(lambda db, ctx: uploading.confirm_all(db), then=self._go_on)

    def cancel(self, job: UploadJob) -> None:
        """Take an upload back; where LINE may have it, the row says so."""
        self._desk.line.cancel(job.id)
        self._write(lambda db, ctx: uploading.cancel(db, job.id))

    def broadcast(self, job: UploadJob) -> None:
        """Show how to send to the audience in LINE's manager."""
        dialog = BroadcastDialog(
            self._page, job, practice=self._desk.practice, opened=lambda: self._opened(job)
        )
        self._desk.dialogs.show(dialog)

    def renew(self, job: UploadJob) -> None:
        """Make a new audience at LINE in the place of one that is about to end."""
        audience_id = job.audience_id
        if audience_id is not None:
            self._write(lambda db, ctx: renew(db, (audience_id,)), then=self._renewed)

    def renew_all(self, due: tuple[Renewal, ...]) -> None:
        """The same for all that are about to end."""
        ids = tuple(renewal.audience.id for renewal in due)
        self._write(lambda db, ctx: renew(db, ids), then=self._renewed)

    def ask_about_old(self, job: UploadJob) -> None:
        """Ask whether a scheduled message uses the audience that was replaced."""
        group = job.old_group_id
        self._desk.jobs.read(
            lambda db: next((one for one in keeping_in_step.old_copies(db) if one.group_id == group), None),
            owner=self,
            then=self._show_old,
        )

    def was_sent(self, upload_id: int) -> None:
        """The owner sent the message in LINE's manager; the day is kept."""
        self._write(lambda db, ctx: after_upload.was_sent(db, upload_id))

    def not_sent(self, upload_id: int) -> None:
        """The owner takes back that it was sent."""
        self._write(lambda db, ctx: after_upload.not_sent(db, upload_id))

    def answer(self, upload_id: int, sent: bool) -> None:
        """The answer to the question of a later day."""
        if sent:
            self.was_sent(upload_id)
        else:
            self._write(lambda db, ctx: after_upload.later(db, (upload_id,)))

    def check_restored(self) -> None:
        """After a restored backup: ask LINE what it has already, then end the pause."""
        line, jobs = self._desk.line, self._desk.jobs

        def work(ctx: JobContext) -> uploading.UploadOutcome:
            from desktop.line_api.uploading.uploader import Uploader

            outcome = uploading.check_restored(Uploader(line.client(), jobs.in_writer), jobs.in_writer)
            # If LINE cannot be asked about the menus now, what is live stays in doubt, and its card says so.
            jobs.publish(outcome.changes)
            jobs.publish(publishing.look_at_line(line.client(), jobs.in_writer))
            return outcome

        jobs.network(work, owner=self, then=self._checked, title=message("outbox_page.checking"))

    def _show_old(self, old: OldCopy | None) -> None:
        if old is not None:
            self._desk.dialogs.show(OldDialog(self._page, old, delete=self._delete_old, keep=self._keep_old))

    def _delete_old(self, old: OldCopy) -> None:
        self._write(lambda db, ctx: keeping_in_step.confirm_delete_old(db, old.group_id), then=self._go_on)

    def _keep_old(self, old: OldCopy) -> None:
        self._write(lambda db, ctx: Kept(keeping_in_step.keep_old(db, old.group_id)))

    def _opened(self, job: UploadJob) -> None:
        self._write(lambda db, ctx: after_upload.manager_opened(db, job.id))

    def _renewed(self, done: Renewed) -> None:
        if done.error is not None:
            self._page.bar.show_error(done.error)
        if done.count:
            self._desk.notices.show(message("outbox_page.renewed", n=done.count), kind="info")
            self._desk.line.try_now()

    def upload_for_a_picture(self) -> None:
        """In a practice shop: upload something to the simulated LINE, for a picture with more than nothing in it."""

        def press(db: Database, ctx: JobContext) -> uploading.Pressed:
            saved = audience_list.save(db, t("outbox_page.picture_name"), "uploadable:yes last_order:>60d")
            return uploading.press(db, saved.audience)

        self._write(press, then=self._go_on)

    def _go_on(self, _: object) -> None:
        self._desk.line.try_now()

    def _retried_all(self, outcome: uploading.UploadOutcome) -> None:
        self._desk.notices.show(message("outbox_page.retried", n=outcome.count), kind="info")
        self._desk.line.try_now()

    def _checked(self, outcome: uploading.UploadOutcome) -> None:
        self._desk.notices.show(message("outbox_page.checked", n=outcome.count))

    def _write(
        self, work: Callable[[Database, JobContext], Any], then: Callable[[Any], None] | None = None
    ) -> None:
        self._desk.jobs.write(work, owner=self, then=then)


class Kept:
    """That an old audience stays is a change like others."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes


class Renewed:
    """How many renewals were started; ``error`` is why one could not be."""

    def __init__(self) -> None:
        self.count = 0
        self.error: UserError | None = None
        self.changes = Changes()


def renew(db: Database, audience_ids: tuple[int, ...]) -> Renewed:
    """Start the renewal of each audience; one that cannot be renewed does not keep the others."""
    done = Renewed()
    for audience_id in audience_ids:
        audience = audiences.by_id(db, audience_id)
        if audience is None:
            continue
        try:
            refreshed: Refreshed = keeping_in_step.replace(db, audience)
        except UserError as error:
            done.error = error
            continue
        done.count += int(refreshed.job is not None)
        done.changes |= refreshed.changes
    return done
