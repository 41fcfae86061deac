"""Saves what can be read out of a damaged shop: copies readable rows into a new shop file, reading around the bad pages
from both sides and inwards. The damaged file itself is only ever copied, never opened."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.core.errors import UserError
from desktop.core.job import QUIET, JobContext
from desktop.core.message import message
from desktop.store import shop as shop_rows
from desktop.store.database import Database, SqliteError, connect
from desktop.store.recovery import backup_files
from desktop.store.recovery.readable_rows import ReadableRows
from desktop.store.safety import disk
from desktop.store.safety.damage import Unsound, check_tables, side_file
from desktop.store.safety.file_lock import FileLock
from desktop.store.safety.migrations import current_version, migrate, migrations
from desktop.store.safety.shop_errors import NothingReadable, ShopExists

PAGE_SIZE = 8192
ROWS_A_STEP = 500


@dataclass(frozen=True, slots=True)
class SalvagedTable:
    """Rows saved of one table, and whether reading met no damage in it."""

    name: str
    rows: int
    whole: bool


@dataclass(frozen=True, slots=True)
class SalvageReport:
    """What was saved.

    Args:
        path: the new shop file; its uploads are paused.
        tables: per table.
        loose: rows left out or unlinked because what they belong to was lost.
    """

    path: Path
    tables: tuple[SalvagedTable, ...]
    loose: int

    @property
    def people(self) -> int:
        """Rows of people saved."""
        return next((table.rows for table in self.tables if table.name == "person"), 0)


def salvage(damaged: Path, into: Path, *, job: JobContext = QUIET) -> SalvageReport:
    """Copy every readable row of ``damaged`` into a new shop file ``into``.

    Raises:
        ShopInUse: somebody has the damaged file open.
        ShopExists: ``into`` is there already.
        NothingReadable: not one row could be read; ``into`` is not made.
        FolderNotWritable, DiskFull, Cancelled.
    """
    damaged, into = disk.reachable(damaged), disk.reachable(into)
    if into.exists():
        raise ShopExists(into)
    disk.create_folder(into.parent)
    disk.require_space(into.parent, disk.SPACE_FACTOR * damaged.stat().st_size)
    with (
        FileLock.acquire(damaged),
        tempfile.TemporaryDirectory(prefix=disk.WORK_FOLDER, dir=into.parent) as work,
    ):
        source = _first_readable(damaged, Path(work))
        target = Path(work) / "new"
        try:
            report = _copy_all(source, target, into, job)
        finally:
            source.close()
        backup_files.verify(target)
        disk.flush_to_disk(target)
        disk.replace(target, into)
    return report


def _first_readable(damaged: Path, work: Path) -> Database:
    """A copy of the damaged file that opens: as it is, else with a new header, else with a new list of tables."""
    fresh = work / "fresh"
    _new_file(fresh, current_version())
    raw = fresh.read_bytes()
    tables = {page: raw[(page - 1) * PAGE_SIZE : page * PAGE_SIZE] for page in _schema_pages(raw)}
    for name, new_pages in (("as-is", {}), ("header", {1: raw[:100]}), ("tables", tables)):
        copy = work / name
        shutil.copyfile(damaged, copy)
        for suffix in ("-wal", "-journal"):
            if not new_pages and side_file(damaged, suffix).exists():
                shutil.copyfile(side_file(damaged, suffix), side_file(copy, suffix))
        _patch(copy, new_pages, least=len(raw))
        db = _open_anyway(copy)
        if _says_something(db):
            return db
        db.close()
    raise NothingReadable(damaged)


def _schema_pages(raw: bytes) -> list[int]:
    """The pages of a sound file its list of tables lies on: the first, and if that is an inner page its children.

    In a file that was made by the same migrations and never vacuumed, tables begin on the same pages.
    """
    inner_table = 5
    if raw[100] != inner_table:
        return [1]
    cells = int.from_bytes(raw[103:105], "big")
    starts = [int.from_bytes(raw[at : at + 2], "big") for at in range(112, 112 + 2 * cells, 2)]
    return [1, *(int.from_bytes(raw[at : at + 4], "big") for at in [108, *starts])]


def _patch(copy: Path, new_pages: dict[int, bytes], *, least: int) -> None:
    """Put new pages (from 1) into a file, and empty ones in place of those cut off from its end."""
    with copy.open("r+b") as file:
        header = file.read(100)
        size = file.seek(0, 2)
        pages = -(-max(size, least) // PAGE_SIZE)
        said = int.from_bytes(header[28:32], "big")
        if not new_pages and pages < said < 2 * pages + 1000:
            pages = said
        for number, page in new_pages.items():
            file.seek((number - 1) * PAGE_SIZE)
            file.write(page)
        if new_pages:
            # The counts of pages (28) and of free pages (32, 36) came from the fresh file: set right, or to none.
            file.seek(28)
            file.write(pages.to_bytes(4, "big") + bytes(8))
        if size and pages * PAGE_SIZE > size:
            file.truncate(pages * PAGE_SIZE)


def _open_anyway(copy: Path) -> Database:
    from sqlcipher3 import dbapi2

    # Without the settings of a healthy connection, which already read the file.
    connection = dbapi2.connect(str(copy), isolation_level=None)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return Database(connection, copy)


def _says_something(db: Database) -> bool:
    try:
        check_tables(db)
    except Unsound:
        return False
    for table in ("person", "shop", "tag", "step"):
        for _ in ReadableRows(db, table, ["*"]):
            return True
    return False


def _new_file(path: Path, version: int) -> None:
    db = connect(path)
    try:
        db.run(f"PRAGMA page_size = {PAGE_SIZE}")
        migrate(db, migrations()[:version])
    finally:
        db.close()


def _version(source: Database) -> int:
    try:
        version = int(source.value("PRAGMA user_version"))
    except (SqliteError, UserError):
        version = 0
    return version if 1 <= version <= current_version() else current_version()


def _copy_all(source: Database, target: Path, into: Path, job: JobContext) -> SalvageReport:
    _new_file(target, _version(source))
    db = connect(target)
    try:
        db.run("PRAGMA foreign_keys = OFF")
        tables: list[SalvagedTable] = []
        with db.transaction():
            for name in _tables(db):
                job.report(len(tables), None, message("shop.salvage.table", table=name))
                tables.append(_copy_table(source, db, name, job))
            loose = _drop_loose(db)
            backup_files.forget_record(db)
            shop_rows.put(db, "uploads_paused", "1")
    finally:
        db.close()
    return SalvageReport(into, tuple(tables), loose)


def _tables(db: Database) -> list[str]:
    """The shop's own settings first: the tag limit has to stand before the tags."""
    names = db.column(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        " AND name <> 'migration' ORDER BY name <> 'shop', rowid"
    )
    return [str(name) for name in names]


def _columns(db: Database, table: str) -> list[str]:
    return [str(row[1]) for row in db.all(f"PRAGMA table_info({table})")]


def _copy_table(source: Database, target: Database, table: str, job: JobContext) -> SalvagedTable:
    try:
        theirs = set(_columns(source, table))
    except (SqliteError, UserError):
        theirs = set()
    columns = [name for name in _columns(target, table) if name in theirs]
    if not columns:
        return SalvagedTable(table, 0, False)
    # The new file's own settings (its version) give way to the saved ones.
    rule = "REPLACE" if table == "shop" else "IGNORE"
    marks = ", ".join("?" * len(columns))
    sql = f"INSERT OR {rule} INTO {table} ({', '.join(columns)}) VALUES ({marks})"
    rows = ReadableRows(source, table, columns)
    for batch in _batches(rows):
        job.raise_if_cancelled()
        _insert(target, sql, batch)
    return SalvagedTable(table, int(target.value(f"SELECT count(*) FROM {table}")), rows.whole)


def _batches(rows: Iterable[tuple[object, ...]]) -> Iterator[list[tuple[object, ...]]]:
    batch: list[tuple[object, ...]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == ROWS_A_STEP:
            yield batch
            batch = []
    yield batch


def _insert(db: Database, sql: str, rows: list[tuple[object, ...]]) -> None:
    try:
        db.many(sql, rows)
    except SqliteError:
        # One row breaks a rule of the database (a person with more tags than allowed, say): only that one is left out.
        for row in rows:
            try:
                db.run(sql, row)
            except SqliteError:
                continue


def _drop_loose(db: Database) -> int:
    """Delete or unlink rows whose counterpart was lost, until none is left; how many."""
    loose = 0
    while True:
        found = sum(_drop_loose_of(db, table) for table in _tables(db))
        loose += found
        if not found:
            return loose


def _drop_loose_of(db: Database, table: str) -> int:
    required = {row[1] for row in db.all(f"PRAGMA table_info({table})") if row[3] or row[5]}
    count = 0
    for key in db.all(f"PRAGMA foreign_key_list({table})"):
        parent, column, to = key[2], key[3], key[4]
        where = f"{column} IS NOT NULL AND {column} NOT IN (SELECT {to} FROM {parent})"
        if column in required:
            count += db.run(f"DELETE FROM {table} WHERE {where}")
        else:
            count += db.run(f"UPDATE {table} SET {column} = NULL WHERE {where}")
    return count
