"""What may happen while something is saved: cases 4, 5, 16 and 20 of the list of faults."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.importer.reader import open_source
from desktop.importer.recipe import Answers
from desktop.operations.importing import importing
from desktop.store.database import Database, connect
from desktop.store.recovery import backups
from desktop.store.safety import migrations as layouts
from desktop.store.safety.migrations import Migration, current_version, migrate, statements, version_of
from desktop.store.safety.shop_errors import DiskFull
from desktop.store.shop_file import ShopFile
from tests.scenarios.upload_world import upload_world
from tests.shops import make_shop, people_in

DATA = Path(__file__).parents[1] / "data"


def no_more_room(db: Database) -> None:
    """From here on the file may not grow, as on a full disk."""
    db.value(f"PRAGMA main.max_page_count = {db.value('PRAGMA page_count')}")


def test_04_a_disk_that_fills_up_during_an_import_leaves_the_old_data_and_says_what_it_needs(
    tmp_path: Path,
) -> None:
    path = make_shop(tmp_path / "好店.tagline", 50)
    file = tmp_path / "會員.csv"
    rows = "".join(f"X{n},新會員{n},09{n:08d}\n" for n in range(3000))
    file.write_text("會員編號,姓名,手機\n" + rows, encoding="utf-8-sig")
    with ShopFile.open(path) as shop:
        db = shop.writer()
        source = open_source(file)
        (recipe,) = importing.look(db, source, Answers())
        plan = importing.check(db, source, recipe)
        no_more_room(db)
        steps = db.value("SELECT count(*) FROM step")
        with pytest.raises(DiskFull) as caught:
            importing.commit(db, plan)
        assert caught.value.text.key == "shop.disk_full.needed"
        assert caught.value.text.params["mb"] >= 20
        assert db.value("SELECT count(*) FROM person") == 50
        assert db.value("SELECT count(*) FROM step") == steps
        assert db.column("PRAGMA integrity_check") == ["ok"]
        db.value("PRAGMA main.max_page_count = 1000000")
        importing.commit(db, importing.check(db, source, recipe))
        assert db.value("SELECT count(*) FROM person") == 3050


def test_05_an_upload_that_cannot_be_marked_as_sent_is_not_sent(tmp_path: Path) -> None:
    with upload_world(tmp_path) as world:
        meant = world.people(20)
        job = world.press()
        world.db.run("CREATE TEMP TABLE size (n)")
        world.db.run("CREATE TABLE ballast (x)")
        world.db.run(
            "CREATE TEMP TRIGGER marking BEFORE UPDATE ON main.upload BEGIN"
            " INSERT INTO ballast VALUES (zeroblob(1000000)); END"
        )
        no_more_room(world.db)
        with pytest.raises(DiskFull):
            world.uploader().run(job.id, until_ready=True)
        assert world.requests("POST", "/v2/bot/audienceGroup") == 0
        assert world.simulator.audiences() == []
        world.db.run("DROP TRIGGER marking")
        world.db.value("PRAGMA main.max_page_count = 1000000")
        world.restart()
        assert world.insist().state == "ready"
        assert world.only_audience() == meant


TAGGER = """
import sys
from pathlib import Path
from desktop.core.people.selection import Selection
from desktop.operations.tagging import tagging
from desktop.store.shop_file import ShopFile
shop = ShopFile.open(Path(sys.argv[1]))
db = shop.writer()
for n in range(1, 100_000):
    person = (n - 1) % 60 + 1
    outcome = tagging.toggle(db, Selection.of([person]), "常買", person)
    print(person, int(outcome.added), outcome.step, flush=True)
"""


def test_16_every_tag_that_was_confirmed_is_there_after_a_cut_in_a_burst(
    tmp_path: Path, long_run: bool
) -> None:
    path = make_shop(tmp_path / "好店.tagline", 60)
    chance = random.Random(16)
    for _ in range(40 if long_run else 4):
        last_step, holders = burst(path, lines=chance.randrange(0, 300))
        with ShopFile.open(path) as shop:
            db = shop.writer()
            assert db.column("PRAGMA integrity_check") == ["ok"]
            done = db.value("SELECT max(id) FROM step") or 0
            assert last_step <= done <= last_step + 1, "one more may have been saved than was seen"
            unseen = set(db.column("SELECT person_id FROM tag_change WHERE step_id > ?", (last_step,)))
            held = set(
                db.column(
                    "SELECT person_id FROM person_tag WHERE tag_id = (SELECT id FROM tag WHERE name = '常買')"
                )
            )
            assert held - unseen == holders - unseen


def burst(path: Path, *, lines: int) -> tuple[int, set[int]]:
    """Let a process tag as fast as it can and kill it; the last step it confirmed, and who then held the tag."""
    with ShopFile.open(path) as shop:
        before = shop.writer().column(
            "SELECT person_id FROM person_tag WHERE tag_id = (SELECT id FROM tag WHERE name = '常買')"
        )
        last_step = shop.writer().value("SELECT max(id) FROM step") or 0
    process = subprocess.Popen([sys.executable, "-c", TAGGER, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(lines)]
    process.kill()
    said += process.stdout.read().splitlines(keepends=True)
    process.wait()
    process.stdout.close()
    holders = set(before)
    for line in said:
        # The last line may have been cut off in the pipe: not confirmed.
        if line.endswith("\n"):
            person, added, step = (int(word) for word in line.split())
            holders = holders | {person} if added else holders - {person}
            last_step = step
    return last_step, holders


NEXT = Migration(
    current_version() + 1,
    "next",
    """
    ALTER TABLE person ADD COLUMN nickname TEXT;
    UPDATE person SET nickname = name;
    CREATE TABLE kept AS SELECT id, note FROM person;
    CREATE INDEX person_by_nickname ON person (nickname);
    ALTER TABLE person DROP COLUMN note;
    CREATE TRIGGER nick AFTER UPDATE OF name ON person BEGIN
        UPDATE person SET nickname = NEW.name WHERE id = NEW.id;
    END;
    """,
)
RECORDS = 4
POINTS = range(1, len(list(statements(NEXT.sql))) + RECORDS + 2)

KILLED = """
import os, sys
from pathlib import Path
from desktop import paths
from desktop.store import shop_file
from desktop.store.safety import migrations, places
from tests.scenarios.test_shop_faults_saving import NEXT
places.use(shops=paths.shops_folder, backups=paths.backups_folder)
known = (*migrations.migrations(), NEXT)
migrations.migrations = lambda: known
at = int(sys.argv[2])
def die(number, sql):
    if number == at:
        os._exit(9)
def migrate(db):
    migrations.migrate(db, known, on_statement=die)
    if number_of_statements < at:
        os._exit(9)
number_of_statements = int(sys.argv[3])
shop_file.migrate = migrate
shop_file.ShopFile.open(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("point", POINTS)
def test_20_a_crash_at_any_statement_of_a_migration_is_repeated_at_the_next_start(
    tmp_path: Path, point: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_shop(tmp_path / "好店.tagline", 100)
    arguments = [str(path), str(point), str(len(POINTS) - 1)]
    done = subprocess.run([sys.executable, "-c", KILLED, *arguments], check=False, timeout=50)
    assert done.returncode == 9
    known = (*layouts.migrations(), NEXT)
    monkeypatch.setattr(layouts, "migrations", lambda: known)
    with ShopFile.open(path) as shop:
        db = shop.writer()
        assert version_of(db) == NEXT.version
        assert db.value("SELECT count(*) FROM person WHERE nickname = name") == 100
        assert db.value("SELECT count(*) FROM kept WHERE note IS NOT NULL") == 100
        assert db.value("SELECT count(*) FROM migration") == NEXT.version
        assert db.column("PRAGMA integrity_check") == ["ok"]
    found = backups.list_backups(path)
    assert {(one.reason, one.people) for one in found} == {("migration", 100)}
    assert all(setting_version(one.path) == current_version() - 1 for one in found)


def setting_version(path: Path) -> int:
    db = connect(path, immutable=True)
    try:
        return version_of(db)
    finally:
        db.close()


@pytest.mark.parametrize("file", sorted(DATA.glob("shop_v*.tagline")), ids=lambda file: file.stem)
def test_19_every_old_layout_is_brought_up_with_its_counts_behind_a_backup(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / file.name
    path.write_bytes(file.read_bytes())
    old = connect(path, immutable=True)
    people, key = old.row("SELECT (SELECT count(*) FROM person), value FROM shop WHERE key = 'key'") or (
        0,
        "",
    )
    old.close()
    known = (*layouts.migrations(), NEXT)
    monkeypatch.setattr(layouts, "migrations", lambda: known)
    with ShopFile.open(path) as shop:
        assert shop.writer().value("SELECT count(*) FROM person") == people > 0
        assert version_of(shop.writer()) == NEXT.version
    (backup,) = backups.list_backups(path)
    assert (backup.people, backup.reason, backup.path.parent.name) == (people, "migration", key)


def test_19_without_the_owners_backup_folder_the_usual_one_takes_the_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_shop(tmp_path / "好店.tagline", 7)
    known = (*layouts.migrations(), NEXT)
    monkeypatch.setattr(layouts, "migrations", lambda: known)
    ShopFile.open(path, backups_root=tmp_path / "removed USB").close()
    (backup,) = backups.list_backups(path)
    assert (backup.people, backup.reason) == (7, "migration")


def test_19_the_command_line_reads_an_old_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_shop(tmp_path / "好店.tagline", 7)
    known = (*layouts.migrations(), NEXT)
    monkeypatch.setattr(layouts, "migrations", lambda: known)
    assert people_in(path) == 7
    assert setting_version(path) == NEXT.version


def test_20_a_migration_is_never_half(tmp_path: Path) -> None:
    path = make_shop(tmp_path / "好店.tagline", 3)
    broken = Migration(NEXT.version, "broken", NEXT.sql + "\nSELECT no_such_function();")
    db = connect(path)
    with pytest.raises(Exception, match="no such function"):
        migrate(db, [*layouts.migrations(), broken])
    assert version_of(db) == current_version()
    assert "nickname" not in db.column("SELECT name FROM pragma_table_info('person')")
    db.close()
