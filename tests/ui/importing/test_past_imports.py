"""Files imported before, below the place to drop new ones: their rows that needed a look, and the way to take them back."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from desktop.operations.history import undoing
from desktop.ui.desk import Desk
from desktop.ui.importing.checking.list_dialog import ListDialog
from desktop.ui.main_window import MainWindow
from tests.ui.importing.importing_window import import_page, press, shown
from tests.ui.shop_window import FakeDialogs, settle


def test_there_is_no_list_before_the_first_import(window: MainWindow, qtbot: QtBot) -> None:
    page = import_page(window, qtbot)
    assert page.stack.currentIndex() == 0
    assert not page.past.isVisibleTo(page)


def test_problem_rows_of_an_earlier_import_are_a_click_away(
    window: MainWindow, desk: Desk, qtbot: QtBot, members_file: Path, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    page = import_page(window, qtbot, members_file)
    press(page, window, qtbot)
    page.session.clear()
    page = import_page(window, qtbot)
    (one,) = page.past.model.rows
    assert (one.file, one.undone) == ("會員.csv", False)
    assert page.past.model.index(0, 3).data() == "新增 2、更新 1、無法匯入 1"
    page.past.rows.click()
    assert [row.row for row in shown(dialogs, ListDialog).model.rows] == [4, 6]
    dialogs.answers["save_file"] = tmp_path / "列.xlsx"
    assert page.past.problems is not None
    page.past.problems.save()
    settle(window, qtbot)
    sheet = load_workbook(tmp_path / "列.xlsx").active
    assert sheet is not None
    lines = list(sheet.iter_rows(values_only=True))
    assert [line[0] for line in lines[1:]] == [4, 6]
    assert all(line[3] for line in lines)
    desk.jobs.write(lambda db, _: undoing.undo(db), owner=page)
    settle(window, qtbot)
    assert page.past.model.rows[0].undone


def test_the_way_to_its_step(window: MainWindow, qtbot: QtBot, members_file: Path) -> None:
    page = import_page(window, qtbot, members_file)
    press(page, window, qtbot)
    page.session.clear()
    page = import_page(window, qtbot)
    page.past.history.click()
    settle(window, qtbot)
    assert window.shell is not None
    assert window.shell.stack.current is not None
    assert window.shell.stack.current.page_id == "history"
