"""The days of a month or week with what is planned on them: painted, so that a year's plans cost nothing. Entries are dragged to
another day with the mouse or carried with the keyboard; a double press on a day begins a new one there."""

from __future__ import annotations

import datetime
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from desktop.operations.planning.operating.months import CalendarNow, EntryNow
from desktop.text import t
from desktop.ui import theme
from desktop.ui.operating_plan.calendar import painting
from desktop.ui.operating_plan.calendar.keys import CARRY, LASTS, STEPS, Carried
from desktop.ui.operating_plan.words import full_day

DAY = datetime.timedelta(days=1)
EDGE = 7
"""Pixels at the end of an entry by which its last day is dragged."""


class CalendarGrid(QWidget):
    """See the module. ``chosen(entry id)``; ``day_chosen(day)``; ``new_asked(day)``; ``moved(entry id, day)``;
    ``ended(entry id, last day)``; ``deleted(entry id)``; ``done_asked(entry id)``; ``turned(±1)``: the next or last month is
    asked for."""

    chosen = Signal(int)
    day_chosen = Signal(object)
    new_asked = Signal(object)
    moved = Signal(int, object)
    ended = Signal(int, object)
    deleted = Signal(int)
    done_asked = Signal(int)
    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.page: CalendarNow | None = None
        self.day = datetime.date.today()
        self.entry_id: int | None = None
        self._pressed: tuple[QPoint, int, bool] | None = None
        self.dragged: Carried | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._tell()

    def minimumSizeHint(self) -> QSize:
        weeks = len(self.page.grid.weeks) if self.page else 5
        return QSize(theme.px(7 * 52), painting.head_height() + weeks * theme.px(46))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(7 * 96), theme.px(440))

    def show_page(self, page: CalendarNow) -> None:
        """Show a month or week."""
        self.page = page
        if not page.grid.first <= self.day <= page.grid.last:
            inside = page.grid.first <= page.today <= page.grid.last and page.today.month == page.grid.month
            first = datetime.date(page.grid.year, page.grid.month, 1)
            self.day = page.today if inside else max(first, page.grid.first)
        if self.entry_id is not None and not any(one.id == self.entry_id for one in page.entries):
            self.entry_id = None
        self.dragged = None
        self.updateGeometry()
        self._tell()

    def choose(self, day: datetime.date, entry_id: int | None = None) -> None:
        """Put the mark on a day, or on an entry of it, without saying so."""
        self.day, self.entry_id = day, entry_id
        self._tell()

    @property
    def entry(self) -> EntryNow | None:
        """The entry the mark is on."""
        return (
            next((one for one in self.page.entries if one.id == self.entry_id), None) if self.page else None
        )

    def day_at(self, at: QPoint) -> datetime.date | None:
        """The day at a point of the grid."""
        if self.page is None:
            return None
        return painting.day_at(self.page, self.rect(), at)

    def entry_at(self, at: QPoint) -> EntryNow | None:
        """The entry at a point of the grid."""
        if self.page is None:
            return None
        return next((box.entry for box in self.boxes() if box.rect.contains(at)), None)

    def boxes(self) -> list[painting.Box]:
        """Where each entry is painted; one whose end is being dragged as it would last."""
        if self.page is None:
            return []
        page, carried = self.page, self.dragged
        if carried is not None and carried.by_end:
            shown = (
                replace(one, entry=one.entry.ending(carried.over)) if one.id == carried.entry_id else one
                for one in page.entries
            )
            page = replace(page, entries=tuple(shown))
        return painting.boxes(page, self.rect(), self.fontMetrics())

    def end_at(self, at: QPoint) -> EntryNow | None:
        """The entry whose last day ends at a point; where days are too low for bars there is none."""
        if self.page is None or painting.is_low(self.cell(self.page.grid.first), self.fontMetrics()):
            return None
        for box in self.boxes():
            edge = box.rect.adjusted(max(0, box.rect.width() - theme.px(EDGE)), 0, 0, 0)
            if box.entry is not None and edge.contains(at) and self.day_at(at) == box.entry.entry.last:
                return box.entry
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.page is None:
            return
        painter = QPainter(self)
        painting.paint(painter, self, self.boxes())
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        day = self.day_at(at)
        if event.button() != Qt.MouseButton.LeftButton or day is None:
            return
        found = self.entry_at(at)
        self.choose(day, found.id if found else None)
        if found is not None:
            self._pressed = (at, found.id, self.end_at(at) is not None)
            self.chosen.emit(found.id)
        else:
            self.day_chosen.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is None:
            over = Qt.CursorShape.OpenHandCursor if self.entry_at(at) else Qt.CursorShape.ArrowCursor
            self.setCursor(Qt.CursorShape.SizeHorCursor if self.end_at(at) else over)
            return
        far = (at - self._pressed[0]).manhattanLength() >= QApplication.startDragDistance()
        if self.dragged is None and not far:
            return
        grabbed = self.day_at(self._pressed[0]) or self.day
        _, entry_id, by_end = self._pressed
        self.dragged = Carried(entry_id, grabbed, self.day_at(at) or grabbed, at, by_end)
        self.setCursor(Qt.CursorShape.SizeHorCursor if by_end else Qt.CursorShape.ClosedHandCursor)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        carried, self._pressed, self.dragged = self.dragged, None, None
        self.unsetCursor()
        if carried is not None and carried.by_end:
            self._end(carried.entry_id, carried.over)
        elif carried is not None and carried.shift:
            self._move(carried.entry_id, carried.shift)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        day = self.day_at(at)
        if day is not None and self.entry_at(at) is None:
            self.new_asked.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self.dragged is not None:
            self._pressed = self.dragged = None
            self.update()
        elif key in STEPS and event.modifiers() & CARRY:
            if self.entry is not None:
                self._move(self.entry.id, STEPS[key])
        elif key in STEPS:
            self._step(STEPS[key])
        elif key in LASTS and self.entry is not None:
            self._end(self.entry.id, self.entry.entry.last + LASTS[key] * DAY)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Space:
            self._next_entry()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.entry is not None:
            self.deleted.emit(self.entry.id)
        elif key == Qt.Key.Key_D and self.entry is not None:
            self.done_asked.emit(self.entry.id)
        elif key == Qt.Key.Key_N:
            self.new_asked.emit(self.day)
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def _enter(self) -> None:
        if self.entry is not None:
            self.chosen.emit(self.entry.id)
        else:
            self.new_asked.emit(self.day)

    def _next_entry(self) -> None:
        """Space goes through the entries of a day."""
        here = [one.id for one in self.page.on(self.day)] if self.page else []
        if not here:
            return
        at = here.index(self.entry_id) + 1 if self.entry_id in here else 0
        self.entry_id = here[at % len(here)]
        self._tell()
        self.chosen.emit(self.entry_id)

    def _step(self, days: int) -> None:
        self.choose(self.day + days * DAY)
        if self.page is not None and not self.page.grid.first <= self.day <= self.page.grid.last:
            self.turned.emit(1 if days > 0 else -1)
        else:
            self.day_chosen.emit(self.day)

    def _move(self, entry_id: int, days: int) -> None:
        found = next((one for one in self.page.entries if one.id == entry_id), None) if self.page else None
        if found is not None:
            day = found.entry.day + days * DAY
            self.choose(day, entry_id)
            self.moved.emit(entry_id, day)

    def _end(self, entry_id: int, day: datetime.date) -> None:
        found = next((one for one in self.page.entries if one.id == entry_id), None) if self.page else None
        if found is not None and found.entry.ending(day).last != found.entry.last:
            self.ended.emit(entry_id, day)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self.page is not None:
            day = self.day_at(event.pos())
            words = painting.tip(self.page, self.entry_at(event.pos()), day) if day else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def cell(self, day: datetime.date) -> QRect:
        """Where a day is painted."""
        return painting.cell(self.page, self.rect(), day) if self.page else QRect()

    def _tell(self) -> None:
        """What a screen reader says: the day and what is on it."""
        name = t("operating_page.calendar")
        if self.page is not None:
            here = [one.entry.title for one in self.page.on(self.day)]
            day = full_day(self.day, self.page.today)
            chosen = self.entry
            said = chosen.entry.title if chosen else t("operating_page.day_entries", n=len(here), titles=here)
            name = t("operating_page.day_said", calendar=name, day=day, said=said)
        self.setAccessibleName(name)
        self.setAccessibleDescription(t("operating_page.calendar_keys"))
        self.update()
