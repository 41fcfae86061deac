"""The till: finding the person who stands there, and writing her visit down as one order day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.core.clock import Clock
from desktop.core.errors import UserError
from desktop.operations.history import undoing
from desktop.operations.people import counter, editing
from desktop.store import figures
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile

PEOPLE = (
    (1, "W00231", "王怡君", "+886912345678", "2026-11-02"),
    (2, "W00678", "陳冠宇", "+886928117402", "2026-10-30"),
    (3, "VIP-77", "林淑芬", "+886933480221", None),
    (4, None, "林小芬", "+886912345678", "2026-11-20"),
    (5, "4711234567899", "郭子軒", None, None),
)


def at(text: str) -> Clock:
    """A clock that stands at this instant, UTC."""
    return lambda: datetime.fromisoformat(text).replace(tzinfo=UTC)


NOON = at("2026-11-21T04:00:00")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as made:
        db = made.writer()
        db.many(
            "INSERT INTO person (id, member_no, name, phone, last_order, stated_last_order)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
            PEOPLE,
        )
        yield db


def found(db: Database, text: str, limit: int = 9) -> list[int]:
    return [row.id for row in counter.find(db, text, limit).people]


def kept(db: Database, person: int) -> tuple[Any, ...] | None:
    return db.row(
        "SELECT orders, order_days, total, first_order, last_order FROM person WHERE id = ?", (person,)
    )


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("678", [4, 1, 2]),  # ends of two phones and of a member number, who came last first
        ("６７８", [4, 1, 2]),
        ("W00231", [1]),
        ("w00231", [1]),
        ("vip-77", [3]),
        ("4711234567899", [5]),
        ("0928-117-402", [2]),
        ("+886 928 117 402", [2]),
        ("0912345678", [1, 4]),  # a family's phone
        ("00231", [1]),
        ("怡君", [1]),
        ("林", [4, 3]),
        ("0933", [3]),  # the rest is still to be typed
        ("99999", []),
        ("12", []),
        ("   ", []),
    ],
)
def test_who_stands_at_the_till(db: Database, typed: str, people: list[int]) -> None:
    assert found(db, typed) == people


def test_more_than_can_be_shown_is_said(db: Database) -> None:
    few = counter.find(db, "678", 2)
    assert ([row.id for row in few.people], few.more) == ([4, 1], True)
    assert not counter.find(db, "678", 3).more


def test_numbers_of_somebody_merged_into_her_find_her(db: Database) -> None:
    step = db.insert(
        "INSERT INTO step (at, kind, title) VALUES ('2026', 'merge', '{\"key\":\"x\",\"params\":{}}')"
    )
    db.many(
        "INSERT INTO other_identity (key, value, person_id, step_id) VALUES (?, ?, 3, ?)",
        [("member_no", "OLD-9", step), ("phone", "+886955000111", step)],
    )
    assert found(db, "old-9") == found(db, "0955000111") == found(db, "111") == [3]
    db.run("UPDATE step SET state = 'undone' WHERE id = ?", (step,))
    assert found(db, "old-9") == found(db, "0955000111") == found(db, "111") == []


def test_two_visits_on_one_day_are_one_order_day_and_undo_takes_each_back(db: Database) -> None:
    figures.refresh(db, "SELECT id FROM person")
    before = kept(db, 5)
    first = counter.visit(db, 5, 120, clock=NOON)
    second = counter.visit(db, 5, clock=at("2026-11-21T15:59:00"))
    assert (first.today, second.today) == (1, 2)
    assert kept(db, 5) == (0, 1, 120, "2026-11-21", "2026-11-21")
    next_day = counter.visit(db, 5, 30.5, clock=at("2026-11-21T16:00:00"))
    assert next_day.today == 1
    assert kept(db, 5) == (0, 2, 150.5, "2026-11-21", "2026-11-22")
    assert [one.amount for one in counter.last_served(db)] == [30.5, None, 120]
    for days in (1, 1, 0):
        undoing.undo(db)
        found_days = db.value("SELECT coalesce(order_days, 0) FROM person WHERE id = 5")
        assert found_days == days
    assert kept(db, 5) == before
    assert counter.last_served(db) == []
    undoing.redo(db)
    assert kept(db, 5) == (0, 1, 120, "2026-11-21", "2026-11-21")


def test_a_visit_adds_to_the_figures_a_members_file_stated(db: Database) -> None:
    db.run(
        "UPDATE person SET stated_orders = 22, stated_total = 8660, stated_first_order = '2025-01-03',"
        " stated_last_order = '2026-11-09' WHERE id = 1"
    )
    figures.refresh(db, "SELECT 1")
    assert kept(db, 1) == (22, None, 8660, "2025-01-03", "2026-11-09")
    counter.visit(db, 1, 100, clock=NOON)
    assert kept(db, 1) == (22, 3, 8760, "2025-01-03", "2026-11-21")
    undoing.undo(db)
    assert kept(db, 1) == (22, None, 8660, "2025-01-03", "2026-11-09")


def test_a_visit_stands_beside_real_orders(db: Database) -> None:
    db.run(
        "INSERT INTO shop_order (order_no, person_id, ordered_at, amount) VALUES ('A1', 2, '2026-11-21T09:00:00', 50)"
    )
    figures.refresh(db, "SELECT 2")
    counter.visit(db, 2, clock=NOON)
    assert kept(db, 2) == (1, 1, 50, "2026-11-21", "2026-11-21")


def test_what_the_counter_shows_of_her(db: Database) -> None:
    db.run("UPDATE person SET note = '不加糖' WHERE id = 5")
    counter.visit(db, 5, clock=NOON)
    shown = counter.customer(db, 5, clock=NOON)
    assert shown is not None
    assert (shown.row.name, shown.note, shown.days, shown.today, shown.limit) == (
        "郭子軒",
        "不加糖",
        1,
        1,
        10,
    )
    assert counter.customer(db, 99) is None


def test_who_is_gone_cannot_come_and_nobody_pays_less_than_nothing(db: Database) -> None:
    with pytest.raises(UserError):
        counter.visit(db, 99)
    with pytest.raises(UserError):
        counter.visit(db, 1, -5)
    assert db.value("SELECT count(*) FROM shop_order") == db.value("SELECT count(*) FROM step") == 0


@pytest.mark.parametrize(
    ("typed", "amount"), [("", None), ("120", 120), ("NT$1,280", 1280), ("１２０元", 120), ("99.5", 99.5)]
)
def test_amounts_as_they_are_typed(typed: str, amount: float | None) -> None:
    assert counter.read_amount(typed) == amount


@pytest.mark.parametrize("typed", ["很多", "-5", "99999999999"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(UserError):
        counter.read_amount(typed)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("王小美 0912-345-678", ("王小美", "0912-345-678")),
        ("０９１２３４５６７８　王小美", ("王小美", "0912345678")),
        ("Amy Wang 0912 345 678", ("Amy Wang", "0912 345 678")),
        ("678", ("", "678")),
        ("王小美", ("王小美", "")),
        ("", ("", "")),
    ],
)
def test_name_and_phone_are_told_apart(typed: str, parts: tuple[str, str]) -> None:
    assert counter.name_and_phone(typed) == parts


def test_somebody_new_is_found_at_once(db: Database) -> None:
    name, phone = counter.name_and_phone("王小美 0987-000-123")
    added = editing.add_person(db, {"name": name, "phone": phone})
    assert found(db, "123") == [added.person]
