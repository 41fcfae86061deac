"""Puts together what several columns of a file say about one field: a day and its time, a family and a given name, the first
usable phone, the strictest consent, the state that decides, all tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from desktop.importer.columns.names import match_name
from desktop.importer.recipe import Column
from desktop.importer.values.flags import order_counts
from desktop.importer.values.money import times
from desktop.importer.values.phones import read_phone

Values = list[Any]
"""The values of one column or field, row by row."""


_PHONES = tuple(
    (rank, re.compile(words, re.IGNORECASE))
    for rank, words in (
        (1.0, r"收件|收貨|取件|shipping|recipient|配送|お届け"),
        (5.0, r"綁定|驗證|bound|verified"),
        (4.0, r"手機|行動|門號|mobile|cell|\bhp\b|携帯"),
        (2.0, r"住家|住宅|市話|家用|家電|宅|公司|home|landline|固定|自宅"),
    )
)
"""Which of a person's numbers goes first: the bound one, her mobile, any, the one at home, the one of a delivery."""


def rank(column: Column, name: str) -> float:
    """Which of several columns for a field comes first: the one whose name says it most surely."""
    if column.part in ("time", "code"):
        return -1.0
    if name == "extra":
        return 0.0
    sure = max((match.score for match in match_name(column.name) if match.field == name), default=0.0)
    if name == "phone":
        sure += next((place for place, words in _PHONES if words.search(column.name)), 3.0)
    return sure


COMPOSED = ("ordered_at", "sent_at", "birthday")
"""Fields whose value several columns hold piece by piece."""


def composed(columns: Sequence[Column], cells: list[Sequence[str]]) -> tuple[int, Sequence[str]]:
    """Dates that several columns hold (day and time; year, month and day) as one text, and the place among these columns
    of the one that reads it."""
    by_part = {column.part: place for place, column in enumerate(columns)}
    if "day" in by_part and "month" in by_part:
        blank = ("",) * len(cells[0])
        years = cells[by_part["year"]] if "year" in by_part else blank
        months, days = cells[by_part["month"]], cells[by_part["day"]]
        return by_part["day"], list(map(_joined_date, years, months, days))
    if "time" in by_part and "" in by_part:
        whole, clocks = cells[by_part[""]], cells[by_part["time"]]
        texts = [
            f"{day} {clock}" if day and clock and ":" not in day else day
            for day, clock in zip(whole, clocks, strict=True)
        ]
        return by_part[""], texts
    return 0, cells[0]


def _joined_date(year: str, month: str, day: str) -> str:
    year, month, day = (text.strip().rstrip("年月日").removesuffix(".0") for text in (year, month, day))
    if not month and not day:
        return ""
    if not year:
        return f"{month}/{day}"
    return f"{year.zfill(3)}/{month}/{day}"


def own_columns(members: list[Values]) -> Values:
    """Members of each row as a JSON object's text, None where there is none."""
    if len(members) == 1:
        return [f"{{{member}}}" if member else None for member in members[0]]
    joined = map(",".join, (filter(None, row) for row in zip(*members, strict=True)))
    return [f"{{{text}}}" if text else None for text in joined]


def phones(
    columns: Sequence[Column], cleaned: list[Values], cells: list[Sequence[str]], country: str
) -> Values:
    """The first usable phone of each row; a column of country codes is heard where it names another country."""
    codes: Iterable[str] | None = None
    numbers: list[Values] = []
    ranks = []
    texts = []
    for column, values, raw in zip(columns, cleaned, cells, strict=True):
        if column.part == "code":
            codes = raw
        else:
            numbers.append(values)
            ranks.append(int(rank(column, "phone")))
            texts.append(raw)
    if not numbers:
        return [None] * len(cleaned[0])
    merged = (
        numbers[0]
        if len(numbers) == 1
        else [
            row[0] if row[0] and row[0][:5] == "+8869" else _first_phone(row, ranks)
            for row in zip(*numbers, strict=True)
        ]
    )
    if codes is not None:
        plain = [code.strip().lstrip("+0").removesuffix(".0") for code in codes]
        if not _HOME_CODES.issuperset(plain):
            merged = [
                value
                if code in _HOME_CODES or not code.isdecimal()
                else read_phone(text, country, code).value or value
                for value, code, text in zip(merged, plain, texts[0], strict=True)
            ]
    return merged


_MOBILES = ("+8869", "+8170", "+8180", "+8190")


def _first_phone(row: tuple[str | None, ...], ranks: list[int]) -> str | None:
    """The first number; among columns whose names say the same, the first mobile one."""
    told = [(number, place) for number, place in zip(row, ranks, strict=True) if number]
    if not told:
        return None
    best = [number for number, place in told if place == told[0][1]]
    return next((number for number in best if number.startswith(_MOBILES)), best[0])


_HOME_CODES = frozenset({"", "886"})


def consents(cleaned: list[Values]) -> Values:
    """A refusal in any of the columns counts; else the first answer."""
    return [
        False if False in row else next((value for value in row if value is not None), None)
        for row in zip(*cleaned, strict=True)
    ]


def blocks(columns: Sequence[Column], cleaned: list[Values]) -> Values:
    """A friend's state where a column tells it; else the moment she left, for :func:`settle_blocks`."""
    states = [values for column, values in zip(columns, cleaned, strict=True) if column.part != "left"]
    left = [values for column, values in zip(columns, cleaned, strict=True) if column.part == "left"]
    return [
        next((value for value in row if value is not None), None) for row in zip(*states, *left, strict=True)
    ]


def settle_blocks(fields: tuple[str, ...], values: list[Values]) -> None:
    """Whoever left is blocked, unless she became a friend again after it."""
    place = fields.index("blocked")
    since = values[fields.index("friend_at")] if "friend_at" in fields else [None] * len(values[place])
    values[place] = [
        (None if friend and friend > left else True) if isinstance(left, str) else left
        for left, friend in zip(values[place], since, strict=True)
    ]


def names(columns: Sequence[Column], cleaned: list[Values]) -> Values:
    """Whole names from a column of family names and one of given names."""
    parts = [column.part for column in columns]
    family, given = cleaned[parts.index("family")], cleaned[parts.index("given")]
    return [_full_name(*row) for row in zip(family, given, strict=True)]


def states(cleaned: list[Values]) -> Values:
    """Of several states of an order the one that decides."""
    return [_status(row) for row in zip(*cleaned, strict=True)]


def all_tags(cleaned: list[Values]) -> Values:
    """The tags of all columns, each once."""
    return [
        tuple(dict.fromkeys(tag for tags in row if tags for tag in tags)) or None
        for row in zip(*cleaned, strict=True)
    ]


def _status(states: tuple[str | None, ...]) -> str | None:
    """The state that decides: one that makes the order not count, else the first that is told."""
    told = [state for state in states if state]
    return next((state for state in told if not order_counts(state)), told[0] if told else None)


def _full_name(family: str | None, given: str | None) -> str | None:
    if not family or not given:
        return family or given
    east_asian = any("\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" for char in family + given)
    return family + given if east_asian else f"{given} {family}"


def multiply(fields: tuple[str, ...], values: list[Values]) -> None:
    """Prices of one piece become amounts of items."""
    place = fields.index("item_amount")
    counts = values[fields.index("quantity")] if "quantity" in fields else [None] * len(values[place])
    values[place] = list(map(times, values[place], counts))


def without_account(fields: tuple[str, ...], values: list[Values]) -> list[Values]:
    """A chat log's name is the friend's, never that of whoever answered for the shop."""
    if "name" in fields and "sender_type" in fields:
        senders = values[fields.index("sender_type")]
        place = fields.index("name")
        values[place] = [
            name if kind == "user" else None for name, kind in zip(values[place], senders, strict=True)
        ]
    return values
