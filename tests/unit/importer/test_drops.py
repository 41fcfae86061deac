"""What an owner lets go over the window or pastes into it: files, folders, addresses, cells."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from desktop.core.errors import UserError
from desktop.importer.cleaning import Cleaner, data_rows
from desktop.importer.drop import MOST_FILES, expand_drop
from desktop.importer.reader import open_pasted, open_source
from desktop.importer.understanding import understand
from tests.unit.importer.reading import write
from tests.unit.importer.workbooks import xlsx

TABLE = "會員編號\t姓名\t手機\r\n001\t王小明\t0912345678\r\n002\t陳美玲\t0922333444\r\n"


def rows_of(text: str) -> list[list[str]]:
    with open_pasted(text) as source:
        return [row for _, rows in source.sheets[0].batches() for row in rows]


def names(dropped: list[Path | str]) -> list[str]:
    return [path.name for path in expand_drop(dropped).files]


def test_files_stay_as_they_are_and_come_once(tmp_path: Path) -> None:
    paths: list[Path | str] = [write(tmp_path, name, "x") for name in ("b.csv", "a.pdf", "b.csv")]
    assert names(paths) == ["b.csv", "a.pdf"]


def test_a_folder_gives_its_tables_those_of_its_folders_behind(tmp_path: Path) -> None:
    inner = tmp_path / "店" / "一月"
    inner.mkdir(parents=True)
    write(inner, "訂單.xlsx", "x")
    for name in (
        "會員.csv",
        "標籤.TXT",
        "圖.png",
        "~$會員.xlsx",
        ".~lock.會員.csv#",
        ".DS_Store",
        "Thumbs.db",
    ):
        write(tmp_path / "店", name, "x")
    drop = expand_drop([tmp_path / "店"])
    assert [path.name for path in drop.files] == ["會員.csv", "標籤.TXT", "訂單.xlsx"]
    assert [(note.key, note.params) for note in drop.notes] == [
        ("importing.note.others_in_folder", {"file": "店", "n": 1})
    ]


def test_a_file_still_in_icloud_is_named_when_it_is_opened(tmp_path: Path) -> None:
    write(tmp_path, ".會員.xlsx.icloud", b"bplist00xx")
    (path,) = expand_drop([tmp_path]).files
    with pytest.raises(UserError) as caught:
        open_source(path)
    assert caught.value.text.key == "importing.error.cloud_placeholder"
    assert caught.value.text.params["file"] == "會員.xlsx"


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_links_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    shop = tmp_path / "店"
    shop.mkdir()
    (shop / "再來").symlink_to(tmp_path)
    write(shop, "a.csv", "x")
    assert names([shop]) == ["a.csv"]


def test_a_folder_that_is_too_deep_or_too_full(tmp_path: Path) -> None:
    deep = tmp_path / "1" / "2" / "3" / "4"
    deep.mkdir(parents=True)
    write(deep, "a.csv", "x")
    with pytest.raises(UserError) as caught:
        expand_drop([tmp_path])
    assert caught.value.text.key == "importing.error.folder_without_table"
    for number in range(MOST_FILES + 5):
        write(tmp_path, f"{number:03}.csv", "x")
    drop = expand_drop([tmp_path])
    assert len(drop.files) == MOST_FILES
    assert drop.notes[-1].key == "importing.note.too_many_files"


@pytest.mark.parametrize("address", ["https://a.b/c.csv", "HTTP://a.b", Path("https://a.b/c.csv")])
def test_an_address_of_the_web_is_answered(tmp_path: Path, address: str) -> None:
    with pytest.raises(UserError) as caught:
        expand_drop([address])
    assert caught.value.text.key == "importing.error.is_address"
    drop = expand_drop([address, write(tmp_path, "a.csv", "x")])
    assert [path.name for path in drop.files] == ["a.csv"]
    assert [note.key for note in drop.notes] == ["importing.error.is_address"]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_pasted_cells(mark: str) -> None:
    assert rows_of(mark + TABLE) == [line.split("\t") for line in TABLE.splitlines()]


def test_pasted_lines_of_csv() -> None:
    assert rows_of('姓名,備註\n王,"a,b"\n') == [["姓名", "備註"], ["王", "a,b"]]


def test_a_pasted_cell_of_several_lines_and_one_that_begins_with_a_quote() -> None:
    assert rows_of('姓名\t備註\r\n王\t"一\n二"\r\n') == [["姓名", "備註"], ["王", "一\n二"]]
    rows = ["姓名\t備註", *(f'王{n}\t"熟客' if n == 3 else f"王{n}\tx" for n in range(20))]
    read = rows_of("\r\n".join(rows))
    assert len(read) == 21
    assert read[4] == ["王3", '"熟客']


def test_one_pasted_column_of_tags_or_ids() -> None:
    assert rows_of("手機\n0912345678\n0922333444") == [["手機"], ["0912345678"], ["0922333444"]]


def test_pasted_cells_become_people() -> None:
    with open_pasted(TABLE) as source:
        recipe = understand(source)
        cleaner = Cleaner(recipe)
        cleaned = [cleaner.clean(raw) for raw in data_rows(source, recipe)]
        source.raise_if_changed()
    assert recipe.mapping == {"會員編號": "member_no", "姓名": "name", "手機": "phone"}
    assert [number for batch in cleaned for number in batch.numbers] == [2, 3]


def test_pasted_cells_have_a_name_and_a_hash_of_their_own() -> None:
    with open_pasted(TABLE) as one, open_pasted(TABLE) as same, open_pasted(TABLE + "x") as other:
        assert one.name == "貼上的儲存格"
        assert one.sha256 == same.sha256 != other.sha256


@pytest.mark.parametrize("text", ["", " \r\n\t", "\ufeff", "\0"])
def test_nothing_pasted(text: str) -> None:
    with pytest.raises(UserError) as caught:
        open_pasted(text)
    assert caught.value.text.key == "importing.error.empty"


def test_a_dropped_workbook_opens(tmp_path: Path) -> None:
    (path,) = expand_drop([write(tmp_path, "a.xlsx", xlsx([["姓名"], ["王"]]))]).files
    with open_source(path) as source:
        assert source.format == "xlsx"
