"""A private copy of a shop in a folder that cannot be written, or on a full disk, for the cases in which it cannot be
read where it is: its last changes wait in a log, a cut-off change in a journal, or its layout is an older one."""

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
    def is_needed(cls, shop: Path, header: Header) -> bool:
        """Whether the shop cannot be read where it is."""
        return header.schema < current_version() or bool(_pending(shop))

    @classmethod
    def if_needed(cls, shop: Path, header: Header) -> ReadingCopy | None:
        """Copy the shop if it has to be; None if it can be read where it is.

        Raises:
            DiskFull: no room for the copy.
        """
        if not cls.is_needed(shop, header):
            return None
        folder = tempfile.TemporaryDirectory(prefix=disk.WORK_FOLDER)
        try:
            disk.require_space(Path(folder.name), disk.SPACE_FACTOR * shop.stat().st_size)
            path = Path(folder.name) / "shop"
            for suffix in ("", *_pending(shop)):
                shutil.copyfile(side_file(shop, suffix), side_file(path, suffix))
            db = connect(path)
            try:
                migrate(db)
                db.value("PRAGMA journal_mode = DELETE")
            finally:
                db.close()
        except BaseException:
            folder.cleanup()
            raise
        return cls(folder, path)

    def remove(self) -> None:
        """Delete the copy; close its readers before."""
        self._folder.cleanup()


def _pending(shop: Path) -> list[str]:
    return [
        suffix
        for suffix in ("-wal", "-journal")
        if side_file(shop, suffix).exists() and side_file(shop, suffix).stat().st_size > 0
    ]
