"""Small files of members and orders made by chance from so few numbers, names and tags that people meet again and again: the same
file twice, a family's phone, a number that changes hands, a tag too many."""

from __future__ import annotations

from pathlib import Path
from random import Random

MEMBER_FIELDS = {
    "會員編號": "member_no",
    "LINE UID": "line_user_id",
    "手機": "phone",
    "Email": "email",
    "姓名": "name",
    "門市": "store",
    "點數": "points",
    "同意": "consent",
    "封鎖": "blocked",
    "不發": "do_not_send",
    "標籤": "tags",
    "累積消費": "total",
    "訂單數": "orders",
    "口味": "extra",
    "座位": "extra",
}
"""The columns a members file may have, with their fields."""
ORDER_FIELDS = {
    "訂單編號": "order_no",
    "訂單日期": "ordered_at",
    "會員編號": "member_no",
    "手機": "phone",
    "品名": "item",
    "金額": "amount",
    "狀態": "status",
}
TAGS = "熟客 外帶 VIP 拿鐵 美式 早鳥 團購".split()
_KEYS = 4


def members_file(path: Path, chance: Random, people: int = 7, rows: int = 9) -> dict[str, str]:
    """Write a members file with some of the columns; returns the fields of those it has.

    Args:
        people: how many member numbers, phones, e-mails and user IDs there are to choose from.
        rows: at most so many rows.
    """
    names = list(MEMBER_FIELDS)
    kept = [name for place, name in enumerate(names) if chance.random() < (0.8 if place < _KEYS else 0.55)]
    if not any(name in kept for name in names[:_KEYS]):
        kept.insert(0, "會員編號")
    if len(kept) == 1:
        kept.append("姓名")
    lines = [",".join(kept)]
    for _ in range(chance.randint(1, rows)):
        # Mostly one and the same person in all cells of a row, as in life; sometimes anybody's number.
        person = chance.randint(1, people)
        lines.append(",".join(_member_cell(name, chance, person, people) for name in kept))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return {name: MEMBER_FIELDS[name] for name in kept}


def _member_cell(name: str, chance: Random, person: int, people: int) -> str:
    if chance.random() < 0.25:
        return ""
    if chance.random() < 0.12:
        person = chance.randint(1, people)
    family = (person + 1) // 2
    match name:
        case "會員編號":
            return f"A{person}"
        case "LINE UID":
            return f"U{person:032x}"
        case "手機":
            return f"09{family:08d}".replace("00000", "12345")
        case "Email":
            return f"m{person}@example.com"
        case "姓名":
            return ("王小明", "陳美玲", "Ｍeｉ", "林志豪")[(person + (chance.random() < 0.1)) % 4]
        case "門市":
            return ("中山店", "信義店")[(person + (chance.random() < 0.1)) % 2]
        case "點數":
            return ("0", "10", "10.5")[(person + (chance.random() < 0.1)) % 3]
        case "同意" | "封鎖" | "不發":
            return chance.choice(("是", "是", "否"))
        case "標籤":
            return "、".join(chance.sample(TAGS, chance.randint(1, 4)))
        case "累積消費":
            return str(100 * person)
        case "訂單數":
            return str(person)
    return ("拿鐵", "美式")[(person + (chance.random() < 0.1)) % 2]


def orders_file(path: Path, chance: Random, people: int = 7, rows: int = 8) -> dict[str, str]:
    """Write an orders file; returns the fields of its columns. Arguments as in :func:`members_file`."""
    lines = [",".join(ORDER_FIELDS)]
    for _ in range(chance.randint(1, rows)):
        number, person = chance.randint(1, 9), chance.randint(1, people)
        member = f"A{person}" if chance.random() < 0.6 else ""
        phone = f"0912345{(person + 1) // 2:03d}" if chance.random() < 0.5 else ""
        lines.append(
            ",".join(
                (
                    f"N{number}",
                    f"2026/0{1 + number % 9}/{10 + chance.randint(0, 2)} 10:30",
                    member,
                    phone,
                    chance.choice(("拿鐵", "美式")),
                    str(50 * chance.randint(0, 3)),
                    chance.choice(("完成", "完成", "完成", "已取消")),
                )
            )
        )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return dict(ORDER_FIELDS)
