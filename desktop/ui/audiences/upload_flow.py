"""The one click: LINE is asked who is meant and everything is checked; a sheet speaks up only where something is to be said. Then
the list is frozen and queued, and a notice says what happens at LINE. Offline it is queued as well; without an account the way
leads to connecting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from shiboken6 import isValid

from desktop.core.errors import UserError
from desktop.core.limits import AUDIENCE
from desktop.core.message import Message, message
from desktop.core.people.audience import clean_audience_name
from desktop.operations.audiences import audience_editor
from desktop.operations.line import keeping_in_step, uploading
from desktop.operations.line.keeping_in_step import Refreshed
from desktop.operations.line.preflight import Check
from desktop.operations.line.uploading import Pressed
from desktop.store.database import Database
from desktop.ui.audiences.pressing.looking import Look as Look
from desktop.ui.audiences.pressing.looking import Meant as Meant
from desktop.ui.audiences.pressing.looking import Plan as Plan
from desktop.ui.audiences.pressing.looking import look
from desktop.ui.audiences.pressing.sheet import PressSheet
from desktop.ui.audiences.pressing.words import count, people_query, under_way
from desktop.ui.desk import Desk
from desktop.ui.page import Page


class UploadFlow(QObject):
    """One page's way from the button to the outbox.

    Args:
        page: whose bar says what is wrong.
        connect: shows the form to connect an account, and calls back once it is.
        pressed: told which audience was saved and queued.
    """

    def __init__(
        self,
        page: Page,
        desk: Desk,
        connect: Callable[[Callable[[], object]], object],
        pressed: Callable[[Pressed], object],
    ) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk
        self._connect = connect
        self._pressed = pressed
        self.busy = False
        self.sheet: PressSheet | None = None

    def withdraw(self) -> None:
        """The list is another one now: an open question is taken back."""
        if self.sheet is not None and isValid(self.sheet):
            self.sheet.reject()
        self.sheet = None

    def start(self, plan: Plan) -> None:
        """Look, ask if need be, and go. A second start while the first is under way does nothing."""
        if self.busy:
            return
        self.busy = True
        self.withdraw()
        desk = self._desk
        desk.jobs.network(
            lambda ctx: look(desk, plan, ctx),
            owner=self,
            then=lambda found: self._looked(plan, found),
            on_error=self._failed,
            on_cancelled=self._rest,
            title=message("audiences_page.asking_account"),
        )

    def _looked(self, plan: Plan, found: Look) -> None:
        self.busy = False
        self._page.bar.clear()
        if not found.meant.connected:
            self._connect(lambda: self.start(plan))
        elif found.needs_words:
            self._show_sheet(plan, found)
        else:
            self._press(plan, found)

    def _show_sheet(self, plan: Plan, found: Look) -> None:
        sheet = self.sheet = PressSheet(self._page, plan, found, lambda check: self._cure(plan, check))
        sheet.accepted.connect(lambda: self._press(plan, found))
        self._desk.dialogs.show(sheet)

    def _press(self, plan: Plan, found: Look) -> None:
        if self.busy:
            return
        self.busy = True
        self._desk.jobs.write(
            lambda db, ctx: press(db, plan),
            owner=self,
            then=partial(self._queued, plan, found),
            on_error=self._failed,
        )

    def _queued(self, plan: Plan, found: Look, done: Refreshed) -> None:
        self.busy = False
        self.sheet = None
        job = done.job
        if job is None:
            self._desk.notices.show(message("press_sheet.in_step", audience=plan.name, n=count(plan, found)))
            return
        minimum = AUDIENCE.demographic_minimum
        few = minimum if done.new and done.way == "new" and job.ids < minimum else None
        text = self._said(plan, found, done, few)
        show = (message("audiences_page.show_upload"), lambda: self._desk.go("outbox", upload=job.id))
        self._desk.notices.show(text, button=show)
        self._desk.line.try_now()
        self._pressed(Pressed(job, done.new, few))

    def _said(self, plan: Plan, found: Look, done: Refreshed, few: int | None) -> Message:
        if not done.new or done.way == "wait":
            return message("press_sheet.before", audience=plan.name)
        return under_way(plan, found, done.way, few)

    def _cure(self, plan: Plan, check: Check) -> None:
        desk = self._desk
        ways: dict[str, Callable[[], None]] = {
            "check_restored": lambda: desk.go("outbox"),
            "rename": lambda: self._ask_name(plan),
            "line_ids": lambda: desk.go("line_ids"),
            "split": lambda: None,
            "correct_ids": lambda: desk.go("members", query=people_query(check.people)),
            "check_provider": lambda: desk.go("line_ids"),
            "line_audiences": lambda: desk.go("line_audiences"),
            "quota": lambda: desk.go("settings", section="plans"),
        }
        ways[check.cure or "split"]()

    def _ask_name(self, plan: Plan) -> None:
        self._desk.dialogs.ask_text(
            self._page,
            message("press_sheet.rename_title"),
            message("press_sheet.rename_label"),
            lambda name: self.start(replace(plan, name=name)),
            text=plan.name,
            check=_wrong_name,
            button=message("press_sheet.rename_go"),
        )

    def _failed(self, error: UserError) -> None:
        self.busy = False
        button = None
        if error.text.key == "outbox.nobody":
            button = (message("audiences_page.to_line_ids"), lambda: self._desk.go("line_ids"))
        elif error.text.key == "outbox.paused":
            button = (message("audiences_page.to_outbox"), lambda: self._desk.go("outbox"))
        elif error.text.key in uploading.SIGN_IN_MESSAGES | {"line.keychain_closed"}:
            button = (
                message("audiences_page.to_settings"),
                lambda: self._desk.go("settings", section="line"),
            )
        self._page.bar.show_error(error, button=button)

    def _rest(self) -> None:
        self.busy = False


def press(db: Database, plan: Plan) -> Refreshed:
    """Save the audience as it is in the editor and queue what brings LINE in step with it, in one piece."""
    with db.transaction():
        saved = audience_editor.save_as(db, plan.audience_id, plan.name, plan.query)
        return keeping_in_step.refresh(db, saved.audience)


def _wrong_name(name: str) -> Message | None:
    try:
        clean_audience_name(name)
    except UserError as error:
        return error.text
    return None
