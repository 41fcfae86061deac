"""The door as pages see it: what they ask for happens as soon as their own click is dealt with, because it may take away the
very page that asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer

from desktop.ui.desk import Door


class LaterDoor:
    """A Door that passes everything on in the next turn of the event loop.

    Args:
        door: the real one.
        context: nothing happens any more once this is gone.
    """

    def __init__(self, door: Door, context: QObject) -> None:
        self._door = door
        self._context = context

    def open_shop(self, path: Path) -> None:
        """See Door."""
        self._soon(lambda: self._door.open_shop(path))

    def create_shop(self, name: str, *, then_page: str = "members", **arguments: Any) -> None:
        """See Door."""
        self._soon(lambda: self._door.create_shop(name, then_page=then_page, **arguments))

    def open_practice(self) -> None:
        """See Door."""
        self._soon(self._door.open_practice)

    def remove_practice(self) -> None:
        """See Door."""
        self._soon(self._door.remove_practice)

    def restore(self, backup: Path) -> None:
        """See Door."""
        self._soon(lambda: self._door.restore(backup))

    def move_shop(self, path: Path) -> None:
        """See Door."""
        self._soon(lambda: self._door.move_shop(path))

    def salvage(self, damaged: Path, into: Path) -> None:
        """See Door."""
        self._soon(lambda: self._door.salvage(damaged, into))

    def look_only(self, path: Path) -> None:
        """See Door."""
        self._soon(lambda: self._door.look_only(path))

    def close_shop(self) -> None:
        """See Door."""
        self._soon(self._door.close_shop)

    def rebuild(self) -> None:
        """See Door."""
        self._soon(self._door.rebuild)

    def recent_shops(self) -> list[Path]:
        """See Door."""
        return self._door.recent_shops()

    def _soon(self, work: Any) -> None:
        QTimer.singleShot(0, self._context, work)
