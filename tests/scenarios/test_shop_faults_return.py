"""The way back and the clock: cases 11, 17, 21, 22 (backups), 23 and 28 of the list of faults."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.core.people.selection import Selection
from desktop.operations.history import undoing
from desktop.operations.tagging import tagging
from desktop.store import history
from desktop.store.recovery import backups
from desktop.store.safety import disk
from desktop.store.safety.checks import look_after
from desktop.store.safety.damage import side_file
from desktop.store.safety.shop_errors import BackupFolderMissing, FileHeld
from desktop.store.shop_file import ShopFile
from tests.shops import fill, make_shop, people_in, setting, side_files

NOON = datetime(2026, 11, 21, 4, 0, 0, tzinfo=UTC)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_shop(tmp_path / "好店.tagline", 20)


def killed_copy(shop: Path, people: int) -> tuple[bytes, bytes]:
    """The bytes of a file and its log, as a program leaves them that was killed after adding people."""
    with ShopFile.open(shop) as open_shop:
        fill(open_shop.writer(), people, first=21)
        return shop.read_bytes(), side_file(shop, "-wal").read_bytes()


@pytest.mark.parametrize("by", ["restore", "hand"])
def test_11_a_log_of_another_database_is_never_played_into_a_restored_file(shop: Path, by: str) -> None:
    taken = backups.take(shop, "hand")
    main, log = killed_copy(shop, 7)
    shop.write_bytes(main)
    side_file(shop, "-wal").write_bytes(log)
    if by == "restore":
        backups.restore(taken.path, shop)
    else:
        # An owner copies the backup over the file in the file manager; the log of the old file stays.
        shop.write_bytes(taken.path.read_bytes())
        assert side_files(shop) == ["-wal"]
    with ShopFile.open(shop) as open_shop:
        assert open_shop.writer().value("SELECT count(*) FROM person") == 20
        assert open_shop.writer().column("PRAGMA integrity_check") == ["ok"]
    assert side_files(shop) == []


def test_11_the_files_own_log_is_played_back(shop: Path) -> None:
    main, log = killed_copy(shop, 7)
    shop.write_bytes(main)
    side_file(shop, "-wal").write_bytes(log)
    with ShopFile.open(shop) as open_shop:
        assert open_shop.writer().value("SELECT count(*) FROM person") == 27


@pytest.mark.parametrize("lets_go_after", [0, 1, 4, 5, 99])
def test_17_a_virus_scanner_holds_the_file(
    shop: Path, lets_go_after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = backups.take(shop, "hand")
    with ShopFile.open(shop) as open_shop:
        fill(open_shop.writer(), 5, first=21)
    tries, slept = 0, 0.0
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        nonlocal tries
        tries += target == shop
        if target == shop and tries <= lets_go_after:
            raise PermissionError(13, "another process has locked the file")
        return replace(self, target)

    def sleep(seconds: float) -> None:
        nonlocal slept
        slept += seconds

    monkeypatch.setattr(Path, "replace", held)
    if lets_go_after < disk.REPLACE_TRIES:
        backups.restore(taken.path, shop, sleep=sleep)
    else:
        with pytest.raises(FileHeld):
            backups.restore(taken.path, shop, sleep=sleep)
    assert tries == min(lets_go_after + 1, disk.REPLACE_TRIES)
    assert slept <= 3
    assert people_in(shop) == (20 if lets_go_after < disk.REPLACE_TRIES else 25)
    assert [file.name for file in shop.parent.iterdir()] == [shop.name]


def test_21_a_clock_set_back_two_years_thins_no_backup_wrongly_and_undo_keeps_its_order(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(9):
        backups.take(shop, "start", now=NOON + timedelta(days=day))
    before = {one.path for one in backups.list_backups(shop)}
    back = NOON - timedelta(days=730)
    for hours in range(3):
        backups.take(shop, "start", now=back + timedelta(hours=hours))
    after = backups.list_backups(shop)
    assert [one.number for one in after[:3]] == [12, 11, 10]
    # One more day exists, so at most the ninth day back has left the daily ones.
    assert len(before - {one.path for one in after}) <= 1
    assert not backups.due(shop, now=back + timedelta(hours=2, minutes=5))
    clock = ["2026-11-21T04:00:00.000000Z", "2024-11-21T04:00:00.000000Z", "2024-11-21T04:00:00.000000Z"]
    monkeypatch.setattr(history, "utc_now", lambda: clock[0])
    with ShopFile.open(shop) as open_shop:
        db = open_shop.writer()
        for name in ("先", "中", "後"):
            tagging.tag(db, Selection.of([1]), name)
            clock.append(clock.pop(0))
        undone = []
        for _ in range(3):
            undoing.undo(db)
            undone.append(set(db.column("SELECT name FROM tag")) & {"先", "中", "後"})
    assert undone == [{"先", "中"}, {"先"}, set()]


def test_22_a_clock_set_forward_costs_no_backup_and_the_next_is_due_at_once(shop: Path) -> None:
    for day in range(5):
        backups.take(shop, "start", now=NOON + timedelta(days=day))
    forward = NOON + timedelta(days=4000)
    backups.take(shop, "start", now=forward)
    assert len(backups.list_backups(shop)) == 6
    right = NOON + timedelta(days=5)
    assert backups.due(shop, now=right), "a backup from the future says nothing about today"
    newest = backups.take(shop, "start", now=right)
    assert backups.list_backups(shop)[0] == newest
    assert len(backups.list_backups(shop)) == 7


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this platform cannot change a process's time zone")
def test_23_another_time_zone_or_summer_time_changes_no_instant(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = set()
    try:
        with ShopFile.open(shop) as open_shop:
            tagging.tag(open_shop.writer(), Selection.of([1, 2]), "常買")
        # In the hour that Berlin lives twice.
        taken = backups.take(shop, "hand", now=datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
        for zone in ("Asia/Taipei", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            with ShopFile.open(shop) as open_shop:
                steps = tuple((one.id, one.at) for one in history.steps(open_shop.writer()))
            instants = tuple(one.taken_at.timestamp() for one in backups.list_backups(shop))
            seen.add((steps, instants, setting(shop, "created_at"), backups.due(shop, now=taken.taken_at)))
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()
    assert len(seen) == 1
    ((steps, instants, created_at, due),) = seen
    assert all(at.endswith("Z") for _, at in steps)
    assert created_at.endswith("Z")
    assert instants == (taken.taken_at.timestamp(),)
    assert not due


def test_23_two_backups_in_the_hour_that_comes_twice_are_both_kept_in_order(shop: Path) -> None:
    first = backups.take(shop, "hand", now=datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    second = backups.take(shop, "hand", now=datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    assert backups.list_backups(shop) == (second, first)


def test_28_a_removed_usb_disk_is_a_warning_and_the_program_works_on(shop: Path, tmp_path: Path) -> None:
    stick = tmp_path / "USB" / "備份"
    stick.mkdir(parents=True)
    with ShopFile.open(shop, backups_root=stick) as open_shop:
        reader = open_shop.reader()
        with_stick = look_after(shop, reader, root=stick, now=NOON)
        os.rename(stick.parent, tmp_path / "removed")  # noqa: PTH104 - as the system does it
        without = look_after(shop, reader, root=stick, now=NOON + timedelta(days=1))
        fill(open_shop.writer(), 1, first=21)
        reader.close()
    assert with_stick.backup is not None
    assert with_stick.warnings == ()
    assert without.check.ok
    assert without.backup is None
    (warning,) = without.warnings
    assert isinstance(warning, BackupFolderMissing)
    assert warning.path == stick
    assert not stick.exists()
    assert people_in(shop) == 21


KILLED = """
import os, sys
from pathlib import Path
from desktop import paths
from desktop.store.recovery import backups
from desktop.store.safety import places
places.use(shops=paths.shops_folder, backups=paths.backups_folder)
from desktop.store.recovery import backup_files
from desktop.store.safety import disk
left = int(sys.argv[3])
def deadly(module, name):
    work = getattr(module, name)
    def call(*args, **options):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return work(*args, **options)
    setattr(module, name, call)
for name in ("flush_to_disk", "replace", "remove", "flush_folder"):
    deadly(disk, name)
for name in ("copy_database", "write_record", "verify", "settle", "remove_temporary"):
    deadly(backup_files, name)
backups.restore(Path(sys.argv[1]), Path(sys.argv[2]))
"""
STEPS_OF_A_RESTORE = 23


@pytest.mark.parametrize(
    "point",
    [
        pytest.param(n, marks=() if n in {10, 14, 17, 19, 22} else pytest.mark.long)
        for n in range(STEPS_OF_A_RESTORE)
    ],
)
def test_11_a_kill_at_any_step_of_a_restore_leaves_the_old_or_the_restored_shop_whole(
    shop: Path, point: int
) -> None:
    taken = backups.take(shop, "hand")
    with ShopFile.open(shop) as open_shop:
        fill(open_shop.writer(), 10, first=21)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(taken.path), str(shop), str(point)], check=False, timeout=50
    )
    assert done.returncode == (9 if point < STEPS_OF_A_RESTORE - 1 else 0)
    with ShopFile.open(shop) as open_shop:
        db = open_shop.writer()
        assert db.value("SELECT count(*) FROM person") in (20, 30)
        assert db.column("PRAGMA integrity_check") == ["ok"]
    assert all(one.verified for one in backups.list_backups(shop))
    assert backups.restore(taken.path, shop).people == 20
    assert people_in(shop) == 20
