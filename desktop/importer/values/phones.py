"""Phone numbers as shops write them → E.164. Taiwan's mobile numbers take a fast path of plain rules; everything else asks
the phonenumbers library (its numbering plans), imported on first use because most files never need it."""

from __future__ import annotations

import re
from functools import lru_cache

from desktop.importer.values.outcome import BLANK, EMPTY_WORD, Outcome, unusable
from desktop.importer.values.text import is_empty_word, squash, tidy

TAIWAN_MOBILE = re.compile(r"09\d{8}|09\d\d-\d{3}-\d{3}|09\d\d-\d{6}", re.ASCII)
"""The writings of a Taiwanese mobile number that need no thought: digits, or hyphens in the usual places."""

_SCIENTIFIC = re.compile(r"(\d)(?:\.(\d+))?[eE](\+?)(\d{1,2})", re.ASCII)
_FLOAT = re.compile(r"(\d{6,})\.0+", re.ASCII)
_EXTENSION = re.compile(
    r"\s*(?:[#＃*]|ext\.?|extension|分機|轉|内線|內線)\s*:?\s*\(?(\d{1,6})\)?$", re.IGNORECASE | re.ASCII
)
_NUMBER = re.compile(r"\+?\(?\+?\d[\d\s().\-‐-―−ー~]*\d", re.ASCII)
_SPLIT = re.compile(r"[/／、,，;；|\n\r&]+|\s+or\s+|或|\s{2,}", re.IGNORECASE)
_FOREIGN_DIGITS = {
    "TW": "886",
    "JP": "81",
    "HK": "852",
    "MO": "853",
    "SG": "65",
    "MY": "60",
    "TH": "66",
    "CN": "86",
    "US": "1",
}
_COUNTRIES = r"(?=886|81|82|86|852|853|60|65|66|1\d{10}|44|61)"
_INTERNATIONAL_PREFIX = re.compile(rf"^(?:00{_COUNTRIES}|(?:00[2-9]|01[02679]){_COUNTRIES})")
SHORTEST = 8


def read_phone(text: str, country: str = "TW", calling_code: str = "") -> Outcome:
    """The phone number of a cell.

    Args:
        text: the cell, in any of the writings of IMPORT-FORMATS.
        country: ISO code of the shop's country: whose numbers are written without a country code.
        calling_code: the row's own country code without "+", when a column of the file holds it.

    Returns:
        E.164, or None with the reason. A second number in the cell is left out and reported (``second_phone``).
    """
    clean, repairs = tidy(text)
    if not clean:
        return BLANK
    plain = squash(clean)
    if plain != clean:
        repairs = (*repairs, "full_width")
    if is_empty_word(plain) or plain == "0":
        return EMPTY_WORD
    home = country
    if calling_code and calling_code != _FOREIGN_DIGITS.get(country):
        home = f"+{calling_code}"
    result = _read_plain(plain, home)
    return result._replace(repairs=(*repairs, *result.repairs)) if repairs and result.value else result


def _read_plain(plain: str, home: str) -> Outcome:
    scientific = _SCIENTIFIC.fullmatch(plain)
    if scientific:
        return _from_scientific(scientific, home)
    decimal = _FLOAT.fullmatch(plain)
    if decimal:
        plain = decimal[1]
    repairs: tuple[str, ...] = ()
    extension = _EXTENSION.search(plain)
    if extension and sum(char.isdigit() for char in plain[: extension.start()]) >= SHORTEST - 1:
        plain, repairs = plain[: extension.start()], ("phone_extension",)
    whole = _one(plain, home)
    if whole.value:
        return whole._replace(repairs=(*repairs, *whole.repairs))
    candidates = [found[0] for part in _SPLIT.split(plain) for found in _NUMBER.finditer(part)]
    if len(candidates) == 1 and " " in candidates[0].strip():
        candidates = candidates[0].split()
    usable = [
        outcome for outcome in (_one(_EXTENSION.sub("", part), home) for part in candidates) if outcome.value
    ]
    if not usable:
        return whole
    first = usable[0]
    others = [part for part in candidates if sum(char.isdigit() for char in part) >= SHORTEST - 2]
    if len(others) > 1 and any(other.value != first.value for other in usable[1:] or [BLANK]):
        return Outcome(first.value, (*repairs, *first.repairs, "second_phone"), "second_phone")
    return first._replace(repairs=(*repairs, *first.repairs))


def _from_scientific(found: re.Match[str], home: str) -> Outcome:
    """A number that passed through floating point. Java writes 9.12345678E8 with every digit it has; Excel writes 9.12E+08
    with those that fit the column: the rest is gone and no rule brings it back."""
    digits = found[1] + (found[2] or "").rstrip("0")
    length = int(found[4]) + 1
    missing = length - len(digits)
    if missing < 0 or length > 15:
        return unusable("not_a_phone")
    if missing > (0 if found[3] else 1):
        return unusable("phone_digits_lost")
    result = _one(digits + "0" * missing, home)
    return result._replace(repairs=("scientific", *result.repairs)) if result.value else result


def _one(text: str, home: str) -> Outcome:
    """One number with its punctuation."""
    plus = "+" in text
    digits = "".join(char for char in text if "0" <= char <= "9")
    letters = re.sub(
        r"^(?:tel|phone|mobile|手機|電話|行動|市話|家|公|宅|[mhotp])\s*[:.)]?\s*",
        "",
        text.strip(),
        flags=re.I,
    )
    if not digits:
        return unusable("not_a_phone")
    if re.search(r"[^\W\d_]|[@_]", letters):
        return unusable("not_a_phone")
    if len(digits) >= 6 and len(set(digits)) == 1:
        return unusable("phone_junk")
    if not plus:
        digits, plus = _without_prefix(digits, plus)
    if plus or not home[0].isalpha():
        return _foreign(digits if plus else home[1:] + digits.removeprefix("0"))
    if home == "TW":
        return _taiwan(digits)
    return _elsewhere(digits, home)


def _without_prefix(digits: str, plus: bool) -> tuple[str, bool]:
    """Strip an international dialling prefix (002886…, 00886…), which says the same as "+"."""
    shorter = _INTERNATIONAL_PREFIX.sub("", digits, count=1)
    if shorter != digits and len(shorter) >= 10:
        return shorter, True
    return digits, plus


def _taiwan(digits: str) -> Outcome:
    length = len(digits)
    if length == 10 and digits[:2] == "09":
        return _kept("+886" + digits[1:])
    if digits[0] == "0":
        return _judged("+886" + digits[1:], digits)
    if digits[:3] == "886" and 11 <= length <= 14:
        return _foreign(digits)
    if length == 9:
        # Excel took the leading zero: mobile numbers begin with 9, landlines with their area code.
        repaired = _kept("+8869" + digits[1:]) if digits[0] == "9" else _judged("+886" + digits, "0" + digits)
        return repaired._replace(repairs=("leading_zero",)) if repaired.value else repaired
    return unusable(_length_reason(length, 10))


def _foreign(digits: str) -> Outcome:
    """Digits that begin with a country code."""
    if digits[:3] == "886":
        national = digits[3:].removeprefix("0")
        if len(national) == 9 and national[0] == "9":
            return _kept("+886" + national)
        return _judged("+886" + national, "0" + national)
    return _judged("+" + digits, digits)


def _elsewhere(digits: str, country: str) -> Outcome:
    found = _parsed(digits, country)
    if found:
        return _kept(found)
    repaired = _parsed("0" + digits, country) if digits[0] != "0" else None
    return Outcome(repaired, ("leading_zero",)) if repaired else unusable(_length_reason(len(digits), 10))


def _kept(e164: str) -> Outcome:
    return unusable("phone_junk") if is_junk_phone(e164) else Outcome(e164)


def _judged(e164: str, digits: str) -> Outcome:
    known = _parsed(e164, "")
    if known:
        return _kept(known)
    if digits in "01234567890123456789" or digits in "98765432109876543210":
        return unusable("phone_junk")
    return unusable(_length_reason(len(digits), 10 if digits[:2] == "09" else 9))


def _length_reason(length: int, usual: int) -> str:
    if length < usual:
        return "phone_too_short"
    return "phone_too_long" if length > usual + 1 else "phone_unknown"


@lru_cache(maxsize=20_000)
def _parsed(number: str, country: str) -> str | None:
    """E.164 by the library's numbering plans, or None where it knows no such number."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, country or None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def is_junk_phone(e164: str) -> bool:
    """Whether a number is a placeholder (0900-000-000, 0911-111-111): such numbers belong to nobody and never match."""
    tail = e164[-8:]
    return len(set(tail)) == 1 or (len(e164) > 9 and len(set(e164[-7:])) == 1 and e164[-7] == "0")


def forget_numbers() -> None:
    """Let go of the numbers read so far: what was read in a file is gone with it."""
    _parsed.cache_clear()
