"""Which tags of a cell a person still gets: those she lacks, in the cell's order, as many as fit."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.importer.checking.report import Report
from desktop.importer.checking.staged_rows import tag_limit_problem
from desktop.store.imports.staging import Staging


class TagFitting:
    """The tags of one file and the room for them.

    Args:
        limit: tags one person can have.
        report: gets the tags for which there is no room.

    Attributes:
        names: number of a tag → (name, key).
    """

    def __init__(self, staging: Staging, limit: int, report: Report) -> None:
        self._limit = limit
        self._report = report
        self.names: dict[int, tuple[str, str]] = {
            number: (name, key) for number, name, key in staging.db.all("SELECT id, name, key FROM tag_name")
        }

    def fitting(self, row: int, tags: Iterable[int], held: set[str]) -> list[int]:
        """The tags (numbers) that somebody who holds ``held`` (keys) gets by a row of the sheet; ``held`` grows by them."""
        fitting = []
        for tag in tags:
            name, key = self.names[tag]
            if key in held:
                continue
            if len(held) >= self._limit:
                self._report.problems.append(tag_limit_problem(self._report, row, name, self._limit))
                continue
            held.add(key)
            fitting.append(tag)
        return fitting

    def keys(self, tags: Iterable[int]) -> set[str]:
        """The keys of tags."""
        return {self.names[tag][1] for tag in tags}
