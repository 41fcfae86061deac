"""What the tests of the greeting page share."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop.ui import i18n, theme
from tests.ui.line_shop import line, practice_desk, practice_path, practice_window

__all__ = ["dressed", "line", "practice_desk", "practice_path", "practice_window"]


@pytest.fixture
def dressed(qapp: QApplication) -> None:
    """The look of the window, for widgets that stand alone."""
    i18n.use("zh_TW")
    theme.apply(qapp, theme="light", scale=100, language="zh_TW")
