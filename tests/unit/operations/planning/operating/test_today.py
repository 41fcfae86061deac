"""「今天要做的事」: every source has its say on its day, opens exactly its people, and is gone once it was done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from desktop.core.planning.operating.board import Stage, Task
from desktop.core.planning.operating.calendar import Channel, Entry, State
from desktop.core.planning.operating.journey import Journey, JourneyStage
from desktop.core.planning.operating.sheet import OwnDay, Sheet
from desktop.operations.audiences import audiences
from desktop.operations.audiences.audiences import condition_of
from desktop.operations.history import undoing
from desktop.operations.planning import plans
from desktop.operations.planning.operating import boards, entries, journeys, months, sheets
from desktop.operations.planning.operating import today as todays
from desktop.operations.planning.operating.due import Due, Source
from desktop.store import condition_sql, figures, shop
from desktop.store.audience_history import hold_out
from desktop.store.database import Database
from desktop.store.insights.targets import Target
from desktop.text import render, use_language

TODAY = date(2026, 11, 16)


@pytest.fixture(autouse=True)
def _on_a_quiet_day(monkeypatch: pytest.MonkeyPatch) -> None:
    use_language("zh_TW")
    monkeypatch.setenv("TAGLINE_NOW", f"{TODAY.isoformat()}T09:00:00")


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    return lambda day: monkeypatch.setenv("TAGLINE_NOW", f"{day.isoformat()}T09:00:00")


@pytest.fixture
def db(db: Database) -> Database:
    # Taiwan's seasons have their own test: nothing else to do.
    entries.show_seasons_of(db, [])
    return db


def member(
    db: Database, number: int, *, bound: bool = True, days: tuple[str, ...] = (), **fields: str
) -> None:
    row = {"id": number, "member_no": f"M{number}", **fields}
    if bound:
        row["line_user_id"] = f"U{number:032x}"
    db.run(f"INSERT INTO person ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    for day in days:
        db.run("INSERT INTO shop_order (person_id, ordered_at, amount) VALUES (?, ?, 100)", (number, day))
    figures.refresh(db, f"SELECT {number}")


def opened(db: Database, due: Due) -> list[int]:
    assert due.query is not None
    return list(condition_sql.ids(db, condition_of(db, due.query)))


def only(db: Database) -> Due:
    (due,) = todays.today(db)
    return due


def told(due: Due) -> dict[str, Any]:
    return {
        "text": render(due.text),
        "day": due.day,
        "overdue": due.overdue,
        "tick": due.tick and render(due.tick),
    }


def test_nothing_to_do(db: Database) -> None:
    assert todays.today(db) == ()


def test_of_an_entrys_people_those_a_message_reaches_are_the_ones_its_cost_counts(db: Database) -> None:
    for number in range(1, 41):
        member(db, number, bound=number <= 30)
    db.run("UPDATE person SET blocked = 1 WHERE id <= 5")
    audience = audiences.save(db, "大家", "-tag:熟客").audience.id
    entry = Entry("週年慶預告", TODAY, audience_id=audience, state=State.READY)
    number = entries.save(db, None, entry).plan.id
    assert (only(db).people, only(db).reachable) == (40, 25)
    hold_out.set_percent(db, audience, 40)
    reached = months.entry_now(db, number).people
    assert reached is not None
    assert 0 < reached < 25
    assert (only(db).people, only(db).reachable) == (40, reached)
    entries.save(db, number, replace(entry, channel=Channel.SHOP))
    assert (only(db).people, only(db).reachable) == (40, None)


def test_an_entry_is_due_on_its_day_and_overdue_after(db: Database, on: Callable[[date], None]) -> None:
    for number in (1, 2, 3):
        member(db, number, bound=number < 3)
    audience = audiences.save(db, "好友", "bound:yes").audience.id
    entry = Entry("週年慶預告", TODAY, TODAY + timedelta(days=1), audience_id=audience, state=State.READY)
    number = entries.save(db, None, entry).plan.id
    due = only(db)
    assert told(due) == {"text": "今天：週年慶預告", "day": TODAY, "overdue": False, "tick": "完成"}
    assert (due.source, due.people, opened(db, due)) == (Source.ENTRY, 2, [1, 2])
    assert due.go is not None
    assert (due.go.page, due.go.arguments) == ("operating_plan", {"tab": "calendar", "entry": number})
    on(TODAY + timedelta(days=1))
    assert not only(db).overdue
    on(TODAY + timedelta(days=2))
    assert told(only(db))["text"] == "已經過了：週年慶預告"
    assert only(db).overdue
    todays.done(db, due.id)
    assert todays.today(db) == ()
    kept = entries.existing(db, number).entry
    assert (kept.state, kept.done_on) == (State.DONE, TODAY + timedelta(days=2))
    undoing.undo(db)
    assert only(db).overdue


def test_preparing_is_asked_for_before_the_day_and_says_what_is_missing(db: Database) -> None:
    def planned(**values: Any) -> int:
        day = TODAY + timedelta(days=3)
        return entries.save(db, None, Entry("聖誕預購", day, **values)).plan.id

    far = planned(prepare_days=2)
    assert todays.today(db) == ()
    entries.delete(db, far)
    first = planned()
    due = only(db)
    assert told(due) == {
        "text": "準備「聖誕預購」，還有 3 天",
        "day": TODAY + timedelta(days=3),
        "overdue": False,
        "tick": "準備好了",
    }
    assert due.detail is not None
    assert due.detail.key == "operating.prepare_audience"
    entries.delete(db, first)
    second = planned(everybody=True)
    assert only(db).detail.key == "operating.prepare_text"  # type: ignore[union-attr]
    entries.delete(db, second)
    third = planned(channel=Channel.SHOP)
    assert only(db).detail.key == "operating.prepare_all"  # type: ignore[union-attr]
    todays.done(db, only(db).id)
    assert entries.existing(db, third).entry.state is State.READY
    assert todays.today(db) == ()


def test_those_who_did_not_press_are_reminded_three_days_later(
    db: Database, on: Callable[[date], None]
) -> None:
    member(db, 1, days=("2026-11-17",))
    member(db, 2, days=("2026-11-15",))
    member(db, 3)
    audience = audiences.save(db, "全部", "bound:yes").audience.id
    number = entries.save(db, None, Entry("新品", TODAY, audience_id=audience, remind_after=3)).plan.id
    entries.mark(db, number, State.DONE)
    on(TODAY + timedelta(days=2))
    assert todays.today(db) == ()
    on(TODAY + timedelta(days=3))
    due = only(db)
    assert told(due) == {
        "text": "提醒沒點「新品」的人",
        "day": TODAY + timedelta(days=3),
        "overdue": False,
        "tick": "已提醒",
    }
    assert opened(db, due) == [2, 3]
    steps = [render(step) for step in due.steps]
    assert "曝光再行銷" in steps[0]
    assert "新品" in steps[0]
    assert "50" in steps[1]
    assert len(steps) == 4
    todays.done(db, due.id)
    assert todays.today(db) == ()
    assert entries.existing(db, number).entry.reminded_on == TODAY + timedelta(days=3)


def test_tasks_are_due_on_their_day_and_come_back(db: Database, on: Callable[[date], None]) -> None:
    boards.save_task(db, None, Task("印立牌", Stage.ACQUISITION))
    boards.save_task(
        db, None, Task("匯入名單", Stage.ACQUISITION, TODAY - timedelta(days=1), repeat_days=30, note="月底")
    )
    due = only(db)
    assert told(due) == {
        "text": "匯入名單",
        "day": TODAY - timedelta(days=1),
        "overdue": True,
        "tick": "完成",
    }
    assert due.detail is not None
    assert render(due.detail) == "月底"
    todays.done(db, due.id)
    assert todays.today(db) == ()
    on(TODAY + timedelta(days=30))
    assert only(db).id == due.id


def test_a_goal_that_falls_behind_is_told_with_who_is_missing(
    db: Database, on: Callable[[date], None]
) -> None:
    for number in range(1, 11):
        member(db, number, bound=number <= 5)
    sheets.set_goal(db, "list_binding", Target(0.9, TODAY + timedelta(days=40)), "年底前")
    assert todays.today(db) == ()
    on(TODAY + timedelta(days=20))
    due = only(db)
    assert told(due) == {
        "text": "會員名單綁定比例落後進度，還差 4 位",
        "day": None,
        "overdue": False,
        "tick": None,
    }
    assert due.detail is not None
    assert render(due.detail) == "現在 50.0%，目標 90.0%"
    assert opened(db, due) == [6, 7, 8, 9, 10]
    on(TODAY + timedelta(days=41))
    assert told(only(db))["text"] == "會員名單綁定比例的期限過了，還差 4 位"
    assert only(db).overdue
    todays.later(db, due.id, 7)
    assert todays.today(db) == ()
    on(TODAY + timedelta(days=48))
    assert only(db).id == due.id


def test_people_who_stopped_in_a_journey_are_due_until_spoken_to(db: Database) -> None:
    member(db, 1, bound_at="2026-11-01")
    member(db, 2, bound_at="2026-11-15")
    stages = (
        JourneyStage("a", "綁定", "bound:yes", "bound_at", 3, "給首購優惠"),
        JourneyStage("b", "首購", "orders:>=1", "last_order", 30),
    )
    journeys.save(db, None, Journey("會員旅程", stages))
    due = only(db)
    assert told(due)["text"] == "會員旅程：停在「綁定」的 1 位該聯絡了"
    assert (due.people, opened(db, due), due.detail and render(due.detail)) == (1, [1], "給首購優惠")
    assert due.go is not None
    assert (due.go.page, due.go.arguments) == ("audiences", {"query": due.query})
    todays.done(db, due.id)
    assert todays.today(db) == ()


def test_a_season_nobody_planned_for_is_told_in_time(db: Database, on: Callable[[date], None]) -> None:
    entries.show_seasons_of(db, ["TW"])
    on(date(2026, 4, 12))
    (mothers,) = [due for due in todays.today(db) if due.season and due.season.id == "mothers_day"]
    assert render(mothers.text) == "「母親節」還有 28 天，還沒安排"
    assert mothers.season is not None
    entries.save(db, None, entries.draft_for(mothers.season, date(2026, 4, 20)))
    assert not [due for due in todays.today(db) if due.id == mothers.id]
    assert "five_twenty" not in [due.season.id for due in todays.today(db) if due.season], (
        "more than 21 days away"
    )
    on(date(2026, 5, 1))
    (love,) = [due for due in todays.today(db) if due.season]
    assert (love.season and love.season.id, love.tick and render(love.tick)) == ("five_twenty", "今年不做")
    todays.done(db, love.id)
    assert not [due for due in todays.today(db) if due.season]
    on(date(2027, 5, 1))
    again = [due.season.id for due in todays.today(db) if due.season]
    assert again == ["mothers_day", "five_twenty"]


def test_the_shops_own_day_is_told_too(db: Database) -> None:
    sheets.save(db, Sheet(own_days=(OwnDay("店慶", (12, 1), (12, 5), "老客回饋", 20),)))
    due = only(db)
    assert (told(due)["text"], due.day) == ("「店慶」還有 15 天，還沒安排", date(2026, 12, 1))
    assert due.season is not None
    draft = entries.draft_for(due.season)
    assert (draft.title, draft.day, draft.until, draft.note) == (
        "店慶",
        date(2026, 12, 1),
        date(2026, 12, 5),
        "老客回饋",
    )
    entries.save(db, None, draft)
    assert todays.today(db) == ()


def test_an_audience_that_ends_at_line_is_to_be_renewed(db: Database) -> None:
    audience = audiences.save(db, "熟客", "bound:yes").audience.id
    for group, ends in ((7, "2020-01-01T00:00:00.000000Z"), (8, "2999-01-01T00:00:00.000000Z")):
        db.run(
            "INSERT INTO line_audience (group_id, audience_id, role, name, expires_at) VALUES (?, ?, 'current', '熟客', ?)",
            (group, audience, ends),
        )
    due = only(db)
    assert (told(due)["text"], due.overdue, due.tick) == (
        "LINE 上的「熟客」已經到期，要用就重新上傳",
        True,
        None,
    )
    assert due.go is not None
    assert (due.go.page, due.go.arguments) == ("audiences", {"audience": audience})


def live_menu(db: Database, query: str) -> None:
    """A published menu for whom a query finds, at a connected account."""
    shop.put_json(db, "line_account", {"userId": "Ushop"})
    db.run(
        "INSERT INTO publishing (id, kind, state, account, menus, people, day, pressed_at, changed_at)"
        " VALUES (1, 'publish', 'done', 'Ushop', 1, 0, '2026-11-01', ?1, ?1)",
        ("2026-11-01T00:00:00.000000Z",),
    )
    db.run(
        "INSERT INTO published_menu (id, key, account, plan_id, name, alias, digest, object, media_type, rich_menu_id)"
        " VALUES (1, 'k', 'Ushop', NULL, '會員版', 'a', 'd', '{}', 'image/png', 'richmenu-1')"
    )
    db.run(
        "INSERT INTO publishing_menu (publishing_id, place, menu_id, role, query) VALUES (1, 0, 1, 'people', ?)",
        (query,),
    )
    db.run("INSERT INTO menu_account (account, live_id) VALUES ('Ushop', 1)")


def test_newly_bound_people_wait_for_their_menu(db: Database) -> None:
    for number in (1, 2):
        member(db, number)
    live_menu(db, "bound:yes")
    due = only(db)
    assert (told(due)["text"], due.people, due.tick) == ("上次發佈後有 2 位該換圖文選單", 2, None)
    assert due.go is not None
    assert due.go.page == "rich_menu"


def test_a_live_menus_query_that_cannot_be_read_is_told_not_thrown(db: Database) -> None:
    live_menu(db, "audience:沒有這個")
    due = only(db)
    assert due.source is Source.MENUS
    assert "沒有這個" in render(due.text)


def test_menus_and_greetings_are_changed_when_their_time_comes(
    db: Database, on: Callable[[date], None]
) -> None:
    shop.put_json(db, "line_account", {"userId": "Ushop"})
    period = {"starts": "2026-11-16", "ends": "2026-11-20"}
    menu = plans.save(db, "rich_menu", None, "聖誕選單", period).plan.id
    greeting = plans.save(db, "greeting", None, "聖誕歡迎", period).plan.id
    found = {due.source: due for due in todays.today(db)}
    assert render(found[Source.MENU_PERIOD].text) == "圖文選單「聖誕選單」的期間開始了，發佈後就會換上"
    assert render(found[Source.GREETING].text) == "把歡迎訊息換成「聖誕歡迎」"
    goes = {source: (due.go.page, due.go.arguments) for source, due in found.items() if due.go}
    assert goes == {
        Source.MENU_PERIOD: ("rich_menu", {"plan": menu}),
        Source.GREETING: ("greeting", {"plan": greeting}),
    }
    todays.done(db, found[Source.GREETING].id)
    assert [due.source for due in todays.today(db)] == [Source.MENU_PERIOD]
    on(date(2026, 11, 21))
    (over,) = todays.today(db)
    assert render(over.text) == "「聖誕歡迎」的期間結束了，換回平常的歡迎訊息"
    on(date(2026, 12, 6))
    assert todays.today(db) == ()


def test_the_overdue_come_first_then_by_day(db: Database) -> None:
    for title, days in (("明天", 1), ("今天", 0), ("昨天", -1), ("上週", -7)):
        entries.save(
            db, None, Entry(title, TODAY + timedelta(days=days), channel=Channel.SHOP, state=State.PLANNED)
        )
    boards.save_task(db, None, Task("今天的工作", Stage.REVENUE, TODAY))
    assert [render(due.text) for due in todays.today(db)] == [
        "已經過了：上週",
        "已經過了：昨天",
        "今天：今天",
        "今天的工作",
        "準備「明天」，還有 1 天",
    ]


def test_what_was_put_off_is_forgotten_in_time(db: Database, on: Callable[[date], None]) -> None:
    for number in range(3):
        todays.later(db, f"goal:{number}", number + 1)
    on(TODAY + timedelta(days=2))
    todays.later(db, "goal:9", 1)
    assert set(shop.get_json(db, "operating_later") or {}) == {"goal:2", "goal:9"}
