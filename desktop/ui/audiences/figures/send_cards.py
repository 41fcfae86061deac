"""What a send would come to, and what became of the last upload."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.core.figures.message_cost import SendCost
from desktop.operations.audiences.audience_editor import LastUpload, Outlook
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.outbox.states import badge, trouble
from desktop.ui.widgets.buttons import button, link_button
from desktop.ui.widgets.card import Card
from desktop.ui.widgets.chips import Badge, FlowLayout
from desktop.ui.widgets.labels import error_text, muted, set_kind, text_label


class CostLine(QWidget):
    """A label and what it comes to, in one line or, where that is too long, below each other."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(10))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self.label, self.value = text_label(""), text_label("")
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(self.label, 0, 0)
        self._grid.addWidget(self.value, 1, 0)
        self._below = True

    def set(self, label: str, value: str, kind: str = "") -> None:
        """Show a line; ``kind`` colours the value, and the label only if it is muted."""
        self.label.setText(label)
        self.value.setText(value)
        set_kind(self.label, "muted" if kind == "muted" else "")
        set_kind(self.value, kind)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        needed = sum(part.fontMetrics().horizontalAdvance(part.text()) for part in (self.label, self.value))
        below = needed + theme.px(14) > self.width()
        if below != self._below:
            self._below = below
            self.value.setWordWrap(below)
            self._grid.removeWidget(self.value)
            self._grid.addWidget(self.value, *((1, 0) if below else (0, 1)))


class SoftNote(QLabel):
    """The gist of a card, on soft green."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "good")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setMargin(theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("good_soft"))
        radius = theme.px(6)
        painter.drawRoundedRect(self.rect(), radius, radius)
        painter.end()
        super().paintEvent(event)


class CostCard(Card):
    """Sending to everybody beside sending to this audience."""

    def __init__(self) -> None:
        super().__init__(t("audiences_page.cost"))
        self.everybody, self.audience, self.revenue = CostLine(), CostLine(), CostLine()
        self.everybody.set(t("audiences_page.cost.everybody_unknown"), "—")
        self.audience.set(t("audiences_page.cost.audience"), "—")
        self.gist = SoftNote()
        self.note = muted("", wrap=True)
        for part in (self.everybody, self.audience, self.revenue, self.gist, self.note):
            self.body.addWidget(part)
        for part in (self.revenue, self.gist, self.note):
            part.hide()

    def show_outlook(self, seen: Outlook) -> None:
        """Show an estimate."""
        everybody = seen.everybody
        if everybody is None:
            self.everybody.set(t("audiences_page.cost.everybody_unknown"), "—")
        else:
            label = t("audiences_page.cost.everybody", n=everybody.messages)
            words = cost_text(everybody, alone=everybody.short is not None)
            self.everybody.set(label, words, _kind(everybody, plain="strong"))
        words = cost_text(seen.audience) if seen.audience.messages else "—"
        kind = _kind(seen.audience, plain="good") if seen.audience.messages else ""
        self.audience.set(t("audiences_page.cost.audience"), words, kind)
        share = seen.revenue.share if seen.revenue else None
        reached = seen.audience.messages
        self.revenue.setVisible(share is not None and reached > 0)
        if share is not None:
            label = t("audiences_page.cost.revenue", n=reached)
            self.revenue.set(label, i18n.percent(share, 1, 0), "muted")
        self._show_gist(seen, share)
        self._show_note(seen)

    def _show_gist(self, seen: Outlook, share: float | None) -> None:
        everybody, reached = seen.everybody, seen.audience.messages
        few = everybody is not None and 0 < reached < everybody.messages
        telling = (
            few and share is not None and everybody is not None and share >= reached / everybody.messages
        )
        self.gist.setVisible(telling)
        if telling and everybody is not None and share is not None:
            part = i18n.percent(reached, everybody.messages, 0 if reached * 100 >= everybody.messages else 1)
            self.gist.setText(t("audiences_page.cost.gist", messages=part, revenue=i18n.percent(share, 1, 0)))

    def _show_note(self, seen: Outlook) -> None:
        if seen.quota_at is None:
            words = t("audiences_page.cost.unknown_quota")
        elif seen.audience.at_most or (seen.everybody is not None and seen.everybody.at_most):
            words = t("audiences_page.cost.at_most")
        else:
            words = t("audiences_page.cost.told", when=i18n.moment(seen.quota_at))
        self.note.setText(words)
        self.note.show()


def cost_text(cost: SendCost, *, alone: bool = False) -> str:
    """A cost in words.

    Args:
        cost: the estimate.
        alone: leave out the number of messages, which stands elsewhere.
    """
    count = t("audiences_page.cost.messages", n=cost.messages)
    if cost.short is None:
        return count
    if cost.is_free:
        words = t("audiences_page.cost.free")
    elif cost.price is not None:
        key = "audiences_page.cost.price_at_most" if cost.at_most else "audiences_page.cost.price"
        words = t(key, price=_money(cost))
    else:
        words = t("audiences_page.cost.short", n=cost.short)
    return words if alone else t("audiences_page.cost.both", messages=count, words=words)


def _money(cost: SendCost) -> str:
    sign = {"TWD": "NT$", "JPY": "¥"}.get(cost.currency, f"{cost.currency} ")
    return f"{sign}{cost.price:,.0f}"


def _kind(cost: SendCost, *, plain: str) -> str:
    if cost.short is None:
        return "strong"
    if cost.is_free:
        return plain
    return "warning" if cost.price is not None else "error"


class LastUploadCard(Card):
    """``again``: upload the list as it is now; ``shown``: show the upload."""

    again = Signal()
    shown = Signal()

    def __init__(self) -> None:
        super().__init__(t("audiences_page.last_upload"))
        self.when = muted()
        self.badge = Badge()
        self.header.addWidget(self.when)
        self.header.addWidget(self.badge)
        self.difference = text_label()
        self.trouble = error_text()
        self.body.addWidget(self.difference)
        self.body.addWidget(self.trouble)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8)
        self.again_button = button(t("audiences_page.upload_again"), self.again.emit)
        self.details = link_button(t("audiences_page.show_upload"), self.shown.emit)
        flow.addWidget(self.again_button)
        self.details.setMinimumHeight(self.again_button.sizeHint().height())
        flow.addWidget(self.details)
        self.body.addWidget(buttons)
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
        same = difference is not None and not difference.joined and not difference.left
        if difference is None:
            text = t("audiences_page.never_arrived")
        elif same:
            text = t("audiences_page.no_difference", n=difference.unchanged)
        else:
            text = t(
                "audiences_page.difference",
                joined=difference.joined,
                left=difference.left,
                unchanged=difference.unchanged,
            )
        self.difference.setText(text)
        self.again_button.setVisible(not same)
