"""Which rows of a file share a key with another row of it: found by sorting 64-bit hashes, so that a million rows cost
sixteen bytes a key. A hash shared by chance only sends a row the careful way."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from itertools import compress
from typing import Any

from desktop.core.job import QUIET, JobContext
from desktop.importer.checking.matching import Keys

_WORTH_NUMPY = 300_000
"""Fewer hashes are compared before numpy would be loaded."""


class SharedKeys:
    """Collects the keys of all rows, then tells which are shared."""

    def __init__(self) -> None:
        self._hashes = tuple(array("q") for _ in Keys._fields)
        self._rows = tuple(array("q") for _ in Keys._fields)
        self._shared: tuple[frozenset[int], ...] = ()
        self._sharing: list[int] = []

    def add(self, rows: Sequence[int], columns: Sequence[Sequence[str | None] | None]) -> None:
        """Add some rows: their sequence numbers, and their keys column by column in the order of Keys (None: the file has no
        such column)."""
        for place, column in enumerate(columns):
            if column is None:
                continue
            if None in column:  # a key is never "": compress leaves out the same rows
                self._rows[place].fromlist(list(compress(rows, column)))
                self._hashes[place].fromlist(list(map(hash, compress(column, column))))
            else:
                self._rows[place].fromlist(list(rows))
                self._hashes[place].fromlist(list(map(hash, column)))

    def settle(self, job: JobContext = QUIET) -> None:
        """All rows are in: find the shared keys and who has them, and let go of the rest.

        Raises:
            Cancelled: if the owner cancelled.
        """
        found = []
        for hashes, rows in zip(self._hashes, self._rows, strict=True):
            job.raise_if_cancelled()
            found.append(_repeated(hashes, rows))
        self._shared = tuple(frozenset(hashes) for hashes, _ in found)
        self._sharing = sorted({row for _, rows in found for row in rows})
        self._hashes = self._rows = ()

    def __contains__(self, keys: object) -> bool:
        """Whether one of these keys stands in another row too."""
        if not isinstance(keys, Keys):
            return False
        return any(
            key is not None and hash(key) in shared for key, shared in zip(keys, self._shared, strict=True)
        )

    @property
    def rows(self) -> list[int]:
        """Sequence numbers of the rows that share a key with another."""
        return self._sharing


def _repeated(hashes: array[int], rows: array[int]) -> tuple[list[Any], list[Any]]:
    """Hashes that stand more than once, and their rows."""
    if len(hashes) < _WORTH_NUMPY:
        twice = {value for value, times in Counter(hashes).items() if times > 1}
        if not twice:
            return [], []
        return sorted(twice), list(compress(rows, map(twice.__contains__, hashes)))
    import numpy as np

    values = np.frombuffer(hashes, dtype=np.int64)
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    same = np.zeros(len(ordered), dtype=bool)
    same[1:] = ordered[1:] == ordered[:-1]
    same[:-1] |= same[1:]
    return np.unique(ordered[same]).tolist(), np.frombuffer(rows, dtype=np.int64)[order[same]].tolist()
