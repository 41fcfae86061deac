"""Members onto a tag and a tag onto members, with the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.operations.tagging import tagging
from desktop.ui.members.page import MembersPage
from desktop.ui.members.tagging import dragging
from tests.ui.members.conftest import CTRL, NO_KEYS, Hands

LEFT = Qt.MouseButton.LeftButton
Carried = list[tuple[str, str]]


@pytest.fixture
def carried(monkeypatch: pytest.MonkeyPatch) -> Carried:
    """What was dragged, instead of dragging it: (text shown, tag)."""
    found: Carried = []

    def carry(source: QWidget, data: QMimeData, text: str, colour: str) -> None:
        found.append((text, dragging.tag_in(data) or ""))

    monkeypatch.setattr(dragging, "carry", carry)
    return found


def move(widget: QWidget, place: QPoint) -> None:
    at = QPointF(place)
    event = QMouseEvent(
        QEvent.Type.MouseMove, at, widget.mapToGlobal(at), Qt.MouseButton.NoButton, LEFT, NO_KEYS
    )
    QApplication.sendEvent(widget, event)


def drop(widget: QWidget, place: QPoint, data: QMimeData) -> bool:
    """Drag over a widget and let go; whether it took what was dragged."""
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(place, copy, data, LEFT, NO_KEYS)
    enter.ignore()
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    over = QDragMoveEvent(place, copy, data, LEFT, NO_KEYS)
    QApplication.sendEvent(widget, over)
    if over.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(place), copy, data, LEFT, NO_KEYS))
    return over.isAccepted()


def tag_data(name: str) -> QMimeData:
    data = QMimeData()
    data.setData(dragging.TAG, name.encode())
    return data


def place_of(page: MembersPage, row: int) -> QPoint:
    table = page.list.table
    return QPoint(20, table.visualRect(table.model().index(row, 0)).center().y())


def test_selected_members_are_dragged_together(page: MembersPage, hands: Hands, carried: Carried) -> None:
    hands.click(1)
    hands.click(2, CTRL)
    viewport = page.list.table.viewport()
    hands.qtbot.mousePress(viewport, LEFT, pos=place_of(page, 1))
    move(viewport, place_of(page, 1) + QPoint(40, 0))
    hands.qtbot.mouseRelease(viewport, LEFT, pos=place_of(page, 1))
    assert carried == [("已選 2 位", "")]
    assert hands.selected_names() == ["李佳穎", "洪詩涵"]


def test_a_click_on_one_of_several_selects_it_alone_when_it_is_let_go(
    page: MembersPage, hands: Hands
) -> None:
    hands.click(1)
    hands.click(2, CTRL)
    hands.click(2)
    assert hands.selected_names() == ["洪詩涵"]


def test_members_let_go_over_a_pinned_tag_get_it(page: MembersPage, hands: Hands) -> None:
    hands.write(lambda db: tagging.pin(db, "VIP", 1))
    hands.click(1)
    data = QMimeData()
    data.setData(dragging.MEMBERS, b"")
    pinned = page.panel.pinned.buttons[1]
    assert drop(pinned, pinned.rect().center(), data)
    hands.rest()
    assert hands.tags_of("李佳穎") == ["VIP"]
    assert not drop(pinned, pinned.rect().center(), tag_data("VIP"))


def test_a_pinned_tag_and_a_line_of_the_filters_can_be_dragged(
    page: MembersPage, hands: Hands, carried: Carried
) -> None:
    filters = page.panel.filters
    first = filters.visualRect(filters.lines.index(0)).center()
    hands.qtbot.mousePress(filters.viewport(), LEFT, pos=first)
    move(filters.viewport(), first - QPoint(60, 0))
    hands.qtbot.mouseRelease(filters.viewport(), LEFT, pos=first)
    hands.rest()
    assert carried == [("熟客", "熟客")]
    assert page.list.count == 12
    hands.write(lambda db: tagging.pin(db, "VIP", 1))
    hands.click(0)
    pinned = page.panel.pinned.buttons[1]
    hands.qtbot.mousePress(pinned, LEFT, pos=pinned.rect().center())
    move(pinned, pinned.rect().center() - QPoint(60, 0))
    hands.qtbot.mouseRelease(pinned, LEFT, pos=QPoint(-60, 0))
    hands.rest()
    assert carried[-1] == ("VIP", "VIP")
    assert hands.tags_of("吳雅婷") == ["市集"]


def test_a_tag_let_go_over_a_row_is_for_that_row(page: MembersPage, hands: Hands) -> None:
    hands.click(0)
    assert drop(page.list.table.viewport(), place_of(page, 2), tag_data("VIP"))
    hands.rest()
    assert hands.tags_of("洪詩涵") == ["VIP"]
    assert hands.tags_of("吳雅婷") == ["市集"]
    assert hands.selected_names() == ["洪詩涵"]


def test_over_a_selected_row_it_is_for_the_selection(page: MembersPage, hands: Hands) -> None:
    hands.click(1)
    hands.click(2, CTRL)
    assert drop(page.list.table.viewport(), place_of(page, 2), tag_data("VIP"))
    hands.rest()
    assert hands.tags_of("李佳穎") == ["VIP"]
    assert hands.tags_of("洪詩涵") == ["VIP"]


def test_members_let_go_over_a_line_of_the_filters_get_its_tag(page: MembersPage, hands: Hands) -> None:
    hands.click(1)
    filters = page.panel.filters
    assert filters.isHidden() or not filters.isVisible()
    page.list.table.members_dragged.emit(True)
    assert filters.isVisible()
    assert not page.panel.box.isVisible()
    data = QMimeData()
    data.setData(dragging.MEMBERS, b"")
    names = [tag.name for tag in filters.lines.tags]
    place = filters.visualRect(filters.lines.index(names.index("VIP"))).center()
    assert drop(filters.viewport(), place, data)
    page.list.table.members_dragged.emit(False)
    hands.rest()
    assert hands.tags_of("李佳穎") == ["VIP"]
    assert page.panel.box.isVisible()
    assert not filters.isVisible()
    assert not drop(filters.viewport(), place, tag_data("VIP"))


def test_files_are_not_for_the_list(page: MembersPage, hands: Hands) -> None:
    data = QMimeData()
    data.setText("something else")
    assert not drop(page.list.table.viewport(), place_of(page, 2), data)
