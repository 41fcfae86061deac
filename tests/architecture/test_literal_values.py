"""The reading of the program's source follows what the checks of the texts rely on, and admits what it cannot follow."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.literal_values import ANYTHING, Source, values

MODULE = """
WAYS = ("file", "paper")
STEPS = 3
NAMES = {1: "one", 2: "two"}

def _kind(row):
    return "done" if row else "open"

def show(state, row):
    ASKED

show("new", None)
partial(show, "old")
"""


def asked(body: str, folder: Path) -> set[str]:
    """What `t` is given in a module whose function holds these lines."""
    path = folder / "module.py"
    path.write_text(MODULE.replace("ASKED", body.replace("\n", "\n    ")), encoding="utf-8")
    source = Source(path)
    (call,) = source.calls["t"]
    assert isinstance(call, ast.Call)
    return values(call.args[0], source)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('t("a")', {"a"}),
        ('t("a" if row else "b")', {"a", "b"}),
        ('t(f"way.{state}")', {"way.new", "way.old"}),
        ('t(f"kind.{_kind(row)}")', {"kind.done", "kind.open"}),
        ('t(f"name.{NAMES[row]}")', {"name.one", "name.two"}),
        ('[t(f"way.{way}") for way in WAYS]', {"way.file", "way.paper"}),
        ('[t(f"way.{way}") for way in (*WAYS, "none")]', {"way.file", "way.paper", "way.none"}),
        ('for at, (way, icon) in enumerate((("a", 1), ("b", 2))):\n    t(f"way.{way}")', {"way.a", "way.b"}),
        ('for step in range(1, STEPS + 1):\n    t(f"step.{step}")', {"step.1", "step.2", "step.3"}),
        ('key = "a"\nkey = f"b.{state}"\nt(key)', {"a", "b.new", "b.old"}),
    ],
)
def test_what_the_source_tells_is_followed(body: str, told: set[str], tmp_path: Path) -> None:
    assert asked(body, tmp_path) == told


@pytest.mark.parametrize("gap", ["row", "row.kind", "other()", "missing", "NAMES.get(row)"])
def test_what_it_does_not_tell_is_not_guessed(gap: str, tmp_path: Path) -> None:
    assert asked(f't(f"kind.{{{gap}}}")', tmp_path) == {f"kind.{ANYTHING}"}


def test_one_unknown_part_makes_the_whole_unknown(tmp_path: Path) -> None:
    assert asked('[t(f"way.{way}") for way in (*WAYS, *row)]', tmp_path) == {
        "way.file",
        "way.paper",
        f"way.{ANYTHING}",
    }
