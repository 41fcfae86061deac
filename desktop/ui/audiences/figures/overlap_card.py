"""This audience beside another: how many people both hold, and who; asked for with a picker."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from desktop.store.audience_history.overlap import Overlap
from desktop.store.audiences import Audience
from desktop.text import t
from desktop.ui import theme
from desktop.ui.audiences.figures.count_card import CountRow
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import muted

ROWS = ("both", "both_reachable", "only_one", "only_other")


class OverlapCard(Card):
    """``chosen(audience_id)``: compare with this one; ``opened(row)``: show the people of one of ROWS."""

    chosen = Signal(int)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__(t("audience_figures.overlap"))
        self.picker = Select(t("audience_figures.overlap_with"))
        self.picker.chosen.connect(self._choose)
        self.body.addWidget(self.picker)
        self.rows: dict[str, CountRow] = {}
        for name in ROWS:
            row = CountRow(indented=name == "both_reachable")
            row.clicked.connect(lambda _=False, which=name: self.opened.emit(which))
            row.hide()
            self.rows[name] = row
            self.body.addWidget(row)
        self.same = muted(t("audience_figures.overlap_none"), wrap=True)
        self.same.hide()
        self.body.addWidget(self.same)
        self.body.setSpacing(theme.px(4))
        self.hide()

    @property
    def other_id(self) -> int | None:
        """The audience chosen."""
        value = self.picker.value()
        return value if isinstance(value, int) and value > 0 else None

    def show_audiences(self, audiences: Sequence[Audience], apart_from: int | None) -> None:
        """Offer these, but the one that is shown."""
        others = [one for one in audiences if one.id != apart_from]
        self.setVisible(bool(others))
        self.picker.set_choices(
            [(0, t("audience_figures.overlap_choose")), *((one.id, one.name) for one in others)]
        )
        if self.other_id is None:
            self.show_overlap(None)

    def show_overlap(self, found: Overlap | None) -> None:
        """Show the numbers; None hides them."""
        for row in self.rows.values():
            row.setVisible(found is not None)
        self.same.setVisible(found is not None and not found.both)
        if found is None:
            return
        numbers = {
            "both": found.both,
            "both_reachable": found.both_reachable,
            "only_one": found.one - found.both,
            "only_other": found.other - found.both,
        }
        for name, row in self.rows.items():
            row.set(
                t(f"audience_figures.overlap.{name}"),
                numbers[name],
                "accent_text" if name == "both" else "ink",
            )

    def _choose(self, value: object) -> None:
        if isinstance(value, int) and value > 0:
            self.chosen.emit(value)
        else:
            self.show_overlap(None)
