"""The window on a shop: pages, title, counts, closing, another language."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.ui.main_window import MainWindow
from desktop.ui.opening.program import Program
from tests.ui.shop_window import open_page, settle


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
