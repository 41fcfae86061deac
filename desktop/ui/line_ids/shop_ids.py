"""What the page 取得 LINE UID shows of the shop, read in one go: people, friends, what LINE told of the account, the last
check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.core.people.condition import EVERYBODY
from desktop.operations.audiences import audience_editor
from desktop.operations.line import joining, provider_check
from desktop.operations.line.account import verification
from desktop.operations.line.account.verification import Verification
from desktop.operations.line.joining import JoinCounts
from desktop.operations.line.provider_check import ProviderCheck
from desktop.store import people, shop
from desktop.store.database import Database
from desktop.store.overview import friend_figures
from desktop.store.people import PeopleCounts

NOBODY_TO_JOIN = JoinCounts(0, 0)


@dataclass(frozen=True)
class ShopIds:
    """See the module. ``line_figures`` and ``account`` are what LINE told last, None before."""

    counts: PeopleCounts
    parts: dict[str, int]
    line_figures: dict[str, Any] | None
    account: dict[str, Any] | None = None
    check: ProviderCheck | None = None
    verification: Verification | None = None
    to_join: JoinCounts = NOBODY_TO_JOIN

    @property
    def with_user_id(self) -> int:
        """People who have a LINE user ID."""
        return self.counts.people - self.parts["without_user_id"]

    @property
    def friends_at_line(self) -> int | None:
        """Friends as LINE counts them, without those who blocked; None where LINE told nothing."""
        figures = self.line_figures or {}
        followers, blocks = figures.get("followers"), figures.get("blocks")
        return followers - blocks if isinstance(followers, int) and isinstance(blocks, int) else None


def read_ids(db: Database) -> ShopIds:
    """Read what the page shows."""
    return ShopIds(
        people.counts(db),
        audience_editor.counts(db, EVERYBODY).parts,
        friend_figures(db),
        shop.get_json(db, "line_account"),
        provider_check.last_check(db),
        verification.known(db),
        joining.counts(db),
    )


def is_connected(db: Database) -> bool:
    """Whether there is an account (or the simulated one of a practice shop) to ask."""
    return shop.is_practice(db) or bool(shop.get(db, "line_account"))
