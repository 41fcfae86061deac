"""The window's start: a window that stands at once, and behind its first paint the program that fills it. What is imported at
the top of this module is all that the first paint waits for."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.settings import Settings
from desktop.ui import theme
from desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from desktop.ui.opening.bug_reports import BugReports
    from desktop.ui.opening.program import Program

LOG_AFTER_MS = 50
"""The first page comes before the log, whose libraries take their time; both come before anything talks to LINE."""

NO_SCREEN = 3
"""Exit code where there is no display; 1 and 2 are those of a command that failed or was misspelt."""

PROBE = "TAGLINE_STARTUP_PROBE"
"""Environment variable for measuring: the program ends after the window's first paint ("1" or "window"), or when its first
page stands ("page")."""


def run(arguments: list[str]) -> int:
    """Start the window; returns the exit code, NO_SCREEN where there is nowhere to show it.

    Args:
        arguments: the command line without the program's name: nothing, a shop file, or ``--shop FILE``.
    """
    if not has_screen():
        return _say_no_screen()
    _name_the_program()
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("Tagline")
    app.setStyle("Fusion")
    app.setQuitOnLastWindowClosed(False)
    settings = Settings()
    theme.apply_colours(app, settings.text("theme", "system"))
    window = MainWindow(settings)
    start = _Start(app, settings, window, shop_of(arguments))
    window.painted.connect(start.go_on)
    window.closed.connect(app.quit)
    window.fit_screen()
    window.show()
    code = app.exec()
    window.deleteLater()
    return code


class _Start:
    """What follows the first paint."""

    def __init__(self, app: QApplication, settings: Settings, window: MainWindow, shop: Path | None) -> None:
        self._app = app
        self._settings = settings
        self._window = window
        self._shop = shop
        self._probe = os.environ.get(PROBE, "")
        self.program: Program | None = None

    def go_on(self) -> None:
        """Load the program and let it fill the window."""
        if self._probe in ("1", "window"):
            self._end()
            return
        from desktop.ui.opening.bug_reports import BugReports
        from desktop.ui.opening.program import Program

        bugs = BugReports(self._window)
        _catch_bugs(bugs)
        self.program = Program(self._app, self._settings, window=self._window, bugs=bugs)
        self.program.ended.connect(self._app.quit)
        self.program.start(self._shop)
        if seen_from_outside := os.environ.get("TAGLINE_WINDOW_MAP"):
            from desktop.ui.opening.window_map import WindowMap

            WindowMap(Path(seen_from_outside), self._window)
        QTimer.singleShot(LOG_AFTER_MS, _start_log)
        if self._probe == "page":
            self._window.repaint()
            self._end()

    def _end(self) -> None:
        print("painted", flush=True)
        if self.program is not None:
            self._window.close_now()
        self._app.quit()


def has_screen() -> bool:
    """Whether a window can be shown. On Linux Qt would end the program without a word to its user where there is no display;
    QT_QPA_PLATFORM names another way to draw, such as "offscreen"."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _say_no_screen() -> int:
    from desktop.text import t
    from desktop.ui import i18n

    i18n.use(Settings().language)
    print(t("shell.no_screen"), file=sys.stderr)
    return NO_SCREEN


def _name_the_program() -> None:
    """On Windows the task bar groups windows and shows the icon by this name, not by python.exe."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID("Tagline.Tagline")


def _start_log() -> None:
    """Keep a log; Qt's own warnings go there too."""
    import contextlib
    import logging

    from PySide6.QtCore import QtMsgType, qInstallMessageHandler

    from desktop.log import start_logging
    from desktop.paths import create_private_folder, logs_folder

    # A folder that cannot be written is told where the shop is opened; the log is no reason not to start.
    with contextlib.suppress(OSError):
        start_logging(create_private_folder(logs_folder()))
    levels = {QtMsgType.QtWarningMsg: logging.WARNING, QtMsgType.QtCriticalMsg: logging.ERROR}
    logger = logging.getLogger("qt")
    qInstallMessageHandler(lambda kind, _where, text: logger.log(levels.get(kind, logging.INFO), "%s", text))


def shop_of(arguments: list[str]) -> Path | None:
    """The shop file named on the command line, if any."""
    if "--shop" in arguments[:-1]:
        return Path(arguments[arguments.index("--shop") + 1])
    return next((Path(part) for part in arguments if part.endswith(".tagline")), None)


def _catch_bugs(bugs: BugReports) -> None:
    """Whatever escapes in a slot or a thread is shown, not swallowed."""
    import threading

    def in_window(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        sys.__excepthook__(kind, error, trace)
        bugs.report(error.with_traceback(trace))

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            sys.__excepthook__(args.exc_type, args.exc_value, args.exc_traceback)

    sys.excepthook = in_window
    threading.excepthook = in_thread
