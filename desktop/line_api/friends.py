"""Who is a friend: the list of user IDs that verified accounts may read, and the profile of one person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.core.limits import REQUEST, is_user_id
from desktop.core.message import message
from desktop.line_api.client import LineClient
from desktop.line_api.errors import Refused, garbled
from desktop.line_api.transport import Call

_FOLLOWER_IDS = Call("GET", "/v2/bot/followers/ids")
_PROFILE = Call("GET", "/v2/bot/profile/{userId}")


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person shows to the accounts she has added."""

    user_id: str
    name: str
    picture_url: str | None = None


def follower_ids(client: LineClient) -> Iterator[list[str]]:
    """The user IDs of all friends, page by page; deleted, blocking and non-consenting users are left out by
    LINE.

    Raises:
        Refused: 403 where the account is neither verified nor premium.
        LineProblem: RetryLater or SignInAgain.
    """
    start = ""
    seen: set[str] = set()
    while True:
        query: dict[str, str | int] = {"limit": REQUEST.follower_ids}
        if start:
            query["start"] = start
        try:
            answer = client.send(_FOLLOWER_IDS, query=query)
        except Refused as refused:
            if refused.status != 403:
                raise
            raise _not_verified(refused) from refused
        found = answer.data.get("userIds")
        if not isinstance(found, list):
            raise garbled(answer.heard)
        yield [user_id for user_id in found if isinstance(user_id, str) and is_user_id(user_id)]
        following = answer.data.get("next")
        # A page may hold fewer IDs than asked for and still have a successor; one seen before would never end.
        if not isinstance(following, str) or not following or following in seen:
            return
        seen.add(following)
        start = following


def profile(client: LineClient, user_id: str) -> Profile | None:
    """One person's profile; None where LINE shows none (no friend, blocked, or a user ID of another
    provider).

    Raises:
        LineProblem: RetryLater, SignInAgain, or Refused for a malformed ID.
    """
    try:
        answer = client.send(_PROFILE, path={"userId": user_id})
    except Refused as refused:
        if refused.status == 404:
            return None
        raise
    picture = answer.data.get("pictureUrl")
    return Profile(user_id, str(answer.data.get("displayName") or ""), str(picture) if picture else None)


def _not_verified(refused: Refused) -> Refused:
    return Refused(message("line.not_verified"), refused.heard, cure=message("line.not_verified_cure"))
