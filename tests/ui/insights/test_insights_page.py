"""The page of figures: its numbers are those of the shop, open the people behind them, and lead to something to do."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.operations.insights.questions import Questions
from desktop.ui.desk import Desk
from desktop.ui.insights.charts.funnel_bar import FunnelBar
from desktop.ui.insights.page import TABS, InsightsPage
from desktop.ui.main_window import MainWindow
from tests.ui.insights.insights_window import shop_path
from tests.ui.shop_window import FakeDialogs, open_page, settle

__all__ = ["shop_path"]


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> InsightsPage:
    """The page, at rest."""
    return cast(InsightsPage, open_page(window, "insights", qtbot))


def shown_page(window: MainWindow) -> str:
    """The page the window shows."""
    assert window.shell is not None
    current = window.shell.stack.current
    assert current is not None
    return current.page_id


def test_the_page_stands_in_the_menu_once_there_are_orders(window: MainWindow) -> None:
    assert window.shell is not None
    assert window.shell.navigation is not None
    assert window.shell.navigation.item("insights").isVisible()


def test_the_funnel_counts_the_shop(page: InsightsPage) -> None:
    bars = page.funnel.findChildren(FunnelBar)
    assert [bar.text() for bar in bars if bar.isVisible()] == ["120", "80", "80", "40"]
    assert page.funnel.found is not None
    repeat = page.funnel.found.rate("repeat_purchase")
    assert repeat is not None
    assert repeat.rate.value == 0.5


def test_a_bar_opens_its_people(page: InsightsPage, window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    bar = [bar for bar in page.funnel.findChildren(FunnelBar) if bar.isVisible()][1]
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton)
    settle(window, qtbot)
    assert shown_page(window) == "members"


def test_every_class_leads_to_an_audience(page: InsightsPage, window: MainWindow, qtbot: QtBot) -> None:
    assert page.nasl.found is not None
    assert {one.letter: one.people for one in page.nasl.found.classes} == {"N": 0, "A": 60, "S": 0, "L": 60}
    active = next(one for one in page.nasl.found.classes if one.letter == "A")
    page.nasl.build_audience(active.query)
    settle(window, qtbot)
    assert shown_page(window) == "audiences"


def test_the_boundary_can_be_moved_by_keyboard_and_put_back(
    page: InsightsPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.show_section("repurchase")
    settle(window, qtbot)
    chart = page.cycle.chart
    chart.setFocus()
    assert page.cycle.answer is not None
    assert page.cycle.answer.found.window_days == 90
    QTest.keyClick(chart, Qt.Key.Key_Down)
    settle(window, qtbot)
    assert page.cycle.answer.found.window_days == 89
    assert page.classes.found is not None
    assert page.classes.found.repurchase is not None
    assert page.classes.found.repurchase.window_days == 89
    page.cycle.keep_window(None)
    settle(window, qtbot)
    assert page.cycle.answer.found.window_days == 90


def test_the_boundary_can_be_dragged(page: InsightsPage, window: MainWindow, qtbot: QtBot) -> None:
    page.show_section("repurchase")
    settle(window, qtbot)
    chart = page.cycle.chart
    chart.resize(500, 260)
    here = QPoint(round(chart._x(90)), round(chart.plot().center().y()))
    there = QPoint(round(chart._x(60)), here.y())
    QTest.mousePress(chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, here)
    QTest.mouseMove(chart, there)
    QTest.mouseRelease(chart, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, there)
    settle(window, qtbot)
    assert page.cycle.answer is not None
    assert page.cycle.answer.found.window_days == pytest.approx(60, abs=1)


def test_a_dimension_nobody_can_act_on_is_declined_with_the_reason(
    page: InsightsPage, window: MainWindow, qtbot: QtBot
) -> None:
    assert len(page.breakdown.table.rows_model.rows) == 3
    page.breakdown.dimension.set_value("gender")
    page.breakdown.read()
    settle(window, qtbot)
    assert page.breakdown.table.rows_model.rows == []
    assert "不列入" in page.breakdown.told.text()


def test_every_number_of_the_overview_opens_as_many_people(page: InsightsPage, desk: Desk) -> None:
    asked: list[tuple[str, int]] = []
    assert page.funnel.found is not None
    assert page.nasl.found is not None
    assert page.breakdown.found is not None
    asked += [(step.query, step.people) for step in page.funnel.found.steps if step.query]
    asked += [(one.query, one.people) for one in page.nasl.found.classes if one.query]
    asked += [
        (row.rate.whole_query, row.rate.whole) for row in page.breakdown.found.rows if row.rate.whole_query
    ]
    db = desk.jobs.page_reader
    for query, people in asked:
        assert Questions(db).counts([query]) == [people], query
    assert len(asked) >= 10


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_shows_something_and_no_error(
    page: InsightsPage, window: MainWindow, qtbot: QtBot, tab: str
) -> None:
    page.show_section(tab)
    settle(window, qtbot)
    assert page.tab == tab
    assert not page.bar.isVisible()


def test_the_sheet_is_one_page_of_pdf(
    page: InsightsPage, window: MainWindow, dialogs: FakeDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "老闆.pdf"
    dialogs.answers["save_file"] = path
    page.report.save_pdf()
    settle(window, qtbot)
    content = path.read_bytes()
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") == 1


def test_the_workbook_has_a_sheet_for_each_view(
    page: InsightsPage, window: MainWindow, dialogs: FakeDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "報表.xlsx"
    dialogs.answers["save_file"] = path
    page.report.save_workbook()
    settle(window, qtbot)
    assert len(load_workbook(path).sheetnames) >= 6


def test_charts_tell_their_values_by_mouse_keyboard_and_copy(
    page: InsightsPage, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1280, 1500)
    settle(window, qtbot)
    chart = page.growth.chart
    assert chart.values() == 13
    QTest.mouseMove(chart, chart.place(3).toPoint())
    assert chart.pointed == 3
    assert chart.accessibleDescription() == chart.spoken(3)
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.pointed == 4
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert chart.pointed == 12
    chart.copy_numbers()
    lines = QApplication.clipboard().text().splitlines()
    assert len(lines) == 13
    assert lines[-1] == "2026/11\t80"
    chart.copy_picture()
    assert not QApplication.clipboard().pixmap().isNull()


def test_the_tab_and_period_are_found_again(page: InsightsPage) -> None:
    page.show_section("spread")
    page.months.set_value(6)
    kept = page.remember()
    page.show_section("overview")
    page.months.set_value(12)
    page.recall(kept)
    assert (page.tab, page.months.value()) == ("spread", 6)
