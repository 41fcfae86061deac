"""The calendar's entries: kept, moved, copied to another year; a page tells whom each reaches and what a month's messages cost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from desktop.core.errors import UserError
from desktop.core.planning.operating.calendar import Channel, Entry, State
from desktop.core.planning.operating.seasons import seasons_of
from desktop.operations.audiences import audiences, comparing, costing
from desktop.operations.audiences.audiences import condition_of
from desktop.operations.history import undoing
from desktop.operations.planning import plans
from desktop.operations.planning.operating import entries, months
from desktop.store import history, shop
from desktop.store.database import Database
from desktop.text import use_language

TODAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _on_a_fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    use_language("zh_TW")
    monkeypatch.setenv("TAGLINE_NOW", f"{TODAY.isoformat()}T09:00:00")


def friends(db: Database, number: int) -> None:
    for one in range(1, number + 1):
        db.run(
            "INSERT INTO person (id, member_no, line_user_id, last_order) VALUES (?, ?, ?, ?)",
            (one, f"M{one}", f"U{one:032x}", "2026-11-01" if one % 2 else None),
        )


def add(db: Database, title: str = "週年慶", day: date = TODAY, **values: Any) -> int:
    return entries.save(db, None, Entry(title, day, **values)).plan.id


def quota(db: Database, value: int, used: int) -> None:
    shop.put_json(db, "quota", {"value": value, "used": used, "at": "2026-11-15T00:00:00.000000Z"})


def test_entries_stand_by_day_and_time(db: Database) -> None:
    for title, day, at in (("丁", 2, ""), ("乙", 1, "18:00"), ("甲", 1, "09:00"), ("丙", 1, "")):
        add(db, title, date(2026, 11, day), at=at)
    assert [one.entry.title for one in entries.all_entries(db)] == ["甲", "乙", "丙", "丁"]


@pytest.mark.parametrize(
    ("values", "key"),
    [({"until": TODAY - timedelta(days=1)}, "operating.ends_before"), ({"at": "25:00"}, "operating.no_time")],
)
def test_what_cannot_be_is_refused(db: Database, values: dict[str, Any], key: str) -> None:
    with pytest.raises(UserError) as refused:
        add(db, **values)
    assert refused.value.text.key == key
    assert entries.all_entries(db) == []


def test_dragging_moves_an_entry_and_is_a_step_of_its_own(db: Database) -> None:
    number = add(db, until=TODAY + timedelta(days=2), season="double_eleven")
    entries.move(db, number, TODAY + timedelta(days=30))
    moved = entries.existing(db, number).entry
    assert (moved.day, moved.last) == (TODAY + timedelta(days=30), TODAY + timedelta(days=32))
    undoing.undo(db)
    assert entries.existing(db, number).entry.day == TODAY
    entries.delete(db, number)
    with pytest.raises(UserError):
        entries.move(db, number, TODAY)
    undoing.undo(db)
    assert entries.existing(db, number).entry.title == "週年慶"


def test_moving_to_where_it_is_changes_nothing(db: Database) -> None:
    number = add(db)
    steps = len(history.steps(db))
    assert entries.move(db, number, TODAY).step is None
    assert len(history.steps(db)) == steps


def test_a_number_of_another_plan_is_no_entry(db: Database) -> None:
    task = plans.save(db, "task", None, "印立牌", {}).plan.id
    with pytest.raises(UserError):
        entries.existing(db, task)


def test_a_page_shows_what_touches_its_days(db: Database) -> None:
    add(db, "跨月", date(2026, 9, 28), until=date(2026, 10, 3))
    add(db, "本月", date(2026, 10, 15))
    add(db, "下月", date(2026, 11, 20))
    page = months.month(db, 2026, 10)
    assert (page.grid.first, page.grid.last, page.today) == (date(2026, 9, 28), date(2026, 11, 1), TODAY)
    assert [one.entry.title for one in page.entries] == ["跨月", "本月"]
    assert [one.entry.title for one in page.on(date(2026, 10, 3))] == ["跨月"]
    assert page.on(date(2026, 10, 4)) == ()
    ids = [season.id for season in page.seasons]
    assert ids == ["teachers_day", "national_day", "double_ninth", "halloween"]
    assert [season.id for season in page.seasons_on(date(2026, 10, 10))] == ["national_day"]
    assert all(one.overdue for one in page.entries)
    week = months.week(db, date(2026, 10, 15), 6)
    assert (week.grid.first, week.grid.last, len(week.grid.weeks)) == (
        date(2026, 10, 11),
        date(2026, 10, 17),
        1,
    )
    assert [one.entry.title for one in week.entries] == ["本月"]


def test_seasons_are_the_owners_choice(db: Database) -> None:
    assert entries.countries(db) == ("TW",)
    entries.show_seasons_of(db, ["JP", "TW"])
    shown = [season.id for season in months.month(db, 2026, 12).seasons]
    assert {"oseibo", "double_twelve", "omisoka"} <= set(shown)
    assert shown.count("christmas") == 1
    entries.show_seasons_of(db, [])
    assert months.month(db, 2026, 12).seasons == ()
    shop.put(db, "country", "JP")
    assert entries.countries(db) == ()


def test_an_entry_costs_what_its_audience_page_says(db: Database) -> None:
    friends(db, 40)
    quota(db, 6000, 5990)
    saved = audiences.save(db, "買過的", "last_order:any").audience
    comparing.set_hold_out(db, saved.id, 20)
    number = add(db, audience_id=saved.id)
    now = months.entry_now(db, number)
    page = costing.outlook(db, condition_of(db, saved.query), saved.id)
    assert now.cost == page.audience
    assert (now.people, now.audience) == (page.audience.messages, "買過的")
    assert now.people is not None
    assert 0 < now.people < 20


def test_what_no_longer_costs_has_no_cost(db: Database) -> None:
    friends(db, 4)
    quota(db, 6000, 0)
    audience = audiences.save(db, "好友", "bound:yes").audience.id
    sent = add(db, audience_id=audience)
    entries.mark(db, sent, State.DONE)
    in_the_shop = add(db, audience_id=audience, channel=Channel.SHOP)
    assert months.entry_now(db, sent).cost is None
    assert (months.entry_now(db, in_the_shop).cost, months.entry_now(db, in_the_shop).people) == (None, 4)
    assert months.month(db, 2026, 11).total.messages == 0


def test_a_months_messages_use_up_the_quota_together(db: Database) -> None:
    friends(db, 40)
    quota(db, 6000, 5950)
    audience = audiences.save(db, "好友", "bound:yes").audience.id
    for day in (20, 25):
        add(db, day=date(2026, 11, day), audience_id=audience)
    add(db, day=date(2026, 12, 1), audience_id=audience)
    add(db, day=date(2026, 11, 28))
    page = months.month(db, 2026, 11)
    assert [one.cost.short if one.cost else None for one in page.entries] == [0, 0, None, 0]
    assert (page.total.sends, page.total.messages, page.total.unknown) == (3, 80, 1)
    assert (page.total.cost.short, page.total.cost.price) == (30, Decimal("6.0"))
    december = months.month(db, 2026, 12).total
    assert (december.messages, december.cost.short) == (40, 0)


def test_everybody_is_whom_line_counts(db: Database) -> None:
    number = add(db, everybody=True)
    now = months.entry_now(db, number)
    assert (now.people, now.problem and now.problem.key) == (None, "operating.no_reach")
    shop.put_json(db, "line_figures", {"targetedReaches": 5230})
    quota(db, 3000, 0)
    now = months.entry_now(db, number)
    assert (now.people, now.cost and now.cost.short) == (5230, 2230)


def test_a_deleted_audience_is_said(db: Database) -> None:
    audience = audiences.save(db, "熟客", "bound:yes").audience.id
    number = add(db, audience_id=audience)
    audiences.delete(db, "熟客")
    now = months.entry_now(db, number)
    assert (now.audience, now.people, now.problem and now.problem.key) == (
        None,
        None,
        "operating.audience_gone",
    )
    undoing.undo(db)
    assert months.entry_now(db, number).audience == "熟客"


def test_an_entry_knows_the_plan_it_is_about(db: Database) -> None:
    greeting = plans.save(db, "greeting", None, "聖誕歡迎", {}).plan.id
    number = add(db, plan_id=greeting, channel=Channel.GREETING)
    plan = months.entry_now(db, number).plan
    assert plan is not None
    assert plan.name == "聖誕歡迎"
    plans.delete(db, greeting)
    assert months.entry_now(db, number).plan is None


def test_a_year_is_copied_to_where_its_seasons_lie(db: Database) -> None:
    done = add(db, "中秋預購", date(2026, 8, 24), season="mid_autumn", remind_after=3)
    entries.mark(db, done, State.DONE)
    add(db, "每月新品", date(2026, 6, 5))
    add(db, "去年的", date(2025, 6, 5))
    copied = entries.copy_year(db, 2026, 2027)
    assert (copied.entries, copied.already) == (2, 0)
    found = {one.entry.title: one.entry for one in entries.all_entries(db) if one.entry.day.year == 2027}
    autumn = found["中秋預購"]
    # 2026: 25 September, 32 days before; 2027: 15 September.
    assert (autumn.day, autumn.state, autumn.done_on) == (date(2027, 8, 14), State.PLANNED, None)
    assert (autumn.remind_after, autumn.copied_from) == (3, date(2026, 8, 24))
    assert (found["每月新品"].day, found["每月新品"].day.weekday()) == (
        date(2027, 6, 4),
        date(2026, 6, 5).weekday(),
    )
    again = entries.copy_year(db, 2026, 2027)
    assert (again.entries, again.already, again.step) == (0, 2, None)
    undoing.undo(db)
    assert {one.entry.day.year for one in entries.all_entries(db)} == {2025, 2026}


def test_one_month_alone_is_copied(db: Database) -> None:
    for month in (3, 4):
        add(db, f"{month} 月", date(2026, month, 10))
    assert entries.copy_year(db, 2026, 2027, 4).entries == 1
    assert [one.entry.title for one in entries.all_entries(db) if one.entry.day.year == 2027] == ["4 月"]


def test_a_copy_is_planned_anew(db: Database) -> None:
    number = add(db)
    entries.mark(db, number, State.DONE)
    copy = entries.copy(db, number, TODAY + timedelta(days=7)).plan
    entry = Entry.from_content(copy.name, copy.content)
    assert (entry.day, entry.state, entry.done_on) == (TODAY + timedelta(days=7), State.PLANNED, None)


def test_a_draft_for_a_season_carries_its_name_and_idea(db: Database) -> None:
    (festival,) = [one for one in seasons_of(2027, "TW") if one.id == "spring_festival"]
    draft = entries.draft_for(festival)
    assert (draft.title, draft.day, draft.until, draft.season) == (
        "春節",
        date(2027, 2, 5),
        date(2027, 2, 10),
        "spring_festival",
    )
    assert "預購" in draft.note
    early = entries.draft_for(festival, date(2027, 1, 4))
    assert (early.day, early.until) == (date(2027, 1, 4), None)
    assert entries.save(db, None, early).plan.name == "春節"
