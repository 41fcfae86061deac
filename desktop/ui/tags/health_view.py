"""What could be better about the tags, in plain words, each with the button that cures it and one that sets it aside."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.store.tagging.health import Finding
from desktop.text import t
from desktop.ui import theme
from desktop.ui.tags import words
from desktop.ui.widgets.buttons import button, link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import Chip, FlowLayout
from desktop.ui.widgets.empty_state import EmptyState
from desktop.ui.widgets.labels import muted

MOST_CHIPS = 24
MOST_OF_A_KIND = 30


class FindingCard(Card):
    """One finding. ``cured``, ``set_aside``; ``opened(tag id)``."""

    cured = Signal()
    put_aside = Signal()
    opened = Signal(int)

    def __init__(self, finding: Finding) -> None:
        super().__init__(t(f"tags_page.ill.{finding.ill}", n=len(finding.tags)))
        self.finding = finding
        self.body.addWidget(muted(self._why(finding), wrap=True))
        inside = QWidget()
        flow = FlowLayout(inside, gap=4)
        for tag in finding.tags[:MOST_CHIPS]:
            chip = Chip(tag.name, words.colour_of(tag))
            chip.setToolTip(t("tags_page.open_tag", tag=tag.name))
            chip.clicked.connect(partial(self.opened.emit, tag.id))
            flow.addWidget(chip)
        self.body.addWidget(inside)
        if len(finding.tags) > MOST_CHIPS:
            self.body.addWidget(muted(t("tags_page.more_tags", n=len(finding.tags) - MOST_CHIPS)))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.cure = self._cure(finding)
        self.aside = link_button(t("tags_page.set_aside"), self.put_aside.emit)
        row.addWidget(self.cure)
        row.addWidget(self.aside)
        row.addStretch(1)
        self.body.addLayout(row)

    def _cure(self, finding: Finding) -> QPushButton:
        first = finding.tags[0].name
        text = t(f"tags_page.cure.{finding.ill}", n=finding.people or len(finding.tags), tag=first)
        return button(text, self.cured.emit)

    def _why(self, finding: Finding) -> str:
        if finding.why is not None:
            return t(f"tags_page.alike.{finding.why}", n=finding.people)
        return t(f"tags_page.ill_hint.{finding.ill}", n=finding.people)


class HealthView(QWidget):
    """``cured(finding)``; ``put_aside(finding)``; ``opened(tag id)``; ``all_back``."""

    cured = Signal(object)
    put_aside = Signal(object)
    opened = Signal(int)
    all_back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[FindingCard] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.well = EmptyState("check-circle", t("tags_page.well"), t("tags_page.well_text"))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(0, 0, theme.px(2), 0)
        self._list.setSpacing(theme.px(12))
        self._list.addStretch(1)
        self._scroll.setWidget(inside)
        self.back = link_button(t("tags_page.all_back"), self.all_back.emit)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.well, 1)
        column.addWidget(self.back)
        self.show_findings([], 0)

    def show_findings(self, findings: Sequence[Finding], aside: int) -> None:
        """Show these; ``aside`` is how many were set aside."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = [self._card(finding) for finding in findings[:MOST_OF_A_KIND]]
        self._scroll.setVisible(bool(findings))
        self.well.setVisible(not findings)
        self.back.setVisible(aside > 0)

    def _card(self, finding: Finding) -> FindingCard:
        card = FindingCard(finding)
        card.cured.connect(partial(self.cured.emit, finding))
        card.put_aside.connect(partial(self.put_aside.emit, finding))
        card.opened.connect(self.opened)
        self._list.insertWidget(self._list.count() - 1, card)
        return card
