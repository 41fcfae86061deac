"""How text is compared when people are searched: width and case do not count, and a phone is the same number in every
writing. The shop file keeps folded text only where folding changes more than ASCII letters, which SQLite can do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

CALLING_CODES = {"TW": "886", "JP": "81", "TH": "66", "ID": "62", "MY": "60", "KR": "82", "CN": "86"}
"""Countries whose national numbers begin with a 0 that falls away behind the calling code (ITU-T E.123, E.164)."""

PLAIN_CHARACTERS = " -~一-鿿ぁ-ゖァ-ヺー、。「」"
"""Character ranges (as in a GLOB or a regular expression's brackets) in which folding changes ASCII capitals only."""

_PLAIN = re.compile(f"[{PLAIN_CHARACTERS}\n]*")
_EXTENSION = re.compile(r"\s*(?:#|ext\.?|分機|轉|内線|內線)\s*\d+$", re.IGNORECASE | re.ASCII)
_HYPHENS = re.compile(r"[‐-―−ー]")
_PHONE_CHARACTERS = re.compile(r"[+\d\s().\-/]+", re.ASCII)


def fold(text: str) -> str:
    """The text as it is compared: NFKC, case folded."""
    return unicodedata.normalize("NFKC", text).casefold()


def folded(name: str | None, line_name: str | None, note: str | None) -> str | None:
    """What ``person.folded`` keeps.

    Returns:
        The folded name, LINE display name and note as three lines (only the note may have further ones), or None where
        lower-casing the ASCII letters says the same.
    """
    parts = (name or "", line_name or "", note or "")
    if all(map(_PLAIN.fullmatch, parts)) and "\n" not in parts[0] and "\n" not in parts[1]:
        return None
    kept = "\n".join((fold(parts[0]).replace("\n", " "), fold(parts[1]).replace("\n", " "), fold(parts[2])))
    raw = "\n".join(parts)
    return None if kept == _ascii_lower(raw) else kept


def all_plain(texts: Iterable[str | None]) -> bool:
    """Whether none of these one-line texts needs folded text; one look for all of them."""
    return "\n" not in (joined := "".join(filter(None, texts))) and _PLAIN.fullmatch(joined) is not None


def _ascii_lower(text: str) -> str:
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class PhoneNeedle:
    """What to look for among E.164 numbers: ``part`` anywhere in it ("": nowhere), ``starts`` at its beginning."""

    part: str
    starts: tuple[str, ...]


def phone_needle(text: str, country: str = "TW") -> PhoneNeedle | None:
    """What a typed phone, or a piece of one, looks like inside E.164 numbers; None if the text is no such thing.

    Args:
        text: in any writing: ``0912-345-678``, ``+886 912``, ``(02)2345``, the last digits, full width.
        country: ISO code of the country whose numbers the shop writes without a calling code.
    """
    plain = _plain_phone(text)
    digits = re.sub(r"\D", "", plain, flags=re.ASCII)
    if not digits:
        return None
    starts = _beginnings(digits, plain.startswith("+"), CALLING_CODES.get(country, ""))
    return PhoneNeedle("" if plain.startswith("+") else digits, starts)


def phone_writings(text: str, country: str = "TW") -> tuple[str, ...]:
    """The E.164 numbers a typed complete phone can mean; empty if the text is no phone."""
    plain = _plain_phone(text)
    digits = re.sub(r"\D", "", plain, flags=re.ASCII)
    if not digits:
        return ()
    numbers = _beginnings(digits, plain.startswith("+"), CALLING_CODES.get(country, ""))
    if plain.startswith("+"):
        return numbers
    code = CALLING_CODES.get(country)
    without_zero = (f"+{code}{digits}",) if code and not digits.startswith("0") else ()
    return (*numbers, f"+{digits}", *without_zero)


def _plain_phone(text: str) -> str:
    plain = _HYPHENS.sub("-", unicodedata.normalize("NFKC", text)).strip()
    plain = _EXTENSION.sub("", plain) if sum(map(str.isdigit, plain)) > 7 else plain
    return plain if _PHONE_CHARACTERS.fullmatch(plain) else ""


def _beginnings(digits: str, international: bool, code: str) -> tuple[str, ...]:
    """The beginnings of E.164 numbers that ``digits`` writes out from their first digit on."""
    if international:
        found = [f"+{digits}"]
    elif digits.startswith("00"):
        # Dialled abroad: 00 886 …, from Taiwan also 002 886 …
        found = [f"+{digits[2:]}", *([f"+{digits[3:]}"] if digits.startswith("002") else [])]
    elif digits.startswith("0") and code:
        found = [f"+{code}{digits[1:]}"]
    else:
        found = []
    trunk = f"{code}0"
    if code and (international or digits.startswith(trunk)):
        # +886 (0)912 …: the zero is written by many and dialled by nobody.
        found += [f"+{code}{digits[len(trunk) :]}"] if digits.startswith(trunk) else []
    return tuple(start for start in found if len(start) > 1)
