"""The shop's checklist of recruiting friends: one a shop, kept as a plan."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.planning.recruiting import Recruiting, from_content, link_of, to_content
from desktop.operations.line.account import verification
from desktop.operations.planning import plans
from desktop.operations.planning.operating.entries import in_own_step
from desktop.operations.planning.plans import SavedPlan
from desktop.store import shop
from desktop.store.database import Database
from desktop.text import t


@dataclass(frozen=True, slots=True)
class RecruitingSeen:
    """The checklist as it stands, and what LINE told of the account: its ID, name, and whether it may do what verified ones may
    (None: nobody asked yet)."""

    recruiting: Recruiting
    shop: str
    account_id: str
    account_link: str
    verified: bool | None


def seen(db: Database) -> RecruitingSeen:
    """Read it; a shop without one has an empty checklist."""
    kept = plans.all_of(db, "recruiting")
    account = shop.get_json(db, "line_account") or {}
    tried = verification.known(db)
    basic_id = str(account.get("premiumId") or account.get("basicId") or "")
    return RecruitingSeen(
        from_content(kept[0].content if kept else {}),
        shop.get(db, "name", ""),
        basic_id,
        link_of(basic_id) if basic_id else "",
        None if tried is None else tried.verified,
    )


def save(db: Database, recruiting: Recruiting, *, pressed: bool = False) -> SavedPlan:
    """Keep it.

    Args:
        db: the writer.
        recruiting: all of it.
        pressed: something was ticked or chosen, which undo takes back alone; what is typed is one step while it is typed.
    """
    kept = plans.all_of(db, "recruiting")
    number, name = (kept[0].id, kept[0].name) if kept else (None, t("recruiting.title"))
    if pressed and number is not None:
        return in_own_step(db, number, to_content(recruiting))
    return plans.save(db, "recruiting", number, name, to_content(recruiting))
