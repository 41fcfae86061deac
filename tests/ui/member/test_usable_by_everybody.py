"""The member and history pages, filled: names for everything, Tab reaches everything once, targets are large enough, and no
word is cut at the largest text size in any language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.core.people.selection import Selection
from desktop.operations.people import editing
from desktop.operations.tagging import tagging
from desktop.store.database import Database
from desktop.text import LANGUAGES
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.opening.program import Program
from desktop.ui.page import Page
from tests.ui.shell.test_accessibility import SLACK, SMALLEST_TARGET, cut_off, described, focusable
from tests.ui.shop_window import open_page, settle

PAGES = ("member", "history")


def fill(desk: Desk, window: MainWindow, qtbot: QtBot) -> int:
    """Somebody with tags, an order, an own column, a mark and a note; returns the number of her last step."""

    def work(db: Database) -> None:
        tagging.tag(db, Selection.of([1]), "很長很長很長的一個標籤名稱")
        editing.edit(db, 1, {"phone": "0933444555", "extra:最愛口味": "拿鐵", "consent": "否"})
        editing.write_note(db, 1, "靠窗")
        with db.transaction():
            db.run(
                "INSERT INTO shop_order (order_no, person_id, ordered_at, amount) VALUES ('A1', 1, '2026-01-02', 99)"
            )

    desk.jobs.write(lambda db, ctx: work(db), owner=desk.jobs)
    settle(window, qtbot)
    return int(desk.jobs.page_reader.value("SELECT max(id) FROM step"))


def opened(page_id: str, step: int, window: MainWindow, qtbot: QtBot) -> Page:
    arguments = {"person": 1, "ids": [2, 1, 3]} if page_id == "member" else {"step": step}
    return open_page(window, page_id, qtbot, **arguments)


@pytest.mark.parametrize("page_id", PAGES)
def test_everything_has_a_name_and_a_size(window: MainWindow, desk: Desk, qtbot: QtBot, page_id: str) -> None:
    page = opened(page_id, fill(desk, window, qtbot), window, qtbot)
    assert [described(each) for each in focusable(page) if not each.accessibleName()] == []
    small = [
        f"{described(each)} {each.width()}×{each.height()}"
        for each in page.findChildren(QAbstractButton)
        if each.isVisible() and (each.height() < SMALLEST_TARGET or each.width() < SMALLEST_TARGET)
    ]
    assert small == []


@pytest.mark.parametrize("page_id", PAGES)
def test_tab_reaches_everything_once(window: MainWindow, desk: Desk, qtbot: QtBot, page_id: str) -> None:
    page = opened(page_id, fill(desk, window, qtbot), window, qtbot)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    wanted = set(focusable(page))
    start = focusable(page)[0]
    start.setFocus(Qt.FocusReason.TabFocusReason)
    seen = [start]
    for _ in range(300):
        before = QApplication.focusWidget()
        assert before is not None
        before.focusNextPrevChild(True)
        now = QApplication.focusWidget()
        if now is start or now is None:
            break
        seen.append(now)
    assert len(seen) == len(set(seen))
    assert [described(each) for each in wanted - set(seen)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_cut_at_the_largest_text_size(
    program: Program, window: MainWindow, desk: Desk, qtbot: QtBot, language: str
) -> None:
    step = fill(desk, window, qtbot)
    program.settings.put("language", language)
    program.settings.put("text_size", 150)
    program.rebuild()
    settle(window, qtbot)
    window.resize(1600, 1000)
    for page_id in PAGES:
        page = opened(page_id, step, window, qtbot)
        cut = [what for each in page.findChildren(QWidget) if (what := cut_off(each))]
        assert cut == [], page_id


@pytest.mark.parametrize("page_id", PAGES)
def test_nothing_sticks_out_of_a_small_window(
    window: MainWindow, desk: Desk, qtbot: QtBot, page_id: str
) -> None:
    step = fill(desk, window, qtbot)
    window.resize(1024, 720)
    page = opened(page_id, step, window, qtbot)
    outside = [
        described(each)
        for each in page.findChildren(QAbstractButton)
        if each.isVisible()
        and not each.visibleRegion().isEmpty()
        and each.mapTo(page, QPoint(each.width(), 0)).x() > page.width() + SLACK
    ]
    assert outside == []


def test_another_language_shows_the_same_member(window: MainWindow, qtbot: QtBot) -> None:
    assert window.shell is not None
    open_page(window, "member", qtbot, person=3)
    window.shell.desk.settings.put("language", "en")
    window.shell.desk.door.rebuild()
    qtbot.waitUntil(lambda: window.shell is not None and window.shell.stack.current is not None)
    settle(window, qtbot)
    page = window.shell.stack.current
    assert page is not None
    assert page.page_id == "member"
    assert page.card is not None  # type: ignore[attr-defined]
    assert page.card.id == 3  # type: ignore[attr-defined]
