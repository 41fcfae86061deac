"""What one order holds: drinks at the counter, beans, gifts, an office's bulk order, a stand at a market."""

from __future__ import annotations

from . import vocabulary as words
from .dice import Dice
from .person import Line, Person

TASTES = [("counter", 84.0), ("beans", 9.0), ("gift", 6.0), ("office", 0.8)]
ONE_TIME_TASTES = [("counter", 83.0), ("beans", 8.0), ("gift", 9.0)]
WEB_TASTES = [("counter", 46.0), ("beans", 32.0), ("gift", 22.0)]


def taste_of(person: Person, dice: Dice) -> str:
    """What a person comes for: counter, beans, gift, office or market."""
    if person.store == "快閃店":
        return "market" if dice.chance(0.7) else "counter"
    if person.store == "官網":
        return dice.weighted(WEB_TASTES)
    return dice.weighted(TASTES if person.buyer_class in ("A", "S") else ONE_TIME_TASTES)


def basket(taste: str, dice: Dice) -> list[Line]:
    """The lines of one order, discount row included where there is one."""
    lines = _lines(taste, dice)
    amount = sum(line.amount for line in lines)
    if amount >= 300 and dice.chance(0.18):
        lines.append(Line(words.DISCOUNT, 1, -(amount // 100) * 10))
    return lines


def basket_of(amount: int, taste: str, dice: Dice) -> list[Line]:
    """Lines that come to exactly `amount` dollars: items up to it, the rest taken off by a voucher."""
    things = _things(taste)
    lines: list[Line] = []
    sum_so_far = 0
    while sum_so_far < amount:
        item, price = dice.pick(things)
        quantity = max(1, (amount - sum_so_far) // price // 2)
        lines.append(Line(item, quantity, price * quantity))
        sum_so_far += price * quantity
    if sum_so_far > amount:
        lines.append(Line(words.ROUNDING, 1, amount - sum_so_far))
    return lines


def _things(taste: str) -> list[tuple[str, int]]:
    return {
        "counter": [*words.DRINKS, *words.FOOD],
        "beans": [*words.BEANS, *words.DRINKS],
        "gift": [*words.GIFTS, *words.FOOD],
        "office": [*words.BULK, *words.DRINKS],
        "market": words.MARKET,
    }[taste]


def _lines(taste: str, dice: Dice) -> list[Line]:
    if taste == "office":
        return [_line(dice, words.BULK, 1, 2), _line(dice, words.DRINKS, 4, 8)]
    if taste == "beans":
        lines = [_line(dice, words.BEANS, 1, 1)]
    elif taste == "gift" and dice.chance(0.4):
        lines = [_line(dice, words.GIFTS, 1, 2)]
    elif taste == "market":
        lines = [_line(dice, words.MARKET, 1, 2)]
    else:
        lines = [_line(dice, words.DRINKS, 1, 2)]
    for _ in range(dice.weighted([(0, 40), (1, 38), (2, 17), (3, 5)])):
        item = _line(dice, [*words.DRINKS, *words.FOOD], 1, 1)
        if item.item not in [line.item for line in lines]:
            lines.append(item)
    return lines


def _line(dice: Dice, things: list[tuple[str, int]], fewest: int, most: int) -> Line:
    item, price = dice.pick(things)
    quantity = dice.between(fewest, most)
    return Line(item, quantity, price * quantity)
