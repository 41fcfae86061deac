"""How the developer's commands speak: one line a step, one sentence for a failure and what to do about it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

OUTPUT_LINES_SHOWN = 25


class StepFailed(Exception):
    """A step could not be done: what happened, what to do, and the exit code for it."""

    def __init__(self, what_happened: str, what_to_do: str, *, output: str = "", exit_code: int = 1) -> None:
        super().__init__(what_happened)
        self.what_happened = what_happened
        self.what_to_do = what_to_do
        self.output = output
        self.exit_code = exit_code


class Console:
    """Prints the steps; where the answer belongs on stdout alone, the steps go to stderr."""

    def __init__(self, steps_to: TextIO | None = None) -> None:
        self._stream = sys.stdout if steps_to is None else steps_to

    def step(self, text: str) -> None:
        """Say what is being done now, as one line."""
        print(text, file=self._stream, flush=True)

    def failed(self, error: StepFailed) -> None:
        """Say on stderr what went wrong and what to do, the end of the tool's own output first."""
        lines = error.output.strip().splitlines()
        for line in lines[-OUTPUT_LINES_SHOWN:]:
            print(f"  | {line}", file=sys.stderr)
        print(error.what_happened, file=sys.stderr)
        print(error.what_to_do, file=sys.stderr, flush=True)


def run_quietly(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str],
    what_happened: str,
    what_to_do: str,
    cwd: Path | None = None,
) -> str:
    """Run a tool without showing its output and return what it printed on stdout.

    Raises StepFailed with the two sentences given and the tool's output if it ends with an error or cannot start.
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            env=dict(environment),
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise StepFailed(what_happened, what_to_do, output=str(error)) from error
    if done.returncode != 0:
        raise StepFailed(what_happened, what_to_do, output=done.stdout + done.stderr)
    return done.stdout


def exit_code_of(returncode: int) -> int:
    """The exit code to pass on for a child's return code; a child ended by signal n gives 128 + n as in a shell."""
    return returncode if returncode >= 0 else 128 - returncode
