"""A shop file made, opened, written, read and closed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop import __version__
from desktop.store.safety.damage import read_header
from desktop.store.safety.file_lock import lock_path
from desktop.store.safety.shop_errors import ShopExists, ShopInUse, ShopMissing
from desktop.store.shop_file import PAGE_SIZE, ShopFile, open_reader
from tests.shops import fill, make_shop, people_in, side_files


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shops" / "好店.tagline"


def test_a_new_shop_knows_itself(path: Path) -> None:
    with ShopFile.create(path, name="晨光咖啡", zone="Asia/Tokyo", practice=True) as shop:
        rows = dict(shop.writer().all("SELECT key, value FROM shop"))
    assert rows["name"] == "晨光咖啡"
    assert (rows["zone"], rows["country"]) == ("Asia/Tokyo", "JP")
    assert (rows["tag_limit"], rows["practice"], rows["uploads_paused"]) == ("10", "1", "0")
    assert rows["min_app_version"] == __version__
    assert len(rows["key"]) == 32
    assert rows["created_at"].endswith("Z")


def test_two_new_shops_have_different_keys(tmp_path: Path) -> None:
    keys = []
    for name in ("a", "b"):
        with ShopFile.create(tmp_path / f"{name}.tagline", name=name) as shop:
            keys.append(shop.writer().value("SELECT value FROM shop WHERE key = 'key'"))
    assert keys[0] != keys[1]


@pytest.mark.parametrize(
    ("zone", "country"), [("Asia/Taipei", "TW"), ("Asia/Bangkok", "TH"), ("Europe/Rome", "TW")]
)
def test_the_country_comes_from_the_zone(path: Path, zone: str, country: str) -> None:
    with ShopFile.create(path, name="x", zone=zone) as shop:
        assert shop.writer().value("SELECT value FROM shop WHERE key = 'country'") == country


def test_settings_of_the_writer(path: Path) -> None:
    with ShopFile.create(path, name="x") as shop:
        db = shop.writer()
        wanted = {
            "page_size": PAGE_SIZE,
            "synchronous": 2,
            "foreign_keys": 1,
            "secure_delete": 1,
            "trusted_schema": 0,
        }
        assert {name: db.value(f"PRAGMA {name}") for name in wanted} == wanted
        assert db.value("PRAGMA journal_mode") == "wal"


def test_a_new_shop_never_overwrites_a_file(path: Path) -> None:
    make_shop(path, 3)
    with pytest.raises(ShopExists):
        ShopFile.create(path, name="x")
    assert people_in(path) == 3


def test_a_new_shop_that_fails_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise OSError("no")

    monkeypatch.setattr("desktop.store.safety.disk.flush_to_disk", fail)
    with pytest.raises(OSError, match="no"):
        ShopFile.create(path, name="x")
    assert list(path.parent.iterdir()) == []


def test_a_missing_shop_is_not_made_by_opening_it(path: Path) -> None:
    for attempt in (ShopFile.open, ShopFile.open_for_reading, open_reader):
        with pytest.raises(ShopMissing):
            attempt(path)
    assert not path.exists()


def test_after_a_clean_exit_there_is_one_single_file(path: Path) -> None:
    shop = ShopFile.create(path, name="x")
    fill(shop.writer(), 10)
    reader = shop.reader()
    assert reader.value("SELECT count(*) FROM person") == 10
    assert "-wal" in side_files(path)
    reader.close()
    assert shop.close()
    assert list(path.parent.iterdir()) == [path]
    assert not read_header(path).wal


def test_closing_twice_and_closing_without_a_writer(path: Path) -> None:
    make_shop(path)
    shop = ShopFile.open(path)
    assert shop.close()
    assert shop.close()
    assert list(path.parent.iterdir()) == [path]


def test_while_another_program_reads_the_shop_closes_and_stays_whole(path: Path) -> None:
    make_shop(path, 5)
    shop = ShopFile.open(path)
    fill(shop.writer(), 5, first=6)
    reader = open_reader(path)
    rows = reader.each("SELECT id FROM person")
    next(rows)
    assert not shop.close()
    assert not lock_path(path).exists()
    assert len(list(rows)) == 9
    reader.close()
    with ShopFile.open(path) as again:
        assert again.writer().value("SELECT count(*) FROM person") == 10
    assert list(path.parent.iterdir()) == [path]


def test_the_writer_belongs_to_one_thread(path: Path) -> None:
    caught: list[str] = []

    def elsewhere(shop: ShopFile) -> None:
        try:
            shop.writer()
        except RuntimeError as error:
            caught.append(str(error))

    with ShopFile.create(path, name="x") as shop:
        assert shop.writer() is shop.writer()
        thread = threading.Thread(target=elsewhere, args=(shop,))
        thread.start()
        thread.join()
    assert caught == ["the writer belongs to another thread"]


def test_readers_in_other_threads_see_what_was_committed_and_cannot_write(path: Path) -> None:
    seen: list[int] = []
    refused: list[str] = []

    def read(shop: ShopFile) -> None:
        db = shop.reader()
        try:
            seen.append(db.value("SELECT count(*) FROM person"))
            try:
                db.run("DELETE FROM person")
            except Exception as error:
                refused.append(str(error))
        finally:
            db.close()

    with ShopFile.create(path, name="x") as shop:
        fill(shop.writer(), 7)
        thread = threading.Thread(target=read, args=(shop,))
        thread.start()
        thread.join()
        assert shop.writer().value("SELECT count(*) FROM person") == 7
    assert seen == [7]
    assert refused == ["attempt to write a readonly database"]


def test_the_command_line_reads_beside_an_open_window(path: Path) -> None:
    with ShopFile.create(path, name="x") as shop:
        fill(shop.writer(), 4)
        assert people_in(path) == 4
        with pytest.raises(ShopInUse):
            ShopFile.open(path)
    assert people_in(path) == 4


def test_reading_a_closed_shop_leaves_nothing_beside_it(path: Path) -> None:
    make_shop(path, 2)
    before = path.read_bytes()
    assert people_in(path) == 2
    assert side_files(path) == []
    assert path.read_bytes() == before
