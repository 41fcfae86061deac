"""Building a condition by hand: dragging, the keyboard, the menu of a line, and the builder's own undo before the shop's."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.people.query_text import parse, to_text
from desktop.operations.audiences import audiences
from desktop.store import audiences as saved_audiences
from desktop.ui.audiences.builder.draft import Line, meant, walk
from desktop.ui.audiences.builder.grip import Grip
from desktop.ui.audiences.builder.groups import GroupWidget
from desktop.ui.audiences.builder.lines import SentenceLine
from desktop.ui.audiences.builder.tree import ConditionTree, NodeWidget
from desktop.ui.audiences.conditions.condition_card import ConditionCard
from desktop.ui.audiences.conditions.value_editors import ListEditor, WrittenEditor
from desktop.ui.audiences.page import AudiencesPage
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from tests.ui.shop_window import open_page, settle

QUERY = "tag:熟客 orders:>=2 (level:金卡 OR total:>5)"
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> AudiencesPage:
    return cast(AudiencesPage, open_page(window, "audiences", qtbot, query=QUERY))


@pytest.fixture
def card(page: AudiencesPage) -> ConditionCard:
    return page.editor.conditions


@pytest.fixture
def tree(card: ConditionCard) -> ConditionTree:
    return card.tree


def node(tree: ConditionTree, query: str) -> NodeWidget:
    """The widget of the line that says ``query`` by itself."""
    lines = [one for one in walk(tree.draft) if isinstance(one, Line)]
    widget = tree.widget_of(next(one.id for one in lines if to_text(meant(one)) == query))
    assert widget is not None
    return widget


def group(tree: ConditionTree) -> GroupWidget:
    return next(part for part in tree.parts if isinstance(part, GroupWidget))


def drag(tree: ConditionTree, moved: NodeWidget, onto: QWidget, share: float) -> None:
    """Take a line by its handle, carry it to a height (0 top, 1 bottom) of another, and let go there."""
    QApplication.processEvents()
    start = moved.grip.rect().center()
    end = moved.grip.mapFromGlobal(onto.mapToGlobal(QPoint(40, round((onto.height() - 1) * share))))
    QTest.mousePress(moved.grip, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(moved.grip, start + QPoint(0, 30))
    QTest.mouseMove(moved.grip, end)
    assert not QApplication.activePopupWidget()
    QTest.mouseRelease(moved.grip, Qt.MouseButton.LeftButton, pos=end)


def test_a_line_is_dragged_above_another(tree: ConditionTree, card: ConditionCard) -> None:
    drag(tree, node(tree, "orders:>=2"), node(tree, "tag:熟客"), 0.05)
    assert to_text(card.condition) == "orders:>=2 tag:熟客 (level:金卡 OR total:>5)"
    assert tree.dragging.mark.isHidden()
    assert card.window().focusWidget() is node(tree, "orders:>=2").grip


def test_a_line_is_dragged_into_a_group_and_out_of_it(tree: ConditionTree, card: ConditionCard) -> None:
    drag(tree, node(tree, "orders:>=2"), node(tree, "level:金卡"), 0.95)
    assert to_text(card.condition) == "tag:熟客 (level:金卡 OR orders:>=2 OR total:>5)"
    drag(tree, node(tree, "orders:>=2"), node(tree, "tag:熟客"), 0.05)
    assert to_text(card.condition) == QUERY.replace("tag:熟客 orders:>=2", "orders:>=2 tag:熟客")


def test_a_line_dragged_onto_another_makes_a_group_with_it(tree: ConditionTree, card: ConditionCard) -> None:
    drag(tree, node(tree, "orders:>=2"), node(tree, "tag:熟客"), 0.5)
    assert to_text(card.condition) == "(tag:熟客 OR orders:>=2) (level:金卡 OR total:>5)"


def test_a_whole_group_is_dragged(tree: ConditionTree, card: ConditionCard) -> None:
    drag(tree, group(tree), node(tree, "tag:熟客"), 0.05)
    assert to_text(card.condition) == "(level:金卡 OR total:>5) tag:熟客 orders:>=2"


def test_the_mark_shows_the_place_while_dragging(tree: ConditionTree) -> None:
    moved, target = node(tree, "orders:>=2"), node(tree, "tag:熟客")
    above = target.mapToGlobal(QPoint(40, 1))
    moved.grip.lifted.emit()
    moved.grip.carried.emit(above)
    assert tree.dragging.mark.isVisible()
    assert tree.dragging.mark.place is not None
    assert tree.dragging.mark.place.at == 0
    moved.grip.carried.emit(target.mapToGlobal(target.rect().center()))
    assert tree.dragging.mark.place.join_id == target.node.id
    moved.grip.carried.emit(moved.mapToGlobal(moved.rect().center()))
    assert tree.dragging.mark.isHidden()
    moved.grip.let_go.emit()
    assert tree.dragging.mark.isHidden()


def test_escape_gives_a_drag_up(tree: ConditionTree, card: ConditionCard) -> None:
    moved = node(tree, "orders:>=2")
    start = moved.grip.rect().center()
    QTest.mousePress(moved.grip, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(moved.grip, start - QPoint(0, 40))
    QTest.keyClick(moved.grip, Qt.Key.Key_Escape)
    QTest.mouseRelease(moved.grip, Qt.MouseButton.LeftButton, pos=start - QPoint(0, 40))
    assert to_text(card.condition) == QUERY
    assert tree.dragging.mark.isHidden()


def test_lines_are_moved_by_keys(tree: ConditionTree, card: ConditionCard) -> None:
    line = node(tree, "tag:熟客")
    QTest.keyClick(line.grip, Qt.Key.Key_Down, ALT)
    assert to_text(card.condition) == "orders:>=2 tag:熟客 (level:金卡 OR total:>5)"
    QTest.keyClick(node(tree, "tag:熟客").grip, Qt.Key.Key_Down, ALT)
    assert to_text(card.condition) == "orders:>=2 (tag:熟客 OR level:金卡 OR total:>5)"
    QTest.keyClick(node(tree, "tag:熟客").grip, Qt.Key.Key_BracketLeft, CTRL)
    assert to_text(card.condition) == "orders:>=2 (level:金卡 OR total:>5) tag:熟客"
    QTest.keyClick(node(tree, "tag:熟客").grip, Qt.Key.Key_Up, ALT)
    assert to_text(card.condition) == "orders:>=2 (level:金卡 OR total:>5 OR tag:熟客)"


def test_keys_move_a_line_also_from_within_its_fields(tree: ConditionTree, card: ConditionCard) -> None:
    line = node(tree, "orders:>=2")
    assert isinstance(line, SentenceLine)
    assert isinstance(line.editor, WrittenEditor)
    field = line.editor.fields[0]
    QTest.keyClick(field, Qt.Key.Key_BracketRight, CTRL)
    assert to_text(card.condition) == "tag:熟客 (orders:>=2 OR level:金卡 OR total:>5)"
    again = node(tree, "orders:>=2")
    QTest.keyClick(again.form, Qt.Key.Key_Up, ALT)  # type: ignore[union-attr]
    assert to_text(card.condition) == QUERY


def test_two_lines_become_a_group_by_a_key(tree: ConditionTree, card: ConditionCard) -> None:
    card.show_condition(parse("tag:熟客 orders:>=2"))
    QTest.keyClick(node(tree, "orders:>=2").grip, Qt.Key.Key_BracketRight, CTRL)
    assert to_text(card.condition) == "tag:熟客 OR orders:>=2"


def test_delete_on_the_handle_removes_the_line(tree: ConditionTree, card: ConditionCard) -> None:
    QTest.keyClick(node(tree, "orders:>=2").grip, Qt.Key.Key_Delete)
    assert to_text(card.condition) == "tag:熟客 (level:金卡 OR total:>5)"


def test_keys_belong_to_the_input_method_while_it_composes(tree: ConditionTree, card: ConditionCard) -> None:
    line = node(tree, "orders:>=2")
    assert isinstance(line, SentenceLine)
    assert isinstance(line.editor, WrittenEditor)
    field = line.editor.fields[0]
    QApplication.sendEvent(field, QInputMethodEvent("ㄕ", []))
    QTest.keyClick(field, Qt.Key.Key_Down, ALT)
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert to_text(card.condition) == QUERY


def test_the_menu_of_a_line_offers_what_changes_something(tree: ConditionTree, card: ConditionCard) -> None:
    menu = tree.menu_of(node(tree, "tag:熟客").node.id)
    actions = {action.text(): action for action in menu.actions() if action.text()}
    assert not actions["條件上移"].isEnabled()
    assert actions["條件下移"].isEnabled()
    assert not actions["把條件移出群組"].isEnabled()
    actions["改成「不符合」"].trigger()
    assert to_text(card.condition) == "-tag:熟客 orders:>=2 (level:金卡 OR total:>5)"
    menu.deleteLater()
    again = tree.menu_of(node(tree, "-tag:熟客").node.id)
    texts = [action.text() for action in again.actions()]
    assert "改回「符合」" in texts
    next(action for action in again.actions() if action.text() == "複製一份").trigger()
    assert to_text(card.condition).startswith("-tag:熟客 -tag:熟客 ")
    again.deleteLater()


def test_a_group_is_dissolved_from_its_menu(tree: ConditionTree, card: ConditionCard) -> None:
    menu = tree.menu_of(group(tree).node.id)
    next(action for action in menu.actions() if action.text() == "解散群組，留下條件").trigger()
    assert to_text(card.condition) == "tag:熟客 orders:>=2 level:金卡 total:>5"
    menu.deleteLater()


def test_undo_takes_one_step_after_the_other_back(tree: ConditionTree, card: ConditionCard) -> None:
    tree.remove(node(tree, "orders:>=2").node.id)
    QTest.keyClick(node(tree, "tag:熟客").grip, Qt.Key.Key_Down, ALT)
    changed = to_text(card.condition)
    assert changed == "tag:熟客 OR level:金卡 OR total:>5"
    grip = node(tree, "level:金卡").grip
    QTest.keyClick(grip, Qt.Key.Key_Z, CTRL)
    assert to_text(card.condition) == "tag:熟客 (level:金卡 OR total:>5)"
    QTest.keyClick(node(tree, "level:金卡").grip, Qt.Key.Key_Z, CTRL)
    assert to_text(card.condition) == QUERY
    assert parse(card.text.text()) == card.condition
    QTest.keyClick(node(tree, "level:金卡").grip, Qt.Key.Key_Y, CTRL)
    QTest.keyClick(node(tree, "level:金卡").grip, Qt.Key.Key_Z, CTRL | SHIFT)
    assert to_text(card.condition) == changed


def test_undo_in_a_field_is_the_fields_first_and_then_the_builders(
    tree: ConditionTree, card: ConditionCard
) -> None:
    tree.remove(node(tree, "tag:熟客").node.id)
    line = node(tree, "orders:>=2")
    assert isinstance(line, SentenceLine)
    assert isinstance(line.editor, WrittenEditor)
    field = line.editor.fields[0]
    QTest.keyClicks(field, "0")
    assert "orders:>=20" in to_text(card.condition)
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert "orders:>=2 " in to_text(card.condition)
    QTest.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert to_text(card.condition) == QUERY


def test_undo_takes_text_that_was_read_back(tree: ConditionTree, card: ConditionCard) -> None:
    card.show_advanced(True)
    card.text.setText("tag:VIP")
    card.read_text()
    assert to_text(card.condition) == "tag:VIP"
    QTest.keyClick(card.text, Qt.Key.Key_Z, CTRL)
    assert to_text(card.condition) == QUERY
    assert parse(card.text.text()) == card.condition


def test_with_nothing_left_in_the_builder_undo_is_the_shops(
    page: AudiencesPage,
    tree: ConditionTree,
    card: ConditionCard,
    window: MainWindow,
    desk: Desk,
    qtbot: QtBot,
) -> None:
    page.editor.name.setText("金卡")
    page.save()
    settle(window, qtbot)
    assert [one.name for one in saved_audiences.all_audiences(desk.jobs.page_reader)] == ["金卡"]
    window.activateWindow()
    tree.remove(node(tree, "orders:>=2").node.id)
    for _ in range(2):
        QTest.keyClick(node(tree, "tag:熟客").grip, Qt.Key.Key_Z, CTRL)
        settle(window, qtbot)
    assert to_text(card.condition) == QUERY
    assert saved_audiences.all_audiences(desk.jobs.page_reader) == []
    assert audiences.condition_of(desk.jobs.page_reader, QUERY) == card.condition


def test_tab_walks_through_the_lines_as_they_are_read(tree: ConditionTree, card: ConditionCard) -> None:
    for change in ("none", "moved", "typed"):
        if change == "moved":
            drag(tree, group(tree), node(tree, "tag:熟客"), 0.05)
        if change == "typed":
            line = node(tree, "tag:熟客")
            assert isinstance(line, SentenceLine)
            assert isinstance(line.editor, ListEditor)
            line.editor.add("VIP")
        QApplication.processEvents()
        walked: list[QWidget] = []
        stop = card.kind.nextInFocusChain()
        while stop is not None and stop is not card.add_button and len(walked) < 500:
            if stop.isVisible() and stop.focusPolicy() & Qt.FocusPolicy.TabFocus:
                walked.append(stop)
            stop = stop.nextInFocusChain()
        assert all(tree.isAncestorOf(one) for one in walked)
        assert len(walked) == len(set(walked))
        grips = [one for one in walked if isinstance(one, Grip)]
        tops = [grip.mapTo(tree, QPoint(0, 0)).y() for grip in grips]
        assert tops == sorted(tops)
        assert {tree.node_of(one) for one in walked} == {one.id for one in walk(tree.draft)} - {tree.draft.id}
