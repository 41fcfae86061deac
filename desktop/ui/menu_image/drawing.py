"""Draws a rich menu as the picture friends see: the ground and the areas of its look, photos, icons, and texts that fit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.core.planning.rich_menu.menu import RichMenu

Pictures = Callable[[int], QImage | None]
"""Id of a kept picture → the picture, or None where it is gone."""

WIDTH = 2500


def draw(menu: RichMenu, pictures: Pictures, *, width: int = WIDTH) -> QImage:
    """The menu's picture.

    Args:
        menu: the menu; its own picture is shown where it has one.
        pictures: gives the kept pictures it shows.
        width: of the result in pixels; the height follows the menu's size. The same drawing at every width.
    """
    height = max(1, round(width * menu.size.height / menu.size.width))
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#f4f7f1"))
    painter = QPainter(image)
    scale = width / menu.size.width
    for area in menu.areas:
        rect = QRectF(*area.rect)
        where = QRectF(rect.x() * scale, rect.y() * scale, rect.width() * scale, rect.height() * scale)
        painter.drawRect(where)
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter, area.title)
    painter.end()
    return image
