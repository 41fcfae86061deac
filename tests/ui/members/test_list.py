"""The list: order, search, selection by mouse and keys, empty states."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.core.people.condition import EVERYBODY
from desktop.core.people.query_text import parse
from desktop.core.people.selection import Selection
from desktop.store.shop_file import ShopFile
from desktop.ui.main_window import MainWindow
from desktop.ui.members.page import MembersPage
from desktop.ui.opening.program import Program
from tests.ui.members.conftest import CTRL, SHIFT, Hands
from tests.ui.shop_window import open_page, settle


def test_it_opens_with_the_latest_customers_first_and_says_how_many(page: MembersPage, hands: Hands) -> None:
    assert hands.names()[:3] == ["吳雅婷", "李佳穎", "洪詩涵"]
    assert page.header.subtitle.text() == "12 位・已綁定 LINE 9"
    assert page.list.hints.count.text() == "已選 0 位"


def test_typing_finds_at_once_and_the_number_follows(page: MembersPage, hands: Hands) -> None:
    hands.search("林")
    assert hands.names() == ["林淑芬"]
    assert page.header.subtitle.text() == "符合 1 位／共 12 位"
    hands.search("信義店 OR tag:市集")
    assert page.list.count == 2


def test_typing_is_found_by_itself_after_a_moment(page: MembersPage, hands: Hands, qtbot: QtBot) -> None:
    page.list.bar.field.setFocus()
    qtbot.keyClicks(page.list.bar.field, "W00251")
    qtbot.waitUntil(lambda: page.list.count == 1)
    assert hands.names() == ["林淑芬"]


def test_typing_in_the_list_searches_digits_and_scanners_included(page: MembersPage, hands: Hands) -> None:
    page.list.table.setFocus()
    hands.type("7402")
    assert page.list.bar.field.text() == "7402"
    assert hands.names() == ["陳冠宇"]
    hands.key(Qt.Key.Key_Return)
    assert page.list.table.hasFocus()
    assert hands.selected_names() == ["陳冠宇"]
    hands.type("W00251")
    hands.key(Qt.Key.Key_Return)
    assert hands.selected_names() == ["林淑芬"]


def test_a_mistake_is_said_below_the_field_and_the_list_stays(page: MembersPage, hands: Hands) -> None:
    hands.search("tgas:VIP")
    assert "tgas" in page.list.bar.mistake
    assert "tags" in page.list.bar.mistake
    assert page.list.count == 12
    page.list.bar._mend.click()
    hands.rest()
    assert page.list.bar.field.text() == "tags:VIP"
    assert page.list.bar.mistake == ""
    assert hands.names() == ["王怡君", "劉俊傑"]


def test_half_a_question_is_not_yet_a_mistake(page: MembersPage, hands: Hands, qtbot: QtBot) -> None:
    hands.search("tag:")
    assert page.list.bar.mistake == ""
    assert page.list.count == 12
    qtbot.waitUntil(lambda: page.list.bar.mistake != "")


def test_return_turns_what_can_be_read_into_chips(page: MembersPage, hands: Hands) -> None:
    hands.search("tag:熟客 店 orders:>=10")
    page.list.bar.field.setFocus()
    hands.key(Qt.Key.Key_Return)
    assert page.list.bar.chips.texts == ["標籤 熟客", "次數 ≥ 10"]
    assert page.list.bar.field.text() == "店"
    assert page.list.condition == parse("tag:熟客 orders:>=10 店")


def test_a_chip_is_taken_away_by_its_cross_and_by_delete(
    page: MembersPage, hands: Hands, qtbot: QtBot
) -> None:
    page.list.bar.set_query("tag:熟客 orders:>=10")
    hands.rest()
    cross = page.list.bar.chips.chip("標籤 熟客").cross().center()
    qtbot.mouseClick(page.list.bar.chips.chip("標籤 熟客"), Qt.MouseButton.LeftButton, pos=cross)
    hands.rest()
    assert page.list.condition == parse("orders:>=10")
    hands.key(Qt.Key.Key_Delete, widget=page.list.bar.chips.chip("次數 ≥ 10"))
    assert page.list.condition == EVERYBODY


def test_a_click_on_a_chip_puts_it_back_into_the_field(page: MembersPage, hands: Hands) -> None:
    page.list.bar.set_query("tag:熟客 王")
    hands.rest()
    page.list.bar.chips.chip("標籤 熟客").click()
    hands.rest()
    assert page.list.bar.chips.texts == []
    assert page.list.bar.field.text() == "標籤:熟客 王"
    assert page.list.condition == parse("tag:熟客 王")


def test_an_or_stays_together_when_its_chip_goes_back_into_the_field(page: MembersPage, hands: Hands) -> None:
    page.list.bar.set_query("(tag:熟客 OR tag:VIP) 店")
    hands.rest()
    page.list.bar.chips.chip("標籤 熟客 或 VIP").click()
    hands.rest()
    assert page.list.condition == parse("(tag:熟客 OR tag:VIP) 店")


def test_the_menu_offers_what_the_shop_has(page: MembersPage, hands: Hands) -> None:
    page.list.bar.add.click()
    hands.rest()
    menu = page.menus.shown
    assert menu is not None
    parts = {action.text(): action.menu() for action in menu.actions()}
    stores = parts["門市"]
    assert isinstance(stores, QMenu)
    assert [action.text() for action in stores.actions()][:2] == ["信義店（4）", "中山店（3）"]
    stores.actions()[0].trigger()
    line = parts["LINE"]
    assert isinstance(line, QMenu)
    next(action for action in line.actions() if action.text() == "未綁定會員").trigger()
    menu.close()
    hands.rest()
    assert page.list.condition == parse("shop_member:yes bound:no store=信義店")
    assert page.list.bar.chips.texts == ["未綁定會員", "門市 信義店"]


def test_a_number_of_days_of_ones_own(page: MembersPage, hands: Hands) -> None:
    dialogs = hands.desk.dialogs
    dialogs.answers["ask_text"] = "0"
    page.menus._ask_days("within")
    assert dialogs.asked[-1][2] == "refused"
    dialogs.answers["ask_text"] = "45"
    page.menus._ask_days("before")
    hands.rest()
    assert page.list.condition == parse("last_order:>45d")


def test_a_click_on_a_header_sorts_and_one_more_turns_round(page: MembersPage, hands: Hands) -> None:
    header = page.list.table.list_header
    header.sort_by("orders")
    hands.rest()
    assert hands.names()[0] == "劉俊傑"
    header.sort_by("orders")
    hands.rest()
    assert hands.names()[-1] == "劉俊傑"
    header.sort_by("member_no")
    hands.rest()
    assert hands.names()[0] == "王怡君"


def test_sorting_keeps_who_is_selected(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    page.list.table.list_header.sort_by("total")
    hands.rest()
    assert hands.selected_names() == ["吳雅婷"]


def test_another_search_selects_nobody(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    hands.search("信義")
    assert page.list.selected_count() == 0


def test_mouse_and_modifiers(page: MembersPage, hands: Hands) -> None:
    hands.click(1)
    hands.click(3, CTRL)
    assert hands.selected_names() == ["李佳穎", "郭子軒"]
    hands.click(5, SHIFT)
    assert len(hands.selected_names()) == 3
    hands.click(0, CTRL | SHIFT)
    assert len(hands.selected_names()) == 6


def test_a_drag_over_rows_selects_them(page: MembersPage, hands: Hands, qtbot: QtBot) -> None:
    table = page.list.table

    def place(row: int) -> QPoint:
        return QPoint(20, table.visualRect(table.model().index(row, 0)).center().y())

    qtbot.mousePress(table.viewport(), Qt.MouseButton.LeftButton, pos=place(1))
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    at = QPointF(place(4))
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, table.viewport().mapToGlobal(at), Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(table.viewport(), moved)
    qtbot.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, pos=place(4))
    assert page.list.selected_count() == 4


def test_keys_move_select_and_let_go(page: MembersPage, hands: Hands) -> None:
    page.list.table.setFocus()
    hands.key(Qt.Key.Key_Home)
    hands.key(Qt.Key.Key_Down)
    assert hands.selected_names() == ["李佳穎"]
    hands.key(Qt.Key.Key_Down, SHIFT)
    assert hands.selected_names() == ["李佳穎", "洪詩涵"]
    hands.key(Qt.Key.Key_Down, CTRL)
    assert hands.selected_names() == ["李佳穎", "洪詩涵"]
    hands.key(Qt.Key.Key_Space)
    assert hands.selected_names() == ["李佳穎", "洪詩涵", "郭子軒"]
    hands.key(Qt.Key.Key_End, SHIFT)
    assert page.list.selected_count() == 9
    hands.key(Qt.Key.Key_Escape)
    assert page.list.selected_count() == 0


def test_ctrl_a_means_all_that_match(page: MembersPage, hands: Hands) -> None:
    hands.search("信義店")
    page.list.bar.set_query("store=信義店")
    hands.rest()
    page.list.table.setFocus()
    hands.key(Qt.Key.Key_A, CTRL)
    hands.click(0, CTRL)
    assert page.list.selection() == Selection.matching(parse("store=信義店"), page.list.selection().without)
    assert page.panel.title.text() == "已選 3 位會員"
    assert page.list.hints.count.text() == "已選 3 位"


def test_nobody_found_offers_to_clear_the_search(page: MembersPage, hands: Hands) -> None:
    hands.search("咖啡豆王")
    assert page.list._stack.currentIndex() == 1
    page.list.bar.clear()
    hands.rest()
    assert page.list._stack.currentIndex() == 0
    assert page.list.count == 12


def table_corner(page: MembersPage) -> QPoint:
    return page.list.table.mapToGlobal(QPoint(0, 0))


def submenu(menu: QMenu, title: str) -> QMenu:
    found = next(action.menu() for action in menu.actions() if action.text() == title)
    assert isinstance(found, QMenu)
    return found


def test_columns_are_chosen_and_remembered(page: MembersPage, hands: Hands, qtbot: QtBot) -> None:
    header = page.list.table.list_header
    header.menu_asked.emit("phone", table_corner(page))
    assert page.menus.shown is not None
    columns = submenu(page.menus.shown, "顯示的欄位")
    choices = {action.text(): action for action in columns.actions()}
    choices["電話"].trigger()
    choices["等級"].trigger()
    page.menus.shown.close()
    assert "phone" not in header.shown_columns()
    assert "level" in header.shown_columns()
    header.sort_by("orders")
    hands.rest()
    page.list.bar.set_query("tag:VIP")
    hands.rest()
    state = page.remember()
    other = MembersPage(hands.desk)
    qtbot.addWidget(other)
    other.recall(state)
    settle(hands.window, qtbot)
    assert other.list.table.list_header.shown_columns() == header.shown_columns()
    assert (other.list.table.list_header.column, other.list.bar.chips.texts) == ("orders", ["標籤 VIP"])


def test_the_last_column_cannot_be_hidden(page: MembersPage) -> None:
    header = page.list.table.list_header
    for column in header.shown_columns():
        header.show_column(column, False)
    assert len(header.shown_columns()) == 1


def test_a_cut_cell_shows_the_whole_as_a_tip(page: MembersPage, hands: Hands) -> None:
    table = page.list.table
    hands.names()
    cell = table.itemDelegate()
    index = table.model().index(0, 0)
    assert cell.needed_width(index, table) > 0
    event = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(1, 1), table.mapToGlobal(QPoint(1, 1)))
    from PySide6.QtWidgets import QStyleOptionViewItem

    option = QStyleOptionViewItem()
    option.rect = table.visualRect(index)
    assert cell.helpEvent(event, table, option, index)


def test_opened_for_a_query_it_shows_those_people(window: MainWindow, hands: Hands, qtbot: QtBot) -> None:
    page = open_page(window, "members", qtbot, query="tag:VIP")
    assert isinstance(page, MembersPage)
    assert hands.names() == ["王怡君", "劉俊傑"]


@pytest.fixture
def empty_shop(program: Program, tmp_path: Path, qtbot: QtBot) -> MembersPage:
    """The page on a shop without members."""
    path = tmp_path / "新店.tagline"
    with ShopFile.create(path, name="新店"):
        pass
    program.start(path)
    settle(program.window, qtbot)
    page = open_page(program.window, "members", qtbot)
    assert isinstance(page, MembersPage)
    return page


def test_a_shop_without_members_says_how_to_begin(empty_shop: MembersPage) -> None:
    assert empty_shop.body_stack.currentIndex() == 1
    assert empty_shop.panel.isHidden()
    assert empty_shop.head.export_button.isHidden()
    assert empty_shop.header.subtitle.text() == ""
