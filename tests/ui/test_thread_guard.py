"""The guard against leftover threads sees Qt's threads once Python knows of them, and lets those go that have ended."""

from __future__ import annotations

import sys
import threading

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QApplication

from tests.guards import threads


class Worker(QThread):
    """Makes itself known to Python, as any log record does, and runs its event loop until it is told to quit."""

    def __init__(self) -> None:
        super().__init__()
        self.known = threading.Event()

    def run(self) -> None:
        threading.current_thread()
        self.known.set()
        self.exec()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists a process's threads as files")
def test_a_running_thread_of_qts_is_a_leftover_and_an_ended_one_is_not(qt_application: QApplication) -> None:
    before = threads.running()
    worker = Worker()
    worker.start()
    try:
        assert worker.known.wait(30)
        assert [name.startswith("a thread of Qt's") for name in threads.leftovers(before, patience=0.0)] == [
            True
        ]
    finally:
        while not worker.wait(10):
            worker.quit()
    assert threads.leftovers(before) == []
