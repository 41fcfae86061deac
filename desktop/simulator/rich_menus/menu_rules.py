"""What LINE takes as a rich menu object, as its reference lists it: size, name, bar, areas and what a tap does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeGuard

from desktop.core.limits import line_length
from desktop.core.planning.graphemes import count
from desktop.simulator.messages.message_rules import Problems, add, refuse_all

WIDTHS = (800, 2_500)
LEAST_HEIGHT = 250
LEAST_RATIO = 1.45
"""Messaging API reference, "Rich menu object" and "Requirements for rich menu image"."""

_MOST_AREAS = 20
_ALIAS = re.compile(r"[a-z0-9_-]{1,32}")
_SCHEMES = ("http://", "https://", "line://", "tel:")
_FORMATS = {"date": "%Y-%m-%d", "time": "%H:%M", "datetime": "%Y-%m-%dT%H:%M"}
_INPUTS = ("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice")


def check_menu(body: Mapping[str, Any]) -> dict[str, Any]:
    """The menu if LINE takes it, with what LINE keeps of it.

    Raises:
        Refusal: 400 with every part that LINE does not take.
    """
    problems: Problems = []
    _size(problems, body.get("size"))
    if not isinstance(body.get("selected"), bool):
        add(problems, "selected", "May not be null")
    _text(problems, "name", body.get("name"), 300)
    _text(problems, "chatBarText", body.get("chatBarText"), 14)
    areas = body.get("areas")
    if not isinstance(areas, list) or len(areas) > _MOST_AREAS:
        add(problems, "areas", f"Size must be between 0 and {_MOST_AREAS}")
    else:
        for number, area in enumerate(areas):
            _area(problems, f"areas[{number}]", area)
    if problems:
        raise refuse_all(problems)
    return {name: body[name] for name in ("size", "selected", "name", "chatBarText", "areas")}


def fits(width: int, height: int) -> bool:
    """Whether a menu, or its picture, may have these pixels."""
    return WIDTHS[0] <= width <= WIDTHS[1] and height >= LEAST_HEIGHT and width / height >= LEAST_RATIO


def is_alias(text: object) -> bool:
    """Whether a text may be an alias."""
    return isinstance(text, str) and _ALIAS.fullmatch(text) is not None


def _size(problems: Problems, size: object) -> None:
    sides = size if isinstance(size, dict) else {}
    width, height = sides.get("width"), sides.get("height")
    if not _whole(width, 1) or not _whole(height, 1) or not fits(width, height):
        add(
            problems,
            "size",
            "Width must be 800 to 2500, height at least 250, and their ratio at least 1.45",
        )


def _area(problems: Problems, name: str, area: object) -> None:
    if not isinstance(area, dict):
        add(problems, name, "Must be an object")
        return
    bounds = area.get("bounds")
    for side, least in (("x", 0), ("y", 0), ("width", 1), ("height", 1)):
        if not isinstance(bounds, dict) or not _whole(bounds.get(side), least):
            add(problems, f"{name}.bounds.{side}", f"Must be greater than or equal to {least}")
    action = area.get("action")
    kind = str(action.get("type")) if isinstance(action, dict) else ""
    check = _ACTIONS.get(kind)
    if check is None or not isinstance(action, dict):
        add(problems, f"{name}.action.type", f"Must be one of the following values: {sorted(_ACTIONS)}")
        return
    _text(problems, f"{name}.action.label", action.get("label"), 20, needed=False)
    check(problems, f"{name}.action", action)


def _postback(problems: Problems, name: str, action: Mapping[str, Any]) -> None:
    _text(problems, f"{name}.data", action.get("data"), 300, length=line_length)
    for part in ("displayText", "fillInText"):
        _text(problems, f"{name}.{part}", action.get(part), 300, needed=False)
    if action.get("inputOption") not in (None, *_INPUTS):
        add(problems, f"{name}.inputOption", f"Must be one of the following values: {list(_INPUTS)}")
    if action.get("fillInText") is not None and action.get("inputOption") != "openKeyboard":
        add(problems, f"{name}.fillInText", "Can only be used with openKeyboard")


def _message(problems: Problems, name: str, action: Mapping[str, Any]) -> None:
    _text(problems, f"{name}.text", action.get("text"), 300)


def _uri(problems: Problems, name: str, action: Mapping[str, Any]) -> None:
    uri = action.get("uri")
    _text(problems, f"{name}.uri", uri, 1_000, length=line_length)
    if isinstance(uri, str) and not (uri.lower().startswith(_SCHEMES) and uri.isascii() and " " not in uri):
        add(problems, f"{name}.uri", "invalid uri scheme")


def _picker(problems: Problems, name: str, action: Mapping[str, Any]) -> None:
    _text(problems, f"{name}.data", action.get("data"), 300, length=line_length)
    form = _FORMATS.get(str(action.get("mode")))
    if form is None:
        add(problems, f"{name}.mode", f"Must be one of the following values: {sorted(_FORMATS)}")
        return
    for part in ("initial", "min", "max"):
        given = action.get(part)
        if given is not None and not _is_time(str(given), form):
            add(problems, f"{name}.{part}", "Invalid format")
            return
    least, most = action.get("min"), action.get("max")
    if least is not None and most is not None and str(least) >= str(most):
        add(problems, f"{name}.max", "Must be later than min")


def _switch(problems: Problems, name: str, action: Mapping[str, Any]) -> None:
    if not is_alias(action.get("richMenuAliasId")):
        add(problems, f"{name}.richMenuAliasId", "Must match ^[a-z0-9_-]{1,32}$")
    _text(problems, f"{name}.data", action.get("data"), 300, length=line_length)


def _clipboard(problems: Problems, name: str, action: Mapping[str, Any]) -> None:
    _text(problems, f"{name}.clipboardText", action.get("clipboardText"), 1_000, length=line_length)


def _anything(_problems: Problems, _name: str, _action: Mapping[str, Any]) -> None:
    """LINE's create takes cameras and locations, though its app then breaks or does nothing."""


_ACTIONS: Mapping[str, Callable[[Problems, str, Mapping[str, Any]], None]] = {
    "postback": _postback,
    "message": _message,
    "uri": _uri,
    "datetimepicker": _picker,
    "richmenuswitch": _switch,
    "clipboard": _clipboard,
    "camera": _anything,
    "cameraRoll": _anything,
    "location": _anything,
}


def _text(
    problems: Problems,
    name: str,
    value: object,
    most: int,
    *,
    needed: bool = True,
    length: Callable[[str], int] = count,
) -> None:
    """Names, bars, labels and what is said are counted in grapheme clusters; data, addresses and what is copied in UTF-16 units,
    LINE's default. Messaging API docs, "Character counting in a text"."""
    if value is None and not needed:
        return
    if not isinstance(value, str) or (needed and not value.strip()):
        add(problems, name, "May not be empty")
    elif length(value) > most:
        add(problems, name, f"Length must be between 0 and {most}")


def _whole(value: object, least: int) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value < 2**31


def _is_time(text: str, form: str) -> bool:
    try:
        datetime.strptime(text.replace("t", "T"), form)
    except ValueError:
        return False
    return True
