"""A rich menu as the owner plans it: its size, its areas with what they say and do, its look, for whom it is and when. One plan
of the kind ``rich_menu`` holds one; its content is JSON that later versions may have added to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from desktop.core.planning.actions import NO_ACTION, Action

MOST_AREAS = 20
"""Messaging API reference, "Rich menu object", areas."""


class Size(NamedTuple):
    """Width and height in pixels of the picture LINE gets."""

    width: int
    height: int

    @property
    def ratio(self) -> float:
        """Width to height."""
        return self.width / self.height


LARGE = Size(2500, 1686)
COMPACT = Size(2500, 843)
"""The two sizes of LINE's own templates."""


class Rect(NamedTuple):
    """A rectangle in pixels of the menu, from its upper left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column no longer in it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row no longer in it."""
        return self.y + self.height

    def overlaps(self, other: Rect) -> bool:
        """Whether both share a pixel."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True, slots=True)
class Area:
    """One field of the menu that can be tapped.

    Args:
        rect: where it is.
        goal: which goal of the shop it serves (``goals.GOALS``); empty: found out from its words.
        icon: name of a file in resources/icons; empty: none.
        title: what is drawn on it, and read aloud unless the action has a label.
        subtitle: a smaller line under it.
        photo: id of a kept picture that fills it, or None.
        colour: its own colour ``#rrggbb``; empty: the style decides.
        action: what a tap does.
    """

    rect: Rect
    goal: str = ""
    icon: str = ""
    title: str = ""
    subtitle: str = ""
    photo: int | None = None
    colour: str = ""
    action: Action = NO_ACTION


@dataclass(frozen=True, slots=True)
class Style:
    """How the program draws the menu.

    Args:
        look: one of ``looks.LOOKS``.
        palette: one of ``looks.PALETTES``.
        colour: the shop's own colour ``#rrggbb`` instead of the palette's; empty: the palette's.
    """

    look: str = "tint"
    palette: str = "forest"
    colour: str = ""


PLAIN = Style()
"""What a new menu looks like."""


@dataclass(frozen=True, slots=True)
class RichMenu:
    """One rich menu.

    Args:
        name: the owner's name for it; friends never see it.
        size: of the picture, in pixels.
        layout: id of ``layouts.LAYOUTS``, or ``free`` after an edit of the grid.
        areas: at most 20; none overlaps another.
        chat_bar_text: on the bar under the chat, at most 14 characters.
        opened_at_first: whether the menu stands open when the chat is opened.
        style: how it is drawn.
        own_picture: id of a kept picture to use instead of drawing; None: drawn.
        for_whom: a query; empty: everybody, the default menu. The first menu that matches a person is hers.
        starts, ends: first and last day, ISO, empty: no limit.
    """

    name: str = ""
    size: Size = LARGE
    layout: str = "large_6"
    areas: tuple[Area, ...] = ()
    chat_bar_text: str = ""
    opened_at_first: bool = True
    style: Style = PLAIN
    own_picture: int | None = None
    for_whom: str = ""
    starts: str = ""
    ends: str = ""

    def with_area(self, index: int, **changes: Any) -> RichMenu:
        """The menu with some fields of one area changed."""
        areas = list(self.areas)
        areas[index] = replace(areas[index], **changes)
        return replace(self, areas=tuple(areas))

    def pictures(self) -> tuple[int, ...]:
        """Ids of the kept pictures it shows, each once."""
        ids = [self.own_picture, *(area.photo for area in self.areas)]
        return tuple(dict.fromkeys(one for one in ids if one is not None))


def to_content(menu: RichMenu) -> dict[str, Any]:
    """The menu as a plan keeps it; the name is the plan's own."""
    return {
        "size": list(menu.size),
        "layout": menu.layout,
        "areas": [_area_content(area) for area in menu.areas],
        "chat_bar_text": menu.chat_bar_text,
        "opened_at_first": menu.opened_at_first,
        "style": {"look": menu.style.look, "palette": menu.style.palette, "colour": menu.style.colour},
        "own_picture": menu.own_picture,
        "for_whom": menu.for_whom,
        "starts": menu.starts,
        "ends": menu.ends,
    }


def from_content(content: Mapping[str, Any], name: str = "") -> RichMenu:
    """Read what :func:`to_content` wrote; what is missing or of another type takes its default."""
    style = content.get("style")
    style = style if isinstance(style, Mapping) else {}
    return RichMenu(
        name=name,
        size=_size(content.get("size")),
        layout=_text(content.get("layout"), "free"),
        areas=tuple(_area(one) for one in _list(content.get("areas")) if isinstance(one, Mapping)),
        chat_bar_text=_text(content.get("chat_bar_text")),
        opened_at_first=content.get("opened_at_first") is not False,
        style=Style(
            _text(style.get("look"), PLAIN.look),
            _text(style.get("palette"), PLAIN.palette),
            _text(style.get("colour")),
        ),
        own_picture=_id(content.get("own_picture")),
        for_whom=_text(content.get("for_whom")),
        starts=_text(content.get("starts")),
        ends=_text(content.get("ends")),
    )


def _area_content(area: Area) -> dict[str, Any]:
    return {
        "rect": list(area.rect),
        "goal": area.goal,
        "icon": area.icon,
        "title": area.title,
        "subtitle": area.subtitle,
        "photo": area.photo,
        "colour": area.colour,
        "action": area.action.to_content(),
    }


def _area(content: Mapping[str, Any]) -> Area:
    action = content.get("action")
    return Area(
        rect=Rect(*(_numbers(content.get("rect"), 4) or (0, 0, 0, 0))),
        goal=_text(content.get("goal")),
        icon=_text(content.get("icon")),
        title=_text(content.get("title")),
        subtitle=_text(content.get("subtitle")),
        photo=_id(content.get("photo")),
        colour=_text(content.get("colour")),
        action=Action.from_content(action if isinstance(action, Mapping) else {}),
    )


def _size(value: object) -> Size:
    numbers = _numbers(value, 2)
    return Size(*numbers) if numbers and min(numbers) > 0 else LARGE


def _numbers(value: object, most: int) -> Sequence[int] | None:
    found = [one for one in _list(value) if isinstance(one, int) and not isinstance(one, bool)]
    return found if len(found) == most else None


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()


def _text(value: object, default: str = "") -> str:
    return value if isinstance(value, str) else default


def _id(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
