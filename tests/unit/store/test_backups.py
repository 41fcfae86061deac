"""Backups: complete, checked, numbered, listed; the writer is never held up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop import paths
from desktop.core.errors import Cancelled
from desktop.core.message import Message
from desktop.store.recovery import backup_files, backups
from desktop.store.safety import disk
from desktop.store.safety.checks import look_after
from desktop.store.safety.damage import read_header
from desktop.store.safety.shop_errors import (
    BackupFolderMissing,
    BackupUnusable,
    ConflictedCopies,
    DiskFull,
    ShopDamaged,
)
from desktop.store.shop_file import ShopFile
from tests.shops import fill, leaf_page, make_shop, people_in, setting, trash_page

NOON = datetime(2026, 11, 21, 4, 0, 0, tzinfo=UTC)


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_shop(tmp_path / "好店.tagline", 20)


class CancelAfter:
    """A job that is cancelled at its n-th question."""

    def __init__(self, questions: int) -> None:
        self.left = questions
        self.reported: list[tuple[int, int | None]] = []

    def report(self, done: int, total: int | None = None, text: Message | None = None) -> None:
        self.reported.append((done, total))

    def raise_if_cancelled(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


def test_a_backup_holds_everything_and_knows_what_it_is(shop: Path) -> None:
    taken = backups.take(shop, "hand", now=NOON)
    assert taken.path == paths.backups_folder() / setting(shop, "key") / "2026-11-21T120000.tagline"
    assert (taken.taken_at, taken.people, taken.verified, taken.number, taken.reason) == (
        NOON,
        20,
        True,
        1,
        "hand",
    )
    assert taken.size == taken.path.stat().st_size
    assert backups.list_backups(shop) == (taken,)
    assert people_in(taken.path) == 20
    assert not read_header(taken.path).wal


def test_a_backup_beside_the_running_writer_has_what_was_committed_and_not_the_rest(shop: Path) -> None:
    with ShopFile.open(shop) as open_shop:
        writer = open_shop.writer()
        fill(writer, 5, first=21)
        with writer.transaction():
            writer.run("DELETE FROM person WHERE id <= 3")
            taken = backups.take(shop, "import", now=NOON)
        assert taken.people == 25
        assert writer.value("SELECT count(*) FROM person") == 22


def test_the_writer_goes_on_while_a_backup_is_taken_and_the_backup_is_of_one_moment(shop: Path) -> None:
    with ShopFile.open(shop) as open_shop:
        writer = open_shop.writer()
        fill(writer, 20_000, first=21)

        class WriteMeanwhile(CancelAfter):
            def raise_if_cancelled(self) -> None:
                with writer.transaction():
                    writer.run(
                        "DELETE FROM person WHERE id IN (SELECT id FROM person ORDER BY id DESC LIMIT 10)"
                    )

        job = WriteMeanwhile(0)
        taken = backups.take(shop, "hand", now=NOON, job=job)
        assert len(job.reported) >= 3
        assert taken.people == 20_020
        assert writer.value("SELECT count(*) FROM person") == 20_020 - 10 * len(job.reported)


def test_a_cancelled_backup_leaves_nothing(shop: Path) -> None:
    with pytest.raises(Cancelled):
        backups.take(shop, "hand", job=CancelAfter(0))
    folder = paths.backups_folder() / setting(shop, "key")
    assert [file.name for file in folder.iterdir()] == ["shop.json"]


def test_backups_are_numbered_and_listed_newest_first_whatever_the_clock_says(shop: Path) -> None:
    clock = [NOON, NOON - timedelta(days=730), NOON + timedelta(days=3000), NOON]
    taken = [backups.take(shop, "hand", now=now) for now in clock]
    assert [one.number for one in taken] == [1, 2, 3, 4]
    assert [one.number for one in backups.list_backups(shop)] == [4, 3, 2, 1]
    assert len({one.path for one in taken}) == 4, "two in one second get two names"


def test_due_after_half_an_hour_or_when_the_clock_was_set_back(shop: Path) -> None:
    assert backups.due(shop, now=NOON)
    backups.take(shop, "start", now=NOON)
    assert not backups.due(shop, now=NOON + timedelta(minutes=29))
    assert backups.due(shop, now=NOON + timedelta(minutes=30))
    assert backups.due(shop, now=NOON - timedelta(days=730))


def test_older_ones_are_thinned_only_after_the_new_one_was_checked(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(12):
        backups.take(shop, "start", now=NOON + timedelta(days=day))
    before = backups.list_backups(shop)

    def fail(file: Path) -> None:
        raise BackupUnusable(file, "trashed on the way")

    monkeypatch.setattr(backup_files, "verify", fail)
    with pytest.raises(BackupUnusable):
        backups.take(shop, "start", now=NOON + timedelta(days=12))
    assert backups.list_backups(shop) == before


def test_a_run_of_days_is_thinned_by_the_rules(shop: Path) -> None:
    for day in range(20):
        backups.take(shop, "start", now=NOON + timedelta(days=day))
    ages = [19 - (one.taken_at - NOON).days for one in backups.list_backups(shop)]
    assert ages[:9] == list(range(9))
    assert len(ages) <= 9 + 4


def test_a_damaged_copy_is_never_taken_for_a_backup(shop: Path) -> None:
    page = leaf_page(shop, "會員15")
    trash_page(shop, page)
    with pytest.raises((BackupUnusable, ShopDamaged)):
        backups.take(shop, "start", now=NOON)
    assert backups.list_backups(shop) == ()


def test_no_room_no_backup_and_the_bytes_needed_are_named(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "free_bytes", lambda _folder: 1000)
    with pytest.raises(DiskFull) as caught:
        backups.take(shop, "start")
    assert caught.value.needed == 3 * shop.stat().st_size


def test_a_chosen_folder_is_used_and_has_to_be_there(shop: Path, tmp_path: Path) -> None:
    stick = tmp_path / "USB 隨身碟"
    with pytest.raises(BackupFolderMissing) as caught:
        backups.take(shop, "start", root=stick)
    assert caught.value.path == stick
    assert backups.list_backups(shop, root=stick) == ()
    stick.mkdir()
    taken = backups.take(shop, "start", root=stick)
    assert stick in taken.path.parents
    assert backups.list_backups(shop, root=stick) == (taken,)
    assert backups.list_backups(shop) == ()


def test_strangers_in_the_folder_are_shown_unverified_or_not_at_all(shop: Path) -> None:
    good = backups.take(shop, "hand", now=NOON)
    folder = good.path.parent
    (folder / "2025-01-02T030405.tagline").write_bytes(b"")
    (folder / "notes.txt").touch()
    make_shop(folder / "copied by hand.tagline", 3)
    listed = backups.list_backups(shop)
    assert listed[0] == good
    assert {(one.path.name, one.people, one.verified) for one in listed[1:]} == {
        ("2025-01-02T030405.tagline", None, False),
        ("copied by hand.tagline", 3, False),
    }
    assert next(one for one in listed if one.people is None).taken_at.year == 2025


@pytest.mark.parametrize("harm", ["emptied", "gone"])
def test_the_backups_of_a_damaged_or_lost_shop_are_found(shop: Path, harm: str, tmp_path: Path) -> None:
    other = make_shop(tmp_path / "other" / "別店.tagline", 1)
    backups.take(other, "hand", now=NOON)
    taken = backups.take(shop, "hand", now=NOON)
    shop.unlink()
    if harm == "emptied":
        shop.touch()
    assert backups.list_backups(shop) == (taken,)
    assert backups.list_backups(tmp_path / "moved" / shop.name) == (taken,)
    assert backups.list_backups(tmp_path / "unknown.tagline") == ()


def test_looking_after_an_open_shop(shop: Path) -> None:
    (shop.parent / "好店 2.tagline").write_bytes(shop.read_bytes())
    with ShopFile.open(shop) as open_shop:
        reader = open_shop.reader()
        report = look_after(shop, reader, now=NOON)
        again = look_after(shop, reader, now=NOON)
        reader.close()
    assert report.check.ok
    assert report.backup is not None
    assert report.backup.reason == "start"
    assert report.warnings == ()
    assert isinstance(report.conflicted, ConflictedCopies)
    assert again.backup is None
    assert disk.reserve_file(shop.parent).stat().st_size == disk.RESERVE_BYTES


def test_a_damaged_shop_is_not_backed_up_over_good_backups(shop: Path) -> None:
    good = backups.take(shop, "start", now=NOON)
    trash_page(shop, leaf_page(shop, "會員15"))
    with ShopFile.open(shop) as open_shop:
        reader = open_shop.reader()
        report = look_after(shop, reader, now=NOON + timedelta(days=1))
        reader.close()
    assert not report.check.ok
    assert report.backup is None
    assert backups.list_backups(shop) == (good,)
