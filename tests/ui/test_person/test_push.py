"""A test message to oneself, against LINE on loopback: chosen once, asked each time, one push."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.operations.line import sending
from desktop.operations.planning import test_person
from desktop.simulator.simulator import Simulator
from desktop.store import shop
from desktop.ui.desk import Desk
from desktop.ui.main_window import MainWindow
from desktop.ui.page import Page
from desktop.ui.test_person.choose_dialog import ChooseDialog
from desktop.ui.test_person.push import TestPush
from desktop.ui.test_person.push_sheet import PushSheet
from tests.ui.shop_window import FakeDialogs, open_page, settle

HELLO = [sending.text_message("歡迎加入日日咖啡"), sending.text_message("點下方選單")]


@pytest.fixture
def page(practice_window: MainWindow, qtbot: QtBot) -> Page:
    return open_page(practice_window, "outbox", qtbot)


@pytest.fixture
def push(page: Page, practice_desk: Desk) -> TestPush:
    return TestPush(page, practice_desk)


def pushes(line: Simulator) -> int:
    return sum(one.path == "/v2/bot/message/push" for one in line.requests)


def last(dialogs: FakeDialogs) -> ChooseDialog | PushSheet:
    dialog = dialogs.shown[-1]
    assert isinstance(dialog, ChooseDialog | PushSheet)
    return dialog


def choose(dialogs: FakeDialogs, window: MainWindow, qtbot: QtBot, name: str) -> ChooseDialog:
    dialog = last(dialogs)
    assert isinstance(dialog, ChooseDialog)
    dialog.field.setText(name)
    dialog.field.submitted.emit()
    settle(window, qtbot)
    dialog.field.submitted.emit()
    settle(window, qtbot)
    return dialog


def test_the_owner_chooses_herself_once_and_gets_one_message_for_each_press(
    practice_window: MainWindow, practice_desk: Desk, push: TestPush, line: Simulator, dialogs: FakeDialogs,
    qtbot: QtBot,
) -> None:  # fmt: skip
    used = line.state.account.used
    push.start(HELLO)
    settle(practice_window, qtbot)
    choose(dialogs, practice_window, qtbot, "王怡君")
    sheet = last(dialogs)
    assert isinstance(sheet, PushSheet)
    assert "王怡君" in sheet.what.text()
    assert "2 個對話框" in sheet.what.text()
    assert "1 則" in sheet.cost.text()
    assert sheet.no.isDefault()
    assert pushes(line) == 0
    with qtbot.waitSignal(push.sent, timeout=20_000):
        sheet.accept()
    settle(practice_window, qtbot)
    assert (pushes(line), line.state.account.used) == (1, used + 1)
    (one,) = sending.all_sends(practice_desk.jobs.page_reader)
    assert (one.kind, one.state, one.people) == ("test", "sent", 1)
    push.start(HELLO)
    settle(practice_window, qtbot)
    assert isinstance(last(dialogs), PushSheet)
    assert last(dialogs) is not sheet


def test_cancelling_sends_nothing_and_the_next_press_asks_again(
    practice_window: MainWindow, practice_desk: Desk, push: TestPush, line: Simulator, dialogs: FakeDialogs,
    qtbot: QtBot,
) -> None:  # fmt: skip
    practice_desk.jobs.in_writer(lambda db: test_person.choose(db, 2))
    push.start(HELLO)
    settle(practice_window, qtbot)
    last(dialogs).reject()
    settle(practice_window, qtbot)
    assert pushes(line) == 0
    assert not push.busy
    push.start(HELLO)
    settle(practice_window, qtbot)
    sheet = last(dialogs)
    assert isinstance(sheet, PushSheet)
    sheet.change.click()
    settle(practice_window, qtbot)
    choose(dialogs, practice_window, qtbot, "李佳穎")
    assert shop.get(practice_desk.jobs.page_reader, test_person.KEY) == "3"
    assert "李佳穎" in last(dialogs).windowTitle()


def test_only_people_with_a_user_id_are_offered(
    practice_window: MainWindow, push: TestPush, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    push.start(HELLO)
    settle(practice_window, qtbot)
    dialog = last(dialogs)
    assert isinstance(dialog, ChooseDialog)
    assert len(dialog.model.rows) == 9
    assert not dialog.yes.isEnabled()
    dialog.field.setText("楊承翰")
    dialog.field.submitted.emit()
    settle(practice_window, qtbot)
    assert dialog.model.rows == []
    assert "沒有找到" in dialog.said.text()


def test_a_shop_without_user_ids_is_led_to_getting_some(
    practice_window: MainWindow, practice_desk: Desk, push: TestPush, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    practice_desk.jobs.in_writer(lambda db: db.run("UPDATE person SET line_user_id = NULL"))
    push.start(HELLO)
    settle(practice_window, qtbot)
    dialog = last(dialogs)
    assert isinstance(dialog, ChooseDialog)
    assert not dialog.to_line_ids.isHidden()
    dialog.to_line_ids.click()
    settle(practice_window, qtbot)
    assert practice_window.shell is not None
    assert practice_window.shell.stack.current is not None
    assert practice_window.shell.stack.current.page_id == "line_ids"


def test_what_line_does_not_take_is_said_on_the_page(
    practice_window: MainWindow, practice_desk: Desk, page: Page, push: TestPush, dialogs: FakeDialogs,
    line: Simulator, qtbot: QtBot,
) -> None:  # fmt: skip
    practice_desk.jobs.in_writer(lambda db: test_person.choose(db, 1))
    push.start([{"type": "image", "originalContentUrl": "http://x", "previewImageUrl": "http://x"}])
    settle(practice_window, qtbot)
    last(dialogs).accept()
    settle(practice_window, qtbot)
    assert page.bar.text
    assert pushes(line) == 0
    assert not push.busy
