"""What the owner wants a figure to reach, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.store.database import Database


@dataclass(frozen=True, slots=True)
class Target:
    """A share (0 to 1) to be reached by a day, if one was named."""

    value: float
    due: date | None = None


def all_targets(db: Database) -> dict[str, Target]:
    """Figure → target."""
    return {
        figure: Target(float(value), date.fromisoformat(due) if due else None)
        for figure, value, due in db.all("SELECT figure, value, due FROM target")
    }


def put(db: Database, figure: str, target: Target | None) -> None:
    """Keep a figure's target; None takes it away."""
    if target is None:
        db.run("DELETE FROM target WHERE figure = ?", (figure,))
        return
    db.run(
        "INSERT INTO target (figure, value, due) VALUES (?, ?, ?)"
        " ON CONFLICT (figure) DO UPDATE SET value = excluded.value, due = excluded.due",
        (figure, target.value, target.due.isoformat() if target.due else None),
    )
