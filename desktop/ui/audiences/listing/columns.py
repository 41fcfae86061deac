"""The columns of the list of audiences: what each shows and what it is sorted by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.operations.line.keeping_in_step import Drift
from desktop.text import t
from desktop.ui import i18n
from desktop.ui.audiences.listing.rows import ListedAudience
from desktop.ui.outbox.states import badge
from desktop.ui.widgets.table import Column

NAME, CONDITION, PEOPLE, REACHABLE, MOVED, STATE, TIME, ACT = range(8)
WIDTHS = (190, 0, 68, 82, 96, 118, 128, 84)

OVER = ("expired", "gone", "other_account")
"""States at LINE in which a list that was ready serves no more."""


def columns() -> list[Column]:
    """In their order on the screen."""
    return [
        Column(t("audiences_page.column.name"), lambda row: row.audience.name),
        Column(t("audiences_page.column.condition"), lambda row: row.condition, role=lambda _: "muted"),
        Column(t("audiences_page.column.people"), lambda row: number(row.people), right=True, role=_fresh),
        Column(
            t("audiences_page.part.reachable"),
            lambda row: number(row.reachable),
            right=True,
            role=lambda row: "good" if row.looked else "muted",
        ),
        Column(t("audience_list.moved"), moved_text, role=_moved_role),
        Column(t("audiences_page.last_upload"), lambda row: state(row)[0], kind=lambda row: state(row)[1]),
        Column(t("audiences_page.column.time"), time_text, role=lambda row: None if row.job else "muted"),
        Column("", act_text),
    ]


def number(value: int | None) -> str:
    """A count, or that it is still being counted."""
    return "…" if value is None else i18n.number(value)


def moved_text(row: ListedAudience) -> str:
    """Who joined and left since LINE got the list: +41 −17."""
    if row.job is None or row.looked is None:
        return "" if row.job is None else "…"
    drift = row.looked.drift
    if not drift.joined and not drift.left:
        return t("audience_list.same")
    parts = [f"+{i18n.number(drift.joined)}" if drift.joined else ""]
    parts.append(f"−{i18n.number(drift.left)}" if drift.left else "")
    return " ".join(part for part in parts if part)


def state(row: ListedAudience) -> tuple[str, str]:
    """The badge: its words and its kind."""
    if row.job is None:
        return "", "neutral"
    if row.looked is not None and row.looked.drift.line_state in OVER:
        return t(f"audience_list.over.{row.looked.drift.line_state}"), "warning"
    return badge(row.job)


def time_text(row: ListedAudience) -> str:
    """When it was last uploaded."""
    return i18n.moment(row.job.pressed_at) if row.job is not None else t("audiences_page.never_uploaded")


def act_text(row: ListedAudience) -> str:
    """What the one click does; nothing where there is nothing to do or nobody to reach."""
    if row.looked is None:
        return ""
    way = row.looked.drift.way
    if way == "nothing" or (way != "wait" and not row.looked.reach.reachable):
        return ""
    return t(f"audience_list.way.{way}")


def spoken(row: ListedAudience) -> str:
    """A row as one sentence."""
    return t(
        "audiences_page.list_spoken",
        name=row.audience.name,
        condition=row.condition,
        n=row.people or 0,
        reachable=row.reachable or 0,
        state=state(row)[0] or t("audiences_page.never_uploaded"),
    )


def sort_key(column: int) -> Callable[[ListedAudience], Any]:
    """What rows are ordered by."""
    keys: dict[int, Callable[[ListedAudience], Any]] = {
        NAME: lambda row: row.audience.name.casefold(),
        CONDITION: lambda row: row.condition,
        PEOPLE: lambda row: -1 if row.people is None else row.people,
        REACHABLE: lambda row: -1 if row.reachable is None else row.reachable,
        MOVED: lambda row: _moves(row.looked.drift) if row.looked is not None and row.job else -1,
        STATE: lambda row: state(row)[0],
        TIME: lambda row: row.job.pressed_at if row.job else "",
    }
    return keys[column]


def _moves(drift: Drift) -> int:
    return drift.joined + (drift.left or 0)


def _fresh(row: ListedAudience) -> str | None:
    return None if row.looked else "muted"


def _moved_role(row: ListedAudience) -> str | None:
    changed = row.looked is not None and _moves(row.looked.drift) > 0
    return "warning" if changed else "muted"
