"""Where new shops go: file names made of shop names, and the one practice shop of this computer."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from desktop.core.job import JobContext
from desktop.paths import shops_folder
from desktop.settings import Settings
from desktop.store.safety import disk
from desktop.store.safety.file_lock import FileLock
from desktop.store.safety.shop_errors import ShopExists
from desktop.store.shop_file import SUFFIX, ShopFile
from desktop.text import t

LONGEST_STEM = 60
SAME_NAMES = 99
_FORBIDDEN = '<>:"/\\|?*'
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
PRACTICE_KEY = "practice_shop"


def file_stem(name: str) -> str:
    """A shop's name as a file name that every platform takes."""
    kept = "".join("_" if letter in _FORBIDDEN or ord(letter) < 32 else letter for letter in name)
    stem = kept.strip(" .")[:LONGEST_STEM].strip(" .") or "shop"
    return f"{stem}_" if stem.partition(".")[0].casefold() in _RESERVED else stem


def create_named(name: str) -> ShopFile:
    """A new shop file named after the shop, in the program's folder; a number is added while the name is taken.

    Raises:
        UserError: as ShopFile.create.
    """
    stem = file_stem(name)
    for path in _places(stem):
        # An open shop has a lock, which creating would stumble over before it found the file.
        if path.exists():
            continue
        try:
            return ShopFile.create(path, name=name)
        except ShopExists:
            continue
    raise ShopExists(shops_folder() / f"{stem}{SUFFIX}")


def practice_shop(settings: Settings) -> Path | None:
    """The practice shop of this computer, if it has been made."""
    known = settings.text(PRACTICE_KEY)
    return Path(known) if known and Path(known).is_file() else None


def make_practice_shop(job: JobContext) -> Path:
    """Make the practice shop out of the sample files; it is there whole or not at all.

    Raises:
        UserError: as ShopFile.create and importing.
        Cancelled: it is gone again then.
    """
    from desktop.operations.shop import sample_shop

    name, folder = t("shell.practice.name"), shops_folder()
    disk.create_folder(folder)
    # A program killed meanwhile leaves only this folder, which a later start sweeps away.
    workplace = Path(tempfile.mkdtemp(prefix=disk.WORK_FOLDER, dir=folder))
    try:
        file = ShopFile.create((workplace / "practice").with_suffix(SUFFIX), name=name, practice=True)
        try:
            sample_shop.fill(file.writer(), job)
        except BaseException:
            file.close()
            sample_shop.remove(file.path)
            raise
        file.close()
        return _put_in_place(file.path, file_stem(name))
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def _put_in_place(made: Path, stem: str) -> Path:
    """Move a closed shop file to the first free name; its whole bytes are on the disk before it has it."""
    disk.flush_to_disk(made)
    for path in _places(stem):
        if path.exists():
            continue
        with FileLock.acquire(path):
            if not path.exists():
                disk.replace(made, path)
                return path
    raise ShopExists(shops_folder() / f"{stem}{SUFFIX}")


def _places(stem: str) -> Iterator[Path]:
    for number in range(1, SAME_NAMES):
        yield shops_folder() / f"{stem}{'' if number == 1 else f' {number}'}{SUFFIX}"
