"""The shop's greetings: begun from a kind of shop, kept, copied as variants for a period, checked by LINE. LINE has no call that
sets a greeting; the owner pastes it into LINE Official Account Manager."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.planning.greeting import variants
from desktop.core.planning.greeting.balloons import Greeting, from_content, to_content
from desktop.core.planning.greeting.line_messages import line_messages
from desktop.core.planning.greeting.shop_kinds import start_greeting
from desktop.line_api import messages
from desktop.line_api.client import LineClient
from desktop.operations.planning import plans
from desktop.operations.planning.plans import SavedPlan
from desktop.store import shop
from desktop.store.database import Database
from desktop.store.planning.plans import Plan
from desktop.text import render

KIND = "greeting"


@dataclass(frozen=True, slots=True)
class GreetingPlan:
    """A greeting as it is kept; ``saved_at`` is a UTC instant."""

    id: int
    greeting: Greeting
    place: float
    saved_at: str


def all_greetings(db: Database) -> list[GreetingPlan]:
    """Every greeting, in the owner's order."""
    return [_greeting_plan(plan) for plan in plans.all_of(db, KIND)]


def existing(db: Database, plan_id: int) -> GreetingPlan:
    """The greeting of this number.

    Raises:
        UserError: if it is not there (any more).
    """
    return _greeting_plan(plans.existing(db, plan_id))


def save(db: Database, plan_id: int | None, greeting: Greeting) -> SavedPlan:
    """Keep a greeting, new or changed; a burst of edits is one step of the history.

    Raises:
        UserError: its name is empty, too long or taken.
    """
    return plans.save(db, KIND, plan_id, greeting.name, to_content(greeting))


def begin(db: Database, shop_kind: str = "") -> SavedPlan:
    """Make a greeting from a kind of shop's starting template, in the owner's language; an empty one without a kind.

    Args:
        db: the writer.
        shop_kind: id of ``shop_kinds.SHOP_KINDS``, or empty.
    """
    named = render(message("greeting.first_name"))
    greeting = start_greeting(shop_kind, render) if shop_kind else Greeting()
    with db.transaction():
        return save(db, None, replace(greeting, name=plans.free_name(db, KIND, named)))


def duplicate(
    db: Database, plan_id: int, name: str | None = None, *, starts: str = "", ends: str = ""
) -> SavedPlan:
    """Copy a greeting as a variant for a period, one step.

    Args:
        db: the writer.
        plan_id: what is copied.
        name: of the variant; None: the old one with a number.
        starts, ends: first and last day, ISO; empty: no limit.

    Raises:
        UserError: if it is gone, the name is empty, too long or taken, or the period ends before it begins.
    """
    known = replace(existing(db, plan_id).greeting, starts=starts, ends=ends)
    if (wrong := variants.period_problem(known)) is not None:
        raise UserError(wrong)
    with db.transaction():
        wanted = name if name is not None else plans.free_name(db, KIND, known.name)
        return save(db, None, replace(known, name=wanted))


def current(db: Database, day: date) -> GreetingPlan | None:
    """The greeting new friends should get on a day; None if none is meant for it."""
    known = {one.id: one for one in all_greetings(db)}
    number = variants.current([(one.id, one.greeting) for one in known.values()], day)
    return None if number is None else known[number]


def account_name(db: Database) -> str:
    """The account's name as LINE tells it; the shop's own name before it was ever connected."""
    account: Mapping[str, Any] = (
        shop.get_json(db, "line_account") or shop.get_json(db, "line_account_before") or {}
    )
    name = account.get("displayName")
    return name if isinstance(name, str) and name else shop.get(db, "name", "") or ""


def as_json(greeting: Greeting, friend_name: str, account_name: str) -> str:
    """The messages as LINE's Messaging API takes them, for a file or the clipboard.

    Raises:
        NotReady: something is missing or breaks a rule.
    """
    written = {"messages": line_messages(greeting, friend_name, account_name)}
    return json.dumps(written, ensure_ascii=False, indent=2) + "\n"


def validate(client: LineClient, greeting: Greeting, friend_name: str, account_name: str) -> None:
    """Ask LINE whether it would take the messages; sends nothing, costs nothing. Needs the network.

    Raises:
        NotReady: something is missing or breaks a rule; LINE is not asked.
        LineProblem: what LINE does not take, or why it cannot be asked now.
    """
    messages.validate(client, line_messages(greeting, friend_name, account_name), push=True)


def _greeting_plan(plan: Plan) -> GreetingPlan:
    return GreetingPlan(plan.id, from_content(plan.content, plan.name), plan.place, plan.saved_at)
