"""Conditions that name tags, when a tag gets another name: the tree is rewritten, never the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from desktop.core.people.condition import And, Condition, Not, Or, Term, simplified, tag_names
from desktop.core.people.query_text import parse, to_text
from desktop.core.people.tag import tag_key


def names_a_tag(condition: Condition, key: str) -> bool:
    """Whether the condition asks for the tag of this key."""
    return any(tag_key(name) == key for name in tag_names(condition))


def with_tags_renamed(condition: Condition, names: Mapping[str, str]) -> Condition:
    """The condition with other tag names.

    Args:
        condition: any tree.
        names: key of a tag → the name it has now. Two tags that became one are asked for once.
    """
    return simplified(_renamed(condition, names))


def query_with_tags_renamed(query: str, names: Mapping[str, str]) -> str:
    """A query's text with other tag names; the very same text where it names none of them.

    Raises:
        QueryMistake: if the text cannot be read.
    """
    condition = parse(query, extra_columns=None)
    if not any(names_a_tag(condition, key) for key in names):
        return query
    return to_text(with_tags_renamed(condition, names))


def _renamed(condition: Condition, names: Mapping[str, str]) -> Condition:
    match condition:
        case And() | Or():
            parts = tuple(dict.fromkeys(_renamed(part, names) for part in condition.parts))
            return type(condition)(parts)
        case Not():
            return Not(_renamed(condition.part, names))
        case Term(field="tag", extra=False, value=str(name)):
            return replace(condition, value=names.get(tag_key(name), name))
        case _:
            return condition
