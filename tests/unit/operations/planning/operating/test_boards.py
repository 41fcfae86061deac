"""The board: each stage with its figures and tasks; dragging, ticking off and ready-made tasks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.core.errors import UserError
from desktop.core.planning.operating.board import READY_TASKS, Stage, Task
from desktop.operations.audiences.audiences import condition_of
from desktop.operations.history import undoing
from desktop.operations.insights.funnel import funnel, set_target
from desktop.operations.planning.operating import boards
from desktop.store import condition_sql, figures
from desktop.store.database import Database
from desktop.store.insights.targets import Target
from desktop.text import render, use_language

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _on_a_fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    use_language("zh_TW")
    monkeypatch.setenv("TAGLINE_NOW", f"{TODAY.isoformat()}T09:00:00")


def titles(db: Database, stage: Stage) -> list[str]:
    return [one.task.title for one in boards.board(db).column(stage).tasks]


def add(db: Database, title: str, stage: Stage = Stage.REVENUE, due: date | None = None) -> int:
    return boards.save_task(db, None, Task(title, stage, due)).plan.id


def test_five_columns_each_with_ready_made_tasks(db: Database) -> None:
    board = boards.board(db)
    assert [column.stage for column in board.columns] == list(Stage)
    assert [one.id for column in board.columns for one in column.ready] == list(READY_TASKS)
    assert all(not column.tasks and not column.done for column in board.columns)


def test_a_ready_made_task_is_put_on_the_board_once(db: Database) -> None:
    boards.add_ready(db, "win_back", due_in=7)
    column = boards.board(db).column(Stage.RETENTION)
    (one,) = column.tasks
    assert (one.task.title, one.task.due, one.task.repeat_days) == (
        "叫醒沉睡客",
        TODAY + timedelta(days=7),
        14,
    )
    assert "S" in one.task.note
    assert "win_back" not in [ready.id for ready in column.ready]
    undoing.undo(db)
    assert "win_back" in [ready.id for ready in boards.board(db).column(Stage.RETENTION).ready]


@pytest.mark.parametrize("language", ["zh_TW", "en", "ja"])
def test_ready_made_tasks_have_titles_that_fit(db: Database, language: str) -> None:
    use_language(language)
    for name, ready in READY_TASKS.items():
        assert boards.add_ready(db, name).plan.name == render(boards.ready_title(ready))


def test_tasks_are_dragged_within_and_between_columns(db: Database) -> None:
    first, second, third = (add(db, title) for title in "甲乙丙")
    boards.move(db, third, Stage.REVENUE, before=first)
    assert titles(db, Stage.REVENUE) == ["丙", "甲", "乙"]
    boards.move(db, first, Stage.REFERRAL)
    other = add(db, "丁", Stage.REFERRAL)
    boards.move(db, second, Stage.REFERRAL, before=other)
    assert (titles(db, Stage.REVENUE), titles(db, Stage.REFERRAL)) == (["丙"], ["甲", "乙", "丁"])
    undoing.undo(db)
    assert titles(db, Stage.REVENUE) == ["丙", "乙"]


def test_done_and_open_again(db: Database) -> None:
    number = add(db, "印立牌", due=TODAY - timedelta(days=1))
    (one,) = boards.board(db).column(Stage.REVENUE).tasks
    assert (one.overdue, one.due_today) == (True, False)
    boards.finish(db, number)
    column = boards.board(db).column(Stage.REVENUE)
    assert (column.tasks, [task.task.done_on for task in column.done]) == ((), [TODAY])
    boards.reopen(db, number)
    assert titles(db, Stage.REVENUE) == ["印立牌"]
    boards.finish(db, number)
    undoing.undo(db)
    assert titles(db, Stage.REVENUE) == ["印立牌"], "ticking off is a step of its own"
    boards.delete(db, number)
    with pytest.raises(UserError):
        boards.finish(db, number)


def test_figures_are_those_of_the_insights_and_open_their_people(db: Database) -> None:
    rows = [
        (1, "U" + "1" * 32, "2026-10-01", "朋友介紹", ("2026-11-01", "2026-11-10")),
        (2, "U" + "2" * 32, "2026-10-02", "門市", ("2026-11-02",)),
        (3, None, None, "朋友介紹", ()),
        (4, "U" + "4" * 32, "2020-01-01", "口コミ", ()),
    ]
    for number, user, friend, source, days in rows:
        db.run(
            "INSERT INTO person (id, member_no, line_user_id, friend_at, source) VALUES (?, ?, ?, ?, ?)",
            (number, f"M{number}", user, friend, source),
        )
        for day in days:
            db.run("INSERT INTO shop_order (person_id, ordered_at, amount) VALUES (?, ?, 1)", (number, day))
    figures.refresh(db, "SELECT id FROM person")
    set_target(db, "first_purchase", Target(0.9))
    board, known = boards.board(db), funnel(db)
    assert board.as_of == known.as_of == date(2026, 11, 10)
    found = {figure.id: figure for column in board.columns for figure in column.figures}
    assert list(found) == [
        "friends",
        "new_friends",
        "list_binding",
        "new_friend_binding",
        "first_purchase",
        "repeat_purchase",
        "referred",
    ]
    for name in ("list_binding", "new_friend_binding", "first_purchase", "repeat_purchase"):
        rate = known.rate(name)
        assert rate is not None
        assert (found[name].rate, found[name].target) == (rate.rate, rate.target)
    assert (found["friends"].people, found["new_friends"].people, found["referred"].people) == (3, 2, 1)
    query = found["referred"].query
    assert query is not None
    assert list(condition_sql.ids(db, condition_of(db, query))) == [1]
    assert board.column(Stage.REFERRAL).hint is None
    db.run("UPDATE person SET source = '門市'")
    hint = boards.board(db).column(Stage.REFERRAL).hint
    assert hint is not None
    assert "來源" in render(hint)


def test_by_lines_figures_the_linked_rate_is_lines(db: Database) -> None:
    db.run("INSERT INTO person (id, member_no, line_user_id) VALUES (1, 'M1', ?)", ("U" + "1" * 32,))
    db.run(
        "INSERT INTO line_day (day, source, followers, target_reach, blocks) VALUES ('2026-11-01', 'hand', 120, 100, 20)"
    )
    ids = [figure.id for figure in boards.board(db).column(Stage.ACTIVATION).figures]
    assert ids[0] == "binding"
    assert "list_binding" not in ids
