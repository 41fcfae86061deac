"""The board: tasks are added, dragged and carried between the stages, ticked off and brought back."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.core.planning.operating.board import Stage, Task
from desktop.operations.history import undoing
from desktop.operations.planning.operating import boards
from desktop.store.database import Database
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.operating_plan.board.task_card import TaskCard
from desktop.ui.operating_plan.board.task_dialog import TaskDialog
from desktop.ui.operating_plan.page import OperatingPlanPage
from desktop.ui.widgets.chips import Badge
from tests.ui.operating_plan.plan_window import page, shown_page, write
from tests.ui.shop_window import FakeDialogs, settle

__all__ = ["page"]


def fill(db: Database) -> object:
    """Two tasks of revenue, one of retention."""
    boards.save_task(db, None, Task("首購優惠", Stage.REVENUE))
    boards.save_task(db, None, Task("主打商品", Stage.REVENUE))
    return boards.add_ready(db, "win_back")


@pytest.fixture
def board(page: OperatingPlanPage, window: MainWindow, qtbot: QtBot) -> OperatingPlanPage:
    """The page on its board with three tasks."""
    page.show_tab("board")
    write(page, window, qtbot, fill)
    return page


def tasks(desk: Desk) -> list[tuple[str, Stage]]:
    """All open tasks of the shop in their order."""
    return [
        (one.task.title, one.task.stage) for one in boards.all_tasks(desk.jobs.page_reader) if one.task.open
    ]


def card(page: OperatingPlanPage, title: str) -> TaskCard:
    """The card of a task."""
    return next(one for one in page.board.cards() if one.task.task.title == title)


def test_a_task_is_dragged_into_another_column_before_another(
    board: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    moved, other = card(board, "主打商品"), card(board, "叫醒沉睡客")
    end = other.mapToGlobal(QPoint(20, 4))
    QTest.mousePress(moved, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(60, 12))
    QTest.mouseMove(moved, QPoint(90, 40))
    QTest.mouseMove(moved, moved.mapFromGlobal(end))
    assert board.board.columns[Stage.RETENTION].place == 0
    QTest.mouseRelease(
        moved, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, moved.mapFromGlobal(end)
    )
    settle(window, qtbot)
    assert tasks(desk) == [
        ("首購優惠", Stage.REVENUE),
        ("主打商品", Stage.RETENTION),
        ("叫醒沉睡客", Stage.RETENTION),
    ]
    assert board.board.columns[Stage.RETENTION].place is None


def test_the_keys_carry_finish_and_delete(
    board: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(card(board, "主打商品"), Qt.Key.Key_Up, shift)
    settle(window, qtbot)
    assert [title for title, stage in tasks(desk) if stage is Stage.REVENUE] == ["主打商品", "首購優惠"]
    QTest.keyClick(card(board, "主打商品"), Qt.Key.Key_Left, shift)
    settle(window, qtbot)
    assert ("主打商品", Stage.ACTIVATION) in tasks(desk)
    assert card(board, "主打商品").hasFocus()
    QTest.keyClick(card(board, "主打商品"), Qt.Key.Key_Space)
    settle(window, qtbot)
    assert "主打商品" not in dict(tasks(desk))
    QTest.keyClick(card(board, "首購優惠"), Qt.Key.Key_Delete)
    settle(window, qtbot)
    assert [title for title, _ in tasks(desk)] == ["叫醒沉睡客"]
    write(board, window, qtbot, undoing.undo)
    assert "首購優惠" in dict(tasks(desk))


def test_a_typed_and_a_ready_task_are_added(
    board: OperatingPlanPage, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    column = board.board.columns[Stage.ACQUISITION]
    QTest.keyClicks(column.field, "Flyers")
    QTest.keyClick(column.field, Qt.Key.Key_Return)
    settle(window, qtbot)
    ready = next(one for one in column.ready_menu().actions() if one.text() == "寫好歡迎訊息")
    ready.trigger()
    settle(window, qtbot)
    assert [title for title, stage in tasks(desk) if stage is Stage.ACQUISITION] == ["Flyers", "寫好歡迎訊息"]
    assert "寫好歡迎訊息" not in [one.text() for one in column.ready_menu().actions()]


def test_a_task_is_written_in_full(
    board: OperatingPlanPage, desk: Desk, dialogs: FakeDialogs, window: MainWindow, qtbot: QtBot
) -> None:
    QTest.keyClick(card(board, "首購優惠"), Qt.Key.Key_Return)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, TaskDialog)
    dialog.due.setText("月底")
    dialog.accept()
    assert not dialog.result()
    dialog.due.setText("2026/12/31")
    dialog.repeat.set_value(30)
    dialog.accept()
    settle(window, qtbot)
    task = card(board, "首購優惠").task.task
    assert task.due is not None
    assert (task.due.isoformat(), task.repeat_days) == ("2026-12-31", 30)


def test_a_figure_opens_its_people(board: OperatingPlanPage, window: MainWindow, qtbot: QtBot) -> None:
    board.board.columns[Stage.ACQUISITION].people_asked.emit("tag:熟客")
    settle(window, qtbot)
    assert shown_page(window) == "members"


def test_a_date_is_not_cut_in_a_narrow_card(qtbot: QtBot) -> None:
    day = datetime.date(2026, 11, 29)
    narrow = TaskCard(boards.TaskNow(1, Task("首購優惠", Stage.REVENUE, day)), datetime.date(2026, 11, 22))
    qtbot.addWidget(narrow)
    (badge,) = narrow.findChildren(Badge)
    narrow.resize(narrow.box.width() + badge.sizeHint().width() + theme.px(16), 200)
    narrow.show()
    qtbot.waitExposed(narrow)
    assert badge.width() == badge.sizeHint().width()
