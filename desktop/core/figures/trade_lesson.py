"""The example the trade's own article tells: a shop that wrote to everybody sent 400,000 messages, and 9,000 once it chose whom
to write to. What can be computed is computed here from the plan of that time; the share of the cost is the article's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.core.figures.message_cost import month_bill
from desktop.core.limits import MessagePlan, plans_in_force

ARTICLE_DAY = date(2020, 7, 1)
"""A day on which the plans the article counts with were in force."""


@dataclass(frozen=True, slots=True)
class TradeLesson:
    """The example's figures.

    Args:
        before, after: messages a month, to everybody and to the people chosen.
        plan: the plan the article counts with.
        bill: what the ``after`` messages come to on it, without tax.
        cost_share: the share of the former cost, in percent, as the article states it; not computed.
    """

    before: int
    after: int
    plan: MessagePlan
    bill: Decimal
    cost_share: Decimal

    @property
    def share(self) -> Decimal:
        """The messages that remained, in percent of those before."""
        return Decimal(100) * self.after / self.before

    @property
    def extra(self) -> int:
        """Messages beyond those the plan includes."""
        return max(0, self.after - self.plan.included)


def trade_lesson() -> TradeLesson:
    """The example."""
    plan = next(one for one in plans_in_force("TW", ARTICLE_DAY) if one.plan == "medium")
    bill = month_bill(plan, 9_000)
    assert bill is not None
    return TradeLesson(400_000, 9_000, plan, bill, Decimal("3.4"))
