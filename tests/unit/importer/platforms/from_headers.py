"""Makes exports of the headers in ``headers``: every field and every writing has its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from tests.unit.importer.platforms.columns import DAYS, ROWS_OF_ITEMS, ROWS_OF_ORDERS, Col, Export, person
from tests.unit.importer.platforms.headers import MEMBERS, ORDERS
from tests.unit.importer.platforms.people import Line


def number_of(one: Any) -> int:
    """The number of the person or the sale a row is about."""
    return one.sale.n if isinstance(one, Line) else one.n


def _pool(*texts: str) -> Callable[[Any], str]:
    return lambda one: texts[number_of(one) % len(texts)]


def _date(attribute: str, style: str) -> Callable[[Any], str]:
    def write(one: Any) -> str:
        value = one.sale.at if attribute == "at" else getattr(person(one), attribute)
        return DAYS[style](value) if value else ""

    return write


def _national_id(one: Any) -> str:
    return ("A123456789", "B234567890", "F131104093", "A223456781")[number_of(one) % 4]


DATES = {"birthday": "birth", "joined_at": "joined", "friend_at": "friend", "bound_at": "bound", "first_order": "first_order", "last_order": "last_order", "ordered_at": "at"}  # fmt: skip
_FIELDS: dict[str, Callable[[Any], str]] = {
    "member_no": lambda one: f"K{person(one).n:05}",
    "name": lambda one: person(one).zh,
    "phone": lambda one: "0" + person(one).phone[4:],
    "email": lambda one: person(one).email,
    "line_user_id": lambda one: person(one).uid,
    "gender": lambda one: {"male": "男", "female": "女"}.get(person(one).gender, ""),
    "level": lambda one: person(one).level,
    "store": lambda one: person(one).store,
    "source": _pool("官網", "門市", "朋友介紹"),
    "points": lambda one: str(person(one).points),
    "consent": lambda one: "是" if person(one).consent else "否",
    "blocked": lambda one: "是" if person(one).blocked else "否",
    "tags": lambda one: ",".join(person(one).tags),
    "orders": lambda one: str(person(one).orders),
    "total": lambda one: f"{person(one).total:,}",
    "order_no": lambda one: str(20_250_000 + one.sale.n),
    "amount": lambda one: str(one.sale.total),
    "item": lambda one: one.item,
    "quantity": lambda one: str(one.count),
    "item_amount": lambda one: str(one.amount),
    "refund": lambda one: str(one.sale.refund),
    "status": lambda one: ("已完成", "已付款", "已取消", "已退款", "部分退款")[one.sale.state],
    "extra": _pool("甲", "乙", "丙", "丁"),
    "ignore": lambda one: str(one.price) if isinstance(one, Line) else "x",
}
_WRITINGS: dict[str, Callable[[Any], str]] = {
    "name2": _pool("林小姐", "Kevin", "陳大同", ""),
    "en": lambda one: f"{person(one).first} {person(one).last}",
    "first": lambda one: person(one).first,
    "last": lambda one: person(one).last,
    "ja": lambda one: person(one).ja,
    "jafamily": lambda one: person(one).ja.split()[0],
    "jagiven": lambda one: person(one).ja.split()[1],
    "kana": lambda one: person(one).kana,
    "jp": lambda one: "0" + person(one).jp_phone[3:],
    "jp2": _pool("09011112222", "09033334444"),
    "intl": lambda one: person(one).phone,
    "plus": lambda one: person(one).phone[1:],
    "cut": lambda one: person(one).phone[4:],
    "dashes": lambda one: "0" + "-".join((person(one).phone[4:7], person(one).phone[7:10], person(one).phone[10:])),
    "886": lambda one: person(one).phone[1:],
    "code2": lambda one: f"98{number_of(one) * 7919:08}",
    "invoice2": lambda one: f"QX-{24_680_000 + number_of(one)}",
    "landline": lambda one: f"02-2766{person(one).n * 11:04}",
    "phone2": _pool("0911222333", "0955666777", "0933444555"),
    "num": lambda one: str(number_of(one) * 17 % 400),
    "price": lambda one: str(one.price),
    "age": lambda one: str(20 + number_of(one)),
    "row": lambda one: str(number_of(one)),
    "date": lambda one: DAYS["/"](date(2026, 1 + number_of(one) % 12, 1 + number_of(one) % 27)),
    "iso2": lambda one: DAYS["-"](date(2026, 1 + number_of(one) % 12, 1 + number_of(one) % 27)),
    "yn": _pool("Y", "N"),
    "text": _pool("", "淺焙、手沖", "無特別", "靠窗的位子"),
    "city": _pool("台北市", "台中市", "高雄市"),
    "code": lambda one: f"E{number_of(one) % 7:03}",
    "plate": lambda one: f"ABC-{1000 + number_of(one)}",
    "state": _pool("正常", "停用"),
    "handle": _pool("@amy", "bob.lin", "cafe_1"),
    "url": lambda one: f"https://pic.example/{number_of(one)}.jpg",
    "zip": _pool("150-0001", "160-0022"),
    "taxid": _pool("24536806", "04595257"),
    "twid": _national_id,
    "month": lambda one: f"{1 + number_of(one) % 12}月",
    "blank": lambda one: "",
    "pay": _pool("現金", "信用卡", "LINE Pay"),
    "carrier": _pool("/ABC1234", "/XYZ9876"),
    "md": lambda one: f"{person(one).birth.month}/{person(one).birth.day}" if person(one).birth else "",
    "12": lambda one: {"male": "1", "female": "2"}.get(person(one).gender, ""),
    "tf": lambda one: str(person(one).consent).lower(),
    "void": lambda one: "Y" if one.sale.state == 2 else "",
    "invoice": lambda one: f"QX-{24_680_000 + one.sale.n}",
    "invoicestate": lambda one: "作廢" if one.sale.state == 2 else "開立",
}  # fmt: skip
_BY_FIELD = {
    ("gender", "en"): lambda one: {"male": "M", "female": "F"}.get(person(one).gender, ""),
    ("gender", "ja"): lambda one: {"male": "男性", "female": "女性"}.get(person(one).gender, ""),
    ("status", "en"): lambda one: ("completed", "paid", "cancelled", "refunded", "partially_refunded")[one.sale.state],
    ("status", "ja"): lambda one: ("発送済み", "対応中", "キャンセル", "返金済み", "一部返金")[one.sale.state],
}  # fmt: skip


def writing(field: str, how: str) -> Callable[[Any], str]:
    """How a cell of this field is written."""
    if (field, how) in _BY_FIELD:
        return _BY_FIELD[field, how]
    if field in DATES and how in ("", "iso", "roc", "ja"):
        return _date(DATES[field], {"": "/", "iso": "-", "roc": "roc/", "ja": "ja"}[how])
    if how == "iso":
        how = "iso2"
    return _WRITINGS[how] if how else _FIELDS[field]


def _export(title: str, header: str, kind: str, about: Any) -> Export:
    cols = []
    for one in header.split("|"):
        name, _, told = one.rpartition("=")
        field, _, how = told.partition("@")
        cols.append(Col(name, field, writing(field, how)))
    country = "JP" if "Japanese" in title else "TW"
    return (
        Export(title, kind, cols, about, country=country)
        if about
        else Export(title, kind, cols, country=country)
    )


def exports() -> Iterator[Export]:
    """All of them."""
    for title, header in MEMBERS.items():
        yield _export(title, header, "members", None)
    for title, header in ORDERS.items():
        yield _export(title, header, "orders", ROWS_OF_ITEMS if title.startswith("I") else ROWS_OF_ORDERS)
