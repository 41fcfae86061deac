"""The calendar's tab: the month or week with what it costs, and beside it the chosen entry or what is ahead."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.planning.operating.calendar import Entry, State
from desktop.core.planning.operating.seasons import Season
from desktop.operations.planning.operating import entries
from desktop.operations.planning.plans import SavedPlan
from desktop.store.database import Database
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.operating_plan.acts import Acts, deleted
from desktop.ui.operating_plan.calendar.bar import CalendarBar
from desktop.ui.operating_plan.calendar.grid import CalendarGrid
from desktop.ui.operating_plan.calendar.keeping import Keeping
from desktop.ui.operating_plan.calendar.reading import Looked, Read, read_calendar, read_entry
from desktop.ui.operating_plan.calendar.side import CalendarSide
from desktop.ui.widgets.card import Card

SUNDAY, MONDAY = 6, 0
NARROW = 700
"""Below this width the form stands in the place of the days."""


class CalendarTab(QWidget):
    """See the module.

    Args:
        desk: what the page may use.
        acts: how the plan is changed.
    """

    def __init__(self, desk: Desk, acts: Acts) -> None:
        super().__init__()
        self._desk, self._acts = desk, acts
        self.day = datetime.date.today()
        self.today = self.day
        self.found: Read | None = None
        self._keeping = Keeping(acts, self._created)
        self._narrow = self._side_wanted = False
        self.grid, self.side = CalendarGrid(), CalendarSide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        self.card = card = Card(flush=True)
        card.setAccessibleName(t("operating_page.calendar"))
        card.body.setSpacing(0)
        self.bar = CalendarBar()
        self.view = self.bar.view
        card.body.addWidget(self.bar)
        card.body.addWidget(self.grid, 1)
        row.addWidget(card, 1)
        row.addWidget(self.side)
        self._connect()

    def _connect(self) -> None:
        grid, side, form = self.grid, self.side, self.side.form
        grid.chosen.connect(self.open_entry)
        grid.day_chosen.connect(self._pick_day)
        grid.new_asked.connect(self.new_entry)
        grid.moved.connect(partial(self._put, entries.move))
        grid.ended.connect(partial(self._put, entries.end))
        grid.deleted.connect(self._delete)
        grid.done_asked.connect(self._mark_done)
        grid.turned.connect(self.turn)
        self.bar.turned.connect(self.turn)
        self.bar.today_asked.connect(self.go_today)
        self.bar.view_chosen.connect(self.read)
        self.bar.ahead_asked.connect(partial(self._show_side, ahead=True))
        self.bar.copy_asked.connect(self._copy_year)
        form.edited.connect(self._keeping.keep)
        form.audience_asked.connect(self._go_audience)
        form.plan_asked.connect(lambda kind, plan: self._desk.go(kind, **({"plan": plan} if plan else {})))
        side.seasons.planned.connect(self.plan_season)
        side.seasons.countries_chosen.connect(self._choose_countries)
        side.leave.clicked.connect(self.close_entry)
        side.leave_ahead.clicked.connect(self._ahead)
        side.done.clicked.connect(lambda: self._with_entry(self._mark_done))
        side.copy.clicked.connect(lambda: self._with_entry(self._copy))
        side.delete.clicked.connect(lambda: self._with_entry(self._delete))

    @property
    def entry_id(self) -> int | None:
        """The entry in the form."""
        return self._keeping.entry_id

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._narrow = self.width() < theme.px(NARROW)
        self.bar.narrow = self._narrow
        self._show_side()

    def _show_side(self, *, ahead: bool = False) -> None:
        """Beside the days, or in their place where there is no room for both."""
        self._side_wanted = ahead or (self._side_wanted and not self.side.shows_entry)
        shown = self.side.shows_entry or self._side_wanted
        self.side.leave_ahead.setVisible(self._narrow)
        self.side.set_wide(self._narrow)
        self.card.setVisible(not self._narrow or not shown)
        self.side.setVisible(not self._narrow or shown)

    def _side_for(self, *, kept: bool) -> None:
        self.side.show_form(kept=kept)
        self._show_side()

    def _ahead(self) -> None:
        self.side.show_ahead()
        self._side_wanted = False
        self._show_side()

    def read(self) -> None:
        """Read what is shown again."""
        first = SUNDAY if _sunday_first() else MONDAY
        day, view = self.day, str(self.view.value())
        self._desk.jobs.read(
            lambda db: read_calendar(db, day, view, first),
            owner=self,
            then=self._show,
            latest="operating_plan.calendar",
        )
        self._read_entry()

    def _show(self, found: Read) -> None:
        self.found, self.today = found, found.page.today
        grid = found.page.grid
        self.bar.show_month(self.day, grid.year, grid.month, found.page.total)
        self.grid.show_page(found.page)
        self.side.seasons.show_seasons(found.offered.seasons, found.offered.countries, self.today)
        self.side.form.offer(found.offered)
        self.side.form.whom.set_value(
            "all" if self.side.form.entry.everybody else self.side.form.entry.audience_id
        )
        self.side.form.plan.set_value(self.side.form.entry.plan_id)

    def turn(self, by: int) -> None:
        """The next or last month or week."""
        if self.view.value() == "week":
            self.day += datetime.timedelta(days=7 * by)
        else:
            months = self.day.year * 12 + self.day.month - 1 + by
            self.day = datetime.date(months // 12, months % 12 + 1, 1)
            inside = (self.grid.day.year, self.grid.day.month) == (self.day.year, self.day.month)
            if inside:
                self.day = self.grid.day
        self.grid.choose(self.day)
        self.read()

    def go_today(self) -> None:
        """The page with today."""
        self.day = self.today
        self.grid.choose(self.today)
        self.read()
        self.grid.setFocus()

    def open_entry(self, entry_id: int) -> None:
        """Show an entry in the form."""
        if entry_id != self.entry_id:
            self.side.form.autosave.flush()
            self._keeping.begin(entry_id)
        self._read_entry()

    def close_entry(self) -> None:
        """Leave the form."""
        self.side.form.autosave.flush()
        self._keeping.begin(None)
        self.grid.choose(self.grid.day)
        self._ahead()

    def new_entry(self, day: datetime.date | None = None) -> None:
        """Begin an entry; it is kept once it has a title."""
        self.side.form.autosave.flush()
        self._keeping.begin(None)
        if day is not None:
            self.grid.choose(day)
        self._show_draft(Entry("", day or max(self.grid.day, self.today), remind_after=None))
        self.side.form.title.setFocus()

    def _show_draft(self, entry: Entry) -> None:
        self.side.form.show_entry(None, entry, self.today)
        self._side_for(kept=False)

    def plan_season(self, season: Season) -> None:
        """Put a season into the calendar, with its idea."""
        entry = entries.draft_for(season)
        self._acts.do(
            lambda db: entries.save(db, None, entry),
            message("operating_page.planned", title=entry.title),
            self._made,
        )

    def _made(self, saved: SavedPlan) -> None:
        self._keeping.begin(saved.plan.id)
        self.day = Entry.from_content(saved.plan.name, saved.plan.content).day
        self.grid.choose(self.day, self.entry_id)
        self.read()

    def _read_entry(self) -> None:
        number = self.entry_id
        if number is None:
            return
        self._desk.jobs.read(
            lambda db: _looked(db, number), owner=self, then=self._show_entry, latest="operating_plan.entry"
        )

    def _show_entry(self, looked: Looked | None) -> None:
        if looked is None:
            self._keeping.begin(None)
            self.side.form.autosave.drop()
            self._ahead()
            return
        if looked.now.id != self.entry_id:
            return
        self.side.form.show_entry(looked, looked.now.entry, self.today)
        self._side_for(kept=True)
        if self.grid.entry_id != self.entry_id:
            self.grid.choose(looked.now.entry.day, self.entry_id)
        if (
            self.found is not None
            and not self.found.page.grid.first <= looked.now.entry.day <= self.found.page.grid.last
        ):
            self.day = looked.now.entry.day
            self.read()

    def _pick_day(self, day: datetime.date) -> None:
        self.day = day
        if self.entry_id is not None or (self.side.shows_entry and not self.side.form.title.text().strip()):
            self.side.form.autosave.flush()
            self._keeping.begin(None)
            self._ahead()

    def _created(self, number: int) -> None:
        self._side_for(kept=True)
        self.grid.choose(self.grid.day, number)

    def _put(self, where: Callable[..., SavedPlan], entry_id: int, day: datetime.date) -> None:
        self.side.form.autosave.flush()
        self._acts.do(lambda db: where(db, entry_id, day))

    def _mark_done(self, entry_id: int) -> None:
        self.side.form.autosave.flush()
        done = message("operating_page.done_said")
        self._acts.do(lambda db: entries.mark(db, entry_id, State.DONE), done)

    def _copy(self, entry_id: int) -> None:
        self.side.form.autosave.flush()
        day = self.side.form.entry.day + datetime.timedelta(days=7)
        said = message("operating_page.copied", title=self.side.form.entry.title)
        self._acts.do(lambda db: entries.copy(db, entry_id, day), said, self._made)

    def _delete(self, entry_id: int) -> None:
        self.side.form.autosave.drop()
        self._acts.do(
            lambda db: deleted(db, entries.delete, entry_id),
            message("operating_page.deleted", title=self.grid.entry.entry.title if self.grid.entry else ""),
            lambda _: self.close_entry(),
        )

    def _with_entry(self, act: object) -> None:
        if self.entry_id is not None and callable(act):
            act(self.entry_id)

    def _go_audience(self, audience_id: int | None) -> None:
        self.side.form.autosave.flush()
        self._desk.go("audiences", **({"audience": audience_id} if audience_id else {}))

    def _choose_countries(self, names: tuple[str, ...]) -> None:
        self._acts.do(lambda db: entries.show_seasons_of(db, names), None, lambda _: self.read())

    def _copy_year(self, from_year: int, to_year: int, month: int | None) -> None:
        def copied(found: entries.Copied) -> None:
            if found.step is None:
                key = "operating_page.copied_none" if not found.already else "operating_page.copied_already"
                self._desk.notices.show(message(key, n=found.already), kind="info")

        self._acts.do(
            lambda db: entries.copy_year(db, from_year, to_year, month),
            message("operating_page.copied_year", year=str(from_year), to=str(to_year)),
            copied,
        )


def _looked(db: Database, entry_id: int) -> Looked | None:
    """The entry; None if it is gone."""
    try:
        return read_entry(db, entry_id)
    except UserError:
        return None


def _sunday_first() -> bool:
    return QLocale().firstDayOfWeek() == Qt.DayOfWeek.Sunday
