"""Finding the table in a sheet, and telling its data rows from titles, headers, totals, samples and blanks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.importer.layout import RowSorter, column_letter, find_layout
from tests.unit.importer.reading import clean, write
from tests.unit.importer.workbooks import xlsx

HEADER = ["會員編號", "姓名", "手機", "生日"]
PEOPLE = [["A1", "王小明", "0912345678", "1990/1/1"], ["A2", "陳美玲", "0922333444", "1991/2/3"]]


def sorted_rows(rows: list[list[str]]) -> tuple[int | None, list[int], dict[str, int]]:
    """Header row, numbers of the data rows, and what was left out."""
    layout = find_layout(rows)
    sorter = RowSorter(layout)
    numbers, _ = sorter.sort(1, rows)
    return layout.header_row, numbers, dict(sorter.not_data)


def test_a_plain_table() -> None:
    assert sorted_rows([HEADER, *PEOPLE]) == (1, [2, 3], {"header": 1})


def test_titles_above_and_blank_rows() -> None:
    rows = [["日日咖啡 會員名單"], ["匯出日期：", "2026/05/03"], [], HEADER, *PEOPLE]
    assert sorted_rows(rows) == (4, [5, 6], {"title": 2, "blank": 1, "header": 1})


def test_a_grouped_header_over_the_real_one() -> None:
    rows = [
        ["訂單資訊", "", "", "商品資訊", ""],
        ["訂單狀態", "訂單編號", "購買日期", "品名", "小計"],
        ["完成", "W1", "2026/5/3", "拿鐵", "120"],
    ]
    layout = find_layout(rows)
    assert (layout.header_row, layout.header_rows) == (2, (1, 2))
    assert layout.names == tuple(rows[1])


def test_names_that_go_on_in_a_second_row() -> None:
    rows = [
        ["會員編號", "姓名", "消費", "", "手機"],
        ["", "", "次數", "金額", ""],
        ["A1", "王小明", "3", "1500", "0912345678"],
    ]
    layout = find_layout(rows)
    assert layout.header_row == 2
    assert layout.names == ("會員編號", "姓名", "消費次數", "消費金額", "手機")


@pytest.mark.parametrize(
    ("upper", "lower", "names"),
    [
        (["Member No.", "Name", "Mobile", "Birthday"], HEADER, HEADER),
        (["member_id", "name", "mobile", "birth"], HEADER, HEADER),
        (HEADER, ["Member No.", "Name", "Mobile", "Birthday"], ["Member No.", "Name", "Mobile", "Birthday"]),
        (HEADER, ["No.", "Name", "", "DOB"], ["會員編號", "Name", "手機", "DOB"]),
    ],
)
def test_a_header_in_two_languages(upper: list[str], lower: list[str], names: list[str]) -> None:
    rows = [upper, lower, *PEOPLE]
    assert sorted_rows(rows)[1:] == ([3, 4], {"header": 2})
    layout = find_layout(rows)
    assert layout.header_row == 2
    assert len(set(layout.names)) == 4
    assert [name for name in layout.names if name in names] == [
        name for name in names if name in layout.names
    ]


def test_a_member_called_like_a_column_is_a_member() -> None:
    rows = [["姓名", "手機", "暱稱"], ["名字", "0912345678", "Name"], ["王小明", "0912345679", ""]]
    assert sorted_rows(rows)[1] == [2, 3]


@pytest.mark.parametrize(
    "note",
    [
        ["[列印者：店長]", "", "", ""],
        ["(製表：李小姐)", "", "", ""],
        ["審核：店長", "", "製表：李小姐", ""],
        ["資料截止日：2026/11/20", "", "", ""],
        ["<End of report>", "", "", ""],
    ],
)
def test_notes_under_the_table(note: list[str]) -> None:
    filler = [[f"A{n}", "林小美", f"09123456{n}", ""] for n in range(10, 20)]
    assert sorted_rows([HEADER, *filler, note])[2] == {"header": 1, "title": 1}


def test_groups_tell_columns_of_one_name_apart() -> None:
    rows = [
        ["", "本月", "", "上月", ""],
        ["姓名", "金額", "次數", "金額", "次數"],
        ["王小明", "1", "2", "3", "4"],
    ]
    assert find_layout(rows).names == ("姓名", "本月 金額", "本月 次數", "上月 金額", "上月 次數")


@pytest.mark.parametrize(
    "total",
    [
        ["合計", "", "2 人", ""],
        ["", "總計", "2", ""],
        ["合計：2", "", "", ""],
        ["總計", "", "", "12,345"],
        ["小計", "2", "", ""],
        ["共 2 筆", "", "", ""],
        ["筆數：2", "", "", ""],
        ["會員總人數", "2", "", ""],
        ["Total", "2", "", ""],
        ["Grand Total:", "", "2", ""],
        ["＊＊合計＊＊", "", "2", ""],
        ["總和", "", "", "12,345"],
        ["計", "", "2", ""],
        ["合計金額：", "", "", "12,345"],
        ["累計", "2", "", "12,345"],
        ["平均", "", "", "172"],
        ["総計", "", "2", ""],
        ["Sub-total", "", "", "12,345"],
    ],
)
def test_totals_below_and_above(total: list[str]) -> None:
    assert sorted_rows([HEADER, *PEOPLE, total]) == (1, [2, 3], {"header": 1, "total": 1})
    assert sorted_rows([total, HEADER, *PEOPLE]) == (2, [3, 4], {"header": 1, "total": 1})
    assert sorted_rows([HEADER, total, *PEOPLE]) == (1, [3, 4], {"header": 1, "total": 1})


@pytest.mark.parametrize(
    "name", ["全小明", "總裁", "Total Chen", "Summer", "小計程車", "合計畫", "計小明", "平均消費王"]
)
def test_people_whose_names_begin_like_a_total(name: str) -> None:
    rows = [
        ["姓名", "手機", "備註"],
        *([f"王{n}", "0912345678", "x"] for n in range(9)),
        [name, "0912345678", "x"],
    ]
    assert sorted_rows(rows)[2] == {"header": 1}


def test_a_header_repeated_on_each_page_with_its_title() -> None:
    title = ["日日咖啡 會員名單"]
    rows = [title, HEADER, PEOPLE[0], [], title, HEADER, PEOPLE[1], ["第 2 頁"]]
    assert sorted_rows(rows) == (2, [3, 7], {"title": 3, "header": 1, "blank": 1, "repeated_header": 1})


@pytest.mark.parametrize(
    "cell", ["範例：張小美", "範例:張小美", "例：張小美", "（範例）張小美", "Sample: Amy", "記入例：山田"]
)
def test_a_sample_row(cell: str) -> None:
    rows = [["姓名", "手機"], [cell, "0912345678"], ["王小明", "0922333444"]]
    assert sorted_rows(rows) == (1, [3], {"header": 1, "sample": 1})


def test_a_row_of_instructions() -> None:
    rows = [HEADER, ["必填", "必填", "選填", "格式"], *PEOPLE]
    assert sorted_rows(rows) == (1, [3, 4], {"header": 1, "sample": 1})


def test_footnotes_are_no_people() -> None:
    rows = [HEADER, *PEOPLE, ["※ 本名單僅供內部使用"], ["製表人：王", "2026/5/3"], ["以下空白"]]
    assert sorted_rows(rows)[1:] == ([2, 3], {"header": 1, "title": 3})


def test_thousands_of_blank_rows(tmp_path: Path) -> None:
    rows = [HEADER, *PEOPLE, *([] for _ in range(65_536)), ["A3", "林", "0933444555", ""]]
    read = clean(write(tmp_path, "a.csv", "\n".join(",".join(row) for row in rows) + "\n"))
    assert read.numbers == [2, 3, 65_540]
    assert read.not_data == {"header": 1, "blank": 65_536}


def test_spacer_columns_and_a_table_that_begins_at_c() -> None:
    rows = [["", "", *HEADER[:2], "", *HEADER[2:]], *(["", "", *row[:2], "", *row[2:]] for row in PEOPLE)]
    layout = find_layout(rows)
    assert layout.columns == (2, 3, 5, 6)


def test_a_column_without_a_name_that_holds_data_has_its_letter() -> None:
    layout = find_layout([["姓名", "", "手機"], ["王小明", "熟客", "0912345678"]])
    assert layout.names == ("姓名", "B", "手機")


def test_two_columns_of_one_name() -> None:
    layout = find_layout([["姓名", "備註", "備註"], ["王小明", "a", "b"]])
    assert layout.names == ("姓名", "備註", "備註 (2)")


def test_a_table_without_header() -> None:
    assert sorted_rows([row[1:] for row in PEOPLE]) == (None, [1, 2], {})


@pytest.mark.parametrize(
    "rows",
    [
        [
            ["甲欄", "乙欄", "丙欄"],
            ["王小明", "0912345678", "2020/1/1"],
            ["陳美玲", "0922333444", "2020/2/2"],
        ],
        [["代碼", "稱呼"], ["A1", "王小明"]],
        [["口味", "心情"], ["拿鐵", "好"], ["美式", "普通"]],
        [["Q1", "Q2"], ["拿鐵", "好"], ["美式", "普通"]],
    ],
)
def test_a_header_of_words_nobody_knows(rows: list[list[str]]) -> None:
    assert sorted_rows(rows)[0] == 1


@pytest.mark.parametrize(
    "rows",
    [
        [["王小明", "VIP"], ["陳美玲", "熟客"], ["林大同", "VIP"]],
        [["W001", "拿鐵"], ["W002", "美式"]],
        [["王小明"], ["陳美玲"]],
        [["0912345678"], ["0922333444"]],
    ],
)
def test_a_first_row_like_all_others_is_no_header(rows: list[list[str]]) -> None:
    assert sorted_rows(rows) == (None, list(range(1, len(rows) + 1)), {})


def test_a_row_with_the_names_the_owner_used_is_the_header() -> None:
    rows = [["王小明", "VIP"], ["陳美玲", "熟客"], ["林大同", "VIP"]]
    assert find_layout(rows, named=["陳美玲"]).header_row == 2


def test_header_only() -> None:
    assert sorted_rows([HEADER]) == (1, [], {"header": 1})


def test_the_owner_says_where_the_header_is(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "甲,乙\n姓名,手機\n王小明,0912345678\n")
    assert clean(path, header_row=2).numbers == [3]
    assert clean(path, header_row=0).numbers == [1, 2, 3]


def test_rows_of_a_sheet_have_the_numbers_the_owner_sees(tmp_path: Path) -> None:
    read = clean(write(tmp_path, "a.xlsx", xlsx([["名單"], [], HEADER, *PEOPLE, ["合計", 2]])))
    assert (read.recipe.header_row, read.numbers) == (3, [4, 5])


def test_letters() -> None:
    assert [column_letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_thirty_lines_of_conditions_over_the_table() -> None:
    conditions = [[f"查詢條件 {n}", "門市：中山店", "期間 2026/01/01~2026/05/01"] for n in range(30)]
    assert sorted_rows([*conditions, HEADER, *PEOPLE]) == (31, [32, 33], {"title": 30, "header": 1})


def test_words_of_the_trade_among_the_members_are_no_header() -> None:
    rows = [["王小明", "VIP", "生日"], ["陳美玲", "VIP", "熟客"], ["林大同", "熟客", "生日"]]
    assert sorted_rows(rows)[0] is None


def test_group_names_that_stand_in_both_rows() -> None:
    rows = [
        ["會員編號", "姓名", "消費", "消費"],
        ["會員編號", "姓名", "次數", "金額"],
        ["A1", "王小明", "3", "1500"],
    ]
    layout = find_layout(rows)
    assert (layout.header_rows, layout.names) == ((1, 2), ("會員編號", "姓名", "消費次數", "消費金額"))


ORDERS = [["訂單編號", "訂單日期", "付款總金額"], *([f"W{n}", "2026/5/3", "120"] for n in range(2))]
MANY = [[f"A{n}", "王小明", f"09123456{n:02}", "1990/1/1"] for n in range(30)]


def test_a_smaller_table_under_the_members_is_left_out_and_counted() -> None:
    rows = [HEADER, *MANY, [], ["訂單明細"], *ORDERS, [], ["合計", "2", "240"]]
    assert sorted_rows(rows) == (1, list(range(2, 32)), {"header": 1, "blank": 2, "other_table": 5})


def test_a_smaller_table_over_the_members_is_left_out_and_counted() -> None:
    rows = [["日日咖啡"], [], *ORDERS, [], HEADER, *MANY]
    header, numbers, left_out = sorted_rows(rows)
    assert (header, numbers) == (7, list(range(8, 38)))
    assert left_out == {"title": 1, "blank": 2, "other_table": 3, "header": 1}


def test_the_members_go_on_after_another_table() -> None:
    rows = [HEADER, *MANY, [], *ORDERS, [], HEADER, *PEOPLE]
    _, numbers, left_out = sorted_rows(rows)
    assert numbers == [*range(2, 32), 38, 39]
    assert left_out == {"header": 1, "blank": 2, "other_table": 3, "repeated_header": 1}


def test_another_table_is_found_in_whatever_batches_the_rows_come() -> None:
    rows = [HEADER, *MANY, [], ["訂單明細"], *ORDERS, *ORDERS[1:] * 10]
    layout = find_layout(rows)
    for size in (1, 2, 3, 7, 31, 32, 33, 500):
        sorter = RowSorter(layout)
        kept = [
            number
            for start in range(0, len(rows), size)
            for number in sorter.sort(start + 1, rows[start : start + size])[0]
        ]
        assert set(kept) - {33} == set(range(2, 32)), size  # a title alone at the end of a batch may stay
        assert sum(sorter.not_data.values()) + len(kept) == len(rows)


def test_a_member_behind_a_blank_row_begins_no_table() -> None:
    rows = [HEADER, *MANY, [], ["A99", "會員", "0912345678", ""], [], ["A98", "姓名", "", ""]]
    assert sorted_rows(rows)[1] == [*range(2, 32), 33, 35]


LINES = st.sampled_from(["title", "blank", "header", "total", "data", "note"])


@given(st.lists(LINES, max_size=40), st.integers(0, 3))
def test_data_rows_are_found_among_everything_else(kinds: list[str], titles: int) -> None:
    written = {
        "title": ["日日咖啡 會員名單"],
        "blank": ["", ""],
        "header": HEADER,
        "total": ["合計", "", "3", ""],
        "data": ["A7", "林小美", "0912345678", "1990/2/3"],
        "note": ["※ 僅供內部使用"],
    }
    rows = [written["title"]] * titles + [HEADER, *PEOPLE] + [written[kind] for kind in kinds]
    header, numbers, left_out = sorted_rows(rows)
    assert header == titles + 1
    expected = [titles + 4 + place for place, kind in enumerate(kinds) if kind == "data"]
    if titles:
        assert numbers == [titles + 2, titles + 3, *expected]
    assert len(numbers) + sum(left_out.values()) == len(rows)
