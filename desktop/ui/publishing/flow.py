"""The press of 發佈到 LINE: LINE is asked who is meant, the sheet says what will happen, the pictures are drawn, and all of it is
frozen and queued. Changing the menus of newly linked people, taking back and restoring are presses of the same kind."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.core.errors import UserError
from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.operations.line import uploading
from desktop.operations.planning import publishing
from desktop.operations.planning.publishing import Prepared
from desktop.operations.planning.publishing.models import Live, Mend, Newly, Obstacle, Pressed
from desktop.store.database import Database
from desktop.ui import i18n
from desktop.ui.desk import Desk
from desktop.ui.line_account.connect_dialog import connect_dialog
from desktop.ui.page import Page
from desktop.ui.publishing.deeds import MenuDeeds
from desktop.ui.publishing.dialogs.sheet import PublishSheet
from desktop.ui.publishing.drawing import Drawn, drawn
from desktop.ui.publishing.looking import Look, look

NOT_CONNECTED = frozenset({"line.keychain_closed", "shell.line.not_connected"})


class PublishFlow(QObject):
    """One page's way from the button to the outbox. ``published``: something was queued.

    Args:
        page: whose bar says what is wrong.
        desk: what it may use.
    """

    published = Signal()

    def __init__(self, page: Page, desk: Desk) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk
        self.busy = False
        self.pressed: int | None = None
        """The publication of the last press, until its end has been said."""
        self.sheet: PublishSheet | None = None

    def start(self) -> None:
        """Look, show what would happen, and publish once it is pressed. A second start meanwhile does nothing."""
        if self.busy:
            return
        self.busy = True
        if self.sheet is not None and isValid(self.sheet):
            self.sheet.reject()
        desk = self._desk
        desk.jobs.network(
            lambda ctx: look(desk, ctx),
            owner=self,
            then=self._looked,
            on_error=self._failed,
            on_cancelled=self._rest,
            title=message("publishing_page.looking"),
        )

    def refresh_links(self, newly: Newly) -> None:
        """Give the people who should have another menu that menu: one press."""
        self._press(publishing.refresh_links, n=newly.n)

    def change_now(self, one: Prepared) -> None:
        """Do what waits in the outbox: people get their menus by this press, a publication is shown first."""
        if one.newly is not None:
            self.refresh_links(one.newly)
        else:
            self.start()

    def try_again(self, n: int) -> None:
        """Try the people once more whom LINE refused."""
        self._press(publishing.refresh_links, n=n)

    def take_back(self, live: Live) -> None:
        """Ask, and show the menu of LINE Official Account Manager again."""
        self._desk.dialogs.confirm(
            self._page,
            message("publishing_page.take_back_title"),
            message("publishing_page.take_back_text", n=sum(menu.people for menu in live.menus)),
            message("publishing_page.take_back"),
            lambda: self._look_and_press(publishing.take_back),
            danger=True,
        )

    def restore(self, live: Live) -> None:
        """Ask, and bring back the publication before."""
        self._desk.dialogs.confirm(
            self._page,
            message("publishing_page.restore_title"),
            message("publishing_page.restore_text", time=i18n.moment(live.can_restore)),
            message("publishing_page.restore"),
            lambda: self._look_and_press(publishing.restore),
        )

    def _looked(self, found: Look) -> None:
        self.busy = False
        self._page.bar.clear()
        publication = found.publication
        if not found.meant.connected or publication is None:
            self._desk.dialogs.show(connect_dialog(self._page, self._desk, self.start))
        elif found.open_job is not None:
            show = (
                message("publishing_page.show_job"),
                lambda: self._desk.go("outbox", publishing=found.open_job),
            )
            self._page.bar.show_message(message("publishing_page.on_its_way"), kind="warning", button=show)
        elif not publication.problems and publication.empty:
            text = "publishing_page.in_step" if publication.menus else "publishing_page.nothing_planned"
            self._desk.notices.show(message(text))
        else:
            sheet = self.sheet = PublishSheet(
                self._page, publication, found.meant, practice=self._desk.practice
            )
            sheet.accepted.connect(lambda: self._draw(publication.needs_images))
            sheet.way_wanted.connect(self._mend)
            self._desk.dialogs.show(sheet)

    def _mend(self, obstacle: Obstacle) -> None:
        """Go where something is to be mended before the press."""
        go = self._desk.go
        if obstacle.place is Mend.SETTINGS:
            go("settings", section="line")
        elif obstacle.place is Mend.OUTBOX:
            go("outbox", **({} if obstacle.job is None else {"publishing": obstacle.job}))
        elif obstacle.place is Mend.AT_LINE:
            MenuDeeds(self._page, self._desk).look_at_line()
        elif obstacle.plan_id is None:
            go("rich_menu")
        else:
            go("rich_menu", plan=obstacle.plan_id, area=obstacle.area, field=obstacle.field)

    def _draw(self, plan_ids: tuple[int, ...]) -> None:
        if self.busy:
            return
        self.busy = True

        def work(db: Database, ctx: JobContext) -> Drawn:
            return drawn(db, plan_ids, ctx)

        self._desk.jobs.background(
            work,
            owner=self,
            then=self._publish,
            on_error=self._failed,
            on_cancelled=self._rest,
            title=message("publishing_page.drawing"),
        )

    def _publish(self, pictures: Drawn) -> None:
        def work(db: Database, ctx: JobContext) -> Pressed | None:
            return publishing.press(db, pictures.images) if pictures.is_current(db) else None

        def queued(pressed: Pressed | None) -> None:
            self.busy = False
            if pressed is None:
                # A menu was edited in the meantime: what would happen has to be seen again.
                self.start()
            else:
                self._queued(pressed)

        self._desk.jobs.write(work, owner=self, then=queued, on_error=self._failed)

    def _press(self, press: Callable[[Database], Pressed], n: int = 0) -> None:
        if self.busy:
            return
        self.busy = True
        self._desk.jobs.write(
            lambda db, ctx: press(db),
            owner=self,
            then=lambda pressed: self._queued(pressed, n),
            on_error=self._failed,
        )

    def _look_and_press(self, press: Callable[[Database], Pressed]) -> None:
        """Press with what LINE has now: what somebody else deleted or showed there would stop the job in the middle."""
        if self.busy:
            return
        self.busy = True
        line, jobs = self._desk.line, self._desk.jobs

        def work(ctx: JobContext) -> Pressed:
            from desktop.line_api.errors import LineProblem

            # Without an answer the press waits for LINE like every other.
            with suppress(LineProblem):
                jobs.publish(publishing.look_at_line(line.client(), jobs.in_writer))
            return jobs.in_writer(press)

        jobs.network(
            work,
            owner=self,
            then=self._queued,
            on_error=self._failed,
            on_cancelled=self._rest,
            title=message("publishing_page.looking"),
        )

    def _queued(self, pressed: Pressed, n: int = 0) -> None:
        self.busy = False
        self.sheet = None
        job = pressed.job
        self.pressed = job.id
        show = (message("publishing_page.show_job"), lambda: self._desk.go("outbox", publishing=job.id))
        key = f"publishing_page.going.{job.kind}"
        self._desk.notices.show(message(key, n=n or job.people), kind="info", button=show)
        self._desk.line.try_now()
        self.published.emit()

    def _failed(self, error: UserError) -> None:
        self.busy = False
        button = None
        if error.text.key in uploading.SIGN_IN_MESSAGES | NOT_CONNECTED:
            button = (
                message("publishing_page.settings"),
                lambda: self._desk.go("settings", section="line"),
            )
        elif error.text.key == "outbox.paused":
            button = (message("audiences_page.to_outbox"), lambda: self._desk.go("outbox"))
        self._page.bar.show_error(error, button=button)

    def _rest(self) -> None:
        self.busy = False
