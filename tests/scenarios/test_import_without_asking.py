"""Files on the command line that a window would ask about, or map by their values: passwords, notes, orders of public layouts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.cli import main
from tests.unit.importer.workbooks import locked, raw_xlsx, sheet_xml, xlsx

PASSWORD = "芝麻 1"


@pytest.fixture
def shop(tmp_path: Path) -> str:
    return str(tmp_path / "店.tagline")


def test_a_password_is_an_option_and_goes_nowhere_else(
    tmp_path: Path, shop: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "會員.xlsx"
    file.write_bytes(locked(xlsx([["會員編號", "姓名"], ["A1", "甲"]]), PASSWORD))
    assert main(["--shop", shop, "--json", "import", str(file)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "--password" in said.err
    assert main(["--shop", shop, "--json", "import", str(file), "--password", "x"]) == 1
    assert "--password" in capsys.readouterr().err
    assert main(["--shop", shop, "--json", "import", str(file), "--password", PASSWORD]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["imports"][0]["new"] == 1
    assert PASSWORD not in said.out + said.err
    assert not any(PASSWORD.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_notes_stand_beside_the_answer_and_not_in_it(
    tmp_path: Path, shop: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "遠.xlsx"
    cells = {"A1": "會員編號", "B1": "姓名", "A2": "A1", "B2": "甲", "XFD1048576": "x"}
    file.write_bytes(raw_xlsx(sheet_xml(cells)))
    assert main(["--shop", shop, "--json", "import", str(file), "--dry-run"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert "notes" not in json.loads(said.out)["imports"][0]
    assert main(["--shop", shop, "import", str(file)]) == 0
    said = capsys.readouterr()
    assert said.err == "遠.xlsx: 這個檔案有一格離表格很遠，那裡沒有讀取。\n"
    assert "離表格" not in said.out


RETAIL = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,HOLDER,6,12/1/2010 8:26,2.55,17850,United Kingdom
536365,71053,LANTERN,6,12/1/2010 8:26,3.39,17850,United Kingdom
536366,22633,HAND WARMER,6,12/13/2010 8:28,1.85,17850,United Kingdom
C536379,D,Discount,-1,12/1/2010 9:41,27.5,17850,United Kingdom
"""


def test_prices_of_one_piece_become_what_somebody_spent(
    tmp_path: Path, shop: str, capsys: pytest.CaptureFixture[str]
) -> None:
    members, orders = tmp_path / "m.csv", tmp_path / "retail.csv"
    members.write_text("CustomerID,Name\n17850,Amy Wang\n", encoding="utf-8")
    orders.write_text(RETAIL, encoding="utf-8")
    assert main(["--shop", shop, "--json", "import", str(members), str(orders)]) == 0
    report = json.loads(capsys.readouterr().out)["imports"][1]
    assert (report["rows"], report["new"], report["unknown_buyers"]) == (4, 4, 0)
    assert report["mapping"]["UnitPrice"] == "item_amount"
    assert main(["--shop", shop, "--json", "members", ""]) == 0
    (amy,) = json.loads(capsys.readouterr().out)["members"]
    assert (amy["orders"], amy["total"], amy["first_order"], amy["last_order"]) == (
        2,
        46.74,
        "2010-12-01",
        "2010-12-13",
    )
    assert main(["--shop", shop, "--json", "import", str(orders)]) == 0
    assert json.loads(capsys.readouterr().out)["imports"][0]["unchanged"] == 4


def test_a_row_of_several_people_is_answered_by_an_option(
    tmp_path: Path, shop: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file, more = tmp_path / "會員.csv", tmp_path / "再.csv"
    file.write_text("會員編號,姓名,手機\nA1,王小明,0912345678\nA2,王小華,0912345678\n", encoding="utf-8")
    more.write_text("姓名,手機,門市\n王小明,0912345678,中山店\n", encoding="utf-8")
    assert main(["--shop", shop, "import", str(file)]) == 0
    capsys.readouterr()
    assert main(["--shop", shop, "import", str(more)]) == 0
    assert "--row 2=1|2|new|skip" in capsys.readouterr().err
    assert main(["--shop", shop, "--json", "import", str(more)]) == 0
    (row,) = json.loads(capsys.readouterr().out)["imports"][0]["ambiguous"]
    assert (row["row"], [one["member_no"] for one in row["candidates"]]) == (2, ["A1", "A2"])
    second = row["candidates"][1]["id"]
    assert main(["--shop", shop, "--json", "import", str(more), "--row", f"2={second}"]) == 0
    answer = json.loads(capsys.readouterr().out)["imports"][0]
    assert (answer["updated"], answer["skipped"], answer["ambiguous"]) == (1, [], [])
    assert main(["--shop", shop, "--json", "members", "store:中山店", "--fields", "member_no"]) == 0
    assert json.loads(capsys.readouterr().out)["members"] == [{"member_no": "A2"}]


@pytest.mark.parametrize("words", [["--row", "2=somebody"], ["--row", "x=new"], ["--row", "2"]])
def test_a_row_answered_in_no_known_word_is_wrong_usage(
    tmp_path: Path, shop: str, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "會員.csv"
    file.write_text("會員編號\nA1\n", encoding="utf-8")
    assert main(["--shop", shop, "import", str(file), *words]) == 2
    assert main(["--shop", shop, "import", str(file), str(file), "--row", "2=new"]) == 2
    capsys.readouterr()
