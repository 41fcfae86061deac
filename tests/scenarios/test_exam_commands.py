"""What the commands say on stderr and to people who read: nothing of the program's inside, the right word for what was done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.cli import main


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """A shop with one person who can be reached."""
    file = tmp_path / "名單.csv"
    file.write_text("會員編號,LINE UID\nA1,U" + "ab" * 16 + "\n", encoding="utf-8")
    path = str(tmp_path / "店.tagline")
    assert main(["--shop", path, "import", str(file)]) == 0
    capsys.readouterr()
    return path


@pytest.mark.parametrize("words", [["members", "--limit", "-1"], ["members", "--limit=-1"], ["undo", "-1x"]])
def test_a_wrong_number_is_named_as_it_was_written(
    shop: str, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main(["--shop", shop, *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "--limit" in printed.err or "-1x" in printed.err
    assert "x00" not in printed.err


def test_an_export_that_cannot_be_written_says_only_that(
    shop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--shop", shop, "audience", "save", "全部"]) == 0
    capsys.readouterr()
    assert main(["--shop", shop, "audience", "export", "全部", str(tmp_path / "沒有" / "名單.txt")]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    said, cure = printed.err.splitlines()
    assert said.startswith("無法寫入檔案「名單.txt」")
    assert cure.startswith("請")


def test_a_condition_left_out_does_not_become_everybody(
    shop: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--shop", shop, "audience", "save", "熟客", "tag:熟客"]) == 0
    capsys.readouterr()
    assert main(["--shop", shop, "audience", "save", "熟客"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert '""' in printed.err
    assert main(["--shop", shop, "--json", "audience", "show", "熟客"]) == 0
    assert json.loads(capsys.readouterr().out)["audiences"][0]["query"] == "tag:熟客"
    assert main(["--shop", shop, "--json", "audience", "save", "熟客", ""]) == 0
    assert json.loads(capsys.readouterr().out)["audiences"][0]["members"] == 1


def test_redoing_is_not_called_undoing(shop: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shop", shop, "undo"]) == 0
    undone = capsys.readouterr().out
    assert main(["--shop", shop, "redo"]) == 0
    redone = capsys.readouterr().out
    assert ("已復原" in undone, "已重做" in undone) == (True, False)
    assert ("已復原" in redone, "已重做" in redone) == (False, True)


def test_an_unknown_language_is_wrong_usage(shop: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--shop", shop, "--language", "xx", "count"]) == 2
    printed = capsys.readouterr()
    assert (printed.out, "zh_TW|en|ja" in printed.err) == ("", True)


def test_notes_are_told_to_who_asks_for_them(
    shop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "備註.csv"
    file.write_text("會員編號,備註\nA1,愛拿鐵\n", encoding="utf-8")
    assert main(["--shop", shop, "import", str(file)]) == 0
    capsys.readouterr()
    assert main(["--shop", shop, "--json", "members", "--fields", "member_no,note"]) == 0
    assert json.loads(capsys.readouterr().out)["members"] == [{"member_no": "A1", "note": "愛拿鐵"}]
    assert main(["--shop", shop, "--json", "members"]) == 0
    assert "note" not in json.loads(capsys.readouterr().out)["members"][0]


def test_a_file_that_fails_names_those_already_imported(
    shop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad, last = tmp_path / "一.csv", tmp_path / "二.pdf", tmp_path / "三.csv"
    good.write_text("會員編號,姓名\nB1,甲\n", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.4\n")
    last.write_text("會員編號,姓名\nB2,乙\n", encoding="utf-8")
    assert main(["--shop", shop, "--json", "import", str(good), str(bad), str(last)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "一.csv" in printed.err.splitlines()[0]
    assert "二.pdf" in printed.err
    assert main(["--shop", shop, "--json", "count", "member_no:B1 OR member_no:B2"]) == 0
    assert json.loads(capsys.readouterr().out) == {"count": 1}
    assert main(["--shop", shop, "--json", "import", "--dry-run", str(last), str(bad)]) == 1
    assert "三.csv" not in capsys.readouterr().err
