"""What a selection holds, 「不發訊息」 as a step, lists for files and the clipboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from desktop.core.people.condition import Op, Term
from desktop.core.people.selection import Selection
from desktop.operations.history import undoing
from desktop.operations.people import members
from desktop.operations.tagging import tagging
from desktop.store import people
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile

TITLES = {"name": "姓名", "phone": "手機", "tags": "標籤", "do_not_send": "不發訊息"}


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[ShopFile]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as made:
        yield made


@pytest.fixture
def db(shop: ShopFile) -> Database:
    made = shop.writer()
    with made.transaction():
        made.many(
            "INSERT INTO person (id, name, member_no, phone, store, line_user_id) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (1, "王怡君", "W1", "+886912345678", "信義店", "U" + "1" * 32),
                (2, "=HYPERLINK(1)", "W2", "+81312345678", "官網", None),
                (3, "陳冠宇", "W3", None, "信義店", "U" + "3" * 32),
            ],
        )
    for name, who in (("熟客", [1, 3]), ("VIP", [1])):
        tagging.tag(made, Selection.of(who), name)
    return made


def test_what_a_selection_holds_is_read_on_a_connection_that_cannot_write(
    shop: ShopFile, db: Database
) -> None:
    reader = shop.reader()
    try:
        facts = members.selection_facts(reader, Selection.of([1, 2, 3]))
    finally:
        reader.close()
    assert facts.people == 3
    assert [(one.tag.name, one.people) for one in facts.held] == [("熟客", 2), ("VIP", 1)]
    assert (facts.limit, facts.full_count, facts.full) == (10, 0, ())


def test_all_that_match_except_some(db: Database) -> None:
    facts = members.selection_facts(
        db, Selection.matching(Term("store", Op.EQ, "信義店"), without=frozenset({1}))
    )
    assert facts.people == 1
    assert [(one.tag.name, one.people) for one in facts.held] == [("熟客", 1)]


def test_everybody_is_counted_without_looking_at_each(db: Database) -> None:
    facts = members.selection_facts(db, Selection.matching(Term("id", Op.ANY)))
    everybody = members.selection_facts(db, Selection.matching(condition=members.Selection().condition))
    assert facts == everybody
    assert everybody.people == 3


def test_who_is_full_is_named_with_the_tags_she_has(db: Database) -> None:
    for number in range(8):
        tagging.tag(db, Selection.of([1]), f"標籤{number}")
    for selection in (Selection.of([1, 2, 3]), Selection.matching(Term("tag", Op.ANY)), Selection()):
        facts = members.selection_facts(db, selection)
        assert facts.full_count == 1
        assert [one.name for one in facts.full] == ["王怡君"]
        assert len(facts.full_tags[1]) == 10


def test_no_messages_is_a_step_that_can_be_undone(db: Database) -> None:
    outcome = members.set_do_not_send(db, Selection.of([1, 2]), True)
    assert outcome.changed == 2
    assert db.column("SELECT id FROM person WHERE do_not_send = 1") == [1, 2]
    again = members.set_do_not_send(db, Selection.of([1]), True)
    assert (again.changed, again.step) == (0, None)
    assert not again.changes.kinds
    undoing.undo(db, outcome.step)
    assert db.column("SELECT id FROM person WHERE do_not_send = 1") == []


def test_a_list_is_written_as_people_write_it(db: Database, tmp_path: Path) -> None:
    people.remember_extra_columns(db, ["最愛口味"])
    db.run('UPDATE person SET extra = \'{"最愛口味":"拿鐵"}\' WHERE id = 3')
    file = tmp_path / "名單.xlsx"
    written = members.export_members(db, [3, 1, 2, 99], file, TITLES, yes_no=("是", "否"), sheet="會員")
    assert written.rows == 3
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["姓名", "手機", "標籤", "不發訊息", "最愛口味"],
        ["陳冠宇", None, "熟客", "否", "拿鐵"],
        ["王怡君", "0912-345-678", "熟客、VIP", "否", None],
        ["=HYPERLINK(1)", "+81312345678", None, "否", None],
    ]
    assert sheet["A4"].data_type == "s"


def test_cells_for_the_clipboard_are_harmless_and_stay_in_their_columns() -> None:
    rows = [["王怡君", "0912345678", 3], ["=HYPERLINK(1)", "<b>", None], ["陳\t冠\n宇", "", 1.5]]
    copied = members.copied_cells(["姓名", "手機", "次數"], rows)
    assert copied.text.split("\n") == [
        "姓名\t手機\t次數",
        "王怡君\t0912345678\t3",
        "'=HYPERLINK(1)\t<b>\t",
        "陳 冠 宇\t\t1.5",
    ]
    # Marked as text, a cell is neither a formula nor a number that loses its zero.
    assert "<td style=\"mso-number-format:'\\@'\">0912345678</td><td>3</td>" in copied.html
    assert "'\\@'\">=HYPERLINK(1)</td>" in copied.html
    assert "&lt;b&gt;" in copied.html
    assert copied.html.count("<tr>") == 4


def test_user_ids_and_values_of_the_shop(db: Database) -> None:
    assert people.user_ids(db, [3, 2, 1]) == ["U" + "3" * 32, "U" + "1" * 32]
    assert people.values_of(db, "store") == [("信義店", 2), ("官網", 1)]
    with pytest.raises(ValueError, match="name"):
        people.values_of(db, "name")


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection.of([1, 3]),
        Selection.of([]),
        Selection.matching(Term("store", Op.EQ, "信義店")),
        Selection.matching(Term("store", Op.EQ, "信義店"), without=frozenset({1, 2})),
        Selection(without=frozenset({3, 99})),
    ],
)
def test_many_people_are_counted_another_way_with_the_same_result(
    db: Database, selection: Selection, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(8):
        tagging.tag(db, Selection.of([1]), f"標籤{number}")
    few = members.selection_facts(db, selection)
    monkeypatch.setattr("desktop.store.tags._MANY", -1)
    assert members.selection_facts(db, selection) == few
    chosen = {1, 2, 3} if selection.ids is None else set(selection.ids)
    if selection.condition == Term("store", Op.EQ, "信義店"):
        chosen = {1, 3}
    assert few.people == len(chosen - selection.without)
    assert few.full_count == (1 in chosen - selection.without)
