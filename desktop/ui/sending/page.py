"""The page of sending a message to an uploaded audience: written at the left, seen at the right, checked by LINE, and sent only
after the number of people was typed. What was pressed is followed here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.operations.line import sending
from desktop.operations.line.sending import Estimate, SendOutcome
from desktop.operations.planning.group_messages import GroupMessages
from desktop.store.database import Database
from desktop.store.line.sends import Send
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.actions import Command
from desktop.ui.audiences.figures.cost_line import cost_text
from desktop.ui.desk import Desk
from desktop.ui.outbox.explained import explained
from desktop.ui.page import Page
from desktop.ui.phone.phone import Phone
from desktop.ui.sending.planned import PlannedMessages
from desktop.ui.sending.reading import Seen, Wanted, cost_of, read_sending
from desktop.ui.sending.work import Work
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.labels import muted
from desktop.ui.widgets.side_panel import SidePanel

ROOMY = 640
"""A page narrower than this, at 100 % text size, shows the message alone."""


class SendingPage(Page):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "sending")
        self.desk: Desk = desk
        self.add_way_back()
        self.wanted = Wanted()
        self.seen = Seen()
        self.checking = False
        self._loaded: tuple[int | None, int | None] | None = None
        self.log_button = button(t("sending_page.log"), lambda: desk.go("outbox", part="sent"), icon="list")
        self.header.add(self.log_button)
        settings = primary_button(
            t("sending_page.to_settings"), lambda: desk.go("settings", section="sending")
        )
        self.off = explained("lock", t("sending_page.off"), t("sending_page.off_text"), settings)
        uploads = primary_button(t("sending_page.to_outbox"), lambda: desk.go("outbox"))
        self.nothing = explained("chat", t("sending_page.nothing"), t("sending_page.nothing_text"), uploads)
        self.stack = QStackedWidget()
        for part in (self.nothing, self.off, self._make_work()):
            self.stack.addWidget(part)
        self.body.addWidget(self.stack, 1)
        panel = SidePanel(t("sending_page.preview"))
        panel.body.addWidget(muted(t("sending_page.preview")))
        self.preview = Phone()
        self.preview.set_look(language=i18n.current())
        self.preview.setMinimumHeight(theme.px(360))
        panel.body.addWidget(self.preview, 1)
        panel.body.addWidget(muted(t("sending_page.preview_note"), wrap=True))
        panel.body.setAlignment(Qt.AlignmentFlag(0))
        self.panel = panel
        self.set_side_panel(panel)

    def _make_work(self) -> QWidget:
        self.planned = PlannedMessages(self, self.desk)
        self.planned.chosen.connect(self._take_planned)
        self.work = Work(self.planned.button)
        self.editor, self.silent = self.work.editor, self.work.silent
        self.write_card, self.confirm, self.watch = self.work.write, self.work.confirm, self.work.watch
        self.editor.written.connect(self._written)
        self.silent.toggled.connect(lambda _: self._written())
        self.confirm.check_asked.connect(self.check)
        self.confirm.pressed.connect(self.press)
        self.watch.confirm_asked.connect(lambda: self._on_send(sending.confirm))
        self.watch.cancel_asked.connect(lambda: self._on_send(sending.cancel))
        return self.work

    # What the window asks

    def opened(self, **arguments: Any) -> None:
        """Show the page.

        Args:
            arguments: ``upload``: the upload to whose audience it goes; ``audience``: the shop's audience, by its newest upload
                that is ready; ``send``: a sending there is.
        """
        names = {"upload": "upload_id", "audience": "audience_id", "send": "send_id"}
        wanted = {names[name]: int(value) for name, value in arguments.items() if name in names}
        if wanted:
            self.wanted = Wanted(**wanted)
            self._loaded = None
        self.refresh()

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.OUTBOX, Kind.SHOP, Kind.LINE):
            self.refresh()

    def refresh(self) -> None:
        """Read the sending again."""
        wanted = self.wanted
        self.desk.jobs.read(
            lambda db: read_sending(db, wanted), owner=self, then=self._show, latest="sending.page"
        )

    def commands(self) -> list[Command]:
        return [
            Command(
                "sending.check",
                "sending_page.check",
                self.check,
                shortcut="Ctrl+Return",
                enabled=self._can_check,
            )
        ]

    def remember(self) -> dict[str, Any]:
        wanted = self.wanted
        state = {"upload": wanted.upload_id, "audience": wanted.audience_id, "send": wanted.send_id}
        return {name: value for name, value in state.items() if value is not None}

    def recall(self, state: dict[str, Any]) -> None:
        self.wanted = Wanted(state.get("upload"), state.get("audience"), state.get("send"))

    # What the owner does

    def check(self) -> None:
        """Keep the draft, let LINE check it, and ask what it needs of this month's quota. Sends nothing."""
        upload = self.seen.upload
        if self.checking or upload is None or not self._can_check():
            return
        self.checking = True
        self.confirm.check.setEnabled(False)
        self.bar.clear()
        messages, silent = self.editor.messages, self.silent.isChecked()
        line, jobs = self.desk.line, self.desk.jobs
        kept = self.seen.send.id if self.seen.send is not None and self.seen.send.state == "draft" else None

        def work(ctx: JobContext) -> tuple[Send, Estimate, str]:
            client = line.client()
            sending.validate(client, messages)
            outcome = jobs.in_writer(lambda db: keep_draft(db, kept, upload.id, messages, silent=silent))
            estimate = sending.estimate(client, jobs.in_writer, outcome.send.id)
            cost = jobs.in_reader(lambda db: cost_text(cost_of(db, estimate.people)))
            return outcome.send, estimate, cost

        jobs.network(
            work,
            owner=self,
            then=partial(self._checked, messages),
            on_error=self._not_checked,
            on_cancelled=self._rest,
            title=message("sending_page.checking"),
        )

    def press(self, number: int, up_to_quota: bool) -> None:
        """Send: the number was typed."""
        send = self.seen.send
        if send is None or send.state != "draft":
            return
        self.desk.jobs.write(
            lambda db, ctx: sending.press(db, send.id, number, up_to_quota=up_to_quota),
            owner=self,
            then=self._pressed,
            on_error=self._not_pressed,
        )

    def _take_planned(self, found: GroupMessages) -> None:
        """Messages made on another page take the place of what is written."""
        self.editor.show_messages(found.messages)
        self._written()
        if found.nameless:
            self.bar.show_message(message("sending_page.nameless"), kind="info")
        else:
            self.bar.clear()

    def _on_send(self, act: Callable[[Database, int], SendOutcome]) -> None:
        send = self.seen.send
        if send is not None:
            self.desk.jobs.write(
                lambda db, ctx: act(db, send.id), owner=self, then=lambda _: self.desk.line.try_now()
            )

    # Showing

    def _show(self, seen: Seen) -> None:
        self.seen = seen
        send, upload = seen.send, seen.upload
        sent = send is not None and send.state != "draft"
        usable = sent or (upload is not None and upload.state == "ready")
        writing = usable and not sent
        if not usable:
            self.stack.setCurrentWidget(self.nothing)
        else:
            self.stack.setCurrentWidget(self.work if seen.on or sent else self.off)
        self._fit_panel()
        name = send.audience if send is not None else upload.audience if upload is not None else ""
        self.header.set_subtitle(t("sending_page.to", audience=name) if name else "")
        self.write_card.setVisible(writing)
        self.confirm.setVisible(writing)
        self.watch.setVisible(sent)
        if sent and send is not None:
            self.watch.show_send(send, seen.result)
            self._show_preview(send.messages)
        elif writing:
            self._load_draft(seen)
        self._see_check()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_panel()

    def _fit_panel(self) -> None:
        """The preview stands beside the message where both have room."""
        roomy = self.width() >= theme.px(ROOMY)
        self.panel.setVisible(roomy and self.stack.currentWidget() is self.work)

    def _load_draft(self, seen: Seen) -> None:
        """Show the draft once; afterwards what is being written is the owner's."""
        upload_id = seen.upload.id if seen.upload is not None else None
        if self._loaded is None or self._loaded[0] != upload_id:
            self._loaded = (upload_id, seen.send.id if seen.send is not None else None)
            if seen.send is None:
                self.editor.show_texts([""])
            else:
                self.editor.show_messages(seen.send.messages)
            self.silent.setChecked(seen.send is not None and seen.send.silent)
            self.confirm.withdraw()
        self._show_preview(self.editor.messages)

    def _written(self) -> None:
        self.confirm.withdraw()
        self._show_preview(self.editor.messages)
        self._see_check()

    def _show_preview(self, messages: Sequence[Mapping[str, Any]]) -> None:
        """The chat as it will look to who gets it; texts that say nothing yet are left out."""
        shown = [one for one in messages if one.get("type") != "text" or str(one.get("text", "")).strip()]
        self.preview.set_account(self.seen.account)
        self.preview.show_messages(shown, self.planned.picture)

    def _checked(self, messages: list[Mapping[str, Any]], found: tuple[Send, Estimate, str]) -> None:
        self._rest()
        send, estimate, cost = found
        self.seen = replace(self.seen, send=send)
        if messages == self.editor.messages:
            self.confirm.show_estimate(estimate, t("sending_page.cost", cost=cost))
            QTimer.singleShot(0, self.confirm, self._show_confirm)
            if not estimate.ready:
                self.confirm.withdraw(t("sending.not_ready"))

    def _show_confirm(self) -> None:
        bar = self.work.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _not_checked(self, error: UserError) -> None:
        self._rest()
        cure = f" {render(error.cure)}" if error.cure is not None else ""
        self.confirm.withdraw(render(error.text) + cure)

    def _pressed(self, outcome: SendOutcome) -> None:
        self.wanted = Wanted(send_id=outcome.send.id)
        self.desk.notices.show(
            message("sending_page.pressed", audience=outcome.send.audience, n=outcome.send.people)
        )
        self.desk.line.try_now()
        self.refresh()

    def _not_pressed(self, error: UserError) -> None:
        self.confirm.withdraw(render(error.text))

    def _rest(self) -> None:
        self.checking = False
        self._see_check()

    def _see_check(self) -> None:
        self.confirm.check.setEnabled(self._can_check())

    def _can_check(self) -> bool:
        return self.stack.currentWidget() is self.work and not self.checking and self.editor.is_sendable


def keep_draft(
    db: Database, kept: int | None, upload_id: int, wanted: sending.Messages, *, silent: bool
) -> SendOutcome:
    """Keep what is written: in the draft there is, or in a new one."""
    if kept is not None:
        return sending.rewrite(db, kept, wanted, silent=silent)
    return sending.draft(db, upload_id, wanted, silent=silent)
