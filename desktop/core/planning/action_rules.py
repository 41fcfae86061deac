"""LINE's rules for actions, each place with its own limits: what is wrong with an action, said so that an owner can mend it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType
from urllib.parse import urlsplit

from desktop.core.limits import line_length
from desktop.core.message import Message, message
from desktop.core.planning.actions import (
    DATE_MODES,
    INPUT_OPTIONS,
    QUICK_REPLY_ONLY,
    Action,
    ActionKind,
    Place,
    dialled,
    written_uri,
)
from desktop.core.planning.graphemes import count

SCHEMES = ("http", "https", "line", "tel")
"""What an address may begin with. Messaging API reference, "URI action"."""

DATA_LENGTH = 300
URI_LENGTH = 1_000
CLIPBOARD_LENGTH = 1_000
"""In UTF-16 code units, LINE's default way of counting."""

DISPLAY_LENGTH = 300
"""`displayText` and `fillInText`, in grapheme clusters."""

EARLIEST = {"date": "1900-01-01", "time": "00:00", "datetime": "1900-01-01T00:00"}
LATEST = {"date": "2100-12-31", "time": "23:59", "datetime": "2100-12-31T23:59"}
"""The range of a datetime picker. Messaging API reference, "Datetime picker action"."""

_PHONE = re.compile(r"\+?[0-9]{3,20}")
_PHONE_MARKS = re.compile(r"\+?[0-9\-().\s/]*(?:(?:ext|#|轉|分機|内線)\.?\s*[0-9]+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlaceLimits:
    """What one place takes.

    Args:
        kinds: the actions it takes.
        message: the longest message text, in graphemes.
        label: the longest label, in graphemes.
        label_needed: whether a label has to be given because it is what people see.
    """

    kinds: frozenset[ActionKind]
    message: int = 300
    label: int = 20
    label_needed: bool = False


_BUTTONS = frozenset(
    {
        ActionKind.URI,
        ActionKind.CALL,
        ActionKind.MESSAGE,
        ActionKind.POSTBACK,
        ActionKind.DATETIME,
        ActionKind.CLIPBOARD,
    }
)

LIMITS: Mapping[Place, PlaceLimits] = MappingProxyType(
    {
        Place.RICH_MENU: PlaceLimits(_BUTTONS | {ActionKind.SWITCH}),
        Place.TEMPLATE: PlaceLimits(_BUTTONS, label_needed=True),
        Place.IMAGE_CAROUSEL: PlaceLimits(_BUTTONS, label=12, label_needed=True),
        Place.IMAGEMAP: PlaceLimits(
            frozenset({ActionKind.URI, ActionKind.CALL, ActionKind.MESSAGE, ActionKind.CLIPBOARD}),
            message=400,
            label=100,
        ),
    }
)
"""Messaging API reference, "Action objects", "Template messages", "Imagemap message", "Rich menu structure"."""


@dataclass(frozen=True, slots=True)
class ActionProblem:
    """One thing that is wrong.

    Args:
        id: which rule, e.g. ``uri_scheme``.
        field: the field of Action to mend.
        text: what is wrong and what to do.
        warning: LINE takes it, but it will not do what the owner expects.
    """

    id: str
    field: str
    text: Message
    warning: bool = False


def problems(action: Action, where: Place = Place.RICH_MENU) -> tuple[ActionProblem, ...]:
    """Everything that LINE would refuse or that would do nothing, the worst first; empty if the action is fine."""
    found = tuple(_problems(action, LIMITS[where]))
    return tuple(sorted(found, key=lambda problem: problem.warning))


def _problems(action: Action, limits: PlaceLimits) -> Iterator[ActionProblem]:
    if action.kind is ActionKind.NONE:
        yield ActionProblem("none", "kind", message("rich_menu.action.none"))
        return
    if action.kind in QUICK_REPLY_ONLY:
        yield ActionProblem("quick_reply_only", "kind", message("rich_menu.action.quick_reply_only"))
        return
    if action.kind not in limits.kinds:
        yield ActionProblem("not_here", "kind", message("rich_menu.action.not_here"))
        return
    yield from _RULES[action.kind](action, limits)
    label = count(action.label.strip())
    if label > limits.label:
        yield ActionProblem(
            "label_long", "label", message("rich_menu.action.label_long", n=label, limit=limits.label)
        )
    if limits.label_needed and not label:
        yield ActionProblem("label_missing", "label", message("rich_menu.action.label_missing"))


def _uri(action: Action, _: PlaceLimits) -> Iterator[ActionProblem]:
    uri = action.uri.strip()
    if not uri:
        yield ActionProblem("uri_missing", "uri", message("rich_menu.action.uri_missing"))
        return
    try:
        parts = urlsplit(uri)
        length = line_length(written_uri(action))
    except ValueError:
        yield ActionProblem("uri_wrong", "uri", message("rich_menu.action.uri_wrong"))
        return
    if parts.scheme not in SCHEMES:
        yield ActionProblem("uri_scheme", "uri", message("rich_menu.action.uri_scheme"))
    elif re.search(r"\s", uri) or not (parts.netloc or (parts.scheme == "tel" and parts.path)):
        yield ActionProblem("uri_wrong", "uri", message("rich_menu.action.uri_wrong"))
    elif parts.scheme == "tel" and not _PHONE.fullmatch(dialled(parts.path)):
        yield ActionProblem("phone_wrong", "uri", message("rich_menu.action.phone_wrong"))
    if length > URI_LENGTH:
        yield ActionProblem(
            "uri_long", "uri", message("rich_menu.action.uri_long", n=length, limit=URI_LENGTH)
        )


def _call(action: Action, _: PlaceLimits) -> Iterator[ActionProblem]:
    plain = unicodedata.normalize("NFKC", action.text).strip()
    if not plain:
        yield ActionProblem("phone_missing", "text", message("rich_menu.action.phone_missing"))
    elif not _PHONE_MARKS.fullmatch(plain) or not _PHONE.fullmatch(dialled(plain)):
        yield ActionProblem("phone_wrong", "text", message("rich_menu.action.phone_wrong"))


def _message(action: Action, limits: PlaceLimits) -> Iterator[ActionProblem]:
    length = count(action.text.strip())
    if not length:
        yield ActionProblem("message_missing", "text", message("rich_menu.action.message_missing"))
    if length > limits.message:
        yield ActionProblem(
            "message_long", "text", message("rich_menu.action.message_long", n=length, limit=limits.message)
        )


def _clipboard(action: Action, _: PlaceLimits) -> Iterator[ActionProblem]:
    length = line_length(action.text)
    if not action.text.strip():
        yield ActionProblem("clipboard_missing", "text", message("rich_menu.action.clipboard_missing"))
    if length > CLIPBOARD_LENGTH:
        yield ActionProblem(
            "clipboard_long",
            "text",
            message("rich_menu.action.clipboard_long", n=length, limit=CLIPBOARD_LENGTH),
        )


def _data(action: Action, *, needed: bool) -> Iterator[ActionProblem]:
    length = line_length(action.data)
    if needed and not length:
        yield ActionProblem("data_missing", "data", message("rich_menu.action.data_missing"))
    if length > DATA_LENGTH:
        yield ActionProblem(
            "data_long", "data", message("rich_menu.action.data_long", n=length, limit=DATA_LENGTH)
        )


def _postback(action: Action, _: PlaceLimits) -> Iterator[ActionProblem]:
    yield from _data(action, needed=True)
    shown = count(action.display_text)
    if shown > DISPLAY_LENGTH:
        yield ActionProblem(
            "display_long",
            "display_text",
            message("rich_menu.action.display_long", n=shown, limit=DISPLAY_LENGTH),
        )
    if action.input_option and action.input_option not in INPUT_OPTIONS:
        yield ActionProblem("input_option", "input_option", message("rich_menu.action.input_option"))
    filled = count(action.fill_in_text)
    if filled and action.input_option != "openKeyboard":
        yield ActionProblem("fill_in_alone", "fill_in_text", message("rich_menu.action.fill_in_alone"))
    if filled > DISPLAY_LENGTH:
        yield ActionProblem(
            "fill_in_long",
            "fill_in_text",
            message("rich_menu.action.fill_in_long", n=filled, limit=DISPLAY_LENGTH),
        )
    yield ActionProblem("webhook", "kind", message("rich_menu.action.webhook"), warning=True)


def _datetime(action: Action, _: PlaceLimits) -> Iterator[ActionProblem]:
    yield from _data(action, needed=True)
    if action.mode not in DATE_MODES:
        yield ActionProblem("date_mode", "mode", message("rich_menu.action.date_mode"))
        return
    moments = {}
    for name in ("earliest", "initial", "latest"):
        written = getattr(action, name).strip()
        if not written:
            continue
        moment = _moment(written, action.mode)
        if moment is None:
            yield ActionProblem("date_wrong", name, message("rich_menu.action.date_wrong"))
        else:
            moments[name] = moment
    if "earliest" in moments and "latest" in moments and moments["earliest"] >= moments["latest"]:
        yield ActionProblem("date_order", "latest", message("rich_menu.action.date_order"))
    elif sorted(moments.values()) != list(moments.values()):
        yield ActionProblem("date_outside", "initial", message("rich_menu.action.date_outside"))
    yield ActionProblem("webhook", "kind", message("rich_menu.action.webhook"), warning=True)


def _moment(written: str, mode: str) -> str | None:
    """The moment in a form that sorts, or None where it is no such moment or lies outside LINE's range."""
    patterns = {"date": r"\d{4}-\d\d-\d\d", "time": r"\d\d:\d\d", "datetime": r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d"}
    if not re.fullmatch(patterns[mode], written):
        return None
    plain = written.upper()
    readers: dict[str, Callable[[str], object]] = {
        "date": date.fromisoformat,
        "time": time.fromisoformat,
        "datetime": datetime.fromisoformat,
    }
    try:
        readers[mode](plain)
    except ValueError:
        return None
    return plain if EARLIEST[mode] <= plain <= LATEST[mode] else None


def _switch(action: Action, _: PlaceLimits) -> Iterator[ActionProblem]:
    if action.menu is None:
        yield ActionProblem("switch_missing", "menu", message("rich_menu.action.switch_missing"))
    yield from _data(action, needed=False)


_RULES: Mapping[ActionKind, Callable[[Action, PlaceLimits], Iterator[ActionProblem]]] = MappingProxyType(
    {
        ActionKind.URI: _uri,
        ActionKind.CALL: _call,
        ActionKind.MESSAGE: _message,
        ActionKind.CLIPBOARD: _clipboard,
        ActionKind.POSTBACK: _postback,
        ActionKind.DATETIME: _datetime,
        ActionKind.SWITCH: _switch,
    }
)
