"""Judges how an export comes out: which columns have their right field without a word from the owner, which cells were kept
otherwise than they have to be, and what was asked."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.importer.cleaning import Cleaner, data_rows
from desktop.importer.layout import column_letter
from desktop.importer.reader import open_source
from desktop.importer.recipe import Recipe
from desktop.importer.understanding import understand
from tests.unit.importer.platforms.columns import Col, Export

JOINED = frozenset({"name", "ordered_at"})
"""Fields that several columns make together; each column's own truth is then the whole, or None."""


@dataclass
class Judged:
    """What came of an export."""

    export: Export
    recipe: Recipe
    wrong_columns: list[str] = field(default_factory=list)
    wrong_cells: list[str] = field(default_factory=list)
    asked: frozenset[str] = frozenset()

    @property
    def right(self) -> int:
        """Columns that came out right."""
        return len(self.export.cols) - len(self.wrong_columns)


def written(export: Export) -> str:
    """The export as text."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    if export.header:
        rows.writerow([col.name for col in export.cols])
    rows.writerows([col.write(one) for col in export.cols] for one in export.about)
    return out.getvalue()


def judged(export: Export, folder: Path) -> Judged:
    """How the program understands and cleans the export."""
    path = folder / "export.csv"
    path.write_text(written(export), encoding="utf-8")
    with open_source(path) as source:
        recipe = understand(source, country=export.country)
        cleaner = Cleaner(recipe)
        rows = [
            dict(zip(recipe.fields, row, strict=True))
            for raw in data_rows(source, recipe)
            for row in cleaner.clean(raw).rows
        ]
    result = Judged(export, recipe, asked=frozenset(question.column for question in recipe.questions))
    if recipe.kind != export.kind:
        result.wrong_columns.append(f"kind: {recipe.kind}, not {export.kind}")
    for place, col in enumerate(export.cols):
        name = recipe.columns[place].name if col.name else column_letter(place)
        found = recipe.mapping.get(name)
        if found not in col.field.split("|"):
            result.wrong_columns.append(f"{name}: {found}, not {col.field}")
    result.wrong_cells += _wrong_cells(export, rows)
    return result


def _wrong_cells(export: Export, rows: list[dict[str, Any]]) -> Iterator[str]:
    if len(rows) != len(export.about):
        yield f"{len(rows)} rows, not {len(export.about)}"
        return
    columns: dict[str, list[Col]] = defaultdict(list)
    for col in export.cols:
        columns[col.field].append(col)
    for name, cols in columns.items():
        told = [col.kept for col in cols if col.kept is not None]
        if not told or name in ("extra", "ignore") or "|" in name:
            continue
        for row, one in zip(rows, export.about, strict=True):
            truths = [kept(one) for kept in told]
            truth = next((value for value in truths if value is not None), None)
            value = row.get(name)
            if name in JOINED and len(cols) > 1 and (truth is None or str(value).startswith(str(truth))):
                continue
            if value != truth:
                yield f"{name}: {value!r}, not {truth!r}"
                break
