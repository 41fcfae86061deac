"""What is kept of LINE's reasons for refusing people: no user ID, and no more than the owner reads."""

from __future__ import annotations

from pathlib import Path

from desktop.store import shop
from desktop.store.publishing import refused
from desktop.store.shop_file import ShopFile


def test_reasons_name_nobody_and_are_few(tmp_path: Path) -> None:
    file = ShopFile.create(tmp_path / "店.tagline", name="店", practice=False)
    shop_db = file.writer()
    for number in range(9):
        refused.note_reason(shop_db, 1, f"{number % 2}: U{'0' * 32} is not known")
    assert shop.get_json(shop_db, "links_refused") == {
        "job": 1,
        "why": ["0: U… is not known", "1: U… is not known"],
    }
    for number in range(9):
        refused.note_reason(shop_db, 2, str(number))
    assert shop.get_json(shop_db, "links_refused") == {"job": 2, "why": ["0", "1", "2"]}
    file.close()
