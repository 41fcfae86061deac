"""Taking what was planned on the page of greetings as the message to send: a menu of the greetings there are, and the pictures of
the one that was taken, for the preview."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMenu, QWidget

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.operations.planning import greetings, group_messages
from desktop.operations.planning.greetings import GreetingPlan
from desktop.operations.planning.group_messages import GroupMessages
from desktop.store.database import Database
from desktop.store.planning import pictures
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.widgets.buttons import menu_button


class PlannedMessages(QObject):
    """``chosen``: the messages of a greeting, ready to be sent (GroupMessages).

    Args:
        page: in whose bar it stands what a greeting still lacks.
        desk: what the page may use.
    """

    chosen = Signal(object)

    def __init__(self, page: Page, desk: Desk) -> None:
        super().__init__(page)
        self._page, self._desk = page, desk
        self._images: dict[str, QImage] = {}
        self.menu = QMenu(page)
        self.menu.aboutToShow.connect(self._fill)
        self.button: QWidget = menu_button(t("sending_page.planned"), self.menu, icon="greeting")

    def picture(self, address: str) -> QImage | None:
        """The shop's own picture behind an address of the messages taken last; others stay blank: nothing is fetched."""
        return self._images.get(address)

    def take(self, plan_id: int) -> None:
        """Read a greeting and hand its messages on; what it lacks is said, with the way to mend it."""

        def work(db: Database) -> tuple[GroupMessages, dict[str, bytes]]:
            found = group_messages.group_messages(db, plan_id)
            kept = {address: pictures.picture(db, number) for address, number in found.pictures.items()}
            return found, {address: one.bytes for address, one in kept.items() if one is not None}

        self._desk.jobs.read(work, owner=self, then=self._taken, on_error=partial(self._lacking, plan_id))

    def _fill(self) -> None:
        self.menu.clear()
        planned: list[GreetingPlan] = greetings.all_greetings(self._desk.jobs.page_reader)
        for one in planned:
            self.menu.addAction(one.greeting.name, partial(self.take, one.id))
        if planned:
            self.menu.addSeparator()
        self.menu.addAction(t("sending_page.plan_one"), lambda: self._desk.go("greeting"))

    def _taken(self, read: tuple[GroupMessages, dict[str, bytes]]) -> None:
        found, files = read
        self._images = {address: QImage.fromData(data) for address, data in files.items()}
        self.chosen.emit(found)

    def _lacking(self, plan_id: int, error: UserError) -> None:
        self._page.bar.show_error(
            error, button=(message("sending_page.mend"), lambda: self._desk.go("greeting", plan=plan_id))
        )
