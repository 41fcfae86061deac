"""Brings a picture to a size in pixels and below a weight in bytes, as LINE wants its pictures."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QBuffer, QIODevice, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

QUALITIES = (95, 92, 88, 84, 80, 74, 68, 60, 50, 40, 30, 20, 10)
"""JPEG qualities, best first."""


class FittedPicture(NamedTuple):
    """A picture's file and its type, ``image/jpeg`` or ``image/png``."""

    data: bytes
    media_type: str


def fit_bytes(
    image: QImage,
    width: int,
    height: int,
    at_most_bytes: int,
    *,
    ground: str = "#ffffff",
    png: bool = True,
) -> FittedPicture:
    """The picture as a file of exactly that size in pixels and at most that weight.

    PNG where it fits, because flat colours and letters stay sharp; otherwise JPEG of the best quality that fits. What
    stands over at the longer side is cut off evenly.

    Args:
        image: any picture.
        width, height: in pixels.
        at_most_bytes: of the file.
        ground: colour behind what is transparent, for JPEG has no transparency.
        png: False never tries PNG.
    Raises:
        ValueError: not even the lowest quality fits (no picture of the sizes LINE takes comes near).
    """
    whole = covered(image, width, height, ground=ground)
    if png:
        data = encoded(whole, "PNG")
        if len(data) <= at_most_bytes:
            return FittedPicture(data, "image/png")
    for quality in QUALITIES:
        data = encoded(whole, "JPEG", quality)
        if len(data) <= at_most_bytes:
            return FittedPicture(data, "image/jpeg")
    raise ValueError(f"{width} × {height} pixels do not fit into {at_most_bytes} bytes")


def covered(image: QImage, width: int, height: int, *, ground: str = "#ffffff") -> QImage:
    """The picture scaled to fill the size, the overhang cut off evenly, without transparency."""
    result = QImage(width, height, QImage.Format.Format_RGB32)
    result.fill(QColor(ground))
    painter = QPainter(result)
    painter.drawImage(0, 0, cropped(image, width, height))
    painter.end()
    return result


def cropped(image: QImage, width: int, height: int) -> QImage:
    """The picture scaled to fill the size, the overhang cut off evenly; transparency stays."""
    if (image.width(), image.height()) == (width, height):
        return image
    wanted = QSize(width, height).scaled(image.size(), Qt.AspectRatioMode.KeepAspectRatio)
    part = QRect(
        (image.width() - wanted.width()) // 2,
        (image.height() - wanted.height()) // 2,
        max(wanted.width(), 1),
        max(wanted.height(), 1),
    )
    whole = image if part == image.rect() else image.copy(part)
    return whole.scaled(
        width,
        height,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def encoded(image: QImage, file_format: str, quality: int = -1) -> bytes:
    """The picture as the bytes of a file, ``"PNG"`` or ``"JPEG"``."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, file_format, quality):  # type: ignore[call-overload]
        raise ValueError(f"a picture of {image.width()} × {image.height()} pixels cannot be written")
    return bytes(buffer.data().data())
