"""The page 取得 LINE UID against LINE on loopback."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.simulator.simulator import Simulator
from desktop.store import people
from desktop.store.people import PeopleCounts
from desktop.ui.desk import Desk
from desktop.ui.joining.page import JoiningPage
from desktop.ui.line_account.connect_dialog import ConnectDialog
from desktop.ui.line_account.paper_dialog import PaperDialog
from desktop.ui.line_ids.page import LineIdsPage
from desktop.ui.line_ids.shop_ids import ShopIds
from desktop.ui.main_window import MainWindow
from tests.ui.line_shop import BOUND
from tests.ui.shop_window import FakeDialogs, open_page, settle


def open_it(window: MainWindow, qtbot: QtBot) -> LineIdsPage:
    return cast(LineIdsPage, open_page(window, "line_ids", qtbot))


def test_the_reach_of_the_shop(practice_window: MainWindow, qtbot: QtBot) -> None:
    page = open_it(practice_window, qtbot)
    numbers = {name: label.text() for name, label in page.reach.numbers.items()}
    assert numbers == {"people": "12", "with_user_id": "9", "reachable": "9"}
    qtbot.waitUntil(lambda: "10 位" in page.reach.told.text(), timeout=5000)
    assert "90.0%" in page.reach.told.text()


def test_without_lines_figures_the_rate_is_called_what_it_is(window: MainWindow, qtbot: QtBot) -> None:
    page = open_it(window, qtbot)
    assert page.reach.told.text().startswith("會員名單綁定比例 75.0%")


def test_nobody_has_no_rate(window: MainWindow, qtbot: QtBot) -> None:
    page = open_it(window, qtbot)
    nobody = ShopIds(PeopleCounts(0, 0, 0), {"reachable": 0, "without_user_id": 0}, None)
    page.reach.show_ids(nobody)
    assert page.reach.told.text() == "連接 LINE 後，這裡會加上 LINE 計算的好友數。"
    page.reach.show_ids(replace(nobody, line_figures={"followers": 3, "blocks": 3, "date": "2026-11-20"}))
    assert page.reach.told.text() == "LINE 計算的好友（扣除封鎖）有 0 位（2026/11/20）。"


def test_friends_become_people(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    line.seed(
        {
            **{user: {"display_name": "舊友"} for user in sorted(BOUND)[:8]},
            "U" + "f" * 32: {"display_name": "新友"},
        }
    )
    page = open_it(practice_window, qtbot)
    page.by_line.read_friends()
    page.by_line.read_friends()
    settle(practice_window, qtbot)
    assert page.by_line.said == "讀到 9 位好友：新加入 1 位，原本就有 8 位。另有 1 位已不是好友。"
    assert people.counts(practice_desk.jobs.page_reader).people == 13
    assert page.reach.numbers["people"].text() == "13"
    assert page.by_line.read_button.isEnabled()
    assert page.by_line.cancel_button.isHidden()


def test_reading_can_be_cancelled_and_keeps_nothing(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    page = open_it(practice_window, qtbot)
    settle(practice_window, qtbot)
    line.faults.add("latency", path="followers/ids", seconds=0.3)
    page.by_line.read_friends()
    assert page.by_line.cancel_button.isVisible()
    page.by_line.cancel()
    settle(practice_window, qtbot)
    assert page.by_line.said == ""
    assert people.counts(practice_desk.jobs.page_reader).people == 12
    assert page.by_line.read_button.isEnabled()


def test_an_account_that_is_not_verified_is_shown_the_way(
    practice_window: MainWindow, line: Simulator, qtbot: QtBot
) -> None:
    line.configure_account(verified=False)
    page = open_it(practice_window, qtbot)
    page.by_line.read_friends()
    settle(practice_window, qtbot)
    assert "認證帳號" in page.by_line.wrong.text()
    assert page.by_line.more.isVisible()
    assert page.by_line.cure.text()


def test_ids_of_another_provider_are_found_out(
    practice_window: MainWindow, line: Simulator, qtbot: QtBot
) -> None:
    line.seed({"U" + "f" * 32: {"display_name": "別人"}})
    page = open_it(practice_window, qtbot)
    page.by_file.check()
    settle(practice_window, qtbot)
    assert "一個也不認得" in page.by_file.said
    assert "Provider" in page.by_file.cure.text()


def test_good_ids_are_called_good(practice_window: MainWindow, qtbot: QtBot) -> None:
    page = open_it(practice_window, qtbot)
    page.by_file.check()
    settle(practice_window, qtbot)
    assert "抽查 9 個 LINE UID，9 個是好友：這批 UID 可以用。" in page.by_file.said


def test_without_an_account_connecting_comes_first(
    window: MainWindow, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    page = open_it(window, qtbot)
    page.by_line.read_friends()
    assert isinstance(dialogs.shown[-1], ConnectDialog)
    page.by_file.check()
    assert len(dialogs.shown) == 2


def test_offline_is_told_where_it_arose(practice_window: MainWindow, line: Simulator, qtbot: QtBot) -> None:
    page = open_it(practice_window, qtbot)
    line.faults.add("captive_portal", count=None)
    page.by_line.read_friends()
    settle(practice_window, qtbot)
    assert "登入頁面" in page.by_line.wrong.text()
    assert page.bar.text == ""


def many_friends(line: Simulator) -> None:
    line.seed({f"U{number:032x}": {"display_name": f"友 {number}"} for number in range(1, 301)})


def test_stopping_keeps_what_was_read_and_the_next_press_goes_on(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    many_friends(line)
    page = open_it(practice_window, qtbot)
    settle(practice_window, qtbot)
    line.faults.add("latency", path="/profile/", seconds=0.02, count=None)
    page.by_line.read_friends()
    # "300" alone also stands there while the list of friends is read, before the first name is.
    qtbot.waitUntil(lambda: "/ 300" in page.by_line.doing.text(), timeout=10_000)
    page.by_line.cancel()
    settle(practice_window, qtbot)
    some = people.counts(practice_desk.jobs.page_reader).people
    assert 12 < some < 303
    assert "還沒讀" in page.by_line.said
    assert page.by_line.read_button.text() == "繼續讀取"
    line.faults.clear()
    page.by_line.read_button.click()
    settle(practice_window, qtbot)
    assert people.counts(practice_desk.jobs.page_reader).people == 303
    assert page.by_line.read_button.text() == "從 LINE 讀取好友名單"


def test_line_stopping_in_the_middle_says_why_and_what_is_kept(
    practice_window: MainWindow, line: Simulator, qtbot: QtBot
) -> None:
    many_friends(line)
    page = open_it(practice_window, qtbot)
    settle(practice_window, qtbot)
    line.faults.add("status", status=429, path="/profile/", skip=200, count=None)
    page.by_line.read_friends()
    settle(practice_window, qtbot)
    assert "忙碌" in page.by_line.wrong.text()
    assert "還沒讀" in page.by_line.cure.text()
    assert page.by_line.read_button.text() == "繼續讀取"


def test_what_was_found_out_is_still_there_another_day(
    practice_window: MainWindow, dialogs: FakeDialogs, line: Simulator, qtbot: QtBot
) -> None:
    line.seed({"U" + "f" * 32: {"display_name": "別人"}})
    page = open_it(practice_window, qtbot)
    settle(practice_window, qtbot)
    page.by_file.check()
    settle(practice_window, qtbot)
    page.by_file.say("")
    assert practice_window.shell is not None
    practice_window.shell.go("members")
    open_it(practice_window, qtbot)
    settle(practice_window, qtbot)
    assert "一個也不認得" in page.by_file.said
    page.by_file.more.click()
    letter = dialogs.shown[-1]
    assert isinstance(letter, PaperDialog)
    letter.copy()
    assert "Provider" in QApplication.clipboard().text()
    assert letter.copied.text() == "已複製"


def test_verification_is_a_checklist_that_ticks_what_line_tells(
    practice_window: MainWindow, line: Simulator, qtbot: QtBot
) -> None:
    page = open_it(practice_window, qtbot)
    settle(practice_window, qtbot)
    assert page.verify.points_to_do.said["premium_id"].text() == "這個帳號還沒有專屬 ID"
    line.configure_account(verified=False)
    page.by_line.read_friends()
    settle(practice_window, qtbot)
    assert page.by_line.more.isVisible()
    assert page.verify.points_to_do.said["verified"].text() == ""
    line.configure_account(verified=True)
    page.by_line.read_friends()
    settle(practice_window, qtbot)
    assert page.verify.points_to_do.said["verified"].text() == "LINE 已讓這個帳號讀取好友名單"


def test_friends_and_members_to_match_are_counted_and_led_to(
    practice_window: MainWindow, line: Simulator, qtbot: QtBot
) -> None:
    page = open_it(practice_window, qtbot)
    settle(practice_window, qtbot)
    assert page.join.isHidden(), "no friend stands alone"
    line.seed({"U" + "f" * 32: {"display_name": "楊承翰"}})
    page.by_line.read_friends()
    settle(practice_window, qtbot)
    assert page.join.isVisible()
    assert (page.join.figures.value("friends"), page.join.figures.value("members")) == ("1 位", "3 位")
    page.join.join_button.click()
    settle(practice_window, qtbot)
    assert practice_window.shell is not None
    joining = practice_window.shell.stack.page("joining")
    assert isinstance(joining, JoiningPage)
    assert [(row.friend, row.member) for row in joining.pairs.pairs.rows] == [("楊承翰", "楊承翰")]
