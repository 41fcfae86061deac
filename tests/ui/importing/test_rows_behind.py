"""Each number of a check shows its rows; lists are searched and grouped."""

from __future__ import annotations

from pathlib import Path

from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.ui.importing.checking.fate_rows import FateRows
from desktop.ui.importing.checking.list_dialog import ListDialog
from desktop.ui.importing.page import ImportPage
from desktop.ui.main_window import MainWindow
from tests.ui.importing.importing_window import import_page, shown
from tests.ui.shop_window import FakeDialogs, settle


def behind(page: ImportPage, fate: str, window: MainWindow, qtbot: QtBot, dialogs: FakeDialogs) -> ListDialog:
    page.view.cards.check.numbers[fate].click()
    settle(window, qtbot)
    dialog = shown(dialogs, FateRows if fate != "skipped" else ListDialog)
    assert isinstance(dialog, ListDialog)
    return dialog


def test_the_rows_behind_each_number(
    window: MainWindow, qtbot: QtBot, members_file: Path, dialogs: FakeDialogs, qtmodeltester: ModelTester
) -> None:
    page = import_page(window, qtbot, members_file)
    new = behind(page, "new", window, qtbot, dialogs)
    assert [(row.row, row.name, row.key) for row in new.model.rows] == [
        (3, "新會員", "W90001"),
        (4, "電話壞了", "W90002"),
    ]
    qtmodeltester.check(new.model)
    updated = behind(page, "updated", window, qtbot, dialogs)
    assert [(row.row, row.name) for row in updated.model.rows] == [(2, "王怡君")]
    assert updated.model.index(0, 4).data() == "生日"
    skipped = behind(page, "skipped", window, qtbot, dialogs)
    assert [row.row for row in skipped.model.rows] == [6]


def test_what_is_searched_for_is_found(
    window: MainWindow, qtbot: QtBot, members_file: Path, dialogs: FakeDialogs
) -> None:
    page = import_page(window, qtbot, members_file)
    dialog = behind(page, "new", window, qtbot, dialogs)
    for text, rows in (("電話", [4]), ("w90001", [3]), ("0955-123", [3]), ("沒有這個", [])):
        dialog.search.setText(text)
        settle(window, qtbot)
        assert [row.row for row in dialog.model.rows] == rows


def test_rows_of_orders(window: MainWindow, qtbot: QtBot, orders_file: Path, dialogs: FakeDialogs) -> None:
    page = import_page(window, qtbot, orders_file)
    dialog = behind(page, "new", window, qtbot, dialogs)
    assert [(row.row, row.key) for row in dialog.model.rows] == [(2, "A-1")]


def test_a_number_of_nothing_cannot_be_pressed(
    window: MainWindow, qtbot: QtBot, members_file: Path, dialogs: FakeDialogs
) -> None:
    page = import_page(window, qtbot, members_file)
    number = page.view.cards.check.numbers["unchanged"]
    assert not number.isEnabled()
    number.click()
    assert dialogs.shown == []


def test_a_group_of_problems_shows_only_its_rows(
    window: MainWindow, qtbot: QtBot, members_file: Path, dialogs: FakeDialogs
) -> None:
    page = import_page(window, qtbot, members_file)
    from desktop.ui.importing.text_link import TextLink

    links = [link for link in page.view.cards.problems.findChildren(TextLink) if "手機" in link.text()]
    links[0].click()
    dialog = shown(dialogs, ListDialog)
    assert isinstance(dialog, ListDialog)
    assert [(row.row, row.value) for row in dialog.model.rows] == [(4, "0912-34")]
    dialog.groups.set_value("")
    dialog.refresh()
    assert len(dialog.model.rows) == 1
