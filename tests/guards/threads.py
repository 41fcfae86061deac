"""Names the threads that a test left running: a leftover thread writes into the next test's shop."""

from __future__ import annotations

import threading
import time
from collections.abc import Collection
from pathlib import Path

# A timer that pytest-timeout starts around a test, where it cannot use a signal.
_NOT_OURS = ("pytest_timeout",)


def running() -> set[threading.Thread]:
    """The threads that run now."""
    return set(threading.enumerate())


def leftovers(before: Collection[threading.Thread], patience: float = 2.0) -> list[str]:
    """The names of threads that run now and did not before, after up to `patience` seconds for them to end.

    A thread that Qt made is seen once Python code in it has logged or asked for the current thread; it counts while
    the system still knows it. Idle threads of Qt's pool do not.
    """
    deadline = time.monotonic() + patience
    names = []
    for thread in sorted(running() - set(before), key=lambda thread: thread.name):
        if thread.name.startswith(_NOT_OURS):
            continue
        if isinstance(thread, threading._DummyThread):
            # Qt calls a thread finished a moment before the system has forgotten it.
            while (name := _foreign_thread_name(thread)) and time.monotonic() < deadline:
                time.sleep(0.005)
            if name:
                names.append(name)
            continue
        thread.join(max(0.0, deadline - time.monotonic()))
        if thread.is_alive():
            names.append(thread.name)
    return names


def _foreign_thread_name(thread: threading.Thread) -> str:
    """The system's name for a thread not started by Python; empty if it has ended, idles in Qt's pool or is unknown.

    Only Linux shows a process's threads as files; elsewhere such threads are left to Qt's own warning.
    """
    comm = Path(f"/proc/self/task/{thread.native_id}/comm")
    try:
        name = comm.read_text(encoding="utf-8").strip()
    except OSError:
        return ""
    return "" if name.startswith("Thread (pooled)") else f"a thread of Qt's ({name})"
