"""The texts of the three languages as they lie in resources/i18n, and the placeholders in them."""

from __future__ import annotations

import json
from functools import cache
from string import Formatter

from desktop.text import LANGUAGES
from tests.architecture.source_files import ROOT

FOLDER = ROOT / "resources" / "i18n"

Text = str | dict[str, str]
"""A text, or its plural forms."""


@cache
def areas(language: str) -> dict[str, dict[str, Text]]:
    """Area (the file's name) → key → text. A key that stands twice, in one file or in two, is an error."""
    found: dict[str, dict[str, Text]] = {}
    seen: dict[str, str] = {}
    for file in sorted((FOLDER / language).glob("*.json")):

        def keys_once(pairs: list[tuple[str, Text]], area: str = file.stem) -> dict[str, Text]:
            if any("." in key for key, _ in pairs):
                for key, _ in pairs:
                    assert key not in seen, f"{language}: {key} stands in {seen[key]} and in {area}"
                    seen[key] = area
            return dict(pairs)

        found[file.stem] = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=keys_once)
    return found


@cache
def texts(language: str) -> dict[str, Text]:
    """Key → text."""
    return {key: text for area in areas(language).values() for key, text in area.items()}


def forms(text: Text) -> list[str]:
    """The text, or each of its plural forms."""
    return list(text.values()) if isinstance(text, dict) else [text]


def every_form() -> list[tuple[str, str, str]]:
    """(language, key, text) of everything a person may read."""
    return [
        (language, key, form)
        for language in LANGUAGES
        for key, text in texts(language).items()
        for form in forms(text)
    ]


def placeholders(text: Text) -> set[str]:
    """The names between braces, in any of the forms."""
    return {name for form in forms(text) for _, name, _, _ in Formatter().parse(form) if name is not None}
