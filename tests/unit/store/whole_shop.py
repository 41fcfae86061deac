"""A small shop and everything an owner can do to it, one action after the other by chance, with what each of them, its undo and its
redo have to come to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.people.selection import Selection
from desktop.importer.reader import open_source
from desktop.importer.recipe import Answers
from desktop.operations.audiences import audiences
from desktop.operations.history import looking_back, undoing
from desktop.operations.importing import importing
from desktop.operations.people import counter, deleting, duplicates, editing, erasing, members, merging, views
from desktop.operations.people.merging import MergeChoice
from desktop.operations.tagging import rules, tagging, tags
from desktop.operations.tagging.rules import RuleDraft
from desktop.store import friends, history
from desktop.store.database import Database
from desktop.store.friends import FriendSeen
from desktop.store.imports.people_commit import attach_orders
from desktop.store.people_lifecycle.merge_rules import CHOOSABLE
from desktop.store.undo.turn_report import Affected
from tests.chance_files import TAGS, members_file, orders_file
from tests.unit.store.turned_rows import check_turned
from tests.unit.store.whole_shop_state import State, check, differences, state, traces, without_people

_PEOPLE = 8
_QUERIES = (
    "store:中山店", "total:>100", "tag:熟客", "-tag:VIP", "tag:拿鐵 OR tag:美式", "points:>5", "orders:>=2 -tag:早鳥",
)  # fmt: skip
_ACTIONS = (
    "members members members orders orders tag tag untag replace pin create rename merge_tags delete_tags describe split"
    " expired save_rule save_rule delete_rule run_rule run_rule after_import merge merge apart delete allow edit edit note"
    " give_back add visit visit do_not_send audience audience_delete view view_remove friends"
).split()
_FIRST = "members members orders tag".split()
_TURNS = "undo undo undo older older older redo redo undo_all_but".split()
_HARD = "erase forget".split()


class _Nothing(UserError):
    """A check of LINE's found nothing new."""

    def __init__(self) -> None:
        super().__init__(message("line.step_friends_read", n=0))


class Walk:
    """One shop and the way through it."""

    actions: Sequence[str] = _ACTIONS
    no_steps: frozenset[str] = frozenset({"allow", "view", "view_remove"})
    """Actions that may change something without a step."""

    def __init__(self, db: Database, folder: Path, seed: int) -> None:
        self.db = db
        self.chance = Random(seed)
        self.file = folder / "檔案.csv"
        self.before: dict[int, State] = {}
        self.after: dict[int, State] = {}
        self.erased: set[int] = set()
        self.strangers: set[int] = set()
        """Erased people and whoever was one with them for a time: what steps did to them is not brought back exactly."""
        self.gone_texts: set[str] = set()
        self.did: list[str] = []

    def step(self, *, hard: bool) -> None:
        """Do something, and look whether everything still holds."""
        if len(self.did) < len(_FIRST):
            return self._do(_FIRST[len(self.did)])
        kinds: list[Sequence[str]] = [self.actions] * 6 + [_TURNS] * 4 + ([_HARD] if hard else [])
        return self._do(self.chance.choice(self.chance.choice(kinds)))

    def _do(self, doing: str) -> None:
        self.did.append(doing)
        then, newest = state(self.db), self._newest()
        try:
            getattr(self, f"_{doing}")()
        except UserError as refused:
            self.did[-1] += f" ({refused.text.key})"
            assert differences(then, state(self.db)) == [], doing
        done = self._newest()
        now = state(self.db)
        if done > newest:
            made = self.db.value("SELECT count(*) FROM step WHERE id > ?", (newest,))
            assert made == 1 or doing == "after_import", doing
            if doing not in ("after_import", "undo_all_but"):
                self.before[done], self.after[done] = then, now
        elif doing in self.actions and doing not in self.no_steps:
            assert differences(then, now) == [], doing
        self._look()

    def undo_everything(self) -> None:
        """Back to the beginning, one by one."""
        while history.next_undo(self.db) is not None:
            self._undo()
            self._look()

    def _look(self) -> None:
        check(self.db)
        for person in self.erased:
            assert traces(self.db, person, self.gone_texts) == []

    def _newest(self) -> int:
        return int(self.db.value("SELECT coalesce(max(id), 0) FROM step"))

    # Turning steps

    def _undo(self) -> None:
        step = history.next_undo(self.db)
        if step is None:
            return
        then, newest = state(self.db), self._newest()
        outcome = undoing.undo(self.db)
        assert step.id == outcome.step.id
        if self._newest() == newest:
            self._expect(step.id, outcome.kept + outcome.impossible, self.before)
        else:
            # For some only: it became a step of its own.
            assert self.erased or outcome.impossible
            self._remember(then)

    def _undo_all_but(self) -> None:
        for _ in range(self.chance.randint(2, 6)):
            self._undo()
            self._look()
        for _ in range(self.chance.randint(0, 6)):
            self._redo()
            self._look()

    def _redo(self) -> None:
        step = history.next_redo(self.db)
        if step is not None:
            outcome = undoing.redo(self.db)
            self._expect(step.id, outcome.kept + outcome.impossible, self.after)

    def _expect(self, step: int, named: tuple[Affected, ...], states: dict[int, State]) -> None:
        wanted, now = states[step], state(self.db)
        if self.strangers:
            wanted, now = (without_people(one, self.strangers) for one in (wanted, now))
        else:
            assert named == (), (step, named)
        assert differences(wanted, now) == [], (step, self.db.row("SELECT * FROM step WHERE id = ?", (step,)))

    def _older(self) -> None:
        older = [one for one in history.steps(self.db) if not one.undone and one.undoable][1:]
        if not older:
            return
        step = self.chance.choice(older)
        self.did[-1] += f" {step.id} {step.kind}"
        then, newest = state(self.db), self._newest()
        tried = looking_back.preview(self.db, step.id).outcome if self.chance.random() < 0.3 else None
        assert differences(then, state(self.db)) == []
        outcome = undoing.undo(self.db, step.id)
        now = state(self.db)
        if tried is not None:
            assert (tried.reverted, tried.kept, tried.impossible) == (
                outcome.reverted, outcome.kept, outcome.impossible,
            )  # fmt: skip
        if self._newest() == newest:
            assert outcome.reverted == 0
            assert step.kind != "keep_apart" or self.erased
            assert differences(then, now) == []
        elif not self.strangers:
            named = {(one.kind, one.id) for one in outcome.kept + outcome.impossible}
            check_turned(self.db, (self.before[step.id], self.after[step.id]), (then, now), named)

    def _remember(self, then: State) -> None:
        done = self._newest()
        self.before[done], self.after[done] = then, state(self.db)

    def _forget(self) -> None:
        steps = [one for one in history.steps(self.db) if one.undoable]
        if len(steps) < 8:
            return
        last = self.chance.choice(steps[4:]).id
        stale = [one.id for one in steps if one.id <= last]
        undoing.forget_old_images(self.db, stale)
        with pytest.raises(UserError) as refused:
            undoing.undo(self.db, self.chance.choice(stale))
        assert refused.value.text.key in ("history.not_undoable", "history.already_undone")

    def _erase(self) -> None:
        person = self._anyone()
        if person is None or len(self.erased) >= 2:
            return
        before = state(self.db)
        met = self._one_with(person)
        texts = self._texts_of_her_alone(person)
        taken = erasing.erase_from_shop(self.db, person)
        erasing.keep_receipt(self.db, taken, ())
        self.erased |= taken.subject.ids
        self.strangers |= met | taken.subject.ids
        self.gone_texts |= texts
        ours = [without_people(one, self.strangers) for one in (before, state(self.db))]
        assert differences(*ours) == []

    def _one_with(self, person: int) -> set[int]:
        """Whoever was ever merged with her, or with one of those."""
        pairs = set(self.db.all("SELECT person_id, keep FROM merged_person"))
        found, grown = {person}, True
        while grown:
            more = {one for pair in pairs if found & set(pair) for one in pair}
            grown, found = not more <= found, found | more
        return found

    def _texts_of_her_alone(self, person: int) -> set[str]:
        row = self.db.row("SELECT line_user_id, email, note FROM person WHERE id = ?", (person,)) or ()
        texts = [text for text in row if text and len(text) > 8]
        others = (
            "SELECT 1 FROM person WHERE id <> ?1 AND (line_user_id = ?2 OR email = ?2 OR note = ?2) UNION ALL"
            " SELECT 1 FROM row_change WHERE NOT (tbl = 'person' AND row_id = ?1) AND instr(coalesce(before, '') ||"
            " coalesce(after, ''), ?2) UNION ALL SELECT 1 FROM other_identity WHERE person_id <> ?1 AND value = ?2"
        )
        return {text for text in texts if self.db.row(others, (person, text)) is None}

    # Imports

    def _members(self) -> None:
        self._take(members_file(self.file, self.chance, _PEOPLE))

    def _orders(self) -> None:
        self._take(orders_file(self.file, self.chance, _PEOPLE))

    def _take(self, fields: dict[str, str]) -> None:
        chance = self.chance
        answers = Answers(
            fields,
            kind="orders" if "order_no" in fields.values() else "members",
            policy=chance.choice((None, "both", "create", "update")),
            overwrite={
                name: chance.choice(("replace", "fill", "clear")) for name in fields if chance.random() < 0.3
            },
            tag_mode=chance.choice((None, "append", "replace")),
            import_tag=chance.choice((None, None, "這次")),
            number_series=chance.choice((None, "", "", "POS")),
            decisions={2: chance.choice(("new", "skip"))} if chance.random() < 0.3 else {},
        )
        self._only_about_erased_people()
        with open_source(self.file) as source:
            (recipe,) = importing.look(self.db, source, answers)
            importing.commit(self.db, importing.check(self.db, source, recipe))

    def _only_about_erased_people(self) -> None:
        """A row that names somebody who was erased tells of nobody else."""
        header, *lines = self.file.read_text(encoding="utf-8").splitlines()
        hers = [
            ",".join(cell if cell in self.gone_texts else "" for cell in line.split(","))
            if any(text in line for text in self.gone_texts)
            else line
            for line in lines
        ]
        self.file.write_text("\n".join([header, *hers]) + "\n", encoding="utf-8")

    # Tags

    def _tag(self) -> None:
        tagging.tag(self.db, self._some(), self.chance.choice(TAGS))

    def _untag(self) -> None:
        tagging.untag(self.db, self._some(), self._known_tag())

    def _replace(self) -> None:
        held = self.db.all(
            "SELECT h.person_id, t.name FROM person_tag h JOIN tag t ON t.id = h.tag_id ORDER BY 1, 2"
        )
        if held:
            person, old = self.chance.choice(held)
            tagging.replace(self.db, person, old, self.chance.choice(TAGS))

    def _pin(self) -> None:
        tagging.pin(self.db, self._known_tag(), self.chance.choice((None, 1, 2, 3)))

    def _create(self) -> None:
        tags.create(self.db, self.chance.choice(TAGS))

    def _rename(self) -> None:
        tags.rename(self.db, self._known_tag(), self.chance.choice((*TAGS, "新名", "vip")))

    def _merge_tags(self) -> None:
        tags.merge_tags(self.db, [self._known_tag(), self._known_tag()], self._known_tag())

    def _delete_tags(self) -> None:
        tags.delete_tags(self.db, [self._known_tag() for _ in range(self.chance.randint(1, 2))])

    def _describe(self) -> None:
        chance = self.chance
        told: list[dict[str, Any]] = [
            {"meaning": f"意思{chance.randint(1, 3)}"}, {"kind": chance.choice(tags.KINDS)},
            {"group": chance.choice(("飲料", "")), "colour": "green"}, {"expires_after": chance.choice((1, 30, None))},
        ]  # fmt: skip
        tags.describe(self.db, self._known_tag(), **chance.choice(told))

    def _split(self) -> None:
        query = self.chance.choice(_QUERIES)
        tags.split(
            self.db, self._known_tag(), query, self.chance.choice(TAGS), besides=self.chance.random() < 0.4
        )

    def _expired(self) -> None:
        with self.db.transaction():
            self.db.run("UPDATE step SET at = strftime('%Y-%m-%dT%H:%M:%fZ', at, '-3 days')")
        tags.take_off_expired(self.db)

    def _save_rule(self) -> None:
        chance = self.chance
        known = chance.choice([*rules.saved_rules.all_rules(self.db), None])
        name = f"規則{chance.randint(1, 3)}"
        query, tag = chance.choice(_QUERIES), chance.choice(TAGS)
        draft = RuleDraft(
            known.id if known else None, name, query, tag, chance.random() < 0.7, chance.random() < 0.5
        )
        rules.preview(self.db, draft)
        rules.save(self.db, draft)

    def _delete_rule(self) -> None:
        rules.delete(self.db, self._known_rule())

    def _run_rule(self) -> None:
        rules.run(self.db, self._known_rule())

    def _after_import(self) -> None:
        for one in rules.saved_rules.all_rules(self.db):
            if one.after_imports:
                then, newest = state(self.db), self._newest()
                rules.run(self.db, one.id)
                if self._newest() > newest:
                    self._remember(then)

    # People

    def _merge(self) -> None:
        people = self._people()
        if len(people) > 3:
            pairs = [self.chance.sample(people, 2) for _ in range(self.chance.choice((1, 1, 2, 3)))]
            merging.merge(
                self.db,
                [
                    MergeChoice(keep, gone, frozenset(self.chance.sample((*CHOOSABLE, "note"), 3)))
                    for keep, gone in pairs
                ],
            )

    def _apart(self) -> None:
        people = self._people()
        if len(people) > 1:
            low, high = self.chance.sample(people, 2)
            duplicates.keep_apart(self.db, [(low, high)])

    def _delete(self) -> None:
        people = self._people()
        if len(people) > 4:
            deleting.delete(self.db, Selection.of(self.chance.sample(people, self.chance.randint(1, 2))))

    def _allow(self) -> None:
        who = deleting.deleted(self.db)
        if who:
            deleting.allow(self.db, [self.chance.choice(who)])
            self._no_step("deleted")

    def _edit(self) -> None:
        person = self._anyone()
        if person is not None:
            chance = self.chance
            n = chance.randint(1, _PEOPLE + 3)
            typed = [
                {"level": f"第{n}級"}, {"name": f"改名{n}", "store": "信義店"}, {"extra:口味": "冷萃"}, {"extra:口味": ""},
                {"member_no": f"B{n}"}, {"phone": f"0955123{n:03d}"}, {"line_user_id": ""}, {"points": str(n)},
                {"consent": chance.choice((0, 1))}, {"note": f"她說過的話 {len(self.did)}"}, {"email": f"x{n}@example.com"},
                {"line_user_id": f"U{n:032x}"},
            ]  # fmt: skip
            told = {**chance.choice(typed), **chance.choice(typed)}
            editing.edit(
                self.db, person, {name: text for name, text in told.items() if text not in self.gone_texts}
            )

    def _note(self) -> None:
        person = self._anyone()
        if person is not None:
            then = state(self.db)
            first = editing.write_note(self.db, person, f"記下的話 {len(self.did)}")
            for n in range(self.chance.randint(0, 2)):
                editing.write_note(self.db, person, f"再想想 {len(self.did)} {n} 這樣", into=first.step)
            if first.step is not None:
                self.before[first.step], self.after[first.step] = then, state(self.db)

    def _give_back(self) -> None:
        marked = self.db.all(
            "SELECT p.id, f.value FROM person p, json_each(p.by_hand) f WHERE p.by_hand IS NOT NULL ORDER BY 1, 2"
        )
        if marked:
            editing.give_back(self.db, *self.chance.choice(marked))

    def _add(self) -> None:
        n = self.chance.randint(1, _PEOPLE + 3)
        typed = [{"name": f"新人{n}"}, {"phone": f"0912345{n:03d}"}, {"member_no": f"A{n}"}]
        editing.add_person(
            self.db,
            {**self.chance.choice(typed), **self.chance.choice(typed)},
            shared=self.chance.random() < 0.5,
        )

    def _visit(self) -> None:
        person = self._anyone()
        if person is not None:
            counter.visit(self.db, person, self.chance.choice((None, 0, 120)))

    def _do_not_send(self) -> None:
        members.set_do_not_send(self.db, self._some(), self.chance.random() < 0.5)

    def _friends(self) -> None:
        known = self.db.column("SELECT line_user_id FROM person WHERE line_user_id IS NOT NULL ORDER BY id")
        new = [f"U{self.chance.randint(1, _PEOPLE):032x}" for _ in range(2)]
        seen = [
            FriendSeen(one, self.chance.random() < 0.8, self.chance.choice((None, "Mei", "小美")))
            for one in dict.fromkeys([*known, *new])
            if self.chance.random() < 0.7
        ]
        with self.db.transaction():
            step = history.begin_step(self.db, "friends_read", message("line.step_friends_read", n=len(seen)))
            at = datetime(2026, 1, 1 + self.chance.randint(0, 20)).isoformat()
            counts = friends.write(self.db, step, at, seen, complete=False)
            if not counts.new + counts.updated:
                raise _Nothing
            attach_orders(self.db, step)
            history.finish_step(self.db, step, counts.new + counts.updated)

    # Audiences and views

    def _audience(self) -> None:
        audiences.save(self.db, self.chance.choice(("熟客", "中山")), self.chance.choice(_QUERIES))

    def _audience_delete(self) -> None:
        saved = self.db.column("SELECT name FROM audience ORDER BY id")
        if saved:
            audiences.delete(self.db, self.chance.choice(saved))

    def _view(self) -> None:
        views.save(self.db, self.chance.choice(("常來的", "拿鐵派")), self.chance.choice(_QUERIES))
        self._no_step("view")

    def _view_remove(self) -> None:
        kept = views.saved(self.db)
        if kept:
            views.remove(self.db, self.chance.choice(kept).id)
            self._no_step("view")

    def _no_step(self, table: str) -> None:
        """What is no step is not taken back: it is compared only from here on."""
        for states in (self.before, self.after):
            for one in states.values():
                one.pop(table, None)

    # Choosing

    def _people(self) -> list[int]:
        return self.db.column("SELECT id FROM person ORDER BY id")

    def _anyone(self) -> int | None:
        people = self._people()
        return self.chance.choice(people) if people else None

    def _some(self) -> Selection:
        people = self._people()
        return Selection.of(self.chance.sample(people, self.chance.randint(0, len(people))))

    def _known_tag(self) -> str:
        known = self.db.column("SELECT name FROM tag ORDER BY id")
        return str(self.chance.choice(known or ["沒有"]))

    def _known_rule(self) -> int:
        known = [one.id for one in rules.saved_rules.all_rules(self.db)]
        return self.chance.choice(known or [99])
