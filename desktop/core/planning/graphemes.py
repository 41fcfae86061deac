"""Counts characters as people and LINE's forms see them: a flag, a family emoji or a letter with its accents is one. LINE
counts the texts of menus and buttons, and its manager the greeting, in such grapheme clusters (Unicode Standard Annex #29)."""

from __future__ import annotations

import re
import unicodedata

_ZERO_WIDTH_JOINER = "\u200d"

# Drawn as a picture: what the Unicode emoji data calls Extended_Pictographic, joined to ranges.
_PICTURES = re.compile(
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u2388\u23cf\u23e9-\u23f3"
    "\u23f8-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe\u2600-\u2605\u2607-\u2612\u2614-\u2685\u2690-\u2705"
    "\u2708-\u2712\u2714\u2716\u271d\u2721\u2728\u2733\u2734\u2744\u2747\u274c\u274e\u2753-\u2755\u2757\u2763-\u2767"
    "\u2795-\u2797\u27a1\u27b0\u27bf\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001f0ff\U0001f10d-\U0001f10f\U0001f12f\U0001f16c-\U0001f171\U0001f17e\U0001f17f\U0001f18e"
    "\U0001f191-\U0001f19a\U0001f1ad-\U0001f1e5\U0001f201-\U0001f20f\U0001f21a\U0001f22f\U0001f232-\U0001f23a"
    "\U0001f23c-\U0001f23f\U0001f249-\U0001f3fa\U0001f400-\U0001f53d\U0001f546-\U0001f64f\U0001f680-\U0001f6ff"
    "\U0001f774-\U0001f77f\U0001f7d5-\U0001f7ff\U0001f80c-\U0001f80f\U0001f848-\U0001f84f\U0001f85a-\U0001f85f"
    "\U0001f888-\U0001f88f\U0001f8ae-\U0001f8ff\U0001f90c-\U0001f93a\U0001f93c-\U0001f945\U0001f947-\U0001faff"
    "\U0001fc00-\U0001fffd]"
)
_REGIONAL = re.compile("[\U0001f1e6-\U0001f1ff]")
# Marks that lean on the character before them, though their general category does not say so.
_LEANING = re.compile("[\u0e33\u0eb3\u200c\uff9e\uff9f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_LEADING_HANGUL = re.compile("[\u1100-\u115f\ua960-\ua97c]")
_VOWEL_HANGUL = re.compile("[\u1160-\u11a7\ud7b0-\ud7c6]")
_TRAILING_HANGUL = re.compile("[\u11a8-\u11ff\ud7cb-\ud7fb]")


def graphemes(text: str) -> list[str]:
    """The characters of a text as a reader sees them; together they are the text again."""
    found: list[str] = []
    for character in text:
        if found and _belongs_to(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def count(text: str) -> int:
    """How many characters a reader sees, a line break being one."""
    return len(text) if text.isascii() and "\r" not in text else len(graphemes(text))


def shortened(text: str, most: int) -> str:
    """The text itself, or its first characters and an ellipsis, together ``most`` graphemes."""
    parts = graphemes(text)
    return text if len(parts) <= most else "".join(parts[: most - 1]).rstrip() + "…"


def _belongs_to(before: str, character: str) -> bool:
    last = before[-1]
    if last == "\r" and character == "\n":
        return True
    if _is_control(last) or _is_control(character):
        return False
    if _is_mark(character):
        return True
    if last == _ZERO_WIDTH_JOINER and _PICTURES.match(character):
        return bool(_PICTURES.match(before))
    if _REGIONAL.match(character):
        return len(before) % 2 == 1 and all(_REGIONAL.match(one) for one in before)
    return _joins_hangul(last, character)


def _is_mark(character: str) -> bool:
    return (
        character == _ZERO_WIDTH_JOINER
        or unicodedata.category(character) in ("Mn", "Me", "Mc")
        or _LEANING.match(character) is not None
    )


def _is_control(character: str) -> bool:
    if character == _ZERO_WIDTH_JOINER or _LEANING.match(character):
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs")


def _joins_hangul(last: str, character: str) -> bool:
    whole = "\uac00" <= last <= "\ud7a3"
    open_syllable = whole and (ord(last) - 0xAC00) % 28 == 0
    if _LEADING_HANGUL.match(last):
        is_syllable = "\uac00" <= character <= "\ud7a3"
        return is_syllable or bool(_LEADING_HANGUL.match(character) or _VOWEL_HANGUL.match(character))
    if _VOWEL_HANGUL.match(last) or open_syllable:
        return bool(_VOWEL_HANGUL.match(character) or _TRAILING_HANGUL.match(character))
    return bool((whole or _TRAILING_HANGUL.match(last)) and _TRAILING_HANGUL.match(character))
