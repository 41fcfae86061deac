"""The sheet is kept as one plan; its goals are the figures' own targets, measured against an even rise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.core.planning.operating.sheet import GOAL_KPIS, PARTS, SUGGESTED, Goal, Sheet, SheetAudience
from desktop.operations.audiences import audiences
from desktop.operations.history import undoing
from desktop.operations.insights.funnel import funnel, set_target
from desktop.operations.planning import plans
from desktop.operations.planning.operating import sheets
from desktop.store import figures, history
from desktop.store.database import Database
from desktop.store.insights.targets import Target, all_targets
from desktop.text import render, use_language

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _on_a_fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    use_language("zh_TW")
    monkeypatch.setenv("TAGLINE_NOW", f"{TODAY.isoformat()}T09:00:00")


def people(db: Database, bound: int, unbound: int, buyers: int = 0) -> None:
    for number in range(1, bound + unbound + 1):
        user = f"U{number:032x}" if number <= bound else None
        db.run(
            "INSERT INTO person (id, member_no, line_user_id) VALUES (?, ?, ?)", (number, f"M{number}", user)
        )
        if number <= buyers:
            db.run(
                "INSERT INTO shop_order (person_id, ordered_at, amount) VALUES (?, '2026-11-20', 100)",
                (number,),
            )
    figures.refresh(db, "SELECT id FROM person")


def test_an_empty_shop_has_an_empty_sheet(db: Database) -> None:
    now = sheets.current(db)
    assert (now.plan_id, now.sheet, now.goals, now.sheet.missing) == (None, Sheet(), (), PARTS)


def test_the_sheet_is_one_plan_and_a_burst_of_edits_one_step(db: Database) -> None:
    first = sheets.save(db, Sheet(image="鄰"))
    second = sheets.save(db, Sheet(image="鄰居"))
    assert sheets.save(db, Sheet(image="鄰居", pictures="實景")).step == second.step
    assert len(plans.all_of(db, "sheet")) == 1
    now = sheets.current(db)
    assert (now.sheet.image, now.sheet.pictures, now.plan_id) == ("鄰居", "實景", first.plan.id)
    undoing.undo(db)
    assert sheets.current(db).sheet == Sheet(image="鄰")
    undoing.undo(db)
    assert sheets.current(db).plan_id is None


def test_a_goal_is_the_figures_own_target_and_remembers_where_it_stood(db: Database) -> None:
    people(db, bound=6, unbound=4)
    due = TODAY + timedelta(days=100)
    kept = sheets.set_goal(db, "list_binding", Target(0.8, due), "旺季前")
    assert all_targets(db) == {"list_binding": Target(0.8, due)}
    rate = funnel(db).rate("list_binding")
    assert rate is not None
    assert rate.target == Target(0.8, due)
    (goal,) = sheets.current(db).goals
    assert goal.goal == Goal("list_binding", TODAY, 0.6, "旺季前")
    assert (goal.gap, goal.expected, goal.behind, goal.reached, goal.days_left) == (2, 0.6, False, False, 100)
    assert kept.plan.plan.kind == "sheet"
    assert render(goal.name) == "會員名單綁定比例"


@pytest.mark.parametrize(
    ("days", "bound", "expected", "behind", "reached"),
    [
        (50, 6, 0.7, True, False),
        (50, 7, 0.7, False, False),
        (25, 6, 0.65, True, False),
        (100, 7, 0.8, True, False),
        (120, 8, 0.8, False, True),
    ],
)
def test_a_goal_is_behind_below_an_even_rise(
    db: Database,
    monkeypatch: pytest.MonkeyPatch,
    days: int,
    bound: int,
    expected: float,
    behind: bool,
    reached: bool,
) -> None:
    people(db, bound=6, unbound=4)
    sheets.set_goal(db, "list_binding", Target(0.8, TODAY + timedelta(days=100)))
    for number in range(7, bound + 1):
        db.run("UPDATE person SET line_user_id = ? WHERE id = ?", (f"U{number:032x}", number))
    monkeypatch.setenv("TAGLINE_NOW", f"{(TODAY + timedelta(days=days)).isoformat()}T09:00:00")
    (goal,) = sheets.current(db).goals
    assert goal.expected == pytest.approx(expected)
    assert (goal.behind, goal.reached) == (behind, reached)


def test_a_target_without_a_day_or_with_other_words_keeps_its_beginning(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(db, bound=6, unbound=4)
    sheets.set_goal(db, "list_binding", Target(0.8))
    monkeypatch.setenv("TAGLINE_NOW", "2026-12-22T09:00:00")
    sheets.set_goal(db, "list_binding", Target(0.8), "換個理由")
    (goal,) = sheets.current(db).goals
    assert (goal.goal.since, goal.goal.why, goal.expected, goal.behind) == (TODAY, "換個理由", None, False)
    sheets.set_goal(db, "list_binding", Target(0.9), "換個理由")
    assert sheets.current(db).goals[0].goal.since == date(2026, 12, 22)


def test_a_goal_taken_away_takes_its_target_along(db: Database) -> None:
    people(db, bound=6, unbound=4, buyers=3)
    sheets.set_goal(db, "first_purchase", Target(0.8))
    sheets.set_goal(db, "list_binding", Target(0.9))
    assert [goal.kpi for goal in sheets.current(db).goals] == ["list_binding", "first_purchase"]
    sheets.set_goal(db, "list_binding", None)
    assert [goal.kpi for goal in sheets.current(db).goals] == ["first_purchase"]
    assert set(all_targets(db)) == {"first_purchase"}


def test_a_target_set_where_the_figure_is_shown_is_a_goal_too(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(db, bound=6, unbound=4, buyers=3)
    set_target(db, "list_binding", Target(0.9, TODAY + timedelta(days=10)))
    set_target(db, "recruiting", Target(0.5))
    (goal,) = sheets.current(db).goals
    assert (goal.goal, goal.gap, goal.behind) == (Goal("list_binding"), 3, False)
    monkeypatch.setenv("TAGLINE_NOW", "2026-12-31T09:00:00")
    sheets.set_goal(db, "first_purchase", Target(0.9))
    assert [(one.kpi, one.behind) for one in sheets.current(db).goals] == [
        ("list_binding", True),
        ("first_purchase", False),
    ]
    sheets.set_goal(db, "list_binding", None)
    assert [one.kpi for one in sheets.current(db).goals] == ["first_purchase"]


def test_a_goal_that_no_figure_measures_is_refused_and_nothing_kept(db: Database) -> None:
    for kpi, target in (("revenue", Target(0.5)), ("binding", Target(1.5))):
        with pytest.raises(ValueError, match=r"goal|target"):
            sheets.set_goal(db, kpi, target)
    assert sheets.current(db).plan_id is None
    assert history.steps(db) == []


def test_a_figure_that_cannot_be_told_is_no_goal_behind(db: Database) -> None:
    people(db, bound=1, unbound=0)
    sheets.set_goal(db, "active", Target(0.5, TODAY - timedelta(days=1)))
    (goal,) = sheets.current(db).goals
    assert (goal.rate, goal.behind, goal.gap, goal.days_left) == (None, False, None, -1)


def test_names_of_audiences_follow_and_deleted_ones_are_gone(db: Database) -> None:
    audience = audiences.save(db, "熟客", "bound:yes").audience.id
    sheets.save(db, Sheet(audiences=(SheetAudience(audience), SheetAudience(None, "附近上班族"))))
    assert sheets.current(db).audiences == {audience: "熟客"}
    audiences.delete(db, "熟客")
    assert sheets.current(db).audiences == {}


def test_a_sheet_to_start_from_names_what_the_shop_has(db: Database) -> None:
    people(db, bound=6, unbound=4, buyers=2)
    audience = audiences.save(db, "熟客", "bound:yes").audience.id
    found = sheets.suggested(db)
    assert [goal.kpi for goal in found.goals] == ["list_binding", "first_purchase", "repeat_purchase"]
    assert found.audiences == (SheetAudience(audience),)
    assert replace(found, goals=(), audiences=()) == Sheet()


def test_every_goal_and_suggestion_has_its_words() -> None:
    assert len({render(sheets.goal_name(kpi)) for kpi in GOAL_KPIS}) == len(GOAL_KPIS)
    assert all(len(sheets.suggestions(part)) == len(ids) for part, ids in SUGGESTED.items())
