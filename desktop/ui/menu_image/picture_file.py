"""The file LINE gets for a menu: the drawn picture or the owner's own, in the menu's size, as JPEG or PNG of at most 1 MB."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QImage

from desktop.core.planning.rich_menu.checks import IMAGE_BYTES, ImageFacts
from desktop.core.planning.rich_menu.menu import RichMenu
from desktop.ui.menu_image.drawing import Pictures, draw, least_contrast, tight
from desktop.ui.pictures.fitting import fit_bytes


class ImageBytes(NamedTuple):
    """A picture's file and its type, as ``image/png``."""

    data: bytes
    media_type: str


def image_bytes(menu: RichMenu, pictures: Pictures) -> ImageBytes:
    """The file to upload: exactly the menu's size, at most 1 MB whatever photos are in it."""
    return _written(menu, draw(menu, pictures, width=menu.size.width))


def image_facts(menu: RichMenu, pictures: Pictures) -> ImageFacts:
    """What the checks want to know of the file: its weight, whether the owner's picture was too small, which texts are."""
    own = pictures(menu.own_picture) if menu.own_picture is not None else None
    file = image_bytes(menu, pictures)
    enlarged = own is not None and (own.width() < menu.size.width or own.height() < menu.size.height)
    return ImageFacts(
        menu.size.width,
        menu.size.height,
        len(file.data),
        file.media_type,
        enlarged=enlarged,
        tight=() if own is not None else tight(menu, pictures),
        contrast=None if own is not None else least_contrast(menu, pictures),
    )


def _written(menu: RichMenu, image: QImage) -> ImageBytes:
    # Photos never fit as PNG, and to find that out takes seconds.
    drawn = not menu.pictures()
    return ImageBytes(*fit_bytes(image, menu.size.width, menu.size.height, IMAGE_BYTES, png=drawn))
