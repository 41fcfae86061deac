"""The operating plan on paper: the same sections for the window's print, its PDF and the workbook, in the language in use."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from desktop.core.figures.message_cost import SendCost
from desktop.core.planning.operating.sheet import (
    ContentType,
    Frequency,
    Hours,
    OwnDay,
    OwnGoal,
    Persona,
    SheetAudience,
)
from desktop.exporter.plan_book import Section, write_plan_book
from desktop.exporter.tables import Cell
from desktop.operations.planning.operating import boards, journeys, months, sheets
from desktop.operations.planning.operating.boards import Figure
from desktop.operations.planning.operating.journeys import JourneyNow
from desktop.operations.planning.operating.months import EntryNow
from desktop.operations.planning.operating.sheets import GoalNow, SheetNow
from desktop.store import shop
from desktop.store.database import Database
from desktop.text import language, render, t

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Days of the week by their texts, Monday first."""

_SIGNS = {"TWD": "NT$", "JPY": "¥", "THB": "฿"}


def sections(db: Database, first: date, last: date) -> tuple[Section, ...]:
    """All of the plan: the sheet, its goals, the calendar of a span of days, the board, the journeys; parts without content are
    left out, the sheet never.

    Args:
        db: any connection, in its thread.
        first, last: which days of the calendar.
    """
    now = sheets.current(db)
    found = [_sheet(db, now), _goals(now), _calendar(db, first, last), _board(db)]
    found += [_journey(one) for one in journeys.journeys(db)]
    return tuple(one for number, one in enumerate(found) if one.rows or number == 0)


def write_book(db: Database, path: Path, first: date, last: date) -> Path:
    """Write the plan as a workbook (.xlsx), a sheet for each section.

    Raises:
        UserError: if the file cannot be written.
    """
    return write_plan_book(path, sections(db, first, last))


def cost_in_words(cost: SendCost | None) -> str:
    """What a send adds to the bill, in a few words; "" where that is not known."""
    if cost is None or cost.short is None:
        return ""
    if cost.is_free:
        return t("operating.cost_free")
    if cost.price is not None:
        price = _price(cost.price, cost.currency)
        return t("operating.cost_at_most" if cost.at_most else "operating.cost_price", price=price)
    return t("operating.cost_short", n=cost.short)


def hours_in_words(hours: Hours) -> str:
    """Days of the week and a time: 「週五、週六 18:00」."""
    days = [t(f"operating.weekday.{WEEKDAYS[day]}") for day in hours.weekdays]
    return " ".join(part for part in (t("operating.list", items=days) if days else "", hours.at) if part)


def frequency_in_words(often: Frequency) -> str:
    """「每月 4 次」; "" where it is not decided."""
    if not often.times:
        return ""
    return t("operating.times_a_week" if often.per == "week" else "operating.times_a_month", n=often.times)


def _sheet(db: Database, now: SheetNow) -> Section:
    sheet = now.sheet
    parts = {
        "image": [sheet.image],
        "persona": [_persona(sheet.persona)],
        "frequency": [frequency_in_words(sheet.frequency), sheet.frequency.note],
        "hours": [hours_in_words(one) for one in sheet.hours],
        "audiences": [_whom(one, now) for one in sheet.audiences],
        "content_types": [_content(one) for one in sheet.content_types],
        "pictures": [sheet.pictures],
    }
    rows = [(t(f"operating.part.{part}"), _lines(lines)) for part, lines in parts.items()]
    if sheet.own_days:
        rows.append((t("operating.own_days"), _lines([_own_day(one) for one in sheet.own_days])))
    title = t("operating.paper_sheet")
    return Section(title, (), tuple(rows), (shop.get(db, "name"),))


def _goals(now: SheetNow) -> Section:
    columns = (
        t("operating.column_goal"),
        t("operating.column_now"),
        t("operating.column_target"),
        t("operating.column_due"),
        t("operating.column_gap"),
        t("operating.column_state"),
        t("operating.column_why"),
    )
    rows = [_goal(goal) for goal in now.goals] + [_own_goal(goal) for goal in now.sheet.own_goals]
    return Section(t("operating.part.goals"), columns, tuple(rows), landscape=True)


def _goal(goal: GoalNow) -> tuple[Cell, ...]:
    state = ""
    if goal.target is not None:
        state = t("operating.goal_on_course")
        if goal.reached:
            state = t("operating.goal_reached")
        elif goal.behind:
            state = t("operating.goal_behind")
    return (
        render(goal.name),
        _percent(goal.rate.value if goal.rate else None),
        _percent(goal.target.value if goal.target else None),
        _day(goal.target.due if goal.target else None),
        t("operating.people", n=goal.gap) if goal.gap else "",
        state,
        goal.goal.why,
    )


def _own_goal(goal: OwnGoal) -> tuple[Cell, ...]:
    state = t("operating.goal_reached") if goal.reached_on else ""
    return (goal.text, "", "", _day(goal.due), "", state, "")


def _calendar(db: Database, first: date, last: date) -> Section:
    found = months.span(db, first, last)
    columns = (
        t("operating.column_day"),
        t("operating.column_time"),
        t("operating.column_what"),
        t("operating.column_channel"),
        t("operating.column_whom"),
        t("operating.column_people"),
        t("operating.column_cost"),
        t("operating.column_state"),
        t("operating.column_text"),
    )
    notes = (t("operating.from_to", first=_day(first), last=_day(last)),)
    return Section(
        t("operating.paper_calendar"), columns, tuple(_entry(one) for one in found), notes, landscape=True
    )


def _entry(one: EntryNow) -> tuple[Cell, ...]:
    entry = one.entry
    day = _day(entry.day) + (f" – {_day(entry.last)}" if entry.last > entry.day else "")
    return (
        day,
        entry.at,
        entry.title,
        t(f"operating.channel.{entry.channel.value}"),
        t("operating.everybody") if entry.everybody else one.audience or "",
        one.people,
        cost_in_words(one.cost),
        t(f"operating.state.{entry.state.value}"),
        _lines([entry.text, entry.note]),
    )


def _board(db: Database) -> Section:
    found = boards.board(db)
    columns = (
        t("operating.column_stage"),
        t("operating.column_task"),
        t("operating.column_due"),
        t("operating.column_state"),
        t("operating.column_note"),
    )
    notes, rows = [], list[tuple[Cell, ...]]()
    for column in found.columns:
        name = render(column.name)
        figures = [_figure(one) for one in column.figures]
        if figures:
            notes.append(t("operating.stage_figures", stage=name, figures=figures))
        for one in (*column.tasks, *column.done):
            task = one.task
            state = t("operating.state.done") if not task.open else ""
            rows.append((name, task.title, _day(task.due), state, task.note))
    return Section(t("operating.paper_board"), columns, tuple(rows), tuple(notes))


def _figure(one: Figure) -> str:
    if one.rate is not None:
        return f"{render(one.name)} {_percent(one.rate.value) or '—'}"
    return f"{render(one.name)} {one.people or 0:,}"


def _journey(one: JourneyNow) -> Section:
    columns = (
        t("operating.column_stage"),
        t("operating.column_people"),
        t("operating.column_onward"),
        t("operating.column_stopped"),
        t("operating.column_due_people"),
        t("operating.column_advice"),
    )
    rows = tuple(
        (
            stage.stage.name,
            None if stage.problem else stage.people,
            _percent(stage.onward.value) if stage.onward else "",
            stage.stopped if stage.onward else None,
            stage.due if stage.onward else None,
            render(stage.problem) if stage.problem else stage.stage.advice,
        )
        for stage in one.stages
    )
    return Section(one.journey.name, columns, rows)


def _persona(persona: Persona) -> str:
    lines = [persona.name, persona.voice]
    if persona.calls_customers.strip():
        lines.append(t("operating.calls_customers", words=persona.calls_customers))
    return _lines(lines)


def _whom(one: SheetAudience, now: SheetNow) -> str:
    name = now.audiences.get(one.audience_id or 0) or one.name
    return t("operating.with_reason", text=name, why=one.why) if one.why.strip() and name else name or one.why


def _content(one: ContentType) -> str:
    name = t(f"operating.content.{one.id}") if one.id else one.name
    times = t("operating.times_a_month", n=one.times) if one.times else ""
    return t("operating.list", items=[part for part in (name, times, one.example) if part.strip()])


def _own_day(one: OwnDay) -> str:
    first, last = (f"{month}/{day}" for month, day in (one.first, one.last))
    days = first if first == last else f"{first}–{last}"
    return " ".join(part for part in (days, one.name, one.idea) if part)


def _price(price: Decimal, currency: str) -> str:
    """NT$1,800, with its decimals where it is small: NT$0.4."""
    whole = price == price.to_integral_value() or price >= 100
    plain = price.quantize(Decimal(1)) if whole else price.normalize()
    return f"{_SIGNS.get(currency, currency + ' ')}{plain:,f}"


def _lines(texts: list[str]) -> str:
    return "\n".join(text.strip() for text in texts if text.strip())


def _day(day: date | None) -> str:
    if day is None:
        return ""
    return day.isoformat() if language() == "en" else day.isoformat().replace("-", "/")


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.1f}%"
