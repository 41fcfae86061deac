"""What the owner's pictures are used for on the page: a photo for an area, a picture for the whole menu, chosen or dropped; and
how large the file of the menu becomes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop.ui.desk import Desk
from desktop.ui.menu_image.picture_file import image_facts
from desktop.ui.rich_menu.files.kept_pictures import KeptPictures
from desktop.ui.rich_menu.open_menu import OpenMenu

if TYPE_CHECKING:
    from desktop.ui.rich_menu.page import RichMenuPage

WEIGH_MS = 900
ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".heic", ".tif", ".tiff"})


class PictureDeeds(QObject):
    """One page's."""

    def __init__(self, page: RichMenuPage, desk: Desk, open_menu: OpenMenu, kept: KeptPictures) -> None:
        super().__init__(page)
        self._page, self._desk, self._open, self._kept = page, desk, open_menu, kept
        self._weighing = QTimer(self, singleShot=True, interval=WEIGH_MS)
        self._weighing.timeout.connect(self.weigh)
        open_menu.edited.connect(self._weighing.start)
        open_menu.shown.connect(self._weighing.start)

    def choose_photo(self) -> None:
        """Ask for a photo for the area chosen."""
        self._kept.ask(self._page, self._photo_kept)

    def choose_own(self) -> None:
        """Ask for a picture for the whole menu."""
        self._kept.ask(self._page, self._own_kept)

    def take(self, files: list[Path]) -> bool:
        """A picture that is dropped becomes the photo of the area chosen, or the menu's own."""
        if not self._open.is_open or len(files) != 1 or files[0].suffix.lower() not in ENDINGS:
            return False
        to_area = bool(self._open.areas) and self._open.menu.own_picture is None
        self._kept.take(files[0], self._page, self._photo_kept if to_area else self._own_kept)
        return True

    def weigh(self) -> None:
        """Find out beside the work how large the file of the picture becomes."""
        if not self._open.is_open:
            return
        menu = self._open.menu
        pictures = self._kept.of(menu)
        self._desk.jobs.background(
            lambda _db, _ctx: image_facts(menu, pictures),
            owner=self,
            then=lambda facts: self._page.editor.checks.set_facts(menu, facts),
        )

    def _photo_kept(self, picture: int) -> None:
        self._open.change_area(photo=picture)

    def _own_kept(self, picture: int) -> None:
        self._open.change(own_picture=picture)
