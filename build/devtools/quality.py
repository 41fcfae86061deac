"""`test`: format, lint, types, layers and the test suite, all of them even when one fails, and a table at the end."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from devtools.console import Console, exit_code_of
from devtools.environment import ROOT, clean_environment

# Seconds that one test may take: a test of the everyday suite, and one that --long lets run its full course.
LONG_TEST_SECONDS = 1800
_MOST_WORKERS = 2
# import-linter cannot be started with -m, and its command has another file name on Windows.
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_SUMMARY = re.compile(r"\b\d+ (passed|failed|errors?|skipped|deselected)\b.* in \d|no tests ran in \d")


@dataclass(frozen=True)
class Outcome:
    """How one check ended: its name, its exit code, its seconds, and a word about it."""

    name: str
    exit_code: int
    seconds: float
    note: str = ""


@dataclass(frozen=True)
class Check:
    """A check other than the test suite: its name, what it looks at in words, and its command."""

    name: str
    what: str
    command: Sequence[str]


def checks(python: Path) -> list[Check]:
    """The checks that come before the test suite."""
    module = [str(python), "-m"]
    return [
        Check(
            "format", "ruff format", [*module, "ruff", "format", "--check", "--output-format=concise", "."]
        ),
        Check("lint", "ruff check", [*module, "ruff", "check", "--quiet", "--output-format=concise", "."]),
        Check("types", "mypy, strict outside the window", [*module, "mypy"]),
        Check("layers", "import-linter", [str(python), "-c", _LINT_IMPORTS, "--no-logo"]),
    ]


def run_all(python: Path, pytest_arguments: Sequence[str], *, long: bool, console: Console) -> int:
    """Run every check and the test suite; 0 if all of them passed, else the first failing one's exit code."""
    environment = test_environment(long=long)
    outcomes = []
    for check in checks(python):
        console.step(f"Checking {check.name} ({check.what}) ...")
        outcomes.append(_run_check(check, environment))
    arguments = suite_arguments(pytest_arguments, long=long, cores=os.cpu_count() or 1, seed=_new_seed())
    console.step(f"Testing: pytest {' '.join(arguments)}")
    suite, summary = _run_suite([str(python), "-m", "pytest", *arguments], environment)
    outcomes.append(suite)
    for line in table(outcomes):
        console.step(line)
    if summary:
        console.step(summary)
    return next((outcome.exit_code for outcome in outcomes if outcome.exit_code != 0), 0)


def test_environment(*, long: bool) -> dict[str, str]:
    """The environment variables of the checks and tests: no screen needed, tracebacks at a crash."""
    environment = clean_environment(os.environ)
    environment["QT_QPA_PLATFORM"] = "offscreen"
    environment["PYTHONFAULTHANDLER"] = "1"
    # What we pass on is read by people and tools that expect UTF-8, also where a pipe's default is another.
    environment["PYTHONIOENCODING"] = "utf-8"
    environment.pop("TAGLINE_LONG", None)
    if long:
        environment["TAGLINE_LONG"] = "1"
    return environment


def suite_arguments(given: Sequence[str], *, long: bool, cores: int, seed: int) -> list[str]:
    """pytest's arguments: ours where the developer's own do not say otherwise, then the developer's.

    `seed` decides the order of the tests and, in a long run, the examples of property tests; it is shown, and given again
    with `--randomly-seed=N` it repeats a run.
    """
    arguments: list[str] = []
    own_seed = next((part.partition("=")[2] for part in given if part.startswith("--randomly-seed=")), "")
    if not own_seed:
        arguments.append(f"--randomly-seed={seed}")
    if long and not any(part.startswith("--hypothesis-seed") for part in given):
        arguments.append(f"--hypothesis-seed={own_seed or seed}")
    chooses_workers = any(part.startswith(("-n", "--numprocesses", "--pdb", "--trace")) for part in given)
    if cores >= _MOST_WORKERS and not chooses_workers:
        arguments += ["-n", str(_MOST_WORKERS), "--dist=worksteal"]
    if long and not any(part.startswith("--timeout") for part in given):
        arguments.append(f"--timeout={LONG_TEST_SECONDS}")
    return [*arguments, *given]


def table(outcomes: Sequence[Outcome]) -> list[str]:
    """The closing table, one line a check."""
    lines = ["", f"{'check':<8} {'result':<8} {'seconds':>7}"]
    for outcome in outcomes:
        result = "passed" if outcome.exit_code == 0 else "FAILED"
        lines.append(f"{outcome.name:<8} {result:<8} {outcome.seconds:7.1f}  {outcome.note}".rstrip())
    return lines


def summary_in(line: str) -> str:
    """pytest's closing line without colours if this is it, else an empty text."""
    plain = _COLOURS.sub("", line).strip()
    return plain if _SUMMARY.search(plain) else ""


def _new_seed() -> int:
    return random.SystemRandom().randrange(1, 2**32)


def _run_check(check: Check, environment: dict[str, str]) -> Outcome:
    start = time.monotonic()
    done = subprocess.run(
        list(check.command),
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode != 0:
        sys.stdout.buffer.write(done.stdout)
        sys.stdout.buffer.flush()
    return Outcome(check.name, exit_code_of(done.returncode), time.monotonic() - start)


def _run_suite(command: list[str], environment: dict[str, str]) -> tuple[Outcome, str]:
    start = time.monotonic()
    summary = ""
    sys.stdout.flush()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
            summary = summary_in(line.decode("utf-8", "replace")) or summary
    code = exit_code_of(process.returncode)
    return Outcome("tests", code, time.monotonic() - start, summary.strip("= ")), summary
