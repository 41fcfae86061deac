"""Members as web shops give them out: Taiwanese platforms, open-source carts and international ones."""

from __future__ import annotations

from tests.unit.importer.platforms.columns import (
    Col,
    Export,
    birth,
    counted,
    day,
    filled,
    gender,
    mail,
    moment,
    money,
    name,
    of,
    other_phone,
    phone,
    refusal,
    tags,
    uid,
    yes_no,
)


def _extra(*names: str, values: tuple[str, ...] = ("",)) -> list[Col]:
    return [filled(one, "extra", *values) for one in names]


SHOPLINE_61 = Export(
    "61 columns of a customer report",
    "members",
    [
        counted("顧客 ID", "member_no", "64a1b2c3d4e5f60718{n:06}", "64a1b2c3d4e5f60718{n:06}"), name("全名"), mail("電郵"),
        moment("加入日期", "joined_at"), filled("加入來源", "source", "官網", "後台"), filled("語言", "extra", "zh-hant", "en"),
        money("訂單數", "orders", "plain", "orders"), money("累積金額", "total", "NT$"), filled("現有購物金", "extra", "NT$0", "NT$50", "NT$100"),
        money("現有點數", "points", "plain", "points"), filled("會員", "extra", "Y"),
        moment("會員註冊日期", "extra"), filled("會員註冊來源", "extra", "官網"), counted("Facebook 註冊 ID", "extra", "10158{n:012}"), uid("LINE 註冊 ID"),
        filled("黑名單-禁止登入下單", "extra", "N"), filled("黑名單-禁止貨到付款", "extra", "N"), filled("接受電郵優惠宣傳", "extra", "Y", "N"),
        filled("接受簡訊優惠宣傳", "extra", "Y", "N"), yes_no("接受 LINE 優惠宣傳", "consent", "Y N"), moment("最後登入時間", "extra", "-", "last_order"),
        other_phone("聯絡電話", "phone", "0911{n:06}"), filled("國際電話區碼", "phone", "886"), phone("會員綁定手機號碼"), filled("收件人姓名", "extra", "王收件", "李代收"),
        filled("收件人電話", "phone", "0933444555", "0933444556"), filled("地址 1", "extra", "忠孝東路一段1號"), filled("地址 2", "extra", ""),
        of("會員級別", "level", "level"), filled("會員有效期", "extra", "2027-12-31", "永久有效"), filled("城市", "extra", "台北市", "台中市"),
        filled("地區/州/省份", "extra", "大安區"), filled("郵政編號（如適用)", "extra", "106", "403"), filled("國家／地區", "extra", "台灣"), gender(),
        birth("生日", "d-m-y"), filled("喜歡的豆子", "extra", "淺焙", "中焙"), filled("寵物姓名", "extra", "球球", ""), tags("標籤", ", "), filled("備註", "note", "", "靠窗"),
        *_extra("UTM 來源", "UTM 媒介", "UTM 活動名稱", "UTM 內容", "UTM 關鍵字"), filled("推薦人姓名", "extra", "", "張介紹"), filled("推薦人手機", "extra", "", "0955666777"),
        filled("推薦碼", "extra", "AB12CD", "EF34GH"), filled("累積消費門檻", "extra", "5000"), filled("升級尚需金額", "extra", "3000", "200"),
        filled("信用卡末四碼", "ignore", "1234", "5678"), filled("綁定 Apple ID", "extra", "N"), filled("最後登入 IP", "extra", "203.0.113.7"),
        filled("購物金到期日", "extra", "2026-12-31"), filled("點數到期日", "extra", "2026-12-31"), filled("電郵驗證", "extra", "Y", "N"), filled("手機驗證", "extra", "Y", "N"),
        filled("公司", "extra", "", "日日股份有限公司"), filled("統一編號", "extra", "", "24536806"), filled("載具", "extra", "", "/ABC1234"),
        filled("最後訂單號碼", "extra", "20250101123456"), filled("最後訂單金額", "extra", "NT$1,200"),
    ],
)  # fmt: skip

MEEPSHOP = Export(
    "a shop platform with levels and credit",
    "members",
    [
        counted("會員編號", "member_no", "{n:08}", "{n:08}"), name("會員姓名"), phone("行動電話", "dash"), mail("電子信箱"), gender("性別", "先生 小姐"),
        birth("生日", "-"), filled("會員類別", "level", "一般", "批發"), money("累計消費金額", "total", "commas"), money("消費次數", "orders", "plain", "orders"),
        filled("購物金餘額", "extra", "0", "120"), money("紅利點數", "points", "plain", "points"), moment("註冊時間", "joined_at", "/"), moment("最後登入", "extra", "/", "last_order"),
        moment("最近消費時間", "last_order", "/", "last_order"), filled("訂閱電子報", "extra", "是", "否"), tags("會員標籤", "|"), filled("黑名單", "extra", "否"),
    ],
)  # fmt: skip

QDM = Export(
    "an open-source cart translated",
    "members",
    [
        counted("客戶 ID", "member_no", "{n}", "{n}"), name("客戶名稱"), mail("E-Mail"), phone("電話", "+886"), filled("傳真", "extra", ""), filled("客戶群組", "level", "預設", "VIP 客戶"),
        filled("狀態", "extra", "啟用", "停用"), filled("IP", "extra", "198.51.100.4"), day("新增日期", "joined_at", "/", "joined"), filled("已核准", "extra", "是"),
        money("累積消費", "total", "$"), filled("客單價", "extra", "520", "1300", "88"), filled("簡訊驗證", "extra", "是", "否"),
    ],
)  # fmt: skip

APP91 = Export(
    "an app shop with cards",
    "members",
    [
        counted("會員代碼", "member_no", "A{n:07}", "A{n:07}"), counted("外部會員編號", "extra", "EXT{n:05}"), name("姓名"), phone("手機號碼", "886"), mail("電子信箱"), gender("性別", "M F"), birth("出生日期", "/"),
        of("會員卡等級", "level", "level"), filled("會員卡到期日", "extra", "2026/12/31"), of("歸屬門市", "store", "store"), counted("歸屬店員", "extra", "店員{n}"), filled("歸屬店員代碼", "extra", "E001", "E002"),
        money("累計消費金額", "total"), money("累計交易次數", "orders", "plain", "orders"), day("首購日", "first_order", "/", "first_order"), day("最後交易日", "last_order", "/", "last_order"),
        filled("居住縣市", "extra", "台北市", "新北市"), filled("是否下載APP", "extra", "Y", "N"), filled("APP推播接收", "extra", "Y", "N"), yes_no("LINE推播接收", "consent", "Y N"), uid("LINE UserId"),
        moment("註冊日期時間", "joined_at", "/half"),
    ],
)  # fmt: skip

EASYSTORE = Export(
    "a Malaysian platform in English",
    "members",
    [
        counted("ID", "member_no", "4418{n:05}", "4418{n:05}"), of("First Name", "name", "first", keep=lambda value: None) , of("Last Name", "name", "last", keep=lambda value: None), mail("Email"), phone("Phone", "apostrophe"),
        gender("Gender", "male female"), birth("Birthdate", "-"), filled("Accepts Marketing", "extra", "yes", "no"), money("Total Spent", "total", "decimals"), money("Order Count", "orders", "plain", "orders"), money("Credit", "extra", "decimals", "points"), money("Points", "points", "plain", "points"),
        tags("Tags", ", "), filled("Note", "note", "", "likes tea"), filled("Company", "extra", ""), filled("Address1", "extra", "1 Jalan"), filled("City", "extra", "Taipei"), filled("Zip", "extra", "10617"), filled("Country Code", "extra", "TW"),
        moment("Created At", "joined_at", "+0800"), moment("Updated At", "extra", "+0800", "friend"),
    ],
)  # fmt: skip

SHOPIFY = Export(
    "customers of the best known platform",
    "members",
    [
        counted("Customer ID", "member_no", "'7210448{n:06}", "7210448{n:06}"), of("First Name", "name", "first", keep=lambda value: None), of("Last Name", "name", "last", keep=lambda value: None), mail("Email"),
        filled("Accepts Email Marketing", "extra", "yes", "no"), filled("Default Address Company", "extra", ""), filled("Default Address Address1", "extra", "1 Main St"), filled("Default Address City", "extra", "Taipei"),
        filled("Default Address Country Code", "extra", "TW"), filled("Default Address Zip", "extra", "106"), other_phone("Default Address Phone", "phone", "+8869111{n:05}"), phone("Phone", "apostrophe"), filled("Accepts SMS Marketing", "extra", "no"),
        money("Total Spent", "total", "decimals"), money("Total Orders", "orders", "plain", "orders"), filled("Note", "note", ""), filled("Tax Exempt", "extra", "no"), tags("Tags", ", "),
    ],
)  # fmt: skip

WOO = Export(
    "customers of an open-source shop",
    "members",
    [
        counted("customer_id", "member_no", "{n}", "{n}"), filled("user_login", "extra", "amy", "bob", "cid"), mail("user_email"), moment("user_registered", "joined_at"), filled("role", "extra", "customer"),
        of("billing_first_name", "name", "first", keep=lambda value: None), of("billing_last_name", "name", "last", keep=lambda value: None), phone("billing_phone", "spaces"), filled("billing_address_1", "extra", "x"), filled("billing_city", "extra", "Taipei"),
        filled("shipping_first_name", "extra", "Zed"), other_phone("shipping_phone", "phone", "0988{n:06}"), money("orders_count", "orders", "plain", "orders"), money("total_spend", "total", "decimals"), filled("average_order_value", "extra", "310.50", "99.00"),
        moment("last_active", "extra", "-", "last_order"), filled("user_pass", "ignore", "$P$Babc", "$P$Bdef"),
    ],
)  # fmt: skip

SQUARE = Export(
    "a customer directory of a card reader",
    "members",
    [
        filled("Reference ID", "extra", "", "R-0002"), of("First Name", "name", "first", keep=lambda value: None), of("Last Name", "name", "last", keep=lambda value: None), mail("Email Address"), phone("Phone Number", "apostrophe"), filled("Nickname", "extra", "", "Bob"),
        filled("Company Name", "extra", ""), filled("Street Address 1", "extra", "1 Main"), filled("City", "extra", "Taipei"), filled("State", "extra", ""), filled("Postal Code", "extra", "106"), birth("Birthday", "-"), filled("Memo", "note", "", "oat milk"),
        counted("Square Customer ID", "member_no", "SQ{n:020}", "SQ{n:020}"), filled("Creation Source", "source", "Directory", "Instant Profile"), day("First Visit", "first_order", "-", "first_order"), day("Last Visit", "last_order", "-", "last_order"), money("Transaction Count", "orders", "plain", "orders"),
        money("Lifetime Spend", "total", "$"), filled("Email Subscription Status", "extra", "subscribed", "unknown"), filled("Instant Profile", "extra", "Yes", "No"),
    ],
)  # fmt: skip

ERP = Export(
    "customers of a back office with short names",
    "members",
    [
        counted("客戶代號", "member_no", "C{n:05}", "C{n:05}"), filled("客戶簡稱", "extra", "小王", "小陳"), name("客戶全名"), counted("統編", "extra", "2453{n:04}"), filled("負責人", "extra", "王老闆"), other_phone("公司電話", "extra"), other_phone("傳真", "extra", "0277{n:06}"),
        phone("行動電話", "dashes"), name("聯絡人", "extra"), mail("MAIL"), filled("業務員", "extra", "林業務", "黃業務"), filled("付款條件", "extra", "月結30天"), filled("信用額度", "extra", "50000"), day("建檔日", "joined_at", "roc/", "joined"), day("異動日", "extra", "roc/", "friend"),
    ],
)  # fmt: skip

CHECKBOX = Export(
    "refusals instead of consent",
    "members",
    [
        counted("會員編號", "member_no", "{n:06}", "{n:06}"), name(), phone("手機", "plain"), mail("信箱"), filled("拒收簡訊", "extra", "Y", "N"), filled("拒收Email", "extra", "Y", "N"), refusal("不願收到行銷訊息", "是 否"),
        birth("生日", "roc/"), of("等級", "level", "level"), day("入會日", "joined_at", "roc/", "joined"), money("累消", "total", "commas"), money("點數餘額", "points", "plain", "points"), filled("年齡", "extra", "34", "27", "51"),
    ],
)  # fmt: skip

UNSUBSCRIBED = Export(
    "people who cancelled their subscription",
    "members",
    [
        counted("用戶編號", "member_no", "U{n:05}", "U{n:05}"), name("稱呼"), phone("聯絡電話(手機)", "dashes"), refusal("取消訂閱", "是 否"), yes_no("是否封鎖", "blocked", "是 否", "blocked"), uid("LINE userId"),
        tags("標籤", "、"), moment("加入時間", "joined_at", "/short half"),
    ],
)  # fmt: skip

EXPORTS = (SHOPLINE_61, MEEPSHOP, QDM, APP91, EASYSTORE, SHOPIFY, WOO, SQUARE, ERP, CHECKBOX, UNSUBSCRIBED)
