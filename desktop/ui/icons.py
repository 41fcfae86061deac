"""Line icons in the colours of the theme. Each file under resources/icons holds one path; it is read when first painted and
drawn at whatever size and colour is asked, so that nothing has to be rendered again after a change of theme or screen."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPainter, QPainterPath, QPixmap

from desktop.paths import resources_folder
from desktop.ui import theme

GRID = 256.0
_PARTS = re.compile(r"[MLC]|-?[\d.]+")


def icon(name: str, role: str = "ink") -> QIcon:
    """The icon ``name`` (a file of resources/icons) in the colour of ``role``, whatever theme is in use when it is painted."""
    return QIcon(_LineIcon(name, role))


def pixmap(name: str, role: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of ``size`` × ``size`` logical pixels, on a screen with ``ratio`` device pixels each."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint(painter, QRectF(0, 0, size, size), name, theme.colour(role))
    painter.end()
    return picture


def paint(painter: QPainter, rect: QRectF | QRect, name: str, colour: QColor) -> None:
    """Draw the icon into ``rect`` (its shorter side decides the size)."""
    area = QRectF(rect)
    side = min(area.width(), area.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(area.x() + (area.width() - side) / 2, area.y() + (area.height() - side) / 2)
    painter.scale(side / GRID, side / GRID)
    painter.fillPath(path(name), colour)
    painter.restore()


@cache
def path(name: str) -> QPainterPath:
    """The outline of an icon on a grid of 256 × 256."""
    return parse((resources_folder() / "icons" / f"{name}.svg").read_text("utf-8"))


def parse(svg: str) -> QPainterPath:
    """Read the one path of our icon files (absolute M, L and C commands)."""
    drawn = QPainterPath()
    drawn.setFillRule(Qt.FillRule.WindingFill)
    words = _PARTS.findall(svg.partition(' d="')[2].partition('"')[0])
    at = 0
    while at < len(words):
        command = words[at]
        if command == "C":
            a, b, c, d, e, f = map(float, words[at + 1 : at + 7])
            drawn.cubicTo(a, b, c, d, e, f)
            at += 7
        else:
            x, y = float(words[at + 1]), float(words[at + 2])
            drawn.moveTo(x, y) if command == "M" else drawn.lineTo(x, y)
            at += 3
    return drawn


class _LineIcon(QIconEngine):
    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = "disabled" if mode == QIcon.Mode.Disabled else self._role
        paint(painter, rect, self._name, theme.colour(role))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return QPixmap.fromImage(image)

    def clone(self) -> QIconEngine:
        return _LineIcon(self._name, self._role)
