"""The pages of LINE's own sites that the program opens in the browser. Only these addresses, all fixed and over https."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


class WebPage(StrEnum):
    """Where LINE's pages are."""

    MANAGER = "https://manager.line.biz/"
    DEVELOPERS = "https://developers.line.biz/console/"


def open_page(page: WebPage) -> bool:
    """Open a page in the computer's browser; False if there is none."""
    return QDesktopServices.openUrl(QUrl(page.value))
