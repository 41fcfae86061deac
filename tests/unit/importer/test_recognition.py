"""Columns find their fields by their names and their values: exports that were seen, and files nobody listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.core.errors import QuestionOpen, UserError
from desktop.importer.columns.fields import ASSIGNABLE, KINDS, MEMBER_FIELDS, ORDER_FIELDS
from desktop.importer.columns.names import match_name, name_key
from desktop.importer.reader import open_source
from desktop.importer.recipe import Answers
from desktop.importer.understanding import understand, understand_all
from desktop.paths import resources_folder
from desktop.text import LANGUAGES, load_catalogue
from tests.unit.importer.reading import USER_ID, clean, recipe_of, write
from tests.unit.importer.workbooks import xls, xlsx

OTHER_ID = "U" + "fedcba9876543210" * 2


def table(text: str) -> dict[str, str]:
    """欄位 = field lines as a dictionary."""
    pairs = (line.split("=") for line in text.strip().splitlines())
    return {name.strip(): field.strip() for name, field in pairs}


SHOPLINE = "顧客 ID,全名,電郵,加入日期,加入來源,語言,訂單數,累積金額,現有購物金,現有點數,會員,會員註冊日期,會員註冊來源,Facebook 註冊 ID,LINE 註冊 ID,\
黑名單-禁止登入下單,接受電郵優惠宣傳,接受簡訊優惠宣傳,接受 LINE 優惠宣傳,最後登入時間,聯絡電話,國際電話區碼,會員綁定手機號碼,收件人姓名,收件人電話,地址 1,\
會員級別,會員有效期,城市,地區/州/省份,郵政編號（如適用),國家／地區,性別,生日,標籤,備註,UTM 來源,推薦人姓名,推薦人手機".split(
    ","
)
SHOPLINE_ROW = f"5f1e0a0b0c0d0e0f01020304|王小明|A@B.COM|2026-05-03 23:34:20|官網|zh|3|NT$1,455|0|12|Y|2026-05-03 23:34:20|官網||{USER_ID}|\
N|Y|N|Y|2026-05-04 01:00:00|0912345678|886||李大華|0922333444|台北市|VIP||台北||100|台灣|男|25-12-1990|熟客, VIP|||張三|0955666777".split(
    "|"
)
SHOPLINE_GUEST = "5f1e0a0b0c0d0e0f01020305|陳美玲||2026-05-03 23:34:20|官網|zh|0|NT$0|0|0|N||||||N|N|N|N||||0933444555|||||||||女|01-02-1985||||".split(
    "|"
)


def test_shopline_customers_as_xls(tmp_path: Path) -> None:
    guest = [*SHOPLINE_GUEST, *[""] * len(SHOPLINE)][: len(SHOPLINE)]
    read = clean(write(tmp_path, "shop_ShoplineCustomerReport_1.xls", xls([SHOPLINE, SHOPLINE_ROW, guest])))
    assert (read.recipe.kind, read.recipe.sheet, read.recipe.header_row) == ("members", "Users", 1)
    row = read.rows[0]
    extra = row.pop("extra")
    assert row == {
        "member_no": "5f1e0a0b0c0d0e0f01020304",
        "name": "王小明",
        "phone": "+886912345678",
        "email": "a@b.com",
        "line_user_id": USER_ID,
        "gender": "male",
        "birthday": "1990-12-25",
        "level": "VIP",
        "source": "官網",
        "points": 12,
        "consent": True,
        "joined_at": "2026-05-03T23:34:20",
        "tags": ("熟客", "VIP"),
        "note": None,
        "orders": 3,
        "total": 1455,
    }
    assert '"黑名單-禁止登入下單":"N"' in extra
    assert '"推薦人手機":"0955666777"' in extra
    assert read.problems == []


def test_members_of_a_crm_in_english(tmp_path: Path) -> None:
    names = "CustomerID,FirstName,LastName,EmailAddress,MobilePhone,DateOfBirth,CreatedAt,LastPurchaseDate,TotalSpent,OrderCount,MarketingOptIn,LineUserId,Tags"
    row = f'1001,Amy,Wang,Amy@X.com,0912345678,1990-05-01,2024-01-01 10:00:00,2024-05-01,1234.5,3,TRUE,{USER_ID},"vip, coffee"'
    spaced = "Contact ID,First Name,Last Name,Email,Mobile,Date of Birth,Created At,Last Purchase Date,Total Spend,Order Count,Marketing Opt-in,LINE user_id,Tags"
    for header in (names, spaced):
        first = clean(write(tmp_path, "a.csv", f"{header}\n{row}\n")).rows[0]
        assert first == {
            "member_no": "1001", "name": "Amy Wang", "phone": "+886912345678", "email": "amy@x.com",
            "line_user_id": USER_ID, "birthday": "1990-05-01", "consent": True, "joined_at": "2024-01-01T10:00:00",
            "tags": ("vip", "coffee"), "orders": 3, "total": 1234.5, "last_order": "2024-05-01",
        }  # fmt: skip


@pytest.mark.parametrize("name", ["LINE UID", "line_uid", "user_id", "userId", "LINE 用戶 ID"])
def test_user_ids_under_any_of_their_names(tmp_path: Path, name: str) -> None:
    text = f"display_name,標籤,{name},加入好友日期,手機\nAmy,VIP,{USER_ID},2024/01/01,0912345678\n小明,,{OTHER_ID},2024/01/05,\n"
    recipe = recipe_of(write(tmp_path, "a.csv", text))
    assert recipe.kind == "members"
    assert recipe.mapping == {
        "display_name": "name", "標籤": "tags", name: "line_user_id", "加入好友日期": "friend_at", "手機": "phone",
    }  # fmt: skip


def test_headers_with_line_breaks_and_units(tmp_path: Path) -> None:
    text = '"會員\n編號","姓名\n(必填)","手機\n號碼","累積消費\n（元）","生日\n(西元)"\nW1,王小明,0912345678,"1,200",1990/1/1\nW2,李小華,0922333444,300,1991/2/3\n'
    row = clean(write(tmp_path, "a.csv", text)).rows[0]
    assert row == {
        "member_no": "W1",
        "name": "王小明",
        "phone": "+886912345678",
        "birthday": "1990-01-01",
        "total": 1200,
    }


def test_of_shoplines_three_phones_the_bound_one_comes_first(tmp_path: Path) -> None:
    text = "全名,聯絡電話,會員綁定手機號碼,收件人電話\n甲,0911222333,0922333444,0933444555\n乙,0911222334,,0933444556\n丙,,,0933444557\n"
    assert clean(write(tmp_path, "a.csv", text)).column("phone") == [
        "+886922333444",
        "+886911222334",
        "+886933444557",
    ]


def test_a_country_code_beside_the_phone(tmp_path: Path) -> None:
    text = "全名,聯絡電話,國際電話區碼\n甲,912345678,886\n乙,98765432,852\n丙,0922333444,\n"
    assert clean(write(tmp_path, "a.csv", text)).column("phone") == [
        "+886912345678",
        "+85298765432",
        "+886922333444",
    ]


MEMBERS = {
    "cyberbiz": (
        "姓名,電子郵件信箱,手機,生日,性別,其他通路累積金額,累積金額成立時間,剩餘紅利點數,紅利點數截止日期,標籤,備註,電話,公司,郵遞區號,地址,贈送註冊禮,贈送生日禮,密碼\n"
        "王大明,w@x.com,912345678,1990/1/1,男,1200,2020/1/1,5,2021/1/1,\"VIP,熟客\",,02-23456789,,,,Y,Y,secret\n",
        """姓名=name
        電子郵件信箱=email
        手機=phone
        生日=birthday
        其他通路累積金額=total
        累積金額成立時間=extra
        剩餘紅利點數=points
        紅利點數截止日期=extra
        標籤=tags
        電話=phone
        地址=extra
        贈送生日禮=extra
        密碼=ignore""",
    ),
    "shopify": (
        "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Note,Tax Exempt,Tags\n"
        "'7210448301122,Amy,Wang,amy@x.com,yes,,'+886912345678,no,1234.50,3,,no,\"vip, coffee\"\n",
        """Customer ID=member_no
        First Name=name
        Last Name=name
        Email=email
        Accepts Email Marketing=extra
        Phone=phone
        Accepts SMS Marketing=extra
        Total Spent=total
        Total Orders=orders
        Note=note
        Tags=tags""",
    ),
    "an own list": (
        "編號,姓名,電話,生日(國曆),LINE名稱,來過幾次,總消費,喜好,備註\n1,王小明,912345678,79.11.03,小明,3,\"1,200\",拿鐵、美式,靠窗\n"
        "2,陳美玲,0922-333444,82.1.5,美美,1,500,美式,\n",
        """編號=extra
        姓名=name
        電話=phone
        生日(國曆)=birthday
        LINE名稱=extra
        總消費=total
        喜好=extra
        備註=note""",
    ),
    "a till": (
        "卡號,姓名,電話,生日,性別,等級,點數,消費次數,消費金額,上次消費,加入時間\n0001,王小明,0912345678,1990-01-02,M,VIP,12,3,1500,2026-01-01,2023-04-10 15:12\n",
        """卡號=member_no
        等級=level
        點數=points
        消費次數=orders
        消費金額=total
        上次消費=last_order
        加入時間=joined_at""",
    ),
    "a message service": (
        f"UID,顯示名稱,姓名,電話,加入好友時間,封鎖狀態,LINE ID,標籤\n{USER_ID},小明🍎,王小明,0912345678,2023-04-10 15:12:00,未封鎖,abc123,VIP\n"
        f"{OTHER_ID},美,,,2023-04-11 15:12:00,已封鎖,,\n",
        """UID=line_user_id
        顯示名稱=extra
        姓名=name
        加入好友時間=friend_at
        封鎖狀態=blocked
        LINE ID=extra
        標籤=tags""",
    ),
    "a platform with a column of LINE consent": (
        "會員編號,姓名,手機號碼,是否接受Email,是否接受簡訊,是否接受LINE訊息,歸屬門市,首次購買日,最後購買日\n1001,王小明,886912345678,是,否,是,忠孝店,2023/02/01,2026/01/01\n",
        """是否接受Email=extra
        是否接受簡訊=extra
        是否接受LINE訊息=consent
        歸屬門市=store
        首次購買日=first_order
        最後購買日=last_order""",
    ),
    "binding": (
        f"會員姓名,行動電話,LINE 綁定,綁定時間,綁定狀態\n王小明,0912345678,{USER_ID},2023/04/10 下午 03:12,已綁定\n",
        """會員姓名=name
        LINE 綁定=line_user_id
        綁定時間=bound_at
        綁定狀態=extra""",
    ),
    "Japanese": (
        "顧客ID,氏名,氏名（フリガナ）,メールアドレス,電話番号,性別,生年月日,購入回数,累計購入金額,最終購入日,会員ランク,ポイント残高,登録日時\n"
        "A1,山田 太郎,ヤマダ タロウ,y@x.jp,090-1234-5678,男性,1990/01/02,3,\"¥12,000\",2026/01/01,ゴールド,120,2023/01/01 10:00\n",
        """顧客ID=member_no
        氏名=name
        氏名（フリガナ）=extra
        メールアドレス=email
        電話番号=phone
        生年月日=birthday
        購入回数=orders
        累計購入金額=total
        最終購入日=last_order
        会員ランク=level
        ポイント残高=points
        登録日時=joined_at""",
    ),
    "English": (
        "Name,Mobile,E-mail,DOB,Gender,Tier,Joined\nJohn Smith,0912345678,J@x.com,1990-01-02,M,Gold,2023-04-10T15:12:00Z\n",
        """Name=name
        Mobile=phone
        E-mail=email
        DOB=birthday
        Gender=gender
        Tier=level
        Joined=joined_at""",
    ),
    "names that say nothing": (
        f"欄位1,欄位2,欄位3,欄位4,欄位5,欄位6\nW001,王小明,0912345678,1990/1/2,女,{USER_ID}\nW002,陳美玲,0922333444,1985/2/3,男,{OTHER_ID}\nW003,林大同,0933444555,1970/2/3,男,\n",
        """欄位1=member_no
        欄位2=name
        欄位3=phone
        欄位4=birthday
        欄位5=gender
        欄位6=line_user_id""",
    ),
    "width, case, spaces and hints in names": (
        "＊姓 名（必填）,E-MAIL（選填）,手機號碼*,\u200b生日 (YYYY/MM/DD)\n王小明,a@b.com,0912345678,1990/1/2\n",
        """＊姓 名（必填）=name
        E-MAIL（選填）=email
        手機號碼*=phone
        生日 (YYYY/MM/DD)=birthday""",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MEMBERS)
def test_members(tmp_path: Path, name: str) -> None:
    text, expected = MEMBERS[name]
    recipe = recipe_of(write(tmp_path, "a.csv", text))
    assert recipe.kind == "members"
    wanted = table(expected)
    assert {column: recipe.mapping[column] for column in wanted} == wanted


ORDERS = {
    "shopline": (
        "訂單號碼,訂單日期,顧客,顧客 ID,商品名稱,商品貨號,付款總金額,訂單合計,數量,電話號碼,電郵,付款狀態,送貨狀態,訂單狀態,會員等級\n"
        "#1,2026-05-03 23:34:20,王小明,5f1e,拿鐵,A1,NT$300,NT$300,2,0912345678,a@b.com,已付款,已送達,已完成,VIP\n#1,,,,美式,A2,,,1,,,,,,\n",
        "訂單號碼=order_no\n訂單日期=ordered_at\n顧客=name\n顧客 ID=member_no\n商品名稱=item\n商品貨號=ignore\n訂單合計=amount\n數量=quantity\n"
        "電話號碼=phone\n付款狀態=status\n送貨狀態=ignore\n訂單狀態=status",
    ),
    "waca": (
        "訂單狀態,訂單編號,購買日期,商品編號,品名,多規格名稱一,多規格名稱二,規格編號,訂單商品數量,小計\n處理中,W1,2026/5/3,P1,拿鐵,大,,S1,2,\"1,300\"\n處理中,W1,2026/5/3,,折扣,,,,1,-100\n",
        "訂單狀態=status\n訂單編號=order_no\n購買日期=ordered_at\n品名=item\n訂單商品數量=quantity\n小計=item_amount\n商品編號=ignore",
    ),
    "a till with a row for each item": (
        "日期,時間,單號,門市,會員手機,品項,數量,單價,金額\n2026/5/3,12:30,0001,忠孝店,0912345678,拿鐵,1,120,120\n2026/5/3,12:30,0001,忠孝店,0912345678,美式,2,100,200\n",
        "日期=ordered_at\n時間=ordered_at\n單號=order_no\n門市=store\n會員手機=phone\n品項=item\n數量=quantity\n單價=ignore\n金額=item_amount",
    ),
    "shopify": (
        "Name,Email,Financial Status,Paid at,Subtotal,Total,Lineitem quantity,Lineitem name,Lineitem price,Billing Name,Id\n"
        "#1001,a@b.com,paid,2026-01-02 10:00:00 +0800,900,960,1,Beans,500,Amy Wang,123\n#1001,a@b.com,,,,,1,Milk,400,,\n",
        "Name=order_no\nSubtotal=ignore\nTotal=amount\nLineitem name=item\nLineitem quantity=quantity\nBilling Name=name\nId=ignore\nFinancial Status=status",
    ),
    "a recipient is not the buyer": (
        "訂單編號,訂單日期,訂購人姓名,訂購人電話,收件人姓名,收件人電話,訂單總金額\nA1,2026/01/02,王小明,0912345678,李,0933444555,960\n",
        "訂購人姓名=name\n訂購人電話=phone\n收件人姓名=ignore\n收件人電話=ignore\n訂單總金額=amount",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ORDERS)
def test_orders(tmp_path: Path, name: str) -> None:
    text, expected = ORDERS[name]
    recipe = recipe_of(write(tmp_path, "a.csv", text))
    assert recipe.kind == "orders"
    wanted = table(expected)
    assert {column: recipe.mapping[column] for column in wanted} == wanted


def test_order_rows_come_out_typed(tmp_path: Path) -> None:
    read = clean(write(tmp_path, "a.csv", ORDERS["a till with a row for each item"][0]))
    assert read.rows[0] == {
        "phone": "+886912345678",
        "store": "忠孝店",
        "order_no": "0001",
        "ordered_at": "2026-05-03T12:30:00",
        "item": "拿鐵",
        "quantity": 1,
        "item_amount": 120,
    }


def test_a_refund_in_any_column_of_states_decides(tmp_path: Path) -> None:
    text = "訂單編號,訂單日期,訂單金額,訂單狀態,付款狀態\nA,2026/1/1,100,已完成,已付款\nB,2026/1/2,100,已完成,已退款\nC,2026/1/3,100,,已付款\n"
    assert clean(write(tmp_path, "a.csv", text)).column("status") == ["已完成", "已退款", "已付款"]


def test_a_chat_log(tmp_path: Path) -> None:
    text = (
        "\ufeff帳號名稱,日日咖啡\n時區,(UTC+08:00)\n下載時間,2026/05/03 12:00\n傳送者類型,傳送者名稱,傳送日期,傳送時間,內容\n"
        'User,小明,2026/05/01,12:30:00,"你好,\n請問"\nAccount,店長,2026/05/01,12:31:00,您好\n'
    )
    read = clean(write(tmp_path, "[LINE]小明_20260503.csv", text))
    assert (read.recipe.kind, read.recipe.header_row, read.recipe.chat_name) == ("chat_log", 4, "小明")
    assert read.rows == [
        {"sender_type": "user", "name": "小明", "sent_at": "2026-05-01T12:30:00", "message": "你好,\n請問"},
        {"sender_type": "account", "name": None, "sent_at": "2026-05-01T12:31:00", "message": "您好"},
    ]
    assert read.not_data == {"title": 3, "header": 1}


@pytest.mark.parametrize(
    "file", ["小明.csv", "20260503_小明.csv", "[LINE]小明.csv", "小明_20260503_1200.csv", "LINE_小明 (2).csv"]
)
def test_whose_chat_it_is(tmp_path: Path, file: str) -> None:
    text = "傳送者類型,傳送者名稱,傳送日期,傳送時間,內容\nUser,小明,2026/05/01,12:30:00,你好\n"
    assert recipe_of(write(tmp_path, file, text)).chat_name == "小明"


@pytest.mark.parametrize("header", ["", "userId\n", "LINE UID\r\n"])
def test_a_list_of_user_ids(tmp_path: Path, header: str) -> None:
    text = f"\ufeff{header}{USER_ID}\r\n {OTHER_ID.upper()} \r\n@lineid\r\n0912345678\r\n"
    read = clean(write(tmp_path, "ids.txt", text))
    assert read.recipe.kind == "user_ids"
    assert read.recipe.header_row == (1 if header else None)
    assert read.column("line_user_id") == [USER_ID, OTHER_ID, None, None]
    assert [reason for _, _, reason in read.reasons] == ["line_id_not_user_id", "phone_not_user_id"]


FORM = """時間戳記,您的姓名,手機號碼,您最喜歡的飲品？（可複選）,多久來一次？,想對我們說的話,是否願意收到優惠訊息？
2026/5/3 下午 3:12:00,王小明,0912345678,"拿鐵, 美式",每週,咖啡很好喝希望可以延長營業時間,願意
2026/5/3 下午 3:15:00,陳美玲,0922333444,拿鐵,每月,,不願意
2026/5/4 上午 9:00:00,林大同,0933444555,"拿鐵; 抹茶",每週,位子很少,願意
"""


def test_answers_of_a_form(tmp_path: Path) -> None:
    read = clean(write(tmp_path, "a.csv", FORM))
    assert read.recipe.kind == "form_answers"
    assert read.column("tags") == [("拿鐵", "美式", "每週"), ("拿鐵", "每月"), ("拿鐵", "抹茶", "每週")]
    assert read.column("consent") == [True, False, True]
    assert read.recipe.mapping["想對我們說的話"] == "extra"
    assert read.column("phone")[0] == "+886912345678"


@pytest.mark.parametrize("question", ["給我們的話", "心情"])
def test_what_people_say_is_no_tag_even_if_they_say_the_same(tmp_path: Path, question: str) -> None:
    said = ["豆子很香，會再回購", '"店員很親切\n音樂可以小聲一點"', "司康好吃"]
    lines = [f"時間戳記,手機,{question}"] + [f"2026/5/3,0912{n:06},{said[n % 3]}" for n in range(60)]
    assert recipe_of(write(tmp_path, "a.csv", "\n".join(lines))).mapping[question] == "extra"


REMARKS = "謝謝 加油 很好 司康好吃 座位少了點 甜點再多一些 喜歡窗邊的位子 早上人很多".split()


def test_a_few_remarks_that_come_again_are_no_choices(tmp_path: Path) -> None:
    said = [REMARKS[n // 4] if n % 4 == 0 else f"我是第{n}位說的人" for n in range(30)] + ["謝謝", "加油"] * 4
    choices = [["拿鐵", "拿鐵, 美式", "抹茶"][n % 3] for n in range(36)] + [
        "其他：店長手沖的那一款冰咖啡加檸檬",
        "可可",
    ]
    lines = ["時間戳記,手機,最後一題,飲品"] + [
        f'2026/5/3,0912{n:06},{said[n]},"{choices[n]}"' for n in range(38)
    ]
    mapping = recipe_of(write(tmp_path, "a.csv", "\n".join(lines))).mapping
    assert (mapping["最後一題"], mapping["飲品"]) == ("extra", "tags")


def test_the_sample_form_is_understood() -> None:
    assert recipe_of(resources_folder() / "sample" / "form_answers_20261120.csv").mapping == {
        "時間戳記": "extra",
        "您的會員編號或手機": "member_no",
        "喜歡的口味（可複選）": "tags",
        "通常什麼時候來？": "tags",
        "給我們的話": "extra",
    }


def test_several_sheets_the_one_with_people_is_chosen(tmp_path: Path) -> None:
    people = [["會員編號", "姓名", "手機"], ["A1", "王小明", "0912345678"]]
    orders = [["訂單編號", "訂單日期", "訂單金額", "手機"], ["1", "2026/1/1", 100, "0912345678"]]
    path = write(
        tmp_path, "a.xlsx", xlsx([["使用說明"], ["請依格式填寫"]], title="說明", 會員=people, 訂單=orders)
    )
    assert recipe_of(path).sheet == "會員"
    assert recipe_of(path, "訂單").kind == "orders"
    assert recipe_of(path, "3").sheet == "訂單"
    with open_source(path) as source:
        assert [(recipe.sheet, recipe.kind) for recipe in understand_all(source)] == [
            ("會員", "members"),
            ("訂單", "orders"),
        ]
        with pytest.raises(UserError) as caught:
            understand(source, "沒有")
    assert caught.value.text.key == "importing.error.no_such_sheet"


def test_a_column_named_by_the_owner_may_be_in_any_sheet(tmp_path: Path) -> None:
    people = [["會員編號", "姓名", "手機"], ["A1", "王小明", "0912345678"]]
    path = write(
        tmp_path,
        "a.xlsx",
        xlsx(people, title="一", 二=[["姓名", "手機", "暱稱"], ["陳", "0922333444", "小陳"]]),
    )
    with open_source(path) as source:
        both = understand_all(source, answers=Answers(fields={"暱稱": "note"}))
        assert [recipe.mapping.get("暱稱") for recipe in both] == [None, "note"]
        assert understand(source, "一", answers=Answers(fields={"暱稱": "note"})).sheet == "一"
        with pytest.raises(UserError):
            understand_all(source, answers=Answers(fields={"沒有": "note"}))


def test_columns_filled_only_far_down_are_seen(tmp_path: Path) -> None:
    lines = (
        ["姓名,手機,甲"]
        + [f"王{n},0912{n:06}," for n in range(8_000)]
        + [f"陳{n},0922{n:06},{USER_ID}" for n in range(30)]
    )
    assert recipe_of(write(tmp_path, "a.csv", "\n".join(lines))).mapping["甲"] == "line_user_id"


def test_an_order_of_dates_that_only_the_last_row_shows(tmp_path: Path) -> None:
    lines = ["姓名,手機,生日"] + [f"王{n},0912{n:06},0{n % 9 + 1}/0{n % 7 + 2}/1990" for n in range(35_000)]
    doubtful = write(tmp_path, "a.csv", "\n".join(lines))
    assert recipe_of(doubtful).questions[0].column == "生日"
    clear = write(tmp_path, "b.csv", "\n".join([*lines, "陳,0922333444,25/12/1990"]))
    assert recipe_of(clear).questions == ()
    assert clean(clear).rows[0]["birthday"] == "1990-02-01"


AMBIGUOUS = "姓名,手機,生日\n王小明,0912345678,12/6/1990\n陳美玲,0922333444,1/2/1991\n"


def test_an_ambiguous_column_is_a_question_with_its_option(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", AMBIGUOUS)
    with pytest.raises(QuestionOpen) as caught:
        recipe_of(path).raise_open_question()
    assert caught.value.option == '--dates "生日=dmy"'
    assert caught.value.text.params == {"column": "生日", "examples": ["12/6/1990", "1/2/1991"]}


@pytest.mark.parametrize(("order", "birthday"), [("dmy", "1990-06-12"), ("mdy", "1990-12-06")])
def test_the_answer_settles_it(tmp_path: Path, order: str, birthday: str) -> None:
    read = clean(write(tmp_path, "a.csv", AMBIGUOUS), dates={"生日": order})
    read.recipe.raise_open_question()
    assert read.rows[0]["birthday"] == birthday


def test_values_that_leave_no_doubt_count_more_than_an_old_answer(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", AMBIGUOUS + "林,0933444555,25/12/1990\n")
    assert clean(path, dates={"生日": "mdy"}).rows[2]["birthday"] == "1990-12-25"


def test_nothing_that_identifies_is_a_question_too(tmp_path: Path) -> None:
    recipe = recipe_of(write(tmp_path, "a.csv", "甲,乙\n好,很好\n不好,還好\n"))
    with pytest.raises(QuestionOpen) as caught:
        recipe.raise_open_question()
    assert caught.value.text.key == "importing.question.identity"


def test_the_owners_word_counts(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "姓名,手機,備註2,口味\n王小明,0912345678,a,拿鐵\n")
    recipe = recipe_of(path, fields={"備註2": "note", "口味": "tags", "手機": "ignore"})
    assert recipe.mapping == {"姓名": "name", "手機": "ignore", "備註2": "note", "口味": "tags"}
    assert {column.why for column in recipe.columns[1:]} == {"owner"}


def test_the_owners_word_takes_a_field_from_another_column(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "姓名,暱稱,手機\n王小明,小明,0912345678\n")
    assert recipe_of(path, fields={"暱稱": "name"}).mapping == {
        "姓名": "extra",
        "暱稱": "name",
        "手機": "phone",
    }


def test_order_fields_given_by_the_owner_make_it_orders(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "甲,乙,手機\nX1,2026/1/1,0912345678\n")
    assert recipe_of(path, fields={"甲": "order_no", "乙": "ordered_at"}).kind == "orders"


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ({"fields": {"沒有": "name"}}, "no_such_column"),
        ({"fields": {"姓名": "顏色"}}, "no_such_field"),
        ({"dates": {"沒有": "dmy"}}, "no_such_column"),
        ({"dates": {"姓名": "dym"}}, "no_such_order"),
    ],
)  # fmt: skip
def test_answers_that_fit_nothing(tmp_path: Path, answers: dict[str, dict[str, str]], key: str) -> None:
    path = write(tmp_path, "a.csv", "姓名,手機\n王小明,0912345678\n")
    with pytest.raises(UserError) as caught:
        recipe_of(path, **answers)
    assert caught.value.text.key == f"importing.error.{key}"


def test_a_recipe_is_known_again_by_its_header(tmp_path: Path) -> None:
    first = recipe_of(write(tmp_path, "a.csv", AMBIGUOUS), dates={"生日": "dmy"}, fields={"姓名": "extra"})
    turned = write(tmp_path, "b.csv", "生日,手機,姓名\n1/2/1992,0933444555,林\n")
    assert recipe_of(turned).fingerprint == first.fingerprint
    saved = Answers.from_json(first.answers().to_json())
    with open_source(turned) as source:
        again = understand(source, answers=saved)
    assert (again.questions, again.mapping["姓名"]) == ((), "extra")
    assert recipe_of(write(tmp_path, "c.csv", "姓名,手機\n王,0912345678\n")).fingerprint != first.fingerprint


def test_new_answers_over_old_ones() -> None:
    old = Answers(fields={"a": "name", "b": "note"}, sheet="一", kind="members")
    new = Answers(fields={"b": "tags"}, header_row=2)
    both = new.over(old)
    assert both.fields == {"a": "name", "b": "tags"}
    assert (both.sheet, both.header_row, both.kind) == ("一", 2, "members")


def test_a_password_is_neither_kept_nor_shown(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", "姓名,手機,密碼,身分證字號\n王小明,0912345678,hunter2,A123456789\n")
    for recipe in (recipe_of(path), recipe_of(path, fields={"密碼": "note", "身分證字號": "extra"})):
        assert [recipe.mapping[name] for name in ("密碼", "身分證字號")] == ["ignore", "ignore"]
        assert "hunter2" not in repr(recipe)
        assert "A123456789" not in repr(recipe)


def test_samples_before_and_after(tmp_path: Path) -> None:
    recipe = recipe_of(write(tmp_path, "a.csv", "姓名,手機\n王,912345678\n陳,9.12E+08\n"))
    phone = recipe.columns[1]
    assert [(sample.row, sample.before, sample.after, sample.problem) for sample in phone.samples] == [
        (2, "912345678", "+886912345678", None),
        (3, "9.12E+08", None, "phone_digits_lost"),
    ]


def test_no_name_means_two_fields_equally() -> None:
    for name in (
        "手機",
        "姓名",
        "標籤",
        "生日",
        "email",
        "LINE UID",
        "訂單編號",
        "會員編號",
        "氏名",
        "電話番号",
    ):
        best = match_name(name)
        assert len(best) == 1 or best[0].score > best[1].score


def test_every_field_of_the_command_line_can_be_found_by_a_name() -> None:
    for field in (*MEMBER_FIELDS, *ORDER_FIELDS):
        assert match_name(field.replace("_", " ")) or match_name(field), field
    assert set(ASSIGNABLE) >= {"ignore", "extra"}
    assert len(KINDS) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_programs_own_export_finds_its_fields_again(language: str) -> None:
    texts = load_catalogue(resources_folder() / "i18n" / language)
    for field in (*MEMBER_FIELDS, *ORDER_FIELDS):
        found = match_name(texts[f"importing.field.{field}"])
        assert field in {match.field for match in found if match.how == "exact"}, field


def test_keys_of_names() -> None:
    assert name_key("ＬＩＮＥ  ＵＩＤ（用戶 ID）") == name_key("line uid 用戶id")
