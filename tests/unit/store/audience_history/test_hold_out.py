"""Who is held out: of the right share, always the same, and kept with each upload."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.people.condition import EVERYBODY
from desktop.core.people.selection import Selection
from desktop.operations.audiences import audiences, comparing, costing
from desktop.operations.history import undoing
from desktop.operations.line import uploading
from desktop.operations.people import deleting, erasing
from desktop.store import audiences as saved
from desktop.store import shop
from desktop.store.audience_history import hold_out
from desktop.store.database import Database
from tests.unit.store.audience_history.small_audience import add_audience, add_people, freeze, held_out

PEOPLE = 2_000


def test_nobody_is_held_out_unless_the_owner_says_so(shop_db: Database) -> None:
    with shop_db.transaction():
        add_people(shop_db, range(1, 50))
        audience = add_audience(shop_db)
        assert held_out(shop_db, audience) == set()
        assert held_out(shop_db, 999) == set()
        hold_out.ensure_seed(shop_db)
        assert held_out(shop_db, audience) == set()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(seed=st.integers(0, 1 << 30), percent=st.integers(0, 50))
def test_the_share_is_right_and_a_smaller_one_is_part_of_it(
    shop_db: Database, seed: int, percent: int
) -> None:
    if not shop_db.value("SELECT count(*) FROM person"):
        with shop_db.transaction():
            add_people(shop_db, range(1, PEOPLE + 1))
            add_audience(shop_db)
    audience = shop_db.value("SELECT id FROM audience")
    chance = Random(seed)
    shop.put(shop_db, hold_out.SEED_KEY, str([chance.randrange(1, hold_out.PRIME) for _ in range(4)]))
    hold_out.set_percent(shop_db, audience, percent)
    found = held_out(shop_db, audience)
    share = percent / 100
    # Six standard deviations of as many independent lots.
    assert abs(len(found) - PEOPLE * share) <= 6 * (PEOPLE * share * (1 - share)) ** 0.5 + 1
    hold_out.set_percent(shop_db, audience, percent // 2)
    assert held_out(shop_db, audience) <= found


def test_they_are_the_same_for_every_audience_and_for_good(shop_db: Database) -> None:
    with shop_db.transaction():
        add_people(shop_db, range(1, 500))
        one, other = add_audience(shop_db), add_audience(shop_db, "別的")
        hold_out.set_percent(shop_db, one, 20)
        first = held_out(shop_db, one)
        hold_out.set_percent(shop_db, other, 20)
        hold_out.set_percent(shop_db, one, 0)
        assert held_out(shop_db, one) == set()
        hold_out.set_percent(shop_db, one, 20)
        assert held_out(shop_db, one) == held_out(shop_db, other) == first
        shop_db.run("DELETE FROM person WHERE id % 2 = 0")
        assert held_out(shop_db, one) == {person for person in first if person % 2}


@pytest.mark.parametrize("percent", [-1, 51])
def test_more_than_half_is_no_test(shop_db: Database, percent: int) -> None:
    with pytest.raises(ValueError, match=str(percent)):
        hold_out.set_percent(shop_db, 1, percent)


def test_an_upload_keeps_whom_it_held_out(shop_db: Database) -> None:
    with shop_db.transaction():
        add_people(shop_db, range(1, 300))
        audience = add_audience(shop_db)
        hold_out.set_percent(shop_db, audience, 10)
        upload = freeze(shop_db, audience)
        hold_out.set_percent(shop_db, audience, 0)
    kept = set(shop_db.column("SELECT person_id FROM held_out_person WHERE upload_id = ?", (upload,)))
    sent = set(shop_db.column("SELECT person_id FROM upload_person WHERE upload_id = ?", (upload,)))
    assert kept
    assert (kept | sent, kept & sent) == (set(range(1, 300)), set())


def test_who_is_erased_is_erased_here_too(shop_db: Database) -> None:
    with shop_db.transaction():
        add_people(shop_db, range(1, 300))
        audience = add_audience(shop_db)
        hold_out.set_percent(shop_db, audience, 10)
        freeze(shop_db, audience)
    her = shop_db.value("SELECT min(person_id) FROM held_out_person")
    erasing.erase_from_shop(shop_db, her)
    assert not shop_db.value("SELECT count(*) FROM held_out_person WHERE person_id = ?", (her,))


def test_another_share_is_a_step_that_can_be_undone(shop_db: Database) -> None:
    audience = audiences.save(shop_db, "熟客", "").audience
    outcome = comparing.set_hold_out(shop_db, audience.id, 10)
    assert outcome.step is not None
    assert comparing.set_hold_out(shop_db, audience.id, 10).step is None
    assert hold_out.percent_of(shop_db, audience.id) == 10
    undoing.undo(shop_db)
    assert hold_out.percent_of(shop_db, audience.id) == 0
    undoing.redo(shop_db)
    assert hold_out.percent_of(shop_db, audience.id) == 10


def test_a_deleted_audience_that_comes_back_has_its_share_its_days_and_its_uploads(shop_db: Database) -> None:
    audience = audiences.save(shop_db, "熟客", "").audience
    comparing.set_hold_out(shop_db, audience.id, 10)
    with shop_db.transaction():
        add_people(shop_db, range(1, 40))
        upload = freeze(shop_db, audience.id)
    comparing.note_today(shop_db, {audience.id: (39, 39)})
    audiences.delete(shop_db, "熟客")
    assert shop_db.value("SELECT audience_id FROM upload") is None
    undoing.undo(shop_db)
    back = saved.by_id(shop_db, audience.id)
    assert back is not None
    assert back.hold_out_percent == 10
    assert back.last_upload is not None
    assert back.last_upload["id"] == upload
    assert [day.people for day in comparing.growth(shop_db, audience.id)][-1] == 39


def test_who_was_deleted_is_still_known_as_held_out_when_she_comes_back(shop_db: Database) -> None:
    with shop_db.transaction():
        add_people(shop_db, range(1, 300))
        audience = add_audience(shop_db)
        hold_out.set_percent(shop_db, audience, 10)
    before = held_out(shop_db, audience)
    deleting.delete(shop_db, Selection.of(before))
    assert held_out(shop_db, audience) == set()
    undoing.undo(shop_db)
    assert held_out(shop_db, audience) == before


def test_a_press_leaves_them_out_and_finds_nothing_changed_afterwards(shop_db: Database) -> None:
    with shop_db.transaction():
        add_people(shop_db, range(1, 200))
    audience = audiences.save(shop_db, "全部", "").audience
    comparing.set_hold_out(shop_db, audience.id, 20)
    out = held_out(shop_db, audience.id)
    job = uploading.press(shop_db, audiences.existing(shop_db, "全部")).job
    sent = set(shop_db.column("SELECT person_id FROM upload_person WHERE upload_id = ?", (job.id,)))
    kept = set(shop_db.column("SELECT person_id FROM held_out_person WHERE upload_id = ?", (job.id,)))
    assert (sent & out, kept) == (set(), out)
    assert job.ids == 199 - len(out)
    last = comparing.last_upload(shop_db, audience.id, EVERYBODY)
    assert last is not None
    assert last.difference is not None
    assert last.difference.is_none
    assert costing.outlook(shop_db, EVERYBODY, audience.id).held_out == len(out)
    comparing.set_hold_out(shop_db, audience.id, 0)
    again = comparing.last_upload(shop_db, audience.id, EVERYBODY)
    assert again is not None
    assert again.difference is not None
    assert again.difference.joined == len(out)
