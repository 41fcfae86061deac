"""The page of likely duplicates: two beside each other, merged as chosen, said to be different, put off, merged all at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.operations.history import undoing
from desktop.store.shop_file import ShopFile
from desktop.ui.duplicates.comparison_table import GONE, KEEP, RESULT, ComparisonModel
from desktop.ui.duplicates.merge_dialog import MergeDialog, open_merge
from desktop.ui.duplicates.page import DuplicatesPage
from desktop.ui.main_window import MainWindow
from tests.ui.shop_window import FakeDialogs, open_page, settle

Rest = Callable[[], None]


@pytest.fixture
def shop_path(tmp_path: Path) -> Path:
    """A shop with a pair that is almost certain, one that is likely and a family."""
    path = tmp_path / "店.tagline"
    with ShopFile.create(path, name="店") as shop:
        db = shop.writer()
        with db.transaction():
            db.many(
                "INSERT INTO person (member_no, name, phone, line_user_id, level) VALUES (?, ?, ?, ?, ?)",
                [
                    ("M1", "王小明", "+886912345678", None, "金卡"),
                    (None, "王小明 先生", "+886912345678", "U" + "1" * 32, "銀卡"),
                    ("M3", "陳怡君", "+886922333444", "U" + "2" * 32, None),
                    ("M4", "陳怡君", "+886922333444", "U" + "3" * 32, None),
                    ("M5", "林志豪", "+886933111222", None, None),
                    ("M6", "林淑芬", "+886933111222", None, None),
                ],
            )
    return path


@pytest.fixture
def rest(window: MainWindow, qtbot: QtBot) -> Rest:
    """Waits until no job runs."""
    return lambda: settle(window, qtbot)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> DuplicatesPage:
    page = open_page(window, "duplicates", qtbot)
    assert isinstance(page, DuplicatesPage)
    settle(window, qtbot)
    return page


def listed(page: DuplicatesPage) -> list[tuple[int, int]]:
    return [(row.pair.low, row.pair.high) for row in page.pairs.pairs.rows]


def people(page: DuplicatesPage) -> list[int]:
    return page.desk.jobs.page_reader.column("SELECT id FROM person ORDER BY id")


def row_of(model: ComparisonModel, name: str) -> int:
    return [line.name for line in model.lines].index(name)


def test_the_surest_pair_is_first_and_stands_side_by_side(page: DuplicatesPage, rest: Rest) -> None:
    assert listed(page) == [(1, 2), (3, 4), (5, 6)]
    comparison = page.card.comparison
    assert comparison is not None
    assert (comparison.keep.id, comparison.gone.id) == (1, 2)
    model = page.card.table.compared
    row = row_of(model, "line_user_id")
    assert model.index(row, KEEP).data() == ""
    assert model.index(row, RESULT).data() == "U" + "1" * 32


def test_models_hold(page: DuplicatesPage, rest: Rest, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.pairs.pairs)
    qtmodeltester.check(page.card.table.compared)


def test_a_click_chooses_and_merging_does_it(page: DuplicatesPage, rest: Rest, qtbot: QtBot) -> None:
    table = page.card.table
    model = table.compared
    row = row_of(model, "level")
    place = table.visualRect(model.index(row, GONE)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert model.index(row, RESULT).data() == "銀卡"

    page.merge_current()
    rest()

    reader = page.desk.jobs.page_reader
    assert people(page) == [1, 3, 4, 5, 6]
    assert reader.row("SELECT level, line_user_id FROM person WHERE id = 1") == ("銀卡", "U" + "1" * 32)
    assert listed(page) == [(3, 4), (5, 6)]


def test_the_keyboard_does_it_all(page: DuplicatesPage, rest: Rest, qtbot: QtBot) -> None:
    table = page.card.table
    qtbot.keyClick(page.pairs, Qt.Key.Key_Right)
    table.setCurrentIndex(table.compared.index(row_of(table.compared, "name"), KEEP))
    qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert table.compared.take == {"name"}
    qtbot.keyClick(table, Qt.Key.Key_Return)
    rest()
    assert page.desk.jobs.page_reader.value("SELECT name FROM person WHERE id = 1") == "王小明 先生"


def test_never_these_two(page: DuplicatesPage, rest: Rest, qtbot: QtBot) -> None:
    qtbot.keyClick(page.pairs, Qt.Key.Key_Delete)
    rest()
    assert listed(page) == [(3, 4), (5, 6)]
    page.look()
    rest()
    assert listed(page) == [(3, 4), (5, 6)]
    page.desk.jobs.write(lambda db, _ctx: undoing.undo(db), owner=page)
    rest()
    assert (1, 2) in listed(page)


def test_later_comes_last(page: DuplicatesPage, rest: Rest) -> None:
    page.later()
    rest()
    assert listed(page) == [(3, 4), (5, 6), (1, 2)]
    assert people(page) == [1, 2, 3, 4, 5, 6]


def test_the_almost_certain_ones_at_once(page: DuplicatesPage, rest: Rest) -> None:
    dialogs = page.desk.dialogs
    assert isinstance(dialogs, FakeDialogs)
    page.merge_sure()
    rest()
    assert dialogs.asked[-1][0] == "confirm"
    assert "1" in dialogs.asked[-1][1]
    assert people(page) == [1, 2, 3, 4, 5, 6]

    dialogs.answers["confirm"] = True
    page.merge_sure()
    rest()
    assert people(page) == [1, 3, 4, 5, 6]
    assert not page.sure_button.isVisible()


def test_one_certainty_alone(page: DuplicatesPage, rest: Rest) -> None:
    page.filter.set_value("maybe")
    page.filter.chosen.emit("maybe")
    rest()
    assert listed(page) == [(5, 6)]


def test_swapped_the_other_stays(page: DuplicatesPage, rest: Rest) -> None:
    page.card.swap()
    page.merge_current()
    rest()
    assert people(page) == [2, 3, 4, 5, 6]


def test_nothing_left_is_said(page: DuplicatesPage, rest: Rest) -> None:
    for _ in range(3):
        page.keep_apart()
        rest()
    assert page.stack.currentWidget() is page.empty


def test_two_chosen_elsewhere_are_merged_in_a_dialog(page: DuplicatesPage, rest: Rest) -> None:
    dialogs = page.desk.dialogs
    assert isinstance(dialogs, FakeDialogs)
    open_merge(page.desk, 6, 5, owner=page)
    rest()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, MergeDialog)
    dialog.table.compared.choose(row_of(dialog.table.compared, "name"), GONE)
    dialog.accept()
    rest()
    assert people(page) == [1, 2, 3, 4, 5]
    assert page.desk.jobs.page_reader.value("SELECT name FROM person WHERE id = 5") == "林淑芬"
    assert page.desk.jobs.page_reader.row("SELECT key, value FROM other_identity") == ("member_no", "M6")


def test_while_members_are_compared_the_page_does_not_say_that_there_is_nobody(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert window.shell is not None
    window.shell.go("duplicates")
    page = window.shell.stack.current
    assert isinstance(page, DuplicatesPage)
    assert page.stack.currentWidget() is page.looking
    page.look()
    settle(window, qtbot)
    assert listed(page) == [(1, 2), (3, 4), (5, 6)]
    assert page.refresh_button.isEnabled()
    assert window.focusWidget() is page.pairs
