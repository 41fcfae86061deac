"""The sheet of the operating plan: kept as the shop's one plan of its kind, its goals measured by their figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from desktop.core.changes import Changes, Kind
from desktop.core.clock import local_now
from desktop.core.figures import kpi as kpis
from desktop.core.figures.rate import Rate
from desktop.core.message import Message, message
from desktop.core.planning.operating.sheet import GOAL_KPIS, SUGGESTED, Goal, Sheet, SheetAudience
from desktop.operations.insights import funnel as funnels
from desktop.operations.insights.questions import Questions
from desktop.operations.planning import plans
from desktop.operations.planning.plans import SavedPlan
from desktop.store import audiences, shop
from desktop.store.database import Database
from desktop.store.insights.targets import Target, all_targets

KIND = "sheet"

MONTHS = 12
"""The period of the figures goals are bound to, as the funnel's page opens."""


@dataclass(frozen=True, slots=True)
class GoalNow:
    """A goal as it stands.

    Args:
        goal: what the sheet keeps of it.
        name: what the figure is called.
        rate: the figure now, with its queries; None: it cannot be told (綁定率 without LINE's figures).
        target: what it should reach and by when; None: not set (any more).
        gap: people more that would reach it; None without a target or figure.
        expected: what it would be today, had it risen evenly from the day it was set; None without a day to reach it by.
        behind: whether it lies below that, or the day is over and it is not reached.
        reached: whether it is reached.
        days_left: days until the day it is to be reached, negative when over.
    """

    goal: Goal
    name: Message
    rate: Rate | None = None
    target: Target | None = None
    gap: int | None = None
    expected: float | None = None
    behind: bool = False
    reached: bool = False
    days_left: int | None = None

    @property
    def kpi(self) -> str:
        """The figure, one of GOAL_KPIS."""
        return self.goal.kpi


@dataclass(frozen=True, slots=True)
class SheetNow:
    """The sheet as it stands.

    Args:
        plan_id: the plan it is kept as; None: nothing was kept yet.
        sheet: its content.
        goals: those bound to figures, measured, in the order of GOAL_KPIS; a target that was set where the figure is shown is one
            too.
        audiences: the sheet's audiences by number, with the names they have now; one that was deleted is missing.
        saved_at: when it was last kept (UTC text); None: never.
    """

    plan_id: int | None
    sheet: Sheet
    goals: tuple[GoalNow, ...] = ()
    audiences: Mapping[int, str] = field(default_factory=dict)
    saved_at: str | None = None


@dataclass(frozen=True, slots=True)
class GoalKept:
    """A goal was set or taken away; ``plan`` is the sheet it stands in."""

    plan: SavedPlan
    changes: Changes = field(default=Changes.of(Kind.PLANS, Kind.SHOP, Kind.HISTORY, count=1))


def current(db: Database) -> SheetNow:
    """The sheet with its goals measured.

    Args:
        db: any connection, in its thread.
    """
    found = plans.all_of(db, KIND)
    sheet = Sheet.from_content(found[0].content) if found else Sheet()
    known = {one.id: one.name for one in audiences.all_audiences(db)}
    whom = [one.audience_id for one in sheet.audiences if one.audience_id]
    return SheetNow(
        found[0].id if found else None,
        sheet,
        goals_now(db, _with_targets(db, sheet.goals)),
        {number: known[number] for number in whom if number in known},
        found[0].saved_at if found else None,
    )


def sheet_of(db: Database) -> Sheet:
    """The sheet alone, quickly; an empty one if nothing was kept yet."""
    found = plans.all_of(db, KIND)
    return Sheet.from_content(found[0].content) if found else Sheet()


def save(db: Database, sheet: Sheet) -> SavedPlan:
    """Keep the sheet; a burst of edits is one step.

    Args:
        db: the writer.
        sheet: all of it.
    """
    found = plans.all_of(db, KIND)
    if found:
        return plans.save(db, KIND, found[0].id, found[0].name, sheet.to_content())
    name = shop.get(db, "name").strip()[: plans.NAME_LENGTH] or "Tagline"
    return plans.save(db, KIND, None, name, sheet.to_content())


def set_goal(db: Database, kpi: str, target: Target | None, why: str = "") -> GoalKept:
    """Bind a goal to a figure: the figure's target is set (a setting), and the sheet keeps where it stood and why (a step). None
    takes both away.

    Args:
        db: the writer.
        kpi: one of GOAL_KPIS.
        target: the share to reach (0 to 1) and the day.
        why: the owner's own words.

    Raises:
        ValueError: if there is no such figure, or the share is not between 0 and 1.
    """
    if kpi not in GOAL_KPIS:
        raise ValueError(f"no goal can be bound to {kpi}")
    sheet = sheet_of(db)
    kept = [goal for goal in sheet.goals if goal.kpi != kpi]
    before = all_targets(db).get(kpi)
    if target is not None:
        old = next((goal for goal in sheet.goals if goal.kpi == kpi), None)
        if old is not None and old.since is not None and before == target:
            goal = replace(old, why=why)
        else:
            rate = rates_now(db).get(kpi)
            goal = Goal(kpi, _today(db), rate.value if rate else None, why)
        kept.append(goal)
    with db.transaction():
        funnels.set_target(db, kpi, target)
        ordered = sorted(kept, key=lambda goal: GOAL_KPIS.index(goal.kpi))
        return GoalKept(save(db, replace(sheet, goals=tuple(ordered))))


def suggestions(part: str) -> tuple[Message, ...]:
    """Ready-made first sentences for a free text of the sheet.

    Args:
        part: a key of SUGGESTED.
    """
    return tuple(message(f"operating.suggest.{part}.{one}") for one in SUGGESTED[part])


def goals_now(db: Database, goals: tuple[Goal, ...]) -> tuple[GoalNow, ...]:
    """Goals measured; in the sheet's order."""
    if not goals:
        return ()
    targets, rates, today = all_targets(db), rates_now(db), _today(db)
    return tuple(_measured(goal, rates.get(goal.kpi), targets.get(goal.kpi), today) for goal in goals)


def suggested(db: Database) -> Sheet:
    """A sheet to start from: the figures this shop has as goals (without targets), its audiences, and all kinds of content."""
    rates = rates_now(db)
    goals = tuple(Goal(kpi) for kpi in GOAL_KPIS if (rate := rates.get(kpi)) is not None and rate.whole)
    whom = tuple(SheetAudience(one.id) for one in audiences.all_audiences(db)[:5])
    return Sheet(goals=goals, audiences=whom)


def _measured(goal: Goal, rate: Rate | None, target: Target | None, today: date) -> GoalNow:
    name = goal_name(goal.kpi)
    value = rate.value if rate else None
    if target is None:
        return GoalNow(goal, name, rate)
    reached = value is not None and value >= target.value
    days_left = (target.due - today).days if target.due else None
    gap = rate.gain_to(target.value) if rate is not None and rate.whole else None
    expected = _expected(goal, target, today)
    over = days_left is not None and days_left < 0
    behind = not reached and value is not None and (over or (expected is not None and value < expected))
    return GoalNow(goal, name, rate, target, gap, expected, behind, reached, days_left)


def _expected(goal: Goal, target: Target, today: date) -> float | None:
    """Where an even rise from the day it was set would stand; whoever just set it is not behind."""
    if target.due is None or goal.since is None or goal.start is None or target.due <= goal.since:
        return None
    share = min(1.0, max(0.0, (today - goal.since).days / (target.due - goal.since).days))
    return goal.start + (target.value - goal.start) * share


def goal_name(kpi: str) -> Message:
    """What a figure is called."""
    return message(f"insights_core.rate_{kpi}")


def _with_targets(db: Database, goals: tuple[Goal, ...]) -> tuple[Goal, ...]:
    """The goals, and those figures that have a target without standing in the sheet."""
    known = {goal.kpi: goal for goal in goals}
    targets = all_targets(db)
    return tuple(known.get(kpi, Goal(kpi)) for kpi in GOAL_KPIS if kpi in known or kpi in targets)


def rates_now(db: Database) -> dict[str, Rate]:
    """The figures goals can be bound to; those that cannot be told are missing."""
    found = {one.id: one.rate for one in funnels.funnel(db, None, MONTHS, compare=False).rates}
    asked = Questions(db)
    if asked.has_orders and asked.context.repurchase() is not None:
        whole, part = kpis.ACTIVE.whole, f"{kpis.ACTIVE.whole} {kpis.ACTIVE.part}"
        found[kpis.ACTIVE.id] = asked.rate(whole, part)
    return found


def _today(db: Database) -> date:
    return local_now(shop.get(db, "zone", "Asia/Taipei")).date()
