"""A phone as a picture, with the whole conversation on it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from desktop.ui.phone.chat import Chat, Scene
from desktop.ui.phone.screen import Frame, Menu, paint_phone


def to_image(chat: Chat, menu: Menu | None = None, *, scale: float = 2.0, whole: bool = True) -> QImage:
    """A phone with a chat as a picture on a transparent ground.

    Args:
        chat: what it shows.
        menu: the rich menu below it.
        scale: pixels a point of the phone.
        whole: make the phone as long as the conversation needs, else as long as the device is.
    """
    scene = Scene(chat)
    device = chat.look.device
    frame = Frame(device, device.height, menu)
    missing = scene.height - frame.view.height()
    if whole and missing > 0:
        frame = Frame(device, device.height + missing, menu)
    outline = frame.outline
    image = QImage(
        round(outline.width() * scale),
        round(outline.height() * scale),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.scale(scale, scale)
    painter.translate(-outline.topLeft())
    paint_phone(painter, scene, frame)
    painter.end()
    return image
