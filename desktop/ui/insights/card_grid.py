"""Cards in two columns where there is room, else in one; they scroll when they are higher than the window."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from desktop.ui import theme

TWO_COLUMNS = 860
"""Below this width cards that share it evenly stand under one another."""


class CardGrid(QScrollArea):
    """See the module.

    Args:
        cards: in reading order.
        columns: how many stand beside one another where there is room.
        away: cards not shown to begin with.
        shares: how two columns share the width.
        beside: the width from which cards stand beside one another, in pixels at 100 % text size.
    """

    def __init__(
        self,
        cards: tuple[QWidget, ...],
        columns: int = 2,
        away: tuple[QWidget, ...] = (),
        shares: tuple[int, int] = (1, 1),
        beside: int = TWO_COLUMNS,
    ) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._cards, self._away = cards, set(away)
        self._columns, self._most = 0, columns
        self._shares, self._beside = shares, beside
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, theme.px(2), 0)
        self._grid.setSpacing(theme.px(12))
        for card in away:
            card.setParent(inner)
            card.setVisible(False)
        self.setWidget(inner)
        self._arrange(columns)

    def show_card(self, card: QWidget, shown: bool) -> None:
        """Show or hide a card; the others take its room."""
        if shown == (card not in self._away):
            return
        (self._away.discard if shown else self._away.add)(card)
        card.setVisible(shown)
        self._columns = 0
        self._arrange(self._fitting())

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._arrange(self._fitting())

    def _fitting(self) -> int:
        shown = len(self._cards) - len(self._away)
        return min(self._most, max(1, shown)) if self.width() >= theme.px(self._beside) else 1

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        shown = [card for card in self._cards if card not in self._away]
        for card in self._cards:
            self._grid.removeWidget(card)
        for at, card in enumerate(shown):
            self._grid.addWidget(card, at // columns, at % columns)
        for column, part in enumerate(self._shares):
            self._grid.setColumnStretch(column, part if column < columns else 0)
