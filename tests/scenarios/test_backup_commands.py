"""A backup, going back to it, and the health of the file, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.cli import main

MEMBERS = "會員編號,姓名,手機\nA1,王小明,0911000001\nA2,陳美玲,0911000002\n"


def run(shop: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main(["--shop", str(shop), "--json", *words]) == 0
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    file = tmp_path / "會員.csv"
    file.write_text(MEMBERS, "utf-8")
    path = tmp_path / "店.tagline"
    run(path, capsys, "import", str(file))
    return path


def test_a_backup_brings_back_what_it_held(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    backup = Path(str(run(shop, capsys, "backup")["file"]))
    assert backup.is_file()
    run(shop, capsys, "tag", "熟客", "A1")
    assert run(shop, capsys, "count", "tag:熟客") == {"count": 1}
    assert run(shop, capsys, "restore", str(backup)) == {"file": str(shop)}
    assert run(shop, capsys, "count", "tag:熟客") == {"count": 0}
    assert run(shop, capsys, "count", "") == {"count": 2}


def test_a_sound_file_is_said_to_be_sound(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(shop, capsys, "check") == {"ok": True, "problems": []}


def test_a_damaged_file_is_told_without_a_crash(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = bytearray(shop.read_bytes())
    content[8192:40960] = b"\xaa" * (40960 - 8192)
    shop.write_bytes(content)
    answer = run(shop, capsys, "check")
    assert answer["ok"] is False
    assert answer["problems"]


def test_something_that_is_no_backup_is_refused_and_nothing_changes(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "x.tagline"
    other.write_bytes(b"not a shop")
    assert main(["--shop", str(shop), "--json", "restore", str(other)]) == 1
    assert capsys.readouterr().err
    assert run(shop, capsys, "count", "") == {"count": 2}
