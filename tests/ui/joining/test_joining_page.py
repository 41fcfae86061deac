"""Matching friends with members by keyboard: the surest first, joined, passed over, said to be different, or all sure ones at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.store.shop_file import ShopFile
from desktop.ui.desk import Desk
from desktop.ui.joining.page import JoiningPage
from desktop.ui.joining.sure_dialog import SureDialog
from desktop.ui.main_window import MainWindow
from tests.ui.shop_window import FakeDialogs, open_page, settle

Rest = Callable[[], None]


@pytest.fixture
def shop_path(tmp_path: Path) -> Path:
    """Two friends who are almost certainly members, one likely, one perhaps; and one nobody knows."""
    path = tmp_path / "店.tagline"
    with ShopFile.create(path, name="店") as shop:
        db = shop.writer()
        with db.transaction():
            db.many(
                "INSERT INTO person (member_no, name, joined_at, line_user_id, line_name, friend_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [
                    ("M1", "陳美玲", "2026-03-05", None, None, None),
                    ("M2", "林志豪", "2026-04-06", None, None, None),
                    ("M3", "王怡君", None, None, None, None),
                    ("M4", "吳雅婷", None, None, None, None),
                    (None, None, None, "U" + "1" * 32, "陳美玲", "2026-03-05"),
                    (None, None, None, "U" + "2" * 32, "林志豪☕", "2026-04-06"),
                    (None, None, None, "U" + "3" * 32, "王怡君", None),
                    (None, None, None, "U" + "4" * 32, "雅婷", None),
                    (None, None, None, "U" + "5" * 32, "Coffee Lover", None),
                ],
            )
    return path


@pytest.fixture
def rest(window: MainWindow, qtbot: QtBot) -> Rest:
    """Waits until no job runs."""
    return lambda: settle(window, qtbot)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> JoiningPage:
    page = cast(JoiningPage, open_page(window, "joining", qtbot))
    settle(window, qtbot)
    return page


def listed(page: JoiningPage) -> list[tuple[str, str]]:
    return [(row.friend, row.member) for row in page.pairs.pairs.rows]


def bound(desk: Desk) -> list[tuple[str, str]]:
    db = desk.jobs.page_reader
    return db.all(
        "SELECT member_no, line_user_id FROM person WHERE member_no IS NOT NULL AND line_user_id IS NOT NULL ORDER BY 1"
    )


def test_the_surest_first(page: JoiningPage, qtmodeltester: ModelTester) -> None:
    assert listed(page) == [
        ("陳美玲", "陳美玲"),
        ("林志豪☕", "林志豪"),
        ("王怡君", "王怡君"),
        ("雅婷", "吳雅婷"),
    ]
    rows = page.pairs.pairs.rows
    assert [row.pair.certainty for row in rows] == ["sure", "sure", "likely", "maybe"]
    assert rows[0].why == "LINE 名稱就是姓名、同一天加好友和入會"
    assert page.sure_button.text() == "對上幾乎確定的 2 組"
    spoken = page.pairs.pairs.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "LINE 好友陳美玲和會員陳美玲，幾乎確定" in spoken
    qtmodeltester.check(page.pairs.pairs)


def test_enter_joins_and_the_next_pair_stands_ready(
    page: JoiningPage, desk: Desk, rest: Rest, qtbot: QtBot
) -> None:
    qtbot.keyClick(page.pairs, Qt.Key.Key_Return)
    assert listed(page)[0] == ("林志豪☕", "林志豪"), "gone at once"
    qtbot.keyClick(page.pairs, Qt.Key.Key_Return)
    rest()
    assert bound(desk) == [("M1", "U" + "1" * 32), ("M2", "U" + "2" * 32)]
    assert listed(page) == [("王怡君", "王怡君"), ("雅婷", "吳雅婷")]
    assert page.pairs.current is not None
    assert page.pairs.current.friend == "王怡君"


def test_the_arrow_goes_on_and_comes_round(page: JoiningPage, rest: Rest, qtbot: QtBot) -> None:
    for place in (1, 2, 3, 0):
        qtbot.keyClick(page.pairs, Qt.Key.Key_Right)
        assert page.pairs.currentIndex().row() == place
    rest()
    assert page.card.comparison is not None
    assert page.card.comparison.keep.name == "陳美玲"


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_X])
def test_not_the_same_is_not_listed_again(
    page: JoiningPage, desk: Desk, rest: Rest, qtbot: QtBot, key: Qt.Key
) -> None:
    qtbot.keyClick(page.pairs, key)
    rest()
    page.look()
    rest()
    assert ("陳美玲", "陳美玲") not in listed(page)
    assert len(listed(page)) == 3
    assert desk.jobs.page_reader.value("SELECT count(*) FROM different_people") == 1


def test_all_sure_ones_are_looked_at_joined_and_taken_back(
    page: JoiningPage, desk: Desk, dialogs: FakeDialogs, window: MainWindow, rest: Rest
) -> None:
    page.sure_button.click()
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, SureDialog)
    assert [row.friend for row in dialog.pairs.rows] == ["陳美玲", "林志豪☕"]
    assert bound(desk) == [], "nothing before the yes"
    dialog.join()
    rest()
    assert bound(desk) == [("M1", "U" + "1" * 32), ("M2", "U" + "2" * 32)]
    assert listed(page) == [("王怡君", "王怡君"), ("雅婷", "吳雅婷")]
    assert window.shell is not None
    assert window.shell.notices.texts[-1] == "已對上 2 位"
    window.shell.notices.press()
    rest()
    assert bound(desk) == []
    assert len(listed(page)) == 4


def test_nobody_to_match(page: JoiningPage, desk: Desk, rest: Rest) -> None:
    desk.jobs.write(lambda db, _ctx: db.run("DELETE FROM person WHERE member_no IS NOT NULL"), owner=page)
    rest()
    page.look()
    rest()
    assert page.stack.currentWidget() is page.nobody
    assert not page.sure_button.isVisible()
