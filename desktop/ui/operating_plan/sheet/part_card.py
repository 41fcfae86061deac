"""What the cards of the sheet have in common: a part of the sheet to show, and the same part as it is written now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.operations.planning.operating import sheets
from desktop.operations.planning.operating.sheets import SheetNow
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.operating_plan.writing import TextArea
from desktop.ui.widgets.buttons import menu_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import small


class PartCard(Card):
    """``edited``: something in it was written or chosen."""

    edited = Signal()

    def show_sheet(self, now: SheetNow) -> None:
        """Show the sheet's part."""
        raise NotImplementedError

    def taken(self) -> dict[str, Any]:
        """The fields of the sheet as they are written here."""
        raise NotImplementedError

    def add_field(self, label: str, *fields: QWidget) -> QWidget:
        """Put fields below each other under a small label."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(3))
        name = small(label)
        name.setBuddy(fields[0])
        column.addWidget(name)
        for field in fields:
            column.addWidget(field)
        self.body.addWidget(box)
        return box


def ideas_button(part: str, area: TextArea, edited: Callable[[], object]) -> QPushButton:
    """A button with ready-made first sentences; one that is taken is put behind what is written."""
    menu = QMenu()

    def take(words: str) -> None:
        area.set_text(f"{area.text.rstrip()}\n{words}".strip())
        edited()

    for one in sheets.suggestions(part):
        words = render(one)
        menu.addAction(words, partial(take, words))
    made = menu_button(t("operating_page.ideas"), menu)
    made.setAccessibleName(t("operating_page.ideas_for", part=t(f"operating.part.{part}")))
    return made


def emptied(layout: QVBoxLayout) -> None:
    """Take all rows out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
