"""How far the shop reaches its people by LINE: of all in the list, those with a LINE UID, those who can be sent to; and apart
from them the friends LINE counts."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.line_ids.shop_ids import ShopIds
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import big_number, muted
from desktop.ui.widgets.progress import ProgressBar


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

    def show_ids(self, seen: ShopIds) -> None:
        """Show the numbers."""
        reachable = seen.parts["reachable"]
        for name, value in (
            ("people", seen.counts.people),
            ("with_user_id", seen.with_user_id),
            ("reachable", reachable),
        ):
            self.numbers[name].setText(i18n.number(value))
        self.bar.set(reachable, seen.counts.people or 1)
        friends = seen.friends_at_line
        if friends is not None:
            day = i18n.date(str((seen.line_figures or {}).get("date") or ""))
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
