"""Who should have which menu, who has which, and the difference: people a job gives another menu, or takes one from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.store.conditions.values import Sql
from desktop.store.database import Database
from desktop.store.reach.id_health import WELL_FORMED

LINKABLE = f"({WELL_FORMED} AND p.blocked IS NOT 1 AND p.friend IS NOT 0)"
"""SQL on ``person p``: who can be given a menu. LINE drops everybody who is no friend without a word; a menu is no message, so
neither consent nor 「不發訊息」 counts."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A menu and the compiled condition on ``person p`` of whom it is for; the first choice that holds wins. ``menu`` may be
    any number that stands for one that is not frozen yet."""

    menu: int
    sql: Sql


@dataclass(frozen=True, slots=True)
class Differences:
    """What would change: how many should have each menu, how many of these do not have it yet, and how many lose theirs."""

    people: dict[int, int] = field(default_factory=dict)
    link: dict[int, int] = field(default_factory=dict)
    unlink: int = 0

    @property
    def count(self) -> int:
        """Everybody concerned."""
        return sum(self.link.values()) + self.unlink


def differences(
    db: Database, account: str, choices: Sequence[Choice], *, without_refused: bool = False
) -> Differences:
    """Compare who should have which menu with who has which at an account.

    Args:
        db: any connection.
        account: the account's own user ID.
        choices: menus and whom they are for, in order of priority.
        without_refused: leave out of what would change whom LINE refused with the last press.
    """
    wanted, params = _wanted(choices)
    refused = db.column(_REFUSED, (account,)) if without_refused else []
    other = " AND {} NOT IN (SELECT value FROM json_each(?))"
    found = Differences()
    for menu, people, link in db.all(
        f"WITH wanted AS MATERIALIZED ({wanted}) SELECT w.menu, count(*), total(l.menu_id IS NOT w.menu{other.format('w.uid')})"
        " FROM wanted w LEFT JOIN menu_link l ON l.account = ? AND l.line_user_id = w.uid WHERE w.menu IS NOT NULL"
        " GROUP BY w.menu",
        (*params, json.dumps(refused), account),
    ):
        found.people[menu], found.link[menu] = people, int(link)
    unlink = db.value(
        f"WITH wanted AS MATERIALIZED ({wanted}) SELECT count(*) {_UNLINK}{other.format('l.line_user_id')}",
        (*params, account, json.dumps(refused)),
    )
    return Differences(found.people, {menu: n for menu, n in found.link.items() if n}, unlink)


def freeze(
    db: Database, publishing_id: int, account: str, choices: Sequence[Choice]
) -> list[tuple[int | None, int, int]]:
    """Write down whom a job gives which menu, and from whom it takes hers.

    Returns:
        (menu, the first place of its people, how many): first the menus in the order of the choices, then None for those who lose
        theirs.
    """
    wanted, params = _wanted(choices)
    order = (
        "CASE menu "
        + " ".join(f"WHEN {int(one.menu)} THEN {n}" for n, one in enumerate(choices))
        + " ELSE 1e9 END"
    )
    if not choices:
        order = "0"
    db.run(
        "INSERT INTO publishing_person (publishing_id, place, person_id, line_user_id, menu_id)"
        f" WITH wanted AS MATERIALIZED ({wanted}) SELECT ?, row_number() OVER (ORDER BY {order}, uid) - 1, pid, uid, menu FROM ("
        " SELECT w.pid, w.uid, w.menu FROM wanted w LEFT JOIN menu_link l ON l.account = ? AND l.line_user_id = w.uid"
        " WHERE w.menu IS NOT NULL AND l.menu_id IS NOT w.menu"
        f" UNION ALL SELECT l.person_id, l.line_user_id, NULL {_UNLINK})",
        (*params, publishing_id, account, account),
    )
    rows = db.all(
        "SELECT menu_id, min(place), count(*) FROM publishing_person WHERE publishing_id = ? GROUP BY menu_id"
        " ORDER BY min(place)",
        (publishing_id,),
    )
    return [(menu, first, count) for menu, first, count in rows]


def block(db: Database, publishing_id: int, first: int, count: int) -> list[str]:
    """The user IDs of a block of a job's people; who was erased since is missing."""
    return db.column(
        "SELECT line_user_id FROM publishing_person WHERE publishing_id = ? AND place >= ? AND place < ? ORDER BY place",
        (publishing_id, first, first + count),
    )


def linked(db: Database, publishing_id: int, account: str, first: int, count: int, now: str) -> None:
    """LINE has given a block of a job's people their menu, or taken theirs; the job's list needs them no longer."""
    block_of = "publishing_id = ? AND place >= ? AND place < ?"
    place = (publishing_id, first, first + count)
    db.run(
        "INSERT INTO menu_link (account, line_user_id, person_id, menu_id, linked_at)"
        " SELECT ?, line_user_id, person_id, menu_id, ?"
        f" FROM publishing_person WHERE {block_of} AND menu_id IS NOT NULL ON CONFLICT (account, line_user_id) DO UPDATE SET"
        " person_id = excluded.person_id, menu_id = excluded.menu_id, linked_at = excluded.linked_at",
        (account, now, *place),
    )
    db.run(
        "DELETE FROM menu_link WHERE account = ? AND line_user_id IN"
        f" (SELECT line_user_id FROM publishing_person WHERE {block_of} AND menu_id IS NULL)",
        (account, *place),
    )
    db.run(f"DELETE FROM publishing_person WHERE {block_of}", place)


def having(db: Database, account: str, *, reachable: bool = False) -> dict[int, int]:
    """How many people have each menu as their own; only those who have not left the account, if they have to be
    ``reachable``."""
    left = " AND NOT EXISTS (SELECT 1 FROM person p WHERE p.line_user_id = l.line_user_id AND (p.blocked OR p.friend = 0))"
    return dict(
        db.all(
            "SELECT menu_id, count(*) FROM menu_link l WHERE account = ? AND menu_id IS NOT NULL"
            f"{left if reachable else ''} GROUP BY menu_id",
            (account,),
        )
    )


def unsure(db: Database, account: str) -> int:
    """How many people have a menu of which nobody knows which it is."""
    return int(db.value("SELECT count(*) FROM menu_link WHERE account = ? AND menu_id IS NULL", (account,)))


def doubt(db: Database, now: str, account: str) -> None:
    """A backup was restored: who has which menu is not known any more, neither at this account nor at others the file knows."""
    if account:
        db.run("INSERT OR IGNORE INTO menu_account (account) VALUES (?)", (account,))
    db.run("UPDATE menu_link SET menu_id = NULL")
    db.run(
        "INSERT OR IGNORE INTO menu_link (account, line_user_id, person_id, menu_id, linked_at)"
        f" SELECT a.account, p.line_user_id, p.id, NULL, ? FROM menu_account a, person p WHERE {WELL_FORMED}",
        (now,),
    )
    db.run("UPDATE menu_account SET doubtful = 1")


_REFUSED = (
    "SELECT f.line_user_id FROM publishing_person f JOIN publishing j ON j.id = f.publishing_id"
    " WHERE j.account = ? AND j.state = 'done'"
)

_UNLINK = (
    "FROM menu_link l LEFT JOIN wanted w ON w.uid = l.line_user_id"
    " WHERE l.account = ? AND ((w.uid IS NOT NULL AND w.menu IS NULL)"
    " OR NOT EXISTS (SELECT 1 FROM person p WHERE p.line_user_id = l.line_user_id))"
)
"""Who has a menu of her own that is meant for nobody like her, or is not in the list any more. Who has blocked the account
keeps what she has."""


def _wanted(choices: Sequence[Choice]) -> tuple[str, list[Any]]:
    """SQL that gives (uid, pid, menu) of everybody who can be given a menu; menu NULL: none of her own."""
    params: list[Any] = []
    case = "NULL"
    if choices:
        case = "CASE " + " ".join(f"WHEN ({one.sql.where}) THEN {int(one.menu)}" for one in choices) + " END"
        params = [value for one in choices for value in one.sql.params]
    return f"SELECT p.line_user_id AS uid, p.id AS pid, {case} AS menu FROM person p WHERE {LINKABLE}", params
