"""What the editor of an audience shows while its condition is being built, and keeping it: whom it holds and reaches, why each
person is in it, what changed since its last upload, what a send would come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from desktop.core.errors import UserError
from desktop.core.figures.message_cost import QuotaNow, SendCost, send_cost
from desktop.core.message import message
from desktop.core.people.audience import clean_audience_name
from desktop.core.people.condition import Condition, tag_names
from desktop.core.people.query_text import parse, to_text
from desktop.operations.audiences.audiences import SavedAudience, condition_of, existing
from desktop.operations.audiences.explaining import PREVIEW as PREVIEW
from desktop.operations.audiences.explaining import PreviewPerson as PreviewPerson
from desktop.operations.audiences.explaining import preview as preview
from desktop.store import audiences, history, outbox, shop, tags
from desktop.store.audiences import Audience, audience_key
from desktop.store.condition_sql import compile_condition, query_context
from desktop.store.database import Database
from desktop.store.outbox import UploadJob
from desktop.store.reach import figures
from desktop.store.reach.figures import Difference, Revenue

_COMPARED = ("waiting", "sending", "unknown", "processing", "ready", "action_needed")
"""States of an upload that the people of now are compared with; what LINE refused or the owner took back never reached it."""


PARTS = {
    "reachable": "uploadable:yes",
    "unchecked": "reachable:unknown",
    "without_user_id": "line_user_id:none",
    "no_longer_friend": "line_user_id:any (blocked:yes OR (reachable:no -consent:no -do_not_send:yes))",
    "refused": "line_user_id:any -blocked:yes (consent:no OR do_not_send:yes)",
}
"""The parts that the people of an audience fall into, as queries, so that each number opens exactly its people. All but
``unchecked``, who are among the reachable, add up."""


@dataclass(frozen=True, slots=True)
class EditorCounts:
    """Whom a condition holds and reaches, by the names of PARTS; when those who are no longer friends were found out (ISO day);
    tags it names that the shop does not have."""

    people: int
    parts: dict[str, int]
    friends_checked_on: str | None
    unknown_tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastUpload:
    """An audience's newest upload; ``difference`` is None where LINE never had it."""

    job: UploadJob
    difference: Difference | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a send comes to.

    Args:
        everybody: a send to all friends LINE counts as reachable; None if LINE was never asked for its figures.
        audience: a send to the reachable people of the audience.
        revenue: of these people in the last twelve months, beside the shop's; None without orders.
        quota_at: when LINE told the quota, as an instant of ours; None if it was never asked.
    """

    everybody: SendCost | None
    audience: SendCost
    revenue: Revenue | None
    quota_at: str | None


def counts(db: Database, condition: Condition) -> EditorCounts:
    """Count a condition."""
    context = query_context(db)
    sql = compile_condition(condition, context)
    kinds = [compile_condition(parse(query), context) for query in PARTS.values()]
    people_in, *numbers = figures.parts(db, sql, kinds)
    found = dict(zip(PARTS, numbers, strict=True))
    checked = figures.friends_checked_on(db, sql) if found["no_longer_friend"] else None
    missing = tuple(dict.fromkeys(name for name in tag_names(condition) if tags.find(db, name) is None))
    return EditorCounts(people_in, found, checked, missing)


def last_upload(db: Database, audience_id: int, condition: Condition) -> LastUpload | None:
    """The audience's newest upload, compared with the reachable people of the condition; None if there is none."""
    audience = audiences.by_id(db, audience_id)
    found = outbox.job(db, audience.last_upload["id"]) if audience and audience.last_upload else None
    if found is None:
        return None
    if found.state not in _COMPARED:
        return LastUpload(found, None)
    sql = compile_condition(condition, query_context(db))
    return LastUpload(found, figures.difference(db, found.id, sql))


def outlook(db: Database, condition: Condition) -> Outlook:
    """What sends to everybody and to this audience would come to, by what LINE told last."""
    context = query_context(db)
    sql = compile_condition(condition, context)
    today = context.now.date()
    reach = audiences.reach(db, sql.where, sql.params)
    told = shop.get_json(db, "quota")
    quota = None if not told else QuotaNow(told.get("value"), int(told.get("used") or 0))
    targets = (shop.get_json(db, "line_figures") or {}).get("targetedReaches")
    since = _a_year_before(today).isoformat()
    bought = figures.revenue(db, sql, since)
    return Outlook(
        everybody=send_cost(targets, quota, context.country, today) if isinstance(targets, int) else None,
        audience=send_cost(reach.reachable, quota, context.country, today),
        revenue=bought if bought.share is not None else None,
        quota_at=str(told["at"]) if told and told.get("at") else None,
    )


def save_as(db: Database, audience_id: int | None, name: str, query: str) -> SavedAudience:
    """Keep an audience from the editor: a new one, or another name or condition for one there is.

    Args:
        db: the writer.
        audience_id: None, or the audience that was opened; if it was deleted meanwhile, a new one is made.
        name: its name.
        query: its condition as text.

    Raises:
        UserError: if another audience has the name, LINE would not take it, or the query has a mistake.
    """
    clean = clean_audience_name(name)
    text = to_text(condition_of(db, query))
    with db.transaction():
        known = audiences.by_id(db, audience_id) if audience_id is not None else None
        other = audiences.find(db, clean)
        if other is not None and (known is None or other.id != known.id):
            raise UserError(message("audiences_page.name_taken", audience=other.name))
        step = history.begin_step(db, "audience_save", message("steps.audience_save", audience=clean))
        changed = _write(db, known, clean, text, step)
        kept = history.finish_step(db, step, int(changed))
        return SavedAudience(existing(db, clean), kept)


def shop_today(db: Database) -> datetime:
    """The shop's local date and time."""
    return query_context(db).now


def _write(db: Database, known: Audience | None, name: str, query: str, step: int) -> bool:
    now = history.utc_now()
    if known is None:
        audiences.create(db, name, query, now, step)
        return True
    before: dict[str, Any] = {"name": known.name, "key": audience_key(known.name), "query": known.query}
    after: dict[str, Any] = {"name": name, "key": audience_key(name), "query": query}
    if before == after:
        return False
    history.record_update(db, step, "audience", known.id, before, after)
    audiences.change(db, known.id, name, query, now)
    return True


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else date(day.year - 1, 2, 28)
