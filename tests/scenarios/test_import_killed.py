"""Killing the program while it imports: the shop is as before or as after, never half; what was left over is swept away by the
next import."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop import paths
from desktop.cli import main
from desktop.store.shop_file import open_reader

ROOT = Path(__file__).resolve().parents[2]
ROWS = 4_000


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A shop with one member who was tagged by hand."""
    first = tmp_path / "first.csv"
    first.write_text("會員編號,姓名\nM0,王小明\n", encoding="utf-8")
    path = tmp_path / "店.tagline"
    assert main(["--shop", str(path), "import", str(first)]) == 0
    assert main(["--shop", str(path), "tag", "熟客", "M0"]) == 0
    return path


@pytest.fixture
def export(tmp_path: Path) -> Path:
    file = tmp_path / "export.csv"
    rows = "".join(f"M{i},會員{i},09{i:08d},熟客、VIP\n" for i in range(ROWS))
    file.write_text("會員編號,姓名,手機,標籤\n" + rows, encoding="utf-8")
    return file


def importing(shop: Path, export: Path) -> subprocess.Popen[str]:
    command = [sys.executable, str(ROOT / "main.py"), "--shop", str(shop), "--json", "import", str(export)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)


def state(shop: Path) -> tuple[int, int, int]:
    db = open_reader(shop)
    try:
        assert db.value("PRAGMA integrity_check") == "ok"
        return (
            db.value("SELECT count(*) FROM person"),
            db.value("SELECT count(*) FROM person_tag"),
            db.value("SELECT count(*) FROM step"),
        )
    finally:
        db.close()


def test_a_killed_import_is_all_or_nothing(shop: Path, export: Path, long_run: bool) -> None:
    before, after = (1, 1, 2), (ROWS, 2 * ROWS, 3)
    began = time.monotonic()
    whole = importing(shop, export)
    answer = json.loads(whole.communicate(timeout=60)[0])
    took = time.monotonic() - began
    assert answer["imports"][0]["new"] == ROWS - 1
    assert state(shop) == after
    assert main(["--shop", str(shop), "undo"]) == 0

    chance = random.Random(7)
    for _ in range(40 if long_run else 6):
        assert state(shop)[0] == before[0]
        killed = importing(shop, export)
        try:
            killed.communicate(timeout=took * chance.uniform(0.2, 1.05))
        except subprocess.TimeoutExpired:
            killed.kill()
            killed.communicate()
        people, tags, _ = state(shop)
        assert (people, tags) in {before[:2], after[:2]}
        if people == ROWS:
            assert main(["--shop", str(shop), "undo"]) == 0

    assert main(["--shop", str(shop), "import", str(export)]) == 0
    assert state(shop)[:2] == after[:2]
    assert list((paths.data_folder() / "staging").rglob("*.staging*")) == []
