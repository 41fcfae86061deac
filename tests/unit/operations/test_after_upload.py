"""The day a message went out by hand: asked once, on a later day, and kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.operations.line import after_upload
from desktop.store import history, manager_sends, outbox
from desktop.store.database import Database
from desktop.store.outbox import Frozen
from tests.unit.store.small_shops import empty_shop

YESTERDAY = "2026-01-05T03:00:00.000000Z"


@pytest.fixture
def db() -> Database:
    return empty_shop()


def upload(db: Database, name: str = "熟客") -> int:
    with db.transaction():
        step = history.list_only(db, "upload", message("outbox.step_upload", audience=name, n=1), 1)
        return outbox.freeze(db, Frozen(None, name, name, "", 0, step, YESTERDAY), "1", [])


def today(db: Database) -> date:
    return outbox.local_day(db, history.utc_now())


def test_it_is_not_asked_on_the_same_day(db: Database) -> None:
    after_upload.manager_opened(db, upload(db))
    assert after_upload.to_ask(db) == ()


def test_it_is_asked_on_a_later_day_and_once(db: Database) -> None:
    first, second = upload(db), upload(db, "VIP")
    for number in (first, second):
        manager_sends.opened(db, number, YESTERDAY)
    assert [(one.audience, one.day) for one in after_upload.to_ask(db)] == [
        ("熟客", date(2026, 1, 5)),
        ("VIP", date(2026, 1, 5)),
    ]
    after_upload.later(db, (first,))
    assert [one.audience for one in after_upload.to_ask(db)] == ["VIP"]
    after_upload.was_sent(db, second)
    assert after_upload.to_ask(db) == ()
    assert after_upload.sent_days(db) == {second: date(2026, 1, 5)}


def test_opening_the_manager_again_asks_again_unless_it_was_sent(db: Database) -> None:
    number = upload(db)
    manager_sends.opened(db, number, YESTERDAY)
    after_upload.later(db, (number,))
    manager_sends.opened(db, number, YESTERDAY)
    assert len(after_upload.to_ask(db)) == 1
    after_upload.was_sent(db, number)
    manager_sends.opened(db, number, YESTERDAY)
    assert after_upload.to_ask(db) == ()


def test_a_day_can_be_given_and_taken_back(db: Database) -> None:
    number = upload(db)
    after_upload.was_sent(db, number)
    assert after_upload.sent_days(db) == {number: today(db)}
    after_upload.was_sent(db, number, date(2026, 1, 2))
    known = after_upload.known(db, number)
    assert known is not None
    assert known.sent_on == date(2026, 1, 2)
    after_upload.not_sent(db, number)
    assert after_upload.sent_days(db) == {}


def test_tomorrow_is_no_day_of_sending(db: Database) -> None:
    number = upload(db)
    with pytest.raises(UserError) as refused:
        after_upload.was_sent(db, number, today(db) + timedelta(days=1))
    assert refused.value.text.key == "after_upload.in_future"
    assert after_upload.sent_days(db) == {}
