"""The mapping table: fields chosen by typing, states that open their cells before and after, dates asked in place, files read
otherwise."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.desk import Desk
from desktop.ui.importing.mapping.column_dialog import ColumnDialog
from desktop.ui.importing.mapping.field_menu import FieldMenu
from desktop.ui.importing.page import ImportPage
from desktop.ui.main_window import MainWindow
from tests.ui.importing.importing_window import import_page, press, shown, value, written
from tests.ui.shop_window import FakeDialogs, settle


def menu_of(page: ImportPage, column: str) -> FieldMenu:
    page.view.cards.columns.row_of(column).field.click()
    assert page.choices.menu is not None
    return page.choices.menu


def test_a_field_is_chosen_by_typing(window: MainWindow, qtbot: QtBot, members_file: Path) -> None:
    page = import_page(window, qtbot, members_file)
    menu = menu_of(page, "標籤")
    assert "tags" in menu.offered
    menu.field.insert("不匯入")
    assert menu.offered == ["ignore"]
    qtbot.keyClick(menu.field, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert page.entry is not None
    assert page.entry.recipe.mapping["標籤"] == "ignore"
    assert page.entry.plan is not None
    row = page.view.cards.columns.row_of("標籤")
    assert row.field.text_shown() == "不匯入"
    assert row.after.text() == "—"


def test_arrows_pass_over_the_names_of_groups(window: MainWindow, qtbot: QtBot, members_file: Path) -> None:
    page = import_page(window, qtbot, members_file)
    menu = menu_of(page, "姓名")
    seen = set()
    for _ in range(len(menu.offered)):
        qtbot.keyClick(menu.field, Qt.Key.Key_Down)
        seen.add(menu.list.currentItem().data(Qt.ItemDataRole.UserRole))
    assert seen == set(menu.offered)


def test_escape_closes_the_list_and_changes_nothing(
    window: MainWindow, qtbot: QtBot, members_file: Path
) -> None:
    page = import_page(window, qtbot, members_file)
    menu = menu_of(page, "姓名")
    qtbot.keyClick(menu.field, Qt.Key.Key_Escape)
    assert not menu.isVisible()
    assert page.entry is not None
    assert page.entry.answers.fields == {}


def test_composing_in_the_list_of_fields_chooses_nothing(
    window: MainWindow, qtbot: QtBot, members_file: Path
) -> None:
    page = import_page(window, qtbot, members_file)
    menu = menu_of(page, "姓名")
    QApplication.sendEvent(menu.field, QInputMethodEvent("ㄅㄨˋ", []))
    qtbot.keyClick(menu.field, Qt.Key.Key_Return)
    assert menu.isVisible()
    committed = QInputMethodEvent("", [])
    committed.setCommitString("備註")
    QApplication.sendEvent(menu.field, committed)
    assert menu.offered == ["note"]
    qtbot.keyClick(menu.field, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert page.entry is not None
    assert page.entry.recipe.mapping["姓名"] == "note"


def test_a_state_opens_the_cells_before_and_after(
    window: MainWindow, qtbot: QtBot, members_file: Path, dialogs: FakeDialogs
) -> None:
    page = import_page(window, qtbot, members_file)
    row = page.view.cards.columns.row_of("手機")
    assert row.state.text() == "1 格存不進來"
    row.state.click()
    dialog = shown(dialogs, ColumnDialog)
    assert isinstance(dialog, ColumnDialog)
    cells = {(cell.before, cell.after) for cell in dialog.model.rows}
    assert ("912345678", "0912-345-678") in cells
    assert ("0912-34", "—") in cells
    dialog.choose_group("problems")
    assert [cell.before for cell in dialog.model.rows] == ["0912-34"]


def test_repairs_are_counted_in_the_state(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    rows = "".join(f"A{n},91234567{n}\n" for n in range(9))
    page = import_page(window, qtbot, written(tmp_path, "電話.csv", "會員編號,手機\n" + rows))
    state = page.view.cards.columns.row_of("手機").state
    assert "補回開頭的 0：9 格" in state.text()


def test_ambiguous_dates_are_asked_in_place(
    window: MainWindow, desk: Desk, qtbot: QtBot, dates_file: Path
) -> None:
    page = import_page(window, qtbot, dates_file)
    assert page.entry is not None
    assert page.entry.plan is None
    assert not page.commit.isEnabled()
    assert "生日" in page.bar.text
    order = page.view.cards.columns.row_of("生日").order
    assert order.isVisibleTo(page)
    order.setCurrentIndex(order.findData("dmy"))
    order.activated.emit(order.currentIndex())
    settle(window, qtbot)
    assert not page.bar.isVisibleTo(page)
    press(page, window, qtbot)
    assert value(desk, "SELECT birthday FROM person WHERE member_no = 'A1'") == "1990-04-03"


def test_a_guess_is_shown_as_one(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    rows = "".join(f"A{n},客人{n},買家{n}@example.com\n".replace("買家", "b") for n in range(30))
    page = import_page(window, qtbot, written(tmp_path, "x.csv", "會員編號,姓名,欄三\n" + rows))
    state = page.view.cards.columns.row_of("欄三").state.text()
    assert page.entry is not None
    column = page.entry.recipe.columns[2]
    assert column.field == "email"
    assert ("推測" in state) == (column.confidence < 0.8)


def test_another_encoding_takes_effect_at_once(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "big5.csv"
    file.write_bytes("會員編號,姓名\nA1,王小明\nA2,陳美玲\n".encode("cp950"))
    page = import_page(window, qtbot, file)
    source = page.view.cards.source
    assert source.encoding.isVisibleTo(page)
    assert source.encoding.select.value() == "cp950"
    source.encoding.select.chosen.emit("cp932")
    settle(window, qtbot)
    assert page.entry is not None
    assert page.entry.encoding == "cp932"
    assert "王小明" not in [
        sample.before for column in page.entry.recipe.columns for sample in column.samples
    ]
    source.encoding.select.chosen.emit("cp950")
    settle(window, qtbot)
    assert page.entry.recipe.mapping == {"會員編號": "member_no", "姓名": "name"}


def test_another_row_of_names_forgets_what_was_decided_about_columns(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    text = "會員編號,姓名\nA1,王小明\nA2,陳美玲\n"
    page = import_page(window, qtbot, written(tmp_path, "x.csv", text))
    page.answering.map_column("姓名", "note")
    settle(window, qtbot)
    page.view.cards.source.header.select.chosen.emit(2)
    settle(window, qtbot)
    assert page.entry is not None
    assert page.entry.recipe.header_row == 2
    assert [column.name for column in page.entry.recipe.columns] == ["A1", "王小明"]
    page.view.cards.source.header.select.chosen.emit(1)
    settle(window, qtbot)
    assert page.entry.recipe.mapping["姓名"] == "name"


def test_the_focus_stays_on_a_line_while_the_file_is_checked_again(
    window: MainWindow, qtbot: QtBot, members_file: Path
) -> None:
    page = import_page(window, qtbot, members_file)
    button = page.view.cards.columns.row_of("標籤").field
    button.setFocus()
    page.answering.map_column("生日", "ignore")
    settle(window, qtbot)
    assert page.view.cards.columns.row_of("標籤").field is button
    assert window.focusWidget() is button


def test_a_column_can_only_fill_what_is_empty(
    window: MainWindow, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    file = written(tmp_path, "x.csv", "會員編號,姓名,手機\nW00231,改名,0911000222\n")
    page = import_page(window, qtbot, file)
    menu = menu_of(page, "姓名")
    (select,) = menu.more
    select.chosen.emit("fill")
    settle(window, qtbot)
    assert page.entry is not None
    assert page.entry.recipe.decided.overwrite == {"姓名": "fill"}
    press(page, window, qtbot)
    assert value(desk, "SELECT name FROM person WHERE member_no = 'W00231'") == "王怡君"
    assert value(desk, "SELECT phone FROM person WHERE member_no = 'W00231'") == "+886911000222"
