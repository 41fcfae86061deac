"""The calls about menus themselves: check, make, picture, look, list, delete, and the default for everybody."""

from __future__ import annotations

from desktop.simulator.exchange import Refusal, Reply, Request, json_object, json_reply, refuse
from desktop.simulator.rich_menus.menu_rules import check_menu, fits
from desktop.simulator.rich_menus.menus import MOST_MENUS, Menu
from desktop.simulator.rich_menus.pictures import read_header
from desktop.simulator.state import LineState

IMAGE_BYTES = 1_000_000
"""LINE's "1 MB", taken narrowly."""

NO_IMAGE = "must upload richmenu image before applying it to user"
_TYPES = ("image/jpeg", "image/png")


def validate(_state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """POST /v2/bot/richmenu/validate: makes nothing."""
    check_menu(json_object(request))
    return json_reply(200, {})


def create(state: LineState, request: Request, _: tuple[str, ...]) -> Reply:
    """POST /v2/bot/richmenu."""
    menu = check_menu(json_object(request))
    with state.lock:
        if len(state.menus.menus) >= MOST_MENUS:
            raise refuse(400, f"The number of rich menus has reached {MOST_MENUS}")
        return json_reply(200, {"richMenuId": state.menus.create(menu, state.clock.now()).id})


def upload(state: LineState, request: Request, place: tuple[str, ...]) -> Reply:
    """POST /v2/bot/richmenu/{richMenuId}/content: raw bytes, once."""
    declared = request.content_type()[0]
    if declared not in _TYPES:
        raise refuse(415, "The content type of the request is not supported")
    with state.lock:
        menu = menu_of(state, place[0])
        if menu.media_type:
            raise refuse(400, "An image has already been uploaded to the richmenu")
        if len(request.body) > IMAGE_BYTES:
            raise refuse(413, "Request exceeds the max size of 1MB. Make the request smaller than 1MB.")
        picture = read_header(request.body)
        if picture is None or picture.media_type != declared:
            raise refuse(415, "The image is not of the declared content type")
        size = menu.object["size"]
        as_wide_and_high = (picture.width, picture.height) == (size["width"], size["height"])
        if not fits(picture.width, picture.height) or not as_wide_and_high:
            raise refuse(400, "The image size is not allowed for richmenu")
        state.menus.put_picture(menu, request.body, declared)
        return json_reply(200, {})


def download(state: LineState, _request: Request, place: tuple[str, ...]) -> Reply:
    """GET /v2/bot/richmenu/{richMenuId}/content."""
    with state.lock:
        menu = menu_of(state, place[0])
        if not menu.media_type:
            raise refuse(404, "Not found")
        return Reply(200, state.menus.picture(menu), menu.media_type)


def get_one(state: LineState, _request: Request, place: tuple[str, ...]) -> Reply:
    """GET /v2/bot/richmenu/{richMenuId}."""
    with state.lock:
        return json_reply(200, _shown(menu_of(state, place[0])))


def list_all(state: LineState, _request: Request, _: tuple[str, ...]) -> Reply:
    """GET /v2/bot/richmenu/list: menus made by the API only."""
    with state.lock:
        listed_before = state.clock.now() - state.settings.menu_listing_lag_seconds
        shown = [_shown(one) for one in state.menus.menus.values() if one.created <= listed_before]
        return json_reply(200, {"richmenus": shown})


def delete(state: LineState, _request: Request, place: tuple[str, ...]) -> Reply:
    """DELETE /v2/bot/richmenu/{richMenuId}."""
    with state.lock:
        state.menus.delete(menu_of(state, place[0]))
        return json_reply(200, {})


def set_default(state: LineState, _request: Request, place: tuple[str, ...]) -> Reply:
    """POST /v2/bot/user/all/richmenu/{richMenuId}: hides the manager's."""
    with state.lock:
        state.menus.default = pictured(state, place[0]).id
        state.menus.save()
        return json_reply(200, {})


def get_default(state: LineState, _request: Request, _: tuple[str, ...]) -> Reply:
    """GET /v2/bot/user/all/richmenu: 403 where the manager, or another channel, has set it."""
    with state.lock:
        if state.menus.default is not None:
            return json_reply(200, {"richMenuId": state.menus.default})
        if state.settings.manager_menu:
            raise refuse(403, "the default richmenu is owned by another channel")
        raise refuse(404, "no default richmenu")


def clear_default(state: LineState, _request: Request, _: tuple[str, ...]) -> Reply:
    """DELETE /v2/bot/user/all/richmenu."""
    with state.lock:
        state.menus.default = None
        state.menus.save()
        return json_reply(200, {})


def menu_of(state: LineState, menu_id: object) -> Menu:
    """The menu of this ID.

    Raises:
        Refusal: 404 if there is none.
    """
    found = state.menus.menus.get(str(menu_id))
    if found is None:
        raise _not_found()
    return found


def pictured(state: LineState, menu_id: object) -> Menu:
    """The menu of this ID, which has its picture.

    Raises:
        Refusal: 404 if there is none, 400 if it has no picture.
    """
    found = menu_of(state, menu_id)
    if not found.media_type:
        raise refuse(400, NO_IMAGE)
    return found


def _not_found() -> Refusal:
    return refuse(404, "richmenu not found")


def _shown(menu: Menu) -> dict[str, object]:
    return {"richMenuId": menu.id, **menu.object}
