"""The funnel from friends to repeat purchase, with its rates, their change and their targets."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu

from desktop.operations.insights import funnel as asking
from desktop.operations.insights.funnel import Funnel, Measured, Step
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.i18n import date
from desktop.ui.insights.asking import FigureCard, without
from desktop.ui.insights.overview.funnel_row import FunnelRow, before_words, more_button
from desktop.ui.insights.overview.targets import ask_target, keep_target, target_words
from desktop.ui.insights.words import points, rate_name, share, small_note
from desktop.ui.widgets.fields import check_box
from desktop.ui.widgets.labels import muted, text_label, warning_text

BESIDE = {
    "bound": (asking.BINDING, asking.LIST_BINDING),
    asking.FIRST: (asking.FIRST,),
    asking.REPEAT: (asking.REPEAT,),
}
"""Which rates stand beside a step: the first that is known."""
STEPS = 4


class FunnelCard(FigureCard):
    """See the module; ``aimed`` says that a target is another one now."""

    aimed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("insights_page.funnel"), t("insights_page.funnel_formula"))
        self.months = 12
        self.found: Funnel | None = None
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.px(12))
        self.grid.setVerticalSpacing(theme.px(6))
        self.grid.setColumnStretch(1, 5)
        self.grid.setColumnStretch(2, 4)
        self.body.setSpacing(theme.px(8))
        self.body.addLayout(self.grid)
        self.rows = [
            FunnelRow(self.grid, at, partial(self._open, at), partial(self._fill_of_step, at))
            for at in range(STEPS)
        ]
        self.new_friends = text_label("")
        self.new_friends.setTextFormat(Qt.TextFormat.RichText)
        self.new_more = more_button(lambda menu: self._fill(menu, self._rate(asking.NEW_FRIENDS)))
        line = QHBoxLayout()
        line.addWidget(self.new_friends, 1)
        line.addWidget(self.new_more, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(line)
        self.note = muted("", wrap=True)
        self.body.addWidget(self.note)
        self.contradiction = warning_text("")
        self.contradiction.setVisible(False)
        self.body.addWidget(self.contradiction)
        self.after_binding = check_box(t("insights_page.after_binding"))
        self.after_binding.toggled.connect(lambda: self.read())
        self.body.addWidget(self.after_binding)
        self.body.addStretch(1)

    def read(self, months: int | None = None) -> None:
        """Read the funnel, perhaps of another period."""
        self.months = months or self.months
        work = partial(
            asking.funnel, months=self.months, after_binding=self.after_binding.isChecked(), compare=True
        )
        self.ask(work, self.show_funnel, "funnel")

    def show_funnel(self, found: Funnel) -> None:
        """Show what was read."""
        self.found = found
        widest = max((step.people for step in found.steps), default=0)
        for row, step in zip(self.rows, found.steps, strict=True):
            part = step.people / widest if widest else 0.0
            row.show_step(self._step_name(step), step.people, part, opens=step.query is not None)
            row.show_rate(self._beside(step), self.months)
        self._show_new_friends()
        self.note.setText(self._population(found))
        self.contradiction.setVisible(found.steps[0].people < found.steps[1].people)
        self.contradiction.setText(t("insights_page.more_bound_than_friends"))

    def _show_new_friends(self) -> None:
        fresh = self._rate(asking.NEW_FRIENDS)
        known = fresh is not None and fresh.rate.whole > 0
        self.new_friends.setVisible(known)
        self.new_more.setVisible(known)
        if fresh is None:
            return
        words = t(
            "insights_page.new_friends",
            rate=share(fresh.rate.value),
            months=self.months,
            whole=fresh.rate.whole,
            part=fresh.rate.part,
        )
        target = target_words(fresh.target, fresh.gap)
        self.new_friends.setText(
            f"{words}　{small_note(fresh.rate) or points(fresh.change)}" + (f"<br>{target}" if target else "")
        )
        self.new_friends.setToolTip(before_words(fresh, self.months))
        name = t("insights_page.about", name=rate_name(fresh.id))
        self.new_more.setAccessibleName(name)
        self.new_more.setToolTip(name)

    def _step_name(self, step: Step) -> str:
        if step.id == "friends" and not step.by_line:
            return t("insights_page.friends_in_list")
        return t(f"insights_core.step_{step.id}")

    def _rate(self, name: str) -> Measured | None:
        return self.found.rate(name) if self.found is not None else None

    def _beside(self, step: Step) -> Measured | None:
        names = BESIDE.get(step.id, ())
        return next((one for name in names if (one := self._rate(name)) is not None), None)

    def _open(self, at: int) -> None:
        if self.found is not None:
            self.open_people(self.found.steps[at].query)

    def _fill_of_step(self, at: int, menu: QMenu) -> None:
        if self.found is not None:
            self._fill(menu, self._beside(self.found.steps[at]))

    def _fill(self, menu: QMenu, measured: Measured | None) -> None:
        if measured is None:
            return
        rate = measured.rate
        missing = without(rate.whole_query, rate.query)
        if missing is not None and rate.whole > rate.part:
            text = t("insights_page.audience_of_missing", n=rate.whole - rate.part)
            menu.addAction(text, lambda: self.build_audience(missing))
            menu.addAction(t("insights_page.see_missing"), lambda: self.open_people(missing))
        menu.addAction(
            t("insights_page.set_target"),
            lambda: ask_target(self, self.desk, measured.id, measured.target, self.aimed.emit),
        )
        if measured.target is not None:
            menu.addAction(
                t("insights_page.no_target"),
                lambda: keep_target(self, self.desk, measured.id, None, self.aimed.emit),
            )

    def _population(self, found: Funnel) -> str:
        parts = [t("insights_page.population_funnel")]
        if found.line is not None:
            parts.append(t("insights_page.line_figures_of", day=date(found.line.day)))
        else:
            parts.append(t("insights_page.no_line_figures"))
        in_list = found.rate(asking.LIST_BINDING)
        if found.rate(asking.BINDING) is not None and in_list is not None and in_list.rate.whole:
            rate = in_list.rate
            words = {"share": share(rate.value), "part": rate.part, "whole": rate.whole}
            parts.append(t("insights_page.list_reading", **words))
        if found.after_binding and found.binding_day_unknown:
            parts.append(t("insights_page.binding_day_unknown", n=found.binding_day_unknown))
        return " ".join(parts)
