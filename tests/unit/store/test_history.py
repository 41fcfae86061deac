"""Steps of the history: what undo reverts, keeps as changed since, or finds impossible; redo; undoing an older step."""

from __future__ import annotations

import pytest

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.core.people.selection import Selection
from desktop.operations.audiences import audiences
from desktop.operations.history import undoing
from desktop.operations.people import duplicates
from desktop.operations.tagging import tagging
from desktop.store import history
from desktop.store.database import Database
from desktop.store.people_lifecycle import different_people


def add_people(db: Database, *names: str) -> list[int]:
    """People created by one step, as an import creates them."""
    with db.transaction():
        step = history.begin_step(db, "import", message("steps.import_members", file="a.csv", n=len(names)))
        for name in names:
            db.run(
                "INSERT INTO person (name, phone, created_step, changed_step, orders, total) VALUES (?, ?, ?, ?, 0, 0)",
                (name, f"+8869{hash(name) % 10**8:08d}", step, step),
            )
        history.finish_step(db, step, len(names))
    return db.column("SELECT id FROM person WHERE created_step = ? ORDER BY id", (step,))


def tags_of(db: Database, person: int) -> list[str]:
    return db.column(
        "SELECT t.name FROM person_tag h JOIN tag t ON t.id = h.tag_id WHERE h.person_id = ? ORDER BY 1",
        (person,),
    )


def names(db: Database) -> list[str]:
    return db.column("SELECT name FROM person ORDER BY id")


def everything(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """All live rows, for comparing before with after."""
    return {
        table: db.all(f"SELECT * FROM {table} ORDER BY 1, 2")
        for table in ("person", "person_tag", "shop_order", "order_item", "audience")
    }


def test_tagging_is_undone_and_redone(shop_db: Database) -> None:
    mei, hao = add_people(shop_db, "美玲", "志豪")
    before = everything(shop_db)
    tagging.tag(shop_db, Selection.of([mei, hao]), "熟客")
    after = everything(shop_db)
    outcome = undoing.undo(shop_db)
    assert (outcome.reverted, outcome.kept, outcome.impossible) == (2, (), ())
    assert everything(shop_db) == before
    assert undoing.redo(shop_db).reverted == 2
    assert everything(shop_db) == after


def test_a_tag_made_by_the_undone_step_goes_too(shop_db: Database) -> None:
    (mei,) = add_people(shop_db, "美玲")
    tagging.tag(shop_db, Selection.of([mei]), "熟客")
    undoing.undo(shop_db)
    assert shop_db.value("SELECT count(*) FROM tag") == 0


def test_undo_of_a_removal_brings_the_tag_back(shop_db: Database) -> None:
    (mei,) = add_people(shop_db, "美玲")
    tagging.tag(shop_db, Selection.of([mei]), "熟客")
    tagging.untag(shop_db, Selection.of([mei]), "熟客")
    undoing.undo(shop_db)
    assert tags_of(shop_db, mei) == ["熟客"]


def test_a_removed_tag_that_no_longer_fits_is_impossible_by_name(shop_db: Database) -> None:
    (mei,) = add_people(shop_db, "美玲")
    everyone = Selection.of([mei])
    tagging.tag(shop_db, everyone, "第一個")
    removal = tagging.untag(shop_db, everyone, "第一個")
    for number in range(10):
        tagging.tag(shop_db, everyone, f"標籤{number}")
    outcome = undoing.undo(shop_db, removal.step)
    assert [person.name for person in outcome.impossible] == ["美玲"]
    assert len(tags_of(shop_db, mei)) == 10


def test_creation_is_undone_and_redone_with_the_same_ids(shop_db: Database) -> None:
    add_people(shop_db, "美玲", "志豪")
    before = everything(shop_db)
    assert undoing.undo(shop_db).reverted == 2
    assert names(shop_db) == []
    assert undoing.redo(shop_db).reverted == 2
    assert everything(shop_db) == before


def test_somebody_tagged_since_stays_when_her_import_is_undone(shop_db: Database) -> None:
    mei, _ = add_people(shop_db, "美玲", "志豪")
    created = history.next_undo(shop_db)
    assert created is not None
    tagging.tag(shop_db, Selection.of([mei]), "熟客")
    outcome = undoing.undo(shop_db, created.id)
    assert [person.name for person in outcome.kept] == ["美玲"]
    assert outcome.reverted == 1
    assert names(shop_db) == ["美玲"]
    assert tags_of(shop_db, mei) == ["熟客"]


def test_undoing_an_older_step_is_a_step_that_can_be_undone(shop_db: Database) -> None:
    mei, hao = add_people(shop_db, "美玲", "志豪")
    first = tagging.tag(shop_db, Selection.of([mei, hao]), "熟客")
    tagging.tag(shop_db, Selection.of([mei]), "外帶")
    before = everything(shop_db)
    undoing.undo(shop_db, first.step)
    assert tags_of(shop_db, mei) == ["外帶"]
    assert undoing.undo(shop_db).step.kind == "undo"
    assert everything(shop_db) == before
    step = history.step(shop_db, first.step or 0)
    assert step is not None
    assert not step.undone


def test_a_field_changed_since_is_kept(shop_db: Database) -> None:
    mei, hao = add_people(shop_db, "美玲", "志豪")
    with shop_db.transaction():
        step = history.begin_step(shop_db, "person_edit", message("steps.do_not_send", n=2))
        for person in (mei, hao):
            history.record_update(shop_db, step, "person", person, {"level": None}, {"level": "VIP"})
            shop_db.run("UPDATE person SET level = 'VIP' WHERE id = ?", (person,))
        history.finish_step(shop_db, step, 2)
    shop_db.run("UPDATE person SET level = '金卡' WHERE id = ?", (mei,))
    outcome = undoing.undo(shop_db)
    assert (outcome.reverted, [person.name for person in outcome.kept]) == (1, ["美玲"])
    assert shop_db.column("SELECT level FROM person ORDER BY id") == ["金卡", None]


def test_redo_ends_at_the_next_new_action(shop_db: Database) -> None:
    (mei,) = add_people(shop_db, "美玲")
    tagging.tag(shop_db, Selection.of([mei]), "熟客")
    undoing.undo(shop_db)
    tagging.tag(shop_db, Selection.of([mei]), "外帶")
    with pytest.raises(UserError, match="nothing_to_redo"):
        undoing.redo(shop_db)


def test_many_undos_and_redos_end_where_they_began(shop_db: Database) -> None:
    people = add_people(shop_db, *(f"客{i}" for i in range(5)))
    for i in range(60):
        tagging.tag(shop_db, Selection.of([people[i % 5]]), f"標籤{i // 6}")
    steps_done = 0
    after = everything(shop_db)
    while history.next_undo(shop_db) is not None:
        undoing.undo(shop_db)
        steps_done += 1
    assert names(shop_db) == []
    for _ in range(steps_done):
        undoing.redo(shop_db)
    assert everything(shop_db) == after


def test_the_eleventh_tag_is_refused_by_name_and_by_the_database(shop_db: Database) -> None:
    mei, hao = add_people(shop_db, "美玲", "志豪")
    for number in range(10):
        tagging.tag(shop_db, Selection.of([mei]), f"標籤{number}")
    outcome = tagging.tag(shop_db, Selection.of([mei, hao]), "第十一個")
    assert (outcome.changed, [person.name for person in outcome.full]) == (1, ["美玲"])
    tag = shop_db.value("SELECT id FROM tag WHERE name = '第十一個'")
    with pytest.raises(Exception, match="tag limit"):
        shop_db.run("INSERT INTO person_tag VALUES (?, ?, 'hand', NULL)", (mei, tag))
    with pytest.raises(Exception, match="tag limit"):
        shop_db.run("UPDATE person_tag SET person_id = ? WHERE person_id = ?", (mei, hao))


def test_one_tag_in_any_writing(shop_db: Database) -> None:
    (mei,) = add_people(shop_db, "美玲")
    tagging.tag(shop_db, Selection.of([mei]), "ＶＩＰ ")
    outcome = tagging.tag(shop_db, Selection.of([mei]), "vip")
    assert (outcome.changed, outcome.already) == (0, 1)


def test_an_audience_is_saved_changed_deleted_and_all_that_undone(shop_db: Database) -> None:
    add_people(shop_db, "美玲")
    audiences.save(shop_db, "全部", "")
    audiences.save(shop_db, "全部", "美玲")
    audiences.delete(shop_db, "全部")
    undoing.undo(shop_db)
    assert audiences.existing(shop_db, "全部").query == "美玲"
    undoing.undo(shop_db)
    assert audiences.existing(shop_db, "全部").query == ""
    undoing.undo(shop_db)
    with pytest.raises(UserError, match="unknown"):
        audiences.existing(shop_db, "全部")


def test_replacing_a_tag_is_one_step(shop_db: Database) -> None:
    (mei,) = add_people(shop_db, "美玲")
    for number in range(10):
        tagging.tag(shop_db, Selection.of([mei]), f"標籤{number}")
    tagging.replace(shop_db, mei, "標籤0", "新的")
    assert "新的" in tags_of(shop_db, mei)
    assert "標籤0" not in tags_of(shop_db, mei)
    undoing.undo(shop_db)
    assert "新的" not in tags_of(shop_db, mei)
    assert "標籤0" in tags_of(shop_db, mei)


def test_somebody_tagged_after_a_redo_keeps_what_her_import_brought(shop_db: Database) -> None:
    with shop_db.transaction():
        step = history.begin_step(shop_db, "import", message("steps.import_members", file="a.csv", n=1))
        shop_db.run(
            "INSERT INTO person (name, phone, created_step, changed_step) VALUES ('美玲', '+886911111111', ?1, ?1)",
            (step,),
        )
        shop_db.run("INSERT INTO tag (name, key, created_step) VALUES ('熟客', '熟客', ?)", (step,))
        shop_db.run("INSERT INTO person_tag SELECT p.id, t.id, 'import', ? FROM person p, tag t", (step,))
        history.finish_step(shop_db, step, 1)
    undoing.undo(shop_db)
    undoing.redo(shop_db)
    mei = shop_db.value("SELECT id FROM person")
    tagging.tag(shop_db, Selection.of([mei]), "外帶")
    outcome = undoing.undo(shop_db, step)
    assert [affected.name for affected in outcome.kept if affected.kind == "person"] == ["美玲"]
    assert tags_of(shop_db, mei) == ["外帶", "熟客"]


def test_old_images_are_let_go_and_their_steps_stay_listed(shop_db: Database) -> None:
    (mei,) = add_people(shop_db, "美玲")
    old = tagging.tag(shop_db, Selection.of([mei]), "熟客").step
    shop_db.run("UPDATE step SET at = '2024-01-01T00:00:00.000000Z'")
    tagging.tag(shop_db, Selection.of([mei]), "外帶")
    stale = history.stale_steps(shop_db)
    assert stale == [step.id for step in history.steps(shop_db)][:0:-1]
    undoing.forget_old_images(shop_db, stale)
    assert history.stale_steps(shop_db) == []
    with pytest.raises(UserError, match="not_undoable"):
        undoing.undo(shop_db, old)
    assert len(history.steps(shop_db)) == 3


def test_images_beyond_the_size_are_let_go_oldest_first(shop_db: Database) -> None:
    (mei,) = add_people(shop_db, "美玲")
    with shop_db.transaction():
        for _ in range(3):
            step = history.begin_step(shop_db, "person_edit", message("steps.do_not_send", n=1))
            history.record_update(shop_db, step, "person", mei, {"note": "a" * 400}, {"note": "b" * 400})
            history.finish_step(shop_db, step, 1)
    newest = [step.id for step in history.steps(shop_db)]
    shop_db.run("INSERT INTO shop (key, value) VALUES ('history_bytes', '1000')")
    assert history.stale_steps(shop_db) == sorted(newest[1:])


def test_a_step_of_a_clock_set_back_leaves_no_gap(shop_db: Database) -> None:
    (mei,) = add_people(shop_db, "美玲")
    for tag in ("一", "二", "三"):
        tagging.tag(shop_db, Selection.of([mei]), tag)
    second = history.steps(shop_db)[1].id
    shop_db.run("UPDATE step SET at = '2000-01-01T00:00:00.000000Z' WHERE id = ?", (second,))
    assert history.stale_steps(shop_db) == []


def test_people_kept_apart_are_taken_back_as_an_older_step_too(shop_db: Database) -> None:
    one, other = add_people(shop_db, "美玲", "陳美玲")
    step = duplicates.keep_apart(shop_db, [(one, other)]).step
    tagging.tag(shop_db, Selection.of([one]), "熟客")
    outcome = undoing.undo(shop_db, step)
    assert (outcome.reverted, different_people.pairs(shop_db)) == (1, set())
    undoing.undo(shop_db)
    assert different_people.pairs(shop_db) == {(one, other)}


def test_a_step_that_two_undos_took_back_stays_taken_back(shop_db: Database) -> None:
    """The first undo was taken back and is done again, while another took the step back meanwhile."""
    mei, ming, somebody = add_people(shop_db, "美玲", "小明", "別人")
    tagging.tag(shop_db, Selection.of([somebody]), "熟客")
    step = tagging.tag(shop_db, Selection.of([mei, ming]), "熟客").step
    tagging.tag(shop_db, Selection.of([mei]), "早鳥")
    undoing.undo(shop_db, step)
    first = history.steps(shop_db)[0].id
    tagging.tag(shop_db, Selection.of([mei]), "外帶")
    undoing.undo(shop_db, first)
    again = history.steps(shop_db)[0].id
    untagged = tagging.untag(shop_db, Selection.of([mei]), "熟客").step
    undoing.undo(shop_db, step)
    undoing.undo(shop_db, untagged)
    undoing.undo(shop_db, again)
    undoing.undo(shop_db)
    told = history.step(shop_db, step)
    assert told is not None
    assert told.undone
