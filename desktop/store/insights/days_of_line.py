"""LINE's own figures of the account, day by day, as the views use them: the ones LINE told before those typed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class LineDay:
    """One day: ``followers`` counts everybody who ever became a friend and never falls, ``blocks`` those who blocked the account
    and stay blocked; ``source`` is line or hand."""

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
    """All days, oldest first; one per day."""
    rows = db.all("SELECT day, source, followers, target_reach, blocks FROM line_day ORDER BY day, source")
    found: dict[str, LineDay] = {}
    for day, source, followers, reach, blocks in rows:
        kept = found.get(day)
        # "hand" sorts before "line", so LINE's own figures fill over what was typed in.
        found[day] = LineDay(
            date.fromisoformat(day),
            source,
            followers if followers is not None or kept is None else kept.followers,
            reach if reach is not None or kept is None else kept.target_reach,
            blocks if blocks is not None or kept is None else kept.blocks,
        )
    return list(found.values())


def on(known: list[LineDay], day: date) -> LineDay | None:
    """The newest day with friends up to a day."""
    upto = [one for one in known if one.day <= day and one.friends is not None]
    return upto[-1] if upto else None
