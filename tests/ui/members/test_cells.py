"""How much room the cells of the list ask for."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtGui import QFont, QFontMetrics

from desktop.ui.members.member_cells import TagsCell


class View:
    """A view in a font of so many pixels."""

    def __init__(self, pixels: int) -> None:
        font = QFont()
        font.setPixelSize(pixels)
        self._metrics = QFontMetrics(font)

    def fontMetrics(self) -> QFontMetrics:
        return self._metrics


@pytest.mark.usefixtures("qapp")
def test_chips_are_measured_anew_in_another_font() -> None:
    row = SimpleNamespace(tags=((1, "常客", None), (2, "VIP", None)))
    index: Any = SimpleNamespace(data=lambda _role: row)
    small: Any = View(10)
    large: Any = View(40)
    cell, fresh = TagsCell(None), TagsCell(None)  # type: ignore[arg-type]
    before = cell.needed_width(index, small)
    assert cell.needed_width(index, large) == fresh.needed_width(index, large) > before
    assert cell.needed_width(index, small) == before
