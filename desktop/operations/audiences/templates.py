"""Ready-made conditions that owners come back to, in the words of their own shop: its tags, its repurchase cycle, what it sells.
Only those are offered that make sense for the data the shop has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any

from desktop.core.figures.nasl import Repurchase
from desktop.core.message import Message, message
from desktop.core.people.condition import Ago, And, Condition, Named, Not, Op, Or, Term
from desktop.core.people.query_text import to_text
from desktop.core.people.tag import tag_key
from desktop.operations.audiences.audiences import condition_of
from desktop.store import tags
from desktop.store.condition_sql import BOUND, FRIEND, SHOP_MEMBER, count
from desktop.store.database import Database
from desktop.store.insights.nasl import items as best_sellers
from desktop.store.insights.repurchase import repurchase

_LATE, _LATE_NEWCOMER, _ASLEEP = 60, 30, 180
"""Days, where the shop's orders do not tell its cycle."""

_REGULARS = ("熟客", "常客", "老客", "vip", "常連", "regular")
_REGULAR = message("audience_templates.regulars")
_SHOWN = 20
"""Characters of an item's name in a title."""


@dataclass(frozen=True, slots=True)
class Template:
    """A ready-made audience.

    Args:
        id: stays the same whatever the shop, e.g. ``sleeping``.
        title: what it is called; also the name it is suggested to be saved under.
        hint: one line on what it is good for.
        query: its condition as query text.
        list_only: nobody in it can be reached by LINE: it is a list to call or mail, never uploaded.
    """

    id: str
    title: Message
    hint: Message
    query: str
    list_only: bool = False


def templates(db: Database) -> tuple[Template, ...]:
    """The templates that fit the shop's data, the usual ones first. Cheap, as nobody is counted: :func:`holds` does that, one
    template at a time."""
    shop = _look(db)
    makers = (_sleeping_regulars, _birthdays, _newcomers, _one_item_not_another, _never_bought, _friends_only)
    found = [template for make in (*makers, _sleeping, _not_bound) for template in make(shop)]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Shop:
    """What templates go by: which fields anybody has, the cycle, the tag of the regulars, the items sold most."""

    has: frozenset[str]
    cycle: Repurchase | None
    regulars: str | None
    items: tuple[str, ...]


_HAS = {
    "orders": "p.last_order IS NOT NULL",
    "birthdays": "p.birthday IS NOT NULL",
    "friends_only": f"{FRIEND} AND NOT {SHOP_MEMBER}",
    "not_bound": f"{SHOP_MEMBER} AND p.line_user_id IS NULL",
    "never_bought": f"{BOUND} AND p.last_order IS NULL",
}


def _look(db: Database) -> _Shop:
    columns = ", ".join(f"max({where})" for where in _HAS.values())
    row = db.row(f"SELECT {columns} FROM person p") or ()
    has = frozenset(name for name, there in zip(_HAS, row, strict=True) if there)
    items = tuple(item for item, _ in best_sellers(db, 2)) if "orders" in has else ()
    return _Shop(has, repurchase(db), _regulars_tag(db), items)


def _regulars_tag(db: Database) -> str | None:
    """The shop's own tag for its regulars, the one that most people have."""
    likely = [tag for tag in tags.all_tags(db) if any(word in tag_key(tag.name) for word in _REGULARS)]
    return max(likely, key=lambda tag: tag.people).name if likely else None


def _sleeping_regulars(shop: _Shop) -> Iterator[Template]:
    if "orders" not in shop.has:
        return
    late = Term("last_order", Op.GT, Ago(_days_until_late(shop)))
    regular = Term("tag", Op.HAS, shop.regulars) if shop.regulars else Term("orders", Op.GE, 3)
    yield _template(
        "sleeping_regulars", And((regular, late)), n=_days_until_late(shop), who=shop.regulars or _REGULAR
    )


def _birthdays(shop: _Shop) -> Iterator[Template]:
    if "birthdays" in shop.has:
        yield _template("birthday", Term("birthday_month", Op.EQ, Named("this_month")))
        yield _template("birthday_next", Term("birthday_month", Op.EQ, Named("next_month")))


def _newcomers(shop: _Shop) -> Iterator[Template]:
    if "orders" not in shop.has:
        return
    days = ceil(shop.cycle.cycle_days) if shop.cycle else _LATE_NEWCOMER
    first = Term("nasl", Op.HAS, "N") if shop.cycle else Term("orders", Op.EQ, 1)
    yield _template("newcomers", And((first, Term("last_order", Op.GT, Ago(days)))), n=days)


def _one_item_not_another(shop: _Shop) -> Iterator[Template]:
    if len(shop.items) == 2:
        a, b = shop.items
        condition = And((Term("item", Op.EQ, a), Not(Term("item", Op.EQ, b))))
        yield _template("one_item", condition, a=a[:_SHOWN], b=b[:_SHOWN])


def _never_bought(shop: _Shop) -> Iterator[Template]:
    if "orders" in shop.has and "never_bought" in shop.has:
        condition = And((Term("bound", Op.HAS, "yes"), Term("last_order", Op.NONE)))
        yield _template("never_bought", condition)


def _friends_only(shop: _Shop) -> Iterator[Template]:
    if "friends_only" in shop.has:
        condition = And((Term("friend", Op.HAS, "yes"), Term("shop_member", Op.HAS, "no")))
        yield _template("friends_only", condition)


def _sleeping(shop: _Shop) -> Iterator[Template]:
    if "orders" not in shop.has:
        return
    if shop.cycle:
        yield _template("sleeping", Term("nasl", Op.HAS, "S"), n=int(shop.cycle.window_days))
        yield _template("lost", Term("nasl", Op.HAS, "L"), n=int(shop.cycle.window_days))
    else:
        condition = And((Term("orders", Op.GE, 2), Term("last_order", Op.GT, Ago(_ASLEEP))))
        yield _template("sleeping", condition, n=_ASLEEP)


def _not_bound(shop: _Shop) -> Iterator[Template]:
    if "not_bound" in shop.has:
        condition = And((Term("shop_member", Op.HAS, "yes"), Term("bound", Op.HAS, "no")))
        yield _template("not_bound", condition)


def _days_until_late(shop: _Shop) -> int:
    """Days without an order after which a regular is missed: two of the shop's cycles, else the trade's sixty."""
    return max(1, ceil(2 * shop.cycle.cycle_days)) if shop.cycle else _LATE


def _template(name: str, condition: Condition, **values: Any) -> Template:
    title = message(f"audience_templates.{name}", **values)
    hint = message(f"audience_templates.{name}.hint", **values)
    return Template(name, title, hint, to_text(condition), is_list_only(condition))


def holds(db: Database, template: Template) -> int:
    """How many people a template holds now; one count, to be asked one by one in a job that may be dropped."""
    return count(db, condition_of(db, template.query))


def hint_for(template: Template, people: int) -> Message:
    """The template's line, or that nobody meets it now."""
    return template.hint if people else message("audience_templates.nobody")


def is_list_only(condition: Condition) -> bool:
    """Whether nobody in a condition can ever be uploaded, because it asks for people without a LINE user ID or for such as
    must not be sent to: then it is a list to call or mail."""
    if isinstance(condition, And):
        if {Term("shop_member", Op.HAS, "yes"), Term("bound", Op.HAS, "no")} <= set(condition.parts):
            return True
        return any(is_list_only(part) for part in condition.parts)
    if isinstance(condition, Or):
        return bool(condition.parts) and all(is_list_only(part) for part in condition.parts)
    if isinstance(condition, Not):
        part = condition.part
        return isinstance(part, Term) and (part.field, part.op, part.value) in _NEEDED
    return isinstance(condition, Term) and (condition.field, condition.op, condition.value) in _SHUT_OUT


_SHUT_OUT = {
    ("line_user_id", Op.NONE, None),
    ("uploadable", Op.HAS, "no"),
    ("reachable", Op.HAS, "no"),
    ("do_not_send", Op.HAS, "yes"),
    ("blocked", Op.HAS, "yes"),
    ("consent", Op.HAS, "no"),
}
_NEEDED = {("line_user_id", Op.ANY, None), ("uploadable", Op.HAS, "yes"), ("do_not_send", Op.HAS, "no")}
