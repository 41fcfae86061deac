"""The page of uploads against a real shop file and LINE on loopback."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from desktop.operations.audiences import audiences
from desktop.operations.line import after_upload, keeping_in_step, uploading
from desktop.simulator.simulator import Simulator
from desktop.store import manager_sends, outbox
from desktop.store.database import Database
from desktop.store.outbox import UploadJob
from desktop.store.shop_file import ShopFile
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.opening.program import Program
from desktop.ui.outbox.broadcast_dialog import BroadcastDialog
from desktop.ui.outbox.details.old_dialog import OldDialog
from desktop.ui.outbox.details_dialog import UploadDetails
from desktop.ui.outbox.filters import OutboxPart
from desktop.ui.outbox.page import OutboxPage
from desktop.ui.outbox.states import Act, acts, badge
from desktop.ui.outbox.upload_table import ACT, PROGRESS, STATE
from desktop.ui.outbox.web_pages import WebPage
from tests.scenarios.restored import paused_by_a_restore
from tests.ui.line_shop import BOUND, start, wait_for
from tests.ui.shop_window import FakeDialogs, open_page, settle


def press(db: Database, name: str = "熟客", query: str = "tag:熟客") -> UploadJob:
    """Save an audience and queue it, as a press of the button does."""
    return uploading.press(db, audiences.save(db, name, query).audience).job


def queue(
    desk: Desk, window: MainWindow, qtbot: QtBot, name: str = "熟客", query: str = "tag:熟客"
) -> UploadJob:
    """The same through the window's writer."""
    done: list[UploadJob] = []
    desk.jobs.write(lambda db, ctx: keeping_in_step.refresh(db, audiences.save(db, name, query).audience), owner=desk.jobs,
                    then=lambda pressed: done.extend([pressed.job] if pressed.job else []))  # fmt: skip
    qtbot.waitUntil(lambda: bool(done), timeout=5000)
    return done[0]


def outbox_page(window: MainWindow, qtbot: QtBot, **arguments: object) -> OutboxPage:
    return cast(OutboxPage, open_page(window, "outbox", qtbot, **arguments))


def cell(page: OutboxPage, row: int, column: int) -> str:
    return str(page.table.uploads.index(row, column).data())


def test_an_upload_is_followed_until_it_is_ready(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    page = outbox_page(practice_window, qtbot)
    assert page.stack.currentWidget() is page.empty
    job = queue(practice_desk, practice_window, qtbot)
    ready = wait_for(practice_desk, qtbot, job.id, "ready")
    qtbot.waitUntil(lambda: bool(page.seen.jobs) and page.seen.jobs[0].state == "ready", timeout=5000)
    assert cell(page, 0, STATE) == "可使用"
    assert cell(page, 0, ACT) == "到 LINE 後台群發"
    assert ready.audience_group_id is not None
    assert line.ids_of(ready.audience_group_id) == frozenset(f"U{number:032x}" for number in (1, 5, 8))


def test_offline_waits_and_goes_out_by_itself(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    page = outbox_page(practice_window, qtbot)
    line.faults.add("captive_portal", count=None)
    job = queue(practice_desk, practice_window, qtbot)
    qtbot.waitUntil(lambda: bool(page.seen.jobs) and cell(page, 0, STATE) == "等待網路", timeout=10_000)
    assert line.audiences() == []
    line.faults.clear()
    wait_for(practice_desk, qtbot, job.id, "ready")
    assert len(line.audiences()) == 1


def test_a_refused_token_stops_everything_and_names_the_cure(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    page = outbox_page(practice_window, qtbot)
    line.faults.add("status", status=401, count=None)
    queue(practice_desk, practice_window, qtbot)
    qtbot.waitUntil(lambda: bool(page.seen.jobs) and cell(page, 0, STATE) == "需要處理", timeout=10_000)
    assert cell(page, 0, ACT) == "開啟設定"
    page.table.press(0)
    settle(practice_window, qtbot)
    assert practice_window.shell is not None
    assert practice_window.shell.stack.current is not None
    assert practice_window.shell.stack.current.page_id == "settings"


def test_retry_all_lets_everything_go_on(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    page = outbox_page(practice_window, qtbot)
    line.faults.add("status", status=401, count=None)
    jobs = [
        queue(practice_desk, practice_window, qtbot, name, name and f"tag:{name}") for name in ("熟客", "VIP")
    ]
    for job in jobs:
        wait_for(practice_desk, qtbot, job.id, "action_needed")
    line.faults.clear()
    qtbot.waitUntil(page.retry_all_button.isEnabled, timeout=5000)
    page.retry_all()
    for job in jobs:
        wait_for(practice_desk, qtbot, job.id, "ready")
    assert len(line.audiences()) == 2


def test_cancelling_keeps_it_from_line(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    page = outbox_page(practice_window, qtbot)
    line.faults.add("captive_portal", count=None)
    job = queue(practice_desk, practice_window, qtbot)
    wait_for(practice_desk, qtbot, job.id, "waiting")
    settle(practice_window, qtbot)
    page.do(job, Act.CANCEL)
    line.faults.clear()
    settle(practice_window, qtbot)
    practice_desk.line.try_now()
    settle(practice_window, qtbot)
    assert cell(page, 0, STATE) == "已取消"
    assert line.audiences() == []


@pytest.mark.parametrize("how", ["bar", "row"])
def test_after_a_restart_nothing_goes_out_before_a_press(
    program: Program,
    practice_path: Path,
    line: Simulator,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    how: str,
) -> None:
    with ShopFile.open(practice_path) as file:
        job = press(file.writer())
        press(file.writer(), "VIP", "tag:VIP")
    start(program, practice_path, line, qtbot, monkeypatch)
    shell = program.window.shell
    assert shell is not None
    page = outbox_page(program.window, qtbot)
    assert line.audiences() == []
    assert "2 件等待上傳，現在送出？" in page.bar.text
    assert cell(page, 0, STATE) == "等您確認"
    assert isinstance(shell.desk, Desk)
    if how == "bar":
        page.bar.press()
    else:
        page.do(page.seen.jobs[1], Act.CONFIRM)
    wait_for(shell.desk, qtbot, job.id, "ready")
    if how == "bar":
        wait_for(shell.desk, qtbot, job.id + 1, "ready")
        assert page.bar.text == ""
    settle(program.window, qtbot)
    assert len(line.audiences()) == (2 if how == "bar" else 1)


def test_after_a_restored_backup_line_is_asked_first(
    program: Program, practice_path: Path, line: Simulator, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ShopFile.open(practice_path) as file:
        job = press(file.writer())
        paused_by_a_restore(file.writer())
    start(program, practice_path, line, qtbot, monkeypatch)
    page = outbox_page(program.window, qtbot)
    assert "上傳已暫停" in page.bar.text
    assert not page.retry_all_button.isEnabled()
    page.bar.press()
    settle(program.window, qtbot)
    assert "1 件等待上傳" in page.bar.text
    assert line.audiences() == []
    page.bar.press()
    shell = program.window.shell
    assert shell is not None
    assert isinstance(shell.desk, Desk)
    wait_for(shell.desk, qtbot, job.id, "ready")


def test_without_an_account_the_bar_leads_to_the_settings(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    page = outbox_page(window, qtbot)
    queue(desk, window, qtbot)
    settle(window, qtbot)
    assert "還沒有連接 LINE" in page.bar.text
    page.bar.press()
    settle(window, qtbot)
    assert window.shell is not None
    assert window.shell.stack.current is not None
    assert window.shell.stack.current.page_id == "settings"


def test_details_follow_the_upload_and_can_be_copied(
    practice_window: MainWindow, practice_desk: Desk, dialogs: FakeDialogs, line: Simulator, qtbot: QtBot
) -> None:
    page = outbox_page(practice_window, qtbot)
    line.faults.add("captive_portal", count=None)
    job = queue(practice_desk, practice_window, qtbot)
    wait_for(practice_desk, qtbot, job.id, "waiting")
    settle(practice_window, qtbot)
    page.show_details(page.seen.jobs[0])
    settle(practice_window, qtbot)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, UploadDetails)
    line.faults.clear()
    ready = wait_for(practice_desk, qtbot, job.id, "ready")
    qtbot.waitUntil(lambda: dialog.job.state == "ready", timeout=5000)
    named = {button.accessibleName(): button for button in dialog.findChildren(QAbstractButton)}
    named["複製LINE 請求編號"].click()
    assert QGuiApplication.clipboard().text() == ready.request_id
    named["複製LINE 受眾 ID"].click()
    assert QGuiApplication.clipboard().text() == str(ready.audience_group_id)


class _Browser(QObject):
    """Stands in for the computer's browser."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


def ready_job() -> UploadJob:
    from tests.ui.outbox.test_states import job

    return job("ready", audience_group_id=7)


def test_broadcasting_copies_the_name_and_opens_lines_manager(window: MainWindow, qtbot: QtBot) -> None:
    browser = _Browser()
    method: Any = "open"  # PySide takes the name as text, its stubs say bytes
    QDesktopServices.setUrlHandler("https", browser, method)
    dialog = BroadcastDialog(window, ready_job(), practice=False)
    qtbot.addWidget(dialog)
    assert QGuiApplication.clipboard().text() == "熟客"
    dialog.open_manager()
    QDesktopServices.unsetUrlHandler("https")
    assert browser.opened == ["https://manager.line.biz/"]
    assert dialog.problem.isHidden()


def test_a_computer_without_a_browser_is_told_the_address(window: MainWindow, qtbot: QtBot) -> None:
    dialog = BroadcastDialog(window, ready_job(), practice=False, open_browser=lambda page: False)
    qtbot.addWidget(dialog)
    dialog.open_manager()
    assert WebPage.MANAGER.value in dialog.problem.text()
    assert not dialog.problem.isHidden()


def test_in_practice_nothing_is_opened(
    practice_window: MainWindow, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    page = outbox_page(practice_window, qtbot)
    page.do(ready_job(), Act.BROADCAST)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, BroadcastDialog)
    assert dialog.open_button.isHidden()


def test_every_address_is_fixed_and_secure() -> None:
    for page in WebPage:
        assert QUrl(page.value).scheme() == "https"
        assert QUrl(page.value).host().endswith(("line.biz", "line.me"))


def test_rows_speak(practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot) -> None:
    from PySide6.QtCore import Qt

    page = outbox_page(practice_window, qtbot)
    line.faults.add("captive_portal", count=None)
    queue(practice_desk, practice_window, qtbot)
    qtbot.waitUntil(lambda: bool(page.seen.jobs) and cell(page, 0, STATE) == "等待網路", timeout=10_000)
    spoken = str(page.table.uploads.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("熟客，3 位，等待網路，今天")
    assert len(BOUND) == 9
    assert outbox.open_jobs(practice_desk.jobs.page_reader)


def change(desk: Desk, window: MainWindow, qtbot: QtBot, sql: str, params: tuple[object, ...] = ()) -> None:
    """Change the shop file behind the page."""

    def work(db: Database, ctx: object) -> None:
        with db.transaction():
            db.run(sql, params)

    desk.jobs.write(work, owner=desk.jobs)
    settle(window, qtbot)


def replaced(desk: Desk, window: MainWindow, qtbot: QtBot) -> tuple[UploadJob, UploadJob]:
    """An audience of three of which one left since, and that was brought in step: the upload before and after."""
    first = wait_for(desk, qtbot, queue(desk, window, qtbot).id, "ready")
    change(desk, window, qtbot, "DELETE FROM person_tag WHERE person_id = 5")
    second = wait_for(desk, qtbot, queue(desk, window, qtbot).id, "ready")
    settle(window, qtbot)
    return first, second


def test_a_replaced_audience_is_deleted_only_on_an_explicit_yes(
    practice_window: MainWindow, practice_desk: Desk, dialogs: FakeDialogs, line: Simulator, qtbot: QtBot
) -> None:
    page = outbox_page(practice_window, qtbot)
    first, second = replaced(practice_desk, practice_window, qtbot)
    assert (second.kind, second.old_group_id) == ("replace", first.audience_group_id)
    qtbot.waitUntil(lambda: page.seen.of(second).old_there, timeout=5000)
    assert page.seen.of(first).outdated
    assert page.tabs.tabText(2) == "需要處理  1"
    page.do(second, Act.OLD)
    settle(practice_window, qtbot)
    question = dialogs.shown[-1]
    assert isinstance(question, OldDialog)
    question.reject()
    settle(practice_window, qtbot)
    assert len(line.audiences()) == 2
    question.delete.click()

    def gone() -> bool:
        if practice_desk.jobs.is_idle:
            practice_desk.line.try_now()
        return len(line.audiences()) == 1

    qtbot.waitUntil(gone, timeout=20_000)
    assert line.audiences()[0].id == second.audience_group_id
    settle(practice_window, qtbot)
    assert not page.seen.of(second).old_there
    now = next(job for job in page.seen.jobs if job.id == first.id)
    assert badge(now, beside=page.seen.of(now))[0] == "LINE 上已不存在"
    assert acts(now, page.seen.of(now)) == (Act.DETAILS,)


def test_keeping_the_old_audience_asks_later(
    practice_window: MainWindow, practice_desk: Desk, dialogs: FakeDialogs, line: Simulator, qtbot: QtBot
) -> None:
    page = outbox_page(practice_window, qtbot)
    _, second = replaced(practice_desk, practice_window, qtbot)
    page.do(second, Act.OLD)
    settle(practice_window, qtbot)
    question = dialogs.shown[-1]
    assert isinstance(question, OldDialog)
    question.keep.click()
    settle(practice_window, qtbot)
    assert not page.seen.of(second).old_there
    assert len(line.audiences()) == 2


def test_the_steps_of_a_replacement_stand_in_its_details(
    practice_window: MainWindow, practice_desk: Desk, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    page = outbox_page(practice_window, qtbot)
    _, second = replaced(practice_desk, practice_window, qtbot)
    page.show_details(second)
    settle(practice_window, qtbot)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, UploadDetails)
    assert [(step.id, step.state) for step in dialog.known.steps] == [
        ("create", "done"),
        ("processing", "done"),
        ("rename_old", "done"),
        ("rename_new", "done"),
        ("delete_old", "offered"),
    ]


def test_fewer_people_at_line_are_explained_in_place(
    practice_window: MainWindow, practice_desk: Desk, dialogs: FakeDialogs, line: Simulator, qtbot: QtBot
) -> None:
    page = outbox_page(practice_window, qtbot)
    line.configure(left_out=1)
    job = wait_for(practice_desk, qtbot, queue(practice_desk, practice_window, qtbot).id, "ready")
    qtbot.waitUntil(lambda: bool(page.seen.jobs) and page.seen.jobs[0].state == "ready", timeout=5000)
    assert cell(page, 0, PROGRESS) == "LINE 計算 2 位，少 1 位；按詳情看原因"
    page.show_details(job)
    settle(practice_window, qtbot)
    words = [label.text() for label in dialogs.shown[-1].findChildren(QLabel)]
    assert any(word.startswith("LINE 計算 2 位，上傳的是 3 位：\n· ") for word in words)


def test_what_expires_soon_is_renewed_with_one_press(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    page = outbox_page(practice_window, qtbot)
    first = wait_for(practice_desk, qtbot, queue(practice_desk, practice_window, qtbot).id, "ready")
    soon = (datetime.now(UTC) + timedelta(days=12, hours=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    change(practice_desk, practice_window, qtbot, "UPDATE upload SET expires_at = ?", (soon,))
    change(practice_desk, practice_window, qtbot, "UPDATE line_audience SET expires_at = ?", (soon,))
    page.refresh()
    settle(practice_window, qtbot)
    assert cell(page, 0, STATE) == "還有 12 天到期"
    assert cell(page, 0, ACT) == "續期"
    assert "「熟客」還有 12 天" in page.bar.text
    page.bar.press()

    def renewed() -> bool:
        if practice_desk.jobs.is_idle:
            practice_desk.line.try_now()
        newest = outbox.jobs(practice_desk.jobs.page_reader)[0]
        return newest.id != first.id and newest.state == "ready"

    qtbot.waitUntil(renewed, timeout=20_000)
    assert outbox.jobs(practice_desk.jobs.page_reader)[0].kind == "replace"
    assert len(line.audiences()) == 2


def test_on_a_later_day_it_is_asked_once_whether_the_message_went_out(
    practice_window: MainWindow, practice_desk: Desk, qtbot: QtBot
) -> None:
    page = outbox_page(practice_window, qtbot)
    job = wait_for(practice_desk, qtbot, queue(practice_desk, practice_window, qtbot).id, "ready")
    settle(practice_window, qtbot)
    sql = "INSERT INTO manager_send (upload_id, opened_at) VALUES (?, '2026-01-05T03:00:00.000000Z')"
    change(practice_desk, practice_window, qtbot, sql, (job.id,))
    page.refresh()
    settle(practice_window, qtbot)
    assert "2026/01/05 到 LINE 後台群發「熟客」" in page.strip.text
    page.strip.press()
    settle(practice_window, qtbot)
    assert page.strip.isHidden()
    assert after_upload.sent_days(practice_desk.jobs.page_reader) == {job.id: date(2026, 1, 5)}
    assert cell(page, 0, PROGRESS) == "2026/01/05 已在 LINE 後台群發"
    page.tabs.choose(OutboxPart.SENT)
    assert page.log.count == 1
    assert page.log.model.rows[0].when == "2026/01/05"


def test_another_day_is_an_answer_too(practice_window: MainWindow, practice_desk: Desk, qtbot: QtBot) -> None:
    page = outbox_page(practice_window, qtbot)
    job = wait_for(practice_desk, qtbot, queue(practice_desk, practice_window, qtbot).id, "ready")
    sql = "INSERT INTO manager_send (upload_id, opened_at) VALUES (?, '2026-01-05T03:00:00.000000Z')"
    change(practice_desk, practice_window, qtbot, sql, (job.id,))
    page.refresh()
    settle(practice_window, qtbot)
    page.strip.later.click()
    settle(practice_window, qtbot)
    page.refresh()
    settle(practice_window, qtbot)
    assert page.strip.isHidden()
    assert after_upload.sent_days(practice_desk.jobs.page_reader) == {}


def test_opening_lines_manager_is_remembered(
    practice_window: MainWindow, practice_desk: Desk, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    page = outbox_page(practice_window, qtbot)
    job = wait_for(practice_desk, qtbot, queue(practice_desk, practice_window, qtbot).id, "ready")
    page.do(job, Act.BROADCAST)
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, BroadcastDialog)
    dialog._open_browser = lambda page: True
    dialog.open_manager()
    settle(practice_window, qtbot)
    assert after_upload.known(practice_desk.jobs.page_reader, job.id) is not None
    assert after_upload.to_ask(practice_desk.jobs.page_reader) == ()


def test_the_parts_hold_each_upload_where_it_belongs(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    page = outbox_page(practice_window, qtbot)
    wait_for(practice_desk, qtbot, queue(practice_desk, practice_window, qtbot).id, "ready")
    line.faults.add("status", status=401, count=None)
    stopped = queue(practice_desk, practice_window, qtbot, "VIP", "tag:VIP")
    wait_for(practice_desk, qtbot, stopped.id, "action_needed")
    settle(practice_window, qtbot)
    shown = {}
    for part in (OutboxPart.ALL, OutboxPart.RUNNING, OutboxPart.ATTENTION, OutboxPart.DONE):
        page.tabs.choose(part)
        shown[part] = [job.audience for job in page.table.uploads.rows]
    assert shown == {
        OutboxPart.ALL: ["VIP", "熟客"],
        OutboxPart.RUNNING: [],
        OutboxPart.ATTENTION: ["VIP"],
        OutboxPart.DONE: ["熟客"],
    }
    assert page.remember() == {"part": "done"}


def test_at_the_next_start_the_way_to_the_question_is_shown(
    program: Program, practice_path: Path, line: Simulator, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ShopFile.open(practice_path) as file:
        db = file.writer()
        job = press(db)
        uploading.cancel(db, job.id)
        manager_sends.opened(db, job.id, "2026-01-05T03:00:00.000000Z")
    start(program, practice_path, line, qtbot, monkeypatch)
    shell = program.window.shell
    assert shell is not None
    assert shell.stack.current is not None
    bar = shell.stack.current.bar
    qtbot.waitUntil(lambda: "「熟客」，發送了嗎" in bar.text, timeout=5000)
    bar.press()
    settle(program.window, qtbot)
    page = shell.stack.current
    assert isinstance(page, OutboxPage)
    assert not page.strip.isHidden()


def test_at_the_start_an_audience_that_ends_soon_is_told_of(
    program: Program, practice_path: Path, line: Simulator, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ShopFile.open(practice_path) as file:
        db = file.writer()
        job = press(db)
        soon = (datetime.now(UTC) + timedelta(days=12, hours=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        db.run(
            "UPDATE upload SET state = 'ready', audience_group_id = 77 WHERE id = ?",
            (job.id,),
        )
        db.run(
            "INSERT INTO line_audience (group_id, role, name, audience_id, expires_at) VALUES (77, 'current', '熟客', ?, ?)",
            (job.audience_id, soon),
        )
    start(program, practice_path, line, qtbot, monkeypatch)
    shell = program.window.shell
    assert shell is not None
    assert shell.stack.current is not None
    bar = shell.stack.current.bar
    qtbot.waitUntil(lambda: "快到期" in bar.text, timeout=5000)
    bar.press()
    settle(program.window, qtbot)
    assert isinstance(shell.stack.current, OutboxPage)
