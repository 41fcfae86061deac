"""Peak memory of this process and its children, asked of the operating system itself."""

from __future__ import annotations

import sys


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
