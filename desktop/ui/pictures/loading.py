"""Reads pictures of any format Qt knows, turned as the camera meant them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageReader

from desktop.core.errors import UserError
from desktop.core.message import message

MOST_PIXELS = 60_000_000
"""Pictures with more pixels are read smaller: a phone's panorama would need more memory than a small computer has."""


class UnreadablePicture(UserError):
    """The file is no picture Qt can read."""


def load(path: Path) -> QImage:
    """The picture in a file, upright.

    Raises:
        UnreadablePicture: the file is missing, damaged or of an unknown format.
    """
    reader = QImageReader(str(path))
    return _read(reader, path.name)


def load_bytes(data: bytes, name: str = "") -> QImage:
    """The picture in a file's bytes, upright.

    Raises:
        UnreadablePicture: they are no picture.
    """
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return _read(QImageReader(buffer), name)


def _read(reader: QImageReader, name: str) -> QImage:
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    reader.setAllocationLimit(0)
    size = reader.size()
    pixels = size.width() * size.height()
    if size.isValid() and pixels > MOST_PIXELS:
        share = (MOST_PIXELS / pixels) ** 0.5
        reader.setScaledSize(QSize(int(size.width() * share), int(size.height() * share)))
    image = reader.read()
    if image.isNull():
        raise UnreadablePicture(
            message("rich_menu.picture.unreadable", name=name), details=reader.errorString()
        )
    return image
