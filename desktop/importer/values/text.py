"""Tidying of cell texts: what exports leave around a value (quotes of Excel, invisible characters, words that mean
"nothing") goes, the value itself stays as its owner wrote it."""

from __future__ import annotations

import re
import unicodedata

from desktop.importer.values.outcome import BLANK, EMPTY_WORD, Outcome, unusable

# Characters that can go anywhere: NUL and other controls (not tab, not newlines), zero-width space, word joiner, BOM,
# soft hyphen. The joiners U+200C/U+200D stay inside a text: emoji and some scripts need them.
_REMOVED = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff"
_EDGES = " \t\r\n\v\f\u3000\u200c\u200d\u200e\u200f\u2028\u2029"
_SPACES = "\u00a0\u2000-\u200a\u202f\u205f"
_REMOVE = re.compile(f"[{_REMOVED}]")
_SPACE = re.compile(f"[{_SPACES}]")
_FORMULA = re.compile(r'=\s*"(.*)"', re.DOTALL)
# An apostrophe marks text in Excel; real names begin with one too ('s-Gravenhage), so only before digits and signs.
_APOSTROPHE = re.compile(r"['’](?=[\d+\-=@(])")
_WRAPPING = frozenset("='’ ")
"""How a text begins that may be wrapped. Whatever else is taken out or off the edges does not print."""

EXCEL_ERRORS = frozenset(
    "#n/a #value! #ref! #name? #div/0! #num! #null! #spill! #calc! #getting_data".split()
)
"""What Excel shows where a formula has no result (case folded)."""
EMPTY_WORDS = EXCEL_ERRORS | frozenset(
    "無 沒有 无 没有 未填 未填寫 未提供 不提供 不詳 未知 空 空白 無資料 無電話 無手機 無email 無信箱 沒填 略 "
    "なし 未登録 未入力 不明 n/a na n.a. none null nil nan nat undefined unknown (null) (none) (blank) "
    "- -- --- — – ー ― ─ / \\ .".split()
)
"""Words people and programs write where there is no value (NFKC, case folded)."""


def tidy(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without wrapping and invisible characters, and the repairs this took.

    ``="0912…"`` and a leading apostrophe before digits are Excel's ways of saying "text" and are unwrapped. Width,
    accents, inner spaces and direction marks stay.
    """
    if text.isprintable() and text[:1] not in _WRAPPING and text[-1:] != " ":
        return text, ()
    return _unwrapped(text)


def _unwrapped(text: str) -> tuple[str, tuple[str, ...]]:
    repairs: tuple[str, ...] = ()
    clean = _SPACE.sub(" ", _REMOVE.sub("", text)).strip(_EDGES)
    wrapped = _FORMULA.fullmatch(clean)
    if wrapped:
        clean, repairs = wrapped[1].replace('""', '"').strip(_EDGES), ("excel_text",)
    if _APOSTROPHE.match(clean):
        clean, repairs = clean[1:].strip(_EDGES), ("excel_text",)
    return clean, repairs


def squash(text: str) -> str:
    """A key's text: NFKC, no invisible format characters, trimmed. Never used on names."""
    return text.strip() if text.isascii() else _folded_width(text)


def _folded_width(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    if not folded.isprintable():
        folded = "".join(char for char in folded if unicodedata.category(char) != "Cf")
    return folded.strip()


def is_empty_word(text: str) -> bool:
    """Whether the text is a written "nothing" such as 無 or N/A."""
    if text.isascii():
        return text.strip().lower() in EMPTY_WORDS
    return text.casefold() in EMPTY_WORDS or squash(text).casefold() in EMPTY_WORDS


def read_text(text: str) -> Outcome:
    """A free text of one line (name, level, store …): tidied, line breaks become spaces, otherwise whole."""
    return _read(text, one_line=True)


def read_note(text: str) -> Outcome:
    """A free text that may have several lines."""
    return _read(text, one_line=False)


def read_whole(text: str) -> Outcome:
    """An own column of the shop or an answer of a form: tidied, but 「無」 is an answer and stays; an error of Excel is none."""
    clean, repairs = tidy(text)
    if "\ufffd" in clean:
        return unusable("unreadable_characters")
    if clean.casefold() in EXCEL_ERRORS:
        return EMPTY_WORD
    return Outcome(_unix_lines(clean), repairs) if clean else BLANK


_BREAKS = re.compile(r"[ \t]*(?:\r\n|[\r\n\t\u2028\u2029])[ \t]*")


def _unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read(text: str, *, one_line: bool) -> Outcome:
    clean, repairs = tidy(text)
    if not clean:
        return BLANK
    if "\ufffd" in clean:
        return unusable("unreadable_characters")
    if clean.casefold() in EMPTY_WORDS:
        return EMPTY_WORD
    return Outcome(_BREAKS.sub(" ", clean) if one_line else _unix_lines(clean), repairs)
