"""The sizes of shop that are measured, and where the generated files lie."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / ".out" / "bench"
VERSION = "v1"
"""Part of the folder's name; raise it when the generator writes something else, so that old files are not used."""

SIZES = {"10k": 10_000, "100k": 100_000, "1M": 1_000_000}
ORDERS_EACH = 5
LAST_DAY = "2026-11-20"


def folder_of(size: str) -> Path:
    """Where the generated files of a size lie (made if missing)."""
    folder = OUT / VERSION / size
    folder.mkdir(parents=True, exist_ok=True)
    return folder
