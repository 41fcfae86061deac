"""Selecting rows is a value: clicks, Shift, Ctrl, "all that match except these"."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.people.condition import Op, Term
from desktop.core.people.selection import Selection
from desktop.ui.members.selecting.row_selection import RowSelection

REGULARS = Term("tag", Op.HAS, "熟客")


def over(*ids: int) -> RowSelection:
    selection = RowSelection()
    selection.set_list(array("q", ids), REGULARS)
    return selection


def test_a_click_selects_one_and_ctrl_adds_and_takes_away() -> None:
    rows = over(10, 20, 30, 40)
    rows.select_only(1)
    rows.toggle(3)
    assert rows.value() == Selection.of([20, 40])
    rows.toggle(1)
    assert rows.value() == Selection.of([40])
    assert rows.count == 1


def test_shift_selects_from_the_last_click_and_can_shrink_again() -> None:
    rows = over(*range(10))
    rows.select_only(2)
    rows.extend_to(6)
    assert rows.value().ids == {2, 3, 4, 5, 6}
    rows.extend_to(4)
    assert rows.value().ids == {2, 3, 4}
    rows.extend_to(0)
    assert rows.value().ids == {0, 1, 2}


def test_ctrl_shift_adds_a_range_to_what_was_selected() -> None:
    rows = over(*range(10))
    rows.select_only(0)
    rows.toggle(5)
    rows.extend_to(7, keep=True)
    assert rows.value().ids == {0, 5, 6, 7}
    rows.extend_to(6, keep=True)
    assert rows.value().ids == {0, 5, 6}


def test_all_that_match_is_a_condition_and_not_a_heap_of_ids() -> None:
    rows = over(*range(10))
    rows.select_all()
    rows.toggle(3)
    assert rows.value() == Selection.matching(REGULARS, frozenset({3}))
    assert rows.count == 9
    assert 3 not in rows
    assert 4 in rows
    assert rows.first_ids(4) == [0, 1, 2, 4]


def test_a_range_over_the_whole_list_is_all_that_match() -> None:
    rows = over(*range(10))
    rows.select_only(0)
    rows.extend_to(9)
    assert rows.value() == Selection.matching(REGULARS)


def test_a_range_taken_back_into_all_that_match() -> None:
    rows = over(*range(10))
    rows.select_all()
    for row in (2, 3, 4):
        rows.toggle(row)
    rows.set_anchor(3)
    rows.extend_to(4, keep=True)
    assert rows.value() == Selection.matching(REGULARS, frozenset({2}))


def test_sorting_anew_keeps_who_is_selected() -> None:
    rows = over(10, 20, 30)
    rows.select_only(0)
    rows.set_list(array("q", [30, 20, 10]), REGULARS)
    assert rows.value().ids == {10}
    assert list(rows.in_order()) == [10]


def test_once_the_list_is_outdated_all_means_those_who_are_shown() -> None:
    rows = over(10, 20, 30)
    rows.select_all()
    rows.toggle(1)
    rows.mark_outdated()
    assert rows.value() == Selection.of([10, 30])


def test_who_left_the_list_leaves_the_selection() -> None:
    rows = over(10, 20, 30)
    rows.select_only(0)
    rows.toggle(2)
    rows.keep_only(array("q", [20, 30]))
    assert rows.value() == Selection.of([30])


def test_people_in_the_lists_order() -> None:
    rows = over(30, 10, 20)
    rows.select_all()
    rows.toggle(1)
    assert list(rows.in_order()) == [30, 20]


ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("only"), st.integers(0, 19)),
        st.tuples(st.just("toggle"), st.integers(0, 19)),
        st.tuples(st.just("extend"), st.integers(0, 19)),
        st.tuples(st.just("keep"), st.integers(0, 19)),
        st.tuples(st.just("all"), st.just(0)),
        st.tuples(st.just("clear"), st.just(0)),
    ),
    max_size=12,
)


@given(ACTIONS)
def test_value_count_and_membership_always_agree(actions: list[tuple[str, int]]) -> None:
    rows = over(*range(100, 120))
    for action, row in actions:
        match action:
            case "only":
                rows.select_only(row)
            case "toggle":
                rows.toggle(row)
            case "extend":
                rows.extend_to(row)
            case "keep":
                rows.extend_to(row, keep=True)
            case "all":
                rows.select_all()
            case "clear":
                rows.clear()
    members = {person for person in rows.ids if person in rows}
    value = rows.value()
    meant = set(rows.ids) - value.without if value.ids is None else set(value.ids)
    assert meant == members
    assert rows.count == len(members)
    assert set(rows.in_order()) == members
    assert set(rows.first_ids(100)) == members
