"""What a send adds to this month's bill: nothing inside the remaining quota, beyond it the plan's price for extra messages, and
on plans that sell none a shortage. Prices are the dated data of `core.limits` or the owner's own; what no source names is said
to be unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.core.figures.message_plans import PlanTable
from desktop.core.limits import MessagePlan

KNOWN_PLANS = PlanTable()
"""The plans of `core.limits` alone."""


@dataclass(frozen=True, slots=True)
class QuotaNow:
    """This month's messages as LINE told them last: ``value`` is the limit (None: no limit), ``used`` those sent."""

    value: int | None
    used: int

    @property
    def left(self) -> int | None:
        """Messages that may still be sent; None without a limit."""
        return None if self.value is None else max(0, self.value - self.used)


@dataclass(frozen=True, slots=True)
class SendCost:
    """What a send would come to.

    Args:
        messages: billed messages, one a person.
        short: how many of them lie beyond the remaining quota; None while the quota is unknown.
        price: what these cost without tax, in ``currency``; None where nothing lies beyond the quota, the plan sells no extra
            messages, or it cannot be told from the quota which plan it is.
        at_most: whether ``price`` is an upper bound, because cheaper steps follow that no source names.
        sells_extra: whether the plan is known to sell extra messages; None: the plan is not known.
        over_limit: how many lie beyond the limit of extra messages that is set at LINE; they go out only once it is raised.
    """

    messages: int
    short: int | None
    price: Decimal | None = None
    currency: str = ""
    at_most: bool = False
    sells_extra: bool | None = None
    over_limit: int = 0

    @property
    def is_free(self) -> bool:
        """Whether it adds nothing to the bill."""
        return self.short == 0


def send_cost(
    messages: int, quota: QuotaNow | None, country: str, on: date, table: PlanTable = KNOWN_PLANS
) -> SendCost:
    """Estimate a send.

    Args:
        messages: how many people it goes to.
        quota: what LINE told last; None if it was never asked.
        country: ISO code of the shop's country, for its plans.
        on: the day of the send.
        table: the owner's plan and prices.
    """
    if quota is None:
        return SendCost(messages, None)
    plan = table.plan_of(quota.value, country, on)
    limit = quota.value
    if plan is None:
        return SendCost(messages, 0 if limit is None else max(0, messages - max(0, limit - quota.used)))
    free = max(0, plan.included - quota.used) if plan.tiers else quota.left
    short = 0 if free is None else max(0, messages - free)
    if not plan.tiers or short == 0:
        return SendCost(messages, short, currency=plan.currency, sells_extra=bool(plan.tiers))
    bought = max(0, quota.used - plan.included)
    price = extra_price(plan, bought + short) - extra_price(plan, bought)
    at_most = not exactly_priced(plan, bought + short)
    raised = limit is not None and limit > plan.included
    over = max(0, quota.used + messages - limit) if raised and limit is not None else 0
    return SendCost(messages, short, price, plan.currency, at_most, True, over)


def extra_price(plan: MessagePlan, extra: int) -> Decimal:
    """The price of the first ``extra`` extra messages of a month on a plan that sells some; beyond the last known step, its
    price."""
    total, done = Decimal(0), 0
    for tier in plan.tiers:
        upto = extra if tier.upto is None else min(extra, tier.upto)
        total += (upto - done) * tier.price
        done = upto
    return total + (extra - done) * plan.tiers[-1].price


def exactly_priced(plan: MessagePlan, extra: int) -> bool:
    """Whether the price of so many extra messages is known, not only bounded. Where the known steps have bounds, everything up to
    the last of them is; where the only known price has none and cheaper ones follow, nothing is."""
    if plan.tiers_complete or extra == 0:
        return True
    last = plan.tiers[-1].upto if plan.tiers else 0
    return last is not None and extra <= last


def month_bill(plan: MessagePlan, messages: int) -> Decimal | None:
    """What a month with so many messages costs without tax, at most; None where the plan does not sell that many."""
    extra = max(0, messages - plan.included)
    if extra and not plan.tiers:
        return None
    return plan.monthly_fee + (extra_price(plan, extra) if extra else Decimal(0))


def month_bill_at_least(plan: MessagePlan, messages: int) -> Decimal | None:
    """The least such a month can cost, where cheaper steps follow that no source names; None as in :func:`month_bill`."""
    extra = max(0, messages - plan.included)
    if exactly_priced(plan, extra) or not plan.tiers:
        return month_bill(plan, messages)
    known = min(extra, plan.tiers[-1].upto or 0)
    rest = (extra - known) * (plan.lowest_price or Decimal(0))
    return plan.monthly_fee + (extra_price(plan, known) if known else Decimal(0)) + rest
