"""Columns, their order, what the list is sorted by, and how high its rows are: chosen by menu, dialog and mouse, remembered
by the columns' names."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from desktop.core.changes import Changes, Kind
from desktop.store.condition_sql import Sort
from desktop.store.database import Database
from desktop.store.people import remember_extra_columns
from desktop.ui.members.arranging.columns_dialog import ColumnsDialog
from desktop.ui.members.columns import COLUMNS, PLACE
from desktop.ui.members.page import MembersPage
from tests.ui.members.conftest import NO_KEYS, SHIFT, Hands
from tests.ui.shop_window import settle


@dataclass(frozen=True)
class Brought:
    """What a file brought."""

    changes: Changes = field(default=Changes.of(Kind.PEOPLE, count=3))


def bring(db: Database) -> Brought:
    """The shop gets a column of its own."""
    with db.transaction():
        remember_extra_columns(db, ["最愛口味"])
        for person, taste in ((2, "拿鐵"), (3, "美式"), (5, "冷萃")):
            db.run("UPDATE person SET extra = json_object('最愛口味', ?) WHERE id = ?", (taste, person))
    return Brought()


@pytest.fixture
def flavours(hands: Hands) -> None:
    """The shop has a column of its own."""
    hands.write(bring)


def dialog(page: MembersPage, qtbot: QtBot) -> ColumnsDialog:
    page.arranger.open_dialog()
    shown = page.desk.dialogs.shown[-1]
    assert isinstance(shown, ColumnsDialog)
    qtbot.addWidget(shown)
    return shown


def line(shown: ColumnsDialog, title: str) -> int:
    return next(row for row in range(shown.list.count()) if shown.list.item(row).text() == title)


def click_header(page: MembersPage, column: str, qtbot: QtBot, keys: Qt.KeyboardModifier) -> None:
    header = page.list.table.list_header
    place = PLACE[column]
    at = QPoint(header.sectionViewportPosition(place) + header.sectionSize(place) // 2, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, keys, at)


def test_shift_sorts_among_equals_and_lets_go_again(page: MembersPage, hands: Hands, qtbot: QtBot) -> None:
    header = page.list.table.list_header
    click_header(page, "store", qtbot, NO_KEYS)
    click_header(page, "total", qtbot, SHIFT)
    hands.rest()
    assert header.sort == Sort("store", False, False, (Sort("total", True),))
    rows = page.list.table.rows
    seen = [(rows.known(at).store, rows.known(at).total) for at in range(12)]  # type: ignore[union-attr]
    assert seen == sorted(seen, key=lambda one: (one[0], -one[1]))
    click_header(page, "total", qtbot, SHIFT)
    assert header.sorts == (("store", False), ("total", False))
    click_header(page, "total", qtbot, SHIFT)
    assert header.sorts == (("store", False),)
    click_header(page, "store", qtbot, NO_KEYS)
    assert header.sorts == (("store", True),)


def test_the_shops_own_columns_can_be_shown_and_sorted_by(
    page: MembersPage, hands: Hands, flavours: None
) -> None:
    table = page.list.table
    assert table.rows.columnCount() == len(COLUMNS) + 1
    assert "extra:最愛口味" not in table.list_header.shown_columns()
    table.list_header.show_column("extra:最愛口味", True)
    table.list_header.sort_by("extra:最愛口味")
    hands.rest()
    assert set(hands.names()[:3]) == {"郭子軒", "吳雅婷", "李佳穎"}
    place = len(COLUMNS)
    assert table.rows.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) == "最愛口味"
    assert {table.rows.index(row, place).data() for row in range(3)} == {"拿鐵", "美式", "冷萃"}


def test_the_shops_own_columns_are_remembered_until_they_are_known_again(
    page: MembersPage, hands: Hands, flavours: None, qtbot: QtBot
) -> None:
    header = page.list.table.list_header
    header.show_column("extra:最愛口味", True)
    header.move_column("extra:最愛口味", 1)
    header.sort_by("extra:最愛口味")
    hands.rest()
    state = page.remember()
    other = MembersPage(hands.desk)
    qtbot.addWidget(other)
    other.recall(state)
    assert "extra:最愛口味" in other.remember()["columns"]["shown"]
    other.arranger.know_columns(["最愛口味"])
    settle(hands.window, qtbot)
    found = other.list.table.list_header
    assert found.shown_columns()[1] == "extra:最愛口味"
    assert found.sort == Sort("最愛口味", False, True)
    other.arranger.know_columns([])
    assert found.sort == Sort("last_order", True)


def test_the_dialog_ticks_pushes_and_resets(page: MembersPage, hands: Hands, qtbot: QtBot) -> None:
    header = page.list.table.list_header
    shown = dialog(page, qtbot)
    before = header.shown_columns()
    item = shown.list.item(line(shown, "生日"))
    item.setCheckState(Qt.CheckState.Checked)
    assert "birthday" in header.shown_columns()
    shown.list.setCurrentRow(line(shown, "電話"))
    shown.up.click()
    assert header.ordered_columns()[:3] == ["name", "phone", "member_no"]
    shown.down.click()
    assert header.ordered_columns()[:3] == ["name", "member_no", "phone"]
    shown.reset.click()
    assert header.shown_columns() == before
    assert shown.list.item(line(shown, "生日")).checkState() == Qt.CheckState.Unchecked


def test_the_dialog_keeps_the_last_column(page: MembersPage, qtbot: QtBot) -> None:
    header = page.list.table.list_header
    shown = dialog(page, qtbot)
    for row in range(shown.list.count()):
        shown.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert len(header.shown_columns()) == 1
    kept = [
        row for row in range(shown.list.count()) if shown.list.item(row).checkState() == Qt.CheckState.Checked
    ]
    assert len(kept) == 1


def test_widths_and_places_come_back(page: MembersPage, hands: Hands, qtbot: QtBot) -> None:
    header = page.list.table.list_header
    header.resizeSection(PLACE["phone"], 177)
    header.move_column("store", 0)
    state = page.remember()
    other = MembersPage(hands.desk)
    qtbot.addWidget(other)
    other.recall(state)
    found = other.list.table.list_header
    assert found.sectionSize(PLACE["phone"]) == 177
    assert found.ordered_columns()[0] == "store"


def test_rows_have_three_heights_which_are_remembered(page: MembersPage, hands: Hands, qtbot: QtBot) -> None:
    table = page.list.table
    heights = []
    for _ in range(3):
        page.arranger.next_density()
        heights.append(table.rowHeight(0))
    assert len(set(heights)) == 3
    page.arranger.next_density()
    assert table.density == "roomy"
    other = MembersPage(hands.desk)
    qtbot.addWidget(other)
    other.recall(page.remember())
    assert other.list.table.density == "roomy"
    other.recall({"columns": {"density": "unheard of"}})
    assert other.list.table.density == "normal"
