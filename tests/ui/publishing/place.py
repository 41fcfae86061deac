"""A page with what publishing puts into it, on a practice shop whose LINE is the test's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from pytestqt.qtbot import QtBot

from desktop.operations.planning import publishing
from desktop.store.database import Database
from desktop.store.publishing.jobs import PublishingJob
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Page
from desktop.ui.publishing.banner import PublishBanner
from desktop.ui.publishing.dialogs.sheet import PublishSheet
from desktop.ui.publishing.flow import PublishFlow
from desktop.ui.publishing.live_card import LiveCard
from tests.ui.publishing.planned_menus import menu, save
from tests.ui.shop_window import FakeDialogs, open_page, settle


@dataclass
class Place:
    """A page with what publishing puts into it."""

    window: MainWindow
    desk: Desk
    qtbot: QtBot
    dialogs: FakeDialogs
    page: Page
    flow: PublishFlow
    card: LiveCard
    banner: PublishBanner

    def settle(self) -> None:
        """Wait until all is at rest."""
        settle(self.window, self.qtbot)

    def refresh(self) -> None:
        """Read what is shown again."""
        self.card.refresh()
        self.banner.refresh()
        self.settle()

    @property
    def jobs(self) -> list[PublishingJob]:
        """All publications, newest first."""
        return publishing.jobs(self.desk.jobs.page_reader)

    def plan(self, name: str, for_whom: str = "", *, starts: str = "", ends: str = "") -> int:
        """Keep a menu."""
        planned = menu(for_whom, starts=starts, ends=ends)
        return self.desk.jobs.in_writer(lambda db: save(db, name, planned)).plan.id

    def bind(self, *people: int) -> None:
        """People whose user ID came to be known, as an import brings it."""

        def work(db: Database) -> None:
            for person in people:
                db.run("UPDATE person SET line_user_id = ? WHERE id = ?", (user_id(person), person))

        self.desk.jobs.in_writer(work)

    def publish(self) -> PublishSheet:
        """From the button to the end of the job."""
        sheet = self.look()
        sheet.accept()
        self.finish()
        return sheet

    def look(self) -> PublishSheet:
        """The button, and the sheet it brings."""
        self.flow.start()
        self.settle()
        return cast(PublishSheet, self.dialogs.shown[-1])

    def finish(self) -> None:
        """Let the outbox work until the newest publication is not on its way any more."""
        self.settle()

        def over() -> bool:
            if self.jobs and self.jobs[0].state in ("done", "refused", "action_needed"):
                return True
            if self.desk.jobs.is_idle:
                self.desk.line.try_now()
            return False

        self.qtbot.waitUntil(over, timeout=20_000)
        self.settle()
        self.refresh()


def user_id(person: int) -> str:
    """The user ID of the person at this place in PEOPLE, from 1."""
    return f"U{person:032x}"


def make_place(
    window: MainWindow, desk: Desk, dialogs: FakeDialogs, qtbot: QtBot, page_id: str = "tags"
) -> Place:
    """Put it all into a page."""
    page = open_page(window, page_id, qtbot)
    flow = PublishFlow(page, desk)
    card = LiveCard(page, desk, flow)
    banner = PublishBanner(page, desk, flow)
    page.body.addWidget(banner)
    page.body.addWidget(card)
    return Place(window, desk, qtbot, dialogs, page, flow, card, banner)
