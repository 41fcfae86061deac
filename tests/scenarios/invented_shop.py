"""A shop made up of files and taken in by commands, and its people as they were written into the files."""

from __future__ import annotations

import csv
import io
import json
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from desktop.cli import main

TODAY = datetime.now(ZoneInfo("Asia/Taipei")).date()
TAGS = ("熟客", "VIP", "拿鐵派", "市集", "=SUM")
STORES = ("中山店", "信義店", "中山北店", "")
ITEMS = ("拿鐵", "冰拿鐵", "美式", "手沖 單品", "Cake")
LEVELS = ("金卡", "銀卡", "")
TASTES = ("拿鐵", "美式、拿鐵", "12", "")


@dataclass
class Bought:
    """One order as the file tells it."""

    day: date
    amount: float
    status: str
    items: list[str]
    store: str

    @property
    def counts(self) -> bool:
        return self.status in ("完成", "")


@dataclass
class Her:
    """One person as the files tell her."""

    no: str
    name: str
    phone: str = ""
    email: str = ""
    uid: str = ""
    gender: str = ""
    birthday: date | None = None
    level: str = ""
    store: str = ""
    points: int | None = None
    consent: str = ""
    blocked: str = ""
    friend_at: date | None = None
    joined_at: date | None = None
    taste: str = ""
    tags: list[str] = field(default_factory=list)
    bought: list[Bought] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.no or self.name

    def orders(self, first: date | None = None, last: date | None = None) -> list[Bought]:
        return [
            one
            for one in self.bought
            if one.counts and (first is None or one.day >= first) and (last is None or one.day <= last)
        ]

    def days(self) -> list[date]:
        return sorted({one.day for one in self.orders()})

    @property
    def last(self) -> date | None:
        return max(self.days(), default=None)

    @property
    def member(self) -> bool:
        return bool(self.no or self.phone or self.email)

    @property
    def uploadable(self) -> bool:
        return bool(self.uid) and self.blocked != "是" and self.consent != "否"


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def months(day: date, by: int) -> int:
    return (day.month - 1 + by) % 12 + 1


def invented() -> list[Her]:
    chance = Random(86)
    people = []
    for n in range(1, 91):
        her = Her(
            f"M{n:04d}",
            chance.choice(("陳美玲", "王小明", '=HYPERLINK("http://x.tw","點我")', "林 Mei", "+王")) + str(n),
        )
        her.phone = f"09{12345678 + n * 7919:08d}" if chance.random() < 0.7 else ""
        her.email = f"Mei.{n}@Example.com" if chance.random() < 0.5 else ""
        her.uid = f"U{n:032x}" if chance.random() < 0.6 else ""
        her.gender = chance.choice(("男", "女", ""))
        her.birthday = date(1980 + n % 25, chance.randint(1, 12), chance.randint(1, 28)) if n % 4 else None
        her.level, her.store = chance.choice(LEVELS), chance.choice(STORES)
        her.points = chance.choice((None, 0, 5, 120))
        her.consent, her.blocked = chance.choice(("是", "否", "", "")), chance.choice(("是", "否", "", ""))
        her.friend_at = ago(chance.randint(0, 400)) if her.uid and n % 3 else None
        her.joined_at = ago(chance.randint(0, 800)) if n % 5 else None
        her.taste = chance.choice(TASTES)
        her.tags = chance.sample(TAGS, chance.randint(0, 3))
        for _ in range(chance.choice((0, 0, 1, 1, 2, 3, 5))):
            her.bought.append(order(chance))
        people.append(her)
    for n in range(6):
        people.append(Her("", f"路過客{n}", phone=f"0988{123457 + n * 71}", bought=[order(chance)]))
    for her in chance.sample(people[:90], 12):
        her.tags = [*her.tags, "後來"]
    return people


def order(chance: Random) -> Bought:
    items = chance.sample(ITEMS, chance.randint(1, 2))
    day = ago(chance.choice((0, 1, 29, 30, 31, 59, 60, 61, 89, 90, 91, *range(5, 400, 7))))
    status = chance.choice(("完成", "完成", "完成", "", "已取消", "已退款"))
    return Bought(day, chance.choice((0, 80, 120, 99.5, 3000)), status, items, chance.choice(STORES[:3]))


def table(rows: list[list[Any]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def told(day: date | None) -> str:
    return "" if day is None else day.isoformat()


class Told:
    """The shop and its people."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.people = invented()
        head = "會員編號,姓名,手機,Email,LINE UID,性別,生日,會員等級,門市,點數,同意行銷,封鎖,加好友日,加入日期,標籤,口味"
        members: list[list[Any]] = [head.split(",")]
        members += [
            [h.no, h.name, h.phone, h.email, h.uid, h.gender, told(h.birthday), h.level, h.store,
             "" if h.points is None else h.points, h.consent, h.blocked, told(h.friend_at), told(h.joined_at),
             "、".join(tag for tag in h.tags if tag != "後來"), h.taste]
            for h in self.people
        ]  # fmt: skip
        self.take("會員.csv", members)
        orders: list[list[Any]] = [
            "訂單編號,會員編號,姓名,手機,訂單日期,訂單金額,訂單狀態,商品名稱,數量,門市".split(",")
        ]
        number = 0
        for her in self.people:
            for one in her.bought:
                number += 1
                for line, item in enumerate(one.items):
                    amount = one.amount if line == 0 else ""
                    orders.append(
                        [
                            f"O{number}",
                            her.no,
                            her.name,
                            her.phone,
                            told(one.day),
                            amount,
                            one.status,
                            item,
                            1,
                            one.store,
                        ]
                    )
        self.take("訂單.csv", orders)
        later = [h for h in self.people if "後來" in h.tags]
        self.take("後來.csv", [["會員編號", "標籤"], *([h.no, "後來"] for h in later)])
        self.later = {h.no for h in later}

    def take(self, name: str, rows: list[list[Any]]) -> None:
        file = self.folder / name
        file.write_text(table(rows), "utf-8-sig")
        (report,) = self.run("import", str(file))["imports"]
        assert (report["skipped"], report["problems"]) == ([], [])

    def run(self, *words: str) -> dict[str, Any]:
        with redirect_stdout(io.StringIO()) as out:
            code = main(["--shop", str(self.folder / "店.tagline"), "--json", *words])
        assert code == 0, words
        answer: dict[str, Any] = json.loads(out.getvalue())
        return answer

    def found(self, query: str) -> set[str]:
        answer = self.run("members", query)
        names = [one["member_no"] or one["name"] for one in answer["members"]]
        assert answer["count"] == len(names) == len(set(names))
        return set(names)

    @property
    def boundary(self) -> tuple[float, date]:
        """The window of NASL and its reference day."""
        days = [her.days() for her in self.people]
        gaps = [(b - a).days for mine in days for a, b in pairwise(mine)]
        return 3 * median(gaps), max(day for mine in days for day in mine)

    def nasl(self, her: Her) -> str:
        window, as_of = self.boundary
        if her.last is None:
            return ""
        new, often = (as_of - her.last).days <= window, len(her.days()) > 1
        return ("A" if often else "N") if new else ("S" if often else "L")
