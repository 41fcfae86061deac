"""What later files may do to orders the shop knows: a blank cell or a column that is not there clears nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main

MEMBERS = "會員編號,姓名\nA1,甲\nA2,乙\n"
WHOLE = (
    "訂單編號,會員編號,訂單日期,訂單金額,訂單狀態,商品名稱,數量\n"
    "O1,A1,2026-01-01,100,完成,拿鐵,1\n"
    "O1,,,,,美式,2\n"
    "O2,A1,2026-01-05,200.5,完成,美式,1\n"
)
Figures = tuple[int, float, str | None, str | None]


class Shop:
    """A shop and what comes of the files it takes."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def run(self, *words: str) -> dict[str, Any]:
        """A command's answer."""
        self.capsys.readouterr()
        assert main(["--shop", str(self.folder / "店.tagline"), "--json", *words]) == 0
        answer: dict[str, Any] = json.loads(self.capsys.readouterr().out)
        return answer

    def take(self, text: str) -> tuple[int, int, int, int]:
        """Import a CSV of this text: its rows new, updated, unchanged and skipped."""
        file = self.folder / "檔案.csv"
        file.write_text(text, encoding="utf-8")
        (report,) = self.run("import", str(file))["imports"]
        counts = report["new"], report["updated"], report["unchanged"], len(report["skipped"])
        assert sum(counts) == report["rows"]
        return counts

    def figures(self) -> list[Figures]:
        """Orders, total, first and last order of everybody."""
        people = self.run("members")["members"]
        return [(one["orders"], one["total"], one["first_order"], one["last_order"]) for one in people]


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shop:
    made = Shop(tmp_path, capsys)
    made.take(MEMBERS)
    assert made.take(WHOLE) == (3, 0, 0, 0)
    return made


NOBODY: Figures = (0, 0, None, None)
BOTH: Figures = (2, 300.5, "2026-01-01", "2026-01-05")
FIRST: Figures = (1, 100, "2026-01-01", "2026-01-01")


def test_a_file_of_states_keeps_amounts_and_items(shop: Shop) -> None:
    assert shop.take("訂單編號,訂單日期,訂單狀態\nO1,2026-01-01,完成\nO2,2026-01-05,已取消\n") == (0, 1, 1, 0)
    assert shop.figures() == [FIRST, NOBODY]
    assert shop.run("count", "item:拿鐵") == {"count": 1}
    assert shop.take(WHOLE) == (0, 1, 2, 0)
    assert shop.figures() == [BOTH, NOBODY]


def test_blank_cells_of_an_order_clear_nothing(shop: Shop) -> None:
    blank = "訂單編號,會員編號,訂單日期,訂單金額,訂單狀態\nO1,A1,,,\nO2,,2026-01-05,,已退款\n"
    assert shop.take(blank) == (0, 1, 1, 0)
    assert shop.figures() == [FIRST, NOBODY]
    shop.run("undo")
    assert shop.figures() == [BOTH, NOBODY]
    shop.run("redo")
    assert shop.figures() == [FIRST, NOBODY]


def test_an_amount_alone_does_not_bring_a_cancelled_order_back(shop: Shop) -> None:
    shop.take("訂單編號,訂單日期,訂單狀態\nO2,2026-01-05,已取消\n")
    assert shop.take("訂單編號,訂單日期,訂單金額\nO2,2026-01-05,999\n") == (0, 1, 0, 0)
    assert shop.figures() == [FIRST, NOBODY]


def test_an_order_follows_the_member_number_its_file_names(shop: Shop) -> None:
    assert shop.take("訂單編號,會員編號,訂單日期,訂單金額\nO2,A9,2026-01-05,200.5\n") == (0, 1, 0, 0)
    assert shop.figures() == [FIRST, NOBODY]
    shop.take("會員編號,姓名\nA9,丙\n")
    assert shop.figures() == [FIRST, NOBODY, (1, 200.5, "2026-01-05", "2026-01-05")]


def test_a_total_is_the_sum_a_person_would_write(shop: Shop) -> None:
    shop.take("訂單編號,會員編號,訂單日期,訂單金額\nO3,A2,2026-02-01,0.1\nO4,A2,2026-02-02,0.2\n")
    assert shop.figures()[1] == (2, 0.3, "2026-02-01", "2026-02-02")
    shop.take("訂單編號,會員編號,訂單日期,訂單金額\nO5,A2,2026-02-03,9.7\n")
    total = shop.figures()[1][1]
    assert (total, type(total)) == (10, int)
