"""The boss's page: the few numbers that fit on one sheet, each with what it means and what to do next, worst lever first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.core.figures import kpi
from desktop.core.message import Message, message
from desktop.operations.insights.breakdown import STORE, Breakdown, breakdown
from desktop.operations.insights.funnel import Funnel, funnel
from desktop.operations.insights.growth import Growth, growth
from desktop.operations.insights.nasl import FallingNext, Nasl, falling_next, nasl
from desktop.operations.insights.questions import Population
from desktop.operations.insights.spread import Concentration, concentration
from desktop.store import shop
from desktop.store.database import Database

FALLING_DAYS = 30


@dataclass(frozen=True, slots=True)
class ToDo:
    """One thing worth doing: the sentence, and the query of the people it is about."""

    text: Message
    query: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """All of the boss's page; views that need orders are None without them.

    Args:
        shop: the shop's name.
        by_store: 新好友綁定率 by store; None where there is at most one store.
        to_do: at most three, the largest first.
    """

    shop: str
    as_of: date
    funnel: Funnel
    growth: Growth
    nasl: Nasl | None
    falling: FallingNext | None
    concentration: Concentration | None
    by_store: Breakdown | None
    to_do: tuple[ToDo, ...]


def summary(db: Database, as_of: date | None = None, months: int = 12) -> Summary:
    """Everything on the page; its parts are remembered, but for those who fall next.

    Args:
        db: any connection, in its thread.
        as_of: the reference day; None: the last order day in the data, without orders today. Who falls next and the concentration
            are always of now.
        months: the period.
    """
    steps = funnel(db, as_of, months)
    classes = nasl(db, Population.ALL, as_of) if steps.data_until else None
    next_out = falling_next(db, FALLING_DAYS) if steps.data_until else None
    stores = breakdown(db, STORE, kpi.NEW_FRIEND_BINDING.id, as_of, months)
    by_store = stores if len([row for row in stores.rows if row.value]) > 1 else None
    return Summary(
        shop.get(db, "name"),
        steps.as_of,
        steps,
        growth(db, as_of, months),
        classes,
        next_out,
        concentration(db) if steps.data_until else None,
        by_store,
        _to_do(by_store, next_out, classes),
    )


def _to_do(
    by_store: Breakdown | None, next_out: FallingNext | None, classes: Nasl | None
) -> tuple[ToDo, ...]:
    found: list[tuple[int, ToDo]] = []
    worst = by_store.rows[0] if by_store and by_store.rows else None
    if worst is not None and worst.value and worst.gain and not worst.rate.small:
        text = message("insights_core.do_store", store=worst.value, n=worst.gain)
        found.append((worst.gain, ToDo(text, worst.rate.whole_query)))
    if next_out is not None and next_out.total.people:
        text = message("insights_core.do_falling", n=next_out.total.people, days=FALLING_DAYS)
        found.append((next_out.total.people, ToDo(text, next_out.total.query)))
    sleeping = next((one for one in classes.classes if one.letter == "S"), None) if classes else None
    if sleeping is not None and sleeping.people:
        text = message("insights_core.do_sleeping", n=sleeping.people)
        found.append((sleeping.people, ToDo(text, sleeping.query)))
    return tuple(one for _, one in sorted(found, key=lambda pair: -pair[0]))
