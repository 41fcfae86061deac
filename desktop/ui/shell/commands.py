"""The commands that work on every page."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QKeySequence

from desktop.core.message import message
from desktop.ui.actions import Command, Shortcut
from desktop.ui.desk import Desk, Door
from desktop.ui.theme import TEXT_SIZES

if TYPE_CHECKING:
    from desktop.ui.shell.frame import Shell

SHOP_FILES = [(message("shell.shop_files"), "*.tagline")]
_NUMBER_MODIFIER = "Meta" if sys.platform == "darwin" else "Alt"
_DIGITS = 9


@runtime_checkable
class WritesLater(Protocol):
    """A page that keeps what is typed a moment after the last key."""

    def keep_written(self, then: Callable[[], object]) -> None:
        """Keep at once what is not kept yet, then go on with ``then``."""


def shell_commands(shell: Shell, door: Door) -> list[Command]:
    """All of them, in the order the palette shows them while nothing is typed."""
    if shell.shop is None:
        return _front(shell, door)
    return [*_pages(shell), *_shop(shell, door), *_front(shell, door)]


def _front(shell: Shell, door: Door) -> list[Command]:
    """What can be done without a shop too."""
    window, roles = shell.window, QAction.MenuRole
    return [
        _command("new_shop", lambda: new_shop(shell, door), "Ctrl+N", "storefront"),
        _command("open_shop", lambda: open_shop(shell, door), "Ctrl+O", "folder-open"),
        _command("practice", door.open_practice, None, "practice"),
        _command("palette", shell.open_palette, "Ctrl+K; Ctrl+Shift+P", "command", listed=False),
        _command("cheat_sheet", shell.open_cheat_sheet, "F1; ?", "keyboard"),
        _command("larger", lambda: resize_text(shell, 1), "Ctrl+Shift+=; Ctrl++", "text-size"),
        _command("smaller", lambda: resize_text(shell, -1), "Ctrl+Shift+-", "text-size"),
        _command("about", lambda: about(shell), None, "info", role=roles.AboutRole),
        _command(
            "quit",
            # The window takes the command itself away with it: not while the command is being carried out.
            lambda: QTimer.singleShot(0, window(), window().close),
            QKeySequence.StandardKey.Quit,
            "sign-out",
            role=roles.QuitRole,
        ),
    ]


def _shop(shell: Shell, door: Door) -> list[Command]:
    """What belongs to an open shop."""
    importing = [_command("import", lambda: choose_import(shell), "Ctrl+I", "download")]
    settings = QAction.MenuRole.PreferencesRole
    return [
        *_beside_the_menu(shell),
        *(importing if shell.stack.has("import") else []),
        _command("back", shell.back, "Alt+Left", "arrow-left"),
        _command("undo", lambda: undo(shell), QKeySequence.StandardKey.Undo, "undo"),
        _command("redo", lambda: redo(shell), "Ctrl+Y; Ctrl+Shift+Z", "redo"),
        _command("settings", lambda: shell.go("settings"), "Ctrl+,", "gear", role=settings),
        _command("backup", lambda: back_up(shell), None, "shield"),
        _command("close_shop", door.close_shop, None, "sign-out"),
    ]


def _beside_the_menu(shell: Shell) -> list[Command]:
    """Pages that are gone to by a command only."""
    return [
        _command("counter", partial(shell.go, "counter"), "F4", "storefront"),
        _command("history", partial(shell.go, "history"), "Ctrl+H", "history"),
        _command("duplicates", partial(shell.go, "duplicates"), None, "merge"),
        _command("deleted", partial(shell.go, "settings", section="deleted"), None, "trash"),
    ]


def _command(
    name: str,
    run: Callable[[], object],
    shortcut: Shortcut,
    icon: str,
    *,
    listed: bool = True,
    role: QAction.MenuRole = QAction.MenuRole.NoRole,
) -> Command:
    return Command(f"shell.{name}", f"shell.command.{name}", run, shortcut, icon, listed=listed, role=role)


def _pages(shell: Shell) -> list[Command]:
    ids = shell.navigation.page_ids if shell.navigation else []
    return [
        Command(
            f"shell.go.{page_id}",
            f"shell.go.{page_id}",
            partial(shell.go, page_id),
            f"{_NUMBER_MODIFIER}+{number}" if number <= _DIGITS else None,
            shell.navigation.item(page_id).spec.icon if shell.navigation else None,
        )
        for number, page_id in enumerate(ids, start=1)
    ]


def new_shop(shell: Shell, door: Door) -> None:
    """Ask for a name and make a shop."""
    shell.desk.dialogs.ask_text(
        shell,
        message("shell.new_shop.title"),
        message("shell.new_shop.label"),
        lambda name: door.create_shop(name),
        button=message("shell.new_shop.create"),
    )


def open_shop(shell: Shell, door: Door) -> None:
    """Ask for a shop file and open it."""
    shell.desk.dialogs.open_files(
        shell, "shop", lambda files: door.open_shop(files[0]), filters=SHOP_FILES, many=False
    )


def choose_import(shell: Shell) -> None:
    """Go to the import page, which asks for files unless an import is being mapped there."""
    shell.go("import", choose=True)


def undo(shell: Shell) -> None:
    """Take back the newest step."""
    from desktop.operations.history import undoing

    _turn(shell, lambda db, _ctx: undoing.undo(db), "shell.undone", "shell.redo")


def redo(shell: Shell) -> None:
    """Bring back the step undone last."""
    from desktop.operations.history import undoing

    _turn(shell, lambda db, _ctx: undoing.redo(db), "shell.redone", "shell.undo")


def _turn(shell: Shell, work: object, said: str, other: str) -> None:
    desk = shell.desk
    assert isinstance(desk, Desk)

    def done(outcome: object) -> None:
        step = outcome.step.title  # type: ignore[attr-defined]
        left = len(outcome.kept) + len(outcome.impossible)  # type: ignore[attr-defined]
        text = message(f"{said}_but", step=step, n=left) if left else message(said, step=step)
        back = (message(f"{other}_button"), lambda: shell.register.trigger(other))
        # Undo and redo go step by step: a button of an earlier notice would turn another step than it names.
        desk.notices.show(text, kind="warning" if left else "success", button=back, alone=True)

    def turn() -> None:
        desk.jobs.write(
            work,  # type: ignore[arg-type]
            owner=shell,
            then=done,
            on_error=lambda error: desk.notices.show(error.text, kind="info"),
        )

    page = shell.stack.current
    # What is typed and not kept yet would be written over what undo brings back.
    if isinstance(page, WritesLater):
        page.keep_written(turn)
    else:
        turn()


def back_up(shell: Shell) -> None:
    """Take a backup now."""
    from desktop.store.recovery import backups

    desk = shell.desk
    assert isinstance(desk, Desk)
    path = desk.shop.path
    desk.jobs.background(
        lambda _db, ctx: backups.take(path, "hand", job=ctx),
        owner=shell,
        then=lambda info: desk.notices.show(message("shell.backup.done", n=info.people or 0)),
        title=message("shell.backup.title"),
    )


def resize_text(shell: Shell, by: int) -> None:
    """Make all text one size larger or smaller."""
    settings = shell.desk.settings
    now = settings.number("text_size", 100)
    at = TEXT_SIZES.index(now) if now in TEXT_SIZES else 0
    wanted = TEXT_SIZES[max(0, min(len(TEXT_SIZES) - 1, at + by))]
    if wanted != now:
        settings.put("text_size", wanted)
        shell.desk.door.rebuild()


def about(shell: Shell) -> None:
    """Say what this program is."""
    from desktop.ui.shell.about import AboutDialog

    shell.desk.dialogs.show(AboutDialog(shell))
