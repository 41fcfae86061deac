"""What other importers fall for: names that mislead, values that look like something else, refusals read as consent, and what
may never be kept at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.importer.cleaning import SHOWN_REPAIRS, RepairSample
from desktop.importer.values.flags import order_counts
from desktop.importer.values.identifiers import is_card_number, is_national_id
from tests.unit.importer.reading import USER_ID, clean, recipe_of, write

IDENTITY = ("A123456789", "B234567890", "F131104093", "A223456781")
CARDS = ("4111 1111 1111 1111", "5500-0000-0000-0004", "378282246310005")


def column(tmp_path: Path, name: str, *cells: str, beside: str = "姓名,手機") -> dict[str, str]:
    """The mapping of a members file with this column at its end."""
    lines = [f"{beside},{name}"] + [f"王小{n},09123456{n:02},{cell}" for n, cell in enumerate(cells)]
    return recipe_of(write(tmp_path, "a.csv", "\n".join(lines) + "\n")).mapping


@pytest.mark.parametrize("name", ["身分證字號", "身份證號", "ID No.", "編號", "證號", "備註", "會員編號"])
def test_identity_numbers_are_left_out_whatever_they_are_called(tmp_path: Path, name: str) -> None:
    assert column(tmp_path, name, *IDENTITY)[name] == "ignore"


@pytest.mark.parametrize("name", ["信用卡號", "卡號", "付款工具", "Card"])
def test_card_numbers_are_left_out_whatever_they_are_called(tmp_path: Path, name: str) -> None:
    assert column(tmp_path, name, *CARDS)[name] == "ignore"


@pytest.mark.parametrize(
    "name",
    "密碼 Password user_pass 信用卡末四碼 卡片後四碼 Last4 護照號碼 Passport 居留證號碼 健保卡號 匯款帳號後五碼 CVV マイナンバー 免許証番号".split(),
)
def test_secrets_are_left_out_and_not_shown(tmp_path: Path, name: str) -> None:
    text = f"姓名,手機,{name}\n王小明,0912345678,hunter2\n陳美玲,0922333444,s3cret\n"
    for kind in ("members", "orders"):
        recipe = recipe_of(write(tmp_path, "a.csv", text), kind=kind)
        assert recipe.mapping[name] == "ignore"
        assert "hunter2" not in repr(recipe)


def test_what_only_resembles_identity_and_card_numbers_is_kept(tmp_path: Path) -> None:
    assert not any(map(is_national_id, ("A123456780", "W00231", "A12345678", "123456789", "")))
    assert not any(map(is_card_number, ("4111 1111 1111 1112", "7210448301122", "0912345678", "64a1b2c3d4")))
    assert column(tmp_path, "會員編號", "A100000001", "A100000002", "A100000003")["會員編號"] == "member_no"


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("統一編號", ("24536806", "04595257", "22099131")),
        ("統編", ("24536806", "04595257", "22099131")),
        ("發票號碼", ("QX-12345678", "QX-12345679", "QX-12345680")),
        ("載具", ("/ABC1234", "/AB.+123", "/XYZ9876")),
        ("手機條碼載具", ("/ABC1234", "/AB.+123", "/XYZ9876")),
        ("手機型號", ("iPhone 15", "Pixel 8", "iPhone 15")),
        ("推薦人電話", ("0955666777", "0955666778", "0955666779")),
        ("緊急聯絡電話", ("0955666777", "0955666778", "0955666779")),
        ("傳真", ("02-27661234", "02-27661235", "02-27661236")),
        ("門市電話", ("02-27661234", "02-27661235", "02-27661236")),
        ("公司電話", ("02-27661234", "02-27661235", "02-27661236")),
        ("經手人", ("林小姐", "陳大同", "黃美美")),
        ("設計師", ("林心怡", "陳大同", "黃美美")),
        ("店員姓名", ("林心怡", "陳大同", "黃美美")),
        ("介紹人", ("林心怡", "陳大同", "黃美美")),
        ("小孩姓名", ("林心怡", "陳大同", "黃美美")),
        ("寵物生日", ("2019/05/02", "2020/06/03", "2021/07/04")),
        ("年齡", ("34", "27", "51")),
        ("城市", ("台北市", "台中市", "高雄市")),
        ("購物金", ("100", "0", "50")),
        ("客單價", ("520", "880", "1300")),
        ("最後登入時間", ("2026/01/02 10:00", "2026/01/03 11:00", "2026/01/04 12:00")),
        ("更新時間", ("2026/01/02 10:00", "2026/01/03 11:00", "2026/01/04 12:00")),
        ("點數到期日", ("2026/12/31", "2026/11/30", "2026/10/31")),
        ("會員到期日", ("2026/12/31", "2026/11/30", "2026/10/31")),
        ("Email 驗證", ("是", "否", "是")),
        ("是否綁定手機", ("是", "否", "是")),
        ("LINE 好友人數", ("1", "2", "3")),
    ],
)
def test_what_is_none_of_the_members_fields_stays_beside(
    tmp_path: Path, name: str, cells: tuple[str, ...]
) -> None:
    assert column(tmp_path, name, *cells)[name] == "extra"


@pytest.mark.parametrize("name", ["設計師", "經手人", "店員", "業務", "主治醫師", "推薦人", "收件人"])
def test_staff_are_no_members_even_where_no_other_name_is_told(tmp_path: Path, name: str) -> None:
    text = f"{name},手機\n林心怡,0912345678\n陳大同,0922333444\n黃美美,0933444555\n"
    assert recipe_of(write(tmp_path, "a.csv", text)).mapping == {name: "extra", "手機": "phone"}


@pytest.mark.parametrize(
    "header", ["市話,手機", "手機,市話", "住家電話,行動電話", "電話,手機", "收件人電話,手機"]
)
def test_the_mobile_number_goes_first_wherever_it_stands(tmp_path: Path, header: str) -> None:
    first, second = header.split(",")
    told = {first: "02-27661234", second: "02-27661234"}
    mobile = next(name for name in told if "手機" in name or "行動" in name)
    told[mobile] = "0912345678"
    text = f"姓名,{header}\n王小明,{told[first]},{told[second]}\n"
    assert clean(write(tmp_path, "a.csv", text)).column("phone") == ["+886912345678"]


def test_values_tell_more_than_a_weak_name(tmp_path: Path) -> None:
    ids = ["U" + f"{n:032x}" for n in range(1, 5)]
    lines = ["編號,LINE,ID,客戶"] + [f"09123456{n:02},{ids[n]},{n + 1},王小明" for n in range(4)]
    assert recipe_of(write(tmp_path, "a.csv", "\n".join(lines))).mapping == {
        "編號": "phone", "LINE": "line_user_id", "ID": "extra", "客戶": "name",
    }  # fmt: skip
    names = "編號,姓名,LINE,LINE ID\nA001,王小明,小明,@abc\nA002,陳美玲,美美,amy.99\nA003,林大同,大同,bob_1\n"
    assert recipe_of(write(tmp_path, "b.csv", names)).mapping == {
        "編號": "member_no", "姓名": "name", "LINE": "extra", "LINE ID": "extra",
    }  # fmt: skip


DATES = "姓名,手機,建立時間,更新時間,最後登入,生日,首購日,最近消費日,會員到期日\n"


def test_each_date_goes_to_its_own_field(tmp_path: Path) -> None:
    row = "2023/01/02 10:00,2026/05/05 09:00,2026/06/01 08:00,79/11/03,2023/02/03,2026/04/05,2027/12/31"
    read = clean(write(tmp_path, "a.csv", f"{DATES}王小明,0912345678,{row}\n"))
    assert {name: read.rows[0][name] for name in ("joined_at", "birthday", "first_order", "last_order")} == {
        "joined_at": "2023-01-02T10:00:00", "birthday": "1990-11-03", "first_order": "2023-02-03", "last_order": "2026-04-05",
    }  # fmt: skip
    assert json.loads(read.rows[0]["extra"]) == {
        "更新時間": "2026-05-05T09:00:00", "最後登入": "2026-06-01T08:00:00", "會員到期日": "2027-12-31",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("拒收訊息", False, None), ("取消訂閱", False, None), ("不願收到行銷訊息", False, None), ("不願意收到優惠訊息", False, None),
        ("Opt-out", False, None), ("Unsubscribed", False, None), ("配信拒否", False, None), ("不接收推播", False, None),
        ("拒收簡訊", False, None), ("拒收 Email", False, None), ("取消訂閱電子報", False, None),
        ("願意收到優惠訊息", True, False), ("LINE 推播同意", True, False), ("接受 LINE 行銷訊息", True, False), ("Marketing opt-in", True, False),
    ],
)  # fmt: skip
def test_consent_and_its_opposite(tmp_path: Path, name: str, yes: bool, no: bool | None) -> None:
    text = f"姓名,手機,{name}\n王,0912345678,是\n陳,0922333444,否\n林,0933444555,\n黃,0944555666,Y\n"
    read = clean(write(tmp_path, "a.csv", text))
    assert read.recipe.mapping[name] == "consent"
    assert read.column("consent") == [yes, no, None, yes]


def test_a_refusal_counts_more_than_a_consent_beside_it(tmp_path: Path) -> None:
    text = "姓名,手機,行銷同意,取消訂閱\n王,0912345678,是,是\n陳,0922333444,是,否\n林,0933444555,否,否\n黃,0944555666,,\n"
    assert clean(write(tmp_path, "a.csv", text)).column("consent") == [False, True, False, None]


def test_a_refusal_of_another_channel_is_not_heard_beside_one_of_line(tmp_path: Path) -> None:
    text = "姓名,手機,LINE推播同意,拒收簡訊\n王,0912345678,是,是\n陳,0922333444,否,否\n"
    read = clean(write(tmp_path, "a.csv", text))
    assert (read.recipe.mapping["拒收簡訊"], read.column("consent")) == ("extra", [True, False])


COUNTING = (
    "已完成 未到貨 未到期 已出貨 處理中 待付款 部分退款 部份退款 退款申請中 退貨審核中 退款失敗 取消失敗 可退貨 未取消 partially_refunded partial-refund not_refunded "
    "refund_requested pending completed paid 発送済み 一部返金 対応中 返金処理中"
)
NOT_COUNTING = (
    "已取消 取消訂單 顧客取消 作廢 不成立 交易失敗 已退款 全額退款 退款完成 已退貨 退貨退款 銷退 逾期未付款 交易關閉 cancelled Canceled voided refunded Refund "
    "returned failed expired declined chargeback trash wc-cancelled キャンセル キャンセル済み キャンセル待ち 無断キャンセル 候補 未到 爽約 no-show No_Show 取り消し 返金済み 返品 無効"
)


@pytest.mark.parametrize("state", COUNTING.split())
def test_orders_that_count(state: str) -> None:
    assert order_counts(state)


@pytest.mark.parametrize("state", NOT_COUNTING.split())
def test_orders_that_do_not_count(state: str) -> None:
    assert not order_counts(state)


@pytest.mark.parametrize("name", ["発送状況", "Event Type", "取消區分", "種類", "處理進度"])
def test_a_state_is_known_by_its_words(tmp_path: Path, name: str) -> None:
    states = ["完成", "取消", "完成", "退款"]
    lines = [f"訂單編號,訂單日期,訂單金額,{name}"] + [
        f"A{n},2026/1/{n + 1},100,{one}" for n, one in enumerate(states)
    ]
    read = clean(write(tmp_path, "a.csv", "\n".join(lines)))
    assert (read.recipe.mapping[name], read.column("status")) == ("status", states)


@pytest.mark.parametrize(
    "name", ["退款金額", "Refunded Amount", "已退款金額", "返金額", "refund_amt", "Partial Refunds"]
)
def test_what_was_given_back_is_a_size(tmp_path: Path, name: str) -> None:
    text = f'order_id,order_date,total,{name}\nA1,2026-01-01,300,0\nA2,2026-01-02,300,-300\nA3,2026-01-03,300,"NT$1,050"\nA4,2026-01-04,300,(30)\nA5,2026-01-05,300,\n'
    read = clean(write(tmp_path, "a.csv", text))
    assert (read.recipe.kind, read.recipe.mapping[name]) == ("orders", "refund")
    assert read.column("refund") == [0, 300, 1050, 30, None]


@pytest.mark.parametrize(
    "error", ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", " #N/A ", "#n/a"]
)
def test_an_error_of_excel_is_a_problem_of_its_cell_in_every_column(tmp_path: Path, error: str) -> None:
    header = "會員編號,姓名,手機,Email,LINE UID,生日,標籤,累積消費,最愛"
    good = f"A1,王小明,0912345678,a@b.com,{USER_ID},1990/1/1,VIP,100,拿鐵"
    read = clean(write(tmp_path, "a.csv", f"{header}\n{good}\n{','.join([error] * 9)}\n{good}\n"))
    assert set(read.rows[1].values()) == {None}
    assert sorted(read.reasons) == sorted((3, name, "excel_error") for name in header.split(","))
    assert "empty_word" not in read.repaired


def test_own_columns_are_kept_by_what_they_hold(tmp_path: Path) -> None:
    header = "姓名,手機,杯數,寵物生日,農曆生日,座號,會員到期,樓層,下次,訂閱,日期代碼"
    rows = [
        "王小明,0912345678,\"1,200\",2020/5/3,1990/2/30,00123,115/12/31,3-2-1,2026/1/2 下午 3:05,Y,20260101",
        "陳美玲,0922333444,3,2021/11/30,1991/8/15,00124,116/01/31,3-2-4,2026/1/3 上午 9:00,N,20260102",
    ]  # fmt: skip
    read = clean(write(tmp_path, "a.csv", "\n".join([header, *rows])))
    assert json.loads(read.rows[0]["extra"]) == {
        "杯數": 1200, "寵物生日": "2020-05-03", "農曆生日": "1990/2/30", "座號": "00123", "會員到期": "2026-12-31", "樓層": "3-2-1",
        "下次": "2026-01-02T15:05:00", "訂閱": "Y", "日期代碼": "2026-01-01",
    }  # fmt: skip
    held = {one.name: one.form.holds for one in read.recipe.columns if one.field == "extra"}
    assert held == {
        "杯數": "number", "寵物生日": "date", "農曆生日": "text", "座號": "text", "會員到期": "date", "樓層": "text",
        "下次": "date", "訂閱": "yes_no", "日期代碼": "date",
    }  # fmt: skip


def test_a_column_of_dates_that_can_be_read_in_two_ways_stays_as_it_is_and_is_not_asked(
    tmp_path: Path,
) -> None:
    read = clean(
        write(tmp_path, "a.csv", "姓名,手機,回訪日\n王,0912345678,1/2/2026\n陳,0922333444,3/4/2026\n")
    )
    assert read.recipe.questions == ()
    assert read.column("extra") == ['{"回訪日":"1/2/2026"}', '{"回訪日":"3/4/2026"}']


def test_repairs_are_shown_by_column_before_and_after(tmp_path: Path) -> None:
    lines = ["姓名,手機,公司市話,生日,最愛"] + [
        f"王{n},9{n:08},無,79/11/0{n % 9 + 1},'1{n}號" for n in range(12_345_000, 12_345_020)
    ]
    read = clean(write(tmp_path, "a.csv", "\n".join(lines)))
    shown = {(one.column, one.kind): one for one in read.repairs}
    zeros = shown["手機", "leading_zero"]
    assert (zeros.count, len(zeros.samples)) == (20, SHOWN_REPAIRS)
    assert zeros.samples[0] == (2, "912345000", "+886912345000")
    roc = shown["生日", "roc_year"]
    assert (roc.count, roc.samples[0]) == (20, (2, "79/11/07", "1990-11-07"))
    assert shown["最愛", "excel_text"].samples[0] == (2, "'112345000號", "112345000號")
    by_kind: dict[str, int] = {}
    for one in read.repairs:
        by_kind[one.kind] = by_kind.get(one.kind, 0) + one.count
    assert by_kind == read.repaired


def test_a_zero_given_back_is_counted_once_however_the_cell_was_read(tmp_path: Path) -> None:
    lines = ["姓名,手機"] + [f"王,9{n:08}" for n in range(12_345_000, 12_345_500)]
    lines += ["陳,0900000000"] + [
        f"林,9{n:08}" for n in range(12_345_000, 12_345_400)
    ]  # a junk number stops the shortcut
    lines += [f"黃,9{n:08}" for n in range(12_345_000, 12_345_500)]
    read = clean(write(tmp_path, "a.csv", "\n".join(lines)))
    assert read.repaired == {"leading_zero": 1_400}
    assert read.repairs == [
        RepairSample("手機", "leading_zero", 1_400, tuple((n + 2, f"91234{5000 + n}", f"+88691234{5000 + n}") for n in range(5)))
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["VIP", "會員", "Member"])
@pytest.mark.parametrize("cells", [("★", "", "★"), ("1", "", "1"), ("V", "", ""), ("Gold", "Gold", "Gold")])
def test_a_mark_is_no_number_that_makes_one_person_of_many(
    tmp_path: Path, name: str, cells: tuple[str, ...]
) -> None:
    assert column(tmp_path, name, *cells)[name] != "member_no"


def test_a_name_in_two_columns_of_everyday_words(tmp_path: Path) -> None:
    read = clean(write(tmp_path, "a.csv", "姓氏,名字,手機\n王,小明,0912345678\n陳,美玲,0912345679\n"))
    assert read.column("name") == ["王小明", "陳美玲"]
