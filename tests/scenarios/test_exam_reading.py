"""Files whose meaning is easily mistaken: nobody becomes blocked by being a friend, and no row vanishes into a cell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main

Run = Any


@pytest.fixture
def take(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Imports a text into a new shop: exit code, the report (or stderr), the members."""

    def run(text: str) -> tuple[int, Any, list[dict[str, Any]]]:
        file, shop = tmp_path / "名單.csv", str(tmp_path / "店.tagline")
        file.write_bytes(text.encode("utf-8"))
        code = main(["--shop", shop, "--json", "import", str(file)])
        printed = capsys.readouterr()
        if code:
            return code, printed.err, []
        (report,) = json.loads(printed.out)["imports"]
        assert main(["--shop", shop, "--json", "members"]) == 0
        return code, report, json.loads(capsys.readouterr().out)["members"]

    return run


@pytest.mark.parametrize("column", ["好友狀態", "LINE 好友狀態"])
@pytest.mark.parametrize("words", [("是", "否"), ("Y", "N"), ("已加好友", "未加好友")])
def test_being_a_friend_is_no_block(take: Run, column: str, words: tuple[str, str]) -> None:
    _, report, people = take(f"會員編號,{column}\nA1,{words[0]}\nA2,{words[1]}\n")
    assert report["mapping"][column] == "extra"
    assert [one["blocked"] for one in people] == [None, None]
    assert [one[column] for one in people] == list(words)


def test_a_friend_state_that_names_blocks_tells_of_them(take: Run) -> None:
    _, report, people = take("會員編號,好友狀態\nA1,好友\nA2,已封鎖\nA3,\n")
    assert report["mapping"]["好友狀態"] == "blocked"
    assert [one["blocked"] for one in people] == [False, True, None]


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("訂閱 LINE", "consent"),
        ("Accept LINE promotion", "consent"),
        ("LINE 已封鎖", "blocked"),
        ("電話分機", "extra"),
    ],
)
def test_names_of_columns(take: Run, column: str, field: str) -> None:
    _, report, _ = take(f"會員編號,{column}\nA1,1\nA2,0\n")
    assert report["mapping"][column] == field


@pytest.mark.parametrize("end", ["\n", "\r\n", "", "\r"])
def test_a_quote_open_at_the_end_of_the_file_is_named(take: Run, end: str) -> None:
    line = end or "\n"
    text = line.join(["會員編號,姓名,備註", "A1,甲,一", 'A2,乙,"二', 'A3,丙,"" 三']) + end
    code, told, _ = take(text)
    assert code == 1
    assert "第 3 列" in told


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
@pytest.mark.parametrize("note", ["一\n二", "一\n", "\n", 'a\n"二"', '"\n"', "一\r\n二\r\n"])
def test_a_cell_of_several_lines_may_end_the_file(take: Run, note: str, end: str) -> None:
    quoted = note.replace('"', '""')
    code, report, _ = take(f'會員編號,姓名,備註{end or chr(10)}A1,甲,"{quoted}"{end}')
    assert (code, report["rows"] if code == 0 else report) == (0, 1)


def test_errors_of_excel_are_no_values_and_listed(take: Run) -> None:
    _, report, people = take(
        "會員編號,姓名,手機,標籤,最愛口味\n"
        "#N/A,甲,0911000001,#REF!,#REF!\n"
        "#N/A,乙,0911000002,熟客,#N/A\n"
        "A3,#VALUE!,0911000003,#NAME?,拿鐵\n"
    )
    assert report["new"] == 3
    assert {(one["row"], one["column"], one["value"]) for one in report["problems"]} == {
        (2, "會員編號", "#N/A"), (2, "標籤", "#REF!"), (2, "最愛口味", "#REF!"), (3, "會員編號", "#N/A"),
        (3, "最愛口味", "#N/A"), (4, "姓名", "#VALUE!"), (4, "標籤", "#NAME?"),
    }  # fmt: skip
    found = [(one["member_no"], one["name"], one["tags"], one["最愛口味"]) for one in people]
    assert found == [(None, "甲", [], None), (None, "乙", ["熟客"], None), ("A3", None, [], "拿鐵")]
