"""A private copy of a shop that lies in a folder that cannot be written, for the two cases in which it cannot be read
where it is: a log of its last changes waits to be played back, or its layout is an older one."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from desktop.store.database import connect
from desktop.store.safety import disk
from desktop.store.safety.damage import Header, side_file
from desktop.store.safety.migrations import current_version, migrate


class ReadingCopy:
    """The copy, in a temporary folder of this user only; :meth:`remove` deletes it."""

    def __init__(self, folder: tempfile.TemporaryDirectory[str], path: Path) -> None:
        self.path = path
        self._folder = folder

    @classmethod
    def if_needed(cls, shop: Path, header: Header) -> ReadingCopy | None:
        """Copy the shop if it has to be; None if it can be read where it is.

        Raises:
            DiskFull: no room for the copy.
        """
        log = side_file(shop, "-wal")
        pending = header.wal and log.exists() and log.stat().st_size > 0
        if not pending and header.schema == current_version():
            return None
        folder = tempfile.TemporaryDirectory(prefix="tagline-")
        disk.require_space(Path(folder.name), disk.SPACE_FACTOR * shop.stat().st_size)
        path = Path(folder.name) / "shop"
        shutil.copyfile(shop, path)
        if pending:
            shutil.copyfile(log, side_file(path, "-wal"))
        db = connect(path)
        try:
            migrate(db)
            db.value("PRAGMA journal_mode = DELETE")
        finally:
            db.close()
        return cls(folder, path)

    def remove(self) -> None:
        """Delete the copy; close its readers before."""
        self._folder.cleanup()
