"""The pictures a menu shows: taken in from files of the owner's, and given to whoever draws the menu."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.planning.rich_menu.menu import RichMenu
from desktop.operations.planning import pictures as keeping
from desktop.store.database import Database
from desktop.store.planning import pictures
from desktop.ui.desk import Desk
from desktop.ui.pictures.fitting import fit_bytes
from desktop.ui.pictures.loading import load, load_bytes

LONGEST = 3000
"""Pixels of the longer side that are kept: more than the largest menu shows."""

AT_MOST = 3_000_000
HELD = 24
PATTERNS = "*.jpg *.jpeg *.png *.webp *.bmp *.gif *.heic *.tif *.tiff"


class PictureFile(NamedTuple):
    """A picture as it is kept."""

    data: bytes
    width: int
    height: int
    name: str


class KeptPictures(QObject):
    """Pictures by number, read once.

    Args:
        desk: the page's.
        parent: the page.
    """

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._held: OrderedDict[int, QImage | None] = OrderedDict()

    def __call__(self, picture_id: int) -> QImage | None:
        """The picture of a number, None if it is gone."""
        if picture_id not in self._held:
            self._held[picture_id] = read(self._desk.jobs.page_reader, picture_id)
            while len(self._held) > HELD:
                self._held.popitem(last=False)
        return self._held[picture_id]

    def of(self, menu: RichMenu) -> Callable[[int], QImage | None]:
        """The pictures of one menu, held by themselves so that another thread can draw it."""
        return {number: self(number) for number in menu.pictures()}.get

    def ask(self, parent: QWidget, then: Callable[[int], None]) -> None:
        """Ask for a file and keep it; ``then`` is given its number."""
        self._desk.dialogs.open_files(
            parent,
            "picture",
            lambda files: self.take(files[0], parent, then),
            filters=[(message("rich_menu_page.pictures"), PATTERNS)],
            many=False,
        )

    def take(self, file: Path, owner: QObject, then: Callable[[int], None]) -> None:
        """Keep a file; ``then`` is given its number. What it cannot read is said on the page."""
        self._desk.jobs.background(
            lambda _db, _ctx: prepared(file),
            owner=owner,
            then=partial(self._keep, owner, then),
            title=message("rich_menu_page.reading_picture", name=file.name),
        )

    def _keep(self, owner: QObject, then: Callable[[int], None], file: PictureFile) -> None:
        self._desk.jobs.write(
            lambda db, _ctx: keeping.keep(db, file.data, file.width, file.height, file.name),
            owner=owner,
            then=then,
        )


def prepared(file: Path) -> PictureFile:
    """A file of the owner's as it is kept: upright, no larger than needed.

    Raises:
        UserError: it is no picture.
    """
    image = load(file)
    longest = max(image.width(), image.height())
    share = min(1.0, LONGEST / longest)
    width, height = max(1, round(image.width() * share)), max(1, round(image.height() * share))
    data, _ = fit_bytes(image, width, height, AT_MOST)
    return PictureFile(data, width, height, file.name)


def read(db: Database, picture_id: int) -> QImage | None:
    """A kept picture as an image, None if it is gone or cannot be read."""
    kept = pictures.picture(db, picture_id)
    if kept is None:
        return None
    try:
        return load_bytes(kept.bytes, kept.name)
    except UserError:
        return None
