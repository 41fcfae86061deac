"""What became of the last upload, who joined and left since, and how the audience has grown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.operations.audiences.comparing import LastUpload
from desktop.store.audience_history.days import AudienceDay
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.audiences.figures.growth_line import GrowthLine
from desktop.ui.outbox.states import badge, trouble
from desktop.ui.widgets.buttons import button, link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import Badge, FlowLayout
from desktop.ui.widgets.labels import error_text, muted, text_label


class LastUploadCard(Card):
    """``again``: upload the list as it is now; ``shown``: show the upload; ``names_wanted("joined" | "left")``."""

    again = Signal()
    shown = Signal()
    names_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(t("audiences_page.last_upload"))
        self.when = muted()
        self.badge = Badge()
        self.header.addWidget(self.when)
        self.header.addWidget(self.badge)
        moved = QWidget()
        flow = FlowLayout(moved, gap=10)
        self.joined = link_button("", lambda: self.names_wanted.emit("joined"))
        self.left = link_button("", lambda: self.names_wanted.emit("left"))
        self.unchanged = muted()
        self.unchanged.setMinimumHeight(theme.control_height(link=True))
        for part in (self.joined, self.left, self.unchanged):
            flow.addWidget(part)
        self.moved = moved
        self.words = text_label()
        self.erased = muted("", wrap=True)
        self.trouble = error_text()
        for made in (self.moved, self.words, self.erased, self.trouble):
            self.body.addWidget(made)
        buttons = QWidget()
        row = FlowLayout(buttons, gap=8)
        self.again_button = button(t("audiences_page.upload_again"), self.again.emit)
        self.details = link_button(t("audiences_page.show_upload"), self.shown.emit)
        row.addWidget(self.again_button)
        self.details.setMinimumHeight(theme.control_height())
        row.addWidget(self.details)
        self.body.addWidget(buttons)
        self.body.setSpacing(theme.px(8))
        self.hide()

    def show_upload(self, last: LastUpload | None) -> None:
        """Show an upload; None hides the card."""
        self.setVisible(last is not None)
        if last is None:
            return
        job, difference = last.job, last.difference
        self.when.setText(i18n.moment(job.pressed_at))
        self.badge.set(*badge(job))
        words = trouble(job)
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))
        same = difference is not None and difference.is_none
        self.moved.setVisible(difference is not None and not same)
        self.words.setVisible(difference is None or same)
        if difference is None:
            self.words.setText(t("audiences_page.never_arrived"))
        elif same:
            self.words.setText(t("audiences_page.no_difference", n=difference.unchanged))
        else:
            for link, key, n in (
                (self.joined, "audience_figures.joined", difference.joined),
                (self.left, "audience_figures.left", difference.left),
            ):
                link.setText(t(key, n=n))
                link.setEnabled(n > 0)
            self.unchanged.setText(t("audience_figures.unchanged", n=difference.unchanged))
            only_more = not difference.left and not difference.erased
            self.again_button.setText(
                t("audience_figures.refresh_add", n=difference.joined)
                if only_more
                else t("audiences_page.upload_again")
            )
        erased = difference.erased if difference is not None else 0
        self.erased.setVisible(erased > 0)
        self.erased.setText(t("audience_figures.erased", n=erased))
        self.again_button.setVisible(not same)


class GrowthCard(Card):
    """The audience's size and reach by day; hidden until there are two days."""

    def __init__(self) -> None:
        super().__init__(t("audience_figures.growth"))
        self.span = muted()
        self.header.addWidget(self.span)
        self.line = GrowthLine()
        self.body.addWidget(self.line)
        self.hide()

    def show_days(self, days: Sequence[AudienceDay]) -> None:
        """Show other days."""
        self.line.set_days(days)
        self.setVisible(len(days) > 1)
        if len(days) > 1:
            self.span.setText(
                t("audience_figures.growth_span", first=i18n.date(days[0].day), last=i18n.date(days[-1].day))
            )
