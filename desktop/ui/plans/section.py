"""The settings' part about LINE's plans: which one is the shop's, what each costs and from where that is known, whether another
would have been cheaper."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.core.changes import Changes, Kind
from desktop.core.figures.message_cost import exactly_priced, month_bill
from desktop.core.figures.message_plans import COUNTRIES
from desktop.core.limits import MessagePlan
from desktop.operations.shop import message_plans
from desktop.operations.shop.message_plans import PlansNow
from desktop.text import t
from desktop.ui import i18n, theme
from desktop.ui.audiences.figures.cost_line import price_text
from desktop.ui.desk import Desk
from desktop.ui.plans.lesson_dialog import LessonDialog
from desktop.ui.plans.plan_dialog import PlanDialog
from desktop.ui.plans.words import advice_text, plan_name, source_text, steps_text
from desktop.ui.settings.section import SettingsSection
from desktop.ui.widgets.buttons import button, link_button
from desktop.ui.widgets.chips import FlowLayout
from desktop.ui.widgets.fields import FormRows, Select, TextField
from desktop.ui.widgets.labels import muted, small, text_label

COLUMNS = ("plan", "fee", "included", "steps")
MOST_DIGITS = 9


class PlansSection(SettingsSection):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("plans.title"))
        self.seen: PlansNow | None = None
        self.body.addWidget(muted(t("plans.text"), wrap=True))
        rows = FormRows()
        self.country = Select(t("plans.country"), [(code, t(f"plans.country.{code}")) for code in COUNTRIES])
        self.country.chosen.connect(lambda _: self._read())
        self.mine = Select(t("plans.mine"))
        self.mine.chosen.connect(self._choose)
        self.messages = TextField("3000", t("plans.month"))
        self.messages.textChanged.connect(lambda _: self._fill())
        rows.add(t("plans.country"), self.country)
        rows.add(t("plans.mine"), self.mine)
        rows.add(t("plans.month"), self.messages, t("plans.month_hint"))
        self.rows = rows
        self.body.addWidget(rows)
        self.quota = muted("", wrap=True)
        self.body.addWidget(self.quota)
        self.table = QWidget()
        self.body.addWidget(self.table)
        self._grid = QGridLayout(self.table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(16))
        self._grid.setVerticalSpacing(theme.px(6))
        self.advice = text_label()
        self.body.addWidget(self.advice)
        links = QWidget()
        flow = FlowLayout(links, gap=8)
        flow.addWidget(button(t("plans.add"), lambda: self._change(None), icon="plus"))
        flow.addWidget(link_button(t("audience_figures.lesson_link"), self._tell))
        self.body.addWidget(links)
        db = desk.jobs.page_reader
        self.country.set_value(message_plans.plans_now(db).country)
        self._read()

    def opened(self) -> None:
        self._read()

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.SHOP, Kind.LINE, Kind.ACCOUNT):
            self._read()

    def _read(self) -> None:
        db = self.desk.jobs.page_reader
        self.seen = message_plans.plans_now(db, self.country.value())
        seen = self.seen
        told = seen.table.choosing(None).plan_of(
            seen.quota.value if seen.quota else None, seen.country, seen.today
        )
        words = t("plans.mine_told", plan=plan_name(told)) if told else t("plans.mine_unknown")
        self.mine.set_choices([("", words), *((plan.key, plan_name(plan)) for plan in seen.plans)])
        chosen = seen.table.chosen
        self.mine.set_value(chosen if any(plan.key == chosen for plan in seen.plans) else "")
        self.quota.setText(_quota_text(seen))
        self.advice.setText(advice_text(seen.advice, seen.current))
        self._fill()

    def _fill(self) -> None:
        if self.seen is None:
            return
        while (item := self._grid.takeAt(0)) is not None:
            made = item.widget()
            if made is not None:
                made.hide()
                made.deleteLater()
        digits = self.messages.text().replace(",", "").strip()
        messages = int(digits) if digits.isdecimal() and len(digits) <= MOST_DIGITS else None
        if not self.seen.plans:
            self._grid.addWidget(muted(t("plans.none_known"), wrap=True), 0, 0)
            return
        titles = [t(f"plans.column.{name}") for name in COLUMNS]
        for column, title in enumerate(
            [*titles, t("plans.bill", n=messages)] if messages is not None else titles
        ):
            self._grid.addWidget(small(title, wrap=True), 0, column)
        for row, plan in enumerate(self.seen.plans, start=1):
            self._add(row, plan, messages)
        self._grid.setColumnStretch(COLUMNS.index("plan"), 2)
        self._grid.setColumnStretch(COLUMNS.index("steps"), 3)

    def _add(self, row: int, plan: MessagePlan, messages: int | None) -> None:
        mine = self.seen is not None and self.seen.current is not None and self.seen.current.key == plan.key
        cells: list[QWidget] = [_named(plan, mine)]
        cells.append(text_label(price_text(Decimal(plan.monthly_fee), plan.currency), wrap=False))
        cells.append(text_label(t("plans.messages", n=plan.included), wrap=False))
        cells.append(text_label(steps_text(plan)))
        cells.append(text_label(_bill(plan, messages)) if messages is not None else QWidget())
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=4)
        change = link_button(t("plans.change_short"), partial(self._change, plan))
        change.setAccessibleName(t("plans.change", plan=plan_name(plan)))
        flow.addWidget(change)
        if plan.own:
            back = link_button(t("plans.reset"), partial(self._reset, plan.key))
            back.setAccessibleName(t("plans.reset_plan", plan=plan_name(plan)))
            flow.addWidget(back)
        cells.append(buttons)
        for column, cell in enumerate(cells):
            self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)

    def _choose(self, key: object) -> None:
        wanted = str(key) or None
        self.desk.jobs.write(
            lambda db, _ctx: message_plans.choose(db, wanted), owner=self, then=lambda _: self._read()
        )

    def _change(self, plan: MessagePlan | None) -> None:
        if self.seen is None:
            return
        dialog = PlanDialog(self, self.desk, self.seen.country, plan, self.seen.today, self._read)
        self.desk.dialogs.show(dialog)

    def _reset(self, key: str) -> None:
        self.desk.jobs.write(
            lambda db, _ctx: message_plans.reset(db, key), owner=self, then=lambda _: self._read()
        )

    def _tell(self) -> None:
        self.desk.dialogs.show(LessonDialog(self))


def _named(plan: MessagePlan, mine: bool) -> QWidget:
    """A plan's name above where its prices come from."""
    cell = QWidget()
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, theme.px(4))
    column.setSpacing(0)
    name = text_label(t("plans.is_mine", plan=plan_name(plan)) if mine else plan_name(plan))
    if mine:
        name.setProperty("kind", "strong")
    column.addWidget(name)
    source = small(source_text(plan), wrap=True)
    source.setToolTip(plan.source)
    column.addWidget(source)
    return cell


def _quota_text(seen: PlansNow) -> str:
    quota = seen.quota
    if quota is None or seen.quota_at is None:
        return t("audiences_page.cost.unknown_quota")
    when = i18n.moment(seen.quota_at)
    if quota.left is None:
        return t("audience_figures.quota_unlimited", when=when)
    return t("audience_figures.quota_left", n=quota.left, of=quota.value, when=when)


def _bill(plan: MessagePlan, messages: int) -> str:
    bill = month_bill(plan, messages)
    if bill is None:
        return t("plans.cannot")
    price = price_text(bill, plan.currency)
    return (
        price if exactly_priced(plan, max(0, messages - plan.included)) else t("plans.at_most", price=price)
    )
