"""A screen of its own without a window manager (steadier to drive than with one), and the mouse and keys of whoever sits before it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SIZE = "1500x1000x24"
NEEDED = ("Xvfb", "xdotool")


def why_not() -> str:
    """Why there can be no such screen on this computer; empty if there can."""
    if sys.platform in ("win32", "darwin"):
        return "windows are driven from outside on X11 only"
    missing = [name for name in NEEDED if shutil.which(name) is None]
    return f"not installed: {', '.join(missing)}" if missing else ""


class Screen:
    """A running X server and what a person does before it.

    Args:
        display: its name, as DISPLAY has it.
    """

    def __init__(self, display: str) -> None:
        self.display = display

    def click(self, x: int, y: int, *, times: int = 1, keys: str = "") -> None:
        """Move there and press the left button; ``keys`` are held down meanwhile."""
        held = ["keydown", keys] if keys else []
        free = ["keyup", keys] if keys else []
        self._do(
            "mousemove", str(x), str(y), *held, "click", "--repeat", str(times), "--delay", "60", "1", *free
        )

    def press(self, *keys: str) -> None:
        """Press keys one after another: "ctrl+t", "Return"."""
        self._do("key", "--delay", "40", *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", "25", text)

    def give_keyboard(self, window: int) -> None:
        """Let keys go to this top window; there is no window manager to do so."""
        self._do("windowfocus", "--sync", str(window))

    def window_at(self, x: int, y: int) -> int:
        """The top window whose middle the mouse would be over there."""
        self._do("mousemove", str(x), str(y))
        answer = self._do("getmouselocation", "--shell")
        return int(dict(line.split("=", 1) for line in answer.split())["WINDOW"])

    def _do(self, *arguments: str) -> str:
        environment = {**os.environ, "DISPLAY": self.display}
        done = subprocess.run(
            ["xdotool", *arguments],
            env=environment,
            check=True,
            timeout=20,
            capture_output=True,
            encoding="utf-8",
        )
        return done.stdout


@contextmanager
def own_screen() -> Iterator[Screen]:
    """Start an X server on a display number that it finds free itself; nobody reaches it over the network."""
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        SIZE,
        "-nolisten",
        "tcp",
        "-noreset",
        "-ac",
    ]
    with subprocess.Popen(
        command, pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as answer:
                number = answer.readline().strip()
            if not number:
                raise RuntimeError("Xvfb ended without a display")
            yield Screen(f":{number}")
        finally:
            server.terminate()
            server.wait(timeout=10)
