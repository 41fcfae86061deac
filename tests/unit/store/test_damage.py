"""What is no sound shop file is recognised before SQLite sees it."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest

from desktop.store.database import connect
from desktop.store.safety.checks import check_in_background
from desktop.store.safety.damage import Unsound, read_header, read_min_app_version
from desktop.store.safety.migrations import APPLICATION_ID, current_version
from desktop.store.safety.shop_errors import ShopDamaged
from desktop.store.shop_file import PAGE_SIZE, ShopFile, open_reader
from tests.shops import leaf_page, make_shop, sha256, trash_page


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_shop(tmp_path / "店.tagline", 200)


def test_a_sound_file(shop: Path) -> None:
    header = read_header(shop)
    assert (header.page_size, header.schema, header.wal) == (PAGE_SIZE, current_version(), False)
    assert header.pages * PAGE_SIZE == shop.stat().st_size


def harm(shop: Path, how: str) -> None:
    raw = bytearray(shop.read_bytes())
    if how == "empty":
        raw = bytearray()
    elif how == "zeroes":
        raw[:100] = bytes(100)
    elif how == "garbled":
        raw[:100] = random.Random(7).randbytes(100)
    elif how == "short":
        raw = raw[:60]
    elif how == "half":
        raw = raw[: len(raw) // 2]
    elif how == "last page":
        raw = raw[:-PAGE_SIZE]
    elif how == "last byte":
        raw = raw[:-1]
    elif how == "page size":
        raw[16:18] = struct.pack(">H", 8191)
    elif how == "other program's":
        raw[68:72] = bytes(4)
    elif how == "no version":
        raw[60:64] = bytes(4)
    elif how == "text":
        raw = bytearray("會員編號,姓名\n".encode() * 100)
    shop.write_bytes(raw)


HARMS = (
    "empty", "zeroes", "garbled", "short", "half", "last page", "last byte", "page size", "other program's",
    "no version", "text",
)  # fmt: skip


@pytest.mark.parametrize("how", HARMS)
def test_damage_is_recognised_and_the_file_left_alone(shop: Path, how: str) -> None:
    harm(shop, how)
    before = sha256(shop)
    with pytest.raises(Unsound):
        read_header(shop)
    for attempt in (ShopFile.open, ShopFile.open_for_reading, open_reader):
        with pytest.raises(ShopDamaged) as caught:
            attempt(shop)
        assert caught.value.path == shop
        assert caught.value.problem
    assert sha256(shop) == before
    assert list(shop.parent.iterdir()) == [shop]


def test_our_header_on_an_empty_database_is_not_a_shop(tmp_path: Path) -> None:
    path = tmp_path / "a.tagline"
    db = connect(path)
    db.run(f"PRAGMA application_id = {APPLICATION_ID}")
    db.run("PRAGMA user_version = 1")
    db.run("CREATE TABLE members (id INTEGER)")
    db.close()
    for attempt in (ShopFile.open, open_reader):
        with pytest.raises(ShopDamaged, match=r"shop\.damaged") as caught:
            attempt(path)
        assert "tables are missing" in caught.value.problem


def test_a_trashed_page_is_found_by_the_background_check(shop: Path) -> None:
    trash_page(shop, leaf_page(shop, "會員150"))
    with ShopFile.open(shop) as open_shop:
        reader = open_shop.reader()
        report = check_in_background(reader)
        reader.close()
    assert not report.ok
    assert report.problems
    assert "會員" not in "".join(report.problems)


def test_reading_a_trashed_page_says_damaged_wherever_it_happens(shop: Path) -> None:
    trash_page(shop, leaf_page(shop, "會員150"))
    with ShopFile.open(shop) as open_shop:
        db = open_shop.writer()
        for read in (db.all, db.column, lambda sql: list(db.each(sql))):
            with pytest.raises(ShopDamaged):
                read("SELECT name FROM person NOT INDEXED ORDER BY id")
        with pytest.raises(ShopDamaged), db.transaction():
            db.run("UPDATE person SET name = name || '!'")
        assert not db.connection.in_transaction


def test_a_sound_shop_passes_both_checks(shop: Path) -> None:
    db = open_reader(shop)
    assert check_in_background(db).ok
    assert check_in_background(db, thorough=True).ok
    db.close()


def test_the_check_finds_links_to_nobody(shop: Path) -> None:
    db = connect(shop)
    db.run("PRAGMA foreign_keys = OFF")
    db.run("DELETE FROM person WHERE id = 5")
    report = check_in_background(db)
    db.close()
    assert report.problems == ("foreign key of person_tag to person",)


def test_the_version_a_file_asks_for(shop: Path, tmp_path: Path) -> None:
    db = connect(shop)
    db.run("UPDATE shop SET value = '9.1' WHERE key = 'min_app_version'")
    db.close()
    assert read_min_app_version(shop) == "9.1"
    (tmp_path / "empty").touch()
    assert read_min_app_version(tmp_path / "empty") == ""


def test_a_flipped_bit_that_breaks_a_text_says_damaged_and_quotes_nobody(shop: Path) -> None:
    raw = bytearray(shop.read_bytes())
    raw[raw.index("會員150備註".encode())] ^= 0x40
    shop.write_bytes(raw)
    with ShopFile.open(shop) as open_shop, pytest.raises(ShopDamaged) as caught:
        open_shop.writer().all("SELECT name FROM person NOT INDEXED")
    assert caught.value.__cause__ is None
    assert "150" not in f"{caught.value}{caught.value.problem}{caught.value.details}"
