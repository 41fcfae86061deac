"""What the phone does: it is tapped, scrolled, pushed, and says what stands in it."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.phone.phone import Phone, to_image
from desktop.ui.phone.screen import Menu
from tests.ui.phone.chats import carousel, coupon, imagemap, picture, text, whole_chat

BIND = {
    "type": "message",
    "text": "會員綁定",
    "label": "綁定",
    "area": {"x": 0, "y": 0, "width": 520, "height": 520},
}
SHOP = {
    "type": "uri",
    "linkUri": "https://example.com",
    "area": {"x": 520, "y": 0, "width": 520, "height": 520},
}


@pytest.fixture
def phone(qapp: QApplication, qtbot: QtBot) -> Phone:
    """A phone with room enough, and an account."""
    theme.apply(qapp, theme="light", scale=100, language="zh_TW")
    made = Phone()
    qtbot.addWidget(made)
    made.resize(460, 700)
    made.set_account("日日咖啡")
    made.show()
    return made


def menu_picture() -> QImage:
    image = QImage(2500, 1686, QImage.Format.Format_RGB32)
    image.fill(QColor("#cfe8dc"))
    return image


def collect(phone: Phone) -> list[tuple[int, dict[str, Any]]]:
    found: list[tuple[int, dict[str, Any]]] = []
    phone.action.connect(lambda index, action: found.append((index, action)))
    return found


def place_of(phone: Phone, index: int, x: float, y: float) -> QPoint:
    """Where a share of a message is in the widget."""
    area = phone._scene.placed[index].area
    view = phone._frame().view
    at = QPointF(area.x() + x * area.width(), view.top() - phone._scrolled + area.y() + y * area.height())
    return (phone._origin() + at * phone._scale()).toPoint()


def test_areas_of_a_rich_message_are_where_the_picture_shows_them(phone: Phone, qtbot: QtBot) -> None:
    phone.show_messages([text("歡迎"), imagemap(520, BIND, SHOP)], picture)
    found = collect(phone)
    qtbot.mouseClick(phone, Qt.MouseButton.LeftButton, pos=place_of(phone, 1, 0.25, 0.5))
    qtbot.mouseClick(phone, Qt.MouseButton.LeftButton, pos=place_of(phone, 1, 0.75, 0.5))
    qtbot.mouseClick(phone, Qt.MouseButton.LeftButton, pos=place_of(phone, 0, 0.5, 0.5))
    assert found == [(1, BIND), (1, SHOP)]


def test_buttons_of_cards_can_be_tapped_after_pushing_them(phone: Phone, qtbot: QtBot) -> None:
    message = carousel(cards=3)
    for number, column in enumerate(message["template"]["columns"]):
        message["template"]["columns"][number] = {
            **column,
            "actions": [{"type": "message", "label": "選", "text": str(number)}],
        }
    phone.show_messages([message], picture)
    found = collect(phone)
    piece = phone._scene.placed[0].piece
    assert piece.travel > 0
    near_foot = place_of(phone, 0, 0.1, 0.97)
    qtbot.mouseClick(phone, Qt.MouseButton.LeftButton, pos=near_foot)
    for _ in range(20):
        qtbot.keyClick(phone, Qt.Key.Key_Right)
    qtbot.mouseClick(phone, Qt.MouseButton.LeftButton, pos=near_foot)
    first, later = (action["text"] for _, action in found)
    assert first == "0"
    assert later != "0"
    assert phone._pushed == {0: piece.travel}


def test_dragging_pushes_cards_and_is_no_tap(phone: Phone, qtbot: QtBot) -> None:
    phone.show_messages([carousel(cards=4)], picture)
    found = collect(phone)
    start = place_of(phone, 0, 0.15, 0.97)
    qtbot.mousePress(phone, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(phone, start - QPoint(90, 0))
    qtbot.mouseRelease(phone, Qt.MouseButton.LeftButton, pos=start - QPoint(90, 0))
    assert phone._pushed[0] == pytest.approx(90 / phone._scale(), abs=2)
    assert found == []


def test_a_long_conversation_scrolls_to_its_ends_and_no_farther(phone: Phone, qtbot: QtBot) -> None:
    phone.show_messages([text("很長\n" * 40), coupon()], picture)
    qtbot.keyClick(phone, Qt.Key.Key_End)
    longest = phone._scene.height - phone._frame().view.height()
    assert longest > 0
    assert phone._scrolled == pytest.approx(longest)
    qtbot.keyClick(phone, Qt.Key.Key_PageDown)
    assert phone._scrolled == pytest.approx(longest)
    qtbot.keyClick(phone, Qt.Key.Key_Home)
    assert phone._scrolled == 0
    qtbot.keyClick(phone, Qt.Key.Key_End)
    phone.show_messages([text("短")], picture)
    assert phone._scrolled == 0


def test_the_bar_opens_and_closes_the_menu(phone: Phone, qtbot: QtBot) -> None:
    phone.show_menu(menu_picture(), "會員選單", opened=True)
    said: list[bool] = []
    phone.menu_toggled.connect(said.append)
    area = phone.menu_rect()
    assert abs(area.width() / area.height() - 2500 / 1686) < 0.02
    bar = QPoint(area.center().x(), area.bottom() + 10)
    qtbot.mouseClick(phone, Qt.MouseButton.LeftButton, pos=bar)
    assert (said, phone.menu_opened, phone.menu_rect()) == ([False], False, QRect())
    qtbot.keyClick(phone, Qt.Key.Key_Space)
    assert (said, phone.menu_rect()) == ([False, True], area)


def test_a_tap_on_the_menu_says_where(phone: Phone, qtbot: QtBot) -> None:
    phone.show_menu(menu_picture(), "選單")
    found: list[tuple[float, float]] = []
    phone.tapped.connect(lambda x, y: found.append((x, y)))
    area = phone.menu_rect()
    at = QPoint(area.x() + area.width() // 4, area.y() + area.height() * 3 // 4)
    qtbot.mouseClick(phone, Qt.MouseButton.LeftButton, pos=at)
    assert found == [pytest.approx((0.25, 0.75), abs=0.01)]


def test_who_lays_something_over_the_menu_hears_when_it_moves(phone: Phone, qtbot: QtBot) -> None:
    phone.show_menu(menu_picture(), "選單")
    before = phone.menu_rect()
    with qtbot.waitSignal(phone.placed):
        phone.resize(300, 600)
    assert phone.menu_rect() != before
    assert phone.rect().contains(phone.menu_rect())
    with qtbot.waitSignal(phone.placed):
        phone.hide_menu()
    assert phone.menu_rect().isEmpty()


def test_what_the_friend_answers_is_shown_and_gone_with_other_messages(phone: Phone) -> None:
    phone.show_messages([text("歡迎")], picture)
    phone.reply("會員綁定")
    assert [one.own for one in phone._scene.placed] == [False, True]
    phone.show_messages([text("歡迎加入")], picture)
    assert [one.own for one in phone._scene.placed] == [False]


def test_it_says_what_it_shows(phone: Phone) -> None:
    phone.show_messages([text("歡迎加入"), carousel(cards=1), imagemap()], picture)
    assert phone.accessibleName() == "手機預覽：日日咖啡"
    assert phone.accessibleDescription().splitlines()[0] == "歡迎加入"
    assert "秋季限定" in phone.accessibleDescription()
    assert "新友禮" in phone.accessibleDescription()


@pytest.mark.parametrize("size", [(200, 300), (460, 400), (460, 1200), (1400, 500)])
def test_the_phone_stays_inside_and_keeps_its_shape(phone: Phone, size: tuple[int, int]) -> None:
    phone.resize(*size)
    phone.show_chat(whole_chat("zh_TW"))
    outline = phone._on_widget(phone._frame().outline)
    assert phone.rect().adjusted(-1, -1, 1, 1).contains(outline.toAlignedRect())
    assert outline.height() >= outline.width() * 1.2


def test_the_picture_of_the_phone_holds_the_whole_conversation() -> None:
    chat = whole_chat("zh_TW")
    long, cut = to_image(chat, scale=1.0), to_image(chat, scale=1.0, whole=False)
    assert long.height() > cut.height() > cut.width()
    assert to_image(chat, Menu(menu_picture(), "選單", True), scale=1.0).height() > long.height()
    assert long.pixelColor(0, 0).alpha() == 0
