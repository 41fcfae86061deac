"""Files of orders in public layouts that no preset knows: they map themselves from their names and values."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from desktop.core.errors import QuestionOpen
from desktop.importer.formats.delimited import SPACES, sniff_separator
from tests.unit.importer.reading import clean, recipe_of, write

RETAIL = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,WHITE T-LIGHT HOLDER,6,12/1/2010 8:26,2.55,17850,United Kingdom
536365,71053,METAL LANTERN,6,12/1/2010 8:26,3.39,17850,United Kingdom
C536379,D,Discount,-1,12/1/2010 9:41,27.5,14527,United Kingdom
"""
LATER = "536500,22632,GLASS,2,12/13/2010 9:41,1.85,14527,United Kingdom\n"

LAYOUTS = {
    "online retail": (
        RETAIL + LATER,
        "InvoiceNo=order_no Description=item Quantity=quantity InvoiceDate=ordered_at UnitPrice=item_amount CustomerID=member_no",
        {
            "order_no": "536365",
            "ordered_at": "2010-12-01T08:26:00",
            "quantity": 6,
            "item_amount": 15.3,
            "member_no": "17850",
        },
    ),
    "online retail ii": (
        "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n"
        "489434,85048,15CM GLASS BALL,12,2009-12-01 07:45:00,6.95,13085.0,United Kingdom\n"
        "489434,79323P,PINK LIGHTS,12,2009-12-01 07:45:00,6.75,13085.0,United Kingdom\n"
        "C489449,22087,PAPER BUNTING,-12,2009-12-01 10:33:00,2.95,16321.0,Australia\n",
        "Invoice=order_no Description=item Quantity=quantity InvoiceDate=ordered_at Price=item_amount Customer_ID=member_no",
        {
            "order_no": "489434",
            "ordered_at": "2009-12-01T07:45:00",
            "item_amount": 83.4,
            "member_no": "13085",
        },
    ),
    "cdnow": (
        "customer_id,date,quantity,amount\n1,19970101,1,11.77\n2,19970112,1,12.00\n2,19970112,5,77.00\n",
        "customer_id=member_no date=ordered_at quantity=quantity amount=amount",
        {"member_no": "1", "ordered_at": "1997-01-01", "amount": 11.77},
    ),
    "olist": (
        "order_id,customer_unique_id,order_status,order_purchase_timestamp,payment_value\n"
        "e481f51cbdc54678b7cc49136f2d6af7,861eff4711a542e4b93843c6dd7febb0,delivered,2017-10-02 10:56:33,38.71\n"
        "53cdb2fc8bc7dce0b6741e2150273451,290c77bc529b7ac935b93aa66c333dc3,canceled,2018-07-24 20:41:37,141.46\n",
        "order_id=order_no customer_unique_id=member_no order_status=status order_purchase_timestamp=ordered_at payment_value=amount",
        {"ordered_at": "2017-10-02T10:56:33", "amount": 38.71, "status": "delivered"},
    ),
    "olist with every step of the delivery": (
        "order_id,customer_id,order_status,order_approved_at,order_purchase_timestamp,order_delivered_customer_date\n"
        "e481f5,9ef432,delivered,2017-10-02 11:07:15,2017-10-02 10:56:33,2017-10-10 21:25:13\n"
        "53cdb2,b0830f,delivered,2018-07-26 03:24:27,2018-07-24 20:41:37,2018-08-07 15:27:45\n",
        "order_purchase_timestamp=ordered_at order_approved_at=ignore order_delivered_customer_date=ignore customer_id=member_no",
        {"ordered_at": "2017-10-02T10:56:33"},
    ),
    "superstore": (
        "Row ID,Order ID,Order Date,Ship Date,Customer ID,Customer Name,Product Name,Sales,Quantity,Discount,Profit\n"
        "1,CA-152156,11/8/2016,11/11/2016,CG-12520,Claire Gute,Bookcase,261.96,2,0,41.9136\n"
        "2,CA-152156,11/8/2016,11/11/2016,CG-12520,Claire Gute,Chairs,731.94,3,0,219.582\n"
        "3,CA-138688,6/12/2016,6/16/2016,DV-13045,Darrin Van Huff,Labels,14.62,2,0,6.8714\n"
        "4,US-108966,10/18/2015,10/25/2015,SO-20335,Sean Donnell,Table,957.5775,5,0.45,-383.031\n",
        "Order_ID=order_no Order_Date=ordered_at Ship_Date=ignore Customer_ID=member_no Customer_Name=name Sales=item_amount "
        "Quantity=quantity Discount=ignore Profit=ignore Product_Name=item",
        {"ordered_at": "2016-11-08", "item_amount": 261.96},
    ),
    "uk e-commerce": (
        "TransactionNo,Date,ProductNo,ProductName,Price,Quantity,CustomerNo,Country\n"
        "581482,12/9/2019,22485,Wooden Crates,21.47,12,17490,United Kingdom\n"
        "581475,12/19/2019,22596,Chalkboard,10.65,36,13069,United Kingdom\n",
        "TransactionNo=order_no Date=ordered_at ProductName=item Price=item_amount Quantity=quantity CustomerNo=member_no",
        {"ordered_at": "2019-12-09", "item_amount": 257.64},
    ),
    "a taiwanese cash register": (
        "交易序號,交易日期,交易時間,會員卡號,品名,數量,單價,小計,總計\n"
        "T0001,2026/10/01,09:15:20,K0001,拿鐵,2,120,240,320\nT0001,2026/10/01,09:15:20,K0001,可頌,1,80,80,320\n"
        "T0002,2026/10/01,10:20:00,,美式,1,90,90,90\n",
        "交易序號=order_no 交易日期=ordered_at 交易時間=ordered_at 會員卡號=member_no 品名=item 數量=quantity 單價=ignore 小計=item_amount 總計=amount",
        {"ordered_at": "2026-10-01T09:15:20", "amount": 320, "item_amount": 240},
    ),
    "a cash register without subtotals": (
        '單號,日期,時間,會員手機,品項,數量（杯）,售價（元）\nT0001,2026/10/01,09:15,0912345678,拿鐵,2,"1,120"\n'
        "T0001,2026/10/01,09:15,0912345678,可頌,1,80\nT0002,2026/10/02,10:20,0922333444,美式,,90\n",
        "單號=order_no 日期=ordered_at 時間=ordered_at 會員手機=phone 品項=item 數量（杯）=quantity 售價（元）=item_amount",
        {"ordered_at": "2026-10-01T09:15:00", "item_amount": 2240},
    ),
    "japanese e-commerce": (
        "注文番号,注文日時,会員ID,商品名,個数,小計,合計金額,ステータス\n"
        "A1001,2026/10/01 09:15:20,M001,コーヒー豆,2,2400,3200,発送済み\nA1001,2026/10/01 09:15:20,M001,マグ,1,800,3200,発送済み\n"
        "A1002,2026/10/02 10:00:00,M002,マグ,1,800,800,キャンセル\n",
        "注文番号=order_no 注文日時=ordered_at 会員ID=member_no 商品名=item 個数=quantity 小計=item_amount 合計金額=amount ステータス=status",
        {"ordered_at": "2026-10-01T09:15:20", "amount": 3200, "item_amount": 2400},
    ),
    "japanese with prices of one piece": (
        "注文番号,注文日,会員番号,商品名,単価,数量\nA1001,2026年10月1日,M001,豆,1200,2\nA1002,2026年10月2日,M002,マグ,800,1\n",
        "単価=item_amount 数量=quantity 注文日=ordered_at",
        {"item_amount": 2400},
    ),
    "a price beside a total": (
        "Transaction ID,Date,Customer ID,Gender,Age,Product Category,Quantity,Price per Unit,Total Amount\n"
        "1,2023-11-24,CUST001,Male,34,Beauty,3,50,150\n2,2023-02-27,CUST002,Female,26,Clothing,2,500,1000\n",
        "Transaction_ID=order_no Date=ordered_at Customer_ID=member_no Price_per_Unit=ignore Total_Amount=amount Gender=ignore",
        {"amount": 150},
    ),
    "names that say nothing": (
        "order_id,customer_id,when,what,worth\n1,c1,2024-01-02,tea,61.5\n2,c2,2024-01-03,cake,80\n",
        "order_id=order_no customer_id=member_no when=ordered_at worth=amount",
        {"ordered_at": "2024-01-02", "amount": 61.5},
    ),
    "joined words": (
        "OrderID,OrderDate,CustomerID,CustomerName,OrderTotal,OrderStatus\n1001,2024-01-02,C1,Amy Wang,120.5,paid\n",
        "OrderID=order_no OrderDate=ordered_at CustomerID=member_no CustomerName=name OrderTotal=amount OrderStatus=status",
        {"amount": 120.5},
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_orders_nobody_listed_map_themselves(tmp_path: Path, layout: str) -> None:
    text, mapping, first = LAYOUTS[layout]
    read = clean(write(tmp_path, "orders.csv", text))
    expected = dict(pair.split("=") for pair in mapping.split())
    found = {name.replace(" ", "_"): field for name, field in read.recipe.mapping.items()}
    assert read.recipe.kind == "orders"
    assert {name: found[name] for name in expected} == expected
    assert {field: read.rows[0][field] for field in first} == first
    assert read.problems == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_order_of_the_columns_does_not_matter(tmp_path: Path, layout: str) -> None:
    rows = [line.split(",") for line in LAYOUTS[layout][0].replace('"1,120"', "1120").splitlines()]
    places = list(range(len(rows[0])))
    random.Random(layout).shuffle(places)
    shuffled = "\n".join(",".join(row[place] for place in places) for row in rows) + "\n"
    straight = recipe_of(write(tmp_path, "a.csv", "\n".join(map(",".join, rows)) + "\n"))
    assert recipe_of(write(tmp_path, "b.csv", shuffled)).mapping == straight.mapping


def test_american_dates_that_may_be_read_either_way_are_asked(tmp_path: Path) -> None:
    recipe = recipe_of(write(tmp_path, "a.csv", RETAIL))
    with pytest.raises(QuestionOpen) as caught:
        recipe.raise_open_question()
    assert caught.value.option == '--dates "InvoiceDate=dmy"'
    assert recipe_of(write(tmp_path, "b.csv", RETAIL + LATER)).questions == ()


def test_the_preview_shows_the_amount_that_is_kept(tmp_path: Path) -> None:
    recipe = recipe_of(write(tmp_path, "a.csv", RETAIL + LATER))
    (price,) = [column for column in recipe.columns if column.name == "UnitPrice"]
    assert [(sample.before, sample.after) for sample in price.samples[:3]] == [
        ("2.55", 15.3),
        ("3.39", 20.34),
        ("27.5", -27.5),
    ]


def test_a_price_without_a_quantity_is_the_amount(tmp_path: Path) -> None:
    read = clean(
        write(
            tmp_path,
            "a.csv",
            "order_id,customer_id,order_date,price\n1,c1,2024-01-02,61\n2,c2,2024-01-03,80\n",
        )
    )
    assert read.column("amount") == [61, 80]


def test_a_column_the_owner_gave_the_amount_is_not_multiplied(tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", RETAIL + LATER)
    assert clean(path, fields={"UnitPrice": "item_amount"}).rows[0]["item_amount"] == 2.55


def test_several_columns_of_money_are_not_guessed_at(tmp_path: Path) -> None:
    text = "order_id,customer_id,order_date,worth,plus\n1,c1,2024-01-02,61.5,3.5\n2,c2,2024-01-03,80.5,4.5\n"
    mapping = recipe_of(write(tmp_path, "a.csv", text)).mapping
    assert (mapping["worth"], mapping["plus"]) == ("ignore", "ignore")


CASH_REGISTER = " 00001 19970101  1   11.77\n 00002 19970112  1   12.00\n 00002 19970112  5   77.00\n 00003 19970330  2   20.76\n"


def test_orders_without_a_header_whose_columns_stand_under_each_other(tmp_path: Path) -> None:
    read = clean(write(tmp_path, "CDNOW_master.txt", CASH_REGISTER))
    assert (read.recipe.kind, read.recipe.header_row) == ("orders", None)
    assert read.recipe.mapping == {"A": "member_no", "B": "ordered_at", "C": "quantity", "D": "amount"}
    assert read.rows[2] == {"member_no": "00002", "ordered_at": "1997-01-12", "quantity": 5, "amount": 77}
    assert read.numbers == [1, 2, 3, 4]


def test_a_second_column_of_numbers_is_not_the_buyer(tmp_path: Path) -> None:
    text = " 00004 1 19970101  2   29.33\n 00004 1 19970118  2   29.73\n 00021 2 19970101  3   63.34\n 00050 3 19970101  1    6.79\n"
    assert recipe_of(write(tmp_path, "a.txt", text)).mapping == {
        "A": "member_no", "B": "ignore", "C": "ordered_at", "D": "quantity", "E": "amount",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Amy B Wang\nBob C Lee\nCid D Chen\n",
        "we sold 12 cups\nwe sold 13 cups\n",
        "0912 345 678\n0922 333 444\n0933 444 555\n",
    ],
)
def test_words_with_spaces_between_them_are_no_table(text: str) -> None:
    assert sniff_separator(text) != SPACES


def test_numbers_that_count_the_rows_are_no_money(tmp_path: Path) -> None:
    text = (
        "order_id,customer_id,order_date,line\nA1,c1,2024-01-02,1\nA2,c2,2024-01-03,2\nA3,c2,2024-01-03,3\n"
    )
    assert recipe_of(write(tmp_path, "a.csv", text)).mapping["line"] == "ignore"


def test_what_kind_of_customer_is_no_state_of_an_order(tmp_path: Path) -> None:
    text = (
        "Invoice ID,Branch,Customer type,Unit price,Quantity,Total,Date,Time\n"
        "750-67,A,Member,74.69,7,548.9715,1/5/2019,13:08\n226-31,C,Normal,15.28,5,80.22,3/28/2019,10:29\n"
    )
    assert recipe_of(write(tmp_path, "a.csv", text)).mapping == {
        "Invoice ID": "order_no", "Branch": "store", "Customer type": "ignore", "Unit price": "ignore",
        "Quantity": "quantity", "Total": "amount", "Date": "ordered_at", "Time": "ordered_at",
    }  # fmt: skip
