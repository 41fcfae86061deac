"""The limit for everything that opens a window: a PySide6 window with a label, until its first paint."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.bench.measure import Bench

PROGRAM = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, self, app.quit)
app = QApplication([])
window = Window()
window.setCentralWidget(QLabel("Tagline"))
window.resize(1280, 800)
window.show()
app.exec()
"""


def start(bench: Bench) -> None:
    """Import of Qt to the first paint, inside a running Python."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    code = compile(PROGRAM, "bare_window", "exec")
    with bench.measured():
        exec(code, {})


def whole_process(bench: Bench) -> None:
    """A new Python process from its start to its end right after the first paint."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with bench.measured():
        subprocess.run([sys.executable, "-c", PROGRAM], check=True)
