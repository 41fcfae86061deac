"""Holds a menu against every rule LINE documents for rich menus and against what would disappoint friends: each finding says
where, what to do, and names a cure where the program can do it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.core.message import Message, message
from desktop.core.people.query.mistake import QueryMistake
from desktop.core.people.query_text import parse
from desktop.core.planning.action_rules import problems
from desktop.core.planning.actions import ActionKind
from desktop.core.planning.graphemes import count
from desktop.core.planning.rich_menu.colours import READABLE
from desktop.core.planning.rich_menu.grid import SMALLEST, overlapping
from desktop.core.planning.rich_menu.menu import MOST_AREAS, Area, RichMenu
from desktop.core.planning.rich_menu.to_line import NAME_LENGTH, switches_to

OK, WARNING, ERROR = "ok", "warning", "error"
"""An error keeps the menu from being published; a warning does not; what is ok is shown to give peace of mind."""

WIDTHS = (800, 2500)
LEAST_HEIGHT = 250
LEAST_RATIO = 1.45
CHAT_BAR_LENGTH = 14
"""Pixels, width to height, graphemes. Messaging API reference, "Rich menu object" and "Requirements for rich menu image"."""

IMAGE_BYTES = 1_000_000
"""LINE's "1 MB", taken narrowly."""

MEDIA_TYPES = ("image/jpeg", "image/png")


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """The picture that would be uploaded.

    Args:
        width, height: in pixels.
        size: in bytes.
        media_type: as ``image/jpeg``.
        enlarged: the owner's picture was smaller than the menu and had to be enlarged.
        tight: indexes of areas whose text had to be made so small that it is hard to read, or was cut.
        contrast: the least contrast of a text to what lies under it; None: the owner's picture, or no text.
    """

    width: int
    height: int
    size: int
    media_type: str
    enlarged: bool = False
    tight: tuple[int, ...] = ()
    contrast: float | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One finding.

    Args:
        id: which rule.
        state: OK, WARNING or ERROR.
        text: what is so, and what to do.
        area: index of the area it is about, or None.
        field: the field of the menu, the area or its action to mend.
        cure: id for ``cures.cured``; empty: only the owner can mend it.
    """

    id: str
    state: str
    text: Message
    area: int | None = None
    field: str = ""
    cure: str = ""


def checks(
    menu: RichMenu,
    *,
    image: ImageFacts | None = None,
    own_id: int | None = None,
    menus: Mapping[int, RichMenu] | None = None,
) -> tuple[Check, ...]:
    """All findings, errors first, then warnings, then what is in order.

    Args:
        menu: the menu.
        image: the picture as it would be uploaded; None leaves its rules out.
        own_id: the menu's own plan id.
        menus: all rich menus by plan id, for switches; None: unknown, targets are not checked.
    """
    order = (ERROR, WARNING, OK)
    found = [
        *_size(menu),
        *(_image(menu, image) if image is not None else ()),
        *_areas(menu),
        *_chat_bar(menu),
        *_actions(menu),
        *_switches(menu, own_id, menus),
        *_whom(menu),
        *_period(menu),
        *_name(menu),
    ]
    return tuple(sorted(found, key=lambda check: order.index(check.state)))


def errors(found: Collection[Check]) -> tuple[Check, ...]:
    """Those that keep a menu from being published."""
    return tuple(check for check in found if check.state == ERROR)


def _size(menu: RichMenu) -> Iterator[Check]:
    low, high = WIDTHS
    if not low <= menu.size.width <= high:
        text = message("rich_menu.check.width", width=menu.size.width, low=low, high=high)
        yield Check("width", ERROR, text, field="size", cure="size")
    if menu.size.height < LEAST_HEIGHT:
        text = message("rich_menu.check.height", height=menu.size.height, low=LEAST_HEIGHT)
        yield Check("height", ERROR, text, field="size", cure="size")
    if menu.size.ratio < LEAST_RATIO:
        text = message("rich_menu.check.ratio", low=f"{LEAST_RATIO:g}")
        yield Check("ratio", ERROR, text, field="size", cure="size")


def _image(menu: RichMenu, image: ImageFacts) -> Iterator[Check]:
    bad = []
    if (image.width, image.height) != menu.size:
        text = message(
            "rich_menu.check.image_size",
            width=str(image.width),
            height=str(image.height),
            wanted_width=str(menu.size.width),
            wanted_height=str(menu.size.height),
        )
        bad.append(Check("image_size", ERROR, text, field="own_picture"))
    if image.size > IMAGE_BYTES:
        text = message("rich_menu.check.image_bytes", kilobytes=-(-image.size // 1000))
        bad.append(Check("image_bytes", ERROR, text, field="own_picture"))
    if image.media_type not in MEDIA_TYPES:
        bad.append(Check("image_type", ERROR, message("rich_menu.check.image_type"), field="own_picture"))
    yield from bad
    if image.enlarged:
        text = message(
            "rich_menu.check.image_enlarged", width=str(menu.size.width), height=str(menu.size.height)
        )
        yield Check("image_enlarged", WARNING, text, field="own_picture")
    yield from _contrast(image.contrast)
    for at in image.tight:
        text = message("rich_menu.check.text_small", area=called(menu.areas[at], at))
        yield Check("text_small", WARNING, text, area=at, field="title")
    if not bad:
        text = message(
            "rich_menu.check.image_ok",
            width=str(image.width),
            height=str(image.height),
            kilobytes=-(-image.size // 1000),
        )
        yield Check("image_ok", OK, text)


def _contrast(ratio: float | None) -> Iterator[Check]:
    if ratio is None:
        return
    # Rounded down: what is said must not be more than there is.
    shown = f"{int(ratio * 10) / 10:.1f}"
    if ratio < READABLE:
        text = message("rich_menu.check.contrast", ratio=shown, least=f"{READABLE:.1f}")
        yield Check("contrast", WARNING, text, field="style")
    else:
        yield Check("contrast_ok", OK, message("rich_menu.check.contrast_ok", ratio=shown))


def _areas(menu: RichMenu) -> Iterator[Check]:
    number = len(menu.areas)
    if not any(area.action.kind is not ActionKind.NONE for area in menu.areas):
        yield Check("no_areas", ERROR, message("rich_menu.check.no_areas"), field="areas")
    if number > MOST_AREAS:
        text = message("rich_menu.check.too_many_areas", n=number, limit=MOST_AREAS)
        yield Check("too_many_areas", ERROR, text, field="areas")
    elif number:
        yield Check("areas_ok", OK, message("rich_menu.check.areas_ok", n=number, limit=MOST_AREAS))
    for at, area in enumerate(menu.areas):
        yield from _bounds(menu, at, area)
    for one, other in overlapping(area.rect for area in menu.areas):
        text = message(
            "rich_menu.check.overlap",
            area=called(menu.areas[one], one),
            other=called(menu.areas[other], other),
        )
        yield Check("overlap", WARNING, text, area=other, field="rect")


def _bounds(menu: RichMenu, at: int, area: Area) -> Iterator[Check]:
    rect, name = area.rect, called(area, at)
    if rect.x < 0 or rect.y < 0:
        text = message("rich_menu.check.outside", area=name)
        yield Check("outside", ERROR, text, area=at, field="rect", cure="fit_inside")
    elif rect.width < 1 or rect.height < 1:
        yield Check("empty", ERROR, message("rich_menu.check.empty", area=name), area=at, field="rect")
    elif rect.right > menu.size.width or rect.bottom > menu.size.height:
        # Not documented as refused: LINE's own examples are a pixel too wide.
        text = message("rich_menu.check.over_the_edge", area=name)
        yield Check("over_the_edge", WARNING, text, area=at, field="rect", cure="fit_inside")
    elif rect.width < SMALLEST or rect.height < SMALLEST:
        yield Check("small", WARNING, message("rich_menu.check.small", area=name), area=at, field="rect")
    if menu.own_picture is None and not (area.title.strip() or area.icon or area.photo is not None):
        text = message("rich_menu.check.blank", area=name)
        yield Check("blank", WARNING, text, area=at, field="title")


def _chat_bar(menu: RichMenu) -> Iterator[Check]:
    length = count(menu.chat_bar_text.strip())
    if not length:
        text = message("rich_menu.check.chat_bar_missing")
        yield Check("chat_bar_missing", ERROR, text, field="chat_bar_text", cure="chat_bar")
    elif length > CHAT_BAR_LENGTH:
        text = message("rich_menu.check.chat_bar_long", n=length, limit=CHAT_BAR_LENGTH)
        yield Check("chat_bar_long", ERROR, text, field="chat_bar_text", cure="chat_bar")
    else:
        text = message("rich_menu.check.chat_bar_ok", n=length, limit=CHAT_BAR_LENGTH)
        yield Check("chat_bar_ok", OK, text)


def _actions(menu: RichMenu) -> Iterator[Check]:
    bad = False
    for at, area in enumerate(menu.areas):
        if area.action.kind is ActionKind.NONE and not (
            area.title.strip() or area.subtitle.strip() or area.icon
        ):
            continue  # A picture that is only looked at, or a blank area, which has its own finding.
        for problem in problems(area.action):
            bad = bad or not problem.warning
            text = message("rich_menu.check.action", area=called(area, at), problem=problem.text)
            state = WARNING if problem.warning else ERROR
            cure = "https" if problem.id == "uri_scheme" else ("label" if problem.id == "label_long" else "")
            yield Check(problem.id, state, text, area=at, field=f"action.{problem.field}", cure=cure)
    if menu.areas and not bad:
        yield Check("actions_ok", OK, message("rich_menu.check.actions_ok"))


def _switches(menu: RichMenu, own_id: int | None, menus: Mapping[int, RichMenu] | None) -> Iterator[Check]:
    for at, area in enumerate(menu.areas):
        target = area.action.menu
        if area.action.kind is not ActionKind.SWITCH or target is None or menus is None:
            continue
        name = called(area, at)
        if target == own_id:
            if any(other != own_id for other in switches_to(menu)):
                continue  # One tab of several, the one that is open.
            text = message("rich_menu.check.switch_to_itself", area=name)
            yield Check("switch_to_itself", WARNING, text, area=at, field="action.menu")
        elif target not in menus:
            text = message("rich_menu.check.switch_gone", area=name)
            yield Check("switch_gone", ERROR, text, area=at, field="action.menu")
        elif own_id is not None and own_id not in switches_to(menus[target]):
            text = message("rich_menu.check.no_way_back", area=name, menu=menus[target].name)
            yield Check("no_way_back", WARNING, text, area=at, field="action.menu")


def _whom(menu: RichMenu) -> Iterator[Check]:
    try:
        parse(menu.for_whom, extra_columns=None)
    except QueryMistake as mistake:
        text = message("rich_menu.check.query_wrong", mistake=mistake.text)
        yield Check("query_wrong", ERROR, text, field="for_whom")


def _period(menu: RichMenu) -> Iterator[Check]:
    days = {}
    for field, written in (("starts", menu.starts), ("ends", menu.ends)):
        if not written:
            continue
        try:
            days[field] = date.fromisoformat(written)
        except ValueError:
            yield Check("day_wrong", ERROR, message("rich_menu.check.day_wrong"), field=field)
    if len(days) == 2 and days["starts"] > days["ends"]:
        yield Check("period", ERROR, message("rich_menu.check.period"), field="ends", cure="period")


def _name(menu: RichMenu) -> Iterator[Check]:
    length = count(menu.name)
    if not menu.name.strip():
        yield Check("name_missing", ERROR, message("rich_menu.check.name_missing"), field="name")
    elif length > NAME_LENGTH:
        text = message("rich_menu.check.name_long", n=length, limit=NAME_LENGTH)
        yield Check("name_long", ERROR, text, field="name")


def called(area: Area, index: int) -> Message:
    """How a finding calls an area: by what stands on it, or by its number."""
    title = " ".join(area.title.split())
    return (
        message("rich_menu.area_named", title=title)
        if title
        else message("rich_menu.area_number", n=index + 1)
    )
