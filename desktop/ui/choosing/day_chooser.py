"""A calendar laid under a field for a date. Typing stays what it is: its picture or Down in the field opens the calendar, which
writes the day that is taken. Like the list of :mod:`chooser` it is a child of the page and no popup window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QEvent, QLocale, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.text import t
from desktop.ui import icons, theme
from desktop.ui.choosing.month_grid import MonthGrid, by_months
from desktop.ui.page import page_of
from desktop.ui.widgets.buttons import icon_button, link_button
from desktop.ui.widgets.fields import TextField
from desktop.ui.widgets.labels import text_label

ReadDay = Callable[[str], dt.date | None]


class DayChooser(QFrame):
    """The calendar.

    Args:
        over: the page it is laid over.
        name: what the day is for.
        day: the day marked at first.
        today: today in the shop.
        pick: called with the day taken.
    """

    def __init__(
        self, over: QWidget, name: str, day: dt.date, today: dt.date, pick: Callable[[dt.date], object]
    ) -> None:
        super().__init__(over)
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(name)
        self._over = over
        self._pick = pick
        self._back_to: QWidget | None = None
        self._left = False
        self.grid = MonthGrid(day, today)
        self.month = text_label(wrap=False)
        self.month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.before = icon_button("caret-left", t("days.month_before"), lambda: self._turn(-1))
        self.after = icon_button("caret-right", t("days.month_after"), lambda: self._turn(1))
        self.today = link_button(t("days.today"), lambda: self._take(today))
        self._lay_out()
        self.grid.moved.connect(self._show_month)
        self.grid.taken.connect(self._take)
        self._show_month(day)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        edge = theme.px(8)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.px(4))
        head = QHBoxLayout()
        head.addWidget(self.before)
        head.addWidget(self.month, 1)
        head.addWidget(self.after)
        column.addLayout(head)
        column.addWidget(self.grid)
        column.addWidget(self.today, 0, Qt.AlignmentFlag.AlignHCenter)

    def open_at(self, anchor: QWidget, back_to: QWidget) -> None:
        """Show it under ``anchor``; when it is left by Escape or a day taken, ``back_to`` gets the focus."""
        self._back_to = back_to
        self.adjustSize()
        self.move(self._place(anchor))
        anchor.installEventFilter(self)
        self.window().installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        self.show()
        self.raise_()
        self.grid.setFocus()

    def _place(self, anchor: QWidget) -> QPoint:
        """Below the field, else above it, else beside it, so that what is being set can be seen."""
        gap, edge = theme.px(2), theme.px(8)
        low, wide = self._over.height() - self.height(), self._over.width() - self.width() - edge
        corner = anchor.mapTo(self._over, QPoint(0, 0))
        below, above = corner.y() + anchor.height() + gap, corner.y() - self.height() - gap
        x = max(0, min(corner.x(), wide))
        if below <= low or above >= 0:
            return QPoint(x, below if below <= low else above)
        right, left = corner.x() + anchor.width() + gap, corner.x() - self.width() - gap
        beside = right if right <= wide else left if left >= 0 else x
        return QPoint(beside, max(0, low))

    @property
    def is_closed(self) -> bool:
        """Whether it was left."""
        return self._left

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self._close()
        elif isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            if not self.rect().contains(self.mapFromGlobal(event.globalPosition().toPoint())):
                self._close()
        return False

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now is not self and not self.isAncestorOf(now):
            self._close()

    def _show_month(self, day: dt.date) -> None:
        name = QLocale().standaloneMonthName(day.month, QLocale.FormatType.ShortFormat)
        self.month.setText(t("days.month", year=str(day.year), month=name))

    def _turn(self, months: int) -> None:
        self.grid.mark(by_months(self.grid.day, months))

    def _take(self, day: dt.date) -> None:
        self._leave()
        self._pick(day)

    def _leave(self) -> None:
        back_to = self._back_to
        self._close()
        if back_to is not None:
            back_to.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        if not self._left:
            self._left = True
            QApplication.instance().focusChanged.disconnect(self._focus_moved)  # type: ignore[union-attr]
            self.close()


class Calendar(QObject):
    """Gives a field for a date its calendar: by the picture at its end, or by Down in the field.

    Args:
        field: it is given the day as YYYY-MM-DD, as if that had been typed.
        read: the field's text as a day, None if it is none.
    """

    def __init__(self, field: TextField, read: ReadDay) -> None:
        super().__init__(field)
        self._field = field
        self._read = read
        self.chooser: DayChooser | None = None
        self.action = field.addAction(
            icons.icon("calendar", "muted"), QLineEdit.ActionPosition.TrailingPosition
        )
        self.action.setText(t("days.open", field=field.accessibleName()))
        self.action.triggered.connect(self.open)
        field.setAccessibleDescription(t("days.hint"))
        field.installEventFilter(self)

    def open(self) -> None:
        """Show the calendar at the day the field holds, else at today."""
        today = dt.date.today()
        over = page_of(self._field) or self._field.window()
        day = self._read(self._field.text()) or today
        self.chooser = DayChooser(over, self.action.text(), day, today, self._write)
        self.chooser.open_at(self._field, self._field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down and not self._field.composing:
                self.open()
                return True
        return False

    def _write(self, day: dt.date) -> None:
        # As if typed, so that the field's own undo and whoever listens to typing know of it.
        self._field.selectAll()
        self._field.insert(f"{day:%Y-%m-%d}")
        self._field.textEdited.emit(self._field.text())
