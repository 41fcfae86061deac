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


def test_undo_takes_back_one_tick_and_leaves_what_was_typed_before_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    page = open_it(window, qtbot)
    for item in ("counter", "staff"):
        QTest.mouseClick(page.checklist.item(item).box, Qt.MouseButton.LeftButton)
        settle(window, qtbot)
    QTest.keyClicks(page.stands.texts["offer"], "two for one")
    QTest.mouseClick(page.checklist.item("tables").box, Qt.MouseButton.LeftButton)
    settle(window, qtbot)
    assert (kept(page).done, kept(page).offer) == ({"counter", "staff", "tables"}, "two for one")
    left = [({"counter", "staff"}, "two for one"), ({"counter", "staff"}, ""), ({"counter"}, "")]
    for done, offer in left:
        page.desk.jobs.write(lambda db, _: undoing.undo(db), owner=page)
        settle(window, qtbot)
        assert (kept(page).done, kept(page).offer) == (done, offer)
        assert page.stands.texts["offer"].text() == offer


def test_undo_in_the_field_while_typing_is_what_is_kept(window: MainWindow, qtbot: QtBot) -> None:
    page = open_it(window, qtbot)
    field = page.stands.texts["headline"]
    QTest.keyClicks(field, "hello")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    shown = field.text()
    assert shown != "hello"
    page.desk.go("members")
    settle(window, qtbot)
    assert kept(page).headline == shown


def test_a_wrong_link_of_a_branch_is_asked_for_at_the_branch(
    window: MainWindow, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    page = open_it(window, qtbot)
    stands = page.stands
    QTest.keyClicks(stands.link, "https://lin.ee/abc")
    stands.branches.more.click()
    row = stands.branches.rows[0]
    QTest.keyClicks(row.name, "one")
    QTest.keyClicks(row.link, "http://x")
    row.link.set_wrong(False)
    stands.save_pdf()
    assert [asked for asked in dialogs.asked if asked[0] == "save_file"] == []
    assert (row.link.property("wrong"), stands.link.property("wrong") or False) == (True, False)
    assert row.link.hasFocus() or window.focusWidget() is row.link


def test_undo_right_after_typing_takes_the_typing_back(window: MainWindow, qtbot: QtBot) -> None:
    page = open_it(window, qtbot)
    QTest.mouseClick(page.checklist.item("counter").box, Qt.MouseButton.LeftButton)
    settle(window, qtbot)
    QTest.keyClicks(page.stands.texts["offer"], "two for one")
    page.desk.actions.trigger("shell.undo")
    settle(window, qtbot)
    assert (kept(page).done, kept(page).offer) == ({"counter"}, "")
    assert page.stands.texts["offer"].text() == ""
    page.desk.go("members")
    settle(window, qtbot)
    assert (kept(page).done, kept(page).offer) == ({"counter"}, "")
