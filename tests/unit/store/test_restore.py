"""The way back: whole at every point, nothing foreign played in, uploads paused."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.store.database import connect
from desktop.store.recovery import backups
from desktop.store.safety import disk
from desktop.store.safety.damage import side_file
from desktop.store.safety.migrations import current_version
from desktop.store.safety.moving import move_shop
from desktop.store.safety.shop_errors import (
    BackupUnusable,
    DiskFull,
    FileHeld,
    ShopDamaged,
    ShopExists,
    ShopInUse,
    ShopMissing,
    ShopTooNew,
)
from desktop.store.shop_file import ShopFile
from tests.shops import fill, make_shop, people_in, setting, sha256, side_files, trash_page

NOON = datetime(2026, 11, 21, 4, 0, 0, tzinfo=UTC)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_shop(tmp_path / "shops" / "好店.tagline", 20)


@pytest.fixture
def backup(shop: Path) -> Path:
    """Of 20 people; the shop has 30 afterwards."""
    taken = backups.take(shop, "hand", now=NOON)
    with ShopFile.open(shop) as open_shop:
        fill(open_shop.writer(), 10, first=21)
    return taken.path


def test_back_to_a_backup(shop: Path, backup: Path) -> None:
    before = sha256(backup)
    restored = backups.restore(backup, shop)
    assert (restored.path, restored.people) == (shop, 20)
    assert people_in(shop) == 20
    assert setting(shop, "uploads_paused") == "1"
    assert setting(shop, "backup_number") == "None", "it is a shop again, no backup"
    assert sha256(backup) == before
    assert side_files(shop) == []
    with ShopFile.open(shop) as open_shop:
        assert open_shop.writer().value("SELECT count(*) FROM person") == 20


def test_what_was_there_is_kept_as_a_backup(shop: Path, backup: Path) -> None:
    restored = backups.restore(backup, shop)
    newest = backups.list_backups(shop)[0]
    assert (restored.aside, newest.reason, newest.people) == (newest.path, "restore", 30)
    backups.restore(newest.path, shop)
    assert people_in(shop) == 30


def test_a_damaged_file_is_kept_byte_for_byte(shop: Path, backup: Path) -> None:
    trash_page(shop, 3)
    before = sha256(shop)
    restored = backups.restore(backup, shop)
    assert restored.aside is not None
    assert sha256(restored.aside) == before
    assert people_in(shop) == 20
    assert [one.verified for one in backups.list_backups(shop)] == [True, False]


def test_a_lost_file_comes_back(shop: Path, backup: Path) -> None:
    shop.unlink()
    assert backups.restore(backup, shop).aside is None
    assert people_in(shop) == 20


def test_a_shop_that_was_killed_keeps_its_last_changes_in_the_copy_aside(shop: Path, backup: Path) -> None:
    killed = shop.with_name("killed.tagline")
    with ShopFile.open(shop) as open_shop:
        fill(open_shop.writer(), 5, first=31)
        log = side_file(shop, "-wal").read_bytes()
        killed.write_bytes(shop.read_bytes())
    side_file(killed, "-wal").write_bytes(log)
    restored = backups.restore(backup, killed)
    assert people_in(killed) == 20
    assert side_files(killed) == []
    assert restored.aside is not None
    assert people_in(restored.aside) == 35


def test_an_open_shop_is_not_replaced(shop: Path, backup: Path) -> None:
    with ShopFile.open(shop), pytest.raises(ShopInUse):
        backups.restore(backup, shop)
    assert people_in(shop) == 30


def test_an_unusable_backup_changes_nothing(shop: Path, backup: Path) -> None:
    trash_page(backup, 5)
    before = sha256(shop)
    with pytest.raises(BackupUnusable):
        backups.restore(backup, shop)
    assert sha256(shop) == before


def test_a_backup_of_a_newer_program_is_refused(shop: Path, backup: Path) -> None:
    db = connect(backup)
    db.run(f"PRAGMA user_version = {current_version() + 1}")
    db.close()
    with pytest.raises(ShopTooNew):
        backups.restore(backup, shop)
    assert people_in(shop) == 30


def test_no_room_for_a_restore(shop: Path, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "free_bytes", lambda _folder: 1000)
    with pytest.raises(DiskFull):
        backups.restore(backup, shop)
    assert people_in(shop) == 30


def test_a_held_file_is_tried_five_times_over_three_seconds(
    shop: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        if target == shop:
            raise PermissionError(13, "used by another process")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(FileHeld):
        backups.restore(backup, shop, sleep=slept.append)
    assert len(slept) == disk.REPLACE_TRIES - 1
    assert 2 <= sum(slept) <= 3
    assert people_in(shop) == 30
    assert [file.name for file in shop.parent.iterdir()] == [shop.name]


def test_a_file_let_go_in_time_is_replaced(shop: Path, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = 0
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        nonlocal tries
        if target == shop:
            tries += 1
            if tries < 4:
                raise PermissionError(13, "used by another process")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    backups.restore(backup, shop, sleep=lambda _seconds: None)
    assert tries == 4
    assert people_in(shop) == 20


def test_moving_a_shop(shop: Path, tmp_path: Path) -> None:
    moved = move_shop(shop, tmp_path / "local")
    assert moved == tmp_path / "local" / shop.name
    assert people_in(moved) == 20
    assert list(shop.parent.iterdir()) == []


def test_moving_takes_the_log_along_and_another_name_if_need_be(shop: Path, tmp_path: Path) -> None:
    with ShopFile.open(shop) as open_shop:
        fill(open_shop.writer(), 5, first=21)
        torn = make_torn_copy(shop, tmp_path / "OneDrive" / shop.name)
    moved = move_shop(torn, shop.parent)
    assert moved == shop.parent / "好店 2.tagline"
    assert people_in(moved) == 25
    assert list(torn.parent.iterdir()) == []


def make_torn_copy(shop: Path, path: Path) -> Path:
    """A file and its log as a killed program leaves them."""
    path.parent.mkdir()
    path.write_bytes(shop.read_bytes())
    side_file(path, "-wal").write_bytes(side_file(shop, "-wal").read_bytes())
    return path


@pytest.mark.parametrize("harm", ["damaged", "in use", "missing"])
def test_what_cannot_be_moved_stays(shop: Path, tmp_path: Path, harm: str) -> None:
    if harm == "in use":
        with ShopFile.open(shop), pytest.raises(ShopInUse):
            move_shop(shop, tmp_path / "local")
        return
    if harm == "missing":
        with pytest.raises(ShopMissing):
            move_shop(shop.with_name("x.tagline"), tmp_path / "local")
        return
    trash_page(shop, 6)
    before = sha256(shop)
    with pytest.raises(ShopDamaged):
        move_shop(shop, tmp_path / "local")
    assert sha256(shop) == before
    assert list((tmp_path / "local").iterdir()) == []


def test_a_new_shop_is_not_made_over_a_restored_one(shop: Path, backup: Path) -> None:
    backups.restore(backup, shop)
    with pytest.raises(ShopExists):
        ShopFile.create(shop, name="x")
