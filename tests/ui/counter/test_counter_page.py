"""The till by keyboard alone: who comes, what she gets, and that the shop file agrees."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.core.people.selection import Selection
from desktop.operations.tagging import tagging
from desktop.ui.counter.page import CounterPage
from desktop.ui.main_window import MainWindow
from tests.ui.counter.conftest import CTRL, Cashier
from tests.ui.shop_window import open_page


def test_f4_leads_here_and_the_box_has_the_keyboard(window: MainWindow, qtbot: object) -> None:
    open_page(window, "members", qtbot)
    assert window.shell is not None
    action = window.shell.register.action("shell.counter")
    assert action.shortcut().toString() == "F4"
    action.trigger()
    page = window.shell.stack.current
    assert isinstance(page, CounterPage)
    assert QApplication.focusWidget() is page.box


def test_three_digits_return_return_is_a_visit(cashier: Cashier, page: CounterPage) -> None:
    cashier.type("678\n")
    assert page.card.isVisible()
    assert page.card.name.text() == "王怡君"
    assert cashier.ready()
    cashier.type("\n")
    assert cashier.visits("王怡君") == [None]
    assert cashier.ready()
    assert not page.card.isVisible()
    assert "王怡君" in page.said.text()
    assert page.last.names == ["王怡君"]


def test_without_any_pause_too(cashier: Cashier, page: CounterPage) -> None:
    cashier.fast("678\n\n")
    cashier.rest()
    assert cashier.visits("王怡君") == [None]
    assert cashier.ready()
    cashier.fast("774\n120\n")
    cashier.rest()
    assert cashier.visits("吳雅婷") == [120]
    # A scanner gives its digits and a Return within a few milliseconds, one card after the other.
    cashier.fast("W00270\nW00389\n")
    cashier.rest()
    assert page.card.name.text() == "洪詩涵"


def test_twenty_customers_one_after_the_other(cashier: Cashier, page: CounterPage) -> None:
    names = {"678": "王怡君", "774": "吳雅婷", "335": "李佳穎", "513": "洪詩涵", "902": "郭子軒"}
    for _ in range(4):
        for digits, _name in names.items():
            cashier.type(f"{digits}\n")
            cashier.type("\n")
    assert {name: len(cashier.visits(name)) for name in names.values()} == dict.fromkeys(names.values(), 4)
    assert cashier.value("SELECT count(*) FROM step WHERE kind = 'visit'") == 20
    assert page.last.names == list(reversed(names.values()))
    # However often she comes on a day, it is one order day; 28 were stated by a file.
    assert cashier.value("SELECT order_days FROM person WHERE name = '王怡君'") == 1


def test_an_amount_goes_with_the_visit(cashier: Cashier) -> None:
    cashier.type("678\n")
    cashier.type("120\n")
    assert cashier.visits("王怡君") == [120]
    assert cashier.ready()


def test_a_scanned_card_while_somebody_stands_there_is_the_next_customer(
    cashier: Cashier, page: CounterPage
) -> None:
    cashier.type("678\n")
    cashier.type("W00377\n")
    assert page.card.name.text() == "郭子軒"
    cashier.type("0966318774\n")
    assert page.card.name.text() == "吳雅婷"
    assert cashier.visits("王怡君") == cashier.visits("郭子軒") == []


def test_a_pinned_tag_is_one_key_and_undo_takes_it_back(cashier: Cashier, page: CounterPage) -> None:
    cashier.pin("VIP", 1)
    cashier.type("774\n")
    cashier.key(Qt.Key.Key_1, CTRL)
    assert cashier.tags_of("吳雅婷") == ["VIP", "市集"]
    assert cashier.ready()
    assert page.card.isVisible()
    cashier.key(Qt.Key.Key_1, CTRL)
    assert cashier.tags_of("吳雅婷") == ["市集"]
    cashier.key(Qt.Key.Key_Z, CTRL)
    assert cashier.tags_of("吳雅婷") == ["VIP", "市集"]


def test_a_tag_key_with_nobody_there_says_so(cashier: Cashier, window: MainWindow) -> None:
    cashier.pin("VIP", 1)
    cashier.key(Qt.Key.Key_1, CTRL)
    assert window.shell is not None
    assert any("先找出會員" in text for text in window.shell.notices.texts)
    assert cashier.value("SELECT count(*) FROM step WHERE kind = 'tag'") == 0


def test_ctrl_z_takes_the_last_visit_back(cashier: Cashier, page: CounterPage) -> None:
    cashier.write("UPDATE person SET stated_last_order = last_order, stated_orders = orders")
    cashier.type("678\n")
    cashier.type("\n")
    assert cashier.value("SELECT last_order FROM person WHERE name = '王怡君'") > "2026-11-02"
    cashier.key(Qt.Key.Key_Z, CTRL)
    assert cashier.visits("王怡君") == []
    assert page.last.names == []
    assert cashier.value("SELECT last_order FROM person WHERE name = '王怡君'") == "2026-11-02"


def test_several_are_chosen_by_arrows_and_never_blindly(cashier: Cashier, page: CounterPage) -> None:
    page.box.setText("林")
    cashier.rest()
    assert [person.name for person in page.matches.lines.people] == ["林淑芬"]
    page.box.setText("翰")
    cashier.fast("\n\n\n")
    cashier.rest()
    assert [person.name for person in page.matches.lines.people] == ["曾柏翰", "楊承翰"]
    assert cashier.value("SELECT count(*) FROM shop_order") == 0
    assert page.matches.highlighted is not None


def test_arrows_choose_and_return_opens(cashier: Cashier, page: CounterPage) -> None:
    page.box.setText("翰")
    cashier.rest()
    cashier.key(Qt.Key.Key_Down)
    cashier.key(Qt.Key.Key_Down)
    cashier.type("\n")
    assert page.card.name.text() == "楊承翰"
    assert cashier.ready()
    cashier.type("\n")
    assert cashier.visits("楊承翰") == [None]


def test_somebody_new_in_one_line(cashier: Cashier, page: CounterPage) -> None:
    cashier.type("0955-123-987\n")
    assert page.newcomer.isVisible()
    assert page.newcomer.fields["name"].hasFocus()
    page.newcomer.fields["name"].insert("王小美")
    cashier.type("\n")
    assert cashier.value("SELECT phone FROM person WHERE name = '王小美'") == "+886955123987"
    assert page.card.name.text() == "王小美"
    assert cashier.ready()
    cashier.type("\n")
    assert cashier.visits("王小美") == [None]


def test_a_new_phone_that_is_none_is_said_where_it_is(cashier: Cashier, page: CounterPage) -> None:
    page.box.setText("王小美 09")
    cashier.type("\n")
    assert page.newcomer.isVisible()
    page.newcomer.fields["phone"].setText("09")
    page.newcomer.fields["name"].setFocus()
    cashier.type("\n")
    assert page.newcomer.problem.isVisible()
    assert page.newcomer.fields["phone"].property("wrong")
    assert cashier.value("SELECT count(*) FROM person") == 12
    cashier.key(Qt.Key.Key_Escape)
    assert cashier.ready()
    assert not page.newcomer.isVisible()


def test_somebody_new_who_is_known_is_shown(cashier: Cashier, page: CounterPage) -> None:
    page.box.setText("不認識")
    cashier.type("\n")
    page.newcomer.fields["phone"].setText("0912345678")
    cashier.type("\n")
    assert page.card.name.text() == "王怡君"
    assert cashier.value("SELECT count(*) FROM person") == 12


def test_a_full_customer_is_asked_which_to_replace(cashier: Cashier, page: CounterPage) -> None:
    for number in range(9):
        cashier.desk.jobs.write(
            lambda db, ctx, number=number: tagging.tag(db, Selection.of([2]), f"標{number}"), owner=page
        )
    cashier.pin("VIP", 1)
    cashier.type("774\n")
    assert "10" in page.card.count.text()
    cashier.key(Qt.Key.Key_1, CTRL)
    assert "VIP" not in cashier.tags_of("吳雅婷")
    assert page.full.isVisible()
    page.full.chips[(2, "標3")].click()
    cashier.rest()
    assert "VIP" in cashier.tags_of("吳雅婷")
    assert "標3" not in cashier.tags_of("吳雅婷")
    assert cashier.ready()


def test_escape_goes_back_step_by_step(cashier: Cashier, page: CounterPage, window: MainWindow) -> None:
    cashier.type("678\n")
    cashier.key(Qt.Key.Key_Escape)
    assert not page.card.isVisible()
    assert cashier.ready()
    cashier.key(Qt.Key.Key_Escape)
    assert window.shell is not None
    assert window.shell.stack.current is not page


def test_a_return_held_down_writes_one_visit(cashier: Cashier, page: CounterPage) -> None:
    cashier.type("678\n")
    for repeated in (False, True, True, True):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", repeated)
            QApplication.sendEvent(page.box, event)
    cashier.rest()
    assert cashier.visits("王怡君") == [None]


def test_digits_typed_while_a_button_has_the_focus_go_to_the_box(cashier: Cashier, page: CounterPage) -> None:
    cashier.type("678\n")
    page.card.member_button.setFocus()
    cashier.type("12")
    assert page.box.text() == "12"
    assert page.box.hasFocus()


def test_a_customer_who_left_is_forgotten(cashier: Cashier, page: CounterPage) -> None:
    cashier.type("678\n")
    assert page._forget.isActive()
    page._forget.timeout.emit()
    assert not page.card.isVisible()
    assert page.till.customer is None


def test_the_last_customers_lead_back(cashier: Cashier, page: CounterPage) -> None:
    cashier.type("678\n")
    cashier.type("\n")
    page.last.buttons[0].click()
    cashier.rest()
    assert page.card.name.text() == "王怡君"
    assert cashier.ready()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_1])
def test_while_an_input_method_composes_all_keys_are_its_own(
    cashier: Cashier, page: CounterPage, key: Qt.Key
) -> None:
    cashier.type("678\n")
    cashier.compose(preedit="ㄌㄧㄣˊ")
    cashier.key(key)
    assert page.card.isVisible()
    assert cashier.visits("王怡君") == []
    assert page.box.text() == ""
    cashier.compose(commit="林")
    cashier.type("\n")
    assert page.card.name.text() == "林淑芬"


def test_a_tag_key_while_composing_is_no_tag(cashier: Cashier, page: CounterPage) -> None:
    cashier.pin("VIP", 1)
    cashier.type("774\n")
    cashier.compose(preedit="ㄅ")
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_1, CTRL, "")
    event.ignore()
    QApplication.sendEvent(page.box, event)
    assert event.isAccepted()
    cashier.key(Qt.Key.Key_1, CTRL)
    assert cashier.tags_of("吳雅婷") == ["市集"]
