"""What is said of tags that could be better, and that it is not said again once it was cured or set aside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.operations.tagging import rules, tags
from desktop.operations.tagging.rules import RuleDraft
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile
from desktop.store.tagging import health, overview
from desktop.store.tagging.health import Finding, Ill
from tests.unit.operations.tag_shop import add_people, put


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as opened:
        yield opened.writer()


def told(db: Database, ill: Ill) -> list[list[str]]:
    return [[tag.name for tag in finding.tags] for finding in health.health(db) if finding.ill is ill]


def test_a_shop_without_tags_has_nothing_to_say(db: Database) -> None:
    assert health.health(db) == []


def test_unused_tags_are_told_but_not_those_a_rule_puts_on(db: Database) -> None:
    for name in ("甲", "乙"):
        tags.create(db, name)
    rules.save(db, RuleDraft(None, "規則", "orders:>3", "丙"))
    assert told(db, Ill.UNUSED) == [["甲", "乙"]]
    tags.delete_tags(db, ["甲"])
    assert told(db, Ill.UNUSED) == [["乙"]]


def test_a_tag_on_nearly_everybody_tells_nobody_apart(db: Database) -> None:
    people = add_people(db, 40)
    put(db, "會員", people[:38])
    put(db, "熟客", people[:37])
    assert told(db, Ill.EVERYBODY) == [["會員"]]


def test_in_a_small_shop_everybody_may_have_it(db: Database) -> None:
    put(db, "會員", add_people(db, 5))
    assert told(db, Ill.EVERYBODY) == []


def test_of_two_that_look_alike_the_one_most_have_is_kept(db: Database) -> None:
    people = add_people(db, 6)
    put(db, "台北店", people[:2])
    put(db, "臺北 店", people)
    assert told(db, Ill.ALIKE) == [["臺北 店", "台北店"]]
    tags.merge_tags(db, ["台北店"], "臺北 店")
    assert told(db, Ill.ALIKE) == []


def test_a_name_within_another_is_told_only_with_the_same_holders(db: Database) -> None:
    people = add_people(db, 4)
    put(db, "拿鐵", people[:2])
    put(db, "愛喝拿鐵的人", people[1:3])
    assert told(db, Ill.ALIKE) == []
    put(db, "愛喝拿鐵的人", people[:1])
    put(db, "拿鐵", people[2:3])
    (finding,) = [one for one in health.health(db) if one.ill is Ill.ALIKE]
    assert finding.people == 3


def test_tags_without_a_meaning(db: Database) -> None:
    people = add_people(db, 1)
    put(db, "甲", people)
    put(db, "乙", people)
    tags.describe(db, "甲", meaning="第一個")
    assert told(db, Ill.NO_MEANING) == [["乙"]]


def test_what_had_its_time(db: Database) -> None:
    step = put(db, "新客", add_people(db, 2))
    db.run("UPDATE step SET at = '2020-01-01T00:00:00.000000Z' WHERE id = ?", (step,))
    tags.describe(db, "新客", expires_after=30)
    (finding,) = [one for one in health.health(db) if one.ill is Ill.EXPIRED]
    assert finding.people == 2
    tags.take_off_expired(db, ["新客"])
    assert told(db, Ill.EXPIRED) == []


def test_not_used_for_a_year(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    people = add_people(db, 1)
    step = put(db, "甲", people)
    put(db, "乙", people)
    db.run("UPDATE step SET at = '2020-01-01T00:00:00.000000Z' WHERE id = ?", (step,))
    assert told(db, Ill.LONG_AGO) == []
    db.run("UPDATE tag SET used_at = '2020-01-01T00:00:00.000000Z' WHERE name = '甲'")
    assert told(db, Ill.LONG_AGO) == [["甲"]]
    put(db, "甲", add_people(db, 1), origin="import")
    assert told(db, Ill.LONG_AGO) == []


def test_what_was_set_aside_is_not_told_until_it_is_asked_for_again(db: Database) -> None:
    people = add_people(db, 2)
    for name in ("台北", "臺北", "丙"):
        put(db, name, people)
    aside = [one for one in health.health(db) if one.ill in (Ill.ALIKE, Ill.NO_MEANING)]
    health.put_aside(db, aside)
    assert health.health(db) == []
    put(db, "丁", people)
    assert told(db, Ill.NO_MEANING) == [["丁"]]
    health.bring_back(db)
    assert len(told(db, Ill.ALIKE)) == 1


def test_the_table_and_one_tags_facts(db: Database) -> None:
    people = add_people(db, 4)
    by_hand = put(db, "熟客", people[:2])
    by_import = put(db, "熟客", people[2:3], origin="import")
    tags.create(db, "沒人")
    rules.save(db, RuleDraft(None, "規則", "orders:>3", "熟客"))
    known = overview.all_tags(db)
    assert [(tag.name, tag.people) for tag in known.tags] == [("熟客", 3), ("沒人", 0)]
    assert (known.people, known.limit) == (4, 10)
    regular = known.tags[0].id
    assert known.rules == {regular: ("規則",)}
    found = overview.facts(db, regular)
    assert found is not None
    assert (found.origins, found.people) == ({"hand": 2, "import": 1}, 3)
    instants = dict(db.all("SELECT id, at FROM step"))
    assert (found.first_at, found.last_at) == (instants[by_hand], instants[by_import])
    assert overview.last_put_on(db) == {regular: instants[by_import]}
    assert overview.facts(db, 99) is None
    assert isinstance(Finding(Ill.UNUSED, known.tags).key, str)
