"""The rows behind a check's numbers: as many as the number says, found by name, number and phone, with what would change."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.importer.reader import open_source
from desktop.importer.recipe import Answers
from desktop.operations.importing import importing
from desktop.store.database import Database
from desktop.store.imports.listed_rows import past_imports, people_brought, rows_of
from desktop.store.shop_file import ShopFile

FIRST = "會員編號,姓名,手機,等級\nA1,王小明,0911000001,金\nA2,陳美玲,0911000002,銀\nA3,林大同,0911000003,銀\n"
SECOND = "會員編號,姓名,手機,等級,標籤\nA1,王小明,0911000001,金,\nA2,陳美玲,0911000002,金,\nA3,林大同,,,熟客\nA4,新人,0911000004,銅,\n"
ORDERS = "訂單編號,訂單日期,會員編號,品名,訂單合計\nB-1,2026-11-01,A1,拿鐵,120\nB-1,2026-11-01,A1,司康,\nB-2,2026-11-02,A2,拿鐵,120\n"


@pytest.fixture
def shop(tmp_path: Path) -> ShopFile:
    with ShopFile.create(tmp_path / "店.tagline", name="店", practice=False) as made:
        yield made


def planned(db: Database, folder: Path, text: str) -> importing.Plan:
    file = folder / "檔.csv"
    file.write_text(text, encoding="utf-8")
    with open_source(file) as source:
        (recipe,) = importing.look(db, source, Answers())
        return importing.check(db, source, recipe)


def test_rows_by_fate_with_what_changes(shop: ShopFile, tmp_path: Path) -> None:
    db = shop.writer()
    first = importing.commit(db, planned(db, tmp_path, FIRST))
    assert first.step is not None
    assert people_brought(db, first.step) == (1, 3)
    plan = planned(db, tmp_path, SECOND)
    listed = {
        fate: rows_of(plan.staging_file, fate, orders=False) for fate in ("new", "updated", "unchanged")
    }
    assert {fate: len(rows) for fate, rows in listed.items()} == {
        fate: getattr(plan.report, fate) for fate in listed
    }
    assert [(row.row, row.name, row.key) for row in listed["new"]] == [(5, "新人", "A4")]
    assert [(row.row, row.changes) for row in listed["updated"]] == [(3, ("level",)), (4, ("tags",))]
    assert [row.row for row in listed["unchanged"]] == [2]


@pytest.mark.parametrize(
    ("text", "rows"), [("王", [2]), ("a2", [3]), ("0911-000-003", [4]), ("沒有", []), ("", [2, 3, 4])]
)
def test_rows_are_found_by_what_they_say(shop: ShopFile, tmp_path: Path, text: str, rows: list[int]) -> None:
    plan = planned(shop.writer(), tmp_path, FIRST)
    assert [row.row for row in rows_of(plan.staging_file, "new", False, text)] == rows


def test_no_more_rows_than_asked_for(shop: ShopFile, tmp_path: Path) -> None:
    plan = planned(shop.writer(), tmp_path, FIRST)
    assert len(rows_of(plan.staging_file, "new", False, limit=2)) == 2


def test_every_row_of_an_order_is_listed(shop: ShopFile, tmp_path: Path) -> None:
    plan = planned(shop.writer(), tmp_path, ORDERS)
    found = rows_of(plan.staging_file, "new", orders=True)
    assert [(row.row, row.key) for row in found] == [(2, "B-1"), (3, "B-1"), (4, "B-2")]
    assert [row.row for row in rows_of(plan.staging_file, "new", True, "b-2")] == [4]


def test_past_imports_newest_first(shop: ShopFile, tmp_path: Path) -> None:
    db = shop.writer()
    for text in (FIRST, ORDERS):
        importing.commit(db, planned(db, tmp_path, text))
    found = past_imports(db, 5)
    assert [(one.file, one.report["kind"], one.undone) for one in found] == [
        ("檔.csv", "orders", False),
        ("檔.csv", "members", False),
    ]
    assert len(past_imports(db, 1)) == 1
