"""Whether the LINE user IDs of an audience can be ones of the shop: their form, doubles, and what LINE said of a few of them."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.operations.audiences.reaching import IdHealth
from desktop.operations.line.provider_check import ProviderCheck
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.labels import muted, set_kind, text_label


class HealthCard(Card):
    """``list_wanted``: whose IDs are malformed; ``check_wanted``: go where a few are asked for at LINE."""

    list_wanted = Signal()
    check_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(t("audience_figures.health"))
        self.form, self.doubles, self.check = text_label(), muted("", wrap=True), text_label()
        self.foreign = muted("", wrap=True)
        self.list_link = link_button(t("audience_figures.health_list"), self.list_wanted.emit)
        self.check_link = link_button(
            t("audience_figures.health_check"), self.check_wanted.emit, icon="arrow-right"
        )
        for part in (self.form, self.list_link, self.doubles, self.check, self.foreign, self.check_link):
            self.body.addWidget(part)
        self.body.setSpacing(theme.px(6))
        self.hide()

    def show_health(self, health: IdHealth) -> None:
        """Show what is known; hidden where nobody has a user ID."""
        forms = health.forms
        self.setVisible(forms.with_id > 0)
        wrong = forms.malformed > 0
        key = "audience_figures.health_malformed" if wrong else "audience_figures.health_well_formed"
        self.form.setText(t(key, n=forms.malformed if wrong else forms.with_id))
        set_kind(self.form, "warning" if wrong else "")
        self.list_link.setVisible(wrong)
        doubles = [
            t(name, n=number)
            for name, number in (
                ("audience_figures.health_twice", forms.twice),
                ("audience_figures.health_several", forms.several),
            )
            if number
        ]
        self.doubles.setText("\n".join(doubles) or t("audience_figures.health_no_doubles"))
        self._show_check(health.check)

    def _show_check(self, check: ProviderCheck | None) -> None:
        if check is None:
            self.check.setText(t("audience_figures.health_never"))
        else:
            self.check.setText(
                t(
                    "audience_figures.health_checked",
                    day=i18n.moment(check.at),
                    n=check.asked,
                    known=check.known,
                )
            )
        bad = check is not None and check.verdict in ("few", "foreign")
        set_kind(self.check, "warning" if bad else "")
        self.foreign.setVisible(check is not None and check.verdict != "own")
        self.foreign.setText(
            t(f"audience_figures.health_verdict.{check.verdict}") if check is not None else ""
        )
        self.check_link.setVisible(check is None or check.verdict != "own")
