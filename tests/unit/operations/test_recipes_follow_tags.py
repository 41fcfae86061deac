"""Import recipes that name a tag follow it when it is renamed or becomes another one, and go back with the undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.importer.recipe import Answers
from desktop.operations.history import undoing
from desktop.operations.importing import recipes
from desktop.operations.tagging import tags
from desktop.store.database import Database
from desktop.store.imports import recipes as stored
from desktop.store.shop_file import ShopFile

FORM, CHAT = "a" * 64, "b" * 64


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as opened:
        db = opened.writer()
        for name in ("咖啡", "拿鐵", "茶"):
            tags.create(db, name)
        with db.transaction():
            form = Answers(
                kind="form_answers", answer_tags={"喝什麼": {"拿鐵": "拿鐵", "紅茶": "茶", "水": ""}}
            )
            stored.save(db, FORM, form.to_json())
            stored.save(
                db, CHAT, Answers(kind="chat_log", keywords={"latte": "拿鐵", "咖啡": "咖啡"}).to_json()
            )
        yield db


def words(db: Database) -> dict[str, Answers]:
    return {one.fingerprint: one.answers for one in recipes.saved(db)}


def test_another_name_is_followed_and_taken_back_and_brought_again(db: Database) -> None:
    before = words(db)
    tags.rename(db, "拿鐵", "那堤")
    after = words(db)
    assert after[FORM].answer_tags == {"喝什麼": {"拿鐵": "那堤", "紅茶": "茶", "水": ""}}
    assert after[CHAT].keywords == {"latte": "那堤", "咖啡": "咖啡"}
    undoing.undo(db)
    assert words(db) == before
    undoing.redo(db)
    assert words(db) == after


def test_joined_tags_come_apart_where_the_owner_decided_nothing_else(db: Database) -> None:
    step = tags.merge_tags(db, ["拿鐵", "茶"], "咖啡").step
    assert words(db)[FORM].answer_tags == {"喝什麼": {"拿鐵": "咖啡", "紅茶": "咖啡", "水": ""}}
    tags.create(db, "別的")
    recipes.change(
        db,
        FORM,
        Answers(kind="form_answers", answer_tags={"喝什麼": {"拿鐵": "別的", "紅茶": "咖啡", "水": ""}}),
    )
    joined = words(db)
    undoing.undo(db, step)
    assert words(db)[FORM].answer_tags == {"喝什麼": {"拿鐵": "別的", "紅茶": "茶", "水": ""}}
    assert words(db)[CHAT].keywords == {"latte": "拿鐵", "咖啡": "咖啡"}
    undoing.undo(db)
    assert words(db) == joined


def test_a_recipe_that_is_gone_stays_away(db: Database) -> None:
    tags.rename(db, "拿鐵", "那堤")
    recipes.forget(db, CHAT)
    undoing.undo(db)
    assert set(words(db)) == {FORM}
