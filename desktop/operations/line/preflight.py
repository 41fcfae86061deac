"""What is checked before a press becomes a request: each check says how it stands, and what cures it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.core.errors import UserError
from desktop.core.limits import AUDIENCE
from desktop.core.message import Message, message
from desktop.core.people.audience import clean_audience_name
from desktop.core.people.upload_name import name_key, upload_name
from desktop.operations.audiences.audiences import condition_of
from desktop.operations.line.audiences_at_line import stored_listing
from desktop.operations.line.keeping_in_step import line_state
from desktop.operations.line.provider_check import last_check
from desktop.store import audiences, history, outbox, shop
from desktop.store.audiences import Audience
from desktop.store.condition_sql import Sql, compile_condition, query_context
from desktop.store.database import Database
from desktop.store.outbox import at_line

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


ROOM_LEFT = 20
"""With fewer audiences left to make, the owner is told in time."""

_MALFORMED_SHOWN = 50
_TAKES_MORE = ("on_its_way", "processing", "ready")
"""How an audience at LINE stands to which people can be added, or in whose place another comes under its name."""


def preflight(db: Database, audience: Audience) -> tuple[Check, ...]:
    """All checks of an audience, in order; asks nobody. An upload is possible if none is ``stop``.

    Args:
        db: the shop.
        audience: the saved audience.
    """
    sql = compile_condition(condition_of(db, audience.query), query_context(db))
    meant = outbox.meant(db, audience.id, sql.where, sql.params)
    return (
        _paused(db),
        _name(audience),
        _people(db, sql, meant),
        _too_many(meant),
        _id_format(db, audience, sql),
        # A user ID belongs to one person only: the shop file sees to that.
        Check("duplicates", "ok", message("keeping.check.duplicates_ok")),
        _provider(db),
        _limit(db),
        _name_taken(db, audience),
        _quota(db, meant),
        _few(meant),
    )


def can_upload(checks: tuple[Check, ...]) -> bool:
    """Whether nothing stands in the way."""
    return all(check.state != "stop" for check in checks)


def _paused(db: Database) -> Check:
    if shop.get(db, "uploads_paused") == "1":
        return Check("paused", "stop", message("outbox.paused"), "check_restored")
    return Check("paused", "ok", message("keeping.check.paused_ok"))


def _name(audience: Audience) -> Check:
    try:
        clean_audience_name(audience.name)
    except UserError as error:
        return Check("name", "stop", error.text, "rename")
    return Check("name", "ok", message("keeping.check.name_ok"))


def _people(db: Database, sql: Sql, meant: int) -> Check:
    if meant:
        return Check("people", "ok", message("keeping.check.people_ok", n=meant))
    reach = audiences.reach(db, sql.where, sql.params)
    text = message(
        "keeping.check.people_none", n=reach.people, without=reach.without_user_id, held=reach.reachable
    )
    return Check("people", "stop", text, "line_ids")


def _too_many(meant: int) -> Check:
    limit = AUDIENCE.ids_per_file
    if meant > limit:
        return Check("too_many", "stop", message("keeping.check.too_many", n=meant, limit=limit), "split")
    return Check("too_many", "ok", message("keeping.check.too_many_ok", limit=limit))


def _id_format(db: Database, audience: Audience, sql: Sql) -> Check:
    wrong = outbox.malformed_people(db, audience.id, sql.where, sql.params)
    if not wrong:
        return Check("id_format", "ok", message("keeping.check.id_format_ok"))
    text = message("keeping.check.id_format", n=len(wrong))
    return Check("id_format", "stop", text, "correct_ids", tuple(wrong[:_MALFORMED_SHOWN]))


def _provider(db: Database) -> Check:
    check = last_check(db)
    if check is None and shop.is_practice(db):
        # Its people are invented together with their account.
        return Check("provider", "ok", message("keeping.check.provider_practice"))
    if check is None or check.verdict == "unclear":
        return Check("provider", "warning", message("keeping.check.provider_unknown"), "check_provider")
    params = {"asked": check.asked, "known": check.known, "at": check.at}
    if check.verdict == "own":
        return Check("provider", "ok", message("keeping.check.provider_ok", **params))
    if check.verdict == "few":
        return Check("provider", "warning", message("keeping.check.provider_few", **params), "line_ids")
    return Check("provider", "stop", message("keeping.check.provider_foreign", **params), "line_ids")


def _limit(db: Database) -> Check:
    listed = stored_listing(db)
    if listed.at is None:
        return Check("limit", "ok", message("keeping.check.limit_unknown"))
    if not listed.room:
        text = message("keeping.check.limit_full", limit=listed.limit)
        return Check("limit", "stop", text, "line_audiences")
    if listed.room < ROOM_LEFT:
        text = message("keeping.check.limit_near", room=listed.room)
        return Check("limit", "warning", text, "line_audiences")
    return Check("limit", "ok", message("keeping.check.limit_ok", room=listed.room))


def _name_taken(db: Database, audience: Audience) -> Check:
    taken, key = outbox.names_in_use(db), name_key(audience.name)
    own = at_line.current(db, audience.id)
    state = line_state(db, audience.id)
    ours = own is not None and name_key(own.name) == key
    if key in taken and not (ours and state in _TAKES_MORE):
        name = upload_name(audience.name, outbox.local_day(db, history.utc_now()), taken)
        if ours and state == "expired":
            # LINE keeps what has expired for another month, and its name with it.
            text = message("keeping.check.name_expired", name=name)
            return Check("name_taken", "warning", text, "line_audiences")
        return Check("name_taken", "warning", message("keeping.check.name_taken", name=name), "rename")
    return Check("name_taken", "ok", message("keeping.check.name_taken_ok"))


def _quota(db: Database, meant: int) -> Check:
    kept = shop.get_json(db, "quota")
    if not kept:
        return Check("quota", "ok", message("keeping.check.quota_unknown"))
    if kept.get("value") is None:
        return Check("quota", "ok", message("keeping.check.quota_none"))
    left = max(0, int(kept["value"]) - int(kept.get("used") or 0))
    if left < meant:
        return Check("quota", "warning", message("keeping.check.quota_short", left=left, n=meant), "quota")
    return Check("quota", "ok", message("keeping.check.quota_ok", left=left))


def _few(meant: int) -> Check:
    if 0 < meant < AUDIENCE.demographic_minimum:
        return Check("few", "warning", message("keeping.check.few", n=AUDIENCE.demographic_minimum))
    return Check("few", "ok", message("keeping.check.few_ok"))
