"""Tables of figures: every link can be pressed without a mouse, and nothing is cut where there is little room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.insights.card_grid import CardGrid
from desktop.ui.insights.tables import SmallTable
from desktop.ui.widgets.table import Column, ProgressDelegate

Row = tuple[str, int, str]
ROWS: list[Row] = [("信義店", 420, "建立"), ("中山店", 260, ""), ("很長很長的門市名稱" * 6, 9, "建立")]


@pytest.fixture
def pressed() -> list[tuple[str, str]]:
    """What was pressed: (link, row)."""
    return []


@pytest.fixture
def table(qtbot: QtBot, qapp: QApplication, pressed: list[tuple[str, str]]) -> SmallTable:
    """A shown table with two links a row."""
    theme.apply(qapp, theme="light", scale=100, language="zh_TW")
    made = SmallTable(
        "門市",
        (
            Column("門市", lambda row: row[0]),
            Column("人數", lambda row: str(row[1]), right=True),
            Column("", lambda _: "", value=lambda row: row[1] / 500),
            Column("做什麼", lambda row: row[2]),
        ),
        links={
            3: lambda row: pressed.append(("build", row[0])),
            1: lambda row: pressed.append(("open", row[0])),
        },
        where={1: lambda row: row[1] >= 10},
        widths=(120, 80, 110, 100),
        stretch=2,
    ).with_bar(2, ProgressDelegate)
    made.resize(600, 300)
    made.show_rows(ROWS)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.setFocus()
    return made


def test_arrows_go_from_link_to_link_and_return_presses(
    table: SmallTable, pressed: list[tuple[str, str]]
) -> None:
    table.setCurrentIndex(table.rows_model.index(0, 0))
    for keys in ("Right", "Return", "Right", "Return", "Down", "Left", "Return"):
        QTest.keyClick(table, getattr(Qt.Key, f"Key_{keys}"))
    assert pressed == [("open", "信義店"), ("build", "信義店"), ("open", "中山店")]


def test_an_empty_link_is_passed_over_and_presses_nothing(
    table: SmallTable, pressed: list[tuple[str, str]]
) -> None:
    table.setCurrentIndex(table.rows_model.index(1, 1))
    QTest.keyClick(table, Qt.Key.Key_Right)
    assert table.currentIndex().column() == 1
    table.press(table.rows_model.index(1, 3))
    assert pressed == []


def test_a_number_without_people_behind_it_is_no_link(
    table: SmallTable, pressed: list[tuple[str, str]]
) -> None:
    number = table.rows_model.index(2, 1)
    assert number.data() == "9"
    table.press(number)
    table.setCurrentIndex(table.rows_model.index(2, 0))
    QTest.keyClick(table, Qt.Key.Key_Right)
    assert table.currentIndex().column() == 3
    assert [action.text() for action in table.menu(2).actions()] == ["做什麼　建立"]
    assert pressed == []


def test_the_menu_of_a_row_offers_each_link_by_name(
    table: SmallTable, pressed: list[tuple[str, str]]
) -> None:
    menu = table.menu(0)
    assert [action.text() for action in menu.actions()] == ["做什麼　建立", "人數　420"]
    menu.actions()[1].trigger()
    assert pressed == [("open", "信義店")]
    assert len(table.menu(1).actions()) == 1


def test_a_click_presses_the_link(table: SmallTable, pressed: list[tuple[str, str]]) -> None:
    at = table.visualRect(table.rows_model.index(0, 3)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert pressed == [("build", "信義店")]


@pytest.mark.parametrize("width", [320, 420, 600, 1000])
def test_columns_fit_or_the_last_row_stays_above_the_scroll_bar(table: SmallTable, width: int) -> None:
    table.setFixedWidth(width)
    widths = [table.columnWidth(column) for column in range(4)]
    room = table.viewport().width()
    last = table.visualRect(table.rows_model.index(len(ROWS) - 1, 0))
    assert last.bottom() <= table.viewport().height()
    needed = table.fontMetrics().horizontalAdvance("做什麼")
    assert widths[3] >= needed
    if sum(widths) <= room:
        assert table.horizontalScrollBar().maximum() == 0


def test_rows_that_stay_keep_the_place_of_the_keyboard(table: SmallTable) -> None:
    table.setCurrentIndex(table.rows_model.index(2, 1))
    table.show_rows([(name, people + 1, word) for name, people, word in ROWS])
    assert (table.currentIndex().row(), table.currentIndex().column()) == (2, 1)
    assert table.rows_model.index(2, 1).data() == "10"


def test_headings_can_change(table: SmallTable) -> None:
    table.rows_model.retitle(3, "若達目標")
    assert table.rows_model.headerData(3, Qt.Orientation.Horizontal) == "若達目標"


def test_columns_of_cards_share_the_width_as_told_and_stand_under_one_another_where_it_is_too_small(
    qtbot: QtBot,
) -> None:
    left, right = QWidget(), QWidget()
    grid = CardGrid((left, right), shares=(2, 3), beside=1000)
    qtbot.addWidget(grid)
    grid.resize(1060, 300)
    grid.show()
    assert left.y() == right.y()
    assert right.width() * 2 == pytest.approx(left.width() * 3, abs=3)
    grid.resize(980, 300)
    grid.widget().layout().activate()
    assert (left.x(), left.width()) == (right.x(), right.width())
