"""Error codes become sentences in one place; everything else stays a bug."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.store.database import SqliteError, connect
from desktop.store.safety import disk
from desktop.store.safety.shop_errors import (
    DiskFull,
    FolderNotWritable,
    PathTooLong,
    ShopDamaged,
    ShopInUse,
)
from desktop.store.safety.sqlite_errors import explained
from desktop.store.shop_file import ShopFile
from tests.shops import fill, make_shop


class Coded(Exception):
    def __init__(self, code: int) -> None:
        super().__init__("text that decides nothing")
        self.sqlite_errorcode = code


MEANINGS: list[tuple[int, type[UserError] | None]] = [
    (13, DiskFull),
    (11, ShopDamaged),
    (11 | 1 << 8, ShopDamaged),
    (26, ShopDamaged),
    (5, ShopInUse),
    (6, ShopInUse),
    (14, FolderNotWritable),
    (8 | 6 << 8, FolderNotWritable),
    (8, None),
    (1, None),
    (9, None),
    (10, None),
    (19, None),
]


@pytest.mark.parametrize(("code", "meaning"), MEANINGS)
def test_meaning_of_a_code(tmp_path: Path, code: int, meaning: type[UserError] | None) -> None:
    told = explained(Coded(code), tmp_path / "a.tagline")
    assert type(told) is (meaning or type(None))


def test_an_error_without_a_code_is_a_bug(tmp_path: Path) -> None:
    assert explained(ValueError("database or disk is full"), tmp_path) is None


def test_a_failing_write_on_a_disk_without_room_is_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "free_bytes", lambda _folder: 0)
    assert isinstance(explained(Coded(10), tmp_path / "a.tagline"), DiskFull)


def test_a_path_beyond_what_sqlite_opens(tmp_path: Path) -> None:
    path = tmp_path.joinpath(*["長" * 60] * 4) / "店.tagline"
    path.parent.mkdir(parents=True)
    with pytest.raises(PathTooLong):
        connect(path)


def test_a_full_disk_rolls_back_and_says_what_is_needed(tmp_path: Path) -> None:
    path = make_shop(tmp_path / "a.tagline", 10)
    with ShopFile.open(path) as shop:
        db = shop.writer()
        db.value(f"PRAGMA max_page_count = {db.value('PRAGMA page_count') + 3}")
        with pytest.raises(DiskFull) as caught:
            fill(db, 5_000, first=11)
        assert caught.value.needed == disk.RESERVE_BYTES
        assert isinstance(caught.value.__cause__, SqliteError)
        assert not db.connection.in_transaction
        assert db.value("SELECT count(*) FROM person") == 10


def test_a_rule_of_the_database_stays_an_error_of_its_own(tmp_path: Path) -> None:
    path = make_shop(tmp_path / "a.tagline", 1)
    with ShopFile.open(path) as shop, pytest.raises(SqliteError, match="UNIQUE"):
        fill(shop.writer(), 1)
