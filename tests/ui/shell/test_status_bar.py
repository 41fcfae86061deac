"""The line at the foot says how LINE answered last, what waits and runs, and when things were saved."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.core.message import message
from desktop.store.overview import Overview
from desktop.ui.main_window import MainWindow
from desktop.ui.shell.frame import Shell
from desktop.ui.shell.jobs_panel import JobsPanel
from desktop.ui.shell.status_bar import StatusBar
from tests.ui.shop_window import settle

NOTHING = Overview(
    people=0, tags=0, audiences=0, open_uploads=0, waiting_uploads=0, undo=None, redo=None, account=None,
    figures=None, quota=None, uploads_paused=False,
)  # fmt: skip
CONNECTED = replace(
    NOTHING,
    account={"displayName": "日日咖啡", "basicId": "@daydaycoffee"},
    figures={"followers": 6020},
    quota={"value": 3000, "used": 786},
)


@pytest.fixture
def shell(window: MainWindow) -> Shell:
    assert window.shell is not None
    return window.shell


@pytest.fixture
def status(shell: Shell) -> StatusBar:
    return shell.status


def test_without_an_account_it_says_so(status: StatusBar) -> None:
    status.show_overview(NOTHING)
    assert status.line.text() == "尚未連接 LINE"
    assert status._dot.role == "offline"


def test_a_connected_account_with_friends_and_quota(status: StatusBar) -> None:
    status.show_overview(CONNECTED)
    assert status.line.text() == "LINE：日日咖啡 @daydaycoffee"
    assert status._dot.role == "accent"
    assert "6,020" in status.figures.text()
    assert "2,214 / 3,000" in status.figures.text()


def test_offline_is_a_normal_state_with_what_waits(status: StatusBar) -> None:
    status.show_overview(replace(CONNECTED, waiting_uploads=2, open_uploads=2))
    status.set_line_state("off")
    assert status.line.text() == "離線 — 2 件等待送出"
    status.set_line_state("on")
    assert status.line.text().startswith("LINE：")
    assert "2 件等待送出" in status.figures.text()


def test_a_connection_line_no_longer_accepts(status: StatusBar) -> None:
    status.show_overview(CONNECTED)
    status.set_line_state("signed_out")
    assert "重新連接" in status.line.text()
    assert status._dot.role == "error_fill"


def test_a_click_opens_the_outbox(shell: Shell, window: MainWindow, qtbot: QtBot) -> None:
    shell.go("settings")
    shell.status.line.click()
    settle(window, qtbot)
    assert shell.stack.current is not None
    assert shell.stack.current.page_id == "outbox"


def test_counts_stand_beside_the_pages(shell: Shell) -> None:
    assert shell.navigation is not None
    assert shell.navigation.item("members").count == "12"
    assert shell.navigation.item("members").accessibleName() == "會員 12"
    assert shell.navigation.item("audiences").count == ""


def test_saving_shows_the_time(shell: Shell, window: MainWindow, qtbot: QtBot) -> None:
    assert shell.shop is not None
    shell.status.saved.setText("")
    shell.shop.jobs.write(lambda db, ctx: None, owner=shell)
    settle(window, qtbot)
    assert shell.status.saved.text().startswith("已自動儲存 ")


def test_a_long_job_is_listed_with_numbers_and_can_be_stopped(
    shell: Shell, window: MainWindow, qtbot: QtBot
) -> None:
    assert shell.shop is not None
    reported = threading.Event()

    def work(ctx: object) -> None:
        ctx.report(12_400, 30_000)  # type: ignore[attr-defined]
        reported.set()
        while True:
            ctx.raise_if_cancelled()  # type: ignore[attr-defined]

    job = shell.shop.jobs.network(work, owner=shell, title=message("shell.backup.title"))
    qtbot.waitUntil(lambda: shell.status.jobs.isVisible())
    assert shell.status.jobs.text() == "1 件工作進行中"
    assert reported.wait(10)
    shell.status.jobs.click()
    panel = shell.findChild(JobsPanel)
    assert panel is not None
    line = panel._lines[job]
    qtbot.waitUntil(lambda: line._far.text() == "12,400 / 30,000")
    line._stop.click()
    settle(window, qtbot)
    assert not shell.status.jobs.isVisible()


def test_a_standing_warning_has_a_way_on(status: StatusBar) -> None:
    pressed: list[int] = []
    status.warn("找不到備份資料夾", lambda: pressed.append(1))
    assert status.warning.isVisible()
    status.warning.click()
    assert pressed == [1]
    status.warn("", lambda: None)
    assert not status.warning.isVisible()
