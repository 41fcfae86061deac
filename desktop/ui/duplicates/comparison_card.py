"""The card in which two members stand beside each other, with the three things one can say about them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop.operations.people.merging import Comparison, MergeChoice
from desktop.text import t
from desktop.ui import theme
from desktop.ui.duplicates.comparison_table import ComparisonTable
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import muted, warning_text


class ComparisonCard(Card):
    """See the module. ``merge_asked``, ``apart_asked``, ``later_asked``: one of the three was said."""

    merge_asked = Signal()
    apart_asked = Signal()
    later_asked = Signal()

    def __init__(self) -> None:
        super().__init__(t("duplicates.compare"))
        self.comparison: Comparison | None = None
        self.swap_button = button(t("duplicates.swap"), self.swap, icon="refresh")
        self.header.addWidget(self.swap_button)
        self.table = ComparisonTable()
        self.table.submitted.connect(self.merge_asked)
        self.lost = warning_text()
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.lost)
        self.body.addWidget(muted(t("duplicates.hint"), wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        self.later = button(t("duplicates.later"), self.later_asked.emit, icon="clock")
        self.apart = button(t("duplicates.apart"), self.apart_asked.emit, icon="link-break")
        self.merge = primary_button(t("duplicates.merge"), self.merge_asked.emit, icon="link")
        row.addWidget(self.later)
        row.addStretch(1)
        row.addWidget(self.apart)
        row.addWidget(self.merge)
        self.body.addLayout(row)
        self.show_people(None)

    @property
    def choice(self) -> MergeChoice | None:
        """How the two shown would be merged."""
        if self.comparison is None:
            return None
        keep, gone = self.comparison.keep, self.comparison.gone
        return MergeChoice(keep.id, gone.id, frozenset(self.table.compared.take))

    def show_people(self, comparison: Comparison | None) -> None:
        """Show two members, or nobody."""
        self.comparison = comparison
        self.table.show_people(comparison)
        for part in (self.swap_button, self.later, self.apart, self.merge):
            part.setEnabled(comparison is not None)
        lost = comparison.lost_tags() if comparison is not None else 0
        self.lost.setText(t("duplicates.lost_tags", n=lost) if lost else "")
        self.lost.setVisible(lost > 0)

    def swap(self) -> None:
        """The other one stays."""
        if self.comparison is not None:
            self.show_people(self.comparison.swapped())
