"""The operating plan's page on a shop of twelve, and what its tests ask of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from desktop.store.database import Database
from desktop.ui.main_window import MainWindow
from desktop.ui.operating_plan.page import OperatingPlanPage
from tests.ui.shop_window import open_page, settle

DAY = datetime.timedelta(days=1)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> OperatingPlanPage:
    """The page, at rest."""
    return cast(OperatingPlanPage, open_page(window, "operating_plan", qtbot))


def write(page: OperatingPlanPage, window: MainWindow, qtbot: QtBot, work: Callable[[Database], Any]) -> Any:
    """Change the plan behind the page's back, and wait until it shows that."""
    found: list[Any] = []
    page.acts.do(work, None, found.append)
    settle(window, qtbot)
    return found[0]


def shown_page(window: MainWindow) -> str:
    """The page shown now."""
    assert window.shell is not None
    assert window.shell.stack.current is not None
    return window.shell.stack.current.page_id
