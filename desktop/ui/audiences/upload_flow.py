"""The one click: who is meant is asked of LINE first, then a bar says exactly what will happen, and one press freezes the list
and queues it. Offline it is queued as well; without an account the way leads to connecting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import Message, message
from desktop.operations.audiences import audience_editor
from desktop.operations.line import uploading
from desktop.operations.line.connecting import saved_secret
from desktop.operations.line.uploading import Pressed
from desktop.store import shop
from desktop.store.database import Database
from desktop.ui.desk import Desk
from desktop.ui.page import Page


@dataclass(frozen=True)
class Plan:
    """What is to be uploaded: the audience's number (None: not saved yet), its name, its condition, and how many it reaches."""

    audience_id: int | None
    name: str
    query: str
    reachable: int


@dataclass(frozen=True)
class Meant:
    """Which account it goes to; ``asked`` is false where only the last answer is known."""

    connected: bool
    name: str = ""
    basic_id: str = ""
    asked: bool = True


class UploadFlow(QObject):
    """One page's way from the button to the outbox.

    Args:
        page: whose bar asks.
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
        self._asking = False

    def withdraw(self) -> None:
        """The list is another one now: an open question is taken back."""
        if self._asking:
            self._asking = False
            self._page.bar.clear()

    def start(self, plan: Plan) -> None:
        """Ask LINE which account this is, then ask the owner. A second start while the first asks does nothing."""
        if self.busy:
            return
        self.busy = True
        desk = self._desk

        def ask(ctx: JobContext) -> Meant:
            return _ask(desk)

        desk.jobs.network(
            ask,
            owner=self,
            then=lambda meant: self._ask_owner(plan, meant),
            on_error=self._failed,
            on_cancelled=self._rest,
            title=message("audiences_page.asking_account"),
        )

    def _ask_owner(self, plan: Plan, meant: Meant) -> None:
        self.busy = False
        if not meant.connected:
            self._connect(lambda: self.start(plan))
            return
        text = self._text(plan, meant)
        button = (message("audiences_page.upload_n", n=plan.reachable), lambda: self._press(plan))
        self._page.bar.show_message(
            text, kind="info", cure=message("audiences_page.upload_only_list"), button=button
        )
        self._asking = True

    def _text(self, plan: Plan, meant: Meant) -> Message:
        params = {"n": plan.reachable, "audience": plan.name, "account": meant.name, "id": meant.basic_id}
        if self._desk.practice:
            return message("audiences_page.upload_practice", **params)
        if not meant.asked:
            return message("audiences_page.upload_offline", **params)
        return message("audiences_page.upload_to", **params)

    def _press(self, plan: Plan) -> None:
        self._asking = False
        if self.busy:
            return
        self.busy = True
        self._desk.jobs.write(
            lambda db, ctx: press(db, plan), owner=self, then=self._queued, on_error=self._failed
        )

    def _queued(self, pressed: Pressed) -> None:
        self.busy = False
        job = pressed.job
        key = "audiences_page.queued" if pressed.new else "audiences_page.queued_before"
        if pressed.demographic_minimum is not None:
            key = "audiences_page.queued_few"
        text = message(key, audience=job.audience, n=job.ids, few=pressed.demographic_minimum)
        show = (message("audiences_page.show_upload"), lambda: self._desk.go("outbox", upload=job.id))
        self._desk.notices.show(text, button=show)
        self._desk.line.try_now()
        self._pressed(pressed)

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


def press(db: Database, plan: Plan) -> Pressed:
    """Save the audience as it is in the editor and queue its upload, in one piece."""
    with db.transaction():
        saved = audience_editor.save_as(db, plan.audience_id, plan.name, plan.query)
        return uploading.press(db, saved.audience)


def _ask(desk: Desk) -> Meant:
    """In the network's thread: who the shop's account is; by the last answer if LINE cannot be reached now."""
    from desktop.line_api.account import account
    from desktop.line_api.errors import LineProblem, Refused, SignInAgain

    credentials, practice = desk.credentials, desk.practice
    known = desk.jobs.in_reader(lambda db: shop.get_json(db, "line_account"))
    if not practice and desk.jobs.in_reader(lambda db: saved_secret(db, credentials)) is None:
        return Meant(False)
    try:
        found = account(desk.line.client())
    except (SignInAgain, Refused):
        raise
    except LineProblem:
        if known is None:
            raise
        return Meant(True, str(known.get("displayName", "")), str(known.get("basicId", "")), asked=False)
    return Meant(True, found.name, found.basic_id)
