"""Why fewer messages bring more: the trade's own example with its figures, told beside what this shop's audience comes to."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.core.figures.trade_lesson import TradeLesson, trade_lesson
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.audiences.figures.cost_line import SoftNote, price_text
from desktop.ui.widgets.buttons import button
from desktop.ui.widgets.card import Figures
from desktop.ui.widgets.labels import heading, muted, text_label


class LessonDialog(QDialog):
    """The example.

    Args:
        parent: whose window it belongs to.
        own: the gist of the shop's own audience; "" where there is none to tell.
    """

    def __init__(self, parent: QWidget, own: str = "") -> None:
        super().__init__(parent.window())
        lesson = trade_lesson()
        self.setWindowTitle(t("plans.lesson"))
        self.setMinimumWidth(theme.px(480))
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(heading(t("plans.lesson")))
        column.addWidget(text_label(t("plans.lesson_text")))
        self.figures = _figures(lesson)
        column.addWidget(self.figures)
        column.addWidget(muted(_sum(lesson), wrap=True))
        until = i18n.date(lesson.plan.until) if lesson.plan.until else ""
        column.addWidget(
            muted(t("plans.lesson_source", share=f"{lesson.cost_share}%", until=until), wrap=True)
        )
        if own:
            column.addWidget(text_label(t("plans.lesson_own")))
            note = SoftNote()
            note.setText(own)
            column.addWidget(note)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        close = button(t("plans.close"), self.accept)
        row.addWidget(close)
        column.addLayout(row)
        close.setFocus()


def _figures(lesson: TradeLesson) -> Figures:
    figures = Figures()
    for key, value, kind in (
        ("before", t("plans.messages", n=lesson.before), ""),
        ("after", t("plans.messages", n=lesson.after), "strong"),
        ("share", f"{lesson.share.normalize()}%", "good"),
        ("bill", price_text(lesson.bill, lesson.plan.currency), "strong"),
    ):
        figures.add(t(f"plans.lesson.{key}"), value, kind, key=key)
    return figures


def _sum(lesson: TradeLesson) -> str:
    """How the bill comes about."""
    currency = lesson.plan.currency
    return t(
        "plans.lesson_sum",
        fee=price_text(Decimal(lesson.plan.monthly_fee), currency),
        included=lesson.plan.included,
        extra=lesson.extra,
        price=price_text(lesson.plan.tiers[0].price, currency),
        bill=price_text(lesson.bill, currency),
    )
