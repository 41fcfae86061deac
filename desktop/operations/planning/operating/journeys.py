"""Journeys as they stand: how many people got how far, where they stop, worst step first, and who is due to be spoken to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop.core.changes import Changes
from desktop.core.errors import UserError
from desktop.core.figures.rate import Rate
from desktop.core.message import Message, message
from desktop.core.people.query_text import to_text
from desktop.core.planning.operating.journey import (
    Journey,
    JourneyStage,
    due_query,
    reached_query,
    stopped_query,
    waiting_query,
)
from desktop.operations.audiences.audiences import condition_of
from desktop.operations.insights.questions import Questions
from desktop.operations.planning import plans
from desktop.operations.planning.operating.entries import in_own_step, today
from desktop.operations.planning.plans import SavedPlan
from desktop.store.database import Database
from desktop.store.insights import counting

KIND = "journey"

FEWEST_STAGES = 2


@dataclass(frozen=True, slots=True)
class StageNow:
    """A stage as it stands. Where its query or one before it cannot be read, ``problem`` says why and all numbers are 0.

    Args:
        place: from 0.
        stage: its content.
        people: who got at least this far.
        query: opens them.
        stopped: who got this far and not to the next stage; of the last stage everybody who arrived.
        stopped_query: opens them.
        onward: the next stage's people as a share of these; None of the last.
        due: who stopped here, matches no later stage either, and has been here long enough to be spoken to; 0 at the last stage.
        due_query: opens them; "" at the last stage.
        spoken_to: when the due people were last spoken to.
        problem: why it cannot be counted.
    """

    place: int
    stage: JourneyStage
    people: int = 0
    query: str = ""
    stopped: int = 0
    stopped_query: str = ""
    onward: Rate | None = None
    due: int = 0
    due_query: str = ""
    spoken_to: date | None = None
    problem: Message | None = None

    @property
    def lost(self) -> float | None:
        """The share that does not go on; None of the last stage or of nobody."""
        value = self.onward.value if self.onward else None
        return None if value is None else 1 - value


@dataclass(frozen=True, slots=True)
class JourneyNow:
    """A journey as it stands.

    Args:
        id: its number; 0 of one that is not kept.
        journey: its content.
        stages: in order.
    """

    id: int
    journey: Journey
    stages: tuple[StageNow, ...]

    @property
    def worst(self) -> tuple[StageNow, ...]:
        """The stages people stop at, the largest share first; those of fewer than 30 people, where a share is mostly luck, come
        after the others."""
        steps = [one for one in self.stages if one.lost]
        return tuple(
            sorted(steps, key=lambda one: (one.onward is None or one.onward.small, -(one.lost or 0)))
        )

    @property
    def due(self) -> tuple[StageNow, ...]:
        """The stages with people to speak to today, as in :attr:`worst`, those without a loss last."""
        order = {one.place: number for number, one in enumerate(self.worst)}
        waiting = [one for one in self.stages if one.due]
        return tuple(sorted(waiting, key=lambda one: order.get(one.place, len(order))))


def journeys(db: Database) -> tuple[JourneyNow, ...]:
    """All journeys in the owner's order.

    Args:
        db: any connection, in its thread.
    """
    asked, day = Questions(db), today(db)
    found = plans.all_of(db, KIND)
    return tuple(
        _measured(asked, plan.id, Journey.from_content(plan.name, plan.content), day) for plan in found
    )


def journey(db: Database, journey_id: int) -> JourneyNow:
    """One journey.

    Raises:
        UserError: if it is gone.
    """
    return _measured(Questions(db), journey_id, existing(db, journey_id), today(db))


def preview(db: Database, journey: Journey) -> JourneyNow:
    """A journey that is not kept (yet), measured."""
    return _measured(Questions(db), 0, journey, today(db))


def people_of(db: Database, query: str) -> int:
    """How many people a stage's condition holds, whatever the stages before it ask for.

    Raises:
        UserError: if the query has a mistake or names what is gone.
    """
    return Questions(db).counts([query])[0]


def existing(db: Database, journey_id: int) -> Journey:
    """The journey of this number.

    Raises:
        UserError: if it is gone.
    """
    plan = plans.existing(db, journey_id)
    if plan.kind != KIND:
        raise UserError(message("plans_core.gone"))
    return Journey.from_content(plan.name, plan.content)


def save(db: Database, journey_id: int | None, journey: Journey) -> SavedPlan:
    """Keep a journey; None makes a new one. Queries are kept as the language writes them.

    Raises:
        UserError: if it has fewer than two stages, a stage has no name, its query has a mistake, or the name is empty or taken.
    """
    if len(journey.stages) < FEWEST_STAGES:
        raise UserError(message("operating.few_stages", fewest=FEWEST_STAGES))
    stages = []
    for stage in journey.stages:
        if not stage.name.strip():
            raise UserError(message("operating.stage_without_name"))
        query = to_text(condition_of(db, stage.query)) if stage.query.strip() else ""
        stages.append(replace(stage, query=query))
    kept = replace(journey, stages=tuple(stages))
    return plans.save(db, KIND, journey_id, kept.name, kept.to_content())


def spoken_to(db: Database, journey_id: int, stage_id: str) -> SavedPlan:
    """The due people of a stage were spoken to today: they are not due again.

    Raises:
        UserError: if the journey is gone.
    """
    known = existing(db, journey_id)
    days = {**known.spoken_to, stage_id: today(db)}
    return in_own_step(db, journey_id, replace(known, spoken_to=days).to_content())


def delete(db: Database, journey_id: int) -> Changes:
    """Delete a journey; undo brings it back.

    Raises:
        UserError: if it is gone.
    """
    return plans.delete(db, journey_id)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The queries of one stage that can be counted."""

    people: str
    stopped: str
    due: str


def _measured(asked: Questions, journey_id: int, journey: Journey, day: date) -> JourneyNow:
    readable, problem = _readable(asked, journey)
    texts = tuple(stage.query for stage in readable)
    queries = [_asked(texts, place, stage, journey, day) for place, stage in enumerate(readable)]
    sql = [asked.sql(text) for one in queries for text in (one.people, one.stopped, one.due)]
    numbers = counting.counts(asked.db, sql)
    last = len(journey.stages) - 1
    stages: list[StageNow] = []
    for place, stage in enumerate(journey.stages):
        spoken = journey.spoken_to.get(stage.id)
        if place >= len(readable):
            stages.append(StageNow(place, stage, spoken_to=spoken, problem=problem))
            continue
        people, stopped, due = numbers[3 * place : 3 * place + 3]
        one = queries[place]
        onward = None
        if place + 1 < len(readable):
            onward = Rate(numbers[3 * place + 3], people, queries[place + 1].people, one.people)
        ends = place == last
        stages.append(
            StageNow(
                place,
                stage,
                people,
                one.people,
                stopped,
                one.stopped,
                onward,
                0 if ends else due,
                "" if ends else one.due,
                spoken,
            )
        )
    return JourneyNow(journey_id, journey, tuple(stages))


def _readable(asked: Questions, journey: Journey) -> tuple[list[JourneyStage], Message | None]:
    """The stages before the first whose query cannot be read now, and why not."""
    readable: list[JourneyStage] = []
    for stage in journey.stages:
        try:
            if stage.query.strip():
                asked.sql(stage.query)
        except UserError as error:
            return readable, error.text
        readable.append(stage)
    return readable, None


def _asked(texts: tuple[str, ...], place: int, stage: JourneyStage, journey: Journey, day: date) -> _Asked:
    stopped = stopped_query(texts, place)
    due = due_query(waiting_query(texts, place), stage, day, journey.spoken_to.get(stage.id))
    return _Asked(reached_query(texts, place), stopped, due)
