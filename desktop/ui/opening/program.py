"""The running program: shops are opened, made, changed and left here, and each gets its jobs, its way to LINE and its shell in
the window. Nothing else knows the whole."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop.core.errors import UserError
from desktop.paths import backups_folder, shops_folder
from desktop.settings import Settings
from desktop.store import publishing
from desktop.store import shop as shop_rows
from desktop.store.overview import uploads_left
from desktop.store.safety import places
from desktop.store.safety.shop_errors import ShopInUse
from desktop.store.shop_file import ShopFile
from desktop.ui.dialogs import Dialogs, WindowDialogs
from desktop.ui.jobs import Jobs
from desktop.ui.main_window import MainWindow, title_of
from desktop.ui.opening.bug_reports import BugReports
from desktop.ui.opening.garbage import Garbage
from desktop.ui.opening.later_door import LaterDoor
from desktop.ui.opening.line_link import LineLink
from desktop.ui.opening.look import Look
from desktop.ui.opening.opened_shop import OpenedShop, keys_of, read_state
from desktop.ui.shell.frame import Shell
from desktop.ui.shell.pages import installed

if TYPE_CHECKING:
    from desktop.credentials import Credentials
    from desktop.ui.opening.aside import Aside
    from desktop.ui.opening.single_instance import Bell


TURN_SECONDS = 0.001
"""How long a worker keeps the interpreter before the window gets its turn; Python's own 5 ms show as a stutter, because one
repaint takes many turns."""

CARE_AFTER_MS = 200
"""How long the first page has the machine for itself before checks, backups and the outbox begin."""


class Program(QObject):
    """The running program: one window, at most one open shop. It is the Door of ui.desk.

    Args:
        app: the application.
        settings: the program's settings.
        window: the window that stands already; None to make one.
        bugs: what shows the program's own errors; None to make one.
        dialogs: how the owner is asked; None for the real dialogs.
        credentials: where LINE's keys are kept; None for the operating system's keychain.
    """

    ended = Signal()

    def __init__(
        self,
        app: QApplication,
        settings: Settings,
        *,
        window: MainWindow | None = None,
        bugs: BugReports | None = None,
        dialogs: Dialogs | None = None,
        credentials: Credentials | None = None,
    ) -> None:
        super().__init__()
        places.use(shops=shops_folder, backups=backups_folder)
        self.settings = settings
        self._dialogs = dialogs or WindowDialogs(settings)
        self._keys = keys_of(credentials)
        self._bell: Bell | None = None
        self._aside: Aside | None = None
        self._state: dict[str, Any] = {}
        self._problem_path: Path | None = None
        self._elsewhere = False
        self.shop: OpenedShop | None = None
        self.window = window or MainWindow(settings)
        self._look = Look(app, settings, self.window, self)
        self._look.put_on()
        self.window.closed.connect(self._closed)
        self.bugs = bugs or BugReports(self.window)
        sys.setswitchinterval(TURN_SECONDS)
        self._garbage = Garbage(lambda: self.is_idle, self)

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs: no job of the open shop, nothing beside it."""
        beside = self._aside is not None and self._aside.is_busy
        return not beside and (self.shop is None or self.shop.jobs.is_idle)

    def start(self, shop: Path | None = None) -> None:
        """Show the window: the shop asked for, else the one opened last, else the first screen."""
        path = shop or self.settings.last_shop
        if path is None:
            self._show("welcome")
        else:
            self.open_shop(path)
        self.window.setVisible(not self._elsewhere)

    def open_shop(self, path: Path) -> None:
        """See Door."""
        if self.shop is not None and self.shop.path == path.absolute():
            if self.shop.file.cannot_write is None:
                return
            # There may be room now, or another folder's rights: opened again, it says so itself.
            self.leave_shop()
        self._open(lambda: ShopFile.open(path), path)

    def create_shop(self, name: str, *, then_page: str = "members", **arguments: Any) -> None:
        """See Door."""
        from desktop.ui.opening.shop_places import create_named

        self._open(lambda: create_named(name), None, then_page, arguments)

    def open_practice(self) -> None:
        """See Door."""
        from desktop.ui.opening.shop_places import practice_shop

        if self.shop is not None and self.shop.practice:
            return
        path = practice_shop(self.settings)
        if path is not None:
            self.open_shop(path)
            return
        self._beside().make_practice()

    def remove_practice(self) -> None:
        """See Door."""
        from desktop.operations.shop import sample_shop

        if self.shop is None or not self.shop.practice:
            return
        path = self.shop.path
        self.close_shop()
        sample_shop.remove(path)
        self.settings.shop_forgotten(path)
        self._show("welcome")

    def restore(self, backup: Path) -> None:
        """See Door."""
        path = self.shop.path if self.shop is not None else self._problem_path
        if path is not None:
            self._beside().restore(backup, path)

    def move_shop(self, path: Path) -> None:
        """See Door."""
        self._beside().move(path, shops_folder())

    def salvage(self, damaged: Path, into: Path) -> None:
        """See Door."""
        self._beside().salvage(damaged, into)

    def look_only(self, path: Path) -> None:
        """See Door."""
        self._open(lambda: ShopFile.open_for_reading(path), path)

    def close_shop(self) -> None:
        """See Door."""
        self.leave_shop()
        self.settings.put("last_shop", "")
        self._show("welcome")

    def rebuild(self) -> None:
        """See Door."""
        page = self.window.shell.stack.current if self.window.shell is not None else None
        page_id = page.page_id if page is not None else ""
        self._state = self.window.remembered_pages()
        self._look.put_on()
        self._show(page_id if page_id not in ("shop_problem", "busy") else "")

    def recent_shops(self) -> list[Path]:
        """See Door."""
        return [path for path in self.settings.recent_shops if path.is_file()]

    def _open(
        self,
        opened: Callable[[], ShopFile],
        path: Path | None,
        page_id: str = "",
        arguments: dict[str, Any] | None = None,
    ) -> None:
        """Let the window be about the shop that ``opened`` opens, or say what stands in its way."""
        try:
            file = opened()
        except UserError as error:
            if not (isinstance(error, ShopInUse) and path is not None and self._ring(path)):
                self.show_problem(error, path)
        else:
            self._use(file, page_id, arguments)

    def _use(self, file: ShopFile, page_id: str, arguments: dict[str, Any] | None) -> None:
        """Let the window be about this shop from now on."""
        self.leave_shop()
        jobs = Jobs(file, on_user_error=self.window.say_error, on_bug=self.bugs.report, parent=self)
        reader = jobs.page_reader
        state = read_state(reader)
        practice = shop_rows.is_practice(reader)
        link = LineLink(file, jobs, practice=practice, credentials=self._keys, parent=jobs)
        name = shop_rows.get(reader, "name", file.path.stem)
        self.shop = OpenedShop(file, jobs, name, practice, state, link, self._keys)
        self._state = dict(state.get("pages") or {})
        self.settings.shop_opened(file.path)
        self._show(page_id or str(state.get("page") or ""), arguments)
        left = uploads_left(reader) or publishing.open_job(reader) is not None
        if file.cannot_write is None and left and self.window.shell is not None:
            from desktop.ui.opening.care import ask_about_uploads

            ask_about_uploads(self.shop, self.window.shell)
        QTimer.singleShot(CARE_AFTER_MS, jobs, self._look_after)

    def _show(self, page_id: str, arguments: dict[str, Any] | None = None) -> None:
        """Build the shell for what is open and show a page of it."""
        shop = self.shop
        specs = {name: spec for name, spec in installed().items() if shop is not None or not spec.needs_shop}
        shell = Shell(
            settings=self.settings,
            dialogs=self._dialogs,
            door=LaterDoor(self, self),
            shop=shop,
            specs=specs,
            state=self._state,
        )
        self.window.host(shell, title_of(shop.path.name if shop is not None else ""))
        shell.go(
            page_id if shell.stack.has(page_id) else next(iter(specs)) if shop else "welcome",
            **(arguments or {}),
        )
        shell.refresh_overview()

    def show_problem(self, error: UserError, path: Path | None) -> None:
        """Say what stands between the owner and a shop, with the ways out."""
        self._problem_path = path
        if self.window.shell is None:
            self._show("shop_problem", {"error": error, "path": path})
        else:
            self.window.shell.go("shop_problem", error=error, path=path)

    def leave_shop(self) -> None:
        """Remember and close the open shop, if any."""
        if self._aside is not None:
            self._aside.stop()
        if self._bell is not None:
            self._bell.close()
            self._bell = None
        if self.shop is None:
            return
        shop, self.shop = self.shop, None
        shell = self.window.shell
        page = shell.stack.current if shell is not None else None
        if shop.file.cannot_write is None:
            shop.remember(
                {"page": page.page_id if page is not None else "", "pages": self.window.remembered_pages()}
            )
        # The pages go first: none of them may ask a connection that is closed.
        self.window.dismiss()
        shop.end()

    def _closed(self) -> None:
        self.leave_shop()
        self._garbage.stop()
        self.ended.emit()

    def _beside(self) -> Aside:
        """The worker for shop files that are not open."""
        from desktop.ui.opening.aside import Aside

        if self._aside is None:
            self._aside = Aside(self, self.bugs.report, self)
        return self._aside

    def front_shell(self) -> Shell:
        """The shell of the first screen, made if need be."""
        if self.window.shell is None or self.window.shell.shop is not None:
            self._show("welcome")
        assert self.window.shell is not None
        return self.window.shell

    def _look_after(self) -> None:
        """What can wait until the page stands."""
        if self.shop is None or self.window.shell is None:
            return
        from desktop.ui.opening.care import look_after_shop
        from desktop.ui.opening.single_instance import Bell

        if self._bell is None and self.shop.file.lock is not None:
            self._bell = Bell(self.shop.path, self.window.to_front, self)
        look_after_shop(self.shop, self.window.shell)

    def _ring(self, path: Path) -> bool:
        """Bring the window that has the shop open to the front; then this start of the program has nothing to do."""
        from desktop.ui.opening.single_instance import ring

        if self.window.shell is not None or not ring(path):
            return False
        self._elsewhere = True
        QTimer.singleShot(0, self, self.ended.emit)
        return True
