"""The owner's plan and prices of LINE's messages. Settings are not steps of the history."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.figures.message_cost import QuotaNow
from desktop.core.figures.message_plans import PlanTable, own_plan, tiers_from_text
from desktop.core.figures.plan_advice import Advice, advise
from desktop.core.limits import MessagePlan
from desktop.core.message import message
from desktop.store import shop
from desktop.store.condition_sql import query_context
from desktop.store.database import Database
from desktop.store.reach import message_months

KEY = "message_plans"

LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class PlansChanged:
    """The owner's part of the plans is another now."""

    changes: Changes = field(default=Changes.of(Kind.LINE, Kind.SHOP))


@dataclass(frozen=True, slots=True)
class PlansNow:
    """All there is to know about the shop's plan.

    Args:
        table: the owner's part.
        country: the shop's, ISO code.
        today: the shop's day.
        plans: those that can be booked in the country, cheapest first, the owner's prices in place.
        current: the shop's plan; None: not known.
        quota: this month's messages as LINE told last; None: never asked.
        quota_at: when it did, an instant of ours.
        advice: about the last whole months.
    """

    table: PlanTable
    country: str
    today: date
    plans: tuple[MessagePlan, ...]
    current: MessagePlan | None
    quota: QuotaNow | None
    quota_at: str | None
    advice: Advice


def plan_table(db: Database) -> PlanTable:
    """What the owner chose and entered."""
    return PlanTable.from_json(shop.get_json(db, KEY))


def quota_now(db: Database) -> tuple[QuotaNow | None, str | None]:
    """This month's messages as LINE told last, and when."""
    told = shop.get_json(db, "quota")
    if not told:
        return None, None
    return QuotaNow(told.get("value"), int(told.get("used") or 0)), str(told["at"]) if told.get(
        "at"
    ) else None


def plans_now(db: Database, country: str | None = None) -> PlansNow:
    """The plans as they stand.

    Args:
        db: any connection.
        country: another country's instead of the shop's.
    """
    context = query_context(db)
    today, where = context.now.date(), country or context.country
    table = plan_table(db)
    quota, at = quota_now(db)
    plans = table.plans(where, today)
    current = table.plan_of(quota.value if quota else None, where, today)
    months = message_months.whole_months(db, context.now)
    return PlansNow(table, where, today, plans, current, quota, at, advise(current, plans, months))


def choose(db: Database, key: str | None) -> PlansChanged:
    """Say which plan is the shop's; None: it is told from the quota again."""
    return _keep(db, plan_table(db).choosing(key))


def enter(
    db: Database, country: str, plan: str, monthly_fee: int, included: int, steps: str, on: date
) -> PlansChanged:
    """Enter own prices for a plan, known or new.

    Args:
        db: the writer.
        country: ISO code.
        plan: the plan's name; one LINE sells keeps its own.
        monthly_fee: whole units of the country's money, without tax.
        included: messages a month.
        steps: prices of extra messages as `core.figures.message_plans.tiers_from_text` reads them.
        on: the day of the entry.

    Raises:
        UserError: if the name is empty or too long, a number is none, or the steps cannot be read or do not rise.
    """
    name = " ".join(plan.split())
    if not name or len(name) > LONGEST_NAME:
        raise UserError(message("plans.name_wrong", most=LONGEST_NAME))
    try:
        tiers = tiers_from_text(steps)
    except ValueError as wrong:
        raise UserError(
            message("plans.step_wrong", line=str(wrong)), cure=message("plans.steps_hint")
        ) from wrong
    try:
        made = own_plan(country, name, monthly_fee, included, tiers, on)
    except ValueError as wrong:
        key = "plans.steps_do_not_rise" if str(wrong) == "tiers" else "plans.number_wrong"
        raise UserError(message(key), cure=message("plans.steps_hint")) from wrong
    return _keep(db, plan_table(db).with_own(made))


def reset(db: Database, key: str) -> PlansChanged:
    """Forget own prices of a plan: the known ones stand again; a plan only the owner knew is gone."""
    return _keep(db, plan_table(db).without_own(key))


def _keep(db: Database, table: PlanTable) -> PlansChanged:
    with db.transaction():
        shop.put_json(db, KEY, table.to_json())
    return PlansChanged()
