"""Plans: kept, renamed, moved, deleted, and taken back by the history; a burst of editing is one step."""

from __future__ import annotations

import pytest

from desktop.core.errors import UserError
from desktop.operations.history.undoing import redo, undo
from desktop.operations.planning import plans
from desktop.store import history
from desktop.store.database import Database

CONTENT = {"balloons": [{"type": "text", "text": "歡迎"}]}


def make(db: Database, name: str = "秋季版", text: str = "歡迎", kind: str = "greeting") -> int:
    return plans.save(db, kind, None, name, {"text": text}).plan.id


def age_steps(db: Database) -> None:
    with db.transaction():
        db.run("UPDATE step SET at = '2026-01-01T00:00:00.000000Z'")


def steps(db: Database) -> int:
    return len(history.steps(db))


def test_a_plan_is_found_again_with_all_it_holds(db: Database) -> None:
    saved = plans.save(db, "greeting", None, "  秋季 版 ", CONTENT)
    assert plans.all_of(db, "greeting") == [saved.plan]
    assert (saved.plan.name, saved.plan.content) == ("秋季 版", CONTENT)
    assert plans.all_of(db, "rich_menu") == []


def test_a_burst_of_edits_is_one_step_that_undo_takes_back_whole(db: Database) -> None:
    number = make(db)
    age_steps(db)
    for text in ("歡迎加", "歡迎加入", "歡迎加入日日咖啡"):
        plans.save(db, "greeting", number, "秋季版", {"text": text})
    assert steps(db) == 2
    undo(db)
    assert plans.existing(db, number).content == {"text": "歡迎"}
    redo(db)
    assert plans.existing(db, number).content == {"text": "歡迎加入日日咖啡"}


def test_edits_right_after_making_are_undone_without_the_plan(db: Database) -> None:
    number = make(db)
    for text in ("歡迎加", "歡迎加入"):
        plans.save(db, "greeting", number, "秋季版", {"text": text})
    assert steps(db) == 2
    undo(db)
    assert plans.existing(db, number).content == {"text": "歡迎"}
    undo(db)
    assert plans.all_of(db, "greeting") == []
    redo(db)
    redo(db)
    assert plans.existing(db, number).content == {"text": "歡迎加入"}


def test_several_plans_of_one_press_are_one_step(db: Database) -> None:
    make(db, "會員版", kind="rich_menu")
    saved = plans.add_all(db, "rich_menu", [("會員版", {"a": 1}), ("新好友版", {"a": 2})])
    assert [one.plan.name for one in saved] == ["會員版 2", "新好友版"]
    assert steps(db) == 2
    undo(db)
    assert [plan.name for plan in plans.all_of(db, "rich_menu")] == ["會員版"]
    redo(db)
    assert [plan.content for plan in plans.all_of(db, "rich_menu")[1:]] == [{"a": 1}, {"a": 2}]


def test_something_else_between_ends_the_burst(db: Database) -> None:
    number = make(db)
    age_steps(db)
    plans.save(db, "greeting", number, "秋季版", {"text": "一"})
    other = make(db, "冬季版")
    plans.save(db, "greeting", number, "秋季版", {"text": "二"})
    assert steps(db) == 4
    undo(db)
    assert plans.existing(db, number).content == {"text": "一"}
    assert plans.existing(db, other).content == {"text": "歡迎"}


def test_an_undone_step_is_not_widened(db: Database) -> None:
    number = make(db)
    age_steps(db)
    plans.save(db, "greeting", number, "秋季版", {"text": "一"})
    undo(db)
    plans.save(db, "greeting", number, "秋季版", {"text": "二"})
    undo(db)
    assert plans.existing(db, number).content == {"text": "歡迎"}


def test_an_older_edit_is_kept_where_it_was_changed_since(db: Database) -> None:
    number = make(db)
    age_steps(db)
    first = plans.save(db, "greeting", number, "秋季版", {"text": "一"}).step
    age_steps(db)
    plans.save(db, "greeting", number, "秋季版", {"text": "二"})
    outcome = undo(db, first)
    assert [one.name for one in outcome.kept] == ["秋季版"]
    assert plans.existing(db, number).content == {"text": "二"}


def test_taking_back_an_older_making_keeps_what_was_written_since(db: Database) -> None:
    made = plans.save(db, "greeting", None, "秋季版", {"text": "歡迎"})
    other = plans.save(db, "greeting", None, "冬季版", {"text": "歡迎"})
    plans.move(db, other.plan.id, made.plan.id)
    plans.save(db, "greeting", made.plan.id, "秋季版", {"text": "寫了一個下午"})
    assert [one.name for one in undo(db, made.step).kept] == ["秋季版"]
    assert plans.existing(db, made.plan.id).content == {"text": "寫了一個下午"}
    undo(db, other.step)
    assert [plan.id for plan in plans.all_of(db, "greeting")] == [made.plan.id]
    undo(db)
    assert plans.existing(db, other.plan.id).place < plans.existing(db, made.plan.id).place


def test_the_same_again_is_no_step(db: Database) -> None:
    number = make(db)
    assert plans.save(db, "greeting", number, "秋季版", {"text": "歡迎"}).step is None
    assert steps(db) == 1


def test_deleting_is_taken_back_with_the_content(db: Database) -> None:
    number = make(db)
    plans.delete(db, number)
    with pytest.raises(UserError):
        plans.existing(db, number)
    undo(db)
    assert plans.existing(db, number).content == {"text": "歡迎"}


def test_no_two_of_a_kind_have_a_name_but_of_two_kinds_may(db: Database) -> None:
    make(db)
    make(db, kind="rich_menu")
    with pytest.raises(UserError):
        make(db, "秋季版")
    with pytest.raises(UserError):
        plans.rename(db, make(db, "冬季版"), "秋季版")
    assert plans.free_name(db, "greeting", "秋季版") == "秋季版 2"


def test_tasks_may_share_a_name(db: Database) -> None:
    assert make(db, kind="task") != make(db, kind="task")


def test_a_name_that_came_to_somebody_else_cannot_come_back(db: Database) -> None:
    number = make(db)
    age_steps(db)
    renamed = plans.rename(db, number, "舊版")
    make(db, "秋季版")
    outcome = undo(db, renamed.step)
    assert [one.name for one in outcome.impossible] == ["舊版"]
    assert plans.existing(db, number).name == "舊版"


def test_a_copy_stands_right_behind_and_has_its_own_name(db: Database) -> None:
    first, last = make(db, "甲"), make(db, "乙")
    copied = plans.copy(db, first).plan
    assert [plan.id for plan in plans.all_of(db, "greeting")] == [first, copied.id, last]
    assert (copied.name, copied.content) == ("甲 2", {"text": "歡迎"})


def test_moving_before_another_and_to_the_end(db: Database) -> None:
    one, two, three = (make(db, name) for name in "甲乙丙")
    order = lambda: [plan.id for plan in plans.all_of(db, "greeting")]  # noqa: E731
    plans.move(db, three, two)
    assert order() == [one, three, two]
    plans.move(db, one, None)
    assert order() == [three, two, one]
    undo(db)
    assert order() == [one, three, two]


@pytest.mark.parametrize("name", ["", "   ", "長" * 61])
def test_a_name_must_be_readable_in_a_list(db: Database, name: str) -> None:
    with pytest.raises(UserError):
        make(db, name)


def test_who_deletes_while_the_editor_is_open_makes_a_new_one(db: Database) -> None:
    number = make(db)
    plans.delete(db, number)
    saved = plans.save(db, "greeting", number, "秋季版", {"text": "還在寫"})
    assert saved.plan.id != number
    assert [plan.content for plan in plans.all_of(db, "greeting")] == [{"text": "還在寫"}]


def test_moving_and_copying_go_on_however_often(db: Database) -> None:
    ids = [make(db, name) for name in "甲乙丙"]
    order = lambda: [plan.id for plan in plans.all_of(db, "greeting")]  # noqa: E731
    places = lambda: {plan.id: plan.place for plan in plans.all_of(db, "greeting")}  # noqa: E731
    numbered = 0
    for _ in range(120):
        first, *between, last = order()
        before = places()
        plans.move(db, last, between[0])
        assert order() == [first, last, *between]
        if sum(places()[one] != before[one] for one in ids) > 1:
            numbered += 1
            undo(db)
            assert places() == before
            redo(db)
            assert order() == [first, last, *between]
    assert numbered == 2
    for _ in range(60):
        second = plans.copy(db, ids[0]).plan.id
        assert order().index(second) == order().index(ids[0]) + 1


def test_who_is_dropped_where_it_was_stays_without_a_step(db: Database) -> None:
    one, two, three = (make(db, name) for name in "甲乙丙")
    known = steps(db)
    assert [plans.move(db, *pair).step for pair in ((one, two), (two, three), (three, None))] == [None] * 3
    assert steps(db) == known
