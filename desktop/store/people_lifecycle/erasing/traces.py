"""Takes every trace of a person out of one shop file, be it the shop in use or a backup of an older layout. Orders stay as
amounts of an unknown buyer, so that revenue stays what it was."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields

from desktop.store.database import Database
from desktop.store.people_lifecycle.erasing import named, planned, published
from desktop.store.people_lifecycle.erasing.scrubbing import INSTEAD, Needles
from desktop.store.people_lifecycle.erasing.subject import Subject

_BUYER = {
    "member_no": "buyer_member_no",
    "line_user_id": "buyer_line_user_id",
    "phone": "buyer_phone",
    "email": "buyer_email",
}
_THE_SHOPS_OWN = frozenset(
    "name zone country key colour tag_limit practice created_at min_app_version erase_key extra_columns"
    " hold_out_seed message_plans repurchase repurchase_gaps".split()
)
"""Rows of the table ``shop`` that tell of the shop and nobody else, even where a member bears its name."""

_BUYER_FIELDS = (*_BUYER.values(), "buyer_name", "row_hash")


@dataclass(slots=True)
class Counts:
    """What was (or would be) erased: rows of each kind."""

    people: int = 0
    tags: int = 0
    orders: int = 0
    images: int = 0
    uploads: int = 0
    reports: int = 0
    titles: int = 0

    def __iadd__(self, other: Counts) -> Counts:
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))
        return self


def count(db: Database, subject: Subject) -> Counts:
    """What there is of a person, without changing anything; history and reports are counted when they are erased."""
    ids = json.dumps(sorted(subject.ids))
    hers = "IN (SELECT value FROM json_each(?))"
    return Counts(
        people=int(db.value(f"SELECT count(*) FROM person WHERE id {hers}", (ids,))),
        tags=int(db.value(f"SELECT count(*) FROM person_tag WHERE person_id {hers}", (ids,))),
        orders=int(db.value(f"SELECT count(*) FROM shop_order WHERE person_id {hers}", (ids,))),
        images=int(
            db.value(
                f"SELECT count(DISTINCT step_id) FROM row_change WHERE tbl = 'person' AND row_id {hers}",
                (ids,),
            )
        ),
        uploads=int(
            db.value(
                "SELECT count(DISTINCT upload_id) FROM upload_person WHERE line_user_id IN"
                " (SELECT value FROM json_each(?))",
                (json.dumps(subject.user_ids),),
            )
        ),
    )


def erase(db: Database, subject: Subject) -> Counts:
    """Take a person out of a shop file, inside the caller's transaction."""
    return _Eraser(db, subject).run()


class _Eraser:
    def __init__(self, db: Database, subject: Subject) -> None:
        self.db = db
        self.subject = subject
        self.ids = json.dumps(sorted(subject.ids))
        self.tables = frozenset(db.column("SELECT name FROM sqlite_schema WHERE type = 'table'"))
        self.counts = Counts()

    def run(self) -> Counts:
        touched = self._steps_of_hers()
        self._take_merges_apart()
        self._orders()
        self._images()
        self._rows()
        self._reports()
        self._titles(touched)
        self._questions()
        return self.counts

    def _hers(self, column: str) -> str:
        return f"{column} IN (SELECT value FROM json_each('{self.ids}'))"

    def _steps_of_hers(self) -> list[int]:
        """Steps that changed her: their titles may call her by name."""
        return self.db.column(
            f"SELECT DISTINCT step_id FROM row_change WHERE tbl = 'person' AND {self._hers('row_id')}"
        )

    def _take_merges_apart(self) -> None:
        """Images of people she was merged with, or into, for a time: they show her numbers as theirs. Those merges are not
        undone any more."""
        if "merged_person" not in self.tables:
            return
        db = self.db
        db.run("DROP TABLE IF EXISTS temp.met")
        db.run(
            "CREATE TEMP TABLE met AS SELECT o.step_id, o.person_id FROM merged_person o WHERE EXISTS"
            f" (SELECT 1 FROM merged_person m WHERE m.step_id = o.step_id AND m.keep = o.keep AND {self._hers('m.person_id')})"
        )
        db.run("DROP TABLE IF EXISTS temp.turned")
        db.run(
            "CREATE TEMP TABLE turned AS WITH RECURSIVE turned (step_id, person_id) AS (SELECT step_id, person_id FROM temp.met"
            " UNION SELECT u.id, t.person_id FROM turned t JOIN step u ON u.undoes = t.step_id) SELECT * FROM turned"
        )
        turned = "SELECT step_id, person_id FROM temp.turned"
        self.counts.images += db.run(
            f"DELETE FROM row_change WHERE tbl = 'person' AND (step_id, row_id) IN ({turned})"
        )
        # What they held goes with them: brought again without its people, half a merge would take tags and orders off the living.
        db.run(f"DELETE FROM tag_change WHERE (step_id, person_id) IN ({turned})")
        db.run(
            "DELETE FROM row_change WHERE tbl = 'shop_order' AND"
            f" (step_id, json_extract(coalesce(before, after), '$.person_id')) IN ({turned})"
        )
        db.run(f"DELETE FROM other_identity WHERE (step_id, person_id) IN ({turned})")
        db.run(
            "DELETE FROM merged_person WHERE (step_id, person_id) IN (SELECT step_id, person_id FROM temp.met)"
        )
        db.run("DROP TABLE temp.met")
        db.run("DROP TABLE temp.turned")

    def _orders(self) -> None:
        """Her orders, and orders of unknown or other buyers that name one of her own numbers."""
        db = self.db
        named = " OR ".join(
            f"{column} IN (SELECT value FROM json_each('{self._values(key)}'))"
            for key, column in _BUYER.items()
            if self._values(key) != "[]"
        )
        db.run("DROP TABLE IF EXISTS temp.her_order")
        db.run("CREATE TEMP TABLE her_order (id INTEGER PRIMARY KEY, person_id INTEGER)")
        db.run(
            f"INSERT INTO temp.her_order SELECT id, person_id FROM shop_order WHERE {self._hers('person_id')}"
            f"{' OR ' + named if named else ''}"
        )
        self.counts.orders = int(db.value("SELECT count(*) FROM temp.her_order"))
        nothing = ", ".join(f"{column} = NULL" for column in _BUYER_FIELDS)
        db.run(
            f"UPDATE shop_order SET {nothing}, person_id = iif({self._hers('person_id')}, NULL, person_id)"
            " WHERE id IN (SELECT id FROM temp.her_order)"
        )

    def _values(self, key: str) -> str:
        values = [value for column, value in sorted(self.subject.past - self.subject.shared) if column == key]
        return json.dumps(values, ensure_ascii=False).replace("'", "''")

    def _images(self) -> None:
        """Her own images go; those of orders that ever were hers lose the buyer."""
        db = self.db
        ever_hers = (
            "SELECT row_id FROM row_change WHERE tbl = 'shop_order' AND ("
            + self._hers("json_extract(before, '$.person_id')")
            + " OR "
            + self._hers("json_extract(after, '$.person_id')")
            + "".join(
                f" OR json_extract({side}, '$.{column}') IN (SELECT value FROM json_each('{self._values(key)}'))"
                for side in ("before", "after")
                for key, column in _BUYER.items()
            )
            + ") UNION SELECT id FROM temp.her_order"
        )
        emptied = {
            side: f"json_replace({side}, "
            + ", ".join(f"'$.{column}', NULL" for column in _BUYER_FIELDS)
            + ")"
            for side in ("before", "after")
        }
        self.counts.images += db.run(
            f"UPDATE row_change SET before = {emptied['before']}, after = {emptied['after']}"
            f" WHERE tbl = 'shop_order' AND row_id IN ({ever_hers})"
        )
        self.counts.images += db.run(
            f"DELETE FROM row_change WHERE tbl = 'person' AND {self._hers('row_id')}"
        )
        db.run(f"DELETE FROM tag_change WHERE {self._hers('person_id')}")
        db.run("DROP TABLE temp.her_order")

    def _rows(self) -> None:
        db, hers = self.db, self._hers
        for table, where in (
            ("other_identity", hers("person_id")),
            ("different_people", f"{hers('low')} OR {hers('high')}"),
            ("merged_person", f"{hers('person_id')} OR {hers('keep')}"),
            ("deleted_person", hers("person_id")),
            ("held_out_person", hers("person_id")),
        ):
            if table in self.tables:
                db.run(f"DELETE FROM {table} WHERE {where}")
        user_ids = json.dumps(self.subject.user_ids)
        self.counts.uploads += int(
            db.value(
                "SELECT count(DISTINCT upload_id) FROM upload_person WHERE line_user_id IN"
                " (SELECT value FROM json_each(?))",
                (user_ids,),
            )
        )
        db.run(
            f"DELETE FROM upload_person WHERE {hers('person_id')} OR line_user_id IN (SELECT value FROM json_each(?))",
            (user_ids,),
        )
        if "menu_link" in self.tables:
            published.erase_people(db, self.ids, user_ids)
        self.counts.tags += db.run(f"DELETE FROM person_tag WHERE {hers('person_id')}")
        self.counts.people += db.run(f"DELETE FROM person WHERE {hers('id')}")

    def _reports(self) -> None:
        """Cells of hers that a report of an import quotes, and file names with her name."""
        needles = self.subject.needles(shared_too=True)
        for number, file, report in self.db.all("SELECT id, file, report FROM import_file"):
            if needles.found_in(file) or _mentions(needles, report):
                self.counts.reports += 1
                self.db.run(
                    "UPDATE import_file SET file = ?, report = ? WHERE id = ?",
                    (needles.scrub(file), _without_her_cells(needles, report), number),
                )

    def _titles(self, touched: Sequence[int]) -> None:
        """Titles of steps; names she shares with somebody only where the step was about her."""
        own, all_of_hers = self.subject.needles(), self.subject.needles(shared_too=True)
        about_her = set(touched)
        for step, title in self.db.all("SELECT id, title FROM step"):
            needles = all_of_hers if step in about_her else own
            if needles.found_in(title):
                self.counts.titles += 1
                self.db.run("UPDATE step SET title = ? WHERE id = ?", (needles.scrub_json(title), step))

    def _questions(self) -> None:
        """What names her: the owner's own words and questions, past and present, their images, remembered searches."""
        needles = self.subject.needles()
        named.scrub_names(self.db, needles)
        if "published_menu" in self.tables:
            published.scrub_texts(self.db, needles)
        if "plan" in self.tables:
            planned.scrub_plans(self.db, needles)
        for table, column, key in (
            ("audience", "query", "id"),
            ("rule", "query", "id"),
            ("upload", "query", "id"),
            ("recipe", "answers", "fingerprint"),
            ("shop", "value", "key"),
        ):
            if table not in self.tables:
                continue
            for row, text in self.db.all(f"SELECT {key}, {column} FROM {table}"):
                if row not in _THE_SHOPS_OWN and needles.found_in(text):
                    self.db.run(
                        f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (needles.scrub_value(text), row)
                    )
        for step, table, row, before, after in self.db.all(
            "SELECT step_id, tbl, row_id, before, after FROM row_change WHERE tbl IN ('audience', 'rule', 'tag',"
            " 'view', 'recipe', 'plan')"
        ):
            if needles.found_in((before or "") + (after or "")):
                self.db.run(
                    "UPDATE row_change SET before = ?, after = ? WHERE step_id = ? AND tbl = ? AND row_id = ?",
                    (
                        *(
                            named.scrubbed_image(table, one, needles) if one else None
                            for one in (before, after)
                        ),
                        step,
                        table,
                        row,
                    ),
                )


def _without_her_cells(needles: Needles, report: str) -> str:
    """A report without the cells of rows that name her anywhere: a birthday alone tells nothing, beside her phone it does."""
    told = json.loads(report)
    problems = told.get("problems", ()) if isinstance(told, dict) else ()
    hers = {(sheet, row) for sheet, row, _, value, *_ in problems if needles.found_in(str(value))}
    for problem in problems:
        if (problem[0], problem[1]) in hers:
            problem[3] = INSTEAD
    scrubbed = needles.scrub_value(told)
    return json.dumps(scrubbed, ensure_ascii=False)


def _mentions(needles: Needles, report: str) -> bool:
    """Texts inside texts (a reason's message) are quoted twice; what is looked for has no quotes that matter."""
    return needles.found_in(report) or needles.found_in(report.replace("\\", ""))
