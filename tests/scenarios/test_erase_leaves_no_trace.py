"""Case 84: erasing one member leaves nothing of her in the shop file, its log, its backups, the history, uploads, half-made imports,
the program's log or settings — looked for byte by byte in the whole data folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop import paths
from desktop.core.errors import UserError
from desktop.core.people.selection import Selection
from desktop.importer.recipe import Answers
from desktop.log import FILE_NAME
from desktop.operations.audiences import audiences
from desktop.operations.history import undoing
from desktop.operations.importing import importing
from desktop.operations.people import deleting, erasing, merging, unfinished_erasing
from desktop.operations.people.merging import MergeChoice
from desktop.operations.planning import plans
from desktop.operations.tagging import rules, tagging
from desktop.operations.tagging.rules import RuleDraft
from desktop.settings import Settings
from desktop.store import history, tags
from desktop.store.audiences import all_audiences
from desktop.store.database import Database
from desktop.store.people_lifecycle import erased_keys
from desktop.store.people_lifecycle.erasing import leftovers
from desktop.store.recovery import backups
from desktop.store.shop_file import ShopFile
from desktop.store.tagging.rules import all_rules

UID = "U" + "ab12" * 8
HERS = (
    "陳美玲",
    "美玲愛貓",
    UID,
    "+886912345678",
    "0912-345-678",
    "meiling.chen@example.com",
    "1987-06-05",
    "不喝牛奶",
    "北安路七巷三號",
    "VIP0815",
)

MEMBERS = f"""會員編號,姓名,手機,Email,LINE UID,生日,備註,地址,標籤,加入日期
VIP0815,陳美玲,0912-345-678,Meiling.Chen@example.com,{UID},1987-06-05,她不喝牛奶請小心,台北市北安路七巷三號,熟客、拿鐵,2025-01-01
VIP0816,林大明,0922-333-444,ming@example.com,,1990-01-01,,,熟客,2025-01-02
"""
AGAIN = f"""會員編號,姓名,手機,Email,LINE UID,生日,備註
VIP0815,陳美玲,0912-345-678,壞掉的 meiling.chen@example.com,{UID},19870605x,她不喝牛奶請小心
VIP0816,林大明,0922-333-444,ming@example.com,,1990-01-01,
"""
ORDERS = """訂單編號,會員編號,手機,姓名,訂購日期,金額
A1,VIP0815,0912-345-678,陳美玲,2026-02-01,120
A2,,0912-345-678,陳美玲,2026-02-02,80
A3,VIP0816,0922-333-444,林大明,2026-02-03,50
"""


def everything(folder: Path) -> dict[Path, bytes]:
    """Every file below a folder."""
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def told(folder: Path) -> list[tuple[str, str]]:
    """(file, text) for each of her texts found in any encoding a file could hold it in."""
    found = []
    for file, content in everything(folder).items():
        for text in HERS:
            forms = {text.encode(), text.encode("utf-16-le"), json.dumps(text)[1:-1].encode()}
            if any(form in content or form.lower() in content.lower() for form in forms):
                found.append((file.name, text))
    return found


def take(db: Database, folder: Path, name: str, content: str) -> None:
    file = folder / name
    file.write_text(content, "utf-8")
    importing.run(db, file, Answers())


def lived_in(db: Database, folder: Path) -> int:
    """A shop in which much happened to her; returns her number."""
    take(db, folder, "會員.csv", MEMBERS)
    take(db, folder, "訂單.csv", ORDERS)
    take(db, folder, "陳美玲的資料.csv", AGAIN)
    person = int(db.value("SELECT id FROM person WHERE member_no = 'VIP0815'"))
    with db.transaction():
        db.run("UPDATE person SET line_name = '美玲愛貓' WHERE id = ?", (person,))
    tagging.tag(db, Selection.of([person]), "週末")
    tagging.untag(db, Selection.of([person]), "拿鐵")
    note_plans(db)
    audiences.save(db, "問她", "phone:0912-345-678")
    called_after_her(db)
    other = db.insert("INSERT INTO person (name, phone) VALUES ('陳美玲', '+886912345678')")
    merging.merge(db, [MergeChoice(person, other)])
    apart = db.insert("INSERT INTO person (name, member_no) VALUES ('王一', 'W1')")
    merged = merging.merge(db, [MergeChoice(apart, person)])
    assert merged.step is not None
    undoing.undo(db, merged.step)
    deleting.delete(db, Selection.of([person]))
    undoing.undo(db)
    tagging.tag(db, Selection.of([apart]), "別的")
    return person


def called_after_her(db: Database) -> None:
    """An audience, a tag and a rule with her name in theirs, conditions that ask for them, one of them deleted since; an
    upload, an audience at LINE and a message that bear the name too."""
    tagging.tag(db, Selection.of([2]), "陳美玲介紹")
    audiences.save(db, "給陳美玲的朋友", "tag:陳美玲介紹")
    audiences.save(db, "給美玲愛貓的朋友", "audience:給陳美玲的朋友")
    audiences.save(db, "其他人", '-audience:"給美玲愛貓的朋友"')
    audiences.save(db, "VIP0815 生日", "")
    audiences.delete(db, "VIP0815 生日")
    rules.save(db, RuleDraft(None, "回陳美玲", "tag:陳美玲介紹", "跟進"))
    with db.transaction():
        db.run(
            "INSERT INTO upload (id, key, audience_name, line_name, query, state, members, ids, pressed_at, changed_at)"
            " VALUES (9, 'k9', '給陳美玲的朋友', '給陳美玲的朋友', '', 'ready', 1, 1, '2026-01-01', '2026-01-01')"
        )
        db.run(
            "INSERT INTO upload_request (upload_id, seq, op, method, name, expected, state)"
            " VALUES (9, 1, 'op9', 'rename_old', '給陳美玲的朋友（舊）', '給陳美玲的朋友', 'done')"
        )
        db.run("INSERT INTO line_audience (group_id, name) VALUES (4712, '給陳美玲的朋友')")
        db.run(
            "INSERT INTO send (kind, audience_name, line_name, messages, people, state, drafted_at, changed_at) VALUES"
            " ('narrowcast', '給陳美玲的朋友', '給陳美玲的朋友', '[{\"type\":\"text\",\"text\":\"陳美玲您好\"}]',"
            " 1, 'sent', '2026', '2026')"
        )


def note_plans(db: Database) -> None:
    """Plans into which the owner wrote her name: one there is, one deleted since, one whose words were changed since."""
    plans.save(db, "task", None, "打給陳美玲", {"note": "0912-345-678，問生日 1987-06-05"})
    plans.delete(db, plans.save(db, "greeting", None, "給美玲愛貓的歡迎", {"text": "陳美玲您好"}).plan.id)
    menu = plans.save(db, "rich_menu", None, "選單", {"for_whom": "member_no:VIP0815"}).plan
    tagging.tag(db, Selection.of([1]), "回電")
    plans.save(db, "rich_menu", menu.id, "選單", {"for_whom": ""})


def uploaded(db: Database, person: int, state: str = "ready") -> None:
    """An audience with her at LINE."""
    with db.transaction():
        db.run(
            "INSERT INTO upload (id, key, audience_name, line_name, query, state, members, ids, audience_group_id, pressed_at,"
            " changed_at, expires_at) VALUES (1, 'k', '熟客', '熟客 11/21', 'tag:熟客', ?, 1, 1, 4711, '2026-01-01', '2026-01-01',"
            " '2099-01-01T00:00:00.000000Z')",
            (state,),
        )
        db.run(
            "INSERT INTO upload_request (upload_id, seq, op, method, first, count, state)"
            " VALUES (1, 1, 'op', 'create_json', 0, 1, 'done')"
        )
        db.run(
            "INSERT INTO upload_person (upload_id, line_user_id, person_id) VALUES (1, ?, ?)", (UID, person)
        )


@pytest.mark.parametrize("written_anew", [True, False])
def test_nothing_of_her_stays_anywhere(
    written_anew: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not written_anew:
        # As in a shop too large to be written anew: SQLite's overwriting of deleted cells alone.
        monkeypatch.setattr(leftovers, "VACUUM_BYTES", 0)
    data = paths.data_folder()
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    settings = Settings()
    settings.put(
        "pages", {"members": {"query": "陳美玲 0912 345 678", "recent": ["name:美玲愛貓", "tag:熟客"]}}
    )
    logs = paths.create_private_folder(paths.logs_folder())
    (logs / FILE_NAME).write_text(f"2026 INFO x: {HERS[0]}\n2026 INFO y: 平安\n", "utf-8")
    path = paths.shops_folder() / "店.tagline"
    with ShopFile.create(path, name="店") as shop:
        db = shop.writer()
        person = lived_in(db, incoming)
        uploaded(db, person)
        backups.take(path, "hand")
        staging = importing.staging_folder(db)
        staging.mkdir(parents=True, exist_ok=True)
        (staging / "import-1-x.staging").write_text(HERS[3], "utf-8")
        assert {text for _, text in told(data)} == set(HERS)
        revenue = db.value("SELECT sum(amount) FROM shop_order")
        bystander = db.row("SELECT * FROM person WHERE member_no = 'VIP0816'")

        seen = erasing.preview(db, person)
        assert (seen.name, seen.merged, seen.counts.orders) == ("陳美玲", 1, 2)
        assert seen.backups >= 1
        assert [one.audience_group_id for one in seen.audiences] == [4711]
        assert {one.kind for one in seen.called_after} == {"audience", "tag", "rule"}
        assert seen.called_at_line == (4712,)
        receipt = erasing.erase(db, person, settings=settings)

        assert told(data) == []
        assert db.value("SELECT sum(amount) FROM shop_order") == revenue
        assert db.row("SELECT * FROM person WHERE member_no = 'VIP0816'") == bystander
        assert db.column("SELECT name FROM person ORDER BY id") == ["林大明", "王一"]
        text = erasing.receipt_text(receipt, "店")
        assert receipt.number in text
        assert "4711" in text
        assert "4712" in text
        assert not any(hers in text for hers in HERS)
        assert erasing.kept_receipts(db)[0].number == receipt.number
        for backup in backups.list_backups(path):
            assert backup.verified
        assert "tag:熟客" in settings.get("pages")["members"]["recent"]
        assert "平安" in (logs / FILE_NAME).read_text("utf-8")
    assert told(data) == []


@pytest.mark.parametrize("got_to", ["the shop file", "the backups"])
def test_an_erasure_cut_short_is_finished_at_the_next_start(got_to: str, tmp_path: Path) -> None:
    data = paths.data_folder()
    settings = Settings()
    settings.put("pages", {"members": {"query": "陳美玲 0912 345 678"}})
    path = paths.shops_folder() / "店.tagline"
    with ShopFile.create(path, name="店") as shop:
        db = shop.writer()
        person = lived_in(db, tmp_path)
        backups.take(path, "hand")
        erasing.backup_first(db)
        taken = erasing.erase_from_shop(db, person)
        if got_to == "the backups":
            erasing.erase_elsewhere(db, taken)
        told_by = {file for file, _ in told(data) if not file.endswith(".json")}
        assert path.name not in told_by, "the mark names her"
        assert bool(told_by) == (got_to == "the shop file")
    with ShopFile.open(path) as shop:
        db = shop.writer()
        assert unfinished_erasing.waiting(db)
        (finished,) = unfinished_erasing.finish(db, lambda work: work(db))
        erasing.scrub_settings(settings, finished.taken)
        assert [file for file, _ in told(data) if not file.endswith(".json")] == []
        if got_to == "the shop file":
            assert told(data) == []
        assert finished.receipt.number == taken.number
        assert [one.number for one in erasing.kept_receipts(db)] == [taken.number]
        keys = [line.key for line in finished.receipt.what]
        assert {
            "leaving.receipt.people",
            "leaving.receipt.backups_clean",
            "leaving.receipt.own_files",
        } <= set(keys)
        assert not unfinished_erasing.waiting(db)
        assert unfinished_erasing.finish(db, lambda work: work(db)) == []


def test_what_is_called_after_her_keeps_its_meaning(tmp_path: Path) -> None:
    with ShopFile.create(paths.shops_folder() / "店.tagline", name="店") as shop:
        db = shop.writer()
        erasing.erase(db, lived_in(db, tmp_path))
        called = [one for one in all_audiences(db) if one.name != "問她"]
        people = {one.name: audiences.now(db, one).reach.people for one in called}
        assert people == {"給＊＊＊的朋友": 1, "給＊＊＊的朋友 2": 1, "其他人": 1}
        assert tags.find(db, "＊＊＊介紹") is not None
        assert [rule.name for rule in all_rules(db)] == ["回＊＊＊"]


def test_a_name_that_is_an_ordinary_word_stays_where_the_owner_says_so(tmp_path: Path) -> None:
    with ShopFile.create(paths.shops_folder() / "店.tagline", name="店") as shop:
        db = shop.writer()
        coffee = db.insert("INSERT INTO person (line_name, phone) VALUES ('咖啡', '+886912345678')")
        other = db.insert("INSERT INTO person (name) VALUES ('王一')")
        tagging.tag(db, Selection.of([other]), "咖啡")
        audiences.save(db, "愛喝咖啡", "tag:咖啡")
        audiences.save(db, "打給 0912-345-678", "")
        taken = erasing.erase_from_shop(db, coffee, name_is_a_word=True)
        receipt = erasing.keep_receipt(db, taken, ())
        assert [one.name for one in all_audiences(db)] == ["愛喝咖啡", "打給 ＊＊＊"]
        assert [one.query for one in all_audiences(db)] == ["tag:咖啡", ""]
        assert "leaving.receipt.name_is_a_word" in [line.key for line in receipt.what]


def test_an_upload_under_her_name_has_to_end_first(tmp_path: Path) -> None:
    with ShopFile.create(paths.shops_folder() / "店.tagline", name="店") as shop:
        db = shop.writer()
        person = db.insert("INSERT INTO person (name) VALUES ('陳美玲')")
        with db.transaction():
            db.run(
                "INSERT INTO upload (key, audience_name, line_name, query, state, members, ids, pressed_at, changed_at)"
                " VALUES ('k', '給陳美玲', '給陳美玲', '', 'unknown', 1, 1, '2026', '2026')"
            )
        assert erasing.preview(db, person).waiting == ("給陳美玲",)
        with pytest.raises(UserError):
            erasing.erase_from_shop(db, person)


def test_the_history_before_her_can_still_be_walked(tmp_path: Path) -> None:
    path = paths.shops_folder() / "店.tagline"
    with ShopFile.create(path, name="店") as shop:
        db = shop.writer()
        person = lived_in(db, tmp_path)
        erasing.erase(db, person)
        while history.next_undo(db) is not None:
            undoing.undo(db)
        assert told(paths.data_folder()) == []
        assert db.value("SELECT count(*) FROM person WHERE member_no = 'VIP0815'") == 0


def test_a_deleted_member_can_be_erased_too(tmp_path: Path) -> None:
    path = paths.shops_folder() / "店.tagline"
    with ShopFile.create(path, name="店") as shop:
        db = shop.writer()
        person = lived_in(db, tmp_path)
        deleting.delete(db, Selection.of([person]))
        (listed,) = deleting.deleted(db)
        assert listed.name == "陳美玲"
        erasing.erase(db, listed.id)
        assert deleting.deleted(db) == []
        assert told(paths.data_folder()) == []


def test_only_hashes_stay_and_only_of_what_is_hers_alone(tmp_path: Path) -> None:
    with ShopFile.create(paths.shops_folder() / "店.tagline", name="店") as shop:
        db = shop.writer()
        person = db.insert(
            "INSERT INTO person (name, member_no, phone) VALUES ('陳美玲', 'VIP0815', '+886912345678')"
        )
        db.run("INSERT INTO person (name, phone) VALUES ('她媽媽', '+886912345678')")
        erasing.erase(db, person)

        erased = erased_keys.load(db)
        assert erased.holds("member_no", "vip0815")
        assert not erased.holds("phone", "+886912345678")
        assert db.value("SELECT phone FROM person") == "+886912345678"


def test_who_is_in_an_upload_on_its_way_has_to_wait(tmp_path: Path) -> None:
    with ShopFile.create(paths.shops_folder() / "店.tagline", name="店") as shop:
        db = shop.writer()
        person = db.insert("INSERT INTO person (name, line_user_id) VALUES ('陳美玲', ?)", (UID,))
        uploaded(db, person, "waiting")
        assert erasing.preview(db, person).waiting == ("熟客",)
        with pytest.raises(UserError) as refused:
            erasing.erase_from_shop(db, person)
        assert refused.value.text.key == "leaving.upload_waits"
        assert db.value("SELECT count(*) FROM person") == 1


def test_backups_left_alone_are_told(tmp_path: Path) -> None:
    path = paths.shops_folder() / "店.tagline"
    with ShopFile.create(path, name="店") as shop:
        db = shop.writer()
        person = db.insert("INSERT INTO person (name, line_user_id) VALUES ('陳美玲', ?)", (UID,))
        receipt = erasing.erase(db, person, from_backups=False)
        (line,) = [one for one in receipt.what if one.key == "leaving.receipt.backups_hold"]
        assert line.params["n"] == 1
        assert {file for file, _ in told(paths.data_folder())} == {backups.list_backups(path)[0].path.name}


def test_a_damaged_backup_is_told(tmp_path: Path) -> None:
    path = paths.shops_folder() / "店.tagline"
    with ShopFile.create(path, name="店") as shop:
        db = shop.writer()
        person = db.insert("INSERT INTO person (name, line_user_id) VALUES ('陳美玲', ?)", (UID,))
        damaged = backups.take(path, "hand").path
        damaged.write_bytes(b"SQLite format 3\0" + b"\xa5" * 9000)
        receipt = erasing.erase(db, person)
        (line,) = [one for one in receipt.what if one.key == "leaving.receipt.backup_left"]
        assert line.params["file"] == damaged.name


def test_nobody_is_nobody() -> None:
    with ShopFile.create(paths.shops_folder() / "店.tagline", name="店") as shop, pytest.raises(UserError):
        erasing.erase(shop.writer(), 77)


def test_no_import_brings_her_back(tmp_path: Path) -> None:
    with ShopFile.create(paths.shops_folder() / "店.tagline", name="店") as shop:
        db = shop.writer()
        person = lived_in(db, tmp_path)
        orders = db.value("SELECT count(*) FROM shop_order")
        revenue = db.value("SELECT sum(amount) FROM shop_order")
        erasing.erase(db, person)
        take(db, tmp_path, "又來.csv", MEMBERS)
        take(db, tmp_path, "訂單又來.csv", ORDERS)

        assert db.value("SELECT count(*) FROM person WHERE name = '陳美玲'") == 0
        assert db.value("SELECT count(*) FROM shop_order") == orders
        assert db.value("SELECT sum(amount) FROM shop_order") == revenue
        assert db.value("SELECT count(*) FROM shop_order WHERE buyer_phone = '+886912345678'") == 0
