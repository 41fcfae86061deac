"""貼標模式: only there do plain digits tag; a frame says so, Escape ends it, a digit held down counts once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from desktop.operations.tagging import tagging
from desktop.ui import theme
from desktop.ui.members.page import MembersPage
from tests.ui.members.conftest import CTRL, SHIFT, Hands


@pytest.fixture
def pinned(hands: Hands) -> None:
    """Two tags are pinned."""
    hands.write(lambda db: tagging.pin(db, "VIP", 1))
    hands.write(lambda db: tagging.pin(db, "外帶", 10))


def test_digits_search_until_the_mode_is_on(page: MembersPage, hands: Hands, pinned: None) -> None:
    hands.click(0)
    hands.type("1")
    assert page.list.bar.field.text() == "1"
    assert hands.tags_of("吳雅婷") == ["市集"]


def test_digits_tag_whole_lines_of_people_one_after_the_other(
    page: MembersPage, hands: Hands, pinned: None
) -> None:
    page.list.table.setFocus()
    hands.key(Qt.Key.Key_T, CTRL | SHIFT)
    assert page.mode.on
    assert page.mode.strip.isVisible()
    assert "1 VIP" in page.mode.strip.words.text()
    assert "0 外帶" in page.mode.strip.words.text()
    for _ in range(3):
        hands.type("1")
        hands.type("0")
        hands.key(Qt.Key.Key_Down)
    assert hands.tags_of("吳雅婷") == ["市集", "VIP", "外帶"]
    assert hands.tags_of("李佳穎") == ["VIP", "外帶"]
    assert page.list.bar.field.text() == ""
    hands.key(Qt.Key.Key_Up)
    hands.type("0")
    assert hands.tags_of("洪詩涵") == ["VIP"]


def test_a_frame_in_the_accent_colour_says_so(page: MembersPage, hands: Hands) -> None:
    page.mode.begin()
    hands.rest()
    picture = page.list.table.grab().toImage()
    assert picture.pixelColor(1, picture.height() // 2).name() == theme.colour("accent").name()
    page.mode.leave()
    hands.rest()
    picture = page.list.table.grab().toImage()
    assert picture.pixelColor(1, picture.height() // 2).name() != theme.colour("accent").name()


def test_escape_ends_the_mode_before_it_lets_the_selection_go(
    page: MembersPage, hands: Hands, pinned: None
) -> None:
    hands.click(2)
    page.mode.begin()
    hands.key(Qt.Key.Key_Escape)
    assert not page.mode.on
    assert not page.mode.strip.isVisible()
    assert page.list.selected_count() == 1
    hands.type("1")
    assert page.list.bar.field.text() == "1"


def test_a_digit_held_down_counts_once(page: MembersPage, hands: Hands, pinned: None) -> None:
    hands.click(0)
    page.mode.begin()
    for repeated in (False, True, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", repeated)
        QApplication.sendEvent(page.list.table, event)
    hands.rest()
    assert hands.tags_of("吳雅婷") == ["市集", "VIP"]


def test_letters_still_search_and_ctrl_digits_still_tag(
    page: MembersPage, hands: Hands, pinned: None
) -> None:
    hands.click(0)
    page.mode.begin()
    hands.key(Qt.Key.Key_1, CTRL)
    assert hands.tags_of("吳雅婷") == ["市集", "VIP"]
    hands.type("W")
    assert page.list.bar.field.text() == "W"
    hands.type("1")
    assert page.list.bar.field.text() == "W1"


def test_a_digit_without_a_tag_says_so(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    page.mode.begin()
    assert "釘選" in page.mode.strip.words.text()
    hands.type("5")
    assert "Ctrl+5" in hands.notices()[-1]
