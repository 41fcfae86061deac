"""How far the shop reaches its people by LINE: of all in the list, those with a LINE UID, those who can be sent to; and apart
from them the friends LINE counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.core.people.condition import EVERYBODY
from desktop.operations.audiences import audience_editor
from desktop.store import people, shop
from desktop.store.database import Database
from desktop.store.people import PeopleCounts
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import big_number, muted
from desktop.ui.widgets.progress import ProgressBar


@dataclass(frozen=True)
class ShopReach:
    """What the card shows."""

    counts: PeopleCounts
    parts: dict[str, int]
    line_figures: dict[str, Any] | None

    @property
    def with_user_id(self) -> int:
        """People who have a LINE user ID."""
        return self.counts.people - self.parts["without_user_id"]


def read_reach(db: Database) -> ShopReach:
    """Read what the card shows."""
    parts = audience_editor.counts(db, EVERYBODY).parts
    return ShopReach(people.counts(db), parts, shop.get_json(db, "line_figures"))


class ReachCard(Card):
    """Three numbers with a bar, and what LINE counts."""

    def __init__(self) -> None:
        super().__init__(t("line_ids.reach"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(24))
        self.numbers = {}
        for at, name in enumerate(("people", "with_user_id", "reachable")):
            self.numbers[name] = big_number("—")
            grid.addWidget(_figure(t(f"line_ids.figure.{name}"), self.numbers[name]), 0, at)
            grid.setColumnStretch(at, 1)
        self.body.addLayout(grid)
        self.bar = ProgressBar(t("line_ids.reach"))
        self.body.addWidget(self.bar)
        self.told = muted("", wrap=True)
        self.body.addWidget(self.told)

    def show_reach(self, seen: ShopReach) -> None:
        """Show the numbers."""
        reachable = seen.parts["reachable"]
        for name, value in (
            ("people", seen.counts.people),
            ("with_user_id", seen.with_user_id),
            ("reachable", reachable),
        ):
            self.numbers[name].setText(i18n.number(value))
        self.bar.set(reachable, seen.counts.people or 1)
        figures = seen.line_figures or {}
        followers, blocks = figures.get("followers"), figures.get("blocks")
        if isinstance(followers, int) and isinstance(blocks, int):
            friends, day = followers - blocks, i18n.date(str(figures.get("date") or ""))
            share = i18n.percent(seen.counts.bound, friends)
            key = "line_ids.line_counts" if friends else "line_ids.line_counts_alone"
            words = t(key, n=friends, day=day, share=share)
        elif not seen.counts.shop_members:
            words = t("line_ids.without_anybody")
        else:
            share = i18n.percent(seen.counts.bound, seen.counts.shop_members)
            words = t("line_ids.without_line_counts", share=share)
        self.told.setText(words)


def _figure(label: str, number: QWidget) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(2))
    column.addWidget(muted(label))
    column.addWidget(number)
    return made
