"""What LINE asks for today: audiences that end soon, menus people should have by now, and greetings and menus whose time begins
or is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from desktop.core.message import message
from desktop.core.planning.operating.reading import day_in
from desktop.operations.line import keeping_in_step
from desktop.operations.planning import plans, publishing
from desktop.operations.planning.operating.due import Due, Go, Source
from desktop.store.database import Database
from desktop.store.planning.plans import Plan

LATELY = timedelta(days=14)
"""How long it is asked for after a greeting's time began or was over."""


def of_renewals(db: Database) -> Iterator[Due]:
    """Audiences at LINE that end soon or have ended."""
    for one in keeping_in_step.renewals_due(db):
        key = "operating.due_renewal" if one.days_left >= 0 else "operating.due_renewal_over"
        yield Due(
            f"{Source.RENEWAL}:{one.group_id}",
            Source.RENEWAL,
            message(key, audience=one.audience.name, n=max(0, one.days_left)),
            overdue=one.days_left < 0,
            go=Go("audiences", {"audience": one.audience.id}),
        )


def of_menus(db: Database) -> Iterator[Due]:
    """People who should have another menu than they have since the last publishing."""
    found = publishing.newly(db)
    if found.problem is not None:
        yield Due(f"{Source.MENUS}:unread", Source.MENUS, found.problem, go=Go("rich_menu"))
    if found.n:
        yield Due(
            f"{Source.MENUS}:newly",
            Source.MENUS,
            message("operating.due_menus", n=found.n),
            people=found.n,
            go=Go("rich_menu"),
        )


def of_menu_periods(db: Database, today: date) -> Iterator[Due]:
    """Menus whose period begins or is over, so that publishing would change something."""
    for one in publishing.due(db, today):
        key = "operating.due_menu_starts" if one.what == "starts" else "operating.due_menu_ends"
        yield Due(
            f"{Source.MENU_PERIOD}:{one.plan_id}:{one.what}:{one.day.isoformat()}",
            Source.MENU_PERIOD,
            message(key, name=one.name),
            one.day,
            one.day < today,
            go=Go("rich_menu", {"plan": one.plan_id}),
        )


def of_greetings(db: Database, today: date) -> Iterator[Due]:
    """Greetings whose time has begun, to be put into LINE's manager, and those whose time is over, to be taken out."""
    for plan in plans.all_of(db, "greeting"):
        starts, ends = day_in(plan.content, "starts"), day_in(plan.content, "ends")
        if ends is not None and ends < today <= ends + LATELY:
            yield _greeting(plan, "ends", ends + timedelta(days=1), today)
        elif starts is not None and starts <= today <= starts + LATELY and (ends is None or today <= ends):
            yield _greeting(plan, "starts", starts, today)


def _greeting(plan: Plan, what: str, day: date, today: date) -> Due:
    key = "operating.due_greeting_starts" if what == "starts" else "operating.due_greeting_ends"
    return Due(
        f"{Source.GREETING}:{plan.id}:{what}:{day.isoformat()}",
        Source.GREETING,
        message(key, name=plan.name),
        day,
        day < today,
        message("operating.due_greeting_where"),
        go=Go("greeting", {"plan": plan.id}),
        tick=message("operating.tick_done"),
    )
