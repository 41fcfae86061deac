"""The figures around an audience, beside its condition: whom it reaches, what a send comes to, what changed since the last
upload. They follow the condition and the audience given to :meth:`AudienceSide.show_for`."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.people.condition import EVERYBODY, Condition, with_part
from desktop.core.people.query_text import parse, to_text
from desktop.operations.audiences import audience_editor
from desktop.operations.audiences.audience_editor import PARTS, EditorCounts, LastUpload
from desktop.store.audiences import Audience
from desktop.ui import theme
from desktop.ui.audiences.figures.count_card import CountCard
from desktop.ui.audiences.figures.send_cards import CostCard, LastUploadCard
from desktop.ui.desk import Desk


class AudienceSide(QWidget):
    """``query_asked(text)``: open the people of this query; ``counted``: the count of the condition shown arrived (``counts``);
    ``upload_asked``: upload the list as it is now."""

    query_asked = Signal(str)
    counted = Signal()
    upload_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.condition: Condition = EVERYBODY
        self.audience: Audience | None = None
        self.counts: EditorCounts | None = None
        self.last: LastUpload | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        self.count_card = CountCard()
        self.count_card.opened.connect(self._open_part)
        self.count_card.ids_wanted.connect(lambda: self.desk.go("line_ids"))
        self.cost_card = CostCard()
        self.last_card = LastUploadCard()
        self.last_card.again.connect(self.upload_asked)
        self.last_card.shown.connect(self._show_last)
        for card in (self.count_card, self.cost_card, self.last_card):
            column.addWidget(card)
        column.addStretch(1)

    def show_for(self, condition: Condition, audience: Audience | None) -> None:
        """Show the figures of a condition.

        Args:
            condition: as it stands in the editor, saved or not.
            audience: the saved audience it belongs to; None: a new one.
        """
        if (audience.id if audience else None) != (self.audience.id if self.audience else None):
            self.counts = self.last = None
            self.count_card.show_waiting()
            self.last_card.show_upload(None)
        self.condition, self.audience = condition, audience
        self.read_again()

    def changed(self, changes: Changes) -> None:
        """Data changed: read again what may be another number now."""
        if changes.touches(Kind.PEOPLE, Kind.TAGS, Kind.ORDERS):
            self.read_again()
        elif changes.touches(Kind.OUTBOX, Kind.AUDIENCES):
            self._read_last()
        elif changes.touches(Kind.LINE):
            self._read_outlook()

    def read_again(self) -> None:
        """Read everything anew."""
        condition = self.condition
        self.desk.jobs.read(
            lambda db: audience_editor.counts(db, condition),
            owner=self,
            then=partial(self._show_counts, condition),
            latest="audiences.counts",
        )
        self._read_last()
        self._read_outlook()

    def _show_counts(self, condition: Condition, counts: EditorCounts) -> None:
        if condition == self.condition:
            self.counts = counts
            self.count_card.show_counts(counts)
            self.counted.emit()

    def _read_last(self) -> None:
        if self.audience is None:
            return
        audience_id, condition = self.audience.id, self.condition
        self.desk.jobs.read(
            lambda db: audience_editor.last_upload(db, audience_id, condition),
            owner=self,
            then=partial(self._take_last, audience_id),
            latest="audiences.last_upload",
        )

    def _take_last(self, audience_id: int, last: LastUpload | None) -> None:
        if self.audience is not None and audience_id == self.audience.id:
            self.last = last
            self.last_card.show_upload(last)

    def _read_outlook(self) -> None:
        condition = self.condition
        self.desk.jobs.read(
            lambda db: audience_editor.outlook(db, condition),
            owner=self,
            then=self.cost_card.show_outlook,
            latest="audiences.outlook",
        )

    def _show_last(self) -> None:
        if self.last is not None:
            self.desk.go("outbox", upload=self.last.job.id)

    def _open_part(self, part: str) -> None:
        self.query_asked.emit(to_text(with_part(self.condition, parse(PARTS[part]))))
