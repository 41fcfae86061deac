"""The window on a shop: pages, title, counts, closing, another language."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.core.job import JobContext
from desktop.core.message import message
from desktop.store.safety.checks import CareReport, CheckReport
from desktop.store.safety.shop_errors import BackupFolderMissing
from desktop.ui import theme
from desktop.ui.main_window import MainWindow
from desktop.ui.opening.program import Program
from tests.ui.shop_window import FakeDialogs, open_page, settle


def test_the_title_names_program_and_shop(window: MainWindow) -> None:
    assert window.windowTitle() == "Tagline 貼標 — 日日咖啡.tagline"


def test_settings_open_from_the_menu(window: MainWindow, qtbot: QtBot) -> None:
    assert window.shell is not None
    assert window.shell.navigation is not None
    window.shell.navigation.item("settings").click()
    settle(window, qtbot)
    assert window.shell.stack.current is not None
    assert window.shell.stack.current.page_id == "settings"
    assert window.shell.navigation.item("settings").isChecked()


def test_another_language_takes_effect_at_once(window: MainWindow, program: Program, qtbot: QtBot) -> None:
    page = open_page(window, "settings", qtbot)
    page.sections["look"].language.chosen.emit("en")
    qtbot.waitUntil(lambda: window.shell is not None and window.shell.stack.current is not page)
    settle(window, qtbot)
    assert window.shell is not None
    assert window.shell.stack.current is not None
    assert window.shell.stack.current.header.title.text() == "Settings"


def test_pages_find_again_what_they_remembered(program: Program, shop_path: Path, qtbot: QtBot) -> None:
    program.start(shop_path)
    settle(program.window, qtbot)
    assert program.window.shell is not None
    page = program.window.shell.stack.page("members")
    state = {"query": "tag:VIP"}
    page.remember = lambda: state  # type: ignore[method-assign]
    program.close_shop()
    recalled: list[dict[str, object]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(page), "recall", lambda self, found: recalled.append(found))
        program.open_shop(shop_path)
        settle(program.window, qtbot)
    assert recalled == [state]


def test_the_window_comes_back_where_it_was(program: Program, shop_path: Path, qtbot: QtBot) -> None:
    program.start(shop_path)
    program.window.resize(780, 600)
    settle(program.window, qtbot)
    program.window.close_now()
    again = MainWindow(program.settings)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (780, 600)


def test_closing_asks_while_something_long_runs(
    program: Program, window: MainWindow, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    shell = window.shell
    assert shell is not None
    assert shell.shop is not None
    ended: list[bool] = []
    program.ended.connect(lambda: ended.append(True))
    started = threading.Event()

    def work(ctx: JobContext) -> None:
        started.set()
        while True:
            ctx.raise_if_cancelled()

    shell.shop.jobs.network(work, owner=shell, title=message("shell.line.uploading"))
    assert started.wait(10)
    window.close()
    assert window.isVisible()
    assert "上傳受眾包到 LINE" in dialogs.asked[-1][2]
    assert ended == []
    dialogs.answers["confirm"] = True
    window.close()
    qtbot.waitUntil(lambda: ended == [True])
    assert not window.isVisible()


def test_damage_found_in_the_background_is_shown_with_its_ways_out(
    program: Program, shop_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.opening.program.CARE_AFTER_MS", 0)
    report = CareReport(CheckReport(False, ("Tree 12 page 40: btreeInitPage() returns error code 11",)))
    monkeypatch.setattr("desktop.store.safety.checks.look_after", lambda path, db, **_: report)
    program.start(shop_path)
    settle(program.window, qtbot)
    assert program.window.shell is not None
    page = program.window.shell.stack.current
    assert page is not None
    assert page.page_id == "shop_problem"


def test_a_missing_backup_folder_is_a_standing_warning(
    program: Program, shop_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ui.opening.program.CARE_AFTER_MS", 0)
    report = CareReport(CheckReport(True), warnings=(BackupFolderMissing(shop_path.parent / "usb"),))
    monkeypatch.setattr("desktop.store.safety.checks.look_after", lambda path, db, **_: report)
    program.start(shop_path)
    settle(program.window, qtbot)
    assert program.window.shell is not None
    warning = program.window.shell.status.warning
    assert "usb" in warning.text()
    warning.click()
    settle(program.window, qtbot)
    assert program.window.shell.stack.current is not None
    assert program.window.shell.stack.current.page_id == "settings"


def test_the_window_stands_before_the_program_is_loaded(program: Program, qtbot: QtBot) -> None:
    painted: list[bool] = []
    window = MainWindow(program.settings)
    qtbot.addWidget(window)
    window.painted.connect(lambda: painted.append(window.shell is None))
    window.show()
    qtbot.waitUntil(lambda: painted == [True])
    assert window.grab().toImage().pixelColor(5, 400) == theme.colour("nav")


def test_garbage_is_collected_in_the_windows_thread_only(program: Program) -> None:
    assert not gc.isenabled()
    program.window.close_now()
    assert gc.isenabled()
