"""Opens, creates and closes a shop file: the checks before SQLite sees it, the lock, the migrations behind a backup,
one writer and read-only readers, and back to one single file in the end."""

from __future__ import annotations

import secrets
import threading
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from desktop import __version__
from desktop.core.errors import UserError
from desktop.store.database import Database, connect
from desktop.store.recovery import backups
from desktop.store.safety import disk, places
from desktop.store.safety.cloud_folders import provider_here
from desktop.store.safety.damage import (
    Header,
    Unsound,
    check_tables,
    read_header,
    read_min_app_version,
    side_file,
)
from desktop.store.safety.file_lock import FileLock
from desktop.store.safety.migrations import current_version, migrate, version_of
from desktop.store.safety.reading_copy import ReadingCopy
from desktop.store.safety.shop_errors import (
    BackupFolderMissing,
    DiskFull,
    FolderNotWritable,
    ShopDamaged,
    ShopExists,
    ShopInCloudFolder,
    ShopInUse,
    ShopMissing,
    ShopTooNew,
)
from desktop.store.safety.sqlite_errors import room_wanted

SUFFIX = ".tagline"
PAGE_SIZE = 8192
LOG_KEPT_BYTES = 64_000_000
"""The write-ahead log is cut back to this size once a large import was taken over."""

COUNTRIES = {
    "Asia/Taipei": "TW",
    "Asia/Tokyo": "JP",
    "Asia/Bangkok": "TH",
    "Asia/Hong_Kong": "HK",
    "Asia/Jakarta": "ID",
}
"""The country whose phone numbers and prices a shop in this zone starts with; elsewhere Taiwan's."""


class ShopFile:
    """An open shop, from :meth:`create`, :meth:`open` or :meth:`open_for_reading`; also a context manager.

    Attributes:
        path: the shop file.
        lock: held while the shop is open for writing; its owner's nonce names this instance to others.
        cannot_write: why the shop can only be read for now (a full disk, a folder that cannot be written), or None.
    """

    def __init__(
        self,
        path: Path,
        lock: FileLock | None,
        *,
        cannot_write: UserError | None = None,
        copy: ReadingCopy | None = None,
    ) -> None:
        self.path = path
        self.lock = lock
        self.cannot_write = cannot_write
        self._copy = copy
        self._writer: Database | None = None
        self._writer_thread: int | None = None

    @classmethod
    def create(cls, path: Path, *, name: str, zone: str = "Asia/Taipei", practice: bool = False) -> ShopFile:
        """Make a new shop and open it. The file appears whole or not at all.

        Args:
            name: the shop's name as shown.
            zone: IANA name of the shop's time zone.
            practice: a shop that can never reach LINE.

        Raises:
            ShopExists, ShopInUse, ShopInCloudFolder, FolderNotWritable, PathTooLong, DiskFull.
        """
        path = disk.reachable(path)
        refuse_cloud_folder(path)
        disk.create_folder(path.parent)
        with FileLock.acquire(path):
            if path.exists():
                raise ShopExists(path)
            disk.require_space(path.parent, disk.RESERVE_BYTES)
            temporary = disk.temporary_beside(path)
            try:
                _build(temporary, name=name, zone=zone, practice=practice)
                disk.flush_to_disk(temporary)
                disk.replace(temporary, path)
            finally:
                temporary.unlink(missing_ok=True)
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, backups_root: Path | None = None) -> ShopFile:
        """Open an existing shop for this process alone.

        A file of an older layout is backed up and brought to the present one. On a full disk the shop opens for reading
        and ``cannot_write`` says why; once there is room, close it and open it again.

        Args:
            backups_root: the folder the owner chose for backups; None for the usual one.

        Raises:
            ShopMissing, ShopInCloudFolder, ShopInUse, ShopDamaged, ShopTooNew: the file was not touched.
            FolderNotWritable: :meth:`open_for_reading` may still work.
            PathTooLong, DiskFull.
        """
        path = disk.reachable(path)
        if not path.exists():
            raise ShopMissing(path)
        refuse_cloud_folder(path)
        lock = FileLock.acquire(path)
        try:
            cannot_write, copy = _prepare_or_say_why_not(path, backups_root)
        except BaseException:
            lock.release()
            raise
        return cls(path, lock, cannot_write=cannot_write, copy=copy)

    @classmethod
    def open_for_reading(cls, path: Path) -> ShopFile:
        """Open a shop in a folder that cannot be written, only to look at it; nothing is made beside it.

        Raises:
            ShopMissing, ShopDamaged, ShopTooNew, DiskFull.
        """
        path = disk.reachable(path)
        if not path.exists():
            raise ShopMissing(path)
        header = _examine(path, None)
        copy = ReadingCopy.if_needed(path, header)
        return cls(path, None, cannot_write=FolderNotWritable(path.parent), copy=copy)

    def writer(self) -> Database:
        """The one read-write connection, opened at the first call for the thread that calls.

        Raises:
            UserError: ``cannot_write``, if that is set.
            RuntimeError: another thread has it.
        """
        if self.cannot_write is not None:
            raise self.cannot_write
        if self._writer is None:
            self._writer = connect(self.path)
            self._writer.value(f"PRAGMA journal_size_limit = {LOG_KEPT_BYTES}")
            self._writer_thread = threading.get_ident()
        elif self._writer_thread != threading.get_ident():
            raise RuntimeError("the writer belongs to another thread")
        return self._writer

    def reader(self) -> Database:
        """A new read-only connection for the calling thread, which closes it."""
        if self._copy is not None:
            return connect(self._copy.path, read_only=True)
        # Nobody writes a shop that cannot be written: it is read as it lies there, without locks or side files.
        return connect(self.path, read_only=True, immutable=self.cannot_write is not None)

    def close(self) -> bool:
        """Close the writer (call from its thread, after all readers are closed) and give back the lock.

        Returns:
            Whether the shop is one single file again; not so while another program reads it or the disk is full. It is
            whole in any case.
        """
        if self._copy is not None:
            self._copy.remove()
        if self.lock is None or not self.lock.held:
            return True
        try:
            return True if self.cannot_write is not None else self._close_writer()
        finally:
            self.lock.release()

    def _close_writer(self) -> bool:
        try:
            writer = self._writer or connect(self.path)
        except UserError:
            return False
        try:
            return _back_to_one_file(writer)
        finally:
            writer.close()
            self._writer = None

    def __enter__(self) -> ShopFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_reader(path: Path, *, backups_root: Path | None = None) -> Database:
    """A read-only connection beside a window that may have the shop open; takes no lock.

    A file of an older layout that nobody has open is brought to the present one first.

    Raises:
        ShopMissing, ShopDamaged, ShopTooNew.
    """
    path = disk.reachable(path)
    if not path.exists():
        raise ShopMissing(path)
    header = _examine(path, backups_root)
    if header.schema < current_version():
        ShopFile.open(path, backups_root=backups_root).close()
    if not disk.can_write(path.parent) and not side_file(path, "-wal").exists():
        return connect(path, immutable=True)
    db = connect(path, read_only=True)
    try:
        _check(db, path, backups_root)
    except BaseException:
        db.close()
        raise
    return db


def refuse_cloud_folder(path: Path) -> None:
    """Raise if a shop file must not live at ``path``.

    Raises:
        ShopInCloudFolder: with the provider and a place to move to.
    """
    provider = provider_here(path)
    if provider is not None:
        raise ShopInCloudFolder(path, provider=provider, suggested=places.shops_folder() / path.name)


def _examine(path: Path, backups_root: Path | None) -> Header:
    try:
        header = read_header(path)
    except Unsound as error:
        raise ShopDamaged(path, problem=str(error), backups_root=backups_root) from error
    except PermissionError as error:
        raise FolderNotWritable(path.parent, str(error)) from error
    if header.schema > current_version():
        raise _too_new(path, header.schema, backups_root)
    return header


def _too_new(path: Path, schema: int, backups_root: Path | None) -> ShopTooNew:
    version = read_min_app_version(path)
    return ShopTooNew(path, version=version, schema=schema, backups_root=backups_root)


def _check(db: Database, path: Path, backups_root: Path | None) -> None:
    try:
        check_tables(db)
    except Unsound as error:
        raise ShopDamaged(path, problem=str(error), backups_root=backups_root) from error
    # The header of the file may be older than a log that is still to be played back.
    if version_of(db) > current_version():
        raise _too_new(path, version_of(db), backups_root)


def _prepare_or_say_why_not(
    path: Path, backups_root: Path | None
) -> tuple[UserError | None, ReadingCopy | None]:
    """Make the shop ready for a writer. On a full disk: the reason, and a copy if it cannot be read as it is."""
    header = _examine(path, backups_root)
    if not disk.can_change(path):
        raise FolderNotWritable(path.parent, "the file is read-only")
    full = _full_disk(path)
    if full is None or ReadingCopy.is_needed(path, header):
        try:
            _prepare(path, backups_root)
        except DiskFull as error:
            full = error
    if full is None:
        return None, None
    copy = ReadingCopy.if_needed(path, _examine(path, backups_root))
    if copy is None:
        db = connect(path, immutable=True)
        try:
            _check(db, path, backups_root)
        finally:
            db.close()
    return full, copy


def _full_disk(path: Path) -> DiskFull | None:
    if disk.free_bytes(path.parent) >= disk.RESERVE_BYTES:
        return None
    if disk.release_reserve(path.parent) and disk.free_bytes(path.parent) >= disk.RESERVE_BYTES:
        return None
    return DiskFull(path, room_wanted(path))


def _prepare(path: Path, backups_root: Path | None) -> None:
    header = _examine(path, backups_root)
    if not header.wal:
        # A log beside a file that was closed cleanly belongs to another database: SQLite would play it into this one.
        disk.remove(side_file(path, "-wal"))
    db = connect(path)
    try:
        _check(db, path, backups_root)
        if version_of(db) < current_version():
            _back_to_one_file(db)
            _back_up_before_migration(path, backups_root)
            migrate(db)
        if db.value("PRAGMA journal_mode = WAL") != "wal":
            raise FolderNotWritable(path.parent, "no write-ahead log possible")
    finally:
        db.close()


def _back_up_before_migration(path: Path, backups_root: Path | None) -> None:
    try:
        backups.take(path, "migration", root=backups_root)
    except (BackupFolderMissing, FolderNotWritable):
        if backups_root is None:
            raise
        backups.take(path, "migration")


def _build(path: Path, *, name: str, zone: str, practice: bool) -> None:
    db = connect(path)
    try:
        db.run(f"PRAGMA page_size = {PAGE_SIZE}")
        migrate(db)
        rows = {
            "name": name,
            "zone": zone,
            "country": COUNTRIES.get(zone, "TW"),
            "tag_limit": "10",
            "practice": "1" if practice else "0",
            "key": secrets.token_hex(16),
            "created_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "min_app_version": __version__,
            "uploads_paused": "0",
        }
        with db.transaction():
            db.many("INSERT OR REPLACE INTO shop (key, value) VALUES (?, ?)", list(rows.items()))
    finally:
        db.close()


def _back_to_one_file(db: Database) -> bool:
    """Play the log back and leave write-ahead mode; whether that was possible. The file is as safe with its log."""
    db.run("PRAGMA busy_timeout = 500")
    try:
        db.row("PRAGMA wal_checkpoint(TRUNCATE)")
        return bool(db.value("PRAGMA journal_mode = DELETE") == "delete")
    except (ShopInUse, DiskFull, ShopDamaged):
        return False
    finally:
        db.run("PRAGMA busy_timeout = 5000")
