"""From a query to a READY audience at LINE with exactly the people meant; and what happens on the way when things are wrong."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.operations.audiences import audiences
from desktop.simulator.simulator import Simulator
from desktop.store import audiences as saved_audiences
from desktop.store import outbox
from desktop.store.database import Database
from desktop.ui.audiences.page import AudiencesPage
from desktop.ui.audiences.pressing.sheet import PressSheet
from desktop.ui.desk import Desk
from desktop.ui.line_account.connect_dialog import ConnectDialog
from desktop.ui.main_window import MainWindow
from tests.ui.line_shop import wait_for
from tests.ui.shop_window import FakeDialogs, open_page, settle

QUERY = "(tag:熟客 OR tag:VIP) -tag:市集"


def open_editor(window: MainWindow, qtbot: QtBot, query: str = QUERY) -> AudiencesPage:
    """The editor with a new audience of this condition, counted."""
    return cast(AudiencesPage, open_page(window, "audiences", qtbot, query=query))


def jobs_of(desk: Desk) -> list[outbox.UploadJob]:
    return outbox.jobs(desk.jobs.page_reader)


def notice(window: MainWindow) -> str:
    """The last notice shown."""
    assert window.shell is not None
    return window.shell.notices.texts[-1]


def upload_and_wait(page: AudiencesPage, desk: Desk, window: MainWindow, qtbot: QtBot) -> outbox.UploadJob:
    """Press once and let LINE finish."""
    page.upload()
    settle(window, qtbot)
    return wait_for(desk, qtbot, jobs_of(desk)[0].id, "ready")


def test_one_press_from_query_to_ready_audience(
    practice_window: MainWindow, practice_desk: Desk, dialogs: FakeDialogs, line: Simulator, qtbot: QtBot
) -> None:
    page = open_editor(practice_window, qtbot)
    page.upload()
    settle(practice_window, qtbot)
    assert dialogs.shown == []
    assert "正在把 4 位上傳到模擬的 LINE 帳號「日日咖啡」@daydaycoffee" in notice(practice_window)
    assert "不會發送任何訊息" in notice(practice_window)
    (job,) = jobs_of(practice_desk)
    ready = wait_for(practice_desk, qtbot, job.id, "ready")
    assert ready.audience_group_id is not None
    meant = audiences.condition_of(practice_desk.jobs.page_reader, QUERY)
    sql = audiences.compile_condition(meant, audiences.query_context(practice_desk.jobs.page_reader))
    ids = saved_audiences.reachable_user_ids(practice_desk.jobs.page_reader, sql.where, sql.params)
    assert line.ids_of(ready.audience_group_id) == frozenset(ids)
    assert [one.status for one in line.audiences()] == ["READY"]
    assert not page.editor.is_changed


def test_pressing_twice_makes_one_upload(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    page = open_editor(practice_window, qtbot)
    page.upload()
    page.upload()
    settle(practice_window, qtbot)
    page.upload()
    settle(practice_window, qtbot)
    (job,) = jobs_of(practice_desk)
    wait_for(practice_desk, qtbot, job.id, "ready")
    page.upload()
    settle(practice_window, qtbot)
    assert len(jobs_of(practice_desk)) == 1
    assert "和現在的名單一樣" in notice(practice_window)
    assert len(line.audiences()) == 1


def test_after_the_press_no_stray_key_renames_the_audience(
    practice_window: MainWindow, practice_desk: Desk, qtbot: QtBot
) -> None:
    page = open_editor(practice_window, qtbot)
    name = page.editor.name_text
    qtbot.waitUntil(page.buttons.upload.isEnabled)
    page.buttons.upload.setFocus()
    upload_and_wait(page, practice_desk, practice_window, qtbot)
    focused = practice_window.focusWidget()
    assert focused is not None
    assert focused is page.buttons.upload
    qtbot.keyClick(focused, Qt.Key.Key_X)
    assert page.editor.name_text == name


def test_the_button_gets_the_focus_back_once_the_people_are_counted(
    practice_window: MainWindow, practice_desk: Desk, qtbot: QtBot
) -> None:
    page = open_editor(practice_window, qtbot)
    page.buttons.upload.setFocus()
    window = practice_window
    page.buttons._allow_upload(False)
    assert window.focusWidget() is not page.buttons.upload
    page.buttons._allow_upload(True)
    assert window.focusWidget() is page.buttons.upload
    page.buttons._allow_upload(False)
    page.editor.name.setFocus()
    page.buttons._allow_upload(True)
    assert window.focusWidget() is page.editor.name


def test_offline_the_list_is_queued_for_the_account_known_last(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    page = open_editor(practice_window, qtbot)
    line.faults.add("captive_portal", count=None)
    page.upload()
    settle(practice_window, qtbot)
    assert "現在連不上 LINE" in notice(practice_window)
    (job,) = jobs_of(practice_desk)
    assert (job.state, job.error and job.error.key) == ("waiting", "line.portal")
    line.faults.clear()
    assert wait_for(practice_desk, qtbot, job.id, "ready").ids == 4


def test_who_joined_is_added_to_the_same_audience(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    page = open_editor(practice_window, qtbot, "tag:熟客")
    first = upload_and_wait(page, practice_desk, practice_window, qtbot)
    tag(practice_desk, practice_window, qtbot, "熟客", 2)
    page.upload()
    settle(practice_window, qtbot)
    assert "新加入的 1 位" in notice(practice_window)
    second = wait_for(practice_desk, qtbot, jobs_of(practice_desk)[0].id, "ready")
    assert (second.kind, second.audience_group_id) == ("add", first.audience_group_id)
    assert line.ids_of(first.audience_group_id or 0) == frozenset(
        f"U{number:032x}" for number in (1, 2, 5, 8)
    )
    assert len(line.audiences()) == 1


def test_when_somebody_left_the_sheet_says_in_three_lines_what_will_happen(
    practice_window: MainWindow, practice_desk: Desk, dialogs: FakeDialogs, line: Simulator, qtbot: QtBot
) -> None:
    page = open_editor(practice_window, qtbot, "tag:熟客")
    first = upload_and_wait(page, practice_desk, practice_window, qtbot)
    untag(practice_desk, practice_window, qtbot, "熟客", 5)
    page.upload()
    settle(practice_window, qtbot)
    (sheet,) = dialogs.shown
    assert isinstance(sheet, PressSheet)
    words = [label.text() for label in sheet.findChildren(QLabel)]
    assert [word for word in words if word in ("1", "2", "3")] == ["1", "2", "3"]
    assert any("離開的 1 位不在裡面" in word for word in words)
    assert len(jobs_of(practice_desk)) == 1
    sheet.accept()
    settle(practice_window, qtbot)
    second = wait_for(practice_desk, qtbot, jobs_of(practice_desk)[0].id, "ready")
    assert second.kind == "replace"
    assert line.ids_of(second.audience_group_id or 0) == frozenset(f"U{number:032x}" for number in (1, 8))
    names = {one.id: one.description for one in line.audiences()}
    assert names[second.audience_group_id or 0] == first.line_name
    assert "舊" in names[first.audience_group_id or 0]


def test_a_red_line_stops_the_press_and_its_button_cures_it(
    practice_window: MainWindow, practice_desk: Desk, dialogs: FakeDialogs, line: Simulator, qtbot: QtBot
) -> None:
    page = open_editor(practice_window, qtbot, "tag:外帶")
    break_id(practice_desk, practice_window, qtbot, 5)
    page.upload()
    settle(practice_window, qtbot)
    (sheet,) = dialogs.shown
    assert isinstance(sheet, PressSheet)
    assert not sheet.yes.isEnabled()
    assert [check.id for check in sheet.look.stops] == ["id_format"]
    assert jobs_of(practice_desk) == []
    sheet.press_cure("id_format")
    settle(practice_window, qtbot)
    shell = practice_window.shell
    assert shell is not None
    assert shell.stack.current is not None
    assert shell.stack.current.page_id == "members"
    assert line.audiences() == []


def test_a_refused_token_is_told_before_anything_is_queued(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    page = open_editor(practice_window, qtbot)
    line.faults.add("status", status=401, count=None)
    page.upload()
    settle(practice_window, qtbot)
    assert "Channel access token" in page.bar.text
    assert jobs_of(practice_desk) == []


def test_nobody_reachable_cannot_be_uploaded_and_says_why(window: MainWindow, qtbot: QtBot) -> None:
    page = open_editor(window, qtbot, "bound:no")
    assert not page.buttons.upload.isEnabled()
    assert page.buttons.upload.toolTip() == "這些人都還不能用 LINE 發送，所以不能上傳。"
    assert page.editor.side.count_card.hint.text() == page.buttons.upload.toolTip()
    page.editor.side.count_card.ids_button.click()
    settle(window, qtbot)
    assert window.shell is not None
    assert window.shell.stack.current is not None
    assert window.shell.stack.current.page_id == "line_ids"


def test_without_an_account_the_way_leads_to_connecting(
    window: MainWindow, desk: Desk, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    page = open_editor(window, qtbot)
    page.upload()
    settle(window, qtbot)
    (dialog,) = dialogs.shown
    assert isinstance(dialog, ConnectDialog)
    assert jobs_of(desk) == []


def test_uploading_needs_a_name_that_line_takes(practice_window: MainWindow, qtbot: QtBot) -> None:
    page = open_editor(practice_window, qtbot)
    page.editor.name.setText("")
    page.upload()
    assert page.bar.text == "受眾包需要一個名稱。"


def test_a_short_list_is_told_what_it_cannot_do(
    practice_window: MainWindow, practice_desk: Desk, qtbot: QtBot
) -> None:
    page = open_editor(practice_window, qtbot, "tag:外帶")
    page.upload()
    settle(practice_window, qtbot)
    (job,) = jobs_of(practice_desk)
    assert job.ids == 1
    assert "少於 50 位的名單可以群發" in notice(practice_window)


def test_an_open_sheet_is_taken_back_when_the_list_changes(
    practice_window: MainWindow, practice_desk: Desk, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    page = open_editor(practice_window, qtbot, "tag:外帶")
    break_id(practice_desk, practice_window, qtbot, 5)
    page.upload()
    settle(practice_window, qtbot)
    (sheet,) = dialogs.shown
    rejected: list[int] = []
    sheet.rejected.connect(lambda: rejected.append(1))
    page.flow.withdraw()
    assert rejected == [1]


def change(desk: Desk, window: MainWindow, qtbot: QtBot, sql: str, params: tuple[object, ...]) -> None:
    """Change the shop file behind the page."""

    def work(db: Database, ctx: object) -> None:
        with db.transaction():
            db.run(sql, params)

    desk.jobs.write(work, owner=desk.jobs)
    settle(window, qtbot)


def tag(desk: Desk, window: MainWindow, qtbot: QtBot, name: str, person: int) -> None:
    sql = "INSERT INTO person_tag (person_id, tag_id, origin) SELECT ?, id, 'hand' FROM tag WHERE name = ?"
    change(desk, window, qtbot, sql, (person, name))


def untag(desk: Desk, window: MainWindow, qtbot: QtBot, name: str, person: int) -> None:
    sql = "DELETE FROM person_tag WHERE person_id = ? AND tag_id = (SELECT id FROM tag WHERE name = ?)"
    change(desk, window, qtbot, sql, (person, name))


def break_id(desk: Desk, window: MainWindow, qtbot: QtBot, person: int) -> None:
    change(desk, window, qtbot, "UPDATE person SET line_user_id = 'u123' WHERE id = ?", (person,))
