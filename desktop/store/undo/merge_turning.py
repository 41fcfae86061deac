"""Turning a merge back and forward. Those who were merged into one person come apart together or not at all: nothing of
hers may have changed since, else she is named as impossible and everything of hers stays as it is."""

from __future__ import annotations

from dataclasses import replace

from desktop.store import figures
from desktop.store.database import Database
from desktop.store.people_lifecycle.merge_marks import mark_of
from desktop.store.undo.merged_fields import fold_people
from desktop.store.undo.row_images import PERSON
from desktop.store.undo.tag_turning import turn_tags
from desktop.store.undo.turn_report import Reverted, note, report, start_report

_CHAIN = (
    "WITH RECURSIVE chain (id, depth) AS (SELECT {0}, 0 UNION ALL"
    " SELECT s.undoes, depth + 1 FROM chain c JOIN step s ON s.id = c.id WHERE s.undoes IS NOT NULL)"
)
_TOLD_BY_LINE = "('friend', 'friend_checked_at', 'folded')"
"""What a later check of LINE's says, and what follows from it, does not keep two people together."""


def merge_behind(db: Database, step_id: int) -> tuple[int, int] | None:
    """The merge that a step is, or takes back (or brings again …), and how many undos lie between; None if it is no such step."""
    row = db.row(f"{_CHAIN.format('?')} SELECT id, depth FROM chain ORDER BY depth DESC LIMIT 1", (step_id,))
    if row is None or db.value("SELECT 1 FROM merged_person WHERE step_id = ? LIMIT 1", (row[0],)) is None:
        return None
    return row[0], row[1]


class MergeTurn:
    """One turning of one merge, inside the caller's transaction.

    Args:
        step_id: the step to turn: the merge itself, or an undo of it.
        merge: what :func:`merge_behind` says of it.
        back: True for undo.
        into: the step that records the turning; None for plain undo and redo.
    """

    def __init__(
        self, db: Database, step_id: int, merge: tuple[int, int], *, back: bool, into: int | None
    ) -> None:
        self.db = db
        self.step = step_id
        self.merge, depth = merge
        self.apart = back == (depth % 2 == 0)
        self.now, self.then = ("after", "before") if back else ("before", "after")
        self.back = back
        self.into = into

    def run(self) -> Reverted:
        """Turn everybody whom nothing keeps; the others are named."""
        self._list_groups()
        if self.into is not None:
            self._find_obstructed()
        self._note_images()
        if self.apart:
            self._write_fields()
            self._bring_back()
            self._move_orders()
            turn_tags(self.db, self.step, back=self.back, into=self.into)
        else:
            self._move_orders()
            turn_tags(self.db, self.step, back=self.back, into=self.into)
            self.db.run("DELETE FROM person WHERE id IN (SELECT id FROM temp.turning WHERE id <> keep)")
            self._write_fields()
        fold_people(self.db, "SELECT id FROM temp.turning")
        figures.refresh(self.db, "SELECT id FROM temp.turning")
        self._renew_marks()
        count = int(self.db.value("SELECT count(*) FROM temp.turning WHERE id <> keep"))
        return replace(report(self.db), count=count)

    def obstructed(self) -> bool:
        """Whether somebody changed since, so that not all can be turned."""
        self._list_groups()
        self._find_obstructed()
        return bool(self.db.value("SELECT 1 FROM temp.turn_left_out LIMIT 1"))

    def _list_groups(self) -> None:
        """Everybody whom this step turned, with the one who stays; a group needs all its images."""
        start_report(self.db)
        self.db.run("DROP TABLE IF EXISTS temp.turning")
        self.db.run(
            "CREATE TEMP TABLE turning (id INTEGER PRIMARY KEY, keep INTEGER, apart TEXT, joined TEXT, imaged INTEGER,"
            " now TEXT, later TEXT)"
        )
        self.db.run(
            "INSERT INTO temp.turning SELECT m.person_id, m.keep, m.apart, m.joined, c.row_id IS NOT NULL,"
            f" c.{self.now}, c.{self.then} FROM merged_person m LEFT JOIN row_change c"
            " ON c.step_id = ?2 AND c.tbl = 'person' AND c.row_id = m.person_id WHERE m.step_id = ?1"
            " AND EXISTS (SELECT 1 FROM row_change k WHERE k.step_id = ?2 AND k.tbl = 'person' AND k.row_id = m.keep)",
            (self.merge, self.step),
        )

    def _find_obstructed(self) -> None:
        groups = (self._changed(), self._held_differently(), self._taken(), self._half_there())
        keeps = " UNION ".join(groups)
        note(self.db, "impossible", "person", f"SELECT keep AS row_id FROM ({keeps})")
        self.db.run(
            "INSERT INTO temp.turn_left_out SELECT DISTINCT id FROM temp.turning"
            " WHERE keep IN (SELECT row_id FROM temp.turn_report WHERE fate = 'impossible')"
        )
        self.db.run(
            "UPDATE temp.turn_report SET name = (SELECT coalesce(json_extract(c.before, '$.name'),"
            " json_extract(c.before, '$.line_name')) FROM row_change c JOIN merged_person m ON m.step_id = c.step_id"
            " AND m.person_id = c.row_id WHERE c.tbl = 'person' AND c.step_id = ?1 AND c.after IS NULL"
            " AND m.keep = turn_report.row_id LIMIT 1)"
            " WHERE fate = 'impossible' AND row_id NOT IN (SELECT id FROM person)",
            (self.merge,),
        )
        self.db.run("DELETE FROM temp.turning WHERE id IN (SELECT id FROM temp.turn_left_out)")

    def _changed(self) -> str:
        """Who is not as the step left her, or not there."""
        columns = ", ".join(f"'{column}', r.{column}" for column in PERSON.columns)
        return (
            "SELECT i.keep FROM temp.turning i LEFT JOIN person r ON r.id = i.id WHERE i.now IS NOT NULL AND"
            f" (r.id IS NULL OR EXISTS (SELECT 1 FROM json_each(i.now) f JOIN json_each(json_object({columns})) n"
            f" ON n.key = f.key WHERE f.key NOT IN {_TOLD_BY_LINE} AND n.value IS NOT f.value))"
        )

    def _held_differently(self) -> str:
        """Whose tags or orders are not what they were."""
        if self.apart:
            return (
                f"SELECT keep FROM temp.turning WHERE id = keep AND joined IS NOT {mark_of('turning.keep')}"
            )
        return f"SELECT keep FROM temp.turning WHERE apart IS NOT {mark_of('turning.id')}"

    def _taken(self) -> str:
        """Whose numbers somebody else has by now."""
        return " UNION ".join(
            f"SELECT i.keep FROM temp.turning i JOIN person p ON p.{key} = json_extract(i.later, '$.{key}')"
            " WHERE NOT EXISTS (SELECT 1 FROM temp.turning g WHERE g.id = p.id AND g.keep = i.keep)"
            for key in ("member_no", "line_user_id")
        )

    def _half_there(self) -> str:
        """Groups of which somebody has no image any more, or is there who should not be."""
        return (
            "SELECT t.keep FROM temp.turning t LEFT JOIN person r ON r.id = t.id WHERE t.imaged = 0"
            " OR (t.now IS NULL AND r.id IS NOT NULL) OR (t.now IS NULL AND t.later IS NULL)"
        )

    def _note_images(self) -> None:
        if self.into is None:
            return
        self.db.run(
            "INSERT INTO row_change (step_id, tbl, row_id, before, after)"
            " SELECT ?, 'person', id, now, later FROM temp.turning",
            (self.into,),
        )
        self.db.run(
            "INSERT INTO row_change (step_id, tbl, row_id, before, after)"
            f" SELECT ?, 'shop_order', order_id, json_object('person_id', now), json_object('person_id', later)"
            f" FROM ({self._orders()})",
            (self.into,),
        )

    def _orders(self) -> str:
        """Orders that move, as they are where the step left them."""
        person = "json_extract(c.{}, '$.person_id')"
        return (
            f"SELECT o.id AS order_id, {person.format(self.now)} AS now, {person.format(self.then)} AS later"
            f" FROM row_change c JOIN shop_order o ON o.id = c.row_id AND o.person_id = {person.format(self.now)}"
            f" JOIN temp.turning t ON t.id = {person.format(self.then)}"
            f" WHERE c.step_id = {self.step} AND c.tbl = 'shop_order'"
        )

    def _move_orders(self) -> None:
        self.db.run("DROP TABLE IF EXISTS temp.turning_order")
        self.db.run(f"CREATE TEMP TABLE turning_order AS {self._orders()}")
        self.db.run(
            "UPDATE shop_order SET person_id = m.later FROM temp.turning_order m WHERE m.order_id = shop_order.id"
        )
        self.db.run("DROP TABLE temp.turning_order")

    def _bring_back(self) -> None:
        self.db.run(
            f"INSERT INTO person (id, {', '.join(PERSON.columns)}) SELECT id, {PERSON.from_image}"
            " FROM (SELECT id, later AS image FROM temp.turning WHERE now IS NULL)"
        )

    def _renew_marks(self) -> None:
        """What they hold as they stand now: not always what they held before, as a tag may have been deleted meanwhile."""
        which = "person_id IN (SELECT id FROM temp.turning)" + ("" if self.apart else " AND person_id = keep")
        column = "apart" if self.apart else "joined"
        self.db.run(
            f"UPDATE merged_person SET {column} = {mark_of('merged_person.person_id')} WHERE step_id = ? AND {which}",
            (self.merge,),
        )

    def _write_fields(self) -> None:
        staying = "SELECT id, later FROM temp.turning WHERE id = keep AND later IS NOT NULL"
        for field in self.db.column(f"SELECT DISTINCT f.key FROM ({staying}) s, json_each(s.later) f"):
            self.db.run(
                f"UPDATE person SET {field} = json_extract(s.later, '$.{field}') FROM ({staying}) s"
                f" WHERE s.id = person.id AND json_type(s.later, '$.{field}') IS NOT NULL"
            )


def settle_identities(db: Database, merge: int) -> None:
    """After a merge was turned: the keys of those who are one belong to a step that is done, of those who are apart to one
    that is not. A merge of many can be taken back for some of them only."""
    steps = "WITH RECURSIVE chain (id) AS (SELECT ?1 UNION ALL SELECT s.id FROM step s JOIN chain c ON s.undoes = c.id)"
    states = db.all(
        f"{steps} SELECT s.id, s.state FROM chain JOIN step s ON s.id = chain.id ORDER BY s.id", (merge,)
    )
    ids = ", ".join(str(step) for step, _ in states)
    done = next((step for step, state in states if state == "done"), None)
    undone = next((step for step, state in states if state == "undone"), None)
    joined = (
        f"SELECT m.keep FROM merged_person m WHERE m.step_id = {merge} AND m.person_id NOT IN (SELECT id FROM person)"
        " AND NOT EXISTS (SELECT 1 FROM row_change c JOIN step s ON s.id = c.step_id AND s.state = 'done'"
        f" WHERE c.tbl = 'person' AND c.row_id = m.person_id AND c.after IS NULL AND c.step_id NOT IN ({ids}))"
    )
    for step, which in ((done, "IN"), (undone, "NOT IN")):
        if step is not None:
            for table, person in (
                ("other_identity", f"person_id {which} ({joined})"),
                ("different_people", f"(low {which} ({joined}) AND high {which} ({joined}))"),
            ):
                db.run(
                    f"UPDATE OR REPLACE {table} SET step_id = {step} WHERE step_id IN ({ids}) AND {person}"
                )
