"""The board of the five stages of a customer's life with a shop (AARRR): what there is to do for each, and ready-made tasks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from desktop.core.planning.operating.reading import day_in, iso, text_in, whole_in, word_in


class Stage(StrEnum):
    """獲取, 啟用, 營收, 留存, 推薦 (D. McClure's AARRR, in the order a shop meets its customers)."""

    ACQUISITION = "acquisition"
    ACTIVATION = "activation"
    REVENUE = "revenue"
    RETENTION = "retention"
    REFERRAL = "referral"


@dataclass(frozen=True, slots=True)
class Task:
    """One task of the board.

    Args:
        title: what is to be done.
        stage: the column it stands in.
        due: the day by which; None: no hurry.
        done_on: the day it was done; None: open.
        repeat_days: it comes back so many days after it was done; 0: never.
        ready: the ready-made task it was made from (a key of READY_TASKS), or empty.
        note: the owner's own words.
    """

    title: str
    stage: Stage
    due: date | None = None
    done_on: date | None = None
    repeat_days: int = 0
    ready: str = ""
    note: str = ""

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_on is None

    def done(self, today: date) -> Task:
        """The task once it is done: over, or (one that repeats) due again."""
        if self.repeat_days:
            return replace(self, due=today + timedelta(days=self.repeat_days), done_on=None)
        return replace(self, done_on=today)

    def to_content(self) -> dict[str, Any]:
        """The task as JSON-able values; the title is the plan's name, its order the plan's place."""
        return {
            "stage": self.stage.value,
            "due": iso(self.due),
            "done_on": iso(self.done_on),
            "repeat_days": self.repeat_days,
            "ready": self.ready,
            "note": self.note,
        }

    @classmethod
    def from_content(cls, title: str, content: Mapping[str, Any]) -> Task:
        """Read what :meth:`to_content` wrote, forgiving what is missing or odd."""
        return cls(
            title,
            word_in(content, "stage", Stage, Stage.ACQUISITION),
            day_in(content, "due"),
            day_in(content, "done_on"),
            whole_in(content, "repeat_days", 0),
            text_in(content, "ready"),
            text_in(content, "note"),
        )


@dataclass(frozen=True, slots=True)
class ReadyTask:
    """A ready-made task.

    Args:
        id: its key in the texts.
        stage: where it belongs.
        page: the page of the program it is done on; empty: outside.
        repeat_days: how often it comes back.
    """

    id: str
    stage: Stage
    page: str = ""
    repeat_days: int = 0


_OF_STAGES: dict[Stage, dict[str, tuple[str, int]]] = {
    Stage.ACQUISITION: {
        "qr_stand": ("recruiting", 0),
        "greeting": ("greeting", 0),
        "ask_at_till": ("", 0),
        "receipt_and_bag": ("", 0),
        "import_members": ("import", 30),
    },
    Stage.ACTIVATION: {
        "bind_menu": ("rich_menu", 0),
        "bind_gift": ("", 0),
        "match_friends": ("line_ids", 14),
        "questionnaire": ("", 0),
    },
    Stage.REVENUE: {
        "first_coupon": ("audiences", 0),
        "never_bought": ("audiences", 14),
        "main_product": ("rich_menu", 30),
        "compare_cost": ("insights", 30),
    },
    Stage.RETENTION: {
        "win_back": ("audiences", 14),
        "birthday": ("audiences", 30),
        "next_visit": ("audiences", 14),
        "fewer_messages": ("insights", 30),
    },
    Stage.REFERRAL: {
        "friend_coupon": ("", 0),
        "review": ("", 30),
        "source_column": ("import", 0),
    },
}

READY_TASKS: dict[str, ReadyTask] = {
    name: ReadyTask(name, stage, page, days)
    for stage, tasks in _OF_STAGES.items()
    for name, (page, days) in tasks.items()
}
"""The ready-made tasks by their id, stage by stage."""
