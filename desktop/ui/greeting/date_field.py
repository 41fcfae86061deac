"""A day to type: 2026/11/21, 11/21 or nothing."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import Signal

from desktop.text import t
from desktop.ui import i18n
from desktop.ui.widgets.fields import TextField

_DAY = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


class DateField(TextField):
    """``chosen(day)``: another day, ISO, or "" for none.

    Args:
        name: what the day is for.
    """

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._day = ""
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._written_out)

    @property
    def day(self) -> str:
        """The day, ISO; "" for none."""
        return self._day

    def show_day(self, day: str) -> None:
        """Show a day (ISO; "" for none), unless another is being typed."""
        if day != self._day:
            self._day = day
            self._write()

    def _typed(self, text: str) -> None:
        found = read_day(text, date.today())
        self.set_wrong(found is None)
        self.setToolTip(t("greeting_page.no_day") if found is None else "")
        if found is not None and found != self._day:
            self._day = found
            self.chosen.emit(found)

    def _written_out(self) -> None:
        if read_day(self.text(), date.today()) is not None:
            self._write()

    def _write(self) -> None:
        self.setText(i18n.date(self._day) if self._day else "")
        self.set_wrong(False)


def read_day(text: str, today: date) -> str | None:
    """The day written, ISO; "" for nothing, None for what is no day. Without a year it is the next such day.

    Args:
        text: as typed, full-width digits too.
        today: the shop's.
    """
    if not text.strip():
        return ""
    found = _DAY.fullmatch(text.strip().replace("／", "/"))
    if found is None:
        return None
    year = int(found[1]) if found[1] else today.year
    try:
        day = date(year, int(found[2]), int(found[3]))
        return (day.replace(year=year + 1) if not found[1] and day < today else day).isoformat()
    except ValueError:
        return None
