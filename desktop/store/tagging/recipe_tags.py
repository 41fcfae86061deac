"""The tags that import recipes name: for words found in chats and free answers, and for answers of a form. They follow a tag that
gets another name or becomes another tag."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from desktop.core.people.tag import tag_key
from desktop.store.database import Database
from desktop.store.imports import recipes

Place = tuple[str, ...]
"""Where in the answers a tag is named: ("keywords", text) or ("answer_tags", question, answer)."""


def rename(db: Database, names: Mapping[str, str]) -> dict[str, dict[Place, tuple[str, str]]]:
    """Give tags other names wherever a recipe names them.

    Args:
        db: the writer, inside the step's transaction.
        names: key of a tag → the name it has now.

    Returns:
        For each recipe that changed, by fingerprint, the places with the tag before and now.
    """
    found = {}
    for fingerprint, answers, _ in recipes.listed(db):
        text, changed = replaced(answers, lambda _, tag: names.get(tag_key(tag), tag))
        if changed:
            recipes.rewrite(db, fingerprint, text)
            found[fingerprint] = changed
    return found


def replaced(answers: str, name: Callable[[Place, str], str]) -> tuple[str, dict[Place, tuple[str, str]]]:
    """Answers (JSON) with other tags, and the places that changed with the tag before and now.

    Args:
        answers: as the shop file keeps them; whatever else they say stays as it is.
        name: told a place and its tag, gives the tag to name there.
    """
    told = json.loads(answers)
    changed: dict[Place, tuple[str, str]] = {}

    def turn(place: Place, tags: dict[str, str]) -> None:
        for text, tag in tags.items():
            new = name((*place, text), tag)
            if new != tag:
                changed[(*place, text)] = (tag, new)
                tags[text] = new

    turn(("keywords",), told.get("keywords") or {})
    for question, tags in (told.get("answer_tags") or {}).items():
        turn(("answer_tags", question), tags)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")), changed
