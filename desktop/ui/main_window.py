"""The window itself: its title and place on the screen, the one shell inside it, and the question before it closes while
something still runs."""

from __future__ import annotations

import base64
from collections.abc import Callable

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QPaintEvent
from PySide6.QtWidgets import QMainWindow
from shiboken6 import delete

from desktop.core.message import message
from desktop.paths import resources_folder
from desktop.settings import Settings
from desktop.text import t
from desktop.ui.jobs import Jobs
from desktop.ui.shell.frame import Shell
from desktop.ui.shell.menus import build_menu_bar

WIDTH, HEIGHT = 1280, 800
SMALLEST_WIDTH, SMALLEST_HEIGHT = 760, 480


class MainWindow(QMainWindow):
    """One window of the program.

    Args:
        settings: remember its place.
        closing: called once when the window closes for good.
    """

    painted = Signal()

    def __init__(self, settings: Settings, closing: Callable[[], None]) -> None:
        super().__init__()
        self._settings = settings
        self._closing = closing
        self._sure = False
        self._painted = False
        self.shell: Shell | None = None
        self.setWindowIcon(QIcon(str(resources_folder() / "app" / "tagline.png")))
        self.setMinimumSize(SMALLEST_WIDTH, SMALLEST_HEIGHT)
        self.resize(WIDTH, HEIGHT)
        place = settings.text("window")
        if place:
            self.restoreGeometry(QByteArray(base64.b64decode(place)))

    def host(self, shell: Shell, title: str) -> None:
        """Show a shell in the place of the one before, which is deleted."""
        self.shell = shell
        self.setWindowTitle(title)
        # Both setters delete what they replace, menus and their shortcuts with it.
        self.setMenuBar(build_menu_bar(shell))
        self.setCentralWidget(shell)

    def dismiss(self) -> None:
        """Take the shell away, with all pages, now."""
        shell, self.shell = self.shell, None
        if shell is not None:
            self.takeCentralWidget()
            delete(shell)

    def to_front(self) -> None:
        """Bring the window before all others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        jobs = self.shell.shop.jobs if self.shell is not None and self.shell.shop is not None else None
        if jobs is not None and not self._sure and jobs.running and self.shell is not None:
            event.ignore()
            self._ask(jobs, self.shell)
            return
        place = bytes(self.saveGeometry().data())
        self._settings.put("window", base64.b64encode(place).decode("ascii"))
        event.accept()
        self._closing()

    def _ask(self, jobs: Jobs, shell: Shell) -> None:
        names = [job.title for job in jobs.running]
        shell.desk.dialogs.confirm(
            shell,
            message("shell.closing.title"),
            message("shell.closing.text", names=names, n=len(names)),
            message("shell.closing.button"),
            self.close_now,
        )

    def close_now(self) -> None:
        """Close without asking, whatever runs."""
        self._sure = True
        self.close()


def title_of(file_name: str) -> str:
    """What stands in the window's frame."""
    program = t("shell.about.name")
    return f"{program} — {file_name}" if file_name else program
