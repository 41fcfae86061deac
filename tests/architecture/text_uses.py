"""Which texts the program asks for: the keys given to `t`, `message`, `Message` and `Command`, and what in its source looks
like a key."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from tests.architecture.literal_values import (
    ANYTHING,
    Function,
    Source,
    argument,
    arguments,
    called,
    callers,
    elements,
    returned,
    sources,
    values,
)
from tests.architecture.source_files import ROOT

# Who is given the key of a text, and where.
_TELLERS = {"t": (0, "key"), "message": (0, "key"), "Message": (0, "key"), "Command": (1, "text")}


@dataclass(frozen=True)
class Use:
    """One place that asks for a text.

    Args:
        place: file and line.
        keys: the keys it can ask for, as patterns.
        params: the values it gives, or None where the source does not tell.
    """

    place: str
    keys: frozenset[str]
    params: frozenset[str] | None


@cache
def uses() -> tuple[Use, ...]:
    """Every place that asks for a text."""
    return tuple(
        use
        for source in sources()
        for teller, at in _TELLERS.items()
        for call in source.calls.get(teller, ())
        for use in _uses_by(call, argument(call, *at), source)
    )


def _uses_by(call: ast.Call, key: ast.expr | None, source: Source) -> Iterator[Use]:
    """The use that a call makes; one for each caller where the function hands its own `**params` on."""
    if key is None:
        return
    named = {word.arg for word in call.keywords if word.arg is not None}
    handed_on = [word.value for word in call.keywords if word.arg is None]
    function = next((one for one in source.scopes_of(call) if isinstance(one, Function)), None)
    own = function.args.kwarg.arg if function is not None and function.args.kwarg else ""
    if function is not None and any(isinstance(one, ast.Name) and one.id == own for one in handed_on):
        for caller, outer in callers(function, source):
            given = arguments(function, caller, outer)
            words = {word.arg or ANYTHING for word in caller.keywords} - set(given) | named
            params = None if ANYTHING in words else frozenset(words)
            yield Use(outer.where(caller), frozenset(values(key, source, given)), params)
        return
    found = _message_params(call) if called(call) == "Message" else frozenset(named)
    yield Use(source.where(call), frozenset(values(key, source)), None if handed_on else found)


def _message_params(call: ast.Call) -> frozenset[str] | None:
    found = argument(call, 1, "params")
    if found is None:
        return frozenset()
    names = {one.value if isinstance(one, ast.Constant) else None for one in getattr(found, "keys", [None])}
    return None if None in names else frozenset(str(name) for name in names)


def written(pattern: str) -> Iterator[tuple[str, str]]:
    """Every text in the program's source that matches, as (text, place), f-strings as patterns. The ids of commands and
    queries are left out: they look like keys."""
    wanted, not_keys = re.compile(pattern), _ids()
    for source in sources():
        for node in source.nodes:
            if not isinstance(node, ast.JoinedStr | ast.Constant) or _is_id(node, source):
                continue
            if isinstance(node, ast.Constant) and not wanted.fullmatch(str(node.value)):
                continue
            found = (text for text in values(node, source) if wanted.fullmatch(text) and text not in not_keys)
            yield from ((text, source.where(node)) for text in found)


@cache
def _ids() -> frozenset[str]:
    return frozenset(
        text
        for source in sources()
        for node in source.nodes
        if isinstance(node, ast.Constant | ast.JoinedStr | ast.Name) and _is_id(node, source)
        for text in values(node, source)
    )


def _is_id(node: ast.expr, source: Source) -> bool:
    """Whether it names a command or a query, or is a part of something larger."""
    outer = source.around[node]
    if isinstance(outer, ast.keyword):
        return outer.arg == "latest"
    if isinstance(outer, ast.JoinedStr):
        return True
    call = source.around[outer] if isinstance(outer, ast.Tuple) else outer
    if not isinstance(call, ast.Call):
        return False
    return called(call) == "startswith" or (called(call) == "Command" and call.args[:1] == [node])


def _rooms(room: str) -> list[Source]:
    return [source for source in sources() if source.path.is_relative_to(ROOT / "desktop" / room)]


def said_to(
    callee: str, place: int, name: str = "", *, room: str = "", when: Callable[[ast.Call], bool] | None = None
) -> set[str]:
    """The texts that calls of this function or class give at a place or by a name.

    Args:
        callee: its name.
        place: of the argument.
        name: of the argument.
        room: the folder or module to look in, as "ui/members"; everywhere if empty.
        when: which calls count; None = all.
    """
    given = [
        (argument(call, place, name), source)
        for source in _rooms(room)
        for call in source.calls.get(callee, ())
        if when is None or when(call)
    ]
    return {text for node, source in given if node is not None for text in values(node, source)} - {ANYTHING}


def given_as(name: str, *, room: str) -> set[str]:
    """The texts that calls give by this name, whatever they call."""
    words = [
        (word.value, source)
        for source in _rooms(room)
        for calls in source.calls.values()
        for call in calls
        for word in call.keywords
        if word.arg == name
    ]
    return {text for node, source in words for text in values(node, source)} - {ANYTHING}


def numbers_to(constant: str) -> set[str]:
    """1 to the number in the one constant of this name, as texts."""
    ((last,),) = [values(one.constants[constant], one) for one in sources() if constant in one.constants]
    return {str(number) for number in range(1, int(last) + 1)}


def listed(name: str, *, room: str = "") -> set[str]:
    """The texts in the one constant of this name: what a tuple or set holds, the keys of a dictionary."""
    ((constant, source),) = [(one.constants[name], one) for one in _rooms(room) if name in one.constants]
    found = elements(constant, source)
    return {text for element, origin in found for text in values(element, origin)} - {ANYTHING}


def returned_by(function: str, *, room: str) -> set[str]:
    """The texts that a function can return."""
    return {text for source in _rooms(room) for text in returned(function, source)} - {ANYTHING}


def paired_in(function: str, *, room: str) -> set[str]:
    """The texts that stand first in the pairs which a function makes."""
    return {
        str(pair.elts[0].value)
        for source in _rooms(room)
        for node in source.nodes
        if isinstance(node, ast.FunctionDef) and node.name == function
        for pair in ast.walk(node)
        if isinstance(pair, ast.Tuple) and len(pair.elts) == 2 and isinstance(pair.elts[0], ast.Constant)
    }


def added_in(room: str) -> set[str]:
    """The words that are put into a tuple alone or behind what another tuple holds, as `(*repairs, "full_width")`."""
    return {
        str(word.value)
        for source in _rooms(room)
        for node in source.nodes
        if isinstance(node, ast.Tuple)
        for word in node.elts
        if isinstance(word, ast.Constant) and str(word.value).isidentifier()
        if all(one is word or isinstance(one, ast.Starred) for one in node.elts)
    }


def members_of(enum: str) -> set[str]:
    """The values of a class of constants."""
    return {
        str(line.value.value)
        for source in sources()
        for node in source.nodes
        if isinstance(node, ast.ClassDef) and node.name == enum
        for line in node.body
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)
    }
