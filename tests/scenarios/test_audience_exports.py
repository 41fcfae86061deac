"""Audiences written to files from the command line, and what the history tells of it."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main

PEOPLE = (
    "會員編號,姓名,手機,Email,LINE UID\nA1,陳美玲,0912345678,Mei@Example.com,U{0}\nA2,王小明,0922333444,,\n"
)


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    file = tmp_path / "名單.csv"
    file.write_text(PEOPLE.format("ab" * 16), encoding="utf-8")
    path = str(tmp_path / "店.tagline")
    assert main(["--shop", path, "import", str(file)]) == 0
    assert main(["--shop", path, "audience", "save", "全部"]) == 0
    capsys.readouterr()
    return path


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_user_ids_people_and_hashes(shop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = ["--shop", shop, "audience", "export", "全部"]
    ids, people, ads = (tmp_path / name for name in ("a.txt", "a.csv", "ads.csv"))
    assert answer(capsys, *export, str(ids)) == {"file": str(ids), "ids": 1}
    assert ids.read_bytes() == b"U" + b"ab" * 16 + b"\n"
    told = answer(capsys, *export, str(people), "--as", "people", "--fields", "member_no,name")
    assert told == {"file": str(people), "people": 2}
    with people.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["member_no", "name"], ["A2", "王小明"], ["A1", "陳美玲"]]
    told = answer(capsys, *export, str(ads), "--as", "google")
    assert told == {"file": str(ads), "rows": 2, "emails": 1, "phones": 2}
    text = ads.read_text(encoding="utf-8")
    assert hashlib.sha256(b"mei@example.com").hexdigest() in text
    assert hashlib.sha256(b"+886922333444").hexdigest() in text
    steps = answer(capsys, "--shop", shop, "history")["steps"]
    assert [step["kind"] for step in steps[:3]] == ["audience_export"] * 3
    assert "Google" in steps[0]["name"]


def test_for_people_who_read(shop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = ["--shop", shop, "audience", "export", "全部"]
    assert main([*export, str(tmp_path / "a.txt")]) == 0
    assert "1 個 LINE UID" in capsys.readouterr().out
    assert main([*export, str(tmp_path / "a.xlsx"), "--as", "people"]) == 0
    assert "2 列" in capsys.readouterr().out
    assert main([*export, str(tmp_path / "b.xlsx"), "--as", "people", "--fields", "nothing"]) == 2
    assert not (tmp_path / "b.xlsx").exists()
