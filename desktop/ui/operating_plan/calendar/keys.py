"""The keys of the calendar, and an entry on its way to another day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt

STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
"""Arrow key → days."""

LASTS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
"""Key → days the chosen entry lasts longer; a plus needs no Shift."""

CARRY = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
"""With one of these an arrow carries the chosen entry along."""


@dataclass(frozen=True)
class Carried:
    """An entry that is being dragged.

    Args:
        entry_id: which.
        grabbed: the day it was taken at (of what lasts longer it need not be the first).
        over: the day the pointer is over.
        at: the pointer.
        by_end: its last day is being dragged, not all of it.
    """

    entry_id: int
    grabbed: datetime.date
    over: datetime.date
    at: QPoint
    by_end: bool = False

    @property
    def shift(self) -> int:
        """Days it would be moved."""
        return (self.over - self.grabbed).days
