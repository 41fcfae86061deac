"""Several files and sheets at once, pasted cells, leaving the page and coming back, a change of language, a restart."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.importing.page import ImportPage
from desktop.ui.main_window import MainWindow
from desktop.ui.opening.program import Program
from tests.ui.importing.importing_window import MEMBERS, import_page, names, press, value, written
from tests.ui.shop_window import FakeDialogs, open_page, settle
from tests.unit.importer.workbooks import xlsx


def states(page: ImportPage) -> list[str]:
    return [entry.state for entry in page.session.entries]


def test_several_files_members_before_orders(
    window: MainWindow, desk: Desk, qtbot: QtBot, members_file: Path, orders_file: Path
) -> None:
    page = import_page(window, qtbot, orders_file, members_file)
    assert page.tables.isVisibleTo(page)
    assert [row.recipe.kind for row in page.tables.model.rows] == ["members", "orders"]
    assert [row.rows for row in page.tables.model.rows] == [4, 1]
    press(page, window, qtbot)
    assert page.next.text() == "下一個：訂單.csv"
    page.next.click()
    settle(window, qtbot)
    assert page.entry is not None
    assert page.entry.recipe.kind == "orders"
    press(page, window, qtbot)
    bought = desk.jobs.page_reader.row(
        "SELECT orders, total, last_order FROM person WHERE member_no = 'W90001'"
    )
    assert bought == (1, 120, "2026-11-01")
    assert page.next.text() == "完成"
    page.next.click()
    assert window.shell is not None
    assert window.shell.stack.current is not None
    assert window.shell.stack.current.page_id == "members"


def test_all_that_need_no_answer_in_one_click(
    window: MainWindow, desk: Desk, qtbot: QtBot, members_file: Path, orders_file: Path, dates_file: Path
) -> None:
    page = import_page(window, qtbot, orders_file, dates_file, members_file)
    assert page.tables.button.text() == "匯入不必回答的 2 個"
    page.tables.button.click()
    settle(window, qtbot)
    assert sorted(states(page)) == ["asks", "done", "done"]
    assert value(desk, "SELECT total FROM person WHERE member_no = 'W90001'") == 120
    assert page.entry is not None
    assert page.entry.path == dates_file


def test_a_table_is_gone_to_by_a_click_and_left_out_by_a_button(
    window: MainWindow, qtbot: QtBot, members_file: Path, orders_file: Path
) -> None:
    page = import_page(window, qtbot, members_file, orders_file)
    table = page.tables.table
    place = table.visualRect(page.tables.model.index(1, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(window, qtbot)
    assert page.entry is not None
    assert page.entry.path == orders_file
    page.skip.click()
    settle(window, qtbot)
    assert states(page) == ["ready", "left_out"]
    assert page.entry.path == members_file


def test_a_file_that_cannot_be_read_does_not_keep_the_others_out(
    window: MainWindow, qtbot: QtBot, members_file: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "壞掉.xlsx"
    broken.write_bytes(b"PK\x03\x04 broken")
    page = import_page(window, qtbot, broken, members_file)
    assert states(page) == ["ready"]
    assert [one.path for one in page.session.unreadable] == [broken]
    assert "壞掉.xlsx" in page.bar.text


def test_a_folder_is_its_files(window: MainWindow, qtbot: QtBot, members_file: Path) -> None:
    folder = members_file.parent / "匯出"
    folder.mkdir()
    members_file.rename(folder / "會員.csv")
    page = import_page(window, qtbot, folder)
    assert [entry.path.name for entry in page.session.entries] == ["會員.csv"]


def test_a_second_drop_joins_the_first_and_the_same_file_again_replaces_itself(
    window: MainWindow, qtbot: QtBot, members_file: Path, dates_file: Path
) -> None:
    page = import_page(window, qtbot, dates_file)
    page.take_files([members_file])
    settle(window, qtbot)
    page.take_files([members_file])
    settle(window, qtbot)
    assert sorted(entry.path.name for entry in page.session.entries) == ["日期.csv", "會員.csv"]
    assert page.entry is not None
    assert page.entry.path == dates_file


def test_two_sheets_are_two_tables(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "店.xlsx"
    members = [["會員編號", "姓名"], ["A1", "王小明"]]
    file.write_bytes(xlsx(members, name="會員"))
    page = import_page(window, qtbot, file)
    assert page.entry is not None
    assert "工作表「會員」" in page.header.subtitle.text() or page.entry.recipe.sheet == "會員"


def test_pasted_cells_are_a_table(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page = import_page(window, qtbot)
    QGuiApplication.clipboard().setText(
        "會員編號\t姓名\t手機\nA1\t王小明\t912345670\nA2\t陳美玲\t0922333444\n"
    )
    qtbot.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    desk.actions.trigger("import.paste")
    settle(window, qtbot)
    assert page.entry is not None
    assert page.entry.plan is not None
    assert page.entry.plan.report.new == 2
    page.answering.map_column("姓名", "ignore")
    settle(window, qtbot)
    press(page, window, qtbot)
    assert value(desk, "SELECT phone FROM person WHERE member_no = 'A1'") == "+886912345670"
    assert value(desk, "SELECT name FROM person WHERE member_no = 'A1'") is None


def test_rows_to_correct_come_also_from_pasted_cells(
    window: MainWindow, qtbot: QtBot, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    import openpyxl

    page = import_page(window, qtbot)
    QGuiApplication.clipboard().setText("會員編號\t姓名\t手機\nA1\t王小明\t0912\nA2\t陳美玲\t0922333444\n")
    page.opening.paste()
    settle(window, qtbot)
    dialogs.answers["save_file"] = tmp_path / "修正.xlsx"
    page.view.cards.problems.save.click()
    settle(window, qtbot)
    rows = list(openpyxl.load_workbook(tmp_path / "修正.xlsx").active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["會員編號", "A1"]


@pytest.mark.parametrize("text", ["", "一句話"])
def test_what_is_no_table_is_not_pasted(window: MainWindow, qtbot: QtBot, text: str) -> None:
    page = import_page(window, qtbot)
    QGuiApplication.clipboard().setText(text)
    page.opening.paste()
    settle(window, qtbot)
    assert page.entry is None
    assert "剪貼簿" in page.bar.text


def test_leaving_and_returning_keeps_what_was_decided(
    window: MainWindow, desk: Desk, qtbot: QtBot, members_file: Path
) -> None:
    page = import_page(window, qtbot, members_file)
    page.answering.map_column("標籤", "ignore")
    settle(window, qtbot)
    open_page(window, "settings", qtbot)
    desk.actions.trigger("shell.import")
    settle(window, qtbot)
    assert page.entry is not None
    assert page.entry.recipe.mapping["標籤"] == "ignore"
    assert page.commit.isEnabled()


def test_another_language_keeps_what_was_decided(
    program: Program, window: MainWindow, qtbot: QtBot, members_file: Path
) -> None:
    page = import_page(window, qtbot, members_file)
    page.answering.map_column("標籤", "ignore")
    settle(window, qtbot)
    program.settings.put("language", "en")
    program.rebuild()
    settle(window, qtbot)
    assert window.shell is not None
    again = window.shell.stack.current
    assert isinstance(again, ImportPage)
    assert again is not page
    assert again.entry is not None
    assert again.entry.recipe.mapping["標籤"] == "ignore"
    assert again.commit.text() == "Import 3 rows"
    press(again, window, qtbot)
    assert again.entry.outcome is not None
    program.settings.put("language", "zh_TW")
    program.rebuild()
    settle(window, qtbot)


def test_a_look_that_changes_during_the_check_loses_nothing(
    program: Program, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = "".join(f"A{n},客人{n},09{n:08}\n" for n in range(20_000))
    file = written(tmp_path, "大.csv", "會員編號,姓名,手機\n" + rows)
    assert window.shell is not None
    window.shell.go("import", files=[file])
    program.settings.put("theme", "dark")
    program.rebuild()
    settle(window, qtbot)
    page = window.shell.stack.current
    assert isinstance(page, ImportPage)
    assert page.commit.text() == "匯入 20,000 筆"


def test_what_was_being_mapped_is_there_after_a_restart(
    program: Program, window: MainWindow, qtbot: QtBot, shop_path: Path, members_file: Path, dates_file: Path
) -> None:
    page = import_page(window, qtbot, members_file, dates_file)
    page.answering.map_column("標籤", "ignore")
    settle(window, qtbot)
    state = page.remember()
    assert [Path(table["path"]).name for table in state["tables"]] == ["會員.csv", "日期.csv"]
    page.session.clear()
    dates_file.unlink()
    page.recall(state)
    page.opened()
    settle(window, qtbot)
    assert [entry.path for entry in page.session.entries] == [members_file]
    assert page.entry is not None
    assert page.entry.recipe.mapping["標籤"] == "ignore"
    assert page.commit.isEnabled()


def test_a_broken_memory_is_no_memory(window: MainWindow, qtbot: QtBot) -> None:
    page = import_page(window, qtbot)
    page.recall(
        {
            "tables": [
                {"path": "/nowhere/x.csv", "sheet": "", "encoding": None, "separator": None, "answers": "{}"}
            ]
        }
    )
    page.opened()
    assert page.entry is None


def test_a_file_corrected_meanwhile_is_read_anew_when_dropped_again(
    window: MainWindow, desk: Desk, qtbot: QtBot, members_file: Path
) -> None:
    page = import_page(window, qtbot, members_file)
    members_file.write_text(MEMBERS.replace("0912-34,", "0912-345-999,"), encoding="utf-8")
    page.take_files([members_file])
    settle(window, qtbot)
    press(page, window, qtbot)
    assert value(desk, "SELECT phone FROM person WHERE member_no = 'W90002'") == "+886912345999"
    assert "電話壞了" in names(desk)
