"""Writes the other files of the sample shop: orders in Big5, form answers, and what the practice LINE account knows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from .. import shop_plan as plan
from .. import vocabulary as words
from ..dice import Dice
from ..people import made_up_user_id
from ..person import Order, Person
from .writings import PhoneWritings, write_moment, write_phone

ORDER_COLUMNS = {
    "訂單編號": "order_no", "訂單日期": "ordered_at", "訂單狀態": "status", "付款方式": "extra", "門市": "store",
    "會員編號": "member_no", "姓名": "name", "電話": "phone", "品名": "item", "數量": "quantity", "小計": "item_amount",
    "訂單合計": "amount",
}  # fmt: skip
FORM_COLUMNS = ["時間戳記", "您的會員編號或手機", "喜歡的口味（可複選）", "通常什麼時候來？", "給我們的話"]


def write_orders(path: Path, orders: Sequence[Order], phones: PhoneWritings) -> int:
    """Writes the orders export (CP950, CRLF, newest first, one row per item); returns its number of data rows."""
    text = io.StringIO(newline="")
    out = csv.writer(text)
    out.writerow(ORDER_COLUMNS)
    rows = 0
    for order in sorted(orders, key=lambda order: order.number, reverse=True):
        for place, line in enumerate(order.lines):
            total = _money(order.amount) if place == 0 else ""
            out.writerow([*_head(order, phones), line.item, line.quantity, _money(line.amount), total])
            rows += 1
    path.write_bytes(text.getvalue().encode("cp950", errors="replace"))
    return rows


def _head(order: Order, phones: PhoneWritings) -> list[str]:
    start = [order.number, f"{order.at:%Y/%m/%d %H:%M}", order.status, order.payment, order.store]
    buyer = order.buyer
    if buyer is None:
        return [*start, "", "現場客", ""]
    phone = "" if buyer.phone is None or buyer in phones.broken else buyer.phone
    if phone:
        phone = f"{phone[:4]}-{phone[4:7]}-{phone[7:]}" if buyer.index % 3 else phone[1:]
    return [*start, "" if order.as_guest else buyer.member_no or "", buyer.name, phone]


def _money(amount: int) -> str:
    return f"{amount:,}"


def write_answers(path: Path, people: Sequence[Person], phones: PhoneWritings) -> list[dict[str, Any]]:
    """Writes the answers of a Google form (UTF-8 with BOM, CRLF); returns who answered what, in the file's order."""
    dice = Dice(f"{plan.SEED}/form")
    asked = [p for p in people if p.bound and p.buyer_class and p not in phones.broken]
    who: list[Person | None] = [None] * plan.FORM_NOBODY
    first = dice.some(asked, plan.FORM_ROWS - plan.FORM_NOBODY - 8)
    who += [*first, *first[:8]]
    start = datetime(2026, 10, 5, 9, 0)
    moments = sorted(start + timedelta(seconds=dice.between(0, 46 * 86_400)) for _ in who)
    answers: list[dict[str, Any]] = []
    for at, person in zip(moments, dice.shuffled(who), strict=True):
        tastes = [taste for taste in words.FORM_TASTES if dice.chance(0.28)]
        row: list[str] = [write_moment(at, seconds=True), _form_key(person, dice), ", ".join(tastes)]
        row += [dice.pick(words.FORM_TIMES), dice.pick(words.FORM_WORDS)]
        answers.append({"person": person, "cells": row, "tastes": tastes, "at": at})
    text = io.StringIO(newline="")
    csv.writer(text).writerows([FORM_COLUMNS, *[answer["cells"] for answer in answers]])
    path.write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode("utf-8"))
    return answers


def _form_key(person: Person | None, dice: Dice) -> str:
    if person is None:
        return dice.pick(["", "忘記了", "沒有會員"])
    by_phone = person.phone is not None and not person.phone_shared and dice.chance(0.55)
    if person.phone and (by_phone or person.member_no is None):
        return write_phone(person.phone, dice)
    number = person.member_no or ""
    return dice.weighted([(number, 80.0), (number.lower(), 12.0), (f" {number} ", 8.0)])


def make_followers(people: Sequence[Person]) -> list[dict[str, Any]]:
    """The 6,020 friends LINE knows: all bound people, the other friends of the list, and people nobody knows yet.

    Of the 790 who blocked none is bound: two thirds of the 5,230 others are.
    """
    dice = Dice(f"{plan.SEED}/followers")
    bound = [person for person in people if person.bound]
    others = [person for person in people if person.friend_on and not person.bound]
    followers = [_follower(_true_user_id(person), person, False, dice) for person in bound]
    rest = [_follower(_true_user_id(person), person, False, dice) for person in others]
    strangers = plan.FOLLOWERS - len(followers) - len(rest)
    rest += [_follower(made_up_user_id(f"stranger/{n}"), None, False, dice) for n in range(strangers)]
    for follower in dice.some(rest, plan.BLOCKED):
        follower["blocked"] = True
    return dice.shuffled(followers + rest)


def _true_user_id(person: Person) -> str:
    return person.line_user_id or made_up_user_id(f"friend/{person.index}")


def _follower(user_id: str, person: Person | None, blocked: bool, dice: Dice) -> dict[str, Any]:
    if person is None or dice.chance(0.35):
        name = dice.pick(words.LINE_NICKNAMES)
    else:
        name = person.name if dice.chance(0.45) else person.name[-2:]
    return {"user_id": user_id, "display_name": name + dice.pick(words.LINE_MARKS), "blocked": blocked}


def write_account(path: Path, followers: Sequence[dict[str, Any]]) -> None:
    """Writes the simulator's seed: one follower a line, so that a difference stays readable."""
    head = {
        "account": {
            "displayName": "日日咖啡",
            "basicId": "@daydaycoffee",
            "userId": made_up_user_id("account"),
            "chatMode": "chat",
            "markAsReadMode": "manual",
        },
        "quota": {"value": plan.QUOTA, "used": plan.QUOTA_USED},
        "insight": {
            "date": f"{plan.TODAY:%Y%m%d}",
            "followers": plan.FOLLOWERS,
            "blocks": plan.BLOCKED,
            "targetedReaches": plan.FOLLOWERS - plan.BLOCKED,
        },
    }
    lines = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in followers]
    text = (
        json.dumps(head, ensure_ascii=False, indent=1)[:-2]
        + ',\n "followers": [\n'
        + ",\n".join(lines)
        + "\n]}\n"
    )
    path.write_bytes(text.encode("utf-8"))
