"""A greeting as the owner plans it: up to five balloons, each a text, a picture, a rich message, cards, a coupon or a video. One
plan of the kind ``greeting`` holds one; its content is JSON that later versions may have added to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from desktop.core.limits import TEXT
from desktop.core.planning.actions import NO_ACTION, Action

MOST_BALLOONS = TEXT.greeting_balloons
"""LINE Official Account Manager, greeting message."""

MAP_WIDTH = 1040
"""Width of a rich message's grid. Messaging API reference, "Imagemap message", baseSize."""


class Insert(StrEnum):
    """What LINE's manager puts in by itself: the friend's display name, or the account's name."""

    FRIEND = "friend"
    ACCOUNT = "account"


Part = str | Insert
"""A piece of a text: written words, or a name that is put in."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text; neighbouring written pieces are joined by :func:`joined`."""

    parts: tuple[Part, ...] = ()

    @property
    def written(self) -> str:
        """The written words alone, names left out."""
        return "".join(part for part in self.parts if not isinstance(part, Insert))

    def filled(self, friend_name: str, account_name: str) -> str:
        """The text as a friend of this name sees it."""
        names = {Insert.FRIEND: friend_name, Insert.ACCOUNT: account_name}
        return "".join(names[part] if isinstance(part, Insert) else part for part in self.parts)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: ``picture`` is the id of a kept one, ``url`` where it lies publicly (LINE takes pictures by https only),
    ``preview_url`` a smaller one; empty: the same."""

    picture: int | None = None
    url: str = ""
    preview_url: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a rich message that can be tapped, in pixels of the grid 1040 wide."""

    x: int = 0
    y: int = 0
    width: int = MAP_WIDTH
    height: int = MAP_WIDTH
    action: Action = NO_ACTION


@dataclass(frozen=True, slots=True)
class RichMessage:
    """A picture with areas to tap (圖文訊息; LINE's imagemap).

    Args:
        picture: id of a kept picture.
        url: the base address, without size: LINE asks for url/1040, /700, /460, /300 and /240.
        alt: what notifications and the list of chats show instead.
        height: of the grid 1040 wide.
        areas: at least one.
    """

    picture: int | None = None
    url: str = ""
    alt: str = ""
    height: int = MAP_WIDTH
    areas: tuple[Area, ...] = (Area(),)


@dataclass(frozen=True, slots=True)
class Card:
    """One card with up to three buttons (up to four where it is the only one); a button's text is its action's label."""

    title: str = ""
    text: str = ""
    picture: int | None = None
    url: str = ""
    actions: tuple[Action, ...] = (NO_ACTION,)


@dataclass(frozen=True, slots=True)
class Cards:
    """One to ten cards beside each other (多頁訊息; LINE's carousel, for one card its buttons template)."""

    cards: tuple[Card, ...] = (Card(),)
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Coupon:
    """A coupon made in LINE's manager or by API; what it gives and until when is only for the preview and the checks.

    Args:
        coupon_id: LINE's; empty: not made yet.
        title: as on the coupon.
        until: ISO day, empty: no end known.
        picture: id of a kept picture.
    """

    coupon_id: str = ""
    title: str = ""
    until: str = ""
    picture: int | None = None


@dataclass(frozen=True, slots=True)
class Video:
    """A video: a public mp4 and a picture shown before it plays (kept id, and its public address)."""

    url: str = ""
    picture: int | None = None
    preview_url: str = ""


Balloon = Text | Picture | RichMessage | Cards | Coupon | Video

KINDS: Mapping[str, type[Balloon]] = {
    "text": Text,
    "picture": Picture,
    "rich_message": RichMessage,
    "cards": Cards,
    "coupon": Coupon,
    "video": Video,
}
"""Kinds of balloons by the names contents and texts (``greeting.kind.<name>``) use."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """A greeting.

    Args:
        name: the plan's own; never sent.
        balloons: in their order.
        starts, ends: first and last day of a variant, ISO; empty: no limit.
        shop_kind: id of ``shop_kinds.SHOP_KINDS`` it began from; empty: none.
    """

    name: str = ""
    balloons: tuple[Balloon, ...] = ()
    starts: str = ""
    ends: str = ""
    shop_kind: str = ""

    def with_balloon(self, index: int, balloon: Balloon) -> Greeting:
        """The greeting with another balloon at this place."""
        return replace(self, balloons=(*self.balloons[:index], balloon, *self.balloons[index + 1 :]))

    def pictures(self) -> tuple[int, ...]:
        """Ids of the kept pictures it shows, each once."""
        return tuple(dict.fromkeys(one for balloon in self.balloons for one in _pictures(balloon)))


def kind_of(balloon: Balloon) -> str:
    """The name of a balloon's kind, as in KINDS."""
    return next(name for name, kind in KINDS.items() if isinstance(balloon, kind))


def joined(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The pieces with neighbouring words joined and empty ones left out."""
    found: list[Part] = []
    for part in parts:
        if isinstance(part, Insert) or not found or isinstance(found[-1], Insert):
            found.append(part)
        else:
            found[-1] += part
    return tuple(part for part in found if isinstance(part, Insert) or part)


def to_content(greeting: Greeting) -> dict[str, Any]:
    """The greeting as a plan keeps it; the name is the plan's own."""
    return {
        "balloons": [_balloon_content(one) for one in greeting.balloons],
        "starts": greeting.starts,
        "ends": greeting.ends,
        "shop_kind": greeting.shop_kind,
    }


def from_content(content: Mapping[str, Any], name: str = "") -> Greeting:
    """Read what :func:`to_content` wrote; what is missing or of another type takes its default, a balloon of a kind nobody knows
    is left out."""
    read = (_balloon(one) for one in _maps(content, "balloons"))
    return Greeting(
        name=name,
        balloons=tuple(one for one in read if one is not None),
        starts=_text(content, "starts"),
        ends=_text(content, "ends"),
        shop_kind=_text(content, "shop_kind"),
    )


def _pictures(balloon: Balloon) -> Iterator[int]:
    shown = balloon.cards if isinstance(balloon, Cards) else () if isinstance(balloon, Text) else (balloon,)
    yield from (one.picture for one in shown if one.picture is not None)


def _balloon_content(balloon: Balloon) -> dict[str, Any]:
    kind = {"kind": kind_of(balloon)}
    match balloon:
        case Text(parts):
            return kind | {"parts": [{"insert": p.value} if isinstance(p, Insert) else p for p in parts]}
        case Picture():
            return kind | {"picture": balloon.picture, "url": balloon.url, "preview_url": balloon.preview_url}
        case RichMessage():
            shown = {"picture": balloon.picture, "url": balloon.url, "alt": balloon.alt}
            areas = [_area_content(area) for area in balloon.areas]
            return kind | shown | {"height": balloon.height, "areas": areas}
        case Cards():
            return kind | {"alt": balloon.alt, "cards": [_card_content(card) for card in balloon.cards]}
        case Coupon():
            given = {"coupon_id": balloon.coupon_id, "title": balloon.title, "until": balloon.until}
            return kind | given | {"picture": balloon.picture}
        case Video():
            return kind | {"url": balloon.url, "picture": balloon.picture, "preview_url": balloon.preview_url}


def _area_content(area: Area) -> dict[str, Any]:
    return {"rect": [area.x, area.y, area.width, area.height], "action": area.action.to_content()}


def _card_content(card: Card) -> dict[str, Any]:
    actions = [action.to_content() for action in card.actions]
    return {
        "title": card.title,
        "text": card.text,
        "picture": card.picture,
        "url": card.url,
        "actions": actions,
    }


def _balloon(content: Mapping[str, Any]) -> Balloon | None:
    url, picture = _text(content, "url"), _id(content, "picture")
    match _text(content, "kind"):
        case "text":
            return Text(joined(tuple(_parts(content.get("parts")))))
        case "picture":
            return Picture(picture, url, _text(content, "preview_url"))
        case "rich_message":
            areas = tuple(_area(one) for one in _maps(content, "areas"))
            height = _id(content, "height") or MAP_WIDTH
            return RichMessage(picture, url, _text(content, "alt"), height, areas)
        case "cards":
            return Cards(tuple(_card(one) for one in _maps(content, "cards")), _text(content, "alt"))
        case "coupon":
            return Coupon(
                _text(content, "coupon_id"), _text(content, "title"), _text(content, "until"), picture
            )
        case "video":
            return Video(url, picture, _text(content, "preview_url"))
    return None


def _parts(value: object) -> Iterator[Part]:
    inserts = {insert.value: insert for insert in Insert}
    for one in value if isinstance(value, list | tuple) else ():
        if isinstance(one, str):
            yield str(one)
        elif isinstance(one, Mapping) and one.get("insert") in inserts:
            yield inserts[str(one["insert"])]


def _area(content: Mapping[str, Any]) -> Area:
    rect = content.get("rect")
    numbers = [one for one in rect if isinstance(one, int)] if isinstance(rect, list | tuple) else []
    x, y, width, height = numbers if len(numbers) == 4 else (0, 0, MAP_WIDTH, MAP_WIDTH)
    return Area(x, y, width, height, _action(content.get("action")))


def _card(content: Mapping[str, Any]) -> Card:
    return Card(
        title=_text(content, "title"),
        text=_text(content, "text"),
        picture=_id(content, "picture"),
        url=_text(content, "url"),
        actions=tuple(_action(one) for one in _maps(content, "actions")),
    )


def _action(value: object) -> Action:
    return Action.from_content(value) if isinstance(value, Mapping) else NO_ACTION


def _maps(content: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = content.get(key)
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list | tuple) else []


def _text(content: Mapping[str, Any], key: str) -> str:
    value = content.get(key)
    return value if isinstance(value, str) else ""


def _id(content: Mapping[str, Any], key: str) -> int | None:
    value = content.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
