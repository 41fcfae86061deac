"""Plans, their prices and the advice about them in words."""

from __future__ import annotations

from desktop.core.figures.plan_advice import Advice
from desktop.core.limits import MessagePlan
from desktop.text import t
from desktop.ui import i18n
from desktop.ui.audiences.figures.cost_line import price_text

KNOWN = ("TW_light", "TW_medium", "TW_high", "JP_communication", "JP_light", "JP_standard")
"""Plans LINE sells that have names of their own in each language."""


def plan_name(plan: MessagePlan) -> str:
    """What a plan is called."""
    known = plan.key.replace("/", "_")
    return t(f"plans.name.{known}") if known in KNOWN else plan.plan


def steps_text(plan: MessagePlan) -> str:
    """The prices of extra messages: NT$0.2, or step by step."""
    if not plan.tiers:
        return t("plans.no_extra")
    parts = []
    for tier in plan.tiers:
        price = price_text(tier.price, plan.currency)
        parts.append(price if tier.upto is None else t("plans.step", n=tier.upto, price=price))
    words = " / ".join(parts)
    if plan.tiers_complete:
        return words
    if plan.lowest_price is not None:
        return t("plans.steps_lower", steps=words, lowest=price_text(plan.lowest_price, plan.currency))
    return t("plans.steps_unknown", steps=words)


def source_text(plan: MessagePlan) -> str:
    """Where the prices come from, with their date."""
    day = i18n.date(plan.read_on)
    return t("plans.source_own", day=day) if plan.own else t("plans.source_known", day=day)


def advice_text(advice: Advice, plan: MessagePlan | None) -> str:
    """The advice in a sentence; where nothing can be said, why."""
    months, other = advice.months, advice.other
    if advice.verdict == "cheaper" and other is not None and advice.saves is not None:
        saves = price_text(advice.saves, other.currency)
        return t("plans.advice.cheaper", n=months, plan=plan_name(other), saves=saves)
    if advice.verdict == "unsure" and other is not None:
        return t("plans.advice.unsure", n=months, plan=plan_name(other))
    if advice.verdict == "best" and plan is not None:
        return t("plans.advice.best", n=months, plan=plan_name(plan))
    if advice.verdict == "no_plan":
        return t("plans.advice.no_plan")
    return t("plans.advice.no_months")
