"""Who answered a form: people type "member number or mobile" into one box, in capitals or not, and some type neither. An answer
finds its person in the shop; a number nobody has makes no new person, since it may be a slip of the finger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from desktop.core.message import message
from desktop.importer.checking.report import Report, Skipped
from desktop.importer.recipe import Recipe
from desktop.importer.values.phones import read_phone
from desktop.store.imports.staging import Staging

_NUMBER = re.compile(r"會員|编号|編號|卡號|番号|member|\bno\b|\bid\b", re.IGNORECASE)
_PHONE = re.compile(r"手機|電話|phone|mobile|携帯", re.IGNORECASE)


class NumberOrPhone:
    """Takes a column that asks for a member number or a phone apart into the two.

    Args:
        recipe: what was understood of the file; ``fields`` are those of the rows :meth:`split` returns.
    """

    def __init__(self, recipe: Recipe) -> None:
        self.fields: tuple[str, ...] = recipe.fields
        self._country = recipe.country
        self._place: int | None = None
        asks_for_both = any(
            column.field == "member_no" and _NUMBER.search(column.name) and _PHONE.search(column.name)
            for column in recipe.columns
        )
        if asks_for_both and "phone" not in recipe.fields:
            self._place = recipe.fields.index("member_no")
            self.fields = (*recipe.fields, "phone")

    def split(self, columns: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
        """The columns of some rows, with one more for the phones that stand where the member number does."""
        split = list(columns)
        if self._place is not None:
            told = columns[self._place]
            phones = [read_phone(text, self._country).value if text else None for text in told]
            split[self._place] = [None if phone else text for text, phone in zip(told, phones, strict=True)]
            split.append(phones)
        return split


def find_respondents(staging: Staging, report: Report) -> None:
    """Before the matching: numbers as the shop writes them; an answer of nobody the shop knows, without phone, e-mail or
    user ID, is skipped."""
    staging.write_numbers_as_the_shop_does()
    for row in staging.skip_unknown_numbers():
        report.skipped.append(Skipped(report.sheet, row, message("importing.skipped.unknown_number")))
