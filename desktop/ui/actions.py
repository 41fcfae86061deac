"""Every command of the window is one QAction with one owner: menu, palette, cheat sheet, button and shortcut all show and
trigger that one, so they cannot disagree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QWidget
from shiboken6 import isValid

from desktop.text import t
from desktop.ui import icons

Shortcut = str | QKeySequence.StandardKey | None


@dataclass(frozen=True)
class Command:
    """Something the owner can ask for.

    Args:
        id: unique, e.g. "members.focus_tag_box".
        text: key of its name.
        run: what it does.
        shortcut: "Ctrl+T" or a standard key; several are separated by "; ".
        icon: a file of resources/icons.
        enabled: asked before the command is shown or triggered; None = always.
        listed: whether palette and cheat sheet show it.
        role: the place macOS gives it in its application menu.
        repeats: whether a key held down does it again and again; else once, however long it is held.
    """

    id: str
    text: str
    run: Callable[[], object]
    shortcut: Shortcut = None
    icon: str | None = None
    enabled: Callable[[], bool] | None = None
    listed: bool = True
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    repeats: bool = False


@dataclass(frozen=True)
class Registered:
    """A command with its action and the widget it belongs to."""

    command: Command
    action: QAction
    owner: QWidget


class Actions(QObject):
    """The register of commands of one window."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._registered: dict[str, Registered] = {}

    def add(self, command: Command, owner: QWidget) -> QAction:
        """Make the command's action; its shortcut works while ``owner`` is visible."""
        if command.id in self._registered and isValid(self._registered[command.id].action):
            raise ValueError(f"the command {command.id} is there already")
        action = QAction(t(command.text), owner)
        action.setObjectName(command.id)
        action.setMenuRole(command.role)
        action.setAutoRepeat(command.repeats)
        if command.icon is not None:
            action.setIcon(icons.icon(command.icon))
            action.setIconVisibleInMenu(False)
        keys = key_sequences(command.shortcut)
        if keys:
            action.setShortcuts(keys)
            action.setToolTip(f"{action.text()} ({keys[0].toString(QKeySequence.SequenceFormat.NativeText)})")
        action.triggered.connect(lambda: self._run(command))
        owner.addAction(action)
        self._registered[command.id] = Registered(command, action, owner)
        return action

    def remove(self, owner: QWidget) -> None:
        """Forget the commands of a widget that goes away."""
        for name in [name for name, entry in self._registered.items() if entry.owner is owner]:
            entry = self._registered.pop(name)
            if isValid(entry.action):
                owner.removeAction(entry.action)
                entry.action.deleteLater()

    def action(self, command_id: str) -> QAction:
        """The action of a command."""
        return self._registered[command_id].action

    def trigger(self, command_id: str) -> None:
        """Do what the command does, if it can be done now."""
        entry = self._registered[command_id]
        if is_enabled(entry.command):
            entry.action.trigger()

    def of(self, owner: QWidget) -> list[Registered]:
        """The commands of a widget, in the order they were added."""
        return [entry for entry in self._registered.values() if entry.owner is owner]

    def available(self) -> list[Registered]:
        """Listed commands that would work now: those of the page shown first, then the others in the order they came."""
        now = [
            entry
            for entry in self._registered.values()
            if entry.command.listed and entry.owner.isVisible() and is_enabled(entry.command)
        ]
        return sorted(now, key=lambda entry: isinstance(entry.owner.parent(), QMainWindow))

    def grey_out(self) -> None:
        """Grey out what cannot be done now, while a menu is open."""
        for entry in self._registered.values():
            if entry.command.enabled is not None:
                entry.action.setEnabled(entry.command.enabled())

    def enable_all(self) -> None:
        """The menu is closed: a shortcut asks at the moment it is pressed."""
        for entry in self._registered.values():
            entry.action.setEnabled(True)

    def _run(self, command: Command) -> None:
        if is_enabled(command):
            command.run()


def is_enabled(command: Command) -> bool:
    """Whether the command can be done now."""
    return command.enabled is None or command.enabled()


def key_sequences(shortcut: Shortcut) -> list[QKeySequence]:
    """The keys of a command; texts may name several, separated by "; "."""
    if shortcut is None:
        return []
    if isinstance(shortcut, QKeySequence.StandardKey):
        return QKeySequence.keyBindings(shortcut)
    return [QKeySequence(part) for part in shortcut.split("; ")]
