"""A line of the cost card, the card's soft gist, and what a cost is called in words."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.core.figures.message_cost import SendCost
from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.labels import set_kind, text_label

SIGNS = {"TWD": "NT$", "JPY": "¥", "THB": "฿"}


class CostLine(QWidget):
    """A label and what it comes to, in one line or, where that is too long, below each other."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(10))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self.label, self.value = text_label(""), text_label("")
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(self.label, 0, 0)
        self._grid.addWidget(self.value, 1, 0)
        self._below = True

    def set(self, label: str, value: str, kind: str = "") -> None:
        """Show a line; ``kind`` colours the value, and the label only if it is muted."""
        self.label.setText(label)
        self.value.setText(value)
        set_kind(self.label, "muted" if kind == "muted" else "")
        set_kind(self.value, kind)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        needed = sum(part.fontMetrics().horizontalAdvance(part.text()) for part in (self.label, self.value))
        below = needed + theme.px(14) > self.width()
        if below != self._below:
            self._below = below
            self.value.setWordWrap(below)
            self._grid.removeWidget(self.value)
            self._grid.addWidget(self.value, *((1, 0) if below else (0, 1)))


class SoftNote(QLabel):
    """The gist of a card, on soft green or, as a warning, on soft orange."""

    def __init__(self, kind: str = "good") -> None:
        super().__init__()
        self._kind = kind
        self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMargin(theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{self._kind}_soft"))
        radius = theme.px(6)
        painter.drawRoundedRect(self.rect(), radius, radius)
        painter.end()
        super().paintEvent(event)


def price_text(price: Decimal, currency: str) -> str:
    """A price as NT$1,800, with its decimals where it has some: NT$0.2."""
    sign = SIGNS.get(currency, f"{currency} ")
    plain = (
        price.quantize(Decimal(1))
        if price == price.to_integral_value() or price >= 100
        else price.normalize()
    )
    return f"{sign}{plain:,f}"


def cost_text(cost: SendCost, *, alone: bool = False) -> str:
    """A cost in words.

    Args:
        cost: the estimate.
        alone: leave out the number of messages, which stands elsewhere.
    """
    count = t("audiences_page.cost.messages", n=cost.messages)
    if cost.short is None:
        return count
    if cost.is_free:
        words = t("audiences_page.cost.free")
    elif cost.price is not None:
        key = "audiences_page.cost.price_at_most" if cost.at_most else "audiences_page.cost.price"
        words = t(key, price=price_text(cost.price, cost.currency))
    else:
        words = t("audiences_page.cost.short", n=cost.short)
    return words if alone else t("audiences_page.cost.both", messages=count, words=words)


def cost_kind(cost: SendCost, *, plain: str) -> str:
    """The colour of a cost: ``plain`` where nothing is added."""
    if cost.short is None:
        return "strong"
    if cost.is_free:
        return plain
    return "warning" if cost.price is not None else "error"
