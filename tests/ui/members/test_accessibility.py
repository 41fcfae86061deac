"""The page without eyes and without a mouse: names, the way of the Tab key, targets that can be hit."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.core.people.selection import Selection
from desktop.operations.tagging import tagging
from desktop.ui.members.page import MembersPage
from tests.ui.members.conftest import Hands


@pytest.fixture(params=["nobody", "selected"])
def state(request: pytest.FixtureRequest, page: MembersPage, hands: Hands) -> str:
    """The page with filters, with and without people selected."""
    for number in range(9):
        hands.write(lambda db, number=number: tagging.tag(db, Selection.of([5]), f"標籤{number}"))
    hands.write(lambda db: tagging.pin(db, "VIP", 1))
    page.list.bar.set_query("bound:yes")
    hands.rest()
    if request.param == "selected":
        hands.click(3)
    return str(request.param)


def focusable(page: MembersPage) -> list[QWidget]:
    """What the Tab key can reach."""
    return [
        widget
        for widget in page.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def test_everything_that_can_have_the_focus_has_a_name(page: MembersPage, state: str) -> None:
    nameless = [type(widget).__name__ for widget in focusable(page) if not widget.accessibleName()]
    assert nameless == []


def test_everything_can_be_hit(page: MembersPage, state: str) -> None:
    small = {
        (type(widget).__name__, widget.accessibleName(), widget.width(), widget.height())
        for widget in focusable(page)
        if widget.width() < 24 or widget.height() < 24
    }
    assert small == set()


def test_tab_goes_once_through_everything_and_the_fields_come_before_the_panel(
    page: MembersPage, state: str, hands: Hands
) -> None:
    page.list.bar.field.setFocus()
    way: list[QWidget] = []
    for _ in range(80):
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused in way:
            break
        way.append(focused)
        hands.qtbot.keyClick(focused, Qt.Key.Key_Tab)
    reached = [widget for widget in way if page.isAncestorOf(widget)]
    assert set(reached) == set(focusable(page))
    places = {widget: at for at, widget in enumerate(reached)}
    table = places[page.list.table]
    assert places[page.list.bar.field] < places[page.list.bar.add] < table
    later = page.panel.box.field if state == "selected" else page.panel.filters
    assert table < places[later]
