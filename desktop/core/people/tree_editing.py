"""Editing a condition as a tree: every part has a path, and each function gives the whole tree anew with one thing changed.
What comes out is always a tree that the query text can say, so builder and text never part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from desktop.core.people.condition import EVERYBODY, And, Condition, Not, Op, Or, Term, simplified

Path: TypeAlias = tuple[int, ...]
"""The way to a part: the index in each group from the root on; the part of a negation has index 0; the root is ()."""

Group: TypeAlias = type[And] | type[Or]


@dataclass(frozen=True, slots=True)
class Edited:
    """The tree after a change, and where in it the part concerned now stands; None where it is gone."""

    condition: Condition
    path: Path | None = ()


def valid(condition: Condition) -> Condition:
    """The same people in the one shape that text, tree and builder share: no group within a group of its own kind, none of one
    part, none without parts but the root for everybody. ``parse(to_text(valid(c))) == valid(c)``."""
    shape = simplified(condition)
    return shape if shape == EVERYBODY else simplified(_without_empty(shape))


def at(condition: Condition, path: Path) -> Condition:
    """The part a path leads to.

    Raises:
        IndexError: if it leads nowhere.
    """
    for index in path:
        condition = _parts(condition)[_checked(condition, index)]
    return condition


def paths(condition: Condition) -> tuple[Path, ...]:
    """The paths of all parts, each group before its parts."""
    found: list[Path] = [()]
    for index, part in enumerate(_parts(condition)):
        found.extend((index, *path) for path in paths(part))
    return tuple(found)


def replaced(condition: Condition, path: Path, part: Condition) -> Edited:
    """Another part in the place of one."""
    if not path:
        return Edited(valid(part))
    return _settled(_with(condition, path, _without_empty(part)), path)


def inserted(condition: Condition, path: Path, part: Condition, kind: Group = And) -> Edited:
    """A new part before the one at ``path`` (or behind the last).

    Args:
        condition: the tree.
        path: the place it gets; what ``path[:-1]`` leads to takes it in. The root's () means: as one more thing that must hold.
        part: what to insert; everybody is nothing to insert.
        kind: where what takes it in is no group, it becomes one of this kind: a row dropped on a row is ``inserted(tree,
            (*row, 1), other, Or)``.

    Raises:
        IndexError: if ``path[:-1]`` leads nowhere.
    """
    if part == EVERYBODY:
        return Edited(valid(condition), None)
    if not path:
        root = condition if isinstance(condition, And) else And((condition,))
        return _settled(And((*root.parts, _without_empty(part))), (len(root.parts),))
    return _settled(*_inserted(condition, path, _without_empty(part), kind))


def removed(condition: Condition, path: Path) -> Edited:
    """The tree without a part; a negation or group that is left empty goes with it. Without the root: everybody."""
    return Edited(_settled(_removed(condition, path), None).condition, None)


def moved(condition: Condition, source: Path, target: Path, kind: Group = And) -> Edited:
    """A part taken from its place and put to another: what a drag does.

    Args:
        condition: the tree.
        source: the part.
        target: the place in the tree as it is before the move, as for :func:`inserted`. Inside the part itself: nothing happens.
        kind: as for :func:`inserted`.
    """
    part = at(condition, source)
    if not source or target[: len(source)] == source:
        return Edited(valid(condition), source)
    if not target:
        target = (len(condition.parts) if isinstance(condition, And) else 1,)
    with_both, place = _inserted(condition, target, part, kind)
    old = _behind_insertion(condition, source, target)
    return _settled(_removed(with_both, old, keep_empty=True), _behind_removal(place, old))


def grouped(condition: Condition, chosen: Sequence[Path], kind: Group) -> Edited:
    """Parts that stand beside each other in one group, put into a group of their own where the first of them stands.

    Args:
        condition: the tree.
        chosen: the paths of one or more parts of the same group. One alone stays as it is.
        kind: And or Or.

    Raises:
        ValueError: if they are not parts of one group.
    """
    parents = {path[:-1] for path in chosen}
    if len(parents) != 1 or () in chosen:
        raise ValueError("only parts of one group can be grouped")
    (parent,) = parents
    group = at(condition, parent)
    if not isinstance(group, And | Or):
        raise ValueError("only parts of one group can be grouped")
    indexes = sorted({_checked(group, path[-1]) for path in chosen})
    inner = kind(tuple(group.parts[index] for index in indexes))
    rest = [part for index, part in enumerate(group.parts) if index not in indexes]
    rest.insert(indexes[0], inner)
    return _settled(_with(condition, parent, type(group)(tuple(rest))), (*parent, indexes[0]))


def ungrouped(condition: Condition, path: Path) -> Edited:
    """A group's parts in its place, as parts of what is around it; a group that is negated gives its negation to each of them.
    The root stays as it is."""
    group = at(condition, path)
    if path and isinstance(at(condition, path[:-1]), Not):
        return ungrouped(condition, path[:-1])
    negation = isinstance(group, Not) and isinstance(group.part, And | Or)
    inner = group.part if isinstance(group, Not) and negation else group
    if not isinstance(inner, And | Or):
        return Edited(valid(condition), path)
    parts = tuple(Not(part) for part in inner.parts) if negation else inner.parts
    if not path:
        return _settled(And(parts), ()) if negation else Edited(valid(condition), path)
    parent = at(condition, path[:-1])
    assert isinstance(parent, And | Or)
    around = (*parent.parts[: path[-1]], *parts, *parent.parts[path[-1] + 1 :])
    return _settled(_with(condition, path[:-1], type(parent)(around)), path)


def negated(condition: Condition, path: Path) -> Edited:
    """A part turned round: who must be in must not be, and back."""
    part = at(condition, path)
    if path and isinstance(at(condition, path[:-1]), Not):
        return negated(condition, path[:-1])
    if isinstance(part, Not):
        return _settled(_with(condition, path, part.part), path)
    return _settled(_with(condition, path, Not(_without_empty(part))), path)


def with_kind(condition: Condition, path: Path, kind: Group) -> Edited:
    """A group of the other kind: "all of" made "one of", or back. What is no group stays."""
    group = at(condition, path)
    if not isinstance(group, And | Or) or not group.parts:
        return Edited(valid(condition), path)
    return _settled(_with(condition, path, kind(group.parts)), path)


def _parts(condition: Condition) -> tuple[Condition, ...]:
    if isinstance(condition, And | Or):
        return condition.parts
    return (condition.part,) if isinstance(condition, Not) else ()


def _checked(condition: Condition, index: int) -> int:
    if not 0 <= index < len(_parts(condition)):
        raise IndexError(f"no part {index}")
    return index


def _made(like: Condition, parts: Sequence[Condition]) -> Condition:
    """The same kind of node with other parts."""
    if isinstance(like, Not):
        return Not(parts[0]) if parts else And(())
    assert isinstance(like, And | Or)
    return type(like)(tuple(parts))


def _with(condition: Condition, path: Path, part: Condition) -> Condition:
    if not path:
        return part
    parts = list(_parts(condition))
    index = _checked(condition, path[0])
    parts[index] = _with(parts[index], path[1:], part)
    return _made(condition, parts)


def _inserted(condition: Condition, path: Path, part: Condition, kind: Group) -> tuple[Condition, Path]:
    around = at(condition, path[:-1])
    if not isinstance(around, And | Or):
        index = min(path[-1], 1)
        pair = (part, around) if index == 0 else (around, part)
        return _with(condition, path[:-1], kind(pair)), (*path[:-1], index)
    index = max(0, min(path[-1], len(around.parts)))
    parts = (*around.parts[:index], part, *around.parts[index:])
    return _with(condition, path[:-1], type(around)(parts)), (*path[:-1], index)


def _removed(condition: Condition, path: Path, *, keep_empty: bool = False) -> Condition:
    """Without the part at a path. ``keep_empty``: what is left empty stays for :func:`_settled`, so that no other path moves."""
    if not path:
        return EVERYBODY
    around = at(condition, path[:-1])
    parts = list(_parts(around))
    del parts[_checked(around, path[-1])]
    if not parts and not keep_empty:
        return _removed(condition, path[:-1])
    return _with(condition, path[:-1], _made(around, parts))


def _behind_insertion(condition: Condition, path: Path, target: Path) -> Path:
    """Where the part at ``path`` stands once something was inserted at ``target``."""
    depth = len(target) - 1
    if path[:depth] != target[:depth]:
        return path
    around = at(condition, target[:-1])
    if not isinstance(around, And | Or):
        # What stood there alone is now one of two.
        return (*path[:depth], 1 if target[-1] == 0 else 0, *path[depth:])
    if len(path) > depth and path[depth] >= target[depth]:
        return (*path[:depth], path[depth] + 1, *path[depth + 1 :])
    return path


def _behind_removal(path: Path, gone: Path) -> Path:
    depth = len(gone) - 1
    if path[:depth] == gone[:depth] and len(path) > depth and path[depth] > gone[depth]:
        return (*path[:depth], path[depth] - 1, *path[depth + 1 :])
    return path


def _without_empty(condition: Condition) -> Condition:
    """The same with words for its groups without parts: they mean everybody and nobody, and must not vanish."""
    if isinstance(condition, And | Or) and not condition.parts:
        return Term("id", Op.ANY if isinstance(condition, And) else Op.NONE)
    if isinstance(condition, And | Or | Not):
        return _made(condition, [_without_empty(part) for part in _parts(condition)])
    return condition


def _settled(condition: Condition, path: Path | None) -> Edited:
    """The tree in its valid shape, and where the part at ``path`` then stands. Groups left empty by a change go."""
    if condition == EVERYBODY:
        return Edited(EVERYBODY, path)
    found = _shaped(condition, path)
    return Edited(EVERYBODY, None) if found is None else Edited(*found)


def _shaped(condition: Condition, path: Path | None) -> tuple[Condition, Path | None] | None:
    if isinstance(condition, Not):
        inner = _shaped(condition.part, path[1:] if path else None)
        if inner is None:
            return None
        return Not(inner[0]), () if path == () else None if inner[1] is None else (0, *inner[1])
    if not isinstance(condition, And | Or):
        return condition, path
    kind = type(condition)
    parts: list[Condition] = []
    place: Path | None = () if path == () else None
    for index, part in enumerate(condition.parts):
        inside = path[1:] if path and path[0] == index else None
        shaped = _shaped(part, inside)
        if shaped is None:
            continue
        new, within = shaped
        if within is not None:
            # A group taken up by its like is to be found where its first part stands.
            merged = isinstance(new, kind)
            place = (len(parts) + (within[0] if merged and within else 0), *within[1 if merged else 0 :])
        parts.extend(new.parts if isinstance(new, kind) else (new,))
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0], None if place is None else place[1:]
    return kind(tuple(parts)), place
