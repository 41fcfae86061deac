"""Holds a greeting against every rule LINE's manager and LINE's Messaging API document for its messages: what is broken, where,
and what to do about it. Whether a picture already lies publicly is another question (``line_messages.lacks``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from desktop.core.limits import TEXT, line_length
from desktop.core.message import Message, message
from desktop.core.planning.action_rules import problems as action_problems
from desktop.core.planning.actions import Action, ActionKind, Place, encoded
from desktop.core.planning.greeting.balloons import (
    MAP_WIDTH,
    MOST_BALLOONS,
    Area,
    Card,
    Cards,
    Coupon,
    Greeting,
    Insert,
    Picture,
    RichMessage,
    Text,
    Video,
)
from desktop.core.planning.greeting.counting import MOST, NAME_LENGTH, length

URL_LENGTH = 2_000
"""UTF-16 units of a picture's or video's address. Messaging API reference, "Image message", "Imagemap message"."""

ALT_LENGTH = 1_500
"""UTF-16 units of an alternative text. Messaging API reference, "Imagemap message", "Template messages"."""

MOST_AREAS = 50
"""Actions of one imagemap. Messaging API reference, "Imagemap message"."""

_FILES = (".jpg", ".jpeg", ".png", ".gif", ".webp", "/1040", "/700", "/460", "/300", "/240")
"""How an address ends that is a picture's own and not the base to which LINE adds /1040 and other widths."""

MOST_CARDS = 10
MOST_ACTIONS, MOST_ACTIONS_ALONE = 3, 4
COUPON_TITLE = 60
"""UTF-16 units of a coupon's title. Messaging API reference, "Create coupon"."""

TITLE_LENGTH = 40
CARD_TEXT, CARD_TEXT_ALONE, CARD_TEXT_DECORATED = 120, 160, 60
"""Lengths and counts of the carousel template, "ALONE" those of the buttons template, which one single card becomes; DECORATED
where it has a title or a picture. Messaging API reference, "Template messages". LINE counts graphemes, its own library code
points; the longer of the two is held against the limit, so that both take it."""

MESSAGE_UNITS = {Place.TEMPLATE: 300, Place.IMAGEMAP: 400}
LABEL_UNITS = {Place.TEMPLATE: 20, Place.IMAGEMAP: 100}
"""UTF-16 units of a sent text, and code points of a label, beyond which LINE's own library or a strict reading of the reference
refuses what graphemes would allow: only texts full of joined emoji reach them."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken rule.

    Args:
        id: which.
        balloon: its index, None for the whole greeting.
        text: what is wrong and what to do.
        part: index of the card or area it is about.
        button: index of the button of a card.
        field: the field to mend.
        warning: LINE takes it, but it is not as the owner expects.
    """

    id: str
    balloon: int | None
    text: Message
    part: int | None = None
    button: int | None = None
    field: str = ""
    warning: bool = False


_Found = tuple[str, Message, dict[str, Any]]


def problems(greeting: Greeting) -> tuple[Problem, ...]:
    """Every broken rule, balloon by balloon, those of the whole greeting first."""
    return tuple(_problems(greeting))


def _problems(greeting: Greeting) -> Iterator[Problem]:
    if not greeting.balloons:
        yield Problem("no_balloons", None, message("greeting.limit.no_balloons"))
    if len(greeting.balloons) > MOST_BALLOONS:
        many = message("greeting.limit.many_balloons", n=len(greeting.balloons), limit=MOST_BALLOONS)
        yield Problem("many_balloons", None, many)
    elif len(greeting.balloons) > TEXT.greeting_balloons_advised:
        limit = TEXT.greeting_balloons_advised
        advised = message("greeting.limit.advised_balloons", n=len(greeting.balloons), limit=limit)
        yield Problem("advised_balloons", None, advised, warning=True)
    for index, balloon in enumerate(greeting.balloons):
        for name, text, where in _RULES[type(balloon)](balloon):
            yield Problem(name, index, text, **where)


def _found(name: str, text: Message, **where: Any) -> _Found:
    return name, text, where


def _text(text: Text) -> Iterator[_Found]:
    if not text.written.strip() and not any(isinstance(part, Insert) for part in text.parts):
        yield _found("text_empty", message("greeting.limit.text_empty"), field="parts")
        return
    if (number := length(text.parts)) > MOST:
        yield _found(
            "text_long",
            message("greeting.limit.text_long", n=number, limit=MOST, over=number - MOST),
            field="parts",
        )
    name = "名" * NAME_LENGTH
    if (units := line_length(text.filled(name, name))) > TEXT.message_text:
        limit = TEXT.message_text
        yield _found("text_units", message("greeting.limit.text_units", n=units, limit=limit), field="parts")


def _picture(picture: Picture) -> Iterator[_Found]:
    if picture.picture is None and not picture.url.strip():
        yield _found("picture_missing", message("greeting.limit.picture_missing"), field="picture")
    yield from _address(picture.url, "url")
    yield from _address(picture.preview_url, "preview_url")


def _video(video: Video) -> Iterator[_Found]:
    if not video.url.strip():
        yield _found("video_missing", message("greeting.limit.video_missing"), field="url")
    if video.picture is None and not video.preview_url.strip():
        yield _found("cover_missing", message("greeting.limit.cover_missing"), field="picture")
    yield from _address(video.url, "url")
    yield from _address(video.preview_url, "preview_url")


def _coupon(coupon: Coupon) -> Iterator[_Found]:
    if not coupon.title.strip() and not coupon.coupon_id.strip():
        yield _found("coupon_missing", message("greeting.limit.coupon_missing"), field="title")
    if (units := line_length(coupon.title.strip())) > COUPON_TITLE:
        long = message("greeting.limit.coupon_long", n=units, limit=COUPON_TITLE)
        yield _found("coupon_long", long, field="title")


def _rich_message(rich: RichMessage) -> Iterator[_Found]:
    if rich.picture is None and not rich.url.strip():
        yield _found("picture_missing", message("greeting.limit.picture_missing"), field="picture")
    yield from _address(rich.url, "url")
    if rich.url.strip().lower().endswith(_FILES):
        yield _found("map_address", message("greeting.limit.map_address"), field="url", warning=True)
    yield from _alt(rich.alt)
    if rich.height < 1:
        yield _found("map_height", message("greeting.limit.map_height"), field="height")
    if not rich.areas:
        yield _found("no_areas", message("greeting.limit.no_areas"), field="areas")
    if len(rich.areas) > MOST_AREAS:
        many = message("greeting.limit.many_areas", n=len(rich.areas), limit=MOST_AREAS)
        yield _found("many_areas", many, field="areas")
    for number, area in enumerate(rich.areas):
        if not _inside(area, rich.height):
            outside = message("greeting.limit.area_outside", number=number + 1)
            yield _found("area_outside", outside, part=number, field="area")
        if any(_overlap(area, other) for other in rich.areas[:number]):
            overlap = message("greeting.limit.area_overlap", number=number + 1)
            yield _found("area_overlap", overlap, part=number, field="area", warning=True)
        yield from _action(area.action, Place.IMAGEMAP, part=number)


def _cards(cards: Cards) -> Iterator[_Found]:
    yield from _alt(cards.alt)
    if not cards.cards:
        yield _found("no_cards", message("greeting.limit.no_cards"), field="cards")
    if len(cards.cards) > MOST_CARDS:
        many = message("greeting.limit.many_cards", n=len(cards.cards), limit=MOST_CARDS)
        yield _found("many_cards", many, field="cards")
    if len({len(card.actions) for card in cards.cards}) > 1:
        yield _found("uneven_buttons", message("greeting.limit.uneven_buttons"), field="actions")
    if len({_has_picture(card) for card in cards.cards}) > 1:
        yield _found("uneven_pictures", message("greeting.limit.uneven_pictures"), field="picture")
    if len({bool(card.title.strip()) for card in cards.cards}) > 1:
        yield _found("uneven_titles", message("greeting.limit.uneven_titles"), field="title")
    alone = len(cards.cards) == 1
    for number, card in enumerate(cards.cards):
        yield from _card(card, number, alone=alone)


def _card(card: Card, number: int, *, alone: bool) -> Iterator[_Found]:
    if (title := len(card.title.strip())) > TITLE_LENGTH:
        text = message("greeting.limit.title_long", number=number + 1, n=title, limit=TITLE_LENGTH)
        yield _found("title_long", text, part=number, field="title")
    limit = text_limit(card, alone=alone)
    written = len(card.text.strip())
    if not written:
        empty = message("greeting.limit.card_empty", number=number + 1)
        yield _found("card_empty", empty, part=number, field="text")
    if written > limit:
        text = message("greeting.limit.card_long", number=number + 1, n=written, limit=limit)
        yield _found("card_long", text, part=number, field="text")
    yield from _address(card.url, "url", part=number)
    most = MOST_ACTIONS_ALONE if alone else MOST_ACTIONS
    if not card.actions:
        none = message("greeting.limit.no_buttons", number=number + 1)
        yield _found("no_buttons", none, part=number, field="actions")
    if len(card.actions) > most:
        many = message("greeting.limit.many_buttons", number=number + 1, n=len(card.actions), limit=most)
        yield _found("many_buttons", many, part=number, field="actions")
    for index, action in enumerate(card.actions):
        yield from _action(action, Place.TEMPLATE, part=number, button=index)


def text_limit(card: Card, *, alone: bool) -> int:
    """The most graphemes of a card's text; ``alone``: it is the only one."""
    if card.title.strip() or _has_picture(card):
        return CARD_TEXT_DECORATED
    return CARD_TEXT_ALONE if alone else CARD_TEXT


def is_public(url: str) -> bool:
    """Whether LINE takes this as the address of a picture or video: https, with a host, without blanks, not too long."""
    try:
        parts = urlsplit(url.strip())
        written = encoded(url.strip())
    except ValueError:
        return False
    clean = not any(one.isspace() for one in url.strip())
    return parts.scheme == "https" and bool(parts.hostname) and clean and line_length(written) <= URL_LENGTH


def _address(url: str, field: str, **where: Any) -> Iterator[_Found]:
    if url.strip() and not is_public(url):
        yield _found("address", message("greeting.limit.address", limit=URL_LENGTH), field=field, **where)


def _alt(alt: str) -> Iterator[_Found]:
    if not alt.strip():
        yield _found("alt_missing", message("greeting.limit.alt_missing"), field="alt")
    if (units := line_length(alt.strip())) > ALT_LENGTH:
        yield _found("alt_long", message("greeting.limit.alt_long", n=units, limit=ALT_LENGTH), field="alt")


def _action(action: Action, place: Place, **where: Any) -> Iterator[_Found]:
    for problem in action_problems(action, place):
        name = f"action_{problem.id}"
        yield _found(name, problem.text, field=problem.field, warning=problem.warning, **where)
    said = action.text.strip() if action.kind is ActionKind.MESSAGE else ""
    if (units := line_length(said)) > MESSAGE_UNITS[place]:
        text = message("greeting.limit.text_units", n=units, limit=MESSAGE_UNITS[place])
        yield _found("action_message_units", text, field="text", **where)
    if (points := len(action.label.strip())) > LABEL_UNITS[place]:
        text = message("greeting.limit.text_units", n=points, limit=LABEL_UNITS[place])
        yield _found("action_label_units", text, field="label", **where)


def _has_picture(card: Card) -> bool:
    return card.picture is not None or bool(card.url.strip())


def _inside(area: Area, height: int) -> bool:
    fits = area.x + area.width <= MAP_WIDTH and area.y + area.height <= height
    return fits and min(area.x, area.y) >= 0 and min(area.width, area.height) >= 1


def _overlap(one: Area, other: Area) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


_RULES: Mapping[type, Callable[[Any], Iterator[_Found]]] = MappingProxyType(
    {
        Text: _text,
        Picture: _picture,
        RichMessage: _rich_message,
        Cards: _cards,
        Coupon: _coupon,
        Video: _video,
    }
)
