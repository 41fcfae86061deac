"""What can be done to a line or a group, as the menu behind its handle."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from desktop.core.people.sentences import Form, Sentence
from desktop.text import t
from desktop.ui.audiences.builder import draft as drafts
from desktop.ui.audiences.builder.draft import Group, Line, Node
from desktop.ui.audiences.builder.tree_keys import DOWN, INTO, MOVES, OUT, UP

if TYPE_CHECKING:
    from desktop.ui.audiences.builder.tree import ConditionTree

TURNED_FORMS = (Form.NONE_OF, Form.LACKS, Form.IS_NOT)


def line_menu(tree: ConditionTree, node_id: int) -> QMenu:
    """The menu of one node; what would change nothing is grey."""
    menu = QMenu(tree)
    node = drafts.find(tree.draft, node_id)
    if node is None:
        return menu
    _add(
        menu,
        t("builder.turn_back" if is_turned(node) else "builder.turn"),
        partial(tree.act, drafts.turned, node_id),
    )
    menu.addSeparator()
    names = {
        UP: t("builder.up"),
        DOWN: t("builder.down"),
        INTO: t("builder.into"),
        OUT: t("builder.out"),
    }
    for keys, text in names.items():
        action = _add(menu, text, partial(tree.act, MOVES[keys], node_id), keys)
        action.setEnabled(MOVES[keys](tree.draft, node_id) != tree.draft)
    if isinstance(node, Group):
        _add(menu, t("builder.dissolve"), lambda: tree.put(drafts.dissolved(tree.draft, node_id)))
    menu.addSeparator()
    _add(menu, t("builder.copy"), lambda: tree.put(drafts.copied(tree.draft, node_id)))
    _add(menu, t("builder.remove"), partial(tree.remove, node_id))
    return menu


def is_turned(node: Node) -> bool:
    """Whether a node asks for those whom it does not match."""
    listed = isinstance(node, Line) and isinstance(node.says, Sentence) and node.says.form in TURNED_FORMS
    return node.negated or listed


def _add(menu: QMenu, text: str, run: Callable[[], Any], keys: str = "") -> Any:
    action = menu.addAction(text)
    if keys:
        action.setShortcut(QKeySequence(keys))
        action.setShortcutVisibleInContextMenu(True)
    action.triggered.connect(lambda _checked=False: run())
    return action
