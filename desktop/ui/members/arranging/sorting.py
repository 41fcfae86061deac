"""By which columns the list is sorted, the first before the others, and what a click on a header makes of it. Knows nothing of
Qt."""

from __future__ import annotations

MOST_SORTS = 3

Sorts = tuple[tuple[str, bool], ...]
"""(column, descending), the first order first."""


def sorted_by(sorts: Sorts, column: str, *, first_way: bool) -> Sorts:
    """The list is to be sorted by a column alone; once more turns the order round.

    Args:
        first_way: whether the column's first order goes downwards.
    """
    return ((column, not sorts[0][1] if sorts[0][0] == column else first_way),)


def sorted_too(sorts: Sorts, column: str, *, first_way: bool) -> Sorts:
    """The column decides among those whom the columns before leave equal; once more turns it round, a third time lets it go."""
    ways = dict(sorts)
    if column not in ways:
        return (*sorts[: MOST_SORTS - 1], (column, first_way))
    if ways[column] == first_way or len(sorts) == 1:
        return tuple((name, not down if name == column else down) for name, down in sorts)
    return tuple(pair for pair in sorts if pair[0] != column)
