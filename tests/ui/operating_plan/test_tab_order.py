"""Tab walks the page in reading order, also through what came later: today's things before the tabs, a task in its column."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.core.planning.operating.board import Stage, Task
from desktop.operations.planning.operating import boards, entries
from desktop.store.database import Database
from desktop.ui.main_window import MainWindow
from desktop.ui.operating_plan.page import OperatingPlanPage
from tests.ui.operating_plan.plan_window import page, write

__all__ = ["page"]


def order(page: OperatingPlanPage) -> list[QWidget]:
    """All widgets of the page as Tab meets them."""
    found: list[QWidget] = []
    now = page.nextInFocusChain()
    while now is not None and now is not page:
        found.append(now)
        now = now.nextInFocusChain()
    return found


def test_tab_walks_in_reading_order(page: OperatingPlanPage, window: MainWindow, qtbot: QtBot) -> None:
    page.show_tab("board")
    write(
        page,
        window,
        qtbot,
        lambda db: boards.save_task(db, None, Task("甲", Stage.REVENUE, entries.today(db))),
    )
    write(page, window, qtbot, second)
    found = order(page)
    columns = page.board.columns
    cards = {card.task.task.title: card for card in page.board.cards()}
    wanted = [
        page.today.all,
        *(row.box for row in page.today.rows),
        page.tabs,
        columns[Stage.ACQUISITION].field,
        cards["乙"],
        columns[Stage.ACTIVATION].field,
        cards["甲"],
        columns[Stage.REVENUE].field,
    ]
    places = [found.index(each) for each in wanted]
    assert places == sorted(places)


def second(db: Database) -> object:
    """A task of a column further left."""
    return boards.save_task(db, None, Task("乙", Stage.ACTIVATION))
