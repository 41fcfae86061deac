"""One text of every person, kept so that a piece of it is found at once: texts of about the same length lie side by side, byte by
byte, and each place is compared for all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from desktop.store.picture.facets import SEPARATOR

_PAD = 0xFF
"""Stands behind the end of a text; UTF-8 has no such byte."""

_STEP = 4
"""Texts are laid out by length, rounded up to this."""

_LONGEST = 64
"""Texts of more bytes are looked through one by one; names and addresses are shorter, notes are not."""

_OVERHEAD = 120
"""Bytes that Python takes for such a one beside the text itself."""

_BLOCK = 262_144
"""Texts of a length that are laid side by side."""

_FEW = 32
"""Where less than one text in so many can still match, only those are compared further."""

Mask = np.ndarray[Any, np.dtype[np.bool_]]
Rows = np.ndarray[Any, np.dtype[np.uint32]]
Bytes = np.ndarray[Any, np.dtype[np.uint8]]


class Texts:
    """A field's texts, ASCII letters as small ones; filled by :meth:`add` in the order of the people, then :meth:`settle`.
    ``size`` is the memory in bytes they take."""

    def __init__(self) -> None:
        self._parts: dict[int, list[tuple[Rows, Bytes]]] = {}
        self._blocks: list[_Block] = []
        self._long: list[tuple[int, bytes]] = []
        self.size = 0

    def add(self, joined: bytes | None, first: int, count: int) -> bool:
        """Take the next people's texts.

        Args:
            joined: their UTF-8 texts with SEPARATOR between them; None: nobody has one.
            first: the place of the first of these people among all.
            count: how many they are.

        Returns:
            Whether the texts could be told apart.
        """
        if joined is None:
            return True
        data = np.frombuffer(joined.lower(), dtype=np.uint8)
        ends = np.append(np.flatnonzero(data == ord(SEPARATOR)), len(data))
        if len(ends) != count or (data == 0).any():
            return False
        starts = np.append(0, ends[:-1] + 1)
        lengths = ends - starts
        widths = (lengths + (_STEP - 1)) // _STEP * _STEP
        for width in np.unique(widths[lengths > 0]).tolist():
            here = np.flatnonzero(widths == width)
            if width > _LONGEST:
                self._take_long(data, here + first, starts[here], ends[here])
                continue
            places = np.arange(width)[:, None]
            # Places behind the end of the data belong to no text and are padded below.
            matrix = data[np.minimum(starts[here] + places, len(data) - 1)]
            matrix[places >= lengths[here]] = _PAD
            rows = (here + first).astype(np.uint32)
            self.size += rows.nbytes + matrix.nbytes
            parts = self._parts.setdefault(width, [])
            parts.append((rows, matrix))
            if sum(len(rows) for rows, _ in parts) >= _BLOCK:
                self._lay_out(width)
        return True

    def settle(self) -> None:
        """All people are there."""
        for width in list(self._parts):
            self._lay_out(width)

    def mark(self, needle: bytes, found: Mask, *, at_start: bool = False) -> None:
        """Mark the people whose text contains (or begins with) the needle, which is not empty, in ``found``."""
        for block in self._blocks:
            block.mark(needle, found, at_start=at_start)
        for row, text in self._long:
            if text.startswith(needle) if at_start else needle in text:
                found[row] = True

    def _lay_out(self, width: int) -> None:
        parts = self._parts.pop(width)
        rows = np.concatenate([rows for rows, _ in parts])
        matrix = np.concatenate([matrix for _, matrix in parts], axis=1)
        self._blocks.append(_Block(rows, matrix))

    def _take_long(self, data: Bytes, rows: Any, starts: Any, ends: Any) -> None:
        for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
            self._long.append((row, data[start:end].tobytes()))
            self.size += end - start + _OVERHEAD


class _Block:
    """Texts of about one length: ``matrix[place]`` is what they all have there, ``rows`` whose they are."""

    def __init__(self, rows: Rows, matrix: Bytes) -> None:
        self.rows = rows
        self.matrix = matrix
        self._together = int(rows[-1]) - int(rows[0]) + 1 == len(rows)
        self._often: list[int] = np.bincount(matrix.ravel(), minlength=256).tolist()

    def mark(self, needle: bytes, found: Mask, *, at_start: bool) -> None:
        often = self._often
        if len(needle) > len(self.matrix) or not all(often[byte] for byte in needle):
            return
        rarest_first = sorted(range(len(needle)), key=lambda place: often[needle[place]])
        starts = range(1 if at_start else len(self.matrix) - len(needle) + 1)
        size = len(self.rows)
        matched, here = np.zeros(size, dtype=bool), np.empty(size, dtype=bool)
        for start in starts:
            self._mark_at(start, needle, rarest_first, here, matched)
        if self._together:
            found[self.rows[0] : self.rows[0] + size] |= matched
        else:
            found[self.rows[matched]] = True

    def _mark_at(self, start: int, needle: bytes, places: Sequence[int], here: Mask, matched: Mask) -> None:
        """Mark the texts that have the needle from one place on; ``here`` is room to work in."""
        np.equal(self.matrix[start + places[0]], needle[places[0]], out=here)
        left = np.count_nonzero(here) if len(places) > 1 else len(here)
        for number, place in enumerate(places[1:], 1):
            if not left:
                return
            if left * _FEW < len(here):
                few = np.flatnonzero(here)
                for further in places[number:]:
                    few = few[self.matrix[start + further][few] == needle[further]]
                matched[few] = True
                return
            here &= self.matrix[start + place] == needle[place]
            left = np.count_nonzero(here)
        matched |= here
