"""Whether another plan would have been cheaper for what a shop sent in its last months. It is only said where it is certain: a
price that is known as an upper bound counts as that for the other plan, and as the least it can be for the shop's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from desktop.core.figures.message_cost import exactly_priced, month_bill, month_bill_at_least
from desktop.core.limits import MessagePlan

Verdict = Literal["no_plan", "no_months", "best", "cheaper", "unsure"]
VERDICTS: tuple[Verdict, ...] = ("no_plan", "no_months", "best", "cheaper", "unsure")


@dataclass(frozen=True, slots=True)
class Advice:
    """What is to be said about the shop's plan.

    Args:
        verdict: no_plan (which plan the shop has is not known), no_months (what it sent is not known), best, cheaper (``other``
            would have been), unsure (``other`` may be; a step of a price is not known).
        months: how many months were counted.
        paid: what the shop's own plan came to over these months, at most, without tax.
        other: the plan that is (or may be) cheaper.
        saves: how much less it would have come to, at least; None unless cheaper.
        at_most: whether ``paid`` is an upper bound.
    """

    verdict: Verdict
    months: int = 0
    paid: Decimal | None = None
    other: MessagePlan | None = None
    saves: Decimal | None = None
    at_most: bool = False


def advise(plan: MessagePlan | None, plans: Sequence[MessagePlan], months: Sequence[int]) -> Advice:
    """Compare the shop's plan with the others.

    Args:
        plan: the shop's; None: not known.
        plans: all that can be booked, in the same currency.
        months: messages billed in each of the last full months; empty: not known.
    """
    if not months:
        return Advice("no_months")
    paid = _total(plan, months) if plan is not None else None
    if plan is None or paid is None:
        # Who sent more than her plan sells had another one then.
        return Advice("no_plan", len(months))
    least = _least(plan, months)
    others = [
        (bill, one) for one in plans if one.key != plan.key and (bill := _total(one, months)) is not None
    ]
    at_most = any(not exactly_priced(plan, max(0, sent - plan.included)) for sent in months)
    if not others:
        return Advice("best", len(months), paid, at_most=at_most)
    bill, other = min(others, key=lambda pair: pair[0])
    if least is None or bill >= paid:
        return Advice("best", len(months), paid, at_most=at_most)
    if bill < least:
        return Advice("cheaper", len(months), paid, other, least - bill, at_most)
    return Advice("unsure", len(months), paid, other, at_most=at_most)


def _total(plan: MessagePlan, months: Sequence[int]) -> Decimal | None:
    bills = [month_bill(plan, sent) for sent in months]
    return (
        None
        if any(bill is None for bill in bills)
        else sum((bill or Decimal(0) for bill in bills), Decimal(0))
    )


def _least(plan: MessagePlan, months: Sequence[int]) -> Decimal | None:
    bills = [month_bill_at_least(plan, sent) for sent in months]
    return (
        None
        if any(bill is None for bill in bills)
        else sum((bill or Decimal(0) for bill in bills), Decimal(0))
    )
