"""The import page at work: how the table is read at the left, what importing it would do at the right; one
below the other where there is no room for both."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.importer.recipe import Answers
from desktop.text import t
from desktop.ui import theme
from desktop.ui.importing.checking.check_card import CheckCard
from desktop.ui.importing.checking.problems_card import ProblemsCard
from desktop.ui.importing.deciding.doubts_card import DoubtsCard
from desktop.ui.importing.deciding.policy_card import PolicyCard
from desktop.ui.importing.deciding.tags_card import TagsCard
from desktop.ui.importing.entry import Entry
from desktop.ui.importing.mapping.columns_card import ColumnsCard
from desktop.ui.importing.mapping.source_line import SourceLine
from desktop.ui.importing.overview.result_card import ResultCard

SIDE_WIDTH = 320
SIDE_BY_SIDE = 860
"""Width at 100 % text size from which both halves stand beside each other."""
_ANY_HEIGHT = 16_777_215


@dataclass(frozen=True)
class Cards:
    """The parts of the view."""

    source: SourceLine
    columns: ColumnsCard
    result: ResultCard
    tags: TagsCard
    check: CheckCard
    doubts: DoubtsCard
    policy: PolicyCard
    problems: ProblemsCard


class ImportView(QScrollArea):
    """See the module."""

    def __init__(self, cards: Cards) -> None:
        super().__init__()
        self.cards = cards
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(t("import_page.columns"))
        inside = QWidget()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(theme.px(14))
        left = self._left = QVBoxLayout()
        left.setSpacing(theme.px(10))
        left.addWidget(cards.source)
        left.addWidget(cards.columns, 1)
        left.addWidget(cards.result)
        left.addWidget(cards.tags)
        left.addStretch()
        self._side = self._make_side()
        self._both.addLayout(left, 1)
        self._both.addWidget(self._side)
        self.setWidget(inside)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._fit)

    def _make_side(self) -> QScrollArea:
        side = QScrollArea()
        side.setWidgetResizable(True)
        side.setFrameShape(QFrame.Shape.NoFrame)
        side.setHorizontalScrollBarPolicy(side.horizontalScrollBarPolicy().ScrollBarAlwaysOff)
        side.setAccessibleName(t("import_page.check"))
        side.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        right = QVBoxLayout(inside)
        right.setContentsMargins(0, 0, theme.px(4), 0)
        right.setSpacing(theme.px(12))
        cards = self.cards
        for card in (cards.check, cards.doubts, cards.policy, cards.problems):
            right.addWidget(card)
        right.addStretch(1)
        side.setWidget(inside)
        return side

    def show_entry(self, entry: Entry, answers: Answers, *, busy: bool) -> None:
        """Show what is known of a table.

        Args:
            answers: what holds for it.
            busy: whether something is worked on now.
        """
        cards, report = self.cards, entry.report
        cards.source.show_entry(entry)
        cards.columns.setVisible(not entry.finished)
        cards.result.setVisible(entry.finished)
        if entry.finished:
            cards.result.show_entry(entry, busy=busy)
        else:
            cards.columns.show_entry(entry)
        cards.tags.show_entry(entry)
        # What is below the result stays with it; the columns take all room there is.
        self._left.setStretch(self._left.count() - 1, int(entry.finished))
        stored = entry.outcome is not None and not entry.taken_back
        cards.check.setVisible(not entry.left_out)
        cards.check.show_report(report, stored=stored, live=entry.plan is not None)
        cards.doubts.show_entry(entry, busy=busy)
        cards.policy.setVisible(not entry.finished)
        cards.policy.show_answers(answers, entry.recipe)
        cards.problems.show_report(report if not entry.left_out else None)
        self._timer.start(0)

    def show_reading(self) -> None:
        """Show that files are being looked at, of which nothing is known yet."""
        cards = self.cards
        for part in (cards.source, cards.columns, cards.result, cards.tags, cards.doubts, cards.policy):
            part.hide()
        cards.problems.show_report(None)
        cards.check.show()
        cards.check.show_report(None, stored=False, live=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.viewport().width() >= theme.px(SIDE_BY_SIDE)
        directions = QBoxLayout.Direction
        self._both.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
        side, cards = self._side, self.cards
        bars = Qt.ScrollBarPolicy
        side.setVerticalScrollBarPolicy(bars.ScrollBarAsNeeded if wide else bars.ScrollBarAlwaysOff)
        if wide:
            side.setFixedWidth(theme.px(SIDE_WIDTH))
            side.setMinimumHeight(0)
            side.setMaximumHeight(_ANY_HEIGHT)
            cards.columns.setMinimumHeight(theme.px(180))
            return
        side.setMinimumWidth(0)
        side.setMaximumWidth(_ANY_HEIGHT)
        inside = side.widget()
        assert inside is not None
        width = self.viewport().width()
        layout = inside.layout()
        assert layout is not None
        height = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else -1
        side.setFixedHeight(max(height, layout.totalMinimumSize().height()) + theme.px(4))
        most = max(theme.px(240), int(self.viewport().height() * 0.8))
        cards.columns.setMinimumHeight(min(cards.columns.height_of_all(), most))


def subtitle(entry: Entry, at: int, count: int) -> str:
    """What stands beside the page's title: file, sheet, kind, rows, and which of several tables it is."""
    recipe = entry.recipe
    parts = [entry.path.name]
    if recipe.sheet and not recipe.chats:
        parts.append(t("import_page.sheet_named", sheet=recipe.sheet))
    parts.append(t(f"importing.kind.{recipe.kind}"))
    if recipe.chats:
        parts.append(t("import_page.chats", n=len(recipe.chats) + 1))
    if entry.rows is not None:
        parts.append(t("import_page.rows", n=entry.rows))
    if count > 1:
        parts.append(t("import_page.nth", n=at + 1, of=count))
    return "・".join(parts)
