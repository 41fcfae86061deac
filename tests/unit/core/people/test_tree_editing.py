"""Editing a condition as a tree: whatever is done, what comes out can be said as text and read back the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop.core.people import tree_editing as editing
from desktop.core.people.condition import EVERYBODY, And, Condition, Not, Op, Or, Term, terms
from desktop.core.people.query_text import parse, to_text
from tests.unit.core.people.test_query_round_trip import conditions as any_conditions


def tag(name: str) -> Term:
    return Term("tag", Op.HAS, name)


A, B, C, D = map(tag, "ABCD")

small_terms = st.sampled_from([A, B, C, D])
trees: st.SearchStrategy[Condition] = st.recursive(
    small_terms,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, max_size=4).map(tuple)),
        st.builds(Or, st.lists(inner, max_size=4).map(tuple)),
    ),
    max_leaves=10,
).map(editing.valid)


def holds(condition: Condition, having: frozenset[str]) -> bool:
    """The tree as logic over the tags A to D."""
    match condition:
        case And(parts):
            return all(holds(part, having) for part in parts)
        case Or(parts):
            return any(holds(part, having) for part in parts)
        case Not(part):
            return not holds(part, having)
        case Term("id", Op.ANY):
            return True
        case Term("tag", _, value):
            return value in having
    return False


def a_path(tree: Condition, data: Any) -> editing.Path:
    path: editing.Path = data.draw(st.sampled_from(editing.paths(tree)))
    return path


def check(edited: editing.Edited) -> Condition:
    tree = edited.condition
    assert editing.valid(tree) == tree
    assert parse(to_text(tree)) == tree
    if edited.path is not None:
        editing.at(tree, edited.path)
    return tree


@given(any_conditions)
def test_a_valid_tree_is_what_its_text_says(condition: Condition) -> None:
    tree = editing.valid(condition)
    assert editing.valid(tree) == tree
    assert parse(to_text(tree), extra_columns=None) == tree
    assert to_text(tree) == to_text(editing.valid(parse(to_text(condition), extra_columns=None)))


@given(trees, st.frozensets(st.sampled_from("ABCD")))
def test_a_valid_tree_means_the_same_people(tree: Condition, having: frozenset[str]) -> None:
    assert holds(editing.valid(And((tree, tree))), having) == holds(tree, having)


@given(trees, st.data())
def test_every_path_leads_to_a_part(tree: Condition, data: Any) -> None:
    path = a_path(tree, data)
    part = editing.at(tree, path)
    assert check(editing.replaced(tree, path, part)) == tree
    with pytest.raises(IndexError):
        editing.at(tree, (*path, 99))


@given(trees, small_terms, st.data())
def test_a_part_put_in_place_of_another_is_found_there(tree: Condition, new: Term, data: Any) -> None:
    edited = editing.replaced(tree, a_path(tree, data), new)
    check(edited)
    assert edited.path is not None
    assert editing.at(edited.condition, edited.path) == new


@given(trees, st.data())
def test_a_group_put_in_place_of_a_part_is_found_where_it_begins(tree: Condition, data: Any) -> None:
    new = data.draw(trees.filter(lambda one: one != EVERYBODY))
    edited = editing.replaced(tree, a_path(tree, data), new)
    check(edited)
    assert edited.path is not None
    found = editing.at(edited.condition, edited.path)
    assert set(terms(new)) <= set(terms(found)) or found in getattr(new, "parts", ())


@given(trees, st.sampled_from([And, Or]), st.integers(0, 5), st.data())
def test_what_was_inserted_can_be_removed_again(tree: Condition, kind: Any, index: int, data: Any) -> None:
    new = tag("新")
    edited = editing.inserted(tree, (*a_path(tree, data), index), new, kind)
    check(edited)
    assert edited.path is not None
    assert editing.at(edited.condition, edited.path) == new
    assert check(editing.removed(edited.condition, edited.path)) == tree


@given(trees, st.data())
def test_one_more_thing_that_must_hold(tree: Condition, data: Any) -> None:
    edited = editing.inserted(tree, (), tag("新"))
    having = data.draw(st.frozensets(st.sampled_from("ABCD")))
    check(edited)
    assert edited.path is not None
    assert editing.at(edited.condition, edited.path) == tag("新")
    assert not holds(edited.condition, having)
    assert holds(edited.condition, having | {"新"}) == holds(tree, having)


@given(trees, st.data())
def test_removing_takes_nothing_but_the_part(tree: Condition, data: Any) -> None:
    path = a_path(tree, data)
    gone = list(terms(editing.at(tree, path)))
    rest = list(terms(check(editing.removed(tree, path))))
    if path:
        assert sorted(map(str, [*rest, *gone])) == sorted(map(str, terms(tree)))
    else:
        assert rest == []


@given(trees, st.sampled_from([And, Or]), st.integers(0, 5), st.data())
def test_a_drag_loses_and_doubles_nothing(tree: Condition, kind: Any, index: int, data: Any) -> None:
    source = a_path(tree, data)
    target = (*a_path(tree, data), index)
    part = editing.at(tree, source)
    edited = editing.moved(tree, source, target, kind)
    check(edited)
    assert sorted(map(str, terms(edited.condition))) == sorted(map(str, terms(tree)))
    assert edited.path is not None
    if not isinstance(part, And | Or):
        assert editing.at(edited.condition, edited.path) == part


@given(trees, st.sampled_from([And, Or]), st.data())
def test_grouping_and_ungrouping(tree: Condition, kind: Any, data: Any) -> None:
    groups = [path for path in editing.paths(tree) if isinstance(editing.at(tree, path), And | Or)]
    assume(tree != EVERYBODY and groups)
    parent = data.draw(st.sampled_from(groups))
    group = editing.at(tree, parent)
    assert isinstance(group, And | Or)
    other = Or if isinstance(group, And) else And
    chosen = data.draw(st.sets(st.integers(0, len(group.parts) - 1), min_size=2))
    edited = editing.grouped(tree, [(*parent, index) for index in chosen], kind)
    check(edited)
    assert edited.path is not None
    if kind is other and len(chosen) < len(group.parts):
        inner = editing.at(edited.condition, edited.path)
        assert isinstance(inner, kind)
        back = check(editing.ungrouped(edited.condition, edited.path))
        assert sorted(map(str, terms(back))) == sorted(map(str, terms(tree)))
    elif kind is not other:
        assert sorted(map(str, terms(edited.condition))) == sorted(map(str, terms(tree)))


@given(trees, st.data())
def test_a_part_turned_round_twice_is_itself(tree: Condition, data: Any) -> None:
    path = a_path(tree, data)
    assume(tree != EVERYBODY and not isinstance(editing.at(tree, path), Not))
    once = editing.negated(tree, path)
    check(once)
    if once.path is not None and not (path and isinstance(editing.at(tree, path[:-1]), Not)):
        assert check(editing.negated(once.condition, once.path)) == tree


@given(trees, st.frozensets(st.sampled_from("ABCD")))
def test_the_root_turned_round_holds_for_the_others(tree: Condition, having: frozenset[str]) -> None:
    assert holds(check(editing.negated(tree, ())), having) != holds(tree, having)


def test_a_drag_of_a_row_onto_a_row_makes_a_group_of_both() -> None:
    tree = And((A, B, C))
    assert editing.moved(tree, (2,), (0, 1), Or) == editing.Edited(And((Or((A, C)), B)), (0, 1))
    assert editing.moved(tree, (0,), (1, 1), Or) == editing.Edited(And((Or((B, A)), C)), (0, 1))


def test_a_drag_out_of_a_group_of_two_leaves_no_group() -> None:
    tree = And((A, Or((B, C))))
    assert editing.moved(tree, (1, 0), (0,)) == editing.Edited(And((B, A, C)), (0,))
    assert editing.moved(tree, (1, 0), (2,)) == editing.Edited(And((A, C, B)), (2,))
    assert editing.moved(tree, (0,), (1, 2)) == editing.Edited(Or((B, C, A)), (2,))


def test_a_drag_out_of_a_negation_takes_the_negation_along_or_leaves_it() -> None:
    tree = And((A, Not(B)))
    assert editing.moved(tree, (1,), (0,)).condition == And((Not(B), A))
    assert editing.moved(tree, (1, 0), (0,)).condition == And((B, A))


def test_a_part_is_not_dragged_into_itself() -> None:
    tree = And((A, Or((B, C))))
    assert editing.moved(tree, (1,), (1, 0)) == editing.Edited(tree, (1,))


def test_a_group_is_ungrouped_with_its_negation() -> None:
    assert editing.ungrouped(And((A, Not(Or((B, C))))), (1,)).condition == And((A, Not(B), Not(C)))
    assert editing.ungrouped(And((A, Or((B, C)))), (1,)).condition == And((A, B, C))
    assert editing.ungrouped(Or((A, B)), ()).condition == Or((A, B))


def test_all_of_becomes_one_of() -> None:
    assert editing.with_kind(And((A, Or((B, C)))), (), Or).condition == Or((A, B, C))
    assert editing.with_kind(And((A, B)), (), Or) == editing.Edited(Or((A, B)), ())
    assert editing.with_kind(A, (), Or) == editing.Edited(A, ())


def test_the_last_part_taken_away_leaves_everybody_and_never_nobody() -> None:
    assert editing.removed(A, ()).condition == EVERYBODY
    assert editing.removed(Not(A), (0,)).condition == EVERYBODY
    assert editing.inserted(EVERYBODY, (), A) == editing.Edited(A, ())
    assert editing.inserted(EVERYBODY, (0,), A) == editing.Edited(A, ())


def test_parts_of_different_groups_are_not_grouped() -> None:
    tree = And((A, Or((B, C))))
    with pytest.raises(ValueError, match="one group"):
        editing.grouped(tree, [(0,), (1, 0)], Or)
    with pytest.raises(ValueError, match="one group"):
        editing.grouped(Not(A), [(0,)], Or)
