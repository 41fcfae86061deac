"""Own prices for a plan: its fee, what it includes, what extra messages cost step by step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.core.errors import UserError
from desktop.core.figures.message_plans import tiers_to_text
from desktop.core.limits import MessagePlan
from desktop.operations.shop import message_plans
from desktop.operations.shop.message_plans import PlansChanged
from desktop.text import render, t
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.plans.words import plan_name
from desktop.ui.widgets.buttons import button, primary_button
from desktop.ui.widgets.fields import FormRows, TextField
from desktop.ui.widgets.labels import error_text, heading

STEP_LINES = 4


class PlanDialog(QDialog):
    """Closes when the prices are kept, then calls ``then``.

    Args:
        parent: whose window it belongs to.
        desk: what it may use.
        country: whose plan.
        plan: the plan to change; None: one the program does not know.
        today: the shop's day, the date of the entry.
    """

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        country: str,
        plan: MessagePlan | None,
        today: date,
        then: Callable[[], object],
    ) -> None:
        super().__init__(parent.window())
        title = t("plans.change", plan=plan_name(plan)) if plan else t("plans.add")
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(460))
        self._desk, self._country, self._plan, self._today, self._then = desk, country, plan, today, then
        column = QVBoxLayout(self)
        edge = theme.px(20)
        column.setContentsMargins(edge, edge, edge, theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(heading(title))
        column.addWidget(self._form(plan))
        self.wrong = error_text()
        self.wrong.hide()
        column.addWidget(self.wrong)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(button(t("shell.cancel"), self.reject))
        self.keep = primary_button(t("plans.keep"), self.save)
        line.addWidget(self.keep)
        column.addLayout(line)
        (self.name if plan is None else self.fee).setFocus()

    def _form(self, plan: MessagePlan | None) -> FormRows:
        rows = FormRows()
        self.name = TextField("", t("plans.column.plan"))
        if plan is None:
            rows.add(t("plans.column.plan"), self.name)
        self.fee = TextField("0", t("plans.column.fee"))
        self.included = TextField("0", t("plans.column.included"))
        rows.add(t("plans.column.fee"), self.fee, t("plans.without_tax"))
        rows.add(t("plans.column.included"), self.included)
        self.steps = QPlainTextEdit()
        self.steps.setAccessibleName(t("plans.column.steps"))
        self.steps.setTabChangesFocus(True)
        self.steps.setFixedHeight(self.steps.fontMetrics().lineSpacing() * STEP_LINES + theme.px(18))
        rows.add(t("plans.column.steps"), self.steps, t("plans.steps_hint"))
        if plan is not None:
            self.name.setText(plan.plan)
            self.fee.setText(str(plan.monthly_fee))
            self.included.setText(str(plan.included))
            self.steps.setPlainText(tiers_to_text(plan.tiers))
        return rows

    def save(self) -> None:
        """Keep what was entered."""
        fee, included = _whole(self.fee.text()), _whole(self.included.text())
        for field, number in ((self.fee, fee), (self.included, included)):
            field.set_wrong(number is None)
        if fee is None or included is None:
            self._say(t("plans.number_wrong"))
            return
        country, name, steps, today = self._country, self.name.text(), self.steps.toPlainText(), self._today
        self._desk.jobs.write(
            lambda db, _ctx: message_plans.enter(db, country, name, fee, included, steps, today),
            owner=self,
            then=self._kept,
            on_error=self._refused,
        )

    def _kept(self, _done: PlansChanged) -> None:
        self.accept()
        self._then()

    def _refused(self, error: UserError) -> None:
        cure = f" {render(error.cure)}" if error.cure else ""
        self._say(render(error.text) + cure)

    def _say(self, words: str) -> None:
        self.wrong.setText(words)
        self.wrong.show()


def _whole(text: str) -> int | None:
    """A whole number as people write it, or None."""
    digits = text.replace(",", "").replace("，", "").strip()
    return int(digits) if digits.isdecimal() else None
