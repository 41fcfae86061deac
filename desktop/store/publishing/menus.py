"""Frozen menus, which of them a publication consists of, and what stands at LINE: menus, aliases, the default."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from desktop.store.database import Database

_WORN = "erased:"
"""Before the digest of a menu that somebody had who was erased since."""


@dataclass(frozen=True, slots=True)
class FrozenMenu:
    """A menu as LINE gets it, without its picture.

    Attributes:
        key: the mark that stands in the name LINE keeps.
        plan_id: the plan it was made of; the plan may be gone.
        digest: what it looks like, to tell whether a plan still looks so; never the same as a plan's while it is worn.
        object: LINE's rich menu object.
        rich_menu_id: LINE's number, None before LINE has it.
        pictured: whether LINE has its picture.
        gone: whether it is not at LINE any more.
    """

    id: int
    key: str
    account: str
    plan_id: int | None
    name: str
    alias: str
    digest: str
    object: Mapping[str, Any]
    media_type: str
    rich_menu_id: str | None
    created_at: str | None
    pictured: bool
    gone: bool

    @property
    def usable(self) -> bool:
        """Whether it is at LINE with its picture."""
        return self.rich_menu_id is not None and self.pictured and not self.gone

    @property
    def worn(self) -> bool:
        """Whether somebody had it who was erased since: LINE still shows it to her until it is deleted there."""
        return self.digest.startswith(_WORN)

    @property
    def look(self) -> str:
        """Its digest, worn or not."""
        return self.digest.removeprefix(_WORN)

    def is_called(self, name: str) -> bool:
        """Whether a menu that LINE lists is this one. Its key tells even where words of the name were erased here since."""
        return name == self.object.get("name") or self.key in name


@dataclass(frozen=True, slots=True)
class Slot:
    """One menu of a publication: ``role`` is default, people or tab; ``query`` finds the people it is for."""

    menu: FrozenMenu
    role: str
    query: str


@dataclass(frozen=True, slots=True)
class NewMenu:
    """A menu to be frozen."""

    key: str
    account: str
    plan_id: int | None
    name: str
    alias: str
    digest: str
    object: Mapping[str, Any]
    media_type: str
    image: bytes


_COLUMNS = (
    "m.id, m.key, m.account, m.plan_id, m.name, m.alias, m.digest, m.object, m.media_type, m.rich_menu_id, m.created_at,"
    " m.pictured_at IS NOT NULL, m.gone_at IS NOT NULL"
)


def freeze(db: Database, menu: NewMenu) -> int:
    """Keep a menu as LINE will get it; returns its number."""
    return db.insert(
        "INSERT INTO published_menu (key, account, plan_id, name, alias, digest, object, media_type, image)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            menu.key,
            menu.account,
            menu.plan_id,
            menu.name,
            menu.alias,
            menu.digest,
            json.dumps(menu.object, ensure_ascii=False),
            menu.media_type,
            menu.image,
        ),
    )


def menu(db: Database, menu_id: int) -> FrozenMenu:
    """One frozen menu.

    Raises:
        KeyError: if there is none of this number.
    """
    row = db.row(f"SELECT {_COLUMNS} FROM published_menu m WHERE m.id = ?", (menu_id,))
    if row is None:
        raise KeyError(menu_id)
    return _menu(row)


def image(db: Database, menu_id: int) -> bytes | None:
    """A menu's picture as a file; None once the program has deleted the menu at LINE."""
    found = db.value("SELECT image FROM published_menu WHERE id = ?", (menu_id,))
    return None if found is None else bytes(found)


def at_line(db: Database, account: str) -> list[FrozenMenu]:
    """The menus that are at LINE, or may be there because nobody knows what became of the request, oldest first."""
    rows = db.all(
        f"SELECT {_COLUMNS} FROM published_menu m WHERE m.account = ? AND m.gone_at IS NULL AND (m.rich_menu_id IS NOT NULL"
        " OR EXISTS (SELECT 1 FROM publishing_request r WHERE r.menu_id = m.id AND r.method = 'create' AND r.attempts > 0))"
        " ORDER BY m.id",
        (account,),
    )
    return [_menu(row) for row in rows]


def created(db: Database, menu_id: int, rich_menu_id: str, now: str) -> None:
    """LINE has the menu."""
    db.run(
        "UPDATE published_menu SET rich_menu_id = ?, created_at = coalesce(created_at, ?) WHERE id = ?",
        (rich_menu_id, now, menu_id),
    )


def pictured(db: Database, menu_id: int, now: str) -> None:
    """LINE has its picture."""
    db.run("UPDATE published_menu SET pictured_at = ? WHERE id = ?", (now, menu_id))


def wear(db: Database, menu_ids: Iterable[int]) -> None:
    """Somebody who has one of these menus is erased: the next publication makes it anew and deletes this one at LINE."""
    db.many(
        "UPDATE published_menu SET digest = ?1 || digest WHERE id = ?2 AND gone_at IS NULL AND plan_id IS NOT NULL"
        " AND digest NOT LIKE ?1 || '%'",
        ((_WORN, menu_id) for menu_id in menu_ids),
    )


def drop_images(db: Database, account_id: str, kept: Iterable[int]) -> None:
    """Forget the pictures of worn menus that are deleted at LINE, apart from those that may be made again."""
    db.run(
        "UPDATE published_menu SET image = NULL WHERE account = ? AND gone_at IS NOT NULL AND digest LIKE ? || '%'"
        " AND id NOT IN (SELECT value FROM json_each(?))",
        (account_id, _WORN, json.dumps(list(kept))),
    )


def gone(db: Database, menu_id: int, now: str, *, by_us: bool) -> None:
    """It is not at LINE any more, so nobody has it, no alias leads to it, and it is nobody's default. Its picture is kept where
    it may have to be made again: somebody else deleted it, or it was worn."""
    db.run(
        "UPDATE published_menu SET gone_at = ?, image = iif(? AND digest NOT LIKE ? || '%', NULL, image) WHERE id = ?",
        (now, by_us, _WORN, menu_id),
    )
    db.run("DELETE FROM menu_link WHERE menu_id = ?", (menu_id,))
    db.run("DELETE FROM menu_alias WHERE menu_id = ?", (menu_id,))
    db.run("UPDATE menu_account SET default_menu = NULL WHERE default_menu = ?", (menu_id,))


# Publications


def compose(db: Database, publishing_id: int, slots: Iterable[tuple[int, str, str]]) -> None:
    """Write down which menus a publication consists of: (menu, role, query) in order of priority."""
    db.many(
        "INSERT INTO publishing_menu (publishing_id, place, menu_id, role, query) VALUES (?, ?, ?, ?, ?)",
        ((publishing_id, place, *slot) for place, slot in enumerate(slots)),
    )


def roster(db: Database, publishing_id: int | None) -> list[Slot]:
    """The menus of a publication in order of priority; none for None."""
    rows = db.all(
        f"SELECT s.role, s.query, {_COLUMNS} FROM publishing_menu s JOIN published_menu m ON m.id = s.menu_id"
        " WHERE s.publishing_id = ? ORDER BY s.place",
        (publishing_id,),
    )
    return [Slot(_menu(row[2:]), row[0], row[1]) for row in rows]


# What stands at LINE


@dataclass(frozen=True, slots=True)
class AccountMenus:
    """What is known of an account: the default menu of ours (None: none), the publication that is live, whether all of it is in
    doubt because a backup was restored, and whether another program's default was seen."""

    default_menu: int | None = None
    live_id: int | None = None
    doubtful: bool = False
    others_default: bool = False


def account(db: Database, account_id: str) -> AccountMenus:
    """What is known of an account."""
    row = db.row(
        "SELECT default_menu, live_id, doubtful, others_default FROM menu_account WHERE account = ?",
        (account_id,),
    )
    return AccountMenus() if row is None else AccountMenus(row[0], row[1], bool(row[2]), bool(row[3]))


def set_default(db: Database, account_id: str, menu_id: int | None) -> None:
    """Everybody without a menu of her own sees this one of ours now; None: the manager's, if there is one."""
    db.run(
        "INSERT INTO menu_account (account, default_menu) VALUES (?1, ?2)"
        " ON CONFLICT (account) DO UPDATE SET default_menu = ?2, others_default = 0",
        (account_id, menu_id),
    )


def set_others_default(db: Database, account_id: str) -> None:
    """Everybody without a menu of her own sees one that another program made."""
    set_default(db, account_id, None)
    db.run("UPDATE menu_account SET others_default = 1 WHERE account = ?", (account_id,))


def default_in_doubt(db: Database, account_id: str) -> bool:
    """Whether nobody knows what became of the last request about an account's default menu. One that LINE has certainly not
    processed changed nothing."""
    state = db.value(
        "SELECT r.state FROM publishing_request r JOIN publishing j ON j.id = r.publishing_id WHERE j.account = ?"
        " AND r.method IN ('default', 'clear_default') AND r.state <> 'waiting'"
        " ORDER BY r.publishing_id DESC, r.seq DESC LIMIT 1",
        (account_id,),
    )
    return state is not None and state != "done"


def set_live(db: Database, account_id: str, publishing_id: int) -> None:
    """This publication is live now."""
    db.run(
        "INSERT INTO menu_account (account, live_id) VALUES (?1, ?2) ON CONFLICT (account) DO UPDATE SET live_id = ?2",
        (account_id, publishing_id),
    )


def certain(db: Database, account_id: str) -> None:
    """LINE was asked: menus, aliases and the default are known again, whatever became of requests of jobs that are over."""
    db.run("UPDATE menu_account SET doubtful = 0 WHERE account = ?", (account_id,))
    db.run(
        "UPDATE publishing_request SET state = 'waiting' WHERE method IN ('default', 'clear_default') AND state = 'unknown'"
        " AND publishing_id IN (SELECT id FROM publishing WHERE account = ? AND state IN ('refused', 'cancelled'))",
        (account_id,),
    )


def aliases(db: Database, account_id: str) -> dict[str, int]:
    """Which menu each alias leads to."""
    return dict(db.all("SELECT alias, menu_id FROM menu_alias WHERE account = ?", (account_id,)))


def set_alias(db: Database, account_id: str, alias: str, menu_id: int | None) -> None:
    """An alias leads to this menu now; None: it is gone."""
    if menu_id is None:
        db.run("DELETE FROM menu_alias WHERE account = ? AND alias = ?", (account_id, alias))
        return
    db.run(
        "INSERT INTO menu_alias (account, alias, menu_id) VALUES (?1, ?2, ?3)"
        " ON CONFLICT (account, alias) DO UPDATE SET menu_id = ?3",
        (account_id, alias, menu_id),
    )


def _menu(row: tuple[Any, ...]) -> FrozenMenu:
    values = list(row)
    values[7] = json.loads(values[7])
    values[11], values[12] = bool(values[11]), bool(values[12])
    return FrozenMenu(*values)
