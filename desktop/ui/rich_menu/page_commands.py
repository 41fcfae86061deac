"""What the page of rich menus can be told to do by name: its commands and its undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.ui.actions import Command
from desktop.ui.rich_menu.editor import LAYOUT, LOOK, SETTINGS
from desktop.ui.rich_menu.stage.stage import EDIT, TRY

if TYPE_CHECKING:
    from desktop.ui.rich_menu.page import RichMenuPage


def menu_commands(page: RichMenuPage) -> list[Command]:
    """The page's commands."""
    deeds = page.deeds

    def editing() -> bool:
        return page.is_editing

    def panel(name: str) -> Callable[[], None]:
        return lambda: page.editor.show_panel(name)

    return [
        Command("rich_menu.new", "rich_menu_page.new", page.start_new, shortcut="Ctrl+B", icon="plus"),
        Command("rich_menu.publish", "rich_menu_page.publish", page.publish, shortcut="Ctrl+Return", icon="upload",
                enabled=editing),
        Command("rich_menu.check", "rich_menu_page.check", deeds.ask_line, enabled=editing),
        Command("rich_menu.copy", "rich_menu_page.do.copy", deeds.copy, enabled=editing),
        Command("rich_menu.rename", "rich_menu_page.do.rename", deeds.rename, enabled=editing),
        Command("rich_menu.delete", "rich_menu_page.do.delete", deeds.delete, enabled=editing),
        *_stage_commands(page),
        Command("rich_menu.layouts", "rich_menu_page.panel.layout", panel(LAYOUT), enabled=editing),
        Command("rich_menu.looks", "rich_menu_page.panel.look", panel(LOOK), enabled=editing),
        Command("rich_menu.settings", "rich_menu_page.panel.settings", panel(SETTINGS), enabled=editing),
        Command("rich_menu.picture", "rich_menu_page.export.picture", page.exports.picture, enabled=editing),
        Command("rich_menu.json", "rich_menu_page.export.json", page.exports.json, enabled=editing),
        Command("rich_menu.own", "rich_menu_page.own.choose", page.files.choose_own, enabled=editing),
    ]  # fmt: skip


def _stage_commands(page: RichMenuPage) -> list[Command]:
    """What can be done in the phone."""
    stage = page.editor.stage

    def editing() -> bool:
        return page.is_editing

    def one_area() -> bool:
        return page.is_editing and len(page.open_menu.areas) == 1

    def several() -> bool:
        return page.is_editing and len(page.open_menu.areas) > 1

    def try_it() -> None:
        stage.set_mode(TRY if stage.mode.value() == EDIT else EDIT)

    def try_area() -> None:
        at = page.open_menu.areas[0]
        stage.set_mode(TRY)
        stage.try_area(at)

    return [
        Command("rich_menu.try", "rich_menu_page.command.try", try_it, shortcut="Ctrl+J", enabled=editing),
        Command("rich_menu.try_area", "rich_menu_page.command.try_area", try_area, enabled=one_area),
        Command("rich_menu.columns", "rich_menu_page.tool.columns", stage.columns.click, shortcut="Ctrl+]",
                enabled=one_area),
        Command("rich_menu.rows", "rich_menu_page.tool.rows", stage.lines.click, shortcut="Ctrl+[", enabled=one_area),
        Command("rich_menu.merge", "rich_menu_page.tool.merge", stage.merge.click, shortcut="Ctrl+M", enabled=several),
    ]  # fmt: skip


def turn_of(page: RichMenuPage, event: QKeyEvent) -> Callable[[], object] | None:
    """What undo and redo do here; None: they are the text field's, or the shop's."""
    undo = event.matches(QKeySequence.StandardKey.Undo)
    redo = event.matches(QKeySequence.StandardKey.Redo) or QKeySequence(
        event.keyCombination()
    ) == QKeySequence("Ctrl+Shift+Z")
    if not page.is_editing or not (undo or redo):
        return None
    field = QApplication.focusWidget()
    if isinstance(field, QLineEdit) and (field.isUndoAvailable() if undo else field.isRedoAvailable()):
        return None
    menu = page.open_menu
    if undo:
        return menu.undo if menu.can_undo else None
    return menu.redo if menu.can_redo else None
