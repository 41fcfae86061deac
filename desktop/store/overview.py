"""What the window's frame shows of a shop: counts beside the menu, the state of LINE, the steps that undo and redo would turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop.core.message import Message
from desktop.store import history, shop
from desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class Overview:
    """``open_uploads`` are uploads and publications not finished; ``waiting_uploads`` those of them that have not reached LINE.
    ``account``, ``figures`` and ``quota`` are what LINE said last, None if it was never asked."""

    people: int
    tags: int
    audiences: int
    open_uploads: int
    waiting_uploads: int
    undo: Message | None
    redo: Message | None
    account: dict[str, Any] | None
    figures: dict[str, Any] | None
    quota: dict[str, Any] | None
    uploads_paused: bool
    has_orders: bool = False
    has_plans: bool = False


def overview(db: Database) -> Overview:
    """Read it all; the one slow part is counting the people, a few hundredths of a second for a million."""
    undo, redo = history.next_undo(db), history.next_redo(db)
    outgoing = "SELECT state, count(*) FROM (SELECT state FROM upload UNION ALL SELECT state FROM publishing) GROUP BY state"
    states: dict[str, int] = dict(db.all(outgoing))
    waiting = sum(states.get(state, 0) for state in ("waiting", "unknown"))
    open_ones = waiting + sum(states.get(state, 0) for state in ("sending", "processing", "action_needed"))
    return Overview(
        people=db.value("SELECT count(*) FROM person"),
        tags=db.value("SELECT count(*) FROM tag"),
        audiences=db.value("SELECT count(*) FROM audience"),
        open_uploads=open_ones,
        waiting_uploads=waiting,
        undo=undo.title if undo else None,
        redo=redo.title if redo else None,
        account=shop.get_json(db, "line_account"),
        figures=friend_figures(db),
        quota=shop.get_json(db, "quota"),
        uploads_paused=shop.get(db, "uploads_paused") == "1",
        has_orders=_has_orders(db),
        has_plans=bool(db.value("SELECT EXISTS (SELECT 1 FROM plan)")),
    )


def friend_figures(db: Database) -> dict[str, Any] | None:
    """The newest figures of friends: ``date followers targetedReaches blocks``; LINE's, or what was typed in for a later day."""
    told = shop.get_json(db, "line_figures")
    typed = db.row(
        "SELECT day, followers, target_reach, blocks FROM line_day WHERE source = 'hand' AND followers IS NOT NULL"
        " ORDER BY day DESC LIMIT 1"
    )
    if typed is None or (told is not None and str(told.get("date") or "") >= typed[0]):
        return told
    return dict(zip(("date", "followers", "targetedReaches", "blocks"), typed, strict=True))


def _has_orders(db: Database) -> bool:
    return bool(
        db.value(
            "SELECT EXISTS (SELECT 1 FROM shop_order WHERE counts = 1)"
            " OR EXISTS (SELECT 1 FROM person WHERE last_order IS NOT NULL)"
        )
    )


def uploads_left(db: Database) -> bool:
    """Whether uploads of an earlier run may still have to go out."""
    return bool(
        db.value("SELECT EXISTS (SELECT 1 FROM upload WHERE state IN ('waiting', 'sending', 'unknown'))")
    )
