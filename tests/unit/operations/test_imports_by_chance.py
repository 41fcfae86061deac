"""Imports by chance: rows always add up to what really happened, whatever the owner decided; the order of rows does not matter where
no two are about the same person; and what is taken back, in whatever order, is as a simple model says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.core.people.selection import Selection
from desktop.importer.reader import open_source
from desktop.importer.recipe import Answers
from desktop.operations.history import undoing
from desktop.operations.importing import importing
from desktop.operations.importing.importing import ImportOutcome
from desktop.operations.people import deleting, merging
from desktop.operations.tagging import tagging
from desktop.store import history, shop
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile
from tests.chance_files import TAGS, members_file, orders_file
from tests.conftest import LONG

_FEW = settings(max_examples=100 if LONG else 12)
_FIELDS = {"會員編號": "member_no", "姓名": "name", "門市": "store", "標籤": "tags"}


@contextmanager
def new_shop(tag_limit: int = 10) -> Iterator[tuple[Database, Path]]:
    """An empty shop, and a file beside it to be written."""
    with TemporaryDirectory() as folder, ShopFile.create(Path(folder) / "店.tagline", name="店") as opened:
        db = opened.writer()
        with db.transaction():
            shop.put(db, "tag_limit", str(tag_limit))
        yield db, Path(folder) / "檔案.csv"


def take(db: Database, file: Path, answers: Answers) -> ImportOutcome:
    """Import a file; its rows add up."""
    with open_source(file) as source:
        (recipe,) = importing.look(db, source, answers)
        outcome = importing.commit(db, importing.check(db, source, recipe))
    report = outcome.report
    assert report.rows == report.new + report.updated + report.unchanged + len(report.skipped)
    assert (outcome.step is None) == (report.new + report.updated == 0)
    return outcome


def decided(fields: dict[str, str], chance: Random) -> Answers:
    """Decisions of any kind."""
    return Answers(
        fields,
        kind="orders" if "order_no" in fields.values() else "members",
        policy=chance.choice((None, "both", "create", "update")),
        overwrite={
            name: chance.choice(("replace", "fill", "clear")) for name in fields if chance.random() < 0.3
        },
        tag_mode=chance.choice((None, "append", "replace")),
        import_tag=chance.choice((None, None, "這次")),
        number_series=chance.choice((None, "", "", "POS")),
        decisions={2: chance.choice(("new", "skip", "person:1"))} if chance.random() < 0.3 else {},
    )


def edit(db: Database, chance: Random) -> None:
    """What an owner does between two imports."""
    people = db.column("SELECT id FROM person ORDER BY id")
    match chance.randrange(5):
        case 0 if len(people) > 1:
            keep, gone = chance.sample(people, 2)
            merging.merge(db, [merging.MergeChoice(keep, gone)])
        case 1 if people:
            deleting.delete(db, Selection.of([chance.choice(people)]))
        case 2 if people:
            tagging.tag(db, Selection.of(people[::2]), chance.choice(TAGS))
        case 3:
            older = [step for step in history.steps(db) if step.undoable and not step.undone]
            if older:
                undoing.undo(db, chance.choice(older).id)


@_FEW
@given(seed=st.integers(0, 1_000_000))
def test_rows_add_up_to_what_happened(seed: int) -> None:
    chance = Random(seed)
    with new_shop(4) as (db, file):
        for _ in range(6):
            write = members_file if chance.random() < 0.7 else orders_file
            answers = decided(write(file, chance, chance.choice((4, 12))), chance)
            table = "shop_order" if answers.kind == "orders" else "person"
            before = db.value(f"SELECT count(*) FROM {table}")
            outcome = take(db, file, answers)
            came = db.value(f"SELECT count(*) FROM {table}") - before
            assert came <= outcome.report.new
            assert bool(came) == bool(outcome.report.new)
            if table == "person":
                assert came == outcome.report.new
            edit(db, chance)


@_FEW
@given(seed=st.integers(0, 1_000_000))
def test_the_newest_import_taken_back_leaves_no_trace_and_brought_back_is_there(seed: int) -> None:
    chance = Random(seed)
    with new_shop(4) as (db, file):
        for _ in range(5):
            write = members_file if chance.random() < 0.7 else orders_file
            before = everything(db)
            outcome = take(db, file, decided(write(file, chance), chance))
            if outcome.step is None:
                assert everything(db) == before
            else:
                after = everything(db)
                undone = undoing.undo(db)
                assert (undone.kept, undone.impossible) == ((), ())
                assert everything(db) == before
                undoing.redo(db)
                assert everything(db) == after
            edit(db, chance)


def everything(db: Database) -> list[list[tuple[Any, ...]]]:
    """All live rows."""
    tables = {
        "person": "*", "person_tag": "*", "tag": "id, name, key, created_step", "shop_order": "*", "order_item": "*",
    }  # fmt: skip
    found = [db.all(f"SELECT {columns} FROM {table} ORDER BY 1, 2") for table, columns in tables.items()]
    others = (
        "SELECT o.key, o.value, o.person_id FROM other_identity o JOIN step s ON s.id = o.step_id AND s.state = 'done'"
        " JOIN person p ON p.id = o.person_id ORDER BY 1, 2, 3"
    )
    return [*found, db.all(others)]


@_FEW
@given(seed=st.integers(0, 1_000_000))
def test_the_order_of_rows_about_different_people_does_not_matter(seed: int) -> None:
    chance = Random(seed)
    lines = [
        f"A{n},會員{n},091234500{n},{'、'.join(chance.sample(TAGS, 2))},{chance.choice(('中山店', '信義店', ''))}"
        for n in range(8)
    ]
    first, second = chance.sample(lines, 5), chance.sample(lines, 6)
    shops = []
    for shuffled in (False, True):
        with new_shop() as (db, file):
            counts = []
            for rows in (first, second):
                rows = [line.replace("會員1", f"別人{len(counts)}") for line in rows]
                if shuffled:
                    chance.shuffle(rows)
                file.write_text("會員編號,姓名,手機,標籤,門市\n" + "\n".join(rows) + "\n", encoding="utf-8")
                report = take(db, file, Answers()).report
                counts.append((report.new, report.updated, report.unchanged))
            people = db.all("SELECT member_no, name, phone, store FROM person ORDER BY 1")
            tags = db.all(
                "SELECT p.member_no, t.name FROM person_tag h JOIN person p ON p.id = h.person_id"
                " JOIN tag t ON t.id = h.tag_id ORDER BY 1, 2"
            )
            shops.append((counts, people, tags))
    assert shops[0] == shops[1]


@dataclass(eq=False)
class Member:
    """A person of the model; ``tags``: name → the step that put it on."""

    number: str
    fields: dict[str, str | None]
    tags: dict[str, int]
    changed: int


@dataclass
class Done:
    """A step of the model: fields before and after, tags put on and taken off with the step each had, people it created."""

    fields: list[tuple[Member, str, Any, Any]] = field(default_factory=list)
    put: list[tuple[Member, str]] = field(default_factory=list)
    off: list[tuple[Member, str, int]] = field(default_factory=list)
    created: list[Member] = field(default_factory=list)
    undone: bool = False


class Model:
    """A shop of members known by their number alone, whose imports and tags are taken back in any order."""

    def __init__(self) -> None:
        self.people: dict[str, Member] = {}
        self.steps: dict[int, Done] = {}

    def take(self, step: int, rows: list[tuple[str, str, str, list[str]]]) -> None:
        """Rows of a file: number, name, store, tags; each person once."""
        done = self.steps.setdefault(step, Done())
        for number, name, store, tags in rows:
            told = {key: value for key, value in (("name", name), ("store", store)) if value}
            member = self.people.get(number)
            if member is None:
                member = self.people[number] = Member(number, {"name": None, "store": None, **told}, {}, step)
                done.created.append(member)
            changed = {key: value for key, value in told.items() if member.fields[key] != value}
            done.fields += [(member, key, member.fields[key], value) for key, value in changed.items()]
            if changed:
                done.fields.append((member, "changed", member.changed, step))
                member.fields.update(changed)
                member.changed = step
            self._put(done, step, member, tags)

    def _put(self, done: Done, step: int, member: Member, tags: list[str]) -> None:
        for tag in tags:
            if tag not in member.tags:
                member.tags[tag] = step
                done.put.append((member, tag))

    def tag(self, step: int, numbers: list[str], tag: str, *, on: bool) -> None:
        """A tag put on or taken off by hand."""
        done = self.steps.setdefault(step, Done())
        for member in (self.people[number] for number in numbers):
            if on:
                self._put(done, step, member, [tag])
            elif tag in member.tags:
                done.off.append((member, tag, member.tags.pop(tag)))

    def undo(self, step: int) -> None:
        """Take a step back: whatever is still as it left it. Who was created stays if anything later hangs on her."""
        done = self.steps[step]
        kept = [one for one in done.created if one.changed != step or not set(one.tags.values()) <= {step}]
        for member, key, before, after in done.fields:
            if key == "changed":
                member.changed = before if member.changed == after else member.changed
            elif member.fields[key] == after:
                member.fields[key] = before
        for member, tag in done.put:
            if member not in kept and member.tags.get(tag) == step:
                del member.tags[tag]
        for member, tag, by in done.off:
            member.tags.setdefault(tag, by)
        for member in done.created:
            if member not in kept:
                del self.people[member.number]
        done.undone = True


@_FEW
@given(seed=st.integers(0, 1_000_000))
def test_imports_and_tags_taken_back_in_any_order_are_as_the_model_says(seed: int) -> None:
    chance, model = Random(seed), Model()
    with new_shop() as (db, file):
        _keep_all_tags(db)
        for _ in range(12):
            _do_something(db, file, chance, model)
            assert seen(db) == expected(model)
        left = [step for step, done in model.steps.items() if not done.undone]
        chance.shuffle(left)
        for step in left:
            undoing.undo(db, step)
            model.undo(step)
            assert seen(db) == expected(model)


def _keep_all_tags(db: Database) -> None:
    """Somebody who has every tag: a tag that nobody holds goes with the step that made it, and cannot be put back."""
    with db.transaction():
        db.run("INSERT INTO person (id, phone) VALUES (1, '+886911111111')")
        for number, tag in enumerate(TAGS, start=1):
            db.run("INSERT INTO tag (id, name, key) VALUES (?, ?, ?)", (number, tag, tag.casefold()))
            db.run("INSERT INTO person_tag VALUES (1, ?, 'hand', NULL)", (number,))


def _do_something(db: Database, file: Path, chance: Random, model: Model) -> None:
    doing = chance.choice(("import", "import", "tag", "untag", "undo"))
    if doing == "import":
        numbers = chance.sample([f"A{n}" for n in range(1, 7)], chance.randint(1, 4))
        rows = [
            (
                n,
                chance.choice(("小明", "美玲", "")),
                chance.choice(("中山店", "信義店", "")),
                chance.sample(TAGS, chance.randint(0, 2)),
            )
            for n in numbers
        ]
        text = "".join(f"{n},{name},{store},{'、'.join(tags)}\n" for n, name, store, tags in rows)
        file.write_text(",".join(_FIELDS) + "\n" + text, encoding="utf-8")
        outcome = take(db, file, Answers(_FIELDS))
        if outcome.step is not None:
            model.take(outcome.step, rows)
    elif doing in ("tag", "untag") and model.people:
        numbers, tag = (
            chance.sample(sorted(model.people), chance.randint(1, len(model.people))),
            chance.choice(TAGS),
        )
        ids = [db.value("SELECT id FROM person WHERE member_no = ?", (number,)) for number in numbers]
        if doing == "tag":
            step = tagging.tag(db, Selection.of(ids), tag).step
        elif db.value("SELECT 1 FROM tag WHERE name = ?", (tag,)) is None:
            return
        else:
            step = tagging.untag(db, Selection.of(ids), tag).step
        if step is not None:
            model.tag(step, numbers, tag, on=doing == "tag")
    elif doing == "undo":
        left = [step for step, done in model.steps.items() if not done.undone]
        if len(left) > 1:
            step = chance.choice(left[:-1])
            undoing.undo(db, step)
            model.undo(step)


def seen(db: Database) -> dict[str, Any]:
    """The shop as the model knows it."""
    people = {
        number: ({"name": name, "store": store}, set())
        for number, name, store in db.all(
            "SELECT member_no, name, store FROM person WHERE member_no IS NOT NULL"
        )
    }
    for number, tag in db.all(
        "SELECT p.member_no, t.name FROM person_tag h JOIN person p ON p.id = h.person_id JOIN tag t ON t.id = h.tag_id"
        " WHERE p.member_no IS NOT NULL"
    ):
        people[number][1].add(tag)
    return people


def expected(model: Model) -> dict[str, Any]:
    """What :func:`seen` should see."""
    return {number: (member.fields, set(member.tags)) for number, member in model.people.items()}
