"""The outbox's rows: what each step of an upload leaves in the shop file, whenever the program ends."""

from __future__ import annotations

import pytest

from desktop.core.message import message
from desktop.core.people.upload_name import name_key
from desktop.store import outbox, shop
from desktop.store.database import Database, SqliteError
from desktop.store.history import list_only
from desktop.store.outbox import AtLine, Frozen, UploadJob

NOW, LATER = "2026-11-21T06:30:00.000000Z", "2026-11-21T06:31:00.000000Z"


@pytest.fixture
def people(shop_db: Database) -> Database:
    shop_db.many(
        "INSERT INTO person (line_user_id, blocked, name) VALUES (?, ?, ?)",
        [(f"U{number:032x}", 1 if number == 3 else None, f"人{number}") for number in range(9, 0, -1)]
        + [(None, None, "無")],
    )
    return shop_db


def freeze(db: Database, name: str = "熟客", where: str = "1", audience_id: int | None = None) -> UploadJob:
    with db.transaction():
        step = list_only(db, "upload", message("outbox.step_upload", audience=name, n=1), 1)
        upload = outbox.freeze(db, Frozen(audience_id, name, name, "", 10, step, NOW), where, [])
    job = outbox.job(db, upload)
    assert job is not None
    return job


def send(db: Database, job: UploadJob, account: str = "Ubot") -> bool:
    with db.transaction():
        return outbox.begin_sending(db, job.id, job.line_name, account, NOW)


def again(db: Database, job: UploadJob) -> UploadJob:
    found = outbox.job(db, job.id)
    assert found is not None
    return found


def test_frozen_are_the_reachable_in_order(people: Database) -> None:
    job = freeze(people)
    assert (job.state, job.ids, job.members, job.method, job.op) == (
        "waiting",
        8,
        10,
        "create_json",
        f"{job.key}-0",
    )
    ids = outbox.ids_after(people, job.id, "", 100)
    assert ids == sorted(ids)
    assert f"U{3:032x}" not in ids
    assert outbox.ids_after(people, job.id, ids[2], 2) == ids[3:5]
    assert outbox.ids_after(people, job.id, ids[-1], 2) == []


def test_the_condition_is_taken_as_a_whole(people: Database) -> None:
    assert freeze(people, where="p.id = 1 OR p.id = 2 OR p.name = '無'").ids == 2


def test_keys_are_never_the_same(people: Database) -> None:
    assert freeze(people, "甲").key != freeze(people, "乙").key


def test_the_same_people(people: Database) -> None:
    job = freeze(people, where="p.id <= 4")
    for where, same in (
        ("p.id <= 4", True),
        ("p.id <= 3", False),
        ("p.id <= 5", False),
        ("p.id BETWEEN 2 AND 5", False),
    ):
        assert outbox.holds_same(people, job.id, where, []) is same, where


def test_malformed_ids_are_named(people: Database) -> None:
    assert outbox.malformed(people, "1", []) == []
    for number, bad in enumerate(["U12", "U" + "G" * 32, "U" + "A" * 32, "u" + "1" * 32], start=1):
        people.run("UPDATE person SET line_user_id = ? WHERE id = ?", (bad, number))
    assert outbox.malformed(people, "1", []) == ["人9", "人8", "人7"]


def test_the_way_of_a_job(people: Database) -> None:
    job = freeze(people)
    assert send(people, job)
    sending = again(people, job)
    assert (sending.state, sending.perhaps_at_line, sending.attempts, sending.account) == (
        "sending",
        True,
        1,
        "Ubot",
    )
    assert not send(people, job), "a job that is leaving cannot leave again"
    with people.transaction():
        outbox.accepted(people, job.id, AtLine(77, "r-1", LATER, "Ubot"), LATER)
    taken = again(people, job)
    assert (taken.state, taken.perhaps_at_line, taken.audience_group_id, taken.request_id, taken.expires_at) == (
        "processing", False, 77, "r-1", LATER,
    )  # fmt: skip
    with people.transaction():
        outbox.ready(people, job.id, 8, None, LATER)
    done = again(people, job)
    assert (done.state, done.line_count, done.ready_at, done.expires_at, done.error) == (
        "ready",
        8,
        LATER,
        LATER,
        None,
    )
    assert outbox.active(people) == []


def test_only_a_waiting_and_confirmed_job_leaves(people: Database) -> None:
    job = freeze(people)
    for state in ("cancelled", "refused", "action_needed", "unknown", "ready"):
        outbox.move(people, job.id, state, NOW)
        assert not send(people, job)
        assert not again(people, job).perhaps_at_line
    outbox.move(people, job.id, "waiting", NOW)
    outbox.after_restart(people)
    assert not send(people, job)
    outbox.resume(people, job.id, NOW)
    assert send(people, job)


def test_a_restart_makes_what_was_leaving_unknown(people: Database) -> None:
    waiting, leaving, processing = freeze(people, "甲"), freeze(people, "乙"), freeze(people, "丙")
    send(people, leaving)
    send(people, processing)
    outbox.accepted(people, processing.id, AtLine(1, "r", None, "Ubot"), NOW)
    outbox.move(people, waiting.id, "waiting", NOW, error=message("line.dns"), next_try_at=LATER)
    assert outbox.after_restart(people) == 2
    assert [again(people, one).state for one in (waiting, leaving, processing)] == [
        "waiting",
        "unknown",
        "processing",
    ]
    assert [again(people, one).confirmed for one in (waiting, leaving, processing)] == [False, False, True]
    assert again(people, waiting).next_try_at is None
    assert [one.id for one in outbox.active(people)] == [processing.id]


@pytest.mark.parametrize(
    ("known", "state"), [("nothing", "waiting"), ("perhaps", "unknown"), ("accepted", "processing")]
)
def test_a_stopped_job_goes_on_where_it_was(people: Database, known: str, state: str) -> None:
    job = freeze(people)
    if known != "nothing":
        send(people, job)
    if known == "accepted":
        outbox.accepted(people, job.id, AtLine(5, None, None, "Ubot"), NOW)
    assert outbox.stop_all(people, message("line.sign_in_again"), NOW) == 1
    stopped = again(people, job)
    assert (stopped.state, stopped.error) == ("action_needed", message("line.sign_in_again"))
    assert outbox.stopped_by(people, {"line.sign_in_again"}) == [job.id]
    assert outbox.stopped_by(people, {"line.busy"}) == []
    outbox.resume(people, job.id, LATER)
    assert (again(people, job).state, again(people, job).error, again(people, job).attempts) == (
        state,
        None,
        0,
    )


def test_a_finished_job_does_not_go_on(people: Database) -> None:
    job = freeze(people)
    for state in ("ready", "refused", "cancelled"):
        outbox.move(people, job.id, state, NOW)
        outbox.resume(people, job.id, LATER)
        assert again(people, job).state == state


def test_not_at_line(people: Database) -> None:
    job = freeze(people)
    send(people, job)
    outbox.not_at_line(people, job.id, counted=True)
    assert (again(people, job).perhaps_at_line, again(people, job).attempts) == (False, 1)
    outbox.not_at_line(people, job.id, counted=False)
    outbox.not_at_line(people, job.id, counted=False)
    assert again(people, job).attempts == 0


def test_starting_over_has_a_mark_of_its_own(people: Database) -> None:
    job = freeze(people)
    send(people, job)
    outbox.accepted(people, job.id, AtLine(5, "r", LATER, "Ubot"), NOW)
    with people.transaction():
        outbox.start_over(people, job.id, "熟客 1121", LATER)
    fresh = again(people, job)
    assert (fresh.op, fresh.state, fresh.line_name, fresh.audience_group_id) == (
        f"{job.key}-1",
        "waiting",
        "熟客 1121",
        None,
    )
    assert (fresh.ids, fresh.method, fresh.perhaps_at_line, fresh.request_id) == (
        8,
        "create_json",
        False,
        None,
    )
    assert len(outbox.jobs(people)) == 1


def test_names_and_groups_in_use(people: Database) -> None:
    one, other, gone = freeze(people, "VIP"), freeze(people, "生日"), freeze(people, "取消")
    outbox.move(people, gone.id, "cancelled", NOW)
    send(people, other)
    outbox.accepted(people, other.id, AtLine(9, None, None, "Ubot"), NOW)
    assert outbox.names_in_use(people) == {name_key("vip"), name_key("生日")}
    assert outbox.names_in_use(people, apart_from=one.id) == {name_key("生日")}
    assert outbox.groups_in_use(people, apart_from=one.id) == {9}
    assert outbox.groups_in_use(people, apart_from=other.id) == set()


def test_paused_after_a_restore(people: Database) -> None:
    freeze(people)
    assert len(outbox.active(people)) == 1
    shop.put(people, "uploads_paused", "1")
    assert outbox.active(people) == []
    assert len(outbox.open_jobs(people)) == 1


def test_newest_first_and_of_an_audience(people: Database) -> None:
    people.run("INSERT INTO audience (id, name, key, query, saved_at) VALUES (4, '甲', '甲', '', ?)", (NOW,))
    first = freeze(people, "甲", audience_id=4)
    second = freeze(people, "乙")
    assert [one.id for one in outbox.jobs(people)] == [second.id, first.id]
    assert [one.id for one in outbox.jobs(people, limit=1)] == [second.id]
    found = outbox.open_job_of(people, 4)
    assert found is not None
    assert found.id == first.id
    outbox.move(people, first.id, "ready", NOW)
    assert outbox.open_job_of(people, 4) is None
    assert outbox.job(people, 99) is None


def test_states_are_the_documented_ones(people: Database) -> None:
    job = freeze(people)
    for state in (
        "waiting",
        "sending",
        "processing",
        "ready",
        "unknown",
        "action_needed",
        "refused",
        "cancelled",
    ):
        outbox.move(people, job.id, state, NOW)
    with pytest.raises(SqliteError):
        outbox.move(people, job.id, "done", NOW)


@pytest.mark.parametrize(("zone", "day"), [("Asia/Taipei", 22), ("UTC", 21), ("America/New_York", 21)])
def test_the_shops_own_day(shop_db: Database, zone: str, day: int) -> None:
    shop.put(shop_db, "zone", zone)
    assert outbox.local_day(shop_db, "2026-11-21T16:30:00.000000Z").day == day


def test_large_lists_go_as_files(shop_db: Database) -> None:
    shop_db.many(
        "INSERT INTO person (line_user_id) VALUES (?)", ((f"U{number:032x}",) for number in range(10_001))
    )
    assert freeze(shop_db).method == "create_file"
    assert freeze(shop_db, where="p.id <= 10000").method == "create_json"
