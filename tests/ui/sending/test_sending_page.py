"""Sending from here, against LINE on loopback: nothing leaves before the number of people was typed."""

from __future__ import annotations

from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from desktop.core.changes import Changes
from desktop.core.planning.greeting.balloons import Greeting, Insert, Part, Picture, Text
from desktop.operations.audiences import audiences
from desktop.operations.line import sending, uploading
from desktop.operations.planning import greetings
from desktop.operations.planning.group_messages import without_name
from desktop.operations.planning.plans import SavedPlan
from desktop.simulator.simulator import Simulator
from desktop.store import shop
from desktop.store.database import Database
from desktop.store.line.sends import Send
from desktop.store.outbox import UploadJob
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.sending.editor import MessageEditor
from desktop.ui.sending.page import SendingPage
from desktop.ui.sending.section import SendingSection
from tests.ui.line_shop import wait_for
from tests.ui.shop_window import open_page, settle


@pytest.fixture
def ready(practice_window: MainWindow, practice_desk: Desk, qtbot: QtBot) -> UploadJob:
    """An audience of three that LINE has ready."""
    done: list[UploadJob] = []
    practice_desk.jobs.write(
        lambda db, ctx: uploading.press(db, audiences.save(db, "熟客", "tag:熟客").audience),
        owner=practice_desk.jobs,
        then=lambda pressed: done.append(pressed.job),
    )
    qtbot.waitUntil(lambda: bool(done), timeout=5000)
    return wait_for(practice_desk, qtbot, done[0].id, "ready")


def switch_on(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    def work(db: object, ctx: object) -> Changes:
        return sending.switch(db, True)  # type: ignore[arg-type]

    desk.jobs.write(work, owner=desk.jobs)
    settle(window, qtbot)


def open_sending(window: MainWindow, qtbot: QtBot, **arguments: int) -> SendingPage:
    return cast(SendingPage, open_page(window, "sending", qtbot, **arguments))


def sends(desk: Desk) -> list[Send]:
    return sending.all_sends(desk.jobs.page_reader)


def narrowcasts(line: Simulator) -> int:
    """How many sendings LINE was asked for."""
    return sum(one.path == "/v2/bot/message/narrowcast" for one in line.requests)


def test_it_is_off_until_it_is_switched_on_in_the_settings(
    practice_window: MainWindow, practice_desk: Desk, ready: UploadJob, qtbot: QtBot
) -> None:
    page = open_sending(practice_window, qtbot, upload=ready.id)
    assert page.stack.currentWidget() is page.off
    section = SendingSection(practice_desk)
    qtbot.addWidget(section)
    section.opened()
    assert not section.switch.isChecked()
    section.switch.click()
    settle(practice_window, qtbot)
    assert sending.switched_on(practice_desk.jobs.page_reader)
    page = open_sending(practice_window, qtbot, upload=ready.id)
    assert page.stack.currentWidget() is page.work


def test_a_message_goes_out_once_after_the_number_was_typed(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, ready: UploadJob, qtbot: QtBot
) -> None:
    switch_on(practice_desk, practice_window, qtbot)
    used = line.state.account.used
    page = open_sending(practice_window, qtbot, audience=ready.audience_id or 0)
    page.editor.show_texts(["週六第二杯半價", "信義店與中山店"])
    assert [one["text"] for one in page.preview.chat.messages] == ["週六第二杯半價", "信義店與中山店"]
    page.check()
    settle(practice_window, qtbot)
    assert not page.confirm.confirm.isHidden()
    assert narrowcasts(line) == 0
    page.confirm.number.setText("4")
    assert not page.confirm.send.isEnabled()
    page.confirm.press()
    settle(practice_window, qtbot)
    assert [one.state for one in sends(practice_desk)] == ["draft"]
    page.confirm.number.setText("３")
    assert page.confirm.send.isEnabled()
    page.confirm.press()
    page.confirm.press()
    settle(practice_window, qtbot)

    def sent() -> bool:
        if practice_desk.jobs.is_idle:
            practice_desk.line.try_now()
        return sends(practice_desk)[0].state == "sent"

    qtbot.waitUntil(sent, timeout=20_000)
    settle(practice_window, qtbot)
    (one,) = sends(practice_desk)
    assert (one.people, one.success_count) == (3, 3)
    assert narrowcasts(line) == 1
    assert one.request_id is not None
    assert one.request_id in page.watch.request.text()
    quota = shop.get_json(practice_desk.jobs.page_reader, "quota") or {}
    assert quota["used"] == used + 3


def test_what_is_changed_after_the_check_has_to_be_checked_again(
    practice_window: MainWindow, practice_desk: Desk, ready: UploadJob, qtbot: QtBot
) -> None:
    switch_on(practice_desk, practice_window, qtbot)
    page = open_sending(practice_window, qtbot, upload=ready.id)
    page.editor.show_texts(["您好"])
    page.check()
    settle(practice_window, qtbot)
    assert page.confirm.estimate is not None
    page.editor.balloons[0].box.setPlainText("您好，今天見")
    assert page.confirm.estimate is None
    assert page.confirm.confirm.isHidden()


def test_offline_nothing_is_kept_waiting_and_the_reason_is_told(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, ready: UploadJob, qtbot: QtBot
) -> None:
    switch_on(practice_desk, practice_window, qtbot)
    page = open_sending(practice_window, qtbot, upload=ready.id)
    page.editor.show_texts(["您好"])
    line.faults.add("captive_portal", count=None)
    page.check()
    settle(practice_window, qtbot)
    assert page.confirm.wrong.text()
    assert page.confirm.confirm.isHidden()
    assert all(one.state == "draft" for one in sends(practice_desk))


def test_a_draft_is_found_again(
    practice_window: MainWindow, practice_desk: Desk, ready: UploadJob, qtbot: QtBot
) -> None:
    switch_on(practice_desk, practice_window, qtbot)
    page = open_sending(practice_window, qtbot, upload=ready.id)
    page.editor.show_texts(["您好"])
    page.check()
    settle(practice_window, qtbot)
    page.editor.show_texts(["別的"])
    page.opened(upload=ready.id)
    settle(practice_window, qtbot)
    assert page.editor.texts == ["您好"]


def test_the_counter_counts_as_line_does(practice_window: MainWindow, qtbot: QtBot) -> None:
    editor = MessageEditor()
    qtbot.addWidget(editor)
    editor.show_texts(["您好🍎"])
    assert editor.balloons[0].counter.text() == "4 / 5,000"
    assert editor.is_sendable
    editor.show_texts(["字" * 5001])
    assert editor.balloons[0].is_too_long
    assert not editor.is_sendable
    editor.show_texts(["一", "  "])
    assert not editor.is_sendable


def test_at_most_five_balloons(practice_window: MainWindow, qtbot: QtBot) -> None:
    editor = MessageEditor()
    qtbot.addWidget(editor)
    for _ in range(8):
        editor.add_balloon()
    assert len(editor.balloons) == 5
    assert editor.add.isHidden()
    editor.balloons[0].removed.emit()
    assert len(editor.balloons) == 4


def plan(desk: Desk, window: MainWindow, qtbot: QtBot, greeting: Greeting) -> int:
    made: list[int] = []

    def work(db: Database, ctx: object) -> SavedPlan:
        return greetings.save(db, None, greeting)

    desk.jobs.write(work, owner=desk.jobs, then=lambda saved: made.append(saved.plan.id))
    settle(window, qtbot)
    return made[0]


def test_a_planned_greeting_is_taken_without_the_friends_name(
    practice_window: MainWindow, practice_desk: Desk, line: Simulator, ready: UploadJob, qtbot: QtBot
) -> None:
    switch_on(practice_desk, practice_window, qtbot)
    greeting = Greeting(
        name="秋季版",
        balloons=(
            Text((Insert.FRIEND, "，歡迎加入", Insert.ACCOUNT)),
            Picture(url="https://shop.example.com/autumn.png"),
        ),
    )
    number = plan(practice_desk, practice_window, qtbot, greeting)
    page = open_sending(practice_window, qtbot, upload=ready.id)
    page.planned.take(number)
    settle(practice_window, qtbot)
    text, picture = page.editor.messages
    assert text["text"].startswith("歡迎加入")
    assert picture["originalContentUrl"] == "https://shop.example.com/autumn.png"
    assert "群發不能帶入好友名稱" in page.bar.text
    page.check()
    settle(practice_window, qtbot)
    assert page.confirm.estimate is not None
    (kept,) = sends(practice_desk)
    assert [one["type"] for one in kept.messages] == ["text", "image"]
    page.editor.parts[1].cross.click()
    assert [one["type"] for one in page.editor.messages] == ["text"]
    assert page.confirm.estimate is None


def test_what_a_planned_greeting_lacks_is_said_and_nothing_is_taken(
    practice_window: MainWindow, practice_desk: Desk, ready: UploadJob, qtbot: QtBot
) -> None:
    switch_on(practice_desk, practice_window, qtbot)
    number = plan(practice_desk, practice_window, qtbot, Greeting(name="缺圖", balloons=(Picture(),)))
    page = open_sending(practice_window, qtbot, upload=ready.id)
    page.editor.show_texts(["您好"])
    page.planned.take(number)
    settle(practice_window, qtbot)
    assert page.bar.text
    assert page.editor.texts == ["您好"]


@pytest.mark.parametrize(
    ("parts", "left"),
    [
        ((Insert.FRIEND, "，歡迎"), ("歡迎",)),
        ((Insert.FRIEND, " さん、こんにちは"), ("こんにちは",)),
        (("嗨 ", Insert.FRIEND, "！歡迎"), ("嗨 ", "！歡迎")),
        ((Insert.ACCOUNT, "歡迎您，", Insert.FRIEND), (Insert.ACCOUNT, "歡迎您，")),
    ],
)
def test_a_name_goes_with_what_belongs_to_it(parts: tuple[Part, ...], left: tuple[Part, ...]) -> None:
    assert without_name(Greeting(balloons=(Text(parts),))).balloons == (Text(left),)
