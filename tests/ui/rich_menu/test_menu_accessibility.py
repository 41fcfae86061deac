"""The editor for those who read large text, use keys or cannot see it: its forms, which the window's own tests only meet empty."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.planning.actions import ActionKind
from desktop.text import LANGUAGES
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.opening.program import Program
from desktop.ui.rich_menu.editor import PANELS
from desktop.ui.rich_menu.page import RichMenuPage
from tests.ui.rich_menu.menus_page import begun_page
from tests.ui.shell.test_accessibility import SLACK, SMALLEST_TARGET, cut_off, described, focusable
from tests.ui.shop_window import open_page, settle


def forms(page: RichMenuPage) -> list[str]:
    """Bring every form to the front, one after the other, the area's with all it can hold; gives their names."""
    page.open_menu.choose(1)
    page.editor.area.icon.click()
    page.editor.area.action._choose_kind(ActionKind.SWITCH)
    return [*PANELS]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_forms_is_cut_at_the_largest_text_size(
    program: Program, window: MainWindow, desk: Desk, language: str, qtbot: QtBot
) -> None:
    begun_page(window, desk, qtbot)
    program.settings.put("language", language)
    program.settings.put("text_size", 150)
    program.rebuild()
    window.resize(1600, 1000)
    page = open_page(window, "rich_menu", qtbot)
    assert isinstance(page, RichMenuPage)
    cut = []
    for form in forms(page):
        page.editor.show_panel(form)
        settle(window, qtbot)
        # What a button says may have changed with the very last result; its place follows in the next turn.
        QApplication.sendPostedEvents()
        cut += [f"{form}: {what}" for each in page.findChildren(QWidget) if (what := cut_off(each))]
    assert sorted(set(cut)) == []


def test_names_targets_and_edges(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page = begun_page(window, desk, qtbot)
    window.resize(1024, 720)
    wrong = []
    for form in forms(page):
        page.editor.show_panel(form)
        settle(window, qtbot)
        wrong += [
            f"{form}: no name: {described(each)}" for each in focusable(page) if not each.accessibleName()
        ]
        for each in page.findChildren(QAbstractButton):
            if not each.isVisible():
                continue
            if min(each.width(), each.height()) < SMALLEST_TARGET:
                wrong.append(f"{form}: small: {described(each)}")
            right = each.mapTo(page, QPoint(each.width(), 0)).x()
            if not each.visibleRegion().isEmpty() and right > page.width() + SLACK:
                wrong.append(f"{form}: sticks out: {described(each)}")
    assert sorted(set(wrong)) == []


def test_tab_reaches_everything_once(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    page = begun_page(window, desk, qtbot)
    forms(page)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    wanted = set(focusable(page))
    start = next(iter(focusable(page)))
    start.setFocus(Qt.FocusReason.TabFocusReason)
    seen = [start]
    for _ in range(300):
        QApplication.focusWidget().focusNextPrevChild(True)
        now = QApplication.focusWidget()
        if now is start:
            break
        seen.append(now)
    assert len(seen) == len(set(seen))
    assert [described(each) for each in wanted - set(seen)] == []
    # The phone's menu comes before what is said about it, the forms before the checks.
    places = [seen.index(each) for each in (page.editor.area.words, page.editor.stage.canvas)]
    assert places == sorted(places)
