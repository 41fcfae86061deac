"""The funnel from friends to repeat purchase, with its rates, their change and their targets."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from desktop.core.message import Message, message
from desktop.operations.insights import funnel as asking
from desktop.operations.insights.funnel import Funnel, Measured, Step
from desktop.store.insights.targets import Target
from desktop.text import t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.i18n import date, number
from desktop.ui.insights.asking import FigureCard, without
from desktop.ui.insights.charts.funnel_bar import FunnelBar
from desktop.ui.insights.words import points, rate_line, share
from desktop.ui.widgets.buttons import icon_button
from desktop.ui.widgets.fields import check_box
from desktop.ui.widgets.labels import muted, text_label, warning_text

BESIDE = {
    "bound": (asking.BINDING, asking.LIST_BINDING),
    asking.FIRST: (asking.FIRST,),
    asking.REPEAT: (asking.REPEAT,),
}
"""Which rates stand beside a step: the first that is known."""


class FunnelCard(FigureCard):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("insights_page.funnel"), t("insights_page.funnel_formula"))
        self.months = 12
        self.found: Funnel | None = None
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.px(12))
        self.grid.setVerticalSpacing(theme.px(10))
        self.grid.setColumnStretch(1, 5)
        self.grid.setColumnStretch(2, 4)
        self.body.addLayout(self.grid)
        self.new_friends = text_label("")
        self.new_friends.setTextFormat(Qt.TextFormat.RichText)
        self.body.addWidget(self.new_friends)
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
        _clear(self.grid)
        widest = max((step.people for step in found.steps), default=0)
        for row, step in enumerate(found.steps):
            self._show_step(row, step, widest)
        fresh = found.rate(asking.NEW_FRIENDS)
        self.new_friends.setVisible(fresh is not None and fresh.rate.whole > 0)
        if fresh is not None:
            words = t(
                "insights_page.new_friends",
                rate=share(fresh.rate.value),
                months=self.months,
                whole=fresh.rate.whole,
                part=fresh.rate.part,
            )
            self.new_friends.setText(f"{words}　{points(fresh.change)}")
        self.note.setText(self._population(found))
        self.contradiction.setVisible(widest > 0 and found.steps[0].people < found.steps[1].people)
        self.contradiction.setText(t("insights_page.more_bound_than_friends"))

    def _show_step(self, row: int, step: Step, widest: int) -> None:
        name = self._step_name(step)
        label = text_label(name)
        label.setMinimumWidth(theme.px(72))
        bar = FunnelBar(number(step.people), step.people / widest if widest else 0.0, name)
        bar.setEnabled(step.query is not None)
        bar.clicked.connect(partial(self.open_people, step.query))
        self.grid.addWidget(label, row, 0)
        self.grid.addWidget(bar, row, 1)
        measured = self._beside(step)
        if measured is not None:
            self.grid.addWidget(self._rate(measured), row, 2)
            self.grid.addWidget(self._more(measured), row, 3)

    def _step_name(self, step: Step) -> str:
        if step.id == "friends" and not step.by_line:
            return t("insights_page.friends_in_list")
        return t(f"insights_core.step_{step.id}")

    def _beside(self, step: Step) -> Measured | None:
        assert self.found is not None
        names = BESIDE.get(step.id, ())
        return next((one for name in names if (one := self.found.rate(name)) is not None), None)

    def _rate(self, measured: Measured) -> QWidget:
        # Rich text, so that rate, change and target wrap together where there is little room.
        changed = points(measured.change)
        words = f"<b>{rate_line(rate_name(measured.id), measured.rate)}</b>"
        if changed:
            words += f" <span style='color:{theme.colour('muted').name()}'>{changed}</span>"
        label = text_label(words)
        label.setTextFormat(Qt.TextFormat.RichText)
        target = measured.target
        if target is not None:
            gap = measured.gap or 0
            told = t("insights_page.target_reached" if not gap else "insights_page.target_gap", n=gap)
            label.setText(f"{words}<br>{t('insights_page.target', share=share(target.value, 0))} {told}")
        before = measured.before
        if before is not None and before.value is not None:
            label.setToolTip(t("insights_page.before", share=share(before.value), months=self.months))
        return label

    def _more(self, measured: Measured) -> QWidget:
        name = rate_name(measured.id)
        more = icon_button("more", t("insights_page.about", name=name))
        menu = QMenu(more)
        rate = measured.rate
        missing = without(rate.whole_query, rate.query)
        if missing is not None and rate.whole > rate.part:
            text = t("insights_page.audience_of_missing", n=rate.whole - rate.part)
            menu.addAction(text, partial(self.build_audience, missing))
            menu.addAction(t("insights_page.see_missing"), partial(self.open_people, missing))
        menu.addAction(t("insights_page.set_target"), partial(self._ask_target, measured))
        if measured.target is not None:
            menu.addAction(t("insights_page.no_target"), partial(self._keep_target, measured.id, None))
        more.clicked.connect(lambda: menu.popup(more.mapToGlobal(more.rect().bottomLeft())))
        return more

    def _ask_target(self, measured: Measured) -> None:
        now = f"{measured.target.value * 100:g}" if measured.target else ""
        name = rate_name(measured.id)
        self.desk.dialogs.ask_text(
            self,
            message("insights_page.target_title", name=name),
            message("insights_page.target_label"),
            lambda text: self._keep_target(measured.id, _share_of(text)),
            text=now,
            check=_wrong_share,
        )

    def _keep_target(self, name: str, value: float | None) -> None:
        target = None if value is None else Target(value)
        self.desk.jobs.write(
            lambda db, _ctx: asking.set_target(db, name, target), owner=self, then=lambda _: self.read()
        )

    def _population(self, found: Funnel) -> str:
        parts = [t("insights_page.population_funnel")]
        if found.line is not None:
            parts.append(t("insights_page.line_figures_of", day=date(found.line.day)))
        else:
            parts.append(t("insights_page.no_line_figures"))
        if found.after_binding and found.binding_day_unknown:
            parts.append(t("insights_page.binding_day_unknown", n=found.binding_day_unknown))
        return "\n".join(parts)


def rate_name(name: str) -> str:
    """What a rate is called."""
    return t(f"insights_core.rate_{name}")


def _share_of(text: str) -> float:
    return float(text.replace("%", "").replace("％", "").strip()) / 100


def _wrong_share(text: str) -> Message | None:
    try:
        fits = 0 < _share_of(text) <= 1
    except ValueError:
        fits = False
    return None if fits else message("insights_page.target_wrong")


def _clear(grid: QGridLayout) -> None:
    while grid.count():
        item = grid.takeAt(0)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
