"""The file LINE gets for a menu: the drawn picture or the owner's own, in the menu's size, as JPEG or PNG of at most 1 MB."""

from __future__ import annotations

from typing import NamedTuple

from desktop.core.planning.rich_menu.checks import IMAGE_BYTES, ImageFacts
from desktop.core.planning.rich_menu.menu import RichMenu
from desktop.ui.menu_image.drawing import Pictures, draw
from desktop.ui.pictures.fitting import fit_bytes


class ImageBytes(NamedTuple):
    """A picture's file and its type, as ``image/png``."""

    data: bytes
    media_type: str


def image_bytes(menu: RichMenu, pictures: Pictures) -> ImageBytes:
    """The file to upload: exactly the menu's size, at most 1 MB whatever photos are in it."""
    image = draw(menu, pictures, width=menu.size.width)
    return ImageBytes(*fit_bytes(image, menu.size.width, menu.size.height, IMAGE_BYTES))


def image_facts(menu: RichMenu, pictures: Pictures) -> ImageFacts:
    """What the checks want to know of the file."""
    file = image_bytes(menu, pictures)
    return ImageFacts(menu.size.width, menu.size.height, len(file.data), file.media_type)
