"""Which rich menu whom: LINE's calls that give people a menu of their own or take it, one by one, in blocks of 500 or by the
menus they have, and aliases, by which one menu leads to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from desktop.line_api.client import LineClient
from desktop.line_api.errors import Refused, garbled
from desktop.line_api.transport import Call

_ONE = "/v2/bot/user/{userId}/richmenu"
LINK = Call("POST", _ONE + "/{richMenuId}", writes=True)
LINKED = Call("GET", _ONE)
UNLINK = Call("DELETE", _ONE, writes=True)
BULK_LINK = Call("POST", "/v2/bot/richmenu/bulk/link", writes=True)
BULK_UNLINK = Call("POST", "/v2/bot/richmenu/bulk/unlink", writes=True)
BATCH = Call("POST", "/v2/bot/richmenu/batch", writes=True, bucket="rich_menu_batch")
VALIDATE_BATCH = Call("POST", "/v2/bot/richmenu/validate/batch")
BATCH_PROGRESS = Call("GET", "/v2/bot/richmenu/progress/batch", bucket="rich_menu_create")
_ALIAS = "/v2/bot/richmenu/alias"
CREATE_ALIAS = Call("POST", _ALIAS, writes=True)
UPDATE_ALIAS = Call("POST", _ALIAS + "/{richMenuAliasId}", writes=True)
GET_ALIAS = Call("GET", _ALIAS + "/{richMenuAliasId}")
LIST_ALIASES = Call("GET", f"{_ALIAS}/list")
DELETE_ALIAS = Call("DELETE", _ALIAS + "/{richMenuAliasId}", writes=True, bucket="rich_menu_delete")

PEOPLE_PER_LINK = 500
"""User IDs of one bulk request. Messaging API reference, "Link rich menu to multiple users"."""

Operation = Mapping[str, str]
"""One operation of a batch: link {from, to}, unlink {from} or unlinkAll, with its ``type``."""


def link(client: LineClient, user_id: str, rich_menu_id: str) -> str:
    """Give one person a menu of her own; returns LINE's request ID.

    Raises:
        LineProblem: of any fate. Doing it twice changes nothing.
    """
    return client.send(LINK, path={"userId": user_id, "richMenuId": rich_menu_id}).request_id


def linked(client: LineClient, user_id: str) -> str | None:
    """The menu one person has of her own, or None.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    try:
        answer = client.send(LINKED, path={"userId": user_id})
    except Refused as refused:
        if refused.status == 404:
            return None
        raise
    found = answer.data.get("richMenuId")
    if not isinstance(found, str):
        raise garbled(answer.heard)
    return found


def unlink(client: LineClient, user_id: str) -> str:
    """Take one person's own menu; returns LINE's request ID.

    Raises:
        LineProblem: of any fate. Doing it twice changes nothing.
    """
    return client.send(UNLINK, path={"userId": user_id}).request_id


def link_many(client: LineClient, rich_menu_id: str, user_ids: Sequence[str]) -> str:
    """Give up to 500 people a menu of their own. LINE does it within seconds, all or (where one ID is wrong) none, and leaves
    out people who are no friends without a word. Returns LINE's request ID.

    Raises:
        LineProblem: of any fate. Doing it twice changes nothing.
    """
    return client.send(BULK_LINK, json={"richMenuId": rich_menu_id, "userIds": list(user_ids)}).request_id


def unlink_many(client: LineClient, user_ids: Sequence[str]) -> str:
    """Take the own menu of up to 500 people; otherwise as :func:`link_many`."""
    return client.send(BULK_UNLINK, json={"userIds": list(user_ids)}).request_id


def batch(client: LineClient, operations: Sequence[Operation], resume_key: str = "") -> str:
    """Give everybody who has one menu another one, or none. Allowed three times an hour; LINE works on it.

    Args:
        client: the shop's client.
        operations: at most 1,000.
        resume_key: 1 to 100 letters, digits, - or _; a failed batch with the same key goes on where it ended, for 14 days.

    Returns:
        LINE's request ID, for :func:`batch_phase`.

    Raises:
        LineProblem: of any fate.
    """
    return client.send(BATCH, json=_batch(operations, resume_key)).request_id


def validate_batch(client: LineClient, operations: Sequence[Operation], resume_key: str = "") -> None:
    """Ask LINE whether it would take a batch; changes nothing.

    Raises:
        LineProblem: Refused with the part LINE does not take; RetryLater or SignInAgain.
    """
    client.send(VALIDATE_BATCH, json=_batch(operations, resume_key))


def batch_phase(client: LineClient, request_id: str) -> str:
    """How far a batch is: ongoing, succeeded, failed, or a new word of LINE's.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    answer = client.send(BATCH_PROGRESS, query={"requestId": request_id})
    return str(answer.data.get("phase") or "")


def put_alias(client: LineClient, alias: str, rich_menu_id: str) -> str:
    """Let an alias lead to a menu, whether it is there already or not; returns LINE's request ID.

    Raises:
        LineProblem: of any fate. Doing it twice changes nothing.
    """
    now = alias_target(client, alias)
    if now == rich_menu_id:
        return ""
    return (create_alias if now is None else update_alias)(client, alias, rich_menu_id)


def create_alias(client: LineClient, alias: str, rich_menu_id: str) -> str:
    """Make an alias (1 to 32 small letters, digits, - or _) that leads to a menu with a picture; returns LINE's request ID.

    Raises:
        LineProblem: of any fate; Refused if there is such an alias already.
    """
    body = {"richMenuAliasId": alias, "richMenuId": rich_menu_id}
    return client.send(CREATE_ALIAS, json=body).request_id


def update_alias(client: LineClient, alias: str, rich_menu_id: str) -> str:
    """Let an alias that is there lead to another menu; returns LINE's request ID. LINE's apps may go on with the old one for a
    while.

    Raises:
        LineProblem: of any fate; Refused with status 404 if there is none.
    """
    path = {"richMenuAliasId": alias}
    return client.send(UPDATE_ALIAS, path=path, json={"richMenuId": rich_menu_id}).request_id


def alias_target(client: LineClient, alias: str) -> str | None:
    """The menu an alias leads to, or None if there is no such alias.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    try:
        answer = client.send(GET_ALIAS, path={"richMenuAliasId": alias})
    except Refused as refused:
        if refused.status == 404:
            return None
        raise
    found = answer.data.get("richMenuId")
    if not isinstance(found, str):
        raise garbled(answer.heard)
    return found


def aliases(client: LineClient) -> Iterator[tuple[str, str]]:
    """All aliases of this channel with the menu each leads to.

    Raises:
        LineProblem: RetryLater, SignInAgain or Refused.
    """
    answer = client.send(LIST_ALIASES)
    listed = answer.data.get("aliases")
    if not isinstance(listed, list):
        raise garbled(answer.heard)
    for found in listed:
        if isinstance(found, dict) and isinstance(found.get("richMenuAliasId"), str):
            yield str(found["richMenuAliasId"]), str(found.get("richMenuId") or "")


def delete_alias(client: LineClient, alias: str) -> str:
    """Delete an alias; returns LINE's request ID.

    Raises:
        LineProblem: of any fate; Refused with status 404 if there is none.
    """
    return client.send(DELETE_ALIAS, path={"richMenuAliasId": alias}).request_id


def _batch(operations: Sequence[Operation], resume_key: str) -> dict[str, object]:
    body: dict[str, object] = {"operations": [dict(one) for one in operations]}
    return body | ({"resumeRequestKey": resume_key} if resume_key else {})
