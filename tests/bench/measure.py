"""One measurement in a process of its own: `python -m tests.bench.measure MODULE:FUNCTION SIZE` prints one JSON line.

The function prepares what it needs, then does its work inside `bench.measured()`; only that part counts. Wall time by
the monotonic clock, CPU time and peak memory of this process and its children by the operating system.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.generate import ready
from tests.bench.sizes import OUT, SIZES


class NotHereError(Exception):
    """The thing to be measured does not exist on this machine or not yet; the text says what is missing."""


@dataclass
class Bench:
    """What a measured function gets: the size, the generated files, a folder of its own, and the stop-watch."""

    size: str
    folder: Path
    wall: float = 0.0
    cpu: float = 0.0
    idle: int = 0
    peak: int = 0
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return SIZES[self.size]

    def data(self, name: str) -> Path:
        """A generated file of this size (see `generate.ready`); not to be changed."""
        return ready(self.size, name)

    def copy(self, name: str) -> Path:
        """A copy of a generated file that may be changed. It lies on the disk before anything is measured: the first fsync
        would otherwise write the whole copy."""
        copied = Path(shutil.copy(self.data(name), self.folder / name))
        with copied.open("rb+") as file:
            os.fsync(file.fileno())
        return copied

    @contextlib.contextmanager
    def measured(self) -> Iterator[None]:
        """Times the block. `idle` is the peak memory before it, so peak − idle is what the block added."""
        self.idle = peak_bytes()
        cpu, wall = _cpu(), time.perf_counter()
        try:
            yield
        finally:
            self.wall = time.perf_counter() - wall
            self.cpu = _cpu() - cpu
            self.peak = peak_bytes()

    def repeated(self, work: Callable[[], object], times: int) -> None:
        """Measures something short: the median of so many calls, after one that does not count."""
        work()
        walls = []
        with self.measured():
            for _ in range(times):
                start = time.perf_counter()
                work()
                walls.append(time.perf_counter() - start)
        self.wall, self.cpu = statistics.median(walls), self.cpu / times


def _cpu() -> float:
    """Seconds of CPU spent by this process and the children it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def peak_bytes() -> int:
    """The most memory this process has held so far, plus the most that any finished child of it held.

    On Windows children are not counted.
    """
    if sys.platform == "win32":
        return _peak_on_windows()
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + children) * unit


def _peak_on_windows() -> int:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = [("cb", wintypes.DWORD), ("faults", wintypes.DWORD)] + [
            (name, ctypes.c_size_t)
            for name in ("peak", "now", "paged_peak", "paged", "unpaged_peak", "unpaged", "file", "file_peak")
        ]

    counters = Counters()
    counters.cb = ctypes.sizeof(counters)
    process = ctypes.windll.kernel32.GetCurrentProcess()  # type: ignore[attr-defined]
    ctypes.windll.psapi.GetProcessMemoryInfo(process, ctypes.byref(counters), counters.cb)  # type: ignore[attr-defined]
    return int(counters.peak)


def run_here(what: str, size: str) -> dict[str, Any]:
    """Runs one measured function in this process.

    Args:
        what: "package.module:function"; the function takes a Bench.
        size: a key of SIZES.
    """
    module, _, function = what.partition(":")
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUT, prefix="run-", ignore_cleanup_errors=True) as folder:
        os.environ["TAGLINE_DATA_DIR"] = str(Path(folder) / "data")
        bench = Bench(size, Path(folder))
        try:
            getattr(importlib.import_module(module), function)(bench)
        except NotHereError as missing:
            return {"missing": str(missing)}
    return {
        "wall": bench.wall,
        "cpu": bench.cpu,
        "idle_bytes": bench.idle,
        "peak_bytes": bench.peak,
        "notes": bench.notes,
    }


if __name__ == "__main__":
    # The measured functions import this module by its name; its classes must be theirs, not those of __main__.
    from tests.bench import measure

    print(json.dumps(measure.run_here(sys.argv[1], sys.argv[2]), ensure_ascii=False))
