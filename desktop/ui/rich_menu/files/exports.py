"""What leaves the page: the picture as a file for LINE's manager, the phone as a picture to show around, the menu as JSON for who
programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QMenu

from desktop.core.message import Message, message
from desktop.core.planning.rich_menu.layouts import LAYOUTS
from desktop.core.planning.rich_menu.menu import RichMenu
from desktop.exporter.whole_file import whole_file
from desktop.operations.planning import rich_menus
from desktop.text import t
from desktop.ui.desk import Desk
from desktop.ui.menu_image.picture_file import image_bytes
from desktop.ui.page import Page
from desktop.ui.pictures.fitting import encoded
from desktop.ui.rich_menu.files.kept_pictures import KeptPictures
from desktop.ui.rich_menu.open_menu import OpenMenu

UNSAFE_IN_FILE_NAMES = '<>:"/\\|?*'
ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}


class MenuExports(QObject):
    """One page's.

    Args:
        page: asks for the file, and shows errors.
        phone: gives the phone as a picture.
    """

    def __init__(
        self,
        page: Page,
        desk: Desk,
        open_menu: OpenMenu,
        pictures: KeptPictures,
        phone: Callable[[], QImage],
    ) -> None:
        super().__init__(page)
        self._page, self._desk, self._open = page, desk, open_menu
        self._pictures, self._phone = pictures, phone

    def menu(self) -> QMenu:
        """All ways out."""
        menu = QMenu(self._page)
        menu.addAction(t("rich_menu_page.export.picture"), self.picture)
        menu.addAction(t("rich_menu_page.export.phone"), self.phone)
        menu.addSeparator()
        menu.addAction(t("rich_menu_page.export.copy_json"), self.copy_json)
        menu.addAction(t("rich_menu_page.export.json"), self.json)
        return menu

    def picture(self) -> None:
        """The menu's picture as LINE's manager takes it: the right size, at most 1 MB."""
        menu = self._open.menu
        pictures = self._pictures.of(menu)
        self._desk.jobs.background(
            lambda _db, _ctx: image_bytes(menu, pictures),
            owner=self,
            then=lambda file: self._ask(
                file.data, ENDINGS[file.media_type], message("rich_menu_page.pictures"), _said(menu)
            ),
            title=message("rich_menu_page.drawing"),
        )

    def phone(self) -> None:
        """The phone with the menu in it."""
        data = encoded(self._phone(), "PNG")
        self._ask(data, "png", message("rich_menu_page.pictures"), "rich_menu_page.export.done")

    def json(self) -> None:
        """The menu as LINE's interface takes it, as a file."""
        text = self._json()
        if text is not None:
            self._ask(
                text.encode(), "json", message("rich_menu_page.json_files"), "rich_menu_page.export.done"
            )

    def copy_json(self) -> None:
        """The menu as LINE's interface takes it, on the clipboard."""
        text = self._json()
        if text is not None:
            QGuiApplication.clipboard().setText(text)
            self._desk.notices.show(message("rich_menu_page.export.copied"))

    def _json(self) -> str | None:
        try:
            return rich_menus.as_json(self._open.menu)
        except ValueError:
            # A tab without a menu to lead to; the checks say which.
            self._page.bar.show_message(message("rich_menu_page.export.not_yet"), kind="warning")
            return None

    def _ask(self, data: bytes, ending: str, kind: Message, said: str) -> None:
        self._desk.dialogs.save_file(
            self._page,
            "export",
            f"{file_name(self._open.menu.name)}.{ending}",
            lambda path: self._write(path if path.suffix else path.with_suffix(f".{ending}"), data, said),
            filters=[(kind, f"*.{ending}")],
        )

    def _write(self, path: Path, data: bytes, said: str) -> None:
        self._desk.jobs.background(
            lambda _db, _ctx: _put(path, data),
            owner=self,
            then=lambda _: self._desk.notices.show(message(said, file=path.name)),
        )


def file_name(name: str) -> str:
    """A menu's name as a file may be called."""
    letters = ("_" if one in UNSAFE_IN_FILE_NAMES or ord(one) < ord(" ") else one for one in name)
    return "".join(letters).strip(" .") or "rich-menu"


def _said(menu: RichMenu) -> str:
    """The manager has its own templates; another division can only be published from here."""
    layout = LAYOUTS.get(menu.layout)
    if layout is None or layout.own:
        return "rich_menu_page.export.done_free"
    return "rich_menu_page.export.done_manager"


def _put(path: Path, data: bytes) -> None:
    with whole_file(path) as partial:
        partial.write_bytes(data)
