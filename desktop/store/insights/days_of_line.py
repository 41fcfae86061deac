"""LINE's own figures of the account as the views use them: friends without those who blocked it, on the newest known day up to
another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.store import shop
from desktop.store.database import Database
from desktop.store.line.day_figures import day_figures


@dataclass(frozen=True, slots=True)
class LineDay:
    """One day: ``followers`` counts everybody who ever became a friend and never falls, ``blocks`` those of them who blocked the
    account; ``source`` is line or hand."""

    day: date
    source: str
    followers: int | None
    target_reach: int | None
    blocks: int | None

    @property
    def friends(self) -> int | None:
        """Friends without those who blocked the account; None where one of the figures is missing."""
        return None if self.followers is None or self.blocks is None else self.followers - self.blocks


def days(db: Database) -> list[LineDay]:
    """All days, oldest first; one per day, LINE's before those typed in."""
    found = [
        LineDay(one.day, one.source, one.followers, one.target_reach, one.blocks) for one in day_figures(db)
    ]
    told = shop.get_json(db, "line_figures") or {}
    day = _day(str(told.get("date") or ""))
    if day is not None and all(one.day != day for one in found):
        found.append(
            LineDay(day, "line", told.get("followers"), told.get("targetedReaches"), told.get("blocks"))
        )
        found.sort(key=lambda one: one.day)
    return found


def on(known: Sequence[LineDay], day: date) -> LineDay | None:
    """The newest day with friends up to a day."""
    upto = [one for one in known if one.day <= day and one.friends is not None]
    return upto[-1] if upto else None


def _day(text: str) -> date | None:
    digits = text.replace("-", "")
    return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])) if len(digits) == 8 else None
