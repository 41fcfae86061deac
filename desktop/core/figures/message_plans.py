"""The plans a shop counts with: those of `core.limits` that are in force, with the owner's own prices in their place, and the one
she says is hers. As JSON this is what the shop file keeps; LINE's own prices are never copied into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from desktop.core.limits import ExtraTier, MessagePlan, plans_in_force

COUNTRIES = ("TW", "JP", "TH")
"""Countries in which LINE sells plans of its own."""

CURRENCIES = {"TW": "TWD", "JP": "JPY", "TH": "THB"}


@dataclass(frozen=True, slots=True)
class PlanTable:
    """The owner's part of the plans.

    Args:
        chosen: the key of the plan she says is hers; None: it is told from the quota.
        own: plans with her prices; where one has the key of a known plan it stands in its place.
    """

    chosen: str | None = None
    own: tuple[MessagePlan, ...] = ()

    def plans(self, country: str, on: date) -> tuple[MessagePlan, ...]:
        """The plans of a country on a day, cheapest first."""
        mine = {plan.key: plan for plan in self.own if plan.country == country}
        known = [mine.pop(plan.key, plan) for plan in plans_in_force(country, on)]
        return tuple(sorted([*known, *mine.values()], key=lambda plan: (plan.monthly_fee, plan.included)))

    def plan_of(self, limit: int | None, country: str, on: date) -> MessagePlan | None:
        """The shop's plan: the one chosen, or the only one in force with just this many messages a month. An owner may have set
        a higher limit in LINE's manager; then no plan has it, and nothing is guessed."""
        plans = self.plans(country, on)
        for plan in plans:
            if plan.key == self.chosen:
                return plan
        found = [plan for plan in plans if plan.included == limit]
        return found[0] if len(found) == 1 else None

    def choosing(self, key: str | None) -> PlanTable:
        """The same with another plan as hers."""
        return PlanTable(key, self.own)

    def with_own(self, plan: MessagePlan) -> PlanTable:
        """The same with a plan of the owner's, in place of one with its key."""
        return PlanTable(self.chosen, (*(one for one in self.own if one.key != plan.key), plan))

    def without_own(self, key: str) -> PlanTable:
        """The same without the owner's prices for a plan; a plan only she knew is gone, and no longer chosen."""
        kept = tuple(one for one in self.own if one.key != key)
        return PlanTable(self.chosen, kept)

    def to_json(self) -> dict[str, Any]:
        """As the shop file keeps it."""
        return {"chosen": self.chosen, "own": [_plan_to_json(plan) for plan in self.own]}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> PlanTable:
        """What :meth:`to_json` gave; None gives an empty table."""
        if not kept:
            return cls()
        return cls(kept.get("chosen"), tuple(_plan_from_json(plan) for plan in kept.get("own", ())))


def own_plan(
    country: str,
    plan: str,
    monthly_fee: int,
    included: int,
    tiers: Sequence[ExtraTier],
    entered_on: date,
) -> MessagePlan:
    """A plan with the owner's own prices.

    Raises:
        ValueError: if a number is negative, or the steps do not rise; its text names the part: fee, included, tiers.
    """
    if monthly_fee < 0:
        raise ValueError("fee")
    if included < 0:
        raise ValueError("included")
    if not _rise(tiers) or any(tier.price < 0 for tier in tiers):
        raise ValueError("tiers")
    currency = CURRENCIES.get(country, "")
    complete = not tiers or tiers[-1].upto is None
    return MessagePlan(
        country,
        plan,
        currency,
        monthly_fee,
        included,
        "",
        tuple(tiers),
        complete,
        read_on=entered_on,
        own=True,
    )


def tiers_from_text(text: str) -> tuple[ExtraTier, ...]:
    """Steps as an owner writes them, a line each: ``50000 3`` (up to the 50,000th extra message at 3), the last without a bound:
    ``2.8``. Thousands separators, full-width digits and a colon are fine; no line: no extra messages are sold.

    Raises:
        ValueError: if a line is no such step; its text is the line.
    """
    tiers = []
    for line in text.splitlines():
        parts = line.translate(_PLAIN).replace(",", "").replace(":", " ").split()
        if not parts:
            continue
        try:
            upto = int(parts[0]) if len(parts) == 2 else None
            price = Decimal(parts[-1])
        except (ValueError, InvalidOperation) as wrong:
            raise ValueError(line.strip()) from wrong
        if len(parts) > 2 or not price.is_finite():
            raise ValueError(line.strip())
        tiers.append(ExtraTier(upto, price))
    return tuple(tiers)


def tiers_to_text(tiers: Sequence[ExtraTier]) -> str:
    """The steps as :func:`tiers_from_text` reads them."""
    return "\n".join(
        f"{tier.price}" if tier.upto is None else f"{tier.upto:,} {tier.price}" for tier in tiers
    )


def _rise(tiers: Sequence[ExtraTier]) -> bool:
    """Whether each step ends after the one before it, and none follows one without an end."""
    before = 0
    for place, tier in enumerate(tiers):
        if tier.upto is None:
            return place == len(tiers) - 1
        if tier.upto <= before:
            return False
        before = tier.upto
    return True


_PLAIN = str.maketrans("０１２３４５６７８９．，：　", "0123456789.,: ")


def _plan_to_json(plan: MessagePlan) -> dict[str, Any]:
    return {
        "country": plan.country,
        "plan": plan.plan,
        "monthly_fee": plan.monthly_fee,
        "included": plan.included,
        "tiers": [[tier.upto, str(tier.price)] for tier in plan.tiers],
        "entered_on": plan.read_on.isoformat(),
    }


def _plan_from_json(kept: Mapping[str, Any]) -> MessagePlan:
    tiers = [ExtraTier(upto, Decimal(price)) for upto, price in kept["tiers"]]
    entered = date.fromisoformat(kept["entered_on"])
    return own_plan(kept["country"], kept["plan"], kept["monthly_fee"], kept["included"], tiers, entered)
