"""Room, folders and files replaced whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.store.safety import disk
from desktop.store.safety.shop_errors import DiskFull, FileHeld, FolderNotWritable


def test_room_is_asked_for_before_it_is_needed(tmp_path: Path) -> None:
    free = disk.free_bytes(tmp_path)
    disk.require_space(tmp_path, free // 2)
    with pytest.raises(DiskFull) as caught:
        disk.require_space(tmp_path, free * 2)
    assert caught.value.needed == free * 2
    assert caught.value.text.params == {"mb": -(-free * 2 // 1_000_000)}


def test_probing_a_folder_leaves_nothing(tmp_path: Path) -> None:
    assert disk.can_write(tmp_path)
    assert not disk.can_write(tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_made_for_this_user_only_with_its_parents(tmp_path: Path) -> None:
    disk.create_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(FolderNotWritable) as caught:
        disk.create_folder(tmp_path / "a" / "b")
    assert caught.value.path == tmp_path / "a"


def test_the_reserve_is_made_once_and_given_up_once(tmp_path: Path) -> None:
    assert disk.keep_reserve(tmp_path)
    made = disk.reserve_file(tmp_path).stat()
    assert made.st_size == disk.RESERVE_BYTES
    assert disk.keep_reserve(tmp_path)
    assert disk.reserve_file(tmp_path).stat().st_mtime_ns == made.st_mtime_ns
    assert disk.release_reserve(tmp_path)
    assert not disk.release_reserve(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_no_reserve_where_room_is_scarce(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "free_bytes", lambda _folder: 5 * disk.RESERVE_BYTES)
    assert not disk.keep_reserve(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_removing_waits_for_who_holds_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    def held(_self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "held")

    monkeypatch.setattr(Path, "unlink", held)
    with pytest.raises(FileHeld):
        disk.remove(tmp_path / "x", sleep=slept.append)
    assert len(slept) == disk.REPLACE_TRIES - 1


def test_half_made_files_of_a_killed_program_are_swept_after_a_day_and_nothing_else(tmp_path: Path) -> None:
    temporary = disk.temporary_beside(tmp_path / "好店.tagline")
    journal = temporary.with_name(temporary.name + "-journal")
    work = tmp_path / (disk.WORK_FOLDER + "abc123")
    work.mkdir()
    (work / "copy").touch()
    others = [tmp_path / name for name in ("好店.tagline", ".hidden", "a.tmp", ".0123.tmp", "reserve.bin")]
    for file in (temporary, journal, *others):
        file.touch()
    now = temporary.stat().st_mtime
    assert disk.sweep(tmp_path, now=now + 3600) == 0
    assert disk.sweep(tmp_path, now=now + 2 * disk.A_DAY_SECONDS) == 3
    assert sorted(tmp_path.iterdir()) == sorted(others)


SHORT, LONG = r"C:\Users\美玲\店.tagline", "C:\\" + "長" * 120 + "\\" + "名" * 120 + "\\店.tagline"


def test_long_paths_of_windows_are_marked_as_such_and_no_others() -> None:
    assert disk.extended(LONG, "win32") == "\\\\?\\" + LONG
    assert disk.extended(LONG.replace("\\", "/"), "win32") == "\\\\?\\" + LONG
    for path, platform in (
        (SHORT, "win32"),
        ("\\\\?\\" + LONG, "win32"),
        ("/" + LONG, "linux"),
        (LONG, "darwin"),
    ):
        assert disk.extended(path, platform) == path


def test_paths_here_stay_as_they_are(tmp_path: Path) -> None:
    assert disk.reachable(tmp_path / "店.tagline") == tmp_path / "店.tagline"
