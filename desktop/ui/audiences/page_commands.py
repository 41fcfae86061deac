"""What the page of audiences can be told to do by name: its commands, for the palette, the menu and the keyboard, and the states
worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from desktop.ui.actions import Command
from desktop.ui.audiences.builder import tree_keys

if TYPE_CHECKING:
    from desktop.ui.audiences.builder.tree import NodeWidget
    from desktop.ui.audiences.page import AudiencesPage

USUAL = "(tag:熟客 OR tag:VIP) last_order:>60d -tag:市集"
NESTED = (
    "tag:熟客 (last_order:>60d OR (total:>=5000 -tag:市集)) -(store:官網 OR orders@1y:<2) -last_order:>400d"
)
MOVES = {
    "up": ("builder.up", tree_keys.UP),
    "down": ("builder.down", tree_keys.DOWN),
    "into": ("builder.into", tree_keys.INTO),
    "out": ("builder.out", tree_keys.OUT),
}


def audience_commands(page: AudiencesPage) -> list[Command]:
    """The page's commands."""
    card = page.editor.conditions

    def editing() -> bool:
        return page.is_editing

    def uploadable() -> bool:
        return page.is_editing and not page.editor.is_list_only

    def on_a_line() -> bool:
        return page.is_editing and card.tree.current_id is not None

    def advanced() -> None:
        card.show_advanced(True)
        card.text.setFocus()

    def move(keys: str) -> None:
        card.tree.act(tree_keys.MOVES[keys])

    why, add = page.editor.asking.open, card.choose_field
    return [
        Command("audiences.build", "audiences_page.build", page.build, shortcut="Ctrl+B", icon="plus"),
        Command("audiences.save", "audiences_page.save", page.save, shortcut="Ctrl+S", enabled=editing),
        Command("audiences.upload", "audiences_page.upload", page.upload, shortcut="Ctrl+Return", icon="upload",
                enabled=uploadable),
        Command("audiences.export", "builder.export_ids", page.export, enabled=editing),
        Command("audiences.export_people", "builder.export_people", page.export_people, enabled=editing),
        Command("audiences.why_not", "builder.why_not", why, shortcut="Ctrl+F", icon="question", enabled=editing),
        Command("audiences.add_condition", "builder.add_condition", add, shortcut="Ctrl+J", enabled=editing),
        *(
            Command(f"audiences.line_{way}", text, partial(move, keys), shortcut=keys, enabled=on_a_line)
            for way, (text, keys) in MOVES.items()
        ),
        Command("audiences.advanced", "audiences_page.advanced", advanced, enabled=editing),
        Command("audiences.back", "audiences_page.back", page.show_list, enabled=editing),
    ]  # fmt: skip


def drag_over(moved: NodeWidget, target: NodeWidget) -> None:
    """A line halfway to another place."""
    moved.grip.lifted.emit()
    moved.grip.carried.emit(target.mapToGlobal(target.rect().center()))


def audience_pictures(page: AudiencesPage) -> dict[str, Callable[[], None]]:
    """States worth a picture."""

    def nested() -> None:
        page.begin(NESTED)
        page.editor.conditions.show_advanced(True)

    def why_not() -> None:
        page.begin(USUAL)
        page.editor.asking.ask(1)

    def dragging() -> None:
        page.begin(USUAL)
        lines = page.editor.conditions.tree.parts
        QTimer.singleShot(0, page, lambda: drag_over(lines[2], lines[0]))

    def query_text() -> None:
        page.begin(USUAL)
        card = page.editor.conditions
        card.show_advanced(True)
        card.text.setText(f"{card.text.text()} 最後構買:>9d")
        card.read_text()

    def fields() -> None:
        page.begin(USUAL)
        page.editor.conditions.choose_field()

    return {
        "list": page.show_list,
        "editor": partial(page.begin, USUAL),
        "new": page.build,
        "nested": nested,
        "why-not": why_not,
        "list-only": partial(page.begin, "shop_member:yes bound:no"),
        "dragging": dragging,
        "query-text": query_text,
        "fields": fields,
    }
