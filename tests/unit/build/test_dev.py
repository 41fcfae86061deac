"""build/dev.py as a newcomer meets it: started by a Python, with or without a right command."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DEV = ROOT / "build" / "dev.py"


def dev(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(DEV), *arguments], capture_output=True, encoding="utf-8", check=False
    )


def test_without_a_command_it_says_how_to_use_it() -> None:
    done = dev()
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("usage: python3 build/dev.py COMMAND")


def test_an_unknown_command_is_named() -> None:
    done = dev("demonstrate")
    assert done.returncode == 2
    assert done.stderr.startswith("There is no command 'demonstrate'.")


def test_help_names_every_command_on_stdout() -> None:
    done = dev("--help")
    assert done.returncode == 0
    for command in ("demo", "run", "test", "screenshots", "bench"):
        assert f"\n  {command} " in done.stdout


@pytest.mark.parametrize("version", [(3, 6), (3, 8), (3, 10)])
def test_an_old_python_can_read_the_first_file(version: tuple[int, int]) -> None:
    ast.parse(DEV.read_text(encoding="ascii"), feature_version=version)


@pytest.mark.parametrize(
    ("version", "accepted"),
    [((3, 10, 9), False), ((3, 11, 0), True), ((3, 14, 2), True), ((3, 15, 0), False)],
)
def test_a_python_that_does_not_fit_gets_a_plain_sentence(
    version: tuple[int, int, int], accepted: bool
) -> None:
    prepare = f"import runpy, sys; sys.path.insert(0, {str(DEV.parent)!r}); sys.version_info = {version}"
    code = f"{prepare}; runpy.run_path({str(DEV)!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    if accepted:
        assert (done.returncode, done.stderr) == (0, "")
    else:
        assert done.returncode == 3
        first, second = done.stderr.splitlines()
        assert first.startswith(
            f"Tagline needs Python 3.11, 3.12, 3.13 or 3.14; this is Python 3.{version[1]} ("
        )
        assert second.startswith("Install one from ")
