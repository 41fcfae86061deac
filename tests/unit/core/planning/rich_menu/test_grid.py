"""Whatever is done to the grid: no two areas overlap, the menu stays covered, there are never more than 20, and what was done can
be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.planning.rich_menu import grid
from desktop.core.planning.rich_menu.grid import (
    NotPossible,
    covers,
    edges,
    merge,
    move_edge,
    overlapping,
    split,
)
from desktop.core.planning.rich_menu.layouts import FREE, LAYOUTS
from desktop.core.planning.rich_menu.menu import MOST_AREAS, Rect, RichMenu
from tests.unit.core.planning.rich_menu.menus import menu

Deed = Callable[[RichMenu, int], RichMenu]


def divide(known: RichMenu, number: int) -> RichMenu:
    columns, rows = [(2, 1), (1, 2), (3, 1), (2, 2), (1, 3)][number % 5]
    return split(known, number % len(known.areas), columns, rows)


def join(known: RichMenu, number: int) -> RichMenu:
    index = number % len(known.areas)
    others = [one for one in range(len(known.areas)) if one != index and grid.can_merge(known, {index, one})]
    return merge(known, {index, others[number % len(others)]}) if others else known


def push(known: RichMenu, number: int) -> RichMenu:
    lines = edges(known)
    return move_edge(known, lines[number % len(lines)], number * 37 % 2600) if lines else known


def push_line(known: RichMenu, number: int) -> RichMenu:
    lines = edges(known)
    if not lines:
        return known
    return move_edge(known, grid.whole_line(known, lines[number % len(lines)]), number * 41 % 2600)


def swap(known: RichMenu, number: int) -> RichMenu:
    return grid.exchanged(known, number % len(known.areas), number // 7 % len(known.areas))


DEEDS: tuple[Deed, ...] = (divide, join, push, push_line, swap)
STORIES = st.tuples(
    st.sampled_from(list(LAYOUTS)),
    st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 2000)), max_size=25),
)


def told(story: tuple[str, list[tuple[Deed, int]]]) -> RichMenu:
    known = menu(story[0])
    for deed, number in story[1]:
        try:
            known = deed(known, number)
        except NotPossible:
            continue
    return known


@given(STORIES)
def test_a_covered_menu_stays_covered_by_at_most_twenty(story: tuple[str, list[tuple[Deed, int]]]) -> None:
    after = told(story)
    assert covers([area.rect for area in after.areas], after.size)
    assert 1 <= len(after.areas) <= MOST_AREAS
    assert all(min(area.rect.width, area.rect.height) >= grid.SMALLEST for area in after.areas)


@given(STORIES, st.integers(0, 19), st.sampled_from([(2, 1), (1, 2), (3, 2)]))
def test_joining_what_was_divided_gives_the_menu_back(
    story: tuple[str, list[tuple[Deed, int]]], index: int, parts: tuple[int, int]
) -> None:
    before = replace(told(story), layout=FREE)
    index %= len(before.areas)
    try:
        divided = split(before, index, *parts)
    except NotPossible:
        return
    new = range(index, index + parts[0] * parts[1])
    assert len(divided.areas) == len(before.areas) + len(new) - 1
    assert merge(divided, set(new)) == before


@given(STORIES, st.integers(0, 40), st.integers(-500, 3000), st.booleans())
def test_an_edge_moved_there_and_back_gives_the_menu_back(
    story: tuple[str, list[tuple[Deed, int]]], which: int, to: int, whole: bool
) -> None:
    before = replace(told(story), layout=FREE)
    lines = edges(before)
    if not lines:
        return
    edge = lines[which % len(lines)]
    edge = grid.whole_line(before, edge) if whole else edge
    low, high = grid.room(before, edge)
    after = move_edge(before, edge, to)
    moved = replace(edge, at=min(max(to, low), high))
    assert move_edge(after, moved, edge.at) == before


@given(STORIES)
def test_every_area_but_the_outermost_has_its_edges(story: tuple[str, list[tuple[Deed, int]]]) -> None:
    known = told(story)
    lines = edges(known)
    for at, area in enumerate(known.areas):
        ends = {
            (True, area.rect.x): 0,
            (True, area.rect.right): known.size.width,
            (False, area.rect.y): 0,
            (False, area.rect.bottom): known.size.height,
        }
        for (vertical, where), border in ends.items():
            if where in (0, border):
                continue
            beside = [one for one in lines if (one.vertical, one.at) == (vertical, where)]
            assert any(at in (*one.before, *one.after) for one in beside)


@given(
    STORIES,
    st.lists(
        st.tuples(
            st.integers(0, 30), st.builds(Rect, *[st.integers(-300, 2600)] * 2, *[st.integers(0, 2600)] * 2)
        ),
        max_size=12,
    ),
)
def test_free_areas_never_lie_over_each_other(
    story: tuple[str, list[tuple[Deed, int]]], moves: list[tuple[int, Rect]]
) -> None:
    known = told(story)
    for number, rect in moves:
        try:
            if number % 3 == 0 and len(known.areas) > 1:
                known = grid.removed(known, number % len(known.areas))
            elif number % 3 == 1:
                known = grid.added(known, rect)
            else:
                known = grid.placed(known, number % len(known.areas), rect)
        except NotPossible:
            continue
        assert not overlapping(area.rect for area in known.areas)
        assert all(
            area.rect.x >= 0 and area.rect.right <= known.size.width and area.rect.bottom <= known.size.height
            for area in known.areas
        )
    assert len(known.areas) <= MOST_AREAS


def test_what_cannot_be_done_says_why() -> None:
    many = menu("large_1")
    while len(many.areas) < 16:
        widest = max(
            range(len(many.areas)), key=lambda at: many.areas[at].rect.width * many.areas[at].rect.height
        )
        many = split(many, widest, 2, 2)
    cases = {
        "rich_menu.grid.too_many": lambda: split(many, 0, 3, 2),
        "rich_menu.grid.too_small": lambda: split(menu("large_9"), 0, 9, 1),
        "rich_menu.grid.no_rectangle": lambda: merge(menu("large_6"), {0, 1, 3}),
        "rich_menu.grid.overlap": lambda: grid.placed(menu("large_6"), 0, Rect(600, 0, 800, 800)),
    }
    for key, deed in cases.items():
        with pytest.raises(NotPossible) as told_why:
            deed()
        assert told_why.value.text.key == key


def test_joined_areas_keep_the_first_and_can_join_across_rows() -> None:
    whole = merge(menu("large_6"), {0, 1, 3, 4})
    assert whole.areas[0].title == "綁定會員"
    assert whole.areas[0].rect == Rect(0, 0, 1667, 1686)
    assert [area.title for area in whole.areas] == ["綁定會員", "門市資訊", "真人客服"]
    joinable = [one for one in range(6) if grid.can_merge(menu("large_6"), {1, one})]
    assert joinable == [0, 2, 4]


def test_a_whole_line_moves_both_rows() -> None:
    known = menu("large_6")
    edge = edges(known)[0]
    assert (edge.vertical, edge.at, edge.start, edge.stop) == (True, 833, 0, 843)
    line = grid.whole_line(known, edge)
    assert (line.start, line.stop, line.before, line.after) == (0, 1686, (0, 3), (1, 4))
    moved = move_edge(known, line, 700)
    assert {moved.areas[0].rect.right, moved.areas[3].rect.right} == {700}


def test_values_snap_to_other_areas_before_the_grid() -> None:
    known = menu("large_6")
    assert grid.snapped(known, 860, vertical=True) == 833
    assert grid.snapped(known, 1240, vertical=True) == 1250
    assert grid.snapped(known, 1350, vertical=True) == 1350
    moved = move_edge(known, edges(known)[0], 815)
    assert grid.snapped(moved, 800, vertical=True) == 815
    assert grid.snapped(moved, 800, vertical=True, without={0, 1, 3, 4}) == 833
