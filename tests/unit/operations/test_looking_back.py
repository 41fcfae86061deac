"""The history page's answers: lists with filters, what a step did, what an undo would come to, the way back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.people.search_text import folded
from desktop.core.people.selection import Selection
from desktop.operations.history import looking_back, undoing
from desktop.operations.people import duplicates, editing, members, merging
from desktop.operations.people.member_card import merged_into as merging_way
from desktop.operations.tagging import tagging
from desktop.store import history
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile
from desktop.store.undo import contents
from desktop.store.undo.step_list import StepFilter, listed
from tests.unit.store.small_shops import empty_shop

UPLOADED = message("steps.upload", audience="熟客", n=2)


def _people(db: Database) -> Database:
    with db.transaction():
        db.many(
            "INSERT INTO person (id, name, member_no) VALUES (?, ?, ?)",
            [(number, f"會員{number}", f"M{number}") for number in range(1, 6)],
        )
    return db


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as shop:
        yield _people(shop.writer())


def _import(db: Database, report: object = None) -> int:
    with db.transaction():
        step = history.begin_step(db, "import", message("steps.import_members", file="十月.xlsx", n=2))
        db.run(
            "INSERT INTO person (id, name, created_step, changed_step) VALUES (10, '新人', ?1, ?1)", (step,)
        )
        db.run("INSERT INTO tag (id, name, key, created_step) VALUES (7, '新客', '新客', ?)", (step,))
        db.run("INSERT INTO person_tag VALUES (10, 7, 'import', ?)", (step,))
        history.record_update(db, step, "person", 1, {"level": None}, {"level": "金卡"})
        db.run("UPDATE person SET level = '金卡' WHERE id = 1")
        db.run(
            "INSERT INTO shop_order (order_no, person_id, ordered_at, created_step, changed_step)"
            " VALUES ('A1', 2, '2026-01-01', ?1, ?1)",
            (step,),
        )
        if report is not None:
            db.run(
                "INSERT INTO import_file (step_id, file, sha256, report) VALUES (?, '十月.xlsx', 'x', ?)",
                (step, json.dumps(report)),
            )
        history.finish_step(db, step, 2)
    return step


def _everything(db: Database) -> dict[str, list[tuple[object, ...]]]:
    tables = db.column("SELECT name FROM sqlite_schema WHERE type = 'table'")
    return {table: db.all(f"SELECT * FROM {table}") for table in tables}


def test_a_step_says_what_it_did_to_each_person(db: Database) -> None:
    step = _import(db)
    inside = looking_back.inside(db, step)
    assert inside is not None
    assert inside.people == (1, 2, 10)
    found = contents.changes_of(db, step, inside.people)
    assert [(one.field, one.before, one.after) for one in found[1].fields] == [("level", None, "金卡")]
    assert (found[1].what, found[2].orders, found[10].what, found[10].tags_on) == (
        "changed", 1, "created", ["新客"],
    )  # fmt: skip
    assert [(thing.table, thing.name, thing.what) for thing in inside.things] == [("tag", "新客", "created")]
    assert inside.counts == {
        "person.created": 1, "shop_order.created": 1, "tag.created": 1, "person.changed": 1,
    }  # fmt: skip


def test_an_undone_step_still_names_whom_it_had_created(db: Database) -> None:
    step = _import(db)
    undoing.undo(db)
    inside = looking_back.inside(db, step)
    assert inside is not None
    assert inside.step.fate == "undone"
    gone = contents.changes_of(db, step, inside.people)[10]
    assert (gone.name, gone.what, gone.there, gone.tags_on) == ("新人", "created", False, ["新客"])


def test_own_columns_and_tags_are_told_apart(db: Database) -> None:
    first = editing.edit(db, 1, {"extra:口味": "拿鐵"}).step
    second = editing.edit(db, 1, {"extra:口味": "", "name": "王"}).step
    assert first is not None
    assert second is not None
    told = contents.changes_of(db, second, [1])[1]
    assert {(one.field, one.before, one.after) for one in told.fields} == {
        ("extra:口味", "拿鐵", None),
        ("name", "會員1", "王"),
    }
    back = editing.give_back(db, 1, "name").step
    assert back is not None
    assert contents.changes_of(db, back, [1])[1].given_back == ["name"]
    off = tagging.tag(db, Selection.of([1, 2]), "VIP")
    off = tagging.untag(db, Selection.of([2]), "VIP")
    assert contents.changes_of(db, off.step or 0, [2])[2].tags_off == ["VIP"]


def test_problems_of_an_import_are_kept_with_its_step(db: Database) -> None:
    reason = message("importing.problem.phone_too_short").to_json()
    report = {
        "rows": 5, "new": 1, "updated": 1, "unchanged": 1,
        "skipped": [["表", 9, message("importing.skipped.no_identity").to_json()], ["表", 4, reason]],
        "problems": [["表", 7, "電話", "123", reason]],
    }  # fmt: skip
    inside = looking_back.inside(db, _import(db, report))
    assert inside is not None
    (said,) = inside.imports
    assert (said.file, said.rows, said.skipped) == ("十月.xlsx", 5, 2)
    assert [(row, column, value) for row, column, value, _ in said.problems] == [
        (4, "", ""), (7, "電話", "123"), (9, "", ""),
    ]  # fmt: skip
    assert said.problems[1][3].key == "importing.problem.phone_too_short"


def test_a_preview_tells_the_three_buckets_and_changes_nothing(db: Database) -> None:
    step = _import(db)
    tagging.tag(db, Selection.of([10]), "熟客")
    before = _everything(db)
    tried = looking_back.preview(db, step)
    assert _everything(db) == before
    assert [(one.kind, one.name) for one in tried.outcome.kept] == [("person", "新人"), ("tag", "新客")]
    assert tried.changes.kinds == frozenset()
    done = undoing.undo(db, step)
    assert (done.reverted, done.kept, done.impossible) == (
        tried.outcome.reverted,
        tried.outcome.kept,
        tried.outcome.impossible,
    )


def test_a_preview_refuses_what_an_undo_refuses(db: Database) -> None:
    listed_only = history.list_only(db, "upload", UPLOADED, 2)
    with pytest.raises(UserError):
        looking_back.preview(db, listed_only)
    assert not db.connection.in_transaction


def test_an_undone_step_comes_back_the_way_it_went(db: Database) -> None:
    first = tagging.tag(db, Selection.of([1]), "A").step or 0
    tagging.tag(db, Selection.of([2]), "B")
    undoing.undo(db, first)
    assert listed(db, [first])[first].fate == "undone"
    looking_back.bring_back(db, first)
    assert listed(db, [first])[first].fate == "done"
    assert db.value("SELECT count(*) FROM person_tag WHERE person_id = 1") == 1


def test_the_newest_undone_step_comes_back_by_redo_and_one_before_it_does_not(db: Database) -> None:
    first = tagging.tag(db, Selection.of([1]), "A").step or 0
    second = tagging.tag(db, Selection.of([2]), "B").step or 0
    undoing.undo(db)
    undoing.undo(db)
    with pytest.raises(UserError):
        looking_back.bring_back(db, second)
    looking_back.bring_back(db, first)
    looking_back.bring_back(db, second)
    assert db.value("SELECT count(*) FROM person_tag") == 2


def test_the_list_is_filtered_by_kind_name_and_time(db: Database) -> None:
    tag = tagging.tag(db, Selection.of([1]), "熟客_100%").step
    off = members.set_do_not_send(db, Selection.of([1]), True).step
    upload = history.list_only(db, "upload", UPLOADED, 2)
    took = _import(db)
    every = looking_back.matching(db, StepFilter())
    assert every == [took, upload, off, tag]
    assert looking_back.matching(db, StepFilter(text="熟客")) == [upload, tag]
    assert looking_back.matching(db, StepFilter(text="客_100%")) == [tag]
    assert looking_back.matching(db, StepFilter(text="steps")) == []
    assert looking_back.matching(db, StepFilter(text="不發", worded={"steps.do_not_send"})) == [off]
    assert looking_back.matching(db, StepFilter(kinds=looking_back.GROUPS["imports"])) == [took]
    assert looking_back.matching(db, StepFilter(other_than={"tag", "import"})) == [upload, off]
    db.run("UPDATE step SET at = '2020-01-01T00:00:00.000000Z' WHERE id = ?", (tag,))
    assert looking_back.matching(db, StepFilter(until="2020-01-02T00:00:00Z")) == [tag]
    assert tag not in looking_back.matching(db, StepFilter(since="2020-01-02T00:00:00Z"))


def test_fates(db: Database) -> None:
    old = tagging.tag(db, Selection.of([1]), "A").step or 0
    with db.transaction():
        history.forget_images(db, [old])
    final = history.list_only(db, "erase", UPLOADED, 1)
    done = tagging.tag(db, Selection.of([1]), "B").step or 0
    assert {number: one.fate for number, one in listed(db, [old, final, done]).items()} == {
        old: "old", final: "listed", done: "done",
    }  # fmt: skip


def test_a_merge_says_who_went_into_whom_and_the_way_to_her(db: Database) -> None:
    merged = merging.merge(db, [merging.MergeChoice(1, 2)])
    assert merged.step is not None
    assert merging_way(db, 2) == 1
    told = contents.changes_of(db, merged.step, [1, 2])
    assert (told[2].what, told[2].into, told[2].name) == ("merged", "會員1", "會員2")
    again = merging.merge(db, [merging.MergeChoice(3, 1)])
    assert merging_way(db, 2) == 3
    undoing.undo(db, again.step)
    undoing.undo(db, merged.step)
    assert merging_way(db, 2) is None


def test_two_people_kept_apart_are_named(db: Database) -> None:
    step = duplicates.keep_apart(db, [(1, 2)]).step or 0
    inside = looking_back.inside(db, step)
    assert inside is not None
    assert inside.people == (1, 2)
    assert {one.what for one in contents.changes_of(db, step, [1, 2]).values()} == {"apart"}


def test_every_kind_of_step_is_found_under_a_group() -> None:
    source = "\n".join(
        path.read_text("utf-8") for path in Path(looking_back.__file__).parent.parent.rglob("*.py")
    )
    kinds = set(re.findall(r'(?:begin_step|list_only)\(\s*db,\s*"(\w+)"', source))
    assert {"tag", "import", "upload", "audience_delete"} <= kinds
    assert kinds <= frozenset().union(*looking_back.GROUPS.values())


_EDITS = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.dictionaries(
            st.sampled_from(["name", "note", "level", "extra:甲", "extra:乙"]),
            st.sampled_from(["", "王", "ＡＢＣ", "x"]),
            min_size=1,
        ),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60)
@given(edits=_EDITS, order=st.randoms(use_true_random=False))
def test_edits_undone_in_any_order_leave_nothing_behind(edits: list, order) -> None:
    """Undone newest first or in any other order: a value stays only where a later edit stood on it, and marks and the searched
    text always fit the values."""
    db = _people(empty_shop())
    columns = "SELECT id, name, note, level, extra, folded, by_hand FROM person ORDER BY id"
    before = db.all(columns)
    steps = []
    for person, fields in edits:
        try:
            steps.append(editing.edit(db, person, fields).step)
        except UserError:
            continue
    steps = [step for step in steps if step is not None]
    for step in reversed(steps):
        undoing.undo(db, step)
    assert db.all(columns) == before
    for _step in steps:
        undoing.redo(db)
    shuffled = list(steps)
    order.shuffle(shuffled)
    for step in shuffled:
        if listed(db, [step])[step].fate == "done":
            undoing.undo(db, step)
    for _, name, note, _, _, fold, marks in db.all(columns):
        assert fold == folded(name, None, note)
        assert marks is None or json.loads(marks)
    db.close()
