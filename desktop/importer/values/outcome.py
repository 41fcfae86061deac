"""What came of one cell: the value to keep, the repairs it took, and why it (or a part of it) could not be used."""

from __future__ import annotations

from typing import Any, NamedTuple


class Outcome(NamedTuple):
    """The result of reading one cell.

    Args:
        value: what is kept; None for a blank or unusable cell.
        repairs: kinds of repair it took (keys ``importing.repair.<kind>``).
        problem: why the cell, or a part of it, cannot be used (key ``importing.problem.<problem>``), or None.
    """

    value: Any
    repairs: tuple[str, ...] = ()
    problem: str | None = None


BLANK = Outcome(None)
EMPTY_WORD = Outcome(None, ("empty_word",))


def unusable(problem: str) -> Outcome:
    """A cell of which nothing can be kept."""
    return Outcome(None, (), problem)
