"""Balloons are moved by mouse and keys, doubled, removed and added; what stands in them comes along."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.planning.greeting.balloons import Balloon, Cards, Coupon, Insert, RichMessage, Text
from desktop.ui.desk import Desk
from desktop.ui.greeting.balloons.balloon_list import BalloonList
from desktop.ui.greeting.balloons.cards_editor import CardsEditor
from desktop.ui.greeting.balloons.rich_editor import LAYOUTS, RichEditor, divided, layout_of
from desktop.ui.greeting.balloons.text_editor import TextEditor
from desktop.ui.greeting.shelf import Shelf
from desktop.ui.greeting.tools import Tools
from desktop.ui.page import Page

ONE, TWO, THREE = Text(("一",)), Text(("二", Insert.FRIEND)), Coupon(title="買一送一")


@pytest.fixture
def listed(desk: Desk, qtbot: QtBot) -> BalloonList:
    """Three balloons on screen."""
    page = Page(desk, "greeting")
    made = BalloonList(Tools(page, desk, Shelf(desk, page)))
    qtbot.addWidget(page)
    page.body.addWidget(made)
    made.show_balloons((ONE, TWO, THREE))
    page.resize(420, 900)
    page.show()
    qtbot.waitExposed(page)
    QApplication.processEvents()
    return made


def said(listed: BalloonList) -> list[tuple[Balloon, ...]]:
    found: list[tuple[Balloon, ...]] = []
    listed.edited.connect(found.append)
    return found


def test_a_balloon_is_dragged_below_another(listed: BalloonList, qtbot: QtBot) -> None:
    heard = said(listed)
    grip = listed.cards[0].grip
    below = listed.cards[1].geometry().bottom() - 4
    target = grip.mapFromGlobal(listed.mapToGlobal(QPoint(20, below)))
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(grip, target - QPoint(0, 6))
    qtbot.mouseMove(grip, target)
    assert listed._mark.isVisible()
    qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=target)
    qtbot.waitUntil(lambda: heard == [(TWO, ONE, THREE)], timeout=2000)
    assert not listed._mark.isVisible()


def test_letting_go_where_it_was_changes_nothing(listed: BalloonList, qtbot: QtBot) -> None:
    heard = said(listed)
    grip = listed.cards[1].grip
    near = grip.rect().center() + QPoint(0, 30)
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(grip, near)
    qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=near)
    QApplication.processEvents()
    assert listed.balloons == (ONE, TWO, THREE)
    assert heard == []


def test_escape_gives_a_drag_up(listed: BalloonList, qtbot: QtBot) -> None:
    grip = listed.cards[0].grip
    target = grip.mapFromGlobal(listed.mapToGlobal(QPoint(20, 700)))
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(grip, target)
    qtbot.keyClick(grip, Qt.Key.Key_Escape)
    qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=target)
    QApplication.processEvents()
    assert listed.balloons == (ONE, TWO, THREE)


def test_alt_and_arrows_move_the_balloon_one_writes_in(listed: BalloonList, qtbot: QtBot) -> None:
    heard = said(listed)
    editor = listed.cards[0].editor
    assert isinstance(editor, TextEditor)
    editor.field.setFocus()
    qtbot.keyClick(editor.field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(editor.field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(editor.field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert heard[-1] == (TWO, THREE, ONE)
    assert len(heard) == 2
    assert editor.field.hasFocus()
    qtbot.keyClick(editor.field, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert listed.balloons == (TWO, ONE, THREE)
    assert [card.title.text()[0] for card in listed.cards] == ["①", "②", "③"]


def test_five_balloons_and_no_more(listed: BalloonList) -> None:
    listed.cards[0].double.trigger()
    assert listed.balloons == (ONE, ONE, TWO, THREE)
    assert listed.advice.isVisible()
    listed.add("text")
    assert listed.balloons[-1] == Text()
    assert not listed.add_button.isVisible()
    assert not any(card.double.isEnabled() for card in listed.cards)
    listed.remove(listed.cards[0])
    assert listed.add_button.isVisible()


def test_the_last_balloon_can_go_too(listed: BalloonList) -> None:
    heard = said(listed)
    for _ in range(3):
        listed.remove(listed.cards[0])
    assert heard[-1] == ()
    assert listed.add_button.hasFocus()


def test_the_same_kinds_keep_their_fields(listed: BalloonList, qtbot: QtBot) -> None:
    editor = listed.cards[0].editor
    listed.show_balloons((Text(("改了",)), TWO, THREE))
    assert listed.cards[0].editor is editor
    assert isinstance(editor, TextEditor)
    assert editor.field.parts == ("改了",)
    listed.show_balloons((THREE, TWO))
    assert listed.balloons == (THREE, TWO)


def test_what_is_put_in_can_be_taken_back_in_the_field(listed: BalloonList, qtbot: QtBot) -> None:
    heard = said(listed)
    listed.become((Text(("一\n官網：〔官網網址〕",)), TWO, THREE))
    assert heard[-1][0] == Text(("一\n官網：〔官網網址〕",))
    editor = listed.cards[0].editor
    assert isinstance(editor, TextEditor)
    editor.field.undo()
    assert listed.balloons == (ONE, TWO, THREE)
    listed.become((ONE, RichMessage(), TWO, THREE))
    assert listed.balloons == (ONE, RichMessage(), TWO, THREE)


def test_too_long_a_text_is_marked(listed: BalloonList) -> None:
    card = listed.cards[0]
    assert card.hint.text() == "1 / 500 字"
    card.show_balloon(Text(("字" * 501,)))
    assert card.hint.text() == "501 / 500 字"
    assert card.hint.property("kind") == "error"


def test_names_are_put_in_where_the_caret_is(listed: BalloonList, qtbot: QtBot) -> None:
    editor = listed.cards[0].editor
    assert isinstance(editor, TextEditor)
    qtbot.keyClick(editor.field, Qt.Key.Key_Home)
    editor.inserts[Insert.FRIEND].click()
    assert editor.field.hasFocus()
    qtbot.keyClicks(editor.field, ", ")
    assert listed.balloons[0] == Text((Insert.FRIEND, ", 一"))


@pytest.mark.parametrize("layout", list(LAYOUTS))
@pytest.mark.parametrize("height", [1040, 520, 701])
def test_a_divided_picture_is_covered_without_gaps(layout: str, height: int) -> None:
    areas = divided(layout, height)
    assert sum(area.width * area.height for area in areas) == 1040 * height
    assert all(area.x + area.width <= 1040 and area.y + area.height <= height for area in areas)
    assert layout_of(RichMessage(height=height, areas=areas)) == layout


def test_dividing_anew_keeps_what_was_set(listed: BalloonList, qtbot: QtBot) -> None:
    listed.show_balloons((RichMessage(),))
    editor = listed.cards[0].editor
    assert isinstance(editor, RichEditor)
    editor.forms[0].kind.setCurrentIndex(1)
    editor.forms[0].kind.activated.emit(1)
    qtbot.keyClicks(editor.forms[0].value, "https://a.tw")
    editor.layout_choice.set_value("four")
    editor.layout_choice.chosen.emit("four")
    balloon = listed.balloons[0]
    assert isinstance(balloon, RichMessage)
    assert [area.action.uri for area in balloon.areas] == ["https://a.tw", "", "", ""]
    assert len(editor.forms) == 4


def test_a_picture_is_divided_by_hand(listed: BalloonList, qtbot: QtBot) -> None:
    listed.show_balloons((RichMessage(picture=1),))
    editor = listed.cards[0].editor
    assert isinstance(editor, RichEditor)
    editor.menu_of(0).actions()[0].trigger()
    assert [area.width for area in editor.balloon.areas] == [520, 520]
    assert editor.layout_choice.value() == "columns"
    corner, scale = editor.picture.drawn_at()
    line, aim = (corner + QPointF(x, 500) * scale for x in (520, 350))
    for end, key in ((520, Qt.Key.Key_Escape), (347, Qt.Key.Key_Shift)):
        QTest.mousePress(editor.picture, Qt.MouseButton.LeftButton, pos=line.toPoint())
        QTest.mouseMove(editor.picture, aim.toPoint())
        QTest.keyClick(editor.picture, key)
        QTest.mouseRelease(editor.picture, Qt.MouseButton.LeftButton, pos=aim.toPoint())
        balloon = listed.balloons[0]
        assert isinstance(balloon, RichMessage)
        assert balloon.areas[0].width == end
    assert editor.layout_choice.value() == "own"
    editor.menu_of(1).actions()[-1].trigger()
    assert [area.width for area in editor.balloon.areas] == [1040]


def test_all_cards_have_the_same_number_of_buttons(listed: BalloonList, qtbot: QtBot) -> None:
    listed.show_balloons(())
    listed.add("cards")
    editor = listed.cards[0].editor
    assert isinstance(editor, CardsEditor)
    qtbot.keyClicks(editor.title, "Latte")
    editor.add_card.click()
    qtbot.keyClicks(editor.title, "Mocha")
    editor.more_buttons.click()
    balloon = listed.balloons[0]
    assert isinstance(balloon, Cards)
    assert [(card.title, len(card.actions)) for card in balloon.cards] == [("Latte", 2), ("Mocha", 2)]
    editor.earlier.click()
    editor.remove_card.click()
    last = listed.balloons[0]
    assert isinstance(last, Cards)
    assert [card.title for card in last.cards] == ["Latte"]
