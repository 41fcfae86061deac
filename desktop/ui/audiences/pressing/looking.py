"""What is found out before a press becomes an upload: whose account it is, how the audience stands at LINE, and every check."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from desktop.core.job import JobContext
from desktop.operations.line import audiences_at_line, keeping_in_step, preflight
from desktop.operations.line.connecting import saved_secret
from desktop.operations.line.keeping_in_step import Drift
from desktop.operations.line.preflight import Check
from desktop.store import audiences, outbox, shop
from desktop.store.audiences import Audience
from desktop.store.database import Database
from desktop.ui import i18n
from desktop.ui.desk import Desk

LISTING_IS_FRESH = timedelta(hours=1)
NOT_WORTH_A_SHEET = frozenset({"few", "quota"})
"""Notes for a later send: they are shown where the sheet is open anyway, and never open it."""

UNKNOWN_PROVIDER = "keeping.check.provider_unknown"
"""Nobody looked yet whose user IDs these are: worth a word before a shop's first upload, and no more afterwards."""


@dataclass(frozen=True)
class Plan:
    """What is to be uploaded: the audience's number (None: not saved yet), its name, its condition, and how many it reaches."""

    audience_id: int | None
    name: str
    query: str
    reachable: int


@dataclass(frozen=True)
class Meant:
    """Which account it goes to; ``asked`` is false where only the last answer is known."""

    connected: bool
    name: str = ""
    basic_id: str = ""
    asked: bool = True


@dataclass(frozen=True)
class Look:
    """What was found. ``drift`` is None while nothing can be said, because no account is connected; ``first`` is whether the shop
    never uploaded anything."""

    meant: Meant
    checks: tuple[Check, ...] = ()
    drift: Drift | None = None
    practice: bool = False
    first: bool = False

    @property
    def stops(self) -> tuple[Check, ...]:
        """What stands in the way."""
        return tuple(check for check in self.checks if check.state == "stop")

    @property
    def needs_words(self) -> bool:
        """Whether something is to be said before it goes: a check, or an audience that another will replace."""
        unknown = self.first and not self.practice
        worth = any(is_worth_a_sheet(check, provider=unknown) for check in self.checks)
        return worth or bool(self.stops) or (self.drift is not None and self.drift.way == "replace")


def is_worth_a_sheet(check: Check, *, provider: bool) -> bool:
    """Whether a check alone opens the sheet.

    Args:
        check: the check.
        provider: whether it is time to say that nobody looked whose user IDs these are.
    """
    if check.text.key == UNKNOWN_PROVIDER:
        return provider
    return check.state != "ok" and check.id not in NOT_WORTH_A_SHEET


def look(desk: Desk, plan: Plan, ctx: JobContext) -> Look:
    """In the network's thread: ask LINE who the shop's account is and what it holds, then check everything here.

    Raises:
        LineProblem: LINE refuses the key; or it cannot be reached and never was.
    """
    meant = _ask(desk)
    if not meant.connected:
        return Look(meant)
    if meant.asked:
        _list_anew(desk, plan, ctx)
    checks, drift, first = desk.jobs.in_reader(lambda db: examine(db, plan))
    return Look(meant, checks, drift, desk.practice, first)


def examine(db: Database, plan: Plan) -> tuple[tuple[Check, ...], Drift, bool]:
    """Check an audience as it stands in the editor, saved or not; and whether the shop never uploaded anything."""
    audience = as_planned(db, plan)
    first = not outbox.jobs(db, limit=1)
    return preflight.preflight(db, audience), keeping_in_step.drift(db, audience), first


def as_planned(db: Database, plan: Plan) -> Audience:
    """The audience a plan would save."""
    known = audiences.by_id(db, plan.audience_id) if plan.audience_id is not None else None
    if known is not None:
        return replace(known, name=plan.name, query=plan.query)
    return Audience(plan.audience_id or 0, plan.name, plan.query, "")


def _list_anew(desk: Desk, plan: Plan, ctx: JobContext) -> None:
    """So that the limit and names in use are judged by what LINE holds now; an old listing will do if LINE is busy. Where the
    last one is fresh, LINE is asked about this audience alone: somebody may have deleted it since."""
    from desktop.line_api.errors import RetryLater

    at = desk.jobs.in_reader(audiences_at_line.stored_listing).at
    fresh = at and timedelta(0) <= datetime.now(UTC) - i18n.parse_instant(at) < LISTING_IS_FRESH
    try:
        if not fresh:
            audiences_at_line.listing(desk.line.client(), desk.jobs.in_writer, job=ctx)
        elif plan.audience_id is not None:
            audiences_at_line.ask_about(desk.line.client(), desk.jobs.in_writer, plan.audience_id)
    except RetryLater:
        return


def _ask(desk: Desk) -> Meant:
    """Who the shop's account is; by the last answer if LINE cannot be reached now."""
    from desktop.line_api.account import account
    from desktop.line_api.errors import LineProblem, Refused, SignInAgain

    credentials, practice = desk.credentials, desk.practice
    known = desk.jobs.in_reader(lambda db: shop.get_json(db, "line_account"))
    if not practice and desk.jobs.in_reader(lambda db: saved_secret(db, credentials)) is None:
        return Meant(False)
    try:
        found = account(desk.line.client())
    except (SignInAgain, Refused):
        raise
    except LineProblem:
        if known is None:
            raise
        return Meant(True, str(known.get("displayName", "")), str(known.get("basicId", "")), asked=False)
    return Meant(True, found.name, found.basic_id)
