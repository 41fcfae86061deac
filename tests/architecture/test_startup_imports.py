"""The window starts without the libraries that only jobs need, and the command line without Qt."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.architecture.source_files import ROOT

NEEDED_BY_JOBS_ONLY = (
    "pandas",
    "numpy",
    "openpyxl",
    "python_calamine",
    "requests",
    "sqlite_utils",
    "phonenumbers",
    "keyring",
    "qtawesome",
    "linebot",
)
QT = ("PySide6", "shiboken6", "qtpy", "qtawesome")


def loaded_after(code: str) -> set[str]:
    """The top-level modules in memory after a fresh Python ran this code as main.py would."""
    program = (
        f"{code}\nimport json, sys\nprint(json.dumps(sorted({{n.partition('.')[0] for n in sys.modules}})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture(scope="module")
def window_modules() -> set[str]:
    return loaded_after("import runpy; runpy.run_path('main.py'); import desktop.app, desktop.ui.main_window")


@pytest.fixture(scope="module")
def command_line_modules() -> set[str]:
    return loaded_after("import runpy; runpy.run_path('main.py'); import desktop.cli")


def test_the_window_is_really_there(window_modules: set[str]) -> None:
    assert {"PySide6", "desktop"} <= window_modules


@pytest.mark.parametrize("library", NEEDED_BY_JOBS_ONLY)
def test_the_window_starts_without(library: str, window_modules: set[str]) -> None:
    assert library not in window_modules


@pytest.mark.parametrize("library", QT)
def test_the_command_line_never_loads(library: str, command_line_modules: set[str]) -> None:
    assert library not in command_line_modules
