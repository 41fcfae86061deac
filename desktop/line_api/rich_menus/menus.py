"""LINE's rich menu calls: check a menu, make one, give it its picture, look at it, delete it, and show it to everybody by
default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.core.message import message
from desktop.line_api.client import LineClient
from desktop.line_api.errors import OutcomeUnknown, Refused, Why, garbled
from desktop.line_api.rich_menus.picture_body import PictureBody
from desktop.line_api.transport import Answer, Call

MENU = "/v2/bot/richmenu"
VALIDATE = Call("POST", f"{MENU}/validate")
CREATE = Call("POST", MENU, writes=True, bucket="rich_menu_create")
UPLOAD = Call("POST", f"{MENU}/{{richMenuId}}/content", writes=True, data=True)
DOWNLOAD = Call("GET", f"{MENU}/{{richMenuId}}/content", data=True, binary=True)
GET = Call("GET", f"{MENU}/{{richMenuId}}")
LIST = Call("GET", f"{MENU}/list", bucket="rich_menu_list")
DELETE = Call("DELETE", f"{MENU}/{{richMenuId}}", writes=True, bucket="rich_menu_delete")
SET_DEFAULT = Call("POST", "/v2/bot/user/all/richmenu/{richMenuId}", writes=True)
GET_DEFAULT = Call("GET", "/v2/bot/user/all/richmenu")
CLEAR_DEFAULT = Call("DELETE", "/v2/bot/user/all/richmenu", writes=True)

MenuObject = Mapping[str, Any]
"""A rich menu object as LINE's reference writes it: size, selected, name, chatBarText, areas."""


@dataclass(frozen=True, slots=True)
class MenuAtLine:
    """A menu as LINE lists it; ``name`` is the one nobody but programs sees."""

    id: str
    name: str
    chat_bar_text: str
    object: MenuObject


@dataclass(frozen=True, slots=True)
class CreatedMenu:
    """LINE made a menu."""

    id: str
    request_id: str


def validate(client: LineClient, menu: MenuObject) -> str:
    """Ask LINE whether it would take this menu; changes nothing. Returns LINE's request ID.

    Raises:
        LineProblem: Refused, with the parts LINE does not take in ``heard.properties``; RetryLater or SignInAgain.
    """
    return client.send(VALIDATE, json=menu).request_id


def create(client: LineClient, menu: MenuObject) -> CreatedMenu:
    """Make a menu, without its picture.

    Raises:
        LineProblem: of any fate; OutcomeUnknown means it may exist now.
    """
    answer = client.send(CREATE, json=menu)
    return CreatedMenu(_id_of(answer, writes=True), answer.request_id)


def upload(client: LineClient, rich_menu_id: str, picture: bytes, media_type: str) -> str:
    """Give a menu its picture, which can never be replaced: raw bytes, JPEG or PNG of at most 1 MB. Returns LINE's request ID.

    Raises:
        LineProblem: of any fate; OutcomeUnknown means that it may have it now.
    """
    path = {"richMenuId": rich_menu_id}
    return client.send(UPLOAD, path=path, file=lambda: PictureBody(picture, media_type)).request_id


def has_picture(client: LineClient, rich_menu_id: str) -> bool:
    """Whether a menu has its picture.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    try:
        client.send(DOWNLOAD, path={"richMenuId": rich_menu_id})
    except Refused as refused:
        if refused.status == 404:
            return False
        raise
    return True


def look(client: LineClient, rich_menu_id: str) -> MenuAtLine | None:
    """One menu, or None if LINE does not know it.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    try:
        answer = client.send(GET, path={"richMenuId": rich_menu_id})
    except Refused as refused:
        if refused.status == 404:
            return None
        raise
    return _menu(answer.data, answer)


def each(client: LineClient) -> Iterator[MenuAtLine]:
    """All menus that this channel made by the API; those of the manager are not among them.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    answer = client.send(LIST)
    listed = answer.data.get("richmenus")
    if not isinstance(listed, list):
        raise garbled(answer.heard)
    for found in listed:
        if isinstance(found, dict):
            yield _menu(found, answer)


def delete(client: LineClient, rich_menu_id: str) -> str:
    """Delete a menu; who has it sees the default again. Returns LINE's request ID.

    Raises:
        LineProblem: of any fate; Refused with status 404 if there is none.
    """
    return client.send(DELETE, path={"richMenuId": rich_menu_id}).request_id


def set_default(client: LineClient, rich_menu_id: str) -> str:
    """Show a menu to everybody who has none of her own; it hides the manager's default menu. Returns LINE's request ID.

    Raises:
        LineProblem: of any fate; OutcomeUnknown means that it may be the default now. Doing it twice changes nothing.
    """
    return client.send(SET_DEFAULT, path={"richMenuId": rich_menu_id}).request_id


def default(client: LineClient) -> str | None:
    """The default menu set by the API; None if there is none of this channel's (another channel's, or the manager's, answers
    403).

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    try:
        answer = client.send(GET_DEFAULT)
    except Refused as refused:
        if refused.status in (403, 404):
            return None
        raise
    return _id_of(answer, writes=False)


def clear_default(client: LineClient) -> str:
    """Show no menu of the API to everybody any more: the manager's, if there is one. Returns LINE's request ID.

    Raises:
        LineProblem: of any fate. Doing it twice changes nothing.
    """
    return client.send(CLEAR_DEFAULT).request_id


def _id_of(answer: Answer, *, writes: bool) -> str:
    found = answer.data.get("richMenuId")
    if isinstance(found, str) and found:
        return found
    if writes:
        raise OutcomeUnknown(message("line.garbled"), answer.heard, why=Why.GARBLED)
    raise garbled(answer.heard)


def _menu(found: Mapping[str, Any], answer: Answer) -> MenuAtLine:
    number = found.get("richMenuId")
    if not isinstance(number, str):
        raise garbled(answer.heard)
    menu = {name: value for name, value in found.items() if name != "richMenuId"}
    return MenuAtLine(number, str(found.get("name") or ""), str(found.get("chatBarText") or ""), menu)
