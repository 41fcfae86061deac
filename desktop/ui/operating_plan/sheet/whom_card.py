"""Whom the shop talks to: saved audiences, or words for one that is not made yet, and why."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.core.planning.operating.sheet import SheetAudience
from desktop.operations.planning.operating.sheets import SheetNow
from desktop.text import t
from desktop.ui import theme
from desktop.ui.operating_plan.sheet.part_card import PartCard, emptied
from desktop.ui.widgets.buttons import icon_button, link_button, menu_button
from desktop.ui.widgets.fields import TextField
from desktop.ui.widgets.labels import muted, small


class WhomCard(PartCard):
    """See the module. ``audience_asked(number or None)``: one is to be opened, or a new one made."""

    audience_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(t("operating.part.audiences"))
        self._known: dict[int, str] = {}
        self._offered: tuple[tuple[int, str], ...] = ()
        self._shown: tuple[SheetAudience, ...] = ()
        self.whys: list[TextField] = []
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.add = menu_button(t("operating_page.whom_add"), menu, icon="plus")
        self.header.addWidget(self.add)
        self.hint = muted(t("operating_page.whom_hint"), wrap=True)
        self.body.addWidget(self.hint)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(8))
        self.body.addLayout(self._rows)
        self.own = TextField(t("operating_page.whom_own_example"), t("operating_page.whom_own"))
        self.own.submitted.connect(self._add_own)
        self.body.addWidget(self.own)
        self.body.addStretch(1)

    def offer(self, audiences: tuple[tuple[int, str], ...]) -> None:
        """The shop's audiences."""
        self._offered = audiences

    def show_sheet(self, now: SheetNow) -> None:
        self._known = dict(now.audiences)
        if now.sheet.audiences != self.written():
            self._show(now.sheet.audiences)

    def taken(self) -> dict[str, Any]:
        return {"audiences": self.written()}

    def written(self) -> tuple[SheetAudience, ...]:
        """What is written."""
        pairs = zip(self._shown, self.whys, strict=True)
        return tuple(replace(one, why=field.text().strip()) for one, field in pairs)

    def _show(self, found: tuple[SheetAudience, ...]) -> None:
        emptied(self._rows)
        self._shown, self.whys = found, []
        self.hint.setVisible(not found)
        for at, one in enumerate(found):
            self._rows.addWidget(self._row(at, one))

    def _row(self, at: int, one: SheetAudience) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        line = QHBoxLayout()
        name = self._name(one)
        if one.audience_id in self._known:
            line.addWidget(
                link_button(name, partial(self.audience_asked.emit, one.audience_id), icon="target")
            )
        else:
            line.addWidget(small(name, wrap=True), 1)
            if one.audience_id is None:
                make = link_button(t("operating_page.whom_make"), partial(self.audience_asked.emit, None))
                make.setAccessibleName(t("operating_page.whom_make_of", name=name))
                line.addWidget(make)
        line.addStretch(1)
        line.addWidget(
            icon_button("x", t("operating_page.goal_remove", name=name), partial(self._remove, at))
        )
        column.addLayout(line)
        why = TextField(t("operating_page.whom_why_example"), t("operating_page.whom_why", name=name))
        why.setText(one.why)
        why.textEdited.connect(lambda _: self.edited.emit())
        self.whys.append(why)
        column.addWidget(why)
        return row

    def _name(self, one: SheetAudience) -> str:
        if one.audience_id is None:
            return one.name
        offered = dict(self._offered)
        gone = t("operating_page.audience_gone")
        return self._known.get(one.audience_id) or offered.get(one.audience_id) or one.name or gone

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        there = {one.audience_id for one in self._shown}
        for number, name in self._offered:
            if number not in there:
                menu.addAction(name, partial(self._add, number, name))
        menu.addAction(t("operating_page.new_audience"), partial(self.audience_asked.emit, None))

    def _add(self, number: int, name: str) -> None:
        self._known[number] = name
        self._change((*self.written(), SheetAudience(number)))

    def _add_own(self) -> None:
        text = self.own.text().strip()
        if text:
            self.own.clear()
            self._change((*self.written(), SheetAudience(None, text)))

    def _remove(self, at: int) -> None:
        now = self.written()
        self._change((*now[:at], *now[at + 1 :]))

    def _change(self, found: tuple[SheetAudience, ...]) -> None:
        self._show(found)
        self.edited.emit()
