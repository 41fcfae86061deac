"""A bare shop database in a file, made from the schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.database import Database
from desktop.store.shop_file import ShopFile


@pytest.fixture
def shop_db(tmp_path: Path) -> Iterator[Database]:
    with ShopFile.create(tmp_path / "店.tagline", name="店") as shop:
        yield shop.writer()
