"""Editing areas on the phone with the mouse and with keys, and trying the menu."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.core.planning.actions import Action, ActionKind
from desktop.core.planning.rich_menu.grid import covers
from desktop.core.planning.rich_menu.layouts import FREE
from desktop.core.planning.rich_menu.menu import MOST_AREAS, Rect
from desktop.operations.planning import rich_menus
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.rich_menu.canvas.canvas import Canvas
from desktop.ui.rich_menu.canvas.geometry import next_area
from desktop.ui.rich_menu.page import RichMenuPage
from desktop.ui.rich_menu.stage.stage import EDIT, TRY
from tests.ui.rich_menu.menus_page import begun_page
from tests.ui.shop_window import settle

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(window: MainWindow, desk: Desk, qtbot: QtBot) -> RichMenuPage:
    made = begun_page(window, desk, qtbot)
    made.editor.menus.list.setCurrentRow(1)
    settle(window, qtbot)
    assert made.open_menu.menu.layout == "large_6"
    made.editor.stage.draw()
    return made


@pytest.fixture
def canvas(page: RichMenuPage) -> Canvas:
    return page.editor.stage.canvas


def middle(canvas: Canvas, at: int) -> QPoint:
    return canvas.projection.rect(canvas.menu.areas[at].rect).center().toPoint()


def drag(canvas: Canvas, start: QPoint, end: QPoint) -> None:
    """Press, move in steps, let go."""
    points = [start, start + (end - start) / 2, end]
    send(canvas, QEvent.Type.MouseButtonPress, start)
    for point in points[1:]:
        send(canvas, QEvent.Type.MouseMove, point)
    send(canvas, QEvent.Type.MouseButtonRelease, end)


def send(
    canvas: Canvas,
    kind: QEvent.Type,
    at: QPoint,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    place = QPointF(at)
    held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else LEFT
    button = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseMove else LEFT
    event = QMouseEvent(kind, place, QPointF(canvas.mapToGlobal(at)), button, held, modifiers)
    QApplication.sendEvent(canvas, event)


def whole(page: RichMenuPage) -> bool:
    menu = page.open_menu.menu
    return covers([area.rect for area in menu.areas], menu.size)


def test_the_canvas_lies_on_the_menu_in_the_phone(page: RichMenuPage, canvas: Canvas) -> None:
    phone = page.editor.stage.phone
    assert canvas.isVisible()
    assert canvas.geometry() == phone.menu_rect().translated(phone.pos())
    assert abs(canvas.width() / canvas.height() - 2500 / 1686) < 0.03


def test_a_click_shows_the_form_of_the_area(page: RichMenuPage, canvas: Canvas, qtbot: QtBot) -> None:
    page.editor.show_panel("layout")
    qtbot.mouseClick(canvas, LEFT, pos=middle(canvas, 2))
    assert page.open_menu.areas == (2,)
    assert page.editor.area.isVisible()
    assert page.editor.area.words.text() == page.open_menu.menu.areas[2].title
    qtbot.mouseClick(canvas, LEFT, Qt.KeyboardModifier.ShiftModifier, pos=middle(canvas, 1))
    assert page.open_menu.areas == (2, 1)
    qtbot.mouseClick(canvas, LEFT, Qt.KeyboardModifier.ShiftModifier, pos=middle(canvas, 1))
    assert page.open_menu.areas == (2,)


def test_dragging_an_edge_moves_it_as_one_edit_and_snaps(page: RichMenuPage, canvas: Canvas) -> None:
    before = page.open_menu.menu
    x = round(canvas.projection.line(before.areas[0].rect.right, vertical=True))
    start = QPoint(x, middle(canvas, 0).y())
    to = QPoint(round(canvas.projection.line(1240, vertical=True)), start.y())
    drag(canvas, start, to)
    after = page.open_menu.menu
    # Near the middle of the menu it lies on the middle.
    assert after.areas[0].rect.right == 1250 == after.areas[1].rect.x
    assert after.layout == FREE
    assert whole(page)
    page.open_menu.undo()
    assert page.open_menu.menu == before


def test_with_shift_the_whole_line_moves(page: RichMenuPage, canvas: Canvas) -> None:
    before = page.open_menu.menu
    x = round(canvas.projection.line(before.areas[0].rect.right, vertical=True))
    start = QPoint(x, middle(canvas, 0).y())
    send(canvas, QEvent.Type.MouseButtonPress, start, Qt.KeyboardModifier.ShiftModifier)
    send(canvas, QEvent.Type.MouseMove, QPoint(round(canvas.projection.line(625, vertical=True)), start.y()))
    send(canvas, QEvent.Type.MouseButtonRelease, start)
    areas = page.open_menu.menu.areas
    assert areas[0].rect.right == areas[3].rect.right == 625
    assert whole(page)


def test_escape_gives_a_drag_up(page: RichMenuPage, canvas: Canvas, qtbot: QtBot) -> None:
    before = page.open_menu.menu
    x = round(canvas.projection.line(before.areas[0].rect.right, vertical=True))
    send(canvas, QEvent.Type.MouseButtonPress, QPoint(x, 20))
    send(canvas, QEvent.Type.MouseMove, QPoint(x + 40, 20))
    assert page.open_menu.menu != before
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert replace(page.open_menu.menu, layout=before.layout) == before


def test_dragging_an_area_onto_another_exchanges_them(page: RichMenuPage, canvas: Canvas) -> None:
    first, last = page.open_menu.menu.areas[0], page.open_menu.menu.areas[5]
    drag(canvas, middle(canvas, 0), middle(canvas, 5))
    areas = page.open_menu.menu.areas
    assert (areas[0].title, areas[5].title) == (last.title, first.title)
    assert (areas[0].rect, areas[5].rect) == (first.rect, last.rect)
    assert page.open_menu.areas == (5,)


def test_splitting_joining_and_removing(page: RichMenuPage, canvas: Canvas) -> None:
    stage = page.editor.stage
    page.open_menu.choose(0)
    stage.columns.click()
    assert len(page.open_menu.menu.areas) == 7
    assert whole(page)
    page.open_menu.choose(0, 1)
    assert stage.merge.isVisible()
    assert not stage.columns.isVisible()
    stage.merge.click()
    assert len(page.open_menu.menu.areas) == 6
    page.open_menu.choose(0, 5)
    assert not stage.merge.isVisible()
    stage.remove.click()
    assert len(page.open_menu.menu.areas) == 4


def test_more_than_twenty_areas_are_refused_with_a_reason(page: RichMenuPage, canvas: Canvas) -> None:
    stage = page.editor.stage
    for _ in range(MOST_AREAS):
        areas = page.open_menu.menu.areas
        largest = max(range(len(areas)), key=lambda at: areas[at].rect.width * areas[at].rect.height)
        page.open_menu.choose(largest)
        stage.lines.click()
    assert len(page.open_menu.menu.areas) == MOST_AREAS
    assert page.bar.isVisible()
    assert whole(page)


def test_a_new_area_is_drawn_where_there_is_none(page: RichMenuPage, canvas: Canvas, qtbot: QtBot) -> None:
    page.open_menu.choose(0)
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    gap = canvas.projection.rect(Rect(0, 0, 833, 843))
    drag(canvas, QPoint(3, 3), QPoint(round(gap.right()) - 3, round(gap.bottom()) - 3))
    assert page.open_menu.menu.areas[5].rect == Rect(0, 0, 833, 843)
    assert page.open_menu.areas == (5,)


def test_keys_go_from_area_to_area_and_move_edges(page: RichMenuPage, canvas: Canvas, qtbot: QtBot) -> None:
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert page.open_menu.areas == (0,)
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert page.open_menu.areas == (4,)
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert page.open_menu.areas == (4, 5)
    page.open_menu.choose(0)
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert page.open_menu.menu.areas[0].rect.width == round(2500 * 5 / 12)
    qtbot.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert page.open_menu.menu.areas[0].rect.height > 843
    assert "會員卡" in canvas.accessibleDescription()
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert page.editor.area.words.hasFocus()


def test_every_area_is_reached_by_arrows(page: RichMenuPage) -> None:
    menu = page.open_menu.menu
    reached, open_ends = {0}, [0]
    while open_ends:
        at = open_ends.pop()
        for step in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            to = next_area(menu, at, step)
            if to not in reached:
                reached.add(to)
                open_ends.append(to)
    assert reached == set(range(len(menu.areas)))


def test_enlarged_the_canvas_stands_alone(page: RichMenuPage, canvas: Canvas) -> None:
    small = canvas.width()
    page.editor.stage.larger.click()
    assert not page.editor.stage.phone.isVisible()
    assert canvas.width() > small
    page.editor.stage.larger.click()
    assert page.editor.stage.phone.isVisible()
    assert canvas.width() == small


def test_trying_says_what_a_tap_does_and_does_it(
    page: RichMenuPage, canvas: Canvas, desk: Desk, window: MainWindow, qtbot: QtBot
) -> None:
    stage = page.editor.stage
    other = rich_menus.all_menus(desk.jobs.page_reader)[0]
    page.open_menu.put(
        page.open_menu.menu.with_area(0, action=Action(ActionKind.SWITCH, menu=other.id)).with_area(
            2, action=Action(ActionKind.MESSAGE, text="我想訂位")
        )
    )
    stage.set_mode(TRY)
    assert not canvas.isVisible()
    stage.phone.tapped.emit(0.9, 0.1)
    assert "我想訂位" in stage.said.text()
    assert stage.phone.chat.replies == ("我想訂位",)
    stage.phone.tapped.emit(0.1, 0.1)
    assert "VIP 版" in stage.said.text()
    assert stage.menu.name == "VIP 版"
    stage.set_mode(EDIT)
    assert stage.menu.name == "會員版"
    assert canvas.isVisible()


def test_trying_names_what_every_kind_of_action_does(page: RichMenuPage) -> None:
    stage = page.editor.stage
    stage.set_mode(TRY)
    for action, said in (
        (Action(ActionKind.URI, uri="https://shop.example/咖啡"), "https://shop.example/%E5%92%96%E5%95%A1"),
        (Action(ActionKind.CALL, text="02-2345-6789"), "02-2345-6789"),
        (Action(ActionKind.CLIPBOARD, text="COFFEE10"), "COFFEE10"),
        (Action(ActionKind.POSTBACK, data="a=b"), "伺服器"),
        (Action(ActionKind.DATETIME, data="a=b"), "日期"),
        (Action(ActionKind.SWITCH), "還沒選擇"),
        (Action(), "還沒有設定動作"),
    ):
        page.open_menu.put(page.open_menu.menu.with_area(0, action=action))
        stage.try_area(0)
        assert said in stage.said.text()
    stage.try_area(-1)
    assert "沒有區塊" in stage.said.text()


def test_the_menu_folds_by_its_bar(page: RichMenuPage, canvas: Canvas, qtbot: QtBot) -> None:
    phone = page.editor.stage.phone
    qtbot.keyClick(phone, Qt.Key.Key_Space)
    assert not phone.menu_opened
    assert not canvas.isVisible()
    page.open_menu.change(chat_bar_text="收起來也在")
    page.editor.stage.draw()
    assert not phone.menu_opened
    qtbot.keyClick(phone, Qt.Key.Key_Space)
    assert canvas.isVisible()
