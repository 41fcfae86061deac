"""What is kept of the plan comes back the same, and what is missing or odd in it never breaks."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.planning.operating.board import READY_TASKS, Stage, Task
from desktop.core.planning.operating.calendar import (
    Channel,
    Entry,
    State,
    month_grid,
    same_day_next_year,
)
from desktop.core.planning.operating.journey import SINCE_FIELDS, Journey, JourneyStage
from desktop.core.planning.operating.sheet import (
    CONTENT_TYPES,
    GOAL_KPIS,
    PARTS,
    ContentType,
    Frequency,
    Goal,
    Hours,
    OwnDay,
    OwnGoal,
    Persona,
    Sheet,
    SheetAudience,
)
from desktop.core.planning.rich_menu.goals import GOALS

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
texts = st.text(max_size=8)
ids = st.none() | st.integers(1, 99)
month_days = days.map(lambda day: (day.month, day.day))

entries = st.builds(
    Entry, texts, days, st.none() | days, st.sampled_from(["", "18:00"]), st.sampled_from(Channel),
    st.sampled_from(State), ids, st.booleans(), ids, texts, texts, texts, st.integers(0, 40),
    st.none() | st.integers(0, 9), st.none() | days, st.none() | days, st.none() | days, texts,
)  # fmt: skip
tasks = st.builds(
    Task, texts, st.sampled_from(Stage), st.none() | days, st.none() | days, st.integers(0, 60), texts, texts
)
stages = st.builds(
    JourneyStage,
    texts.filter(bool),
    texts,
    texts,
    st.sampled_from(["", *SINCE_FIELDS]),
    st.integers(0, 60),
    texts,
    ids,
)
journeys = st.builds(
    Journey, texts, st.lists(stages, max_size=4).map(tuple), st.dictionaries(texts, days, max_size=2), texts
)
sheets = st.builds(
    Sheet,
    st.lists(
        st.builds(Goal, st.sampled_from(GOAL_KPIS), st.none() | days, st.none() | st.floats(0, 1), texts),
        max_size=3,
        unique_by=lambda goal: goal.kpi,
    ).map(tuple),
    st.lists(st.builds(OwnGoal, texts, st.none() | days, st.none() | days), max_size=2).map(tuple),
    texts,
    st.builds(Persona, texts, texts, texts),
    st.builds(Frequency, st.integers(0, 9), st.sampled_from(["week", "month"]), texts),
    st.lists(
        st.builds(
            Hours, st.sets(st.integers(0, 6), min_size=1).map(lambda found: tuple(sorted(found))), texts
        ),
        max_size=2,
    ).map(tuple),
    st.lists(st.builds(SheetAudience, ids, texts, texts), max_size=2).map(tuple),
    st.lists(
        st.builds(ContentType, st.sampled_from(["", *CONTENT_TYPES]), texts, st.integers(0, 9), texts),
        max_size=3,
    ).map(tuple),
    texts,
    st.lists(
        st.builds(OwnDay, texts.filter(str.strip), month_days, month_days, texts, st.integers(0, 60)),
        max_size=2,
    ).map(tuple),
)


def kept(content: dict[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps(content))


@given(entries, tasks, journeys, sheets)
def test_contents_come_back_the_same(entry: Entry, task: Task, journey: Journey, sheet: Sheet) -> None:
    assert Entry.from_content(entry.title, kept(entry.to_content())) == entry
    assert Task.from_content(task.title, kept(task.to_content())) == task
    assert Journey.from_content(journey.name, kept(journey.to_content())) == journey
    assert Sheet.from_content(kept(sheet.to_content())) == sheet


odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.just("2026-02-30"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_odd_contents_are_read_as_far_as_they_go(data: st.DataObject) -> None:
    known = [Entry("", date.min).to_content(), Task("", Stage.REVENUE).to_content(), Sheet().to_content()]
    known.append(Journey("", (JourneyStage("1", "", ""),)).to_content())
    for content in known:
        for key in content:
            if data.draw(st.booleans()):
                content[key] = data.draw(odd)
    entry, task, sheet, journey = known
    assert isinstance(Entry.from_content("甲", entry).to_content(), dict)
    assert isinstance(Task.from_content("甲", task).to_content(), dict)
    assert isinstance(Journey.from_content("甲", journey).to_content(), dict)
    read = Sheet.from_content(sheet)
    assert Sheet.from_content(kept(read.to_content())) == read


def test_an_empty_sheet_lacks_all_parts_and_a_filled_one_none() -> None:
    assert Sheet().missing == PARTS
    filled = Sheet(
        own_goals=(OwnGoal("開第二家店"),),
        image="鄰居",
        persona=Persona("阿明"),
        frequency=Frequency(2, "week"),
        hours=(Hours((4,), "18:00"),),
        audiences=(SheetAudience(None, "熟客"),),
        content_types=(ContentType("products"),),
        pictures="實景",
    )
    assert filled.missing == ()


def test_content_types_are_what_a_menu_can_lead_to() -> None:
    assert set(CONTENT_TYPES) == set(GOALS)


def test_an_entry_moves_as_long_as_it_was() -> None:
    entry = Entry("檔期", date(2026, 11, 9), date(2026, 11, 11))
    moved = entry.moved(date(2026, 11, 30))
    assert (moved.day, moved.last) == (date(2026, 11, 30), date(2026, 12, 2))
    assert [moved.on(date(2026, 11, 29) + timedelta(days=n)) for n in range(5)] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_only_a_sent_message_is_reminded_of_and_once() -> None:
    day = date(2026, 11, 9)
    entry = Entry("週年慶", day, remind_after=3)
    assert entry.remind_on is None
    sent = entry.marked(State.DONE, day)
    assert sent.remind_on == date(2026, 11, 12)
    assert sent.marked(State.PLANNED, day).done_on is None
    assert Entry("店內", day, channel=Channel.SHOP, remind_after=3).marked(State.DONE, day).remind_on is None


def test_a_task_that_repeats_is_due_again() -> None:
    today = date(2026, 11, 22)
    once, again = Task("立牌", Stage.ACQUISITION), Task("匯入", Stage.ACQUISITION, today, repeat_days=30)
    assert once.done(today).done_on == today
    assert (again.done(today).due, again.done(today).open) == (date(2026, 12, 22), True)


def test_every_stage_has_ready_made_tasks() -> None:
    assert {task.stage for task in READY_TASKS.values()} == set(Stage)


@given(st.integers(2020, 2035), st.integers(1, 12), st.sampled_from([0, 6]))
def test_a_months_page_has_whole_weeks(year: int, month: int, first: int) -> None:
    grid = month_grid(year, month, first)
    shown = [day for week in grid.weeks for day in week]
    assert all(len(week) == 7 and week[0].weekday() == first for week in grid.weeks)
    assert [b - a for a, b in pairwise(shown)] == [timedelta(days=1)] * (len(shown) - 1)
    assert grid.first <= date(year, month, 1) <= shown[6]
    assert shown[-7] <= date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1) <= grid.last


@given(days, st.integers(2020, 2036))
def test_a_day_of_another_year_keeps_its_weekday(day: date, year: int) -> None:
    there = same_day_next_year(day, year)
    same = day.replace(year=year) if (day.month, day.day) != (2, 29) else date(year, 3, 1) - timedelta(days=1)
    assert there.weekday() == day.weekday()
    assert abs((there - same).days) <= 3
