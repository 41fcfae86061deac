"""What each of the developer's commands needs, starts and passes on."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from devtools import commands, debian, environment, quality
from devtools.console import Console, StepFailed


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], ["demo"]),
        (["--json"], ["--json", "demo"]),
        (["--keep", "--json"], ["--json", "demo", "--keep"]),
        (["--shop", "a b.tagline", "--json"], ["--shop", "a b.tagline", "--json", "demo"]),
        (["--shop=x.tagline", "-v"], ["--shop=x.tagline", "demo", "-v"]),
        (["--shop"], ["--shop", "demo"]),
    ],
)
def test_the_demo_puts_global_options_before_the_command(given: list[str], expected: list[str]) -> None:
    assert commands.demo_arguments(given) == expected


@pytest.fixture
def small_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one main.py whose environment stands already, on a machine that lacks nothing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "prepare", lambda console: Path(sys.executable))
    monkeypatch.setattr(debian, "on_debian", lambda: False)
    return tmp_path


def write_main(project: Path, code: str) -> None:
    (project / "main.py").write_text(f"import os, sys\n{code}\n", encoding="utf-8")


def test_the_exit_code_of_the_program_is_passed_on(small_project: Path) -> None:
    write_main(small_project, "sys.exit(41 + len(sys.argv))")
    assert commands.main(["run", "--shop", "x"]) == 44


def test_a_program_ended_by_a_signal_fails(small_project: Path) -> None:
    write_main(small_project, "os.abort()")
    assert commands.main(["run"]) not in (0, 2)


def test_with_json_stdout_holds_nothing_but_the_answer(
    small_project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def prepare(console: Console) -> Path:
        console.step("Installing ...")
        return Path(sys.executable)

    monkeypatch.setattr(environment, "prepare", prepare)
    write_main(small_project, "print(sys.argv[1:])")
    assert commands.main(["demo", "--json"]) == 0
    assert capfd.readouterr() == ("['--json', 'demo']\n", "Installing ...\n")
    assert commands.main(["demo"]) == 0
    assert capfd.readouterr() == ("Installing ...\n['demo']\n", "")


def test_the_program_may_write_its_bytecode(
    small_project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    write_main(small_project, "print(sys.dont_write_bytecode, os.environ.get('PYTHONPATH'))")
    assert commands.main(["run"]) == 0
    assert capfd.readouterr().out == "False None\n"


def test_a_failed_step_is_one_sentence_and_what_to_do(
    small_project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def prepare(console: Console) -> Path:
        raise StepFailed("The disk is full.", "Make room.", output="log of the tool", exit_code=3)

    monkeypatch.setattr(environment, "prepare", prepare)
    assert commands.main(["bench"]) == 3
    assert capfd.readouterr() == ("", "  | log of the tool\nThe disk is full.\nMake room.\n")


def test_long_is_ours_and_the_rest_is_pytests(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []

    def run_all(python: Path, arguments: list[str], *, long: bool, console: Console) -> int:
        seen.append((arguments, long))
        return 5

    monkeypatch.setattr(quality, "run_all", run_all)
    assert commands.main(["test", "-k", "tags", "--long"]) == 5
    assert commands.main(["test"]) == 5
    assert seen == [(["-k", "tags"], True), ([], False)]


@pytest.mark.parametrize(
    ("command", "window", "screen"),
    [
        ("demo", False, False),
        ("run", True, False),
        ("test", True, True),
        ("screenshots", True, False),
        ("bench", True, False),
    ],
)
def test_a_command_asks_debian_only_for_what_it_needs(
    small_project: Path, monkeypatch: pytest.MonkeyPatch, command: str, window: bool, screen: bool
) -> None:
    installed: list[str] = []

    def lacking(package: str) -> list[str]:
        return [] if package in installed else [package]

    monkeypatch.setattr(debian, "on_debian", lambda: True)
    monkeypatch.setattr(debian, "missing_for_python", lambda: lacking("python3-venv"))
    monkeypatch.setattr(debian, "missing_for_window", lambda: lacking("libegl1"))
    monkeypatch.setattr(debian, "missing_for_virtual_screen", lambda: lacking("xvfb"))
    monkeypatch.setattr(debian, "install", lambda packages, console: installed.extend(packages))
    monkeypatch.setattr(quality, "run_all", lambda *arguments, **options: 0)
    write_main(small_project, "")
    commands.main([command])
    assert installed == [*(["libegl1"] if window else []), "python3-venv", *(["xvfb"] if screen else [])]


def test_what_is_still_missing_after_apt_is_said(
    small_project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(debian, "on_debian", lambda: True)
    monkeypatch.setattr(debian, "missing_for_python", lambda: ["python3.12-venv"])
    monkeypatch.setattr(debian, "install", lambda packages, console: None)
    assert commands.main(["demo"]) == 3
    assert "python3.12-venv" in capfd.readouterr().err


def test_ctrl_c_while_preparing_ends_without_a_traceback(
    small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepare(console: Console) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "prepare", prepare)
    assert commands.main(["run"]) == 130
