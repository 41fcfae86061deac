"""What the shop keeps of one person, as the file she is given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from desktop.core.errors import UserError
from desktop.core.people.selection import Selection
from desktop.operations.people import editing, member_data
from desktop.operations.tagging import tagging
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as shop:
        made = shop.writer()
        with made.transaction():
            made.run(
                "INSERT INTO person (id, name, phone, note, extra, consent, stated_total) VALUES"
                " (1, '=王怡君', '+886912345678', '靠窗', '{\"口味\":\"拿鐵\"}', 1, 900)"
            )
            made.run("INSERT INTO person (id, name) VALUES (2, '別人的名字')")
            made.run(
                "INSERT INTO shop_order (id, order_no, person_id, ordered_at, amount) VALUES (1, 'A1', 1, '2026-01-02', 300)"
            )
            made.run("INSERT INTO order_item VALUES (1, 1, '手沖', 1, 300)")
        tagging.tag(made, Selection.of([1, 2]), "VIP")
        editing.edit(made, 1, {"level": "金卡"})
        editing.edit(made, 2, {"level": "別人的等級"})
        yield made


def test_a_workbook_to_read_has_everything_and_nobody_else(db: Database, tmp_path: Path) -> None:
    path = member_data.save(db, 1, tmp_path / "資料.xlsx")
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    told = {(row[1], row[2]) for row in rows[1:]}
    assert {
        ("姓名", "=王怡君"), ("電話", "0912-345-678"), ("備註", "靠窗"), ("口味", "拿鐵"), ("VIP", "手動"),
        ("A1 手沖", 300), ("會員等級", "金卡"), ("會員等級", " → 金卡"), ("標籤", "＋VIP"), ("同意行銷", "是"),
        ("檔案所載累計消費", 900),
    } <= told  # fmt: skip
    assert "別人" not in str(rows)


def test_json_has_every_column_of_every_row(db: Database, tmp_path: Path) -> None:
    path = member_data.save(db, 1, tmp_path / "資料.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    assert set(data["member"]) >= set(db.column("SELECT name FROM pragma_table_info('person')"))
    assert data["orders"][0]["items"] == [{"item": "手沖", "quantity": 1, "amount": 300}]
    assert data["changes"][0]["after"]["level"] == "金卡"
    assert [one["tag"] for one in data["tag_changes"]] == ["VIP"]
    assert "別人" not in path.read_text(encoding="utf-8")


def test_a_text_can_be_read_anywhere(db: Database, tmp_path: Path) -> None:
    text = member_data.save(db, 1, tmp_path / "資料.txt").read_text(encoding="utf-8")
    assert "會員資料\t姓名\t=王怡君\t" in text.splitlines()


def test_who_is_gone_and_where_nothing_can_be_written(db: Database, tmp_path: Path) -> None:
    with pytest.raises(UserError) as gone:
        member_data.save(db, 9, tmp_path / "x.json")
    assert gone.value.text.key == "member.gone"
    with pytest.raises(UserError) as failed:
        member_data.save(db, 1, tmp_path / "沒有" / "x.json")
    assert failed.value.text.key == "tables.not_written"
    assert list(tmp_path.glob("*.part")) == []
