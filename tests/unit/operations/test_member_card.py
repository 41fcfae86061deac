"""What the page of one member reads: where each tag came from, her orders, files, steps, whether she can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.message import message
from desktop.core.people.selection import Selection
from desktop.operations.history import undoing
from desktop.operations.people import editing, member_card
from desktop.operations.tagging import tagging
from desktop.store import history
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile

UID = "U" + "a1" * 16


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[ShopFile]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as made:
        yield made


@pytest.fixture
def db(shop: ShopFile) -> Database:
    made = shop.writer()
    with made.transaction():
        step = history.begin_step(made, "import", message("steps.import_members", file="會員.xlsx", n=1))
        made.run(
            "INSERT INTO person (id, name, member_no, line_user_id, extra, stated_orders, orders, total, created_step,"
            " changed_step) VALUES (1, '王怡君', 'W1', ?, '{\"口味\":\"拿鐵\"}', 7, 2, 500, ?, ?)",
            (UID, step, step),
        )
        made.run(
            "INSERT INTO import_file (step_id, file, sha256, report) VALUES (?, '會員.xlsx', 'x', '{}')",
            (step,),
        )
        made.run("INSERT INTO tag (id, name, key) VALUES (1, '常客', '常客')")
        made.run("INSERT INTO person_tag VALUES (1, 1, 'import', ?)", (step,))
        history.finish_step(made, step, 1)
        made.run(
            "INSERT INTO shop (key, value) VALUES ('extra_columns', '[\"尺寸\",\"口味\"]')"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        )
        for number in range(60):
            order = made.insert(
                "INSERT INTO shop_order (order_no, person_id, ordered_at, amount) VALUES (?, 1, ?, 100)",
                (f"A{number}", f"2026-01-{number % 28 + 1:02d}"),
            )
            made.run("INSERT INTO order_item VALUES (?, 1, '拿鐵', 2, 100)", (order,))
    return made


def test_the_card_is_read_on_a_connection_that_cannot_write(shop: ShopFile, db: Database) -> None:
    reader = shop.reader()
    try:
        card = member_card.card(reader, 1)
    finally:
        reader.close()
    assert card is not None
    assert (card.shown_name, card.bound, card.fields["stated_orders"]) == ("王怡君", True, 7)
    assert card.extra == {"尺寸": None, "口味": "拿鐵"}
    assert (card.orders_count, len(card.orders)) == (60, 50)
    assert card.orders[0].at == "2026-01-28"
    assert card.orders[0].items == (("拿鐵", 2, 100),)
    assert len(member_card.more_orders(db, 1, 50)) == 10


def test_who_is_gone_has_no_card(db: Database) -> None:
    assert member_card.card(db, 99) is None


def test_each_tag_says_where_it_came_from(db: Database) -> None:
    tagging.tag(db, Selection.of([1]), "VIP")
    card = member_card.card(db, 1)
    assert card is not None
    told = [(held.name, held.origin, held.title.key if held.title else None) for held in card.tags]
    assert told == [("常客", "import", "steps.import_members"), ("VIP", "hand", "steps.tag")]
    assert all(held.at for held in card.tags)


def test_her_steps_and_the_files_she_came_from(db: Database) -> None:
    tagging.tag(db, Selection.of([1]), "VIP")
    tagging.untag(db, Selection.of([1]), "VIP")
    editing.edit(db, 1, {"level": "金卡"})
    editing.add_person(db, {"name": "別人"})
    seen = member_card.steps_of(db, 1)
    assert [step.kind for step in seen.steps] == ["edit", "untag", "tag", "import"]
    assert [one.file for one in seen.imports] == ["會員.xlsx"]
    undoing.undo(db, seen.steps[0].id)
    again = member_card.steps_of(db, 1, limit=2)
    assert [(step.kind, step.fate) for step in again.steps] == [("undo", "done"), ("edit", "undone")]
    assert again.count == 5


def test_numbers_of_somebody_merged_are_shown_while_the_merge_stands(db: Database) -> None:
    step = history.begin_step(db, "merge", message("steps.note", name="x"))
    db.run("INSERT INTO other_identity VALUES ('phone', '+886912345678', 1, ?)", (step,))
    db.run("INSERT INTO other_identity VALUES ('member_no', 'W1', 1, ?)", (step,))
    card = member_card.card(db, 1)
    assert card is not None
    assert [(one.key, one.value) for one in card.others] == [("phone", "+886912345678")]
    db.run("UPDATE step SET state = 'undone' WHERE id = ?", (step,))
    assert member_card.card(db, 1).others == ()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("fields", "reachable", "reasons"),
    [
        ({"friend": 1}, True, ["friend"]),
        ({}, None, ["never_checked"]),
        ({"friend": 0}, False, ["no_friend"]),
        ({"friend": 1, "blocked": 1, "consent": 0, "do_not_send": 1}, False, ["blocked", "no_consent", "switched_off"]),
        ({"line_user_id": None, "friend": 1}, False, ["no_user_id"]),
    ],
)  # fmt: skip
def test_why_somebody_is_or_is_not_reachable(
    db: Database, fields: dict[str, object], reachable: bool | None, reasons: list[str]
) -> None:
    for name, value in fields.items():
        db.run(f"UPDATE person SET {name} = ? WHERE id = 1", (value,))
    card = member_card.card(db, 1)
    assert card is not None
    told = member_card.reach(card)
    assert told.reachable is reachable
    assert [reason.key for reason in told.reasons] == [f"member.reach.{name}" for name in reasons]
