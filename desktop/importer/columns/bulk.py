"""Shortcuts for whole columns of well-written values: each reads in one sweep what it is sure of and leaves the rest to the
cell reader. They change the speed and nothing else: a test holds every one of them against its reader."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from desktop.importer.columns.fields import DATE_FIELDS
from desktop.importer.values.identifiers import USER_ID
from desktop.importer.values.text import EMPTY_WORDS

Lookup = Callable[[str], Any]
"""The cell reader behind its cache."""

Bulk = Callable[[Sequence[str], Lookup, Counter[str]], "list[Any] | None"]
"""Cells, the reader for those that are not plain, and the counter of repairs → values; None: read each cell."""


def bulk_reader(field: str, part: str, *, country: str, decimal: str, one_to_one: bool) -> Bulk | None:
    """The shortcut for a column, if there is one.

    Args:
        field: what the column fills.
        part: the part of it.
        country: the shop's country.
        decimal: the column's decimal sign.
        one_to_one: the values are mostly different, so that a cache alone would not help.
    """
    if part or not one_to_one:
        return None
    if field == "phone":
        return _phones if country == "TW" else None
    if field in DATE_FIELDS:
        return _moments if field != "birthday" else None
    if field in ("total", "amount", "item_amount"):
        return _amounts if decimal == "." else None
    return {
        "email": _emails,
        "line_user_id": _user_ids,
        "name": _names,
        "member_no": _keys,
        "order_no": _keys,
    }.get(field)


def _joined(cells: Sequence[str]) -> str | None:
    """The cells on one line each; None if one of them has several lines."""
    text = "\n".join(cells)
    return text if text.count("\n") == len(cells) - 1 else None


def _is_tidy(lines: str) -> bool:
    """Whether no cell of these, each on a line, needs tidying."""
    bare = lines.replace("\n", "").replace("\u3000", "")  # between the parts of a Japanese name
    if not bare.isprintable() or "\ufffd" in bare:
        return False
    edged = f"\n{lines}\n"
    return not any(edge in edged for edge in _EDGES)


_EDGES = ("\n ", " \n", "\n\u3000", "\u3000\n", "\n=", "\n'", "\n’")
"""What shows in lines whose cells are wrapped as Excel wraps texts, or begin or end with a space."""

_ALL_MOBILE = re.compile(r"(?:(?:(?:0|\+886)?9\d{8})?\n)*", re.ASCII)
_MOBILE = re.compile(r"(?:0|\+886)9\d{8}", re.ASCII)
_CUT_MOBILE = re.compile(r"9\d{8}", re.ASCII)
_CUT_DIGITS = 9
_JUNK = frozenset(
    {"+8869" + digit * 8 for digit in "0123456789"} | {f"+8869{digit}0000000" for digit in "0123456789"}
)


def is_cut_mobile(cell: str) -> bool:
    """Whether a cell is a mobile number without its zero, as the shortcut mends and counts it."""
    return bool(_CUT_MOBILE.fullmatch(cell.replace("-", "")))


def _phones(cells: Sequence[str], lookup: Lookup, repaired: Counter[str]) -> list[Any] | None:
    text = _joined(cells)
    if text is None:
        return None
    bare = text.replace("-", "") if "-" in text else text
    written = bare.split("\n")
    values: list[Any]
    if _ALL_MOBILE.fullmatch(bare + "\n"):
        values = ["+886" + digits[-9:] if digits else None for digits in written]
        without_zero = sum(len(digits) == _CUT_DIGITS for digits in written)
    else:
        plain, cut = _MOBILE.fullmatch, _CUT_MOBILE.fullmatch
        values = [
            "+886" + digits[-9:] if plain(digits) or cut(digits) else lookup(cell)
            for digits, cell in zip(written, cells, strict=True)
        ]
        without_zero = sum(map(bool, map(cut, written)))
    if not _JUNK.isdisjoint(values):
        return None
    if without_zero:
        repaired["leading_zero"] += without_zero
    return values


_EMAIL = re.compile(
    r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}", re.ASCII
)
_LOCAL_DOUBT = re.compile(
    r"\n(?:no|none|na|nomail|noemail|no-email|no-mail|nobody|unknown|null|test)@|\n([^@\n]{1,3})@\1\."
)
_DOMAIN_DOUBT = re.compile(r"@(?:no|none|na|noemail|nomail|test|xxx)\.")
_LONGEST_PLAIN = 60


def _emails(cells: Sequence[str], lookup: Lookup, _repaired: Counter[str]) -> list[Any] | None:
    text = _joined(cells)
    if text is None or not text.isascii() or max(map(len, cells)) > _LONGEST_PLAIN:
        return None
    lowered = "\n" + text.lower()
    if _LOCAL_DOUBT.search(lowered) or _DOMAIN_DOUBT.search(lowered):
        return None
    plain = _EMAIL.fullmatch
    return [
        low if plain(low) else lookup(cell) for low, cell in zip(lowered[1:].split("\n"), cells, strict=True)
    ]


def _user_ids(cells: Sequence[str], lookup: Lookup, _repaired: Counter[str]) -> list[Any] | None:
    plain = USER_ID.fullmatch
    return [cell if plain(cell) else lookup(cell) for cell in cells]


def _names(cells: Sequence[str], _lookup: Lookup, _repaired: Counter[str]) -> list[Any] | None:
    text = _joined(cells)
    if text is None or not _is_tidy(text) or not EMPTY_WORDS.isdisjoint(text.casefold().split("\n")):
        return None
    return [cell or None for cell in cells]


_KEY_DOUBT = re.compile(r"^\d(?:[.,]\d+)?e\+?\d{1,2}$|^\d{1,15}\.0$", re.MULTILINE | re.IGNORECASE | re.ASCII)


def _keys(cells: Sequence[str], _lookup: Lookup, _repaired: Counter[str]) -> list[Any] | None:
    text = _joined(cells)
    if text is None or not text.isascii() or not _is_tidy(text):
        return None
    lowered = text.lower()
    if ("e" in lowered or ".0" in text) and _KEY_DOUBT.search(text):
        return None
    if not EMPTY_WORDS.isdisjoint(lowered.split("\n")):
        return None
    return [cell or None for cell in cells]


_MOMENT = re.compile(
    r"(?:19[5-9]\d|20\d\d)-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])[ T](?!00:00:00)(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d",
    re.ASCII,
)


def _moments(cells: Sequence[str], lookup: Lookup, _repaired: Counter[str]) -> list[Any] | None:
    if ":" not in "".join(cells):
        return None  # days without a time repeat: the cache knows most of them
    plain = _MOMENT.fullmatch
    return [cell.replace(" ", "T") if plain(cell) else lookup(cell) for cell in cells]


_AMOUNT = re.compile(r"(?:NT\$|\$)?(\d{1,3}(?:,\d{3}){1,4}|\d{1,14})", re.ASCII)


def _amounts(cells: Sequence[str], lookup: Lookup, _repaired: Counter[str]) -> list[Any] | None:
    plain = _AMOUNT.fullmatch
    return [int(found[1].replace(",", "")) if (found := plain(cell)) else lookup(cell) for cell in cells]
