"""Each kind of request a publishing job is made of: how it is sent, and how one finds out whether LINE has processed it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.line_api import rich_menus
from desktop.line_api.client import LineClient
from desktop.line_api.errors import Refused
from desktop.line_api.rich_menus import links
from desktop.line_api.uploading.hooks import InDatabase
from desktop.store.publishing import PlannedRequest, menus, people
from desktop.store.publishing.menus import FrozenMenu


@dataclass(frozen=True, slots=True)
class Done:
    """LINE has processed a request; ``rich_menu_id`` is the number of a menu that was made."""

    request_id: str = ""
    rich_menu_id: str = ""


class Requests:
    """The requests of one shop's jobs.

    Args:
        client: the shop's client.
        in_database: how to reach the shop file.
    """

    def __init__(self, client: LineClient, in_database: InDatabase) -> None:
        self._client = client
        self._db = in_database

    def look(self, request: PlannedRequest, menu: FrozenMenu | None) -> Done | None:
        """Whether LINE has processed a request whose fate is unknown. None: not that LINE shows; for every kind but
        ``create`` it may then be sent again, because doing it twice changes nothing.

        Raises:
            LineProblem: RetryLater, SignInAgain or Refused.
        """
        if menu is None:
            return None
        match request.method:
            case "create":
                found = self._named(menu)
                return None if found is None else Done(rich_menu_id=found)
            case "image":
                return Done() if rich_menus.has_picture(self._client, _number(menu)) else None
        return None

    def send(self, request: PlannedRequest, menu: FrozenMenu | None) -> Done:
        """Send a request.

        Raises:
            LineProblem: of any fate.
        """
        match request.method:
            case "unlink":
                return self._links(request, None)
            case "clear_default":
                return self._unless_gone(lambda: rich_menus.clear_default(self._client))
            case "delete_alias":
                return self._unless_gone(lambda: links.delete_alias(self._client, request.alias or ""))
        if menu is None:
            raise ValueError(f"a {request.method} is about no menu")
        match request.method:
            case "validate":
                return Done(rich_menus.validate(self._client, menu.object))
            case "create":
                made = rich_menus.create(self._client, menu.object)
                return Done(made.request_id, made.id)
            case "image":
                return self._picture(menu)
            case "alias":
                return Done(links.put_alias(self._client, request.alias or "", _number(menu)))
            case "default":
                return Done(rich_menus.set_default(self._client, _number(menu)))
            case "link":
                return self._links(request, menu)
            case "delete":
                return self._delete(menu)
        raise ValueError(f"no request is called {request.method}")

    def is_gone(self, menu: FrozenMenu) -> bool:
        """Whether LINE does not know a menu any more that it once had.

        Raises:
            LineProblem: RetryLater, SignInAgain or Refused.
        """
        return menu.rich_menu_id is not None and rich_menus.look(self._client, menu.rich_menu_id) is None

    def _named(self, menu: FrozenMenu) -> str | None:
        """LINE's number of the menu whose name carries our mark, or None."""
        return next((one.id for one in rich_menus.each(self._client) if menu.is_called(one.name)), None)

    def _picture(self, menu: FrozenMenu) -> Done:
        picture = self._db(lambda db: menus.image(db, menu.id))
        if picture is None:
            raise ValueError(f"menu {menu.id} has no picture")
        try:
            return Done(rich_menus.upload(self._client, _number(menu), picture, menu.media_type))
        except Refused:
            # A picture is never replaced: an earlier try may have arrived.
            if rich_menus.has_picture(self._client, _number(menu)):
                return Done()
            raise

    def _links(self, request: PlannedRequest, menu: FrozenMenu | None) -> Done:
        ids = self._db(lambda db: people.block(db, request.publishing_id, request.first, request.count))
        if not ids:
            # Everybody in it was erased meanwhile.
            return Done()
        if menu is None:
            return Done(links.unlink_many(self._client, ids))
        return Done(links.link_many(self._client, _number(menu), ids))

    def _delete(self, menu: FrozenMenu) -> Done:
        number = menu.rich_menu_id or self._named(menu)
        return (
            Done() if number is None else self._unless_gone(lambda: rich_menus.delete(self._client, number))
        )

    def _unless_gone(self, send: Callable[[], str]) -> Done:
        try:
            return Done(send())
        except Refused as refused:
            if refused.status == 404:
                return Done()
            raise


def _number(menu: FrozenMenu) -> str:
    if menu.rich_menu_id is None:
        raise ValueError(f"LINE does not have menu {menu.id}")
    return menu.rich_menu_id
