"""Moves a closed shop out of a folder where it must not live: copied through SQLite, checked, and only then removed
from the old place."""

from __future__ import annotations

import contextlib
from pathlib import Path

from desktop.core.errors import UserError
from desktop.core.job import QUIET, JobContext
from desktop.store.database import SqliteError, connect
from desktop.store.recovery import backup_files
from desktop.store.safety import disk
from desktop.store.safety.damage import Unsound, read_header, side_file
from desktop.store.safety.file_lock import FileLock
from desktop.store.safety.shop_errors import BackupUnusable, ShopDamaged, ShopMissing


def move_shop(shop: Path, folder: Path, *, job: JobContext = QUIET) -> Path:
    """Move a shop that nobody has open into ``folder``; its new path (a number is added if the name is taken).

    Raises:
        ShopMissing, ShopInUse, ShopDamaged (nothing was moved), FolderNotWritable, DiskFull, Cancelled.
    """
    shop, folder = disk.reachable(shop), disk.reachable(folder)
    if not shop.exists():
        raise ShopMissing(shop)
    disk.create_folder(folder)
    with FileLock.acquire(shop):
        disk.require_space(folder, 2 * shop.stat().st_size)
        target = _free_name(folder, shop)
        temporary = disk.temporary_beside(target)
        try:
            if not read_header(shop).wal:
                disk.remove(side_file(shop, "-wal"))
            source = connect(shop)
            try:
                backup_files.copy_database(source, temporary, job=job)
            finally:
                source.close()
            backup_files.verify(temporary)
            disk.flush_to_disk(temporary)
            disk.replace(temporary, target)
        except (Unsound, SqliteError, BackupUnusable) as error:
            raise ShopDamaged(shop, problem=str(error)) from error
        finally:
            backup_files.remove_temporary(temporary)
        for suffix in ("-wal", "-shm", "-journal", ""):
            # The checked copy stands; an old file that somebody holds stays behind, harmless.
            with contextlib.suppress(UserError, OSError):
                disk.remove(side_file(shop, suffix))
    return target


def _free_name(folder: Path, shop: Path) -> Path:
    target, number = folder / shop.name, 1
    while target.exists():
        number += 1
        target = folder / f"{shop.stem} {number}{shop.suffix}"
    return target
