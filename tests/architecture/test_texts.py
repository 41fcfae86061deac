"""Every text the program asks for exists in the three languages with the values it needs, and no text lies unused."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import NamedTuple

import pytest

from desktop.text import LANGUAGES
from tests.architecture.catalogues import areas, every_form, placeholders, texts
from tests.architecture.literal_values import ANYTHING
from tests.architecture.source_files import expect_none
from tests.architecture.text_families import FAMILIES
from tests.architecture.text_uses import uses, written

PRIMARY, *TRANSLATIONS = LANGUAGES

# Looks like a key and is none: the name of a setting.
NOT_A_TEXT = {"members.copying_agreed"}


class Asking(NamedTuple):
    """A place that asks for a text, the values it gives (None: not told), and whether it asks for a whole family."""

    place: str
    params: frozenset[str] | None
    family: bool

    def lacks(self, needed: set[str]) -> set[str]:
        """What it does not give of the values that a text needs."""
        return set() if self.params is None else needed - self.params


@cache
def members(pattern: str) -> frozenset[str]:
    """The keys of a family."""
    beginning, *gaps = pattern.split(ANYTHING)
    if len(gaps) == 1:
        return frozenset(f"{beginning}{member}{gaps[0]}" for member in FAMILIES[pattern]())
    return frozenset(f"{beginning}{member}" for member in FAMILIES[pattern]())


@cache
def asked() -> dict[str, list[Asking]]:
    """Key → who asks for it."""
    found: dict[str, list[Asking]] = {}
    for use in uses():
        for key in use.keys:
            for one in members(key) if key in FAMILIES else [key]:
                if ANYTHING not in one:
                    found.setdefault(one, []).append(Asking(use.place, use.params, key in FAMILIES))
    return found


def looks_like_a_key() -> str:
    first = "|".join(sorted({re.escape(key.partition(".")[0]) for key in texts(PRIMARY)}))
    return rf"(?:{first})(?:\.[a-z0-9_{{}}-]+)+"


def test_there_are_texts_and_uses() -> None:
    assert len(texts(PRIMARY)) > 500
    assert len(uses()) > 500


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_each_language_has_the_same_files_and_keys(language: str) -> None:
    found = []
    for area in sorted(areas(PRIMARY).keys() | areas(language).keys()):
        ours, theirs = areas(PRIMARY).get(area, {}), areas(language).get(area, {})
        found += [f"{area}.json of {language} lacks {key}" for key in ours.keys() - theirs.keys()]
        found += [
            f"{area}.json of {PRIMARY} lacks {key}, which {language} has"
            for key in theirs.keys() - ours.keys()
        ]
    expect_none(sorted(found))


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_each_language_has_the_same_placeholders(language: str) -> None:
    ours, theirs = texts(PRIMARY), texts(language)
    expect_none(
        [
            f"{key}: {sorted(placeholders(ours[key]))} in {PRIMARY}, {sorted(placeholders(theirs[key]))} in {language}"
            for key in ours.keys() & theirs.keys()
            if placeholders(ours[key]) != placeholders(theirs[key])
        ]
    )


def test_placeholders_are_plain_names() -> None:
    expect_none(
        [
            f"{language} {key}: {{{name}}}"
            for language, key, form in every_form()
            for name in placeholders(form)
            if not name.isidentifier()
        ]
    )


def test_plural_forms_are_english_only_and_complete() -> None:
    wrong = [
        f"{language} {key}: {sorted(text)}"
        for language in LANGUAGES
        for key, text in texts(language).items()
        if isinstance(text, dict) and (language != "en" or text.keys() != {"one", "other"})
    ]
    expect_none(wrong)


def test_every_text_asked_for_exists() -> None:
    expect_none(
        sorted(
            f"{askings[0].place} asks for {key}, which has no text"
            for key, askings in asked().items()
            if key not in texts(PRIMARY)
        )
    )


def test_every_family_says_where_its_members_come_from() -> None:
    unknown = {
        f"{use.place} asks for {key}: declare its members in text_families.py"
        for use in uses()
        for key in use.keys - FAMILIES.keys()
        if ANYTHING in key and key != ANYTHING
    }
    expect_none(sorted(unknown))


def test_no_family_is_forgotten() -> None:
    expect_none(sorted(FAMILIES.keys() - {key for use in uses() for key in use.keys}))
    assert all(members(pattern) for pattern in FAMILIES)


def test_whatever_looks_like_a_key_is_one() -> None:
    known = texts(PRIMARY).keys()
    beginnings = {".".join(key.split(".")[:length]) for key in known for length in range(1, 5)}
    expect_none(
        sorted(
            f"{place}: {text}"
            for text, place in written(looks_like_a_key())
            if text not in known | beginnings | NOT_A_TEXT
            and ANYTHING not in text
            and not text.endswith(".json")
        )
    )


def test_no_text_is_unused() -> None:
    named = {text for text, _ in written(looks_like_a_key())}
    expect_none(sorted(texts(PRIMARY).keys() - asked().keys() - named))


def test_every_text_gets_its_values() -> None:
    found = []
    for language, (key, askings) in product(LANGUAGES, asked().items()):
        text = texts(language).get(key, "")
        needed = placeholders(text) | ({"n"} if isinstance(text, dict) else set())
        # Several places may share a family between them; each of its texts gets its values from one of them.
        if not all(one.family and one.lacks(needed) for one in askings):
            askings = [one for one in askings if not one.family]
        found += [
            f"{one.place} gives {key} no {one.lacks(needed)} ({language})"
            for one in askings
            if one.lacks(needed)
        ]
    expect_none(sorted(found))
