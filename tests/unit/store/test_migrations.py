"""Layouts: numbered, frozen, all or nothing, and the same for new and old files."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.store.database import Database, SqliteError, connect
from desktop.store.safety.migrations import (
    Migration,
    current_version,
    migrate,
    migrations,
    statements,
    version_of,
)
from desktop.store.shop_file import ShopFile
from tests.shops import make_shop

DATA = Path(__file__).parents[2] / "data"

NEXT = Migration(
    current_version() + 1,
    "next",
    """
    CREATE TABLE extra (id INTEGER PRIMARY KEY, n INTEGER);
    INSERT INTO extra (n) SELECT count(*) FROM person;
    CREATE TRIGGER extra_sum AFTER INSERT ON person BEGIN
        UPDATE extra SET n = n + 1;
        UPDATE extra SET n = n;
    END;
    ALTER TABLE person ADD COLUMN nickname TEXT;
    """,
)


def layout(db: Database) -> list[tuple[str, str]]:
    """Every table, index and trigger with its SQL, without differences of spacing."""
    rows = db.all("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
    return [(name, " ".join(sql.split())) for name, sql in rows]


def test_statements_of_a_script_come_one_by_one_with_triggers_whole() -> None:
    found = list(statements(NEXT.sql))
    assert [one.split()[0] for one in found] == ["CREATE", "INSERT", "CREATE", "ALTER"]
    assert found[2].endswith("END;")


def test_a_script_that_ends_in_mid_statement_is_refused() -> None:
    with pytest.raises(ValueError, match="middle of a statement"):
        list(statements("CREATE TABLE a (b);\nCREATE TABLE c (d"))


def test_each_migration_is_recorded(tmp_path: Path) -> None:
    path = make_shop(tmp_path / "a.tagline")
    db = connect(path)
    assert migrate(db, [*migrations(), NEXT]) == 1
    assert migrate(db, [*migrations(), NEXT]) == 0
    assert version_of(db) == NEXT.version
    recorded = db.all("SELECT version, name FROM migration ORDER BY version")
    db.close()
    assert recorded == [(step.version, step.name) for step in [*migrations(), NEXT]]


def test_a_migration_that_fails_leaves_the_old_layout(tmp_path: Path) -> None:
    path = make_shop(tmp_path / "a.tagline", 3)
    broken = Migration(NEXT.version, "broken", NEXT.sql + "INSERT INTO nowhere VALUES (1);")
    db = connect(path)
    before = layout(db)
    with pytest.raises(SqliteError):
        migrate(db, [*migrations(), broken])
    assert layout(db) == before
    assert version_of(db) == current_version()
    db.close()


def frozen_files() -> list[Path]:
    return sorted(DATA.glob("shop_v*.tagline"))


def test_there_is_a_real_file_of_every_layout() -> None:
    assert [file.name for file in frozen_files()] == [
        f"shop_v{n}.tagline" for n in range(1, current_version() + 1)
    ]


@pytest.mark.parametrize("file", frozen_files(), ids=lambda file: file.stem)
def test_an_old_file_opens_with_all_its_rows_and_the_layout_of_a_new_one(file: Path, tmp_path: Path) -> None:
    path = tmp_path / file.name
    path.write_bytes(file.read_bytes())
    old = connect(path, read_only=True)
    tables = old.column(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('shop', 'migration')"
    )
    counts = {table: old.value(f"SELECT count(*) FROM {table}") for table in tables}
    old.close()
    assert counts["person"] > 0
    with ShopFile.create(tmp_path / "new.tagline", name="x") as new, ShopFile.open(path) as shop:
        assert layout(shop.writer()) == layout(new.writer()), (
            "a layout is frozen; tests/data/make_shop_file.py"
        )
        assert {table: shop.writer().value(f"SELECT count(*) FROM {table}") for table in tables} == counts
        assert shop.writer().column("PRAGMA integrity_check") == ["ok"]
