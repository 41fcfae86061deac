"""What came of one send: answers, coupons redeemed, orders in the days after it beside the days before and beside those held out,
told no stronger than the numbers bear."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from desktop.core.changes import Changes
from desktop.core.figures.hold_out import GroupOutcome
from desktop.core.figures.rate import Rate
from desktop.core.message import Message, message
from desktop.operations.insights import campaigns as asking
from desktop.operations.insights.campaigns import CampaignResult
from desktop.store.audience_history.uploaded import Moved
from desktop.store.database import Database
from desktop.store.insights.campaigns import CouponRow, typed
from desktop.text import render, t
from desktop.ui.audiences.figures.people_dialog import PeopleDialog
from desktop.ui.desk import Desk
from desktop.ui.i18n import date, money, number
from desktop.ui.insights.asking import FigureCard, SmallTable, beside
from desktop.ui.insights.words import share
from desktop.ui.widgets.buttons import link_button
from desktop.ui.widgets.card import Figures
from desktop.ui.widgets.fields import Select
from desktop.ui.widgets.labels import muted, text_label
from desktop.ui.widgets.table import Column

SPANS = (7, 14, 30)
LISTS = ((False, False), (False, True), (True, True))
"""The lists behind the numbers: (those held out, only who bought)."""
COUNTS = ("received", "answered", "redeemed")


@dataclass(frozen=True)
class Result:
    """What came of a send, and the coupons in its people's orders."""

    result: CampaignResult | None
    coupons: tuple[CouponRow, ...]


@dataclass(frozen=True)
class _Kept:
    """A count that was kept, and the one before it."""

    changes: Changes
    before: int | None


class ResultCard(FigureCard):
    """See the module."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, t("insights_page.result"), t("insights_page.result_formula"))
        self.upload_id = 0
        self.found: CampaignResult | None = None
        self.span = Select(
            t("insights_page.days_after"), [(n, t("insights_page.days_after_n", n=n)) for n in SPANS]
        )
        self.span.set_value(asking.DAYS_AFTER)
        self.span.chosen.connect(lambda _: self.read(self.upload_id))
        self.header.addWidget(self.span)
        self.told = muted("", wrap=True)
        self.body.addWidget(self.told)
        self.figures = Figures()
        self.body.addWidget(self.figures)
        self.lists = [
            link_button("", partial(self.list_people, held_out=held_out, buyers=buyers))
            for held_out, buyers in LISTS
        ]
        self.body.addLayout(beside(*self.lists, None))
        self.wording = text_label("")
        self.body.addWidget(self.wording)
        self.inputs = [
            link_button(t(f"insights_page.type_in.{figure}"), partial(self._ask, figure)) for figure in COUNTS
        ]
        self.body.addLayout(beside(*self.inputs, None))
        self.coupons = SmallTable(
            t("insights_page.coupons"),
            (
                Column(t("insights_page.column.coupon"), lambda row: row.name),
                Column(t("insights_page.column.orders"), lambda row: number(row.orders), right=True),
                Column(t("insights_page.column.people"), lambda row: number(row.people), right=True),
                Column(t("insights_page.column.discount"), lambda row: money(row.discount), right=True),
            ),
            widths=(0, 80, 80, 100),
            stretch=0,
        )
        self.body.addWidget(self.coupons)
        self.body.addStretch(1)
        self.read(0)

    def read(self, upload_id: int) -> None:
        """Read what came of a send; 0: of none."""
        self.upload_id = upload_id
        if not upload_id:
            self.show_result(Result(None, ()))
            return
        days = int(self.span.value())

        def work(db: Database) -> Result:
            return Result(asking.result(db, upload_id, days), asking.coupons(db, upload_id=upload_id))

        self.ask(work, self.show_result, "result")

    def show_result(self, answer: Result) -> None:
        """Show what was read."""
        found = self.found = answer.result
        self.figures.clear()
        self.coupons.show_rows(answer.coupons)
        for part in (self.wording, self.figures, *self.inputs):
            part.setVisible(found is not None)
        self._show_lists(found)
        if found is None:
            self.told.setText(t("insights_page.result_none"))
            return
        self.told.setText(
            t(
                "insights_page.result_told",
                audience=found.campaign.audience,
                first=date(found.span.first),
                last=date(found.span.last),
            )
        )
        self._show_figures(found)
        self.wording.setText(render(found.wording))

    def _show_figures(self, found: CampaignResult) -> None:
        add = self.figures.add
        key = "insights_page.received" if found.campaign.received_known else "insights_page.received_ids"
        add(t(key), number(found.campaign.received), "strong")
        for name, rate in (
            ("insights_page.answered", found.answered),
            ("insights_page.redeemed", found.redeemed),
        ):
            add(t(name), _rate(rate), "" if rate is not None else "muted")
        add(t("insights_page.bought_after"), _outcome(found.bought))
        add(t("insights_page.bought_before"), _outcome(found.before), "muted")
        if found.held_out is not None:
            add(t("insights_page.bought_held_out"), _outcome(found.held_out))

    def _show_lists(self, found: CampaignResult | None) -> None:
        for link, (held_out, buyers) in zip(self.lists, LISTS, strict=True):
            n = people_in(found, held_out=held_out, buyers=buyers) if found is not None else 0
            link.setText(t(_list_name(held_out=held_out, buyers=buyers), n=n))
            link.setVisible(n > 0)

    def list_people(self, *, held_out: bool, buyers: bool) -> None:
        """Show by name who stands behind a number."""
        found = self.found
        if found is None:
            return
        n = people_in(found, held_out=held_out, buyers=buyers)
        title = t(_list_name(held_out=held_out, buyers=buyers), n=n)

        def show(people: list[tuple[int, str]]) -> None:
            named = [Moved(person, name) for person, name in people]
            more = max(0, n - len(named))
            dialog = PeopleDialog(self, title, named, lambda person: self.open_people(f"id:{person}"), more)
            self.desk.dialogs.show(dialog)

        self.desk.jobs.read(
            lambda db: asking.people(db, found, held_out=held_out, buyers=buyers), owner=self, then=show
        )

    def _ask(self, figure: str) -> None:
        self.desk.dialogs.ask_text(
            self,
            message(f"insights_page.type_in.{figure}"),
            message("insights_page.type_in_label"),
            partial(self._keep, figure),
            check=_wrong,
        )

    def _keep(self, figure: str, text: str) -> None:
        self.keep_count(self.upload_id, figure, int(text) if text.strip() else None)

    def keep_count(self, upload_id: int, figure: str, value: int | None) -> None:
        """Keep what the owner counted; what stood there before can be brought back from the notice."""

        def work(db: Database, _ctx: object) -> _Kept:
            before = typed(db, upload_id).get(figure)
            return _Kept(asking.set_count(db, upload_id, figure, value).changes, before)

        def done(kept: _Kept) -> None:
            self.read(self.upload_id)
            if kept.before is not None and kept.before != value:
                back = (message("shell.undo"), lambda: self.keep_count(upload_id, figure, kept.before))
                self.desk.notices.show(message("insights_page.count_changed", n=kept.before), button=back)

        self.desk.jobs.write(work, owner=self, then=done)


def people_in(found: CampaignResult, *, held_out: bool, buyers: bool) -> int:
    """How many people stand behind a number of a result."""
    group = found.held_out if held_out else found.bought
    return 0 if group is None else group.buyers if buyers else group.people


def _list_name(*, held_out: bool, buyers: bool) -> str:
    if held_out:
        return "insights_page.list_held_out_bought"
    return "insights_page.list_bought" if buyers else "insights_page.list_received"


def _rate(rate: Rate | None) -> str:
    if rate is None:
        return t("insights_page.unknown")
    return t("insights_page.part", n=rate.part, share=share(rate.value))


def _outcome(group: GroupOutcome) -> str:
    return t(
        "insights_page.outcome",
        people=group.people,
        buyers=group.buyers,
        revenue=money(round(group.per_person)) if group.people else "—",
    )


def _wrong(text: str) -> Message | None:
    fits = not text.strip() or text.strip().isdecimal()
    return None if fits else message("insights_page.type_in_wrong")
