"""Exports of platforms that no preset knows come out right without a word: every column its field, every cell its value."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.importer.platforms import beside, friends, lists, sales, shops, trades
from tests.unit.importer.platforms.columns import Export
from tests.unit.importer.platforms.from_headers import exports
from tests.unit.importer.platforms.judging import judged
from tests.unit.importer.reading import recipe_of, write

EXPORTS = (*shops.EXPORTS, *friends.EXPORTS, *lists.EXPORTS, *sales.EXPORTS)
HEADERS = tuple(exports())
TRADES = tuple(trades.exports())


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.title)
def test_every_column_and_every_cell_comes_out_right(tmp_path: Path, export: Export) -> None:
    result = judged(export, tmp_path)
    assert (result.wrong_columns, result.wrong_cells, result.asked) == ([], [], export.asked)


@pytest.mark.parametrize("export", HEADERS, ids=lambda export: export.title)
def test_every_column_of_further_headers_comes_out_right(tmp_path: Path, export: Export) -> None:
    result = judged(export, tmp_path)
    assert (result.wrong_columns, result.asked) == ([], frozenset())


@pytest.mark.parametrize("export", TRADES, ids=lambda export: export.title)
def test_every_column_and_cell_of_many_trades_comes_out_right(tmp_path: Path, export: Export) -> None:
    result = judged(export, tmp_path)
    assert (result.wrong_columns, result.wrong_cells, result.asked) == ([], [], frozenset())


def test_the_corpus_is_large_enough_to_say_something() -> None:
    assert len(EXPORTS) + len(HEADERS) + len(TRADES) >= 300
    assert sum(len(export.cols) for export in (*EXPORTS, *HEADERS, *TRADES)) >= 3_300


MEMBER = {"會員編號": "member_no", "姓名": "name", "手機": "phone"}
ORDER = {
    "訂單編號": "order_no", "訂單日期": "ordered_at", "訂購人": "name", "訂購人電話": "phone", "訂單總金額": "amount", "訂單狀態": "status",
}  # fmt: skip


@pytest.mark.parametrize("what", beside.MEMBERS)
def test_what_only_sounds_like_a_field_of_a_member_stays_the_shops_own(tmp_path: Path, what: str) -> None:
    wrong = {}
    for name in beside.MEMBERS[what].split():
        rows = [f"M{n},王小明,091234567{n},{cell}" for n, cell in enumerate(beside.CELLS[what])]
        recipe = recipe_of(write(tmp_path, "a.csv", "\n".join([f"{','.join(MEMBER)},{name}", *rows])))
        if recipe.kind != "members" or recipe.mapping != {**MEMBER, name: "extra"}:
            wrong[name] = (recipe.kind, recipe.mapping)
    assert wrong == {}


@pytest.mark.parametrize("what", beside.ORDERS)
def test_what_only_sounds_like_a_field_of_an_order_is_left_out(tmp_path: Path, what: str) -> None:
    wrong = {}
    for name in beside.ORDERS[what].split():
        rows = [
            f"O100{n},2026/0{n + 1}/11 10:00,王小明,091234567{n},{900 + n},已完成,{cell}"
            for n, cell in enumerate(beside.CELLS[what])
        ]
        recipe = recipe_of(write(tmp_path, "a.csv", "\n".join([f"{','.join(ORDER)},{name}", *rows])))
        if recipe.kind != "orders" or recipe.mapping != {**ORDER, name: "ignore"}:
            wrong[name] = (recipe.kind, recipe.mapping)
    assert wrong == {}
