"""Opens, creates and closes a shop file: the checks before SQLite sees it, the lock, the migrations behind a backup, one writer
and read-only readers, and back to one single file in the end."""

from __future__ import annotations

import secrets
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from desktop import __version__
from desktop.store.database import Database, connect
from desktop.store.safety import disk
from desktop.store.safety.damage import Header, Unsound, check_tables, read_header, side_file
from desktop.store.safety.file_lock import FileLock
from desktop.store.safety.migrations import current_version, migrate, version_of
from desktop.store.safety.shop_errors import ShopDamaged, ShopExists, ShopMissing, ShopTooNew

SUFFIX = ".tagline"
PAGE_SIZE = 8192
COUNTRIES = {
    "Asia/Taipei": "TW",
    "Asia/Tokyo": "JP",
    "Asia/Bangkok": "TH",
    "Asia/Hong_Kong": "HK",
    "Asia/Jakarta": "ID",
}
"""The country whose phone numbers and prices a shop in this zone starts with; elsewhere Taiwan's."""


class ShopFile:
    """An open shop. Made by :meth:`create` or :meth:`open`; give it back with :meth:`close` or as a context manager."""

    def __init__(self, path: Path, lock: FileLock) -> None:
        self.path = path
        self.lock = lock
        self._writer: Database | None = None
        self._writer_thread: int | None = None

    @classmethod
    def create(
        cls, path: Path, *, name: str, zone: str = "Asia/Taipei", practice: bool = False
    ) -> ShopFile:
        """Make a new shop and open it. The file appears whole or not at all.

        Args:
            name: the shop's name as shown.
            zone: IANA name of the shop's time zone.
            practice: a shop that can never reach LINE.

        Raises:
            ShopExists: there is a file already.
            ShopInUse, FolderNotWritable, DiskFull.
        """
        path = path.absolute()
        disk.create_folder(path.parent)
        with FileLock.acquire(path):
            if path.exists():
                raise ShopExists(path)
            temporary = disk.temporary_beside(path)
            try:
                _build(temporary, name=name, zone=zone, practice=practice)
                disk.flush_to_disk(temporary)
                disk.replace(temporary, path)
            finally:
                temporary.unlink(missing_ok=True)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> ShopFile:
        """Open an existing shop for this process alone.

        Raises:
            ShopMissing, ShopInUse, ShopTooNew, ShopDamaged, FolderNotWritable, DiskFull.
        """
        path = path.absolute()
        if not path.exists():
            raise ShopMissing(path)
        lock = FileLock.acquire(path)
        try:
            header = _examine(path)
            if not header.wal:
                side_file(path, "-wal").unlink(missing_ok=True)
            _prepare(path)
        except BaseException:
            lock.release()
            raise
        return cls(path, lock)

    def writer(self) -> Database:
        """The one read-write connection, opened at the first call for the thread that calls.

        Raises:
            RuntimeError: another thread has it.
        """
        if self._writer is None:
            self._writer = connect(self.path)
            self._writer_thread = threading.get_ident()
        elif self._writer_thread != threading.get_ident():
            raise RuntimeError("the writer belongs to another thread")
        return self._writer

    def reader(self) -> Database:
        """A new read-only connection for the calling thread, which closes it."""
        return connect(self.path, read_only=True)

    def close(self) -> bool:
        """Close the writer (call from its thread, after all readers are closed) and give back the lock.

        Returns:
            Whether the shop is one single file again; not so while another program still reads it.
        """
        if not self.lock.held:
            return True
        writer = self.writer()
        try:
            return _back_to_one_file(writer)
        finally:
            writer.close()
            self._writer = None
            self.lock.release()

    def __enter__(self) -> ShopFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_reader(path: Path) -> Database:
    """A read-only connection beside a window that may have the shop open; takes no lock.

    Raises:
        ShopMissing, ShopDamaged, ShopTooNew.
    """
    path = path.absolute()
    if not path.exists():
        raise ShopMissing(path)
    _examine(path)
    db = connect(path, read_only=True)
    try:
        check_tables(db)
    except Unsound as error:
        db.close()
        raise ShopDamaged(path, problem=str(error)) from error
    return db


def _examine(path: Path) -> Header:
    try:
        header = read_header(path)
    except Unsound as error:
        raise ShopDamaged(path, problem=str(error)) from error
    if header.schema > current_version():
        raise ShopTooNew(path, version="", schema=header.schema)
    return header


def _prepare(path: Path) -> None:
    db = connect(path)
    try:
        check_tables(db)
        if version_of(db) < current_version():
            _back_to_one_file(db)
            migrate(db)
        db.value("PRAGMA journal_mode = WAL")
    except Unsound as error:
        raise ShopDamaged(path, problem=str(error)) from error
    finally:
        db.close()


def _build(path: Path, *, name: str, zone: str, practice: bool) -> None:
    db = connect(path)
    try:
        db.run(f"PRAGMA page_size = {PAGE_SIZE}")
        migrate(db)
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        rows = {
            "name": name,
            "zone": zone,
            "country": COUNTRIES.get(zone, "TW"),
            "tag_limit": "10",
            "practice": "1" if practice else "0",
            "key": secrets.token_hex(16),
            "created_at": now,
            "min_app_version": __version__,
            "uploads_paused": "0",
        }
        with db.transaction():
            db.many("INSERT OR REPLACE INTO shop (key, value) VALUES (?, ?)", list(rows.items()))
    finally:
        db.close()


def _back_to_one_file(db: Database) -> bool:
    db.connection.execute("PRAGMA busy_timeout = 500")
    db.row("PRAGMA wal_checkpoint(TRUNCATE)")
    return bool(db.value("PRAGMA journal_mode = DELETE") == "delete")
