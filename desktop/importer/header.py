"""Finds the row with the columns' names, the rows that belong to it, and the names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from desktop.importer.columns.evidence import looks_like_code, looks_like_name
from desktop.importer.columns.names import is_known_name, match_name, name_key
from desktop.importer.formats.tables import Row
from desktop.importer.row_words import is_total, is_value

SOUGHT = 60
"""Rows at the top among which the header may be: some reports have thirty lines of conditions over it."""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header of a sheet's table is, as indexes from 0.

    Args:
        top, bottom: its first and last row.
        other_from: where another, smaller table begins that stands above it; None if there is none.
    """

    top: int
    bottom: int
    other_from: int | None = None


def find_header(looked: list[Row], named: Collection[str]) -> Header | None:
    """The header of a sheet, of its largest table if it has several under each other; None if it has none.

    Args:
        looked: the tidied cells of its first rows.
        named: names of columns that the owner or a saved recipe used: the row that holds them is the header.
    """
    at = header_index(looked, named)
    if at is None:
        return None
    other_from = None
    if not named:
        at, other_from = _of_largest_table(looked, at)
    return Header(*header_span(looked, at), other_from)


def _of_largest_table(looked: list[Row], at: int) -> tuple[int, int | None]:
    """The header of the table with most rows, and where another table above it begins."""
    starts = [index for index in range(len(looked)) if begins_table(looked, index)]
    if at not in starts or len(starts) == 1:
        return at, None
    sizes: Counter[tuple[str, ...]] = Counter()
    for start, end in zip(starts, [*starts[1:], len(looked)], strict=True):
        sizes[tuple(looked[start])] += sum(map(any, looked[start + 1 : end]))
    if max(sizes.values()) > sizes[tuple(looked[at])]:
        largest = max(sizes, key=lambda header: sizes[header])
        at = next(start for start in starts if tuple(looked[start]) == largest)
    return at, starts[0] if starts[0] < at and looked[starts[0]] != looked[at] else None


def begins_table(rows: Sequence[Row], index: int) -> bool:
    """Whether a row is the header of a table that begins there: names that exports use, nothing of a value, a gap above it.

    Args:
        rows: tidied cells.
        index: the row's.
    """
    cells = [cell for cell in rows[index] if cell]
    if len(cells) < 2 or len(set(cells)) < len(cells):
        return False
    if index and sum(map(bool, rows[index - 1])) > 1 and not is_total([c for c in rows[index - 1] if c]):
        return False
    known = sum(map(is_known_name, cells))
    return known >= 2 and known * 2 >= len(cells) and not any(map(is_value, cells))


def header_index(looked: list[Row], named: Collection[str]) -> int | None:
    """The row with the names: the one with those the owner used; else the one with most names that some export uses; else
    a first full row that does not look like the rows below it; else none."""
    keys = {name_key(name) for name in named}
    held = [len(keys.intersection(map(name_key, row))) for row in looked] if keys else [0]
    if max(held):
        return held.index(max(held))
    filled = [[cell for cell in row if cell] for row in looked]
    widths = Counter(len(cells) for cells in filled if cells)
    if not widths:
        return None
    usual = max(widths, key=lambda width: (widths[width] * min(width, 8), width))
    best, best_score = None, 0.0
    for index, cells in enumerate(filled[:SOUGHT]):
        known = sum(map(is_known_name, cells))
        values = sum(map(is_value, cells))
        if known and known < len(cells):
            again = _values_elsewhere(looked, index)
            known, values = known - again, values + again
        if not known or values > known or is_total(cells) or (known == 1 and len(cells) == 1 < usual):
            continue
        score = known * 2.0 + min(len(cells), usual) / usual - values * 2.0
        if len(set(cells)) < len(cells) * 0.6:
            score -= 1.0
        if score > best_score + 0.5:
            best, best_score = index, score
    return best if best is not None else _header_by_contrast(looked, filled, usual)


def _values_elsewhere(looked: list[Row], index: int) -> int:
    """How many known words of a row stand in the same column of other rows: a name of a column does not, but the VIP of one
    member does. Rows that share most of their cells are one header on several pages; the row above may be a group's."""
    row = looked[index]
    filled = sum(map(bool, row))
    found = set()
    for number, other in enumerate(looked):
        if number in (index, index - 1):
            continue
        same = {place for place, (a, b) in enumerate(zip(row, other, strict=False)) if a and a == b}
        if len(same) * 2 <= filled:
            found |= same
    return sum(is_known_name(row[place]) for place in found)


def _header_by_contrast(looked: list[Row], filled: list[Row], usual: int) -> int | None:
    """The first full row, if it holds words unlike the values under them."""
    for index, cells in enumerate(filled[:SOUGHT]):
        if len(cells) < max(1, usual * 0.6):
            continue
        if len(set(cells)) < len(cells):
            return None
        below = [row for row in looked[index + 1 : index + 40] if any(row)]
        if not below:
            return index if usual > 1 and not any(map(is_value, cells)) else None
        for column, name in enumerate(looked[index]):
            under = [row[column] for row in below if len(row) > column and row[column]]
            if name and _like_values(name, under):
                return None
        return index
    return None


def _like_values(cell: str, under: list[str]) -> bool:
    """Whether a cell at the top is one of the values of its column and not their name."""
    if is_value(cell) or cell in under:
        return True
    kinds = (looks_like_name, looks_like_code)
    return any(kind(cell) and sum(map(kind, under)) * 2 >= len(under) > 0 for kind in kinds)


def header_span(looked: list[Row], at: int) -> tuple[int, int]:
    """First and last index of the header's rows: a group row above the names, or names that go on in the row below or are said
    there again in another language."""
    top = bottom = at
    if _goes_on_below(looked, at) or (at + 1 < len(looked) and _says_again(looked[at], looked[at + 1])):
        bottom = at + 1
    elif at and _is_group_row(looked[at - 1], looked[at]):
        top = at - 1
    return top, bottom


def _is_group_row(above: Row, names: Row) -> bool:
    cells = [cell for cell in above if cell]
    if (
        len(cells) < 2
        or any(map(is_value, cells))
        or any(mark in cell for cell in cells for mark in ":：")
        or is_total(cells)
    ):
        return False
    places = [index for index, cell in enumerate(above) if cell]
    filled_down = above != names and any(a and a == b for a, b in zip(above, names, strict=False))
    fewer = len(cells) < sum(map(bool, names)) or filled_down
    return fewer and all(index < len(names) for index in places)


def _goes_on_below(looked: list[Row], at: int) -> bool:
    if at + 2 >= len(looked):
        return False
    upper, lower, data = looked[at], looked[at + 1], looked[at + 2]
    under = {index for index, cell in enumerate(lower) if cell}
    over = {index for index, cell in enumerate(upper) if cell}
    cells = [lower[index] for index in under]
    if not cells or any(map(is_value, cells)) or not under - over or not over - under:
        return False
    return sum(map(bool, data)) > len(under) and sum(bool(match_name(cell)) for cell in cells) * 2 >= len(
        cells
    )


def _says_again(upper: Row, lower: Row) -> bool:
    """Whether the row below a header names the same columns once more: 會員編號 under Member No. No member is called so."""
    if upper == lower or any(map(is_value, lower)):
        return False
    same = sum(_same_field(a, b) for a, b in zip(upper, lower, strict=False))
    return same >= 2 and same * 3 >= sum(map(bool, lower))


def _same_field(one: str, other: str) -> bool:
    if not one or not other or one == other or not is_known_name(one) or not is_known_name(other):
        return False
    return bool({found.field for found in match_name(one)} & {found.field for found in match_name(other)})


def names_of(header: list[Row], width: int) -> list[str]:
    """One name a column: the lower row's; the upper row's where that is blank, or the only one known of two languages; both
    where the lower one is not alone."""
    padded = [row + [""] * (width - len(row)) for row in header]
    if len(padded) == 1:
        return [re.sub(r"\s*\n\s*", " ", name) for name in padded[0]]
    upper, lower = padded
    counts = Counter(name_key(name) for name in lower if name)
    names, group = [], ""
    again = _says_again(upper, lower)
    for above, below in zip(upper, lower, strict=True):
        group = above or group
        if again:
            names.append(above if not below or (is_known_name(above) and not is_known_name(below)) else below)
        elif below and group and is_known_name(group + below) and not is_known_name(below):
            names.append(group + below)
        elif below and counts[name_key(below)] > 1 and group and group != below:
            names.append(f"{group} {below}")
        else:
            names.append(below or above)
        if not below:
            group = ""
    return names
