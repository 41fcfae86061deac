"""Merging people: what moves, what stays, who is full, and that everything comes apart again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.operations.history import undoing
from desktop.operations.people import merging
from desktop.operations.people.merging import MergeChoice
from desktop.store import figures, history, shop
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile

UID = "U" + "1" * 32
OTHER_UID = "U" + "2" * 32


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as opened:
        yield opened.writer()


def add(db: Database, *tags: str, **fields: Any) -> int:
    """A person with these fields and tags (put on by hand)."""
    with db.transaction():
        columns = ", ".join(fields)
        person = db.insert(
            f"INSERT INTO person ({columns}) VALUES ({', '.join('?' * len(fields))})", list(fields.values())
        )
        for tag in tags:
            db.run("INSERT OR IGNORE INTO tag (name, key) VALUES (?, ?)", (tag, tag.casefold()))
            db.run(
                "INSERT INTO person_tag (person_id, tag_id, origin) SELECT ?, id, 'hand' FROM tag WHERE name = ?",
                (person, tag),
            )
    return person


def order(db: Database, person: int, number: str, amount: float, day: str) -> int:
    """An order of hers."""
    return db.insert(
        "INSERT INTO shop_order (order_no, person_id, amount, ordered_at) VALUES (?, ?, ?, ?)",
        (number, person, amount, day),
    )


def fields(db: Database, person: int) -> dict[str, Any]:
    """All columns of a person."""
    names = [row[1] for row in db.all("PRAGMA table_info(person)")]
    row = db.row("SELECT * FROM person WHERE id = ?", (person,))
    assert row is not None
    return dict(zip(names, row, strict=True))


def tags(db: Database, person: int) -> set[str]:
    """The names of her tags."""
    return set(
        db.column(
            "SELECT t.name FROM person_tag h JOIN tag t ON t.id = h.tag_id WHERE h.person_id = ?", (person,)
        )
    )


def identities(db: Database, person: int) -> set[tuple[str, str]]:
    """Keys besides her own that are in force."""
    return {
        (key, value)
        for key, value in db.all(
            "SELECT o.key, o.value FROM other_identity o JOIN step s ON s.id = o.step_id AND s.state = 'done'"
            " JOIN person p ON p.id = o.person_id WHERE o.person_id = ?",
            (person,),
        )
    }


def state(db: Database) -> dict[str, list[tuple[Any, ...]]]:
    """All there is of people."""
    return {
        "people": db.all("SELECT * FROM person ORDER BY id"),
        "tags": db.all("SELECT * FROM person_tag ORDER BY 1, 2"),
        "orders": db.all("SELECT * FROM shop_order ORDER BY 1"),
        "identities": db.all(
            "SELECT DISTINCT o.key, o.value, o.person_id FROM other_identity o JOIN step s ON s.id = o.step_id"
            " AND s.state = 'done' JOIN person p ON p.id = o.person_id ORDER BY 1, 2, 3"
        ),
    }


def test_a_friend_and_a_shop_member_become_a_bound_member(db: Database) -> None:
    member = add(db, "熟客", member_no="M1", phone="+886912345678", name="王小明", note="愛拿鐵")
    friend = add(
        db, "新朋友", line_user_id=UID, line_name="小明", friend=1, friend_at="2026-01-02", note="問過蛋糕"
    )
    order(db, member, "A1", 100, "2026-02-01")

    outcome = merging.merge(db, [MergeChoice(member, friend)])

    assert (outcome.merged, outcome.full) == (1, ())
    now = fields(db, member)
    assert now["line_user_id"] == UID
    assert (now["name"], now["line_name"], now["friend"], now["friend_at"]) == (
        "王小明",
        "小明",
        1,
        "2026-01-02",
    )
    assert now["note"] == "愛拿鐵\n問過蛋糕"
    assert now["changed_step"] == outcome.step
    assert tags(db, member) == {"熟客", "新朋友"}
    assert db.column("SELECT id FROM person") == [member]
    assert identities(db, member) == set()


def test_what_is_taken_replaces_and_the_loser_stays_known(db: Database) -> None:
    keep = add(db, member_no="M1", phone="+886911111111", email="a@example.com", name="王小明", level="金")
    gone = add(db, member_no="M2", phone="+886922222222", email="a@example.com", name="王曉明", level="銀")

    merging.merge(db, [MergeChoice(keep, gone, frozenset({"member_no", "name"}))])

    now = fields(db, keep)
    assert (now["member_no"], now["phone"], now["name"], now["level"]) == (
        "M2",
        "+886911111111",
        "王曉明",
        "金",
    )
    assert identities(db, keep) == {("member_no", "M1"), ("phone", "+886922222222")}


def test_the_stricter_and_the_earlier_count_and_extra_columns_unite(db: Database) -> None:
    keep = add(db, consent=1, joined_at="2026-03-01", extra=json.dumps({"口味": "拿鐵", "鞋號": ""}))
    gone = add(
        db,
        consent=0,
        blocked=1,
        do_not_send=1,
        joined_at="2025-12-31",
        extra=json.dumps({"口味": "摩卡", "鞋號": "24", "生肖": "兔"}),
    )

    merging.merge(db, [MergeChoice(keep, gone)])

    now = fields(db, keep)
    assert (now["consent"], now["blocked"], now["do_not_send"]) == (0, 1, 1)
    assert now["joined_at"] == "2025-12-31"
    assert json.loads(now["extra"]) == {"口味": "拿鐵", "鞋號": "24", "生肖": "兔"}


def test_an_extra_column_can_be_taken(db: Database) -> None:
    keep = add(db, extra='{"口味":"拿鐵"}')
    gone = add(db, extra='{"口味":"摩卡"}')

    merging.merge(db, [MergeChoice(keep, gone, frozenset({"extra:口味"}))])

    assert json.loads(fields(db, keep)["extra"]) == {"口味": "摩卡"}


def test_set_by_hand_goes_with_the_value(db: Database) -> None:
    keep = add(db, name="王", level="金", by_hand='["name", "level"]')
    gone = add(db, name="汪", store="中山", phone="+886912345678", by_hand='["name", "store"]')

    merging.merge(db, [MergeChoice(keep, gone, frozenset({"name"}))])
    assert json.loads(fields(db, keep)["by_hand"]) == ["level", "name", "store"]


def test_tags_that_do_not_fit_are_told(db: Database) -> None:
    with db.transaction():
        shop.put(db, "tag_limit", "2")
    keep = add(db, "甲", name="滿的")
    gone = add(db, "乙", "丙", name="走的")

    outcome = merging.merge(db, [MergeChoice(keep, gone)])

    assert [one.name for one in outcome.full] == ["滿的"]
    assert len(tags(db, keep)) == 2
    undoing.undo(db)
    assert (tags(db, keep), tags(db, gone)) == ({"甲"}, {"乙", "丙"})


def test_orders_move_and_the_figures_follow(db: Database) -> None:
    keep, gone = add(db, name="甲"), add(db, name="乙")
    order(db, keep, "A1", 100, "2026-02-01")
    order(db, gone, "A2", 250, "2026-03-05")

    merging.merge(db, [MergeChoice(keep, gone)])

    now = fields(db, keep)
    assert (now["orders"], now["total"], now["first_order"], now["last_order"]) == (
        2,
        350,
        "2026-02-01",
        "2026-03-05",
    )


def test_a_chain_ends_in_one(db: Database) -> None:
    a, b, c = (
        add(db, name="甲"),
        add(db, member_no="M2", line_user_id=UID),
        add(db, member_no="M3", line_user_id=OTHER_UID),
    )

    outcome = merging.merge(db, [MergeChoice(b, c), MergeChoice(a, b), MergeChoice(a, c)])

    assert outcome.merged == 2
    assert db.column("SELECT id FROM person") == [a]
    assert fields(db, a)["line_user_id"] == UID
    assert identities(db, a) == {("member_no", "M3"), ("line_user_id", OTHER_UID)}


def test_merged_again_her_other_keys_go_along(db: Database) -> None:
    a, b, c = add(db, member_no="M1"), add(db, member_no="M2"), add(db, member_no="M3")
    merging.merge(db, [MergeChoice(b, c)])
    merging.merge(db, [MergeChoice(a, b)])

    assert identities(db, a) == {("member_no", "M2"), ("member_no", "M3")}
    undoing.undo(db)
    assert identities(db, a) == set()
    assert identities(db, b) == {("member_no", "M3")}


def test_undo_and_redo_restore_exactly(db: Database) -> None:
    keep = add(db, "甲", member_no="M1", name="王小明", consent=1)
    gone = add(db, "乙", member_no="M2", line_user_id=UID, phone="+886912345678", name="小明", consent=0)
    order(db, gone, "A2", 250, "2026-03-05")
    figures.refresh(db, "SELECT id FROM person")
    apart = state(db)
    merging.merge(db, [MergeChoice(keep, gone, frozenset({"member_no", "name"}))])
    joined = state(db)

    outcome = undoing.undo(db)
    assert (outcome.kept, outcome.impossible) == ((), ())
    assert state(db) == apart
    undoing.redo(db)
    assert state(db) == joined
    undoing.undo(db)
    assert state(db) == apart


def test_nobody_to_merge_leaves_no_step(db: Database) -> None:
    one = add(db, name="甲")
    outcome = merging.merge(db, [MergeChoice(one, one), MergeChoice(one, 99)])
    assert (outcome.step, outcome.merged) == (None, 0)
    assert history.steps(db) == []
