"""What is read before anything is said about publishing: what is live, who should have another menu, which periods begin or
end, and what waits for a press."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.core.people.condition import Term
from desktop.core.people.query.mistake import QueryMistake
from desktop.core.people.query_text import parse
from desktop.operations.planning import publishing
from desktop.operations.planning.publishing.models import Live, Newly, PeriodDue
from desktop.store import shop
from desktop.store.condition_sql import query_context
from desktop.store.database import Database
from desktop.store.publishing.jobs import PublishingJob


@dataclass(frozen=True)
class ToSay:
    """What a banner has to say; the first of these that is not empty.

    Args:
        waiting: jobs of before the last start that wait for a press.
        stuck: a job that only the owner can help.
        interrupted: the last press ended before its time, and left something in between at LINE.
        due: menus whose period begins or has ended.
        newly: people who should have another menu than they have.
        bound: the one menu they would get is that of linked people.
    """

    waiting: tuple[PublishingJob, ...] = ()
    stuck: PublishingJob | None = None
    interrupted: PublishingJob | None = None
    due: tuple[PeriodDue, ...] = ()
    newly: Newly = field(default_factory=lambda: Newly(0))
    bound: bool = False

    @property
    def needs_a_look(self) -> bool:
        """Whether its button leads to the sheet, and does nothing before that is pressed."""
        return self.interrupted is not None or bool(self.due) or self.newly.problem is not None


@dataclass(frozen=True)
class Shown:
    """What the card of what is live shows; ``newest`` is the newest job of all."""

    live: Live
    connected: bool
    newest: PublishingJob | None


def read_to_say(db: Database) -> ToSay:
    """What there is to say now; nothing while a job is on its way or LINE has to be asked first."""
    waiting = tuple(publishing.waiting_for_a_press(db))
    if waiting:
        return ToSay(waiting)
    live = publishing.live(db)
    if live.job is not None and live.job.state == "action_needed":
        return ToSay(stuck=live.job)
    if live.job is not None or live.doubtful:
        return ToSay()
    if live.interrupted is not None:
        return ToSay(interrupted=live.interrupted)
    if live.since is None:
        return ToSay()
    due = tuple(publishing.due(db, query_context(db).now.date()))
    newly = publishing.newly(db)
    return ToSay(due=due, newly=newly, bound=_is_about_binding(live, newly))


def read_shown(db: Database) -> Shown:
    """What is live."""
    jobs = publishing.jobs(db)
    connected = bool(shop.get_json(db, "line_account")) or shop.is_practice(db)
    return Shown(publishing.live(db), connected, jobs[0] if jobs else None)


def _is_about_binding(live: Live, newly: Newly) -> bool:
    """Whether the one menu that people should get is meant for linked people as such."""
    if len(newly.to_menu) != 1 or newly.to_default:
        return False
    name = newly.to_menu[0][0]
    query = next((menu.query for menu in live.menus if menu.name == name), "")
    try:
        condition = parse(query, extra_columns=None)
    except QueryMistake:
        return False
    return isinstance(condition, Term) and (condition.field, condition.value) == ("bound", "yes")
