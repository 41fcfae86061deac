"""The project's own files, as the architecture tests read them."""

from __future__ import annotations

import ast
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_NOT_OURS = {".git", ".out", ".venv", "__pycache__", ".hypothesis"}


@dataclass(frozen=True)
class Definition:
    """A class or function: where it is, and its lines without its own docstring."""

    place: str
    lines: int


@cache
def own_files() -> tuple[Path, ...]:
    """Every file that git tracks, or, where there is no git, every file outside the generated folders."""
    if shutil.which("git") is not None and (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
        )
        names = [name for name in listed.stdout.decode("utf-8").split("\0") if name]
        return tuple(path for name in names if (path := ROOT / name).is_file())
    return tuple(
        path
        for path in sorted(ROOT.rglob("*"))
        if path.is_file() and not _NOT_OURS.intersection(path.relative_to(ROOT).parts)
    )


def modules(*rooms: str) -> list[Path]:
    """The Python files of these top-level folders, tracked or about to be."""
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def expect_none(found: list[str]) -> None:
    """Fail with one line for each thing found that should not be there."""
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def named(path: Path) -> str:
    """A path as it is written in a message."""
    return path.relative_to(ROOT).as_posix()


def definitions(path: Path, kinds: tuple[type[ast.AST], ...]) -> list[Definition]:
    """All definitions of these kinds in a module, nested ones included."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and isinstance(
            node, kinds
        ):
            assert node.end_lineno is not None
            lines = node.end_lineno - node.lineno + 1 - _docstring_lines(node)
            found.append(Definition(f"{named(path)}:{node.lineno} {node.name}", lines))
    return found


def _docstring_lines(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is None or first.end_lineno is None:
        return 0
    return first.end_lineno - first.lineno + 1
