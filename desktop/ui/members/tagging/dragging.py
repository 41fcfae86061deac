"""Members dragged onto a tag, or a tag onto members: what travels, and how it looks on the way."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt
from PySide6.QtGui import QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.chips import chip_size, paint_chip

TAG = "application/x-tagline-tag"
MEMBERS = "application/x-tagline-members"
"""The selection, whoever it is: nothing of a member leaves the program this way."""


def far_enough(start: QPoint, now: QPoint) -> bool:
    """Whether the mouse was moved far enough to mean dragging."""
    return (now - start).manhattanLength() >= QApplication.startDragDistance()


def drag_tag(source: QWidget, name: str, colour: str) -> None:
    """Drag a tag until it is let go."""
    data = QMimeData()
    data.setData(TAG, name.encode("utf-8"))
    carry(source, data, name, colour or theme.tag_colour(name))


def drag_members(source: QWidget, people: int) -> None:
    """Drag the selected members until they are let go."""
    data = QMimeData()
    data.setData(MEMBERS, b"")
    carry(source, data, t("members.hint.selected", n=people), "grey")


def carry(source: QWidget, data: QMimeData, text: str, colour: str) -> None:
    """Show a chip below the mouse until it is let go."""
    ratio = source.devicePixelRatio()
    size = chip_size(text, source.fontMetrics())
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setFont(source.font())
    paint_chip(painter, QRect(QPoint(0, 0), size), text, colour)
    painter.end()
    drag = QDrag(source)
    drag.setMimeData(data)
    drag.setPixmap(picture)
    drag.setHotSpot(QPoint(-theme.px(8), size.height() // 2))
    drag.exec(Qt.DropAction.CopyAction)


def tag_in(data: QMimeData) -> str | None:
    """The tag that is dragged, if one is."""
    return bytes(data.data(TAG).data()).decode("utf-8") if data.hasFormat(TAG) else None
