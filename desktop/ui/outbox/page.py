"""The page of uploads: each in a row with its state in plain words, and the one thing to do about it. Offline is a normal state;
an error says what to do and that nothing was lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QMenu, QStackedWidget
from shiboken6 import isValid

from desktop.core.changes import Changes, Kind
from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.operations.audiences import audiences
from desktop.operations.line import uploading
from desktop.store import outbox, shop
from desktop.store.database import Database
from desktop.store.outbox import UploadJob
from desktop.text import t
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.outbox.broadcast_dialog import BroadcastDialog
from desktop.ui.outbox.details_dialog import UploadDetails
from desktop.ui.outbox.explained import explained
from desktop.ui.outbox.states import Act, act_label, acts
from desktop.ui.outbox.upload_table import UploadTable
from desktop.ui.page import Page
from desktop.ui.widgets.buttons import button, primary_button

MOST_SHOWN = 500


@dataclass(frozen=True)
class Seen:
    """What the page shows."""

    jobs: tuple[UploadJob, ...]
    unconfirmed: int
    paused: bool
    connected: bool


def read_outbox(db: Database) -> Seen:
    """Read what the page shows."""
    return Seen(
        jobs=tuple(outbox.jobs(db, limit=MOST_SHOWN)),
        unconfirmed=outbox.unconfirmed(db),
        paused=shop.get(db, "uploads_paused") == "1",
        connected=bool(shop.get_json(db, "line_account")) or shop.is_practice(db),
    )


class OutboxPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "outbox")
        self.desk: Desk = desk
        self.header.set_subtitle(t("outbox_page.subtitle"))
        self.retry_all_button = button(t("outbox_page.retry_all"), self.retry_all, icon="refresh")
        self.header.add(self.retry_all_button)
        self.stack = QStackedWidget()
        self.table = UploadTable()
        self.table.acted.connect(lambda job: self.do(job, acts(job)[0]))
        self.table.opened_job.connect(self.show_details)
        self.table.customContextMenuRequested.connect(lambda place: self._open_menu())
        self.table.setContextMenuPolicy(self.table.contextMenuPolicy().CustomContextMenu)
        self.empty = explained(
            "upload",
            t("outbox_page.empty"),
            t("outbox_page.empty_text"),
            primary_button(t("outbox_page.to_audiences"), lambda: desk.go("audiences")),
        )
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.table)
        self.body.addWidget(self.stack)
        self.seen = Seen((), 0, False, True)
        self._details: UploadDetails | None = None
        self._wanted: int | None = None
        self._said = ""

    def opened(self, **arguments: Any) -> None:
        """Show the uploads; ``upload`` is the number of the one to select."""
        wanted = arguments.get("upload")
        self._wanted = int(wanted) if wanted is not None else None
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.OUTBOX, Kind.AUDIENCES, Kind.LINE, Kind.SHOP):
            self.refresh()

    def refresh(self) -> None:
        """Read the uploads again."""
        self.desk.jobs.read(read_outbox, owner=self, then=self._show, latest="outbox.rows")

    def commands(self) -> list[Command]:
        return [
            Command("outbox.retry_all", "outbox_page.retry_all", self.retry_all, icon="refresh"),
            Command(
                "outbox.details",
                "outbox_page.act.details",
                self._details_of_current,
                enabled=self._has_current,
            ),
            Command(
                "outbox.broadcast",
                "outbox_page.act.broadcast",
                self._broadcast_current,
                enabled=self._is_ready,
            ),
            Command(
                "outbox.cancel", "outbox_page.act.cancel", self._cancel_current, enabled=self._can_cancel
            ),
        ]

    def do(self, job: UploadJob, act: Act) -> None:
        """Do something about an upload."""
        doing: dict[Act, Callable[[UploadJob], None]] = {
            Act.BROADCAST: self.broadcast,
            Act.CONFIRM: self.retry,
            Act.RETRY: self.retry,
            Act.CANCEL: self.cancel,
            Act.SIGN_IN: lambda _: self.desk.go("settings", section="line"),
            Act.DETAILS: self.show_details,
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
        self.desk.line.cancel(job.id)
        self._write(lambda db, ctx: uploading.cancel(db, job.id))

    def broadcast(self, job: UploadJob) -> None:
        """Show how to send to the audience in LINE's manager."""
        self.desk.dialogs.show(BroadcastDialog(self, job, practice=self.desk.practice))

    def show_details(self, job: UploadJob) -> None:
        """Show everything about an upload."""
        self._details = UploadDetails(self, job, self.do)
        self.desk.dialogs.show(self._details)

    def check_restored(self) -> None:
        """After a restored backup: ask LINE which open uploads it has already, then end the pause."""
        jobs, line = self.desk.jobs, self.desk.line

        def work(ctx: JobContext) -> uploading.UploadOutcome:
            from desktop.line_api.uploading.uploader import Uploader

            uploader = Uploader(line.client(), jobs.in_writer)
            return uploading.check_restored(uploader, jobs.in_writer)

        self._said = ""
        jobs.network(work, owner=self, then=self._checked, title=message("outbox_page.checking"))

    def menu(self, job: UploadJob) -> QMenu:
        """What a right click on an upload offers."""
        menu = QMenu(self)
        for act in acts(job):
            action = menu.addAction(act_label(act))
            action.triggered.connect(lambda _=False, chosen=act: self.do(job, chosen))
        return menu

    def pictures(self) -> dict[str, Callable[[], None]]:
        return {"uploading": self._picture_of_an_upload} if self.desk.practice else {}

    def _write(
        self, work: Callable[[Database, JobContext], Any], then: Callable[[Any], None] | None = None
    ) -> None:
        self.desk.jobs.write(work, owner=self, then=then)

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        self.table.show_jobs(seen.jobs)
        self.stack.setCurrentWidget(self.table if seen.jobs else self.empty)
        can_retry = any(Act.RETRY in acts(job) or Act.CONFIRM in acts(job) for job in seen.jobs)
        self.retry_all_button.setEnabled(can_retry and not seen.paused)
        if self._wanted is not None and self.table.select(self._wanted):
            self._wanted = None
        if self._details is not None and isValid(self._details):
            known = next((job for job in seen.jobs if job.id == self._details.job.id), None)
            if known is not None and known != self._details.job:
                self._details.show_job(known)
        self._say(seen)

    def _say(self, seen: Seen) -> None:
        """The one thing all uploads wait for, in the bar; said once, so that a closed bar stays closed."""
        open_ones = any(job.state in outbox.OPEN_STATES for job in seen.jobs)
        said = "paused" if seen.paused else "not_connected" if open_ones and not seen.connected else ""
        said = said or (f"unconfirmed {seen.unconfirmed}" if seen.unconfirmed else "")
        if said == self._said:
            return
        if self._said or said:
            self.bar.clear()
        self._said = said
        if seen.paused:
            again = (message("outbox_page.check"), self.check_restored)
            self.bar.show_message(
                message("outbox.paused"),
                kind="warning",
                cure=message("outbox_page.paused_cure"),
                button=again,
            )
        elif said == "not_connected":
            connect = (message("outbox_page.act.sign_in"), lambda: self.desk.go("settings", section="line"))
            self.bar.show_message(message("outbox_page.not_connected"), kind="warning", button=connect)
        elif seen.unconfirmed:
            send = (message("outbox_page.send_now"), self.confirm_all)
            self.bar.show_message(message("outbox.resume_bar", n=seen.unconfirmed), kind="info", button=send)

    def _go_on(self, _: object) -> None:
        self.desk.line.try_now()

    def _retried_all(self, outcome: uploading.UploadOutcome) -> None:
        self.desk.notices.show(message("outbox_page.retried", n=outcome.count), kind="info")
        self.desk.line.try_now()

    def _checked(self, outcome: uploading.UploadOutcome) -> None:
        self.desk.notices.show(message("outbox_page.checked", n=outcome.count))

    def _open_menu(self) -> None:
        job = self.table.current_job
        if job is not None:
            menu = self.menu(job)
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(
                self.table.viewport().mapToGlobal(
                    self.table.visualRect(self.table.currentIndex()).bottomLeft()
                )
            )

    def _picture_of_an_upload(self) -> None:
        """In a practice shop: upload something to the simulated LINE, for a picture with more than nothing in it."""

        def press(db: Database, ctx: JobContext) -> uploading.Pressed:
            saved = audiences.save(db, t("outbox_page.picture_name"), "uploadable:yes last_order:>60d")
            return uploading.press(db, saved.audience)

        self._write(press, then=self._go_on)

    def _has_current(self) -> bool:
        return self.table.current_job is not None

    def _is_ready(self) -> bool:
        job = self.table.current_job
        return job is not None and Act.BROADCAST in acts(job)

    def _can_cancel(self) -> bool:
        job = self.table.current_job
        return job is not None and Act.CANCEL in acts(job)

    def _details_of_current(self) -> None:
        job = self.table.current_job or next(iter(self.seen.jobs), None)
        if job is not None:
            self.show_details(job)

    def _broadcast_current(self) -> None:
        if self.table.current_job is not None:
            self.broadcast(self.table.current_job)

    def _cancel_current(self) -> None:
        if self.table.current_job is not None:
            self.cancel(self.table.current_job)
