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
    """One table of a file. ``name`` is "" where the format has none (a CSV file)."""

    @property
    def name(self) -> str: ...

    @property
    def hidden(self) -> bool: ...

    @property
    def encoding(self) -> str | None:
        """The text encoding it was read with; None for workbooks."""

    def batches(self) -> Iterator[Batch]:
        """The rows from the first, in batches; may be called again. Raises UserError where the file breaks off."""


class MemorySheet:
    """A sheet whose rows were all read at once (HTML tables and other small formats)."""

    def __init__(
        self, name: str, rows: list[Row], *, hidden: bool = False, encoding: str | None = None
    ) -> None:
        self.name = name
        self.hidden = hidden
        self.encoding = encoding
        self._rows = rows

    def batches(self) -> Iterator[Batch]:
        """The rows in batches."""
        for start in range(0, len(self._rows), BATCH_ROWS):
            yield start + 1, self._rows[start : start + BATCH_ROWS]
