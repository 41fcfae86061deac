"""What keys do in the builder: undo and redo of its own before the shop's, and moving a line without a mouse."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from desktop.ui.audiences.builder import draft as drafts
from desktop.ui.audiences.builder.grip import Grip
from desktop.ui.audiences.conditions.query_edit import QueryEdit
from desktop.ui.widgets.fields import TextField

if TYPE_CHECKING:
    from desktop.ui.audiences.builder.tree import ConditionTree

UP, DOWN, INTO, OUT = "Alt+Up", "Alt+Down", "Ctrl+]", "Ctrl+["
"""Shortcuts of the four ways to move a line."""

MOVES: dict[str, Callable[[drafts.Group, int], drafts.Group]] = {
    UP: partial(drafts.stepped, by=-1),
    DOWN: partial(drafts.stepped, by=1),
    INTO: drafts.sunk,
    OUT: drafts.lifted,
}


def key_action(tree: ConditionTree, watched: QObject, event: QKeyEvent) -> Callable[[], Any] | None:
    """What a key does here; None: it goes its way."""
    action = turn_of(tree, watched, event) or _move_of(tree, watched, event)
    composing = isinstance(watched, TextField | QueryEdit) and watched.composing
    # While an input method composes the key is its own, and must not reach the line around the field either.
    return _nothing if action is not None and composing else action


def _move_of(tree: ConditionTree, watched: QObject, event: QKeyEvent) -> Callable[[], Any] | None:
    node = tree.node_of(watched)
    if node is None:
        return None
    pressed = QKeySequence(event.keyCombination())
    for keys, change in MOVES.items():
        if pressed == QKeySequence(keys):
            return partial(tree.act, change, node)
    if isinstance(watched, Grip) and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        return partial(tree.remove, node)
    return None


def turn_of(tree: ConditionTree, watched: QObject, event: QKeyEvent) -> Callable[[], Any] | None:
    """Undo and redo: first of the text being typed, then of the builder, then (None) of the shop."""
    if event.matches(QKeySequence.StandardKey.Undo):
        own = isinstance(watched, TextField) and watched.isUndoAvailable()
        own = own or (isinstance(watched, QueryEdit) and watched.document().isUndoAvailable())
        return tree.undo if not own and tree.history.can_undo else None
    if event.matches(QKeySequence.StandardKey.Redo) or QKeySequence(event.keyCombination()) == QKeySequence(
        "Ctrl+Shift+Z"
    ):
        own = isinstance(watched, TextField) and watched.isRedoAvailable()
        own = own or (isinstance(watched, QueryEdit) and watched.document().isRedoAvailable())
        return tree.redo if not own and tree.history.can_redo else None
    return None


def _nothing() -> None:
    """What the builder does with a key of the input method."""
