"""Who joined and left since an upload, the overlap of two audiences, the parts of the reach: what sets of people come to."""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.people.condition import EVERYBODY
from desktop.core.people.query_text import parse
from desktop.core.people.selection import Selection
from desktop.operations.audiences import audiences, comparing, reaching
from desktop.operations.people import deleting, erasing, merging
from desktop.operations.people.merging import MergeChoice
from desktop.store.audience_history import hold_out, uploaded
from desktop.store.audience_history.uploaded import Difference, standing_uploads
from desktop.store.condition_sql import compile_condition, query_context
from desktop.store.database import Database
from tests.unit.store.audience_history.small_audience import (
    Somebody,
    add_audience,
    add_people,
    freeze,
    held_out,
    put,
    somebody,
    user_id,
)

INSIDE = parse("store:甲")
PEOPLE = 40
by_chance = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


def _empty(db: Database) -> None:
    for table in ("upload_person", "held_out_person", "upload", "audience", "person"):
        db.run(f"DELETE FROM {table}")


def _fill(db: Database, chance: Random) -> dict[int, Somebody]:
    people = {number: somebody(chance) for number in range(1, PEOPLE)}
    for number, one in people.items():
        put(db, number, one)
    return people


@by_chance
@given(chance=st.randoms(use_true_random=False), percent=st.sampled_from([0, 0, 30]))
def test_the_difference_is_that_of_the_sets(shop_db: Database, chance: Random, percent: int) -> None:
    with shop_db.transaction():
        _empty(shop_db)
        _fill(shop_db, chance)
        audience = add_audience(shop_db)
        hold_out.set_percent(shop_db, audience, percent)
        sql = compile_condition(INSIDE, query_context(shop_db))
        freeze(shop_db, audience, sql)
        then = set(shop_db.column("SELECT person_id FROM upload_person"))
        now = _fill(shop_db, chance)
        if chance.random() < 0.5:
            freeze(shop_db, audience, sql, kind="add")
            then |= set(shop_db.column("SELECT person_id FROM upload_person"))
            now = _fill(shop_db, chance)
        kept = held_out(shop_db, audience)
    theirs = {number for number, one in now.items() if one.inside and one.reachable} - kept
    standing = standing_uploads(shop_db, audience)
    found = uploaded.difference(shop_db, audience, sql, standing)
    assert found == Difference(len(theirs - then), len(then - theirs), len(theirs & then))
    joined = uploaded.joined(shop_db, audience, sql, standing, 100)
    left = uploaded.left(shop_db, audience, sql, standing, 100)
    assert {one.id for one in joined} == theirs - then
    # Without a user ID nobody but the upload knows whose it was.
    assert {one.id for one in left} == then - theirs
    for one in left:
        assert one.id is not None
        who = now[one.id]
        if not who.user_id:
            assert one.why in ("other_id", "unreachable")
        elif not who.reachable:
            assert one.why == "unreachable"
        else:
            assert one.why == ("held_out" if one.id in kept else "condition")


@by_chance
@given(chance=st.randoms(use_true_random=False))
def test_the_parts_add_up_to_the_whole(shop_db: Database, chance: Random) -> None:
    with shop_db.transaction():
        _empty(shop_db)
        people = _fill(shop_db, chance)
    for condition in (EVERYBODY, INSIDE):
        inside = [one for one in people.values() if one.inside or condition is EVERYBODY]
        counts = reaching.counts(shop_db, condition)
        assert counts.people == len(inside)
        assert sum(number for part, number in counts.parts.items() if part != "unchecked") == len(inside)
        reachable = [one for one in inside if one.reachable]
        assert counts.parts["reachable"] == len(reachable)
        assert counts.parts["unchecked"] == sum(one.friend is None for one in reachable)
        assert counts.parts["without_user_id"] == sum(not one.user_id for one in inside)
        listed = audiences.reach_of(shop_db, condition)
        assert counts.parts == {part: getattr(listed, part) for part in reaching.PARTS}


@by_chance
@given(chance=st.randoms(use_true_random=False))
def test_the_overlap_is_that_of_the_sets(shop_db: Database, chance: Random) -> None:
    with shop_db.transaction():
        _empty(shop_db)
        people = _fill(shop_db, chance)
    found = comparing.overlap_of(shop_db, INSIDE, parse("blocked:yes OR consent:yes"))
    one = {number for number, who in people.items() if who.inside}
    other = {number for number, who in people.items() if 1 in (who.blocked, who.consent)}
    reach = {number for number, who in people.items() if who.reachable}
    assert (found.one, found.other, found.both) == (len(one), len(other), len(one & other))
    assert (found.one_reachable, found.other_reachable, found.both_reachable) == (
        len(one & reach), len(other & reach), len(one & other & reach),
    )  # fmt: skip


def _uploaded(db: Database) -> int:
    with db.transaction():
        add_people(db, range(1, 6))
        audience = add_audience(db)
        freeze(db, audience)
    return audience


def test_who_was_deleted_is_named_and_who_was_erased_only_counted(shop_db: Database) -> None:
    audience = _uploaded(shop_db)
    deleting.delete(shop_db, Selection.of([2]))
    erasing.erase_from_shop(shop_db, 3)
    last = comparing.last_upload(shop_db, audience, EVERYBODY)
    assert last is not None
    assert last.difference == Difference(0, 1, 3, erased=1)
    left = comparing.moved(shop_db, audience, EVERYBODY, "left")
    assert [(one.id, one.name, one.why) for one in left] == [(None, "會員2", "deleted")]


def test_who_was_merged_is_found_under_the_one_who_stayed(shop_db: Database) -> None:
    audience = _uploaded(shop_db)
    merging.merge(shop_db, [MergeChoice(4, 5)])
    assert comparing.moved(shop_db, audience, EVERYBODY, "joined") == []
    left = comparing.moved(shop_db, audience, EVERYBODY, "left")
    assert [(one.id, one.name, one.why) for one in left] == [(4, "會員4", "other_id")]
    with shop_db.transaction():
        shop_db.run("INSERT INTO person (id, name) VALUES (9, '沒有 UID')")
    merging.merge(shop_db, [MergeChoice(9, 1)])
    assert shop_db.value("SELECT line_user_id FROM person WHERE id = 9") == user_id(1)
    assert [one.id for one in comparing.moved(shop_db, audience, EVERYBODY, "left")] == [4]


def test_uploads_that_line_never_had_do_not_stand(shop_db: Database) -> None:
    audience = _uploaded(shop_db)
    first = standing_uploads(shop_db, audience)
    with shop_db.transaction():
        freeze(shop_db, audience, state="refused")
        freeze(shop_db, audience, kind="add", state="cancelled")
        assert standing_uploads(shop_db, audience) == first
        more = freeze(shop_db, audience, kind="add", state="processing")
        assert standing_uploads(shop_db, audience) == [*first, more]
        other = freeze(shop_db, audience, kind="replace", state="waiting")
        freeze(shop_db, audience, kind="delete")
        assert standing_uploads(shop_db, audience) == [other]
