"""One backup as a file: how it is copied out of a running shop, what it says about itself, and whether it is whole. A
backup is a shop file with four more rows in its table ``shop``, so that a copy on a USB disk still knows what it is."""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from desktop.core.errors import UserError
from desktop.core.job import QUIET, JobContext
from desktop.store import shop as shop_rows
from desktop.store.database import Database, SqliteError, connect
from desktop.store.safety.damage import Unsound, check_tables, read_header
from desktop.store.safety.shop_errors import BackupInfo, BackupUnusable
from desktop.store.safety.sqlite_errors import tell

SUFFIX = ".tagline"
PAGES_A_STEP = 256
"""Pages copied between two looks at whether the job was cancelled (2 MB)."""

_RECORD = ("backup_at", "backup_number", "backup_people", "backup_reason")
_NAME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d{6})(?:-\d+)?")


def list_folder(folder: Path) -> list[BackupInfo]:
    """What a folder of backups holds, in no particular order."""
    try:
        files = [file for file in folder.glob("*" + SUFFIX) if not file.name.startswith(".")]
    except OSError:
        return []
    return [describe(file) for file in files]


def describe(file: Path) -> BackupInfo:
    """Read a backup's own record; opens the file without changing it."""
    stat = file.stat()
    unknown = BackupInfo(file, _time_of(file), None, False, size=stat.st_size)
    try:
        read_header(file)
        db = connect(file, immutable=True)
    except (Unsound, OSError, UserError):
        return unknown
    try:
        record: dict[str, str] = dict(
            db.all("SELECT key, value FROM shop WHERE key LIKE 'backup\\_%' ESCAPE '\\'")
        )
        people = record.get("backup_people") or db.value("SELECT count(*) FROM person")
        if "backup_at" not in record:
            return replace(unknown, people=int(people))
        at = datetime.fromisoformat(record["backup_at"])
        number, reason = int(record["backup_number"]), record.get("backup_reason", "")
        return BackupInfo(file, at, int(people), True, number, stat.st_size, reason)
    except (SqliteError, UserError, ValueError, KeyError):
        return unknown
    finally:
        db.close()


def verify(file: Path) -> None:
    """Open a copy of a shop and check it.

    Raises:
        BackupUnusable: it is not whole.
    """
    try:
        read_header(file)
        db = connect(file, immutable=True)
        try:
            check_tables(db)
            said = db.column("PRAGMA quick_check(5)")
        finally:
            db.close()
    except (Unsound, SqliteError, UserError) as error:
        raise BackupUnusable(file, str(error)) from error
    if said != ["ok"]:
        raise BackupUnusable(file, "; ".join(said))


def copy_database(source: Database, target: Path, *, job: JobContext = QUIET) -> None:
    """Copy all pages of an open database into a new file that is in rollback mode: one single file.

    Raises:
        DiskFull, Cancelled; ``target`` is then of no use.
    """
    copy = connect(target)
    try:
        # A copy cut off by a power failure is thrown away, so it needs no journal and one flush in the end.
        copy.value("PRAGMA journal_mode = OFF")
        copy.run("PRAGMA synchronous = OFF")

        def progress(_status: int, remaining: int, total: int) -> None:
            job.report(total - remaining, total)
            job.raise_if_cancelled()

        try:
            source.connection.backup(copy.connection, pages=PAGES_A_STEP, progress=progress, sleep=0)
        except SqliteError as error:
            tell(error, target)
            raise
        copy.value("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()


def write_record(copy: Path, now: datetime, number: int, reason: str) -> int:
    """Make a copy a backup: note when, which and why in it; returns its number of people."""
    db = connect(copy)
    try:
        with db.transaction():
            forget_record(db)
            people = int(db.value("SELECT count(*) FROM person"))
            record: dict[str, Any] = {
                "backup_at": now.astimezone(UTC).isoformat(),
                "backup_number": number,
                "backup_people": people,
                "backup_reason": reason,
            }
            for key, value in record.items():
                shop_rows.put(db, key, str(value))
        return people
    finally:
        db.close()


def forget_record(db: Database) -> None:
    """Remove the backup's own record from a copy that becomes a shop again."""
    db.many("DELETE FROM shop WHERE key = ?", [(key,) for key in _RECORD])


def free_name(folder: Path, now: datetime, zone: tzinfo) -> Path:
    """A name for a backup taken now, in the shop's local time."""
    stem = now.astimezone(zone).strftime("%Y-%m-%dT%H%M%S")
    path, again = folder / (stem + SUFFIX), 1
    while path.exists():
        again += 1
        path = folder / f"{stem}-{again}{SUFFIX}"
    return path


def shop_bytes(db: Database) -> int:
    """Size of an open shop in bytes."""
    return int(db.value("PRAGMA page_count")) * int(db.value("PRAGMA page_size"))


def zone_of(db: Database) -> tzinfo:
    """The shop's time zone."""
    return ZoneInfo(shop_rows.get(db, "zone", "Asia/Taipei"))


def remove_temporary(temporary: Path) -> None:
    """Delete what is left of a copy that was not finished."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            temporary.with_name(temporary.name + suffix).unlink(missing_ok=True)


def _time_of(file: Path) -> datetime:
    match = _NAME.search(file.stem)
    if match:
        with contextlib.suppress(ValueError):
            return datetime.strptime(f"{match[1]} {match[2]}", "%Y-%m-%d %H%M%S").astimezone()
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def settle(shop: Path) -> None:
    """Bring a shop that nobody has open back to one single file, its log played back.

    Raises:
        Unsound: it is not one of ours, or the check finds damage.
        SqliteError, UserError: it cannot be opened or read.
    """
    db = connect(shop)
    try:
        check_tables(db)
        said = db.column("PRAGMA quick_check(5)")
        if said != ["ok"]:
            raise Unsound("; ".join(said))
        db.row("PRAGMA wal_checkpoint(TRUNCATE)")
        db.value("PRAGMA journal_mode = DELETE")
    finally:
        db.close()
