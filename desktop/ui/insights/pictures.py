"""The page's states for its pictures: each tab, and what a shop that has just begun does not have yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from desktop.core.figures.hold_out import GroupOutcome, compare
from desktop.core.figures.period import Period
from desktop.core.figures.rate import Rate
from desktop.core.message import message
from desktop.operations.audiences import audiences
from desktop.operations.insights import profiles
from desktop.operations.insights.campaigns import Campaign, CampaignResult
from desktop.store.database import Database
from desktop.store.insights.campaigns import CouponRow
from desktop.store.insights.targets import Target
from desktop.ui.insights.campaigns.result_card import Result
from desktop.ui.insights.nothing import Standing
from desktop.ui.insights.overview.targets import keep_target

if TYPE_CHECKING:
    from desktop.ui.insights.page import InsightsPage


def states(page: InsightsPage) -> dict[str, Callable[[], None]]:
    """Name → what brings the page there; those that change the shop only in a practice shop."""
    found: dict[str, Callable[[], None]] = {
        tab: partial(page.show_section, tab) for tab in ("cohorts", "repurchase", "spread", "cost")
    }
    found["advanced"] = partial(_advanced, page)
    if page.desk.practice:
        found["actions"] = partial(_actions, page)
        found["campaigns"] = partial(_campaigns, page)
        found["target"] = partial(_target, page)
    found["no-orders"] = partial(_empty, page, Standing(5_214, None, False), "overview")
    found["nothing"] = partial(_empty, page, Standing(0, None, False), "spread")
    return found


def _advanced(page: InsightsPage) -> None:
    page.show_section("spread")
    page.concentration.advanced.setChecked(True)


def _target(page: InsightsPage) -> None:
    page.show_section("overview")
    for figure, value in (("binding", 0.75), ("new_friend_binding", 0.72)):
        keep_target(page, page.desk, figure, Target(value, date(2026, 12, 31)), page.read)


def _actions(page: InsightsPage) -> None:
    page.show_section("actions")

    def mark(db: Database, _ctx: object) -> object:
        kept = [
            audiences.save(db, name, query)
            for name, query in (("熟客", "order_days:>=8"), ("高消費", "total:>=10000"))
        ]
        for one, term in zip(kept, ("short", "long"), strict=True):
            profiles.mark_action(db, one.audience.id, term)
        return kept[-1]

    page.desk.jobs.write(mark, owner=page, then=lambda _: page.read())


def _campaigns(page: InsightsPage) -> None:
    page.show_section("campaigns")
    sent = Campaign(0, None, "沉睡客回來走走", date(2026, 11, 2), True, 812, True)
    bought = GroupOutcome(812, 131, 160, 58_300, 41_000_000)
    left_out = GroupOutcome(90, 8, 9, 3_100, 1_900_000)
    found = CampaignResult(
        sent,
        Rate(203, 812),
        True,
        Rate(97, 812),
        Period(date(2026, 11, 2), date(2026, 11, 15)),
        True,
        bought,
        GroupOutcome(812, 88, 101, 36_900, 25_000_000),
        left_out,
        compare(bought, left_out),
        message("insights_core.campaign_chance"),
    )

    def show(_: object) -> None:
        page.sends.show_sends((sent,))
        page.result.show_result(Result(found, (CouponRow("回來走走 50 元", 97, 92, 4_850, 21_300),)))

    # After the page's own answer, which knows of no send.
    page.desk.jobs.read(lambda _db: None, owner=page, then=show)


def _empty(page: InsightsPage, standing: Standing, tab: str) -> None:
    page.show_section(tab)
    page.desk.jobs.read(lambda _db: standing, owner=page, then=page.show_standing, latest="insights.standing")
