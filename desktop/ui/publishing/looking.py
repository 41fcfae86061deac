"""What is found out before a press: whose account it is, and what would change there."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.core.job import JobContext
from desktop.operations.line.connecting import read_figures, saved_secret
from desktop.operations.planning import publishing
from desktop.operations.planning.publishing.models import Publication
from desktop.store import publishing as publishings
from desktop.store import shop
from desktop.store.database import Database
from desktop.ui.desk import Desk


@dataclass(frozen=True)
class Meant:
    """Which account it goes to; ``asked`` is false where only the last answer is known."""

    connected: bool
    name: str = ""
    basic_id: str = ""
    asked: bool = True


@dataclass(frozen=True)
class Look:
    """What was found. ``publication`` is None without an account; ``open_job`` is the number of a job still on its way."""

    meant: Meant
    publication: Publication | None = None
    open_job: int | None = None


def look(desk: Desk, ctx: JobContext) -> Look:
    """In the network's thread: ask LINE who the shop's account is and which menus it has, then see what would change. Somebody
    else may have deleted a menu there, or shown another one, since the last press.

    Raises:
        LineProblem: LINE refuses the key; or it cannot be reached and never was.
    """
    meant = _ask(desk)
    return desk.jobs.in_reader(lambda db: examine(db, meant)) if meant.connected else Look(meant)


def examine(db: Database, meant: Meant) -> Look:
    """What a press would change now."""
    job = publishings.open_job(db)
    return Look(meant, publishing.plan(db), None if job is None else job.id)


def _ask(desk: Desk) -> Meant:
    """Who the shop's account is; by the last answer if LINE cannot be reached now."""
    from desktop.line_api.account import account
    from desktop.line_api.errors import LineProblem, Refused, SignInAgain

    credentials, practice = desk.credentials, desk.practice
    known = desk.jobs.in_reader(lambda db: shop.get_json(db, "line_account"))
    if not practice and desk.jobs.in_reader(lambda db: saved_secret(db, credentials)) is None:
        return Meant(False)
    try:
        if known is None:
            read_figures(desk.line.client(), desk.jobs.in_writer)
        found = account(desk.line.client())
    except (SignInAgain, Refused):
        raise
    except LineProblem:
        if known is None:
            raise
        return Meant(True, str(known.get("displayName", "")), str(known.get("basicId", "")), asked=False)
    try:
        desk.jobs.publish(publishing.look_at_line(desk.line.client(), desk.jobs.in_writer))
    except (SignInAgain, Refused):
        raise
    except LineProblem:
        # What the last look found has to do.
        pass
    return Meant(True, found.name, found.basic_id)
