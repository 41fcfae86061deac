"""The funnel friend → bound → first purchase → repeat purchase with its rates, what they were a period before, and what the owner
wants them to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.core.figures import kpi
from desktop.core.figures.period import Period, months_until
from desktop.core.figures.rate import Rate
from desktop.operations.insights.questions import Questions, joined, remembered
from desktop.store.conditions.values import Sql
from desktop.store.database import Database
from desktop.store.insights import counting, days_of_line, order_days
from desktop.store.insights.days_of_line import LineDay
from desktop.store.insights.targets import Target, all_targets

BINDING, LIST_BINDING, RECRUITING = "binding", "list_binding", "recruiting"
FIRST, REPEAT, NEW_FRIENDS = "first_purchase", "repeat_purchase", "new_friend_binding"

RATES = (
    "binding",
    "list_binding",
    "first_purchase",
    "repeat_purchase",
    "new_friend_binding",
    "recruiting",
)
"""綁定率 (by LINE's figures; absent without them), 會員名單綁定比例, 首購率, 再購率, 新好友綁定率 (cohort), and the newly bound ÷
the growth of friends (totals, the reading the cohort is mixed up with)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the funnel: friends (``by_line``: LINE's figure, which opens nobody), bound, first_purchase or
    repeat_purchase."""

    id: str
    people: int
    query: str | None
    by_line: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """A rate, what it was one period before, and its target."""

    id: str
    rate: Rate
    before: Rate | None = None
    target: Target | None = None

    @property
    def change(self) -> float | None:
        """How much it rose, as a share: 0.031 is 3.1 points."""
        now, then = self.rate.value, self.before.value if self.before else None
        return None if now is None or then is None else now - then

    @property
    def gap(self) -> int | None:
        """How many people more would reach the target; 0 where it is reached, None without one."""
        return self.rate.gain_to(self.target.value) if self.target and self.rate.whole else None


@dataclass(frozen=True, slots=True)
class Funnel:
    """The funnel on a day.

    Args:
        as_of: the reference day.
        data_until: the last order day in the data; None: there are no orders.
        period: the months that "new" and "before" mean.
        steps: from friends to repeat purchase.
        rates: those of RATES there are, in this order.
        line: LINE's figures it stands on; None: none are known.
        after_binding: whether only orders since the day of binding count.
        binding_day_unknown: bound people whose day of binding no file stated; it is taken to be the later of the days they became
            friend and member, and with ``after_binding`` their orders are left out.
        bound_undated: bound people of whom no day at all is known; they count as bound before.
    """

    as_of: date
    data_until: date | None
    period: Period
    steps: tuple[Step, ...]
    rates: tuple[Measured, ...]
    line: LineDay | None = None
    after_binding: bool = False
    binding_day_unknown: int = 0
    bound_undated: int = 0

    def rate(self, name: str) -> Measured | None:
        """A rate by its name of RATES."""
        return next((one for one in self.rates if one.id == name), None)


@remembered
def funnel(
    db: Database,
    as_of: date | None = None,
    months: int = 12,
    *,
    after_binding: bool = False,
    compare: bool = True,
) -> Funnel:
    """The funnel.

    Args:
        db: any connection, in its thread.
        as_of: the reference day; None: the last order day in the data (without orders: today), counting everybody there is.
        months: length of the period in which friends are new, and of the one before.
        after_binding: count only orders since the day of binding (「只算綁定後的訂單」).
        compare: work out what the rates were one period before, too.
    """
    asked = Questions(db, as_of)
    period = months_until(asked.as_of, months)
    lines = days_of_line.days(db)
    now = _Moment(asked, lines, period, None if as_of is None else as_of, after_binding)
    then = None
    if compare:
        before = months_until(period.first - timedelta(days=1), months)
        then = _Moment(asked, lines, before, before.last, after_binding).rates
    targets = all_targets(db)
    measured = tuple(
        Measured(name, now.rates[name], (then or {}).get(name), targets.get(name))
        for name in RATES
        if name in now.rates
    )
    return Funnel(
        asked.as_of,
        asked.data_until,
        period,
        now.steps,
        measured,
        now.line,
        after_binding,
        now.day_unknown,
        now.undated,
    )


def bound_by(day: date) -> str:
    """The query of people bound by a day; without a day of binding, the later of friendship and membership, and without these
    always."""
    iso = day.isoformat()
    return f"{kpi.BOUND} (bound_at:<={iso} OR bound_at:none -friend_at:>{iso} -joined_at:>{iso})"


def bound_in(period: Period) -> str:
    """The query of people whose day of binding, known or taken as in :func:`bound_by`, lies in a period."""
    since, last = period.query, period.last.isoformat()
    taken = f"bound_at:none -friend_at:>{last} -joined_at:>{last} (friend_at:{since} OR joined_at:{since})"
    return f"{kpi.BOUND} (bound_at:{since} OR {taken})"


class _Moment:
    """All counts of one day, found in one walk over the people; ``upto`` None: everybody there is now."""

    def __init__(
        self, asked: Questions, lines: list[LineDay], period: Period, upto: date | None, after: bool
    ) -> None:
        self.asked, self.period, self.upto, self.after = asked, period, upto, after
        self.line = days_of_line.on(lines, upto or asked.context.now.date())
        self._line_before = days_of_line.on(lines, period.first - timedelta(days=1))
        self._count()
        self.rates = self._rates()
        self.steps = self._steps()

    def _count(self) -> None:
        day, asked = self.upto, self.asked
        bound = kpi.BOUND if day is None else bound_by(day)
        friends = kpi.FRIENDS if day is None else f"{kpi.FRIENDS} -friend_at:>{day.isoformat()}"
        members = kpi.MEMBERS if day is None else f"{kpi.MEMBERS} -joined_at:>{day.isoformat()}"
        new = f"friend_at:{self.period.query}"
        self.queries = {
            "friends": friends,
            "members": members,
            "bound": bound,
            "new": new,
            "new_bound": joined(new, bound),
            "newly_bound": bound_in(self.period),
            "day_unknown": f"{kpi.BOUND} bound_at:none",
            "undated": f"{kpi.BOUND} bound_at:none friend_at:none joined_at:none",
        }
        base = asked.sql(bound)
        bought, repeated = self._bought()
        conditions = [asked.sql(query) for query in self.queries.values()]
        conditions += [_both(base, bought), _both(base, bought, repeated)]
        *numbers, self.buyers, self.repeaters = counting.counts(asked.db, conditions)
        self.numbers = dict(zip(self.queries, numbers, strict=True))
        self.day_unknown, self.undated = self.numbers["day_unknown"], self.numbers["undated"]
        plain = day is None and not self.after
        self.buyers_query = joined(bound, kpi.BUYERS) if plain else None
        self.repeat_query = joined(bound, kpi.BUYERS, kpi.REPEAT) if plain else None

    def _bought(self) -> tuple[Sql, Sql]:
        if self.after:
            last = self.upto or date.max
            return order_days.bought_since_binding(last), order_days.repeated_since_binding(last)
        if self.upto is not None:
            return order_days.bought_by(self.upto), order_days.repeated_by(self.upto)
        return self.asked.sql(kpi.BUYERS), self.asked.sql(kpi.REPEAT)

    def _rate(self, part: str, whole: str) -> Rate:
        numbers, queries = self.numbers, self.queries
        return Rate(numbers[part], numbers[whole], queries[part], queries[whole])

    def _rates(self) -> dict[str, Rate]:
        bound, query = self.numbers["bound"], self.queries["bound"]
        rates = {
            LIST_BINDING: self._rate("bound", "members"),
            FIRST: Rate(self.buyers, bound, self.buyers_query, query),
            REPEAT: Rate(self.repeaters, self.buyers, self.repeat_query, self.buyers_query),
            NEW_FRIENDS: self._rate("new_bound", "new"),
            RECRUITING: self._rate("newly_bound", "new"),
        }
        if self.line is not None and self.line.friends is not None:
            rates[BINDING] = Rate(bound, self.line.friends, query)
            before = self._line_before
            if before is not None and before.friends is not None and before.day < self.line.day:
                grown = self.line.friends - before.friends
                rates[RECRUITING] = Rate(self.numbers["newly_bound"], grown, self.queries["newly_bound"])
        return rates

    def _steps(self) -> tuple[Step, ...]:
        by_line = self.line is not None and self.line.friends is not None
        friends = Step("friends", self.numbers["friends"], self.queries["friends"])
        if by_line and self.line is not None and self.line.friends is not None:
            friends = Step("friends", self.line.friends, None, True)
        return (
            friends,
            Step("bound", self.numbers["bound"], self.queries["bound"]),
            Step(FIRST, self.buyers, self.buyers_query),
            Step(REPEAT, self.repeaters, self.repeat_query),
        )


def _both(*conditions: Sql) -> Sql:
    return Sql(
        f"({' AND '.join(one.where for one in conditions)})",
        [value for one in conditions for value in one.params],
    )


def set_target(db: Database, name: str, target: Target | None) -> None:
    """Keep what the owner wants a rate to reach; None takes the target away. A setting, not a step.

    Raises:
        ValueError: if there is no such rate, or the share is not between 0 and 1.
    """
    from desktop.store.insights import targets

    if name not in (*RATES, kpi.ACTIVE.id) or (target is not None and not 0 < target.value <= 1):
        raise ValueError(f"no target {target} for {name}")
    with db.transaction():
        targets.put(db, name, target)


def names(rates: Sequence[Measured]) -> tuple[str, ...]:
    """The names of rates, for a page that lays them out."""
    return tuple(one.id for one in rates)
