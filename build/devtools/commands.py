"""The five commands of build/dev.py: what each needs on the machine, and what it starts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from devtools import debian, environment, quality
from devtools.console import Console, StepFailed, exit_code_of

USAGE = """\
usage: python3 build/dev.py COMMAND

  demo [--json]              the whole way once, without a window: import, tag, audience, upload to the simulator
  run [ARGUMENTS]            start the program's window
  test [--long] [ARGUMENTS]  format, lint, types, layers and all tests; ARGUMENTS go to pytest
  screenshots [ARGUMENTS]    every page in light and dark and in all languages, into .out/screenshots
  bench [ARGUMENTS]          the ratios of the performance goals
"""

_WRONG_USAGE = 2
_INTERRUPTED = 130


def main(arguments: Sequence[str]) -> int:
    """Carry out one command and return the exit code: the child's own, 2 for wrong usage, 3 if a person must act."""
    if not arguments or arguments[0] in ("-h", "--help"):
        print(USAGE, end="", file=sys.stdout if arguments else sys.stderr)
        return 0 if arguments else _WRONG_USAGE
    command, *rest = arguments
    if command not in _COMMANDS:
        print(f"There is no command {command!r}.\n\n{USAGE}", end="", file=sys.stderr)
        return _WRONG_USAGE
    # With --json, stdout belongs to the one object that the program prints.
    console = Console(sys.stderr if command == "demo" and "--json" in rest else sys.stdout)
    os.chdir(environment.ROOT)
    try:
        return _COMMANDS[command](list(rest), console)
    except StepFailed as error:
        console.failed(error)
        return error.exit_code
    except KeyboardInterrupt:
        return _INTERRUPTED


def demo_arguments(given: Sequence[str]) -> list[str]:
    """The program's command line for `demo`: --json and --shop stand before the command, the rest after it."""
    before: list[str] = []
    after: list[str] = []
    parts = iter(given)
    for part in parts:
        if part == "--shop":
            before += [part, *([value] if (value := next(parts, None)) is not None else [])]
        elif part == "--json" or part.startswith("--shop="):
            before.append(part)
        else:
            after.append(part)
    return [*before, "demo", *after]


def _demo(arguments: list[str], console: Console) -> int:
    python = _ready(console, debian.missing_for_python)
    return _start([str(python), "main.py", *demo_arguments(arguments)])


def _run(arguments: list[str], console: Console) -> int:
    python = _ready(console, debian.missing_for_python, debian.missing_for_window)
    return _start([str(python), "main.py", *arguments])


def _test(arguments: list[str], console: Console) -> int:
    long = "--long" in arguments
    pytest_arguments = [part for part in arguments if part != "--long"]
    python = _ready(
        console, debian.missing_for_python, debian.missing_for_window, debian.missing_for_virtual_screen
    )
    return quality.run_all(python, pytest_arguments, long=long, console=console)


def _screenshots(arguments: list[str], console: Console) -> int:
    python = _ready(console, debian.missing_for_python, debian.missing_for_window)
    return _start([str(python), str(Path("build") / "screenshots.py"), *arguments], screen="offscreen")


def _bench(arguments: list[str], console: Console) -> int:
    python = _ready(console, debian.missing_for_python, debian.missing_for_window)
    return _start([str(python), "-m", "tests.bench", *arguments], screen="offscreen")


_COMMANDS: dict[str, Callable[[list[str], Console], int]] = {
    "demo": _demo,
    "run": _run,
    "test": _test,
    "screenshots": _screenshots,
    "bench": _bench,
}


def _ready(console: Console, *needs: Callable[[], list[str]]) -> Path:
    """Bring the machine and .venv to what a command needs, and return the Python of .venv."""
    if debian.on_debian():
        missing = sorted({package for need in needs for package in need()})
        if missing:
            debian.install(missing, console)
            _refuse_if_still_missing(needs)
    return environment.prepare(console)


def _refuse_if_still_missing(needs: Sequence[Callable[[], list[str]]]) -> None:
    missing = sorted({package for need in needs for package in need()})
    if missing:
        raise StepFailed(
            f"apt installed the system packages, but these cannot be used yet: {' '.join(missing)}.",
            "If this Python is not the system's own, use /usr/bin/python3; otherwise install them by hand.",
            exit_code=3,
        )


def _start(command: list[str], screen: str | None = None) -> int:
    """Run a program in the foreground with our own input and output, and return its exit code."""
    variables = environment.clean_environment(os.environ)
    if screen is not None:
        variables.setdefault("QT_QPA_PLATFORM", screen)
    sys.stdout.flush()
    with subprocess.Popen(command, cwd=environment.ROOT, env=variables) as process:
        while True:
            try:
                return exit_code_of(process.wait())
            except KeyboardInterrupt:
                # The same Ctrl+C reached the program; it decides how to end, and we pass its answer on.
                continue
