"""Where icon, title, subtitle and photo stand in each area: beside each other in wide areas, above each other otherwise; areas of
one size get letters of one size and stand on one line, as a designer would set them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import sqrt

from PySide6.QtCore import QRectF

from desktop.core.planning.rich_menu.menu import Area
from desktop.ui.menu_image.lettering import Lettering, fitted, smaller

TITLE_SHARE = 0.122
SUBTITLE_SHARE = 0.6
SMALLEST_TITLE, LARGEST_TITLE = 86.0, 190.0
ALONE = 1.25
"""A title without an icon is larger by this."""

LEAST_SUBTITLE = 50.0
BADGE = 1.72
"""A disc behind an icon, in sizes of the icon."""


class Mode(StrEnum):
    """How an area is arranged."""

    ROW = "row"
    STACK = "stack"
    CORNER = "corner"
    STRIP = "strip"
    SIDE = "side"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One area, in design pixels (2500 across the menu).

    Args:
        mode: how.
        tile: the area as it is painted.
        text: the room for its texts.
        icon: where the icon stands (None: none); ``badge``: whether a disc lies behind it.
        photo: where the photo stands (None: none).
        title, subtitle: the letters; title_box, subtitle_box: where they stand.
    """

    mode: Mode
    tile: QRectF
    text: QRectF
    icon: QRectF | None = None
    badge: bool = False
    photo: QRectF | None = None
    title: Lettering | None = None
    subtitle: Lettering | None = None
    title_box: QRectF | None = None
    subtitle_box: QRectF | None = None

    @property
    def centred(self) -> bool:
        """Whether lines are centred rather than flush left."""
        return self.mode in (Mode.STACK, Mode.STRIP)


@dataclass(frozen=True, slots=True)
class Wish:
    """What an area is arranged from.

    Args:
        area: its words and icon.
        tile: where it is painted.
        photo: whether it has a photo to show.
        badge: whether its icon gets a disc.
        full: photos fill the area rather than a part of it.
        corner: texts stand in the lower left corner.
        tab: it is a tab: one line.
    """

    area: Area
    tile: QRectF
    photo: bool = False
    badge: bool = False
    full: bool = False
    corner: bool = False
    tab: bool = False


def arranged(wishes: Sequence[Wish], families: tuple[str, ...]) -> list[Arrangement]:
    """Every area arranged, those of one size alike."""
    drafts = [_draft(wish, families) for wish in wishes]
    groups = _alike(drafts, wishes)
    for members in groups:
        _even_out(drafts, members)
    tall = {at: _tallest([drafts[one] for one in members]) for members in groups for at in members}
    return [
        _placed(draft, wish, tall[at]) for at, (draft, wish) in enumerate(zip(drafts, wishes, strict=True))
    ]


def _alike(drafts: Sequence[Arrangement], wishes: Sequence[Wish]) -> list[list[int]]:
    """Indexes of areas arranged in one way whose sizes no eye tells apart."""
    groups: list[list[int]] = []
    for at, draft in enumerate(drafts):
        for members in groups:
            first = drafts[members[0]]
            near = (
                abs(first.tile.width() - draft.tile.width()) + abs(first.tile.height() - draft.tile.height())
                < 40
            )
            if near and first.mode is draft.mode and wishes[members[0]].tab == wishes[at].tab:
                members.append(at)
                break
        else:
            groups.append([at])
    return groups


def _draft(wish: Wish, families: tuple[str, ...]) -> Arrangement:
    tile = wish.tile
    mode = _mode(wish)
    photo, room = _rooms(mode, wish)
    pad = min(72.0, 0.1 * min(room.width(), room.height()))
    text = room.adjusted(pad, pad * 0.8, -pad, -pad * 0.8)
    icon = _icon_side(mode, wish, text)
    beside = icon * (BADGE if wish.badge else 1.0) * 1.3 if mode is Mode.ROW and icon else 0.0
    width = max(text.width() - beside, 40.0)
    size = _title_size(mode, wish, room)
    lines = 3 if mode in (Mode.STACK, Mode.CORNER) and text.height() > 560 and size < 170 else 2
    above = icon * 1.15 if mode in (Mode.STACK, Mode.CORNER) and icon else 0.0
    # In a stack the icon gives way to the letters, but not wholly.
    kept = max(0.55 * above, 0.32 * text.height()) if mode is Mode.STACK and icon else above
    height = max(text.height() - kept, text.height() * 0.45)
    title = subtitle = None
    if wish.area.title.strip():
        share = 0.62 if wish.area.subtitle.strip() and not wish.tab else 1.0
        title = fitted(wish.area.title, width, height * share, size, lines, bold=True, families=families)
    if wish.area.subtitle.strip() and not wish.tab:
        left = height - (title.height if title else 0.0)
        small = max(LEAST_SUBTITLE, (title.size if title else size) * SUBTITLE_SHARE)
        subtitle = fitted(wish.area.subtitle, width, left, small, 2, bold=False, families=families)
    box = QRectF(0, 0, icon, icon) if icon else None
    return Arrangement(mode, tile, text, box, wish.badge and icon > 0, photo, title, subtitle)


def _mode(wish: Wish) -> Mode:
    ratio = wish.tile.width() / max(wish.tile.height(), 1.0)
    if wish.tab:
        return Mode.ROW
    if wish.photo and not wish.full and ratio >= 1.8 and wish.tile.width() >= 1400:
        return Mode.SIDE
    if wish.photo and not wish.full and wish.tile.height() >= 600:
        return Mode.STRIP
    words = bool(wish.area.title.strip() or wish.area.subtitle.strip())
    if wish.photo or (wish.corner and words):
        return Mode.CORNER
    return Mode.ROW if ratio >= 2.1 else Mode.STACK


def _rooms(mode: Mode, wish: Wish) -> tuple[QRectF | None, QRectF]:
    """Where the photo stands, and what is left for the texts."""
    tile = wish.tile
    if mode is Mode.STRIP:
        words = bool(wish.area.title.strip() or wish.area.subtitle.strip())
        high = tile.height() * ((0.6 if wish.area.subtitle.strip() else 0.68) if words else 1.0)
        return QRectF(tile.x(), tile.y(), tile.width(), high), tile.adjusted(0, high, 0, 0)
    if mode is Mode.SIDE:
        wide = min(tile.width() * 0.5, tile.height() * 1.4)
        return QRectF(tile.x(), tile.y(), wide, tile.height()), tile.adjusted(wide, 0, 0, 0)
    return (QRectF(tile) if wish.photo and not wish.tab else None), QRectF(tile)


def _title_size(mode: Mode, wish: Wish, room: QRectF) -> float:
    if wish.tab:
        return min(100.0, 0.42 * room.height())
    size = TITLE_SHARE * sqrt(wish.tile.width() * wish.tile.height())
    if not wish.area.icon and not wish.photo:
        size *= ALONE
    size = min(max(size, SMALLEST_TITLE), LARGEST_TITLE)
    share = {Mode.STRIP: 0.4, Mode.ROW: 0.3, Mode.STACK: 0.21}.get(mode, 0.24)
    return min(size, share * room.height())


def _icon_side(mode: Mode, wish: Wish, text: QRectF) -> float:
    if not wish.area.icon or mode in (Mode.STRIP, Mode.SIDE):
        return 0.0
    words = bool(wish.area.title.strip())
    disc = BADGE if wish.badge else 1.0
    if mode is Mode.ROW:
        return min(text.height() * (0.78 if wish.tab else 0.62), text.width() * 0.28) / disc
    if mode is Mode.CORNER:
        return 0.0 if wish.photo else min(text.height() * 0.3, text.width() * 0.3, 300.0)
    share = 0.42 if words else 0.7
    return min(text.height() * share, text.width() * (0.44 if words else 0.7), 520.0) / (
        disc * 0.86 if disc > 1 else 1.0
    )


def _even_out(drafts: list[Arrangement], members: list[int]) -> None:
    """Letters of one size, unless one text is so long that it would make all others small."""
    title = _common_size([drafts[at].title for at in members])
    subtitle = _common_size([drafts[at].subtitle for at in members])
    for at in members:
        draft = drafts[at]
        drafts[at] = replace(
            draft,
            title=smaller(draft.title, title) if draft.title else None,
            subtitle=smaller(draft.subtitle, subtitle) if draft.subtitle else None,
        )


def _common_size(texts: list[Lettering | None]) -> float:
    sizes = [text.size for text in texts if text is not None]
    return max(min(sizes), 0.8 * max(sizes)) if sizes else 0.0


def _tallest(group: list[Arrangement]) -> Arrangement:
    """One with the tallest title and subtitle of the group, by which all are set."""
    title = max((one.title for one in group if one.title), key=lambda one: one.height, default=None)
    subtitle = max((one.subtitle for one in group if one.subtitle), key=lambda one: one.height, default=None)
    return replace(group[0], title=title, subtitle=subtitle)


def _placed(draft: Arrangement, wish: Wish, tall: Arrangement) -> Arrangement:
    if draft.mode in (Mode.STACK, Mode.STRIP):
        return _stacked(draft, tall)
    if draft.mode is Mode.CORNER:
        return _cornered(draft)
    return _beside(draft)


def _height(draft: Arrangement) -> float:
    title = draft.title.height if draft.title else 0.0
    subtitle = draft.subtitle.height if draft.subtitle else 0.0
    between = 0.14 * draft.title.size if draft.title and draft.subtitle else 0.0
    return title + between + subtitle


def _stacked(draft: Arrangement, tall: Arrangement) -> Arrangement:
    words = _height(tall)
    side = draft.icon.width() if draft.icon else 0.0
    disc = BADGE if draft.badge else 1.0
    gap = 0.3 * (tall.title.size if tall.title else 0.0)
    # What is too tall takes room from the icon, never from the letters.
    side = max(min(side, (draft.text.height() - words - gap) / disc), 0.0)
    if side * disc < 0.16 * draft.text.height():
        side = 0.0
    block = words + (side * disc + gap if side else 0.0)
    top = draft.text.center().y() - block / 2
    icon = None
    if side:
        icon = QRectF(draft.text.center().x() - side / 2, top + (disc - 1) * side / 2, side, side)
        top += side * disc + gap
    return _with_words(draft, icon, QRectF(draft.text.x(), top, draft.text.width(), words))


def _cornered(draft: Arrangement) -> Arrangement:
    words = _height(draft)
    top = draft.text.bottom() - words
    icon = None
    if draft.icon:
        side = min(draft.icon.width(), max(top - draft.text.top() - 20.0, 0.0))
        icon = QRectF(draft.text.x(), draft.text.top(), side, side) if side > 60 else None
    return _with_words(draft, icon, QRectF(draft.text.x(), top, draft.text.width(), words))


def _beside(draft: Arrangement) -> Arrangement:
    words = _height(draft)
    side = draft.icon.width() if draft.icon else 0.0
    disc = BADGE if draft.badge else 1.0
    gap = side * disc * 0.24
    longest = max((one.width for one in (draft.title, draft.subtitle) if one), default=0.0)
    block = side * disc + (gap if side and longest else 0.0) + longest
    left = draft.text.x() + max((draft.text.width() - block) / 2, 0.0)
    middle = draft.text.center().y()
    icon = QRectF(left + (disc - 1) * side / 2, middle - side / 2, side, side) if side else None
    start = left + (side * disc + gap if side else 0.0)
    return _with_words(draft, icon, QRectF(start, middle - words / 2, longest + 1, words))


def _with_words(draft: Arrangement, icon: QRectF | None, box: QRectF) -> Arrangement:
    title_box = subtitle_box = None
    top = box.y()
    if draft.title:
        title_box = QRectF(box.x(), top, box.width(), draft.title.height)
        top += draft.title.height + 0.14 * draft.title.size
    if draft.subtitle:
        subtitle_box = QRectF(box.x(), top, box.width(), draft.subtitle.height)
    return replace(draft, icon=icon, title_box=title_box, subtitle_box=subtitle_box)
