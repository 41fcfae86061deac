"""Files made to harm, files broken off, and a child process that dies: each ends as one sentence, and the program lives."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.core.errors import Cancelled, UserError
from desktop.core.job import QuietJob
from desktop.importer.cleaning import Cleaner, data_rows
from desktop.importer.formats import workbook
from desktop.importer.formats.content import kind_of_content
from desktop.importer.formats.parsing.workbook_check import MOST_CELLS, Unsafe, check_workbook
from desktop.importer.reader import open_source
from desktop.importer.understanding import understand
from tests.unit.importer.binary_workbooks import xlsb
from tests.unit.importer.reading import cells, clean, write
from tests.unit.importer.workbooks import bomb_xlsx, ods, raw_xlsx, sheet_xml, xls, xlsx

TABLE = {"A1": "姓名", "B1": "手機", "A2": "王小明", "B2": "0912345678"}
LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY a{n} "{("&a" + str(n - 1) + ";") * 10}">' for n in range(1, 9)).replace(
        "&a0;", "&a;"
    )
    + "]>"
)
STRANGER = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hosts">]>'
QUADRATIC = '<!DOCTYPE x [<!ENTITY x "' + "a" * 50_000 + '">]>'


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        cells(path)
    return caught.value.text.key.removeprefix("importing.error.")


@pytest.mark.parametrize(
    ("before", "text"), [(LAUGHS, "&a8;"), (STRANGER, "&x;"), (QUADRATIC, "&x;" * 1_000)]
)
def test_entities_are_refused_before_parsing(tmp_path: Path, before: str, text: str) -> None:
    path = write(tmp_path, "a.xlsx", raw_xlsx(sheet_xml({"A1": text}, before=before)))
    assert refusal(path) == "dangerous"


def test_an_entity_in_another_part_is_refused(tmp_path: Path) -> None:
    path = write(
        tmp_path, "a.xlsx", raw_xlsx(sheet_xml(TABLE), **{"xl/sharedStrings.xml": STRANGER + "<sst/>"})
    )
    assert refusal(path) == "dangerous"


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    path = write(tmp_path, "a.xlsx", bomb_xlsx(2_000))
    assert path.stat().st_size < 200_000
    assert refusal(path) == "dangerous"


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    data = bytearray(bomb_xlsx(2_000))
    with zipfile.ZipFile(write(tmp_path, "b.xlsx", bytes(data))) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lying = bytes(data).replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    with pytest.raises(Unsafe):
        check_workbook(write(tmp_path, "a.xlsx", lying))


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    parts = {f"xl/media/{n}": "" for n in range(2_001)}
    assert refusal(write(tmp_path, "a.xlsx", raw_xlsx(sheet_xml(TABLE), **parts))) == "too_large"


def test_a_bomb_of_texts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"1,2,3\n" * 5_000_000)
    assert refusal(path) == "too_large"


@pytest.mark.parametrize("place", ["XFD1048576", "CZ1048576", "AZ999999"])
def test_a_cell_far_away_is_left_out_and_said_to_be(tmp_path: Path, place: str) -> None:
    path = write(tmp_path, "a.xlsx", raw_xlsx(sheet_xml({**TABLE, place: "x"})))
    with open_source(path) as source:
        assert [note.key for note in source.notes] == ["importing.note.trimmed"]
    assert clean(path).column("phone") == ["+886912345678"]


def test_a_far_cell_without_a_value_does_no_harm(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    path = write(tmp_path, "a.xlsx", raw_xlsx(sheet_xml(TABLE, more=far)))
    assert cells(path) == [["姓名", "手機"], ["王小明", "0912345678"]]


def test_a_cell_at_the_bottom_of_a_narrow_sheet_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "a.xlsx", raw_xlsx(sheet_xml({**TABLE, "B70000": "x"})))
    read = clean(path)
    assert read.numbers == [2, 70_000]
    assert read.not_data["blank"] == 69_997


def test_the_extent_is_that_of_cells_with_values(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "a.xlsx",
        raw_xlsx(sheet_xml({**TABLE, "AB12": "x"}, dimension='<dimension ref="A1:XFD1048576"/>')),
    )
    extent = check_workbook(path).extents["xl/worksheets/sheet1.xml"]
    assert (extent.rows, extent.columns, extent.area < MOST_CELLS) == (12, 28, True)


def test_an_ods_that_repeats_itself_without_end(tmp_path: Path) -> None:
    bomb = (
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384" '
        'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    assert refusal(write(tmp_path, "a.ods", ods([["姓名"]], after=bomb))) in (
        "damaged",
        "too_large",
        "unreadable",
    )


DYING = {
    "aborts": "import os; os.abort()",
    "exits": "raise SystemExit(3)",
    "breaks off in a line": 'import sys; sys.stdout.write(\'{"sheet":"a","hidden":false}\\n[["x"\'); sys.stdout.flush(); import os; os._exit(1)',
    "never says the end": 'print(\'{"sheet":"a","hidden":false}\')',
}


@pytest.mark.parametrize("way", DYING)
def test_a_dying_child_becomes_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    monkeypatch.setattr(workbook, "worker_command", lambda: [sys.executable, "-c", DYING[way]])
    assert refusal(write(tmp_path, "a.xlsx", xlsx([["姓名"]]))) == "unreadable"


def test_a_hanging_child_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        workbook, "worker_command", lambda: [sys.executable, "-c", "import time; time.sleep(600)"]
    )
    monkeypatch.setattr(workbook, "TIME_LIMIT", 0.2)
    assert refusal(write(tmp_path, "a.xlsx", xlsx([["姓名"]]))) == "took_too_long"


def test_cancelling_ends_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Pressed(QuietJob):
        def raise_if_cancelled(self) -> None:
            if threading.current_thread() is threading.main_thread():
                raise Cancelled

    monkeypatch.setattr(
        workbook, "worker_command", lambda: [sys.executable, "-c", "import time; time.sleep(600)"]
    )
    with pytest.raises(Cancelled):
        open_source(write(tmp_path, "a.xlsx", xlsx([["姓名"]])), job=Pressed())


def test_cancelling_while_the_real_child_parses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []

    class Watched(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            started.append(self)

    class Pressed(QuietJob):
        def raise_if_cancelled(self) -> None:
            if started:
                raise Cancelled

    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setattr(workbook.subprocess, "Popen", Watched)
    rows = [["會員編號", "姓名"], *([f"A{n}", f"王{n}"] for n in range(20_000))]
    with pytest.raises(Cancelled):
        open_source(write(tmp_path, "a.xlsx", xlsx(rows)), job=Pressed())
    (child,) = started
    assert child.returncode not in (None, 0)
    assert list(folder.iterdir()) == []


def test_cancelling_while_a_long_text_is_looked_at(tmp_path: Path) -> None:
    class Pressed(QuietJob):
        asked = 0

        def raise_if_cancelled(self) -> None:
            self.asked += 1
            if self.asked == 3:
                raise Cancelled

    job = Pressed()
    with pytest.raises(Cancelled):
        open_source(write(tmp_path, "a.csv", b"1,2,3\n" * 1_000_000), job=job)
    assert job.asked == 3  # once a megabyte: long before the end


def test_the_child_gets_nothing_of_the_programs_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAGLINE_LINE_TOKEN", "secret")
    code = "import os, json; print(json.dumps({'error': 'leaked' if 'TAGLINE_LINE_TOKEN' in os.environ else 'empty'}))"
    monkeypatch.setattr(workbook, "worker_command", lambda: [sys.executable, "-c", code])
    assert refusal(write(tmp_path, "a.xlsx", xlsx([["姓名"]]))) == "empty"


def test_the_packaged_program_is_its_own_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    assert workbook.worker_command() == [sys.executable, "-m", "desktop.importer.worker"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert workbook.worker_command() == [sys.executable, "--import-worker"]


def test_a_child_that_fills_the_disk_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "import sys\nwhile True: sys.stdout.write('x' * 100_000)"
    monkeypatch.setattr(workbook, "worker_command", lambda: [sys.executable, "-c", endless])
    monkeypatch.setattr(workbook, "LARGEST_SPOOL", 1_000_000)
    assert refusal(write(tmp_path, "a.xlsx", xlsx([["姓名"]]))) == "too_large"


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = "import sys; from desktop.importer import worker; worker.write_file = lambda *a: (_ for _ in ()).throw(OSError(28, 'x')); sys.exit(worker.main(sys.argv[1:]))"
    monkeypatch.setattr(workbook, "worker_command", lambda: [sys.executable, "-c", full])
    assert refusal(write(tmp_path, "a.xlsx", xlsx([["姓名"]]))) == "no_room"


def test_a_cell_far_away_in_a_binary_workbook(tmp_path: Path) -> None:
    far = xlsb({"a": [["姓名"], [*[None] * 16_000, "x"]]}, first_row=1_000_000)
    assert refusal(write(tmp_path, "a.xlsb", far)) == "too_large"


def test_a_page_with_cells_that_span_everything(tmp_path: Path) -> None:
    cells_of_a_row = "<td colspan=1000 rowspan=1000>x</td>" * 500
    html = f"<table><tr><td>姓名</td><td>手機</td></tr><tr>{cells_of_a_row}</tr><tr><td>王</td></tr></table>"
    read = cells(write(tmp_path, "a.xls", html))
    assert read[0] == ["姓名", "手機"]
    assert max(map(len, read)) <= 16_384


def test_names_in_a_zip_lead_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../evil.csv", "姓名,手機\n王,0912345678\n")
        archive.writestr("/etc/other.csv", "姓名,手機\n林,0922333444\n")
    with open_source(path) as source:
        assert [sheet.name for sheet in source.sheets] == ["evil.csv", "other.csv"]
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"]


def read_through(path: Path) -> None:
    """Open, understand and clean a file to its end; whatever it is, only a UserError may come of it."""
    try:
        with open_source(path) as source:
            recipe = understand(source)
            cleaner = Cleaner(recipe)
            for raw in data_rows(source, recipe):
                cleaned = cleaner.clean(raw)
                assert len(cleaned.rows) == len(cleaned.numbers) == len(raw.rows)
    except UserError:
        pass


def check_content(path: Path, data: bytes) -> None:
    """The same without a child process: what the content is, and whether a workbook is safe."""
    path.write_bytes(data)
    try:
        if kind_of_content(path.name, lambda: path.open("rb"), data[:200_000]) in ("xlsx", "xlsb", "ods"):
            check_workbook(path)
            return
    except (UserError, Unsafe):
        return
    if data[:8] != xls([["a"]])[:8]:
        read_through(path)


GOOD = {
    "a.csv": ("會員編號,姓名,手機,生日,標籤\n" + "1,王小明,0912345678,79/11/03,熟客、VIP\n" * 5).encode("cp950"),
    "b.csv": ("\ufeff會員編號;姓名;手機\n" + '1;"王\n小明";0912345678\n' * 5).encode(),
    "c.txt": ("姓名\t手機\n" + "王小明\t0912345678\n" * 5).encode("utf-16"),
    "d.xls": b"<html><table><tr><td>a</td><td>b</td></tr><tr><td rowspan=3>c</td></tr></table>",
    "e.xlsx": xlsx([["姓名", "手機"], ["王小明", "0912345678"]]),
    "f.ods": ods([["姓名", "手機"], ["王小明", "0912345678"]]),
    "g.xls": xls([["姓名", "手機"], ["王小明", "0912345678"]]),
}  # fmt: skip

QUICK = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(st.binary(max_size=400))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    check_content(tmp_path / "a.bin", data)


@QUICK
@given(st.sampled_from(sorted(GOOD)), st.integers(0, 2**32), st.integers(0, 6))
def test_broken_copies_of_good_files(tmp_path: Path, name: str, seed: int, changes: int) -> None:
    chance = random.Random(seed)
    data = bytearray(GOOD[name][: chance.randrange(len(GOOD[name])) if chance.random() < 0.4 else None])
    for _ in range(changes if data else 0):
        data[chance.randrange(len(data))] = chance.randrange(256)
    check_content(tmp_path / name, bytes(data))


@QUICK
@given(st.text(alphabet='姓名手機王0912/-,;\t\n"\r |=\u3000合計範例：', max_size=300))
def test_any_text_of_the_trade(tmp_path: Path, text: str) -> None:
    check_content(tmp_path / "a.csv", text.encode())


@pytest.mark.parametrize("name", ["e.xlsx", "f.ods", "g.xls"])
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_workbooks_broken_off_through_the_child(tmp_path: Path, name: str, share: float) -> None:
    read_through(write(tmp_path, name, GOOD[name][: int(len(GOOD[name]) * share)]))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(300))
def test_damaged_workbooks_through_the_child(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    name = chance.choice(["e.xlsx", "f.ods", "g.xls"])
    data = bytearray(GOOD[name])
    for _ in range(chance.randrange(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    read_through(write(tmp_path, name, bytes(data)))
