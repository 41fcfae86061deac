"""What is checked before a press becomes a request: each check says how it stands, and what cures it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.core.errors import UserError
from desktop.core.message import Message
from desktop.core.people.audience import clean_audience_name
from desktop.store.audiences import Audience
from desktop.store.database import Database

CheckId = Literal[
    "paused",
    "name",
    "people",
    "too_many",
    "id_format",
    "duplicates",
    "provider",
    "limit",
    "name_taken",
    "quota",
    "few",
]
CHECKS: tuple[CheckId, ...] = (
    "paused", "name", "people", "too_many", "id_format", "duplicates", "provider", "limit", "name_taken", "quota", "few",
)  # fmt: skip
"""The checks in the order they are shown. paused: uploads are paused after a restore. people: at least one can be reached.
too_many: LINE's 1,500,000. few: fewer than 50, which a filter by age and the like would need. quota: this month's messages
against the people, for a later send."""

CureId = Literal[
    "check_restored",
    "rename",
    "line_ids",
    "split",
    "correct_ids",
    "check_provider",
    "line_audiences",
    "quota",
]
"""Where a button leads: check_restored (ask LINE after a restore), rename (the name's field), line_ids (page 取得 LINE UID),
split (the condition), correct_ids (the people listed in ``people``), check_provider (ask LINE for a sample), line_audiences
(page of the audiences at LINE), quota (the plan)."""

State = Literal["ok", "warning", "stop"]


@dataclass(frozen=True, slots=True)
class Check:
    """One check: how it stands, in words, what cures it (None: nothing to cure), and, where people are at fault, their ids."""

    id: CheckId
    state: State
    text: Message
    cure: CureId | None = None
    people: tuple[int, ...] = ()


def preflight(db: Database, audience: Audience) -> tuple[Check, ...]:
    """All checks of an audience, in order; asks nobody. An upload is possible if none is ``stop``.

    Args:
        db: the shop.
        audience: the saved audience.
    """
    try:
        clean_audience_name(audience.name)
    except UserError as error:
        return (Check("name", "stop", error.text, "rename"),)
    return ()


def can_upload(checks: tuple[Check, ...]) -> bool:
    """Whether nothing stands in the way."""
    return all(check.state != "stop" for check in checks)
