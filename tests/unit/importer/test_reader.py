"""Reading files: by content, in every encoding and with every separator, with the row numbers a spreadsheet shows."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop.core.errors import UserError
from desktop.importer import reader
from desktop.importer.columns.names import is_known_name
from desktop.importer.formats import workbook
from desktop.importer.reader import open_source
from desktop.importer.understanding import understand
from desktop.importer.values.phones import _parsed
from tests.unit.importer.reading import cells, write
from tests.unit.importer.workbooks import BLANK_ROWS, ods, ole, raw_xlsx, saved, sheet_xml, xls, xlsx

TABLE = "會員編號,姓名,電話,地址\n001,王小明,0912345678,台北市\n002,陳美玲,02-23456789,高雄市\n"
ROWS = [line.split(",") for line in TABLE.splitlines()]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp950", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, end: str) -> None:
    path = write(tmp_path, "會員.csv", TABLE.replace("\n", end), encoding)
    assert cells(path) == ROWS
    with open_source(path) as source:
        assert source.encoding == encoding


def test_shift_jis(tmp_path: Path) -> None:
    path = write(
        tmp_path, "a.csv", "会員番号,氏名,電話番号,住所\n1,山田 太郎,09012345678,東京都渋谷区\n", "cp932"
    )
    with open_source(path) as source:
        assert source.encoding == "cp932"
    assert cells(path)[1][1] == "山田 太郎"


def test_big5_with_the_seven_characters_of_windows(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "姓名,手機\n碁銹裏墻恒粧嫺,0912345678\n", "cp950")
    assert cells(path)[1][0] == "碁銹裏墻恒粧嫺"


def test_a_few_chinese_cells_far_down_decide_the_encoding(tmp_path: Path) -> None:
    lines = ["id,name,city"] + [f"{n},Amy,Taipei" for n in range(30_000)] + ["9,陳美玲,台北市大安區"]
    path = write(tmp_path, "a.csv", "\n".join(lines) + "\n", "cp950")
    assert cells(path)[-1] == ["9", "陳美玲", "台北市大安區"]


def test_a_byte_that_cannot_be_read_is_marked_and_never_dropped(tmp_path: Path) -> None:
    data = TABLE.encode("cp950").replace("小".encode("cp950"), b"\xff\xff")
    path = write(tmp_path, "a.csv", data)
    assert "\ufffd" in cells(path)[1][1]


def test_the_owner_can_choose_the_encoding(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", TABLE, "cp950")
    assert cells(path, encoding="big5") == ROWS
    assert cells(path, encoding="cp932") != ROWS
    with pytest.raises(UserError) as caught:
        open_source(path, encoding="klingon")
    assert caught.value.text.key == "importing.error.unknown_encoding"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(tmp_path: Path, separator: str) -> None:
    path = write(tmp_path, "a.txt", TABLE.replace(",", separator))
    assert cells(path) == ROWS


def test_a_title_full_of_commas_does_not_decide_the_separator(tmp_path: Path) -> None:
    text = "日日咖啡,會員,名單\n" + TABLE.replace(",", "\t") * 5
    assert cells(write(tmp_path, "a.txt", text))[1] == ROWS[0]


def test_a_column_of_tags_with_commas_does_not_decide_the_separator(tmp_path: Path) -> None:
    text = "姓名;標籤\n" + "".join(f"王{n};熟客,VIP,新客\n" for n in range(20))
    assert cells(write(tmp_path, "a.csv", text))[1] == ["王0", "熟客,VIP,新客"]


def test_excels_line_with_the_separator_is_no_row(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "sep=;\r\n" + TABLE.replace(",", ";"))
    assert cells(path) == ROWS


def test_quotes_with_newlines_ragged_rows_and_nul(tmp_path: Path) -> None:
    path = write(
        tmp_path, "a.csv", '姓名,備註,手機\n王,"第一行\n第二行, ""好""",0912345678\n陳\n李,a\0b,1,2,3\n'
    )
    assert cells(path)[1:] == [
        ["王", '第一行\n第二行, "好"', "0912345678"],
        ["陳"],
        ["李", "a\0b", "1", "2", "3"],
    ]


def test_blank_lines_count_as_rows(tmp_path: Path) -> None:
    with open_source(write(tmp_path, "a.csv", "\n\n姓名,手機\n\n王,0912345678\n")) as source:
        assert [(first, rows) for first, rows in source.sheets[0].batches()] == [
            (1, [[], [], ["姓名", "手機"], [], ["王", "0912345678"]])
        ]


def test_a_quote_never_closed_is_an_error_and_no_rows_vanish(tmp_path: Path) -> None:
    lines = ["編號,姓名,手機"] + [f"{n},王{n},0912345{n:03}" for n in range(100)]
    lines[50] = '49,"王49,0912345049'
    path = write(tmp_path, "a.csv", "\n".join(lines) + "\n")
    with pytest.raises(UserError) as caught:
        cells(path)
    assert caught.value.text.key == "importing.error.open_quote"
    assert caught.value.text.params["row"] == 51


def test_a_workbook_keeps_what_its_cells_mean(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B2"] = "標題"
    row = [
        912345678,
        datetime(2023, 4, 10, 15, 12),
        date(2023, 4, 10),
        True,
        1455.5,
        "0912",
        1.234567890123457e18,
        time(3, 4),
    ]
    for column, value in enumerate(row, 1):
        sheet.cell(4, column, value)
    sheet["I4"] = 231
    sheet["I4"].number_format = "00000"
    sheet["J4"] = '="0912345678"'
    sheet["K4"] = "=1/0"
    read = cells(write(tmp_path, "a.xlsx", saved(book)))
    assert read[0] == []
    assert read[1][:2] == ["", "標題"]
    assert read[3] == [
        "912345678", "2023-04-10 15:12:00", "2023-04-10", "TRUE", "1455.5", "0912", "1.23456789012346e+18", "03:04:00", "00231", '="0912345678"', "\ufdd0=1/0",
    ]  # fmt: skip


def test_sheets_and_their_hiding(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("隱藏").sheet_state = "hidden"
    with open_source(write(tmp_path, "a.xlsx", saved(book) if book.active else b"")) as source:
        assert [(sheet.name, sheet.hidden) for sheet in source.sheets] == [("Sheet", False), ("隱藏", True)]
        assert source.encoding is None


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.xls", xls(ROWS), "xls"),
        ("a.xlsx", xls(ROWS), "xls"),
        ("a.ods", ods(ROWS, after=BLANK_ROWS), "ods"),
        ("a.xls", xlsx(ROWS), "xlsx"),
        ("a.csv", xlsx(ROWS), "xlsx"),
        ("a.xlsx", TABLE.encode(), "csv"),
        ("a.xls", TABLE.replace(",", "\t").encode("utf-16"), "csv"),
    ],
)
def test_the_content_tells_the_format(tmp_path: Path, name: str, data: bytes, form: str) -> None:
    path = write(tmp_path, name, data)
    assert cells(path)[:3] == ROWS
    with open_source(path) as source:
        assert source.format == form


HTML = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body>
<table><tr><td>選單</td></tr></table>
<table border=1><tr><th>會員編號</th><th>姓名</th><th>電話</th><th>地址</th></tr>
<tr><td>001<td>王小明</td><td>0912345678</td><td>台北市</td></tr>
<tr><td>002</td><td>陳<b>美</b>玲</td><td>02-23456789</td><td>高雄市</td></tr></table></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "big5"])
def test_a_web_page_called_xls(tmp_path: Path, charset: str) -> None:
    assert cells(write(tmp_path, "a.xls", HTML.format(charset=charset), charset)) == ROWS


def test_a_web_page_beyond_measure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "LARGEST_MARKUP", 100)
    with pytest.raises(UserError) as caught:
        open_source(write(tmp_path, "a.xls", HTML.format(charset="utf-8")))
    assert caught.value.text.key == "importing.error.too_large"


def test_spans_of_a_web_page_keep_columns_aligned(tmp_path: Path) -> None:
    html = "<table><tr><th rowspan=2>姓名</th><th colspan=2>消費</th></tr><tr><th>次數</th><th>金額</th></tr><tr><td>王</td><td>1</td><td>2</td></tr></table>"
    assert cells(write(tmp_path, "a.xls", html)) == [
        ["姓名", "消費", ""],
        ["", "次數", "金額"],
        ["王", "1", "2"],
    ]


def test_excels_xml_of_2003(tmp_path: Path) -> None:
    def line(row: list[str]) -> str:
        return (
            "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>"
        )

    text = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="會員"><Table>'
        + "".join(map(line, ROWS))
        + '<Row ss:Index="5"><Cell ss:Index="2"><Data ss:Type="String">x</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    assert cells(write(tmp_path, "a.xls", text)) == [*ROWS, [], ["", "x"]]


def test_two_readers_of_one_workbook_do_not_disturb_each_other(tmp_path: Path) -> None:
    rows = [[str(n), f"王{n}"] for n in range(3_000)]
    with open_source(write(tmp_path, "a.xlsx", xlsx(rows, 二=rows[:10]))) as source:
        one, other = source.sheets[0].batches(), source.sheets[1].batches()
        first = next(one)
        assert next(other)[1] == rows[:10]
        read = first[1] + [row for _, more in one for row in more]
        assert read == rows


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", TABLE)
    with open_source(path) as source:
        source.raise_if_changed()
        path.write_text(TABLE + "003,林,,\n", encoding="utf-8")
        with pytest.raises(UserError) as caught:
            source.raise_if_changed()
        assert caught.value.text.key == "importing.error.changed_meanwhile"


def test_a_file_that_goes_away_while_it_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", TABLE)
    with open_source(path) as source:
        path.unlink()
        with pytest.raises(UserError) as caught:
            next(source.sheets[0].batches())
        assert caught.value.text.key == "importing.error.not_found"
        with pytest.raises(UserError) as caught:
            source.raise_if_changed()
        assert caught.value.text.key == "importing.error.changed_meanwhile"


def test_an_archive_that_becomes_another_while_it_is_read(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.csv", TABLE * 20_000)
    path = write(tmp_path, "a.zip", stream.getvalue())
    with open_source(path) as source:
        path.write_bytes(b"PK\3\4 and something else")
        with pytest.raises(UserError) as caught:
            list(source.sheets[0].batches())
        assert caught.value.text.key == "importing.error.changed_meanwhile"


def test_a_workbook_stays_readable_when_it_changes_and_is_said_to_have(tmp_path: Path) -> None:
    path = write(tmp_path, "a.xlsx", xlsx(ROWS))
    with open_source(path) as source:
        path.write_bytes(xlsx(ROWS[:2]))
        assert next(source.sheets[0].batches())[1] == ROWS
        with pytest.raises(UserError) as caught:
            source.raise_if_changed()
        assert caught.value.text.key == "importing.error.changed_meanwhile"


def test_a_file_that_was_only_touched_is_the_same(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", TABLE)
    with open_source(path) as source:
        path.write_text(TABLE, encoding="utf-8")
        source.raise_if_changed()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.csv", b"", "no_bytes"),
        ("a.csv", b"\xef\xbb\xbf", "empty"),
        ("a.csv", b"\r\n \r\n", "empty"),
        ("a.pdf", b"%PDF-1.7 ...", "is_pdf"),
        ("a.xlsx", b"\x89PNG\r\n", "is_picture"),
        ("a.rar", b"Rar!\x1a\x07", "is_archive"),
        ("a.db", b"SQLite format 3\0", "is_database"),
        ("a.gsheet", b'{"url": "https://docs.google.com/", "doc_id": "x"}', "is_google_link"),
        ("a.json", b'{"members": []}', "is_json"),
        (".a.xlsx.icloud", b"bplist00xx", "cloud_placeholder"),
        ("~$a.xlsx", b"\x05Amy", "is_lock_file"),
        ("a.xlsx", b"PK\x03\x04" + b"\0" * 50, "damaged"),
        ("a.xlsx", xlsx(ROWS)[:-200], "damaged"),
        ("a.xls", ole({"EncryptionInfo": b"", "EncryptedPackage": b"x" * 5_000}), "damaged"),
        ("a.doc", ole({"WordDocument": b"x" * 5_000}), "is_document"),
        ("a.xls", "<html><body>請先登入</body></html>".encode(), "page_without_table"),
        ("a.xml", b"<?xml version='1.0'?><!DOCTYPE x><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "dangerous"),
        ("a.bin", bytes(range(128, 256)) * 20, "not_a_table"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_explained(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UserError) as caught, open_source(write(tmp_path, name, data)):
        pass
    assert caught.value.text.key == f"importing.error.{reason}"
    assert caught.value.cure is not None


def test_places_that_are_no_files(tmp_path: Path) -> None:
    for path, reason in [
        (tmp_path, "is_folder"),
        (tmp_path / "x.csv", "not_found"),
        (Path("https://a.b/c.csv"), "is_address"),
    ]:
        with pytest.raises(UserError) as caught:
            open_source(path)
        assert caught.value.text.key == f"importing.error.{reason}"


def test_a_file_excel_holds_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object) -> None:
        raise PermissionError(13, "in use")

    path = write(tmp_path, "a.xlsx", xlsx(ROWS))
    monkeypatch.setattr(Path, "open", held)
    with pytest.raises(UserError) as caught:
        open_source(path)
    assert caught.value.text.key == "importing.error.locked"


def test_paths_with_every_kind_of_character(tmp_path: Path) -> None:
    folder = tmp_path / "我的 文件 🍰" / ("長" * 60)
    folder.mkdir(parents=True)
    assert cells(write(folder, "名單 (1)％.xlsx", xlsx(ROWS)))[:3] == ROWS


def test_a_wrong_dimension_hides_no_rows(tmp_path: Path) -> None:
    sheet = sheet_xml({f"A{n}": f"{n}" for n in range(1, 102)}, dimension='<dimension ref="A1"/>')
    assert len(cells(write(tmp_path, "a.xlsx", raw_xlsx(sheet)))) == 101


def test_a_file_locked_between_our_look_and_the_childs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = "import sys; from desktop.importer import worker; worker.write_file = lambda *a: (_ for _ in ()).throw(PermissionError(13, 'x')); worker.main(sys.argv[1:])"
    monkeypatch.setattr(workbook, "worker_command", lambda: [sys.executable, "-c", held])
    with pytest.raises(UserError) as caught:
        open_source(write(tmp_path, "a.xlsx", xlsx(ROWS)))
    assert caught.value.text.key == "importing.error.locked"


def test_a_disk_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise OSError(5, "input/output error")

    path = write(tmp_path, "a.csv", TABLE)
    with open_source(path) as source:
        monkeypatch.setattr(Path, "open", gone)
        with pytest.raises(UserError) as caught:
            next(source.sheets[0].batches())
    assert caught.value.text.key == "importing.error.not_readable"


def test_nothing_that_was_read_stays_in_memory_behind_a_closed_file(tmp_path: Path) -> None:
    with open_source(write(tmp_path, "a.csv", "姓名,電話\n王小明,(02) 2345-6789\n")) as source:
        understand(source)
        assert min(is_known_name.cache_info().currsize, _parsed.cache_info().currsize, len(source.judged)) > 0
    assert (is_known_name.cache_info().currsize, _parsed.cache_info().currsize) == (0, 0)
    assert not source.judged
