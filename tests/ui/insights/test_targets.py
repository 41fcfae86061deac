"""Targets: a share and perhaps a day, kept, told beside the rate with what is missing, and what the break-down is sorted by."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.store.insights.targets import Target, all_targets
from desktop.ui.desk import Desk
from desktop.ui.insights.overview.targets import TargetQuestion, target_words
from desktop.ui.insights.page import InsightsPage
from desktop.ui.main_window import MainWindow
from tests.ui.insights.insights_window import shop_path
from tests.ui.shop_window import FakeDialogs, open_page, settle

__all__ = ["shop_path"]
REPEAT, NEW_FRIENDS = 3, "new_friend_binding"


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> InsightsPage:
    """The page, at rest."""
    return cast(InsightsPage, open_page(window, "insights", qtbot))


def choose(page: InsightsPage, row: int, text: str) -> None:
    """Choose from the menu of a step's rate."""
    menu = QMenu()
    page.funnel._fill_of_step(row, menu)
    next(action for action in menu.actions() if action.text() == text).trigger()


def answer(dialogs: FakeDialogs, percent: str, due: str = "") -> TargetQuestion:
    """Fill in the dialog and press 儲存."""
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, TargetQuestion)
    dialog.percent.setText(percent)
    dialog.due.setText(due)
    dialog.accept()
    return dialog


def test_a_target_with_a_day_is_kept_and_its_gap_told(
    page: InsightsPage, desk: Desk, window: MainWindow, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    choose(page, REPEAT, "設定目標")
    answer(dialogs, "75 %", "2099/12/31")
    settle(window, qtbot)
    assert all_targets(desk.jobs.page_reader) == {"repeat_purchase": Target(0.75, date(2099, 12, 31))}
    told = page.funnel.rows[REPEAT].rate.text()
    assert "目標 75%（2099/12/31 前）" in told
    assert "還差 20 位" in told
    choose(page, REPEAT, "取消目標")
    settle(window, qtbot)
    assert all_targets(desk.jobs.page_reader) == {}
    assert "目標" not in page.funnel.rows[REPEAT].rate.text()
    assert window.shell is not None
    window.shell.notices.press()
    settle(window, qtbot)
    assert all_targets(desk.jobs.page_reader) == {"repeat_purchase": Target(0.75, date(2099, 12, 31))}


@pytest.mark.parametrize(
    ("percent", "due", "wrong"),
    [
        ("130", "", "percent"),
        ("", "", "percent"),
        ("七成", "", "percent"),
        ("75", "明年", "due"),
        ("75", "2026/13/01", "due"),
    ],
)
def test_what_cannot_be_a_target_is_refused(
    page: InsightsPage, desk: Desk, dialogs: FakeDialogs, percent: str, due: str, wrong: str
) -> None:
    choose(page, REPEAT, "設定目標")
    dialog = answer(dialogs, percent, due)
    assert not dialog.result()
    assert (dialog.percent.property("wrong") or False) == (wrong == "percent")
    assert (dialog.due.property("wrong") or False) == (wrong == "due")
    assert dialog.wrong.text()
    assert all_targets(desk.jobs.page_reader) == {}


def test_a_day_that_has_passed_is_said() -> None:
    target = Target(0.75, date(2026, 1, 31))
    assert "已過" in target_words(target, 3, date(2026, 2, 1))
    assert "已過" not in target_words(target, 3, date(2026, 1, 31))
    assert "已過" not in target_words(target, 0, date(2026, 2, 1))


def test_the_break_down_is_by_the_target_once_there_is_one(
    page: InsightsPage, window: MainWindow, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    table = page.breakdown.table
    heads = [table.rows_model.headerData(at, table.horizontalHeader().orientation()) for at in range(5)]
    assert heads[-1] == "若追上平均"
    menu = QMenu()
    page.breakdown._fill(menu)
    menu.actions()[0].trigger()
    answer(dialogs, "90")
    settle(window, qtbot)
    heads = [table.rows_model.headerData(at, table.horizontalHeader().orientation()) for at in range(5)]
    assert heads[-1] == "若達目標"
    assert page.breakdown.found is not None
    gains = [row.to_target for row in page.breakdown.found.rows]
    assert [table.rows_model.index(at, 4).data() for at in range(3)] == [
        f"＋{gain} 位" if gain else "" for gain in gains
    ]
    assert "目標 90%" in page.breakdown.told.text()
    assert "目標 90%" in page.funnel.new_friends.text()


def test_every_card_of_the_overview_says_whom_it_counts(page: InsightsPage) -> None:
    assert "已綁定" in page.funnel.note.text()
    assert "買過的" in page.nasl.told.text()
    assert "新好友" in page.breakdown.told.text()
