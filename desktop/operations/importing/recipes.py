"""What the owner decided about files of one shape: kept with every import, so that next month's file needs no word; to be looked
at, changed, forgotten, and carried to another computer as a file. Recipes are settings, not steps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.core.changes import Changes, Kind
from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.exporter.whole_file import write_text
from desktop.importer.checking.policy import check_words
from desktop.importer.columns.fields import ASSIGNABLE, KINDS
from desktop.importer.recipe import Answers, Recipe
from desktop.store.database import Database
from desktop.store.imports import recipes as stored

_FORMAT = "tagline-recipes"
_LARGEST_BYTES = 20_000_000
LONGEST_NAME = 120
"""Characters of a recipe's name."""


@dataclass(frozen=True, slots=True)
class SavedRecipe:
    """How files of one shape are read.

    Args:
        fingerprint: of the shape, ``Recipe.fingerprint``.
        file: name of the last file of this shape, "" if unknown.
        kind: members, orders, form_answers, chat_log or user_ids.
        used_at: when it was used last, a UTC instant.
        answers: what is decided.
        mapping: column → field, in the order of the file.
        name: what the owner calls it; "" while it goes by its file.
    """

    fingerprint: str
    file: str
    kind: str
    used_at: str
    answers: Answers
    mapping: Mapping[str, str] = field(default_factory=dict)
    name: str = ""

    @property
    def called(self) -> str:
        """Its name, or its last file's; "" if neither is known."""
        return self.name or self.file


def keep(db: Database, recipe: Recipe, file: str) -> None:
    """Keep a recipe with the import that used it, inside the caller's transaction."""
    known = stored.find(db, recipe.fingerprint)
    name = _kept(known, "name") if known is not None else ""
    stored.save(db, recipe.fingerprint, _with_file(recipe.answers(), file, name))


def saved(db: Database) -> list[SavedRecipe]:
    """All recipes, last used first."""
    return [_saved(*row) for row in stored.listed(db)]


def change(db: Database, fingerprint: str, answers: Answers, name: str | None = None) -> Changes:
    """Decide otherwise about files of one shape.

    Args:
        fingerprint: of the shape.
        answers: what is decided now.
        name: what it is called now, "" for its file's name; None: as before.

    Raises:
        UserError: if a word in it is none.
    """
    check_words(answers)
    with db.transaction():
        known = next((one for one in saved(db) if one.fingerprint == fingerprint), None)
        file, before = (known.file, known.name) if known is not None else ("", "")
        called = before if name is None else " ".join(name.split())[:LONGEST_NAME]
        stored.save(db, fingerprint, _with_file(answers.for_recipe(), file, called))
    return Changes.of(Kind.SHOP, count=1)


def forget(db: Database, fingerprint: str) -> Changes:
    """Let go of a recipe: the next file of this shape is looked at anew."""
    with db.transaction():
        count = stored.delete(db, fingerprint)
    return Changes.of(Kind.SHOP, count=count)


def export(db: Database, path: Path) -> int:
    """Write all recipes to a file; returns how many.

    Raises:
        UserError: if it cannot be written; what stood there before is then untouched.
    """
    found = saved(db)
    told = {"format": _FORMAT, "version": 1, "recipes": [_exported(one) for one in found]}
    write_text(path, json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    return len(found)


def take_in(db: Database, path: Path) -> int:
    """Take recipes from a file that :func:`export` wrote; they replace those of the same shapes. Returns how many.

    Raises:
        UserError: if the file holds no recipes, or one of them cannot be used; nothing is taken in then.
    """
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise ValueError("too large")
        told = json.loads(path.read_text(encoding="utf-8-sig"))
        taken = [_taken_in(one) for one in told["recipes"]] if told.get("format") == _FORMAT else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _no_recipes(path) from error
    if taken is None:
        raise _no_recipes(path)
    with db.transaction():
        for one in taken:
            stored.save(db, one.fingerprint, _with_file(one.answers, one.file, one.name))
    return len(taken)


def _no_recipes(path: Path) -> UserError:
    return UserError(message("importing.recipe.no_recipes", file=path.name))


def _with_file(answers: Answers, file: str, name: str) -> str:
    """The answers with the file's and the recipe's name beside them; whoever reads them as answers passes these over."""
    beside = {"file": file, **({"name": name} if name else {})}
    return json.dumps({**json.loads(answers.to_json()), **beside}, ensure_ascii=False, separators=(",", ":"))


def _kept(answers: str, beside: str) -> str:
    return str(json.loads(answers).get(beside) or "")


def _saved(fingerprint: str, answers: str, used_at: str) -> SavedRecipe:
    told = Answers.from_json(answers)
    file, name = _kept(answers, "file"), _kept(answers, "name")
    return SavedRecipe(fingerprint, file, told.kind or "members", used_at, told, dict(told.fields), name)


def _exported(one: SavedRecipe) -> dict[str, Any]:
    called = {"name": one.name} if one.name else {}
    told = json.loads(one.answers.to_json())
    return {"fingerprint": one.fingerprint, "file": one.file, **called, "answers": told}


def _taken_in(told: Mapping[str, Any]) -> SavedRecipe:
    """One recipe of a file, looked at closely: a file may come from anywhere.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: if it is none.
    """
    answers = Answers.from_json(json.dumps(told["answers"])).for_recipe()
    fingerprint = str(told["fingerprint"])
    if (
        len(fingerprint) != 64
        or answers.kind not in KINDS
        or not set(answers.fields.values()) <= set(ASSIGNABLE)
    ):
        raise ValueError("not a recipe")
    for words in (answers.fields, answers.dates, answers.separators, answers.overwrite, answers.keywords):
        if not all(isinstance(text, str) for pair in words.items() for text in pair):
            raise ValueError("not a recipe")
    try:
        check_words(answers)
    except UserError as error:
        raise ValueError("not a recipe") from error
    name = " ".join(str(told.get("name") or "").split())[:LONGEST_NAME]
    return SavedRecipe(fingerprint, str(told.get("file") or ""), str(answers.kind), "", answers, name=name)
