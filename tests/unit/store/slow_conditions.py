"""Who matches a condition, worked out person by person in plain Python from what docs/query.md says, to compare with
the SQL. Knows nothing of how the program does it."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from desktop.core.people.condition import (
    Ago,
    And,
    Condition,
    Day,
    MonthDay,
    Named,
    Not,
    Op,
    Or,
    Period,
    Term,
    Word,
)


@dataclass
class Order:
    ordered_at: str | None
    counts: int = 1
    store: str | None = None
    items: tuple[str, ...] = ()
    amount: float | None = None
    kind: str = "order"
    created_step: int | None = None
    changed_by: int | None = None


@dataclass
class Person:
    id: int
    fields: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    orders: tuple[Order, ...] = ()
    changed_by: tuple[int, ...] = ()
    tagged_by: tuple[int, ...] = ()

    def __getitem__(self, name: str) -> Any:
        return self.fields.get(name)

    @property
    def counting(self) -> list[Order]:
        return [order for order in self.orders if order.counts]


@dataclass
class World:
    """A shop: its people, its day, its saved audiences, its imports that are done, its cycle (window in days, reference day)."""

    people: list[Person]
    today: date
    audiences: dict[str, Condition] = field(default_factory=dict)
    imports: dict[int, str] = field(default_factory=dict)
    undone: dict[int, str] = field(default_factory=dict)
    window: float = 90
    as_of: date = date(2026, 3, 31)


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def matching(world: World, condition: Condition) -> list[int]:
    return [person.id for person in world.people if _matches(person, condition, world)]


def _matches(person: Person, condition: Condition, world: World) -> bool:
    match condition:
        case And(parts):
            return all(_matches(person, part, world) for part in parts)
        case Or(parts):
            return any(_matches(person, part, world) for part in parts)
        case Not(part):
            return not _matches(person, part, world)
        case Word(text):
            return _word(person, text)
        case Term():
            return _term(person, condition, world)


def _word(person: Person, text: str) -> bool:
    texts = [person[name] for name in ("name", "line_name", "note", "member_no", "email")]
    found = any(fold(text) in fold(value) for value in [*texts, *person.tags] if value)
    return found or _phone(person["phone"], text)


def _phone(phone: str | None, text: str) -> bool:
    plain = unicodedata.normalize("NFKC", text)
    if not phone or not re.fullmatch(r"[+0-9().\- ]*[0-9][0-9().\- ]*", plain):
        return False
    digits = re.sub("[^0-9]", "", plain)
    national = phone.removeprefix("+886")
    from_start = [phone[1:], f"8860{national}"] if phone.startswith("+886") else [phone[1:]]
    if "+" in plain:
        return any(writing.startswith(digits) for writing in from_start)
    dialled = [f"00{phone[1:]}", f"002{phone[1:]}"]
    if phone.startswith("+886"):
        dialled += [f"0{national}", f"8860{national}"]
    return digits in phone or any(writing.startswith(digits) for writing in dialled)


def _present(person: Person, term: Term) -> bool:
    name = term.field
    if term.extra:
        return str(person.extra.get(name, "")) != ""
    if name == "tag":
        return bool(person.tags)
    if name in ("ordered_at", "order_store", "item"):
        return any(
            {"ordered_at": True, "order_store": order.store, "item": any(order.items)}[name]
            for order in person.counting
        )
    if name == "birthday_month":
        name = "birthday"
    if name == "reachable":
        return _answer(person, name) != "unknown"
    if name in (
        "id",
        "tag_count",
        "bound_order_days",
        "do_not_send",
        "friend",
        "bound",
        "shop_member",
        "uploadable",
    ):
        return True
    return person[name] is not None


def _answer(person: Person, name: str) -> str:
    member = any(person[key] for key in ("member_no", "phone", "email"))
    user = bool(person["line_user_id"])
    sendable = user and person["blocked"] != 1 and person["consent"] != 0 and not person["do_not_send"]
    if name == "friend":
        value = user or bool(person["friend_at"])
    elif name == "shop_member":
        value = member
    elif name == "bound":
        value = member and user
    elif name == "uploadable":
        value = sendable and person["friend"] != 0
    elif name == "reachable":
        value = None if sendable and person["friend"] is None else sendable and person["friend"] == 1
    elif name == "do_not_send":
        value = bool(person[name])
    else:
        value = None if person[name] is None else bool(person[name])
    return "unknown" if value is None else "yes" if value else "no"


def _term(person: Person, term: Term, world: World) -> bool:
    name = term.field
    if not term.extra and name in ("audience", "import", "nasl"):
        return _belongs(person, term, world)
    if term.period is not None:
        return _in_period(person, term, term.period, world)
    if term.op in (Op.NONE, Op.ANY):
        return _present(person, term) == (term.op is Op.ANY)
    if term.extra:
        return _extra(person, term, world)
    if name in ("name", "line_name", "note", "email", "item"):
        values = [person[name]] if name != "item" else [text for o in person.counting for text in o.items]
        wanted = fold(str(term.value))
        if term.op is Op.EQ:
            return any(fold(value) == wanted.strip() for value in values if value)
        return any(wanted in fold(value) for value in values if value)
    if name in ("level", "store", "source"):
        return person[name] is not None and person[name] in _meant(
            term, [each[name] for each in world.people]
        )
    if name == "order_store":
        meant = _meant(term, [order.store for each in world.people for order in each.orders])
        return any(order.store in meant for order in person.counting)
    if name in ("member_no", "line_user_id"):
        return person[name] is not None and fold(person[name]) == fold(str(term.value)).strip()
    if name == "tag":
        return " ".join(fold(str(term.value)).split()) in {fold(tag) for tag in person.tags}
    if name == "phone":
        if term.op is Op.HAS:
            return _phone(person["phone"], str(term.value))
        digits = re.sub("[^0-9]", "", str(term.value))
        return person["phone"] in (f"+886{digits.removeprefix('0')}", f"+{digits}", f"+{digits[2:]}")
    if name in ("gender",):
        return bool(person[name] == term.value)
    if isinstance(term.value, str):
        return _answer(person, name) == term.value
    if name == "ordered_at":
        return any(_day(order.ordered_at, term, world.today) for order in person.counting)
    if name in ("birthday", "birthday_month"):
        return _birthday(person["birthday"], term, world.today)
    if name.endswith(("_at", "_order")):
        return _day(person[name], term, world.today)
    value = len(person.tags) if name == "tag_count" else person.id if name == "id" else person[name]
    if name == "bound_order_days":
        bound = (person["bound_at"] or "9")[:10]
        value = len({o.ordered_at[:10] for o in person.counting if o.ordered_at and o.ordered_at >= bound})
    return _compare(value, term.op, term.value, term.high)


def _belongs(person: Person, term: Term, world: World) -> bool:
    found: bool
    if term.field == "audience":
        parts = [
            part
            for name, part in world.audiences.items()
            if term.value is None or fold(name) == fold(str(term.value))
        ]
        found = any(_matches(person, part, world) for part in parts)
    elif term.field == "import":
        steps = {person["created_step"], *person.changed_by, *person.tagged_by}
        steps |= {step for order in person.orders for step in (order.created_step, order.changed_by)}
        done = {step: file for step, file in world.imports.items() if step in steps}
        if isinstance(term.value, str):
            wanted = fold(term.value).strip()
            same = {file for file in world.imports.values() if fold(file) == wanted}
            part = set() if term.op is Op.EQ else set(world.imports.values())
            files = same or {file for file in part if fold(term.value) in fold(file)}
            found = bool(files & set(done.values()))
        else:
            found = bool(done) if term.value is None else term.value in done
    else:
        letter = _class(person, world)
        found = letter is not None if term.value is None else letter == term.value
    return found != (term.op is Op.NONE)


def _class(person: Person, world: World) -> str | None:
    if person["last_order"] is None:
        return None
    days = next((n for n in (person["order_days"], person["orders"]) if n is not None), 1)
    inside = (world.as_of - date.fromisoformat(person["last_order"][:10])).days <= world.window
    return ("NL" if days <= 1 else "AS")[not inside]


def _in_period(person: Person, term: Term, period: Period, world: World) -> bool:
    asked = Term("ordered_at", Op.RANGE, period.low, period.high)
    inside = [order for order in person.counting if _day(order.ordered_at, asked, world.today)]
    if term.field in ("item", "order_store"):
        mine = Person(person.id, orders=tuple(inside))
        others = [each for each in world.people if each is not person]
        # Which values are meant depends on all orders of the shop, not on those of the period.
        rest = Person(0, orders=person.orders)
        return _term(mine, replace(term, period=None), replace(world, people=[mine, rest, *others]))
    if term.field == "orders":
        inside = [order for order in inside if order.kind == "order"]
    if term.op in (Op.NONE, Op.ANY):
        return bool(inside) == (term.op is Op.ANY)
    value = {
        "orders": len(inside),
        "order_days": len({str(order.ordered_at)[:10] for order in inside}),
        "total": round(sum(order.amount or 0 for order in inside), 4),
    }[term.field]
    return _compare(value, term.op, term.value, term.high)


def _meant(term: Term, values: list[str | None], lists: bool = False) -> set[str]:
    known = {value for value in values if value}
    wanted = fold(str(term.value)).strip()
    entries = {value: [e.strip() for e in re.split("[、,;|\n]", fold(value))] for value in known}
    exact = {
        value for value in known if fold(value).strip() == wanted or (lists and wanted in entries[value])
    }
    if exact or term.op is Op.EQ or re.fullmatch(r"-?\d+(\.\d+)?", wanted):
        return exact
    return {value for value in known if fold(str(term.value)) in fold(value)}


def _extra(person: Person, term: Term, world: World) -> bool:
    raw = person.extra.get(term.field)
    if raw is None or raw == "":
        return False
    if isinstance(term.value, str):
        texts = [each.extra.get(term.field) for each in world.people]
        texts = [None if text is None else str(text) for text in texts]
        return str(raw) in _meant(term, texts, lists=term.op is Op.HAS)
    if isinstance(term.value if term.high is None else term.high, int | float):
        try:
            return _compare(float(str(raw).replace(",", "")), term.op, term.value, term.high)
        except ValueError:
            return False
    written = str(raw).replace("/", "-")
    return bool(re.match(r"\d{4}-\d\d-\d\d", written)) and _day(written, term, world.today)


def _compare(value: Any, op: Op, low: Any, high: Any) -> bool:
    if value is None:
        return False
    match op:
        case Op.GT:
            return bool(value > low)
        case Op.GE:
            return bool(value >= low)
        case Op.LT:
            return bool(value < low)
        case Op.LE:
            return bool(value <= low)
        case Op.RANGE:
            return (low is None or value >= low) and (high is None or value <= high)
        case _:
            return bool(value == low)


def _months_before(today: date, months: int) -> date:
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(years, month + 1, min(today.day, calendar.monthrange(years, month + 1)[1]))


def _age_day(age: Ago, today: date) -> date:
    if age.unit in "dw":
        return today - timedelta(days=age.count * {"d": 1, "w": 7}[age.unit])
    return _months_before(today, age.count * {"m": 1, "y": 12}[age.unit])


def _named(word: str, today: date) -> tuple[date, date]:
    if word in ("today", "yesterday"):
        day = today - timedelta(days=1) if word == "yesterday" else today
        return day, day
    which, unit = word.split("_")
    shift = {"last": -1, "this": 0, "next": 1}[which]
    if unit == "year":
        return date(today.year + shift, 1, 1), date(today.year + shift, 12, 31)
    first = _months_before(today.replace(day=1), -shift)
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _ends(value: Any, today: date) -> tuple[date, date]:
    if isinstance(value, Named):
        return _named(value.word, today)
    if isinstance(value, Ago):
        return (_age_day(value, today),) * 2
    assert isinstance(value, Day)
    first = date(value.year, value.month or 1, value.day or 1)
    month = value.month or 12
    return first, date(value.year, month, value.day or calendar.monthrange(value.year, month)[1])


def _day(text: str | None, term: Term, today: date) -> bool:
    if text is None or text.startswith("-"):
        return False
    day = date.fromisoformat(text[:10])
    low, high = term.value, term.high
    if isinstance(low, Ago) and term.op is not Op.RANGE:
        # Age: the older, the more.
        return _compare(-day.toordinal(), term.op, -_age_day(low, today).toordinal(), None)
    if term.op is Op.RANGE:
        if low is None and isinstance(high, Ago):
            return day >= _age_day(high, today)
        if high is None and isinstance(low, Ago):
            return day <= _age_day(low, today)
        ends = [_ends(end, today) for end in (low, high) if end is not None]
        if len(ends) == 2 and (isinstance(low, Ago) or isinstance(high, Ago)):
            ends = [min(ends), (max(last for _, last in ends),) * 2]
        after = low is None or day >= ends[0][0]
        return after and (high is None or day <= ends[-1][1])
    first, last = _ends(low, today)
    return {
        Op.GT: day > last,
        Op.GE: day >= first,
        Op.LT: day < first,
        Op.LE: day <= last,
        Op.EQ: first <= day <= last,
    }[term.op]


def _birthday(text: str | None, term: Term, today: date) -> bool:
    if text is None:
        return False
    month_day, month = text[-5:], int(text[-5:-3])
    low, high = term.value, term.high
    if isinstance(low, Named) and low.word.endswith("month"):
        return month == _named(low.word, today)[0].month
    if isinstance(low, Named) and low.word in ("today", "yesterday"):
        return month_day == _named(low.word, today)[0].isoformat()[5:]
    if isinstance(low, MonthDay) or isinstance(high, MonthDay):
        low, high = (f"{end.month:02}-{end.day:02}" if end else None for end in (low, high))  # type: ignore[union-attr]
        return _round(month_day, term.op, low, high)
    if term.field == "birthday_month":
        return _round(month, term.op, low, high)
    return _day(text, term, today)


def _round(value: Any, op: Op, low: Any, high: Any) -> bool:
    if op is Op.RANGE and low is not None and high is not None and low > high:
        return bool(value >= low or value <= high)
    return _compare(value, op, low, high)
