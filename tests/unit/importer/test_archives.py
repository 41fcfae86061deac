"""Zips: of texts, of workbooks, of both; with passwords; with things in them that are no tables."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop.core.errors import Cancelled, UserError
from desktop.core.job import QuietJob
from desktop.importer.formats import archive
from desktop.importer.formats.problems import PasswordNeeded
from desktop.importer.reader import Source, open_source
from desktop.importer.understanding import understand_all
from tests.unit.importer.binary_workbooks import xlsb
from tests.unit.importer.reading import cells, write
from tests.unit.importer.workbooks import locked, ods, xls, xlsx

TABLE = "會員編號,姓名,電話,地址\n001,王小明,0912345678,台北市\n002,陳美玲,02-23456789,高雄市\n"
ROWS = [line.split(",") for line in TABLE.splitlines()]
HTML = (
    "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in ROWS) + "</table>"
)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return stream.getvalue()


def locked_zip(files: Mapping[str, bytes], password: bytes, *, aes: bool = False) -> bytes:
    """An archive locked in the old way (APPNOTE 6.1), which the standard library opens and cannot write."""
    body, directory = b"", b""
    for name, data in files.items():
        checksum = zlib.crc32(data)
        method = 99 if aes else 0
        secret = _encrypted(bytes(11) + bytes([checksum >> 24]) + data, password)
        raw = name.encode()
        common = struct.pack(
            "<HHHHHIIIHH", 20, 0x801, method, 0, 0x21, checksum, len(secret), len(data), len(raw), 0
        )
        directory += (
            b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + raw
        )
        body += b"PK\3\4" + common + raw + secret
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(directory), len(body), 0)
    return body + directory + b"PK\5\6" + end


def _encrypted(data: bytes, password: bytes) -> bytes:
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = ~zlib.crc32(bytes([byte]), ~keys[0] & 0xFFFFFFFF) & 0xFFFFFFFF
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = ~zlib.crc32(bytes([keys[1] >> 24]), ~keys[2] & 0xFFFFFFFF) & 0xFFFFFFFF

    for byte in password:
        update(byte)
    result = bytearray()
    for byte in data:
        state = keys[2] | 2
        result.append(byte ^ ((state * (state ^ 1)) >> 8 & 0xFF))
        update(byte)
    return bytes(result)


def opened(tmp_path: Path, data: bytes, **options: str) -> Source:
    return open_source(write(tmp_path, "匯出.zip", data), **options)  # type: ignore[arg-type]


def rows_of(source: Source, number: int) -> list[list[str]]:
    return [row for _, rows in source.sheets[number].batches() for row in rows]


def test_a_zip_of_texts(tmp_path: Path) -> None:
    files = {
        "對話/小明.csv": "\ufeff" + TABLE,
        "會員.txt": TABLE.encode("cp950"),
        "__MACOSX/._小明.csv": b"\0\1",
    }
    with opened(tmp_path, zipped(files)) as source:
        assert [sheet.name for sheet in source.sheets] == ["小明.csv", "會員.txt"]
        assert rows_of(source, 0) == rows_of(source, 1) == ROWS
        assert source.notes == []
        assert (source.format, source.encoding) == ("zip", None)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.xlsx", xlsx(ROWS)), ("a.xls", xls(ROWS)), ("a.ods", ods(ROWS)), ("a.xlsb", xlsb({"會員": ROWS})),
        ("a.xls", HTML.encode("cp950")), ("a.xls", TABLE.replace(",", "\t").encode("utf-16")), ("a", TABLE.encode()),
    ],
)  # fmt: skip
def test_every_kind_of_table_in_a_zip(tmp_path: Path, name: str, data: bytes) -> None:
    with opened(tmp_path, zipped({"b.csv": TABLE, name: data})) as source:
        assert [sheet.name for sheet in source.sheets] == ["b.csv", name]
        assert rows_of(source, 1)[:3] == ROWS


def test_a_workbook_of_several_sheets_in_a_zip(tmp_path: Path) -> None:
    with opened(tmp_path, zipped({"店.xlsx": xlsx(ROWS, 二月=ROWS)})) as source:
        assert [sheet.name for sheet in source.sheets] == ["店.xlsx › 會員", "店.xlsx › 二月"]
        assert [recipe.sheet for recipe in understand_all(source)] == ["店.xlsx › 會員", "店.xlsx › 二月"]


def test_what_is_no_table_is_named(tmp_path: Path) -> None:
    files = {
        "會員.csv": TABLE, "說明.pdf": b"%PDF-1.7", "合約.docx": zipped({"word/document.xml": "x", "[Content_Types].xml": ""}),
        "讀我.md": "# hello", "空.csv": "", "壞.xlsx": xlsx(ROWS)[:-300],
    }  # fmt: skip
    with opened(tmp_path, zipped(files)) as source:
        assert [sheet.name for sheet in source.sheets] == ["會員.csv"]
        told = {note.params["file"]: note.params["why"].key.rpartition(".")[2] for note in source.notes}
        assert told == {"說明.pdf": "is_pdf", "合約.docx": "is_document", "讀我.md": "not_a_table", "空.csv": "empty", "壞.xlsx": "damaged"}  # fmt: skip


def test_of_many_that_are_no_tables_the_first_are_named(tmp_path: Path) -> None:
    files = {"會員.csv": TABLE} | {f"{n}.png": b"\x89PNG\r\n" for n in range(9)}
    with opened(tmp_path, zipped(files)) as source:
        assert [note.key.rpartition(".")[2] for note in source.notes] == ["left_out"] * 5 + ["more_left_out"]
        assert source.notes[-1].params == {"n": 4}


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"word/document.xml": "x", "[Content_Types].xml": "x"}, "is_document"),
        ({"Index/Document.iwa": "x"}, "is_numbers"),
        ({"a.pdf": b"%PDF", "b.png": b"\x89PNG"}, "archive_without_text"),
        ({"a.xlsx": b"PK\3\4 and nothing"}, "damaged"),
        ({"a.csv": ""}, "archive_without_text"),
        ({"內.zip": zipped({"a.csv": TABLE})}, "is_archive"),
        ({}, "archive_without_text"),
    ],
)
def test_zips_that_hold_no_table(tmp_path: Path, files: dict[str, str | bytes], reason: str) -> None:
    with pytest.raises(UserError) as caught:
        opened(tmp_path, zipped(files))
    assert caught.value.text.key == f"importing.error.{reason}"


def test_files_of_one_name_in_two_folders_of_a_zip(tmp_path: Path) -> None:
    with opened(tmp_path, zipped({"一月/會員.csv": TABLE, "二月/會員.csv": TABLE})) as source:
        assert [sheet.name for sheet in source.sheets] == ["會員.csv", "二月/會員.csv"]


def test_names_in_a_zip_made_by_windows(tmp_path: Path) -> None:
    data = zipped({"XX.csv": TABLE}).replace(b"XX.csv", "明".encode("cp950") + b".csv")
    with opened(tmp_path, data) as source:
        assert source.sheets[0].name == "明.csv"
        assert rows_of(source, 0) == ROWS


PASSWORD = "芝麻 1"
LOCKED = locked_zip({"會員.csv": TABLE.encode(), "訂單.xlsx": xlsx(ROWS)}, PASSWORD.encode())


def test_a_password_opens_a_zip(tmp_path: Path) -> None:
    with opened(tmp_path, LOCKED, password=PASSWORD) as source:
        assert [sheet.name for sheet in source.sheets] == ["會員.csv", "訂單.xlsx"]
        assert rows_of(source, 0) == rows_of(source, 1) == ROWS


@pytest.mark.parametrize(("password", "wrong"), [(None, False), ("x", True), ("", True)])
def test_a_zip_with_a_password_asks(tmp_path: Path, password: str | None, wrong: bool) -> None:
    path = write(tmp_path, "匯出.zip", LOCKED)
    with pytest.raises(PasswordNeeded) as caught:
        open_source(path, password=password)
    assert (caught.value.path, caught.value.wrong) == (path, wrong)


def test_a_zip_locked_in_the_newer_way_is_explained(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        opened(tmp_path, locked_zip({"a.csv": TABLE.encode()}, b"x", aes=True), password="x")
    assert caught.value.text.key == "importing.error.archive_locked"


def test_a_large_locked_zip_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LARGEST_LOCKED", 10)
    with pytest.raises(UserError) as caught:
        opened(tmp_path, LOCKED, password=PASSWORD)
    assert caught.value.text.key == "importing.error.archive_locked"


def test_a_workbook_with_a_password_in_a_zip_asks_for_it(tmp_path: Path) -> None:
    data = zipped({"a.xlsx": locked(xlsx(ROWS), PASSWORD)})
    with pytest.raises(PasswordNeeded):
        opened(tmp_path, data)
    with opened(tmp_path, data, password=PASSWORD) as source:
        assert rows_of(source, 0) == ROWS


def test_a_list_of_contents_without_end_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.csv": TABLE}))
    at = data.rfind(b"PK\5\6")
    data[at + 12 : at + 16] = (500_000_000).to_bytes(4, "little")
    with pytest.raises(UserError) as caught:
        opened(tmp_path, bytes(data))
    assert caught.value.text.key == "importing.error.too_large"


def test_cancelling_between_files(tmp_path: Path) -> None:
    class Pressed(QuietJob):
        asked = 0

        def raise_if_cancelled(self) -> None:
            self.asked += 1
            if self.asked > 10:
                raise Cancelled

    with pytest.raises(Cancelled):
        open_source(write(tmp_path, "a.zip", zipped({f"{n}.csv": TABLE for n in range(50)})), job=Pressed())


def test_thousands_of_chats_in_a_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = []

    class Counted(zipfile.ZipFile):
        def _RealGetContents(self) -> None:
            listed.append(1)
            super()._RealGetContents()  # type: ignore[misc]

    path = write(tmp_path, "a.zip", zipped({f"{n}.csv": TABLE for n in range(2_000)}))
    monkeypatch.setattr(archive.zipfile, "ZipFile", Counted)
    with open_source(path) as source:
        assert len(source.sheets) == 2_000
        assert rows_of(source, 1_999) == ROWS
    assert len(listed) == 2  # once to see what it is, once to read


def test_reading_a_zip_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    assert cells(write(tmp_path, "a.zip", zipped({"a.xlsx": xlsx(ROWS)}))) == ROWS
    assert list(folder.iterdir()) == []
