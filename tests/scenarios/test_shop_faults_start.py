"""What a shop may find at start-up: cases 1–3, 6–8, 10, 12–15, 18 and 24 of the list of faults."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop import paths
from desktop.core.errors import UserError
from desktop.store.database import connect
from desktop.store.recovery import backups
from desktop.store.recovery.salvage import salvage
from desktop.store.safety import disk
from desktop.store.safety.checks import check_in_background, look_after
from desktop.store.safety.cloud_folders import NETWORK
from desktop.store.safety.damage import side_file
from desktop.store.safety.migrations import current_version
from desktop.store.safety.moving import move_shop
from desktop.store.safety.shop_errors import (
    DiskFull,
    FolderNotWritable,
    PathTooLong,
    ShopDamaged,
    ShopInCloudFolder,
    ShopInUse,
    ShopTooNew,
)
from desktop.store.shop_file import ShopFile, open_reader
from tests.shops import fill, leaf_page, make_shop, people_in, sha256, side_files, trash_page

LISTENER = """
import sys
from pathlib import Path
from desktop.store.shop_file import ShopFile
from tests.shops import fill
shop = ShopFile.open(Path(sys.argv[1]))
fill(shop.writer(), 100, first=1001)
print(shop.lock.owner.nonce, flush=True)
sys.stdin.readline()
"""


def test_01_a_missing_data_folder_is_made_for_this_user_only() -> None:
    folder = paths.shops_folder()
    assert not paths.data_folder().exists()
    make_shop(folder / "好店.tagline", 1)
    if os.name != "nt":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(paths.data_folder().stat().st_mode) == 0o700
    backups.take(folder / "好店.tagline", "hand")
    assert paths.backups_folder().is_dir()


@contextmanager
def powerless() -> Iterator[Path]:
    """A folder this process cannot write, also where tests run as root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@contextmanager
def powerless_user() -> Iterator[None]:
    """Somebody whom file modes hold back, also where tests run as root."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@contextmanager
def cannot_write(folder: Path) -> Iterator[None]:
    folder.chmod(0o555)
    try:
        with powerless_user():
            yield
    finally:
        folder.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no read-only folders; the seam is tried below")
@pytest.mark.parametrize("left", ["closed", "killed"])
def test_02_a_read_only_folder_is_named_and_the_shop_can_be_read(left: str) -> None:
    with powerless() as folder:
        path = make_shop(folder / "好店.tagline", 12)
        if left == "killed":
            leave_as_killed(path, 13)
        for suffix in ("", "-wal"):
            if side_file(path, suffix).exists():
                side_file(path, suffix).chmod(0o444)
        before, files = sha256(path), sorted(folder.iterdir())
        with cannot_write(folder):
            with pytest.raises(FolderNotWritable) as caught:
                ShopFile.open(path)
            assert caught.value.path == folder
            with ShopFile.open_for_reading(path) as shop:
                reader = shop.reader()
                assert reader.value("SELECT count(*) FROM person") == (12 if left == "closed" else 13)
                reader.close()
                assert isinstance(shop.cannot_write, FolderNotWritable)
                with pytest.raises(FolderNotWritable):
                    shop.writer()
            with pytest.raises(FolderNotWritable):
                ShopFile.create(folder / "new.tagline", name="x")
        assert (sha256(path), sorted(folder.iterdir())) == (before, files)


@pytest.mark.skipif(os.name == "nt", reason="modes of files are POSIX's")
def test_02_a_read_only_file_is_told_too() -> None:
    with powerless() as folder:
        path = make_shop(folder / "好店.tagline", 12)
        path.chmod(0o444)
        folder.chmod(0o777)
        before = sha256(path)
        with powerless_user():
            with pytest.raises(FolderNotWritable):
                ShopFile.open(path)
            with ShopFile.open_for_reading(path) as shop:
                reader = shop.reader()
                assert reader.value("SELECT count(*) FROM person") == 12
                reader.close()
        assert sha256(path) == before
        assert list(folder.iterdir()) == [path]


def test_02_where_no_lock_can_be_made_nothing_is_opened_for_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_shop(tmp_path / "好店.tagline", 2)

    def denied(*_args: object) -> int:
        raise PermissionError(13, "read-only")

    monkeypatch.setattr(os, "open", denied)
    with pytest.raises(FolderNotWritable):
        ShopFile.open(path)


def test_03_a_full_disk_at_start_opens_the_shop_for_reading_until_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_shop(tmp_path / "好店.tagline", 9)
    free = 0
    monkeypatch.setattr(disk, "free_bytes", lambda _folder: free)
    before = sha256(path)
    with ShopFile.open(path) as shop:
        assert isinstance(shop.cannot_write, DiskFull)
        assert shop.cannot_write.needed == disk.RESERVE_BYTES
        with pytest.raises(DiskFull):
            shop.writer()
        reader = shop.reader()
        assert reader.value("SELECT count(*) FROM person") == 9
        reader.close()
    assert sha256(path) == before
    free = 10**9
    with ShopFile.open(path) as shop:
        assert shop.cannot_write is None
        fill(shop.writer(), 1, first=10)
    assert people_in(path) == 10


def test_03_the_reserve_is_given_up_for_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_shop(tmp_path / "好店.tagline", 9)
    disk.keep_reserve(tmp_path)
    monkeypatch.setattr(
        disk, "free_bytes", lambda folder: 0 if disk.reserve_file(folder).exists() else disk.RESERVE_BYTES
    )
    with ShopFile.open(path) as shop:
        assert shop.cannot_write is None
        fill(shop.writer(), 1, first=10)
    assert not disk.reserve_file(tmp_path).exists()


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A real disk of this size; skips where this user cannot have one."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs the right to mount a small disk")
    with tempfile.TemporaryDirectory() as name:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tagline", name]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            pytest.skip("needs the right to mount a small disk")
        try:
            yield Path(name)
        finally:
            subprocess.run(["umount", name], check=True)


@pytest.mark.parametrize("left", [0, 1, 2, 5, 40])
@pytest.mark.parametrize("state", ["closed", "killed"])
def test_03_a_disk_that_is_really_full_never_harms_a_shop(left: int, state: str) -> None:
    with small_disk(30) as folder:
        path = make_shop(folder / "好店.tagline", 200)
        if state == "killed":
            leave_as_killed(path, 201)
        people = 200 if state == "closed" else 201
        with (folder / "photos").open("wb", buffering=0) as photos:
            photos.write(b"x" * (disk.free_bytes(folder) - left * 8192))
        with ShopFile.open(path) as shop:
            assert isinstance(shop.cannot_write, DiskFull)
            reader = shop.reader()
            assert reader.value("SELECT count(*) FROM person") == people
            assert check_in_background(reader).ok
            reader.close()
        (folder / "photos").unlink()
        with ShopFile.open(path) as shop:
            fill(shop.writer(), 10, first=301)
        assert people_in(path) == people + 10
        assert list(folder.iterdir()) == [path]


def leave_as_killed(path: Path, number: int) -> None:
    """Add a person and leave the file and its log as a killed program does."""
    with ShopFile.open(path) as shop:
        fill(shop.writer(), 1, first=number)
        keep = {suffix: side_file(path, suffix).read_bytes() for suffix in ("", "-wal")}
    for suffix, raw in keep.items():
        side_file(path, suffix).write_bytes(raw)


@pytest.mark.parametrize("case", ["06 empty", "07 garbled", "08 page", "10 truncated"])
def test_06_to_10_damage_shows_backups_with_date_and_people_and_what_can_be_saved(
    tmp_path: Path, case: str
) -> None:
    path = make_shop(tmp_path / "好店.tagline", 300)
    taken = backups.take(path, "start")
    raw = path.read_bytes()
    if case == "06 empty":
        path.write_bytes(b"")
    elif case == "07 garbled":
        path.write_bytes(b"\x5a" * 100 + raw[100:])
    elif case == "08 page":
        trash_page(path, leaf_page(path, "會員150"))
    else:
        path.write_bytes(raw[:-20_000])
    before = sha256(path)
    error = damage_met(path)
    assert sha256(path) == before or case == "08 page"
    assert error.path == path
    assert [(one.path, one.people, one.verified) for one in error.backups] == [(taken.path, 300, True)]
    if case != "06 empty":
        assert salvage(path, tmp_path / "救回.tagline").people > 200
    assert backups.restore(error.backups[0].path, path).people == 300
    assert people_in(path) == 300


def damage_met(path: Path) -> ShopDamaged:
    """The damage as the window meets it: at opening, or in the check behind it."""
    try:
        shop = ShopFile.open(path)
    except ShopDamaged as error:
        return error
    reader = shop.reader()
    report = look_after(path, reader)
    reader.close()
    shop.close()
    assert not report.check.ok
    return ShopDamaged(path, problem=report.check.problems[0])


@pytest.mark.parametrize(
    ("folder", "provider"),
    [("OneDrive", "OneDrive"), ("Dropbox", "Dropbox"), ("Google Drive", "Google Drive"), ("nas", NETWORK)],
)
def test_12_a_synced_or_network_folder_is_declined_with_a_way_out(
    tmp_path: Path, folder: str, provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_shop(tmp_path / "local" / "好店.tagline", 30)
    synced = tmp_path / folder / path.name
    synced.parent.mkdir()
    path.rename(synced)
    monkeypatch.setattr(
        "desktop.store.safety.cloud_folders.on_network_drive", lambda path: path.parent.name == "nas"
    )
    before = sha256(synced)
    with pytest.raises(ShopInCloudFolder) as caught:
        ShopFile.open(synced)
    assert caught.value.provider == provider
    assert caught.value.suggested == paths.shops_folder() / "好店.tagline"
    with pytest.raises(ShopInCloudFolder):
        ShopFile.create(synced.parent / "new.tagline", name="x")
    assert sha256(synced) == before
    moved = move_shop(synced, caught.value.suggested.parent)
    assert list(synced.parent.iterdir()) == []
    with ShopFile.open(moved) as shop:
        assert shop.writer().value("SELECT count(*) FROM person") == 30


def test_13_a_conflicted_copy_is_shown_and_left_alone(tmp_path: Path) -> None:
    path = make_shop(tmp_path / "好店.tagline", 5)
    copy = tmp_path / "好店 (Amy 的衝突複本 2026-11-21).tagline"
    copy.write_bytes(path.read_bytes())
    before = sha256(copy)
    with ShopFile.open(path) as shop:
        reader = shop.reader()
        report = look_after(path, reader)
        reader.close()
    assert report.conflicted is not None
    assert report.conflicted.copies == (copy,)
    assert people_in(path) == 5
    assert sha256(copy) == before


def start(path: Path) -> tuple[subprocess.Popen[str], str]:
    """Another process that has the shop open and has saved something; with the name of its lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", LISTENER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def test_14_a_second_instance_learns_who_has_the_shop_and_may_read_beside_it(tmp_path: Path) -> None:
    path = make_shop(tmp_path / "好店.tagline", 5)
    first, nonce = start(path)
    try:
        with pytest.raises(ShopInUse) as caught:
            ShopFile.open(path)
        assert caught.value.owner is not None
        assert (caught.value.owner.pid, caught.value.owner.nonce) == (first.pid, nonce)
        assert people_in(path) == 105
    finally:
        first.communicate("\n")


def test_15_a_killed_first_instance_leaves_no_lock_and_all_it_saved(tmp_path: Path) -> None:
    path = make_shop(tmp_path / "好店.tagline", 5)
    first, _ = start(path)
    first.kill()
    first.communicate()
    assert "-wal" in side_files(path)
    with ShopFile.open(path) as shop:
        assert shop.writer().value("SELECT count(*) FROM person") == 105
        assert shop.writer().column("PRAGMA integrity_check") == ["ok"]
    assert list(tmp_path.iterdir()) == [path]


def test_18_a_newer_file_is_refused_untouched_with_the_version_it_needs(tmp_path: Path) -> None:
    path = make_shop(tmp_path / "好店.tagline", 5)
    old = backups.take(path, "migration")
    db = connect(path)
    db.run(f"PRAGMA user_version = {current_version() + 1}")
    db.run("UPDATE shop SET value = '7.2' WHERE key = 'min_app_version'")
    db.close()
    before = sha256(path)
    for attempt in (ShopFile.open, ShopFile.open_for_reading, open_reader):
        with pytest.raises(ShopTooNew) as caught:
            attempt(path)
        assert (caught.value.version, caught.value.schema) == ("7.2", current_version() + 1)
        assert [one.path for one in caught.value.backups] == [old.path]
    assert sha256(path) == before
    assert list(tmp_path.iterdir()) == [path]


def test_18_a_newer_layout_that_is_still_in_the_log_is_refused_too(tmp_path: Path) -> None:
    path = make_shop(tmp_path / "好店.tagline", 5)
    with ShopFile.open(path) as shop:
        shop.writer().run(f"PRAGMA user_version = {current_version() + 1}")
        keep = {suffix: side_file(path, suffix).read_bytes() for suffix in ("", "-wal")}
    for suffix, raw in keep.items():
        side_file(path, suffix).write_bytes(raw)
    with pytest.raises(ShopTooNew):
        ShopFile.open(path)


NAMES = [
    "美玲的店",
    "a b  c",
    "🍎咖啡☕️",
    "100% #1 & ?=;",
    "ショップ'\"quote",
    "長" * 70,
    "é vs é",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("depth", [0, 250])
def test_24_any_name_and_long_paths_work_all_the_way(
    tmp_path: Path, name: str, depth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.name == "nt" and set(name) & set('?"'):
        pytest.skip("Windows has no such names")
    folder = tmp_path / ("d" * 120) / ("e" * 120) if depth else tmp_path
    monkeypatch.setenv("TAGLINE_DATA_DIR", str(folder / "資料 🍎"))
    path = folder / f"{name}.tagline"
    if len(os.fsencode(path)) > 500:
        with pytest.raises(PathTooLong):
            make_shop(path, 3)
        return
    make_shop(path, 3)
    taken = backups.take(path, "hand")
    with ShopFile.open(path) as shop:
        fill(shop.writer(), 2, first=4)
    assert people_in(path) == 5
    assert backups.restore(taken.path, path).people == 3
    assert people_in(move_shop(path, folder / "moved")) == 3
    assert len(str(path)) > 260 or not depth


def test_24_a_path_too_long_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises((PathTooLong, FolderNotWritable)) as caught:
        ShopFile.create(tmp_path.joinpath(*["長" * 80] * 3) / "好店.tagline", name="x")
    assert isinstance(caught.value, UserError)
