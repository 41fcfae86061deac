"""Rows settled by the database at one go come out exactly as if each had been matched with care: by chance, on shops, files and
edits in between."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desktop.core.people.selection import Selection
from desktop.importer.checking import people as checking
from desktop.importer.reader import open_source
from desktop.importer.recipe import Answers
from desktop.operations.history import undoing
from desktop.operations.importing import importing
from desktop.operations.people import deleting, merging
from desktop.operations.tagging import tagging
from desktop.store import shop
from desktop.store.database import Database, connect
from desktop.store.imports.plain_rows import Brought, settle_plain_rows
from desktop.store.people_lifecycle import erased_keys
from desktop.store.shop_file import ShopFile
from tests.chance_files import TAGS, members_file
from tests.conftest import LONG

_TABLES = "incoming fate person_update tag_name tag_list tag_wish tag_drop other_identity".split()
_WALKS = 100 if LONG else 8
_STEPS = 12


class Ways:
    """Checks a file in both ways."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.settled = 0

    def plan(self, db: Database, file: Path, answers: Answers, *, with_care: bool) -> importing.Plan:
        """The plan of a file; ``with_care`` row by row."""

        def settle(
            staging: Database,
            brought: Brought,
            sharing: Sequence[int],
            rows: int,
            job: Any,
            *more: Sequence[int],
        ) -> list[int]:
            if with_care:
                return list(range(1, rows + 1))
            left = settle_plain_rows(staging, brought, sharing, rows, job, *more)
            self.settled += rows - len(left)
            return left

        self._monkeypatch.setattr(checking, "settle_plain_rows", settle)
        with open_source(file) as source:
            (recipe,) = importing.look(db, source, answers)
            return importing.check(db, source, recipe)


def what_it_does(plan: importing.Plan) -> dict[str, Any]:
    """Everything a plan would change, and its report."""
    staged = connect(plan.staging_file)
    try:
        found: dict[str, Any] = {
            table: staged.all(f"SELECT * FROM {table} ORDER BY 1, 2") for table in _TABLES
        }
    finally:
        staged.close()
    return {**found, "report": plan.report}


@pytest.mark.parametrize("seed", range(_WALKS))
def test_settled_at_one_go_and_with_care_is_the_same(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, ways, file = Random(seed), Ways(monkeypatch), tmp_path / "名單.csv"
    people = chance.choice((5, 7, 30))
    fields = members_file(file, chance, people)
    with ShopFile.create(tmp_path / "店.tagline", name="店") as opened:
        db = opened.writer()
        with db.transaction():
            shop.put(db, "tag_limit", "4")
        for _ in range(_STEPS):
            if chance.random() < 0.7:
                fields = members_file(file, chance, people)
            answers = decisions(fields, chance)
            careful = ways.plan(db, file, answers, with_care=True)
            plain = ways.plan(db, file, answers, with_care=False)
            assert what_it_does(plain) == what_it_does(careful)
            careful.drop()
            importing.commit(db, plain)
            _edit(db, chance)


def test_what_is_there_already_needs_no_care(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ways, file = Ways(monkeypatch), tmp_path / "名單.csv"
    text = "會員編號,手機,姓名,標籤,口味\n" + "".join(
        f"A{n},0912345{n:03d},王小明,熟客、VIP,拿鐵\n" for n in range(5)
    )
    answers = Answers(
        dict(
            zip(
                text.split("\n", 1)[0].split(","),
                ("member_no", "phone", "name", "tags", "extra"),
                strict=True,
            )
        )
    )
    file.write_text(text, encoding="utf-8")
    with ShopFile.create(tmp_path / "店.tagline", name="店") as opened:
        db = opened.writer()
        importing.commit(db, ways.plan(db, file, answers, with_care=False))
        assert ways.settled == 0  # nobody there yet
        ways.plan(db, file, answers, with_care=False).drop()
        assert ways.settled == 5
        file.write_text(text.replace("A3,0912345003,王小明", "A3,0912345003,王大明"), encoding="utf-8")
        ways.plan(db, file, answers, with_care=False).drop()
        assert ways.settled == 9


def decisions(fields: dict[str, str], chance: Random) -> Answers:
    """What an owner may decide about such a file; mostly nothing."""
    if chance.random() < 0.4:
        return Answers(fields)
    overwrite = {
        column: chance.choice(("replace", "fill", "clear")) for column in fields if chance.random() < 0.4
    }
    return Answers(
        fields,
        policy=chance.choice((None, None, "create", "update")),
        overwrite=overwrite,
        tag_mode=chance.choice((None, "replace")),
        import_tag=chance.choice((None, None, "這次", "VIP")),
        decisions={row: chance.choice(("new", "skip", "person:1", "person:2")) for row in range(2, 5)},
    )


def _edit(db: Database, chance: Random) -> None:
    """What an owner does between two imports."""
    everybody = db.column("SELECT id FROM person ORDER BY id")
    if not everybody:
        return
    tags_there = db.column("SELECT name FROM tag ORDER BY id")
    some = Selection.of(chance.sample(everybody, chance.randint(1, len(everybody))))
    match chance.randrange(9):
        case 6 if len(everybody) > 1:
            keep, gone = chance.sample(everybody, 2)
            merging.merge(db, [merging.MergeChoice(keep, gone)])
        case 7:
            deleting.delete(db, Selection.of(chance.sample(everybody, 1)))
        case 8:
            with db.transaction():
                erased_keys.remember(db, [("phone", "+886912345001"), ("member_no", "A3")])
        case 0:
            tagging.tag(db, some, chance.choice(TAGS))
        case 1 if tags_there:
            tagging.untag(db, some, chance.choice(tags_there))
        case 2:
            undoing.undo(db)
        case 3:
            with db.transaction():
                db.run(
                    "UPDATE person SET store = '手改店', by_hand = '[\"store\",\"phone\"]' WHERE id = ?",
                    (chance.choice(everybody),),
                )
        case 4:
            with db.transaction():
                db.run(
                    "UPDATE person SET member_no = NULL, consent = 0 WHERE id = ?",
                    (chance.choice(everybody),),
                )
