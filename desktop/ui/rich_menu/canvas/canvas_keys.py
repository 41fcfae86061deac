"""What keys do on the canvas: arrows go from area to area, with Shift they choose more, with Alt they move an edge; Return opens
the form, Delete empties the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop.core.planning.rich_menu import grid
from desktop.ui.rich_menu.canvas.geometry import edge_of, next_area

if TYPE_CHECKING:
    from desktop.ui.rich_menu.canvas.canvas import Canvas

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def pressed(canvas: Canvas, event: QKeyEvent) -> bool:
    """Do what a key does here; False: nothing."""
    step = ARROWS.get(Qt.Key(event.key()))
    if step is not None and canvas.menu.areas:
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            _move_edge(canvas, step)
        else:
            _go(canvas, step, more=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        return True
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and canvas.open_menu.areas:
        canvas.form_wanted.emit()
        return True
    if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and canvas.open_menu.areas:
        remove(canvas)
        return True
    return False


def remove(canvas: Canvas) -> None:
    """Take the chosen areas out; a tap on their place does nothing."""
    menu = canvas.menu
    for at in sorted(canvas.open_menu.areas, reverse=True):
        menu = grid.removed(menu, at)
    near = min(canvas.open_menu.areas[0], len(menu.areas) - 1)
    canvas.open_menu.put(menu, areas=(near,) if near >= 0 else ())


def _go(canvas: Canvas, step: tuple[int, int], *, more: bool) -> None:
    chosen = canvas.open_menu.areas
    if not chosen:
        canvas.open_menu.choose(0)
        return
    to = next_area(canvas.menu, chosen[-1], step)
    canvas.open_menu.choose(*(chosen if more else ()), to)


def _move_edge(canvas: Canvas, step: tuple[int, int]) -> None:
    if not canvas.open_menu.areas:
        return
    vertical = bool(step[0])
    at = canvas.open_menu.areas[0]
    edge = edge_of(canvas.menu, at, vertical=vertical)
    if edge is None:
        return
    lines = grid.steps(canvas.menu.size, vertical=vertical)
    forth = step[0] + step[1] > 0
    beyond = [line for line in lines if (line > edge.at) == forth and line != edge.at]
    if beyond:
        canvas.open_menu.put(
            grid.move_edge(canvas.menu, edge, min(beyond) if forth else max(beyond)), ("keys", at, vertical)
        )
