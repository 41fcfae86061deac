"""What loses the name of somebody erased, and what must not: words that only look like her, and conditions of others."""

from __future__ import annotations

import json

import pytest

from desktop.core.message import Message, message
from desktop.core.people.selection import Selection
from desktop.importer.recipe import Answers
from desktop.operations.audiences import audiences
from desktop.operations.people import erasing
from desktop.operations.planning import plans
from desktop.operations.tagging import tagging
from desktop.store.audiences import all_audiences
from desktop.store.database import Database
from desktop.store.imports import recipes
from desktop.store.members import views
from desktop.store.members.views import SavedView
from desktop.store.people_lifecycle.erasing import published
from desktop.store.people_lifecycle.erasing.scrubbing import Needles
from desktop.store.planning.plans import all_of
from desktop.store.publishing import menus
from desktop.store.publishing.menus import NewMenu

ACCOUNT = "U" + "1" * 32


def add(db: Database, name: str) -> int:
    """Somebody of this name."""
    return db.insert("INSERT INTO person (name) VALUES (?)", (name,))


def published_menu(db: Database, name: str) -> int:
    """A frozen menu that is at LINE."""
    listed = {"name": f"{name} (tagline-shop-c0ffee)"}
    number = menus.freeze(db, NewMenu("c0ffee", ACCOUNT, 1, name, "a", "look", listed, "image/png", b"p"))
    menus.created(db, number, "richmenu-1", "2026-11-20T02:00:00.000000Z")
    return number


def publish(db: Database, number: int, query: str) -> None:
    """A publication of one menu, noted under the shop's first step."""
    db.run(
        "INSERT INTO publishing (id, kind, account, step_id, menus, people, day, pressed_at, changed_at)"
        " VALUES (1, 'publish', ?, 1, 1, 0, '2026-11-20', '2026', '2026')",
        (ACCOUNT,),
    )
    menus.compose(db, 1, [(number, "people", query)])


@pytest.mark.parametrize("text", ["LINE 好友", "line_name:x", "tag:VIP", "steps.list", "Lily", "ALI"])
def test_a_latin_name_is_a_whole_word(text: str) -> None:
    assert Needles(names=["Li", "Ｔａ"]).scrub(text) == text


@pytest.mark.parametrize("text", ["給Li的券", "li_2024", "Li Wei", "(LI)", "Hi,\nLi"])
def test_a_latin_name_is_found_beside_everything_but_letters(text: str) -> None:
    needles = Needles(names=["Li"])
    assert "li" not in needles.scrub(text).lower()
    assert needles.found_in(json.dumps(text))


def test_a_number_at_the_beginning_of_a_line_is_found_in_json() -> None:
    assert Needles(words=["M0001"]).found_in(json.dumps([{"text": "會員\nM0001"}]))


def test_a_message_keeps_its_key_and_the_names_of_its_parameters() -> None:
    inner = message("plans_core.kind.task")
    told = message("steps.tag", tag="Tag", kind=inner, n=1).to_json()
    scrubbed = Message.from_json(Needles(names=["Tag", "steps"]).scrub_json(told))
    assert scrubbed == message("steps.tag", tag="＊＊＊", kind=inner, n=1)


def test_a_second_erasure_leaves_every_condition_with_its_own_tag(shop_db: Database) -> None:
    db = shop_db
    ming, hua, other = add(db, "王小明"), add(db, "李大華"), add(db, "甲")
    for tag in ("王小明", "李大華"):
        tagging.tag(db, Selection.of([other]), tag)
    audiences.save(db, "問", "tag:李大華")
    plans.save(db, "rich_menu", None, "選單", {"for_whom": "tag:李大華"})
    with db.transaction():
        views.keep(db, [SavedView(1, "看", "tag:李大華")])
        publish(db, published_menu(db, "選單"), "tag:李大華")
        recipes.save(db, "f" * 64, Answers(kind="chat_log", keywords={"找他": "李大華"}).to_json())
    for person in (ming, hua):
        erasing.erase_from_shop(db, person)
    asked = [one.query for one in all_audiences(db)]
    asked += [one.query for one in views.all_views(db)]
    asked += [str(one.content["for_whom"]) for one in all_of(db, "rich_menu")]
    asked += [one.query for one in menus.roster(db, 1)]
    assert asked == ['tag:"＊＊＊ 2"'] * 4
    assert [json.loads(answers)["keywords"] for _, answers, _ in recipes.listed(db)] == [{"找他": "＊＊＊ 2"}]


def test_a_menu_whose_name_was_erased_is_known_at_line_by_its_key(shop_db: Database) -> None:
    with shop_db.transaction():
        number = published_menu(shop_db, "王小明的選單")
        published.scrub_texts(shop_db, Needles(names=["王小明"]))
    frozen = menus.menu(shop_db, number)
    assert frozen.object["name"] == "＊＊＊的選單 (tagline-shop-c0ffee)"
    assert frozen.is_called("王小明的選單 (tagline-shop-c0ffee)")
    assert not frozen.is_called("王小明的選單 (tagline-shop-decade)")


def test_menus_that_are_not_at_line_any_more_are_not_told_as_hers(shop_db: Database) -> None:
    db, person = shop_db, add(shop_db, "王小明")
    tagging.tag(db, Selection.of([person]), "甲")
    with db.transaction():
        number = published_menu(db, "選單")
        publish(db, number, "tag:甲")
        db.run(
            "INSERT INTO menu_link (account, line_user_id, person_id, menu_id, linked_at) VALUES (?, 'U2', ?, NULL, '2026')",
            (ACCOUNT, person),
        )
        assert published.shown_to(db, [person], []) == 1
        menus.gone(db, number, "2026", by_us=True)
        assert published.shown_to(db, [person], []) == 0
