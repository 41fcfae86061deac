"""What has to come out of the sample files, counted from the generator's own people — never by the importer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise
from statistics import median
from typing import Any

from . import shop_plan as plan
from .files.members import COLUMNS, SHEET, WrittenMembers
from .files.others import FORM_COLUMNS, ORDER_COLUMNS
from .files.writings import PhoneWritings
from .person import CANCELLED, REFUNDED, Order, Person
from .tagging import lapsed_regular

Test = Callable[[Person], bool]


def tagged(*names: str) -> Test:
    """Somebody who carries one of the tags (of those that fit)."""
    return lambda person: bool(set(names) & set(person.kept_tags))


def last_order_before(days: int) -> Test:
    """The last order is more than so many whole days ago, counted from the data's last day."""
    limit = plan.TODAY - timedelta(days=days)
    return lambda person: person.last_order is not None and person.last_order < limit


def friend_between(first: date, last: date) -> Test:
    """The friend date lies in the range, both ends included."""
    return lambda person: person.friend_on is not None and first <= person.friend_on <= last


def queries() -> dict[str, Test]:
    """Queries in the program's language and the same thing said in Python."""
    year, everybody = friend_between(date(2026, 1, 1), date(2026, 12, 31)), tagged("熟客", "VIP")
    lapsed, market, regular = last_order_before(60), tagged("市集"), tagged("熟客")
    return {
        "": lambda _: True,
        "tag:熟客": regular,
        "tag:vip": tagged("VIP"),
        "tag:VIP -tag:市集": lambda p: tagged("VIP")(p) and not market(p),
        "tag:熟客 OR tag:VIP": everybody,
        "(tag:熟客 OR tag:VIP) last_order:>60d -tag:市集": lapsed_regular,
        "-tag:勿擾": lambda p: not tagged("勿擾")(p),
        "tag:none": lambda p: not p.tags,
        'tag:"生日 11 月"': tagged("生日 11 月"),
        "last_order:>60d": lapsed,
        "last_order:none": lambda p: p.last_order is None,
        "last_order:2026-01-01..2026-03-31": _last_order_between(date(2026, 1, 1), date(2026, 3, 31)),
        "store:中山店": lambda p: p.store == "中山店",
        "store:中山店 OR store:信義店": lambda p: p.store in ("中山店", "信義店"),
        "friend_at:2026-01-01..2026-12-31": year,
        "friend_at:2026-01-01..2026-12-31 line_user_id:any": lambda p: year(p) and p.bound,
        "friend_at:any line_user_id:none": lambda p: p.friend_on is not None and not p.bound,
        "line_user_id:any": lambda p: p.bound,
        "line_user_id:none": lambda p: not p.bound,
        "bound:yes": lambda p: p.bound,
        "uploadable:yes": uploadable,
        "member_no:none": lambda p: p.member_no is None,
        "orders:>=2": lambda p: len(p.counting) >= 2,
        "order_days:>=2": lambda p: len(p.order_days) >= 2,
        "orders:0": lambda p: not p.counting,
        "total:>=10000": lambda p: p.total >= 10_000,
        "total:3000..8000": lambda p: 3_000 <= p.total <= 8_000,
        "consent:no": lambda p: p.consent is False,
        "level:黑卡": lambda p: p.level == "黑卡",
        '"最愛口味":拿鐵': lambda p: p.favourite == "拿鐵",
        "joined_at:>=2026-01-01": lambda p: p.joined_at.date() >= date(2026, 1, 1),
        "birthday_month:11": lambda p: p.birthday is not None and p.birthday.month == 11,
        "tag_count:10": lambda p: len(p.kept_tags) == 10,
        "tag:豆子訂閱 store:官網 total:>=3000": _beans_online,
        "怡君": lambda p: "怡君" in p.name,
    }


def expected_figures(
    people: Sequence[Person],
    orders: Sequence[Order],
    written: WrittenMembers,
    phones: PhoneWritings,
    order_rows: int,
    answers: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    """Everything that tests compare with, as one JSON object; see resources/sample/README.md."""
    return {
        "as_of": plan.TODAY.isoformat(),
        "members_file": _members(people, written, phones),
        "orders_file": _orders(orders, order_rows),
        "form_answers_file": _answers(answers),
        "people": {
            "all": len(people),
            "bound": sum(p.bound for p in people),
            "friends": sum(p.friend_on is not None for p in people),
            "shared_phone": sum(p.phone_shared for p in people),
            "with_phone": sum(phones.true_phone(p) is not None for p in people),
        },
        "tags": dict(sorted(Counter(tag for p in people for tag in p.kept_tags).items())),
        "tag_total": sum(len(p.kept_tags) for p in people),
        "queries": {query: _answer(people, test) for query, test in queries().items()},
        "funnel": _funnel(people),
        "nasl": {"all": _nasl(people), "bound": _nasl([p for p in people if p.bound])},
        "repurchase": _repurchase(people),
        "concentration": _concentration(people),
        "faces": [_face(p, phones) for p in people if p.fixed],
        "line": {
            "followers": plan.FOLLOWERS,
            "blocks": plan.BLOCKED,
            "targeted_reaches": plan.FOLLOWERS - plan.BLOCKED,
            "blocked_and_bound": 0,
        },
    }


def uploadable(person: Person) -> bool:
    """Reachable as far as the files say: bound, and promotion by LINE not refused."""
    return person.bound and person.consent is not False


def ids_hash(user_ids: Sequence[str]) -> str:
    """SHA-256 over the sorted user IDs, one a line with LF: compares sets of IDs without keeping them."""
    return sha256("".join(f"{user_id}\n" for user_id in sorted(user_ids)).encode()).hexdigest()


def _answer(people: Sequence[Person], test: Test) -> dict[str, Any]:
    found = [person for person in people if test(person)]
    ids = [person.line_user_id or "" for person in found if uploadable(person)]
    return {"count": len(found), "uploadable": len(ids), "ids_sha256": ids_hash(ids)}


def _last_order_between(first: date, last: date) -> Test:
    return lambda person: person.last_order is not None and first <= person.last_order <= last


def _beans_online(person: Person) -> bool:
    return "豆子訂閱" in person.kept_tags and person.store == "官網" and person.total >= 3_000


def _members(people: Sequence[Person], written: WrittenMembers, phones: PhoneWritings) -> dict[str, Any]:
    return {
        "file": plan.MEMBERS_FILE,
        "kind": "members",
        "sheet": SHEET,
        "header_row": plan.HEADER_ROW,
        "rows": written.rows,
        "new": len(people),
        "skipped_rows": written.nobody_rows,
        "totals_row": plan.HEADER_ROW + written.rows + 2,
        "problems": written.problems,
        "problem_rows": len({problem["row"] for problem in written.problems}),
        "lost_zeros": len(phones.lost_zero),
        "mapping": COLUMNS,
    }


def _orders(orders: Sequence[Order], rows: int) -> dict[str, Any]:
    status = Counter(order.status for order in orders)
    known = [order for order in orders if order.buyer]
    return {
        "file": plan.ORDERS_FILE,
        "kind": "orders",
        "encoding": "cp950",
        "header_row": 1,
        "rows": rows,
        "orders": len(orders),
        "counting": sum(order.counts for order in orders),
        "cancelled": status[CANCELLED],
        "refunded": status[REFUNDED],
        "unknown_buyer": len(orders) - len(known),
        "by_phone_only": sum(order.as_guest for order in known),
        "discount_rows": sum(line.is_discount for order in orders for line in order.lines),
        "zero_amount": sum(order.amount == 0 for order in orders),
        "revenue": sum(order.amount for order in orders if order.counts),
        "revenue_of_people": sum(order.amount for order in known if order.counts),
        "first_day": min(order.at for order in orders).date().isoformat(),
        "last_day": max(order.at for order in orders).date().isoformat(),
        "mapping": ORDER_COLUMNS,
    }


def _answers(answers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    who = [answer["person"] for answer in answers if answer["person"]]
    tastes = Counter(
        taste for person, taste in {(a["person"], t) for a in answers if a["person"] for t in a["tastes"]}
    )
    return {
        "file": plan.FORM_FILE,
        "kind": "form_answers",
        "rows": len(answers),
        "nobody": len(answers) - len(who),
        "people": len(set(who)),
        "people_by_taste": dict(sorted(tastes.items())),
        "columns": FORM_COLUMNS,
    }


def _funnel(people: Sequence[Person]) -> dict[str, Any]:
    bound = [person for person in people if person.bound]
    buyers = [person for person in bound if person.counting]
    again = [person for person in buyers if len(person.order_days) >= 2]
    new = [person for person in people if person.friend_on and person.friend_on.year == 2026]
    stores = {store: [p for p in new if p.store == store] for store in plan.NEW_FRIENDS}
    return {
        "friends_without_blocks": plan.FOLLOWERS - plan.BLOCKED,
        "bound": len(bound),
        "bound_percent": round(100 * len(bound) / (plan.FOLLOWERS - plan.BLOCKED), 1),
        "bound_buyers": len(buyers),
        "bound_repeat_buyers": len(again),
        "new_friends": len(new),
        "new_friends_bound": sum(p.bound for p in new),
        "new_friends_by_store": {
            s: {"friends": len(n), "bound": sum(p.bound for p in n)} for s, n in stores.items()
        },
    }


def _nasl(people: Sequence[Person]) -> dict[str, Any]:
    found = {name: {"people": 0, "revenue": 0} for name in "NASL"}
    never = 0
    for person in people:
        days = person.order_days
        if not days:
            never += 1
            continue
        recent = (plan.TODAY - days[-1]).days <= 3 * plan.CYCLE_DAYS
        name = ("A" if recent else "S") if len(days) > 1 else ("N" if recent else "L")
        found[name]["people"] += 1
        found[name]["revenue"] += person.total
    return {"classes": found, "never": never}


def _repurchase(people: Sequence[Person]) -> dict[str, Any]:
    days = [person.order_days for person in people]
    gaps = [(later - earlier).days for one in days for earlier, later in pairwise(one)]
    return {"cycle_days": median(gaps), "window_days": 3 * median(gaps), "gaps": len(gaps)}


def _concentration(people: Sequence[Person]) -> dict[str, Any]:
    totals = sorted((person.total for person in people if person.counting), reverse=True)
    whole = sum(totals)
    share = {
        f"top_{part}_percent": round(100 * sum(totals[: len(totals) * part // 100]) / whole, 1)
        for part in (1, 10, 20)
    }
    return {"buyers": len(totals), **share}


def _face(person: Person, phones: PhoneWritings) -> dict[str, Any]:
    return {
        "member_no": person.member_no,
        "name": person.name,
        "phone": phones.true_phone(person),
        "email": person.email,
        "birthday": person.birthday.isoformat() if person.birthday else None,
        "line_user_id": person.line_user_id,
        "store": person.store,
        "tags": person.kept_tags,
        "joined_at": person.joined_at.isoformat(),
        "friend_at": person.friend_on.isoformat() if person.friend_on else None,
        "orders": len(person.counting),
        "order_days": len(person.order_days),
        "total": person.total,
        "last_order": person.last_order.isoformat() if person.last_order else None,
    }
