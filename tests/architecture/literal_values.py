"""What an expression of the program can be, as far as its source tells: texts and numbers are followed through conditions,
loops over constants, assignments, and the arguments that the program's own functions are given."""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import product
from pathlib import Path

from tests.architecture.source_files import modules, named, tree

ANYTHING = "{}"
"""Stands in a pattern for what the source does not tell."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
_Comprehension = ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp
_Scope = Function | _Comprehension | ast.Lambda | ast.Module
_DEEPEST = 6
_UNKNOWN = ast.Constant(None)

# What only hands texts on, and what never shows one.
_LEFT_OUT = ("desktop/core/message.py", "desktop/text.py", "desktop/simulator/")


@dataclass(eq=False)
class Source:
    """One module: its nodes, and for each node the node around it."""

    path: Path
    nodes: list[ast.AST] = field(default_factory=list)
    around: dict[ast.AST, ast.AST] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.nodes.append(tree(self.path))
        for node in self.nodes:
            for child in ast.iter_child_nodes(node):
                if not isinstance(child, ast.expr_context | ast.operator | ast.cmpop):
                    self.around[child] = node
                    self.nodes.append(child)

    @cached_property
    def calls(self) -> dict[str, list[ast.Call]]:
        """All calls, by the name of what is called; `partial(f, …)` counts as a call of f."""
        found: dict[str, list[ast.Call]] = {}
        for node in self.nodes:
            if isinstance(node, ast.Call):
                found.setdefault(called(node), []).append(node)
                if called(node) == "partial":
                    later = ast.copy_location(ast.Call(node.args[0], node.args[1:], node.keywords), node)
                    found.setdefault(called(later), []).append(later)
        return found

    @cached_property
    def constants(self) -> dict[str, ast.expr]:
        """The module's constants, by name."""
        found = {}
        for node in tree(self.path).body:
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            value = getattr(node, "value", None)
            names = [target.id for target in targets if isinstance(target, ast.Name)]
            found |= {name: value for name in names if isinstance(value, ast.expr)}
        return found

    @cached_property
    def imported(self) -> dict[str, tuple[str, str]]:
        """Name → the module of ours it comes from, and its name there."""
        return {
            one.asname or one.name: (node.module, one.name)
            for node in self.nodes
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("desktop")
            for one in node.names
        }

    @cached_property
    def bindings(self) -> dict[ast.AST, list[tuple[ast.expr, ast.expr, bool]]]:
        """Function or comprehension → what is assigned in it: target, value, and whether it is a loop over the value."""
        found: dict[ast.AST, list[tuple[ast.expr, ast.expr, bool]]] = {}
        for node in self.nodes:
            if isinstance(node, ast.For | ast.comprehension):
                held = [(node.target, node.iter, True)]
            elif isinstance(node, ast.Assign):
                held = [(target, node.value, False) for target in node.targets]
            elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
                held = [(node.target, node.value, False)]
            else:
                continue
            found.setdefault(next(self.scopes_of(node)), []).extend(held)
        return found

    def scopes_of(self, node: ast.AST) -> Iterator[_Scope]:
        """The functions, comprehensions and the module that a node stands in, the nearest first."""
        while node in self.around:
            node = self.around[node]
            if isinstance(node, _Scope):
                yield node

    def where(self, node: ast.expr) -> str:
        """File and line."""
        return f"{named(self.path)}:{node.lineno}"


Arguments = Mapping[str, tuple[ast.expr, Source]]
"""What one call gives: parameter → the expression, and the module it stands in."""


@cache
def sources() -> tuple[Source, ...]:
    """Every module of the program that may show a text."""
    # A million small objects that all stay: looking for garbage among them takes twice as long as making them.
    collects = gc.isenabled()
    gc.disable()
    try:
        return tuple(Source(path) for path in modules("desktop") if not named(path).startswith(_LEFT_OUT))
    finally:
        gc.freeze()
        if collects:
            gc.enable()


@cache
def _by_module() -> dict[str, Source]:
    return {named(source.path).removesuffix(".py").replace("/", "."): source for source in sources()}


@cache
def _functions() -> dict[str, int]:
    """How many functions have a name."""
    found: dict[str, int] = {}
    for source in sources():
        for node in source.nodes:
            if isinstance(node, Function):
                found[node.name] = found.get(node.name, 0) + 1
    return found


def called(call: ast.Call) -> str:
    """The name of the function, method or class that is called."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def argument(call: ast.Call, place: int, name: str = "") -> ast.expr | None:
    """What a call gives at a place or by a name."""
    for word in call.keywords:
        if name and word.arg == name:
            return word.value
    if place < len(call.args) and not any(isinstance(one, ast.Starred) for one in call.args[: place + 1]):
        return call.args[place]
    return None


def constant(name: str, source: Source) -> tuple[ast.expr, Source] | None:
    """The value of a module's constant, its own or an imported one."""
    if name in source.constants:
        return source.constants[name], source
    module, name_there = source.imported.get(name, ("", ""))
    origin = _by_module().get(module) or _by_module().get(f"{module}.__init__")
    return constant(name_there, origin) if origin is not None and origin is not source else None


def callers(function: Function, source: Source) -> Iterator[tuple[ast.Call, Source]]:
    """The calls of a function: in its own module, and elsewhere if no other function has its name."""
    outer = source.around[function]
    makes = isinstance(outer, ast.ClassDef) and function.name == "__init__"
    name = outer.name if makes and isinstance(outer, ast.ClassDef) else function.name
    for one in sources() if makes or _functions().get(name) == 1 else (source,):
        yield from ((call, one) for call in one.calls.get(name, ()))


def arguments(function: Function, call: ast.Call, source: Source) -> Arguments:
    """What a call of a function gives for its parameters."""
    given = {}
    for place, name in enumerate(_parameters(function)):
        found = argument(call, place, name)
        if found is not None:
            given[name] = (found, source)
    return given


def values(node: ast.expr, source: Source, given: Arguments | None = None, depth: int = _DEEPEST) -> set[str]:
    """The texts an expression can be, as patterns.

    Args:
        node: the expression.
        source: the module it stands in.
        given: the arguments of the call to look at; None = of all calls.
        depth: how many steps to follow it.
    """
    if isinstance(node, ast.Constant):
        return {str(node.value)} if isinstance(node.value, str | int) else {ANYTHING}
    if isinstance(node, ast.FormattedValue):
        return values(node.value, source, given, depth)
    if isinstance(node, ast.IfExp):
        return values(node.body, source, given, depth) | values(node.orelse, source, given, depth)
    if isinstance(node, ast.JoinedStr):
        parts = [sorted(values(part, source, given, depth)) for part in node.values]
        return {"".join(one) for one in product(*parts)}
    if depth and isinstance(node, ast.Name):
        return _bound(node, source, given or {}, depth - 1) or {ANYTHING}
    if depth and isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
        table, origin = constant(node.value.id, source) or (None, source)
        if isinstance(table, ast.Dict):
            return {text for value in table.values for text in values(value, origin, None, depth - 1)}
    if depth and isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and node.func.attr == "format" and len(node.args) == 1:
            beginnings = values(node.func.value, source, given, depth - 1)
            ends = values(node.args[0], source, given, depth - 1)
            return {text.replace("{}", end) for text, end in product(beginnings, ends)}
        return returned(called(node), source, depth - 1) or {ANYTHING}
    return {ANYTHING}


def returned(function: str, source: Source, depth: int = _DEEPEST) -> set[str]:
    """What the only function of this name, in the module or imported into it, can return."""
    module, name = source.imported.get(function, ("", function))
    origin = _by_module().get(module, source)
    found = [node for node in origin.nodes if isinstance(node, Function) and node.name == name]
    returns = [node for node in ast.walk(found[0]) if isinstance(node, ast.Return)] if len(found) == 1 else []
    return {text for node in returns if node.value for text in values(node.value, origin, None, depth)}


def elements(node: ast.expr, source: Source, depth: int = _DEEPEST) -> Iterator[tuple[ast.expr, Source]]:
    """What a loop over an expression gives; for what the source does not tell, an expression that can be anything."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        for one in node.elts:
            yield from elements(one.value, source, depth) if isinstance(one, ast.Starred) else [(one, source)]
        return
    if isinstance(node, ast.Dict):
        yield from ((one or _UNKNOWN, source) for one in node.keys)
        return
    known = constant(node.id, source) if isinstance(node, ast.Name) and depth else None
    if known is not None:
        yield from elements(*known, depth - 1)
    elif isinstance(node, ast.Call) and node.args and called(node) in ("frozenset", "set", "tuple", "sorted"):
        yield from elements(node.args[0], source, depth)
    elif isinstance(node, ast.Call) and called(node) == "enumerate":
        for element, origin in elements(node.args[0], source, depth):
            yield ast.Tuple([_UNKNOWN, element]), origin
    elif isinstance(node, ast.Call) and called(node) == "range":
        ends = [_number(end, source, depth) for end in node.args]
        told = [end for end in ends if end is not None]
        yield from ((ast.Constant(n), source) for n in range(*told)) if told == ends else [(_UNKNOWN, source)]
    else:
        yield _UNKNOWN, source


def _bound(node: ast.Name, source: Source, given: Arguments, depth: int) -> set[str]:
    """What a name can stand for at its place."""
    for scope in source.scopes_of(node):
        if isinstance(scope, ast.Module):
            break
        found = {
            text
            for target, value, loop in source.bindings.get(scope, ())
            if any(isinstance(one, ast.Name) and one.id == node.id for one in ast.walk(target))
            for element, origin in (elements(value, source, depth) if loop else [(value, source)])
            for part in _part_for(node.id, target, element)
            for text in values(part, origin, given, depth)
        }
        if found:
            return found
        if isinstance(scope, Function) and node.id in _parameters(scope):
            if node.id in given:
                return values(*given[node.id], None, depth)
            calls = [arguments(scope, call, caller) for call, caller in callers(scope, source)]
            return {text for one in calls if node.id in one for text in values(*one[node.id], None, depth)}
    known = constant(node.id, source)
    return values(*known, None, depth) if known is not None else set()


def _part_for(name: str, target: ast.expr, value: ast.expr) -> Iterator[ast.expr]:
    """The part of a value that an assignment gives to a name."""
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    elif isinstance(target, ast.Tuple):
        parts = value.elts if isinstance(value, ast.Tuple) else [_UNKNOWN] * len(target.elts)
        for part, held in zip(target.elts, parts, strict=False):
            yield from _part_for(name, part, held)


def _number(node: ast.expr, source: Source, depth: int) -> int | None:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _number(node.left, source, depth), _number(node.right, source, depth)
        return None if left is None or right is None else left + right
    (text, *others) = values(node, source, None, max(0, depth - 1))
    return int(text) if text.isdigit() and not others else None


def _parameters(function: Function) -> list[str]:
    """The names of a function's parameters, without self."""
    names = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    return [*names[names[:1] in (["self"], ["cls"]) :], *(one.arg for one in function.args.kwonlyargs)]
