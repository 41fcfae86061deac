"""Where shops and their backups are kept. The store does not know the platform's folders: whoever starts the program
tells it, once; untold, it keeps backups beside the shop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

Folder = Callable[[], Path]

_told: dict[str, Folder] = {}


def use(*, shops: Folder, backups: Folder) -> None:
    """Tell the store the usual folders, as functions that name them at the moment they are needed.

    Args:
        shops: where a new or moved shop file goes.
        backups: where backups go, a folder a shop, unless the owner chose another place.
    """
    _told.update(shops=shops, backups=backups)


def shops_folder() -> Path:
    """Where a shop should lie that cannot stay where it is."""
    told = _told.get("shops")
    return told() if told else Path.home() / "Tagline"


def backups_root(shop: Path) -> Path:
    """The usual folder of backups."""
    told = _told.get("backups")
    return told() if told else shop.absolute().parent / "backups"
