"""Orders as web shops and tills give them out: a row for each order, a row for each item, amounts on the first row only."""

from __future__ import annotations

from tests.unit.importer.platforms.columns import (
    ROWS_OF_ITEMS,
    ROWS_OF_ORDERS,
    Export,
    counted,
    filled,
    mail,
    name,
    of,
    order_no,
    phone,
    sold,
    sold_at,
    state,
    total,
    uid,
)
from tests.unit.importer.platforms.people import Line


def _item(line: Line) -> str:
    return line.item


def _count(line: Line) -> int:
    return line.count


def _amount(line: Line) -> int:
    return line.amount


def _price(line: Line) -> int:
    return line.price


def _refund(line: Line) -> int:
    return line.sale.refund


ZH = "已完成|已完成|已取消|已退款|部分退款"

SHOPLINE = Export(
    "orders with totals on their first row",
    "orders",
    [
        order_no("訂單號碼", "20250{n}"), sold_at("訂單日期", first_only=True), state("訂單狀態", ZH), state("付款狀態", "已付款|已付款|未付款|已退款|部分退款"), filled("送貨狀態", "ignore", "已送達", "備貨中"), name("顧客"), counted("顧客 ID", "member_no", "64a1{n:020}"),
        mail("電郵"), phone("電話號碼"), filled("收件人", "ignore", "王收件"), filled("收件人電話號碼", "ignore", "0933444555"), filled("付款方式", "ignore", "信用卡", "LINE Pay"), filled("送貨方式", "ignore", "超商取貨", "宅配"), filled("發票號碼", "ignore", "QX12345678", "QX12345699"), filled("統一編號", "ignore", "", "24536806"),
        sold("商品名稱", "item", _item), counted("商品貨號", "ignore", "SKU-{n}"), filled("選項", "ignore", "大", "小"), sold("數量", "quantity", _count), sold("商品結帳價", "ignore", _price, looked_at=False), filled("折扣金額", "ignore", "0", "-20"), filled("運費", "ignore", "60", "0"), total("訂單小計", "NT$", first_only=True, field="ignore|amount"), total("訂單合計", "NT$", first_only=True), total("付款總金額", "NT$", first_only=True, field="ignore|amount"),
        sold("退款金額", "refund", _refund, lambda amount: f"NT${amount}"), filled("訂單備註", "ignore", "", "少冰"), filled("會員等級", "ignore", "VIP"), filled("購物金折抵", "ignore", "0", "50"), filled("預計出貨日", "ignore", "2026/01/03"),
    ],
    ROWS_OF_ITEMS,
)  # fmt: skip

WACA = Export(
    "orders with a row for each item and no total",
    "orders",
    [
        state("訂單狀態", "完成付款|處理中|取消訂單|已退貨退款|部份退款"), order_no("訂單編號", "W{n}"), sold_at("購買日期", "/"), counted("商品編號", "ignore", "P{n}"), sold("品名", "item", _item), filled("多規格名稱一", "ignore", "大", "中"), filled("多規格名稱二", "ignore", ""), filled("規格編號", "ignore", "S1"), sold("訂單商品數量", "quantity", _count), sold("單價", "ignore", _price, looked_at=False), sold("小計", "item_amount", _amount, lambda amount: f"{amount:,}"),
        name("訂購人"), phone("訂購人手機", "dash"), mail("訂購人Email"), name("收件人", "ignore"), filled("收件地址", "ignore", "台北市"),
    ],
    ROWS_OF_ITEMS,
)  # fmt: skip

SHOPIFY = Export(
    "orders of the best known platform",
    "orders",
    [
        order_no("Name", "#{n}"), mail("Email"), state("Financial Status", "paid|paid|voided|refunded|partially_refunded"), filled("Paid at", "ignore", "2025-01-02 10:00:00 +0800"), filled("Fulfillment Status", "ignore", "fulfilled"), filled("Accepts Marketing", "ignore", "yes"), filled("Currency", "ignore", "TWD"), total("Subtotal", "decimals", first_only=True, field="ignore"), filled("Shipping", "ignore", "60.00"), filled("Taxes", "ignore", "0.00"), total("Total", "decimals", first_only=True), filled("Discount Code", "ignore", ""), filled("Discount Amount", "ignore", "0.00"), filled("Shipping Method", "ignore", "Standard"),
        sold_at("Created at", "+0800"), sold("Lineitem quantity", "quantity", _count), sold("Lineitem name", "item", _item), sold("Lineitem price", "ignore", _price, lambda price: f"{price}.00", looked_at=False), of("Billing Name", "name", "first"), filled("Billing Phone", "phone", "'+886911222333"), filled("Shipping Name", "ignore", "Zed Who"), filled("Shipping Phone", "ignore", "+886911222444"), filled("Notes", "ignore", ""), filled("Cancelled at", "status", ""), filled("Payment Method", "ignore", "card"), sold("Refunded Amount", "refund", _refund, lambda amount: f"{amount}.00"), filled("Vendor", "ignore", "Shop"), counted("Id", "ignore", "53000{n:06}"), filled("Risk Level", "ignore", "Low"), filled("Source", "ignore", "web"), phone("Phone", "apostrophe", "phone"),
    ],
    ROWS_OF_ITEMS,
)  # fmt: skip

WOO = Export(
    "orders of an open-source shop",
    "orders",
    [
        order_no("order_id"), sold_at("order_date"), state("status", "wc-completed|wc-processing|wc-cancelled|wc-refunded|wc-completed"), filled("shipping_total", "ignore", "60.00"), filled("tax_total", "ignore", "0.00"), filled("discount_total", "ignore", "0.00"), total("order_total", "decimals"), sold("refunded_total", "refund", _refund, lambda amount: f"-{amount}.00" if amount else "0"), filled("payment_method", "ignore", "ecpay"), counted("customer_user", "member_no", "{n}"), of("billing_first_name", "name", "first", keep=lambda value: None), of("billing_last_name", "name", "last", keep=lambda value: None), mail("billing_email"), phone("billing_phone", "886"), filled("shipping_first_name", "ignore", "Zed"), filled("customer_note", "ignore", "", "call me"),
    ],
    ROWS_OF_ORDERS,
)  # fmt: skip

POS_ITEMS = Export(
    "daily sales of a till, a row for each item",
    "orders",
    [
        sold_at("營業日", "/", days=True), filled("機號", "ignore", "01", "02"), sold("時間", "ordered_at", lambda line: None, lambda _: "12:30", looked_at=False), order_no("單號", "0{n}"), sold("發票號碼", "ignore", lambda line: line.sale.invoice, looked_at=False), filled("載具", "ignore", "/ABC1234", "/XYZ9876"), filled("統編", "ignore", "", "24536806"), of("門市", "store", "store"), filled("店員", "ignore", "小林", "阿明"), phone("會員電話"), sold("品項", "item", _item), sold("數量", "quantity", _count), sold("單價", "ignore", _price, looked_at=False), filled("折扣", "ignore", "0"), sold("金額", "item_amount", _amount), filled("付款別", "ignore", "現金", "LINE Pay"),
    ],
    ROWS_OF_ITEMS,
)  # fmt: skip

POS_INVOICES = Export(
    "sales of a till whose only number is the invoice's",
    "orders",
    [
        sold_at("交易時間", "/"), sold("發票號碼", "order_no", lambda line: line.sale.invoice), counted("會員卡號", "member_no", "{n:010}"), sold("含稅金額", "amount", lambda line: line.sale.total), filled("稅額", "ignore", "5", "9"), filled("未稅金額", "ignore", "100", "180"), state("發票狀態", "開立|開立|作廢|開立|開立"), filled("買方統編", "ignore", "", "24536806"), filled("載具號碼", "ignore", "/ABC1234"), of("分店", "store", "store"), filled("隨機碼", "ignore", "1234", "8765"),
    ],
    ROWS_OF_ORDERS,
)  # fmt: skip

ICHEF = Export(
    "checks of a restaurant",
    "orders",
    [
        sold_at("結帳時間", "-"), order_no("帳單編號", "B{n}"), filled("桌號", "ignore", "A1", "B2"), filled("來客數", "ignore", "2", "4"), filled("訂單類型", "ignore", "內用", "外帶"), sold("原始金額", "ignore", lambda line: line.sale.total, looked_at=False), filled("服務費", "ignore", "0", "30"), filled("折扣", "ignore", "0"), sold("實收金額", "amount", lambda line: line.sale.total), state("狀態", "已結帳|已結帳|作廢|已退款|已結帳"), filled("結帳人員", "ignore", "小美"), phone("顧客電話", "plain"), name("顧客名稱"), filled("發票統編", "ignore", ""),
    ],
    ROWS_OF_ORDERS,
)  # fmt: skip

DELIVERY = Export(
    "a report of a delivery service",
    "orders",
    [
        order_no("訂單編號", "FD-{n}"), of("餐廳名稱", "store", "store"), sold_at("下單時間", "/"), filled("取餐時間", "ignore", "2025/03/02 12:10"), sold("餐點小計", "ignore|item_amount", lambda line: line.sale.total, looked_at=False), filled("平台服務費", "ignore", "-30"), filled("運費", "ignore", "49"), total("訂單總額", "$"), state("訂單狀態", "已完成|已完成|顧客取消|已退款|部分退款"), sold("退款金額", "refund", _refund), name("顧客名稱"), filled("外送員", "ignore", "陳外送"), filled("付款方式", "ignore", "線上"),
    ],
    ROWS_OF_ORDERS,
)  # fmt: skip

NINETY = Export(
    "orders of an app shop",
    "orders",
    [
        order_no("主單編號", "TG{n}"), counted("訂單編號", "ignore|order_no", "TS{n:08}"), sold_at("轉單日期時間", "/"), counted("會員編號", "member_no", "A{n:07}"), name("訂購人"), phone("訂購人電話"), name("收件人", "ignore"), filled("收件人電話", "ignore", "0911222333"), sold("商品名稱", "item", _item), sold("數量", "quantity", _count), sold("銷售金額(折扣後)", "item_amount", _amount), filled("折扣金額", "ignore", "0", "-5"), state("訂單狀態", "已出貨|已完成|已取消|已退貨|已完成"), filled("通路商", "ignore", "官網"),
    ],
    ROWS_OF_ITEMS,
)  # fmt: skip

BASE = Export(
    "orders of a Japanese shop platform",
    "orders",
    [
        order_no("注文ID", "{n}ABCDEF"), sold_at("注文日時"), of("氏(請求先)", "name", "ja", lambda value: value.split()[0], lambda value: None), of("名(請求先)", "name", "ja", lambda value: value.split()[1], lambda value: None), filled("郵便番号(請求先)", "ignore", "150-0001"), filled("都道府県(請求先)", "ignore", "東京都"), filled("電話番号(請求先)", "phone", "09012345678"), mail("メールアドレス(請求先)"), filled("氏(配送先)", "ignore", "別"), filled("名(配送先)", "ignore", "人"), filled("電話番号(配送先)", "ignore", "09099998888"), filled("備考", "ignore", ""), counted("商品ID", "ignore", "{n}"), sold("商品名", "item", _item), filled("バリエーション", "ignore", "M"), sold("価格", "ignore", _price, looked_at=False), filled("税率", "ignore", "8", "10"), sold("数量", "quantity", _count), total("合計金額"), filled("送料", "ignore", "500"), filled("支払い方法", "ignore", "クレジットカード"), state("発送状況", "発送済み|発送済み|キャンセル|発送済み|対応中", "status|ignore"),
    ],
    ROWS_OF_ITEMS,
    country="JP",
)  # fmt: skip

SMAREGI = Export(
    "transactions of a Japanese till",
    "orders",
    [
        order_no("取引ID", "{n}"), sold_at("取引日時", "/"), state("取引区分", "通常|通常|通常|通常|通常", "ignore|status"), state("取消区分", "通常|通常|取消|取消|通常", "status"), of("店舗名", "store", "store"), counted("会員コード", "member_no", "9{n:09}"), filled("客層", "ignore", "20代女性"), filled("担当者", "ignore", "佐藤"), sold("小計", "ignore|item_amount", lambda line: line.sale.total, looked_at=False), filled("値引き", "ignore", "0"), filled("内消費税", "ignore", "30"), total("合計", "¥"), filled("使用ポイント", "ignore", "0", "10"), filled("付与ポイント", "ignore", "3"),
    ],
    ROWS_OF_ORDERS,
    country="JP",
)  # fmt: skip

SQUARE = Export(
    "transactions of a card reader",
    "orders",
    [
        sold_at("Date", "mdy", days=True), sold("Time", "ordered_at", lambda line: None, lambda _: "12:30:00", looked_at=False), filled("Time Zone", "ignore", "Taipei"), sold("Gross Sales", "ignore|amount", lambda line: line.sale.total, lambda n: f"${n}.00", looked_at=False), filled("Discounts", "ignore", "$0.00"), filled("Tax", "ignore", "$0.00"), filled("Tip", "ignore", "$0.00"), sold("Partial Refunds", "refund", lambda line: 30 if line.sale.state == 4 else 0, lambda n: f"-${n}.00" if n else "$0.00"), sold("Total Collected", "amount", lambda line: line.sale.total, lambda n: f"${n}.00"), filled("Fees", "ignore", "-$3.00"), order_no("Transaction ID", "aB{n}Zy"), filled("Payment ID", "ignore", "pX1", "pX2"), filled("Card Brand", "ignore", "Visa"), filled("PAN Suffix", "ignore", "1234", "9876"), filled("Device Name", "ignore", "iPad"), filled("Staff Name", "ignore", "Amy Wang"), sold("Description", "item", lambda line: None, lambda _: "Latte", looked_at=False), of("Location", "store", "store"), counted("Customer ID", "member_no", "SQ{n:010}"), of("Customer Name", "name", "first"), state("Event Type", "Payment|Payment|Payment|Refund|Payment", "ignore|status"),
    ],
    ROWS_OF_ORDERS,
)  # fmt: skip

LINE_SHOP = Export(
    "orders of a shop inside LINE",
    "orders",
    [
        order_no("order_number", "L{n}"), sold_at("order_created_at", "T+8"), uid("line_user_id"), of("buyer", "name", "first"), sold("product", "item", _item), sold("qty", "quantity", _count), sold("line_total", "item_amount", _amount), state("payment_status", "PAID|PAID|EXPIRED|REFUNDED|PAID"), filled("shipping_fee", "ignore", "60"), filled("shipping_name", "ignore", "Zed"), filled("shipping_phone", "ignore", "0911222333"),
    ],
    ROWS_OF_ITEMS,
)  # fmt: skip

NO_NUMBERS = Export(
    "lines of a till without any number",
    "orders",
    [sold_at("日期", "roc/", days=True), sold("時間", "ordered_at", lambda line: None, lambda _: "12:30", looked_at=False), phone("會員手機", "cut"), sold("總額", "amount", lambda line: line.sale.total, lambda n: f"{n:,}"), filled("經手人", "ignore", "林小姐", "陳先生"), of("店", "store", "store")],
    ROWS_OF_ORDERS,
)  # fmt: skip

HAND = Export(
    "orders somebody writes down",
    "orders",
    [sold_at("日", "/short", days=True), name("客人"), phone("電話"), sold("買什麼", "item|ignore", _item, looked_at=False), sold("幾份", "quantity|ignore", _count, looked_at=False), total("多少錢", "元"), filled("付了沒", "ignore", "已付", "V")],
    ROWS_OF_ORDERS,
)  # fmt: skip

SALON = Export(
    "visits of a salon",
    "orders",
    [sold_at("消費日期", "roc.", days=True), order_no("消費單號", "{n}"), counted("客編", "member_no", "{n:05}"), name("客戶姓名"), filled("服務人員", "ignore", "Mia", "Kevin"), filled("服務項目", "item", "剪髮", "染髮"), total("實收金額", "commas"), filled("儲值扣款", "ignore", "0", "500"), filled("未收", "ignore", "0")],
    ROWS_OF_ORDERS,
)  # fmt: skip

EXPORTS = (SHOPLINE, WACA, SHOPIFY, WOO, POS_ITEMS, POS_INVOICES, ICHEF, DELIVERY, NINETY, BASE, SMAREGI, SQUARE, LINE_SHOP, NO_NUMBERS, HAND, SALON)  # fmt: skip
