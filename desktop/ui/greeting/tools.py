"""What the editors of balloons use of the page: pictures of the shop file, and taking in a new one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QImage

from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.operations.planning import pictures
from desktop.store.database import Database
from desktop.ui.desk import Desk
from desktop.ui.greeting.shelf import Shelf
from desktop.ui.page import Page
from desktop.ui.pictures.fitting import fit_bytes
from desktop.ui.pictures.loading import load

WIDEST = 1040
"""Pixels: the width of a rich message, and as much as a phone shows of any picture."""

HEAVIEST = 1_000_000
"""Bytes of a preview picture (Messaging API reference, "Image message": previewImageUrl); lighter ones open faster too."""

FORMATS = "*.png *.jpg *.jpeg *.webp *.bmp *.gif *.tif *.tiff"


class Tools:
    """One page's.

    Args:
        page: whose bar says what is wrong with a file.
        desk: dialogs and jobs.
        shelf: pictures by number.
    """

    def __init__(self, page: Page, desk: Desk, shelf: Shelf) -> None:
        self._page = page
        self._desk = desk
        self.shelf = shelf

    def choose_picture(self, then: Callable[[int, int, int], object]) -> None:
        """Ask for a picture and take it in.

        Args:
            then: is called with its number, width and height in pixels.
        """
        self._desk.dialogs.open_files(
            self._page,
            "picture",
            lambda files: self.take_picture(files[0], then),
            filters=[(message("greeting_page.pictures"), FORMATS)],
            many=False,
        )

    def take_picture(self, file: Path, then: Callable[[int, int, int], object]) -> None:
        """Take a picture in: made as wide as LINE shows it and light enough, and kept in the shop file.

        Args:
            file: any format Qt reads.
            then: is called with its number, width and height in pixels.
        """
        jobs = self._desk.jobs

        def work(_db: Database, _ctx: JobContext) -> tuple[int, QImage]:
            image = load(file)
            width = min(image.width(), WIDEST)
            height = max(1, round(image.height() * width / image.width()))
            fitted = fit_bytes(image, width, height, HEAVIEST)
            number = jobs.in_writer(lambda db: pictures.keep(db, fitted.data, width, height, file.name))
            return number, image.scaled(width, height)

        def taken(found: tuple[int, QImage]) -> None:
            number, image = found
            self.shelf.put(number, image)
            then(number, image.width(), image.height())

        self._page.bar.clear()
        jobs.background(work, owner=self._page, then=taken, title=message("greeting_page.taking_picture"))
