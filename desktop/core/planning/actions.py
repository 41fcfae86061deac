"""What happens when somebody taps an area of a rich menu, a button of a card or a part of a picture: the action, LINE's rules
for it, and the object LINE takes. Menus and greetings share it; each place has its own limits."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

DATE_MODES = ("date", "time", "datetime")
"""What a datetime picker can ask for."""

INPUT_OPTIONS = ("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice")
"""What a postback can do to the menu and the keyboard."""


_EXTENSION = re.compile(r"(?:ext|#|轉|分機|内線).*$", re.IGNORECASE)


class ActionKind(StrEnum):
    """Kinds of actions, by LINE's names; CALL is a `tel:` address that is asked for as a phone number, NONE is not yet chosen."""

    NONE = "none"
    URI = "uri"
    CALL = "call"
    MESSAGE = "message"
    POSTBACK = "postback"
    DATETIME = "datetimepicker"
    SWITCH = "richmenuswitch"
    CLIPBOARD = "clipboard"
    CAMERA = "camera"
    CAMERA_ROLL = "cameraRoll"
    LOCATION = "location"


QUICK_REPLY_ONLY = frozenset({ActionKind.CAMERA, ActionKind.CAMERA_ROLL, ActionKind.LOCATION})
"""Only quick replies take these. Create answers 200 for a menu with a camera, and the LINE app then breaks."""


class Place(StrEnum):
    """Where an action stands."""

    RICH_MENU = "rich_menu"
    TEMPLATE = "template"
    """Buttons, confirm and carousel templates, flex buttons."""
    IMAGE_CAROUSEL = "image_carousel"
    IMAGEMAP = "imagemap"


@dataclass(frozen=True, slots=True)
class Action:
    """One action. Only the fields of its kind count; the others keep what was typed before the kind was changed.

    Args:
        kind: what it does.
        text: what is sent as the friend's message, copied to the clipboard, or dialled (CALL).
        uri: the address that opens: http, https, line or tel.
        data: what the webhook receives (postback, datetime picker; optional for a switch).
        label: read aloud, and the visible text of a button in a template.
        display_text: what a postback shows as the friend's message; empty: nothing.
        mode, initial, earliest, latest: the datetime picker's.
        menu: the plan id of the rich menu to switch to.
        input_option, fill_in_text: the postback's; the text only with ``openKeyboard``.
    """

    kind: ActionKind = ActionKind.NONE
    text: str = ""
    uri: str = ""
    data: str = ""
    label: str = ""
    display_text: str = ""
    mode: str = "date"
    initial: str = ""
    earliest: str = ""
    latest: str = ""
    menu: int | None = None
    input_option: str = ""
    fill_in_text: str = ""

    def to_content(self) -> dict[str, Any]:
        """As JSON keeps it: only what differs from an empty action."""
        empty = asdict(NO_ACTION)
        return {name: value for name, value in asdict(self).items() if value != empty[name]}

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Action:
        """Read what :meth:`to_content` wrote; unknown fields are left out, a kind nobody knows becomes NONE."""
        known = {one.name for one in fields(cls)} - {"kind", "menu"}
        values: dict[str, Any] = {
            name: value for name, value in content.items() if name in known and isinstance(value, str)
        }
        kinds = {kind.value: kind for kind in ActionKind}
        menu = content.get("menu")
        return cls(
            kind=kinds.get(str(content.get("kind", "")), ActionKind.NONE),
            menu=menu if isinstance(menu, int) and not isinstance(menu, bool) else None,
            **values,
        )


NO_ACTION = Action()
"""Nothing happens."""

AliasOf = Callable[[int], str]
"""Plan id of a rich menu → the alias under which it is published."""


def to_line(
    action: Action, place: Place = Place.RICH_MENU, alias_of: AliasOf | None = None
) -> dict[str, Any]:
    """The action object LINE takes.

    Args:
        action: one without problems (``action_rules.problems``); of others, what there is.
        place: where it stands; picture maps name their fields otherwise and have no ``area`` here.
        alias_of: needed for a switch.
    Raises:
        ValueError: an action that is not chosen, or a switch without ``alias_of`` or target.
    Source: Messaging API reference, "Action objects" and "Imagemap message".
    """
    if place is Place.IMAGEMAP:
        body = _imagemap(action)
    else:
        body = _WRITERS[action.kind](action) if action.kind in _WRITERS else _switch(action, alias_of)
    if action.label.strip():
        body["label"] = action.label.strip()
    return body


def written_uri(action: Action) -> str:
    """The address LINE gets: percent-encoded, host names in their ASCII form, a phone number as ``tel:``."""
    if action.kind is ActionKind.CALL:
        return "tel:" + dialled(action.text)
    return encoded(action.uri.strip())


def dialled(number: str) -> str:
    """The digits of a phone number as a ``tel:`` address writes them, with + if it had one, full-width digits too.

    An extension is left out: behind # an address has a fragment, and phones would dial none of it.
    """
    plain = _EXTENSION.sub("", unicodedata.normalize("NFKC", number)).strip()
    digits = "".join(one for one in plain if one in "0123456789")
    return ("+" if plain.startswith("+") else "") + digits


def encoded(uri: str) -> str:
    """The address with everything outside ASCII percent-encoded as UTF-8; what is encoded already stays.

    LINE asks for it: Messaging API docs, "Encoding of URLs".
    """
    parts = urlsplit(uri)
    host = parts.netloc
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            host = quote(host)
    rest = (quote(part, safe="%/:=&?~#+!$,;'@()*[]-._") for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, host, *rest))


def _uri(action: Action) -> dict[str, Any]:
    return {"type": "uri", "uri": written_uri(action)}


def _message(action: Action) -> dict[str, Any]:
    return {"type": "message", "text": action.text.strip()}


def _clipboard(action: Action) -> dict[str, Any]:
    return {"type": "clipboard", "clipboardText": action.text}


def _postback(action: Action) -> dict[str, Any]:
    body: dict[str, Any] = {"type": "postback", "data": action.data}
    if action.display_text:
        body["displayText"] = action.display_text
    if action.input_option:
        body["inputOption"] = action.input_option
    if action.input_option == "openKeyboard" and action.fill_in_text:
        body["fillInText"] = action.fill_in_text
    return body


def _datetime(action: Action) -> dict[str, Any]:
    body = {"type": "datetimepicker", "data": action.data, "mode": action.mode}
    given = {"initial": action.initial, "min": action.earliest, "max": action.latest}
    return body | {name: value.strip() for name, value in given.items() if value.strip()}


def _quick_reply(action: Action) -> dict[str, Any]:
    return {"type": action.kind.value}


def _switch(action: Action, alias_of: AliasOf | None) -> dict[str, Any]:
    if action.kind is not ActionKind.SWITCH or action.menu is None or alias_of is None:
        raise ValueError(f"no action to write: {action.kind}")
    return {
        "type": "richmenuswitch",
        "richMenuAliasId": alias_of(action.menu),
        "data": action.data or f"menu={action.menu}",
    }


def _imagemap(action: Action) -> dict[str, Any]:
    if action.kind in (ActionKind.URI, ActionKind.CALL):
        return {"type": "uri", "linkUri": written_uri(action)}
    if action.kind in (ActionKind.MESSAGE, ActionKind.CLIPBOARD):
        return _WRITERS[action.kind](action)
    raise ValueError(f"a picture map has no such action: {action.kind}")


_WRITERS: dict[ActionKind, Callable[[Action], dict[str, Any]]] = {
    ActionKind.URI: _uri,
    ActionKind.CALL: _uri,
    ActionKind.MESSAGE: _message,
    ActionKind.CLIPBOARD: _clipboard,
    ActionKind.POSTBACK: _postback,
    ActionKind.DATETIME: _datetime,
    **dict.fromkeys(QUICK_REPLY_ONLY, _quick_reply),
}
