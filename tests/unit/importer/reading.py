"""Short ways for the tests of the importer: write a file, read it, understand it, clean it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.importer.cleaning import Cleaner, Problem, RepairSample, data_rows
from desktop.importer.reader import open_source
from desktop.importer.recipe import Answers, Recipe
from desktop.importer.understanding import understand

USER_ID = "U" + "0123456789abcdef" * 2
"""A well-formed LINE user ID."""


@dataclass
class Cleaned:
    """What came of a file."""

    recipe: Recipe
    numbers: list[int]
    rows: list[dict[str, Any]]
    problems: list[Problem]
    repaired: Counter[str]
    not_data: Counter[str]
    repairs: list[RepairSample] = field(default_factory=list)

    def column(self, field: str) -> list[Any]:
        """One field of every row."""
        return [row[field] for row in self.rows]

    @property
    def reasons(self) -> list[tuple[int, str, str]]:
        """Row, column and reason of each problem."""
        return [(problem.row, problem.column, problem.reason) for problem in self.problems]


def write(folder: Path, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
    return path


def cells(path: Path, sheet: int = 0, **options: Any) -> list[list[str]]:
    """All rows of a sheet as they were read."""
    with open_source(path, **options) as source:
        return [row for _, rows in source.sheets[sheet].batches() for row in rows]


def recipe_of(path: Path, sheet: str | None = None, **answers: Any) -> Recipe:
    """How the file is understood."""
    with open_source(path) as source:
        return understand(source, sheet, answers=Answers(**answers))


def clean(path: Path, sheet: str | None = None, *, country: str = "TW", **answers: Any) -> Cleaned:
    """The file, understood and cleaned."""
    with open_source(path) as source:
        recipe = understand(source, sheet, answers=Answers(**answers), country=country)
        cleaner = Cleaner(recipe)
        rows = data_rows(source, recipe)
        result = Cleaned(recipe, [], [], [], Counter(), rows.not_data)
        for raw in rows:
            batch = cleaner.clean(raw)
            result.numbers += batch.numbers
            result.rows += [dict(zip(recipe.fields, row, strict=True)) for row in batch.rows]
            result.problems += batch.problems
        source.raise_if_changed()
        result.repaired, result.repairs = cleaner.repaired, cleaner.repairs()
    return result
