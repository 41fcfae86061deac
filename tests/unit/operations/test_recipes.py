"""Recipes: what was decided about files of one shape, seen, changed, forgotten, carried to another shop."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.importer.reader import open_source
from desktop.importer.recipe import Answers, Recipe
from desktop.operations.importing import importing, recipes
from desktop.store.database import Database
from desktop.store.imports import recipes as stored
from desktop.store.shop_file import ShopFile

TEXT = "會員編號,名字,門市\nA1,王小明,中山店\n"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as opened:
        yield opened.writer()


def take(db: Database, folder: Path, text: str = TEXT, answers: Answers | None = None) -> Recipe:
    """Import a CSV; returns how it was read."""
    file = folder / "會員.csv"
    file.write_text(text, encoding="utf-8")
    with open_source(file) as source:
        (recipe,) = importing.look(db, source, answers or Answers())
        importing.commit(db, importing.check(db, source, recipe))
    return recipe


DECIDED = Answers(
    {"門市": "level"}, policy="update", overwrite={"名字": "fill"}, import_tag="五月", decisions={2: "new"}
)


def test_what_is_kept_of_an_import(db: Database, tmp_path: Path) -> None:
    recipe = take(db, tmp_path, answers=DECIDED)
    (one,) = recipes.saved(db)
    assert (one.fingerprint, one.file, one.kind) == (recipe.fingerprint, "會員.csv", "members")
    assert one.mapping == {"會員編號": "member_no", "名字": "name", "門市": "level"}
    assert (one.answers.policy, one.answers.overwrite) == ("update", {"名字": "fill"})
    assert (one.answers.import_tag, one.answers.decisions) == (None, {})
    again = take(db, tmp_path)
    assert (again.mapping["門市"], again.decided.policy) == ("level", "update")


def test_a_changed_recipe_is_obeyed_and_a_forgotten_one_is_not(db: Database, tmp_path: Path) -> None:
    take(db, tmp_path, answers=DECIDED)
    (one,) = recipes.saved(db)
    recipes.change(db, one.fingerprint, Answers({"門市": "source"}, kind="members", policy="create"))
    again = take(db, tmp_path)
    assert (again.mapping["門市"], again.decided.policy) == ("source", "create")
    assert recipes.saved(db)[0].file == "會員.csv"
    recipes.forget(db, one.fingerprint)
    assert recipes.saved(db) == []
    assert take(db, tmp_path).mapping["門市"] == "store"


def test_its_name_outlives_the_next_import_and_travels(db: Database, tmp_path: Path) -> None:
    take(db, tmp_path)
    (one,) = recipes.saved(db)
    assert one.called == "會員.csv"
    recipes.change(db, one.fingerprint, one.answers, "  POS  會員匯出 ")
    take(db, tmp_path)
    (named,) = recipes.saved(db)
    assert (named.called, named.file) == ("POS 會員匯出", "會員.csv")
    recipes.change(db, one.fingerprint, Answers(kind="members", policy="create"))
    recipes.export(db, tmp_path / "格式.json")
    recipes.forget(db, one.fingerprint)
    recipes.take_in(db, tmp_path / "格式.json")
    assert [again.called for again in recipes.saved(db)] == ["POS 會員匯出"]
    recipes.change(db, one.fingerprint, one.answers, "")
    assert recipes.saved(db)[0].called == "會員.csv"


def test_words_that_are_none_change_nothing(db: Database, tmp_path: Path) -> None:
    take(db, tmp_path)
    (one,) = recipes.saved(db)
    with pytest.raises(UserError):
        recipes.change(db, one.fingerprint, Answers(policy="maybe"))
    assert recipes.saved(db) == [one]


def test_carried_to_another_shop(db: Database, tmp_path: Path) -> None:
    take(db, tmp_path, answers=DECIDED)
    file = tmp_path / "設定.json"
    assert recipes.export(db, file) == 1
    with ShopFile.create(tmp_path / "另一家.tagline", name="另一家") as opened:
        other = opened.writer()
        assert recipes.take_in(other, file) == 1
        assert recipes.saved(other)[0].answers == recipes.saved(db)[0].answers
        assert take(other, tmp_path).mapping["門市"] == "level"


def test_a_name_from_a_file_is_one_line(db: Database, tmp_path: Path) -> None:
    take(db, tmp_path)
    file = tmp_path / "設定.json"
    recipes.export(db, file)
    told = json.loads(file.read_text("utf-8"))
    told["recipes"][0]["name"] = "  每月\r\n會員  檔 "
    file.write_text(json.dumps(told), encoding="utf-8")
    recipes.take_in(db, file)
    assert recipes.saved(db)[0].name == "每月 會員 檔"


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", "no JSON", '{"format":"tagline-recipes"}', '{"format":"else","recipes":[]}',
        '{"format":"tagline-recipes","recipes":[{"fingerprint":"x","answers":{}}]}',
        json.dumps({"format": "tagline-recipes", "recipes": [
            {"fingerprint": "a" * 64, "answers": {"kind": "members", "fields": {"甲": "no_field"}}}]}),
        json.dumps({"format": "tagline-recipes", "recipes": [
            {"fingerprint": "a" * 64, "answers": {"kind": "members", "policy": "maybe"}}]}),
        json.dumps({"format": "tagline-recipes", "recipes": [
            {"fingerprint": "a" * 64, "answers": {"kind": "members", "fields": ["甲"]}}]}),
    ],
)  # fmt: skip
def test_files_that_hold_no_recipes_are_declined(db: Database, tmp_path: Path, text: str) -> None:
    file = tmp_path / "設定.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError):
        recipes.take_in(db, file)
    assert recipes.saved(db) == []


def test_columns_that_a_file_no_longer_has_are_passed_over_and_told(db: Database, tmp_path: Path) -> None:
    recipe = take(db, tmp_path)
    answers = Answers(
        {**recipe.answers().fields, "不見了": "level"}, kind="members", overwrite={"也不見了": "fill"}
    )
    with db.transaction():
        stored.save(db, recipe.fingerprint, answers.to_json())
    file = tmp_path / "會員.csv"
    with open_source(file) as source:
        (again,) = importing.look(db, source, Answers())
        plan = importing.check(db, source, again)
    plan.drop()
    (note,) = plan.report.details["notes"]
    assert (note.key, note.params["columns"]) == ("importing.recipe.columns_gone", ["不見了", "也不見了"])
    assert plan.report.unchanged == 1
