"""Backups of a shop: taken beside the running program without holding up its writer, checked before older ones are
thinned, kept in the platform's data folder or where the owner wants them; and the way back from one."""

from __future__ import annotations

import contextlib
import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from desktop.core.errors import UserError
from desktop.core.job import QUIET, JobContext
from desktop.store import shop as shop_rows
from desktop.store.database import Database, SqliteError, connect
from desktop.store.recovery import backup_files
from desktop.store.recovery.retention import cap, superfluous
from desktop.store.safety import disk, places
from desktop.store.safety.damage import Unsound, read_header, side_file
from desktop.store.safety.file_lock import FileLock
from desktop.store.safety.migrations import current_version
from desktop.store.safety.shop_errors import (
    BackupFolderMissing,
    BackupInfo,
    BackupUnusable,
    FolderNotWritable,
    ShopTooNew,
)

DUE_AFTER = timedelta(minutes=30)

_ORIGIN = "shop.json"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did.

    Args:
        path: the shop file, which is the backup now.
        people: rows of people in it.
        aside: the copy of what was there before; None if nothing was.
    """

    path: Path
    people: int
    aside: Path | None


def take(
    shop: Path,
    reason: str,
    *,
    root: Path | None = None,
    now: datetime | None = None,
    job: JobContext = QUIET,
) -> BackupInfo:
    """Copy the shop as it is at this moment, check the copy, then thin older ones.

    Reads through a connection of its own: the writer is not held up. Nothing appears under the backup's name before
    it was checked.

    Args:
        reason: "start", "import", "migration", "restore", "erase" or "hand"; kept in the backup.
        root: the folder the owner chose for backups, which has to be there; None for the usual one, which is made.
        now: the time to record, with a zone.

    Raises:
        BackupFolderMissing, FolderNotWritable, DiskFull, BackupUnusable, Cancelled.
    """
    now = now or datetime.now(UTC)
    source = connect(shop, read_only=True)
    try:
        with _snapshot(source):
            folder = _open_folder(root, shop_rows.get(source, "key"), shop)
            size, zone = backup_files.shop_bytes(source), backup_files.zone_of(source)
            disk.require_space(folder, disk.SPACE_FACTOR * size)
            known = backup_files.list_folder(folder)
            number = 1 + max((one.number or 0 for one in known), default=0)
            temporary = disk.temporary_beside(folder / "backup")
            try:
                backup_files.copy_database(source, temporary, job=job)
                people = backup_files.write_record(temporary, now, number, reason)
                backup_files.verify(temporary)
                disk.flush_to_disk(temporary)
                path = backup_files.free_name(folder, now, zone)
                disk.replace(temporary, path)
            finally:
                backup_files.remove_temporary(temporary)
    finally:
        source.close()
    taken = BackupInfo(path, now.astimezone(UTC), people, True, number, path.stat().st_size, reason)
    thin([*known, taken], cap_bytes=cap(size), zone=zone)
    return taken


def due(shop: Path, *, root: Path | None = None, now: datetime | None = None) -> bool:
    """Whether the newest backup is older than half an hour, or dated in the future (the clock was set back)."""
    newest = next((one for one in list_backups(shop, root=root) if one.verified), None)
    if newest is None:
        return True
    return not timedelta(0) <= (now or datetime.now(UTC)) - newest.taken_at < DUE_AFTER


def list_backups(shop: Path, *, root: Path | None = None) -> tuple[BackupInfo, ...]:
    """A shop's backups, newest first by their own numbering; unreadable ones last.

    The shop file may be damaged or missing: then the folders' own notes tell which one is its.
    """
    folders = _folders_of(shop, disk.reachable(root or places.backups_root(shop)))
    found = [one for folder in folders for one in backup_files.list_folder(folder)]
    return tuple(sorted(found, key=lambda one: (one.verified, one.number or 0, one.taken_at), reverse=True))


def thin(backups: list[BackupInfo], *, cap_bytes: int, zone: tzinfo) -> list[Path]:
    """Delete what the rules no longer keep; the paths deleted. One that cannot be deleted now stays for next time."""
    deleted = []
    for one in superfluous(backups, cap_bytes=cap_bytes, zone=zone):
        with contextlib.suppress(OSError):
            one.path.unlink()
            deleted.append(one.path)
            backup_files.remove_temporary(one.path)
    return deleted


def restore(
    backup: Path,
    shop: Path,
    *,
    root: Path | None = None,
    now: datetime | None = None,
    sleep: disk.Sleep = time.sleep,
    job: JobContext = QUIET,
) -> Restored:
    """Put a backup in the place of a closed shop. What was there is copied aside first; uploads are paused after.

    A crash at any point leaves either the old shop or the restored one, whole.

    Args:
        backup: a backup, or any shop file to go back to.
        shop: the shop's path; the file may be damaged or missing.
        sleep: waits between the tries to replace a file that another program holds.

    Raises:
        ShopInUse, BackupUnusable, ShopTooNew, FolderNotWritable, DiskFull, FileHeld, Cancelled.
    """
    shop = disk.reachable(shop)
    disk.create_folder(shop.parent)
    with FileLock.acquire(shop):
        _check_usable(backup)
        before = shop.stat().st_size if shop.exists() else 0
        disk.require_space(shop.parent, 2 * backup.stat().st_size + before)
        temporary = disk.temporary_beside(shop)
        try:
            key, people = _made_ready(backup, temporary, job)
            aside = _put_aside(shop, key, root, now or datetime.now(UTC))
            for suffix in ("-wal", "-shm", "-journal"):
                disk.remove(side_file(shop, suffix), sleep=sleep)
            disk.replace(temporary, shop, sleep=sleep)
        finally:
            backup_files.remove_temporary(temporary)
        backup_files.verify(shop)
    return Restored(shop, people, aside)


def _check_usable(backup: Path) -> None:
    backup_files.verify(backup)
    header = read_header(backup)
    if header.schema > current_version():
        raise ShopTooNew(backup, version="", schema=header.schema)


def _made_ready(backup: Path, temporary: Path, job: JobContext) -> tuple[str, int]:
    source = connect(backup, immutable=True)
    try:
        backup_files.copy_database(source, temporary, job=job)
    finally:
        source.close()
    db = connect(temporary)
    try:
        with db.transaction():
            backup_files.forget_record(db)
            shop_rows.put(db, "uploads_paused", "1")
        found = shop_rows.get(db, "key"), int(db.value("SELECT count(*) FROM person"))
    finally:
        db.close()
    backup_files.verify(temporary)
    disk.flush_to_disk(temporary)
    return found


def _put_aside(shop: Path, key: str, root: Path | None, now: datetime) -> Path | None:
    """Keep what is there: as a backup if it is sound (this also leaves it without a log), else byte for byte."""
    if not shop.exists():
        return None
    if _settle(shop):
        try:
            return take(shop, "restore", root=root, now=now).path
        except (BackupFolderMissing, BackupUnusable, FolderNotWritable):
            pass
    try:
        folder = _open_folder(root, key, shop)
    except (BackupFolderMissing, FolderNotWritable):
        folder = shop.parent
    stem = f"{now.astimezone():%Y-%m-%dT%H%M%S}-before-restore"
    aside = folder / (stem + backup_files.SUFFIX)
    for suffix in ("", "-wal", "-journal"):
        if side_file(shop, suffix).exists():
            shutil.copyfile(side_file(shop, suffix), side_file(aside, suffix))
    disk.flush_to_disk(aside)
    return aside


def _settle(shop: Path) -> bool:
    """Bring a sound file's log into the file, so that it stays whole when its side files go; whether it is sound."""
    try:
        header = read_header(shop)
        if not header.wal:
            disk.remove(side_file(shop, "-wal"))
        backup_files.settle(shop)
    except (Unsound, SqliteError, UserError):
        return False
    return True


@contextlib.contextmanager
def _snapshot(source: Database) -> Iterator[None]:
    source.run("BEGIN")
    source.row("SELECT 1 FROM shop")
    try:
        yield
    finally:
        source.run("ROLLBACK")


def _open_folder(root: Path | None, key: str, shop: Path) -> Path:
    if root is not None and not root.is_dir():
        raise BackupFolderMissing(root)
    base = disk.reachable(root or places.backups_root(shop))
    disk.create_folder(base)
    folder = base / key
    disk.create_folder(folder)
    if not disk.can_write(folder):
        raise FolderNotWritable(folder)
    disk.sweep(folder)
    _note_origin(folder, shop)
    return folder


def _note_origin(folder: Path, shop: Path) -> None:
    """Which file these backups are of: a damaged file can no longer say so itself."""
    text = json.dumps({"path": str(shop.absolute())}, ensure_ascii=False)
    note = folder / _ORIGIN
    if not note.exists() or note.read_text(encoding="utf-8") != text:
        temporary = disk.temporary_beside(note)
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(note)


def _folders_of(shop: Path, root: Path) -> list[Path]:
    key = _key_of(shop)
    if key:
        return [root / key]
    try:
        folders = [folder for folder in root.iterdir() if folder.is_dir()]
    except OSError:
        return []
    origins = [(folder, _origin(folder)) for folder in folders]
    same_path = [folder for folder, origin in origins if origin == shop.absolute()]
    return same_path or [folder for folder, origin in origins if origin and origin.name == shop.name]


def _origin(folder: Path) -> Path | None:
    try:
        return Path(json.loads((folder / _ORIGIN).read_text(encoding="utf-8"))["path"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _key_of(shop: Path) -> str | None:
    # Only through SQLite: the file may be open in this process, and closing it by hand would drop SQLite's locks.
    if not shop.exists():
        return None
    try:
        db = connect(shop, read_only=True)
    except UserError:
        return None
    try:
        return shop_rows.get(db, "key") or None
    except (SqliteError, UserError):
        return None
    finally:
        db.close()
