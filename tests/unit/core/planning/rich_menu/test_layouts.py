"""Layouts cover a menu of any size to the last pixel, and changing them loses nothing that was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.planning.rich_menu.grid import covers
from desktop.core.planning.rich_menu.layouts import LAYOUTS, for_size, laid_out, rects, scaled
from desktop.core.planning.rich_menu.menu import (
    COMPACT,
    LARGE,
    MOST_AREAS,
    RichMenu,
    Size,
    from_content,
    to_content,
)
from tests.unit.core.planning.rich_menu.menus import menu

SIZES = st.builds(Size, st.integers(800, 2500), st.integers(250, 1724))


@given(st.sampled_from(list(LAYOUTS.values())), SIZES)
def test_a_layout_covers_any_size_without_overlapping(layout: object, size: Size) -> None:
    assert covers(rects(layout, size), size)  # type: ignore[arg-type]


def test_lines_own_templates_come_first() -> None:
    for size, own in ((LARGE, 7), (COMPACT, 5)):
        known = for_size(size)
        assert [layout.own for layout in known] == sorted(layout.own for layout in known)
        assert sum(not layout.own for layout in known) == own
        assert all(len(layout.cells) <= MOST_AREAS for layout in known)
    assert rects(LAYOUTS["large_6"], LARGE)[4] == (833, 843, 834, 843)
    assert for_size(Size(1200, 400)) == for_size(COMPACT)


def test_another_layout_keeps_what_was_written_and_leaves_blanks_out_first() -> None:
    six = menu("large_6")
    four = laid_out(six.with_area(1, title="", icon="", action=menu().areas[0].action), LAYOUTS["large_4"])
    assert [area.title for area in four.areas] == ["綁定會員", "", "門市資訊", "線上購物"]
    blank = laid_out(RichMenu(), LAYOUTS["large_6"]).with_area(4, title="集點卡").with_area(5, title="客服")
    assert [area.title for area in laid_out(blank, LAYOUTS["large_halves"]).areas] == ["集點卡", "客服"]
    nine = laid_out(four, LAYOUTS["large_9"])
    assert [area.title for area in nine.areas[:4]] == [area.title for area in four.areas]
    assert nine.layout == "large_9"
    assert covers([area.rect for area in nine.areas], nine.size)


@given(st.sampled_from(list(LAYOUTS)), SIZES)
def test_scaling_keeps_a_menu_covered(layout: str, size: Size) -> None:
    smaller = scaled(menu(layout), size)
    assert covers([area.rect for area in smaller.areas], size)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_content_comes_back(layout: str) -> None:
    known = menu(layout, for_whom="tag:VIP", starts="2026-12-01", ends="2026-12-31", own_picture=4)
    assert from_content(to_content(known), known.name) == known


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"areas": "none", "size": [0, 5], "style": 3, "opened_at_first": "yes"},
        {"areas": [{"rect": [1, 2, 3]}, 7, {"action": [], "photo": "x"}], "size": [2500, True]},
    ],
)
def test_strange_content_takes_its_defaults(content: dict[str, object]) -> None:
    read = from_content(content, "選單")
    assert read.size == LARGE
    assert read.opened_at_first
    assert all(area.photo is None for area in read.areas)
