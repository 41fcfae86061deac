"""The draft behind the builder: it holds whatever the query language can say, and no step by hand loses or doubles a line."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from desktop.core.people.condition import Condition, simplified
from desktop.core.people.query_text import parse, to_text
from desktop.core.people.sentences import Form, Sentence
from desktop.ui.audiences.builder import draft as drafts
from desktop.ui.audiences.builder.draft import Group, Line, Written, draft_of, find, meant, new_id, walk
from desktop.ui.audiences.builder.draft_history import DraftHistory
from tests.unit.core.people.test_query_round_trip import as_text_has_it, conditions

STEPS = ("up", "down", "into", "out", "move", "join", "turn", "dissolve")


def tree(query: str) -> Group:
    return draft_of(parse(query))


def said(draft: Group) -> str:
    return to_text(meant(draft))


def line_of(draft: Group, query: str) -> int:
    """The number of the line that says ``query`` by itself."""
    return next(node.id for node in walk(draft) if isinstance(node, Line) and to_text(meant(node)) == query)


@given(conditions)
def test_any_condition_becomes_a_draft_and_comes_back(condition: Condition) -> None:
    assert meant(draft_of(condition)) == simplified(condition)


@given(conditions)
def test_text_of_a_draft_is_read_as_the_same_draft(condition: Condition) -> None:
    draft = draft_of(condition)
    assert meant(draft_of(parse(to_text(meant(draft)), extra_columns=None))) == as_text_has_it(condition)


def leaves(draft: Group) -> Counter[int]:
    return Counter(node.id for node in walk(draft) if isinstance(node, Line))


def groups_without_parts(draft: Group) -> list[int]:
    return [
        node.id for node in walk(draft) if isinstance(node, Group) and not node.parts and node.id != draft.id
    ]


@given(conditions, st.data())
def test_no_step_loses_or_doubles_a_line(condition: Condition, data: st.DataObject) -> None:
    draft = draft_of(condition)
    history = DraftHistory(draft)
    seen = [draft]
    for _ in range(data.draw(st.integers(1, 6))):
        nodes = [node.id for node in walk(draft)]
        node, other = data.draw(st.sampled_from(nodes)), data.draw(st.sampled_from(nodes))
        before = leaves(draft)
        draft = step(data.draw(st.sampled_from(STEPS)), draft, node, other, data)
        assert leaves(draft) == before
        assert groups_without_parts(draft) == []
        assert len({n.id for n in walk(draft)}) == len(list(walk(draft)))
        if draft != history.now:
            history.put(draft)
            seen.append(draft)
    for expected in reversed(seen[:-1]):
        assert history.undo() == expected
    assert not history.can_undo
    for expected in seen[1:]:
        assert history.redo() == expected


def step(name: str, draft: Group, node: int, other: int, data: st.DataObject) -> Group:
    if name == "move":
        group = find(draft, other)
        parts = group.parts if isinstance(group, Group) else ()
        return drafts.moved(draft, node, other, data.draw(st.integers(0, len(parts))))
    if name == "join":
        return drafts.joined(draft, node, other)
    run = {
        "up": lambda: drafts.stepped(draft, node, -1),
        "down": lambda: drafts.stepped(draft, node, 1),
        "into": lambda: drafts.sunk(draft, node),
        "out": lambda: drafts.lifted(draft, node),
        "turn": lambda: drafts.turned(draft, node),
        "dissolve": lambda: drafts.dissolved(draft, node),
    }
    return run[name]()


def test_a_line_walks_into_a_group_and_out_again() -> None:
    draft = tree("tag:a (orders:>=2 OR level:金) total:>5")
    line = line_of(draft, "tag:a")
    draft = drafts.stepped(draft, line, 1)
    assert said(draft) == "(tag:a OR orders:>=2 OR level:金) total:>5"
    draft = drafts.stepped(drafts.stepped(draft, line, 1), line, 1)
    assert said(draft) == "(orders:>=2 OR level:金 OR tag:a) total:>5"
    draft = drafts.stepped(draft, line, 1)
    assert said(draft) == "(orders:>=2 OR level:金) tag:a total:>5"
    draft = drafts.stepped(draft, line, 1)
    assert said(draft) == "(orders:>=2 OR level:金) total:>5 tag:a"
    assert drafts.stepped(draft, line, 1) == draft


def test_into_a_group_makes_one_where_there_is_none() -> None:
    draft = tree("tag:a orders:>=2")
    draft = drafts.sunk(draft, line_of(draft, "orders:>=2"))
    assert said(draft) == "tag:a OR orders:>=2"
    draft = drafts.lifted(draft, line_of(draft, "orders:>=2"))
    assert said(draft) == "tag:a orders:>=2"


def test_dropping_a_line_on_another_makes_a_group_of_the_other_kind() -> None:
    draft = tree("tag:a orders:>=2 total:>5")
    draft = drafts.joined(draft, line_of(draft, "total:>5"), line_of(draft, "tag:a"))
    assert said(draft) == "(tag:a OR total:>5) orders:>=2"
    inside = drafts.joined(draft, line_of(draft, "orders:>=2"), line_of(draft, "tag:a"))
    assert said(inside) == "tag:a orders:>=2 OR total:>5"


def test_a_group_does_not_go_into_itself() -> None:
    draft = tree("tag:a (orders:>=2 OR level:金)")
    group = next(node for node in walk(draft) if isinstance(node, Group) and node.any)
    assert drafts.moved(draft, group.id, group.id, 0) == draft
    assert drafts.joined(draft, group.id, line_of(draft, "level:金")) == draft


def test_removing_the_last_line_of_a_group_removes_the_group() -> None:
    draft = tree("tag:a (orders:>=2 OR (level:金 total:>5))")
    for query in ("level:金", "total:>5"):
        draft = drafts.removed(draft, line_of(draft, query))
    assert said(draft) == "tag:a orders:>=2"
    assert drafts.depth(draft) == 2
    draft = drafts.removed(draft, line_of(draft, "orders:>=2"))
    assert draft.parts == tree("tag:a").parts or said(draft) == "tag:a"
    assert drafts.depth(draft) == 1


def test_a_line_turned_asks_for_the_others() -> None:
    draft = tree("tag:a last_order:>60d")
    draft = drafts.turned(draft, line_of(draft, "tag:a"))
    draft = drafts.turned(draft, line_of(draft, "last_order:>60d"))
    assert said(draft) == "-tag:a -last_order:>60d"
    draft = drafts.turned(draft, line_of(draft, "-last_order:>60d"))
    assert said(draft) == "-tag:a last_order:>60d"


def test_a_group_turned_leaves_everybody_in_it_out() -> None:
    draft = tree("tag:a (orders:>=2 OR level:金)")
    group = next(node for node in walk(draft) if isinstance(node, Group) and node.any)
    assert said(drafts.turned(draft, group.id)) == "tag:a -(orders:>=2 OR level:金)"


def test_what_is_unfinished_leaves_nobody_out() -> None:
    blank, written = Line(new_id(), Sentence("tag", Form.ANY_OF)), Line(new_id(), Written(None))
    done = Line(new_id(), Sentence("tag", Form.ANY_OF, ("a",)))
    group = Group(new_id(), (blank, written), any=True, negated=True)
    assert said(Group(new_id(), (group, done, blank))) == "tag:a"
    assert said(Group(new_id(), (blank, done, written), any=True)) == "tag:a"


def test_typing_in_one_field_is_one_step() -> None:
    draft = tree("")
    history = DraftHistory(draft)
    line = Line(new_id(), Sentence("orders", Form.AT_LEAST))
    with_line = drafts.inserted(draft, draft.id, 0, line)
    history.put(with_line)
    for number in (1, 12, 120):
        typed = Line(line.id, Sentence("orders", Form.AT_LEAST, (number,)))
        history.put(drafts.replaced(history.now, line.id, typed), typing=line.id)
    assert history.undo() == with_line
    assert history.undo() == draft
    assert said(history.redo()) == ""
    assert said(history.redo()) == "orders:>=120"
