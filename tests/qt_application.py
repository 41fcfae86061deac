"""The one QApplication of the window's tests: no screen, the same style, font and caret on every machine.

A folder of tests that opens windows imports `qt_application` in its conftest.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtGui import QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

FONT_FAMILY = "Noto Sans CJK TC"
FONT_PIXELS = 13


@pytest.fixture(scope="session", autouse=True)
def qt_application(qapp: QApplication) -> QApplication:
    """The application, set up so that a window looks the same wherever the tests run."""
    qapp.setStyle("Fusion")
    font_file = resources.files("noto_cjk_sans_otc") / "NotoSansCJK-Regular.ttc"
    loaded = QFontDatabase.addApplicationFont(str(font_file))
    assert FONT_FAMILY in QFontDatabase.applicationFontFamilies(loaded)
    _one_look(qapp)
    return qapp


def _one_look(qapp: QApplication) -> None:
    """The look every test begins with, whatever theme the one before put on."""
    if qapp.styleSheet():
        qapp.setStyleSheet("")
    if qapp.palette() != qapp.style().standardPalette():
        qapp.setPalette(QPalette())
    font = QFont(FONT_FAMILY)
    font.setPixelSize(FONT_PIXELS)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if qapp.font() != font:
        qapp.setFont(font)
    # A caret that blinks makes two pictures of one window differ.
    qapp.setCursorFlashTime(0)


@pytest.fixture(autouse=True)
def _no_window_left(qt_application: QApplication) -> Iterator[None]:
    before = set(qt_application.topLevelWidgets())
    yield
    QThreadPool.globalInstance().waitForDone(5000)
    qt_application.sendPostedEvents()
    _one_look(qt_application)
    shown = [w for w in qt_application.topLevelWidgets() if w not in before and w.isVisible()]
    for window in shown:
        window.close()
    if shown:
        names = ", ".join(type(window).__name__ for window in shown)
        pytest.fail(f"windows still open after the test: {names}", pytrace=False)
