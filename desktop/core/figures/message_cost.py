"""What a send adds to this month's bill: nothing inside the remaining quota, beyond it the plan's price for extra messages, and
on plans that sell none a shortage. Prices are the dated data of `core.limits`; what no source names is said to be unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.core.limits import MessagePlan, plans_in_force


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
    """

    messages: int
    short: int | None
    price: Decimal | None = None
    currency: str = ""
    at_most: bool = False
    sells_extra: bool | None = None

    @property
    def is_free(self) -> bool:
        """Whether it adds nothing to the bill."""
        return self.short == 0


def send_cost(messages: int, quota: QuotaNow | None, country: str, on: date) -> SendCost:
    """Estimate a send.

    Args:
        messages: how many people it goes to.
        quota: what LINE told last; None if it was never asked.
        country: ISO code of the shop's country, for its plans.
        on: the day of the send.
    """
    if quota is None:
        return SendCost(messages, None)
    if quota.left is None:
        return SendCost(messages, 0)
    short = max(0, messages - quota.left)
    plan = _plan_of(quota, country, on)
    if plan is None:
        return SendCost(messages, short)
    if not plan.tiers or short == 0:
        return SendCost(messages, short, currency=plan.currency, sells_extra=bool(plan.tiers))
    bought = max(0, quota.used - plan.included)
    price = _extra_price(plan, bought + short) - _extra_price(plan, bought)
    at_most = not plan.tiers_complete
    return SendCost(messages, short, price, plan.currency, at_most, True)


def _plan_of(quota: QuotaNow, country: str, on: date) -> MessagePlan | None:
    """The one plan in force with just this quota. (An owner may have set a higher limit in LINE's manager; then no plan has it,
    and nothing is guessed.)"""
    found = [plan for plan in plans_in_force(country, on) if plan.included == quota.value]
    return found[0] if len(found) == 1 else None


def _extra_price(plan: MessagePlan, extra: int) -> Decimal:
    """The price of the first ``extra`` extra messages of a month; beyond the last known step, its price."""
    total, done = Decimal(0), 0
    for tier in plan.tiers:
        upto = extra if tier.upto is None else min(extra, tier.upto)
        total += (upto - done) * tier.price
        done = upto
    return total + (extra - done) * plan.tiers[-1].price
