"""The pictures of the greetings on screen: read once from the shop file, kept small, asked for by number or by the address a
message shows them at."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from desktop.core.planning.greeting.line_messages import PREVIEW_URL
from desktop.store.database import Database
from desktop.store.planning import pictures
from desktop.ui.desk import Desk
from desktop.ui.pictures.loading import load_bytes

WIDEST = 1040
"""Pixels a picture is kept at in memory: LINE shows none larger."""

ADDRESS = PREVIEW_URL.format(id="")
"""How a message of the preview names a picture of the shop file."""


class Shelf(QObject):
    """``arrived``: a picture that was asked for is here now.

    Args:
        desk: where pictures are read.
    """

    arrived = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._known: dict[int, QImage] = {}
        self._asked: set[int] = set()

    def image(self, picture_id: int | None) -> QImage | None:
        """The picture of a number; None while it is being read, or where there is none."""
        if picture_id is None:
            return None
        if picture_id not in self._known and picture_id not in self._asked:
            self._asked.add(picture_id)
            self._desk.jobs.read(
                lambda db: _read(db, picture_id), owner=self, then=lambda found: self._keep(picture_id, found)
            )
        return self._known.get(picture_id)

    def put(self, picture_id: int, image: QImage) -> None:
        """Keep a picture that was just chosen."""
        self._asked.add(picture_id)
        self._known[picture_id] = _small(image)
        self.arrived.emit()

    def behind(self, address: str) -> QImage | None:
        """The picture at an address of a message, as far as it is one of the shop's own."""
        if address.startswith(ADDRESS):
            number = address.removeprefix(ADDRESS)
            return self.image(int(number)) if number.isdigit() else None
        return None

    def _keep(self, picture_id: int, found: QImage | None) -> None:
        if found is not None:
            self._known[picture_id] = found
            self.arrived.emit()


def _read(db: Database, picture_id: int) -> QImage | None:
    found = pictures.picture(db, picture_id)
    return None if found is None else _small(load_bytes(found.bytes, found.name))


def _small(image: QImage) -> QImage:
    if image.width() <= WIDEST:
        return image
    return image.scaledToWidth(WIDEST, Qt.TransformationMode.SmoothTransformation)
