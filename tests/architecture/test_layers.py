"""The walls between the rooms hold: each import-linter contract of pyproject.toml finds the import it is there to find."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source_files import ROOT

ROOMS = (
    "app cli ui operations importer exporter line_api simulator store paths settings credentials log text core"
).split()

# What a careless line in one room would import, and the contract that has to say no.
TRESPASSES = [
    ("core", "desktop.store", "Rooms depend downwards only"),
    ("store", "desktop.operations", "Rooms depend downwards only"),
    ("operations", "desktop.ui", "Rooms depend downwards only"),
    ("importer", "desktop.exporter", "Rooms depend downwards only"),
    ("settings", "desktop.store", "Rooms depend downwards only"),
    ("paths", "desktop.settings", "Rooms depend downwards only"),
    ("store", "desktop.paths", "The store is told which file to open"),
    ("simulator", "desktop.store", "The simulator knows nothing but core"),
    ("simulator", "desktop.paths", "The simulator knows nothing but core"),
    ("cli", "desktop.ui", "The command line never touches the window"),
    ("operations", "PySide6.QtCore", "Only ui and app know Qt"),
    ("line_api", "qtawesome", "Only ui and app know Qt"),
    ("operations", "sqlcipher3", "Only store knows SQLite"),
    ("store", "sqlite3", "One SQLite library in the program"),
    ("line_api", "desktop.credentials", "Credentials are handed to line_api, never fetched by it"),
]


def broken_contracts(folder: Path, imports: dict[str, str], extra_room: str = "") -> str:
    """What import-linter prints, with our contracts, for a house of empty rooms where `imports` are made."""
    house = folder / "desktop"
    house.mkdir()
    (house / "__init__.py").touch()
    for room in [*ROOMS, *([extra_room] if extra_room else [])]:
        (house / room).mkdir()
        line = f"import {imports[room]}\n" if room in imports else ""
        (house / room / "__init__.py").write_text(line, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", command, "--config", str(ROOT / "pyproject.toml"), "--no-cache", "--no-logo"],
        cwd=folder,
        env={**environment, "PYTHONIOENCODING": "utf-8", "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    return "\n".join(line for line in done.stdout.splitlines() if line.rstrip().endswith("BROKEN"))


def test_an_empty_house_breaks_nothing(tmp_path: Path) -> None:
    assert broken_contracts(tmp_path, {}) == ""


def test_a_room_without_a_place_is_noticed(tmp_path: Path) -> None:
    assert "Rooms depend downwards only" in broken_contracts(tmp_path, {}, extra_room="attic")


@pytest.mark.parametrize(("room", "imported", "contract"), TRESPASSES)
def test_a_trespass_breaks_its_contract(tmp_path: Path, room: str, imported: str, contract: str) -> None:
    assert contract in broken_contracts(tmp_path, {room: imported})
