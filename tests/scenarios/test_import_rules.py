"""What an import may do to a shop, one rule a test, through the command line as an owner's script would use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli import main
from tests.scenarios.shop_by_commands import Shop, counts

UID = "U" + "ab" * 16
OTHER_UID = "U" + "cd" * 16


@pytest.fixture
def shop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shop:
    return Shop(tmp_path, capsys)


def test_the_same_file_again_changes_nothing(shop: Shop) -> None:
    text = "會員編號,姓名,手機,標籤\nA1,王小明,0912345678,熟客\nA2,陳大文,0922345678,\n"
    assert counts(shop.take(text)) == (2, 0, 0, 0)
    assert counts(shop.take(text)) == (0, 0, 2, 0)
    assert len(shop.run("history")["steps"]) == 1


def test_the_same_file_again_changes_nothing_though_somebody_stands_in_it_twice(shop: Shop) -> None:
    text = "會員編號,姓名,手機,口味\nA1,王小明,0912345678,拿鐵\nA2,陳大文,0922345678,\nA1,王大明,,美式\n"
    assert counts(shop.take(text)) == (2, 1, 0, 0)
    assert counts(shop.take(text)) == (0, 0, 3, 0)
    assert len(shop.run("history")["steps"]) == 1
    moved = text.replace("A1,王小明,0912345678", "A1,王小明,0933345678")
    assert counts(shop.take(moved)) == (0, 2, 1, 0)
    shop.run("undo")
    assert shop.member("member_no:=A1")["phone"] == "+886912345678"
    assert shop.member("member_no:=A1")["name"] == "王大明"


def test_a_blank_cell_clears_nothing(shop: Shop) -> None:
    shop.take("會員編號,姓名,手機\nA1,王小明,0912345678\n")
    assert counts(shop.take("會員編號,姓名,手機\nA1,,\n")) == (0, 0, 1, 0)
    assert shop.member("member_no:=A1")["name"] == "王小明"


def test_tags_are_appended_and_those_put_by_hand_stay(shop: Shop) -> None:
    shop.take("會員編號,標籤\nA1,熟客\n")
    shop.run("tag", "外帶", "member_no:=A1")
    assert counts(shop.take("會員編號,標籤\nA1,VIP\n")) == (0, 1, 0, 0)
    assert set(shop.member("member_no:=A1")["tags"]) == {"熟客", "外帶", "VIP"}


def test_more_tags_than_fit_are_problems_and_those_that_fit_stay_in_order(shop: Shop) -> None:
    shop.take("會員編號,標籤\nA1,一、二、三、四、五、六、七、八\n")
    report = shop.take("會員編號,標籤\nA1,八、九、十、十一、十二\n")
    assert counts(report) == (0, 1, 0, 0)
    assert [problem["value"] for problem in report["problems"]] == ["十一", "十二"]
    assert len(shop.member("member_no:=A1")["tags"]) == 10


def test_consent_is_never_loosened(shop: Shop) -> None:
    shop.take("會員編號,接受 LINE 優惠宣傳\nA1,N\nA2,Y\nA3,\n")
    shop.take("會員編號,接受 LINE 優惠宣傳\nA1,Y\nA2,N\nA3,Y\n")
    assert [shop.member(f"member_no:=A{n}")["consent"] for n in (1, 2, 3)] == [False, False, True]


def test_a_row_that_names_nobody_is_skipped_with_its_row_number(shop: Shop) -> None:
    report = shop.take("會員編號,姓名,手機\nA1,王小明,0912345678\n,沒有人,\n")
    assert counts(report) == (1, 0, 0, 1)
    assert report["skipped"][0]["row"] == 3


def test_a_broken_cell_costs_itself(shop: Shop) -> None:
    report = shop.take("會員編號,姓名,手機,Email\nA1,王小明,0912-34,mei@example.com\n")
    assert counts(report) == (1, 0, 0, 0)
    (problem,) = report["problems"]
    assert (problem["row"], problem["column"], problem["value"]) == (2, "手機", "0912-34")
    assert shop.member("A1")["phone"] is None


def test_two_rows_of_one_person_are_one_person(shop: Shop) -> None:
    report = shop.take(f"LINE UID,姓名,手機\n{UID},王小明,\n{UID.upper()},,0912345678\n")
    assert counts(report) == (1, 1, 0, 0)
    assert (shop.member("")["name"], shop.member("")["phone"]) == ("王小明", "+886912345678")


def test_a_family_shares_a_phone(shop: Shop) -> None:
    report = shop.take("會員編號,姓名,手機\nA1,王小明,0912345678\nA2,王小華,0912345678\n")
    assert counts(report) == (2, 0, 0, 0)
    assert len(report["possible_duplicates"]) == 1


def test_a_phone_of_two_people_is_ambiguous_without_a_stronger_key(shop: Shop) -> None:
    shop.take("會員編號,姓名,手機\nA1,王小明,0912345678\nA2,王小華,0912345678\n")
    report = shop.take("姓名,手機\n王小明,0912345678\n")
    assert counts(report) == (0, 0, 0, 1)
    assert "A1" in report["skipped"][0]["reason"]
    assert "A2" in report["skipped"][0]["reason"]


def test_keys_that_name_two_people_are_ambiguous(shop: Shop) -> None:
    shop.take("會員編號,姓名\nA1,王小明\n")
    shop.take("姓名,手機\n訪客,0912345678\n")
    assert counts(shop.take("會員編號,手機\nA1,0912345678\n")) == (0, 0, 0, 1)


def test_a_guest_becomes_a_member_by_phone(shop: Shop) -> None:
    shop.take("姓名,手機\n王小明,0912345678\n")
    assert counts(shop.take("會員編號,姓名,手機\nA1,王小明,+886 912-345-678\n")) == (0, 1, 0, 0)
    assert shop.member("")["member_no"] == "A1"


def test_a_user_id_that_a_row_above_takes_from_somebody_is_free_at_the_next_import(shop: Shop) -> None:
    shop.take(f"會員編號,LINE UID,手機\nA1,{UID},0912345678\n")
    text = f"會員編號,LINE UID,手機\nA1,{OTHER_UID},0912345678\nA2,{UID},0912345678\n"
    report = shop.take(text)
    assert counts(report) == (1, 1, 0, 0)
    assert [(problem["row"], problem["column"]) for problem in report["problems"]] == [(3, "LINE UID")]
    assert shop.member("member_no:=A2")["line_user_id"] is None
    assert counts(shop.take(text)) == (0, 1, 1, 0)
    assert shop.member("member_no:=A2")["line_user_id"] == UID


def test_a_tag_taken_off_by_hand_comes_back_with_a_file_that_names_it(shop: Shop) -> None:
    text = "會員編號,標籤\nA1,熟客\n"
    shop.take(text)
    shop.run("untag", "熟客", "member_no:=A1")
    assert counts(shop.take(text)) == (0, 1, 0, 0)
    assert shop.member("A1")["tags"] == ["熟客"]


def test_two_rows_find_one_person_by_different_keys_and_the_later_one_counts(shop: Shop) -> None:
    shop.take("會員編號,姓名,手機,Email,門市\nA1,王小明,0912345678,mei@example.com,中山店\n")
    report = shop.take("手機,Email,門市\n0912345678,,信義店\n,mei@example.com,板橋店\n")
    assert counts(report) == (0, 2, 0, 0)
    assert shop.member("A1")["store"] == "板橋店"


def test_a_tag_nobody_can_take_is_not_made(shop: Shop) -> None:
    shop.take("會員編號,標籤\nA1,一、二、三、四、五、六、七、八、九、十\n")
    assert counts(shop.take("會員編號,標籤\nA1,十一\n")) == (0, 0, 1, 0)
    assert len(shop.run("history")["steps"]) == 1
    shop.run("undo")
    shop.run("redo")
    assert len(shop.member("A1")["tags"]) == 10


def test_a_new_action_ends_redo_for_good(shop: Shop, capsys: pytest.CaptureFixture[str]) -> None:
    shop.take("會員編號,姓名\nA1,王小明\n")
    shop.take("會員編號,姓名\nA1,王大明\n")
    shop.run("undo")
    shop.take("會員編號,姓名\nA2,陳大文\n")
    shop.run("undo")
    shop.run("redo")
    assert main(["--shop", str(shop.path), "--json", "redo"]) == 1
    assert sorted(member["name"] for member in shop.members()) == ["王小明", "陳大文"]


def test_a_user_id_of_somebody_else_costs_its_cell(shop: Shop) -> None:
    shop.take(f"會員編號,LINE UID\nA1,{UID}\n")
    report = shop.take(f"會員編號,LINE UID\nA2,{UID}\n")
    assert counts(report) == (1, 0, 0, 0)
    assert [problem["column"] for problem in report["problems"]] == ["LINE UID"]
    assert shop.member("member_no:=A2")["line_user_id"] is None


def test_junk_phones_match_nobody(shop: Shop) -> None:
    report = shop.take("會員編號,姓名,手機\nA1,王小明,0900000000\nA2,陳大文,0900000000\n")
    assert counts(report) == (2, 0, 0, 0)
    assert report["possible_duplicates"] == []


def test_upper_case_e_mails_and_full_width_digits_are_the_same_person(shop: Shop) -> None:
    shop.take("Email,手機\nMei@Example.com,０９１２３４５６７８\n")
    assert counts(shop.take("Email,手機\nmei@example.com,0912345678\n")) == (0, 0, 1, 0)


def test_unknown_columns_are_kept_and_can_be_asked_for(shop: Shop) -> None:
    shop.take("會員編號,最愛口味\nA1,燕麥拿鐵\nA2,美式\n")
    assert shop.run("count", '"最愛口味":拿鐵')["count"] == 1
    assert shop.member("member_no:=A1")["最愛口味"] == "燕麥拿鐵"


def test_an_undone_import_leaves_nothing_and_can_be_redone(shop: Shop) -> None:
    shop.take("會員編號,姓名,標籤\nA1,王小明,熟客\n")
    shop.take("會員編號,姓名,標籤\nA1,王大明,VIP\nA2,陳大文,\n")
    before = shop.members()
    undone = shop.run("undo")
    assert (undone["reverted"], undone["kept"], undone["impossible"]) == (2, [], [])
    assert [(member["name"], member["tags"]) for member in shop.members()] == [("王小明", ["熟客"])]
    shop.run("redo")
    assert shop.members() == before


def test_a_field_changed_since_is_kept_when_an_older_import_is_undone(shop: Shop) -> None:
    shop.take("會員編號,姓名,門市\nA1,王小明,中山店\n")
    shop.take("會員編號,姓名,門市\nA1,王大明,信義店\n")
    shop.take("會員編號,姓名\nA1,王中明\n")
    second = shop.run("history")["steps"][1]["id"]
    undone = shop.run("undo", str(second))
    assert [kept["member_no"] for kept in undone["kept"]] == ["A1"]
    assert (shop.member("A1")["name"], shop.member("A1")["store"]) == ("王中明", "中山店")


ORDERS = """訂單編號,訂單日期,會員編號,電話,品名,數量,小計,訂單合計,訂單狀態
N1,2026/11/01 10:30,A1,,拿鐵,1,120,200,完成
N1,,A1,,折扣,1,-20,,
N2,2026/11/03 09:00,,0922345678,美式,1,80,80,完成
N3,2026/11/04 09:00,A1,,豆子,1,450,450,已取消
N4,2026/11/05 09:00,A1,,試喝,1,0,0,完成
"""


def test_orders_find_their_buyers_and_cancelled_ones_do_not_count(shop: Shop) -> None:
    shop.take("會員編號,姓名\nA1,王小明\n")
    report = shop.take(ORDERS)
    assert (report["kind"], report["rows"], report["new"], report["unknown_buyers"]) == ("orders", 5, 5, 1)
    member = shop.member("A1")
    assert (member["orders"], member["total"]) == (2, 200)
    assert (member["first_order"], member["last_order"]) == ("2026-11-01", "2026-11-05")


def test_orders_of_unknown_buyers_attach_when_the_person_arrives(shop: Shop) -> None:
    shop.take(ORDERS)
    shop.take("會員編號,姓名,手機\nA1,王小明,\nA2,陳大文,0922-345-678\n")
    assert shop.member("A2")["total"] == 80
    assert shop.member("A1")["orders"] == 2
    shop.run("undo")
    assert shop.members() == []
    shop.run("redo")
    assert shop.member("A2")["total"] == 80


def test_a_changed_order_is_updated_and_undone(shop: Shop) -> None:
    shop.take("會員編號,姓名\nA1,王小明\n")
    shop.take(ORDERS)
    changed = shop.take(ORDERS.replace("拿鐵,1,120,200,完成", "拿鐵,1,120,200,已退款"))
    assert (changed["updated"], changed["unchanged"]) == (2, 3)
    assert shop.member("A1")["total"] == 0
    shop.run("undo")
    assert shop.member("A1")["total"] == 200
    assert shop.run("count", "item:折扣")["count"] == 1


def test_rows_of_one_order_may_stand_in_many_places(shop: Shop) -> None:
    head = "訂單編號,訂單日期,會員編號,品名,數量,小計,訂單合計\n"
    lines = [f"N{1 + n % 2},2026/11/01 10:30,A1,品項{n},1,10,40" for n in range(8)]
    report = shop.take(head + "\n".join(lines) + "\n")
    assert (report["rows"], report["new"]) == (8, 8)
    assert shop.run("count", "item:品項7")["count"] == 0
    shop.take("會員編號,姓名\nA1,王小明\n")
    assert [shop.run("count", f"item:品項{n}")["count"] for n in range(8)] == [1] * 8
    assert shop.member("A1")["total"] == 80


def test_stated_figures_give_way_to_orders(shop: Shop) -> None:
    shop.take('會員編號,姓名,累積消費,訂單數\nA1,王小明,"NT$9,999",7\n')
    assert (shop.member("A1")["total"], shop.member("A1")["orders"]) == (9999, 7)
    shop.take(ORDERS)
    assert (shop.member("A1")["total"], shop.member("A1")["orders"]) == (200, 2)
    shop.run("undo")
    assert (shop.member("A1")["total"], shop.member("A1")["orders"]) == (9999, 7)


def test_ambiguous_dates_end_with_the_option_that_answers(
    shop: Shop, capsys: pytest.CaptureFixture[str]
) -> None:
    file = shop.folder / "日期.csv"
    file.write_text("會員編號,生日\nA1,03/04/1990\nA2,05/06/1991\n", encoding="utf-8")
    assert main(["--shop", str(shop.path), "--json", "import", str(file)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert '--dates "生日=' in printed.err
    (report,) = shop.run("import", str(file), "--dates", "生日=dmy")["imports"]
    assert report["new"] == 2
    assert shop.member("A1")["birthday"] == "1990-04-03"


def test_map_gives_a_column_another_field(shop: Shop) -> None:
    report = shop.take("代碼,稱呼\nA1,王小明\n", "--map", "代碼=member_no", "--map", "稱呼=name")
    assert report["mapping"] == {"代碼": "member_no", "稱呼": "name"}
    assert shop.member("A1")["name"] == "王小明"


def test_a_dry_run_stores_nothing(shop: Shop) -> None:
    shop.take("會員編號,姓名\nA1,王小明\n")
    report = shop.take("會員編號,姓名\nA2,陳大文\n", "--dry-run")
    assert report["new"] == 1
    assert len(shop.members()) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["count", "nofield:x"], 1),
        (["bogus"], 2),
        (["members", "--fields", "nope"], 2),
        (["audience", "show", "沒有"], 1),
    ],
)
def test_errors_have_their_codes_and_leave_stdout_empty(
    shop: Shop, capsys: pytest.CaptureFixture[str], words: list[str], code: int
) -> None:
    shop.take("會員編號\nA1\n", "--map", "會員編號=member_no")
    capsys.readouterr()
    assert main(["--shop", str(shop.path), "--json", *words]) == code
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.strip()


def test_a_query_may_begin_with_a_minus(shop: Shop) -> None:
    shop.take("會員編號,標籤\nA1,勿擾\nA2,\n")
    assert shop.run("count", "-tag:勿擾")["count"] == 1
    assert shop.run("tag", "可聯絡", "-tag:勿擾")["changed"] == 1


@pytest.mark.parametrize(
    ("column", "stands", "cancelled"),
    [
        ("取消時間", "", "2026/11/04 10:00"),
        ("是否取消", "否", "是"),
        ("Cancelled at", "", "2026-11-04 10:00:00 +0800"),
    ],
)
def test_a_column_that_tells_of_cancelling_decides(
    shop: Shop, column: str, stands: str, cancelled: str
) -> None:
    shop.take("會員編號,姓名\nA1,王小明\n")
    header = f"訂單編號,會員編號,訂單日期,訂單狀態,訂單合計,{column}\n"
    report = shop.take(
        f"{header}N1,A1,2026/11/01,完成,100,{stands}\nN2,A1,2026/11/02,完成,200,{cancelled}\nN3,A1,2026/11/03,完成,50,{stands}\n"
    )
    assert report["mapping"][column] == "status"
    assert (shop.member("A1")["orders"], shop.member("A1")["total"]) == (2, 150)
