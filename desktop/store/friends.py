"""Who is a friend on LINE, as far as a dated check found out: flags and display names of people by their user
ID, and new people for friends the shop does not know yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.core.people.search_text import folded
from desktop.store.database import Database
from desktop.store.people_lifecycle import deleted_people, erased_keys
from desktop.store.people_lifecycle.friend_likeness import Friend, Member


@dataclass(frozen=True, slots=True)
class FriendSeen:
    """What LINE said of one user ID; ``name`` is the display name, None where it was not asked."""

    user_id: str
    friend: bool
    name: str | None = None


@dataclass(frozen=True, slots=True)
class FriendCounts:
    """People new to the shop, people whose flag or display name changed, people no longer friends (among the
    changed), people about whom nothing is new but the date of the check, and friends left out because they were deleted,
    erased, or merged into somebody."""

    new: int
    updated: int
    gone: int
    unchanged: int
    left_out: int = 0

    def followed_by(self, later: FriendCounts) -> FriendCounts:
        """The counts of two writings of one reading: the later one saw everybody of the earlier again."""
        return FriendCounts(
            self.new + later.new,
            self.updated + later.updated,
            self.gone + later.gone,
            max(0, later.unchanged - self.new - self.updated),
            max(self.left_out, later.left_out),
        )


def names_by_user_id(db: Database) -> dict[str, str | None]:
    """The LINE display name kept for each user ID of the shop."""
    rows = db.each("SELECT line_user_id, line_name FROM person WHERE line_user_id IS NOT NULL")
    return dict(rows)


def with_user_id(db: Database) -> int:
    """How many people have a LINE user ID."""
    return int(db.value("SELECT count(*) FROM person WHERE line_user_id IS NOT NULL"))


def sample(db: Database, count: int, *, at_least: int = 1) -> list[str]:
    """Some user IDs of the shop, chosen at random: of those LINE never confirmed if there are enough of them, for those that LINE
    itself listed say nothing about the others.

    Args:
        count: how many at most.
        at_least: so many unconfirmed ones are enough to be asked for alone.
    """
    ids = "SELECT line_user_id FROM person WHERE line_user_id IS NOT NULL"
    some = db.column(f"{ids} AND friend IS NULL ORDER BY random() LIMIT ?", (count,))
    return some if len(some) >= at_least else db.column(f"{ids} ORDER BY random() LIMIT ?", (count,))


def write(
    db: Database, step_id: int, checked_at: str, seen: Iterable[FriendSeen], *, complete: bool
) -> FriendCounts:
    """Keep what LINE said, with images for the step.

    A check is no edit: it leaves ``changed_step`` alone, so that an import can still be undone after it.

    Args:
        db: the shop, inside a transaction.
        step_id: the step it belongs to.
        checked_at: local date and time of the check.
        seen: one entry a user ID.
        complete: whether ``seen`` are all friends there are, so that whoever is missing is none any more.
    """
    _stage(db, seen, complete)
    left_out = _leave_out(db)
    updated, gone, unchanged = _differences(db)
    _update(db, step_id, checked_at)
    new = db.run(
        "INSERT INTO person (line_user_id, line_name, folded, friend, friend_checked_at, orders, total, created_step,"
        " changed_step) SELECT s.line_user_id, s.name, s.folded, 1, ?1, 0, 0, ?2, ?2 FROM temp.friend_seen s"
        " WHERE s.friend = 1 AND s.line_user_id NOT IN (SELECT line_user_id FROM person WHERE line_user_id IS NOT NULL)"
        " ORDER BY s.rowid",
        (checked_at, step_id),
    )
    db.run("DROP TABLE temp.friend_seen")
    return FriendCounts(new, updated, gone, unchanged, left_out)


def _leave_out(db: Database) -> int:
    """Friends who are nobody's entry here any more: deleted and not allowed back, erased, or somebody's second user ID."""
    unknown = "line_user_id NOT IN (SELECT line_user_id FROM person WHERE line_user_id IS NOT NULL)"
    merged = (
        "SELECT o.value FROM other_identity o JOIN step s ON s.id = o.step_id AND s.state = 'done'"
        " WHERE o.key = 'line_user_id' AND o.person_id IN (SELECT id FROM person)"
    )
    deleted = f"SELECT value FROM ({deleted_people.keys_in_force()}) WHERE key = 'line_user_id'"
    gone = db.run(
        f"DELETE FROM temp.friend_seen WHERE {unknown} AND line_user_id IN ({merged} UNION {deleted})"
    )
    erased = erased_keys.load(db)
    if erased:
        for user_id in db.column(f"SELECT line_user_id FROM temp.friend_seen WHERE {unknown}"):
            if erased.holds("line_user_id", user_id):
                gone += db.run("DELETE FROM temp.friend_seen WHERE line_user_id = ?", (user_id,))
    return gone


def _stage(db: Database, seen: Iterable[FriendSeen], complete: bool) -> None:
    db.run("DROP TABLE IF EXISTS temp.friend_seen")
    db.run(
        "CREATE TEMP TABLE friend_seen (line_user_id TEXT PRIMARY KEY, friend INTEGER, name TEXT, folded TEXT)"
    )
    db.many(
        "INSERT OR IGNORE INTO temp.friend_seen VALUES (?, ?, ?, ?)",
        ((one.user_id, int(one.friend), one.name or None, folded(None, one.name, None)) for one in seen),
    )
    if complete:
        db.run(
            "INSERT OR IGNORE INTO temp.friend_seen (line_user_id, friend) SELECT line_user_id, 0 FROM person"
            " WHERE line_user_id IS NOT NULL"
        )
    # What a person typed in herself is hers; what LINE did not tell stays as it is.
    db.run(
        "UPDATE temp.friend_seen SET name = p.line_name FROM person p WHERE p.line_user_id = friend_seen.line_user_id"
        " AND (friend_seen.name IS NULL OR EXISTS (SELECT 1 FROM json_each(p.by_hand) WHERE value = 'line_name'))"
    )


def _differences(db: Database) -> tuple[int, int, int]:
    """How many known people have a new flag or name, how many of them are no longer friends, and how many
    have neither."""
    row = db.row(
        "SELECT total(p.friend IS NOT s.friend OR p.line_name IS NOT s.name), total(p.friend IS NOT 0 AND s.friend = 0),"
        " total(p.friend IS s.friend AND p.line_name IS s.name)"
        " FROM temp.friend_seen s JOIN person p ON p.line_user_id = s.line_user_id"
    )
    updated, gone, unchanged = (int(value) for value in row or (0, 0, 0))
    return updated, gone, unchanged


def _update(db: Database, step_id: int, checked_at: str) -> None:
    renamed = db.all(
        "SELECT p.id, p.name, s.name, p.note FROM temp.friend_seen s JOIN person p ON p.line_user_id = s.line_user_id"
        " WHERE p.line_name IS NOT s.name"
    )
    db.run("DROP TABLE IF EXISTS temp.friend_renamed")
    db.run("CREATE TEMP TABLE friend_renamed (id INTEGER PRIMARY KEY, folded TEXT)")
    db.many(
        "INSERT INTO temp.friend_renamed VALUES (?, ?)",
        ((person, folded(name, line_name, note)) for person, name, line_name, note in renamed),
    )
    kept = "'friend', p.friend, 'friend_checked_at', p.friend_checked_at"
    became = "'friend', s.friend, 'friend_checked_at', ?2"
    db.run(
        "INSERT INTO row_change (step_id, tbl, row_id, before, after) SELECT ?1, 'person', p.id,"
        f" iif(r.id IS NULL, json_object({kept}), json_object({kept}, 'line_name', p.line_name, 'folded', p.folded)),"
        f" iif(r.id IS NULL, json_object({became}), json_object({became}, 'line_name', s.name, 'folded', r.folded))"
        " FROM temp.friend_seen s JOIN person p ON p.line_user_id = s.line_user_id"
        " LEFT JOIN temp.friend_renamed r ON r.id = p.id",
        (step_id, checked_at),
    )
    db.run(
        "UPDATE person SET friend = s.friend, friend_checked_at = ?, line_name = s.name"
        " FROM temp.friend_seen s WHERE s.line_user_id = person.line_user_id",
        (checked_at,),
    )
    db.run(
        "UPDATE person SET folded = r.folded FROM temp.friend_renamed r WHERE r.id = person.id",
    )
    db.run("DROP TABLE temp.friend_renamed")


_ALONE = "p.line_user_id IS NOT NULL AND p.member_no IS NULL AND p.phone IS NULL AND p.email IS NULL"
_UNBOUND = (
    "p.line_user_id IS NULL AND (p.member_no IS NOT NULL OR p.phone IS NOT NULL OR p.email IS NOT NULL)"
)


def alone(db: Database) -> int:
    """How many friends the shop knows no member number, phone or e-mail of."""
    return int(db.value(f"SELECT count(*) FROM person p WHERE {_ALONE}"))


def unbound(db: Database) -> int:
    """How many shop members have no user ID."""
    return int(db.value(f"SELECT count(*) FROM person p WHERE {_UNBOUND}"))


def to_join(db: Database) -> tuple[list[Friend], list[Member]]:
    """Friends the shop knows no number of, and shop members without a user ID, as they are compared."""
    friends = [
        Friend(person, shown, day)
        for person, shown, day in db.each(
            "SELECT p.id, coalesce(nullif(p.line_name, ''), p.name) AS shown, substr(p.friend_at, 1, 10) FROM person p"
            f" WHERE {_ALONE} AND shown IS NOT NULL ORDER BY p.id"
        )
    ]
    ordered: dict[int, list[str]] = {}
    for person, name in db.each(
        "SELECT DISTINCT o.person_id, o.buyer_name FROM shop_order o JOIN person p ON p.id = o.person_id"
        f" WHERE {_UNBOUND} AND o.buyer_name IS NOT NULL AND o.buyer_name IS NOT p.name"
    ):
        ordered.setdefault(person, []).append(name)
    members = [
        Member(person, name or "", email, tuple(ordered.get(person, ())), frozenset(filter(None, days)))
        for person, name, email, *days in db.each(
            "SELECT p.id, p.name, p.email, substr(p.joined_at, 1, 10), substr(p.bound_at, 1, 10),"
            f" substr(p.first_order, 1, 10) FROM person p WHERE {_UNBOUND} ORDER BY p.id"
        )
    ]
    return friends, members
