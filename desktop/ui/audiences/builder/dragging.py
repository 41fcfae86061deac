"""A line or group on its way to another place: a picture of it follows the pointer, a mark shows where it would go."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QLabel

from desktop.ui import theme
from desktop.ui.audiences.builder import draft as drafts
from desktop.ui.audiences.builder.draft import Group
from desktop.ui.audiences.builder.dropping import DropMark, Place, place_at, scroll_near_edge
from desktop.ui.audiences.builder.grip import Grip

if TYPE_CHECKING:
    from desktop.ui.audiences.builder.tree import ConditionTree

GHOST_WIDTH = 360
"""As much of the line as is needed to know it again, at 100 % text size."""


class Dragging(QObject):
    """One tree's.

    Args:
        tree: whose lines are dragged.
    """

    def __init__(self, tree: ConditionTree) -> None:
        super().__init__(tree)
        self._tree = tree
        self.mark = DropMark(tree)
        self._ghost: QLabel | None = None

    def watch(self, grip: Grip, node_id: int) -> None:
        """Let a node be dragged by its handle."""
        grip.lifted.connect(partial(self._lift, node_id))
        grip.carried.connect(partial(self._carry, node_id))
        grip.dropped.connect(partial(self._drop, node_id))
        grip.let_go.connect(self.end)

    def place_under(self, node_id: int, at: QPoint) -> Place | None:
        """Where a node would go if it were dropped there (on the screen); None: it would stay where it is."""
        tree = self._tree
        place = place_at(tree, tree.draft, tree.parts, tree.mapFromGlobal(at))
        return place if self._after(node_id, place) != tree.draft else None

    def _after(self, node_id: int, place: Place) -> Group:
        if place.join_id is not None:
            return drafts.joined(self._tree.draft, node_id, place.join_id)
        return drafts.moved(self._tree.draft, node_id, place.group_id, place.at)

    def _lift(self, node_id: int) -> None:
        widget = self._tree.widget_of(node_id)
        if widget is None:
            return
        self._ghost = QLabel(self._tree.window())
        self._ghost.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._ghost.setPixmap(
            widget.grab(QRect(0, 0, min(widget.width(), theme.px(GHOST_WIDTH)), widget.height()))
        )
        self._ghost.adjustSize()
        self._ghost.show()

    def _carry(self, node_id: int, at: QPoint) -> None:
        scroll_near_edge(self._tree, at)
        self.mark.show_place(self.place_under(node_id, at))
        if self._ghost is not None:
            self._ghost.move(self._tree.window().mapFromGlobal(at) + QPoint(theme.px(14), theme.px(8)))
            self._ghost.raise_()

    def _drop(self, node_id: int, at: QPoint) -> None:
        place = self.place_under(node_id, at)
        self.end()
        if place is not None:
            self._tree.put(self._after(node_id, place))
            self._tree.focus_grip(node_id)

    def end(self) -> None:
        """Nothing is on its way any more."""
        self.mark.show_place(None)
        if self._ghost is not None:
            self._ghost.hide()
            self._ghost.deleteLater()
            self._ghost = None
