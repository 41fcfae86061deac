"""Paints the parts of a menu: its ground, the areas with their photos and decoration, icons and words."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPainterPath, QPen

from desktop.core.planning.rich_menu.colours import BLACK, WHITE, luminance, mixed
from desktop.core.planning.rich_menu.icons import ICONS
from desktop.ui import icons
from desktop.ui.menu_image.arranging import BADGE, Arrangement, Mode
from desktop.ui.menu_image.lettering import paint
from desktop.ui.menu_image.scheme import PHOTO_SHADE, PHOTO_SHADE_STRENGTH, Colours, Ground, Role
from desktop.ui.pictures.fitting import cropped

DESIGN = 2500.0
"""Across the menu; everything is designed in these pixels and scaled when painted."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How the areas of a look are cut.

    Args:
        margin: to the menu's edge; gap: between areas; radius: of the corners. All in design pixels.
        solid: icons in their solid form.
        full: photos fill the area.
        corner: texts stand in the lower left corner.
        rules: thin lines between the areas, this far from their ends; None: none.
    """

    margin: float = 0.0
    gap: float = 0.0
    radius: float = 0.0
    solid: bool = False
    full: bool = False
    corner: bool = False
    rules: float | None = None


SHAPES = MappingProxyType(
    {
        "tint": Shape(gap=14.0),
        "solid": Shape(solid=True, full=True),
        "cards": Shape(margin=46.0, gap=36.0, radius=54.0, solid=True),
        "gradient": Shape(full=True, rules=84.0),
        "lines": Shape(rules=0.0),
        "pop": Shape(margin=30.0, gap=26.0, radius=64.0, solid=True),
        "photo": Shape(gap=12.0, full=True, corner=True),
        "night": Shape(margin=34.0, gap=26.0, radius=30.0, full=True),
    }
)


def paint_ground(painter: QPainter, whole: QRectF, ground: Ground) -> None:
    """The whole menu's ground."""
    if not ground.second:
        painter.fillRect(whole, QColor(ground.first))
        return
    gradient = QLinearGradient(whole.topLeft(), whole.bottomRight())
    gradient.setColorAt(0.0, QColor(ground.first))
    gradient.setColorAt(1.0, QColor(ground.second))
    painter.fillRect(whole, gradient)


def paint_tile(
    painter: QPainter, arrangement: Arrangement, colours: Colours, look: str, role: Role, photo: QImage | None
) -> None:
    """One area: its fill, decoration, photo and frame."""
    tile = arrangement.tile
    shape = SHAPES.get(look, SHAPES["tint"])
    outline = QPainterPath()
    outline.addRoundedRect(tile, shape.radius, shape.radius)
    if look == "cards":
        painter.fillPath(outline.translated(0, 12), QColor(0, 0, 0, 38))
    if colours.fill:
        painter.fillPath(outline, QColor(colours.fill))
    if look == "pop" and colours.fill and not role.tab:
        _bubbles(painter, outline, tile, colours)
    if photo is not None and arrangement.photo is not None:
        painter.save()
        painter.setClipPath(outline)
        _photo(painter, arrangement, photo)
        painter.restore()
    if look == "night" and colours.line:
        painter.strokePath(outline, QPen(QColor(colours.line), 5.0))
    if look == "lines" and role.hero and arrangement.photo is None:
        pen = QPen(QColor(colours.icon), 6.0)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(tile.adjusted(46, 46, -46, -46))


def paint_rules(painter: QPainter, tile: QRectF, whole: QRectF, colour: str, inset: float) -> None:
    """Thin lines to the right of an area and below it, where it does not end at the menu's edge."""
    if not colour:
        return
    pen = QPen(QColor(colour), 5.0)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    across, down = min(inset, tile.width() / 4), min(inset, tile.height() / 4)
    if tile.right() < whole.right() - 1:
        painter.drawLine(
            QPointF(tile.right(), tile.top() + down), QPointF(tile.right(), tile.bottom() - down)
        )
    if tile.bottom() < whole.bottom() - 1:
        painter.drawLine(
            QPointF(tile.left() + across, tile.bottom()), QPointF(tile.right() - across, tile.bottom())
        )


def paint_icon(
    painter: QPainter, arrangement: Arrangement, colours: Colours, icon: str, *, solid: bool
) -> None:
    """The icon, on its disc where it has one."""
    box = arrangement.icon
    if box is None or icon not in ICONS:
        return
    if arrangement.badge and colours.badge:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.badge))
        half = box.width() * BADGE / 2
        painter.drawEllipse(box.center(), half, half)
    icons.paint(painter, box, f"fill/{icon}" if solid else icon, QColor(colours.icon))


def paint_words(painter: QPainter, arrangement: Arrangement, colours: Colours) -> None:
    """Title and subtitle."""
    align = Qt.AlignmentFlag.AlignHCenter if arrangement.centred else Qt.AlignmentFlag.AlignLeft
    if arrangement.title is not None and arrangement.title_box is not None:
        paint(painter, arrangement.title, arrangement.title_box, colours.ink, align)
    if arrangement.subtitle is not None and arrangement.subtitle_box is not None:
        paint(painter, arrangement.subtitle, arrangement.subtitle_box, colours.faint, align)


def _bubbles(painter: QPainter, outline: QPainterPath, tile: QRectF, colours: Colours) -> None:
    """Two large circles in a corner, on the side of the ground from which the ink is farther away."""
    away = BLACK if luminance(colours.ink) > luminance(colours.fill) else WHITE
    short = min(tile.width(), tile.height())
    painter.save()
    painter.setClipPath(outline)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(mixed(colours.fill, away, 0.16 if away == BLACK else 0.34)))
    painter.drawEllipse(tile.bottomRight(), short * 0.42, short * 0.42)
    painter.drawEllipse(tile.topLeft() + QPointF(short * 0.06, 0), short * 0.2, short * 0.2)
    painter.restore()


def _photo(painter: QPainter, arrangement: Arrangement, photo: QImage) -> None:
    box = arrangement.photo
    if box is None:
        return
    scale = painter.transform().m11()
    pixels = (max(1, round(box.width() * scale)), max(1, round(box.height() * scale)))
    painter.drawImage(box, cropped(photo, *pixels))
    if arrangement.mode is Mode.CORNER and (arrangement.title_box or arrangement.subtitle_box):
        _shade(painter, arrangement, box)


def _shade(painter: QPainter, arrangement: Arrangement, box: QRectF) -> None:
    """Darker towards the lower edge, and as dark as white text needs from above its first line on."""
    first = arrangement.title_box or arrangement.subtitle_box
    if first is None:
        return
    full = max((first.top() - 16.0 - box.top()) / box.height(), 0.02)
    shade = QLinearGradient(box.topLeft(), box.bottomLeft())
    clear, dark = QColor(PHOTO_SHADE), QColor(PHOTO_SHADE)
    clear.setAlphaF(0.0)
    dark.setAlphaF(PHOTO_SHADE_STRENGTH)
    shade.setColorAt(0.0, clear)
    shade.setColorAt(max(full - 0.45, 0.0), clear)
    shade.setColorAt(min(full, 0.98), dark)
    shade.setColorAt(1.0, dark)
    painter.fillRect(box, shade)
