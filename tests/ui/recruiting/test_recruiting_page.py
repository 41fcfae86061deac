"""The page 招募好友: ticks and words are kept, undone, printed."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.core.planning.recruiting import Branch, Recruiting
from desktop.operations.history import undoing
from desktop.operations.planning.recruiting import seen
from desktop.ui.main_window import MainWindow
from desktop.ui.recruiting.page import RecruitingPage
from tests.ui.shop_window import FakeDialogs, open_page, settle


def open_it(window: MainWindow, qtbot: QtBot) -> RecruitingPage:
    page = cast(RecruitingPage, open_page(window, "recruiting", qtbot))
    settle(window, qtbot)
    return page


def kept(page: RecruitingPage) -> Recruiting:
    return seen(page.desk.jobs.page_reader).recruiting


def test_a_tick_is_kept_at_once_and_undone(window: MainWindow, qtbot: QtBot) -> None:
    page = open_it(window, qtbot)
    item = page.checklist.item("counter")
    QTest.mouseClick(item.box, Qt.MouseButton.LeftButton)
    settle(window, qtbot)
    assert kept(page).done == {"counter"}
    assert page.checklist.ways["store"].hint.text() == "1 / 5"
    page.desk.jobs.write(lambda db, _: undoing.undo(db), owner=page)
    settle(window, qtbot)
    assert kept(page).done == frozenset()
    assert not item.box.isChecked()


def test_what_is_not_for_this_shop_can_be_left_out_and_taken_in(window: MainWindow, qtbot: QtBot) -> None:
    page = open_it(window, qtbot)
    item = page.checklist.item("parcel")
    item.other.click()
    settle(window, qtbot)
    assert kept(page).left_out == {"parcel"}
    assert not item.box.isEnabled()
    assert item.other.text() == "要做"
    item.other.click()
    settle(window, qtbot)
    assert kept(page).left_out == frozenset()


def test_a_general_account_may_not_run_friend_ads(window: MainWindow, qtbot: QtBot) -> None:
    page = open_it(window, qtbot)
    page.account.kind.set_value("general")
    page.account.kind.chosen.emit("general")
    settle(window, qtbot)
    assert kept(page).account_kind == "general"
    item = page.checklist.item("friend_ads")
    assert not item.box.isEnabled()
    assert item.hint.text() == "認證帳號才能使用。"
    assert "專屬 ID" in page.account.parts["papers"].text()


def test_words_are_kept_on_leaving_even_right_after_typing(window: MainWindow, qtbot: QtBot) -> None:
    page = open_it(window, qtbot)
    QTest.keyClicks(page.stands.link, "https://lin.ee/abc")
    QTest.keyClicks(page.stands.texts["offer"], "two for one")
    page.desk.go("members")
    settle(window, qtbot)
    assert (kept(page).link, kept(page).offer) == ("https://lin.ee/abc", "two for one")


def test_branches_get_a_stand_each_with_their_own_link(
    window: MainWindow, dialogs: FakeDialogs, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_it(window, qtbot)
    stands = page.stands
    QTest.keyClicks(stands.link, "https://lin.ee/abc")
    for name in ("one", "two"):
        stands.branches.more.click()
        QTest.keyClicks(stands.branches.rows[-1].name, name)
    assert stands.same.isVisibleTo(stands)
    QTest.keyClicks(stands.branches.rows[-1].link, "https://lin.ee/two")
    assert not stands.same.isVisibleTo(stands)
    assert [stand.link for stand in stands.stands()] == ["https://lin.ee/abc", "https://lin.ee/two"]
    dialogs.answers["save_file"] = tmp_path / "立牌.pdf"
    stands.save_pdf()
    settle(window, qtbot)
    assert (tmp_path / "立牌.pdf").read_bytes().count(b"/Type /Page\n") == 2
    dialogs.answers["save_file"] = tmp_path / "碼.png"
    stands.save_code()
    settle(window, qtbot)
    assert (tmp_path / "碼.png").read_bytes().startswith(b"\x89PNG")
    page.desk.go("members")
    settle(window, qtbot)
    assert kept(page).branches == (Branch("one"), Branch("two", "https://lin.ee/two"))


def test_without_a_link_nothing_is_printed_and_the_field_says_why(
    window: MainWindow, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    page = open_it(window, qtbot)
    page.stands.save_pdf()
    assert [asked for asked in dialogs.asked if asked[0] == "save_file"] == []
    wrong = page.stands.rows._errors[page.stands.link]
    assert "請先填加好友連結" in wrong.text()


def test_a_link_that_leads_elsewhere_is_marked_while_it_is_typed(window: MainWindow, qtbot: QtBot) -> None:
    page = open_it(window, qtbot)
    QTest.keyClicks(page.stands.link, "https://example.com")
    assert page.stands.link.property("wrong") is True


def test_things_made_here_lead_to_their_page(window: MainWindow, qtbot: QtBot) -> None:
    page = open_it(window, qtbot)
    page.checklist.item("login").asked.emit("line_ids")
    settle(window, qtbot)
    assert window.shell is not None
    current = window.shell.stack.current
    assert current is not None
    assert current.page_id == "line_ids"
