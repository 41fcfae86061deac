"""An audience that another one asks for goes: the others are still listed, and the one that asks says what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main


def test_a_list_with_an_audience_that_cannot_be_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = str(tmp_path / "店.tagline")
    (tmp_path / "名單.csv").write_text("會員編號,門市\nA1,中山店\nA2,信義店\n", encoding="utf-8")

    def run(*words: str) -> Any:
        assert main(["--shop", shop, "--json", *words]) == 0
        return json.loads(capsys.readouterr().out)

    run("import", str(tmp_path / "名單.csv"))
    run("audience", "save", "中山", "store:中山店")
    made = run("history")["steps"][0]["id"]
    run("audience", "save", "其他", "-audience:中山")
    assert [one["members"] for one in run("audience", "list")["audiences"]] == [1, 1]
    run("undo", str(made))
    (left,) = run("audience", "list")["audiences"]
    assert (left["name"], left["members"], left["uploadable"]) == ("其他", None, None)
    assert main(["--shop", shop, "audience", "list"]) == 0
    assert "算不出人數" in capsys.readouterr().out
    for words in (
        ["audience", "show", "其他"],
        ["count", "audience:中山"],
        ["audience", "export", "其他", str(tmp_path / "a.txt")],
    ):
        assert main(["--shop", shop, *words]) == 1
        assert "「中山」" in capsys.readouterr().err
    assert main(["--shop", shop, "audience", "save", "又一個", "audience:中山"]) == 1
    capsys.readouterr()
    run("undo")
    assert [one["members"] for one in run("audience", "list")["audiences"]] == [1, 1]
