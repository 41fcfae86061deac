"""「傳測試訊息給我」: who that is is chosen once; each press says that it uses one message, sends after LINE's own check, and
tells what came of it. The press on its sheet is the owner's consent; the switch of sending from here plays no part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.operations.line import sending, uploading
from desktop.operations.line.sending import SendOutcome
from desktop.operations.planning import test_person
from desktop.operations.planning.test_person import Chosen, TestPerson
from desktop.store import shop
from desktop.store.database import Database
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.test_person.choose_dialog import ChooseDialog
from desktop.ui.test_person.push_sheet import PushSheet

Messages = Sequence[Mapping[str, Any]]


class TestPush(QObject):
    """One page's way from the button to the owner's own phone. ``sent(SendOutcome)``: LINE accepted it.

    Args:
        page: whose bar says what is wrong.
        desk: what it may use.
    """

    __test__ = False
    sent = Signal(object)

    def __init__(self, page: Page, desk: Desk) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk
        self.busy = False
        self.sheet: PushSheet | None = None
        self.choosing: ChooseDialog | None = None

    def start(self, messages: Messages) -> None:
        """Ask who the owner is if that is not known, then ask whether to send; a second start meanwhile does nothing.

        Args:
            messages: 1 to 5 message objects as LINE takes them.
        """
        if self.busy:
            return
        self.busy = True
        self._desk.jobs.read(
            _known, owner=self, then=lambda found: self._ask(messages, *found), on_error=self._failed
        )

    def choose(self, messages: Messages = ()) -> None:
        """Choose who the owner is; with messages, go on to the question then."""
        dialog = self.choosing = ChooseDialog(
            self._page, self._desk, lambda person: self._keep(person, messages)
        )
        self._desk.dialogs.show(dialog)

    def _ask(self, messages: Messages, person: TestPerson | None, account: str) -> None:
        self.busy = False
        self._page.bar.clear()
        if person is None:
            self.choose(messages)
            return
        sheet = self.sheet = PushSheet(
            self._page,
            person,
            account,
            len(messages),
            practice=self._desk.practice,
            other=lambda: self.choose(messages),
        )
        sheet.accepted.connect(lambda: self._send(messages, person))
        self._desk.dialogs.show(sheet)

    def _keep(self, person_id: int, messages: Messages) -> None:
        def work(db: Database, ctx: JobContext) -> Chosen:
            return test_person.choose(db, person_id)

        then = (lambda _: self.start(messages)) if messages else None
        self._desk.jobs.write(work, owner=self, then=then, on_error=self._failed)

    def _send(self, messages: Messages, person: TestPerson) -> None:
        if self.busy:
            return
        self.busy = True
        line, jobs = self._desk.line, self._desk.jobs

        def work(ctx: JobContext) -> SendOutcome:
            return sending.send_test(line.client(), jobs.in_writer, messages, person.id)

        jobs.network(
            work,
            owner=self,
            then=lambda outcome: self._done(outcome, person),
            on_error=self._failed,
            on_cancelled=self._rest,
            title=message("test_person.sending"),
        )

    def _done(self, outcome: SendOutcome, person: TestPerson) -> None:
        self.busy = False
        key = "test_person.sent_practice" if self._desk.practice else "test_person.sent"
        name: object = person.name or message("members.nameless")
        self._desk.notices.show(message(key, name=name), kind="success")
        self.sent.emit(outcome)

    def _failed(self, error: UserError) -> None:
        self.busy = False
        button = None
        if error.text.key in uploading.SIGN_IN_MESSAGES | {
            "line.keychain_closed",
            "shell.line.not_connected",
        }:
            button = (
                message("audiences_page.to_settings"),
                lambda: self._desk.go("settings", section="line"),
            )
        elif error.text.key == "outbox.paused":
            button = (message("audiences_page.to_outbox"), lambda: self._desk.go("outbox"))
        self._page.bar.show_error(error, button=button)

    def _rest(self) -> None:
        self.busy = False


def _known(db: Database) -> tuple[TestPerson | None, str]:
    """Who the owner is, and what the account is called."""
    account = shop.get_json(db, "line_account") or {}
    return test_person.chosen(db), str(account.get("displayName", ""))
