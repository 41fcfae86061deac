"""What sending by class would have cost and reached in the last months, beside sending to everybody: month by month with the
classes as they stood when it began, on the shop's plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from desktop.core.figures.message_cost import exactly_priced, month_bill
from desktop.core.figures.nasl import CLASSES, Repurchase
from desktop.core.figures.period import Period, month_ends
from desktop.core.figures.plan_advice import Advice
from desktop.core.limits import MessagePlan
from desktop.operations.insights.nasl import in_force
from desktop.operations.insights.questions import Questions, remembered
from desktop.operations.shop import message_plans
from desktop.store.database import Database
from desktop.store.insights import days_of_line
from desktop.store.insights.walks.classes_over_time import revenue_between, sent_by_class

EVERYBODY, ADVISED = "everybody", "AS"
CHOICES = ("everybody", "AS", "N", "A", "S", "L")
"""To everybody; to A and S together, whom the trade advises to write to; to each class."""

MOST_SENDS = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """Sending to one choice of people.

    Args:
        id: one of CHOICES.
        messages: in all months together.
        share: of the messages to everybody, 0 to 1; None if there were none.
        bill: what these months come to on the plan, fees included, without tax, at most; None where it is not known or the plan
            does not sell that many (``not_sold``).
        at_most: whether ``bill`` is an upper bound.
        not_sold: messages beyond what the plan sells, in all months together.
        revenue: what these people spent in the months, each month by the class they were in when it began.
        revenue_share: of the shop's revenue in these months, unknown buyers included.
        query: opens those it would go to now; None for everybody at LINE.
    """

    id: str
    messages: int
    share: float | None
    bill: Decimal | None
    at_most: bool
    not_sold: int
    revenue: float
    revenue_share: float | None
    query: str | None


@dataclass(frozen=True, slots=True)
class Costs:
    """The choices side by side.

    Args:
        period: the months counted.
        sends_a_month: how often a month each would have been sent.
        plan: the shop's; None: not known (then ``bill`` is None everywhere).
        advice: whether another plan would have been cheaper for what the shop did send.
        everybody_by_line: whether "everybody" is LINE's target reach; otherwise the reachable people of the shop.
        cheapest: for each choice the plan on which its messages cost least, where that is known.
        choices: everybody first.
    """

    period: Period
    cycle: Repurchase
    sends_a_month: int
    plan: MessagePlan | None
    advice: Advice
    everybody_by_line: bool
    cheapest: Mapping[str, MessagePlan]
    choices: tuple[Choice, ...]


@remembered
def costs(
    db: Database,
    sends_a_month: int = 4,
    months: int = 12,
    as_of: date | None = None,
    cycle: float | None = None,
) -> Costs | None:
    """Compare the choices; None without a cycle. A walk over all orders: a few seconds for millions.

    Args:
        db: any connection, in its thread.
        sends_a_month: 1 to MOST_SENDS.
        months: how many calendar months, the one of the reference day included.
        as_of: the reference day; None: the last order day in the data.
        cycle: another cycle in days for this once.

    Raises:
        ValueError: if ``sends_a_month`` is out of bounds.
    """
    if not 1 <= sends_a_month <= MOST_SENDS:
        raise ValueError(f"{sends_a_month} sends a month")
    found = in_force(db, as_of, cycle)
    if found is None:
        return None
    asked = Questions(db, as_of)
    ends = month_ends(found.as_of, months)
    starts = [end.replace(day=1) - timedelta(days=1) for end in ends]
    reachable = asked.sql("uploadable:yes")
    people, spent = sent_by_class(db, starts, found.as_of, found.window_days, reachable)
    period = Period(ends[0].replace(day=1), found.as_of)
    shop = _Shop(
        message_plans.plans_now(db),
        sends_a_month,
        revenue_between(db, period.first, period.last),
    )
    everybody, by_line = _everybody(asked, starts)
    sizes = {EVERYBODY: everybody}
    revenue = {EVERYBODY: sum(spent.values())}
    for letter in CLASSES:
        sizes[letter] = [people[day, letter] for day in starts]
        revenue[letter] = spent[letter]
    sizes[ADVISED] = [a + s for a, s in zip(sizes["A"], sizes["S"], strict=True)]
    revenue[ADVISED] = revenue["A"] + revenue["S"]
    choices = tuple(
        shop.choice(name, sizes[name], sizes[EVERYBODY], revenue[name], by_line) for name in CHOICES
    )
    cheapest = {name: plan for name in CHOICES if (plan := shop.cheapest(sizes[name])) is not None}
    return Costs(period, found, sends_a_month, shop.now.current, shop.now.advice, by_line, cheapest, choices)


def _everybody(asked: Questions, days: Sequence[date]) -> tuple[list[int], bool]:
    """How many a send to everybody would have gone to on each day: LINE's target reach (the oldest known for days before it),
    else the reachable people there are now."""
    known = [one for one in days_of_line.days(asked.db) if one.target_reach is not None]
    if not known:
        return asked.counts(["uploadable:yes"]) * len(days), False
    found = []
    for day in days:
        line = next((one for one in reversed(known) if one.day <= day), known[0])
        found.append(int(line.target_reach or 0))
    return found, True


class _Shop:
    """The plan the choices are priced on, and the revenue they are shares of."""

    def __init__(self, now: message_plans.PlansNow, sends: int, revenue: float) -> None:
        self.now, self.sends, self.revenue = now, sends, revenue

    def choice(
        self, name: str, sizes: Sequence[int], everybody: Sequence[int], revenue: float, by_line: bool
    ) -> Choice:
        messages, all_messages = sum(sizes) * self.sends, sum(everybody) * self.sends
        plan = self.now.current
        bill = _bill(plan, sizes, self.sends) if plan else None
        monthly = [size * self.sends for size in sizes]
        not_sold = (
            sum(max(0, sent - plan.included) for sent in monthly)
            if plan is not None and not plan.tiers
            else 0
        )
        at_most = plan is not None and any(
            not exactly_priced(plan, max(0, sent - plan.included)) for sent in monthly
        )
        return Choice(
            name,
            messages,
            messages / all_messages if all_messages else None,
            bill,
            at_most and bill is not None,
            not_sold,
            revenue,
            revenue / self.revenue if self.revenue > 0 else None,
            _query(name, by_line),
        )

    def cheapest(self, sizes: Sequence[int]) -> MessagePlan | None:
        """The plan on which the messages certainly cost least."""
        bills = [
            (bill, plan) for plan in self.now.plans if (bill := _bill(plan, sizes, self.sends)) is not None
        ]
        return min(bills, key=lambda pair: pair[0])[1] if bills else None


def _bill(plan: MessagePlan, sizes: Sequence[int], sends: int) -> Decimal | None:
    total = Decimal(0)
    for size in sizes:
        month = month_bill(plan, size * sends)
        if month is None:
            return None
        total += month
    return total


def _query(name: str, by_line: bool) -> str | None:
    if name == EVERYBODY:
        return None if by_line else "uploadable:yes"
    return "uploadable:yes (nasl:A OR nasl:S)" if name == ADVISED else f"uploadable:yes nasl:{name}"
