"""The page at work without eyes and without a mouse: everything has a name, Tab reaches it once, words fit at the largest size."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.text import LANGUAGES
from desktop.ui.importing.page import ImportPage
from desktop.ui.main_window import MainWindow
from desktop.ui.opening.program import Program
from tests.ui.importing.importing_window import import_page, press
from tests.ui.shell.test_accessibility import cut_off, described, focusable
from tests.ui.shop_window import settle


def at_work(window: MainWindow, qtbot: QtBot, *files: Path) -> ImportPage:
    page = import_page(window, qtbot, *files)
    page.view.cards.policy.open()
    page.view.cards.source.toggle()
    settle(window, qtbot)
    return page


def test_everything_has_a_name_and_room_for_a_finger(
    window: MainWindow, qtbot: QtBot, members_file: Path, dates_file: Path, orders_file: Path
) -> None:
    page = at_work(window, qtbot, members_file, dates_file, orders_file)
    for at in range(3):
        page.session.show(at)
        settle(window, qtbot)
        assert [described(each) for each in focusable(page) if not each.accessibleName()] == []
        small = [
            described(each)
            for each in page.findChildren(QAbstractButton)
            if each.isVisible() and min(each.height(), each.width()) < 24 and each.isEnabled()
        ]
        assert small == []


def test_tab_reaches_everything_once_from_top_to_bottom(
    window: MainWindow, qtbot: QtBot, members_file: Path
) -> None:
    page = at_work(window, qtbot, members_file)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    wanted = set(focusable(page))
    page.add_files.setFocus(Qt.FocusReason.TabFocusReason)
    seen: list[QWidget] = [page.add_files]
    for _ in range(200):
        now = QApplication.focusWidget()
        assert now is not None
        now.focusNextPrevChild(True)
        now = QApplication.focusWidget()
        if now is None or now is seen[0]:
            break
        seen.append(now)
    assert len(seen) == len(set(seen))
    assert [described(each) for each in wanted - set(seen)] == []
    columns = page.view.cards.columns
    order = [columns.row_of(name).field for name in ("會員編號", "姓名", "手機", "生日", "標籤")]
    assert [each for each in seen if each in order] == order
    assert seen.index(order[0]) < seen.index(page.view.cards.policy.policy)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_cut_at_the_largest_text_size(
    program: Program, window: MainWindow, language: str, qtbot: QtBot, members_file: Path, orders_file: Path
) -> None:
    program.settings.put("language", language)
    program.settings.put("text_size", 150)
    program.rebuild()
    window.resize(1600, 1000)
    settle(window, qtbot)
    page = at_work(window, qtbot, members_file, orders_file)
    cut = [what for each in page.findChildren(QWidget) if (what := cut_off(each))]
    assert cut == []
    press(page, window, qtbot)
    cut = [what for each in page.findChildren(QWidget) if (what := cut_off(each))]
    assert cut == []
    program.settings.put("language", "zh_TW")
    program.settings.put("text_size", 100)
    program.rebuild()
    settle(window, qtbot)


def test_nothing_sticks_out_of_a_small_window(
    window: MainWindow, qtbot: QtBot, members_file: Path, orders_file: Path
) -> None:
    window.resize(900, 620)
    page = at_work(window, qtbot, members_file, orders_file)
    from PySide6.QtCore import QPoint

    outside = [
        described(each)
        for each in page.findChildren(QAbstractButton)
        if each.isVisible() and not each.visibleRegion().isEmpty()
        and each.mapTo(page, QPoint(each.width(), 0)).x() > page.width() + 2
    ]  # fmt: skip
    assert outside == []


def test_the_whole_way_by_keys(
    window: MainWindow, qtbot: QtBot, members_file: Path, orders_file: Path
) -> None:
    page = import_page(window, qtbot, members_file, orders_file)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for state in ("done", "done"):
        qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settle(window, qtbot)
        assert page.entry is not None
        assert page.entry.state == state
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        qtbot.keyClick(window, Qt.Key.Key_Return, keys)
        settle(window, qtbot)
    assert window.shell is not None
    assert window.shell.stack.current is not None
    assert window.shell.stack.current.page_id == "members"
