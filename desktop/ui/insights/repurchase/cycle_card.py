"""The days between purchases as a histogram with the boundary of the classes, which can be dragged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import Signal

from desktop.core.figures.nasl import FEWEST_GAPS
from desktop.operations.insights import nasl as asking
from desktop.operations.insights.nasl import GapHistogram
from desktop.store.database import Database
from desktop.store.insights.repurchase import Chosen
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.i18n import number
from desktop.ui.insights.asking import FigureCard, beside
from desktop.ui.insights.charts.histogram import Bar, Histogram, Mark
from desktop.ui.insights.overview.nasl_card import ask_cycle
from desktop.ui.insights.words import days
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import muted

MOST_BARS = 48
SHOWN_SHARE = 0.98
"""The longest gaps are drawn as one last bar: a few of a thousand days would press the others into a corner."""


@dataclass(frozen=True)
class _Answer:
    found: GapHistogram
    own: Chosen
    items: tuple[tuple[str, int], ...]


class CycleCard(FigureCard):
    """See the module; ``kept`` says that the cycle or the boundary is another one now."""

    kept = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("insights_page.cycle"), t("insights_page.cycle_formula"))
        self.answer: _Answer | None = None
        self.item = Select(t("insights_page.cycle_of"), [(None, t("insights_page.all_items"))])
        self.item.chosen.connect(lambda _: self.read())
        self.header.addWidget(self.item)
        self.told = muted("", wrap=True)
        self.body.addWidget(self.told)
        self.chart = Histogram(t("insights_page.cycle"))
        self.chart.setMinimumHeight(theme.px(180))
        self.chart.moved.connect(lambda at: self.told.setText(t("insights_page.window_moving", n=at)))
        self.chart.dropped.connect(self.keep_window)
        self.body.addWidget(self.chart, 1)
        self.own = link_button(t("insights_page.set_cycle"), lambda: ask_cycle(self, desk, self.kept.emit))
        self.back = link_button(t("insights_page.own_cycle_back"), lambda: self.keep_window(None))
        self.body.addLayout(beside(self.own, self.back, None))

    def read(self) -> None:
        """Read the gaps."""
        item = self.item.value()

        def work(db: Database) -> _Answer:
            return _Answer(asking.gap_histogram(db, item), asking.own_cycle(db), asking.items_bought(db))

        self.ask(work, self.show_gaps, "cycle")

    def show_gaps(self, answer: _Answer) -> None:
        """Show what was read."""
        self.answer = answer
        found = answer.found
        self.item.set_choices(
            [
                (None, t("insights_page.all_items")),
                *((item, t("insights_page.item_orders", item=item, n=n)) for item, n in answer.items),
            ]
        )
        bars = bars_of(found.histogram, found.window_days)
        marks = []
        if found.median is not None and found.enough:
            marks.append(Mark(found.median, t("insights_page.median", days=days(found.median))))
        if found.window_days is not None:
            draggable = found.item is None
            words = t("insights_page.window", days=days(found.window_days))
            marks.append(Mark(found.window_days, words, draggable))
        self.chart.show_bars(bars, marks)
        self.chart.setVisible(bool(bars))
        own = answer.own != Chosen()
        self.back.setVisible(own)
        self.told.setText(self._words(found, own))

    def keep_window(self, window: int | None) -> None:
        """Keep the owner's boundary; None: as the orders say."""
        self.desk.jobs.write(
            lambda db, _ctx: asking.set_cycle(db, window_days=window),
            owner=self,
            then=lambda _: self.kept.emit(),
        )

    def _words(self, found: GapHistogram, own: bool) -> str:
        if not found.gaps:
            return t("insights_page.no_gaps")
        told = "insights_page.cycle_own" if own else "insights_page.cycle_told"
        return t(
            told if found.enough else "insights_page.cycle_few",
            n=found.gaps,
            cycle=days(found.median),
            window=days(found.window_days),
            needed=FEWEST_GAPS,
        )


def bars_of(histogram: Mapping[int, int], window: float | None) -> list[Bar]:
    """Gaps as at most MOST_BARS bars of equal width; what is longer than nearly all others stands in the last."""
    if not histogram:
        return []
    total, seen, last = sum(histogram.values()), 0, 1
    for gap in sorted(histogram):
        seen += histogram[gap]
        last = gap
        if seen >= total * SHOWN_SHARE:
            break
    last = max(last, ceil((window or 0) * 1.25))
    width = max(1, ceil((last + 1) / MOST_BARS))
    count = ceil((last + 1) / width)
    sums = [0] * count
    for gap, often in histogram.items():
        sums[min(gap // width, count - 1)] += often
    bars = []
    for at, often in enumerate(sums):
        low, high = at * width, (at + 1) * width
        open_end = at == count - 1 and max(histogram) >= high
        closed = "insights_page.bar" if width > 1 else "insights_page.bar_day"
        words = t(
            "insights_page.bar_open" if open_end else closed, low=number(low), high=number(high - 1), n=often
        )
        bars.append(Bar(low, high, often, words))
    return bars
