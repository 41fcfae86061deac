"""In a small window at the largest text size everything can still be read and reached."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop.text import LANGUAGES
from desktop.ui.duplicates.page import DuplicatesPage
from desktop.ui.main_window import MainWindow
from desktop.ui.opening.program import Program
from desktop.ui.page import Page
from desktop.ui.shell.pages import installed
from desktop.ui.tags.page import TagsPage
from tests.ui.shell.test_accessibility import SLACK, described
from tests.ui.shop_window import open_page, settle

PAGES = [page_id for page_id, spec in installed().items() if spec.needs_shop]


def small(program: Program, window: MainWindow, language: str, qtbot: QtBot) -> None:
    program.settings.put("language", language)
    program.settings.put("text_size", 150)
    program.rebuild()
    settle(window, qtbot)
    window.resize(1024, 640)


def sticking_out(page: Page) -> list[str]:
    """What a person would press or fill in that goes beyond the right edge of the page, or of an area that only scrolls down."""
    return [
        described(each)
        for each in page.findChildren(QWidget)
        if isinstance(each, QAbstractButton | QComboBox | QLineEdit)
        and each.isVisible()
        and any(
            each.mapTo(edge, QPoint(each.width(), 0)).x() > edge.width() + SLACK for edge in edges(each, page)
        )
    ]


def edges(widget: QWidget, page: Page) -> list[QWidget]:
    """The page, and the view of the area the widget scrolls in, if that cannot be moved sideways."""
    found: list[QWidget] = [page]
    around = widget.parentWidget()
    while around is not None and around is not page:
        if isinstance(around, QScrollArea) and around.viewport().isAncestorOf(widget):
            if around.horizontalScrollBar().isVisible():
                return []
            found.append(around.viewport())
        around = around.parentWidget()
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_sticks_out(program: Program, window: MainWindow, language: str, qtbot: QtBot) -> None:
    small(program, window, language, qtbot)
    outside = {}
    for page_id in PAGES:
        page = open_page(window, page_id, qtbot)
        settle(window, qtbot)
        outside[page_id] = sticking_out(page)
    assert {page_id: parts for page_id, parts in outside.items() if parts} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tag_can_be_edited(program: Program, window: MainWindow, language: str, qtbot: QtBot) -> None:
    small(program, window, language, qtbot)
    page = open_page(window, "tags", qtbot, tag="熟客")
    assert isinstance(page, TagsPage)
    qtbot.waitUntil(lambda: page.panel.currentWidget() is page.details and page.details.isVisible())
    settle(window, qtbot)
    assert sticking_out(page) == []
    assert page.panel.width() < page.width() / 2


def test_the_panel_is_whole_again_in_a_large_window(window: MainWindow, qtbot: QtBot) -> None:
    page = open_page(window, "tags", qtbot)
    assert isinstance(page, TagsPage)
    window.resize(1280, 800)
    settle(window, qtbot)
    whole = page.panel.width()
    window.resize(760, 640)
    qtbot.waitUntil(lambda: page.panel.width() < whole)
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: page.panel.width() == whole)


def test_two_members_can_be_compared(program: Program, window: MainWindow, qtbot: QtBot) -> None:
    small(program, window, "zh_TW", qtbot)
    page = open_page(window, "duplicates", qtbot)
    assert isinstance(page, DuplicatesPage)
    page.stack.setCurrentIndex(0)
    QApplication.processEvents()
    line = page.card.table.verticalHeader().defaultSectionSize()
    assert page.card.table.viewport().height() >= 3 * line
    page.pairs.asked.emit("compare")
    button = page.card.merge
    page.area.ensureWidgetVisible(button)
    assert page.area.viewport().rect().contains(button.mapTo(page.area.viewport(), button.rect().center()))
