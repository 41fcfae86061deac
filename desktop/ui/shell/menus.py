"""The menu bar. Menus are filled when they are first opened; their entries are the actions of the register, each with the
place macOS shall give it (by default it guesses from English words)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from desktop.text import LANGUAGES, t
from desktop.ui import i18n
from desktop.ui.shell.frame import Shell
from desktop.ui.theme import TEXT_SIZES

THEMES = ("system", "light", "dark")


def build_menu_bar(shell: Shell) -> QMenuBar:
    """The menus of a shell."""
    bar = QMenuBar()
    for name, fill in (
        ("file", _file),
        ("edit", _edit),
        ("view", _view),
        ("page", _page),
        ("help", _help),
    ):
        if shell.shop is not None or name in ("file", "view", "help"):
            _menu(bar, shell, t(f"shell.menu.{name}"), fill)
    return bar


def _menu(bar: QMenuBar, shell: Shell, title: str, fill: Callable[[QMenu, Shell], None]) -> None:
    menu = bar.addMenu(title)
    menu.menuAction().setMenuRole(QAction.MenuRole.NoRole)

    def about_to_show() -> None:
        menu.clear()
        fill(menu, shell)
        shell.register.grey_out()

    menu.aboutToShow.connect(about_to_show)
    menu.aboutToHide.connect(shell.register.enable_all)


def _add(menu: QMenu, shell: Shell, *ids: str) -> None:
    known = {entry.command.id for entry in shell.register.of(shell)}
    for command_id in ids:
        if command_id in known:
            menu.addAction(shell.register.action(command_id))


def _file(menu: QMenu, shell: Shell) -> None:
    _add(menu, shell, "shell.import")
    menu.addSeparator()
    _add(menu, shell, "shell.new_shop", "shell.open_shop")
    recent = menu.addMenu(t("shell.menu.recent"))
    recent.menuAction().setMenuRole(QAction.MenuRole.NoRole)
    door = shell.desk.door
    here = shell.shop.path if shell.shop else None
    for path in door.recent_shops():
        if path != here:
            action = recent.addAction(path.stem, partial(door.open_shop, path))
            action.setMenuRole(QAction.MenuRole.NoRole)
            action.setToolTip(str(path))
    recent.setEnabled(not recent.isEmpty())
    _add(menu, shell, "shell.practice", "shell.close_shop")
    menu.addSeparator()
    _add(menu, shell, "shell.backup", "shell.settings")
    menu.addSeparator()
    _add(menu, shell, "shell.quit")


def _edit(menu: QMenu, shell: Shell) -> None:
    _add(menu, shell, "shell.undo", "shell.redo")
    menu.addSeparator()
    _add(menu, shell, "shell.duplicates", "shell.history")


def _view(menu: QMenu, shell: Shell) -> None:
    if shell.navigation is not None:
        _add(menu, shell, *(f"shell.go.{page_id}" for page_id in shell.navigation.page_ids), "shell.counter")
        menu.addSeparator()
    _add(menu, shell, "shell.back")
    menu.addSeparator()
    settings = shell.desk.settings
    _choice(
        menu,
        shell,
        t("shell.menu.theme"),
        "theme",
        [(name, t(f"shell.theme.{name}")) for name in THEMES],
        settings.text("theme", "system"),
    )
    _choice(
        menu,
        shell,
        t("shell.menu.text_size"),
        "text_size",
        [(size, f"{size}%") for size in TEXT_SIZES],
        settings.number("text_size", 100),
    )
    _choice(
        menu,
        shell,
        t("shell.menu.language"),
        "language",
        [(name, i18n.NAMES[name]) for name in LANGUAGES],
        i18n.current(),
    )
    menu.addSeparator()
    _add(menu, shell, "shell.larger", "shell.smaller", "shell.palette")


def _page(menu: QMenu, shell: Shell) -> None:
    page = shell.stack.current
    for entry in shell.register.of(page) if page is not None else []:
        if entry.command.listed:
            menu.addAction(entry.action)
    if menu.isEmpty():
        menu.addAction(t("shell.menu.no_commands")).setEnabled(False)


def _help(menu: QMenu, shell: Shell) -> None:
    _add(menu, shell, "shell.cheat_sheet", "shell.about")


def _choice(
    menu: QMenu, shell: Shell, title: str, setting: str, choices: list[tuple[object, str]], now: object
) -> None:
    inner = menu.addMenu(title)
    inner.menuAction().setMenuRole(QAction.MenuRole.NoRole)
    group = QActionGroup(inner)

    def choose(value: object) -> None:
        shell.desk.settings.put(setting, value)
        shell.desk.door.rebuild()

    for value, text in choices:
        action = inner.addAction(text, partial(choose, value))
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.setCheckable(True)
        action.setChecked(value == now)
        group.addAction(action)
