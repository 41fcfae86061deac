"""The order in which Tab walks through lines that come, go and change places: the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget


def focusable_in_order(widget: QWidget) -> Iterator[QWidget]:
    """What Tab stops at in a widget, by its layouts from left to right and from top to bottom."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget
    layout = widget.layout()
    if layout is not None:
        yield from _in_layout(layout)


def chain(first: QWidget, parts: Iterator[QWidget]) -> None:
    """Let Tab lead from ``first`` through the parts of each widget of ``parts``, one after the other."""
    before = first
    for part in parts:
        for stop in focusable_in_order(part):
            QWidget.setTabOrder(before, stop)
            before = stop


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    places = range(layout.count())
    if isinstance(layout, QGridLayout):
        places_read = sorted(places, key=lambda at: layout.getItemPosition(at)[:2])  # type: ignore[index]
    else:
        places_read = list(places)
    for at in places_read:
        item = layout.itemAt(at)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if widget is not None:
            yield from focusable_in_order(widget)
        elif inner is not None:
            yield from _in_layout(inner)
