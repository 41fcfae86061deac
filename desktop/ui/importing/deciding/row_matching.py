"""Which doubtful rows are alike: the same number of people to choose from, who agree and differ with their row
in the same fields. What the owner decides for one of them can then hold for all. Knows nothing of Qt."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.importer.checking.report import AmbiguousRow

NEW, SKIP = "new", "skip"


def shape_of(row: AmbiguousRow) -> tuple[tuple[bool, tuple[str, ...], tuple[str, ...]], ...]:
    """What makes rows alike: of each candidate whether the shop knows her, what agrees, what differs."""
    return tuple((one.id is not None, one.agrees, one.differs) for one in row.candidates)


def alike(row: AmbiguousRow, rows: Sequence[AmbiguousRow], decided: dict[int, str]) -> list[AmbiguousRow]:
    """The other rows like this one that are not decided yet."""
    shape = shape_of(row)
    return [
        other
        for other in rows
        if other.row != row.row and other.row not in decided and shape_of(other) == shape
    ]


def decision_of(row: AmbiguousRow, choice: int | str) -> str:
    """The word that decides a row: for one of its candidates (by place), or NEW, or SKIP."""
    return row.candidates[choice].decision if isinstance(choice, int) else choice
