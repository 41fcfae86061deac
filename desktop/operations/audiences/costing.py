"""What sending to an audience adds to this month's bill, beside sending to everybody, and what its people bring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.core.figures.message_cost import QuotaNow, SendCost, send_cost
from desktop.core.figures.plan_advice import Advice
from desktop.core.limits import MessagePlan
from desktop.core.people.condition import Condition
from desktop.operations.shop import message_plans
from desktop.store import audiences, shop
from desktop.store.audience_history.hold_out import held_out_sql, percent_of
from desktop.store.condition_sql import compile_condition, query_context
from desktop.store.conditions.values import Sql
from desktop.store.database import Database
from desktop.store.reach import figures
from desktop.store.reach.figures import Revenue


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a send comes to.

    Args:
        everybody: a send to all friends LINE counts as reachable; None if LINE was never asked for its figures.
        audience: a send to the reachable people of the audience, without those held out.
        revenue: of these people in the last twelve months, beside the shop's; None without orders.
        quota_at: when LINE told the quota, as an instant of ours; None if it was never asked.
        quota: what it told.
        plan: the shop's plan; None: neither chosen nor told by the quota.
        advice: whether another plan would have been cheaper lately.
        held_out: how many of the audience's reachable people are left out on purpose.
    """

    everybody: SendCost | None
    audience: SendCost
    revenue: Revenue | None
    quota_at: str | None
    quota: QuotaNow | None
    plan: MessagePlan | None
    advice: Advice
    held_out: int = 0


def outlook(db: Database, condition: Condition, audience_id: int | None = None) -> Outlook:
    """What sends to everybody and to this audience would come to, by what LINE told last.

    Args:
        db: any connection.
        condition: who.
        audience_id: the saved audience whose hold-out is left out; None: nobody is.
    """
    context = query_context(db)
    sql = compile_condition(condition, context)
    whole = audiences.reach(db, sql.where, sql.params)
    reach = whole
    if audience_id is not None and percent_of(db, audience_id):
        sql = Sql(f"({sql.where}) AND NOT {held_out_sql(audience_id)}", sql.params)
        reach = audiences.reach(db, sql.where, sql.params)
    today = context.now.date()
    now = message_plans.plans_now(db)
    targets = (shop.get_json(db, "line_figures") or {}).get("targetedReaches")
    bought = figures.revenue(db, sql, a_year_before(today).isoformat())
    everybody = None
    if isinstance(targets, int):
        everybody = send_cost(targets, now.quota, now.country, today, now.table)
    return Outlook(
        everybody=everybody,
        audience=send_cost(reach.reachable, now.quota, now.country, today, now.table),
        revenue=bought if bought.share is not None else None,
        quota_at=now.quota_at,
        quota=now.quota,
        plan=now.current,
        advice=now.advice,
        held_out=whole.reachable - reach.reachable,
    )


def a_year_before(day: date) -> date:
    """The same day of the year before; of 29 February the 28th."""
    return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else date(day.year - 1, 2, 28)
