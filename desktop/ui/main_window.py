"""The window itself: its title and place on the screen, the one shell inside it, and the question before it closes while
something still runs. It stands before the program behind it is loaded, so it imports next to nothing."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QMainWindow

from desktop.settings import Settings
from desktop.ui import theme

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from desktop.core.errors import UserError
    from desktop.core.message import Message
    from desktop.ui.jobs import Jobs
    from desktop.ui.shell.frame import Shell

WIDTH, HEIGHT = 1280, 800
FRAME_HEIGHT = 40
"""What the system's title bar takes of the screen's height, at most."""
SMALLEST_WIDTH, SMALLEST_HEIGHT = 760, 480
ICON_SIZES = (32, 256)
NAME = "Tagline 貼標"
NAVIGATION_WIDTH, MENU_HEIGHT, STATUS_HEIGHT = 176, 29, 27


class MainWindow(QMainWindow):
    """One window of the program.

    Args:
        settings: remember its place.
    """

    painted = Signal()
    closed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._sure = False
        self._painted = False
        self.shell: Shell | None = None
        self.setWindowTitle(NAME)
        self.setMinimumSize(SMALLEST_WIDTH, SMALLEST_HEIGHT)
        self.resize(WIDTH, HEIGHT)
        place = settings.text("window")
        if place:
            self.restoreGeometry(QByteArray(base64.b64decode(place)))

    def fit_screen(self) -> None:
        """Be no larger than the screen: 1920 × 1080 at 150 % leaves 1280 × 720, and the status line has to be seen."""
        room = self.screen().availableGeometry().size() - QSize(0, FRAME_HEIGHT)
        self.setMinimumSize(QSize(SMALLEST_WIDTH, SMALLEST_HEIGHT).boundedTo(room))
        self.resize(self.size().boundedTo(room))

    def host(self, shell: Shell, title: str) -> None:
        """Show a shell in the place of the one before, which is deleted."""
        from PySide6.QtGui import QIcon

        from desktop.paths import resources_folder
        from desktop.ui.shell.menus import build_menu_bar

        if self.windowIcon().isNull():
            icon = QIcon()
            for size in ICON_SIZES:
                icon.addFile(str(resources_folder() / "app" / f"tagline-{size}.png"))
            self.setWindowIcon(icon)
        self.shell = shell
        self.setWindowTitle(title)
        # Both setters delete what they replace, menus and their shortcuts with it.
        self.setMenuBar(build_menu_bar(shell))
        self.setCentralWidget(shell)

    def dismiss(self) -> None:
        """Take the shell away, with all pages, now."""
        from shiboken6 import delete

        shell, self.shell = self.shell, None
        if shell is not None:
            # Deleted alone it would not tell its pages that they are left.
            shell.hide()
            delete(shell)

    def remembered_pages(self) -> dict[str, Any]:
        """What the pages want to find again, by id."""
        return self.shell.stack.remember() if self.shell is not None else {}

    def say(self, text: Message) -> None:
        """Say something in passing."""
        if self.shell is not None:
            self.shell.notices.show(text)

    def say_error(self, owner: QObject, error: UserError) -> None:
        """An error that nobody takes: in the bar of the page it arose on, else of the page shown."""
        from desktop.ui.page import page_of

        page = page_of(owner)
        if page is None and self.shell is not None:
            page = self.shell.stack.current
        if page is not None:
            page.bar.show_error(error)

    def to_front(self) -> None:
        """Bring the window before all others."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def close_now(self) -> None:
        """Close without asking, whatever runs."""
        self._sure = True
        self.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.shell is None:
            self._paint_outline()
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        shell = self.shell
        jobs = shell.shop.jobs if shell is not None and shell.shop is not None else None
        if shell is not None and jobs is not None and jobs.running and not self._sure:
            event.ignore()
            self._ask(jobs, shell)
            return
        place = bytes(self.saveGeometry().data())
        self._settings.put("window", base64.b64encode(place).decode("ascii"))
        event.accept()
        self.closed.emit()

    def _ask(self, jobs: Jobs, shell: Shell) -> None:
        from desktop.core.message import message

        names = [job.title for job in jobs.running]
        shell.desk.dialogs.confirm(
            shell,
            message("shell.closing.title"),
            message("shell.closing.text", names=names, n=len(names)),
            message("shell.closing.button"),
            lambda: QTimer.singleShot(0, self, self.close_now),
        )

    def _paint_outline(self) -> None:
        """What the window will look like, before there is anything in it."""
        painter = QPainter(self)
        width, height = self.width(), self.height()
        menu, status, side = theme.px(MENU_HEIGHT), theme.px(STATUS_HEIGHT), theme.px(NAVIGATION_WIDTH)
        painter.fillRect(0, 0, width, menu, theme.colour("bar"))
        painter.fillRect(0, menu, side, height - menu - status, theme.colour("nav"))
        painter.fillRect(0, height - status, width, status, theme.colour("bar"))
        for x, y, w, h in (
            (0, menu, width, 1),
            (side, menu, 1, height - menu - status),
            (0, height - status, width, 1),
        ):
            painter.fillRect(x, y, w, h, theme.colour("line"))
        painter.end()


def title_of(file_name: str) -> str:
    """What stands in the window's frame."""
    from desktop.text import t

    name = t("shell.about.name")
    return f"{name} — {file_name}" if file_name else name
