"""Where new shops go: file names made of shop names, and the one practice shop of this computer."""

from __future__ import annotations

from pathlib import Path

from desktop.paths import shops_folder
from desktop.settings import Settings
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


def create_named(name: str, *, practice: bool = False) -> ShopFile:
    """A new shop file named after the shop, in the program's folder; a number is added while the name is taken.

    Raises:
        UserError: as ShopFile.create.
    """
    stem = file_stem(name)
    for number in range(1, SAME_NAMES):
        path = shops_folder() / f"{stem}{'' if number == 1 else f' {number}'}{SUFFIX}"
        try:
            return ShopFile.create(path, name=name, practice=practice)
        except ShopExists:
            continue
    raise ShopExists(shops_folder() / f"{stem}{SUFFIX}")


def practice_shop(settings: Settings) -> tuple[ShopFile, bool]:
    """The practice shop of this computer, and whether it was made just now, with nobody in it.

    Raises:
        UserError: as ShopFile.open and create.
    """
    known = settings.text(PRACTICE_KEY)
    if known and Path(known).is_file():
        return ShopFile.open(Path(known)), False
    file = create_named(t("shell.practice.name"), practice=True)
    settings.put(PRACTICE_KEY, str(file.path))
    return file, True
