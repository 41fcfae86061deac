"""A pasted list of numbers: what was found is told in numbers that add up, and becomes a selection to be tagged."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from desktop.ui.members.page import MembersPage
from desktop.ui.members.pasting.paste_dialog import PasteDialog
from tests.ui.members.conftest import CTRL, Hands

LIST = "0912-345-678\nW00377\nw00377\n0999-999-999\nW00288\n"


def opened(page: MembersPage, hands: Hands, qtbot: QtBot) -> PasteDialog:
    dialog = page.desk.dialogs.shown[-1]
    assert isinstance(dialog, PasteDialog)
    qtbot.addWidget(dialog)
    hands.rest()
    return dialog


def test_ctrl_v_in_the_list_takes_the_clipboard(page: MembersPage, hands: Hands, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText(LIST)
    hands.search("林")
    page.list.table.setFocus()
    hands.key(Qt.Key.Key_V, CTRL)
    dialog = opened(page, hands, qtbot)
    assert [dialog.figures.value(key) for key in ("found", "repeated", "missing", "several")] == [
        "3",
        "1",
        "1",
        "0",
    ]
    assert dialog.lists["missing"].toPlainText() == "0999-999-999"
    dialog.tag_button.click()
    hands.rest()
    assert sorted(hands.selected_names()) == sorted(["王怡君", "郭子軒", "黃志明"])
    assert page.panel.box.field.hasFocus()
    hands.type("VIP")
    hands.key(Qt.Key.Key_Return)
    assert hands.tags_of("黃志明") == ["熟客", "VIP"]
    assert "VIP" in hands.tags_of("郭子軒")
    QGuiApplication.clipboard().clear()


def test_a_number_of_several_people_selects_them_only_on_request(
    page: MembersPage, hands: Hands, qtbot: QtBot
) -> None:
    hands.write(lambda db: db.run("UPDATE person SET phone = '+886912345678' WHERE name = '林淑芬'"))
    page.paster.open("0912345678\nW00377")
    dialog = opened(page, hands, qtbot)
    assert dialog.lists["several"].toPlainText() == "0912345678　王怡君、林淑芬"
    assert dialog.people == (5,)
    dialog.with_several.setChecked(True)
    dialog.select_button.click()
    hands.rest()
    assert sorted(hands.selected_names()) == sorted(["王怡君", "林淑芬", "郭子軒"])
    assert page.list.table.hasFocus()


def test_nothing_found_selects_nobody(page: MembersPage, hands: Hands, qtbot: QtBot) -> None:
    page.paster.open("不是號碼")
    dialog = opened(page, hands, qtbot)
    assert not dialog.select_button.isEnabled()
    assert not dialog.tag_button.isEnabled()
    assert dialog.tabs.tabText(0) == "找不到"


def test_composing_in_the_box_looks_nothing_up(page: MembersPage, hands: Hands, qtbot: QtBot) -> None:
    page.paster.open()
    dialog = opened(page, hands, qtbot)
    hands.compose(dialog.edit, preedit="ㄨ")
    assert not dialog._typing.isActive()
    hands.compose(dialog.edit, commit="W00377")
    assert dialog._typing.isActive()
    dialog.look()
    hands.rest()
    assert dialog.people == (5,)
