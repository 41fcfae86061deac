"""Shop files for tests: made, filled, harmed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from desktop.store.database import Database
from desktop.store.safety.damage import side_file
from desktop.store.shop_file import PAGE_SIZE, ShopFile, open_reader


def make_shop(path: Path, people: int = 0, *, name: str = "好店") -> Path:
    """A closed shop with this many people, each with a tag."""
    with ShopFile.create(path, name=name) as shop:
        fill(shop.writer(), people)
    return path


def fill(db: Database, people: int, *, first: int = 1) -> None:
    """Add people M1, M2, … named 會員1, 會員2, …, all with the tag 常客."""
    numbers = range(first, first + people)
    with db.transaction():
        db.run("INSERT OR IGNORE INTO tag (id, name, key) VALUES (1, '常客', '常客')")
        rows = [(n, f"M{n}", f"會員{n}", "備註" * 20) for n in numbers]
        db.many("INSERT INTO person (id, member_no, name, note) VALUES (?, ?, ?, ?)", rows)
        links = [(n, 1) for n in numbers]
        db.many("INSERT INTO person_tag (person_id, tag_id, origin) VALUES (?, ?, 'hand')", links)


def people_in(path: Path) -> int:
    """How many people a shop holds, read as the command line does."""
    db = open_reader(path)
    try:
        return int(db.value("SELECT count(*) FROM person"))
    finally:
        db.close()


def setting(path: Path, key: str) -> str:
    """A row of the table ``shop``."""
    db = open_reader(path)
    try:
        return str(db.value("SELECT value FROM shop WHERE key = ?", (key,)))
    finally:
        db.close()


def pages_of(db: Database, table: str) -> int:
    """The first page of a table."""
    return int(db.value("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)))


def sha256(path: Path) -> str:
    """Of the file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def trash_page(path: Path, number: int) -> None:
    """Overwrite a page (from 1) of a closed file."""
    with path.open("r+b") as file:
        file.seek((number - 1) * PAGE_SIZE)
        file.write(b"\xa5" * PAGE_SIZE)


def leaf_page(path: Path, text: str) -> int:
    """The page (from 1) a text lies in first."""
    return path.read_bytes().index(text.encode()) // PAGE_SIZE + 1


def side_files(path: Path) -> list[str]:
    """Which files of SQLite's or ours stand beside a shop."""
    return [suffix for suffix in ("-wal", "-shm", "-journal", ".lock") if side_file(path, suffix).exists()]
