"""Ready-made audiences: in the shop's own words, only where its data have something to say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.core.people.audience import clean_audience_name
from desktop.core.people.query_text import parse, to_text
from desktop.operations.audiences import audiences
from desktop.operations.audiences.templates import (
    Template,
    hint_for,
    holds,
    is_list_only,
    templates,
)
from desktop.store import figures
from desktop.store.condition_sql import count
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile
from desktop.text import render, use_language

TODAY = date(2026, 11, 21)
EVERY = set(
    "sleeping_regulars birthday birthday_next newcomers one_item never_bought friends_only sleeping lost not_bound".split()
)


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    use_language("zh_TW")
    monkeypatch.setenv("TAGLINE_NOW", f"{TODAY.isoformat()}T09:00:00")
    with ShopFile.create(tmp_path / "店.tagline", name="店") as file:
        yield file.writer()


def offered(db: Database) -> dict[str, Template]:
    return {template.id: template for template in templates(db)}


def order(db: Database, person: int, days_ago: int, item: str) -> None:
    day = (TODAY - timedelta(days=days_ago)).isoformat()
    number = db.insert(
        "INSERT INTO shop_order (person_id, ordered_at, amount) VALUES (?, ?, 100)", (person, day)
    )
    db.run("INSERT INTO order_item (order_id, line, item) VALUES (?, 0, ?)", (number, item))


def trade(db: Database, *, buyers: int, every: int) -> None:
    """Buyers with four orders each, so many days apart; the last on today less ten days for each of them."""
    with db.transaction():
        for person in range(1, buyers + 1):
            db.run(
                "INSERT INTO person (id, member_no, phone) VALUES (?, ?, '+886912345678')",
                (person, f"M{person}"),
            )
            for turn in range(4 if person > 1 else 1):
                order(db, person, 10 * person + every * turn, ("拿鐵", "美式", "拿鐵")[turn % 3])
        figures.refresh(db, "SELECT id FROM person")


def test_an_empty_shop_is_offered_nothing(db: Database) -> None:
    assert templates(db) == ()


def test_a_shop_without_orders_is_offered_what_its_list_knows(db: Database) -> None:
    db.run("INSERT INTO person (id, phone, birthday) VALUES (1, '+886912345678', '--11-05')")
    db.run("INSERT INTO person (id, line_user_id) VALUES (2, ?)", ("U" + "1" * 32,))
    found = offered(db)
    assert list(found) == ["birthday", "birthday_next", "friends_only", "not_bound"]
    assert [name for name, template in found.items() if template.list_only] == ["not_bound"]
    assert {name: holds(db, template) for name, template in found.items()} == {
        "birthday": 1,
        "birthday_next": 0,
        "friends_only": 1,
        "not_bound": 1,
    }
    assert render(hint_for(found["birthday_next"], 0)) == "目前沒有人符合。"
    assert hint_for(found["birthday"], 1) == found["birthday"].hint


def test_few_orders_go_by_the_days_of_the_trade(db: Database) -> None:
    trade(db, buyers=8, every=20)
    found = offered(db)
    assert found["sleeping_regulars"].query == "orders:>=3 last_order:>60d"
    assert render(found["sleeping_regulars"].title) == "60 天未回購熟客"
    assert found["newcomers"].query == "orders:1 last_order:>30d"
    assert found["sleeping"].query == "orders:>=2 last_order:>180d"
    assert "lost" not in found
    assert holds(db, found["sleeping_regulars"]) == 2


def test_a_shop_with_a_cycle_goes_by_its_own(db: Database) -> None:
    trade(db, buyers=14, every=20)
    db.run("INSERT INTO tag (id, name, key) VALUES (1, '老熟客', '老熟客'), (2, 'ＶＩＰ', 'vip')")
    db.run("INSERT INTO person_tag (person_id, tag_id, origin) SELECT id, 2, 'hand' FROM person WHERE id > 1")
    found = offered(db)
    assert found["sleeping_regulars"].query == "tag:ＶＩＰ last_order:>40d"
    assert render(found["sleeping_regulars"].title) == "40 天未回購ＶＩＰ"
    assert found["newcomers"].query == "nasl:N last_order:>20d"
    assert (found["sleeping"].query, found["lost"].query) == ("nasl:S", "nasl:L")
    assert "60" in render(found["sleeping"].hint)
    assert holds(db, found["sleeping_regulars"]) == 10
    assert holds(db, found["sleeping"]) == 7


def test_the_items_are_those_that_sell_best(db: Database) -> None:
    trade(db, buyers=8, every=20)
    found = offered(db)["one_item"]
    assert (found.query, render(found.title)) == ("item=拿鐵 -item=美式", "買過拿鐵、沒買過美式")
    assert holds(db, found) == 1


@pytest.mark.parametrize("language", ["zh_TW", "en", "ja"])
def test_each_can_be_saved_under_its_own_title(db: Database, language: str) -> None:
    use_language(language)
    trade(db, buyers=14, every=20)
    db.run(
        "UPDATE person SET birthday = '1990-11-05', line_user_id = 'U' || printf('%032x', id) WHERE id < 5"
    )
    db.run("INSERT INTO person (id, line_user_id) VALUES (90, ?)", ("U" + "9" * 32,))
    db.run("UPDATE person SET last_order = NULL WHERE id = 4")
    found = templates(db)
    assert {template.id for template in found} == EVERY
    for template in found:
        title = clean_audience_name(render(template.title))
        saved = audiences.save(db, title, template.query).audience
        assert saved.query == template.query == to_text(parse(template.query))
        assert holds(db, template) == count(db, parse(saved.query))
        assert "{" not in render(template.hint)
    use_language("zh_TW")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("shop_member:yes bound:no", True),
        ("shop_member:yes bound:no tag:VIP", True),
        ("line_user_id:none", True),
        ("-line_user_id:any", True),
        ("tag:a (line_user_id:none OR do_not_send:yes)", True),
        ("uploadable:no OR blocked:yes", True),
        ("bound:no", False),
        ("-line_user_id:none", False),
        ("line_user_id:none OR tag:a", False),
        ("", False),
    ],
)
def test_a_list_that_can_never_be_uploaded_is_known(query: str, expected: bool) -> None:
    assert is_list_only(parse(query)) is expected
