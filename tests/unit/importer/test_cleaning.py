"""Cleaning whole files: problems with their places, counted repairs, and shortcuts that change nothing but the speed."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.errors import Cancelled
from desktop.core.job import QuietJob
from desktop.importer.cleaning import REMEMBERED, Cleaner, RawBatch, data_rows
from desktop.importer.columns.bulk import bulk_reader
from desktop.importer.columns.readers import ColumnFormat, cell_reader
from desktop.importer.layout import find_layout
from desktop.importer.reader import open_source
from desktop.importer.recipe import Column, Recipe
from desktop.importer.understanding import understand
from tests.unit.importer.reading import USER_ID, clean, write
from tests.unit.importer.workbooks import xlsx


def test_a_bad_cell_costs_itself_and_is_listed_with_its_place(tmp_path: Path) -> None:
    text = "會員編號,姓名,手機,生日,LINE UID,標籤\nA1,王小明,0912-34,1990/2/30,u123,VIP\nA2,陳美玲,0922333444,1991/1/1,,\n"
    read = clean(write(tmp_path, "a.csv", text))
    assert read.rows[0] == {
        "member_no": "A1", "name": "王小明", "phone": None, "line_user_id": None, "birthday": None, "tags": ("VIP",),
    }  # fmt: skip
    assert [tuple(problem) for problem in read.problems] == [
        ("", 2, "手機", "0912-34", "phone_too_short"),
        ("", 2, "LINE UID", "u123", "user_id_length"),
        ("", 2, "生日", "1990/2/30", "date_impossible"),
    ]


def test_problems_name_the_sheet_and_the_row_the_owner_sees(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "a.xlsx",
        xlsx([["名單"], ["姓名", "手機"], ["王", "0912345678"], ["陳", "x1"]], title="二月"),
    )
    assert [tuple(problem) for problem in clean(path).problems] == [("二月", 4, "手機", "x1", "not_a_phone")]


def test_repairs_are_counted_by_kind(tmp_path: Path) -> None:
    text = '姓名,手機,生日,累積消費\n甲,912345678,79/11/03,１００\n乙,912345679,112/1/1,200\n丙,９１２３４５６７０,,無\n丁,"=""0912345671""",45026,\n'
    assert clean(write(tmp_path, "a.csv", text)).repaired == {
        "leading_zero": 3, "roc_year": 2, "full_width": 2, "excel_text": 1, "excel_serial": 1, "empty_word": 1,
    }  # fmt: skip


def test_own_columns_become_one_object_with_numbers_as_numbers(tmp_path: Path) -> None:
    text = '姓名,手機,口味,杯數,郵遞區號,"引""號"\n王,0912345678,拿鐵,"1,200",00123,x\n陳,0922333444,,3,106,\n林,0933444555,,,,\n'
    extra = clean(write(tmp_path, "a.csv", text)).column("extra")
    assert [json.loads(one) if one else None for one in extra] == [
        {"口味": "拿鐵", "杯數": 1200, "郵遞區號": "00123", '引"號': "x"},
        {"杯數": 3, "郵遞區號": "106"},
        None,
    ]


def test_family_and_given_names(tmp_path: Path) -> None:
    text = "Last Name,First Name,Email\nWang,Amy,a@b.com\n王,小明,c@d.com\n林,,e@f.com\n,Tom,g@h.com\n"
    assert clean(write(tmp_path, "a.csv", text)).column("name") == ["Amy Wang", "王小明", "林", "Tom"]


def test_a_birthday_in_three_columns_or_two(tmp_path: Path) -> None:
    three = "姓名,手機,出生年,出生月,出生日\n甲,0912345678,1990,11,3\n乙,0922333444,79,1,25\n丙,0933444555,,,\n丁,0933444556,,2,5\n戊,0933444557,1990,2,30\n"
    read = clean(write(tmp_path, "a.csv", three))
    assert read.column("birthday") == ["1990-11-03", "1990-01-25", None, "--02-05", None]
    assert read.reasons == [(6, "出生日", "date_impossible")]
    two = "姓名,手機,生日月份,生日日\n甲,0912345678,11,3\n"
    assert clean(write(tmp_path, "b.csv", two)).column("birthday") == ["--11-03"]
    one = "姓名,手機,生日,生日月份\n甲,0912345678,1990/11/3,11\n"
    assert clean(write(tmp_path, "c.csv", one)).recipe.mapping["生日月份"] == "extra"


def test_several_columns_of_tags_are_one_list(tmp_path: Path) -> None:
    text = '姓名,手機,標籤,標籤2\n王,0912345678,VIP,"熟客,VIP"\n陳,0922333444,,新客\n林,0933444555,,\n'
    assert clean(write(tmp_path, "a.csv", text)).column("tags") == [("VIP", "熟客"), ("新客",), None]


def test_blank_is_nothing_and_never_no(tmp_path: Path) -> None:
    text = "姓名,手機,接受LINE優惠宣傳,封鎖\n王,0912345678,V,\n陳,0922333444,,Y\n"
    read = clean(write(tmp_path, "a.csv", text))
    assert (read.column("consent"), read.column("blocked")) == ([True, None], [None, True])


def test_ragged_rows_keep_their_values(tmp_path: Path) -> None:
    text = "姓名,手機,備註\n王\n陳,0922333444\n林,0933444555,好,多出來的\n"
    read = clean(write(tmp_path, "a.csv", text))
    assert read.column("phone") == [None, "+886922333444", "+886933444555"]
    assert read.column("extra") == [None, None, '{"D":"多出來的"}']


def test_a_cell_that_could_not_be_decoded_is_listed_and_not_kept(tmp_path: Path) -> None:
    data = "會員編號,姓名,電話\n1,王小明,0912345678\n2,陳美玲,0922333444\n".encode("cp950").replace(
        "小".encode("cp950"), b"\xff"
    )
    read = clean(write(tmp_path, "a.csv", data))
    assert read.column("name") == [None, "陳美玲"]
    assert read.reasons == [(2, "姓名", "unreadable_characters")]


def test_formulas_saved_without_result_are_listed(tmp_path: Path) -> None:
    rows = [["會員編號", "姓名", "手機"], ["A1", "=UPPER(D2)", '="0912345678"'], ["A2", "陳", "0922333444"]]
    read = clean(write(tmp_path, "a.xlsx", xlsx(rows)))
    assert read.column("name") == [None, "陳"]
    assert read.column("phone") == ["+886912345678", "+886922333444"]
    assert [tuple(problem) for problem in read.problems] == [
        ("會員", 2, "姓名", "=UPPER(D2)", "formula_without_result")
    ]


def test_numbers_and_dates_of_a_workbook(tmp_path: Path) -> None:
    from datetime import datetime

    rows = [
        ["會員編號", "手機", "生日", "加入時間", "累積消費"],
        [231, 912345678, datetime(1990, 11, 3), datetime(2023, 4, 10, 15, 12), 1455.0],
    ]
    read = clean(write(tmp_path, "a.xlsx", xlsx(rows)))
    assert read.rows == [
        {"member_no": "231", "phone": "+886912345678", "birthday": "1990-11-03", "joined_at": "2023-04-10T15:12:00", "total": 1455}
    ]  # fmt: skip


def test_an_id_whose_digits_excel_lost_is_refused(tmp_path: Path) -> None:
    read = clean(
        write(
            tmp_path,
            "a.xlsx",
            xlsx([["會員編號", "姓名"], [1.234567890123457e18, "王"], [7210448301122, "陳"]]),
        )
    )
    assert read.column("member_no") == [None, "7210448301122"]
    assert read.reasons == [(2, "會員編號", "number_digits_lost")]


def test_cancelling_stops_between_batches(tmp_path: Path) -> None:
    class After(QuietJob):
        seen = 0

        def report(self, done: int, total: int | None = None, text: Any = None) -> None:
            self.seen = done

        def raise_if_cancelled(self) -> None:
            if self.seen:
                raise Cancelled

    job = After()
    with open_source(write(tmp_path, "a.csv", "姓名,手機\n" + "王,0912345678\n" * 5_000)) as source:
        recipe = understand(source)
        with pytest.raises(Cancelled):
            for _ in data_rows(source, recipe, job):
                pass
    assert job.seen < 1_000


def test_what_is_remembered_stays_bounded(tmp_path: Path) -> None:
    text = "姓名,手機,註\n" + "".join(f"王,0912345678,第{n}個\n" for n in range(REMEMBERED + 2_000))
    with open_source(write(tmp_path, "a.csv", text)) as source:
        recipe = understand(source)
        cleaner = Cleaner(recipe)
        largest = 0
        for raw in data_rows(source, recipe):
            cleaner.clean(raw)
            largest = max(largest, *(len(one._memory) for group in cleaner._of.values() for one in group))
    assert REMEMBERED <= largest <= REMEMBERED + 1_000


SHORTCUTS = ("phone", "email", "line_user_id", "name", "member_no", "joined_at", "total")
CELLS = {
    "phone": st.one_of(
        st.from_regex(r"0?9[0-9]{8}", fullmatch=True),
        st.from_regex(r"09[0-9]{2}-[0-9]{3}-?[0-9]{3}", fullmatch=True),
        st.sampled_from(["", "+886912345678", "+886-922-333-444", "-+886933444555", "+886900000000", "+8869abc", "0900000000", "0-912345678", "09-12-34", "02-23456789", "無", "912-345-678", "a\nb"]),
    ),
    "email": st.one_of(
        st.emails(),
        st.sampled_from(["", "A@B.com", "amy.wang@shop.com.tw", "no@no.com", "test@test.com", "a..b@c.com", "x", "amy@example", "ａ@b.com", "amy@b-.com"]),
    ),
    "line_user_id": st.one_of(st.from_regex(r"[Uu][0-9a-fA-F]{32}", fullmatch=True), st.sampled_from(["", USER_ID, "@id", "U1"])),
    "name": st.one_of(st.text(max_size=6), st.sampled_from(["王小明", " 王", "無", "N/A", "a\u00a0b", "O'Brien", "'0912", "\ufdd0=A1"])),
    "member_no": st.one_of(
        st.from_regex(r"[A-Z]?[0-9]{1,8}", fullmatch=True), st.sampled_from(["", "1.5E+12", "231.0", "N/A", " A1", "'001", "Ａ１", "-"])
    ),
    "joined_at": st.one_of(
        st.datetimes().map(lambda moment: moment.replace(microsecond=0).isoformat(" ")),
        st.sampled_from(["", "2023-02-29 10:00:00", "2023-04-10 00:00:00", "2023-04-10", "2023-04-10T10:00:00Z", "1900-01-01 10:00:00"]),
    ),
    "total": st.one_of(
        st.integers(0, 10**9).map(lambda number: f"NT${number:,}"),
        st.sampled_from(["", "0", "1,23", "$1,000", "1,000.50", "-5", "(5)", "無", "12,345,678", "1234,567", "٣"]),
    ),
}  # fmt: skip


@pytest.mark.parametrize("field", SHORTCUTS)
@given(data=st.data())
def test_a_shortcut_reads_what_the_reader_reads(field: str, data: st.DataObject) -> None:
    cells = data.draw(st.lists(CELLS[field], min_size=1, max_size=12))
    layout = find_layout([["甲"], *([cell] for cell in cells)], header_row=1)
    recipe = Recipe("members", "", None, layout, (Column(0, "甲", field),))
    batch = Cleaner(recipe).clean(RawBatch(list(range(2, 2 + len(cells))), [[cell] for cell in cells]))
    read = cell_reader(field, "", ColumnFormat(), zone="Asia/Taipei", country="TW")
    assert [row[0] for row in batch.rows] == [
        None if cell[:1] == "\ufdd0" else read(cell).value for cell in cells
    ]


@pytest.mark.parametrize("field", SHORTCUTS)
def test_well_written_values_take_the_shortcut(field: str) -> None:
    plain = {
        "phone": ["0912-345-678", "0922333444", "+886912345678", "912345678", ""],
        "email": ["amy@example.com", "Tom.Lin@shop.com.tw"],
        "line_user_id": [USER_ID],
        "name": ["王小明", ""],
        "member_no": ["A001", ""],
        "joined_at": ["2026-05-03 23:34:20"],
        "total": ["NT$1,455", "0"],
    }
    bulk = bulk_reader(field, "", country="TW", decimal=".", one_to_one=True)
    asked: list[str] = []
    assert bulk is not None
    assert bulk(plain[field], lambda cell: asked.append(cell), Counter()) is not None
    assert set(asked) <= {""}


def test_lost_zeros_are_counted_on_the_shortcut_too(tmp_path: Path) -> None:
    text = "姓名,手機\n" + "".join(f"王{n},9{n:08}\n" for n in range(12_345_000, 12_346_200))
    read = clean(write(tmp_path, "a.csv", text))
    assert read.repaired == {"leading_zero": 1_200}
    assert read.rows[0]["phone"] == "+886912345000"
