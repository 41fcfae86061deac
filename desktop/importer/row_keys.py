"""Which rows of a file share a key with another row of it: found by sorting 64-bit hashes, so that a
million rows cost eight bytes a key. A hash shared by chance only sends a row the careful way."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from desktop.importer.matching import Keys


class SharedKeys:
    """Collects the keys of all rows, then tells which are shared."""

    def __init__(self) -> None:
        self._hashes = tuple(array("q") for _ in Keys._fields)
        self._shared: tuple[frozenset[int], ...] = ()

    def add(self, keys: Iterable[str | None]) -> None:
        """Add one row's keys, in the order of Keys."""
        for column, key in zip(self._hashes, keys, strict=True):
            if key is not None:
                column.append(hash(key))

    def settle(self) -> None:
        """All rows are in: find the shared ones and let go of the rest."""
        self._shared = tuple(frozenset(_repeated(column)) for column in self._hashes)
        self._hashes = tuple(array("q") for _ in Keys._fields)

    def __contains__(self, keys: object) -> bool:
        """Whether one of these keys stands in another row too."""
        if not isinstance(keys, Keys):
            return False
        return any(
            key is not None and hash(key) in shared for key, shared in zip(keys, self._shared, strict=True)
        )

    @property
    def any(self) -> bool:
        """Whether any key is shared at all."""
        return any(self._shared)


def _repeated(column: array[int]) -> list[int]:
    if len(column) < 2:
        return []
    import numpy as np

    ordered = np.sort(np.frombuffer(column, dtype=np.int64))
    repeated: list[int] = np.unique(ordered[1:][ordered[1:] == ordered[:-1]]).tolist()
    return repeated
