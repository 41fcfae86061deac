"""Importing a file in the window: look, check, commit, undo; what has to be answered first; what is shown when the shop changed
meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desktop.operations.history import undoing
from desktop.operations.tagging import rules
from desktop.operations.tagging.rules import RuleDraft
from desktop.store.database import Database
from desktop.ui.desk import Desk
from desktop.ui.importing.opening import PasswordQuestion
from desktop.ui.main_window import MainWindow
from tests.ui.importing.importing_window import import_page, names, press, shown, value, written
from tests.ui.shop_window import FakeDialogs, settle
from tests.unit.importer.workbooks import locked, raw_xlsx, sheet_xml, xlsx


def test_the_numbers_add_up_and_nothing_is_stored_before_the_press(
    window: MainWindow, desk: Desk, qtbot: QtBot, members_file: Path
) -> None:
    before = names(desk)
    page = import_page(window, qtbot, members_file)
    assert page.entry is not None
    assert page.entry.plan is not None
    report = page.entry.plan.report
    assert (report.rows, report.new, report.updated, report.unchanged, len(report.skipped)) == (4, 2, 1, 0, 1)
    numbers = page.view.cards.check.numbers
    assert {fate: link.text() for fate, link in numbers.items()} == {
        "new": "2",
        "updated": "1",
        "unchanged": "0",
        "skipped": "1",
    }
    assert [problem.row for problem in report.problems] == [4]
    assert names(desk) == before
    assert page.commit.text() == "匯入 3 筆"


def test_a_commit_is_one_step_that_can_be_undone_from_its_result(
    window: MainWindow, desk: Desk, qtbot: QtBot, members_file: Path
) -> None:
    before = names(desk)
    page = import_page(window, qtbot, members_file)
    press(page, window, qtbot)
    assert names(desk) == [*before, "新會員", "電話壞了"]
    assert value(desk, "SELECT phone FROM person WHERE member_no = 'W90001'") == "+886955123456"
    result = page.view.cards.result
    assert result.isVisibleTo(page)
    assert result.headline.text() == "已匯入 會員.csv"
    assert "新增 2 筆" in result.text.text()
    result.buttons["undo"].click()
    settle(window, qtbot)
    assert names(desk) == before
    assert "已復原" in result.headline.text()
    result.buttons["again"].click()
    settle(window, qtbot)
    assert page.commit.text() == "匯入 3 筆"


def test_after_an_import_another_file_is_a_command_away(
    window: MainWindow, qtbot: QtBot, members_file: Path, orders_file: Path
) -> None:
    page = import_page(window, qtbot, members_file)
    assert window.shell is not None
    dialogs = page.desk.dialogs
    assert isinstance(dialogs, FakeDialogs)
    window.shell.register.trigger("shell.import")
    settle(window, qtbot)
    assert not dialogs.asked, "an import that is being mapped is gone on with"
    press(page, window, qtbot)
    assert page.add_files.isVisibleTo(page)
    dialogs.answers["open_files"] = [orders_file]
    window.shell.register.trigger("shell.import")
    settle(window, qtbot)
    assert [entry.path for entry in page.session.entries] == [orders_file]
    assert page.commit.text() == "匯入 1 筆"


def test_an_import_undone_elsewhere_is_shown_as_undone(
    window: MainWindow, desk: Desk, qtbot: QtBot, members_file: Path
) -> None:
    page = import_page(window, qtbot, members_file)
    press(page, window, qtbot)
    desk.jobs.write(lambda db, _: undoing.undo(db), owner=page)
    settle(window, qtbot)
    assert page.entry is not None
    assert page.entry.state == "undone"
    desk.jobs.write(lambda db, _: undoing.redo(db), owner=page)
    settle(window, qtbot)
    assert page.entry.state == "done"


def test_who_came_in_is_a_click_away(window: MainWindow, qtbot: QtBot, members_file: Path) -> None:
    page = import_page(window, qtbot, members_file)
    press(page, window, qtbot)
    page.view.cards.result.buttons["see"].click()
    settle(window, qtbot)
    assert window.shell is not None
    members = window.shell.stack.current
    assert members is not None
    assert members.page_id == "members"
    assert len(members.list.table.rows.ids) == 2


def test_problem_rows_stay_reachable_after_the_import(
    window: MainWindow, qtbot: QtBot, members_file: Path, dialogs: FakeDialogs
) -> None:
    from desktop.ui.importing.checking.list_dialog import ListDialog

    page = import_page(window, qtbot, members_file)
    press(page, window, qtbot)
    page.view.cards.problems.all.click()
    rows = shown(dialogs, ListDialog).model.rows
    assert [(row.row, row.column) for row in rows] == [(4, "手機"), (6, "")]


def test_rules_run_after_the_import_and_say_what_they_did(
    window: MainWindow, desk: Desk, qtbot: QtBot, members_file: Path
) -> None:
    draft = RuleDraft(None, "新人", "member_no:W90001", "歡迎", after_imports=True)
    desk.jobs.write(lambda db, _: rules.save(db, draft), owner=desk.jobs)
    settle(window, qtbot)
    page = import_page(window, qtbot, members_file)
    press(page, window, qtbot)
    assert page.entry is not None
    assert [(run.tag, run.gained) for run in page.entry.rules] == [("歡迎", 1)]
    sql = "SELECT count(*) FROM person_tag JOIN tag ON tag.id = tag_id WHERE tag.name = '歡迎'"
    assert value(desk, sql) == 1


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
    assert "重新檢查" in page.bar.text
    press(page, window, qtbot)
    assert "新會員" in names(desk)


def test_rows_to_correct_are_saved_with_their_reason_and_can_be_dropped_again(
    window: MainWindow, qtbot: QtBot, members_file: Path, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    import openpyxl

    page = import_page(window, qtbot, members_file)
    target = tmp_path / "修正.xlsx"
    dialogs.answers["save_file"] = target
    page.view.cards.problems.save.click()
    settle(window, qtbot)
    book = openpyxl.load_workbook(target)
    rows = list(book.active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["會員編號", "W90002", None]
    assert rows[1][-1] == "4"
    book.active["C2"] = "0955-000-111"
    book.save(target)
    page.session.clear()
    page = import_page(window, qtbot, target)
    assert page.entry is not None
    assert page.entry.plan is not None
    assert page.entry.plan.report.new == 1
    assert not page.entry.plan.report.problems


def test_an_unreadable_file_is_one_sentence(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "壞掉.xlsx"
    file.write_bytes(b"PK\x03\x04 broken")
    page = import_page(window, qtbot, file)
    assert page.entry is None
    assert "壞掉.xlsx" in page.bar.text
    assert page.stack.currentIndex() == 0


@pytest.fixture
def locked_file(tmp_path: Path) -> Path:
    rows = [["會員編號", "姓名", "手機"], ["W90001", "新會員", "0955-123-456"]]
    file = tmp_path / "有密碼.xlsx"
    file.write_bytes(locked(xlsx(rows), "芝麻 Open 1"))
    return file


def answer(dialogs: FakeDialogs, password: str) -> None:
    dialog = shown(dialogs, PasswordQuestion)
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
    assert "芝麻" not in str(page.remember())


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
    assert "離表格很遠" in page.view.cards.check.note.text()


def test_a_check_that_is_stopped_says_so_and_can_be_made_again(
    window: MainWindow, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = "".join(f"A{n},客人{n},09{n:08}\n" for n in range(60_000))
    file = written(tmp_path, "大.csv", "會員編號,姓名,手機\n" + rows)
    before = names(desk)
    assert window.shell is not None
    window.shell.go("import", files=[file])
    page = window.shell.stack.current
    assert page is not None
    qtbot.waitUntil(lambda: page.session.entry is not None and page.session.busy, timeout=20_000)
    page.view.cards.check.stop.click()
    settle(window, qtbot)
    assert "已停止" in page.bar.text
    assert not page.commit.isEnabled()
    page.bar.press()
    settle(window, qtbot)
    assert page.commit.text() == "匯入 60,000 筆"
    assert names(desk) == before


def test_an_undo_names_whom_it_kept(window: MainWindow, desk: Desk, qtbot: QtBot, members_file: Path) -> None:
    page = import_page(window, qtbot, members_file)
    press(page, window, qtbot)
    from desktop.core.people.selection import Selection
    from desktop.operations.tagging import tagging

    person = int(str(value(desk, "SELECT id FROM person WHERE member_no = 'W90001'")))
    desk.jobs.write(lambda db, _: tagging.tag(db, Selection.of([person]), "手貼"), owner=page)
    settle(window, qtbot)
    page.view.cards.result.buttons["undo"].click()
    settle(window, qtbot)
    told = [label.text() for label in page.view.cards.result.findChildren(QLabel)]
    assert any("保留現在的內容" in text and "新會員" in text for text in told)
    assert "新會員" in names(desk)
    assert "電話壞了" not in names(desk)
