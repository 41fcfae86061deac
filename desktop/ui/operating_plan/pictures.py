"""The page's states for its pictures: each tab empty and filled, today opened out, the week, and an entry in its form."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from desktop.core.planning.operating.board import Stage, Task
from desktop.core.planning.operating.calendar import Channel, Entry, State
from desktop.core.planning.operating.sheet import ContentType, Frequency, Hours, OwnGoal, Persona
from desktop.operations.audiences import audiences
from desktop.operations.planning.operating import boards, entries, journeys, sheets
from desktop.operations.planning.operating.ready_journeys import ready_journeys
from desktop.operations.planning.plans import SavedPlan
from desktop.store import audiences as stored
from desktop.store.database import Database
from desktop.store.insights.targets import Target
from desktop.text import render

if TYPE_CHECKING:
    from desktop.ui.operating_plan.page import OperatingPlanPage

AUDIENCES = (
    ("熟客", "order_days:>=8"),
    ("60 天沒來的熟客", "order_days:>=3 last_order:>60d"),
    ("高消費", "total:>=10000"),
)


def states(page: OperatingPlanPage) -> dict[str, Callable[[], None]]:
    """Name → what brings the page there; those that change the shop only in a practice shop."""
    found: dict[str, Callable[[], None]] = {
        f"empty-{tab}": partial(page.show_tab, tab) for tab in ("sheet", "board", "journeys")
    }
    if page.desk.practice:
        found |= {
            "calendar": partial(_filled, page, "calendar"),
            "entry": partial(_entry, page),
            "week": partial(_week, page),
            "sheet": partial(_filled, page, "sheet"),
            "board": partial(_filled, page, "board"),
            "journeys": partial(_filled, page, "journeys"),
            "today": partial(_opened_out, page),
        }
    return found


def _filled(page: OperatingPlanPage, tab: str) -> None:
    page.calendar.close_entry()
    page.calendar.view.set_value("month")
    page.show_tab(tab)
    page.acts.do(lambda db: fill(db), None, lambda _: page.calendar.go_today())


def _entry(page: OperatingPlanPage) -> None:
    _filled(page, "calendar")
    page.acts.do(_first_entry, None, lambda saved: page.calendar.open_entry(saved.plan.id))


def _week(page: OperatingPlanPage) -> None:
    _filled(page, "calendar")
    page.calendar.view.set_value("week")


def _opened_out(page: OperatingPlanPage) -> None:
    _filled(page, "calendar")
    page.today.set_open(True)


def _first_entry(db: Database) -> SavedPlan:
    kept = next(one for one in entries.all_entries(db) if one.entry.audience_id)
    return entries.save(db, kept.id, kept.entry)


def fill(db: Database) -> SavedPlan:
    """Plan something in every part; once."""
    if not entries.all_entries(db):
        _fill_calendar(db)
        _fill_board(db)
        for ready in ready_journeys(db)[:2]:
            journeys.save(db, None, ready.journey)
        return _fill_sheet(db)
    return sheets.save(db, sheets.sheet_of(db))


def _fill_calendar(db: Database) -> None:
    day = entries.today(db)
    for name, query in AUDIENCES:
        if all(one.name != name for one in stored.all_audiences(db)):
            audiences.save(db, name, query)
    whom = [one.id for one in stored.all_audiences(db)]
    plan = (
        (-9, "回購感謝", Channel.MANAGER, State.DONE, 1),
        (-4, "三題問卷", Channel.MANAGER, State.DONE, 0),
        (-1, "新豆開箱", Channel.VOOM, State.PLANNED, None),
        (0, "週末新品試喝", Channel.MANAGER, State.READY, 0),
        (2, "換上會員版選單", Channel.RICH_MENU, State.PLANNED, None),
        (5, "沉睡客回來走走", Channel.HERE, State.PLANNED, 2),
        (5, "櫃檯立牌換新", Channel.SHOP, State.PLANNED, None),
        (8, "年末感謝祭", Channel.MANAGER, State.PLANNED, None),
    )
    for shift, name, channel, state, audience in plan:
        there = whom[audience % len(whom)] if whom and audience is not None else None
        entry = Entry(
            name,
            day + datetime.timedelta(days=shift),
            channel=channel,
            audience_id=there,
            at="18:00" if channel is Channel.MANAGER else "",
            remind_after=3,
        )
        if name == "年末感謝祭":
            entry = replace(entry, until=entry.day + datetime.timedelta(days=3), everybody=True)
        entries.save(db, None, entry.marked(state, entry.day) if state is not State.PLANNED else entry)


def _fill_board(db: Database) -> None:
    day = entries.today(db)
    for ready, due in (
        ("qr_stand", 0),
        ("bind_menu", 3),
        ("first_coupon", 7),
        ("win_back", 0),
        ("review", None),
    ):
        boards.add_ready(db, ready, due)
    late = Task("請店員練習綁定流程", Stage.ACTIVATION, day - datetime.timedelta(days=2))
    boards.save_task(db, None, late)
    done = boards.add_ready(db, "greeting")
    boards.finish(db, done.plan.id)


def _fill_sheet(db: Database) -> SavedPlan:
    kept = sheets.save(
        db,
        replace(
            sheets.suggested(db),
            image=render(sheets.suggestions("image")[0]),
            persona=Persona("店長阿日", render(sheets.suggestions("persona")[0])),
            frequency=Frequency(2, "month"),
            hours=(Hours((2, 4), "18:00"),),
            content_types=(ContentType("new_items", "", 2), ContentType("campaign", "", 1)),
            pictures=render(sheets.suggestions("pictures")[0]),
            own_goals=(OwnGoal("年底前 30 則五星評價"),),
        ),
    )
    due = entries.today(db) + datetime.timedelta(days=60)
    for goal in sheets.sheet_of(db).goals[:3]:
        kept = sheets.set_goal(db, goal.kpi, Target(0.75, due)).plan
    return kept
