"""People counted by the values of a field: few values are counted beside each other, many are sorted, and both say the same."""

from __future__ import annotations

import pytest

from desktop.store.conditions.values import Sql
from desktop.store.insights import counting
from tests.unit.operations.insights.figure_shop import FigureShop

STORES = ["信義店", "中山店", "", None, "中山店", "ａ", "信義店", None, "中山店"]


@pytest.mark.parametrize("few", [0, 2, 32])
def test_people_by_value_are_counted_alike_however_many_values_there_are(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = FigureShop()
    for number, store in enumerate(STORES):
        shop.person(store=store, bound=number % 2 == 0, points=number)
    monkeypatch.setattr(counting, "_FEW", few)
    whole, part = Sql("p.points >= ?", [1]), Sql("(p.line_user_id IS NOT NULL AND p.points < ?)", [8])
    found = counting.grouped(shop.db, Sql("p.store"), whole, part)
    assert found == [(None, 3, 1), ("中山店", 3, 1), ("信義店", 1, 1), ("ａ", 1, 0)]


def test_nobody_has_no_values() -> None:
    shop = FigureShop()
    assert counting.grouped(shop.db, Sql("p.store"), Sql("1"), Sql("1")) == []
    shop.person()
    assert counting.grouped(shop.db, Sql("p.store"), Sql("1"), Sql("1")) == [(None, 1, 1)]
