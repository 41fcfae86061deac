"""One saved audience as the list shows it: at once what is kept of it, and once it is counted whom it holds now."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.people.query_text import parse
from desktop.operations.audiences import audiences
from desktop.operations.line import keeping_in_step
from desktop.operations.line.keeping_in_step import Drift, Way
from desktop.store import audiences as saved_audiences
from desktop.store import outbox
from desktop.store.audience_history import days
from desktop.store.audience_history.days import AudienceDay
from desktop.store.audiences import Audience, Reach
from desktop.store.database import Database
from desktop.store.outbox import UploadJob, at_line
from desktop.ui.audiences.conditions.words import summary


@dataclass(frozen=True)
class Looked:
    """An audience counted: whom it reaches, and how it stands to what LINE has."""

    reach: Reach
    drift: Drift


@dataclass(frozen=True)
class ListedAudience:
    """One row; ``kept`` is the last count kept, ``looked`` None while it is being counted."""

    audience: Audience
    condition: str
    job: UploadJob | None = None
    kept: AudienceDay | None = None
    looked: Looked | None = None

    @property
    def people(self) -> int | None:
        """How many it holds, as far as is known."""
        if self.looked is not None:
            return self.looked.reach.people
        return self.kept.people if self.kept else None

    @property
    def reachable(self) -> int | None:
        """How many it reaches, as far as is known."""
        if self.looked is not None:
            return self.looked.reach.reachable
        return self.kept.reachable if self.kept else None


def list_audiences(db: Database) -> list[ListedAudience]:
    """All saved audiences, newest first, not counted yet."""
    found = list(reversed(saved_audiences.all_audiences(db)))
    kept = days.newest(db, [audience.id for audience in found])
    return [
        ListedAudience(
            audience,
            summary(parse(audience.query, extra_columns=None)),
            outbox.job(db, audience.last_upload["id"]) if audience.last_upload else None,
            kept.get(audience.id),
        )
        for audience in found
    ]


def look(db: Database, audience: Audience) -> Looked:
    """Count one. What LINE never had is counted once: everybody it reaches would join."""
    reach = audiences.now(db, audience).reach
    if audience.last_upload is None and at_line.current(db, audience.id) is None:
        way: Way = "new" if reach.reachable else "nothing"
        return Looked(reach, Drift(reach.reachable, 0, 0, "none", way=way))
    return Looked(reach, keeping_in_step.drift(db, audience))
