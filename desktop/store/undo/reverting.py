"""Turns a step of the history back or forward. Whatever changed since is compared with the step's images:
a field is reverted if it still equals what the step left, else it is kept; what no longer fits (a full
person, a taken number) is impossible. Plain undo and redo write under the step itself; undoing an older
step writes a new one."""

from __future__ import annotations

from dataclasses import replace

from desktop.store import figures
from desktop.store.database import Database
from desktop.store.people_lifecycle.different_people import pairs_of
from desktop.store.undo.creations import forget_creations, note_taken_by_others, write_down_creations
from desktop.store.undo.merge_turning import MergeTurn, merge_behind
from desktop.store.undo.merged_fields import (
    SETTLED_HERE,
    fold_again,
    remember_marked,
    settle_by_hand,
    settle_own_columns,
)
from desktop.store.undo.pin_turning import turn_pins
from desktop.store.undo.recipe_turning import TABLE as RECIPES
from desktop.store.undo.recipe_turning import turn_recipes
from desktop.store.undo.row_images import IMAGED, Imaged
from desktop.store.undo.tag_turning import turn_tags
from desktop.store.undo.turn_report import Reverted, note, note_ids, report, start_report
from desktop.store.undo.view_turning import TABLE as VIEWS
from desktop.store.undo.view_turning import turn_views

_IN_USE = {
    "tag": "EXISTS (SELECT 1 FROM person_tag t WHERE t.tag_id = r.id)",
    "audience": "r.query IS NOT json_extract(e.image, '$.query') OR r.name IS NOT json_extract(e.image, '$.name')",
    "shop_order": "r.changed_step IS NOT json_extract(e.image, '$.changed_step')",
    "person": "r.changed_step IS NOT json_extract(e.image, '$.changed_step')"
    " OR EXISTS (SELECT 1 FROM person_tag t WHERE t.person_id = r.id)"
    " OR EXISTS (SELECT 1 FROM shop_order o WHERE o.person_id = r.id)",
    "rule": "r.query IS NOT json_extract(e.image, '$.query') OR r.tag_id IS NOT json_extract(e.image, '$.tag_id')",
    "plan": "r.content IS NOT json_extract(e.image, '$.content') OR r.name IS NOT json_extract(e.image, '$.name')",
}
"""SQL on the row ``r`` and its image ``e``: whether it is used or was changed since, so that it stays."""


class _Turn:
    """One turning of one step; ``back`` is undo. ``into`` is the step that records it, None for plain undo and redo."""

    def __init__(self, db: Database, step_id: int, back: bool, into: int | None) -> None:
        self.db = db
        self.step = step_id
        self.into = into
        self.now, self.then = ("after", "before") if back else ("before", "after")
        self.back = back
        start_report(db)

    def run(self) -> Reverted:
        if self.back:
            write_down_creations(self.db, self.step)
        for imaged in IMAGED:
            self._bring_back(imaged)
        self._revert_fields()
        turn_tags(self.db, self.step, back=self.back, into=self.into)
        for imaged in reversed(IMAGED):
            self._take_away(imaged)
        turn_pins(self.db, self.step, back=self.back, into=self.into)
        besides = turn_views(self.db, self.step, back=self.back, into=self.into)
        besides += turn_recipes(self.db, self.step, back=self.back, into=self.into)
        figures.refresh(
            self.db, "SELECT row_id FROM temp.turn_report WHERE tbl = 'person' AND fate = 'figures'"
        )
        if not self.back:
            forget_creations(self.db, self.step)
        told = report(self.db)
        return told if told.count else replace(told, count=besides + pairs_of(self.db, self.step))

    def _bring_back(self, imaged: Imaged) -> None:
        """Rows that the turning creates; who is there already (kept by another undo) stays as she is."""
        table = imaged.table
        images = (
            f"SELECT row_id, {self.then} AS image FROM row_change WHERE step_id = ?1 AND tbl = '{table}'"
            f" AND {self.now} IS NULL AND {self.then} IS NOT NULL"
        )
        missing = f"row_id NOT IN (SELECT id FROM {table})"
        note(self.db, "missing", table, f"SELECT row_id FROM ({images}) WHERE {missing}", (self.step,))
        if self.into is not None:
            note_taken_by_others(self.db, self.step, table)
        source = (
            f"{images} AND row_id IN (SELECT row_id FROM temp.turn_report WHERE tbl = '{table}'"
            " AND fate = 'missing')"
        )
        self.db.run(
            f"INSERT OR IGNORE INTO {table} (id, {', '.join(imaged.columns)}) SELECT row_id,"
            f" {imaged.from_image} FROM ({source})",
            (self.step,),
        )
        note(
            self.db,
            "reverted",
            table,
            f"SELECT s.row_id FROM ({source}) s JOIN {table} r ON r.id = s.row_id",
            (self.step,),
        )
        note(self.db, "figures", table, f"SELECT s.row_id FROM ({source}) s", (self.step,))
        note(self.db, "impossible", table, f"SELECT row_id FROM ({source}) WHERE {missing}", (self.step,))
        self._name_the_impossible(table)
        if table == "shop_order":
            self._insert_items(source)
        if self.into is not None:
            self.db.run(
                "INSERT INTO row_change (step_id, tbl, row_id, before, after)"
                f" SELECT ?2, '{table}', s.row_id, NULL, s.image FROM ({source}) s JOIN {table} r ON"
                " r.id = s.row_id",
                (self.step, self.into),
            )

    def _name_the_impossible(self, table: str) -> None:
        """Who cannot come back is named by her image."""
        self.db.run(
            "UPDATE temp.turn_report SET name = (SELECT coalesce(json_extract(c.before, '$.name'),"
            " json_extract(c.after, '$.name'))"
            " FROM row_change c WHERE c.step_id = ? AND c.tbl = turn_report.tbl AND c.row_id ="
            " turn_report.row_id)"
            f" WHERE tbl = '{table}' AND fate = 'impossible'",
            (self.step,),
        )

    def _revert_fields(self) -> None:
        self._find_fields()
        self._drop_taken_keys()
        settle_by_hand(self.db)
        self.db.run(
            "UPDATE temp.turn_field SET target = NULL WHERE tbl = 'shop_order' AND field = 'person_id'"
            " AND target NOT IN (SELECT id FROM person)"
        )
        if self.into is not None:
            self.db.run(
                "INSERT INTO row_change (step_id, tbl, row_id, before, after) SELECT ?, tbl, row_id,"
                " json_group_object(field, expected), json_group_object(field, target) FROM"
                " temp.turn_field GROUP BY tbl, row_id",
                (self.into,),
            )
            self._carry_items()
        for table, field in self.db.all("SELECT DISTINCT tbl, field FROM temp.turn_field"):
            self.db.run(
                f"UPDATE {table} SET {field} = f.target FROM temp.turn_field f"
                f" WHERE f.tbl = ? AND f.field = ? AND f.row_id = {table}.id",
                (table, field),
            )
            note(
                self.db,
                "reverted",
                table,
                "SELECT row_id FROM temp.turn_field WHERE tbl = ? AND field = ?",
                (table, field),
            )
        fold_again(self.db)
        self._restore_items()
        self._touch_buyers()

    def _find_fields(self) -> None:
        """The fields that still are as the step left them; others are kept as changed since."""
        self.db.run(
            "INSERT INTO temp.turn_field SELECT c.tbl, c.row_id, f.key, f.value,"
            f" json_extract(c.{self.then}, '$.' || f.key) FROM row_change c, json_each(c.{self.now}) f"
            " WHERE c.step_id = ? AND c.before IS NOT NULL AND c.after IS NOT NULL AND f.key NOT IN ('items', 'pinned')"
            f" AND c.tbl NOT IN ('{VIEWS}', '{RECIPES}')",
            (self.step,),
        )
        remember_marked(self.db)
        note_ids(self.db, "kept", "person", settle_own_columns(self.db))
        which = "tbl = ?1 AND field = ?2"
        for table, field in self.db.all("SELECT DISTINCT tbl, field FROM temp.turn_field"):
            if field == "by_hand":
                continue
            changed = (
                f"SELECT row_id FROM temp.turn_field f WHERE {which} AND NOT EXISTS"
                f" (SELECT 1 FROM {table} r WHERE r.id = f.row_id AND r.{field} IS f.expected)"
            )
            if field not in SETTLED_HERE:
                note(self.db, "kept", table, changed, (table, field))
            if field.startswith("stated_"):
                stated = f"SELECT row_id FROM temp.turn_field WHERE {which}"
                note(self.db, "figures", table, stated, (table, field))
            self.db.run(
                f"DELETE FROM temp.turn_field WHERE {which} AND row_id IN ({changed})", (table, field)
            )

    def _carry_items(self) -> None:
        """The new step's images of an order need its items too."""
        side = (
            f"(SELECT json_extract(c.{{}}, '$.items') FROM row_change c WHERE c.step_id = {self.step}"
            " AND c.tbl = 'shop_order' AND c.row_id = row_change.row_id)"
        )
        self.db.run(
            f"UPDATE row_change SET before = json_set(before, '$.items', json({side.format(self.now)})),"
            f" after = json_set(after, '$.items', json({side.format(self.then)}))"
            " WHERE step_id = ? AND tbl = 'shop_order' AND json_type(before, '$.row_hash') IS NOT NULL",
            (self.into,),
        )

    def _restore_items(self) -> None:
        """An order that turns back gets the items of that time."""
        turned = "SELECT row_id FROM temp.turn_field WHERE tbl = 'shop_order' AND field = 'row_hash'"
        self.db.run(f"DELETE FROM order_item WHERE order_id IN ({turned})")
        self._insert_items(
            f"SELECT row_id, {self.then} AS image FROM row_change WHERE step_id = ?1 AND tbl = 'shop_order'"
            f" AND row_id IN ({turned})"
        )

    def _insert_items(self, images: str) -> None:
        self.db.run(
            "INSERT OR IGNORE INTO order_item (order_id, line, item, quantity, amount)"
            " SELECT s.row_id, json_extract(i.value, '$[0]'), json_extract(i.value, '$[1]'),"
            " json_extract(i.value, '$[2]'),"
            f" json_extract(i.value, '$[3]') FROM ({images}) s, json_each(s.image, '$.items') i"
            " WHERE s.row_id IN (SELECT id FROM shop_order)",
            (self.step,),
        )

    def _drop_taken_keys(self) -> None:
        """A unique number that somebody else has by now cannot come back."""
        for table, field in (
            ("person", "member_no"),
            ("person", "line_user_id"),
            ("tag", "key"),
            ("audience", "key"),
            ("rule", "key"),
            ("plan", "key"),
        ):
            taken = (
                f"SELECT f.row_id FROM temp.turn_field f JOIN {table} r ON r.{field} = f.target AND"
                " r.id <> f.row_id"
                f" WHERE f.tbl = '{table}' AND f.field = '{field}'"
            )
            note(self.db, "impossible", table, taken)
            self.db.run(f"DELETE FROM temp.turn_field WHERE tbl = '{table}' AND row_id IN ({taken})")

    def _touch_buyers(self) -> None:
        """People whose orders came or went need their figures anew."""
        self.db.run(
            "INSERT OR IGNORE INTO temp.turn_report (tbl, row_id, fate) SELECT 'person', person,"
            " 'figures' FROM ("
            " SELECT expected AS person FROM temp.turn_field WHERE tbl = 'shop_order' AND field = 'person_id'"
            " UNION SELECT target FROM temp.turn_field WHERE tbl = 'shop_order' AND field = 'person_id'"
            " UNION SELECT o.person_id FROM shop_order o JOIN temp.turn_field f ON f.tbl ="
            " 'shop_order' AND f.row_id = o.id"
            " UNION SELECT json_extract(coalesce(c.before, c.after), '$.person_id') FROM row_change c"
            " WHERE c.step_id = ? AND c.tbl = 'shop_order') WHERE person IS NOT NULL",
            (self.step,),
        )

    def _take_away(self, imaged: Imaged) -> None:
        table, in_use = imaged.table, _IN_USE[imaged.table]
        entries = (
            f"SELECT row_id, {self.now} AS image FROM row_change WHERE step_id = ?1 AND tbl = '{table}'"
            f" AND {self.now} IS NOT NULL AND {self.then} IS NULL"
        )
        note(
            self.db,
            "kept",
            table,
            f"SELECT e.row_id FROM ({entries}) e JOIN {table} r ON r.id = e.row_id WHERE {in_use}",
            (self.step,),
        )
        going = (
            f"SELECT e.row_id FROM ({entries}) e JOIN {table} r ON r.id = e.row_id WHERE e.row_id NOT IN"
            f" (SELECT row_id FROM temp.turn_report WHERE tbl = '{table}' AND fate = 'kept')"
        )
        note(self.db, "reverted", table, going, (self.step,))
        if table == "shop_order":
            # Whoever they found meanwhile, who need not be the one of the image.
            buyers = (
                f"SELECT person_id AS row_id FROM shop_order WHERE person_id IS NOT NULL AND id IN ({going})"
            )
            note(self.db, "figures", "person", buyers, (self.step,))
        if self.into is not None:
            self.db.run(
                "INSERT INTO row_change (step_id, tbl, row_id, before, after)"
                f" SELECT ?2, '{table}', r.id, {imaged.image}, NULL FROM {table} r WHERE r.id IN ({going})",
                (self.step, self.into),
            )
        self.db.run(f"DELETE FROM {table} WHERE id IN ({going})", (self.step,))


def turn(db: Database, step_id: int, *, back: bool, into: int | None = None) -> Reverted:
    """Turn the changes of a step back (undo) or forward (redo) inside the caller's transaction.

    Args:
        step_id: the step.
        back: True for undo.
        into: the new step that records the turning when an older step is undone; None for plain undo and redo.
    """
    merge = merge_behind(db, step_id)
    if merge is None:
        return _Turn(db, step_id, back, into).run()
    return MergeTurn(db, step_id, merge, back=back, into=into).run()
