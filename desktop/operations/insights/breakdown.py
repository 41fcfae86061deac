"""A figure broken down by one dimension: group by group, sorted by what reaching the average (or the target) would bring, each
number opening its people. A dimension nobody can act on is declined with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop.core.errors import UserError
from desktop.core.figures import kpi
from desktop.core.figures.dimensions import FIELDS, Dimension, of_field
from desktop.core.figures.kpi import Kpi
from desktop.core.figures.period import Period, months_until
from desktop.core.figures.rate import Rate
from desktop.core.message import Message, message
from desktop.core.people.condition import Op, Term
from desktop.core.people.fields import find_field
from desktop.core.people.query_text import to_text
from desktop.operations.insights.questions import Questions, joined, remembered, value_query
from desktop.store.conditions.values import comparable
from desktop.store.database import Database
from desktop.store.insights import counting
from desktop.store.insights import dimensions as stored
from desktop.store.insights.targets import Target, all_targets

WORDS = {"campaign": "campaign", "recruiter": "recruiter"}
"""Words of the command line that stand for the first column of a role."""


@dataclass(frozen=True, slots=True)
class Row:
    """One group.

    Args:
        value: its value or tag; None: people without one.
        rate: the figure in it; its queries open its people.
        to_average: people more if it reached the average; 0 where it does.
        to_target: the same for the target; None without one.
    """

    value: str | None
    rate: Rate
    to_average: int
    to_target: int | None = None

    @property
    def gain(self) -> int:
        """What the table is sorted by."""
        return self.to_average if self.to_target is None else self.to_target


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A figure by a dimension.

    Args:
        kpi: id of the figure.
        dimension: what it is broken down by.
        period: the months that "new friends" means; unused by the other figures.
        average: the figure over everybody of its population.
        rows: the largest gain first; people without a value and groups too small to judge (``rate.small``) last.
        overlapping: whether somebody can be in several groups (tags).
    """

    as_of: date
    kpi: str
    dimension: Dimension
    period: Period
    average: Rate
    rows: tuple[Row, ...]
    target: Target | None = None
    overlapping: bool = False


@remembered
def dimensions(db: Database) -> tuple[Dimension, ...]:
    """All dimensions of the shop, levers first; the others carry why they are none (``declined``)."""
    return stored.dimensions(db)


def declined(dimension: Dimension) -> Message:
    """Why a dimension is no lever, as a sentence."""
    return message(f"insights_core.declined_{dimension.declined}", name=dimension_name(dimension))


def dimension_name(dimension: Dimension) -> Message | str:
    """What a dimension is called."""
    return message(f"insights_core.dimension_{dimension.id}") if dimension.kind == "field" else dimension.name


def find_dimension(db: Database, word: str) -> Dimension:
    """The dimension of an id, a field's word or a column's name, a tag group, or a role (campaign, recruiter).

    Raises:
        UserError: if the shop has none of that name; it names those there are.
    """
    wanted = word.strip()
    if wanted in FIELDS:
        return of_field(wanted)
    known = dimensions(db)
    field = find_field(wanted)
    for fits in (
        lambda one: one.id == wanted,
        lambda one: comparable(one.name) == comparable(wanted),
        lambda one: field is not None and one.id == field.name,
        lambda one: one.role == WORDS.get(wanted.lower(), "-"),
    ):
        found = next((one for one in known if fits(one)), None)
        if found is not None:
            return found
    names = [one.id for one in known if one.actionable]
    raise UserError(message("insights_core.no_dimension", name=word, known=names))


@remembered
def breakdown(
    db: Database,
    dimension: Dimension | str,
    figure: str = kpi.NEW_FRIEND_BINDING.id,
    as_of: date | None = None,
    months: int = 12,
) -> Breakdown:
    """Break a figure down.

    Args:
        db: any connection, in its thread.
        dimension: what by; a text is looked for as in :func:`find_dimension`.
        figure: id of one of ``kpi.KPIS``.
        as_of: end of the period of new friends; None: the last order day in the data, without orders today.
        months: its length.

    Raises:
        UserError: if nobody can act on the dimension, or the shop does not have it.
    """
    by = find_dimension(db, dimension) if isinstance(dimension, str) else dimension
    if not by.actionable:
        raise UserError(declined(by))
    asked = Questions(db, as_of)
    period = months_until(asked.as_of, months)
    measure = kpi.kpi(figure)
    whole, part = measure.queries(period)
    target = all_targets(db).get(measure.id)
    found = _groups(asked, by, measure, period)
    if by.kind == "tags":
        average = asked.rate(whole, part)
    else:
        # Everybody is in exactly one group.
        sums = [sum(numbers[place] for numbers in found.values()) for place in (0, 1)]
        average = Rate(sums[1], sums[0], part, whole)
    rows = [_row(by, value, numbers, (whole, part), average, target) for value, numbers in found.items()]
    rows.sort(
        key=lambda row: (row.value is None, row.rate.small, -row.gain, -row.rate.whole, row.value or "")
    )
    return Breakdown(asked.as_of, measure.id, by, period, average, tuple(rows), target, by.kind == "tags")


def _groups(
    asked: Questions, by: Dimension, measure: Kpi, period: Period
) -> dict[str | None, tuple[int, int]]:
    """Value → people, and those counted; values that a query takes for the same stand together."""
    whole = asked.sql(measure.whole.format(period=period.query))
    part = asked.sql(measure.part.format(period=period.query))
    if by.kind == "tags":
        return {name: (n, k) for name, n, k in counting.grouped_by_tag(asked.db, by.name, whole, part)}
    found: dict[str | None, tuple[int, int]] = {}
    shown: dict[str, str] = {}
    for value, people, counted in counting.grouped(asked.db, stored.value_of(by), whole, part):
        name = None if value is None else shown.setdefault(comparable(value), value)
        before = found.get(name, (0, 0))
        found[name] = (before[0] + people, before[1] + counted)
    return found


def _row(
    by: Dimension,
    value: str | None,
    numbers: tuple[int, int],
    queries: tuple[str, str],
    average: Rate,
    target: Target | None,
) -> Row:
    group = (
        to_text(Term("tag", Op.HAS, value or ""))
        if by.kind == "tags"
        else value_query(by.name, value, extra=by.kind == "extra")
    )
    rate = Rate(numbers[1], numbers[0], joined(queries[1], group), joined(queries[0], group))
    mark = average.value
    return Row(
        value,
        rate,
        0 if mark is None else rate.gain_to(mark),
        None if target is None else rate.gain_to(target.value),
    )


STORE = of_field("store")
