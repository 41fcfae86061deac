"""The list of pairs over the two who stand beside each other, and the keys that answer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import theme
from desktop.ui.duplicates.comparison_card import ComparisonCard
from desktop.ui.joining.joining_table import JoiningTable
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import key_cap, muted

PAIRS_HEIGHT, COMPARED_HEIGHT = 168, 190


class JoiningBoard(QScrollArea):
    """See the module. In a low window it scrolls rather than show one line of each."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs = JoiningTable()
        self.shown_note = muted()
        self.card = ComparisonCard()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addLayout(self._keys())
        column.addWidget(self._split(), 1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)

    def _split(self) -> QSplitter:
        listed = Card(flush=True)
        listed.body.addWidget(self.pairs)
        self.pairs.setMinimumHeight(theme.px(PAIRS_HEIGHT))
        self.card.table.setMinimumHeight(theme.px(COMPARED_HEIGHT))
        self.card.merge.setText(t("joining.join"))
        self.card.later.setText(t("joining.next"))
        for made in (self.card.merge, self.card.later):
            made.setAccessibleName(made.text())
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(theme.px(10))
        split.addWidget(listed)
        split.addWidget(self.card)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 4)
        return split

    def _keys(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        for cap, words in (
            ("Enter", t("joining.join")),
            ("→", t("joining.next")),
            ("X", t("duplicates.apart")),
        ):
            row.addWidget(key_cap(cap))
            row.addWidget(muted(words))
            row.addSpacing(theme.px(8))
        row.addStretch(1)
        row.addWidget(self.shown_note)
        return row
