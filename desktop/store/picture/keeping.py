"""The door to the picture of the people: which connection keeps one, when it may answer, and how it is read anew. It answers only
for the very state of the file it was read from; otherwise it is let go of, and SQL answers."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from weakref import WeakKeyDictionary

from desktop.core.people.condition import EVERYBODY, Condition
from desktop.store.conditions import values
from desktop.store.conditions.values import QueryContext
from desktop.store.database import Database

if TYPE_CHECKING:
    from desktop.store.picture.people import People
    from desktop.store.picture.texts import Mask

FEWEST_PEOPLE = 20_000
"""In a smaller shop SQL answers in a few milliseconds."""

MOST_PEOPLE = 1_500_000
"""A larger shop would take more memory than a window should; a million people take up to 150 MB."""

TURN_SECONDS = 0.02
"""How long :func:`advance` works before it lets a question in."""

_Stamp: TypeAlias = tuple[int, int]


@dataclass
class _Kept:
    """What is known of one connection; ``settled`` is the state for which there is or will be no other picture."""

    wanted: Callable[[], object]
    fewest: int
    settled: _Stamp | None = None
    people: People | None = None
    reading: tuple[_Stamp, Generator[None, None, People]] | None = None


_kept: WeakKeyDictionary[Database, _Kept] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Found:
    """Whom a condition matches, by the picture."""

    people: People
    mask: Mask

    def count(self) -> int:
        """How many."""
        import numpy as np

        return int(np.count_nonzero(self.mask))

    def count_with(self, others: Sequence[Found]) -> list[int]:
        """How many of them each of some further conditions matches too."""
        import numpy as np

        return [int(np.count_nonzero(self.mask & other.mask)) for other in others]

    def ids(self, *, descending: bool = False) -> array[int]:
        """Their ids in order."""
        found = self.people.ids[self.mask]
        return array("q", (found[::-1] if descending else found).tobytes())

    def by_last_order(self, *, descending: bool, limit: int | None) -> array[int] | None:
        """Their ids in the order of their last orders, who never ordered at the end; None where it is not known."""
        rows = self.people.last_ordered(self.mask.nonzero()[0], descending=descending, limit=limit)
        return None if rows is None else array("q", self.people.ids[rows].tobytes())


def keep(db: Database, wanted: Callable[[], object], fewest: int | None = None) -> None:
    """From now on this connection may have a picture.

    Args:
        db: a connection that only reads, in its thread.
        wanted: called in that thread when a question would have used a picture that is not there: call :func:`advance` then.
        fewest: smaller shops have none; None: FEWEST_PEOPLE.
    """
    _kept[db] = _Kept(wanted, FEWEST_PEOPLE if fewest is None else fewest)


def advance(db: Database) -> bool:
    """Read a bit more of the picture; whether there is more to read.

    Raises:
        SqliteError: as interrupted, after which it can be called again.
    """
    kept = _kept.get(db)
    if kept is None or db.connection.in_transaction:
        return False
    let_go(db)
    stamp = _stamp(db)
    if kept.settled == stamp:
        return False
    if kept.reading is None:
        if not _worth_it(db, kept.fewest):
            kept.settled = stamp
            return False
        kept.reading = (stamp, _begin(db))
        # Loading what it needs took a turn of its own.
        return True
    return not _read_on(db, kept, *kept.reading)


def let_go(db: Database) -> None:
    """Drop the picture of a state that has passed, and the fields' values kept of it: they may hold somebody who was erased."""
    values.let_go(db)
    kept = _kept.get(db)
    if kept is None:
        return
    stamp = _stamp(db)
    if kept.settled != stamp:
        kept.people = kept.settled = None
    if kept.reading is not None and kept.reading[0] != stamp:
        kept.reading = None


def found(db: Database, condition: Condition, context: QueryContext) -> Found | None:
    """Whom a condition matches; None where the file has to be asked.

    Raises:
        SqliteError: as interrupted.
        UserError: as the condition's SQL would.
    """
    kept = _kept.get(db)
    if kept is None or condition == EVERYBODY or db.connection.in_transaction:
        return None
    stamp = _stamp(db)
    if kept.settled != stamp:
        let_go(db)
        kept.wanted()
        return None
    people = kept.people
    if people is None or not people.knows(condition):
        return None
    mask = people.matching(db, condition, context)
    # What a question means is read in the file (its values, audiences, cycle), and so is what the picture does not hold.
    if _stamp(db) != stamp:
        let_go(db)
        return None
    return Found(people, mask)


def _begin(db: Database) -> Generator[None, None, People]:
    from desktop.store.picture.reading import read

    return read(db)


def _read_on(db: Database, kept: _Kept, stamp: _Stamp, reading: Generator[None, None, People]) -> bool:
    """Read for a moment, of the state the reading began with; whether that was all there is to read."""
    from desktop.store.picture.facets import UnfitError

    people = None
    until = time.monotonic() + TURN_SECONDS
    try:
        next(reading)
        while time.monotonic() < until:
            next(reading)
        return False
    except StopIteration as done:
        people = done.value
    except (UnfitError, UnicodeDecodeError):
        # There is none of this state: SQL answers, until something changes.
        pass
    except BaseException:
        kept.reading = None
        raise
    kept.reading = None
    # Changed since the last look: it is begun anew.
    if _stamp(db) != stamp:
        return False
    kept.people, kept.settled = people, stamp
    return True


def _worth_it(db: Database, fewest: int) -> bool:
    people = int(db.value("SELECT count(*) FROM (SELECT 1 FROM person LIMIT ?)", (MOST_PEOPLE + 1,)))
    return fewest <= people <= MOST_PEOPLE


def _stamp(db: Database) -> _Stamp:
    """The state of the file as this connection sees it, and its own changes."""
    return db.value("PRAGMA data_version"), db.connection.total_changes
