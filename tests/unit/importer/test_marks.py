"""What parsers of workbooks leave out: errors, formulas without a result, hidden rows and sheets; in every format."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop.importer.formats.frames import pack_rows, unpack_rows
from desktop.importer.formats.parsing.marks import MOST_COLUMNS, Marks, with_texts
from desktop.importer.formats.tables import UNCALCULATED
from desktop.importer.reader import open_source
from desktop.importer.understanding import understand_all
from tests.unit.importer.binary_workbooks import xlsb
from tests.unit.importer.reading import cells, clean, write
from tests.unit.importer.workbooks import ods, raw_xlsx, saved, sheet_xml, xls, xlsx

ROWS = [
    ["會員編號", "姓名", "消費"],
    ["A1", "王小明", "#DIV/0!"],
    ["A2", "#N/A", "120"],
    ["A3", "林大同", "90"],
]


def _xlsx(rows: list[list[str]], hidden: tuple[int, ...] = ()) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, value)
            cell.data_type = "e" if value.startswith("#") else "s"
    for row_number in hidden:
        sheet.row_dimensions[row_number + 1].hidden = True
    return saved(book)


def _made(form: str, hidden: tuple[int, ...] = ()) -> bytes:
    if form == "xlsx":
        return _xlsx(ROWS, hidden)
    if form == "xlsb":
        return xlsb({"會員": ROWS}, hidden_rows=hidden)
    return xls(ROWS, hidden_rows=hidden) if form == "xls" else ods(ROWS, hidden_rows=hidden)


def trimmed(rows: list[list[str]]) -> list[list[str]]:
    """The rows without the blanks at their ends."""
    return ["\t".join(row).rstrip("\t").split("\t") if any(row) else [] for row in rows]


FORMATS = ("xlsx", "xlsb", "xls", "ods")


@pytest.mark.parametrize("form", FORMATS)
def test_errors_come_out_as_excel_shows_them(tmp_path: Path, form: str) -> None:
    read = cells(write(tmp_path, f"a.{form}", _made(form)))
    assert [row[:3] for row in read[:4]] == ROWS


@pytest.mark.parametrize("form", FORMATS)
def test_hidden_rows_are_read_and_counted(tmp_path: Path, form: str) -> None:
    path = write(tmp_path, f"a.{form}", _made(form, hidden=(1, 3, 70)))
    with open_source(path) as source:
        assert [(note.key, note.params) for note in source.notes] == [
            ("importing.note.hidden_rows", {"n": 2})
        ]
    assert clean(path).numbers == [2, 3, 4]


def test_an_error_with_its_formula_and_one_alone_in_its_row_or_column(tmp_path: Path) -> None:
    more = (
        '<row r="4"><c r="AB4" s="1" t="e"><f>VLOOKUP(A4,Sheet2!A:B,2,0)</f><v>#N/A</v></c></row>'
        '<row r="6"><c r="A6" t="e" s="3"><v>#REF!</v></c></row>'
    )
    read = cells(write(tmp_path, "a.xlsx", raw_xlsx(sheet_xml({"C2": "姓名", "C3": "王"}, more=more))))
    assert trimmed(read) == [[], ["", "", "姓名"], ["", "", "王"], [""] * 27 + ["#N/A"], [], ["#REF!"]]


def test_formulas_without_a_result_are_marked_and_a_quoted_text_is_its_own(tmp_path: Path) -> None:
    more = '<row r="2"><c r="A2"><f>"0912"</f></c><c r="B2"><f>A1&amp;"x"&lt;1</f><v></v></c><c r="C2"><f>1+1</f><v>2</v></c></row>'
    read = cells(write(tmp_path, "a.xlsx", raw_xlsx(sheet_xml({"A1": "手機"}, more=more))))
    assert trimmed(read) == [["手機"], ['="0912"', f'{UNCALCULATED}=A1&"x"<1', "2"]]


def test_a_cell_marked_in_a_row_far_below_the_table(tmp_path: Path) -> None:
    marks = Marks()
    marks.put(5, 1, "#N/A")
    marks.put(500_000, 1, "#N/A")
    assert list(with_texts([["a"]], marks.texts)) == [["a"], [], [], [], [], ["", "#N/A"]]


def test_marks_do_not_overwrite_what_was_read() -> None:
    assert list(with_texts([["a", ""]], {0: "#N/A", 1: "#REF!", MOST_COLUMNS: "#NUM!"})) == [
        ["a", "#REF!"],
        ["#NUM!"],
    ]


@pytest.mark.parametrize("form", ["xlsx", "xlsb"])
def test_hidden_sheets_are_named_and_not_read(tmp_path: Path, form: str) -> None:
    rows = [["姓名", "手機"], ["王", "0912345678"]]
    if form == "xlsb":
        data = xlsb({"會員": rows, "舊名單": rows, "空": []}, hidden_sheets=("舊名單", "空"))
    else:
        book = Workbook()
        for name in ("舊名單", "空"):
            book.create_sheet(name).sheet_state = "veryHidden"
        for sheet in (book.worksheets[0], book["舊名單"]):
            for row in rows:
                sheet.append(row)
        data = saved(book)
    path = write(tmp_path, f"a.{form}", data)
    with open_source(path) as source:
        assert [note.params for note in source.notes] == [{"n": 1, "sheets": ["舊名單"]}]
        assert len(understand_all(source)) == 1
    assert clean(path, "舊名單").numbers == [2]


def test_the_only_sheet_is_read_even_if_hidden(tmp_path: Path) -> None:
    path = write(tmp_path, "a.xlsb", xlsb({"名單": [["姓名"], ["王"]]}, hidden_sheets=("名單",)))
    with open_source(path) as source:
        assert source.notes == []
    assert clean(path).numbers == [2]


def test_sheets_of_one_shape_are_all_read(tmp_path: Path) -> None:
    rows = [["姓名", "手機"], ["王小明", "0912345678"], ["陳美玲", "0922333444"]]
    months = {f"{n}月": rows for n in range(2, 5)}
    with open_source(write(tmp_path, "a.xlsx", xlsx(rows, title="1月", **months))) as source:
        assert [recipe.sheet for recipe in understand_all(source)] == ["1月", "2月", "3月", "4月"]


def test_numbers_shown_with_zeros_beside_texts(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["編號"])
    for value in (7, "7", 70_000):
        sheet.append([value])
        sheet.cell(sheet.max_row, 1).number_format = "00000"
    assert cells(write(tmp_path, "a.xlsx", saved(book)))[1:] == [["00007"], ["7"], ["70000"]]


@pytest.mark.parametrize(
    "rows",
    [
        [["a", "b"], [], ["", "c"]],
        [["a\x1fb", "c\x1e"], ["d"]],
        [["\n{", "=5\n"]],
        [["\ud800"]],
        [[]],
        [["", ""]],
    ],
)
def test_rows_go_over_to_us_unchanged(rows: list[list[str]]) -> None:
    head, _, data = pack_rows(rows).partition(b"\n")
    assert int(head[1:]) == len(data)
    assert unpack_rows(head[:1], data) == rows
