"""Invented people and sales for the corpus of exports: always the same ones, each with the truth that every file about them has
to come out with."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

_SURNAMES = "陳林黃張李王吳劉蔡楊許鄭謝郭洪邱曾廖賴徐周葉蘇莊"
_GIVEN = "怡君 志明 雅婷 俊傑 美玲 家豪 淑芬 宗翰 佩珊 冠宇 心怡 建宏 欣怡 承恩 詩涵 柏翰 筱雯 彥廷 郁婷 子軒 靜宜 信宏 宜蓁 哲瑋".split()
_JAPANESE = "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田".split()
_JAPANESE_GIVEN = "美咲 翔太 さくら 大輔 陽子 健一 由美 拓也 葵 直樹 恵子 誠".split()
_KANA = (
    "サトウ スズキ タカハシ タナカ イトウ ワタナベ ヤマモト ナカムラ コバヤシ カトウ ヨシダ ヤマダ".split()
)
_KANA_GIVEN = (
    "ミサキ ショウタ サクラ ダイスケ ヨウコ ケンイチ ユミ タクヤ アオイ ナオキ ケイコ マコト".split()
)
_FIRST = "Amy Brian Carol David Emily Frank Grace Henry Irene Jason Karen Leo".split()
_LAST = "Chen Lin Wang Smith Huang Brown Lee Wu Tsai Jones Hsu Davis".split()
_TAGS = ("VIP", "熟客", "新客", "拿鐵控", "週末常客")
_LEVELS = ("一般會員", "銀卡會員", "金卡會員")
_STORES = ("忠孝店", "台中店", "高雄店")
HOW_MANY = 24


@dataclass(frozen=True)
class Person:
    """Somebody in a file; ``phone`` is E.164, everything that may be missing is "" or None."""

    n: int
    zh: str
    ja: str
    kana: str
    first: str
    last: str
    phone: str
    jp_phone: str
    email: str
    uid: str
    gender: str
    birth: date | None
    joined: datetime
    friend: datetime
    bound: datetime | None
    last_order: datetime | None
    first_order: datetime | None
    orders: int
    total: int
    points: int
    tags: tuple[str, ...]
    level: str
    store: str
    consent: bool
    blocked: bool

    @property
    def no(self) -> str:
        """The shop's member number."""
        return f"M{self.n:05}"


def _moment(rng: random.Random, first: int, last: int) -> datetime:
    days = (date(last, 9, 30) - date(first, 1, 1)).days
    return datetime(first, 1, 1, 9) + timedelta(days=rng.randrange(days), seconds=rng.randrange(1, 40_000))


def _person(n: int) -> Person:
    rng = random.Random(7_000 + n)
    bought = n % 5 != 4
    joined = _moment(rng, 2021, 2024)
    first_order = joined + timedelta(days=rng.randrange(1, 60), seconds=77)
    return Person(
        n=n,
        zh=rng.choice(_SURNAMES) + _GIVEN[n % len(_GIVEN)],
        ja=f"{_JAPANESE[n % 12]} {_JAPANESE_GIVEN[(n * 5) % 12]}",
        kana=f"{_KANA[n % 12]} {_KANA_GIVEN[(n * 5) % 12]}",
        first=_FIRST[(n * 7) % 12],
        last=_LAST[n % 12],
        phone=f"+8869{rng.randrange(10_000_000, 89_999_999)}",
        jp_phone=f"+8190{rng.randrange(20_000_000, 89_999_999)}",
        email="" if n % 6 == 3 else f"{_FIRST[n % 12].lower()}.{n}@example{n % 3}.com",
        uid=f"U{rng.getrandbits(128):032x}",
        gender="" if n % 9 == 7 else ("male", "female")[n % 2],
        birth=None if n % 8 == 5 else date(rng.randrange(1958, 2006), rng.randrange(1, 13), rng.randrange(1, 29)),
        joined=joined,
        friend=joined + timedelta(days=2, seconds=5),
        bound=None if n % 4 == 3 else joined + timedelta(days=3, seconds=9),
        first_order=first_order if bought else None,
        last_order=first_order + timedelta(days=rng.randrange(1, 300), seconds=11) if bought else None,
        orders=rng.randrange(1, 30) if bought else 0,
        total=rng.randrange(120, 98_000) if bought else 0,
        points=rng.randrange(0, 900),
        tags=tuple(rng.sample(_TAGS, n % 3)),
        level=_LEVELS[n % 3],
        store=_STORES[n % 3],
        consent=n % 3 != 2,
        blocked=n % 7 == 6,
    )  # fmt: skip


PEOPLE = tuple(_person(n) for n in range(1, HOW_MANY + 1))


@dataclass(frozen=True)
class Line:
    """One item of a sale; the first line of a sale is ``first``."""

    sale: Sale
    item: str
    count: int
    price: int
    first: bool

    @property
    def amount(self) -> int:
        """What the line costs."""
        return self.count * self.price


@dataclass
class Sale:
    """One order with its lines; ``state``: 0 done, 1 done, 2 cancelled, 3 refunded, 4 partly refunded."""

    n: int
    buyer: Person
    at: datetime
    state: int
    lines: list[Line] = field(default_factory=list)

    @property
    def total(self) -> int:
        """What the sale costs."""
        return sum(line.amount for line in self.lines)

    @property
    def refund(self) -> int:
        """What was given back."""
        return {3: self.total, 4: 30}.get(self.state, 0)

    @property
    def invoice(self) -> str:
        """The number of its invoice."""
        return f"QX{24_680_000 + self.n * 37}"


_MENU = (
    ("拿鐵", 120),
    ("美式咖啡", 90),
    ("巴斯克蛋糕", 160),
    ("手沖 衣索比亞", 180),
    ("掛耳包（10入）", 350),
)


def _sale(n: int) -> Sale:
    rng = random.Random(9_000 + n)
    sale = Sale(
        n, PEOPLE[(n * 5) % HOW_MANY], _moment(rng, 2025, 2025), (0, 0, 1, 0, 2, 0, 3, 0, 4, 1)[n % 10]
    )
    for place in range(1 + n % 3):
        item, price = _MENU[(n + place * 2) % len(_MENU)]
        sale.lines.append(Line(sale, item, 1 + (n + place) % 3, price, place == 0))
    return sale


SALES = tuple(_sale(n) for n in range(1, 31))
LINES = tuple(line for sale in SALES for line in sale.lines)
FIRST_LINES = tuple(line for line in LINES if line.first)
