"""Chinese and Japanese are typed through an input method: while it composes, every key is its own. Qt's widgets are asked with the
events an input method sends; the real ones of Windows and macOS are tried by hand before a release."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.operations.tagging import tagging
from desktop.ui.members.page import MembersPage
from desktop.ui.widgets.fields import TextField
from tests.ui.members.conftest import CTRL, Hands


@pytest.fixture(params=["search", "tags"])
def field(request: pytest.FixtureRequest, page: MembersPage, hands: Hands) -> TextField:
    """Each of the page's two fields, with one member selected and the focus in it."""
    hands.click(0)
    found: TextField = page.list.bar.field if request.param == "search" else page.panel.box.field
    found.setFocus()
    return found


def overridden(field: TextField, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
    """Whether the field keeps a shortcut for itself."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers, "")
    event.ignore()
    QApplication.sendEvent(field, event)
    return event.isAccepted()


def test_nothing_happens_until_the_text_is_committed(
    page: MembersPage, hands: Hands, field: TextField, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(field.textChanged):
        hands.compose(field, preedit="ㄎㄚ")
        hands.compose(field, preedit="咖")
    assert field.composing
    hands.rest()
    assert page.list.count == 12
    assert page.panel.box.list.isHidden()
    hands.compose(field, commit="咖啡")
    assert not field.composing
    assert field.text() == "咖啡"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_return_and_tab_belong_to_the_input_method(
    page: MembersPage, hands: Hands, field: TextField, qtbot: QtBot, key: Qt.Key
) -> None:
    hands.compose(field, commit="市")
    hands.rest()
    hands.compose(field, preedit="ㄐㄧˊ")
    with qtbot.assertNotEmitted(field.submitted):
        qtbot.keyClick(field, key)
    hands.rest()
    assert field.hasFocus()
    assert field.text() == "市"
    assert hands.tags_of("吳雅婷") == ["市集"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Up])
def test_escape_and_arrows_choose_among_candidates(
    page: MembersPage, hands: Hands, field: TextField, key: Qt.Key
) -> None:
    hands.compose(field, commit="熟")
    hands.rest()
    highlighted = page.panel.box.list.highlighted
    hands.compose(field, preedit="ㄎㄜˋ")
    hands.key(key, widget=field)
    assert field.hasFocus()
    assert field.text() == "熟"
    assert page.panel.box.list.highlighted == highlighted


def test_a_digit_while_composing_puts_no_tag_on(page: MembersPage, hands: Hands, field: TextField) -> None:
    hands.write(lambda db: tagging.pin(db, "VIP", 1))
    hands.compose(field, preedit="ㄅ")
    assert overridden(field, Qt.Key.Key_1, CTRL)
    assert overridden(field, Qt.Key.Key_R, CTRL)
    hands.key(Qt.Key.Key_1, CTRL, widget=field)
    hands.key(Qt.Key.Key_1, widget=field)
    assert hands.tags_of("吳雅婷") == ["市集"]
    hands.compose(field)
    assert not overridden(field, Qt.Key.Key_1, CTRL)
    hands.key(Qt.Key.Key_1, CTRL, widget=field)
    assert hands.tags_of("吳雅婷") == ["市集", "VIP"]


def test_the_return_that_confirms_a_candidate_takes_no_suggestion(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    hands.key(Qt.Key.Key_T, CTRL)
    box = page.panel.box.field
    hands.compose(box, preedit="ㄨㄞˋ")
    hands.qtbot.keyClick(box, Qt.Key.Key_Return)
    hands.compose(box, commit="外")
    hands.rest()
    assert hands.tags_of("吳雅婷") == ["市集"]
    assert [one.name for one in page.panel.box.list.lines.suggestions] == ["外帶", "外"]
    hands.key(Qt.Key.Key_Return)
    assert hands.tags_of("吳雅婷") == ["市集", "外帶"]


def test_after_arrows_return_acts_once(page: MembersPage, hands: Hands, qtbot: QtBot) -> None:
    hands.click(0)
    hands.key(Qt.Key.Key_T, CTRL)
    hands.type("外")
    hands.key(Qt.Key.Key_Down)
    chosen: list[str] = []
    page.panel.box.chosen.connect(chosen.append)
    hands.key(Qt.Key.Key_Return)
    assert chosen == ["外"]


def test_the_list_stays_while_the_next_character_is_composed(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    hands.key(Qt.Key.Key_T, CTRL)
    hands.type("外")
    hands.compose(page.panel.box.field, preedit="ㄉㄞˋ")
    assert not page.panel.box.list.isHidden()
    assert QApplication.focusWidget() is page.panel.box.field
    hands.compose(page.panel.box.field, commit="帶")
    assert [one.name for one in page.panel.box.list.lines.suggestions] == ["外帶"]


def test_a_name_too_long_is_checked_after_the_commit(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    hands.key(Qt.Key.Key_T, CTRL)
    hands.compose(page.panel.box.field, commit="咖啡常客" * 11)
    assert page.panel.box.field.text() == "咖啡常客" * 11
    hands.key(Qt.Key.Key_Return, CTRL)
    assert "40" in page.panel.box.problem.text()
    assert hands.tags_of("吳雅婷") == ["市集"]


def test_the_list_of_members_takes_keys_and_no_composition(page: MembersPage, hands: Hands) -> None:
    enabled = Qt.WidgetAttribute.WA_InputMethodEnabled
    hands.click(0)
    for widget in (page.list.table, page.list.table.viewport(), page.panel.filters, page.panel.box.list):
        assert not widget.testAttribute(enabled)
    assert page.list.bar.field.testAttribute(enabled)
    assert page.panel.box.field.testAttribute(enabled)
