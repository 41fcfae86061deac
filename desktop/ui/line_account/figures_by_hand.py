"""Friends, target reach and blocks that an owner reads off LINE's manager and types in by date: for accounts that are not
connected, and for days LINE does not tell of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.line_api.account import LINE_DAY
from desktop.operations.line import syncing
from desktop.store.database import Database
from desktop.store.line.day_figures import DayFigures
from desktop.text import render, t
from desktop.ui import i18n, theme
from desktop.ui.choosing.day_chooser import Calendar
from desktop.ui.desk import Desk
from desktop.ui.widgets.buttons import button, icon_button, link_button
from desktop.ui.widgets.fields import FormRows, TextField
from desktop.ui.widgets.labels import error_text, heading, muted, text_label

NUMBERS = ("followers", "target_reach", "blocks")
SHOWN = 12
"""The newest days typed in; more make the settings long and are rarely changed."""


class FiguresByHand(QWidget):
    """Folded up until asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        self.opener = link_button(t("line_sync.by_hand"), self.fold, icon="pencil")
        row = QHBoxLayout()
        row.addWidget(self.opener)
        row.addStretch(1)
        column.addLayout(row)
        self.inside = QWidget()
        form = QVBoxLayout(self.inside)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.px(10))
        form.addWidget(muted(t("line_sync.by_hand_text"), wrap=True))
        form.addWidget(self._rows())
        self.wrong = error_text()
        self.wrong.hide()
        form.addWidget(self.wrong)
        add = QHBoxLayout()
        self.keep_button = button(t("line_sync.keep"), self.keep, icon="plus")
        add.addWidget(self.keep_button)
        add.addStretch(1)
        form.addLayout(add)
        self.days_title = heading(t("line_sync.typed_in"))
        form.addWidget(self.days_title)
        self.days = QWidget()
        self._grid = QGridLayout(self.days)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(1, 1)
        form.addWidget(self.days)
        column.addWidget(self.inside)
        self.inside.hide()

    def fold(self) -> None:
        """Show the form, or fold it up again."""
        self.inside.setVisible(self.inside.isHidden())

    def keep(self) -> None:
        """Keep what was typed in for the day."""
        try:
            numbers = {name: _number(field.text()) for name, field in self.fields.items()}
        except ValueError:
            self._say(t("line_sync.no_number"))
            return
        day = _day(self.day.text())
        if day is None:
            self._say(t("line_sync.no_day"))
            return
        self._write(day, lambda db: syncing.set_by_hand(db, day, **numbers), "line_sync.day_changed")

    def show_days(self) -> None:
        """List the days typed in, the newest first."""
        while (item := self._grid.takeAt(0)) is not None:
            made = item.widget()
            if made is not None:
                made.hide()
                made.deleteLater()
        days = syncing.by_hand(self._desk.jobs.page_reader)
        for row, one in enumerate(days[:SHOWN]):
            self._grid.addWidget(text_label(i18n.date(one.day), wrap=False), row, 0)
            self._grid.addWidget(text_label(_words(one)), row, 1)
            name = t("line_sync.remove_day", day=i18n.date(one.day))
            self._grid.addWidget(icon_button("trash", name, self._remover(one)), row, 2)
        self.days_title.setVisible(bool(days))
        self.days.setVisible(bool(days))

    def _rows(self) -> QWidget:
        rows = FormRows()
        self.day = TextField("2026/11/21", t("line_sync.day"))
        self.day.setText(i18n.date(datetime.now(LINE_DAY).date()))
        self.day.submitted.connect(self.keep)
        self.calendar = Calendar(self.day, _day)
        rows.add(t("line_sync.day"), self.day)
        self.fields = {name: TextField("", t(f"line_sync.number.{name}")) for name in NUMBERS}
        for name, field in self.fields.items():
            rows.add(t(f"line_sync.number.{name}"), field)
            field.submitted.connect(self.keep)
        return rows

    def _remover(self, one: DayFigures) -> Callable[[], object]:
        return lambda: self._write(
            one.day, lambda db: syncing.remove_by_hand(db, one.day), "line_sync.day_removed"
        )

    def _write(self, day: date, work: Callable[[Database], Changes], said: str) -> None:
        """Change the figures of a day; those that stood there can be brought back from the notice."""

        def change(db: Database, _ctx: object) -> Kept:
            before = next((one for one in syncing.by_hand(db) if one.day == day), None)
            return Kept(work(db), before)

        def done(kept: Kept) -> None:
            self._kept()
            if kept.before is not None:
                back = (message("shell.undo"), lambda: self._bring_back(kept.before))
                self._desk.notices.show(message(said, day=i18n.date(day)), button=back)

        self._desk.jobs.write(change, owner=self, then=done, on_error=self._failed)

    def _bring_back(self, one: DayFigures | None) -> None:
        if one is not None:
            told = {name: getattr(one, name) for name in NUMBERS}
            self._write(one.day, lambda db: syncing.set_by_hand(db, one.day, **told), "line_sync.day_changed")

    def _kept(self) -> None:
        for field in self.fields.values():
            field.clear()
        self._say("")
        self.show_days()

    def _failed(self, error: UserError) -> None:
        self._say(render(error.text))

    def _say(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))


@dataclass(frozen=True)
class Kept:
    """The outcome of typing in, or taking back; ``before``: what was typed in for the day until then."""

    changes: Changes
    before: DayFigures | None


def _day(text: str) -> date | None:
    """A date as people write it; None where it is none."""
    parts = re.fullmatch(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D?", unicodedata.normalize("NFKC", text).strip())
    if parts is None:
        return None
    try:
        return date(*(int(part) for part in parts.groups()))
    except ValueError:
        return None


def _number(text: str) -> int | None:
    """A count as people write it, full-width and with separators; None for an empty field."""
    bare = text.strip().replace(",", "").replace("，", "")
    if not bare:
        return None
    if not bare.isdecimal():
        raise ValueError
    return int(bare)


def _words(one: DayFigures) -> str:
    told = {"followers": one.followers, "target_reach": one.target_reach, "blocks": one.blocks}
    parts = [
        f"{t(f'line_sync.number.{name}')} {i18n.number(told[name] or 0)}"
        for name in NUMBERS
        if told[name] is not None
    ]
    return t("members.list_separator").join(parts)
