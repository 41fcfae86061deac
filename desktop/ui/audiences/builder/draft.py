"""A condition while it is being built: a tree of lines and groups that may be unfinished, and what can be done to it — put in,
take out, move, group, negate. No widget is known here; every function gives a new tree, so that undo is a list of trees."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from desktop.core.people.condition import EVERYBODY, And, Condition, Not, Op, Or, Term, simplified
from desktop.core.people.sentences import Form, Sentence, condition_of, is_complete, rows_of

new_id = itertools.count(1).__next__
"""Numbers of nodes; a node keeps its number through every change, so that its widget finds it again."""


@dataclass(frozen=True, slots=True)
class Written:
    """A part as query text; None: nothing has been written yet."""

    condition: Condition | None


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, or a part as query text.

    Args:
        id: its number.
        says: what it says.
        negated: everybody whom it does not match.
    """

    id: int
    says: Sentence | Written
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Lines and groups of which all must match, or (``any``) one is enough; ``negated`` turns that round."""

    id: int
    parts: tuple[Node, ...] = ()
    any: bool = False
    negated: bool = False


Node: TypeAlias = Line | Group

_OPPOSITE = {
    **{Form.ANY_OF: Form.NONE_OF, Form.NONE_OF: Form.ANY_OF},
    **{Form.CONTAINS: Form.LACKS, Form.LACKS: Form.CONTAINS},
    **{Form.IS: Form.IS_NOT, Form.IS_NOT: Form.IS},
}
"""Forms that say of themselves whom they do not match."""


# Between condition and draft


def draft_of(condition: Condition) -> Group:
    """The draft of any condition; ``meant(draft_of(c))`` is ``simplified(c)``."""
    shape = simplified(condition)
    if isinstance(shape, And):
        return Group(new_id(), _nodes(shape))
    if isinstance(shape, Or) and shape.parts and _sentence(shape) is None:
        return Group(new_id(), _nodes(shape), any=True)
    return Group(new_id(), (_node(shape),))


def meant(node: Node) -> Condition:
    """Whom the draft means; what is unfinished leaves nobody out."""
    return simplified(_meant(node) or EVERYBODY)


def says_something(node: Node) -> bool:
    """Whether a line or group is finished far enough to ask for somebody."""
    return _meant(node) is not None


def _meant(node: Node) -> Condition | None:
    if isinstance(node, Group):
        parts = tuple(part for part in map(_meant, node.parts) if part is not None)
        found: Condition | None = (Or if node.any else And)(parts) if parts else None
    elif isinstance(node.says, Written):
        found = node.says.condition
    else:
        found = condition_of([node.says]) if is_complete(node.says) else None
    return found if found is None or not node.negated else Not(found)


def _nodes(group: And | Or) -> tuple[Node, ...]:
    parts = _listed(group.parts) if isinstance(group, Or) else group.parts
    return tuple(_node(part) for part in parts)


def _listed(parts: tuple[Condition, ...]) -> Iterator[Condition]:
    """Values of one field that stand side by side among alternatives make one line."""
    for _, found in itertools.groupby(parts, key=_list_field):
        run = tuple(found)
        together = Or(run)
        if len(run) > 1 and _list_field(run[0]) is not None and _sentence(together) is not None:
            yield together
        else:
            yield from run


def _list_field(part: Condition) -> tuple[str, bool] | None:
    plain = isinstance(part, Term) and part.op is Op.HAS and isinstance(part.value, str)
    return (part.field, part.extra) if plain and isinstance(part, Term) else None


def _node(part: Condition) -> Node:
    sentence = _sentence(part)
    if sentence is not None:
        return Line(new_id(), sentence)
    if isinstance(part, Not):
        inner = _node(part.part)
        return Group(new_id(), (inner,), negated=True) if inner.negated else replace(inner, negated=True)
    if isinstance(part, And | Or) and part.parts:
        return Group(new_id(), _nodes(part), any=isinstance(part, Or))
    return Line(new_id(), Written(part))


def _sentence(part: Condition) -> Sentence | None:
    if isinstance(part, And):
        return None
    row = rows_of(part)[0]
    return row if isinstance(row, Sentence) else None


# Finding


def walk(node: Node) -> Iterator[Node]:
    """The node and everything in it, from top to bottom."""
    yield node
    if isinstance(node, Group):
        for part in node.parts:
            yield from walk(part)


def find(root: Group, node_id: int) -> Node | None:
    """The node of this number."""
    return next((node for node in walk(root) if node.id == node_id), None)


def place_of(root: Group, node_id: int) -> tuple[Group, int] | None:
    """The group a node is in, and its place there; None for the root and what is not in the tree."""
    for group in walk(root):
        if isinstance(group, Group):
            for at, part in enumerate(group.parts):
                if part.id == node_id:
                    return group, at
    return None


def depth(node: Node) -> int:
    """How many groups stand inside each other."""
    return 1 + max(map(depth, node.parts), default=0) if isinstance(node, Group) else 0


# Changing


def replaced(root: Group, node_id: int, new: Node) -> Group:
    """Another node in the place of one."""
    changed = _changed(root, node_id, (new,))
    return changed[0] if isinstance(changed[0], Group) else root


def removed(root: Group, node_id: int) -> Group:
    """Without a node; a group that becomes empty by it goes too."""
    place = place_of(root, node_id)
    if place is None:
        return root
    group, _ = place
    if len(group.parts) == 1 and group.id != root.id:
        return removed(root, group.id)
    return replaced(root, group.id, _without(group, node_id))


def inserted(root: Group, group_id: int, at: int, node: Node) -> Group:
    """With a node more, at a place of a group."""
    group = find(root, group_id)
    if not isinstance(group, Group):
        return root
    parts = list(group.parts)
    parts.insert(at, node)
    return replaced(root, group_id, replace(group, parts=tuple(parts)))


def moved(root: Group, node_id: int, group_id: int, at: int) -> Group:
    """With a node in another place; ``at`` counts the group's parts as they stand before. Into itself: nothing changes."""
    node, place = find(root, node_id), place_of(root, node_id)
    if node is None or place is None or any(inner.id == group_id for inner in walk(node)):
        return root
    if not isinstance(find(root, group_id), Group):
        return root
    group, old = place
    if group.id == group_id:
        parts = [part for part in group.parts if part.id != node_id]
        parts.insert(at - 1 if at > old else at, node)
        return replaced(root, group_id, replace(group, parts=tuple(parts)))
    return _tidy(inserted(replaced(root, group.id, _without(group, node_id)), group_id, at, node), group.id)


def joined(root: Group, node_id: int, with_id: int) -> Group:
    """Two nodes as a group of their own, in the place of ``with_id``; of the other kind than the group around it."""
    node, place, origin = find(root, node_id), place_of(root, with_id), place_of(root, node_id)
    if node is None or place is None or origin is None:
        return root
    if any(inner.id == with_id for inner in walk(node)) or origin[0].id == with_id:
        return root
    before = place[0].id == origin[0].id and origin[1] < place[1]
    left = replaced(root, origin[0].id, _without(origin[0], node_id))
    other = find(left, with_id)
    if other is None:
        return root
    made = Group(new_id(), (node, other) if before else (other, node), any=not place[0].any)
    return _tidy(replaced(left, with_id, made), origin[0].id)


def dissolved(root: Group, group_id: int) -> Group:
    """A group's parts in its place."""
    group = find(root, group_id)
    if not isinstance(group, Group) or group_id == root.id:
        return root
    changed = _changed(root, group_id, group.parts)[0]
    return changed if isinstance(changed, Group) else root


def turned(root: Group, node_id: int) -> Group:
    """A node that asks for the others: 不符合 put on, or taken off."""
    node = find(root, node_id)
    if node is None or node_id == root.id:
        return root
    return replaced(root, node_id, opposite(node))


def opposite(node: Node) -> Node:
    """The same node asking for everybody else."""
    if isinstance(node, Line) and isinstance(node.says, Sentence) and not node.negated:
        form = _OPPOSITE.get(node.says.form)
        if form is not None:
            return replace(node, says=replace(node.says, form=form))
    return replace(node, negated=not node.negated)


def copied(root: Group, node_id: int) -> Group:
    """A second one of a node behind it."""
    node, place = find(root, node_id), place_of(root, node_id)
    return root if node is None or place is None else inserted(root, place[0].id, place[1] + 1, _twin(node))


# With the keyboard: one step at a time


def stepped(root: Group, node_id: int, by: int) -> Group:
    """One place up (``by`` −1) or down (+1): past a line, into a group beside it at its near end, out of its own at its end."""
    place = place_of(root, node_id)
    if place is None:
        return root
    group, at = place
    beside = at + by
    if 0 <= beside < len(group.parts):
        other = group.parts[beside]
        if isinstance(other, Group) and isinstance(find(root, node_id), Line):
            return moved(root, node_id, other.id, len(other.parts) if by < 0 else 0)
        return moved(root, node_id, group.id, beside if by < 0 else beside + 1)
    return lifted(root, node_id, before=by < 0)


def lifted(root: Group, node_id: int, *, before: bool = False) -> Group:
    """Out of its group, to behind it (or before it)."""
    place = place_of(root, node_id)
    outer = place_of(root, place[0].id) if place is not None else None
    if outer is None:
        return root
    return moved(root, node_id, outer[0].id, outer[1] + (0 if before else 1))


def sunk(root: Group, node_id: int) -> Group:
    """Into a group: the one above it, else the one below it, else a new one with the line above (or below)."""
    place = place_of(root, node_id)
    if place is None:
        return root
    group, at = place
    above = group.parts[at - 1] if at else None
    below = group.parts[at + 1] if at + 1 < len(group.parts) else None
    if isinstance(above, Group):
        return moved(root, node_id, above.id, len(above.parts))
    if isinstance(below, Group):
        return moved(root, node_id, below.id, 0)
    beside = above or below
    return root if beside is None else joined(root, node_id, beside.id)


def _changed(node: Node, node_id: int, new: tuple[Node, ...]) -> tuple[Node, ...]:
    if node.id == node_id:
        return new
    if not isinstance(node, Group):
        return (node,)
    parts: Iterable[tuple[Node, ...]] = (_changed(part, node_id, new) for part in node.parts)
    flat = tuple(itertools.chain.from_iterable(parts))
    return (node,) if flat == node.parts else (replace(node, parts=flat),)


def _without(group: Group, node_id: int) -> Group:
    return replace(group, parts=tuple(part for part in group.parts if part.id != node_id))


def _tidy(root: Group, group_id: int) -> Group:
    """A group that something was taken out of goes when nothing is left in it."""
    group = find(root, group_id)
    empty = isinstance(group, Group) and not group.parts and group.id != root.id
    return removed(root, group_id) if empty else root


def _twin(node: Node) -> Node:
    if isinstance(node, Line):
        return replace(node, id=new_id())
    return replace(node, id=new_id(), parts=tuple(map(_twin, node.parts)))
