"""Who is in an audience is worked out here again in plain Python from what was written into the files of a shop, and both must
name the same people: in the list, in saved audiences and in every file they are exported to."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.scenarios.invented_shop import TODAY, Her, Told, ago, months


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return Told(tmp_path_factory.mktemp("truth"))


def total(her: Her, first: date | None = None, last: date | None = None) -> float:
    return sum(one.amount for one in her.orders(first, last))


def has_item(her: Her, part: str, first: date | None = None, last: date | None = None) -> bool:
    return any(part.lower() in item.lower() for one in her.orders(first, last) for item in one.items)


def at_store(her: Her, store: str, first: date | None = None, last: date | None = None) -> bool:
    return any(one.store == store for one in her.orders(first, last))


def month_span(by: int) -> tuple[date, date]:
    index = TODAY.year * 12 + TODAY.month - 1 + by
    first = date(index // 12, index % 12 + 1, 1)
    after = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def in_(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last


def bmonth(her: Her) -> int:
    return her.birthday.month if her.birthday else 0


THIS, LAST = month_span(0), month_span(-1)
PRED = Callable[[Her], bool]
CASES: dict[str, PRED] = {
    "": lambda h: True,
    "tag:熟客": lambda h: "熟客" in h.tags,
    "-tag:熟客": lambda h: "熟客" not in h.tags,
    "tag:vip": lambda h: "VIP" in h.tags,
    "tag:ＶＩＰ": lambda h: "VIP" in h.tags,
    'tag:"=SUM"': lambda h: "=SUM" in h.tags,
    "tag:none": lambda h: not h.tags,
    "tag:any": lambda h: bool(h.tags),
    "tag_count:>=2": lambda h: len(h.tags) >= 2,
    "tag_count:0": lambda h: not h.tags,
    "tag:熟客 tag:VIP": lambda h: {"熟客", "VIP"} <= set(h.tags),
    "tag:熟客 OR tag:VIP": lambda h: bool({"熟客", "VIP"} & set(h.tags)),
    "(tag:熟客 OR tag:VIP) -tag:市集": lambda h: bool({"熟客", "VIP"} & set(h.tags)) and "市集" not in h.tags,
    "-(tag:熟客 OR tag:VIP)": lambda h: not {"熟客", "VIP"} & set(h.tags),
    "-(tag:熟客 -tag:VIP)": lambda h: not ("熟客" in h.tags and "VIP" not in h.tags),
    "tag:熟客 OR tag:VIP tag:市集": lambda h: "熟客" in h.tags or {"VIP", "市集"} <= set(h.tags),
    "-(-(tag:熟客 OR orders:0))": lambda h: "熟客" in h.tags or not h.orders(),
    "level:金卡": lambda h: h.level == "金卡",
    "level:卡": lambda h: bool(h.level),
    "level=卡": lambda h: False,
    "level:none": lambda h: not h.level,
    "-level:金卡": lambda h: h.level != "金卡",
    "store:中山店": lambda h: h.store == "中山店",
    "store:中山": lambda h: h.store.startswith("中山"),
    "-store:中山店": lambda h: h.store != "中山店",
    "store:any": lambda h: bool(h.store),
    "gender:男": lambda h: h.gender == "男",
    "gender:none": lambda h: not h.gender,
    "-gender:女": lambda h: h.gender != "女",
    "points:>4": lambda h: h.points is not None and h.points > 4,
    "points:0": lambda h: h.points == 0,
    "points:none": lambda h: h.points is None,
    "-points:>4": lambda h: not (h.points is not None and h.points > 4),
    "points:1..100": lambda h: h.points == 5,
    "points:..5": lambda h: h.points in (0, 5),
    "consent:yes": lambda h: h.consent == "是",
    "consent:no": lambda h: h.consent == "否",
    "consent:unknown": lambda h: not h.consent,
    "consent:none": lambda h: not h.consent,
    "-consent:no": lambda h: h.consent != "否",
    "blocked:是": lambda h: h.blocked == "是",
    "-blocked:yes": lambda h: h.blocked != "是",
    "friend:yes": lambda h: bool(h.uid or h.friend_at),
    "shop_member:no": lambda h: not h.member,
    "bound:yes": lambda h: bool(h.uid) and h.member,
    "bound:no": lambda h: not (h.uid and h.member),
    "uploadable:yes": lambda h: h.uploadable,
    "uploadable:no": lambda h: not h.uploadable,
    "reachable:unknown": lambda h: h.uploadable,
    "reachable:yes": lambda h: False,
    "reachable:no": lambda h: not h.uploadable,
    "line_user_id:none": lambda h: not h.uid,
    "phone:none": lambda h: not h.phone,
    "phone:0988": lambda h: h.phone.startswith("0988") or "0988" in h.phone,
    "email:example.com": lambda h: bool(h.email),
    "email=mei.3@example.com": lambda h: h.email == "Mei.3@Example.com",
    "name:HYPERLINK": lambda h: "HYPERLINK" in h.name,
    "name:mei": lambda h: "Mei" in h.name,
    "member_no:m0007": lambda h: h.no == "M0007",
    "member_no:none": lambda h: not h.no,
    "陳美玲": lambda h: "陳美玲" in h.name,
    "-陳美玲 -王小明": lambda h: "陳美玲" not in h.name and "王小明" not in h.name,
    "口味:拿鐵": lambda h: "拿鐵" in h.taste,
    "口味=拿鐵": lambda h: h.taste == "拿鐵",
    '"口味":12': lambda h: h.taste == "12",
    "口味:none": lambda h: not h.taste,
    "口味:any": lambda h: bool(h.taste),
    "口味:>10": lambda h: h.taste == "12",
    "-口味:拿鐵": lambda h: "拿鐵" not in h.taste,
    "friend_at:none": lambda h: h.friend_at is None,
    "friend_at:<=30d": lambda h: in_(h.friend_at, ago(30), TODAY),
    "friend_at:>30d": lambda h: h.friend_at is not None and h.friend_at < ago(30),
    "joined_at:this_year": lambda h: h.joined_at is not None and h.joined_at.year == TODAY.year,
    "joined_at:>=1y": lambda h: h.joined_at is not None and h.joined_at <= date(TODAY.year - 1, TODAY.month, min(TODAY.day, 28) if TODAY.month == 2 else TODAY.day),
    f"joined_at:{ago(300).isoformat()}..{ago(100).isoformat()}": lambda h: in_(h.joined_at, ago(300), ago(100)),
    f"birthday_month:{TODAY.month}": lambda h: bmonth(h) == TODAY.month,
    "birthday_month:this_month": lambda h: bmonth(h) == TODAY.month,
    "birthday_month:next_month": lambda h: bmonth(h) == months(TODAY, 1),
    "birthday_month:last_month": lambda h: bmonth(h) == months(TODAY, -1),
    "birthday_month:下個月": lambda h: bmonth(h) == months(TODAY, 1),
    "-birthday_month:next_month": lambda h: bmonth(h) != months(TODAY, 1),
    "birthday_month:11..2": lambda h: bmonth(h) in (11, 12, 1, 2),
    "birthday_month:none": lambda h: h.birthday is None,
    "birthday:12-20..01-10": lambda h: h.birthday is not None and ((h.birthday.month, h.birthday.day) >= (12, 20) or (h.birthday.month, h.birthday.day) <= (1, 10)),
    "birthday:<1990-01-01": lambda h: h.birthday is not None and h.birthday.year < 1990,
    "birthday:1991": lambda h: h.birthday is not None and h.birthday.year == 1991,
    "orders:0": lambda h: len(h.orders()) == 0,
    "orders:>=2": lambda h: len(h.orders()) >= 2,
    "-orders:>=2": lambda h: len(h.orders()) < 2,
    "orders:1..2": lambda h: len(h.orders()) in (1, 2),
    "order_days:>=2": lambda h: len(h.days()) >= 2,
    "total:>=3000": lambda h: total(h) >= 3000,
    "total:99.5": lambda h: total(h) == 99.5,
    "total:<100": lambda h: total(h) < 100,
    "last_order:>60d": lambda h: h.last is not None and h.last < ago(60),
    "last_order:>=60d": lambda h: h.last is not None and h.last <= ago(60),
    "last_order:<60d": lambda h: h.last is not None and h.last > ago(60),
    "last_order:60d": lambda h: h.last == ago(60),
    "last_order:30d..90d": lambda h: in_(h.last, ago(90), ago(30)),
    "last_order:none": lambda h: h.last is None,
    "-last_order:>60d": lambda h: not (h.last is not None and h.last < ago(60)),
    "first_order:this_month": lambda h: bool(h.days()) and in_(h.days()[0], *THIS),
    "last_order:today": lambda h: h.last == TODAY,
    "ordered_at:last_month": lambda h: any(in_(day, *LAST) for day in h.days()),
    "ordered_at:none": lambda h: not h.days(),
    "-ordered_at:<=90d": lambda h: not any(day >= ago(90) for day in h.days()),
    "item:拿鐵": lambda h: has_item(h, "拿鐵"),
    "item=拿鐵": lambda h: any(item == "拿鐵" for one in h.orders() for item in one.items),
    "item:cake": lambda h: has_item(h, "Cake"),
    'item:"手沖 單品"': lambda h: has_item(h, "手沖 單品"),
    "-item:拿鐵": lambda h: not has_item(h, "拿鐵"),
    "item:拿鐵 -item:美式": lambda h: has_item(h, "拿鐵") and not has_item(h, "美式"),
    "item:none": lambda h: not h.orders(),
    "order_store:中山店": lambda h: at_store(h, "中山店"),
    "order_store:中山": lambda h: at_store(h, "中山店") or at_store(h, "中山北店"),
    "orders@90d:>=2": lambda h: len(h.orders(ago(90), TODAY)) >= 2,
    "orders@90d:0": lambda h: not h.orders(ago(90), TODAY),
    "orders@90d:none": lambda h: not h.orders(ago(90), TODAY),
    "orders@90d:any": lambda h: bool(h.orders(ago(90), TODAY)),
    "-orders@90d:>=1": lambda h: not h.orders(ago(90), TODAY),
    "orders@90d:<2": lambda h: len(h.orders(ago(90), TODAY)) < 2,
    "orders@90d:0..1": lambda h: len(h.orders(ago(90), TODAY)) < 2,
    "orders@this_month:1": lambda h: len(h.orders(*THIS)) == 1,
    "orders@last_month:>0": lambda h: len(h.orders(*LAST)) > 0,
    "order_days@1y:>=2": lambda h: len({o.day for o in h.orders() if o.day >= date(TODAY.year - 1, TODAY.month, min(TODAY.day, 28) if TODAY.month == 2 else TODAY.day)}) >= 2,
    "total@90d:>=3000": lambda h: total(h, ago(90), TODAY) >= 3000,
    "total@90d:0": lambda h: total(h, ago(90), TODAY) == 0,
    "total@90d:none": lambda h: not h.orders(ago(90), TODAY),
    f"total@{ago(200).isoformat()}..{ago(60).isoformat()}:>100": lambda h: total(h, ago(200), ago(60)) > 100,
    f"item@..{ago(60).isoformat()}:拿鐵": lambda h: has_item(h, "拿鐵", None, ago(60)),
    f"item@{ago(60).isoformat()}..:拿鐵": lambda h: has_item(h, "拿鐵", ago(60)),
    f"item@{TODAY:%Y-%m}:拿鐵": lambda h: has_item(h, "拿鐵", *THIS),
    "-item@90d:拿鐵": lambda h: not has_item(h, "拿鐵", ago(90), TODAY),
    "item@90d:none": lambda h: not h.orders(ago(90), TODAY),
    "item@30d..90d:拿鐵": lambda h: has_item(h, "拿鐵", ago(90), ago(30)),
    "order_store@90d:信義店": lambda h: at_store(h, "信義店", ago(90), TODAY),
    "order_store@90d=中山店": lambda h: at_store(h, "中山店", ago(90), TODAY),
    "import:後來": lambda h: "後來" in h.tags,
    "import:後來.csv tag:VIP": lambda h: {"後來", "VIP"} <= set(h.tags),
    "import:會員.csv": lambda h: True,
    "import:訂單.csv": lambda h: bool(h.bought),
    "-import:會員.csv": lambda h: False,
    "import:none": lambda h: False,
    "import:any": lambda h: True,
    "import:99999": lambda h: False,
    "bound_order_days:0": lambda h: True,
    "(store:中山店 OR store:信義店) (orders:>=1 OR tag:VIP) -(consent:no OR blocked:yes)": lambda h: h.store in ("中山店", "信義店") and (len(h.orders()) >= 1 or "VIP" in h.tags) and h.consent != "否" and h.blocked != "是",
    "-(tag:熟客 (orders:0 OR -level:金卡)) 口味:any": lambda h: not ("熟客" in h.tags and (not h.orders() or h.level != "金卡")) and bool(h.taste),
    "標籤:熟客 最近消費:>60d": lambda h: "熟客" in h.tags and h.last is not None and h.last < ago(60),
}  # fmt: skip


@pytest.mark.parametrize("query", CASES)
def test_a_query_finds_whom_the_files_mean(shop: Told, query: str) -> None:
    expected = {her.key for her in shop.people if CASES[query](her)}
    assert shop.found(query) == expected
    assert shop.run("count", query) == {"count": len(expected)}


def test_classes_of_customers(shop: Told) -> None:
    for letter in "NASL":
        expected = {her.key for her in shop.people if shop.nasl(her) == letter}
        assert shop.found(f"nasl:{letter}") == expected
        assert shop.found(f"-nasl:{letter}") == {her.key for her in shop.people} - expected
    assert shop.found("nasl:none") == {her.key for her in shop.people if not her.days()}
    told_classes = shop.run("insights", "nasl")
    assert told_classes["window_days"] == shop.boundary[0]


def test_audiences_inside_audiences(shop: Told) -> None:
    def audience(*words: str) -> dict[str, Any]:
        (one,) = shop.run("audience", *words)["audiences"]
        return dict(one)

    audience("save", "常客 一", "orders:>=2")
    audience("save", "常客二", 'audience:"常客 一" -tag:市集')
    often = {her.key for her in shop.people if len(her.orders()) >= 2}
    second = {her.key for her in shop.people if her.key in often and "市集" not in her.tags}
    everybody = {her.key for her in shop.people}
    assert shop.found("audience:常客二") == second
    assert shop.found("-audience:常客二 tag:VIP") == {
        h.key for h in shop.people if h.key not in second and "VIP" in h.tags
    }
    saved = shop.run("audience", "list")["audiences"]
    anywhere = set().union(*(shop.found(one["query"]) for one in saved))
    assert shop.found("audience:any") == anywhere
    assert shop.found("audience:none") == everybody - anywhere
    shown = audience("show", "常客二")
    sendable = [her for her in shop.people if her.key in second and her.uploadable]
    assert (shown["members"], shown["uploadable"], shown["last_upload"]) == (len(second), len(sendable), None)
    listed = {one["name"]: one["members"] for one in shop.run("audience", "list")["audiences"]}
    assert listed.items() >= {"常客 一": len(often), "常客二": len(second)}.items()
    ids = shop.folder / "ids.txt"
    assert shop.run("audience", "export", "常客二", str(ids))["ids"] == len(sendable)
    assert sorted(ids.read_text("ascii").splitlines()) == sorted(her.uid for her in sendable)


def test_parts_of_the_reach_add_up(shop: Told) -> None:
    everybody = shop.run("count", "")["count"]
    parts = [shop.run("count", f"reachable:{state}")["count"] for state in ("yes", "no", "unknown")]
    assert sum(parts) == everybody
    assert parts[0] + parts[2] == shop.run("count", "uploadable:yes")["count"]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_names_that_look_like_formulas_stay_text(shop: Told, ending: str) -> None:
    shop.run("audience", "save", "點我", "name:HYPERLINK OR name:+王")
    file = shop.folder / f"people.{ending}"
    shop.run("audience", "export", "點我", str(file), "--as", "people", "--fields", "member_no,name,tags")
    expected = {h.no: h.name for h in shop.people if "HYPERLINK" in h.name or h.name.startswith("+王")}
    if ending == "xlsx":
        cells = list(load_workbook(file).worksheets[0].iter_rows(min_row=2))
        kinds = {cell.data_type for row in cells for cell in row if cell.value is not None}
        assert kinds <= {"s", "inlineStr"}
        assert {row[0].value: row[1].value for row in cells} == expected
    else:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            rows = list(csv.reader(opened))[1:]
        assert {row[0] for row in rows} == set(expected)
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@pytest.mark.parametrize("platform", ["google", "meta"])
def test_hashes_are_those_of_the_platforms_rules(shop: Told, platform: str) -> None:
    shop.run("audience", "save", "廣告", "phone:any OR email:any")
    file = shop.folder / f"{platform}.csv"
    answer = shop.run("audience", "export", "廣告", str(file), "--as", platform)
    plus = "+" if platform == "google" else ""
    meant = [h for h in shop.people if (h.phone or h.email) and h.consent != "否"]
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = [set(row) for row in list(csv.reader(opened))[1:]]
    found = set().union(*rows) - {""}
    assert (answer["rows"], answer["emails"], answer["phones"]) == (
        len(meant), sum(bool(h.email) for h in meant), sum(bool(h.phone) for h in meant),
    )  # fmt: skip
    hashed = {hashlib.sha256(h.email.lower().encode()).hexdigest() for h in meant if h.email}
    hashed |= {hashlib.sha256(f"{plus}886{h.phone[1:]}".encode()).hexdigest() for h in meant if h.phone}
    assert len(rows) == len(meant)
    assert found == hashed
