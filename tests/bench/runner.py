"""Runs the variants of a case in turn (A B C A B C …), each in a fresh process, and takes the medians."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.bench.cases import Case
from tests.bench.sizes import ROOT

LONGEST_SECONDS = 1800


@dataclass
class Result:
    """Medians of one variant: seconds, CPU seconds, bytes; or why it was not measured."""

    wall: float = 0.0
    cpu: float = 0.0
    idle_bytes: int = 0
    peak_bytes: int = 0
    runs: int = 0
    missing: str = ""
    notes: dict[str, Any] = field(default_factory=dict)


@dataclass
class CaseResult:
    """One case at one size."""

    case: Case
    size: str
    variants: dict[str, Result]

    def ratio(self, above: str, below: str, measure: str = "wall") -> float | None:
        """How many times `above` is of `below`; None where one of them was not measured."""
        first, second = self.variants.get(above), self.variants.get(below)
        if first is None or second is None or first.missing or second.missing:
            return None
        divisor = getattr(second, measure)
        return getattr(first, measure) / divisor if divisor else None


def run_case(case: Case, size: str, rounds: int, say: Callable[[str], None]) -> CaseResult:
    """Measures every variant `rounds` times, alternating; a variant that is missing is asked once only."""
    for name in case.files:
        make_apart(name, size)
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in case.variants}
    missing: dict[str, str] = {
        name: f"only up to {limit}" for name, limit in case.only_up_to.items() if _larger(size, limit)
    }
    for round_number in range(rounds):
        for name, what in case.variants.items():
            if name in missing:
                continue
            say(f"{case.name} {size} {round_number + 1}/{rounds} {name}")
            answer = measure_apart(what, size)
            if "missing" in answer:
                missing[name] = answer["missing"]
            else:
                found[name].append(answer)
    variants = {
        name: Result(missing=missing[name]) if name in missing else _median(found[name]) for name in found
    }
    return CaseResult(case, size, variants)


def make_apart(name: str, size: str) -> None:
    """Makes a generated file in a process of its own, so that no measured process has the making in its memory.

    Where that fails the measured function meets the same failure and says it.
    """
    command = [sys.executable, "-X", "utf8", "-m", "tests.bench.generate", size, name]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=False)


def measure_apart(what: str, size: str) -> dict[str, Any]:
    """One measurement in a fresh process; a process that fails is a missing result, with the last line it said."""
    command = [sys.executable, "-X", "utf8", "-m", "tests.bench.measure", what, size]
    # As on an owner's computer the program's modules are compiled already, whatever the shell says.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, timeout=LONGEST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return {"missing": f"not done after {LONGEST_SECONDS} s"}
    lines = done.stdout.decode("utf-8", "replace").strip().splitlines()
    if done.returncode or not lines:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        return {"missing": f"failed: {said[-1] if said else done.returncode}"}
    answer: dict[str, Any] = json.loads(lines[-1])
    return answer


def _median(answers: list[dict[str, Any]]) -> Result:
    def middle(key: str) -> float:
        return statistics.median(answer[key] for answer in answers)

    return Result(
        middle("wall"),
        middle("cpu"),
        int(middle("idle_bytes")),
        int(middle("peak_bytes")),
        len(answers),
        notes=answers[-1]["notes"],
    )


def _larger(size: str, limit: str) -> bool:
    from tests.bench.sizes import SIZES

    return SIZES[size] > SIZES[limit]
