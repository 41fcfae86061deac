"""The commands that keep a shop safe: a backup now, going back to one, and the file's health."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop.cli.shops import reading, shop_path
from desktop.store.recovery import backups
from desktop.store.safety.checks import check_in_background
from desktop.store.safety.shop_errors import ShopDamaged
from desktop.text import render

Answer = dict[str, Any]


def backup(arguments: argparse.Namespace) -> Answer:
    """``backup``: a checked copy of the shop as it is now; works beside an open window."""
    path = shop_path(arguments.shop)
    with reading(path):
        return {"file": str(backups.take(path, "hand").path)}


def restore(arguments: argparse.Namespace) -> Answer:
    """``restore FILE``: the shop as that backup has it; what was there is kept as a backup, uploads are paused."""
    path = shop_path(arguments.shop)
    backups.restore(Path(arguments.file).expanduser().absolute(), path)
    return {"file": str(path)}


def check(arguments: argparse.Namespace) -> Answer:
    """``check``: SQLite's own check of the file, each index with its table."""
    try:
        with reading(shop_path(arguments.shop)) as db:
            report = check_in_background(db, thorough=True)
    except ShopDamaged as damaged:
        return {"ok": False, "problems": [render(damaged.text)]}
    return {"ok": report.ok, "problems": list(report.problems)}
