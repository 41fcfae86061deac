"""The exports shops really have, each in the container it comes in, are read with the right rows and with nothing to ask."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from desktop.importer.cleaning import data_rows
from desktop.importer.reader import open_source
from desktop.importer.understanding import understand_all
from tests.unit.importer.binary_workbooks import xlsb
from tests.unit.importer.reading import USER_ID, clean, write
from tests.unit.importer.workbooks import ods, xls, xlsx

HEADER = [
    "顧客 ID",
    "全名",
    "電郵",
    "加入日期",
    "累積金額",
    "會員",
    "LINE 註冊 ID",
    "聯絡電話",
    "會員綁定手機號碼",
    "標籤",
]
PEOPLE = [
    [f"5f1e0a0b0c0d0e0f0102030{n}", f"王小{c}", f"a{n}@b.tw", "2026-05-03 23:34:20", "NT$1,455", "Y", USER_ID[:-1] + str(n), "", f"091234567{n}", "熟客, VIP"]
    for n, c in enumerate("明美華")
]  # fmt: skip
MEMBERS = [HEADER, *PEOPLE]


def csv_of(rows: list[list[str]], separator: str = ",", end: str = "\r\n") -> str:
    return end.join(separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows) + end


def html_of(rows: list[list[str]]) -> str:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<html><head><meta charset="big5"></head><body><table border="1">{body}</table></body></html>'


def spreadsheet_xml_of(rows: list[list[str]]) -> str:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    body = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>"
        for row in rows
    )
    return f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="Users"><Table>{body}</Table></Worksheet></Workbook>'


def zip_of(files: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


CONTAINERS = {
    "ShoplineCustomerReport.xls": xls(MEMBERS),
    "xlsx.xls": xlsx(MEMBERS),
    "a.xlsx": xlsx(MEMBERS),
    "a.xlsb": xlsb({"Users": MEMBERS}),
    "a.ods": ods(MEMBERS),
    "web.xls": html_of(MEMBERS).encode("cp950"),
    "xml.xls": spreadsheet_xml_of(MEMBERS).encode(),
    "text.xlsx": csv_of(MEMBERS).encode("cp950"),
    "bom.csv": csv_of(MEMBERS).encode("utf-8-sig"),
    "plain.csv": csv_of(MEMBERS).encode(),
    "big5.csv": csv_of(MEMBERS).encode("cp950"),
    "gb.csv": csv_of(MEMBERS).encode("gb18030"),
    "unicode.txt": csv_of(MEMBERS, "\t").encode("utf-16"),
    "big endian.txt": b"\xfe\xff" + csv_of(MEMBERS, "\t").encode("utf-16-be"),
    "semicolon.csv": csv_of(MEMBERS, ";").encode(),
    "pipe.txt": csv_of(MEMBERS, "|").encode(),
    "sep.csv": ("sep=;\r\n" + csv_of(MEMBERS, ";")).encode(),
    "old mac.csv": csv_of(MEMBERS, end="\r").encode(),
    "unix.csv": csv_of(MEMBERS, end="\n").encode(),
    "a.zip": zip_of({"匯出/Users.csv": csv_of(MEMBERS).encode("cp950")}),
    "b.zip": zip_of({"Users.xls": xls(MEMBERS)}),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_members_in_every_container(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, CONTAINERS[name])
    with open_source(path) as source:
        (recipe,) = understand_all(source)
    recipe.raise_open_question()
    read = clean(path, recipe.sheet or None)
    assert read.column("name") == ["王小明", "王小美", "王小華"]
    assert read.column("member_no") == [row[0] for row in PEOPLE]
    assert read.column("phone") == [f"+88691234567{n}" for n in range(3)]
    assert read.column("line_user_id") == [row[6] for row in PEOPLE]
    assert read.column("total") == [1455] * 3
    assert read.column("tags") == [("熟客", "VIP")] * 3
    assert read.problems == []


WACA = [
    ["訂單資訊", "", "", "商品資訊", "", "", "", "", "", ""],
    ["訂單狀態", "訂單編號", "購買日期", "商品編號", "品名", "多規格名稱一", "多規格名稱二", "規格編號", "訂單商品數量", "小計"],
    ["完成付款", "W20260503001", "2026-05-03 12:00", "P1", "拿鐵", "大", "熱", "S1", "2", "1,240"],
    ["完成付款", "W20260503001", "2026-05-03 12:00", "", "折扣", "", "", "", "1", "-40"],
    ["處理中", "W20260503002", "2026-05-04 12:00", "P2", "美式", "", "", "", "1", "80"],
]  # fmt: skip


def test_orders_under_a_grouped_header(tmp_path: Path) -> None:
    read = clean(write(tmp_path, "orders-20260503.xlsx", xlsx(WACA, title="orders")))
    assert (read.recipe.kind, read.recipe.layout.header_rows, read.numbers) == ("orders", (1, 2), [3, 4, 5])
    assert read.column("order_no") == ["W20260503001", "W20260503001", "W20260503002"]
    assert read.column("item_amount") == [1240, -40, 80]


CYBERBIZ = [
    "姓名 電子郵件信箱 手機 生日 性別 其他通路累積金額 累積金額成立時間 剩餘紅利點數 紅利點數截止日期 標籤 備註 電話 公司 郵遞區號 地址 贈送註冊禮 贈送生日禮 密碼".split(),
    ["範例：張小美", "a@b.tw", "0911000000", "1990/01/01", "女", "0", "", "0", "", "", "", "", "", "", "", "N", "N", "abc123"],
    ["王小明", "c@d.tw", "0912345678", "1990/02/03", "男", "1200", "", "5", "", "熟客", "", "", "", "100", "台北市", "N", "N", "secret9"],
]  # fmt: skip


def test_a_template_with_its_sample_row_and_passwords(tmp_path: Path) -> None:
    path = write(tmp_path, "members.xlsx", xlsx(CYBERBIZ))
    read = clean(path)
    assert (read.column("name"), read.not_data) == (["王小明"], {"header": 1, "sample": 1})
    assert read.recipe.mapping["密碼"] == "ignore"
    assert "secret9" not in str(read.rows)


SHOPIFY = (
    "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Phone,Total Spent,Total Orders,Note,Tax Exempt,Tags\n\
'7210448301122,Amy,Chen,amy@b.tw,yes,'+886912345678,1455.00,3,,no,\"VIP, 熟客\"\n"
)


def test_apostrophes_before_ids_and_phones(tmp_path: Path) -> None:
    read = clean(write(tmp_path, "customers_export.csv", SHOPIFY))
    assert (read.column("member_no"), read.column("phone")) == (["7210448301122"], ["+886912345678"])
    assert (read.column("total"), read.column("orders")) == ([1455], [3])
    assert read.column("tags") == [("VIP", "熟客")]


CHAT = (
    '\ufeff帳號名稱,日日咖啡\r\n時區,(UTC+08:00)\r\n下載時間,2026/05/03 12:00\r\n傳送者類型,傳送者名稱,傳送日期,傳送時間,內容\r\n\
User,{name},2026/05/01,12:30:00,"你好,\r\n請問"\r\nAccount,店長,2026/05/01,12:31:00,您好\r\n'
)


def test_a_zip_of_chats_is_one_table_a_friend(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"[LINE]{n}_20260503.csv": CHAT.format(name=n) for n in ("小明", "美玲", "Amy🍰")
    }
    with open_source(write(tmp_path, "chats.zip", zip_of(files))) as source:
        recipes = [recipe for recipe in understand_all(source) if recipe.kind == "chat_log"]
        names = {recipe.chat_name for recipe in recipes}
        assert len(source.sheets) == 3
        for recipe in recipes:
            rows = data_rows(source, recipe)
            assert sum(len(batch.rows) for batch in rows) == 2
    assert names == {"小明", "美玲", "Amy🍰"}


def test_members_and_orders_in_one_workbook_and_a_page_of_words(tmp_path: Path) -> None:
    words = [["使用說明"], ["1. 請勿更動欄位"], ["2. 匯出時間 2026/05/03"]]
    book = xlsx(words, title="說明", 會員=MEMBERS, 訂單=WACA[1:])
    with open_source(write(tmp_path, "店.xlsx", book)) as source:
        assert [(recipe.sheet, recipe.kind) for recipe in understand_all(source)] == [
            ("會員", "members"),
            ("訂單", "orders"),
        ]


MESSY = [
    ["日日咖啡 會員名單"],
    ["匯出日期：", "2026/05/03"],
    [],
    ["會員編號", "", "姓名", "手機", "備註", "備註"],
    ["合計", "", "3 人"],
    ["範例：A0", "", "範例：王小美", "0900000000"],
    ["A1", "", "王小明", "0912345678", "甲", "乙"],
    ["A2", "", "陳美玲", "0922333444"],
    [],
    ["日日咖啡 會員名單"],
    ["會員編號", "", "姓名", "手機", "備註", "備註"],
    ["A3", "", "林大同", "0933444555", "", "丙"],
    ["小計", "", "", "3"],
    *([] for _ in range(5_000)),
]


@pytest.mark.parametrize("form", ["xlsx", "csv", "xlsb"])
def test_everything_a_report_puts_around_its_table(tmp_path: Path, form: str) -> None:
    data = {
        "xlsx": lambda: xlsx(MESSY),
        "csv": lambda: "\n".join(",".join(row) for row in MESSY).encode("utf-8-sig") + b"\n",
        "xlsb": lambda: xlsb({"a": MESSY}),
    }[form]()
    read = clean(write(tmp_path, f"a.{form}", data))
    assert (read.recipe.header_row, read.numbers) == (4, [7, 8, 12])
    assert read.column("name") == ["王小明", "陳美玲", "林大同"]
    assert [column.name for column in read.recipe.columns] == ["會員編號", "姓名", "手機", "備註", "備註 (2)"]
    told = dict(read.not_data)
    assert told.pop("blank") >= 2
    assert told == {"title": 3, "header": 1, "total": 2, "sample": 1, "repeated_header": 1}
