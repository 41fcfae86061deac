"""What LINE takes as message objects, as its reference lists it (also where its OpenAPI description says nothing): types, needed
fields, lengths, numbers of buttons and columns, addresses."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from desktop.core.limits import TEXT, line_length
from desktop.simulator.exchange import Refusal

Problems = list[dict[str, str]]
"""``details`` of a refusal: a sentence and the part of the request it is about."""

_DELIVERY_TAG = re.compile(r"[A-Za-z0-9_]{1,30}")
_SUBSTITUTE = re.compile(r"[A-Za-z0-9_]{1,20}")
_URL_LENGTH = 2_000
_SCHEMES = ("http://", "https://", "line://", "tel:")
BUTTON_LABEL = 20
"""Graphemes of what stands on a button of a template, which has to have it. Messaging API reference, "Common specification" of
actions."""

_BUBBLE_BYTES = 30_000
_CAROUSEL_BYTES = 50_000


def check_messages(messages: object) -> list[dict[str, Any]]:
    """The message objects if LINE takes them.

    Raises:
        Refusal: 400 with every part that LINE does not take.
    """
    problems: Problems = []
    if not isinstance(messages, list) or not 1 <= len(messages) <= TEXT.messages_per_request:
        add(problems, "messages", f"Size must be between 1 and {TEXT.messages_per_request}")
    else:
        for number, one in enumerate(messages):
            _check_one(problems, f"messages[{number}]", one)
    if problems:
        raise refuse_all(problems)
    return [dict(one) for one in messages] if isinstance(messages, list) else []


def refuse_all(problems: Problems) -> Refusal:
    """The 400 that lists all problems of a request's body."""
    return Refusal(400, {"message": f"The request body has {len(problems)} error(s)", "details": problems})


def add(problems: Problems, name: str, rule: str) -> None:
    """Note a broken rule."""
    problems.append({"message": rule, "property": name})


def clusters(text: str) -> int:
    """The length of texts on buttons: grapheme clusters, taken as characters that begin one."""
    joined = False
    count = 0
    for one in text:
        extends = (
            unicodedata.category(one) in {"Mn", "Me"}
            or "\U0001f3fb" <= one <= "\U0001f3ff"
            or one == "\u200d"
        )
        if not extends and not joined:
            count += 1
        joined = one == "\u200d"
    return count


def _check_one(problems: Problems, name: str, one: object) -> None:
    if not isinstance(one, dict):
        add(problems, name, "Must be an object")
        return
    check = _TYPES.get(str(one.get("type")))
    if check is None:
        add(problems, f"{name}.type", f"Must be one of the following values: {sorted(_TYPES)}")
        return
    check(problems, name, one)
    _quick_reply(problems, f"{name}.quickReply", one.get("quickReply"))
    _sender(problems, f"{name}.sender", one.get("sender"))


def _text(
    problems: Problems,
    name: str,
    value: object,
    most: int,
    *,
    needed: bool = True,
    length: Callable[[str], int] = line_length,
) -> None:
    if value is None and not needed:
        return
    if not isinstance(value, str) or not value.strip():
        add(problems, name, "May not be empty")
    elif length(value) > most:
        add(problems, name, f"Length must be between 0 and {most}")


def _https(problems: Problems, name: str, value: object) -> None:
    if not isinstance(value, str) or not value.startswith("https://") or len(value) > _URL_LENGTH:
        add(problems, name, "Must be a valid HTTPS URL")


def _text_message(problems: Problems, name: str, one: Mapping[str, Any]) -> None:
    _text(problems, f"{name}.text", one.get("text"), TEXT.message_text)
    emojis = one.get("emojis")
    if emojis is not None and (not isinstance(emojis, list) or len(emojis) > 20):
        add(problems, f"{name}.emojis", "Size must be between 0 and 20")


def _text_v2(problems: Problems, name: str, one: Mapping[str, Any]) -> None:
    _text_message(problems, name, one)
    given = one.get("substitution")
    if given is None:
        return
    if not isinstance(given, dict) or len(given) > 100 or not all(map(_SUBSTITUTE.fullmatch, given)):
        add(problems, f"{name}.substitution", "Size must be between 0 and 100")


def _picture(problems: Problems, name: str, one: Mapping[str, Any]) -> None:
    _https(problems, f"{name}.originalContentUrl", one.get("originalContentUrl"))
    _https(problems, f"{name}.previewImageUrl", one.get("previewImageUrl"))
    _text(problems, f"{name}.trackingId", one.get("trackingId"), 100, needed=False)


def _audio(problems: Problems, name: str, one: Mapping[str, Any]) -> None:
    _https(problems, f"{name}.originalContentUrl", one.get("originalContentUrl"))
    if not isinstance(one.get("duration"), int):
        add(problems, f"{name}.duration", "Must be a number")


def _sticker(problems: Problems, name: str, one: Mapping[str, Any]) -> None:
    for part in ("packageId", "stickerId"):
        if not isinstance(one.get(part), str) or not one[part].isdigit():
            add(problems, f"{name}.{part}", "May not be empty")


def _location(problems: Problems, name: str, one: Mapping[str, Any]) -> None:
    _text(problems, f"{name}.title", one.get("title"), 100)
    _text(problems, f"{name}.address", one.get("address"), 100)
    for part in ("latitude", "longitude"):
        if not isinstance(one.get(part), int | float):
            add(problems, f"{name}.{part}", "Must be a number")


def _imagemap(problems: Problems, name: str, one: Mapping[str, Any]) -> None:
    _https(problems, f"{name}.baseUrl", one.get("baseUrl"))
    _text(problems, f"{name}.altText", one.get("altText"), 1_500)
    size = one.get("baseSize")
    if not isinstance(size, dict) or size.get("width") != 1040 or not isinstance(size.get("height"), int):
        add(problems, f"{name}.baseSize", "Must be 1040 pixels wide")
    actions = one.get("actions")
    if not isinstance(actions, list) or not 1 <= len(actions) <= 50:
        add(problems, f"{name}.actions", "Size must be between 1 and 50")
        return
    for number, action in enumerate(actions):
        place = f"{name}.actions[{number}]"
        if not isinstance(action, dict):
            add(problems, place, "Must be an object")
            continue
        if action.get("type") == "uri":
            _uri(problems, f"{place}.linkUri", action.get("linkUri"))
        elif action.get("type") == "message":
            _text(problems, f"{place}.text", action.get("text"), 400, length=clusters)
        elif action.get("type") == "clipboard":
            _text(problems, f"{place}.clipboardText", action.get("clipboardText"), 1_000)
        else:
            add(problems, f"{place}.type", "Must be one of the following values: [clipboard, message, uri]")
        _text(problems, f"{place}.label", action.get("label"), 100, needed=False)
        _bounds(problems, f"{place}.area", action.get("area"))


def _bounds(problems: Problems, name: str, area: object) -> None:
    for side, least in (("x", 0), ("y", 0), ("width", 1), ("height", 1)):
        value = area.get(side) if isinstance(area, dict) else None
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            add(problems, f"{name}.{side}", f"Must be greater than or equal to {least}")
            return


def _uri(problems: Problems, name: str, uri: object) -> None:
    """An address that opens: encoded, and of one of the four kinds LINE knows."""
    _text(problems, name, uri, 1_000)
    if isinstance(uri, str) and uri.strip():
        clean = uri.isascii() and not any(one.isspace() for one in uri)
        if not (clean and uri.lower().startswith(_SCHEMES)):
            add(problems, name, "invalid uri scheme")


def _template(problems: Problems, name: str, one: Mapping[str, Any]) -> None:
    _text(problems, f"{name}.altText", one.get("altText"), 1_500)
    template = one.get("template")
    check = _TEMPLATES.get(str(template.get("type"))) if isinstance(template, dict) else None
    if check is None or not isinstance(template, dict):
        add(problems, f"{name}.template.type", f"Must be one of the following values: {sorted(_TEMPLATES)}")
        return
    check(problems, f"{name}.template", template)


def _column(problems: Problems, name: str, one: Mapping[str, Any], longest: int, most_actions: int) -> None:
    _text(problems, f"{name}.title", one.get("title"), 40, needed=False, length=clusters)
    decorated = bool(one.get("title") or one.get("thumbnailImageUrl"))
    _text(problems, f"{name}.text", one.get("text"), 60 if decorated else longest, length=clusters)
    if one.get("thumbnailImageUrl") is not None:
        _https(problems, f"{name}.thumbnailImageUrl", one["thumbnailImageUrl"])
    _actions(problems, f"{name}.actions", one.get("actions"), 1, most_actions)


def _buttons(problems: Problems, name: str, one: Mapping[str, Any]) -> None:
    _column(problems, name, one, 160, 4)


def _confirm(problems: Problems, name: str, one: Mapping[str, Any]) -> None:
    _text(problems, f"{name}.text", one.get("text"), 240, length=clusters)
    _actions(problems, f"{name}.actions", one.get("actions"), 2, 2)


def _carousel(problems: Problems, name: str, one: Mapping[str, Any]) -> None:
    columns = _columns(problems, name, one)
    for number, column in enumerate(columns):
        _column(problems, f"{name}.columns[{number}]", column, 120, 3)
    rows = [column.get("actions") for column in columns]
    if len({len(one) for one in rows if isinstance(one, list)}) > 1:
        add(problems, f"{name}.columns", "The number of actions must be the same in all columns")


def _image_carousel(problems: Problems, name: str, one: Mapping[str, Any]) -> None:
    for number, column in enumerate(_columns(problems, name, one)):
        _https(problems, f"{name}.columns[{number}].imageUrl", column.get("imageUrl"))
        action = column.get("action")
        _actions(problems, f"{name}.columns[{number}].action", [action] if action else None, 1, 1, 12)


def _columns(problems: Problems, name: str, one: Mapping[str, Any]) -> list[dict[str, Any]]:
    columns = one.get("columns")
    if not isinstance(columns, list) or not 1 <= len(columns) <= 10:
        add(problems, f"{name}.columns", "Size must be between 1 and 10")
        return []
    for number, column in enumerate(columns):
        if not isinstance(column, dict):
            add(problems, f"{name}.columns[{number}]", "Must be an object")
    return [column for column in columns if isinstance(column, dict)]


def _actions(
    problems: Problems, name: str, actions: object, least: int, most: int, longest_label: int = BUTTON_LABEL
) -> None:
    if not isinstance(actions, list) or not least <= len(actions) <= most:
        add(problems, name, f"Size must be between {least} and {most}")
        return
    for number, action in enumerate(actions):
        place = f"{name}[{number}]"
        kind = action.get("type") if isinstance(action, dict) else None
        rule = _ACTIONS.get(str(kind))
        if rule is None:
            add(problems, f"{place}.type", f"Must be one of the following values: {sorted(_ACTIONS)}")
            continue
        part, longest = rule
        if kind == "uri":
            _uri(problems, f"{place}.{part}", action.get(part))
        else:
            length = clusters if kind == "message" else line_length
            _text(problems, f"{place}.{part}", action.get(part), longest, length=length)
        for shown in ("displayText", "fillInText"):
            _text(problems, f"{place}.{shown}", action.get(shown), 300, needed=False, length=clusters)
        # What stands on the button; only pictures of an image carousel may be without.
        needed = longest_label == BUTTON_LABEL
        _text(problems, f"{place}.label", action.get("label"), longest_label, needed=needed, length=clusters)


def _flex(problems: Problems, name: str, one: Mapping[str, Any]) -> None:
    _text(problems, f"{name}.altText", one.get("altText"), 1_500)
    contents = one.get("contents")
    kind = contents.get("type") if isinstance(contents, dict) else None
    if not isinstance(contents, dict) or kind not in ("bubble", "carousel"):
        add(problems, f"{name}.contents.type", "Must be one of the following values: [bubble, carousel]")
        return
    size = len(json.dumps(contents, ensure_ascii=False).encode())
    if size > (_BUBBLE_BYTES if kind == "bubble" else _CAROUSEL_BYTES):
        add(problems, f"{name}.contents", "Too large")
    bubbles = contents.get("contents")
    if kind == "carousel" and not (isinstance(bubbles, list) and 1 <= len(bubbles) <= 12):
        add(problems, f"{name}.contents.contents", "Size must be between 1 and 12")


def _coupon(problems: Problems, name: str, one: Mapping[str, Any]) -> None:
    _text(problems, f"{name}.couponId", one.get("couponId"), 100)
    tag = one.get("deliveryTag")
    if tag is not None and (not isinstance(tag, str) or not _DELIVERY_TAG.fullmatch(tag)):
        add(problems, f"{name}.deliveryTag", "Must be up to 30 letters, digits and underscores")


def _quick_reply(problems: Problems, name: str, one: object) -> None:
    if one is None:
        return
    items = one.get("items") if isinstance(one, dict) else None
    if not isinstance(items, list) or not 1 <= len(items) <= 13:
        add(problems, f"{name}.items", "Size must be between 1 and 13")


def _sender(problems: Problems, name: str, one: object) -> None:
    if not isinstance(one, dict):
        return
    _text(problems, f"{name}.name", one.get("name"), 20, needed=False)
    if str(one.get("name") or "").strip().casefold() == "line":
        add(problems, f"{name}.name", "Must not be LINE")


_ACTIONS: Mapping[str, tuple[str, int]] = {
    "postback": ("data", 300),
    "message": ("text", 300),
    "uri": ("uri", 1_000),
    "datetimepicker": ("data", 300),
    "clipboard": ("clipboardText", 1_000),
}
"""Actions of a button: the field each needs, and its length."""

_TEMPLATES = {
    "buttons": _buttons,
    "confirm": _confirm,
    "carousel": _carousel,
    "image_carousel": _image_carousel,
}

_TYPES = {
    "text": _text_message,
    "textV2": _text_v2,
    "sticker": _sticker,
    "image": _picture,
    "video": _picture,
    "audio": _audio,
    "location": _location,
    "imagemap": _imagemap,
    "template": _template,
    "flex": _flex,
    "coupon": _coupon,
}
