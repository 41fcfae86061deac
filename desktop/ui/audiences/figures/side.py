"""The figures around an audience, beside its condition: whom it reaches, what a send comes to, what changed since the last
upload, how it grew, whether its user IDs are good, how it stands to another audience, what a hold-out shows. They follow the
condition and the audience given to :meth:`AudienceSide.show_for`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.people.condition import EVERYBODY, And, Condition, Not, simplified, with_part
from desktop.core.people.query_text import parse, to_text
from desktop.operations.audiences import comparing, costing, reaching
from desktop.operations.audiences.comparing import LastUpload
from desktop.operations.audiences.costing import Outlook
from desktop.operations.audiences.reaching import PARTS, EditorCounts
from desktop.store import audiences as saved_audiences
from desktop.store.audiences import Audience
from desktop.store.database import Database
from desktop.ui import theme
from desktop.ui.audiences.figures.cost_card import CostCard
from desktop.ui.audiences.figures.count_card import CountCard
from desktop.ui.audiences.figures.health_card import HealthCard
from desktop.ui.audiences.figures.hold_out_card import HoldOutCard
from desktop.ui.audiences.figures.last_card import GrowthCard, LastUploadCard
from desktop.ui.audiences.figures.overlap_card import OverlapCard
from desktop.ui.audiences.figures.side_lists import SideLists
from desktop.ui.desk import Desk

T = TypeVar("T")


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
        self.lists = SideLists(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        self.count_card, self.cost_card, self.last_card = CountCard(), CostCard(), LastUploadCard()
        self.growth_card, self.health_card = GrowthCard(), HealthCard()
        self.overlap_card, self.hold_out_card = OverlapCard(), HoldOutCard()
        for card in (
            self.count_card,
            self.cost_card,
            self.last_card,
            self.growth_card,
            self.health_card,
            self.overlap_card,
            self.hold_out_card,
        ):
            column.addWidget(card)
        column.addStretch(1)
        self._connect()

    def _connect(self) -> None:
        self.count_card.opened.connect(self._open_part)
        self.count_card.ids_wanted.connect(lambda: self.desk.go("line_ids"))
        self.cost_card.plans_wanted.connect(lambda: self.desk.go("settings", section="plans"))
        self.cost_card.lesson_wanted.connect(self.lists.show_lesson)
        self.last_card.again.connect(self.upload_asked)
        self.last_card.shown.connect(self._show_last)
        self.last_card.names_wanted.connect(self.lists.show_moved)
        self.health_card.list_wanted.connect(self.lists.show_malformed)
        self.health_card.check_wanted.connect(lambda: self.desk.go("line_ids"))
        self.overlap_card.chosen.connect(lambda _: self._read_overlap())
        self.overlap_card.opened.connect(self._open_overlap)
        self.hold_out_card.chosen.connect(self._hold_out)

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
            self.growth_card.show_days(())
            self.hold_out_card.show_result(None)
        self.condition, self.audience = condition, audience
        self.hold_out_card.show_audience(audience)
        self.read_again()

    def show_unknown(self) -> None:
        """The condition cannot be counted: no figure of another one stays."""
        self.counts = self.last = None
        self.count_card.show_waiting()
        self.last_card.show_upload(None)
        for card in (self.cost_card, self.health_card):
            card.hide()

    def changed(self, changes: Changes) -> None:
        """Data changed: read again what may be another number now."""
        if changes.touches(Kind.PEOPLE, Kind.TAGS, Kind.ORDERS):
            self.read_again()
        elif changes.touches(Kind.OUTBOX, Kind.AUDIENCES):
            self._read_audience()
        elif changes.touches(Kind.LINE, Kind.SHOP, Kind.ACCOUNT):
            self._read_outlook()
            self._read_health()

    def read_again(self) -> None:
        """Read everything anew, what is at the top first."""
        condition = self.condition
        self._read("counts", lambda db: reaching.counts(db, condition), self._show_counts)
        self._read_outlook()
        self._read_last()
        self._read_health()
        self._read_overlap()

    def _read(self, name: str, work: Callable[[Database], T], then: Callable[[T], None]) -> None:
        """Read something of the condition and the audience shown; what comes late, of others, is dropped."""
        condition, audience = self.condition, self.audience

        def take(found: T) -> None:
            if (condition, audience) == (self.condition, self.audience):
                then(found)

        self.desk.jobs.read(work, owner=self, then=take, latest=f"audience_side.{name}")

    def _show_counts(self, counts: EditorCounts) -> None:
        self.counts = counts
        self.count_card.show_counts(counts)
        self.counted.emit()
        self._note(counts)

    def _note(self, counts: EditorCounts) -> None:
        """An audience looked at as it is saved leaves its size of today."""
        audience = self.audience
        if audience is None or to_text(self.condition) != audience.query:
            return
        size = (counts.people, counts.parts["reachable"])
        known, jobs = audience.id, self.desk.jobs

        def write(needed: bool) -> None:
            if needed:
                jobs.write(
                    lambda db, _: comparing.note_today(db, {known: size}),
                    owner=self,
                    then=lambda _: self._read_growth(),
                )
            else:
                self._read_growth()

        self._read("note", lambda db: comparing.needs_note(db, known, *size), write)

    def _read_audience(self) -> None:
        """The audience itself, or its uploads, may be others now."""
        self._read_last()
        self._read_growth()
        self._read_overlap()
        if self.audience is not None:
            known = self.audience.id
            self._read("audience", lambda db: saved_audiences.by_id(db, known), self._take_audience)

    def _take_audience(self, audience: Audience | None) -> None:
        if audience is not None and audience != self.audience:
            self.audience = audience
            self.hold_out_card.show_audience(audience)
            self._read_outlook()
            self._read_last()

    def _read_last(self) -> None:
        if self.audience is None:
            return
        known, condition = self.audience.id, self.condition
        self._read("last", lambda db: comparing.last_upload(db, known, condition), self._take_last)
        self._read(
            "hold_out", lambda db: comparing.hold_out_result(db, known), self.hold_out_card.show_result
        )

    def _take_last(self, last: LastUpload | None) -> None:
        self.last = last
        self.last_card.show_upload(last)

    def _read_growth(self) -> None:
        if self.audience is not None:
            known = self.audience.id
            self._read("growth", lambda db: comparing.growth(db, known), self.growth_card.show_days)

    def _read_outlook(self) -> None:
        condition, known = self.condition, self.audience.id if self.audience else None
        self._read("outlook", lambda db: costing.outlook(db, condition, known), self._show_outlook)

    def _show_outlook(self, seen: Outlook) -> None:
        self.cost_card.show_outlook(seen)
        self.cost_card.show()

    def _read_health(self) -> None:
        condition = self.condition
        self._read("health", lambda db: reaching.id_state(db, condition), self.health_card.show_health)

    def _read_overlap(self) -> None:
        own = self.audience.id if self.audience else None
        self._read(
            "others",
            saved_audiences.all_audiences,
            lambda found: self.overlap_card.show_audiences(found, own),
        )
        other, condition = self.overlap_card.other_id, self.condition
        if other is not None:
            self._read(
                "overlap",
                lambda db: comparing.overlap_with(db, condition, other),
                self.overlap_card.show_overlap,
            )

    def _hold_out(self, percent: int) -> None:
        if self.audience is not None:
            known = self.audience.id
            self.desk.jobs.write(lambda db, _: comparing.set_hold_out(db, known, percent), owner=self)

    def _show_last(self) -> None:
        if self.last is not None:
            self.desk.go("outbox", upload=self.last.job.id)

    def _open_part(self, part: str) -> None:
        self.query_asked.emit(to_text(with_part(self.condition, parse(PARTS[part]))))

    def _open_overlap(self, which: str) -> None:
        other_id = self.overlap_card.other_id
        other = saved_audiences.by_id(self.desk.jobs.page_reader, other_id) if other_id is not None else None
        if other is None:
            return
        one, second = self.condition, parse(other.query, extra_columns=None)
        asked: dict[str, Condition] = {
            "both": And((one, second)),
            "both_reachable": And((one, second, parse(PARTS["reachable"]))),
            "only_one": And((one, Not(second))),
            "only_other": And((second, Not(one))),
        }
        self.query_asked.emit(to_text(simplified(asked[which])))
