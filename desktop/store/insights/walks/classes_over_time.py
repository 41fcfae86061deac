"""How many people stood in each class of NASL at the ends of months, who went from class to class in the last of them, and what
the people of a class spent in the month that began with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from desktop.core.figures.nasl import ACTIVE, LOST, NEW, SLEEPING, first_day_inside
from desktop.store.conditions.values import Sql
from desktop.store.database import Database
from desktop.store.insights.walks.order_rows import NEVER, OrderRows, Spells, walk

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]

LETTERS = ("", NEW, ACTIVE, SLEEPING, LOST)
"""Classes by number; the first had not bought yet."""


@dataclass(frozen=True, slots=True)
class Moves:
    """People by class.

    Args:
        counts: (day, letter) → people in a class at the end of a day.
        flow: (class at the last day but one, class at the last) → people; "" had not bought before. Empty for a single day.
    """

    counts: dict[tuple[date, str], int]
    flow: dict[tuple[str, str], int]


def moves(db: Database, days: Sequence[date], window: float, who: Sql) -> Moves:
    """The classes at the ends of some days, and who moved between the last two.

    Args:
        db: any connection.
        days: rising, at least one.
        window: the boundary in days.
        who: the population now, a condition on ``person p``.
    """
    ends = _Ends(days, window)
    for rows in walk(db, who):
        ends.take(rows.spells)
    return Moves(ends.counts(), ends.flow())


def sent_by_class(
    db: Database, starts: Sequence[date], until: date, window: float, who: Sql
) -> tuple[dict[tuple[date, str], int], dict[str, float]]:
    """How many people stood in each class when months began, and what each class spent in the months that followed, all
    together.

    Args:
        db: any connection.
        starts: the days before the months begin, rising; each month lasts until the next.
        until: the last day of the last month.
        window: the boundary in days.
        who: the population now.

    Returns:
        (day, letter) → people; letter → revenue, "" for people who had not bought before the month.
    """
    ends, spending = _Ends(starts, window), _Spending(starts, until, window)
    for rows in walk(db, who, amounts=True):
        ends.take(rows.spells)
        spending.take(rows)
    return ends.counts(), spending.revenue()


def classes_on(db: Database, day: date, since: date, who: Sql) -> dict[str, tuple[int, float]]:
    """The classes at the end of a day by the orders up to it: letter → people, what they had spent.

    Args:
        db: any connection.
        day: the reference day.
        since: the first day inside its window.
        who: the population; best only people who ordered later, as for the others the figures kept with them hold.
    """
    import numpy as np

    people, revenue = np.zeros(len(LETTERS), dtype=np.int64), np.zeros(len(LETTERS))
    for rows in walk(db, who, amounts=True):
        assert rows.amounts is not None
        letters = _classes_at(rows.spells, day.toordinal(), since.toordinal())
        until = np.where(rows.days <= day.toordinal(), rows.amounts, 0.0)
        people += np.bincount(letters, minlength=len(LETTERS))
        spent = np.add.reduceat(until, np.flatnonzero(rows.firsts)) if len(until) else until
        revenue += np.bincount(letters, weights=spent, minlength=len(LETTERS))
    return {
        letter: (int(n), float(spent))
        for letter, n, spent in zip(LETTERS, people, revenue, strict=True)
        if letter
    }


def gaps_later(db: Database, day: date) -> dict[int, int]:
    """Days between order days of one person, of which the later lies behind a day: gap → how often."""
    import numpy as np

    found: Counter[int] = Counter()
    for rows in walk(db, Sql("p.last_order > ?", [day.isoformat()])):
        spells = rows.spells
        later = (spells.until > day.toordinal()) & (spells.until < NEVER)
        gaps, often = np.unique(spells.until[later] - spells.days[later], return_counts=True)
        found.update(dict(zip(gaps.tolist(), often.tolist(), strict=True)))
    return dict(found)


def revenue_between(db: Database, first: date, last: date) -> float:
    """Revenue of counting orders of a span, unknown buyers included."""
    return float(
        db.value(
            "SELECT total(amount) FROM shop_order WHERE counts = 1 AND ordered_at >= ? AND ordered_at < ? || '~'",
            (first.isoformat(), last.isoformat()),
        )
    )


class _Ends:
    """The classes at the ends of some days, summed up walk by walk."""

    def __init__(self, days: Sequence[date], window: float) -> None:
        import numpy as np

        self.days = days
        self._ends = np.array([day.toordinal() for day in days])
        sinces = [first_day_inside(day, window) for day in days]
        self._sinces = np.array([day.toordinal() for day in sinces])
        self._until_end, self._since = _Marks(days, same_before=False), _Marks(sinces, same_before=True)
        # For each class the changes of its number from one day to the next; behind the last one place for what comes later.
        self._changes = {letter: np.zeros(len(days) + 1, dtype=np.int64) for letter in LETTERS[1:]}
        self._flow = np.zeros((len(LETTERS), len(LETTERS)), dtype=np.int64)

    def take(self, spells: Spells) -> None:
        """Count the people of some spells."""
        import numpy as np

        places = len(self.days) + 1
        began, over = self._until_end.before(spells.days), self._until_end.before(spells.until)
        # A spell stays inside the window until the day whose window begins behind it.
        out = np.minimum(self._since.before(spells.days), over)
        for once, inside, outside in ((True, NEW, LOST), (False, ACTIVE, SLEEPING)):
            chosen = spells.firsts == once
            first, middle, last = (
                np.bincount(where[chosen], minlength=places) for where in (began, out, over)
            )
            self._changes[inside] += first - middle
            self._changes[outside] += middle - last
        if len(self.days) > 1:
            self._follow(spells)

    def _follow(self, spells: Spells) -> None:
        import numpy as np

        then, now = (
            _classes_at(spells, int(end), int(since))
            for end, since in zip(self._ends[-2:], self._sinces[-2:], strict=True)
        )
        pairs = np.bincount(then * len(LETTERS) + now, minlength=self._flow.size)
        self._flow += pairs.reshape(self._flow.shape)

    def counts(self) -> dict[tuple[date, str], int]:
        """(day, letter) → people."""
        return {
            (day, letter): int(people)
            for letter, changes in self._changes.items()
            for day, people in zip(self.days, changes.cumsum(), strict=False)
        }

    def flow(self) -> dict[tuple[str, str], int]:
        """(before, after) → people, without those who have not bought by the last day."""
        return {
            (before, after): int(self._flow[i, j])
            for i, before in enumerate(LETTERS)
            for j, after in enumerate(LETTERS)
            if after and self._flow[i, j]
        }


class _Spending:
    """Revenue by the class people were in when the month began, summed up walk by walk."""

    def __init__(self, starts: Sequence[date], until: date, window: float) -> None:
        import numpy as np

        self._months = _Marks(starts, same_before=False)
        self._sinces = np.array([first_day_inside(day, window).toordinal() for day in starts])
        self._until = until.toordinal()
        self._revenue = np.zeros(len(LETTERS))

    def take(self, rows: OrderRows) -> None:
        """Add what some people spent."""
        import numpy as np

        assert rows.amounts is not None
        if not len(rows.days):
            return
        # From the last order before a month on that month's orders stand together.
        month = self._months.before(rows.days).astype(np.int64) - 1
        begins = rows.firsts.copy()
        begins[1:] |= month[1:] != month[:-1]
        places = np.flatnonzero(begins)
        spent = np.add.reduceat(np.where(rows.days <= self._until, rows.amounts, 0.0), places)
        first_day = rows.days[np.flatnonzero(rows.firsts)][np.cumsum(rows.firsts)[places] - 1]
        before = rows.days[places - 1]
        of_month = month[places]
        letters = np.where(
            rows.firsts[places], 0, _class_numbers(before == first_day, before >= self._sinces[of_month])
        )
        counted = of_month >= 0
        self._revenue += np.bincount(letters[counted], weights=spent[counted], minlength=len(LETTERS))

    def revenue(self) -> dict[str, float]:
        """Letter → revenue."""
        return {letter: float(spent) for letter, spent in zip(LETTERS, self._revenue, strict=True)}


def _classes_at(spells: Spells, end: int, since: int) -> Numbers:
    """Each person's class at the end of a day, as a place in LETTERS; ``since``: the first day inside the window."""
    import numpy as np

    there = (spells.days <= end) & (spells.until > end)
    person = np.cumsum(spells.firsts) - 1
    found = np.zeros(int(spells.firsts.sum()), dtype=np.int64)
    found[person[there]] = _class_numbers(spells.firsts[there], spells.days[there] >= since)
    return found


def _class_numbers(once: Any, inside: Any) -> Numbers:
    """Places in LETTERS, from whether people had one order day and whether their last lies inside the window."""
    import numpy as np

    numbers: Numbers = np.where(once, np.where(inside, 1, 4), np.where(inside, 2, 3))
    return numbers


class _Marks:
    """A few rising days, among which others find their place: ``numpy.searchsorted``, looked up in a list of all days between."""

    def __init__(self, marks: Sequence[date], *, same_before: bool) -> None:
        import numpy as np

        numbers = np.array([day.toordinal() for day in marks])
        self._low, self._high = int(numbers[0]) - 1, int(numbers[-1]) + 1
        side: Literal["left", "right"] = "right" if same_before else "left"
        self._places = np.searchsorted(numbers, np.arange(self._low, self._high + 1), side=side).astype(
            np.int16
        )

    def before(self, days: Any) -> Any:
        """How many marks lie before each day (with ``same_before`` also on it)."""
        import numpy as np

        return self._places[np.clip(days, self._low, self._high) - self._low]
