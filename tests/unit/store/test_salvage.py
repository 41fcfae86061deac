"""What can still be read of a damaged shop is saved; the damaged file is left alone."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from desktop.core.errors import Cancelled
from desktop.store.database import connect
from desktop.store.recovery.salvage import SalvageReport, salvage
from desktop.store.safety.checks import check_in_background
from desktop.store.safety.shop_errors import NothingReadable, ShopExists, ShopInUse
from desktop.store.shop_file import PAGE_SIZE, ShopFile, open_reader
from tests.shops import leaf_page, make_shop, pages_of, people_in, setting, sha256, trash_page
from tests.unit.store.test_backups import CancelAfter

PEOPLE = 400


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_shop(tmp_path / "好店.tagline", PEOPLE)


def saved(shop: Path) -> SalvageReport:
    """Salvage a shop and check what must always hold."""
    before = sha256(shop)
    into = shop.with_name("救回.tagline")
    report = salvage(shop, into)
    assert sha256(shop) == before
    assert sorted(file.name for file in shop.parent.iterdir()) == sorted([shop.name, into.name])
    assert report.path == into
    assert setting(into, "uploads_paused") == "1"
    with ShopFile.open(into) as open_shop:
        db = open_shop.writer()
        assert check_in_background(db, thorough=True).ok
        assert db.value("SELECT count(*) FROM person") == report.people
        tables = {table.name: table.rows for table in report.tables}
        assert {name: db.value(f"SELECT count(*) FROM {name}") for name in tables if name != "shop"} == {
            name: rows for name, rows in tables.items() if name not in ("shop", "person_tag")
        } | {"person_tag": tables["person_tag"] - report.loose}
    return report


def whole(report: SalvageReport, table: str) -> bool:
    return next(one.whole for one in report.tables if one.name == table)


def test_a_sound_shop_is_saved_whole(shop: Path) -> None:
    key = setting(shop, "key")
    report = saved(shop)
    assert report.people == PEOPLE
    assert report.loose == 0
    assert all(table.whole for table in report.tables)
    assert setting(report.path, "key") == key
    assert setting(report.path, "name") == "好店"


def test_one_bad_page_costs_only_its_own_rows(shop: Path) -> None:
    page = leaf_page(shop, "會員200")
    lost = sum(1 for n in range(1, PEOPLE + 1) if f"會員{n}備註".encode() in page_bytes(shop, page))
    assert 5 < lost < 100
    trash_page(shop, page)
    report = saved(shop)
    assert report.people == PEOPLE - lost
    assert report.loose == lost, "the tags of the lost people"
    assert not whole(report, "person")
    assert whole(report, "tag")


def page_bytes(shop: Path, page: int) -> bytes:
    return shop.read_bytes()[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]


@pytest.mark.parametrize("which", ["會員1", f"會員{PEOPLE}"])
def test_a_bad_page_at_either_end_of_a_table(shop: Path, which: str) -> None:
    raw = shop.read_bytes()
    trash_page(shop, raw.index(f"{which}備註".encode()) // PAGE_SIZE + 1)
    report = saved(shop)
    assert PEOPLE - 100 < report.people < PEOPLE


def test_a_garbled_header(shop: Path) -> None:
    with shop.open("r+b") as file:
        file.write(bytes(100))
    assert saved(shop).people == PEOPLE


def test_a_lost_first_page(shop: Path) -> None:
    trash_page(shop, 1)
    assert saved(shop).people == PEOPLE


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.96, 0.999])
def test_a_truncated_file(shop: Path, kept: float) -> None:
    raw = shop.read_bytes()
    shop.write_bytes(raw[: int(len(raw) * kept)])
    report = saved(shop)
    assert setting(report.path, "name") == "好店"
    assert kept < 0.96 or 0 < report.people < PEOPLE


def test_a_lost_table_of_settings(shop: Path) -> None:
    db = open_reader(shop)
    page = pages_of(db, "shop")
    db.close()
    trash_page(shop, page)
    report = saved(shop)
    assert report.people == PEOPLE
    assert not whole(report, "shop")


def test_orders_of_lost_people_stay_without_a_buyer(shop: Path) -> None:
    with ShopFile.open(shop) as open_shop:
        db = open_shop.writer()
        with db.transaction():
            db.run(
                "INSERT INTO shop_order (order_no, person_id, amount) SELECT 'A' || id, id, 100 FROM person"
            )
    page = leaf_page(shop, "會員200")
    trash_page(shop, page)
    into = shop.with_name("救回.tagline")
    report = salvage(shop, into)
    lost = PEOPLE - report.people
    db = open_reader(into)
    assert db.value("SELECT count(*) FROM shop_order") == PEOPLE
    assert db.value("SELECT count(*) FROM shop_order WHERE person_id IS NULL") == lost > 0
    db.close()


@pytest.mark.parametrize("raw", [b"", b"\0" * 100_000, "會員編號,姓名\n".encode() * 10_000])
def test_where_nothing_is_left_nothing_is_made(shop: Path, raw: bytes) -> None:
    shop.write_bytes(raw)
    with pytest.raises(NothingReadable):
        salvage(shop, shop.with_name("救回.tagline"))
    assert list(shop.parent.iterdir()) == [shop]


def test_a_salvage_never_overwrites_and_never_runs_beside_a_window(shop: Path) -> None:
    with pytest.raises(ShopExists):
        salvage(shop, shop)
    with ShopFile.open(shop), pytest.raises(ShopInUse):
        salvage(shop, shop.with_name("x.tagline"))


def test_a_cancelled_salvage_leaves_nothing(shop: Path) -> None:
    with pytest.raises(Cancelled):
        salvage(shop, shop.with_name("救回.tagline"), job=CancelAfter(3))
    assert list(shop.parent.iterdir()) == [shop]


def test_random_damage_never_ends_in_anything_but_a_sound_file_or_a_sentence(
    shop: Path, long_run: bool
) -> None:
    pristine = shop.read_bytes()
    pages = len(pristine) // PAGE_SIZE
    into = shop.with_name("救回.tagline")
    for seed in range(400 if long_run else 12):
        chance = random.Random(seed)
        raw = bytearray(pristine)
        for _ in range(chance.choice([1, 1, 2, 5, 20])):
            start = chance.randrange(pages) * PAGE_SIZE + chance.randrange(PAGE_SIZE)
            harm = chance.randbytes(chance.choice([1, 8, 500, PAGE_SIZE]))
            raw[start : start + len(harm)] = harm[: len(raw) - start]
        shop.write_bytes(raw)
        try:
            report = salvage(shop, into)
        except NothingReadable:
            continue
        assert people_in(into) == report.people, f"seed {seed}"
        db = connect(into)
        assert check_in_background(db, thorough=True).ok, f"seed {seed}"
        db.close()
        into.unlink()
