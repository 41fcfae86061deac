"""A greeting as LINE's message objects: once as the preview shows it, whatever is still missing, and once strictly as LINE takes
it. LINE has no call that sets a greeting; these are for the preview, a test message, LINE's check and a shop's own system."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.planning.actions import Action, ActionKind, Place, encoded, to_line
from desktop.core.planning.greeting.balloons import (
    MAP_WIDTH,
    Area,
    Balloon,
    Card,
    Cards,
    Coupon,
    Greeting,
    Picture,
    RichMessage,
    Text,
    Video,
)
from desktop.core.planning.greeting.limits import Problem, is_public, problems

PREVIEW_URL = "https://tagline.invalid/picture/{id}"
"""How a preview names a kept picture that has no public address; the domain can never exist (RFC 2606)."""


class NotReady(UserError):
    """LINE would not take the greeting as it is; ``problems`` says what is to be done, place by place."""

    def __init__(self, found: tuple[Problem, ...]) -> None:
        super().__init__(message("greeting.not_ready", n=len(found), first=found[0].text))
        self.problems = found


def preview_messages(
    greeting: Greeting, friend_name: str, account_name: str, picture_url: str = PREVIEW_URL
) -> list[dict[str, Any]]:
    """The messages as they will look, also where something is missing: kept pictures get an address by ``picture_url``, buttons
    without an action do nothing. Balloons in which nothing stands yet are left out (:func:`preview_indexes`). Never raises."""
    write = _Writer(friend_name, account_name, lambda picture: picture_url.format(id=picture), strict=False)
    return [write.one(greeting.balloons[index], index) for index in preview_indexes(greeting)]


def preview_coupon(index: int, coupon: Coupon) -> str:
    """The ID a preview uses for a coupon: LINE's, or one by its balloon where LINE's is not known yet."""
    return coupon.coupon_id.strip() or f"coupon-{index}"


def preview_indexes(greeting: Greeting) -> list[int]:
    """For each message of the preview the index of its balloon."""
    return [index for index, one in enumerate(greeting.balloons) if not isinstance(one, Text) or one.parts]


def lacks(greeting: Greeting) -> tuple[Problem, ...]:
    """What is not a mistake but keeps LINE from taking it: pictures and videos need a public https address, coupons the ID that
    LINE gave them."""
    return tuple(
        Problem(name, index, message(f"greeting.lacks.{name}"), part=part, field=field)
        for index, balloon in enumerate(greeting.balloons)
        for name, part, field in _lacking(balloon)
    )


def line_messages(greeting: Greeting, friend_name: str, account_name: str) -> list[dict[str, Any]]:
    """The messages exactly as LINE's Messaging API takes them.

    Args:
        greeting: a complete one.
        friend_name: stands where the friend's name is put in; the API itself has no such insert.
        account_name: likewise.

    Raises:
        NotReady: a rule is broken, or an address or coupon ID is missing.
    """
    found = tuple(one for one in problems(greeting) if not one.warning) + lacks(greeting)
    if found:
        raise NotReady(found)
    write = _Writer(friend_name, account_name, lambda _: "", strict=True)
    written = [write.one(balloon, index) for index, balloon in enumerate(greeting.balloons)]
    blank = [index for index, one in enumerate(written) if one["type"] == "text" and not one["text"].strip()]
    if blank:
        raise NotReady(
            (Problem("text_empty", blank[0], message("greeting.limit.text_empty"), field="parts"),)
        )
    return written


def _lacking(balloon: Balloon) -> Iterator[tuple[str, int | None, str]]:
    match balloon:
        case Picture() | RichMessage():
            if not is_public(balloon.url):
                yield "picture_address", None, "url"
        case Video():
            if not is_public(balloon.preview_url):
                yield "picture_address", None, "preview_url"
        case Coupon():
            if not balloon.coupon_id.strip():
                yield "coupon_id", None, "coupon_id"
        case Cards():
            for number, card in enumerate(balloon.cards):
                if card.picture is not None and not is_public(card.url):
                    yield "picture_address", number, "url"
        case Text():
            pass


class _Writer:
    """Writes balloons as message objects."""

    def __init__(
        self, friend_name: str, account_name: str, kept: Callable[[int], str], *, strict: bool
    ) -> None:
        self._names = (friend_name, account_name)
        self._kept = kept
        self._strict = strict

    def one(self, balloon: Balloon, index: int) -> dict[str, Any]:
        """One message object."""
        match balloon:
            case Text():
                return {"type": "text", "text": balloon.filled(*self._names)}
            case Picture():
                shown = self._url(balloon.url, balloon.picture)
                small = self._url(balloon.preview_url, balloon.picture, balloon.url)
                return {"type": "image", "originalContentUrl": shown, "previewImageUrl": small}
            case Video():
                cover = self._url(balloon.preview_url, balloon.picture)
                return {
                    "type": "video",
                    "originalContentUrl": encoded_or_same(balloon.url),
                    "previewImageUrl": cover,
                }
            case Coupon():
                return {"type": "coupon", "couponId": preview_coupon(index, balloon)}
            case RichMessage():
                return self._rich_message(balloon)
            case Cards():
                return self._cards(balloon)

    def _rich_message(self, rich: RichMessage) -> dict[str, Any]:
        return {
            "type": "imagemap",
            "baseUrl": self._url(rich.url, rich.picture),
            "altText": rich.alt.strip(),
            "baseSize": {"width": MAP_WIDTH, "height": rich.height},
            "actions": [
                self._action(area.action, Place.IMAGEMAP) | {"area": _bounds(area)} for area in rich.areas
            ],
        }

    def _cards(self, cards: Cards) -> dict[str, Any]:
        columns = [self._column(card) for card in cards.cards]
        if len(columns) == 1:
            template: dict[str, Any] = {"type": "buttons", **columns[0]}
        else:
            template = {"type": "carousel", "columns": columns}
        return {"type": "template", "altText": cards.alt.strip(), "template": template}

    def _column(self, card: Card) -> dict[str, Any]:
        column: dict[str, Any] = {"text": card.text.strip()}
        if picture := self._url(card.url, card.picture):
            column["thumbnailImageUrl"] = picture
        if title := card.title.strip():
            column["title"] = title
        column["actions"] = [self._action(action, Place.TEMPLATE) for action in card.actions]
        return column

    def _action(self, action: Action, place: Place) -> dict[str, Any]:
        try:
            return to_line(action, place)
        except ValueError:
            if self._strict:
                raise
            # Not chosen yet, or not for this place: the preview shows the button, which does nothing.
            return to_line(replace(action, kind=ActionKind.MESSAGE, text=" "), place)

    def _url(self, url: str, picture: int | None, other: str = "") -> str:
        """The public address, for a preview the kept picture first: it is there without the network."""
        if not self._strict and picture is not None:
            return self._kept(picture)
        return encoded_or_same(url.strip() or other.strip())


def encoded_or_same(url: str) -> str:
    """The address as LINE gets it; one that is none stays as it is."""
    try:
        return encoded(url.strip())
    except ValueError:
        return url.strip()


def _bounds(area: Area) -> dict[str, int]:
    return {"x": area.x, "y": area.y, "width": area.width, "height": area.height}
