"""Turns messages into the owner's language. Catalogues are flat JSON files, one per language and area of
the program, under resources/i18n; Traditional Chinese is the primary text, English and Japanese are
complete."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from desktop.core.message import Message
from desktop.paths import resources_folder

LANGUAGES = ("zh_TW", "en", "ja")

_catalogue: dict[str, Any] = {}
_language = ""


def use_language(language: str) -> None:
    """Load the catalogues of ``language`` (one of LANGUAGES; anything else falls back to zh_TW)."""
    global _catalogue, _language
    _language = language if language in LANGUAGES else LANGUAGES[0]
    _catalogue = load_catalogue(resources_folder() / "i18n" / _language)


def language() -> str:
    """The language in use."""
    return _language


def load_catalogue(folder: Path) -> dict[str, Any]:
    """All texts of one language: key → text, or key → {"one": text, "other": text}."""
    texts: dict[str, Any] = {}
    for file in sorted(folder.glob("*.json")):
        texts.update(json.loads(file.read_text(encoding="utf-8")))
    return texts


def t(key: str, **params: Any) -> str:
    """The text of ``key`` with its placeholders filled; whole numbers get thousands separators."""
    if not _catalogue:
        use_language(LANGUAGES[0])
    text = _catalogue[key]
    if isinstance(text, dict):
        text = text["one"] if params.get("n") == 1 else text["other"]
    return (
        str(text).format_map({name: _shown(value) for name, value in params.items()}) if params else str(text)
    )


def render(message: Message) -> str:
    """The message in the language in use."""
    return t(message.key, **message.params)


def _shown(value: Any) -> Any:
    if isinstance(value, Message):
        return render(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    if isinstance(value, list | tuple):
        return ("、" if _language != "en" else ", ").join(str(_shown(item)) for item in value)
    return value
