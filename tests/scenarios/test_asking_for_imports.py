"""Who came with which file: asked by its name or by the number of its step, on real imports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main


class Shop:
    """A shop worked from the command line."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys

    def __call__(self, *words: str) -> Any:
        assert main(["--shop", str(self.folder / "店.tagline"), "--json", *words]) == 0
        return json.loads(self.capsys.readouterr().out)

    def takes(self, name: str, text: str) -> int:
        """Import a file; the number of its step."""
        (self.folder / name).write_text(text, encoding="utf-8")
        self("import", str(self.folder / name))
        return int(self("history")["steps"][0]["id"])

    def finds(self, query: str) -> list[str]:
        return sorted(member["member_no"] for member in self("members", query)["members"])


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shop:
    return Shop(tmp_path, capsys)


def test_new_changed_and_buying_people_are_found_by_their_file(shop: Shop) -> None:
    first = shop.takes(
        "會員名單.csv", "會員編號,姓名,門市,標籤\nA1,甲,中山店,\nA2,乙,中山店,\nA3,丙,中山店,\n"
    )
    second = shop.takes(
        "會員名單 新.csv", "會員編號,姓名,門市,標籤\nA1,甲,信義店,\nA2,乙,中山店,熟客\nA4,丁,中山店,\n"
    )
    orders = "訂單編號,訂單日期,會員編號,商品,金額\nO1,2026-03-01,A3,拿鐵,120\nO2,2026-03-02,A3,美式,80\n"
    third = shop.takes("訂單.csv", orders)
    assert shop.finds("import:會員名單.csv") == ["A1", "A2", "A3"]
    assert shop.finds(f"import:{second}") == ["A1", "A2", "A4"]
    assert shop.finds("import:會員") == ["A1", "A2", "A3", "A4"]
    assert shop.finds("匯入:訂單") == shop.finds(f"import:{third}") == ["A3"]
    assert shop.finds("import=訂單") == []
    assert shop.finds(f"-import:{first}") == ["A4"]
    assert shop.finds("import:any -import:訂單.csv") == ["A1", "A2", "A4"]
    assert shop.finds("orders@2026-03:2 item@2026-03-02:美式 -item@2026-03-01:美式") == ["A3"]
    shop("undo", str(second))
    assert shop.finds(f"import:{second}") == shop.finds('import:"會員名單 新.csv"') == []
    assert shop.finds("import:會員") == ["A1", "A2", "A3"]
