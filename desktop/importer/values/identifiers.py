"""What tells people and orders apart: LINE user IDs, e-mail addresses, member and order numbers."""

from __future__ import annotations

import re

from desktop.core.limits import USER_ID_PATTERN
from desktop.importer.values.outcome import BLANK, EMPTY_WORD, Outcome, unusable
from desktop.importer.values.text import is_empty_word, squash, tidy

USER_ID = re.compile(USER_ID_PATTERN, re.ASCII)
_USER_ID_ANY_CASE = re.compile(r"u[0-9a-f]{32}", re.IGNORECASE | re.ASCII)
_NOT_BOUND = frozenset(
    {"未綁定", "尚未綁定", "未加入", "未連結", "未註冊", "否", "未連携", "not bound", "unbound", "N", "0"}
)
_OTHER_ID = re.compile(r"[CR][0-9a-f]{32}", re.ASCII)
_HEX = re.compile(r"[0-9a-f]+", re.IGNORECASE | re.ASCII)
_PHONE = re.compile(r"\+?[\d\s()\-]{8,16}", re.ASCII)

EMAIL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.ASCII
)
"""An address as mail servers take it, in lower case (RFC 5321's lengths, without quoting)."""

_EMAIL_WRAPPING = re.compile(r"^(?:mailto:|e-?mail\s*[::]\s*)|[,;。、，；.>)\]]+$", re.IGNORECASE)
_JUNK_LOCAL = frozenset("no none na nomail noemail no-email no-mail nobody unknown null test".split())
_JUNK_DOMAIN = frozenset("no.com none.com na.com noemail.com nomail.com test.com xxx.com no.email".split())
_JUNK_HOSTS = frozenset("gmail.com yahoo.com yahoo.com.tw hotmail.com".split())


def read_user_id(text: str) -> Outcome:
    """A LINE user ID in its one right writing: U and 32 lower-case hex digits."""
    clean, repairs = tidy(text)
    if not clean:
        return BLANK
    if USER_ID.fullmatch(clean):
        return Outcome(clean, repairs)
    plain = squash(clean).strip("\"'`,;<>[](){}")
    if is_empty_word(plain) or plain in _NOT_BOUND:
        return EMPTY_WORD
    if _USER_ID_ANY_CASE.fullmatch(plain) and not _OTHER_ID.fullmatch(plain):
        return Outcome("U" + plain[1:].lower(), (*repairs, "user_id"))
    return unusable(_why_no_user_id(plain))


def _why_no_user_id(plain: str) -> str:
    if _OTHER_ID.fullmatch(plain):
        return "group_id"
    if "@" in plain and "." in plain:
        return "email_not_user_id"
    if _PHONE.fullmatch(plain):
        return "phone_not_user_id"
    if plain[:1] in "Uu" and _HEX.fullmatch(plain[1:]):
        return "user_id_length"
    if plain[:1] in "Uu" and len(plain) in range(30, 37):
        return "user_id_characters"
    return "line_id_not_user_id"


def read_email(text: str) -> Outcome:
    """An e-mail address, lower case. Placeholders (no@no.com, test@test.com) are refused: they would match strangers."""
    clean, repairs = tidy(text)
    if not clean:
        return BLANK
    lowered = clean.lower()
    if not EMAIL.fullmatch(lowered):
        plain = squash(clean)
        if is_empty_word(plain):
            return EMPTY_WORD
        lowered = _EMAIL_WRAPPING.sub("", _EMAIL_WRAPPING.sub("", plain)).replace(" ", "").lower()
        named = re.search(r"<([^<>]+)>?$", lowered)
        lowered = named[1] if named else lowered
        if not EMAIL.fullmatch(lowered):
            return _several(plain)
        repairs = (*repairs, "email")
    if ".." in lowered or lowered[0] == "." or ".@" in lowered:
        return unusable("not_an_email")
    return unusable("email_junk") if is_junk_email(lowered) else Outcome(lowered, repairs)


def _several(plain: str) -> Outcome:
    parts = [part.strip().lower() for part in re.split(r"[,;、/\s|]+", plain)]
    usable = [part for part in parts if EMAIL.fullmatch(part) and not is_junk_email(part)]
    if not usable:
        return unusable("not_an_email")
    if len(set(usable)) > 1:
        return Outcome(usable[0], ("second_email",), "second_email")
    return Outcome(usable[0], ("email",))


def is_junk_email(email: str) -> bool:
    """Whether an address is a placeholder; such addresses never match."""
    local, _, domain = email.partition("@")
    if domain in _JUNK_DOMAIN or (local in _JUNK_LOCAL and domain in _JUNK_HOSTS):
        return True
    return local == domain.split(".")[0] and (local in _JUNK_LOCAL or len(local) <= 3)


_LOST_DIGITS = re.compile(r"\d(?:[.,]\d+)?e\+?\d{1,2}", re.IGNORECASE | re.ASCII)
_WHOLE_FLOAT = re.compile(r"(\d{1,15})\.0", re.ASCII)


def read_key(text: str) -> Outcome:
    """A member or order number, as text with all its zeros. A number that Excel turned into 1.23E+15 is gone."""
    clean, repairs = tidy(text)
    if not clean:
        return BLANK
    if "\ufffd" in clean:
        return unusable("unreadable_characters")
    plain = squash(clean)
    if plain != clean:
        repairs = (*repairs, "full_width")
    if not plain:
        return BLANK  # direction marks alone
    if is_empty_word(plain):
        return EMPTY_WORD
    if _LOST_DIGITS.fullmatch(plain):
        return unusable("number_digits_lost")
    whole = _WHOLE_FLOAT.fullmatch(plain)
    return Outcome(whole[1] if whole else plain, repairs)


_NATIONAL_ID = re.compile(r"[A-Z][1289A-D]\d{8}", re.ASCII)
_LETTER_VALUES = {letter: value for value, letter in enumerate("ABCDEFGHJKLMNPQRSTUVXYWZIO", 10)}
_CARD_NUMBER = re.compile(r"[3-6]\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{3,4}", re.ASCII)


def is_national_id(text: str) -> bool:
    """Whether a text is a Taiwanese identity or residence number: its form, and its check digit by the rule of the
    Ministry of the Interior (weights 1, 9, 8 … 1, 1 over the letter's two digits and the nine that follow)."""
    upper = text.upper()
    if not _NATIONAL_ID.fullmatch(upper):
        return False
    second = upper[1] if upper[1].isdigit() else str(_LETTER_VALUES[upper[1]] % 10)
    tens, ones = divmod(_LETTER_VALUES[upper[0]], 10)
    digits = [tens, ones, *map(int, second + upper[2:])]
    return (
        sum(digit * weight for digit, weight in zip(digits, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True))
        % 10
        == 0
    )


def is_card_number(text: str) -> bool:
    """Whether a text is a payment card's number: 15 or 16 digits from 3 to 6 on, right by Luhn's check (ISO/IEC 7812)."""
    if not _CARD_NUMBER.fullmatch(text):
        return False
    digits = [int(char) for char in reversed(text) if char.isdigit()]
    return sum(digits[::2]) % 10 == -sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2]) % 10
