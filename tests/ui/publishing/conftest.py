"""The fixtures of publishing."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from tests.ui.line_shop import line, practice_desk, practice_path, practice_window
from tests.ui.publishing.place import Place, make_place
from tests.ui.shop_window import FakeDialogs

__all__ = ["line", "place", "practice_desk", "practice_path", "practice_window"]


@pytest.fixture
def place(practice_window: MainWindow, practice_desk: Desk, dialogs: FakeDialogs, qtbot: QtBot) -> Place:
    """A page with what publishing puts into it."""
    return make_place(practice_window, practice_desk, dialogs, qtbot)
