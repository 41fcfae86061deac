"""The operating plan's sheet (企劃表): what the shop wants to reach with LINE and how it wants to sound, on one page. What a
figure should reach is kept as its target; the sheet keeps which figures are goals, where they stood, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from desktop.core.planning.operating.reading import (
    day_in,
    id_in,
    iso,
    map_in,
    maps_in,
    share_in,
    text_in,
    whole_in,
)

GOAL_KPIS = (
    "binding",
    "list_binding",
    "new_friend_binding",
    "first_purchase",
    "repeat_purchase",
    "active",
)
"""Figures a goal can be bound to, as the funnel and the targets call them."""

CONTENT_TYPES = (
    "business_info",
    "recruiting",
    "products",
    "campaign",
    "new_items",
    "news",
    "branches",
    "service",
)
"""What a shop writes about, and what its rich menu should lead to: 營業資訊, 招募與綁定, 商品, 主打活動, 新品, 最新消息, 門市,
客服."""

PARTS = ("goals", "image", "persona", "frequency", "hours", "audiences", "content_types", "pictures")
"""The parts of the sheet that a shop fills in, in their order."""

SUGGESTED = {
    "image": ("neighbour", "expert", "fun", "elegant"),
    "persona": ("owner", "clerk", "mascot"),
    "pictures": ("photos", "handwritten", "clean", "seasonal"),
}
"""Ready-made first sentences for the free texts of the sheet."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure that should rise.

    Args:
        kpi: one of GOAL_KPIS.
        since: the day it was set.
        start: the figure on that day (0 to 1); None: it had none.
        why: the owner's own words.
    """

    kpi: str
    since: date | None = None
    start: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class OwnGoal:
    """A goal that no figure here measures; the owner says when it is reached."""

    text: str
    due: date | None = None
    reached_on: date | None = None


@dataclass(frozen=True, slots=True)
class Persona:
    """Who speaks: a name, how it sounds, and how it calls its customers."""

    name: str = ""
    voice: str = ""
    calls_customers: str = ""


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often a message goes out: ``times`` a ``per`` (week or month); 0: not decided."""

    times: int = 0
    per: str = "month"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """When messages go out: days of the week (0 is Monday) and a time as HH:MM."""

    weekdays: tuple[int, ...]
    at: str


@dataclass(frozen=True, slots=True)
class SheetAudience:
    """Whom the shop talks to: a saved audience, or only words for one."""

    audience_id: int | None = None
    name: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class ContentType:
    """What the shop writes about: one of CONTENT_TYPES, or (``id`` empty) words of its own; how often a month, and an example."""

    id: str = ""
    name: str = ""
    times: int = 0
    example: str = ""


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day or span of the shop's own that comes back each year, such as its anniversary: (month, day) to (month, day)."""

    name: str
    first: tuple[int, int]
    last: tuple[int, int]
    idea: str = ""
    prepare_days: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet; everything may be empty."""

    goals: tuple[Goal, ...] = ()
    own_goals: tuple[OwnGoal, ...] = ()
    image: str = ""
    persona: Persona = field(default=Persona())
    frequency: Frequency = field(default=Frequency())
    hours: tuple[Hours, ...] = ()
    audiences: tuple[SheetAudience, ...] = ()
    content_types: tuple[ContentType, ...] = ()
    pictures: str = ""
    own_days: tuple[OwnDay, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The PARTS that are empty, in their order."""
        filled = {
            "goals": bool(self.goals or self.own_goals),
            "image": bool(self.image.strip()),
            "persona": bool(self.persona.name.strip() or self.persona.voice.strip()),
            "frequency": self.frequency.times > 0 or bool(self.frequency.note.strip()),
            "hours": bool(self.hours),
            "audiences": bool(self.audiences),
            "content_types": bool(self.content_types),
            "pictures": bool(self.pictures.strip()),
        }
        return tuple(part for part in PARTS if not filled[part])

    def to_content(self) -> dict[str, Any]:
        """The sheet as JSON-able values."""
        content = asdict(self)
        for part in ("goals", "own_goals"):
            for goal in content[part]:
                goal |= {key: iso(value) for key, value in goal.items() if isinstance(value, date)}
        return content

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Sheet:
        """Read what :meth:`to_content` wrote, forgiving what is missing or odd."""
        persona, often = map_in(content, "persona"), map_in(content, "frequency")
        return cls(
            goals=_goals(content),
            own_goals=tuple(
                OwnGoal(text_in(one, "text"), day_in(one, "due"), day_in(one, "reached_on"))
                for one in maps_in(content, "own_goals")
            ),
            image=text_in(content, "image"),
            persona=Persona(
                text_in(persona, "name"), text_in(persona, "voice"), text_in(persona, "calls_customers")
            ),
            frequency=Frequency(
                whole_in(often, "times", 0),
                "week" if text_in(often, "per") == "week" else "month",
                text_in(often, "note"),
            ),
            hours=_hours(content),
            audiences=tuple(
                SheetAudience(id_in(one, "audience_id"), text_in(one, "name"), text_in(one, "why"))
                for one in maps_in(content, "audiences")
            ),
            content_types=tuple(
                ContentType(
                    kind if (kind := text_in(one, "id")) in CONTENT_TYPES else "",
                    text_in(one, "name"),
                    whole_in(one, "times", 0),
                    text_in(one, "example"),
                )
                for one in maps_in(content, "content_types")
            ),
            pictures=text_in(content, "pictures"),
            own_days=_own_days(content),
        )


def _goals(content: Mapping[str, Any]) -> tuple[Goal, ...]:
    found = {
        kpi: Goal(kpi, day_in(one, "since"), share_in(one, "start"), text_in(one, "why"))
        for one in maps_in(content, "goals")
        if (kpi := text_in(one, "kpi")) in GOAL_KPIS
    }
    return tuple(found.values())


def _hours(content: Mapping[str, Any]) -> tuple[Hours, ...]:
    found = []
    for one in maps_in(content, "hours"):
        days = one.get("weekdays")
        weekdays = tuple(sorted({day for day in days if day in range(7)})) if isinstance(days, list) else ()
        if weekdays or text_in(one, "at"):
            found.append(Hours(weekdays, text_in(one, "at")))
    return tuple(found)


def _own_days(content: Mapping[str, Any]) -> tuple[OwnDay, ...]:
    found = []
    for one in maps_in(content, "own_days"):
        first = _month_day(one.get("first"))
        last = _month_day(one.get("last")) or first
        if first and last and text_in(one, "name").strip():
            days = whole_in(one, "prepare_days", 14)
            found.append(OwnDay(text_in(one, "name"), first, last, text_in(one, "idea"), days))
    return tuple(found)


def _month_day(value: Any) -> tuple[int, int] | None:
    if not (isinstance(value, list) and len(value) == 2):
        return None
    try:
        day = date(2024, *value)
    except (TypeError, ValueError):
        return None
    return day.month, day.day
