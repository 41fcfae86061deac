"""`test`: every check runs whatever the others say, the seed is shown, and pytest's last line comes last."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import quality
from devtools.console import Console, exit_code_of
from devtools.quality import Check, Outcome


def test_our_arguments_come_first_and_the_seed_is_for_the_order() -> None:
    assert quality.suite_arguments(["-k", "tags"], long=False, cores=4, seed=7) == [
        "--randomly-seed=7",
        "-n",
        "2",
        "--dist=worksteal",
        "-k",
        "tags",
    ]


def test_a_seed_given_by_hand_repeats_the_order_and_a_long_runs_examples() -> None:
    assert quality.suite_arguments(["--randomly-seed=99"], long=False, cores=1, seed=7) == [
        "--randomly-seed=99"
    ]
    arguments = quality.suite_arguments(["--randomly-seed=99"], long=True, cores=1, seed=7)
    assert arguments[:1] + arguments[-1:] == ["--hypothesis-seed=99", "--randomly-seed=99"]


@pytest.mark.parametrize("given", [["-n0"], ["-n", "4"], ["--numprocesses=1"], ["--pdb"]])
def test_workers_chosen_by_hand_are_left_alone(given: list[str]) -> None:
    assert "--dist=worksteal" not in quality.suite_arguments(given, long=False, cores=8, seed=7)


def test_a_long_run_gives_each_test_more_time() -> None:
    assert "--timeout=1800" in quality.suite_arguments([], long=True, cores=1, seed=7)
    assert "--timeout=1800" not in quality.suite_arguments(["--timeout=5"], long=True, cores=1, seed=7)


def test_a_long_run_says_so_to_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAGLINE_LONG", "1")
    assert "TAGLINE_LONG" not in quality.test_environment(long=False)
    assert quality.test_environment(long=True)["TAGLINE_LONG"] == "1"
    assert quality.test_environment(long=False)["QT_QPA_PLATFORM"] == "offscreen"


@pytest.mark.parametrize(
    ("line", "summary"),
    [
        ("==== 12 passed, 1 skipped in 3.21s ====\n", "==== 12 passed, 1 skipped in 3.21s ===="),
        (
            "\x1b[31m\x1b[1m= 1 failed\x1b[0m, 3 passed in 61.00s (0:01:01) =\r\n",
            "= 1 failed, 3 passed in 61.00s (0:01:01) =",
        ),
        ("no tests ran in 0.01s\n", "no tests ran in 0.01s"),
        ("1 error in 0.30s", "1 error in 0.30s"),
        ("FAILED tests/test_a.py::test_b - assert 1 == 2\n", ""),
        ("......  [ 50%]\n", ""),
    ],
)
def test_pytests_closing_line_is_recognised(line: str, summary: str) -> None:
    assert quality.summary_in(line) == summary


def test_the_table_names_each_check() -> None:
    lines = quality.table(
        [Outcome("format", 0, 1.04), Outcome("tests", 1, 61.5, "1 failed, 2 passed in 60.1s")]
    )
    assert lines == [
        "",
        "check    result   seconds",
        "format   passed       1.0",
        "tests    FAILED      61.5  1 failed, 2 passed in 60.1s",
    ]


@pytest.mark.parametrize(("returncode", "passed_on"), [(0, 0), (1, 1), (5, 5), (-11, 139)])
def test_the_exit_code_of_a_killed_child_is_a_shells(returncode: int, passed_on: int) -> None:
    assert exit_code_of(returncode) == passed_on


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one passing and one failing check, and a test suite of one file."""

    def script(code: str) -> list[str]:
        return [sys.executable, "-c", code]

    steps = [
        Check("lint", "first", script("import sys; print('line 3 is long'); sys.exit(4)")),
        Check("types", "second", script("print('said nothing useful')")),
    ]
    monkeypatch.setattr(quality, "ROOT", tmp_path)
    monkeypatch.setattr(quality, "checks", lambda python: steps)
    (tmp_path / "test_one.py").write_text("def test_one():\n    assert True\n", encoding="utf-8")
    return tmp_path


def test_all_checks_run_and_one_failure_fails_the_whole(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    steps = io.StringIO()
    options = ["-n0", "-p", "no:cacheprovider"]
    assert quality.run_all(Path(sys.executable), options, long=False, console=Console(steps)) == 4
    printed = capfd.readouterr().out
    assert "line 3 is long" in printed
    assert "said nothing useful" not in printed
    lines = steps.getvalue().splitlines()
    assert lines[:2] == ["Checking lint (first) ...", "Checking types (second) ..."]
    assert [line.split()[:2] for line in lines[-4:-1]] == [
        ["lint", "FAILED"],
        ["types", "passed"],
        ["tests", "passed"],
    ]
    assert "1 passed in " in lines[-1]


def test_a_suite_that_fails_fails_the_whole(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "checks", lambda python: [])
    (project / "test_one.py").write_text("def test_one():\n    assert False\n", encoding="utf-8")
    steps = io.StringIO()
    options = ["-n0", "-p", "no:cacheprovider"]
    assert quality.run_all(Path(sys.executable), options, long=False, console=Console(steps)) == 1
    assert "1 failed in " in steps.getvalue().splitlines()[-1]


def test_the_real_checks_can_be_started() -> None:
    real = quality.checks(Path(sys.executable))
    assert [check.name for check in real] == ["format", "lint", "types", "layers"]
    for check in real:
        starting = [*check.command[:3], "--help"]
        done = subprocess.run(starting, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")
