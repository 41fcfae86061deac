"""Leaving a share of an audience out, to see what a send does: the share, and what both groups bought since. Folded away as
something for the advanced."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.core.figures.hold_out import GroupOutcome
from desktop.operations.audiences.comparing import HoldOutResult
from desktop.store.audiences import Audience
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.audiences.figures.cost_line import CostLine
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import muted, text_label

SHARES = (0, 5, 10, 20, 30, 50)


class HoldOutCard(Card):
    """``chosen(percent)``: hold out another share."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(t("audience_figures.hold_out"))
        self.toggle = link_button(t("audience_figures.hold_out_open"), self.turn)
        self.body.addWidget(self.toggle)
        self.inside = QWidget()
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(muted(t("audience_figures.hold_out_text"), wrap=True))
        self.share = Select(
            t("audience_figures.hold_out_share"),
            [
                (n, t("audience_figures.hold_out_n", percent=n) if n else t("audience_figures.hold_out_none"))
                for n in SHARES
            ],
        )
        self.share.chosen.connect(self._choose)
        column.addWidget(self.share)
        self.sent, self.held = CostLine(), CostLine()
        self.said = text_label()
        self.since = muted("", wrap=True)
        for part in (self.sent, self.held, self.said, self.since):
            column.addWidget(part)
        self.body.addWidget(self.inside)
        self.inside.hide()
        self.show_result(None)

    def show_audience(self, audience: Audience | None) -> None:
        """Show a saved audience's share; a new one has none yet."""
        self.setVisible(audience is not None)
        if audience is not None:
            self.share.set_value(audience.hold_out_percent)
            if audience.hold_out_percent:
                self._open(True)

    def show_result(self, result: HoldOutResult | None) -> None:
        """Show what both groups bought; None: nobody was held out yet."""
        for part in (self.sent, self.held, self.said, self.since):
            part.setVisible(result is not None)
        if result is None:
            return
        self._open(True)
        self.sent.set(
            t("audience_figures.hold_out_sent", n=result.sent.people), _spent(result.sent), "strong"
        )
        self.held.set(t("audience_figures.hold_out_held", n=result.held_out.people), _spent(result.held_out))
        found = result.comparison
        if found.low is None or found.high is None:
            self.said.setText(t("audience_figures.hold_out_verdict.too_few"))
        else:
            self.said.setText(
                t(
                    f"audience_figures.hold_out_verdict.{found.verdict}",
                    difference=_money(
                        abs(found.difference) if found.verdict != "chance" else found.difference
                    ),
                    low=_money(found.low),
                    high=_money(found.high),
                )
            )
        self.since.setText(t("audience_figures.hold_out_since", when=i18n.moment(result.since)))

    def turn(self) -> None:
        """Fold open or away."""
        self._open(self.inside.isHidden())

    def _open(self, wanted: bool) -> None:
        self.inside.setVisible(wanted)
        self.toggle.setText(
            t("audience_figures.hold_out_close" if wanted else "audience_figures.hold_out_open")
        )

    def _choose(self, percent: object) -> None:
        if isinstance(percent, int):
            self.chosen.emit(percent)


def _spent(group: GroupOutcome) -> str:
    return t(
        "audience_figures.hold_out_spent",
        money=i18n.money(round(group.per_person)),
        orders=f"{group.orders_per_person:.2f}",
    )


def _money(value: float) -> str:
    sign = "−" if round(value) < 0 else ""
    return sign + i18n.money(abs(round(value)))
