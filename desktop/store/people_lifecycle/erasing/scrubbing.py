"""Taking a person's data out of texts that tell of something else: titles of steps, reports of imports, the log, searches."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

INSTEAD = "＊＊＊"
"""What stands where something was taken out."""

_LEAST_NAME = 2
_LEAST_NUMBER = 4
_LEAST_TEXT = 6
_FULL_WIDTH = {str(n): f"[{n}{chr(0xFF10 + n)}]" for n in range(10)}
_BETWEEN = r"[\s\-－().（）]{0,2}"
_LETTER = "A-Za-zÀ-ɏ"
_BROKEN = r"(?<=\\[nrtbf])"
"""Behind a line break or a tab as JSON writes it: its letter belongs to no word."""


class Needles:
    """The texts by which a person can be recognised.

    Args:
        names: her names; those of one character are passed over, and Latin letters are found as whole words only: whoever is
            called Li is not meant by LINE.
        phones: E.164; found in every writing.
        words: numbers and addresses that stand by themselves (member number, user ID, e-mail); capitals do not count.
        texts: longer texts (notes, extra columns, birthday); found as they are.
    """

    def __init__(
        self,
        names: Iterable[str] = (),
        phones: Iterable[str] = (),
        words: Iterable[str] = (),
        texts: Iterable[str] = (),
    ) -> None:
        parts = [*map(_phone, phones)]
        parts += [_word(word) for word in words if len(word) >= _LEAST_NUMBER]
        parts += [_text(text) for text in texts if len(text) >= _LEAST_TEXT]
        parts += [_name(name) for name in names if len(name) >= _LEAST_NAME]
        # Longer ones first: a name inside a note goes with the note.
        unique = sorted({part for part in parts if part}, key=len, reverse=True)
        self._pattern = re.compile("|".join(unique), re.IGNORECASE) if unique else None

    def found_in(self, text: str) -> bool:
        """Whether something of hers is in a text."""
        return self._pattern is not None and self._pattern.search(text) is not None

    def scrub(self, text: str) -> str:
        """The text without her."""
        return text if self._pattern is None else self._pattern.sub(INSTEAD, text)

    def scrub_value(self, value: Any) -> Any:
        """A JSON-able value with all its texts scrubbed, keys of objects too; texts that are JSON themselves stay JSON, and of a
        message only what it is told with can be hers."""
        match value:
            case str():
                return self._scrub_text(value)
            case list() | tuple():
                return [self.scrub_value(item) for item in value]
            case {"key": str(key), "params": dict(params), **rest} if not rest:
                told = {name: self.scrub_value(item) for name, item in params.items()}
                return {"key": key, "params": told}
            case dict():
                return {self.scrub(str(key)): self.scrub_value(item) for key, item in value.items()}
            case _:
                return value

    def scrub_json(self, text: str) -> str:
        """A JSON text with all its texts scrubbed."""
        value = json.loads(text)
        scrubbed = self.scrub_value(value)
        if scrubbed == value:
            return text
        return json.dumps(scrubbed, ensure_ascii=False, separators=(",", ":"))

    def _scrub_text(self, text: str) -> str:
        if text[:1] in ("{", "["):
            try:
                return self.scrub_json(text)
            except json.JSONDecodeError:
                pass
        return self.scrub(text)


def _phone(number: str) -> str:
    """A pattern for a number in E.164 as people write it: with its country's code, with a zero, or with neither."""
    digits = re.sub(r"\D", "", number, flags=re.ASCII)
    if len(digits) < _LEAST_NUMBER:
        return ""
    code = 3 if digits.startswith(("886", "852", "853")) else 2 if digits[0] != "1" else 1
    national = digits[code:] if len(digits) - code >= _LEAST_NUMBER else digits
    written = _BETWEEN.join(_FULL_WIDTH[digit] for digit in national)
    front = _BETWEEN.join(_FULL_WIDTH[digit] for digit in digits[:code])
    return rf"(?<![0-9０-９])(?:[+＋]?{front}{_BETWEEN})?[0０]?{_BETWEEN}{written}(?![0-9０-９])"


def _word(word: str) -> str:
    return rf"(?:(?<![A-Za-z0-9])|{_BROKEN}){re.escape(word)}(?![A-Za-z0-9])"


def _name(name: str) -> str:
    """A name as it stands; its first or last Latin letter has none beside it."""
    return "|".join(map(_apart, _forms(name)))


def _apart(name: str) -> str:
    front = rf"(?:(?<![{_LETTER}])|{_BROKEN})" if re.match(f"[{_LETTER}]", name) else ""
    back = rf"(?![{_LETTER}])" if re.search(f"[{_LETTER}]$", name) else ""
    return f"{front}{re.escape(name)}{back}"


def _text(text: str) -> str:
    return "|".join(map(re.escape, _forms(text)))


def _forms(text: str) -> list[str]:
    return sorted({text, unicodedata.normalize("NFKC", text)}, key=len, reverse=True)
