"""The goals of the sheet: figures with a target and a day, how far they are, and goals only the owner can judge."""

from __future__ import annotations

import datetime
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.core.message import message
from desktop.core.planning.operating.sheet import GOAL_KPIS, OwnGoal, Sheet
from desktop.operations.planning.operating import sheets
from desktop.operations.planning.operating.sheets import GoalNow, SheetNow
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.insights.overview.targets import TargetQuestion, target_words
from desktop.ui.insights.words import share
from desktop.ui.operating_plan.acts import Acts
from desktop.ui.operating_plan.sheet.part_card import PartCard, emptied
from desktop.ui.widgets.buttons import icon_button, link_button, menu_button
from desktop.ui.widgets.chips import Badge
from desktop.ui.widgets.fields import TextField, check_box
from desktop.ui.widgets.labels import small, text_label
from desktop.ui.widgets.progress import ProgressBar


class GoalsCard(PartCard):
    """See the module. ``people_asked(query)``: whom a figure counts; ``kept``: a target was set.

    Args:
        desk: what the page may use.
        acts: how the plan is changed.
    """

    people_asked = Signal(str)

    def __init__(self, desk: Desk, acts: Acts) -> None:
        super().__init__(t("operating.part.goals"), t("operating_page.goals_hint"))
        self._desk, self._acts = desk, acts
        self._own: tuple[OwnGoal, ...] = ()
        self._now = SheetNow(None, Sheet())
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.add = menu_button(t("operating_page.goal_add"), menu, icon="plus")
        self.header.addWidget(self.add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(12))
        self.body.addLayout(self._rows)
        self._own_rows = QVBoxLayout()
        self._own_rows.setSpacing(theme.px(2))
        self.body.addLayout(self._own_rows)
        self.own = TextField(t("operating_page.own_goal_example"), t("operating_page.own_goal"))
        self.own.submitted.connect(self._add_own)
        self.body.addWidget(self.own)
        self.body.addStretch(1)

    def show_sheet(self, now: SheetNow) -> None:
        self._now = now
        emptied(self._rows)
        for goal in now.goals:
            self._rows.addWidget(self._goal(goal))
        self._own = now.sheet.own_goals
        self._show_own()

    def taken(self) -> dict[str, Any]:
        return {"own_goals": self._own}

    def _goal(self, goal: GoalNow) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(self._first_line(goal))
        value = goal.rate.value if goal.rate else None
        if goal.target is not None and value is not None:
            bar = ProgressBar(render(goal.name))
            kind = "warning" if goal.behind else "accent"
            bar.set(round(min(value, goal.target.value) * 10_000), round(goal.target.value * 10_000), kind)
            column.addWidget(bar)
        words = target_words(goal.target, goal.gap) or t("operating_page.no_target")
        column.addWidget(small(words, wrap=True))
        return row

    def _first_line(self, goal: GoalNow) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(theme.px(4))
        name = render(goal.name)
        query = goal.rate.query if goal.rate else None
        value = share(goal.rate.value if goal.rate else None)
        told = link_button(
            t("operating_page.figure", name=name, value=value), lambda: self.people_asked.emit(query or "")
        )
        told.setEnabled(bool(query))
        line.addWidget(told)
        line.addStretch(1)
        state = self._state(goal)
        if state is not None:
            line.addWidget(state)
        line.addWidget(
            icon_button("pencil", t("operating_page.goal_edit", name=name), partial(self.ask, goal.kpi))
        )
        line.addWidget(
            icon_button("x", t("operating_page.goal_remove", name=name), partial(self._remove, goal.kpi))
        )
        return line

    @staticmethod
    def _state(goal: GoalNow) -> Badge | None:
        if goal.target is None or goal.rate is None:
            return None
        if goal.reached:
            return Badge(t("operating.goal_reached"), "good")
        if goal.behind:
            return Badge(t("operating.goal_behind"), "warning")
        return Badge(t("operating.goal_on_course"), "info")

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        there = {goal.kpi for goal in self._now.goals}
        for kpi in GOAL_KPIS:
            if kpi not in there:
                menu.addAction(render(sheets.goal_name(kpi)), partial(self.ask, kpi))

    def ask(self, kpi: str) -> TargetQuestion:
        """Ask what a figure is to reach, and by when."""
        known = next((goal for goal in self._now.goals if goal.kpi == kpi), None)
        dialog = TargetQuestion(self, render(sheets.goal_name(kpi)), known.target if known else None)
        why = known.goal.why if known else ""

        def keep() -> None:
            target = dialog.target
            self._acts.do(lambda db: sheets.set_goal(db, kpi, target, why))

        dialog.accepted.connect(keep)
        self._desk.dialogs.show(dialog)
        return dialog

    def _remove(self, kpi: str) -> None:
        self._acts.do(
            lambda db: sheets.set_goal(db, kpi, None),
            message("operating_page.goal_removed", name=sheets.goal_name(kpi)),
        )

    def _show_own(self) -> None:
        emptied(self._own_rows)
        for at, goal in enumerate(self._own):
            row = QWidget()
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            box = check_box("", goal.reached_on is not None)
            box.setFixedWidth(theme.px(26))
            box.setAccessibleName(t("operating_page.own_goal_reached", text=goal.text))
            box.toggled.connect(partial(self._reach, at))
            line.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(text_label(goal.text), 1)
            name = t("operating_page.goal_remove", name=goal.text)
            line.addWidget(icon_button("x", name, partial(self._remove_own, at)))
            self._own_rows.addWidget(row)

    def _add_own(self) -> None:
        text = self.own.text().strip()
        if text:
            self.own.clear()
            self._change_own((*self._own, OwnGoal(text)))

    def _reach(self, at: int, reached: bool) -> None:
        goal = replace(self._own[at], reached_on=datetime.date.today() if reached else None)
        self._change_own((*self._own[:at], goal, *self._own[at + 1 :]))

    def _remove_own(self, at: int) -> None:
        self._change_own((*self._own[:at], *self._own[at + 1 :]))

    def _change_own(self, goals: tuple[OwnGoal, ...]) -> None:
        self._own = goals
        self._show_own()
        self.edited.emit()
