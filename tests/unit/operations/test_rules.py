"""Rules: whom they give a tag, whom they take it from, what a failing one says, and that a run is undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.core.people.selection import Selection
from desktop.operations.history import undoing
from desktop.operations.tagging import rules, tagging, tags
from desktop.operations.tagging.rules import RuleDraft
from desktop.store import history, shop
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile
from desktop.store.tagging import rules as saved_rules
from desktop.text import render
from tests.unit.operations.tag_shop import add_people, everything, holders, put


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as opened:
        yield opened.writer()


def regulars(db: Database, **more: object) -> int:
    draft = {"id": None, "name": "熟客規則", "query": "orders:>=3", "tag": "熟客", **more}
    return rules.save(db, RuleDraft(**draft)).rule.id  # type: ignore[arg-type]


def order(db: Database, person: int, orders: int) -> None:
    db.run("UPDATE person SET orders = ? WHERE id = ?", (orders, person))


def test_a_run_gives_the_tag_and_names_the_rule(db: Database) -> None:
    mei, hao, lin = add_people(db, 3, orders=3)
    order(db, lin, 1)
    rule = regulars(db)
    outcome = rules.run(db, rule)
    assert (outcome.gained, outcome.lost, outcome.error) == (2, 0, None)
    assert holders(db, "熟客") == [mei, hao]
    origins = db.all("SELECT origin, step_id FROM person_tag")
    assert origins == [("rule", outcome.step)] * 2
    step = history.step(db, outcome.step or 0)
    assert step is not None
    assert step.kind == "rule"
    assert render(step.title) == "規則「熟客規則」：「熟客」貼上 2 位、移除 0 位"
    assert db.value("SELECT kind FROM tag WHERE name = '熟客'") == "behaviour"


def test_who_no_longer_meets_it_loses_only_what_the_rule_put_on(db: Database) -> None:
    by_rule, by_hand, stays = add_people(db, 3, orders=5)
    rule = regulars(db)
    put(db, "熟客", [by_hand])
    rules.run(db, rule)
    for person in (by_rule, by_hand):
        order(db, person, 1)
    seen = rules.preview(db, RuleDraft(rule, "熟客規則", "orders:>=3", "熟客"))
    assert [one.id for one in seen.loses.named] == [by_rule]
    outcome = rules.run(db, rule)
    assert (outcome.gained, outcome.lost) == (0, 1)
    assert holders(db, "熟客") == [by_hand, stays]
    undoing.undo(db)
    assert holders(db, "熟客") == [by_rule, by_hand, stays]


def test_a_rule_that_only_puts_on_takes_nothing_off(db: Database) -> None:
    (person,) = add_people(db, 1, orders=5)
    rule = regulars(db, takes_off=False)
    rules.run(db, rule)
    order(db, person, 0)
    assert (
        rules.preview(db, RuleDraft(rule, "熟客規則", "orders:>=3", "熟客", takes_off=False)).loses.count == 0
    )
    assert rules.run(db, rule).lost == 0
    assert holders(db, "熟客") == [person]


def test_what_another_rule_wants_or_put_on_is_not_taken_off(db: Database) -> None:
    often, dear = add_people(db, 2, orders=5)
    first = regulars(db)
    second = regulars(db, name="大戶", query="total:>=1000")
    rules.run(db, first)
    db.run("UPDATE person SET orders = 0, total = 2000 WHERE id = ?", (dear,))
    assert rules.run(db, first).lost == 0
    rules.run(db, second)
    db.run("UPDATE person SET total = 0 WHERE id = ?", (dear,))
    assert rules.run(db, second).lost == 0
    assert rules.run(db, first).lost == 1
    assert holders(db, "熟客") == [often]


def test_who_is_full_is_named_and_left_as_she_is(db: Database) -> None:
    full, free = add_people(db, 2, orders=3)
    shop.put(db, "tag_limit", "2")
    for name in ("甲", "乙"):
        put(db, name, [full])
    seen = rules.preview(db, RuleDraft(None, "熟客規則", "orders:>=3", "熟客"))
    assert [one.id for one in seen.gains.named] == [free]
    assert [one.id for one in seen.full.named] == [full]
    outcome = rules.run(db, regulars(db))
    assert [one.id for one in outcome.full] == [full]
    assert holders(db, "熟客") == [free]


def test_the_preview_says_what_the_run_does(db: Database) -> None:
    people = add_people(db, 30, orders=3)
    rule = regulars(db)
    put(db, "熟客", people[:4])
    rules.run(db, rule)
    db.run("UPDATE person SET orders = 0 WHERE id % 3 = 0")
    add_people(db, 5, orders=9)
    seen = rules.preview(db, RuleDraft(rule, "熟客規則", "orders:>=3", "熟客"))
    outcome = rules.run(db, rule)
    assert (seen.gains.count, seen.loses.count) == (outcome.gained, outcome.lost)
    assert seen.gains.count == 5
    assert seen.loses.count == 9
    again = rules.preview(db, RuleDraft(rule, "熟客規則", "orders:>=3", "熟客"))
    assert (again.gains.count, again.loses.count) == (0, 0)
    by_hand_only = 1
    assert again.already == len(holders(db, "熟客")) - by_hand_only


def test_after_an_import_only_those_switched_on_run_and_a_failing_one_blocks_none(db: Database) -> None:
    (person,) = add_people(db, 1, orders=3)
    gone = regulars(db, name="壞掉的", tag="舊標籤", after_imports=True)
    regulars(db, name="手動", tag="手動標籤")
    works = regulars(db, name="會跑的", tag="新標籤", after_imports=True)
    tags.delete_tag(db, "舊標籤")
    db.run(
        "UPDATE rule SET query = 'no_such:field(' WHERE id = ?",
        (regulars(db, name="亂碼", tag="乙", after_imports=True),),
    )
    runs = rules.run_after_import(db)
    assert [run.rule for run in runs] == ["壞掉的", "會跑的", "亂碼"]
    assert runs[0].error is not None
    assert runs[0].error.key == "rules.tag_gone"
    assert runs[2].error is not None
    assert runs[1].gained == 1
    assert holders(db, "新標籤") == [person]
    assert holders(db, "手動標籤") == []
    told = {rule.id: rule.error for rule in saved_rules.all_rules(db)}
    assert told[gone] == runs[0].error
    assert told[works] is None


def test_a_failing_rule_is_well_again_once_it_runs(db: Database) -> None:
    add_people(db, 1, orders=3)
    rule = regulars(db, tag="舊標籤")
    tags.delete_tag(db, "舊標籤")
    assert rules.run(db, rule).error is not None
    undoing.undo(db)
    assert rules.run(db, rule).error is None
    found = saved_rules.by_id(db, rule)
    assert found is not None
    assert (found.error, found.ran_at is not None) == (None, True)


def test_a_run_that_changes_nothing_is_no_step(db: Database) -> None:
    regulars(db)
    before = len(history.steps(db))
    outcome = rules.run(db, regulars(db, name="另一個"))
    assert (outcome.step, outcome.gained) == (None, 0)
    assert len(history.steps(db)) == before + 1


def test_rules_work_on_after_their_tag_was_renamed_and_merged(db: Database) -> None:
    people = add_people(db, 3, orders=3)
    rule = regulars(db)
    rules.run(db, rule)
    tags.rename(db, "熟客", "常客")
    put(db, "老客人", [people[0]])
    tags.merge_tags(db, ["常客"], "老客人")
    order(db, people[2], 0)
    outcome = rules.run(db, rule)
    assert (outcome.tag, outcome.gained, outcome.lost) == ("老客人", 0, 1)
    assert holders(db, "老客人") == people[:2]


def test_saving_editing_and_deleting_are_undone(db: Database) -> None:
    add_people(db, 1)
    empty = everything(db)
    rule = regulars(db)
    made = everything(db)
    rules.save(
        db, RuleDraft(rule, "老朋友", "orders:>=5 -tag:員工", "老朋友", takes_off=False, after_imports=True)
    )
    edited = everything(db)
    rules.delete(db, rule)
    assert saved_rules.all_rules(db) == []
    for expected in (edited, made, empty):
        undoing.undo(db)
        assert everything(db) == expected
    for expected in (made, edited):
        undoing.redo(db)
        assert everything(db) == expected


def test_saving_the_same_again_is_no_step(db: Database) -> None:
    rule = regulars(db)
    assert rules.save(db, RuleDraft(rule, "熟客規則", "orders:>=3", "熟客")).step is None


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"query": ""}, "rules.no_condition"),
        ({"name": " "}, "rules.name_empty"),
        ({"name": "字" * 41}, "rules.name_too_long"),
        ({"name": "熟客規則 "}, "rules.name_taken"),
        ({"tag": ""}, "tags.name_empty"),
        ({"query": "orders:abc"}, "query.mistake"),
        ({"query": "orders:>3 -tag:熟客"}, "rules.asks_own_tag"),
    ],
)
def test_what_cannot_be_saved_is_refused_and_changes_nothing(
    db: Database, more: dict[str, str], key: str
) -> None:
    regulars(db)
    before = everything(db)
    with pytest.raises(UserError) as refused:
        regulars(db, **{"name": "新的", **more})
    assert refused.value.text.key.startswith(key)
    assert everything(db) == before


def test_rules_whose_tag_is_put_on_by_hand_again_leave_it(db: Database) -> None:
    (person,) = add_people(db, 1, orders=3)
    rule = regulars(db)
    rules.run(db, rule)
    tagging.untag(db, Selection.of([person]), "熟客")
    put(db, "熟客", [person])
    order(db, person, 0)
    assert rules.run(db, rule).lost == 0
    assert holders(db, "熟客") == [person]


def test_a_rule_that_asks_for_its_own_tag_after_a_merge_says_so(db: Database) -> None:
    (person,) = add_people(db, 1, orders=3)
    put(db, "乙", [person])
    rule = regulars(db, query="-tag:乙 orders:>=3", tag="甲")
    tags.merge_tags(db, ["乙"], "甲")
    outcome = rules.run(db, rule)
    assert outcome.error is not None
    assert outcome.error.key == "rules.asks_own_tag"
    assert holders(db, "甲") == [person]


def test_a_condition_about_other_tags_is_settled_before_anything_changes(db: Database) -> None:
    first, second = add_people(db, 2, orders=3)
    rule = regulars(db, query="-tag:乙", tag="甲")
    rules.run(db, rule)
    put(db, "乙", [first])
    assert (rules.run(db, rule).lost, holders(db, "甲")) == (1, [second])


def test_undoing_an_older_run_takes_its_tags_back(db: Database) -> None:
    first, second = add_people(db, 2, orders=3)
    order(db, second, 0)
    rule = regulars(db)
    run = rules.run(db, rule)
    order(db, second, 3)
    rules.run(db, rule)
    undoing.undo(db, run.step)
    assert holders(db, "熟客") == [second]
    assert rules.run(db, rule).gained == 1
    assert holders(db, "熟客") == [first, second]
