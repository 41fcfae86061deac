"""Commands: one action each, one owner, no key twice, and menus that say what they do."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from desktop.paths import resources_folder
from desktop.text import LANGUAGES, load_catalogue
from desktop.ui.actions import Actions, Command
from desktop.ui.main_window import MainWindow
from desktop.ui.palette.cheat_sheet import CheatSheet
from desktop.ui.shell.frame import Shell
from desktop.ui.shell.pages import installed
from tests.ui.shop_window import FakeDialogs, open_page, settle

PAGES = [page_id for page_id, spec in installed().items() if spec.needs_shop]
FORBIDDEN = ("Ctrl+Space", "Shift+Space", "Ctrl+Alt+,", "`")
"""Keys of input methods."""


def shell_of(window: MainWindow) -> Shell:
    assert window.shell is not None
    return window.shell


def keys_of(shell: Shell, page_id: str) -> Counter[str]:
    """The shortcuts that work on a page: the shell's and the page's own."""
    entries = [*shell.register.of(shell), *shell.register.of(shell.stack.page(page_id))]
    return Counter(keys.toString() for entry in entries for keys in entry.action.shortcuts())


@pytest.mark.parametrize("page_id", PAGES)
def test_no_key_is_given_twice(window: MainWindow, page_id: str) -> None:
    keys = keys_of(shell_of(window), page_id)
    assert keys
    assert [key for key, times in keys.items() if times > 1] == []


@pytest.mark.parametrize("page_id", PAGES)
def test_no_key_belongs_to_an_input_method(window: MainWindow, page_id: str) -> None:
    keys = keys_of(shell_of(window), page_id)
    assert not {QKeySequence(key).toString() for key in FORBIDDEN} & set(keys)


def test_every_command_has_a_name_in_each_language(window: MainWindow) -> None:
    shell = shell_of(window)
    shell.stack.make_all()
    keys = {
        entry.command.text
        for page in [shell, *map(shell.stack.page, PAGES)]
        for entry in shell.register.of(page)
    }
    for language in LANGUAGES:
        assert keys <= load_catalogue(resources_folder() / "i18n" / language).keys()


def test_the_same_command_cannot_be_added_twice(window: MainWindow) -> None:
    actions = Actions(window)
    command = Command("x.y", "shell.cancel", lambda: None)
    actions.add(command, window)
    with pytest.raises(ValueError, match=r"x\.y"):
        actions.add(command, window)


def test_a_command_that_cannot_be_done_is_not_done_by_its_key(window: MainWindow) -> None:
    done: list[int] = []
    actions = Actions(window)
    actions.add(Command("x.no", "shell.cancel", lambda: done.append(1), enabled=lambda: False), window)
    actions.trigger("x.no")
    actions.action("x.no").trigger()
    assert done == []
    assert actions.available() == []


def menus(window: MainWindow) -> list[QMenu]:
    """All menus, filled as if each had been opened."""
    found: list[QMenu] = []

    def fill(menu: QMenu) -> None:
        menu.aboutToShow.emit()
        found.append(menu)
        for action in menu.actions():
            inner = action.menu()
            if isinstance(inner, QMenu):
                fill(inner)

    for action in window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        fill(menu)
    return found


def test_mac_os_is_told_the_place_of_every_entry(window: MainWindow) -> None:
    actions = [action for menu in menus(window) for action in menu.actions() if not action.isSeparator()]
    assert len(actions) > 20
    guessed = [action.text() for action in actions if action.menuRole() == QAction.MenuRole.TextHeuristicRole]
    assert guessed == []
    special = {action.menuRole() for action in actions} - {QAction.MenuRole.NoRole}
    assert special == {
        QAction.MenuRole.AboutRole,
        QAction.MenuRole.PreferencesRole,
        QAction.MenuRole.QuitRole,
    }


def test_a_closed_menu_leaves_no_action_grey(window: MainWindow) -> None:
    shell = shell_of(window)
    for menu in menus(window):
        menu.aboutToHide.emit()
    assert all(entry.action.isEnabled() for entry in shell.register.of(shell))


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_the_cheat_sheet_comes_on_its_keys(
    window: MainWindow, dialogs: FakeDialogs, qtbot: QtBot, key: Qt.Key
) -> None:
    open_page(window, "settings", qtbot)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, key)
    assert [type(dialog) for dialog in dialogs.shown] == [CheatSheet]
    dialogs.shown[0].deleteLater()


def test_pages_are_reached_by_number(window: MainWindow, qtbot: QtBot) -> None:
    shell = shell_of(window)
    navigation = shell.navigation
    assert navigation is not None
    window.activateWindow()
    for number, page_id in enumerate(navigation.page_ids, start=1):
        shell.register.trigger(f"shell.go.{page_id}")
        settle(window, qtbot)
        assert shell.stack.current is not None
        assert shell.stack.current.page_id == page_id
        shortcut = shell.register.action(f"shell.go.{page_id}").shortcut().toString()
        assert shortcut.endswith(f"+{number}") or number > 9, "the settings have a key of their own"


def test_undo_names_the_step_and_redo_brings_it_back(window: MainWindow, qtbot: QtBot) -> None:
    from desktop.core.people.selection import Selection
    from desktop.operations.tagging import tagging

    shell = shell_of(window)
    assert shell.shop is not None
    shell.shop.jobs.write(lambda db, ctx: tagging.tag(db, Selection.of([1, 2]), "常客"), owner=shell)
    settle(window, qtbot)
    undo, redo = shell.register.action("shell.undo"), shell.register.action("shell.redo")
    assert "常客" in undo.text()
    undo.trigger()
    settle(window, qtbot)
    assert "常客" in shell.notices.texts[-1]
    assert "常客" in redo.text()
    shell.notices.press()
    settle(window, qtbot)
    assert "常客" in undo.text()
    tags = shell.shop.jobs.page_reader.value(
        "SELECT count(*) FROM person_tag JOIN tag ON tag.id = tag_id WHERE name = '常客'"
    )
    assert tags == 2


def test_nothing_to_undo_is_said_without_a_box(
    window: MainWindow, dialogs: FakeDialogs, qtbot: QtBot
) -> None:
    shell = shell_of(window)
    shell.register.trigger("shell.undo")
    settle(window, qtbot)
    assert len(shell.notices.texts) == 1
    assert dialogs.asked == []
