"""Journeys: stages a customer goes through, each a query; who is in a stage, who stopped there, and who has been there long
enough to be spoken to. Not live: what is told is who is due today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from desktop.core.planning.operating.reading import day_in, id_in, map_in, maps_in, text_in, whole_in

SINCE_FIELDS = ("friend_at", "joined_at", "bound_at", "first_order", "last_order")
"""Days of a person that can tell since when she has been in a stage."""


@dataclass(frozen=True, slots=True)
class JourneyStage:
    """One stage.

    Args:
        id: stays the same when it is renamed or moved; unique in its journey.
        name: what the owner calls it.
        query: who has got this far; the stages before it are asked for too.
        since: one of SINCE_FIELDS that says since when somebody has been here; empty: unknown.
        wait_days: days after which whoever stopped here is spoken to.
        advice: what to say or do then.
        plan_id: a greeting or menu planned here that belongs to it, or None.
    """

    id: str
    name: str
    query: str
    since: str = ""
    wait_days: int = 3
    advice: str = ""
    plan_id: int | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """A journey.

    Args:
        name: what it is called.
        stages: in order, at least two.
        spoken_to: stage → the last day on which its due people were spoken to.
        ready: the ready-made journey it was made from, or empty.
    """

    name: str
    stages: tuple[JourneyStage, ...]
    spoken_to: Mapping[str, date] = field(default_factory=dict)
    ready: str = ""

    def to_content(self) -> dict[str, Any]:
        """The journey as JSON-able values; the name is the plan's."""
        return {
            "stages": [
                {
                    "id": one.id,
                    "name": one.name,
                    "query": one.query,
                    "since": one.since,
                    "wait_days": one.wait_days,
                    "advice": one.advice,
                    "plan_id": one.plan_id,
                }
                for one in self.stages
            ],
            "spoken_to": {stage: day.isoformat() for stage, day in self.spoken_to.items()},
            "ready": self.ready,
        }

    @classmethod
    def from_content(cls, name: str, content: Mapping[str, Any]) -> Journey:
        """Read what :meth:`to_content` wrote, forgiving what is missing or odd."""
        stages = tuple(
            JourneyStage(
                text_in(one, "id") or str(number),
                text_in(one, "name"),
                text_in(one, "query"),
                since if (since := text_in(one, "since")) in SINCE_FIELDS else "",
                whole_in(one, "wait_days", 3),
                text_in(one, "advice"),
                id_in(one, "plan_id"),
            )
            for number, one in enumerate(maps_in(content, "stages"), 1)
        )
        spoken = map_in(content, "spoken_to")
        days = {stage: day for stage in spoken if (day := day_in(spoken, stage)) is not None}
        return cls(name, stages, days, text_in(content, "ready"))


def stopped_query(stages: tuple[str, ...], place: int) -> str:
    """The query of those who got as far as a stage (from 0) and not to the next one.

    Args:
        stages: the queries of all stages, in order.
        place: the stage; the last one holds whoever arrived.
    """
    here = reached_query(stages, place)
    if place + 1 >= len(stages):
        return here
    return f"{here} -{grouped(stages[place + 1])}".strip()


def reached_query(stages: tuple[str, ...], place: int) -> str:
    """The query of those who got as far as a stage: they match it and every stage before it."""
    return " ".join(grouped(query) for query in stages[: place + 1] if query.strip())


def grouped(query: str) -> str:
    """A query that can stand beside others or behind a minus, whatever it is made of; everybody is ``id:any``."""
    return f"({query})" if query.strip() else "id:any"


def waiting_query(stages: tuple[str, ...], place: int) -> str:
    """The query of those who stopped at a stage and have not gone on another way either: whoever bought without having answered
    the questionnaire between need not be asked for her first purchase."""
    later = [f"-{grouped(query)}" for query in stages[place + 2 :]]
    return " ".join((stopped_query(stages, place), *later)).strip()


def due_query(waiting: str, stage: JourneyStage, today: date, spoken_to: date | None) -> str:
    """The query of those who wait at a stage and have been there long enough by today.

    Who was due on the day the stage's people were last spoken to is not due again; who has no day has been there for ever, and
    is due as long as nobody was spoken to. Where no day tells since when anybody is there, all are due, and again once the
    stage's days have passed since they were spoken to.
    """
    if not stage.since:
        rests = spoken_to is not None and today < spoken_to + timedelta(days=max(1, stage.wait_days))
        return f"{waiting} id:none".strip() if rests else waiting
    latest = (today - timedelta(days=stage.wait_days)).isoformat()
    if spoken_to is None:
        return f"{waiting} ({stage.since}:<={latest} OR {stage.since}:none)".strip()
    earliest = spoken_to - timedelta(days=stage.wait_days - 1)
    return f"{waiting} {stage.since}:>={earliest.isoformat()} {stage.since}:<={latest}".strip()
