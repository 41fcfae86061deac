"""The balloons of a greeting below each other: dragged by their handles or moved by keys, doubled, removed, added."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.core.planning.greeting.balloons import KINDS, MOST_BALLOONS, Balloon
from desktop.text import t
from desktop.ui import theme
from desktop.ui.audiences.builder.dropping import scroll_near_edge
from desktop.ui.greeting.balloons.balloon_card import BalloonCard
from desktop.ui.greeting.balloons.editors import empty_balloon, kind_title
from desktop.ui.greeting.tools import Tools
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.labels import small


class BalloonList(QWidget):
    """``edited(balloons)``: what the greeting consists of now.

    Args:
        tools: pictures, dialogs, menus of the shop.
    """

    edited = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self.cards: list[BalloonCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(12))
        self.add_menu = QMenu(self)
        for kind in KINDS:
            self.add_menu.addAction(kind_title(kind), partial(self.add, kind))
        self.add_button = link_button(
            t("greeting_page.add", limit=MOST_BALLOONS), self._open_menu, icon="plus"
        )
        self._column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.advice = small(t("greeting_page.three"), wrap=True)
        self._column.addWidget(self.advice)
        self._mark = _Mark(self)
        self._target: int | None = None

    @property
    def balloons(self) -> tuple[Balloon, ...]:
        """What stands here, in order."""
        return tuple(card.balloon for card in self.cards)

    def show_balloons(self, balloons: Sequence[Balloon]) -> None:
        """Show other balloons; those of the same kind in the same place keep caret and undo."""
        same = len(balloons) == len(self.cards) and all(
            type(balloon) is type(card.balloon) for balloon, card in zip(balloons, self.cards, strict=True)
        )
        if same:
            for balloon, card in zip(balloons, self.cards, strict=True):
                card.show_balloon(balloon)
            return
        for card in self.cards:
            self._drop(card)
        self.cards = []
        for balloon in balloons:
            self._put(len(self.cards), balloon)
        self._tidy()

    def become(self, balloons: Sequence[Balloon]) -> None:
        """Take over what was put in for the owner: sentences into texts, or a balloon more."""
        kept = [card.balloon for card in self.cards]
        if len(balloons) == len(kept):
            for card, balloon in zip(self.cards, balloons, strict=True):
                card.become(balloon)
            return
        at = next((n for n, one in enumerate(kept) if one != balloons[n]), len(kept))
        self.put(at, balloons[at])

    def add(self, kind: str) -> None:
        """Add an empty balloon of a kind at the end and go there."""
        self.put(len(self.cards), empty_balloon(kind)).focus()

    def put(self, index: int, balloon: Balloon) -> BalloonCard:
        """Put a balloon in at a place."""
        card = self._put(index, balloon)
        self._tidy()
        self._said()
        return card

    def move_card(self, card: BalloonCard, to: int) -> None:
        """Move a balloon to a place among the others; the focus goes with it."""
        to = max(0, min(to, len(self.cards) - 1))
        at = self.cards.index(card)
        if at == to:
            return
        focused = self.window().focusWidget()
        inside = bool(focused) and card.isAncestorOf(focused)
        self.cards.insert(to, self.cards.pop(at))
        self._column.removeWidget(card)
        self._column.insertWidget(to, card)
        self._tidy()
        if inside:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
        self._said()

    def remove(self, card: BalloonCard) -> None:
        """Remove a balloon; the shop's undo brings it back."""
        at = self.cards.index(card)
        self.cards.remove(card)
        self._drop(card)
        self._tidy()
        following: QWidget = self.cards[min(at, len(self.cards) - 1)].grip if self.cards else self.add_button
        following.setFocus(Qt.FocusReason.OtherFocusReason)
        self._said()

    def _put(self, index: int, balloon: Balloon) -> BalloonCard:
        card = BalloonCard(balloon, self._tools)
        card.edited.connect(lambda _: self._said())
        card.moved.connect(lambda by: self.move_card(card, self.cards.index(card) + by))
        card.doubled.connect(lambda: self.put(self.cards.index(card) + 1, card.balloon).focus())
        card.removed.connect(lambda: self.remove(card))
        card.grip.carried.connect(lambda at: self._carry(at))
        card.grip.dropped.connect(lambda at: self._let_fall(card, at))
        card.grip.let_go.connect(self._end)
        self.cards.insert(index, card)
        self._column.insertWidget(index, card)
        card.show()
        return card

    def _drop(self, card: BalloonCard) -> None:
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _tidy(self) -> None:
        for index, card in enumerate(self.cards):
            card.set_place(index, len(self.cards))
            card.double.setEnabled(len(self.cards) < MOST_BALLOONS)
        self.add_button.setVisible(len(self.cards) < MOST_BALLOONS)
        self.advice.setVisible(len(self.cards) > 3)
        before = self.parentWidget()
        for card in self.cards:
            if before is not None:
                QWidget.setTabOrder(before, card.grip)
            before = card.more
        if before is not None:
            QWidget.setTabOrder(before, self.add_button)

    def _said(self) -> None:
        self.edited.emit(self.balloons)

    def _open_menu(self) -> None:
        self.add_menu.popup(self.add_button.mapToGlobal(self.add_button.rect().bottomLeft()))

    # Dragging

    def gap_at(self, at: QPoint) -> int:
        """Before which balloon something dropped there (on the screen) would go."""
        y = self.mapFromGlobal(at).y()
        return sum(1 for card in self.cards if y > card.geometry().center().y())

    def _carry(self, at: QPoint) -> None:
        self._target = self.gap_at(at)
        self._mark.show_above(self.cards, self._target)
        scroll_near_edge(self, at)

    def _let_fall(self, card: BalloonCard, at: QPoint) -> None:
        gap, own = self.gap_at(at), self.cards.index(card)
        self._end()
        # In the next turn: the handle still deals with its release.
        QTimer.singleShot(0, card, lambda: self.move_card(card, gap - 1 if gap > own else gap))

    def _end(self) -> None:
        self._target = None
        self._mark.hide()


class _Mark(QWidget):
    """The line where a dragged balloon would go."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_above(self, cards: Sequence[BalloonCard], gap: int) -> None:
        high = theme.px(4)
        if gap < len(cards):
            y = cards[gap].y() - theme.px(6) - high // 2
        else:
            y = cards[-1].geometry().bottom() + theme.px(6) - high // 2
        self.setGeometry(0, max(0, y), cards[0].width(), high)
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(self.rect(), self.height() / 2, self.height() / 2)
        painter.end()
