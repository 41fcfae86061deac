"""What the editor of an audience knows: counts that add up, differences, costs, saving."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.core.people.condition import EVERYBODY
from desktop.core.people.query_text import parse
from desktop.operations.audiences import audience_editor
from desktop.operations.audiences.audience_editor import PARTS
from desktop.operations.line import uploading
from desktop.store import audiences, condition_sql, outbox, shop
from desktop.store.audience_history.uploaded import Difference
from desktop.store.database import Database
from desktop.store.reach import figures
from desktop.store.shop_file import ShopFile

# id: user ID, blocked, consent, do_not_send, friend
PEOPLE = {
    1: ("U" + "1" * 32, None, None, 0, 1),
    2: ("U" + "2" * 32, None, 1, 0, None),
    3: (None, None, None, 0, None),
    4: ("U" + "4" * 32, 1, 0, 0, 0),
    5: ("U" + "5" * 32, None, None, 0, 0),
    6: ("U" + "6" * 32, 0, 0, 0, 1),
    7: ("U" + "7" * 32, None, None, 1, None),
    8: ("U" + "8" * 32, None, 0, 0, 0),
}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as file:
        writer = file.writer()
        with writer.transaction():
            for person, values in PEOPLE.items():
                writer.run(
                    "INSERT INTO person (id, member_no, name, orders, total, last_order, line_user_id, blocked, consent,"
                    " do_not_send, friend, friend_checked_at) VALUES (?, ?, ?, 2, 100, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        person,
                        f"M{person}",
                        f"會員{person}",
                        f"2026-10-{person:02}",
                        *values,
                        "2026-11-20T08:00:00",
                    ),
                )
                writer.run(
                    "INSERT INTO shop_order (person_id, ordered_at, amount) VALUES (?, ?, 100)",
                    (person, f"2026-10-{person:02}"),
                )
            writer.run("INSERT INTO tag (id, name, key) VALUES (1, '熟客', '熟客')")
            writer.many(
                "INSERT INTO person_tag (person_id, tag_id, origin) VALUES (?, 1, 'hand')", [(1,), (2,), (4,)]
            )
        yield writer


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAGLINE_NOW", "2026-11-21T09:00:00")


def test_each_part_is_exactly_the_people_its_query_finds(db: Database) -> None:
    counts = audience_editor.counts(db, EVERYBODY)
    assert counts.people == 8
    assert counts.parts == {
        "reachable": 2, "unchecked": 1, "without_user_id": 1, "no_longer_friend": 2, "refused": 3,
    }  # fmt: skip
    assert sum(number for part, number in counts.parts.items() if part != "unchecked") == 8
    found = {part: list(condition_sql.ids(db, parse(query))) for part, query in PARTS.items()}
    assert found == {
        "reachable": [1, 2], "unchecked": [2], "without_user_id": [3], "no_longer_friend": [4, 5], "refused": [6, 7, 8],
    }  # fmt: skip
    assert counts.friends_checked_on == "2026-11-20"


def test_the_reachable_are_those_that_are_uploaded(db: Database) -> None:
    counts = audience_editor.counts(db, EVERYBODY)
    sql = condition_sql.compile_condition(EVERYBODY, condition_sql.query_context(db))
    assert counts.parts["reachable"] == len(list(audiences.reachable_user_ids(db, sql.where, sql.params)))


def test_tags_the_shop_lacks_are_named_once(db: Database) -> None:
    assert audience_editor.counts(db, parse("-tag:勿擾 -tag:勿擾 tag:熟客")).unknown_tags == ("勿擾",)


def test_the_preview_holds_reasons_of_alternatives_that_hold(db: Database) -> None:
    people = audience_editor.preview(db, parse("(tag:熟客 OR last_order:2026-10-08) orders:>=1"), limit=3)
    assert [(one.name, [reason.key.rpartition(".")[2] for reason in one.reasons]) for one in people] == [
        ("會員8", ["days_ago", "orders"]),
        ("會員4", ["tag", "orders"]),
        ("會員2", ["tag", "orders"]),
    ]
    assert people[1].tags == (("熟客", ""),)


def test_the_difference_to_the_last_upload(db: Database) -> None:
    saved = audience_editor.save_as(db, None, "熟客", "tag:熟客")
    uploading.press(db, saved.audience)
    same = audience_editor.last_upload(db, saved.audience.id, parse("tag:熟客"))
    assert same is not None
    assert same.difference == Difference(0, 0, 2)
    with db.transaction():
        db.run("DELETE FROM person_tag WHERE person_id = 1")
        db.run("UPDATE person SET do_not_send = 0 WHERE id = 7")
        db.run("INSERT INTO person_tag (person_id, tag_id, origin) VALUES (7, 1, 'hand')")
    last = audience_editor.last_upload(db, saved.audience.id, parse("tag:熟客"))
    assert last is not None
    assert last.difference == Difference(joined=1, left=1, unchanged=1)
    uploading.cancel(db, last.job.id)
    cancelled = audience_editor.last_upload(db, saved.audience.id, parse("tag:熟客"))
    assert cancelled is not None
    assert cancelled.difference is None
    assert audience_editor.last_upload(db, saved.audience.id + 1, EVERYBODY) is None


def test_what_a_send_comes_to(db: Database) -> None:
    nothing_known = audience_editor.outlook(db, parse("tag:熟客"))
    assert (nothing_known.everybody, nothing_known.audience.short, nothing_known.quota_at) == (
        None,
        None,
        None,
    )
    with db.transaction():
        shop.put_json(db, "quota", {"value": 200, "used": 195, "at": "2026-11-20T00:00:00.000000Z"})
        shop.put_json(
            db, "line_figures", {"followers": 40, "blocks": 5, "targetedReaches": 35, "date": "2026-11-20"}
        )
    seen = audience_editor.outlook(db, parse("tag:熟客"))
    assert seen.everybody is not None
    assert (seen.everybody.messages, seen.everybody.short) == (35, 30)
    assert (seen.audience.messages, seen.audience.short) == (2, 0)
    assert seen.revenue == figures.Revenue(200.0, 800.0)
    assert seen.revenue.share == 0.25


def test_saving_makes_renames_and_refuses(db: Database) -> None:
    first = audience_editor.save_as(db, None, " 熟客 ", "標籤:熟客")
    assert (first.audience.name, first.audience.query) == ("熟客", "tag:熟客")
    with pytest.raises(UserError) as refused:
        audience_editor.save_as(db, None, "熟客", "tag:VIP")
    assert refused.value.text.key == "audiences_page.name_taken"
    again = audience_editor.save_as(db, first.audience.id, "老客人", "tag:熟客 orders:>=2")
    assert (again.audience.id, again.audience.name) == (first.audience.id, "老客人")
    assert audience_editor.save_as(db, first.audience.id, "老客人", "tag:熟客 orders:>=2").step is None
    assert audience_editor.save_as(db, 99, "沒了又回來", "").audience.query == ""
    assert [one.name for one in audiences.all_audiences(db)] == ["老客人", "沒了又回來"]


def test_values_to_choose_from(db: Database) -> None:
    with db.transaction():
        db.run("UPDATE person SET store = iif(id < 3, '中山店', '信義店') WHERE id < 8")
    assert figures.values_of(db, "store") == ["信義店", "中山店"]
    with pytest.raises(ValueError, match="phone"):
        figures.values_of(db, "phone")


def test_no_upload_no_difference(db: Database) -> None:
    saved = audience_editor.save_as(db, None, "熟客", "tag:熟客")
    assert audience_editor.last_upload(db, saved.audience.id, EVERYBODY) is None
    assert outbox.jobs(db) == []
