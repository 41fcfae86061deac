"""Lists of appointments, clinics, schools and cafés, lists typed by hand, lists without a header, and answers of forms."""

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
    meant,
    moment,
    money,
    name,
    of,
    other_phone,
    phone,
    tags,
    uid,
    yes_no,
)
from tests.unit.importer.platforms.people import PEOPLE

BEAUTY = Export(
    "customers of a salon",
    "members",
    [
        counted("顧客編號", "member_no", "{n:04}", "{n:04}"), name("顧客姓名"), phone("顧客手機", "dash"), birth("生日", "roc."), gender(), filled("指定設計師", "extra", "Kevin", "Mia"), filled("設計師", "extra", "林設計", "黃設計"), day("首次來店日", "first_order", "/", "first_order"), day("最近來店日", "last_order", "/", "last_order"), money("來店次數", "orders", "plain", "orders"), money("消費總額", "total", "commas"), filled("儲值金餘額", "extra", "0", "3000"), filled("剩餘堂數", "extra", "3", "0", "10"), filled("髮質", "extra", "細軟", "自然捲"), filled("過敏", "extra", "無", "染劑"), filled("備註", "note", "", "不要推銷"),
    ],
)  # fmt: skip

DENTAL = Export(
    "patients of a dentist",
    "members",
    [
        counted("病歷號碼", "member_no", "00{n:05}", "00{n:05}"), name("姓名"), filled("身分證號", "ignore", "A123456789", "B234567890", "F131104093"), gender(), birth("出生年月日", "roc compact"), other_phone("電話(宅)", "phone", "02-2766{n:04}"), phone("手機", "plain"), filled("緊急聯絡人", "extra", "陳太太"), filled("緊急聯絡人電話", "extra", "0911222333"), filled("主治醫師", "extra", "林醫師", "陳醫師"), day("初診日期", "first_order", "roc/", "first_order"), day("末次就診日", "last_order", "roc/", "last_order"), filled("下次回診日", "extra", "115/03/02", ""), filled("健保卡號", "ignore", "000012345678", "000012345679"),
    ],
)  # fmt: skip

SCHOOL = Export(
    "pupils of a cram school",
    "members",
    [
        counted("學號", "member_no", "S{n:05}", "S{n:05}"), name("學生姓名"), filled("學校", "extra", "建國國小", "仁愛國中"), filled("年級", "extra", "三年級", "國一"), birth("學生生日", "roc/"), filled("家長姓名", "extra", "王爸爸", "李媽媽"), phone("家長手機", "plain"), uid("家長LINE UID"), filled("班級", "extra", "A班", "B班"), day("報名日期", "joined_at", "/", "joined"), filled("繳費狀態", "extra", "已繳", "未繳"),
    ],
)  # fmt: skip

VET = Export(
    "pets and their keepers",
    "members",
    [
        counted("病歷號", "member_no", "P{n:05}", "P{n:05}"), filled("寵物名", "extra", "球球", "小黑", "Lucky"), filled("品種", "extra", "柴犬", "米克斯"), filled("寵物生日", "extra", "2019/05/02", "2021/11/20"), filled("寵物性別", "extra", "公", "母"), name("飼主姓名"), phone("飼主電話", "dashes"), mail("飼主Email"), filled("晶片號碼", "extra", "900138000123456", "900138000123457"), day("初診日", "first_order", "-", "first_order"), day("最後就診日", "last_order", "-", "last_order"),
    ],
)  # fmt: skip

GYM = Export(
    "members of a sports hall in English",
    "members",
    [
        counted("Barcode", "member_no", "20025{n:06}", "20025{n:06}"), of("Member", "name", "first"), phone("Cell", "+886"), mail("E-mail"), birth("D.O.B.", "dmy"), filled("Plan", "level", "Monthly", "Annual"), day("Start Date", "joined_at", "dmy", "joined"), filled("End Date", "extra", "31/12/2026"), filled("Trainer", "extra", "Coach Lee"), filled("Emergency Contact", "extra", "Mom"), filled("Emergency Phone", "extra", "+886911222333"), day("Last Check-in", "last_order", "dmy", "last_order"), filled("Waiver Signed", "extra", "Yes", "No"),
    ],
)  # fmt: skip

RESERVATIONS = Export(
    "appointments",
    "members",
    [
        filled("預約時間", "extra", "2026/03/02 14:00", "2026/03/05 10:30"), name("預約人"), phone("電話", "plain"), filled("服務項目", "extra", "剪髮", "染髮"), filled("設計師", "extra", "Kevin", "Mia"), filled("人數", "extra", "2", "4"), filled("預約狀態", "extra", "已完成", "未到", "已取消"), uid("LINE UID"), filled("特殊需求", "extra", "", "嬰兒椅"), moment("建立時間", "extra", "-", "joined"),
    ],
)  # fmt: skip

TABLES = Export(
    "guests of a restaurant",
    "members",
    [name("訂位人"), gender("稱謂", "先生 小姐"), phone("訂位電話", "+886"), mail("訂位Email"), filled("訂位日期", "extra", "2026-03-02", "2026-03-05"), filled("訂位時間", "extra", "18:00", "19:30"), filled("大人", "extra", "2", "4"), filled("小孩", "extra", "0", "1"), filled("桌號", "extra", "A1", "B12"), filled("飲食習慣", "extra", "不吃牛", ""), tags("顧客標籤", "、"), money("來訪次數", "orders", "plain", "orders")],
)  # fmt: skip

PAPER = Export(
    "a list typed by hand",
    "members",
    [counted("no.", "extra", "{n}"), name("大名"), phone("連絡電話", "cut"), day("加入", "joined_at", "roc.", "joined"), filled("喜好", "extra", "拿鐵", "手沖、單品", "甜點"), filled("備", "note", "", "靠窗", "常帶狗")],
)  # fmt: skip

PAPER_2 = Export(
    "a list of a market stall",
    "members",
    [name("客戶名"), phone("手機號", "spaces"), filled("LINE名稱", "extra", "小美", "阿明"), birth("生日", "roc zh"), filled("買過什麼", "extra", "蛋捲", "鳳梨酥, 禮盒"), money("總共買", "total", "元"), filled("備註欄", "note", "", "要發票")],
)  # fmt: skip

POINT_CARD = Export(
    "point cards",
    "members",
    [phone("手機 / 會員帳號", "plain"), name("會員暱稱"), money("目前點數", "points", "plain", "points"), filled("已兌換點數", "extra", "10", "0", "55"), filled("點數到期日", "extra", "2026/12/31"), day("首次集點日", "first_order", "/", "first_order"), day("最後集點日", "last_order", "/", "last_order"), money("集點次數", "orders", "plain", "orders"), of("集點門市", "store", "store")],
)  # fmt: skip

NO_HEADER = Export(
    "no header at all",
    "members",
    [counted("", "member_no", "K{n:05}", "K{n:05}"), name(""), phone("", "dash"), birth("", "/"), gender(""), mail("")],
    header=False,
)  # fmt: skip

NO_HEADER_2 = Export(
    "no header, only names and numbers", "members", [name(""), phone("", "cut")], header=False
)

NO_HEADER_3 = Export(
    "no header, user IDs and display names", "members", [Col("", "line_user_id", lambda one: one.uid, lambda one: one.uid), name(""), moment("", "extra", "-", "friend")], header=False
)  # fmt: skip

ODD_NAMES = Export(
    "names of a database",
    "members",
    [counted("cust_cd", "member_no", "C{n:06}", "C{n:06}"), name("cust_nm"), phone("cust_tel", "plain"), mail("cust_mail"), gender("sex_cd", "1 2"), birth("birth_dt", "compact"), day("reg_dt", "joined_at", "compact", "joined"), day("last_buy_dt", "last_order", "compact", "last_order"), money("tot_amt", "total", "plain"), money("buy_cnt", "orders", "plain", "orders"), money("point_bal", "points", "plain", "points"), filled("del_flg", "extra", "0", "1")],
)  # fmt: skip

FORM_ZH = Export(
    "answers of a form",
    "form_answers",
    [moment("時間戳記", "extra", "/short half", "joined"), mail("電子郵件地址"), name("請問您的大名？"), phone("請留下您的手機號碼", "plain"), filled("您最常點的飲品是？（可複選）", "tags", "拿鐵, 美式", "抹茶", "拿鐵"), filled("多久來一次", "tags", "每週", "每月"), filled("對我們的建議", "extra", "", "想要更多座位", "咖啡很好喝謝謝你們一直都在"), yes_no("是否願意收到優惠訊息", "consent", "願意 不願意"), birth("您的生日", "/short")],
)  # fmt: skip

FORM_EN = Export(
    "answers of a form in English",
    "form_answers",
    [moment("Timestamp", "extra", "mdy", "joined"), mail("Email Address"), of("What is your name?", "name", "first"), phone("Your mobile number", "+886"), filled("Which drinks do you like?", "tags", "Latte, Americano", "Matcha", "Latte"), filled("Any comments?", "extra", "", "More seats please, and longer hours", "Great"), yes_no("Would you like to receive our offers on LINE?", "consent", "Yes No")],
)  # fmt: skip

FORM_JA = Export(
    "answers of a form in Japanese",
    "form_answers",
    [moment("タイムスタンプ", "extra", "/", "joined"), of("お名前", "name", "ja"), Col("電話番号", "phone", lambda one: "0" + one.jp_phone[3:], lambda one: one.jp_phone), mail("メールアドレス"), filled("好きな飲み物を教えてください", "tags", "ラテ, 抹茶", "コーヒー", "ラテ"), filled("ご意見・ご感想", "extra", "", "とても美味しかったです。また行きます", "駅から近くて便利です")],
    country="JP",
)  # fmt: skip

TYPEFORM = Export(
    "answers of an international form",
    "form_answers",
    [counted("#", "extra", "{n:x}abcdef0123"), of("What's your first name?", "name", "first"), mail("And your *email*?"), phone("Phone number", "apostrophe"), filled("How did you hear about us?", "source|tags", "Instagram", "A friend"), filled("Start Date (UTC)", "extra", "2026-01-02 10:00:00", "2026-01-03 11:00:00"), filled("Submit Date (UTC)", "extra", "2026-01-02 10:01:00", "2026-01-03 11:02:00"), counted("Network ID", "extra", "{n:x}0fe1")],
)  # fmt: skip

SURVEY = Export(
    "answers of a Taiwanese form service",
    "form_answers",
    [filled("填答時間", "extra", "2026/03/02 10:00", "2026/03/03 11:00"), filled("填答秒數", "extra", "33", "120", "68"), name("Q1.姓名"), phone("Q2.手機", "plain"), gender("Q3.性別", "男性 女性"), filled("Q4.請問您從哪裡知道我們", "source|tags", "Instagram", "朋友介紹"), filled("Q5.您喜歡的口味【複選】", "tags", "巧克力;抹茶", "原味", "抹茶"), filled("IP", "extra", "203.0.113.9"), filled("是否完成", "extra", "已完成")],
)  # fmt: skip

AIRREGI = Export(
    "customers of a Japanese till",
    "members",
    [counted("顧客ID", "member_no", "{n:08}", "{n:08}"), of("氏名", "name", "ja"), of("フリガナ", "extra", "kana"), Col("電話番号", "phone", lambda one: f"0{one.jp_phone[3:5]}-{one.jp_phone[5:9]}-{one.jp_phone[9:]}", lambda one: one.jp_phone), mail("メールアドレス"), gender("性別", "男性 女性"), birth("生年月日", "ja"), filled("郵便番号", "extra", "150-0001", "160-0022"), filled("住所", "extra", "東京都渋谷区"), money("来店回数", "orders", "plain", "orders"), day("最終来店日", "last_order", "/", "last_order"), money("累計購入金額", "total", "円"), filled("担当スタッフ", "extra", "佐藤", "鈴木"), filled("メモ", "note", "", "常連"), yes_no("DM配信", "extra", "可 不可")],
    country="JP",
)  # fmt: skip

SMAREGI = Export(
    "members of another Japanese till",
    "members",
    [counted("会員コード", "member_no", "9{n:09}", "9{n:09}"), of("姓", "name", "ja", lambda value: value.split()[0], lambda value: value.replace(" ", "")), of("名", "name", "ja", lambda value: value.split()[1], lambda value: value.replace(" ", "")), of("姓カナ", "extra", "kana", lambda value: value.split()[0]), filled("会員ランク", "level", "レギュラー", "ゴールド"), Col("携帯番号", "phone", lambda one: "0" + one.jp_phone[3:], lambda one: one.jp_phone), mail("メールアドレス1"), birth("誕生日", "era"), money("保有ポイント", "points", "plain", "points"), filled("ポイント有効期限", "extra", "2026/12/31"), day("入会日", "joined_at", "/", "joined"), day("退会日", "extra", "/", "bound"), yes_no("メール受信許可", "extra", "許可 拒否"), filled("会員状態", "extra", "利用可", "利用停止"), of("登録店舗", "store", "store")],
    country="JP",
)  # fmt: skip

STORES_JA = Export(
    "customers of a Japanese web shop",
    "members",
    [mail("メールアドレス"), of("お名前", "name", "ja"), Col("電話番号", "phone", lambda one: "0" + one.jp_phone[3:], lambda one: one.jp_phone), money("購入回数", "orders", "plain", "orders"), money("購入金額合計", "total", "¥"), day("初回購入日", "first_order", "/", "first_order"), day("最終購入日", "last_order", "/", "last_order"), yes_no("メルマガ購読", "extra", "購読中 未購読"), tags("顧客タグ", ",")],
    country="JP",
)  # fmt: skip

MIXED = Export(
    "names in two languages",
    "members",
    [counted("會員編號 Member ID", "member_no", "D{n:05}", "D{n:05}"), name("姓名 Name"), phone("手機 Mobile", "plain"), mail("電子郵件 E-mail"), birth("生日 Birthday (YYYY/MM/DD)", "/"), gender("性別 Gender", "男/M 女/F"), day("入會日期 Joined", "joined_at", "/", "joined"), money("累積消費 Total Spent", "total", "commas"), filled("語言 Language", "extra", "中文", "EN"), meant("訂閱 LINE 訊息 / LINE Opt-in", "consent", ("是/Y", True), ("否/N", False))],
)  # fmt: skip

EXPORTS = (BEAUTY, DENTAL, SCHOOL, VET, GYM, RESERVATIONS, TABLES, PAPER, PAPER_2, POINT_CARD, NO_HEADER, NO_HEADER_2, NO_HEADER_3, ODD_NAMES, FORM_ZH, FORM_EN, FORM_JA, TYPEFORM, SURVEY, AIRREGI, SMAREGI, STORES_JA, MIXED)  # fmt: skip
FEW = PEOPLE[:4]
