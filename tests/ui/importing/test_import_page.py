"""Importing a file in the window: look, check, commit, undo; what has to be answered first; what is shown when the shop changed
meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.store.database import Database
from desktop.ui.desk import Desk
from desktop.ui.importing.opening import PasswordQuestion
from desktop.ui.importing.page import ImportPage
from desktop.ui.main_window import MainWindow
from tests.ui.shop_window import FakeDialogs, open_page, settle
from tests.unit.importer.workbooks import locked, raw_xlsx, sheet_xml, xlsx

MEMBERS = """會員編號,姓名,手機,生日,標籤
W00231,王怡君,912345678,79/11/03,VIP、熟客
W90001,新會員,0955-123-456,80/01/02,熟客
W90002,電話壞了,0912-34,81/05/06,
,,,,
,沒有人,,,
"""


@pytest.fixture
def members_file(tmp_path: Path) -> Path:
    file = tmp_path / "會員.csv"
    file.write_text(MEMBERS, encoding="utf-8")
    return file


def names(desk: Desk) -> list[str]:
    return desk.jobs.page_reader.column("SELECT name FROM person ORDER BY id")


def import_page(window: MainWindow, qtbot: QtBot, *files: Path) -> ImportPage:
    page = open_page(window, "import", qtbot, files=list(files))
    assert isinstance(page, ImportPage)
    return page


def press(page: ImportPage, window: MainWindow, qtbot: QtBot) -> None:
    page._commit.click()
    settle(window, qtbot)


def test_the_numbers_add_up_and_nothing_is_stored_before_the_press(
    window: MainWindow, desk: Desk, qtbot: QtBot, members_file: Path
) -> None:
    before = names(desk)
    page = import_page(window, qtbot, members_file)
    assert page.entry is not None
    assert page.entry.plan is not None
    report = page.entry.plan.report
    assert (report.rows, report.new, report.updated, report.unchanged, len(report.skipped)) == (4, 2, 1, 0, 1)
    assert [problem.row for problem in report.problems] == [4]
    assert names(desk) == before
    assert page._commit.text() == "匯入 3 筆"


def test_a_commit_is_one_step_that_can_be_undone(
    window: MainWindow, desk: Desk, qtbot: QtBot, members_file: Path
) -> None:
    before = names(desk)
    page = import_page(window, qtbot, members_file)
    press(page, window, qtbot)
    assert names(desk) == [*before, "新會員", "電話壞了"]
    phone = desk.jobs.page_reader.value("SELECT phone FROM person WHERE member_no = 'W90001'")
    assert phone == "+886955123456"
    desk.notices.press()
    settle(window, qtbot)
    assert names(desk) == before


def test_another_field_is_checked_anew(window: MainWindow, qtbot: QtBot, members_file: Path) -> None:
    page = import_page(window, qtbot, members_file)
    page.answering.map_column("標籤", "ignore")
    settle(window, qtbot)
    assert page.entry is not None
    assert page.entry.recipe.mapping["標籤"] == "ignore"
    assert page.entry.plan is not None


def test_ambiguous_dates_are_asked_first(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "日期.csv"
    file.write_text("會員編號,生日\nA1,03/04/1990\nA2,05/06/1991\n", encoding="utf-8")
    page = import_page(window, qtbot, file)
    assert page.entry is not None
    assert page.entry.plan is None
    assert not page._commit.isEnabled()
    page.answering.order_dates("生日", "dmy")
    settle(window, qtbot)
    assert page._commit.isEnabled()


def test_a_shop_that_changed_since_is_checked_again(
    window: MainWindow, desk: Desk, qtbot: QtBot, members_file: Path
) -> None:
    page = import_page(window, qtbot, members_file)

    def rename(db: Database, _: object) -> None:
        with db.transaction():
            db.run("UPDATE person SET changed_step = 99 WHERE member_no = 'W00231'")

    desk.jobs.write(rename, owner=page)
    settle(window, qtbot)
    press(page, window, qtbot)
    assert page.entry is not None
    assert page.entry.plan is not None
    assert "重新檢查" in page.bar.accessibleName() or page.bar.isVisibleTo(page)
    press(page, window, qtbot)
    assert "新會員" in names(desk)


def test_several_files_members_before_orders(
    window: MainWindow, desk: Desk, qtbot: QtBot, members_file: Path, tmp_path: Path
) -> None:
    orders = tmp_path / "訂單.csv"
    orders.write_text(
        "訂單編號,訂單日期,會員編號,品名,數量,小計,訂單合計,訂單狀態\n"
        "A-1,2026-11-01 10:00,W90001,拿鐵,1,120,120,完成\n",
        encoding="utf-8",
    )
    page = import_page(window, qtbot, orders, members_file)
    assert page.entry is not None
    assert page.entry.recipe.kind == "members"
    press(page, window, qtbot)
    assert page.entry is not None
    assert page.entry.recipe.kind == "orders"
    press(page, window, qtbot)
    bought = desk.jobs.page_reader.row(
        "SELECT orders, total, last_order FROM person WHERE member_no = 'W90001'"
    )
    assert bought == (1, 120, "2026-11-01")


def test_rows_to_correct_are_saved_with_their_reason(
    window: MainWindow, qtbot: QtBot, members_file: Path, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    import openpyxl

    page = import_page(window, qtbot, members_file)
    target = tmp_path / "修正.xlsx"
    dialogs.answers["save_file"] = target
    page.view.problems.findChildren(QPushButton)[1].click()
    settle(window, qtbot)
    rows = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["會員編號", "W90002", None]
    assert rows[1][-1] == "4"


def test_an_unreadable_file_is_one_sentence(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "壞掉.xlsx"
    file.write_bytes(b"PK\x03\x04 broken")
    page = import_page(window, qtbot, file)
    assert page.entry is None
    assert page.bar.isVisibleTo(page)


@pytest.fixture
def locked_file(tmp_path: Path) -> Path:
    rows = [["會員編號", "姓名", "手機"], ["W90001", "新會員", "0955-123-456"]]
    file = tmp_path / "有密碼.xlsx"
    file.write_bytes(locked(xlsx(rows), "芝麻 Open 1"))
    return file


def answer(dialogs: FakeDialogs, password: str) -> None:
    dialog = dialogs.shown.pop()
    assert isinstance(dialog, PasswordQuestion)
    dialog.field.setText(password)
    dialog.accept()


def test_a_file_with_a_password_asks_until_it_is_right_and_keeps_nothing(
    window: MainWindow, desk: Desk, qtbot: QtBot, locked_file: Path, dialogs: FakeDialogs
) -> None:
    page = import_page(window, qtbot, locked_file)
    (dialog,) = dialogs.shown
    assert isinstance(dialog, PasswordQuestion)
    assert dialog.field.echoMode() == QLineEdit.EchoMode.Password
    assert page.entry is None
    answer(dialogs, "wrong")
    settle(window, qtbot)
    assert page.entry is None
    answer(dialogs, "芝麻 Open 1")
    settle(window, qtbot)
    assert dialogs.shown == []
    assert page.entry is not None
    assert "芝麻" not in repr(page.entry)
    assert not page.bar.isVisibleTo(page)
    page.answering.map_column("手機", "ignore")
    settle(window, qtbot)
    press(page, window, qtbot)
    assert "新會員" in names(desk)
    kept = desk.jobs.page_reader.column("SELECT answers FROM recipe")
    assert not any("芝麻" in text for text in kept)


def test_whoever_closes_the_question_finds_it_again_in_the_bar(
    window: MainWindow, qtbot: QtBot, locked_file: Path, dialogs: FakeDialogs
) -> None:
    page = import_page(window, qtbot, locked_file)
    dialogs.shown.pop().reject()
    assert page.bar.isVisibleTo(page)
    buttons = [one for one in page.bar.findChildren(QPushButton) if one.text() == "輸入密碼…"]
    buttons[0].click()
    answer(dialogs, "芝麻 Open 1")
    settle(window, qtbot)
    assert page.entry is not None


def test_what_was_not_read_of_a_file_is_said(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "遠.xlsx"
    cells = {"A1": "姓名", "B1": "手機", "A2": "王小明", "B2": "0955123456", "XFD1048576": "x"}
    file.write_bytes(raw_xlsx(sheet_xml(cells)))
    page = import_page(window, qtbot, file)
    assert "離表格很遠" in page.view.check_card.note.text()
