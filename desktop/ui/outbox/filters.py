"""What part of the uploads is shown: all, those on their way, those that want something of the owner, those that are done, and
what was sent to whom."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabBar

from desktop.text import t
from desktop.ui import i18n
from desktop.ui.outbox.rows.either import Row, needs_owner
from desktop.ui.outbox.seen import Seen
from desktop.ui.outbox.states import NOTHING, Beside

RUNNING_STATES = frozenset({"waiting", "sending", "unknown", "processing"})
DONE_STATES = frozenset({"ready", "done", "cancelled", "refused"})


class OutboxPart(StrEnum):
    """The parts, in the order of their tabs."""

    ALL = "all"
    RUNNING = "running"
    ATTENTION = "attention"
    DONE = "done"
    SENT = "sent"


def belongs(job: Row, part: OutboxPart, beside: Beside = NOTHING) -> bool:
    """Whether an upload or publication is shown in a part."""
    if part is OutboxPart.ALL:
        return True
    if part is OutboxPart.ATTENTION:
        return needs_owner(job, beside)
    if part is OutboxPart.RUNNING:
        return job.state in RUNNING_STATES and not needs_owner(job, beside)
    return part is OutboxPart.DONE and job.state in DONE_STATES


class OutboxTabs(QTabBar):
    """``chosen(part)``: another part was chosen."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(t("outbox_page.tabs"))
        self.setDrawBase(False)
        self.setExpanding(False)
        for part in OutboxPart:
            self.addTab(t(f"outbox_page.tab.{part}"))
        self.currentChanged.connect(lambda at: self.chosen.emit(list(OutboxPart)[at]))

    @property
    def part(self) -> OutboxPart:
        """The part shown."""
        return list(OutboxPart)[max(0, self.currentIndex())]

    def choose(self, part: OutboxPart) -> None:
        """Show a part."""
        self.setCurrentIndex(list(OutboxPart).index(part))

    def show_counts(self, seen: Seen, sent: int) -> None:
        """Write behind each name how many there are; none is not written.

        Args:
            seen: the uploads.
            sent: how many messages were sent.
        """
        for at, part in enumerate(OutboxPart):
            count = (
                sum(belongs(row, part, seen.of(row)) for row in seen.rows)
                if part is not OutboxPart.SENT
                else sent
            )
            name = t(f"outbox_page.tab.{part}")
            self.setTabText(at, f"{name}  {i18n.number(count)}" if count else name)
