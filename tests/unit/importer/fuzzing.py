"""Breaks good files in every way chance offers and reads them to their end. Runs in a process of its own
(``-m tests.unit.importer.fuzzing FIRST COUNT FOLDER``), because a parser may die of what it is given; in the program that
happens in the worker's process, whose work is done here in the same one."""

from __future__ import annotations

import io
import random
import struct
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook

from desktop.core.errors import UserError
from desktop.importer import worker
from desktop.importer.cleaning import Cleaner, data_rows
from desktop.importer.formats import workbook
from desktop.importer.formats.frames import pack_fact
from desktop.importer.formats.parsing.workbook_check import Unsafe
from desktop.importer.reader import open_pasted, open_source
from desktop.importer.understanding import understand_all
from tests.unit.importer.binary_workbooks import xlsb
from tests.unit.importer.workbooks import locked, ods, raw_xlsx, saved, sheet_xml, xls, xlsx

PASSWORD = "p"
SLOW = 20.0
"""Seconds after which a case counts as hanging; the usual one takes hundredths."""

HEADER = ["會員編號", "姓名", "手機", "生日", "標籤", "累積消費"]
ROWS = [[f"A{n}", f"王{n}明", f"09123456{n:02}", "79/11/03", "熟客、VIP", f"NT$1,{n:03}"] for n in range(12)]
TABLE = [HEADER, *ROWS]
TEXT = "\r\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in TABLE) + "\r\n"
HTML = '<html><meta charset="big5"><table border=1>' + "".join(
    "<tr>" + "".join(f'<td colspan="1" rowspan="1">{cell}</td>' for cell in row) + "</tr>" for row in TABLE
)
_SS = "urn:schemas-microsoft-com:office:spreadsheet"
XML = f'<?xml version="1.0"?><Workbook xmlns="{_SS}" xmlns:ss="{_SS}"><Worksheet ss:Name="a"><Table>' + "".join(
    f'<Row ss:Index="{number}">' + "".join(f'<Cell ss:MergeAcross="0"><Data ss:Type="String">{c}</Data></Cell>' for c in row) + "</Row>"
    for number, row in enumerate(TABLE, 1)
) + "</Table></Worksheet></Workbook>"  # fmt: skip


def _rich_xlsx() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in TABLE:
        sheet.append(row)
    sheet["B3"] = "#N/A"
    sheet["B3"].data_type = "e"
    sheet["C4"] = "=A1"
    sheet["D5"] = 231
    sheet["D5"].number_format = "00000"
    sheet.row_dimensions[6].hidden = True
    sheet.merge_cells("A7:B8")
    book.create_sheet("隱藏").sheet_state = "hidden"
    return saved(book)


def _zip(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


@cache
def materials() -> dict[str, bytes]:
    """Good files of every format, by a name that is never trusted."""
    more = '<row r="20"><c r="A20" t="e"><v>#N/A</v></c><c r="B20"><f>1+1</f></c></row>'
    return {
        "big5.csv": TEXT.encode("cp950"),
        "utf8.csv": ("\ufeff" + TEXT).encode(),
        "utf16.txt": TEXT.replace(",", "\t").encode("utf-16"),
        "sep.csv": ("sep=;\r\n" + TEXT.replace(",", ";")).encode(),
        "japan.csv": TEXT.encode("gb18030"),
        "page.xls": HTML.encode("cp950"),
        "old.xml": XML.encode(),
        "plain.xlsx": xlsx(TABLE),
        "rich.xlsx": _rich_xlsx(),
        "raw.xlsx": raw_xlsx(sheet_xml({"A1": "姓名", "B1": "手機", "A2": "王", "B2": "0912345678"}, more=more)),
        "locked.xlsx": locked(xlsx(TABLE), PASSWORD),
        "a.ods": ods([*TABLE, ["#N/A", "x"]], hidden_rows=(3,)),
        "a.xls": xls([*TABLE, ["#N/A", "#DIV/0!", 5.5]], hidden_rows=(3,)),
        "locked.xls": xls(TABLE, password=PASSWORD),
        "a.xlsb": xlsb({"會員": [*TABLE, ["#N/A", 5.5, True, None]], "二": TABLE}, hidden_rows=(3,)),
        "texts.zip": _zip({"會員.csv": TEXT.encode("cp950"), "訂單.txt": TEXT.encode()}),
        "books.zip": _zip({"a.xlsx": xlsx(TABLE), "b.xls": xls(TABLE), "c.pdf": b"%PDF"}),
    }  # fmt: skip


_LARGE = (0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
_WORDS = (
    b"1048576", b"-1", b"99999999999999999999", b"XFD", b"&#0;", b"<!--", b"]]>", b"<table>", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\0" * 40, b'"', b'"\r\n', b"sep=\t\r\n", b"PK\5\6", b"<!DOCTYPE x>", b"1e999", b"nan", b"\x1e\x1f", b"\xed\xa0\x80",
    b'r="A1"', b't="e"', b"number-columns-repeated=\"16384\"", b"99999999", b"colspan=99999", b"Index=\"1048576\"",
)  # fmt: skip


def _flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 12)):
        data[chance.randrange(len(data))] = chance.randrange(256)


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def _drop(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    del data[start : start + chance.randint(1, 200)]


def _repeat(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data))
    piece = bytes(data[start : start + chance.randint(1, 60)])
    data[start:start] = piece * chance.randint(2, 400)


def _splice(data: bytearray, chance: random.Random) -> None:
    other = chance.choice(list(materials().values()))
    start = chance.randrange(len(other))
    at = chance.randrange(len(data))
    data[at : at + chance.randrange(200)] = other[start : start + chance.randint(1, 400)]


def _count(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(max(1, len(data) - 4))
        data[at : at + 4] = struct.pack("<I", chance.choice(_LARGE))


def _word(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    data[at : at + chance.choice((0, 0, 8))] = chance.choice(_WORDS)


_WAYS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip, _cut, _drop, _repeat, _splice, _count, _word, _word,
)  # fmt: skip


def broken(seed: int) -> tuple[str, bytes]:
    """A name, and the file of this seed."""
    chance = random.Random(seed)
    name = chance.choice(sorted(materials()))
    data = materials()[name]
    if data.startswith(b"PK") and chance.random() < 0.7:
        return name, _break_inside(data, chance)
    return name, _break(data, chance)


def _break(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        if changed:
            chance.choice(_WAYS)(changed, chance)
    return bytes(changed)


def _break_inside(data: bytes, chance: random.Random) -> bytes:
    """An archive that is whole, with one of its parts broken, gone or there twice."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    victim = chance.choice(sorted(parts))
    if chance.random() < 0.1:
        del parts[victim]
    else:
        parts[victim] = _break(parts[victim], chance)
    return _zip(parts)


def read_to_the_end(path: Path, password: str | None = None) -> str:
    """Open, understand and clean all sheets of a file; the reason if it is declined, "" if it was read."""
    try:
        with open_source(path, password=password) as source:
            for recipe in understand_all(source):
                cleaner = Cleaner(recipe)
                rows = data_rows(source, recipe)
                for raw in rows:
                    cleaned = cleaner.clean(raw)
                    assert len(cleaned.rows) == len(cleaned.numbers) == len(raw.rows)
            source.raise_if_changed()
    except UserError as error:
        return error.text.key.rpartition(".")[2]
    return ""


def _in_this_process(asked: Any, out: IO[bytes], errors: IO[bytes], job: Any) -> int:
    """The worker's work without a process of its own."""
    named = dict(one.split("=", 1) for one in asked.arguments()[2:] if "=" in one)
    try:
        worker.write_file(asked.path, asked.form, out, asked.password, named)
        out.write(pack_fact({"end": True}))
    except Unsafe as problem:
        out.write(pack_fact({"error": problem.reason}))
    except MemoryError:
        out.write(pack_fact({"error": "too_large"}))
    return 0


def _cases(first: int, count: int) -> Iterator[tuple[int, str, bytes]]:
    for seed in range(first, first + count):
        yield seed, *broken(seed)


def main(arguments: list[str]) -> int:
    """Read the files of some seeds; a line before and a line after each."""
    first, count, folder = int(arguments[0]), int(arguments[1]), Path(arguments[2])
    worker.limit_memory(worker.MEMORY_LIMIT)
    workbook._run = _in_this_process
    for seed, name, data in _cases(first, count):
        path = folder / f"{seed}-{name}"
        path.write_bytes(data)
        print(f"begin {seed} {name}", flush=True)
        started = time.monotonic()
        try:
            reason = read_to_the_end(path, PASSWORD if "locked" in name else None)
            if name.endswith((".csv", ".txt")):
                _paste(data)
        except BaseException as error:
            traceback.print_exc()
            print(f"bug {seed} {type(error).__name__}", flush=True)
            if isinstance(error, KeyboardInterrupt):
                return 1
            continue
        finally:
            path.unlink()
        slow = time.monotonic() - started > SLOW
        print(f"{'slow' if slow else 'read' if not reason else 'declined'} {seed} {reason}", flush=True)
    return 0


def _paste(data: bytes) -> None:
    try:
        with open_pasted(data.decode("utf-8", "replace")) as source:
            understand_all(source)
    except UserError:
        pass


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
