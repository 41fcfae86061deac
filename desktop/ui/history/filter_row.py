"""What is asked of the history: a group of kinds, a piece of text, a span of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import cache

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop import text as texts
from desktop.core.people.search_text import fold
from desktop.operations.history.looking_back import GROUPS
from desktop.paths import resources_folder
from desktop.store.undo.step_list import StepFilter
from desktop.text import t
from desktop.ui import theme
from desktop.ui.widgets.fields import SearchField, Select

SPANS = {"today": 1, "week": 7, "month": 30, "year": 365}
"""Spans of time in days, today included."""

PAUSE_MS = 150


class FilterRow(QWidget):
    """See the module. ``asked``: the filter changed."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.group = Select(
            t("history_page.filter.group"),
            [
                ("", t("history_page.group.all")),
                *((name, t(f"history_page.group.{name}")) for name in GROUPS),
            ],
        )
        self.span = Select(
            t("history_page.filter.span"),
            [("", t("history_page.span.all")), *((name, t(f"history_page.span.{name}")) for name in SPANS)],
        )
        self.field = SearchField(t("history_page.filter.text"), t("history_page.filter.text_name"))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.asked)
        self.field.textChanged.connect(lambda _: self._pause.start())
        self.field.submitted.connect(self.asked)
        self.group.chosen.connect(lambda _: self.asked.emit())
        self.span.chosen.connect(lambda _: self.asked.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.field, 1)
        row.addWidget(self.group)
        row.addWidget(self.span)

    def wanted(self, today: dt.date | None = None) -> StepFilter:
        """The filter as it stands; a date typed as text asks for that day on this computer's clock."""
        text = self.field.text().strip()
        day = _day(text)
        since, until = "", ""
        if day is not None:
            text, since, until = "", _instant(day), _instant(day + dt.timedelta(days=1))
        elif self.span.value():
            first = (today or dt.date.today()) - dt.timedelta(days=SPANS[self.span.value()] - 1)
            since = _instant(first)
        kinds: Collection[str] = GROUPS.get(self.group.value() or "", ())
        return StepFilter(
            text=text, worded=_worded(text) if text else (), kinds=kinds, since=since, until=until
        )

    @property
    def is_open(self) -> bool:
        """Whether everything is asked for."""
        return self.wanted() == StepFilter()

    def clear(self) -> None:
        """Ask for everything."""
        self.field.clear()
        self.group.set_value("")
        self.span.set_value("")
        self._pause.stop()
        self.asked.emit()


def _day(text: str) -> dt.date | None:
    """A day typed as 2026/11/20, 2026-11-20 or 11/20 (of this year)."""
    parts = text.replace("-", "/").replace(".", "/").split("/")
    if len(parts) not in (2, 3) or not all(part.isascii() and part.isdecimal() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    try:
        return dt.date(*numbers) if len(numbers) == 3 else dt.date(dt.date.today().year, *numbers)
    except ValueError:
        return None


def _instant(day: dt.date) -> str:
    """The beginning of a day on this computer's clock as a UTC text."""
    start = dt.datetime.combine(day, dt.time()).astimezone(dt.UTC)
    return start.strftime("%Y-%m-%dT%H:%M:%S")


def _worded(text: str) -> frozenset[str]:
    """Keys of titles whose own words hold the text."""
    wanted = fold(text)
    return frozenset(key for key, words in _title_words(texts.language()).items() if wanted in words)


@cache
def _title_words(language: str) -> dict[str, str]:
    catalogue = texts.load_catalogue(resources_folder() / "i18n" / language)
    return {
        key: fold(" ".join(words.values()) if isinstance(words, dict) else words)
        for key, words in catalogue.items()
        if key.startswith(("steps.", "line.step_"))
    }
