"""The dimensions a shop's data have: which extra columns hold few values, which groups tags have."""

from __future__ import annotations

from desktop.core.figures.dimensions import FEWEST_EACH, MOST_VALUES, Dimension, all_of
from desktop.store import people
from desktop.store.conditions.extra import extra_expression
from desktop.store.conditions.values import Sql
from desktop.store.database import Database


def dimensions(db: Database) -> tuple[Dimension, ...]:
    """All dimensions of the shop, those nobody can act on too."""
    return all_of([name for name in people.extra_columns(db) if _has_few_values(db, name)], tag_groups(db))


def tag_groups(db: Database) -> list[str]:
    """The groups tags are in, by name."""
    return db.column("SELECT DISTINCT grp FROM tag WHERE grp <> '' ORDER BY grp")


def value_of(dimension: Dimension) -> Sql:
    """A field's or an extra column's text on ``person p``."""
    if dimension.kind == "extra":
        expression, params = extra_expression(dimension.name)
        return Sql(expression, [*params])
    return Sql(f"p.{dimension.name}")


def _has_few_values(db: Database, column: str) -> bool:
    expression, params = extra_expression(column)
    different, people_with = db.row(
        f"SELECT count(*), total(n) FROM (SELECT {expression} AS v, count(*) AS n FROM person p WHERE v <> ''"
        " GROUP BY v LIMIT ?)",
        (*params, MOST_VALUES + 1),
    ) or (0, 0)
    return bool(1 < different <= MOST_VALUES and people_with >= FEWEST_EACH * different)
