"""A million rows stay within the memory they were promised, the worker's process included."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READ = """
import resource, sys
from desktop.importer.cleaning import data_rows
from desktop.importer.reader import open_source
from desktop.importer.understanding import understand
with open_source(sys.argv[1]) as source:
    rows = data_rows(source, understand(source))
    for _ in rows:
        pass
own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(rows.rows, own // 1024 + child // 1024)
"""
"""Prints how many data rows there are, and the most memory of both processes in MB. Its own is asked of the system by another
way: what getrusage tells includes the process that started it."""


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.skipif(sys.platform != "linux", reason="memory is told in other units elsewhere")
@pytest.mark.parametrize(("name", "most"), [("people.csv", 400), ("people.xlsx", 1_500)])
def test_a_million_rows(tmp_path: Path, name: str, most: int) -> None:
    from tests.bench.generate import COLUMNS, person_row
    from tests.bench.workbook import write

    path = tmp_path / name
    people = (person_row(number) for number in range(1_000_000))
    if name.endswith(".xlsx"):
        write(path, "會員", COLUMNS, people)
    else:
        with path.open("w", encoding="utf-8") as file:
            file.write(",".join(COLUMNS) + "\n")
            file.writelines(",".join(f'"{cell}"' for cell in row) + "\n" for row in people)
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    rows, megabytes = map(int, done.stdout.split())
    assert rows == 1_000_000
    assert megabytes <= most
