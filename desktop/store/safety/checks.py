"""The look at a shop's health that runs in the background once the window stands: SQLite's own check, the backup that
is due, the reserve for a full disk, copies a sync program left."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.core.errors import UserError
from desktop.core.job import QUIET, JobContext
from desktop.store import shop as shop_rows
from desktop.store.database import Database
from desktop.store.recovery import backups
from desktop.store.safety import disk
from desktop.store.safety.conflicted_copies import conflicted_copies
from desktop.store.safety.shop_errors import BackupInfo, ConflictedCopies, ShopDamaged

PROBLEMS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Whether the file is sound; ``problems`` are technical lines without member data."""

    ok: bool
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CareReport:
    """What the background look found.

    Args:
        check: of the file.
        backup: the one just taken, if one was due and could be taken.
        warnings: for the status bar: no folder for backups, no room for one; the program works on.
        conflicted: copies beside the shop file.
    """

    check: CheckReport
    backup: BackupInfo | None = None
    warnings: tuple[UserError, ...] = ()
    conflicted: ConflictedCopies | None = None


def check_in_background(reader: Database, *, thorough: bool = False) -> CheckReport:
    """Check the file through a reader, beside the writer; stop it with ``reader.interrupt()``.

    Args:
        thorough: also compare each index with its table (about ten times slower).

    Raises:
        SqliteError: only if interrupted.
    """
    pragma = "integrity_check" if thorough else "quick_check"
    try:
        said = [str(line) for line in reader.column(f"PRAGMA {pragma}({PROBLEMS_SHOWN})")]
        if said == ["ok"]:
            said = [
                f"foreign key of {row[0]} to {row[2]}"
                for row in reader.all('SELECT DISTINCT "table", fkid, parent FROM pragma_foreign_key_check')
            ]
    except ShopDamaged as error:
        said = [error.problem]
    return CheckReport(not said, tuple(said))


def look_after(
    shop: Path,
    reader: Database,
    *,
    root: Path | None = None,
    now: datetime | None = None,
    job: JobContext = QUIET,
) -> CareReport:
    """Everything to be done for an open shop after start-up; run it in the query thread after the first paint.

    Args:
        reader: of the calling thread.
        root: the folder the owner chose for backups, None for the usual one.

    Raises:
        Cancelled; SqliteError if interrupted.
    """
    check = check_in_background(reader)
    conflicted = conflicted_copies(shop, shop_rows.get(reader, "key"))
    backup: BackupInfo | None = None
    warnings: list[UserError] = []
    if check.ok:
        try:
            for folder in (shop.parent, Path(tempfile.gettempdir())):
                disk.sweep(folder)
            disk.keep_reserve(shop.parent)
            if backups.due(shop, root=root, now=now):
                backup = backups.take(shop, "start", root=root, now=now, job=job)
        except UserError as error:
            # Whatever kept the backup from being made, the owner is told of it and goes on working.
            warnings.append(error)
    return CareReport(check, backup, tuple(warnings), conflicted)
