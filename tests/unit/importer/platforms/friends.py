"""Lists of LINE friends as message services give them out, and address books."""

from __future__ import annotations

from tests.unit.importer.platforms.columns import (
    Export,
    birth,
    counted,
    day,
    filled,
    gender,
    mail,
    meant,
    moment,
    money,
    name,
    of,
    phone,
    tags,
    uid,
    yes_no,
)

OTHER_UID = "1657{n:06}"

SERVICE_A = Export(
    "friends with their state",
    "members",
    [
        uid("LINE UID"), name("LINE 顯示名稱"), moment("加入好友時間", "friend_at"), yes_no("是否封鎖", "blocked", "是 否", "blocked"), moment("封鎖時間", "blocked", "-", "last_order"), filled("好友來源", "source", "QR Code", "廣告"), tags("標籤", ","),
        filled("最後互動時間", "extra", "2026-01-02 10:00:00", "2026-02-03 12:00:00"), filled("互動次數", "extra", "3", "12", "44"), phone("手機", "dash"), mail("Email"),
    ],
)  # fmt: skip

SERVICE_B = Export(
    "friends in English",
    "members",
    [
        uid("userId"), name("displayName"), filled("pictureUrl", "extra", "https://profile.example/a", "https://profile.example/b"), filled("statusMessage", "extra", "", "hi"), filled("language", "extra", "zh-TW", "ja"), moment("followedAt", "friend_at", "T+8", "friend"),
        yes_no("isBlocked", "blocked", "true false", "blocked"), phone("phone", "+886"), mail("email"), birth("birthday", "-"), gender("gender", "male female"), tags("labels", ";"), moment("lastActiveAt", "extra", "T+8", "last_order"),
    ],
)  # fmt: skip

SERVICE_C = Export(
    "names that mislead: the LINE column is a display name, 編號 a phone",
    "members",
    [
        counted("#", "extra", "{n}"), phone("編號", "plain"), name("真實姓名"), of("LINE", "extra", "first"), uid("識別碼"), day("日期", "extra", "/", "joined"), filled("狀態", "extra", "已綁定", "未綁定"), yes_no("封鎖狀態", "blocked", "已封鎖 未封鎖", "blocked"),
    ],
)  # fmt: skip

SERVICE_D = Export(
    "LINE holds user IDs, LINE ID what people type",
    "members",
    [
        name("客人"), uid("LINE"), filled("LINE ID", "extra", "@abc123", "wang.88", "amy_1990"), phone("Tel.", "spaces"), day("加入日", "joined_at", ".", "joined"), tags("分眾標籤", "／"), filled("歸戶門市", "store", "忠孝", "台中"),
    ],
)  # fmt: skip

SERVICE_E = Export(
    "a service in Japanese",
    "members",
    [
        uid("ユーザーID"), of("表示名", "name", "ja"), moment("友だち追加日時", "friend_at", "-", "friend"), yes_no("ブロック状況", "blocked", "ブロック中 未ブロック", "blocked"), filled("流入経路", "source", "店頭QR", "広告"), tags("タグ", ","), filled("対応マーク", "extra", "未対応", "対応済み"), filled("個別メモ", "note", "", "常連"), filled("最終メッセージ受信日時", "extra", "2026-01-02 10:00:00", ""),
    ],
)  # fmt: skip

SERVICE_F = Export(
    "a CRM that joins shop and friends",
    "members",
    [
        counted("會員卡號", "member_no", "8800{n:06}", "8800{n:06}"), uid("LINE_UID"), name("姓名"), name("LINE暱稱", "extra"), phone("行動", "plain"), yes_no("好友狀態", "blocked", "封鎖 好友", "blocked"), moment("綁定時間", "bound_at", "/", "bound"), moment("加入官方帳號時間", "friend_at", "/", "friend"), day("入會日", "joined_at", "/", "joined"), day("最近消費日", "last_order", "/", "last_order"),
        money("累積消費金額", "total", "commas"), of("會籍", "level", "level"), filled("介紹人", "extra", "", "王介紹"), filled("介紹人電話", "extra", "", "0955666777"), yes_no("LINE 推播同意", "consent", "同意 不同意"), tags("貼標", " | "), filled("RFM", "extra", "R5F2M3", "R1F1M1"),
    ],
)  # fmt: skip

SERVICE_G = Export(
    "friends with only what LINE knows",
    "members",
    [uid("uid"), name("name"), meant("follow_status", "blocked", ("following", False)), day("follow_date", "friend_at", "-", "friend"), filled("channel", "source", "Ads", "QR")],
)  # fmt: skip

GOOGLE_CONTACTS = Export(
    "an address book on the web",
    "members",
    [
        of("First Name", "name", "first", keep=lambda value: None), filled("Middle Name", "extra", ""), of("Last Name", "name", "last", keep=lambda value: None), filled("Phonetic First Name", "extra", ""), filled("Nickname", "extra", ""), filled("File As", "extra", ""), filled("Organization Name", "extra", "", "日日咖啡"), filled("Organization Title", "extra", ""),
        birth("Birthday", "-"), filled("Notes", "note", "", "從市集認識"), filled("Photo", "extra", "https://p.example/1", "https://p.example/2"), filled("Labels", "tags", "* myContacts", "客人 ::: * myContacts"), filled("E-mail 1 - Label", "extra", "* Home", "* Work"), mail("E-mail 1 - Value"), filled("Phone 1 - Label", "extra", "Mobile"), phone("Phone 1 - Value", "+886 spaced"), filled("Address 1 - Formatted", "extra", "台北市"),
    ],
)  # fmt: skip

OUTLOOK = Export(
    "an address book of an office",
    "members",
    [
        of("First Name", "name", "first", keep=lambda value: None), of("Last Name", "name", "last", keep=lambda value: None), filled("Title", "extra", "", "Manager"), filled("Company", "extra", "ACME", ""), filled("Business Street", "extra", ""), filled("Business Phone", "extra", "02-2345-6789", "02-8765-4321"), filled("Home Phone", "phone", "", "02-23456780"), phone("Mobile Phone", "dashes"), mail("E-mail Address"), filled("E-mail Display Name", "extra", "Amy Chen", "Bob Lin"), filled("E-mail Type", "extra", "SMTP"), birth("Birthday", "mdy"), filled("Gender", "gender", "Unspecified"), filled("Notes", "note", "", "x"), filled("Anniversary", "extra", "0/0/00"),
    ],
)  # fmt: skip

PHONE_BOOK = Export(
    "contacts saved from a telephone",
    "members",
    [name("姓名"), phone("手機1", "dashes"), filled("手機2", "phone", "", "0977-111-222"), filled("住家電話", "phone", "", "(02)2345-6789"), mail("電子郵件1"), filled("群組", "level", "客人", "家人"), filled("附註", "note", "", "週末來")],
)  # fmt: skip

MISLEADING = Export(
    "id of the row, id of LINE, id of the shop",
    "members",
    [
        counted("ID", "extra", "{n}"), counted("member", "member_no", "VIP{n:04}", "VIP{n:04}"), uid("line_id"), name("客戶"), phone("contact", "+886"), birth("DOB", "named2"), birth("Birth", "compact", "extra"), filled("pwd", "ignore", "hunter2", "secret"), filled("證號", "ignore", "A123456789", "B234567890", "F131104093"), filled("Last4", "ignore", "1234", "9876"), meant("opt-out", "consent", ("0", None), ("1", False)),
    ],
)  # fmt: skip

EXPORTS = (SERVICE_A, SERVICE_B, SERVICE_C, SERVICE_D, SERVICE_E, SERVICE_F, SERVICE_G, GOOGLE_CONTACTS, OUTLOOK, PHONE_BOOK, MISLEADING)  # fmt: skip
