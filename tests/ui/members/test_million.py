"""A list of a million people: selecting and scrolling touch the rows on the screen and nothing else."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.people.condition import EVERYBODY
from desktop.core.people.selection import Selection
from desktop.store.people import MemberRow
from desktop.ui.members.members_table import MembersTable
from desktop.ui.opening.program import Program
from desktop.ui.paging.paged_model import PAGE
from tests.ui.members.conftest import CTRL, SHIFT
from tests.ui.members.test_members_model import member

MILLION = 1_000_000


class Counter:
    """Reads rows and counts them."""

    def __init__(self) -> None:
        self.rows = 0

    def load(self, ids: Sequence[int]) -> dict[int, MemberRow]:
        self.rows += len(ids)
        return {person: member(person) for person in ids}


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def table(program: Program, counter: Counter, qtbot: QtBot) -> Iterator[MembersTable]:
    """A table of a million, shown."""
    made = MembersTable("會員名單", counter.load)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show_list(array("q", range(1, MILLION + 1)), EVERYBODY, keep_place=False)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    yield made
    made.close()


def screens(rows: int) -> int:
    """At most so many rows are read for a number of screens."""
    return rows * 2 * PAGE


def test_the_first_screen_reads_one_screen(table: MembersTable, counter: Counter) -> None:
    table.viewport().repaint()
    assert table.rows.rowCount() == MILLION
    assert counter.rows <= screens(1)


def test_ctrl_a_and_scrolling_through_it_touch_only_what_is_seen(
    table: MembersTable, counter: Counter, qtbot: QtBot
) -> None:
    qtbot.keyClick(table, Qt.Key.Key_A, CTRL)
    assert table.selected.value() == Selection.matching(EVERYBODY)
    assert table.selected.count == MILLION
    for place in range(0, MILLION, MILLION // 20):
        table.verticalScrollBar().setValue(place)
        table.viewport().repaint()
        assert table.is_row_selected(place)
    assert counter.rows <= screens(22)
    assert not table.selectionModel().hasSelection()


def test_all_but_one_weighs_one(table: MembersTable, qtbot: QtBot) -> None:
    qtbot.keyClick(table, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(table, Qt.Key.Key_End, CTRL)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert table.selected.value() == Selection.matching(EVERYBODY, without=frozenset({MILLION}))


def test_from_the_first_to_the_last_by_keys_is_everybody(table: MembersTable, qtbot: QtBot) -> None:
    qtbot.keyClick(table, Qt.Key.Key_Home)
    qtbot.keyClick(table, Qt.Key.Key_End, SHIFT)
    assert table.selected.value() == Selection.matching(EVERYBODY)
    assert table.currentIndex().row() == MILLION - 1


def test_qts_selection_model_is_never_asked(
    table: MembersTable, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object) -> bool:
        raise AssertionError("the selection model was asked")

    for name in ("isSelected", "isRowSelected", "selection", "selectedRows", "selectedIndexes"):
        monkeypatch.setattr(QItemSelectionModel, name, asked)
    qtbot.keyClick(table, Qt.Key.Key_A, CTRL)
    qtbot.keyClick(table, Qt.Key.Key_PageDown)
    table.viewport().repaint()
    table.horizontalHeader().viewport().repaint()
    QApplication.processEvents()
    assert table.selected.count == 1


def test_another_order_keeps_the_place_of_the_current_person(table: MembersTable, counter: Counter) -> None:
    table.select_only(500_000)
    table.viewport().repaint()
    before = counter.rows
    table.show_list(array("q", range(MILLION, 0, -1)), EVERYBODY, keep_place=True)
    table.viewport().repaint()
    assert table.current_person == 500_001
    assert table.currentIndex().row() == MILLION - 500_001
    assert counter.rows - before <= screens(1)


def test_half_a_million_by_shift_are_the_people_between_and_read_nobody(
    table: MembersTable, counter: Counter, qtbot: QtBot
) -> None:
    QApplication.processEvents()
    table.select_only(250_000)
    before = counter.rows
    table.set_current(749_999)
    table.selected.extend_to(749_999)
    assert table.selected.count == 500_000
    assert table.selected.value() == Selection.of(range(250_001, 750_001))
    assert counter.rows - before <= screens(1)
    qtbot.keyClick(table, Qt.Key.Key_Up, SHIFT)
    assert table.selected.count == 499_999
    qtbot.keyClick(table, Qt.Key.Key_End, SHIFT)
    assert table.selected.count == 750_000
    assert counter.rows - before <= screens(4)
