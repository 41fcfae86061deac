"""What a send comes to: everybody beside this audience, the share of the revenue its people stand for, what is left of the quota,
whether another plan would be cheaper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.operations.audiences.costing import Outlook
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.audiences.figures.cost_line import CostLine, SoftNote, cost_kind, cost_text
from desktop.ui.plans.words import advice_text, plan_name
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import FlowLayout
from desktop.ui.widgets.labels import muted


class CostCard(Card):
    """``plans_wanted``: show plan and prices; ``lesson_wanted``: why fewer messages bring more."""

    plans_wanted = Signal()
    lesson_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(t("audiences_page.cost"))
        self.everybody, self.audience, self.revenue = CostLine(), CostLine(), CostLine()
        self.everybody.set(t("audiences_page.cost.everybody_unknown"), "—")
        self.audience.set(t("audiences_page.cost.audience"), "—")
        self.gist = SoftNote()
        self.held_out = muted("", wrap=True)
        self.over = SoftNote("warning")
        self.advice = SoftNote("warning")
        self.note = muted("", wrap=True)
        parts = (
            self.everybody,
            self.audience,
            self.held_out,
            self.revenue,
            self.gist,
            self.over,
            self.advice,
            self.note,
        )
        for part in parts:
            self.body.addWidget(part)
        for part in parts[2:]:
            part.hide()
        links = QWidget()
        flow = FlowLayout(links, gap=8)
        self.plans = link_button(t("audience_figures.to_plans"), self.plans_wanted.emit)
        self.lesson = link_button(t("audience_figures.lesson_link"), self.lesson_wanted.emit)
        flow.addWidget(self.plans)
        flow.addWidget(self.lesson)
        self.body.addWidget(links)
        self.body.setSpacing(theme.px(8))

    def show_outlook(self, seen: Outlook) -> None:
        """Show an estimate."""
        everybody = seen.everybody
        if everybody is None:
            self.everybody.set(t("audiences_page.cost.everybody_unknown"), "—")
        else:
            label = t("audiences_page.cost.everybody", n=everybody.messages)
            words = cost_text(everybody, alone=everybody.short is not None)
            self.everybody.set(label, words, cost_kind(everybody, plain="strong"))
        reached = seen.audience.messages
        words = cost_text(seen.audience) if reached else "—"
        self.audience.set(
            t("audiences_page.cost.audience"),
            words,
            cost_kind(seen.audience, plain="good") if reached else "",
        )
        self.held_out.setVisible(seen.held_out > 0)
        self.held_out.setText(t("audience_figures.held_out_of", n=seen.held_out))
        share = seen.revenue.share if seen.revenue else None
        self.revenue.setVisible(share is not None and reached > 0)
        if share is not None:
            self.revenue.set(t("audiences_page.cost.revenue", n=reached), i18n.percent(share, 1, 0), "muted")
        self._show_gist(seen, share)
        over = seen.audience.over_limit
        self.over.setVisible(over > 0)
        self.over.setText(t("audience_figures.over_limit", n=over))
        self.advice.setVisible(seen.advice.verdict in ("cheaper", "unsure"))
        self.advice.setText(advice_text(seen.advice, seen.plan))
        self.note.setText(_note(seen))
        self.note.show()

    def _show_gist(self, seen: Outlook, share: float | None) -> None:
        everybody, reached = seen.everybody, seen.audience.messages
        if everybody is None or share is None or not 0 < reached < everybody.messages:
            self.gist.hide()
            return
        self.gist.setVisible(share >= reached / everybody.messages)
        part = i18n.percent(reached, everybody.messages, 0 if reached * 100 >= everybody.messages else 1)
        self.gist.setText(t("audiences_page.cost.gist", messages=part, revenue=i18n.percent(share, 1, 0)))


def _note(seen: Outlook) -> str:
    """What the estimate rests on."""
    if seen.quota is None or seen.quota_at is None:
        return t("audiences_page.cost.unknown_quota")
    when = i18n.moment(seen.quota_at)
    if seen.quota.left is None:
        words = [t("audience_figures.quota_unlimited", when=when)]
    else:
        words = [t("audience_figures.quota_left", n=seen.quota.left, of=seen.quota.value, when=when)]
    if seen.plan is None:
        words.append(t("audience_figures.plan_unknown"))
    else:
        words.append(t("audience_figures.plan", plan=plan_name(seen.plan)))
    if seen.audience.at_most or (seen.everybody is not None and seen.everybody.at_most):
        words.append(t("audiences_page.cost.at_most"))
    return "\n".join(words)
