"""Invents two years of orders: when each buyer came, what was bought, and what was cancelled or refunded."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from . import shop_plan as plan
from . import vocabulary as words
from .baskets import basket, basket_of, taste_of
from .classes import WINDOW, give_classes
from .dice import Curve, Dice
from .person import CANCELLED, REFUNDED, Line, Order, Person

GAPS: Curve = [(0, 7), (0.1, 12.5), (0.3, 19), (0.5, 25.5), (0.7, 33.5), (0.9, 52), (1, 95)]
"""A buyer's own usual gap in days between visits."""
SPREAD: Curve = [(0, 0.3), (0.25, 0.75), (0.5, 1), (0.75, 1.3), (0.95, 2), (1, 3)]
VISITS = {
    "A": [(0.0, 2.0), (0.15, 4.0), (0.4, 10.0), (0.7, 20.0), (0.9, 36.0), (1.0, 72.0)],
    "S": [(0.0, 2.0), (0.25, 4.0), (0.6, 9.0), (0.9, 20.0), (1.0, 34.0)],
}
SINCE = {
    "N": [(0.0, 0.0), (1.0, WINDOW + 0.99)],
    "A": [(0.0, 0.0), (0.4, 9.0), (0.75, 27.0), (1.0, WINDOW + 0.99)],
    "S": [(0.0, WINDOW + 1.0), (0.3, 110.0), (0.6, 260.0), (1.0, 690.0)],
    "L": [(0.0, WINDOW + 1.0), (0.25, 170.0), (0.6, 400.0), (1.0, 728.0)],
}
"""Days since the last order day, by class."""


def make_orders(people: list[Person]) -> list[Order]:
    """Every order of the two years, oldest first and numbered; each buyer's own are in `Person.orders`."""
    give_classes(people)
    faces = {f"W{face[1]:05d}": face for face in words.FACES}
    for person in people:
        dice = Dice(f"{plan.SEED}/orders/{person.index}")
        face = faces.get(person.member_no or "")
        if face:
            _orders_of_face(person, date.fromisoformat(face[4]), face[5], face[6], dice)
        elif person.buyer_class:
            _orders_of(person, dice)
        if not face:
            _lost_orders(person, dice)
    orders = [order for person in people for order in person.orders] + _unknown_buyers()
    orders.sort(key=lambda order: (order.at, order.buyer.index if order.buyer else -1, order.amount))
    _number(orders)
    for person in people:
        person.orders.sort(key=lambda order: order.number)
    return orders


def _orders_of(person: Person, dice: Dice) -> None:
    taste = taste_of(person, dice)
    for day in _visit_days(person, dice):
        lines = [Line(words.FREE_DRINK, 1, 0)] if dice.chance(0.004) else basket(taste, dice)
        _order(person, day, lines, dice)
        if dice.chance(0.02):
            _order(person, day, basket(taste, dice), dice)


def _visit_days(person: Person, dice: Dice) -> list[date]:
    name = person.buyer_class or ""
    start = max(person.joined_at.date(), plan.FIRST_ORDER_DAY)
    room = (plan.TODAY - start).days
    since = int(dice.along(SINCE[name]))
    last_room = room - 1 if name in "AS" else room
    first_possible = WINDOW + 1 if name in "SL" else 0
    if since > last_room:
        since = first_possible + int(dice.share() * (last_room - first_possible + 1))
    days = [plan.TODAY - timedelta(days=since)]
    if name in "NL":
        return days
    usual, wanted = dice.along(GAPS), int(dice.along(VISITS[name]))
    while len(days) < wanted:
        day = days[-1] - timedelta(days=max(1, int(usual * dice.along(SPREAD) + 0.5)))
        if day < start:
            break
        days.append(day)
    if len(days) == 1:
        days.append(days[0] - timedelta(days=dice.between(1, min((days[0] - start).days, WINDOW))))
    return days


def _orders_of_face(person: Person, last: date, count: int, total: int, dice: Dice) -> None:
    """The people of the pictures: so many orders, the last on that day, together exactly that amount."""
    taste = taste_of(person, dice)
    start = max(person.joined_at.date(), plan.FIRST_ORDER_DAY)
    usual = min(26.0, (last - start).days / count)
    day, left = last, total
    for place in range(count):
        share = left // (count - place) // 10 * 10 if place < count - 1 else left
        _order(person, day, basket_of(share, taste, dice), dice)
        left -= share
        day -= timedelta(days=max(1, int(usual * (0.6 + 0.7 * dice.share()))))


def _lost_orders(person: Person, dice: Dice) -> None:
    """Cancelled and refunded orders: they count for nothing, wherever they fall — also as somebody's only order."""
    if not dice.chance(0.17 if person.buyer_class else 0.04):
        return
    start = max(person.joined_at.date(), plan.FIRST_ORDER_DAY)
    for _ in range(dice.between(1, 2)):
        day = start + timedelta(days=dice.between(0, (plan.TODAY - start).days))
        order = _order(person, day, basket(taste_of(person, dice), dice), dice)
        order.status = dice.weighted([(CANCELLED, 7), (REFUNDED, 3)])


def _order(person: Person, day: date, lines: list[Line], dice: Dice) -> Order:
    store = person.store if dice.chance(0.86) else dice.weighted(words.STORES)
    order = Order(_moment(day, store, dice), store, lines, _payment(store, dice), buyer=person)
    known_by_phone = person.phone is not None and not person.phone_shared
    order.as_guest = person.member_no is None or (known_by_phone and dice.chance(0.04))
    person.orders.append(order)
    return order


def _moment(day: date, store: str, dice: Dice) -> datetime:
    hour = (
        dice.between(0, 23)
        if store == "官網"
        else int(dice.along([(0, 8), (0.35, 10), (0.7, 15), (1, 20.9)]))
    )
    return datetime.combine(day, time(hour, dice.between(0, 59)))


def _payment(store: str, dice: Dice) -> str:
    ways = (
        [way for way in words.PAYMENTS if way[0] not in ("現金", "悠遊卡")]
        if store == "官網"
        else words.PAYMENTS
    )
    return dice.weighted(ways)


def _unknown_buyers() -> list[Order]:
    """Orders at the counter by people who said nothing about themselves."""
    dice = Dice(f"{plan.SEED}/unknown")
    orders = []
    for _ in range(plan.UNKNOWN_BUYER_ORDERS):
        day = plan.TODAY - timedelta(days=dice.between(0, 729))
        store = dice.pick(["信義店", "中山店", "快閃店"])
        orders.append(Order(_moment(day, store, dice), store, basket("counter", dice), _payment(store, dice)))
    return orders


def _number(orders: list[Order]) -> None:
    seen: dict[date, int] = {}
    for order in orders:
        day = order.at.date()
        seen[day] = seen.get(day, 0) + 1
        order.number = f"D{day:%y%m%d}-{seen[day]:04d}"
