"""Which shop a command is about, and how it is opened: for reading beside an open window, or for changing,
alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.core.errors import UserError
from desktop.core.message import message
from desktop.settings import Settings
from desktop.store.database import Database
from desktop.store.shop_file import ShopFile, open_reader


def shop_path(named: str | None) -> Path:
    """The shop file named on the command line, else the one opened last.

    Raises:
        UserError: if none is named and none was opened yet.
    """
    if named is not None:
        return Path(named).expanduser().absolute()
    recent = Settings().recent_shops
    if not recent:
        raise UserError(message("cli.no_shop"))
    return recent[0]


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """The shop for reading; works while a window has it open.

    Raises:
        UserError: if there is no such shop, or it cannot be read.
    """
    db = open_reader(path)
    try:
        yield db
    finally:
        db.close()


@contextmanager
def changing(path: Path, *, create: bool = False) -> Iterator[Database]:
    """The shop for changing.

    Args:
        create: make a new shop if there is none.

    Raises:
        UserError: if a window has it open, or it cannot be opened.
    """
    missing = create and not path.exists()
    with ShopFile.create(path, name=path.stem) if missing else ShopFile.open(path) as shop:
        yield shop.writer()
