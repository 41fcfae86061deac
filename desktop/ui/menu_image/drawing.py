"""Draws a rich menu as the picture friends see: the ground and the areas of its look, photos, icons, and texts that fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.core.planning.rich_menu.colours import contrast
from desktop.core.planning.rich_menu.menu import Rect, RichMenu
from desktop.ui.menu_image.arranging import Arrangement, Mode, Wish, arranged
from desktop.ui.menu_image.lettering import families_for
from desktop.ui.menu_image.painting import (
    DESIGN,
    SHAPES,
    Shape,
    paint_ground,
    paint_icon,
    paint_rules,
    paint_tile,
    paint_words,
)
from desktop.ui.menu_image.scheme import Colours, Role, colours_of, ground_of, on_photo, roles
from desktop.ui.pictures.fitting import covered

Pictures = Callable[[int], QImage | None]
"""Id of a kept picture → the picture, or None where it is gone."""

WIDTH = 2500


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """One area as it will be painted, in design pixels."""

    arrangement: Arrangement
    colours: Colours
    role: Role
    photo: QImage | None
    icon: str


def draw(menu: RichMenu, pictures: Pictures, *, width: int = WIDTH, words: bool = True) -> QImage:
    """The menu's picture.

    Args:
        menu: the menu; its own picture is shown where it has one.
        pictures: gives the kept pictures it shows.
        width: of the result in pixels; the height follows the menu's size. The same drawing at every width.
        words: False leaves titles and subtitles out.
    """
    height = max(1, round(width * menu.size.height / menu.size.width))
    own = pictures(menu.own_picture) if menu.own_picture is not None else None
    if own is not None:
        return covered(own, width, height)
    areas = designed(menu, pictures)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(ground_of(menu).first))
    painter = QPainter(image)
    for hint in (QPainter.RenderHint.Antialiasing, QPainter.RenderHint.SmoothPixmapTransform):
        painter.setRenderHint(hint)
    # The last row of pixels is filled wholly, though the proportions rarely give a whole number of rows.
    painter.scale(width / DESIGN, height / (DESIGN / menu.size.ratio))
    _paint(painter, menu, areas, words)
    painter.end()
    return image


def designed(menu: RichMenu, pictures: Pictures) -> list[DrawnArea]:
    """Every area arranged and coloured."""
    shape = _shape(menu)
    known = roles(menu)
    photos = [pictures(area.photo) if area.photo is not None else None for area in menu.areas]
    colours = [colours_of(menu, area, role) for area, role in zip(menu.areas, known, strict=True)]
    wishes = [
        Wish(
            area,
            _tile(menu, area.rect, shape),
            photo=photo is not None and not role.tab,
            badge=bool(colour.badge),
            full=shape.full,
            corner=shape.corner,
            tab=role.tab,
        )
        for area, photo, colour, role in zip(menu.areas, photos, colours, known, strict=True)
    ]
    families = families_for(" ".join(f"{area.title} {area.subtitle}" for area in menu.areas))
    found = []
    for at, arrangement in enumerate(arranged(wishes, families)):
        covers = arrangement.photo is not None and arrangement.mode is Mode.CORNER
        colour = on_photo(colours[at]) if covers else colours[at]
        found.append(DrawnArea(arrangement, colour, known[at], photos[at], menu.areas[at].icon))
    return found


def tight(menu: RichMenu, pictures: Pictures) -> tuple[int, ...]:
    """Indexes of the areas whose title had to be made hard to read, or any of whose text was cut."""
    if menu.own_picture is not None:
        return ()
    return tuple(
        at
        for at, one in enumerate(designed(menu, pictures))
        if any(text is not None and text.tight for text in (one.arrangement.title, one.arrangement.subtitle))
    )


def least_contrast(menu: RichMenu, pictures: Pictures) -> float | None:
    """The least contrast of any text to what may lie under it; None where no text is drawn."""
    found = [
        contrast(ink, ground)
        for one in designed(menu, pictures)
        for ink, text in (
            (one.colours.ink, one.arrangement.title),
            (one.colours.faint, one.arrangement.subtitle),
        )
        if text is not None
        for ground in one.colours.grounds
    ]
    return min(found, default=None)


def _paint(painter: QPainter, menu: RichMenu, areas: list[DrawnArea], words: bool) -> None:
    look, shape = menu.style.look, _shape(menu)
    whole = QRectF(0, 0, DESIGN, DESIGN / menu.size.ratio)
    paint_ground(painter, whole, ground_of(menu))
    for one in areas:
        paint_tile(painter, one.arrangement, one.colours, look, one.role, one.photo)
    if shape.rules is not None:
        for one in areas:
            paint_rules(painter, one.arrangement.tile, whole, one.colours.line, shape.rules)
    for one in areas:
        paint_icon(painter, one.arrangement, one.colours, one.icon, solid=shape.solid)
        if words:
            paint_words(painter, one.arrangement, one.colours)


def _shape(menu: RichMenu) -> Shape:
    return SHAPES.get(menu.style.look, SHAPES["tint"])


def _tile(menu: RichMenu, rect: Rect, shape: Shape) -> QRectF:
    """The area in design pixels, with the look's margin around the whole and half a gap on each side taken off.

    Everything is drawn together by the margin first, so that areas of one size stay of one size.
    """
    width, height = DESIGN, DESIGN / menu.size.ratio
    around = max(shape.margin - shape.gap / 2, 0.0)
    across = (width - 2 * around) / menu.size.width
    down = (height - 2 * around) / menu.size.height
    tile = QRectF(around + rect.x * across, around + rect.y * down, rect.width * across, rect.height * down)
    left, top, right, bottom = (
        shape.gap / 2 if inner or around else 0.0
        for inner in (
            rect.x > 0,
            rect.y > 0,
            rect.right < menu.size.width,
            rect.bottom < menu.size.height,
        )
    )
    return tile.adjusted(left, top, -right, -bottom)
