"""A shop of the program's own in each size, filled by its own import: what the measurements of ours work on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.bench.generate import ready
from tests.bench.sizes import LAST_DAY


def write(path: Path, size: str, *, with_orders: bool) -> None:
    """Makes the shop: people, and on demand their orders."""
    from desktop.store.shop_file import ShopFile

    with ShopFile.create(path, name="量測") as shop:
        import_file(shop.writer(), ready(size, "people.csv"))
        if with_orders:
            import_file(shop.writer(), ready(size, "orders.csv"))


def import_file(db: Any, path: Path) -> dict[str, int]:
    """Checks and commits a file as the command line does; returns the report's numbers."""
    from desktop.importer.recipe import Answers
    from desktop.operations.importing import importing

    (outcome,) = importing.run(db, path, Answers())
    report = outcome.report
    return {
        "rows": report.rows,
        "new": report.new,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "skipped": len(report.skipped),
        "problems": len(report.problems),
    }


def today() -> datetime:
    """Noon of the generated data's last day, in the shop's zone."""
    return datetime.fromisoformat(f"{LAST_DAY}T12:00:00").replace(tzinfo=ZoneInfo("Asia/Taipei"))
