"""Tags renamed, joined, split, described, pinned, deleted, expired: what becomes of their holders and of what names them, and
that each is undone exactly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop.core.errors import UserError
from desktop.core.people.selection import Selection
from desktop.operations.audiences import audiences
from desktop.operations.history import undoing
from desktop.operations.people import views
from desktop.operations.tagging import rules, tagging, tags
from desktop.operations.tagging.rules import RuleDraft
from desktop.operations.tagging.tags import NameTaken
from desktop.store import shop
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile
from tests.unit.operations.tag_shop import add_people, everything, holders, put


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as opened:
        yield opened.writer()


def query_of(db: Database, audience: str) -> str:
    return str(db.value("SELECT query FROM audience WHERE name = ?", (audience,)))


def there_and_back(db: Database, before: dict[str, object]) -> None:
    """The newest step is undone, redone and undone exactly."""
    after = everything(db)
    outcome = undoing.undo(db)
    assert (outcome.kept, outcome.impossible) == ((), ())
    assert everything(db) == before
    undoing.redo(db)
    assert everything(db) == after
    undoing.undo(db)
    assert everything(db) == before
    undoing.redo(db)


def test_a_new_tag(db: Database) -> None:
    before = everything(db)
    assert tags.create(db, " 新客 ").tag == "新客"
    assert holders(db, "新客") == []
    there_and_back(db, before)
    with pytest.raises(NameTaken):
        tags.create(db, "新客")


def test_renaming_keeps_holders_and_rewrites_what_asks_for_it(db: Database) -> None:
    people = add_people(db, 3)
    put(db, "熟客", people[:2])
    put(db, "VIP", people)
    audiences.save(db, "一", '(tag:熟客 OR tag:VIP) -tag:"熟客" orders:>2')
    audiences.save(db, "二", "name:熟客 熟客")
    rules.save(db, RuleDraft(None, "規則", "tag:熟客", "VIP"))
    views.save(db, "左邊的", "tag:熟客 orders:>3")
    before = everything(db)
    outcome = tags.rename(db, "熟客", "常 客")
    assert [view.query for view in views.saved(db)] == ['tag:"常 客" orders:>3']
    assert outcome.rewritten.views == ("左邊的",)
    assert query_of(db, "一") == '(tag:"常 客" OR tag:VIP) -tag:"常 客" orders:>2'
    assert query_of(db, "二") == "name:熟客 熟客"
    assert holders(db, "常 客") == people[:2]
    assert (outcome.rewritten.audiences, outcome.rewritten.rules) == (("一",), ("規則",))
    there_and_back(db, before)


def test_a_view_the_owner_changed_since_keeps_its_question(db: Database) -> None:
    put(db, "熟客", add_people(db, 1))
    views.save(db, "一", "tag:熟客")
    views.save(db, "二", "-tag:熟客")
    step = tags.rename(db, "熟客", "常客").step
    views.save(db, "一", "tag:常客 orders:>3")
    tagging.tag(db, Selection.of([1]), "VIP")
    undoing.undo(db, step)
    assert [view.query for view in views.saved(db)] == ["tag:常客 orders:>3", "-tag:熟客"]
    undoing.undo(db)
    assert [view.query for view in views.saved(db)] == ["tag:常客 orders:>3", "-tag:常客"]


def test_a_name_in_another_writing_is_the_tags_own(db: Database) -> None:
    put(db, "vip", add_people(db, 1))
    audiences.save(db, "一", "tag:VIP")
    assert tags.rename(db, "ＶＩＰ", "VIP").tag == "VIP"
    assert query_of(db, "一") == "tag:VIP"
    assert tags.rename(db, "VIP", "VIP").step is None


def test_renaming_to_another_tags_name_is_refused_and_names_it(db: Database) -> None:
    put(db, "熟客", add_people(db, 1))
    put(db, "VIP", [1])
    before = everything(db)
    with pytest.raises(NameTaken) as refused:
        tags.rename(db, "熟客", "ｖｉｐ")
    assert (refused.value.tag, refused.value.other.name) == ("熟客", "VIP")
    assert everything(db) == before


def test_merging_gives_each_holder_the_other_tag_once(db: Database) -> None:
    people = add_people(db, 5)
    put(db, "熟客", people[:3])
    put(db, "常客", people[2:4])
    audiences.save(db, "一", "tag:熟客 OR tag:常客")
    audiences.save(db, "二", "-(tag:熟客 store:中山)")
    rules.save(db, RuleDraft(None, "規則", "orders:>3", "熟客"))
    tagging.pin(db, "熟客", 2)
    before = everything(db)
    outcome = tags.merge_tags(db, ["熟客"], "常客")
    assert holders(db, "常客") == people[:4]
    assert outcome.people == 3
    assert query_of(db, "一") == "tag:常客"
    assert query_of(db, "二") == "-(tag:常客 store:中山)"
    assert outcome.rewritten.made_by == ("規則",)
    assert db.value("SELECT t.name FROM rule r JOIN tag t ON t.id = r.tag_id") == "常客"
    assert db.all("SELECT name, pinned FROM tag") == [("常客", 2)]
    there_and_back(db, before)


def test_merging_keeps_where_a_tag_came_from_and_prefers_the_hand(db: Database) -> None:
    (person,) = add_people(db, 1)
    put(db, "甲", [person], origin="rule")
    by_hand = put(db, "乙", [person])
    put(db, "丙", add_people(db, 1))
    tags.merge_tags(db, ["甲", "乙"], "丙")
    found = db.all("SELECT origin, step_id FROM person_tag WHERE person_id = ?", (person,))
    assert found == [("hand", by_hand)]


def test_merging_works_for_who_has_more_tags_than_the_shop_allows_now(db: Database) -> None:
    (person,) = add_people(db, 1)
    for name in "甲乙丙丁":
        put(db, name, [person])
    put(db, "戊", add_people(db, 1))
    shop.put(db, "tag_limit", "2")
    tags.merge_tags(db, ["甲", "乙"], "戊")
    assert db.column(
        "SELECT t.name FROM person_tag h JOIN tag t ON t.id = h.tag_id WHERE person_id = ? ORDER BY t.id",
        (person,),
    ) == ["丙", "丁", "戊"]


def test_a_merge_undone_later_names_who_is_full_by_now(db: Database) -> None:
    shop.put(db, "tag_limit", "2")
    (person,) = add_people(db, 1)
    put(db, "甲", [person])
    put(db, "乙", [person])
    merge = tags.merge_tags(db, ["甲"], "乙").step
    put(db, "丙", [person])
    outcome = undoing.undo(db, merge)
    assert [one.id for one in outcome.impossible] == [person]
    assert (holders(db, "甲"), holders(db, "乙"), holders(db, "丙")) == ([], [person], [person])


def test_merging_a_tag_with_itself_is_refused(db: Database) -> None:
    put(db, "甲", add_people(db, 1))
    with pytest.raises(UserError):
        tags.merge_tags(db, ["甲"], "甲")


def test_deleting_leaves_a_frozen_upload_as_it_is(db: Database) -> None:
    people = add_people(db, 3)
    put(db, "熟客", people)
    put(db, "VIP", people[:1])
    audiences.save(db, "一", "tag:熟客")
    db.run(
        "INSERT INTO upload (id, key, audience_name, line_name, query, members, ids, pressed_at, changed_at)"
        " VALUES (1, 'k', '一', '一', 'tag:熟客', 3, 3, '2026', '2026')"
    )
    frozen = [(1, f"U{person:032x}", person) for person in people]
    db.many("INSERT INTO upload_person (upload_id, line_user_id, person_id) VALUES (?, ?, ?)", frozen)
    before = everything(db)
    outcome = tags.delete_tag(db, "熟客")
    assert outcome.people == 3
    assert db.column("SELECT name FROM tag") == ["VIP"]
    assert db.all("SELECT upload_id, line_user_id, person_id FROM upload_person ORDER BY 2") == frozen
    assert query_of(db, "一") == "tag:熟客"
    there_and_back(db, before)


def test_several_are_deleted_as_one_step(db: Database) -> None:
    people = add_people(db, 2)
    for name in ("甲", "乙", "丙"):
        put(db, name, people)
    tagging.pin(db, "甲", 1)
    before = everything(db)
    tags.delete_tags(db, ["甲", "乙"])
    assert db.column("SELECT name FROM tag") == ["丙"]
    there_and_back(db, before)


def test_a_deleted_tag_comes_back_without_the_pin_somebody_took(db: Database) -> None:
    put(db, "甲", add_people(db, 1))
    put(db, "乙", [1])
    tagging.pin(db, "甲", 1)
    deletion = tags.delete_tag(db, "甲").step
    tagging.pin(db, "乙", 1)
    undoing.undo(db, deletion)
    assert db.all("SELECT name, pinned FROM tag ORDER BY name DESC") == [("甲", None), ("乙", 1)]
    assert holders(db, "甲") == [1]


def test_splitting_moves_or_adds(db: Database) -> None:
    old, young = add_people(db, 1, store="中山"), add_people(db, 2, store="信義")
    put(db, "熟客", [*old, *young])
    put(db, "外帶", add_people(db, 1, store="信義"))
    before = everything(db)
    outcome = tags.split(db, "熟客", "store:信義", "信義熟客")
    assert outcome.people == 2
    assert (holders(db, "熟客"), holders(db, "信義熟客")) == (old, young)
    assert db.value("SELECT DISTINCT origin FROM person_tag WHERE step_id = ?", (outcome.step,)) == "hand"
    there_and_back(db, before)
    undoing.undo(db)
    tags.split(db, "熟客", "store:信義", "信義熟客", besides=True)
    assert (holders(db, "熟客"), holders(db, "信義熟客")) == ([*old, *young], young)
    there_and_back(db, before)


def test_splitting_to_a_tag_some_have_already(db: Database) -> None:
    people = add_people(db, 3)
    put(db, "甲", people)
    put(db, "乙", people[:1])
    before = everything(db)
    tags.split(db, "甲", f"id:{people[0]} OR id:{people[1]}", "乙")
    assert (holders(db, "甲"), holders(db, "乙")) == (people[2:], people[:2])
    there_and_back(db, before)


def test_splitting_besides_names_who_is_full(db: Database) -> None:
    shop.put(db, "tag_limit", "1")
    (person,) = add_people(db, 1)
    put(db, "甲", [person])
    outcome = tags.split(db, "甲", "", "乙", besides=True)
    assert [one.id for one in outcome.full] == [person]
    assert outcome.step is None
    assert db.column("SELECT name FROM tag") == ["甲"]


def test_describing(db: Database) -> None:
    put(db, "甲", add_people(db, 1))
    before = everything(db)
    tags.describe(
        db, "甲", kind="behaviour", meaning=" 買過 三次 ", colour="teal", group="消費", expires_after=30
    )
    found = db.row("SELECT kind, meaning, colour, grp, expires_after FROM tag")
    assert found == ("behaviour", "買過 三次", "teal", "消費", 30)
    there_and_back(db, before)
    assert tags.describe(db, "甲", colour="teal").step is None
    for wrong in ({"expires_after": 0}, {"meaning": "字" * 401}, {"group": "字" * 41}):
        with pytest.raises(UserError):
            tags.describe(db, "甲", **wrong)


def test_pins_change_places_and_are_undone(db: Database) -> None:
    for name in ("甲", "乙"):
        put(db, name, add_people(db, 1))
    tagging.pin(db, "甲", 1)
    before = everything(db)
    tagging.pin(db, "乙", 1)
    assert db.all("SELECT name, pinned FROM tag ORDER BY id") == [("甲", None), ("乙", 1)]
    there_and_back(db, before)
    tagging.pin(db, "乙", None)
    undoing.undo(db)
    undoing.undo(db)
    assert everything(db) == before


def test_an_older_pin_is_undone_as_a_step_of_its_own(db: Database) -> None:
    put(db, "甲", add_people(db, 1))
    pinned = tagging.pin(db, "甲", 3).step
    put(db, "乙", [1])
    undoing.undo(db, pinned)
    assert db.value("SELECT pinned FROM tag WHERE name = '甲'") is None
    undoing.undo(db)
    assert db.value("SELECT pinned FROM tag WHERE name = '甲'") == 3


def test_what_had_its_time_is_shown_then_taken_off(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = add_people(db, 2)
    first = put(db, "新客", [old])
    second = put(db, "新客", [new])
    # 2026-01-31 00:30 in Taipei, and a moment before that month's last midnight.
    db.run("UPDATE step SET at = '2026-01-30T16:30:00.000000Z' WHERE id = ?", (second,))
    db.run("UPDATE step SET at = '2026-01-30T15:59:59.000000Z' WHERE id = ?", (first,))
    tags.describe(db, "新客", expires_after=30)
    monkeypatch.setenv("TAGLINE_NOW", "2026-02-28T23:59")
    assert tags.expired(db) == []
    monkeypatch.setenv("TAGLINE_NOW", "2026-03-01T00:01")
    (found,) = tags.expired(db)
    assert (found.tag.name, found.people, [one.id for one in found.named]) == ("新客", 1, [old])
    before = everything(db)
    assert tags.take_off_expired(db).people == 1
    assert holders(db, "新客") == [new]
    there_and_back(db, before)
    assert tags.take_off_expired(db).step is None


def test_what_uses_a_tag(db: Database) -> None:
    put(db, "熟客", add_people(db, 2))
    audiences.save(db, "一", "tag:熟客")
    audiences.save(db, "二", "熟客")
    views.save(db, "三", "-tag:熟客")
    rules.save(db, RuleDraft(None, "貼的", "orders:>3", "熟客"))
    rules.save(db, RuleDraft(None, "問的", "-tag:熟客", "VIP"))
    db.run("INSERT INTO rule (name, key, query, tag_id) VALUES ('壞的', '壞的', 'tag:熟客 (', 99)")
    tagging.pin(db, "熟客", 4)
    found = tags.uses(db, "熟客")
    assert (found.people, found.pinned) == (2, 4)
    assert found.mentions.made_by == ("貼的",)
    assert found.mentions.rules == ("問的",)
    assert found.mentions.audiences == ("一",)
    assert found.mentions.views == ("三",)


_NAMES = ("甲", "乙", "丙", "丁")
_ACTIONS = some.one_of(
    some.tuples(some.just("put"), some.sampled_from(_NAMES), some.sets(some.integers(1, 6), min_size=1)),
    some.tuples(some.just("untag"), some.sampled_from(_NAMES), some.sets(some.integers(1, 6), min_size=1)),
    some.tuples(some.just("merge"), some.sampled_from(_NAMES), some.sampled_from(_NAMES)),
    some.tuples(some.just("rename"), some.sampled_from(_NAMES), some.sampled_from(_NAMES)),
    some.tuples(some.just("delete"), some.sampled_from(_NAMES), some.none()),
    some.tuples(some.just("split"), some.sampled_from(_NAMES), some.sampled_from(_NAMES)),
    some.tuples(some.just("besides"), some.sampled_from(_NAMES), some.sampled_from(_NAMES)),
    some.tuples(some.just("pin"), some.sampled_from(_NAMES), some.sampled_from([1, 2, None])),
    some.tuples(some.just("rule"), some.sampled_from(_NAMES), some.sampled_from(_NAMES)),
    some.tuples(some.just("run"), some.integers(0, 3), some.none()),
    some.tuples(some.just("audience"), some.sampled_from(_NAMES), some.sampled_from(_NAMES)),
)


def _act(db: Database, action: str, first: object, second: object) -> None:
    match action:
        case "put":
            put(db, str(first), sorted(second))  # type: ignore[call-overload]
        case "untag":
            tagging.untag(db, Selection.of(second), str(first))  # type: ignore[arg-type]
        case "merge":
            tags.merge_tags(db, [str(first)], str(second))
        case "rename":
            tags.rename(db, str(first), str(second))
        case "delete":
            tags.delete_tag(db, str(first))
        case "split" | "besides":
            tags.split(db, str(first), "id:2..4", str(second), besides=action == "besides")
        case "pin":
            tagging.pin(db, str(first), second)  # type: ignore[arg-type]
        case "rule":
            rules.save(db, RuleDraft(None, str(first), f"-tag:{second} id:3..6", str(first)))
        case "run":
            found = db.column("SELECT id FROM rule ORDER BY id")
            if found:
                rules.run(db, found[int(str(first)) % len(found)])
        case "audience":
            audiences.save(db, str(first), f"tag:{second} OR tag:{first}")


@pytest.mark.timeout(600)
@given(some.lists(_ACTIONS, max_size=14), some.integers(1, 4))
def test_whatever_was_done_to_tags_is_undone_and_redone_exactly(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[str, object, object]], limit: int
) -> None:
    with ShopFile.create(tmp_path_factory.mktemp("步") / "店.tagline", name="店") as opened:
        db = opened.writer()
        add_people(db, 6)
        shop.put(db, "tag_limit", str(limit))
        states = [everything(db)]
        for action, first, second in actions:
            newest = db.value("SELECT max(id) FROM step")
            try:
                _act(db, action, first, second)
            except UserError:
                assert everything(db) == states[-1]
            if db.value("SELECT max(id) FROM step") > newest:
                states.append(everything(db))
            most = db.value(
                "SELECT coalesce(max(n), 0) FROM (SELECT count(*) n FROM person_tag GROUP BY person_id)"
            )
            assert most <= limit
        for state in reversed(states[:-1]):
            outcome = undoing.undo(db)
            assert (outcome.kept, outcome.impossible) == ((), ())
            assert everything(db) == state
        for state in states[1:]:
            undoing.redo(db)
            assert everything(db) == state
