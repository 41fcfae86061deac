"""How full LINE is: an account's channel holds at most 1,000 audiences."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.operations.line.audiences_at_line import Listing
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.widgets.labels import muted, set_kind
from desktop.ui.widgets.progress import ProgressBar

NEARLY_FULL = 0.9


class Gauge(QWidget):
    """A bar with its numbers, and when LINE was asked."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(10))
        self.bar = ProgressBar(t("line_audiences.gauge"))
        self.bar.setFixedWidth(theme.px(160))
        self.text = muted()
        self.when = muted()
        row.addWidget(self.bar)
        row.addWidget(self.text)
        row.addStretch(1)
        row.addWidget(self.when)

    def show_listing(self, listing: Listing) -> None:
        """Show a listing's numbers."""
        full = listing.ours >= listing.limit * NEARLY_FULL
        kind = "error" if not listing.room else "warning" if full else "accent"
        self.bar.set(listing.ours, listing.limit, kind)
        self.text.setText(t("line_audiences.room", used=listing.ours, limit=listing.limit))
        set_kind(self.text, "error" if not listing.room else "warning" if full else "muted")
        when = i18n.moment(listing.at) if listing.at else ""
        self.when.setText(
            t("line_audiences.asked_at", when=when) if when else t("line_audiences.never_asked")
        )
