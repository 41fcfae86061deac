"""The program's window seen from outside: what is in it (by the map it writes on request), and finding, clicking, typing there.
Whatever should come of a step is waited for; a step without effect is done once more, and that is counted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from desktop.text import t
from tests.architecture.source_files import ROOT
from tests.journeys.screen import Screen

PATIENCE = 10.0
"""Seconds after which what was waited for is missed; a busy machine is slow, a bug is for ever."""

SOON = 4.0
"""Seconds after which a step without effect is done once more."""

T = TypeVar("T")
retries: list[str] = []
"""The steps that had to be done twice, in this session."""


@dataclass(frozen=True)
class Part:
    """Something in the window as its map has it."""

    kind: str
    object: str
    name: str
    text: str
    rect: tuple[int, int, int, int]
    enabled: bool
    focus: bool
    rows: tuple[Mapping[str, Any], ...]

    @property
    def middle(self) -> tuple[int, int]:
        """The pixel in its middle."""
        return middle_of(self.rect)


def middle_of(rect: Any) -> tuple[int, int]:
    """The pixel in the middle of left, top, width, height."""
    x, y, width, height = rect
    return x + width // 2, y + height // 2


class Window:
    """One start of the program.

    Args:
        screen: where it shows itself.
        folder: keeps the map and what the program prints.
        arguments: the command line.
        environment: added to the test's own.
    """

    def __init__(
        self, screen: Screen, folder: Path, *arguments: str, environment: Mapping[str, str] | None = None
    ) -> None:
        self.screen = screen
        number = len(list(folder.glob("window-*.out"))) + 1
        self._map = folder / f"window-{number}.json"
        self._out = folder / f"window-{number}.out"
        variables = {
            **os.environ,
            "DISPLAY": screen.display,
            "QT_QPA_PLATFORM": "xcb",
            "TAGLINE_WINDOW_MAP": str(self._map),
            "LANG": "zh_TW.UTF-8",
            "LANGUAGE": "",
            "PYTHONFAULTHANDLER": "1",
            **(environment or {}),
        }
        with self._out.open("wb") as out:
            command = [sys.executable, "main.py", *arguments]
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=variables, stdout=out, stderr=subprocess.STDOUT
            )

    # Life

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait(timeout=PATIENCE)

    def close(self) -> int:
        """Quit with the keyboard and return the exit code; killed if it does not go."""
        for last in (False, True):
            self.press("ctrl+q")
            try:
                return self.process.wait(timeout=PATIENCE if last else SOON)
            except subprocess.TimeoutExpired:
                if not last:
                    retries.append("close")
        texts = self.texts()
        self.kill()
        raise AssertionError(f"the window did not close: {texts}\n{self.printed}")

    @property
    def printed(self) -> str:
        """What it printed; nothing, if all is well."""
        return self._out.read_text(encoding="utf-8", errors="replace")

    # Seeing

    def seen(self) -> dict[str, Any]:
        """The map as it is now; empty while there is none."""
        if self.process.poll() is not None:
            raise AssertionError(f"the program ended with {self.process.returncode}\n{self.printed}")
        try:
            found: dict[str, Any] = json.loads(self._map.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        return found

    def parts(self) -> list[Part]:
        """What is in sight."""
        return [_part(one) for one in self.seen().get("widgets", [])]

    def find(self, words: str, *, kind: str = "", enabled: bool = True) -> Part | None:
        """The part that shows or is called by these words; the last one, which lies on top."""
        fits = [
            one
            for one in self.parts()
            if words in (one.text, one.name, one.object)
            and one.kind.endswith(kind)
            and one.rect[2] > 0
            and (one.enabled or not enabled)
        ]
        return fits[-1] if fits else None

    def says(self, words: str) -> bool:
        """Whether a text in sight holds these words."""
        return any(words in one.text or words in one.name for one in self.parts())

    def texts(self) -> list[str]:
        """Every text in sight; for a failed test's message."""
        return [one.text for one in self.parts() if one.text]

    def rows(self, kind: str = "Table") -> list[Mapping[str, Any]]:
        """The rows in view of the lists of this kind."""
        return [row for one in self.parts() if one.kind.endswith(kind) for row in one.rows]

    @property
    def page(self) -> str:
        """The page shown."""
        return str(self.seen().get("page", ""))

    # Waiting

    def wait(self, what: str, until: Callable[[], T], seconds: float = PATIENCE) -> T:
        """Wait until something is true (or found) and return it."""
        end = time.monotonic() + seconds
        while True:
            found = until()
            if found:
                return found
            if time.monotonic() > end:
                raise AssertionError(f"never came: {what}\npage {self.page}: {self.texts()}\n{self.printed}")
            time.sleep(0.05)

    def wait_for_page(self, page: str) -> None:
        """Wait until this page is shown and nothing runs."""
        self.wait(f"page {page}", lambda: self.page == page and self.seen().get("idle"))

    def step(
        self, what: str, act: Callable[[], object], effect: Callable[[], T], seconds: float = PATIENCE
    ) -> T:
        """Do something and wait for what comes of it; without effect it is done once more."""
        act()
        try:
            return self.wait(what, effect, SOON)
        except AssertionError:
            retries.append(what)
            print(f"once more: {what}")
            act()
            return self.wait(what, effect, seconds)

    # Doing

    def click(self, words: str, *, kind: str = "", keys: str = "") -> None:
        """Click what shows or is called by these words, when it is there and can be clicked."""
        part = self.wait(f"「{words}」 to click", lambda: self.find(words, kind=kind))
        self.screen.click(*part.middle, keys=keys)

    def press(self, *keys: str) -> None:
        """Press keys one after another; they go to this program."""
        self._take_keyboard()
        self.screen.press(*keys)

    def type(self, text: str) -> None:
        """Type a text into this program."""
        self._take_keyboard()
        self.screen.type(text)

    def _take_keyboard(self) -> None:
        windows = self.seen().get("windows", [])
        if windows and not any(one["active"] for one in windows):
            self.screen.give_keyboard(windows[-1]["id"])

    def click_text(self, key: str, **parameters: Any) -> None:
        """Click what shows the text of this key."""
        self.click(t(key, **parameters))

    def click_notice(self, says: str, button: str) -> None:
        """Press the button of the notice that says this."""
        words = self.wait(f"the notice 「{says}」", lambda: self.find(says, kind="QLabel"))
        top = words.middle[1]
        beside = [one for one in self.parts() if one.text == button and abs(one.middle[1] - top) < 20]
        self.screen.click(*beside[-1].middle)


def _part(seen: Mapping[str, Any]) -> Part:
    return Part(
        seen["kind"],
        seen["object"],
        seen["name"],
        seen["text"],
        tuple(seen["rect"]),
        seen["enabled"],
        seen["focus"],
        tuple(seen.get("rows", ())),
    )
