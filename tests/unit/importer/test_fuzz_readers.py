"""Thousands of broken files of every format: each is read or declined with a sentence. A death is allowed where the program
has a process of its own for it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.unit.importer.fuzzing import broken, materials, read_to_the_end

ROOT = Path(__file__).resolve().parents[3]
PARSED_APART = (".xlsx", ".xls", ".xlsb", ".ods", ".xml", ".zip")


def run(first: int, count: int, folder: Path) -> Counter[str]:
    """What became of the files of some seeds: read, declined, died."""
    ends: Counter[str] = Counter()
    at, last = first, first + count
    while at < last:
        child = subprocess.run(
            [sys.executable, "-m", "tests.unit.importer.fuzzing", str(at), str(last - at), str(folder)],
            cwd=ROOT, capture_output=True, text=True, timeout=50 + count, check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        lines = [line.split() for line in child.stdout.splitlines()]
        for kind, seed, *_ in lines:
            assert kind not in ("bug", "slow"), f"seed {seed}: {kind}\n{child.stderr[-3_000:]}"
            ends[kind] += kind != "begin"
        begun = [line for line in lines if line[0] == "begin"]
        if child.returncode == 0:
            break
        seed, name = int(begun[-1][1]), begun[-1][2]
        assert name.endswith(PARSED_APART), (
            f"seed {seed}: {name} took the reader with it\n{child.stderr[-3_000:]}"
        )
        ends["died"] += 1
        at = seed + 1
    ends.pop("begin", None)
    return ends


def test_a_slice(tmp_path: Path) -> None:
    ends = run(0, 90, tmp_path)
    assert ends["read"] > 20
    assert ends["declined"] > 20
    assert ends.total() == 90


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(10))
def test_thousands(tmp_path: Path, part: int) -> None:
    ends = run(10_000 * (part + 1), 600, tmp_path)
    assert ends.total() == 600
    assert ends["died"] < 40


def test_what_is_broken_was_whole(tmp_path: Path) -> None:
    for name, data in materials().items():
        path = tmp_path / name
        path.write_bytes(data)
        assert read_to_the_end(path, "p" if "locked" in name else None) == "", name


def test_every_format_is_broken() -> None:
    assert {broken(seed)[0] for seed in range(400)} == set(materials())
