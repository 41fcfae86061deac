"""The common shape of everything that was read: named sheets that yield batches of rows of cell texts, as often as asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

Row = list[str]
"""The texts of one row's cells from column A on; a blank cell is ""; a row may be shorter or longer than others."""

Batch = tuple[int, list[Row]]
"""The number of the first row (as the spreadsheet shows it, from 1), and consecutive rows."""

UNCALCULATED = "\ufdd0"
"""Begins the text of a cell whose formula was saved without its result; then the formula."""

BATCH_ROWS = 500
"""Rows handed on at once: enough that per-batch costs vanish, few enough to stay in the processor's cache (2,000 rows take
twice the time of 500)."""


class Sheet(Protocol):
    """One table of a file. ``name`` is "" where the format has none (a CSV file), ``encoding`` None for workbooks."""

    name: str
    hidden: bool
    encoding: str | None

    def batches(self) -> Iterator[Batch]:
        """The rows from the first, in batches; may be called again. Raises UserError where the file breaks off."""
