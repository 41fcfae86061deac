"""Lists as spreadsheets: no cell runs as a formula, no zero is lost, a file is whole or not there."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from desktop.core.errors import Cancelled, UserError
from desktop.core.message import Message
from desktop.exporter.tables import MOST_WORKBOOK_ROWS, harmless, write_table

EVIL = [
    '=HYPERLINK("http://evil.example","按我")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\tTAB",
    "\rCR",
    "\nLF",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
]


@pytest.mark.parametrize("text", EVIL)
def test_text_that_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["", "王怡君", "0912-345-678", "+886912345678", "a=b", "W-1"])
def test_other_text_and_our_own_phones_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_a_phone_with_anything_behind_it_is_no_phone() -> None:
    assert harmless("+886912345678\n=1") == "'+886912345678\n=1"


def test_csv_opens_in_excel_as_utf8_and_names_big5_lacks_survive(tmp_path: Path) -> None:
    file = tmp_path / "名單.csv"
    written = write_table(file, ["姓名", "電話"], [["堃喆", "0912-345-678"], [EVIL[0], None], ["王,小明", 3]])
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    assert rows == [["姓名", "電話"], ["堃喆", "0912-345-678"], ["'" + EVIL[0], ""], ["王,小明", "3"]]
    assert (written.path, written.rows) == (file, 3)


@pytest.mark.parametrize("text", [*EVIL, "+886912345678", "0912345678", "00231"])
def test_in_a_workbook_every_text_is_text(tmp_path: Path, text: str) -> None:
    file = tmp_path / "名單.xlsx"
    write_table(file, ["欄"], [[text], [28], [None]], title="會員/2026*")
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    cell = sheet["A2"]
    assert cell.data_type == "s"
    assert str(cell.value).replace("_x000D_", "\r").strip() == text.strip()
    assert bool(cell.quotePrefix) is (harmless(text) != text)
    assert sheet["A3"].value == 28
    assert sheet.title == "會員 2026"


def test_characters_a_workbook_cannot_hold_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    write_table(file, ["欄"], [["a\x00b\x1fc\ud800"], ["𡍼"]])
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    assert [sheet["A2"].value, sheet["A3"].value] == ["abc", "𡍼"]


class Cancelling:
    """A job that is cancelled after the first thousand rows."""

    def __init__(self) -> None:
        self.reports: list[tuple[int, int | None]] = []

    def report(self, done: int, total: int | None = None, text: Message | None = None) -> None:
        self.reports.append((done, total))

    def raise_if_cancelled(self) -> None:
        raise Cancelled


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_cancelled_half_way_the_file_before_stays(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(b"before")
    job = Cancelling()
    with pytest.raises(Cancelled):
        write_table(file, ["欄"], (["x"] for _ in range(5_000)), total=5_000, job=job)
    assert file.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert job.reports == [(1_000, 5_000)]


def test_more_rows_than_a_sheet_has_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    def nothing_is_read() -> Iterator[list[str]]:
        raise AssertionError
        yield []

    with pytest.raises(UserError) as refused:
        write_table(tmp_path / "a.xlsx", ["欄"], nothing_is_read(), total=MOST_WORKBOOK_ROWS)
    assert refused.value.text.key == "tables.too_many_rows"
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        write_table(tmp_path / "nowhere" / "a.csv", ["欄"], [])
    assert refused.value.text.key == "tables.not_written"
    assert refused.value.text.params["file"] == "a.csv"
