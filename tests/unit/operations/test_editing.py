"""One person changed by hand: cleaned as in a file, one step each, out of imports' reach, and back again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.core.errors import UserError
from desktop.operations.history import undoing
from desktop.operations.people import editing
from desktop.operations.people.editing import FieldsRefused, KnownAlready
from desktop.store import history
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile

UID = "U" + "a1" * 16


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as shop:
        made = shop.writer()
        with made.transaction():
            made.many(
                "INSERT INTO person (id, name, member_no, phone, extra) VALUES (?, ?, ?, ?, ?)",
                [
                    (1, "王怡君", "W1", "+886912345678", '{"口味":"拿鐵","尺寸":"大"}'),
                    (2, "陳冠宇", "W2", None, None),
                ],
            )
        yield made


def row(db: Database, person: int, *fields: str) -> Any:
    return db.row(f"SELECT {', '.join(fields)} FROM person WHERE id = ?", (person,))


def by_hand(db: Database, person: int) -> set[str]:
    return set(json.loads(row(db, person, "by_hand")[0] or "[]"))


def test_what_is_typed_is_cleaned_kept_and_marked_as_one_step(db: Database) -> None:
    done = editing.edit(db, 1, {"phone": "０９３３ ４４４ ５５５", "birthday": "2001/2/3", "consent": "是"})
    assert row(db, 1, "phone", "birthday", "consent") == ("+886933444555", "2001-02-03", 1)
    assert by_hand(db, 1) == {"phone", "birthday", "consent"}
    step = history.step(db, done.step or 0)
    assert step is not None
    assert (step.kind, step.changed, step.title.params["n"]) == ("edit", 1, 3)


def test_undo_gives_back_the_value_and_the_mark_and_redo_brings_them_again(db: Database) -> None:
    editing.edit(db, 1, {"name": "王ＡＢＣ"})
    assert row(db, 1, "folded")[0] == "王abc\n\n"
    undoing.undo(db)
    assert row(db, 1, "name", "folded", "by_hand") == ("王怡君", None, None)
    undoing.redo(db)
    assert row(db, 1, "name", "folded") == ("王ＡＢＣ", "王abc\n\n")
    assert by_hand(db, 1) == {"name"}


def test_nothing_new_is_no_step(db: Database) -> None:
    done = editing.edit(db, 1, {"phone": "0912-345-678", "name": " 王怡君 "})
    assert done.step is None
    assert history.steps(db) == []
    assert by_hand(db, 1) == set()


def test_an_emptied_field_stays_empty_by_hand(db: Database) -> None:
    editing.edit(db, 1, {"phone": ""})
    assert row(db, 1, "phone")[0] is None
    assert by_hand(db, 1) == {"phone"}


def test_each_wrong_field_says_what_is_wrong_and_nothing_is_changed(db: Database) -> None:
    with pytest.raises(FieldsRefused) as refused:
        editing.edit(db, 1, {"phone": "123", "email": "not mail", "name": "李"})
    assert set(refused.value.fields) == {"phone", "email"}
    assert refused.value.fields["phone"].key.startswith("importing.problem.phone")
    assert row(db, 1, "name", "by_hand") == ("王怡君", None)


@pytest.mark.parametrize("key", ["member_no", "line_user_id"])
def test_a_number_of_somebody_else_is_refused_by_name(db: Database, key: str) -> None:
    value = {"member_no": "W2", "line_user_id": UID}[key]
    db.run(f"UPDATE person SET {key} = ? WHERE id = 2", (value,))
    with pytest.raises(KnownAlready) as known:
        editing.edit(db, 1, {key: value})
    assert (known.value.person.id, known.value.person.name) == (2, "陳冠宇")
    assert known.value.text.params["name"] == "陳冠宇"


def test_a_number_of_somebody_merged_counts_while_the_merge_stands(db: Database) -> None:
    step = db.insert("INSERT INTO step (at, kind, title) VALUES ('2026', 'merge', '{}')")
    db.run("INSERT INTO other_identity VALUES ('member_no', 'W9', 2, ?)", (step,))
    with pytest.raises(KnownAlready):
        editing.edit(db, 1, {"member_no": "W9"})
    db.run("UPDATE step SET state = 'undone'")
    editing.edit(db, 1, {"member_no": "W9"})
    assert row(db, 1, "member_no")[0] == "W9"


def test_a_phone_may_be_shared_and_it_is_told_with_whom(db: Database) -> None:
    done = editing.edit(db, 2, {"phone": "0912345678"})
    assert [one.id for one in done.shared["phone"]] == [1]
    assert row(db, 2, "phone")[0] == "+886912345678"


def test_somebody_has_to_stay_recognisable(db: Database) -> None:
    with pytest.raises(UserError) as refused:
        editing.edit(db, 2, {"name": "", "member_no": ""})
    assert refused.value.text.key == "member.nobody_left"
    assert row(db, 2, "name")[0] == "陳冠宇"


def test_an_own_column_is_changed_alone(db: Database) -> None:
    editing.edit(db, 1, {"extra:口味": "美式"})
    assert json.loads(row(db, 1, "extra")[0]) == {"口味": "美式", "尺寸": "大"}
    assert by_hand(db, 1) == {"extra:口味"}
    editing.edit(db, 1, {"extra:尺寸": ""})
    assert json.loads(row(db, 1, "extra")[0]) == {"口味": "美式"}


def test_a_field_is_given_back_to_imports_and_that_can_be_undone(db: Database) -> None:
    editing.edit(db, 1, {"phone": "0933444555"})
    editing.give_back(db, 1, "phone")
    assert by_hand(db, 1) == set()
    assert row(db, 1, "phone")[0] == "+886933444555"
    undoing.undo(db)
    assert by_hand(db, 1) == {"phone"}


def test_a_note_saved_many_times_is_one_step_until_something_else_happens(db: Database) -> None:
    first = editing.write_note(db, 1, "喜歡")
    second = editing.write_note(db, 1, "喜歡ＡＢＣ", into=first.step)
    assert second.step == first.step
    assert row(db, 1, "note", "folded") == ("喜歡ＡＢＣ", "王怡君\n\n喜歡abc")
    editing.edit(db, 2, {"level": "金卡"})
    third = editing.write_note(db, 1, "喜歡靠窗", into=first.step)
    assert third.step != first.step
    undoing.undo(db)
    assert row(db, 1, "note")[0] == "喜歡ＡＢＣ"
    undoing.undo(db)
    undoing.undo(db)
    assert row(db, 1, "note", "folded") == (None, None)


def test_a_note_goes_on_in_a_new_step_after_an_undo(db: Database) -> None:
    first = editing.write_note(db, 1, "一")
    undoing.undo(db)
    second = editing.write_note(db, 1, "二", into=first.step)
    assert second.step != first.step
    undoing.undo(db)
    assert row(db, 1, "note")[0] is None


def test_a_new_person_is_added_cleaned_and_by_hand_and_undo_takes_her_away(db: Database) -> None:
    done = editing.add_person(db, {"name": "林小美", "phone": "0955 666 777", "email": ""})
    assert row(db, done.person, "name", "phone", "orders", "total") == ("林小美", "+886955666777", 0, 0)
    assert by_hand(db, done.person) == {"name", "phone"}
    assert history.step(db, done.step or 0).title.params["name"] == "林小美"  # type: ignore[union-attr]
    undoing.undo(db)
    assert row(db, done.person, "id") is None


def test_adding_somebody_known_names_her_unless_the_family_shares_the_phone(db: Database) -> None:
    with pytest.raises(KnownAlready) as known:
        editing.add_person(db, {"name": "王媽媽", "phone": "0912345678"})
    assert (known.value.field, known.value.person.id) == ("phone", 1)
    done = editing.add_person(db, {"name": "王媽媽", "phone": "0912345678"}, shared=True)
    assert [one.id for one in done.shared["phone"]] == [1]


def test_nobody_is_added_without_anything_to_know_her_by(db: Database) -> None:
    with pytest.raises(UserError) as refused:
        editing.add_person(db, {"name": " ", "note": "x"})
    assert refused.value.text.key == "member.nobody_new"
    assert db.value("SELECT count(*) FROM person") == 2


def test_waiting_orders_come_to_whom_their_number_is_given_and_leave_with_undo(db: Database) -> None:
    db.run(
        "INSERT INTO shop_order (order_no, ordered_at, amount, buyer_phone) VALUES ('A1', '2026-01-02', 300, '+886955666777')"
    )
    done = editing.add_person(db, {"name": "林小美", "phone": "0955666777"})
    assert db.value("SELECT person_id FROM shop_order") == done.person
    assert row(db, done.person, "orders", "total") == (1, 300)
    undoing.undo(db)
    assert db.value("SELECT person_id FROM shop_order") is None
    editing.edit(db, 2, {"phone": "0955666777"})
    assert db.value("SELECT person_id FROM shop_order") == 2
    undoing.undo(db)
    assert db.value("SELECT person_id FROM shop_order") is None
    assert row(db, 2, "orders", "phone") == (0, None)


def test_older_changes_of_other_fields_are_turned_back_apart(db: Database) -> None:
    first = editing.edit(db, 1, {"name": "Ｊａｎｅ"})
    editing.edit(db, 1, {"note": "ＶＩＰ室", "extra:口味": "美式"})
    third = editing.edit(db, 1, {"extra:尺寸": "小"})
    outcome = undoing.undo(db, first.step)
    assert (outcome.reverted, outcome.kept, outcome.impossible) == (1, (), ())
    assert row(db, 1, "name", "folded") == ("王怡君", "王怡君\n\nvip室")
    assert by_hand(db, 1) == {"note", "extra:口味", "extra:尺寸"}
    undoing.undo(db, third.step)
    assert json.loads(row(db, 1, "extra")[0]) == {"口味": "美式", "尺寸": "大"}
    assert by_hand(db, 1) == {"note", "extra:口味"}


def test_a_field_changed_again_since_stays_and_stays_by_hand(db: Database) -> None:
    first = editing.edit(db, 1, {"phone": "0933444555", "level": "金卡"})
    editing.edit(db, 1, {"phone": "0944555666"})
    outcome = undoing.undo(db, first.step)
    assert [one.id for one in outcome.kept] == [1]
    assert row(db, 1, "phone", "level") == ("+886944555666", None)
    assert by_hand(db, 1) == {"phone"}
    undoing.undo(db)
    assert row(db, 1, "phone", "level") == ("+886944555666", "金卡")
    assert by_hand(db, 1) == {"phone", "level"}
