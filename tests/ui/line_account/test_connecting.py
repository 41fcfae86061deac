"""Connecting a shop to its account, in the settings and on the way to an upload."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.line_api.transport import LineHosts
from desktop.operations.line.connecting import saved_secret
from desktop.simulator.simulator import Simulator
from desktop.store import shop
from desktop.ui.desk import Desk
from desktop.ui.line_account.connect_dialog import ConnectDialog
from desktop.ui.line_account.connect_form import ConnectForm
from desktop.ui.line_account.section import LineAccountSection
from desktop.ui.main_window import MainWindow
from desktop.ui.settings.page import SettingsPage
from tests.ui.shop_window import FakeDialogs, open_page, settle


@pytest.fixture
def section(window: MainWindow, line: Simulator, qtbot: QtBot) -> LineAccountSection:
    page = cast(SettingsPage, open_page(window, "settings", qtbot, section="line"))
    found = page.sections["line"]
    assert isinstance(found, LineAccountSection)
    assert found.form is not None
    found.form.hosts = LineHosts.on_this_computer(line.url)
    return found


def form_of(section: LineAccountSection) -> ConnectForm:
    assert section.form is not None
    return section.form


def test_channel_id_and_secret_connect(
    section: LineAccountSection, window: MainWindow, desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    form = form_of(section)
    assert not section.account.isVisible()
    form.channel_id.setText(f" {line.channel_id} ")
    form.channel_secret.field.setText(line.channel_secret)
    form.submit()
    form.submit()
    settle(window, qtbot)
    assert "已連接「日日咖啡」@daydaycoffee" in section.told.text()
    assert "下次要再輸入一次" in section.beware.text()
    assert section.beware.isVisible()
    assert section.told.isVisible()
    assert section.account.isVisible()
    assert section.name.text() == "日日咖啡　@daydaycoffee"
    assert section.figures.value("quota") == "已用 786 / 3,000 則"
    assert (section.figures.value("reach"), section.figures.value("blocks")) == ("10", "2")
    assert form.channel_secret.text() == ""
    account = shop.get_json(desk.jobs.page_reader, "line_account")
    assert account is not None
    assert line.channel_secret not in str(account)
    kept = saved_secret(desk.jobs.page_reader, desk.credentials)
    assert kept is not None
    assert kept.channel_secret == line.channel_secret


def test_a_token_alone_connects_too(
    section: LineAccountSection, window: MainWindow, desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    form = form_of(section)
    form.other_way.click()
    assert form.by_token.isVisible()
    assert not form.channel.isVisible()
    form.token.field.setText(line.token)
    qtbot.keyClick(form.token.field, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert "已連接" in form.good.text()
    assert "鑰匙圈" in form.beware.text()


def test_a_wrong_secret_is_told_and_nothing_is_kept(
    section: LineAccountSection, window: MainWindow, desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    form = form_of(section)
    form.channel_id.setText(line.channel_id)
    form.channel_secret.field.setText("0" * 32)
    form.submit()
    settle(window, qtbot)
    assert "LINE 不接受這組" in form.wrong.text()
    assert "重新發行" in form.cure.text()
    assert form.channel_secret.text() == "0" * 32
    assert form.button.isEnabled()
    assert shop.get_json(desk.jobs.page_reader, "line_account") is None
    assert saved_secret(desk.jobs.page_reader, desk.credentials) is None


def test_what_cannot_be_a_token_never_leaves_this_computer(
    section: LineAccountSection, window: MainWindow, line: Simulator, qtbot: QtBot
) -> None:
    form = form_of(section)
    form.use_token(True)
    form.token.field.setText("一段中文")
    form.submit()
    settle(window, qtbot)
    assert "不像 Channel access token" in form.wrong.text()
    assert line.requests == ()


def test_secrets_are_hidden_until_asked_for(section: LineAccountSection) -> None:
    field = form_of(section).channel_secret
    assert field.field.echoMode() == QLineEdit.EchoMode.Password
    field.eye.click()
    assert field.field.echoMode() == QLineEdit.EchoMode.Normal


def test_signing_out_forgets_the_key(
    section: LineAccountSection,
    window: MainWindow,
    desk: Desk,
    line: Simulator,
    dialogs: FakeDialogs,
    qtbot: QtBot,
) -> None:
    form = form_of(section)
    form.use_token(True)
    form.token.field.setText(line.token)
    form.submit()
    settle(window, qtbot)
    section.sign_out()
    settle(window, qtbot)
    assert section.is_connected
    dialogs.answers["confirm"] = True
    section.sign_out()
    settle(window, qtbot)
    assert not section.is_connected
    assert form.isVisible()
    assert saved_secret(desk.jobs.page_reader, desk.credentials) is None


def test_a_practice_shop_has_its_simulated_account_and_no_form(
    practice_window: MainWindow, qtbot: QtBot
) -> None:
    page = cast(SettingsPage, open_page(practice_window, "settings", qtbot, section="line"))
    section = page.sections["line"]
    assert isinstance(section, LineAccountSection)
    assert section.form is None
    qtbot.waitUntil(lambda: section.name.text() == "日日咖啡　@daydaycoffee", timeout=5000)
    assert not section.out_button.isVisible()
    section.test()
    settle(practice_window, qtbot)
    assert practice_window.shell is not None
    assert practice_window.shell.notices.texts[-1] == "LINE 連線正常"


def test_a_test_that_fails_says_why(practice_window: MainWindow, line: Simulator, qtbot: QtBot) -> None:
    page = cast(SettingsPage, open_page(practice_window, "settings", qtbot, section="line"))
    section = page.sections["line"]
    assert isinstance(section, LineAccountSection)
    line.faults.add("status", status=401, count=None)
    section.test()
    settle(practice_window, qtbot)
    assert "Channel access token" in section.problem.text()
    assert section.problem.isVisible()


def test_the_dialog_goes_on_with_what_was_wanted(
    window: MainWindow, desk: Desk, line: Simulator, qtbot: QtBot
) -> None:
    went_on: list[bool] = []
    dialog = ConnectDialog(window, desk, lambda: went_on.append(True))
    qtbot.addWidget(dialog)
    dialog.form.hosts = LineHosts.on_this_computer(line.url)
    dialog.form.use_token(True)
    dialog.form.token.field.setText(line.token)
    dialog.form.submit()
    settle(window, qtbot)
    assert went_on == [True]
    assert dialog.result() == ConnectDialog.DialogCode.Accepted
    assert window.shell is not None
    assert "已連接「日日咖啡」@daydaycoffee" in window.shell.notices.texts
