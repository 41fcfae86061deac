"""A figure group by group: sorted by what the average would bring, small groups marked, no lever declined, each number opening its
people."""

from __future__ import annotations

import json
from datetime import date

import pytest

from desktop.core.errors import UserError
from desktop.core.figures.kpi import KPI_NAMES
from desktop.operations.insights import breakdown as views
from desktop.operations.insights.funnel import set_target
from desktop.store import people
from desktop.store.insights.targets import Target
from desktop.text import render
from tests.unit.operations.insights.figure_shop import FigureShop

DAY = date(2026, 11, 20)
STORES = {"信義店": (420, 311), "官網": (380, 262), "中山店": (260, 151), "快閃店": (120, 43)}


@pytest.fixture
def shop() -> FigureShop:
    """A tenth of the mock-up's stores, and extra columns; two writings of one store are one."""
    made = FigureShop()
    people.remember_extra_columns(made.db, ["行銷活動", "年齡層", "給我們的話"])
    for store, (friends, bound) in STORES.items():
        for number in range(friends // 10):
            name = store.replace("店", "店 ") if number == 0 else store
            extra = {"行銷活動": f"活動{number % 3}", "年齡層": "30", "給我們的話": f"{store}{number}"}
            is_bound = number < round(bound / 10)
            made.person(
                [("2026-01-01", 10)] * (number % 2) + [("2026-02-01", 10)] * (number % 4 == 1),
                bound=is_bound,
                store=name.strip(),
                friend_at="2026-05-05",
                extra=json.dumps(extra, ensure_ascii=False),
            )
    return made


def test_sorted_by_what_the_average_would_bring(shop: FigureShop) -> None:
    found = views.breakdown(shop.db, "store", as_of=DAY)
    assert (found.average.part, found.average.whole) == (76, 118)
    gains = [
        (row.value, row.rate.part, row.rate.whole, row.to_average) for row in found.rows if not row.rate.small
    ]
    assert gains == [("信義店", 31, 42, 0), ("官網", 26, 38, 0)]
    assert [row.value for row in found.rows[2:]] == ["快閃店", "中山店"]
    assert [row.to_average for row in found.rows[2:]] == [4, 2]
    assert all(row.rate.small for row in found.rows[2:])


def test_with_a_target_the_target_decides(shop: FigureShop) -> None:
    set_target(shop.db, "new_friend_binding", Target(0.8))
    found = views.breakdown(shop.db, "store", as_of=DAY)
    assert [(row.value, row.to_target) for row in found.rows][:2] == [("官網", 4), ("信義店", 3)]


def test_every_number_opens_its_people(shop: FigureShop) -> None:
    shop.tag(1, "開幕", "活動")
    shop.tag(2, "開幕", "活動")
    shop.tag(2, "週年", "活動")
    shop.people(3, friend_at="2026-05-06")
    for dimension in views.dimensions(shop.db):
        if not dimension.actionable:
            continue
        for figure in KPI_NAMES:
            if figure == "active":
                continue
            found = views.breakdown(shop.db, dimension, figure, DAY)
            assert shop.count(found.average.query or "") == found.average.part
            for row in found.rows:
                assert shop.count(row.rate.query or "") == row.rate.part, (dimension, figure, row)
                assert shop.count(row.rate.whole_query or "") == row.rate.whole, (dimension, figure, row)
            if not found.overlapping:
                assert sum(row.rate.whole for row in found.rows) == found.average.whole


def test_what_nobody_can_act_on_is_declined_with_the_reason(shop: FigureShop) -> None:
    known = {one.id: one for one in views.dimensions(shop.db)}
    assert "extra:給我們的話" not in known
    assert known["extra:行銷活動"].role == "campaign"
    # One value divides nobody.
    assert "extra:年齡層" not in known
    for name, why in (
        ("gender", "客人本身"),
        ("age", "客人本身"),
        ("month", "時間"),
        ("birthday_month", "客人本身"),
    ):
        with pytest.raises(UserError) as told:
            views.breakdown(shop.db, name)
        assert why in render(told.value.text)


def test_a_dimension_is_found_by_its_names(shop: FigureShop) -> None:
    assert views.find_dimension(shop.db, "campaign").name == "行銷活動"
    assert views.find_dimension(shop.db, "行銷活動").id == "extra:行銷活動"
    with pytest.raises(UserError) as told:
        views.find_dimension(shop.db, "天氣")
    assert "store" in render(told.value.text)
