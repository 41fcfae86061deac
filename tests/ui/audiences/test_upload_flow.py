"""From a query to a READY audience at LINE with exactly the people meant; and what happens on the way when things are wrong."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.operations.audiences import audiences
from desktop.simulator.simulator import Simulator
from desktop.store import audiences as saved_audiences
from desktop.store import outbox
from desktop.text import t
from desktop.ui.audiences.page import AudiencesPage
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


def test_query_to_ready_audience(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    page = open_editor(practice_window, qtbot)
    assert page.editor.count_card.number.text() == "5"
    assert page.editor.count_card.rows["reachable"].value == "4"
    page.upload()
    settle(practice_window, qtbot)
    assert "練習模式" in page.bar.text
    assert "4 位" in page.bar.text
    assert "「日日咖啡」@daydaycoffee" in page.bar.text
    page.bar.press()
    settle(practice_window, qtbot)
    (job,) = jobs_of(practice_desk)
    ready = wait_for(practice_desk, qtbot, job.id, "ready")
    assert ready.audience_group_id is not None
    meant = audiences.condition_of(practice_desk.jobs.page_reader, QUERY)
    sql = audiences.compile_condition(meant, audiences.query_context(practice_desk.jobs.page_reader))
    ids = saved_audiences.reachable_user_ids(practice_desk.jobs.page_reader, sql.where, sql.params)
    assert line.ids_of(ready.audience_group_id) == frozenset(ids)
    assert [one.status for one in line.audiences()] == ["READY"]
    settle(practice_window, qtbot)
    assert page.editor.last_card.difference.text() == "名單和上次一樣（4 位），不用再上傳"
    assert not page.editor.is_changed


def test_pressing_twice_makes_one_upload(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    page = open_editor(practice_window, qtbot)
    page.upload()
    page.upload()
    settle(practice_window, qtbot)
    plan = page.editor.plan()
    page.bar.press()
    page.flow._press(plan)
    page.flow._press(plan)
    settle(practice_window, qtbot)
    page.upload()
    settle(practice_window, qtbot)
    page.bar.press()
    settle(practice_window, qtbot)
    (job,) = jobs_of(practice_desk)
    wait_for(practice_desk, qtbot, job.id, "ready")
    assert len(line.audiences()) == 1


def test_after_the_press_no_stray_key_renames_the_audience(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    page = open_editor(practice_window, qtbot)
    name = page.editor.name_text
    page.buttons.upload.setFocus()
    page.upload()
    settle(practice_window, qtbot)
    page.bar._button.setFocus()
    page.bar.press()
    settle(practice_window, qtbot)
    focused = practice_window.focusWidget()
    assert focused is not None
    assert focused is page.buttons.upload
    qtbot.keyClick(focused, Qt.Key.Key_X)
    assert page.editor.name_text == name
    wait_for(practice_desk, qtbot, jobs_of(practice_desk)[0].id, "ready")


def test_offline_the_list_is_queued_for_the_account_known_last(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    page = open_editor(practice_window, qtbot)
    line.faults.add("captive_portal", count=None)
    page.upload()
    settle(practice_window, qtbot)
    page.bar.press()
    settle(practice_window, qtbot)
    (job,) = jobs_of(practice_desk)
    assert (job.state, job.error and job.error.key) == ("waiting", "line.portal")
    line.faults.clear()
    assert wait_for(practice_desk, qtbot, job.id, "ready").ids == 4


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
    assert page.editor.count_card.hint.text() == page.buttons.upload.toolTip()
    page.editor.count_card.ids_link.click()
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


@pytest.mark.parametrize("people", [1])
def test_a_short_list_is_told_what_it_cannot_do(
    practice_window: MainWindow, practice_desk: Desk, qtbot: QtBot, people: int
) -> None:
    page = open_editor(practice_window, qtbot, "tag:外帶")
    page.upload()
    settle(practice_window, qtbot)
    page.bar.press()
    settle(practice_window, qtbot)
    (job,) = jobs_of(practice_desk)
    assert job.ids == people
    shell = practice_window.shell
    assert shell is not None
    assert shell.notices.texts[-1] == t("audiences_page.queued_few", audience=job.audience, n=1, few=50)


def test_the_question_is_taken_back_when_the_list_changes(practice_window: MainWindow, qtbot: QtBot) -> None:
    page = open_editor(practice_window, qtbot)
    page.upload()
    settle(practice_window, qtbot)
    assert page.bar.text
    page.editor.conditions.row_widgets[0].removed.emit()
    assert page.bar.text == ""
