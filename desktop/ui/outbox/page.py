"""The page of uploads and publications: each in a row with its state in plain words, and the one thing to do about it. Offline
is a normal state; an error says what to do and that nothing was lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget
from shiboken6 import isValid

from desktop.core.changes import Changes, Kind
from desktop.store.outbox import UploadJob
from desktop.store.publishing.jobs import PublishingJob
from desktop.text import t
from desktop.ui.actions import Command
from desktop.ui.desk import Desk
from desktop.ui.outbox.ask_strip import AskStrip
from desktop.ui.outbox.deeds import UploadDeeds
from desktop.ui.outbox.details.publication_dialog import PublicationDetails
from desktop.ui.outbox.details_dialog import UploadDetails
from desktop.ui.outbox.explained import explained
from desktop.ui.outbox.filters import OutboxPart, OutboxTabs, belongs
from desktop.ui.outbox.rows import either
from desktop.ui.outbox.rows.either import Row
from desktop.ui.outbox.rows.prepared_menus import PreparedMenus
from desktop.ui.outbox.said import OutboxSaid
from desktop.ui.outbox.seen import Known, Seen, read_known, read_outbox
from desktop.ui.outbox.states import NOTHING, Act, acts
from desktop.ui.outbox.upload_table import UploadTable
from desktop.ui.page import Page
from desktop.ui.publishing.deeds import MenuDeeds
from desktop.ui.publishing.states import MenuAct
from desktop.ui.sending.sent_log import SentLog
from desktop.ui.widgets.buttons import button, primary_button

UPLOADING = "shell.line.uploading"
"""The title of the job that sends a list; its progress is bytes."""


class OutboxPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "outbox")
        self.desk: Desk = desk
        self.seen = Seen()
        self.deeds = UploadDeeds(self, desk, self.show_details)
        self.menu_deeds = MenuDeeds(self, desk, self._show_publication)
        self.prepared = PreparedMenus(self, desk, lambda rows: self._show(replace(self.seen, prepared=rows)))
        self.said = OutboxSaid(self, desk, self.deeds, self.menu_deeds, self.check_restored)
        self.header.set_subtitle(t("outbox_page.subtitle"))
        self.header.add(button(t("outbox_page.at_line"), self.open_listing, icon="list"))
        self.retry_all_button = button(t("outbox_page.retry_all"), self.retry_all, icon="refresh")
        self.header.add(self.retry_all_button)
        self.strip = AskStrip()
        self.strip.answered.connect(self.deeds.answer)
        self.tabs = OutboxTabs()
        self.tabs.chosen.connect(lambda part: self._show_part())
        across = QHBoxLayout()
        across.addWidget(self.tabs)
        across.addStretch(1)
        self.body.addWidget(self.strip)
        self.body.addLayout(across)
        self._make_views()
        self._details: UploadDetails | None = None
        self._wanted: tuple[str, int] | None = None
        desk.jobs.listed.connect(self._show_bytes)

    def _make_views(self) -> None:
        self.table = UploadTable()
        self.table.acted.connect(lambda row: self.do(row, either.acts(row, self.seen.of(row))[0]))
        self.table.opened_job.connect(self.show_details)
        self.table.customContextMenuRequested.connect(lambda place: self._open_menu())
        self.table.setContextMenuPolicy(self.table.contextMenuPolicy().CustomContextMenu)
        self.log = SentLog(self.desk)
        self.log.filled.connect(self._count)
        self.empty = explained(
            "upload",
            t("outbox_page.empty"),
            t("outbox_page.empty_text"),
            primary_button(t("outbox_page.to_audiences"), lambda: self.desk.go("audiences")),
        )
        self.none_here = explained(
            "check-circle", t("outbox_page.none_here"), t("outbox_page.none_here_text")
        )
        self.stack = QStackedWidget()
        for part in (self.empty, self.table, self.none_here, self.log):
            self.stack.addWidget(part)
        self.body.addWidget(self.stack, 1)

    # What the window asks

    def opened(self, **arguments: Any) -> None:
        """Show the uploads.

        Args:
            arguments: ``upload`` is the number of the one to select, ``publishing`` that of a publication of rich menus; ``part``
                a tab to show.
        """
        kinds = {"upload": "upload", "publishing": "menus"}
        self._wanted = next(
            ((kind, int(arguments[name])) for name, kind in kinds.items() if arguments.get(name) is not None),
            None,
        )
        if self._wanted is not None:
            self.tabs.choose(OutboxPart.ALL)
        elif arguments.get("part") in list(OutboxPart):
            self.tabs.choose(OutboxPart(arguments["part"]))
        self.refresh()
        self.prepared.read()

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.OUTBOX, Kind.AUDIENCES, Kind.LINE, Kind.SHOP):
            self.refresh()
        self.prepared.changed(changes)

    def refresh(self) -> None:
        """Read the uploads again."""
        self.desk.jobs.read(read_outbox, owner=self, then=self._show_read, latest="outbox.rows")
        self.log.read_again()

    def commands(self) -> list[Command]:
        can = self._can
        return [
            Command("outbox.retry_all", "outbox_page.retry_all", self.retry_all, icon="refresh"),
            Command("outbox.at_line", "outbox_page.at_line", self.open_listing, icon="list"),
            Command("outbox.details", "outbox_page.act.details", self._details_of_current, enabled=partial(can, None)),
            Command("outbox.broadcast", "outbox_page.act.broadcast", partial(self._do_current, Act.BROADCAST),
                    enabled=partial(can, Act.BROADCAST)),
            Command("outbox.renew", "outbox_page.act.renew", partial(self._do_current, Act.RENEW),
                    enabled=partial(can, Act.RENEW)),
            Command("outbox.cancel", "outbox_page.act.cancel", partial(self._do_current, Act.CANCEL),
                    enabled=partial(can, Act.CANCEL)),
        ]  # fmt: skip

    def remember(self) -> dict[str, Any]:
        return {"part": str(self.tabs.part)}

    def recall(self, state: dict[str, Any]) -> None:
        if state.get("part") in list(OutboxPart):
            self.tabs.choose(OutboxPart(state["part"]))

    def pictures(self) -> dict[str, Callable[[], None]]:
        if not self.desk.practice:
            return {}
        return {"uploading": self.deeds.upload_for_a_picture, "details": self._details_of_current}

    # What the owner does

    def do(self, row: Row, act: Act | MenuAct) -> None:
        """Do something about an upload or a publication."""
        if isinstance(row, UploadJob):
            self.deeds.do(row, Act(act))
        elif isinstance(row, PublishingJob):
            self.menu_deeds.do(row, MenuAct(act))
        else:
            self.prepared.do(row, MenuAct(act))

    def retry_all(self) -> None:
        """Let all uploads that wait go on now."""
        if any({Act.RETRY, Act.CONFIRM} & set(acts(job)) for job in self.seen.jobs):
            self.deeds.retry_all()
        self.menu_deeds.retry_all(self.seen.publishings)

    def open_listing(self) -> None:
        """Show the audiences that LINE holds."""
        self.desk.go("line_audiences")

    def show_details(self, row: Row) -> None:
        """Show everything about an upload or a publication."""
        if isinstance(row, UploadJob):
            number = row.id
            self.desk.jobs.read(lambda db: read_known(db, number), owner=self, then=self._open_details)
        elif isinstance(row, PublishingJob):
            self._show_publication(row)
        else:
            self.do(row, MenuAct.MENUS)

    def menu(self, row: Row) -> QMenu:
        """What a right click on a row offers."""
        menu = QMenu(self)
        for act in either.acts(row, self.seen.of(row)):
            action = menu.addAction(either.act_label(act))
            action.triggered.connect(lambda _=False, chosen=act: self.do(row, chosen))
        return menu

    def _show_publication(self, job: PublishingJob) -> None:
        self.desk.dialogs.show(PublicationDetails(self, self.desk, job, self.do))

    def _open_details(self, known: Known | None) -> None:
        if known is None:
            return
        self._details = UploadDetails(self, known, self.do, self.deeds)
        self._details.audience_asked.connect(lambda audience: self.desk.go("audiences", audience=audience))
        self._details.people_asked.connect(lambda query: self.desk.go("members", query=query))
        self.desk.dialogs.show(self._details)

    # Showing

    def _show_read(self, seen: Seen) -> None:
        self._show(replace(seen, prepared=self.prepared.rows))
        self.prepared.follow(seen.publishings)

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        if self._wanted is not None and self._wanted not in {either.key_of(row) for row in seen.rows}:
            self._wanted = None
        self._count()
        self._show_part()
        again = {Act.RETRY, Act.CONFIRM, MenuAct.RETRY, MenuAct.CONFIRM}
        can_retry = any(again & set(either.acts(row, NOTHING)) for row in seen.rows)
        self.retry_all_button.setEnabled(can_retry and not seen.paused)
        if self._wanted is not None and self.table.select_row(self._wanted):
            self._wanted = None
        self.strip.show_questions(seen.questions)
        self._renew_details()
        self.said.say(seen)

    def _show_part(self) -> None:
        part, seen = self.tabs.part, self.seen
        if part is OutboxPart.SENT:
            self.stack.setCurrentWidget(self.log)
            return
        rows = [row for row in seen.rows if belongs(row, part, seen.of(row))]
        self.table.show_jobs(rows, seen.beside)
        empty = self.none_here if seen.rows else self.empty
        self.stack.setCurrentWidget(self.table if rows else empty)

    def _count(self) -> None:
        self.tabs.show_counts(self.seen, self.log.count)

    def _renew_details(self) -> None:
        """The open details follow their upload."""
        if self._details is None or not isValid(self._details):
            return
        dialog, upload = self._details, self._details.job.id

        def show(known: Known | None) -> None:
            if known is not None and isValid(dialog) and known != dialog.known:
                dialog.show_known(known)

        self.desk.jobs.read(lambda db: read_known(db, upload), owner=self, then=show, latest="outbox.details")

    def _show_bytes(self) -> None:
        """How much of the list that leaves now is out: the sending job says it in bytes."""
        if not self.isVisible():
            return
        sending = [
            job for job in self.desk.jobs.running if job.title is not None and job.title.key == UPLOADING
        ]
        job = sending[0] if sending else None
        self.table.uploads.show_sent(job.done / job.total if job is not None and job.total else 0.0)
        if self._details is not None and isValid(self._details):
            self._details.show_bytes(job.done if job else 0, (job.total or 0) if job else 0)

    def check_restored(self) -> None:
        """After a restored backup: ask LINE what it has already, then end the pause."""
        self.said.forget()
        self.deeds.check_restored()

    def _open_menu(self) -> None:
        row = self.table.current_row
        if row is not None:
            menu = self.menu(row)
            menu.aboutToHide.connect(menu.deleteLater)
            place = self.table.visualRect(self.table.currentIndex()).bottomLeft()
            menu.popup(self.table.viewport().mapToGlobal(place))

    # Commands and pictures

    def _can(self, act: Act | None) -> bool:
        row = self.table.current_row
        return row is not None and (act is None or act in either.acts(row, self.seen.of(row)))

    def _do_current(self, act: Act) -> None:
        row = self.table.current_row
        if row is not None:
            self.do(row, act)

    def _details_of_current(self) -> None:
        row = self.table.current_row or next(iter(self.seen.rows), None)
        if row is not None:
            self.show_details(row)
