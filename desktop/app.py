"""The window's composition root: settings → look and language → shop → jobs → window. Shops are opened, made, changed and
left here; nothing else in the program knows the whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.paths import shops_folder
from desktop.settings import Settings
from desktop.store import shop as shop_rows
from desktop.store.safety.shop_errors import ShopExists, ShopInUse
from desktop.store.shop_file import ShopFile
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.dialogs import Dialogs, WindowDialogs
from desktop.ui.error_dialog import BugReports
from desktop.ui.jobs import Jobs
from desktop.ui.main_window import MainWindow, title_of
from desktop.ui.opening.later_door import LaterDoor
from desktop.ui.opening.opened_shop import OpenedShop, read_state
from desktop.ui.page import page_of
from desktop.ui.shell.pages import installed
from desktop.ui.shell.frame import Shell

if TYPE_CHECKING:
    from desktop.credentials import Credentials
    from desktop.ui.opening.single_instance import Bell

PRACTICE_FILE = "practice.tagline"
PROBE = "TAGLINE_STARTUP_PROBE"
_FORBIDDEN_IN_NAMES = '<>:"/\\|?*'
LONGEST_FILE_NAME = 60


class Program(QObject):
    """The running program: one window, at most one open shop. It is the Door of ui.desk.

    Args:
        app: the application.
        settings: the program's settings.
        dialogs: how the owner is asked; None for the real dialogs.
        credentials: where LINE's keys are kept; None for the operating system's keychain.
    """

    ended = Signal()

    def __init__(
        self,
        app: QApplication,
        settings: Settings,
        *,
        dialogs: Dialogs | None = None,
        credentials: Credentials | None = None,
    ) -> None:
        super().__init__()
        self._app = app
        self._settings = settings
        self._dialogs = dialogs or WindowDialogs(settings)
        self._credentials = credentials
        self._bell: Bell | None = None
        self._state: dict[str, Any] = {}
        self.shop: OpenedShop | None = None
        self._dress()
        self.window = MainWindow(settings, self._closed)
        self.bugs = BugReports(self.window)
        self.window.painted.connect(self._after_paint)
        app.styleHints().colorSchemeChanged.connect(self._scheme_changed)

    def start(self, shop: Path | None = None) -> None:
        """Show the window: the shop asked for, else the one opened last, else the first screen."""
        path = shop or self._settings.last_shop
        if path is None:
            self._show_front("welcome")
        else:
            self._open(path)
        self.window.show()

    def open_shop(self, path: Path) -> None:
        """See Door."""
        if self.shop is not None and self.shop.path == path.absolute():
            return
        self._open(path)

    def create_shop(self, name: str, *, then_page: str = "members", **arguments: Any) -> None:
        """See Door."""
        try:
            file = _create(shops_folder(), name)
        except UserError as error:
            self._problem(error, None)
            return
        self._use(file, then_page, arguments)

    def open_practice(self) -> None:
        """See Door."""
        from desktop.ui.opening.practice import fill_practice

        path = shops_folder() / "practice" / PRACTICE_FILE
        try:
            fresh = not path.exists()
            if fresh:
                file = ShopFile.create(path, name=t("shell.practice.name"), practice=True)
            else:
                file = ShopFile.open(path)
        except UserError as error:
            self._problem(error, path)
            return
        self._use(file, "members", {})
        if fresh and self.shop is not None and self.window.shell is not None:
            fill_practice(self.shop, self.window.shell)

    def remove_practice(self) -> None:
        """See Door."""
        from desktop.ui.opening.practice import delete_practice

        path = shops_folder() / "practice" / PRACTICE_FILE
        self.close_shop()
        self._settings.shop_forgotten(path)
        delete_practice(path)
        self._show_front("welcome")

    def restore(self, backup: Path) -> None:
        """See Door."""
        from desktop.store import backups

        path = self.shop.path if self.shop is not None else self._problem_path
        if path is None:
            return
        self._leave_shop()
        try:
            backups.restore(path, backup)
        except UserError as error:
            self._problem(error, path)
            return
        self._open(path)
        if self.window.shell is not None:
            self.window.shell.notices.show(message("shell.restored"), kind="success")

    def move_shop(self, path: Path) -> None:
        """See Door."""
        from desktop.store.safety.moving import move_shop

        try:
            target = move_shop(path, shops_folder())
        except UserError as error:
            self._problem(error, path)
            return
        self._settings.shop_forgotten(path)
        self._open(target)

    def look_only(self, path: Path) -> None:
        """See Door."""
        try:
            file = ShopFile.open_for_reading(path)
        except UserError as error:
            self._problem(error, path)
            return
        self._use(file, "members", {})

    def close_shop(self) -> None:
        """See Door."""
        self._leave_shop()
        self._settings.put("last_shop", "")
        self._show_front("welcome")

    def rebuild(self) -> None:
        """See Door."""
        shell = self.window.shell
        page = shell.stack.current if shell is not None else None
        page_id = page.page_id if page is not None else "welcome"
        self._state = self._remembered()
        self._dress()
        self._show(page_id if page_id not in ("import", "shop_problem") else "members", {})

    def recent_shops(self) -> list[Path]:
        """See Door."""
        return [path for path in self._settings.recent_shops if path.is_file()]

    def _open(self, path: Path) -> None:
        try:
            file = ShopFile.open(path)
        except ShopInUse as error:
            if self._ring(path):
                return
            self._problem(error, path)
            return
        except UserError as error:
            self._problem(error, path)
            return
        self._use(file, None, {})

    def _use(self, file: ShopFile, page_id: str | None, arguments: dict[str, Any]) -> None:
        """Let the window be about this shop from now on."""
        self._leave_shop()
        jobs = Jobs(file, on_user_error=self._user_error, on_bug=self.bugs.report, parent=self)
        reader = jobs.page_reader
        state = read_state(reader)
        practice = shop_rows.is_practice(reader)
        self.shop = OpenedShop(
            file=file,
            jobs=jobs,
            name=shop_rows.get(reader, "name", file.path.stem),
            practice=practice,
            state=state,
            line=self._line_connection(practice),
            credentials=self._credentials_now(),
        )
        self._state = dict(state.get("pages") or {})
        self._settings.shop_opened(file.path)
        self._show(page_id or str(state.get("page") or "members"), arguments)
        if self.window.isVisible():
            self._after_paint()

    def _show(self, page_id: str, arguments: dict[str, Any]) -> None:
        """Build the shell for what is open and show a page of it."""
        shop = self.shop
        specs = {
            name: spec for name, spec in installed().items() if shop is not None or not spec.needs_shop
        }
        shell = Shell(
            settings=self._settings,
            dialogs=self._dialogs,
            door=LaterDoor(self, self),
            shop=shop,
            specs=specs,
            state=self._state,
        )
        self.window.host(shell, title_of(shop.path.name) if shop is not None else title_of(""))
        if not shell.stack.has(page_id):
            page_id = next(iter(specs)) if shop is not None else "welcome"
        shell.go(page_id, **arguments)
        if self.window.isVisible():
            shell.refresh_overview()

    def _show_front(self, page_id: str, **arguments: Any) -> None:
        self._state = {}
        self._show(page_id, arguments)

    def _problem(self, error: UserError, path: Path | None) -> None:
        """Say what stands between the owner and a shop, with the ways out."""
        self._problem_path = path
        if self.window.shell is None:
            self._show_front("shop_problem", error=error, path=path)
        else:
            self.window.shell.go("shop_problem", error=error, path=path)

    _problem_path: Path | None = None

    def _leave_shop(self) -> None:
        """Remember and close the open shop, if any."""
        if self._bell is not None:
            self._bell.close()
            self._bell = None
        if self.shop is None:
            return
        shop, self.shop = self.shop, None
        shell = self.window.shell
        page = shell.stack.current if shell is not None else None
        pages = self._remembered()
        if shop.file.cannot_write is None:
            shop.remember({"page": page.page_id if page is not None else "members", "pages": pages})
        # The pages go first: none of them may ask a connection that is closed.
        self.window.dismiss()
        shop.jobs.stop()

    def _remembered(self) -> dict[str, Any]:
        shell = self.window.shell
        return shell.stack.remember() if shell is not None else {}

    def _closed(self) -> None:
        self._leave_shop()
        self.ended.emit()

    def _dress(self) -> None:
        language = i18n.use(self._settings.language)
        theme.apply(
            self._app,
            theme=self._settings.text("theme", "system"),
            scale=self._settings.number("text_size", 100),
            language=language,
        )

    def _scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        if self._settings.text("theme", "system") == "system" and theme.resolve(self._app, "system") != theme.name():
            self.rebuild()

    def _user_error(self, owner: QObject, error: UserError) -> None:
        """An error nobody takes: the bar of the page it arose on, else of the page shown."""
        page = page_of(owner)
        if page is None and self.window.shell is not None:
            page = self.window.shell.stack.current
        if page is not None:
            page.bar.show_error(error)

    def _after_paint(self) -> None:
        """What can wait until the window stands."""
        if os.environ.get(PROBE):
            _report_probe(self._app)
            return
        shop, shell = self.shop, self.window.shell
        if shop is None or shell is None:
            return
        from desktop.ui.opening.care import look_after_shop
        from desktop.ui.opening.single_instance import Bell

        shell.refresh_overview()
        if self._bell is None and shop.file.lock is not None:
            self._bell = Bell(shop.path, self.window.to_front, self)
        look_after_shop(shop, shell)

    def _ring(self, path: Path) -> bool:
        """Bring the window that has the shop open to the front; then this start of the program has nothing to do."""
        from desktop.ui.opening.single_instance import ring

        if self.shop is not None or not ring(path):
            return False
        QTimer.singleShot(0, self, self.ended.emit)
        self._rang = True
        return True

    _rang = False

    def _credentials_now(self) -> Credentials:
        if self._credentials is None:
            from desktop.credentials import KeychainCredentials

            self._credentials = KeychainCredentials()
        return self._credentials

    def _line_connection(self, practice: bool) -> Callable[[], Any]:
        from desktop.ui.opening.opened_shop import no_line

        return no_line


def _create(folder: Path, name: str) -> ShopFile:
    """A new shop file named after the shop; a number is added while the name is taken."""
    stem = file_stem(name)
    for number in range(1, 100):
        path = folder / f"{stem}{'' if number == 1 else f' {number}'}.tagline"
        try:
            return ShopFile.create(path, name=name)
        except ShopExists:
            continue
    raise ShopExists(folder / f"{stem}.tagline")


def file_stem(name: str) -> str:
    """A shop's name as a file name that every platform takes."""
    kept = "".join("_" if letter in _FORBIDDEN_IN_NAMES or ord(letter) < 32 else letter for letter in name)
    return kept.strip(" .")[:LONGEST_FILE_NAME].strip(" .") or "shop"


def _report_probe(app: QApplication) -> None:
    import time

    started = float(os.environ.get(PROBE) or 0)
    print(f"{time.time() - started:.4f}" if started > 1 else "painted", flush=True)
    app.quit()


def run(arguments: list[str]) -> int:
    """Start the window; returns the exit code.

    Args:
        arguments: the command line without the program's name: nothing, a shop file, or ``--shop FILE``.
    """
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("Tagline")
    app.setStyle("Fusion")
    app.setQuitOnLastWindowClosed(False)
    program = Program(app, Settings())
    _catch_bugs(program)
    program.ended.connect(app.quit)
    program.start(shop_of(arguments))
    code = app.exec()
    program.window.deleteLater()
    return code


def shop_of(arguments: list[str]) -> Path | None:
    """The shop file named on the command line, if any."""
    left = list(arguments)
    if "--shop" in left[:-1]:
        return Path(left[left.index("--shop") + 1])
    return next((Path(part) for part in left if part.endswith(".tagline")), None)


def _catch_bugs(program: Program) -> None:
    """Whatever escapes in a slot or a thread is shown, not swallowed."""
    import threading

    def in_window(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        sys.__excepthook__(kind, error, trace)
        program.bugs.report(error.with_traceback(trace))

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            sys.__excepthook__(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = in_window
    threading.excepthook = in_thread

