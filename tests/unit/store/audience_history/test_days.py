"""Sizes by day, the months of messages, and what user IDs look like."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desktop.core.people.condition import EVERYBODY
from desktop.operations.audiences import comparing, reaching
from desktop.operations.people import merging
from desktop.operations.people.merging import MergeChoice
from desktop.operations.shop import message_plans
from desktop.store import shop
from desktop.store.audience_history import days
from desktop.store.audience_history.days import AudienceDay
from desktop.store.database import Database
from desktop.store.reach import message_months
from desktop.store.reach.id_health import IdForms
from tests.unit.store.audience_history.small_audience import add_audience, add_people, freeze, user_id


def test_a_days_newest_count_stays_and_uploads_are_days_too(
    shop_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with shop_db.transaction():
        add_people(shop_db, range(1, 6))
        audience = add_audience(shop_db)
        freeze(shop_db, audience)
        freeze(shop_db, audience, state="refused", at="2026-11-09T03:00:00.000000Z")
        days.note(shop_db, audience, "2026-11-01", 3, 2)
    monkeypatch.setenv("TAGLINE_NOW", "2026-11-21T09:00:00")
    assert comparing.needs_note(shop_db, audience, 9, 7)
    comparing.note_today(shop_db, {audience: (8, 7)})
    assert comparing.needs_note(shop_db, audience, 9, 7)
    comparing.note_today(shop_db, {audience: (9, 7)})
    assert not comparing.needs_note(shop_db, audience, 9, 7)
    assert comparing.growth(shop_db, audience) == [
        AudienceDay("2026-11-01", 3, 2), AudienceDay("2026-11-08", 5, 5, 5), AudienceDay("2026-11-21", 9, 7),
    ]  # fmt: skip
    assert days.newest(shop_db, [audience, 99]) == {audience: AudienceDay("2026-11-21", 9, 7)}


def _told(db: Database, used: int, instant: str) -> None:
    with db.transaction():
        message_months.note(db, used, datetime.fromisoformat(instant))


def test_a_month_counts_once_it_was_asked_for_at_its_end(shop_db: Database) -> None:
    shop.put_json(shop_db, "line_account", {"userId": "Ua"})
    _told(shop_db, 2_000, "2026-08-31T10:00:00+08:00")
    _told(shop_db, 900, "2026-09-12T10:00:00+08:00")
    _told(shop_db, 10, "2026-10-02T10:00:00+08:00")
    _told(shop_db, 2_900, "2026-10-29T10:00:00+08:00")
    _told(shop_db, 5, "2026-11-30T10:00:00+08:00")
    now = datetime(2026, 11, 30, 14, tzinfo=UTC)
    assert message_months.whole_months(shop_db, now) == (2_900, 2_000)
    # Midnight in Japan, an hour before Taiwan's, ends the month.
    _told(shop_db, 0, "2026-11-30T23:30:00+08:00")
    assert message_months.whole_months(shop_db, datetime(2026, 12, 2, tzinfo=UTC)) == (5, 2_900, 2_000)
    shop.put_json(shop_db, "line_account", {"userId": "Ub"})
    assert message_months.whole_months(shop_db, now) == ()


def test_the_advice_is_about_these_months(shop_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAGLINE_NOW", "2026-11-21T09:00:00")
    shop.put_json(shop_db, "quota", {"value": 6_000, "used": 5, "at": "2026-11-20T00:00:00.000000Z"})
    assert message_plans.plans_now(shop_db).advice.verdict == "no_months"
    _told(shop_db, 2_000, "2026-10-31T10:00:00+08:00")
    now = message_plans.plans_now(shop_db)
    assert now.current is not None
    assert (now.current.plan, now.advice.verdict) == ("high", "cheaper")
    assert now.advice.other is not None
    assert now.advice.other.plan == "medium"


def test_malformed_ids_are_counted_and_named(shop_db: Database) -> None:
    with shop_db.transaction():
        add_people(shop_db, [1, 2, 3])
        shop_db.many(
            "INSERT INTO person (id, name, line_user_id) VALUES (?, ?, ?)",
            [
                (4, "大寫", " " + user_id(250).upper()),
                (5, "原本", user_id(250)),
                (6, "短", "Uabc"),
                (7, "沒有", None),
            ],
        )
    state = reaching.id_state(shop_db, EVERYBODY)
    assert state.forms == IdForms(6, 2, 1, 0)
    assert state.check is None
    assert reaching.malformed_ids(shop_db, EVERYBODY) == [(4, "大寫"), (6, "短")]
    merging.merge(shop_db, [MergeChoice(1, 2)])
    assert reaching.id_state(shop_db, EVERYBODY).forms == IdForms(5, 2, 1, 1)
